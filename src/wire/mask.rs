//! Field masks: which fields of a stored record a request changes.

use super::{
    Violations,
    descriptors::{NotDescribed, descriptor, dynamic, typed},
    v1,
};
use crate::domain::InvalidValue;
use prost::Name;
use prost_reflect::{DynamicMessage, Kind, MessageDescriptor, ReflectMessage as _};
use prost_types::FieldMask;

/// A record that can be changed in part.
pub trait Maskable: Name + Default + Clone {
    /// Fields of the record that only the service sets: they may not be named in a mask, and what a request
    /// says in them is ignored.
    const SET_BY_SERVICE: &'static [&'static str];

    /// Puts what is `stored` in the place of what only the service sets, wherever in the record that is.
    /// A field that may be set when `mask` names it stays as it is when it does.
    fn keep_service_fields(&mut self, stored: &Self, mask: &[String]);

    /// Takes over the id, which no mask can leave out.
    fn take_id(&mut self, from: &Self);
}

/// Why a mask could not be applied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MaskError {
    /// The mask names what cannot be changed.
    #[error(transparent)]
    Refused(#[from] Violations),
    /// The record's type is not of the interface: a fault of the program.
    #[error(transparent)]
    NotDescribed(#[from] NotDescribed),
}

/// The stored record with the masked fields of the incoming one; a masked field that is empty there is cleared.
///
/// Without a mask, with an empty one, and with the one path `*`, all fields that can be set are taken. For a
/// new record `stored` is the default. The outcome still has to be read as
/// [`Reading::Merged`](super::Reading::Merged), which holds the rules.
///
/// # Errors
/// When a path names no field, goes into a list, or names what only the service sets; all such paths at once.
pub fn apply_mask<M: Maskable>(stored: &M, incoming: &M, mask: Option<&FieldMask>) -> Result<M, MaskError> {
    let paths = mask.map(|mask| mask.paths.as_slice()).unwrap_or_default();
    let mut merged = match paths {
        [] => incoming.clone(),
        [all] if all == "*" => incoming.clone(),
        paths => merge(stored, incoming, paths)?,
    };
    merged.keep_service_fields(stored, paths);
    merged.take_id(incoming);
    Ok(merged)
}

fn merge<M: Maskable>(stored: &M, incoming: &M, paths: &[String]) -> Result<M, MaskError> {
    let root = descriptor::<M>()?;
    let mut violations = Violations::default();
    for (position, path) in paths.iter().enumerate() {
        if let Err(invalid) = check::<M>(&root, path) {
            violations.add(format!("update_mask.paths[{position}]"), invalid);
        }
    }
    violations.or(())?;
    let mut merged = dynamic(stored)?;
    let incoming = dynamic(incoming)?;
    for path in paths {
        let steps: Vec<&str> = path.split('.').collect();
        copy(&mut merged, Some(&incoming), &steps);
    }
    Ok(typed(&merged)?)
}

fn check<M: Maskable>(root: &MessageDescriptor, path: &str) -> Result<(), InvalidValue> {
    if path == "*" {
        return Err(InvalidValue::new(
            "`*` stands among other paths",
            "send `*` alone, or name the fields only",
        ));
    }
    if M::SET_BY_SERVICE.contains(&path.split('.').next().unwrap_or(path)) {
        return Err(InvalidValue::new("only the service sets this field", "take the path out of the mask"));
    }
    let mut message = root.clone();
    let mut steps = path.split('.').peekable();
    while let Some(step) = steps.next() {
        let Some(field) = message.get_field_by_name(step) else {
            return Err(InvalidValue::new(
                format!("{} has no such field", message.name()),
                format!("give a path of field names as in the proto, such as {}", example(&message)),
            ));
        };
        if steps.peek().is_none() {
            return Ok(());
        }
        message = match field.kind() {
            Kind::Message(inner) if !field.is_list() && !field.is_map() => inner,
            _ => {
                return Err(InvalidValue::new(
                    format!("`{step}` is changed as a whole: it has no fields of its own in a mask"),
                    format!("let the path end with `{step}`"),
                ));
            }
        };
    }
    Ok(())
}

fn example(message: &MessageDescriptor) -> String {
    message.fields().next().map(|field| field.name().to_owned()).unwrap_or_default()
}

/// Copies the field at the end of the path; a field that is absent in `from` is cleared.
fn copy(to: &mut DynamicMessage, from: Option<&DynamicMessage>, steps: &[&str]) {
    let [step, rest @ ..] = steps else { return };
    let Some(field) = to.descriptor().get_field_by_name(step) else { return };
    let value = from.filter(|from| from.has_field(&field)).map(|from| from.get_field(&field).into_owned());
    if rest.is_empty() {
        match value {
            Some(value) => to.set_field(&field, value),
            None => to.clear_field(&field),
        }
        return;
    }
    if value.is_none() && !to.has_field(&field) {
        return;
    }
    let inner = value.as_ref().and_then(|value| value.as_message());
    let Some(target) = to.get_field_mut(&field).as_message_mut() else { return };
    copy(target, inner, rest);
    // A present message without content can mean something (no driving licence at all): clearing its last
    // field through a request that does not have the message makes it absent, which is unknown.
    if inner.is_none() && target.fields().next().is_none() {
        to.clear_field(&field);
    }
}

impl Maskable for v1::Candidate {
    const SET_BY_SERVICE: &'static [&'static str] = &["provenance", "not_delivered_since", "etag"];

    fn keep_service_fields(&mut self, stored: &Self, _mask: &[String]) {
        self.provenance.clone_from(&stored.provenance);
        self.not_delivered_since = stored.not_delivered_since;
        self.etag.clone_from(&stored.etag);
        keep_deliveries(&mut self.observations, &stored.observations);
    }

    fn take_id(&mut self, from: &Self) {
        self.id.clone_from(&from.id);
    }
}

/// Who delivered an observation is known for those that are stored already; a dispute does not change it.
fn keep_deliveries(observations: &mut [v1::Observation], stored: &[v1::Observation]) {
    let seen = |observation: &v1::Observation| v1::Observation {
        delivery: None,
        disputed: false,
        ..observation.clone()
    };
    let mut known: Vec<(v1::Observation, Option<&v1::Delivery>)> =
        stored.iter().map(|observation| (seen(observation), observation.delivery.as_ref())).collect();
    for observation in observations {
        let same = seen(observation);
        let position = known.iter().position(|(stored, _)| *stored == same);
        // Each delivery is given back once, so that two equal observations keep two deliveries.
        observation.delivery = position.and_then(|position| known.remove(position).1.cloned());
    }
}

impl Maskable for v1::Vacancy {
    const SET_BY_SERVICE: &'static [&'static str] = &["provenance", "not_delivered_since", "etag"];

    fn keep_service_fields(&mut self, stored: &Self, mask: &[String]) {
        self.provenance.clone_from(&stored.provenance);
        self.not_delivered_since = stored.not_delivered_since;
        self.etag.clone_from(&stored.etag);
        if mask.iter().any(|path| path == "requirements.unscored") {
            return;
        }
        let unscored = stored.requirements.as_ref().map(|asked| asked.unscored.clone()).unwrap_or_default();
        match &mut self.requirements {
            Some(requirements) => requirements.unscored = unscored,
            None if unscored.is_empty() => {}
            None => self.requirements = Some(v1::Requirements { unscored, ..Default::default() }),
        }
    }

    fn take_id(&mut self, from: &Self) {
        self.id.clone_from(&from.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{View, candidate_to_proto, strategies::candidate};
    use proptest::prelude::*;

    fn mask(paths: &[&str]) -> FieldMask {
        FieldMask { paths: paths.iter().map(|path| (*path).to_owned()).collect() }
    }

    fn refused(paths: &[&str]) -> Violations {
        let empty = v1::Candidate::default();
        match apply_mask(&empty, &empty, Some(&mask(paths))) {
            Err(MaskError::Refused(violations)) => violations,
            other => panic!("{other:?}"),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn naming_every_field_is_the_same_as_naming_none(old in candidate(), new in candidate()) {
            let (old, new) = (candidate_to_proto(&old, View::Full), candidate_to_proto(&new, View::Full));
            let whole = apply_mask(&old, &new, None).unwrap();
            prop_assert_eq!(&apply_mask(&old, &new, Some(&mask(&["*"]))).unwrap(), &whole);
            let descriptor = descriptor::<v1::Candidate>().unwrap();
            let names: Vec<_> = descriptor.fields().map(|field| field.name().to_owned()).collect();
            let named: Vec<_> =
                names.iter().map(String::as_str).filter(|n| !v1::Candidate::SET_BY_SERVICE.contains(n)).collect();
            prop_assert_eq!(&apply_mask(&old, &new, Some(&mask(&named))).unwrap(), &whole);
            prop_assert_eq!(&whole.provenance, &old.provenance);
        }

        #[test]
        fn what_the_mask_does_not_name_stays(old in candidate(), new in candidate()) {
            let (old, new) = (candidate_to_proto(&old, View::Full), candidate_to_proto(&new, View::Full));
            let merged = apply_mask(&old, &new, Some(&mask(&["availability.hours", "skills"]))).unwrap();
            let availability = |c: &v1::Candidate| c.availability.clone().unwrap_or_default();
            let expected = v1::Candidate { id: new.id.clone(), skills: new.skills.clone(), availability: None, ..old.clone() };
            prop_assert_eq!(v1::Candidate { availability: None, ..merged.clone() }, expected);
            prop_assert_eq!(
                availability(&merged),
                v1::Availability { hours: availability(&new).hours, ..availability(&old) }
            );
        }
    }

    #[test]
    fn every_bad_path_is_told_at_once_with_a_remedy() {
        let bad =
            refused(&["skills", "skills.text", "id.x", "availability.hour", "provenance", "etag", "", "*"]);
        insta::assert_snapshot!(bad.to_string());
    }

    #[test]
    fn clearing_the_licences_makes_them_unknown_and_an_empty_list_says_that_there_are_none() {
        let held = |categories: &[&str]| v1::Candidate {
            licences: Some(v1::HeldLicences {
                categories: categories.iter().map(|c| (*c).to_owned()).collect(),
            }),
            ..Default::default()
        };
        let path = mask(&["licences.categories"]);
        let unknown = apply_mask(&held(&["B"]), &v1::Candidate::default(), Some(&path)).unwrap();
        assert_eq!(unknown.licences, None);
        let none_at_all = apply_mask(&held(&["B"]), &held(&[]), Some(&path)).unwrap();
        assert_eq!(none_at_all, held(&[]));
    }

    #[test]
    fn nobody_can_forge_where_something_came_from() {
        let delivered = |organisation: &str| {
            Some(v1::Delivery { organisation: organisation.into(), ..Default::default() })
        };
        let observation = |note: &str, organisation: &str| v1::Observation {
            note: note.into(),
            delivery: delivered(organisation),
            ..Default::default()
        };
        let stored = v1::Candidate { observations: vec![observation("seen", "uwv")], ..Default::default() };
        let incoming = v1::Candidate {
            etag: "forged".into(),
            provenance: vec![v1::Provenance::default()],
            observations: vec![
                observation("new", "forged"),
                v1::Observation { disputed: true, ..observation("seen", "forged") },
            ],
            ..Default::default()
        };
        let merged = apply_mask(&stored, &incoming, None).unwrap();
        assert!(merged.etag.is_empty() && merged.provenance.is_empty());
        assert_eq!(merged.observations[0].delivery, None);
        assert_eq!(merged.observations[1].delivery, delivered("uwv"));
    }

    #[test]
    fn unscored_requirements_change_only_when_the_mask_names_them() {
        let asked = |text: &str| v1::Vacancy {
            requirements: Some(v1::Requirements {
                unscored: vec![v1::UnscoredRequirement { text: text.into(), ..Default::default() }],
                ..Default::default()
            }),
            ..Default::default()
        };
        let kept = apply_mask(&asked("old"), &v1::Vacancy::default(), None).unwrap();
        assert_eq!(kept, asked("old"));
        let kept = apply_mask(&asked("old"), &asked("new"), Some(&mask(&["requirements"]))).unwrap();
        assert_eq!(kept, asked("old"));
        let named = mask(&["requirements.unscored"]);
        assert_eq!(apply_mask(&asked("old"), &asked("new"), Some(&named)).unwrap(), asked("new"));
    }
}
