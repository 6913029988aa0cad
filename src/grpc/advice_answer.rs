//! Instruments, referrals and tracks as the interface gives them to advisors.

use super::match_answer::Words;
use crate::advice::{Cause, EntryKind, Found};
use crate::domain::support::SupportKind;
use crate::rank::{Track, gaps::WhomToAsk, wording::TextLanguage};
use crate::wire::v1;
use std::collections::BTreeMap;

/// The track of a number; `None`: any.
pub(super) fn track_of(track: v1::Track) -> Option<Track> {
    match track {
        v1::Track::Unspecified => None,
        v1::Track::Now => Some(Track::Now),
        v1::Track::Step => Some(Track::Step),
        v1::Track::Dream => Some(Track::Dream),
    }
}

/// The track of a match.
pub(super) fn track(track: Option<Track>) -> v1::Track {
    match track {
        None => v1::Track::Unspecified,
        Some(Track::Now) => v1::Track::Now,
        Some(Track::Step) => v1::Track::Step,
        Some(Track::Dream) => v1::Track::Dream,
    }
}

/// How many are on each track, those on none last.
pub(super) fn tracks(counts: &BTreeMap<Option<Track>, usize>) -> Vec<v1::TrackCount> {
    let all = [Some(Track::Now), Some(Track::Step), Some(Track::Dream), None];
    let count = |own: Option<Track>| v1::TrackCount {
        track: track(own).into(),
        count: counts.get(&own).map_or(0, |count| *count as u64),
    };
    all.into_iter().map(count).collect()
}

/// Whom to ask, in words.
pub(super) fn whom_to_ask(whom: WhomToAsk, language: TextLanguage) -> &'static str {
    let [dutch, english] = match whom {
        WhomToAsk::Employer => ["de werkgever", "the employer"],
        WhomToAsk::WorkCoach => ["de werkcoach", "the work coach"],
        WhomToAsk::TrainingCentre => ["een opleider", "a training centre"],
        WhomToAsk::DrivingSchool => ["een rijschool", "a driving school"],
        WhomToAsk::Register => ["het register", "the register"],
        WhomToAsk::School => ["een school voor beroepen", "a vocational school"],
        WhomToAsk::LanguageSchool => ["een taalhuis of taalschool", "a language school"],
    };
    pick(language, dutch, english)
}

/// An instrument or referral.
pub(super) fn instrument(found: &Found<'_>, words: &Words<'_>) -> v1::Instrument {
    let entry = found.entry;
    let said = pick(words.language(), &entry.dutch, &entry.english);
    let kind = match entry.kind {
        EntryKind::Instrument => v1::InstrumentKind::Instrument,
        EntryKind::Referral => v1::InstrumentKind::Referral,
    };
    v1::Instrument {
        code: entry.code.clone(),
        kind: kind.into(),
        name: said.name.clone(),
        text: said.text.clone(),
        reasons: found.causes.iter().map(|cause| reason(cause, words)).collect(),
        max_months: entry.max_months.unwrap_or(0),
        limit_text: said.limit.clone(),
    }
}

fn reason(cause: &Cause<'_>, words: &Words<'_>) -> v1::Reason {
    let language = words.language();
    match cause {
        Cause::Reason(reason) => words.reason(reason),
        Cause::Need(kind) => {
            let needed = support(*kind, language);
            v1::Reason {
                code: "SUPPORT_NEEDED".to_owned(),
                text: pick(language, format!("Nodig is: {needed}."), format!("Needed: {needed}.")),
                data: words.given([("kind", Cause::name_of(*kind))]),
            }
        }
        Cause::Allowances => v1::Reason {
            code: "ALLOWANCES".to_owned(),
            text: pick(language, "De persoon krijgt toeslagen.", "The person receives allowances.")
                .to_owned(),
            data: Vec::new(),
        },
    }
}

fn support(kind: SupportKind, language: TextLanguage) -> &'static str {
    let [dutch, english] = match kind {
        SupportKind::Buddy => ["een buddy", "a buddy"],
        SupportKind::LanguageBuddy => ["een taalmaatje", "a language buddy"],
        SupportKind::JobCoach => ["een jobcoach", "a job coach"],
        SupportKind::WorkSupervisor => ["een werkbegeleider", "a supervisor at work"],
        SupportKind::AdaptedWorkplace => ["een aangepaste werkplek", "an adapted workplace"],
        SupportKind::LanguageLessons => ["taalles op het werk", "language lessons at work"],
        SupportKind::VariedWork => ["afwisselend werk", "varied work"],
        SupportKind::Guidance => ["begeleiding", "guidance"],
    };
    pick(language, dutch, english)
}

fn pick<T>(language: TextLanguage, dutch: T, english: T) -> T {
    match language {
        TextLanguage::Dutch => dutch,
        TextLanguage::English => english,
    }
}
