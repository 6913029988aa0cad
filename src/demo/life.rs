//! Who somebody is: the life from which all fields of a candidate follow.

use super::{
    book::{
        Book,
        occupations::Occupation,
        people::{PersonKind, Route, Stage},
    },
    random::Dice,
};
use crate::domain::{
    InvalidValue, education::WorkLevel, language::LanguageCode, text::Label, work::OccupationRef,
};

/// How many of a thousand status holders follow a route now; the others are through.
const ON_A_ROUTE: u32 = 720;
/// How many of a thousand of the other people have another first language than Dutch.
const OTHER_FIRST_LANGUAGE: u32 = 90;
/// How often a word is misspelt by chance, besides the wordings of the data files.
const MISSPELT: u32 = 20;

/// How often an occupation is written in the person's own first language, where the data has such a wording.
const IN_OWN_LANGUAGE: u32 = 500;
/// How often it is written in everyday or misspelt words.
const IN_EVERYDAY_WORDS: u32 = 280;

/// A life. Occupations are places in the book's list.
#[derive(Debug)]
pub(super) struct Life<'b> {
    pub(super) kind: &'b PersonKind,
    /// The first language when it is not Dutch.
    pub(super) first_language: Option<LanguageCode>,
    pub(super) route: Option<&'b Route>,
    /// Work so far, the latest first.
    pub(super) past: Vec<usize>,
    /// Wished work, the most wished first; never empty.
    pub(super) wished: Vec<usize>,
    pub(super) level: WorkLevel,
    pub(super) filling: Filling,
}

/// How much of somebody's file is filled in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Filling {
    Thin,
    Ordinary,
    Full,
}

impl Filling {
    fn draw(dice: &mut Dice) -> Self {
        match dice.below(100) {
            0..30 => Self::Thin,
            30..75 => Self::Ordinary,
            _ => Self::Full,
        }
    }

    /// Whether a field that is filled in so many of a thousand ordinary files is filled in this one.
    pub(super) fn has(self, dice: &mut Dice, per_thousand: u32) -> bool {
        let percent = match self {
            Self::Thin => 45,
            Self::Ordinary => 100,
            Self::Full => 150,
        };
        dice.chance((per_thousand * percent / 100).min(970))
    }
}

impl<'b> Life<'b> {
    /// Draws a life.
    pub(super) fn draw(book: &'b Book, dice: &mut Dice) -> Self {
        let kind = book.people.kinds.draw(dice);
        let past = past(book, kind, dice);
        let level = past.iter().map(|at| book.occupations[*at].level).max();
        let level = level.unwrap_or_else(|| match dice.below(10) {
            0..2 => WorkLevel::Basic,
            2..5 => WorkLevel::Vmbo,
            5..9 => WorkLevel::Mbo,
            _ => WorkLevel::Hbo,
        });
        let refugee = kind.stage == Stage::StatusHolder;
        let first_language = if refugee {
            Some(*book.people.refugee_languages.draw(dice))
        } else if dice.chance(OTHER_FIRST_LANGUAGE) {
            Some(*book.people.other_languages.draw(dice))
        } else {
            None
        };
        let route = (refugee && dice.chance(ON_A_ROUTE)).then(|| book.people.routes.draw(dice));
        let wished = wished(book, kind, &past, level, dice);
        Self { kind, first_language, route, past, wished, level, filling: Filling::draw(dice) }
    }

    /// An occupation in the words of this person.
    pub(super) fn words_for(
        &self,
        work: &Occupation,
        dice: &mut Dice,
    ) -> Result<OccupationRef, InvalidValue> {
        let in_language = |language| work.wrote.iter().filter(move |one| one.language == language);
        let own_language = self.first_language.and_then(|first| in_language(Some(first)).next());
        let everyday: Vec<_> = in_language(None).collect();
        let text = match (own_language, dice.pick(&everyday)) {
            (Some(written), _) if dice.chance(IN_OWN_LANGUAGE) => written.text.clone(),
            (_, Some(written)) if dice.chance(IN_EVERYDAY_WORDS) => written.text.clone(),
            _ => misspelt(usual_or_other(&work.names, dice)?, dice)?,
        };
        Ok(OccupationRef { text, concept: None, boc_code: None })
    }
}

/// The usual name of an occupation, or one of the others.
pub(super) fn usual_or_other(names: &[Label], dice: &mut Dice) -> Result<Label, InvalidValue> {
    let other = dice.pick(names).cloned();
    let usual = names.first().cloned();
    let chosen = if dice.chance(600) { usual } else { other };
    chosen.ok_or_else(|| InvalidValue::new("there is no name", "give every occupation a name"))
}

/// Once in a while a letter is dropped, doubled or changes places.
pub(super) fn misspelt(text: Label, dice: &mut Dice) -> Result<Label, InvalidValue> {
    let mut letters: Vec<char> = text.as_str().chars().collect();
    if letters.len() < 6 || letters.len() > 60 || !dice.chance(MISSPELT) {
        return Ok(text);
    }
    let at = dice.between(2, u32::try_from(letters.len()).unwrap_or(6) - 3) as usize;
    match dice.below(3) {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        _ => letters.swap(at, at + 1),
    }
    Label::new(letters.into_iter().collect::<String>())
}

fn past(book: &Book, kind: &PersonKind, dice: &mut Dice) -> Vec<usize> {
    let jobs = dice.between(kind.jobs.0, kind.jobs.1) as usize;
    let mut past: Vec<usize> = Vec::with_capacity(jobs);
    for _ in 0..jobs {
        let next = match past.last() {
            Some(before) if dice.chance(600) => *book.occupations.kin(*before).draw(dice),
            _ => *book.occupations.by_people().draw(dice),
        };
        if !past.contains(&next) {
            past.push(next);
        }
    }
    past
}

fn wished(book: &Book, kind: &PersonKind, past: &[usize], level: WorkLevel, dice: &mut Dice) -> Vec<usize> {
    let change = dice.chance(kind.change_per_thousand);
    let first = match past.first() {
        Some(latest) if !change => *latest,
        _ => new_direction(book, past, level, dice),
    };
    let mut wished = vec![first];
    for _ in 0..dice.below(3) {
        let next = *book.occupations.kin(first).draw(dice);
        if !wished.contains(&next) && book.occupations[next].level <= level {
            wished.push(next);
        }
    }
    wished
}

/// Other work than before, of a level that can be reached; employers' demand says where people look.
fn new_direction(book: &Book, past: &[usize], level: WorkLevel, dice: &mut Dice) -> usize {
    const TRIES: usize = 12;
    let mut drawn = *book.occupations.by_demand().draw(dice);
    for _ in 0..TRIES {
        let work = &book.occupations[drawn];
        let familiar = past.iter().any(|before| book.occupations[*before].family == work.family);
        if !familiar && work.level <= level.max(WorkLevel::Vmbo) {
            break;
        }
        drawn = *book.occupations.by_demand().draw(dice);
    }
    drawn
}
