//! A scenario as it is written: people, vacancies, a day, and checks. `tests/scenarios/README.md` tells how.

use super::notation::Day;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::{Table, value::Datetime};

/// One document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    pub titel: String,
    pub regels: Vec<String>,
    pub peildatum: Datetime,
    pub situatie: String,
    pub waarom: String,
    #[serde(default)]
    pub basis: Basis,
    pub vacatures: BTreeMap<String, Table>,
    pub personen: BTreeMap<String, Table>,
    /// Minutes of travel that are known of a person, to every vacancy.
    #[serde(default)]
    pub reistijd: BTreeMap<String, u32>,
    pub toets: Vec<Check>,
}

/// What all people or all vacancies of a document share.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    #[serde(default)]
    pub persoon: Table,
    #[serde(default)]
    pub vacature: Table,
}

/// One check: changes, and what must hold after them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Check {
    pub naam: String,
    pub dit: String,
    // What is changed.
    pub verander: BTreeMap<String, Table>,
    pub erbij: BTreeMap<String, Table>,
    pub peildatum: Option<Datetime>,
    pub reistijd: BTreeMap<String, u32>,
    // For whom the list is asked: a vacancy or a person.
    pub bij: Option<String>,
    // What must hold.
    pub volgorde: Option<String>,
    pub gelijk: Vec<String>,
    pub hoger: Vec<String>,
    pub lager: Vec<String>,
    pub niet_hoger: Vec<String>,
    pub niet_lager: Vec<String>,
    pub anderen_gelijk: bool,
    pub even: Vec<Vec<String>>,
    pub redenen: BTreeMap<String, Vec<String>>,
    pub teksten: BTreeMap<String, Vec<String>>,
    pub vragen: BTreeMap<String, Vec<String>>,
    pub tekorten: BTreeMap<String, Vec<String>>,
    pub instrumenten: BTreeMap<String, Vec<String>>,
    pub sporen: BTreeMap<String, String>,
    pub fit: BTreeMap<String, BTreeMap<String, f64>>,
    pub afwezig: BTreeMap<String, String>,
    pub aangenomen: Vec<String>,
    pub geweigerd: Vec<String>,
    pub tegenfeit: Option<Counterfactual>,
    pub wissel: Option<Permutation>,
    pub eerlijke_plekken: Option<u32>,
    pub werkgever_zonder: Vec<String>,
    pub werkgever_gelijk: bool,
}

/// "What if": one person changed, tried through the ranking.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counterfactual {
    pub wie: String,
    pub zet: Table,
    pub plek: u64,
}

/// Every way to deal these parts of people's records out among the same people.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Permutation {
    pub wie: Vec<String>,
    pub velden: Vec<String>,
}

impl Document {
    pub fn read(text: &str) -> Result<Self, String> {
        let document: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        match document.toets.iter().find(|check| !check.expects_something()) {
            Some(check) => Err(format!("check {:?} expects nothing: it could not fail", check.naam)),
            None if document.toets.is_empty() => Err("there is no check".to_owned()),
            None => Ok(document),
        }
    }

    pub fn day(&self) -> Result<Day, String> {
        day(&self.peildatum)
    }
}

/// A local date of TOML.
pub fn day(datetime: &Datetime) -> Result<Day, String> {
    datetime.to_string().parse().map_err(|error| format!("{datetime} is no day: {error}"))
}

impl Check {
    pub fn changes_something(&self) -> bool {
        !(self.verander.is_empty() && self.erbij.is_empty() && self.reistijd.is_empty())
            || self.peildatum.is_some()
    }

    fn compares(&self) -> bool {
        let lists = [&self.gelijk, &self.hoger, &self.lager, &self.niet_hoger, &self.niet_lager];
        lists.iter().any(|list| !list.is_empty()) || self.anderen_gelijk || self.werkgever_gelijk
    }

    fn expects_something(&self) -> bool {
        let without_comparisons = [
            self.volgorde.is_some(),
            !self.even.is_empty(),
            !self.redenen.is_empty(),
            !self.teksten.is_empty(),
            !self.vragen.is_empty(),
            !self.tekorten.is_empty(),
            !self.instrumenten.is_empty(),
            !self.sporen.is_empty(),
            !self.fit.is_empty(),
            !self.afwezig.is_empty(),
            !self.aangenomen.is_empty(),
            !self.geweigerd.is_empty(),
            self.tegenfeit.is_some(),
            self.wissel.is_some(),
            self.eerlijke_plekken.is_some(),
            !self.werkgever_zonder.is_empty(),
        ];
        // Nothing can be seen to be as before when nothing was changed.
        without_comparisons.contains(&true) && (!self.compares() || self.changes_something())
            || self.compares() && self.changes_something()
    }
}
