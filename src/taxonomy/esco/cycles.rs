//! Finds what is broader than itself, and leaves out the relation that closes the circle.

/// Most nodes of a circle that are named.
const NAMED: usize = 8;

/// Whether a node was visited.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    /// Its place on the path.
    OnThePath(usize),
    Done,
}

/// An edge that closes a circle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Closing {
    /// Its place among the edges.
    pub(super) edge: usize,
    /// The nodes of the circle from where the edge leads to where it begins; of a long one the first few and the last.
    pub(super) circle: Vec<usize>,
    /// How many nodes the circle has.
    pub(super) length: usize,
}

/// The edges that must go so that no path comes back to where it began, each with the circle that it closes.
///
/// `edges` are sorted pairs of nodes below `nodes`; the same edges give the same answer.
pub(super) fn closing(nodes: usize, edges: &[(usize, usize)]) -> Vec<Closing> {
    let first = |node: usize| edges.partition_point(|(from, _)| *from < node);
    let mut marks = vec![Mark::New; nodes];
    let mut closing = Vec::new();
    for root in 0..nodes {
        if marks[root] != Mark::New {
            continue;
        }
        // The path from the root, each node with its next edge. No recursion: a hostile file can make a path of any
        // length.
        let mut path = vec![(root, first(root))];
        marks[root] = Mark::OnThePath(0);
        while let Some((node, edge)) = path.last_mut() {
            match edges.get(*edge) {
                Some((from, to)) if from == node => {
                    let at = *edge;
                    *edge += 1;
                    match marks[*to] {
                        Mark::New => {
                            marks[*to] = Mark::OnThePath(path.len());
                            path.push((*to, first(*to)));
                        }
                        Mark::OnThePath(place) => {
                            let nodes = &path[place..];
                            let named = nodes.len().min(NAMED);
                            let last = nodes.last().filter(|_| nodes.len() > NAMED);
                            let first = nodes[..named - usize::from(last.is_some())].iter();
                            let circle = first.chain(last).map(|(node, _)| *node).collect();
                            let length = nodes.len();
                            closing.push(Closing { edge: at, circle, length });
                        }
                        Mark::Done => {}
                    }
                }
                _ => {
                    marks[*node] = Mark::Done;
                    path.pop();
                }
            }
        }
    }
    closing
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_circle_is_named_and_opened_once() {
        let found = |nodes, edges: &[(usize, usize)]| {
            let found = closing(nodes, edges).into_iter();
            found.map(|closing| (closing.edge, closing.circle)).collect::<Vec<_>>()
        };
        assert_eq!(found(4, &[(0, 1), (1, 2), (2, 0), (3, 0)]), [(2, vec![0, 1, 2])]);
        assert_eq!(found(1, &[(0, 0)]), [(0, vec![0])]);
        assert_eq!(found(4, &[(0, 1), (0, 2), (1, 3), (2, 3)]), []);
    }

    #[test]
    fn a_long_circle_exhausts_neither_the_stack_nor_the_memory() {
        let edges: Vec<_> = (0..200_000).map(|node| (node, (node + 1) % 200_000)).collect();
        let circle = vec![0, 1, 2, 3, 4, 5, 6, 199_999];
        assert_eq!(closing(200_000, &edges), [Closing { edge: 199_999, circle, length: 200_000 }]);
    }

    proptest! {
        #[test]
        fn without_the_closing_edges_there_is_no_circle(
            pairs in proptest::collection::btree_set((0..12_usize, 0..12_usize), 0..60),
        ) {
            let mut edges: Vec<_> = pairs.into_iter().collect();
            let found = closing(12, &edges);
            for Closing { edge, circle, .. } in &found {
                let (from, to) = edges[*edge];
                prop_assert_eq!((circle.first(), circle.last()), (Some(&to), Some(&from)));
            }
            let gone: BTreeSet<usize> = found.iter().map(|closing| closing.edge).collect();
            for edge in gone.into_iter().rev() {
                edges.remove(edge);
            }
            prop_assert_eq!(closing(12, &edges), Vec::new());
        }
    }
}
