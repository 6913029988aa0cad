//! Conditions, support and abilities as scoring reads them.

use crate::domain::{
    candidate::CandidateProfile,
    support::{Capacity, SupportKind},
    text::Label,
    time::Answer,
    vacancy::{Offer, Vacancy},
};
use crate::rank::{
    tables::Tables,
    term::{TermKey, WordKey, sorted, title_as_occupation, word_key},
    understanding::Understanding,
};
use crate::taxonomy::{ConceptNumber, normalise};
use serde::{Deserialize, Serialize};

/// A working condition that a person wishes or refuses.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct Condition {
    pub(in crate::rank) text: Label,
    /// Of its words, and of its entry in the table.
    pub(in crate::rank) keys: Box<[TermKey]>,
    /// Of the opposite entry.
    pub(in crate::rank) opposite: Option<TermKey>,
    pub(in crate::rank) words: Box<[WordKey]>,
    pub(in crate::rank) is_refused: bool,
}

/// What a person can do, or what work asks.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct Ability {
    pub(in crate::rank) text: Label,
    /// Without the weight.
    pub(in crate::rank) words: Box<[WordKey]>,
    /// A day.
    pub(in crate::rank) minutes: Option<u32>,
    pub(in crate::rank) kilos: Option<u32>,
}

/// A set of kinds of support.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct Kinds(u8);

impl Kinds {
    fn of(kinds: impl Iterator<Item = SupportKind>) -> Self {
        Self(kinds.fold(0, |set, kind| set | 1 << kind as u8))
    }

    pub(in crate::rank) fn has(self, kind: SupportKind) -> bool {
        self.0 >> kind as u8 & 1 == 1
    }

    /// The kinds in their order.
    pub(in crate::rank) fn iter(self) -> impl Iterator<Item = SupportKind> {
        SupportKind::ALL.into_iter().filter(move |kind| self.has(*kind))
    }
}

/// What a vacancy says about how it is to work there.
pub(super) struct ConditionsOfWork {
    pub(super) keys: Box<[TermKey]>,
    pub(super) words: Box<[WordKey]>,
    pub(super) text_words: Box<[WordKey]>,
}

impl ConditionsOfWork {
    pub(super) fn of(offer: &Offer, tables: &Tables) -> Self {
        let named = offer.conditions.iter().map(Label::as_str);
        let keys = named.clone().flat_map(|name| {
            let own = TermKey::of_text(name);
            own.into_iter().chain(own.and_then(|own| tables.conditions.entry(own)))
        });
        Self {
            keys: sorted(&mut keys.collect()),
            words: words(named, tables),
            text_words: words(offer.conditions_text.iter().map(|text| text.as_str()), tables),
        }
    }
}

/// The conditions that a person wishes, then those that they refuse, each once.
pub(super) fn conditions(profile: &CandidateProfile, tables: &Tables) -> Box<[Condition]> {
    let wished = profile.wishes.conditions.iter().map(|text| (text, false));
    let refused = profile.refusals.conditions.iter().map(|text| (text, true));
    let mut all: Vec<(TermKey, Condition)> = Vec::new();
    for (text, is_refused) in wished.chain(refused) {
        let Some(own) = TermKey::of_text(text.as_str()) else { continue };
        if all.iter().any(|(key, other)| *key == own && other.is_refused == is_refused) {
            continue;
        }
        let entry = tables.conditions.entry(own);
        let condition = Condition {
            text: text.clone(),
            keys: [own].into_iter().chain(entry).collect(),
            opposite: tables.conditions.opposite(own),
            words: words([text.as_str()].into_iter(), tables),
            is_refused,
        };
        all.push((own, condition));
    }
    all.into_iter().map(|(_, condition)| condition).collect()
}

/// The kinds of support that a person needs.
pub(super) fn needs(profile: &CandidateProfile) -> Kinds {
    let needed = profile.support_needs.iter().filter(|need| need.needed == Answer::Yes);
    Kinds::of(needed.map(|need| need.kind))
}

/// The kinds of support that a vacancy offers, or says not to offer.
pub(super) fn offered(offer: &Offer, answer: Answer) -> Kinds {
    let said = offer.support.iter().filter(|support| support.offered == answer);
    Kinds::of(said.map(|support| support.kind))
}

/// Abilities, or what the work asks of them.
pub(super) fn abilities(capacities: &[Capacity], tables: &Tables) -> Box<[Ability]> {
    capacities.iter().map(|capacity| ability(capacity, tables)).collect()
}

fn ability(capacity: &Capacity, tables: &Tables) -> Ability {
    let normalised = normalise(capacity.ability.as_str());
    let mut rest: Vec<&str> = Vec::new();
    let mut kilos = None;
    for word in normalised.split(' ') {
        let number = rest.last().and_then(|last| last.parse::<u32>().ok());
        match (word, number) {
            ("kg" | "kilo" | "kilogram", Some(number)) => {
                kilos = Some(number);
                rest.pop();
            }
            _ => rest.push(word),
        }
    }
    Ability {
        text: capacity.ability.clone(),
        words: words([rest.join(" ").as_str()].into_iter(), tables),
        minutes: capacity.minutes_per_day.map(u32::from),
        kilos,
    }
}

/// Words after the Dutch analysis.
fn words<'a>(texts: impl Iterator<Item = &'a str>, tables: &Tables) -> Box<[WordKey]> {
    let all = texts.flat_map(|text| tables.words.weighed(text)).map(|(word, _)| word_key(&word));
    sorted(&mut all.collect())
}

/// What a vacancy's occupation and title mean.
pub(super) fn work(vacancy: &Vacancy, understanding: &dyn Understanding) -> Box<[(ConceptNumber, u16)]> {
    let title = vacancy.title.as_ref().map(title_as_occupation);
    let work = vacancy.occupation.iter().chain(&title);
    let senses = work.flat_map(|own| understanding.occupation(own).iter().collect::<Vec<_>>());
    highest(senses.map(|sense| (sense.concept, sense.confidence)).collect())
}

/// The occupations that a vacancy's work leads to.
pub(super) fn leads_to(vacancy: &Vacancy, understanding: &dyn Understanding) -> Box<[(ConceptNumber, u16)]> {
    let mut all = Vec::new();
    for (own, confidence) in work(vacancy, understanding) {
        let weighed = |leads: u16| u32::from(confidence) * u32::from(leads) / 10_000;
        let row = understanding.relations().leads_to(own);
        all.extend(row.iter().map(|(to, leads)| (*to, u16::try_from(weighed(*leads)).unwrap_or(u16::MAX))));
    }
    highest(all)
}

/// The highest figure of each occupation, by its number.
fn highest(mut all: Vec<(ConceptNumber, u16)>) -> Box<[(ConceptNumber, u16)]> {
    all.sort_unstable_by_key(|(concept, figure)| (*concept, std::cmp::Reverse(*figure)));
    all.dedup_by_key(|(concept, _)| *concept);
    all.into()
}
