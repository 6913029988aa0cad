//! Finds what is broader than itself, and leaves out the relation that closes the circle.

/// Whether a node was visited.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    OnThePath,
    Done,
}

/// The edges that must go so that no path comes back to where it began, each with the circle that it closes.
///
/// `edges` are sorted pairs of nodes below `nodes`; the same edges give the same answer.
pub(super) fn closing(nodes: usize, edges: &[(usize, usize)]) -> Vec<(usize, Vec<usize>)> {
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
        marks[root] = Mark::OnThePath;
        while let Some((node, edge)) = path.last_mut() {
            match edges.get(*edge) {
                Some((from, to)) if from == node => {
                    let at = *edge;
                    *edge += 1;
                    match marks[*to] {
                        Mark::New => {
                            marks[*to] = Mark::OnThePath;
                            path.push((*to, first(*to)));
                        }
                        Mark::OnThePath => {
                            let circle = path.iter().map(|(node, _)| *node).skip_while(|node| node != to);
                            closing.push((at, circle.collect()));
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

    #[test]
    fn a_circle_is_named_and_opened_once() {
        assert_eq!(closing(4, &[(0, 1), (1, 2), (2, 0), (3, 0)]), [(2, vec![0, 1, 2])]);
        assert_eq!(closing(1, &[(0, 0)]), [(0, vec![0])]);
        assert_eq!(closing(4, &[(0, 1), (0, 2), (1, 3), (2, 3)]), []);
    }

    #[test]
    fn a_long_path_does_not_exhaust_the_stack() {
        let edges: Vec<_> = (0..200_000).map(|node| (node, (node + 1) % 200_000)).collect();
        assert_eq!(closing(200_000, &edges).len(), 1);
    }

    proptest! {
        #[test]
        fn without_the_closing_edges_there_is_no_circle(pairs in proptest::collection::btree_set((0..12_usize, 0..12_usize), 0..60)) {
            let mut edges: Vec<_> = pairs.into_iter().collect();
            let found = closing(12, &edges);
            for (at, circle) in &found {
                let (from, to) = edges[*at];
                prop_assert_eq!((circle.first(), circle.last()), (Some(&to), Some(&from)));
            }
            for (at, _) in found.iter().rev() {
                edges[*at].0 = usize::MAX;
            }
            edges.retain(|(from, _)| *from != usize::MAX);
            prop_assert_eq!(closing(12, &edges), Vec::new());
        }
    }
}
