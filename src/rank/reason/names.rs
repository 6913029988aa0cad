//! The names that data of reasons bear, for who reads a reason back that was stored.

/// The names that data of reasons bear, in alphabetical order.
pub const DATA_NAMES: [&str; 52] = [
    "ability",
    "age",
    "asked",
    "before",
    "cap",
    "condition",
    "counted",
    "covered",
    "criterion",
    "day",
    "demand",
    "distance",
    "division",
    "education",
    "end",
    "extra",
    "fit",
    "held",
    "hours",
    "interest",
    "language",
    "lessons",
    "level",
    "limit",
    "maximum",
    "means",
    "minimum",
    "months",
    "near",
    "needed",
    "occupation",
    "own",
    "paper",
    "part",
    "points",
    "quality",
    "rank",
    "requirement",
    "sector",
    "shift",
    "skill",
    "source",
    "start",
    "subject",
    "support",
    "time",
    "total",
    "unnamed",
    "value",
    "weeks",
    "wish",
    "workable",
];

/// The name of a datum as reasons bear it; `None` where no reason has such a name.
pub fn name_of_datum(name: &str) -> Option<&'static str> {
    DATA_NAMES.binary_search(&name).ok().map(|place| DATA_NAMES[place])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::ReasonCode;

    #[test]
    fn every_name_in_a_text_is_found() {
        assert!(DATA_NAMES.is_sorted(), "{DATA_NAMES:?}");
        for code in ReasonCode::ALL {
            for part in code.dutch().split('{').skip(1) {
                let name = part.split_once('}').unwrap().0;
                assert_eq!(name_of_datum(name), Some(name), "{code:?}");
            }
            assert_eq!(ReasonCode::from_name(code.name()), Some(*code));
        }
        assert_eq!(name_of_datum("salary"), None);
    }
}
