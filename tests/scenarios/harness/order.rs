//! "{K1, K3} > K2 >= K4": who must stand above whom.

/// Between two groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Everybody of the first scores more than everybody of the second.
    Above,
    /// Nobody of the second scores more than anybody of the first.
    NotBelow,
}

/// Who is of one group, and how it relates to the group after it.
#[derive(Debug)]
pub struct Group {
    pub ids: Vec<String>,
    /// `{K1 = K2}`: the scores of the group are equal.
    pub are_equal: bool,
    pub relation: Option<Relation>,
}

pub fn parse(text: &str) -> Result<Vec<Group>, String> {
    let mut groups = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = rest.find('>').unwrap_or(rest.len());
        let (group, after) = rest.split_at(end);
        let (relation, after) = match after.strip_prefix(">=") {
            Some(after) => (Some(Relation::NotBelow), after),
            None => (after.strip_prefix('>').map(|_| Relation::Above), after.get(1..).unwrap_or_default()),
        };
        let are_equal = group.contains('=');
        let names = group.trim().trim_start_matches('{').trim_end_matches('}').split([',', '=']);
        let ids: Vec<String> = names.map(|id| id.trim().to_owned()).collect();
        if ids.iter().any(String::is_empty) {
            return Err(format!("{text:?} is no order"));
        }
        groups.push(Group { ids, are_equal, relation });
        rest = after.trim();
    }
    let is_order = groups.len() > 1 || groups.iter().any(|group| group.are_equal);
    if is_order { Ok(groups) } else { Err(format!("{text:?} is no order")) }
}
