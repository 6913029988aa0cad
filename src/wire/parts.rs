//! The parts of a record: what provenance is kept of.

use super::v1;

/// A record whose parts can be compared.
pub trait Parts {
    /// Every part: a field, or a field of one of the larger messages, such as `availability.hours`. The id and
    /// what only the service sets are no parts.
    const PARTS: &'static [&'static str];

    /// The parts in which two records differ, in the order of [`Parts::PARTS`].
    fn changed_parts(before: &Self, after: &Self) -> Vec<&'static str>;
}

/// The parts in which two records differ, see [`Parts`].
pub fn changed_parts<R: Parts>(before: &R, after: &R) -> Vec<&'static str> {
    R::changed_parts(before, after)
}

macro_rules! parts {
    ($record:ident { $($plain:ident),+ ; $($message:ident { $($field:ident),+ }),+ $(,)? }) => {
        impl Parts for v1::$record {
            const PARTS: &'static [&'static str] = &[
                $(stringify!($plain),)+
                $($(concat!(stringify!($message), ".", stringify!($field)),)+)+
            ];

            fn changed_parts(before: &Self, after: &Self) -> Vec<&'static str> {
                let mut changed = Vec::new();
                $(if before.$plain != after.$plain {
                    changed.push(stringify!($plain));
                })+
                $(if before.$message != after.$message {
                    // An absent message says as much as one without content.
                    let before = before.$message.as_ref();
                    let after = after.$message.as_ref();
                    let empty = Default::default();
                    let (before, after) = (before.unwrap_or(&empty), after.unwrap_or(&empty));
                    $(if before.$field != after.$field {
                        changed.push(concat!(stringify!($message), ".", stringify!($field)));
                    })+
                })+
                changed
            }
        }
    };
}

parts! { Candidate {
    presentation, country_codes, contract_forms, level, skills, languages, licences, courses, registrations, lacking,
    educations, experience, observations, support_needs, capacities, status, ownership, retain_until;
    wishes { occupations, sbi_codes, interests, dream_occupation, conditions },
    refusals { occupations, sbi_codes, shifts, conditions },
    availability {
        hours, week_pattern, lesson_slots, hours_cap, irregular_work, office_hours, available_from,
        not_yet_available, available_until, held_jobs
    },
    travel { postcode, max_km, max_minutes, means },
    restricted { contact, benefits, allowances, target_group, ladder_step, integration_route, advisor_notes },
} }

parts! { Vacancy {
    title, number, description, tasks, occupation, sbi_code, place, contract_forms, carving, starts_on, ends_on,
    closes_on, status, ownership;
    employer { id, name, sbi_codes, contact, application_ways },
    schedule { hours, week_pattern, shifts, irregular_work, office_hours },
    requirements {
        skills, competencies, languages, level, educations, experience, licences, certificates, registrations,
        unscored
    },
    offer {
        conditions_text, salary_text, conditions, support, capacities_asked, transport_for_work, target_group
    },
} }

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{
        View, apply_mask, candidate_to_proto,
        descriptors::descriptor,
        mask::Maskable,
        strategies::{candidate, vacancy},
        vacancy_to_proto,
    };
    use proptest::prelude::*;
    use prost_types::FieldMask;
    use std::collections::BTreeSet;

    /// Every field of the record is a part, or all its fields are.
    fn check_complete<R: Parts + Maskable>() {
        let parts: BTreeSet<String> = R::PARTS.iter().map(|part| (*part).to_owned()).collect();
        let mut expected = BTreeSet::new();
        for field in descriptor::<R>().unwrap().fields() {
            let name = field.name();
            let is_split = R::PARTS.iter().any(|part| part.starts_with(&format!("{name}.")));
            if name == "id" || R::SET_BY_SERVICE.contains(&name) {
                continue;
            }
            if !is_split {
                expected.insert(name.to_owned());
                continue;
            }
            let message = field.kind();
            let inner = message.as_message().unwrap().fields();
            expected.extend(inner.map(|inner| format!("{name}.{}", inner.name())));
        }
        assert_eq!(parts, expected);
    }

    #[test]
    fn no_field_is_left_out_of_the_parts() {
        check_complete::<v1::Candidate>();
        check_complete::<v1::Vacancy>();
    }

    fn mask(parts: Vec<&'static str>) -> Option<FieldMask> {
        Some(FieldMask { paths: parts.into_iter().map(str::to_owned).collect() })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn changing_the_changed_parts_of_a_candidate_gives_the_other(a in candidate(), b in candidate()) {
            let (a, b) = (candidate_to_proto(&a, View::Full), candidate_to_proto(&b, View::Full));
            let parts = changed_parts(&a, &b);
            prop_assume!(!parts.is_empty());
            let merged = apply_mask(&a, &b, mask(parts).as_ref()).unwrap();
            prop_assert!(changed_parts(&apply_mask(&a, &b, None).unwrap(), &merged).is_empty());
            prop_assert!(changed_parts(&a, &a).is_empty());
        }

        #[test]
        fn changing_the_changed_parts_of_a_vacancy_gives_the_other(a in vacancy(), b in vacancy()) {
            let (a, b) = (vacancy_to_proto(&a, View::Full), vacancy_to_proto(&b, View::Full));
            let parts = changed_parts(&a, &b);
            prop_assume!(!parts.is_empty());
            let merged = apply_mask(&a, &b, mask(parts).as_ref()).unwrap();
            prop_assert!(changed_parts(&b, &merged).is_empty());
        }
    }
}
