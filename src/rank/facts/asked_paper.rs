//! Asked licences, certificates and registrations.

use crate::domain::{
    education::DrivingLicence,
    requirement::{Importance, Requirement},
    text::Label,
    vacancy::Vacancy,
};
use crate::rank::{
    gaps::{CostClass, GapEntry, GapKind, GapTable, WhomToAsk},
    pool::PaperName,
    term::{TermKey, sorted},
};
use serde::{Deserialize, Serialize};

/// What kind of paper is asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) enum Paper {
    Licence(DrivingLicence),
    Certificate(Label),
    Registration(Label),
}

impl Paper {
    pub(in crate::rank) fn name(&self) -> PaperName {
        match self {
            Self::Licence(licence) => PaperName::Licence(*licence),
            Self::Certificate(name) | Self::Registration(name) => PaperName::Named(name.as_str().to_owned()),
        }
    }
}

/// An asked licence, certificate or registration with what is known of obtaining it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct AskedPaper {
    pub(in crate::rank) paper: Paper,
    pub(in crate::rank) importance: Importance,
    pub(in crate::rank) grace_weeks: u32,
    pub(in crate::rank) lead_weeks: Option<u16>,
    pub(in crate::rank) kind: GapKind,
    pub(in crate::rank) handling_weeks: Option<u16>,
    pub(in crate::rank) cost: Option<CostClass>,
    pub(in crate::rank) whom_to_ask: WhomToAsk,
    /// Its name and aliases.
    pub(in crate::rank) same: Box<[TermKey]>,
    /// The same and the names of what covers it.
    pub(in crate::rank) accepts: Box<[TermKey]>,
}

/// All of them, in this order, each as asked.
pub(super) fn papers(vacancy: &Vacancy, gaps: &GapTable) -> Box<[AskedPaper]> {
    let requirements = &vacancy.requirements;
    let licences = requirements.licences.iter().map(|asked| {
        let entry = gaps.find_licence(asked.what);
        paper(Paper::Licence(asked.what), asked, entry, GapKind::Solvable)
    });
    let certificates = requirements
        .certificates
        .iter()
        .map(|asked| named_paper(Paper::Certificate(asked.what.clone()), asked, gaps, GapKind::Solvable));
    let registrations = requirements.registrations.iter().map(|asked| {
        named_paper(Paper::Registration(asked.what.clone()), asked, gaps, GapKind::Registration)
    });
    licences.chain(certificates).chain(registrations).collect()
}

fn paper<T>(
    paper: Paper,
    asked: &Requirement<T>,
    entry: Option<&GapEntry>,
    otherwise: GapKind,
) -> AskedPaper {
    let whom_to_ask = entry.map_or_else(|| whom_to_ask(&paper), |entry| entry.whom_to_ask);
    AskedPaper {
        paper,
        whom_to_ask,
        handling_weeks: entry.and_then(|entry| entry.handling_weeks),
        importance: asked.importance,
        grace_weeks: u32::from(asked.grace.get()),
        lead_weeks: entry.and_then(|entry| entry.lead_weeks),
        kind: entry.map_or(otherwise, |entry| entry.kind),
        cost: entry.and_then(|entry| entry.cost_class),
        same: Box::default(),
        accepts: Box::default(),
    }
}

/// Of a paper that the table does not have.
fn whom_to_ask(paper: &Paper) -> WhomToAsk {
    match paper {
        Paper::Licence(_) => WhomToAsk::DrivingSchool,
        Paper::Certificate(_) => WhomToAsk::TrainingCentre,
        Paper::Registration(_) => WhomToAsk::Register,
    }
}

fn named_paper(what: Paper, asked: &Requirement<Label>, gaps: &GapTable, otherwise: GapKind) -> AskedPaper {
    let key = TermKey::of_text(asked.what.as_str());
    let entry = key.and_then(|key| gaps.find(key));
    let mut same: Vec<TermKey> =
        key.into_iter().chain(entry.into_iter().flat_map(GapTable::names_of)).collect();
    let covering = entry.into_iter().flat_map(|entry| gaps.covering(entry)).flat_map(GapTable::names_of);
    let mut accepts: Vec<TermKey> = same.iter().copied().chain(covering).collect();
    AskedPaper {
        same: sorted(&mut same),
        accepts: sorted(&mut accepts),
        ..paper(what, asked, entry, otherwise)
    }
}
