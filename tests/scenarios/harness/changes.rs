//! The records of a scenario, with the changes of a check.

use super::{
    document::{Check, Document},
    notation::{Day, Notation},
};
use passend::wire::{from_json, v1};
use std::collections::BTreeMap;
use toml::{Table, Value};

/// The records of one world, as the interface takes them.
#[derive(Clone, Default)]
pub struct Records {
    pub candidates: BTreeMap<String, v1::Candidate>,
    pub vacancies: BTreeMap<String, v1::Vacancy>,
}

/// The records of a document before (`None`) or after a check's changes. Days count from the document's own as-of day.
pub fn records(notation: &Notation, document: &Document, check: Option<&Check>) -> Result<Records, String> {
    let today = document.day()?;
    let mut people = with_basis(&document.personen, &document.basis.persoon)?;
    let mut work = with_basis(&document.vacatures, &document.basis.vacature)?;
    for (id, table) in check.map(|check| &check.erbij).into_iter().flatten() {
        let like = table.get("als").and_then(Value::as_str).ok_or_else(|| format!("{id} says no als"))?;
        let group = if people.contains_key(like) { &mut people } else { &mut work };
        let mut made =
            group.get(like).cloned().ok_or_else(|| format!("{id} is like {like}, whom nobody knows"))?;
        apply(&mut made, table)?;
        group.insert(id.clone(), made);
    }
    for (id, change) in check.map(|check| &check.verander).into_iter().flatten() {
        let record = people.get_mut(id).or_else(|| work.get_mut(id));
        apply(record.ok_or_else(|| format!("{id} is nobody"))?, change)?;
    }
    let mut made = Records::default();
    for (id, table) in &people {
        made.candidates.insert(id.clone(), read(notation, "Candidate", id, table, today)?);
    }
    for (id, table) in &work {
        made.vacancies.insert(id.clone(), read(notation, "Vacancy", id, table, today)?);
    }
    Ok(made)
}

/// A record in the notation as the message itself.
pub fn read<M: prost::Name + Default>(
    notation: &Notation,
    message: &str,
    id: &str,
    table: &Table,
    today: Day,
) -> Result<M, String> {
    let mut json = notation.record(message, table, today).map_err(|error| format!("{id}: {error}"))?;
    json["id"] = id.into();
    from_json(json.to_string().as_bytes()).map_err(|error| format!("{id}: {error}"))
}

/// Every record with the basis under it, or with the record under it that it is like.
fn with_basis(all: &BTreeMap<String, Table>, basis: &Table) -> Result<BTreeMap<String, Table>, String> {
    let mut made = BTreeMap::new();
    for (id, table) in all {
        let mut record = basis.clone();
        let mut chain = vec![table];
        while let Some(like) = chain.last().and_then(|table| table.get("als")).and_then(Value::as_str) {
            if chain.len() > all.len() {
                return Err(format!("{id} is like itself"));
            }
            chain.push(all.get(like).ok_or_else(|| format!("{id} is like {like}, whom nobody knows"))?);
        }
        for table in chain.into_iter().rev() {
            apply(&mut record, table)?;
        }
        made.insert(id.clone(), record);
    }
    Ok(made)
}

/// Takes out what stands under `zonder`, then lays the other fields over the record: tables merge, all else replaces.
fn apply(record: &mut Table, change: &Table) -> Result<(), String> {
    for path in change.get("zonder").and_then(Value::as_array).into_iter().flatten() {
        let path = path.as_str().ok_or("zonder is a list of fields")?;
        remove(record, path).ok_or_else(|| format!("there is no {path} to take out"))?;
    }
    let fields = change.iter().filter(|(name, _)| !matches!(name.as_str(), "als" | "zonder"));
    for (name, value) in fields {
        merge(record, name, value);
    }
    Ok(())
}

fn merge(record: &mut Table, name: &str, value: &Value) {
    match (record.get_mut(name), value) {
        (Some(Value::Table(old)), Value::Table(new)) => {
            for (name, value) in new {
                merge(old, name, value);
            }
        }
        _ => {
            record.insert(name.to_owned(), value.clone());
        }
    }
}

/// Takes a field out by its path and gives it back.
pub fn remove(record: &mut Table, path: &str) -> Option<Value> {
    match path.split_once('.') {
        Some((first, rest)) => remove(record.get_mut(first)?.as_table_mut()?, rest),
        None => record.remove(path),
    }
}
