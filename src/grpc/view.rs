//! What of a person goes out to whom: one function a message, by classes of data.
//!
//! Every field of a candidate has a class here. The messages are taken apart field by field, so that a new field does not
//! compile before somebody has said who may see it.

use super::access_layer::Allowed;
use crate::domain::Role;
use crate::wire::v1;
use Data::{Benefit, Contact, Health, Identity, Keeping, Ladder, Notes, Profile, TargetGroup};

/// A class of data of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Data {
    /// What a caller that only writes gets back.
    Identity,
    /// What is matched.
    Profile,
    /// What a person can do and needs to be able to work.
    Health,
    /// Who keeps the record, from where and how long.
    Keeping,
    /// How to reach the person.
    Contact,
    /// Benefits and allowances.
    Benefit,
    /// The target-group register.
    TargetGroup,
    /// The participation ladder and the integration route.
    Ladder,
    /// Notes for advisors.
    Notes,
}

/// The classes of the fields of `Candidate`.
const CANDIDATE: &[(&str, Data)] = &[
    ("id", Identity),
    ("etag", Identity),
    ("presentation", Profile),
    ("wishes", Profile),
    ("refusals", Profile),
    ("availability", Profile),
    ("travel", Profile),
    ("country_codes", Profile),
    ("contract_forms", Profile),
    ("level", Profile),
    ("skills", Profile),
    ("languages", Profile),
    ("licences", Profile),
    ("courses", Profile),
    ("registrations", Profile),
    ("lacking", Profile),
    ("educations", Profile),
    ("experience", Profile),
    ("observations", Profile),
    ("support_needs", Health),
    ("capacities", Health),
    // Its own fields have classes of their own.
    ("restricted", Keeping),
    ("status", Keeping),
    ("ownership", Keeping),
    ("retain_until", Keeping),
    ("provenance", Keeping),
    ("not_delivered_since", Keeping),
];

/// The classes of the fields of `RestrictedData`.
const RESTRICTED: &[(&str, Data)] = &[
    ("contact", Contact),
    ("benefits", Benefit),
    ("allowances", Benefit),
    ("target_group", TargetGroup),
    ("ladder_step", Ladder),
    ("integration_route", Ladder),
    ("advisor_notes", Notes),
];

/// What a caller sees of one person.
#[derive(Clone, Copy, Debug)]
struct Sees {
    role: Role,
    /// Whether the person's record is the caller's own organisation's, or the caller works for all.
    own: bool,
}

impl Sees {
    fn class(self, data: Data) -> bool {
        match self.role {
            Role::Local | Role::PrivacyOfficer => true,
            Role::Advisor => self.own || matches!(data, Identity | Profile | Health | Keeping),
            Role::EmployerTool | Role::Batch | Role::Importer | Role::Auditor | Role::Operator => {
                data == Identity
            }
        }
    }

    /// A field as this caller sees it: as it is, or empty. A field without a class is seen by nobody.
    fn field<T: Default>(self, classes: &[(&str, Data)], name: &str, value: T) -> T {
        let class = classes.iter().find(|(field, _)| *field == name).map(|(_, data)| *data);
        if class.is_some_and(|data| self.class(data)) { value } else { T::default() }
    }
}

/// Takes a message apart and puts it together from what is seen of each field.
macro_rules! seen {
    ($message:expr, $kind:ident, $sees:expr, $classes:expr; $($field:ident),* $(,)?) => {{
        let v1::$kind { $($field),* } = $message;
        v1::$kind { $($field: $sees.field($classes, stringify!($field), $field)),* }
    }};
}

/// A candidate as the caller may see it.
pub(super) fn candidate(candidate: v1::Candidate, allowed: &Allowed) -> v1::Candidate {
    let owner = candidate.ownership.as_ref().map_or("", |ownership| ownership.organisation.as_str());
    let own = allowed.caller.organisation().is_none_or(|own| own == owner);
    of_candidate(candidate, Sees { role: allowed.caller.role(), own })
}

fn of_candidate(candidate: v1::Candidate, sees: Sees) -> v1::Candidate {
    let mut seen = seen!(candidate, Candidate, sees, CANDIDATE;
        id, presentation, wishes, refusals, availability, travel, country_codes, contract_forms, level, skills,
        languages, licences, courses, registrations, lacking, educations, experience, observations, support_needs,
        capacities, restricted, status, ownership, retain_until, provenance, not_delivered_since, etag,
    );
    seen.restricted = seen.restricted.map(|restricted| {
        seen!(restricted, RestrictedData, sees, RESTRICTED;
            contact, benefits, allowances, target_group, ladder_step, integration_route, advisor_notes,
        )
    });
    seen.restricted = seen.restricted.filter(|restricted| *restricted != v1::RestrictedData::default());
    seen
}

/// A match as the caller may see it: instruments are for advisors (R16).
pub(super) fn matched(found: v1::Match, allowed: &Allowed) -> v1::Match {
    match allowed.caller.role() {
        Role::Advisor | Role::Local => found,
        _ => v1::Match { instruments: Vec::new(), ..found },
    }
}

/// What became of a candidate in an import, as the caller may see it: who only writes is told of what it sent, and of
/// nothing that is stored.
pub(super) fn imported_candidate(result: v1::ImportResult, allowed: &Allowed) -> v1::ImportResult {
    if allowed.caller.role() != Role::EmployerTool {
        return result;
    }
    let v1::ImportResult { record_number, id, outcome, issues, .. } = result;
    v1::ImportResult { record_number, id, outcome, issues, ..v1::ImportResult::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{DESCRIPTORS, candidate_to_proto, strategies};
    use proptest::prelude::*;
    use prost_reflect::DescriptorPool;
    use std::collections::BTreeSet;

    #[test]
    fn every_field_of_a_person_has_one_class() {
        let pool = DescriptorPool::decode(DESCRIPTORS).unwrap();
        for (message, classes) in [("Candidate", CANDIDATE), ("RestrictedData", RESTRICTED)] {
            let described = pool.get_message_by_name(&format!("passend.v1.{message}")).unwrap();
            let fields: BTreeSet<String> = described.fields().map(|field| field.name().to_owned()).collect();
            let classed: BTreeSet<String> = classes.iter().map(|(field, _)| (*field).to_owned()).collect();
            assert_eq!(fields, classed, "{message}");
            assert_eq!(classes.len(), classed.len(), "a field of {message} has two classes");
        }
    }

    proptest! {
        #[test]
        fn who_only_writes_gets_the_id_and_the_etag_alone_and_a_stranger_nothing_restricted(
            person in strategies::candidate(),
        ) {
            let mut whole = candidate_to_proto(&person, crate::wire::View::Full);
            whole.etag = "7".to_owned();
            let bare = v1::Candidate { id: whole.id.clone(), etag: "7".to_owned(), ..v1::Candidate::default() };
            for role in Role::ALL {
                for own in [true, false] {
                    let seen = of_candidate(whole.clone(), Sees { role, own });
                    match role {
                        Role::Local | Role::PrivacyOfficer => prop_assert_eq!(seen, whole.clone()),
                        Role::Advisor if own => prop_assert_eq!(seen, whole.clone()),
                        Role::Advisor => {
                            let without = v1::Candidate { restricted: None, ..whole.clone() };
                            prop_assert_eq!(seen, without);
                        }
                        _ => prop_assert_eq!(seen, bare.clone()),
                    }
                }
            }
        }
    }
}
