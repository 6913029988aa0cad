//! How near the labels of concepts come to a wording.

use super::{
    CERTAIN,
    compound::Compounds,
    function_words::is_function_word,
    label_index::{LabelIndex, Near},
    words::{Word, hash, key},
};
use crate::taxonomy::{ConceptKind, meaning::MeaningModel};
use std::cell::RefCell;

/// What letters, stems and meaning count: chosen for labels of ESCO that were held back from index and model
/// (docs/recognition.md); the figures are flat around these.
const LETTERS: f32 = 0.5;
const STEMS: f32 = 0.5;
const MEANING: f32 = 4.0;
/// What letters count where the stems say less: a word with a typing error has none that is known.
const LETTERS_INSTEAD: f32 = 0.9;
/// Labels that share less than this (cosine of letters) are not looked at.
const LEAST: f32 = 0.2;
/// Most concepts that are looked at closely.
const LOOKED_AT: usize = 64;
/// Most concepts that are looked at because they mean something like it.
const MEANT: usize = 32;
/// What words in brackets count.
const BRACKETED: f32 = 0.5;

/// How near a concept comes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scored {
    /// The concept, as a place in the index.
    pub(super) owner: u32,
    /// Its nearest label; none where it was found by meaning alone.
    pub(super) label: Option<u32>,
    /// How near; comparable within one wording, and between wordings for the same sources.
    pub(super) score: f32,
}

/// Room that is used again for every wording.
#[derive(Default)]
struct Room {
    sums: Vec<u16>,
    near: Vec<Near>,
}

impl Room {
    /// What a concept's labels share with the words; little where it was not found by them. `near` is in the order of
    /// the concepts.
    fn near_of(&self, owner: u32) -> Near {
        let found = self.near.binary_search_by_key(&owner, |near| near.owner).ok();
        found.and_then(|at| self.near.get(at)).copied().unwrap_or(Near { owner, label: None, letters: 0.0 })
    }
}

thread_local! {
    static ROOM: RefCell<Room> = RefCell::default();
}

/// What a wording is compared with.
#[derive(Clone, Copy)]
pub(super) struct Sources<'a> {
    /// The labels.
    pub(super) index: &'a LabelIndex,
    /// The parts of compounds.
    pub(super) compounds: &'a Compounds,
    /// What words mean, where that was learned, and the kinds of concepts that are looked for.
    pub(super) meaning: Option<(&'a MeaningModel, &'a [ConceptKind])>,
}

impl Sources<'_> {
    /// The concepts that come near to words, the nearest first.
    pub(super) fn nearest(self, words: &[Word]) -> Vec<Scored> {
        let index = self.index;
        let meant = self.meaning.and_then(|(model, kinds)| Some((model, model.embed(&key(words))?, kinds)));
        let mut candidates = ROOM.with_borrow_mut(|room| {
            index.near(words, LEAST, &mut room.sums, &mut room.near);
            let mut candidates = Vec::new();
            if let Some((model, vector, kinds)) = &meant {
                let nearest = kinds.iter().flat_map(|kind| model.nearest(vector, *kind, MEANT));
                candidates
                    .extend(nearest.filter_map(|(concept, _)| Some(room.near_of(index.owner(concept)?))));
            }
            candidates.extend(best(&mut room.near));
            candidates
        });
        candidates.sort_by_key(|near| near.owner);
        candidates.dedup_by_key(|near| near.owner);
        let stems = index.stem_vector(&weighed_stems(self.compounds, words));
        let score = |near: &Near| {
            let labels = index.labels_of(near.owner);
            let shared = labels.map(|label| (index.shared_stems(&stems, label), Some(label)));
            let (shared, label) =
                shared.fold((0.0, near.label), |best, other| if other.0 > best.0 { other } else { best });
            let similar = meant.as_ref().map_or(0.0, |(model, vector, _)| {
                MEANING * model.similarity(vector, index.concept(near.owner))
            });
            let words = (LETTERS * near.letters + STEMS * shared).max(LETTERS_INSTEAD * near.letters);
            Scored { owner: near.owner, label, score: words + similar }
        };
        let mut scored: Vec<Scored> = candidates.iter().map(score).collect();
        scored.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.owner.cmp(&b.owner)));
        scored
    }
}

/// The nearest ones, in any order that is the same every time.
fn best(near: &mut [Near]) -> Vec<Near> {
    let order = |a: &Near, b: &Near| b.letters.total_cmp(&a.letters).then(a.owner.cmp(&b.owner));
    if near.len() > LOOKED_AT {
        near.select_nth_unstable_by(LOOKED_AT - 1, order);
    }
    near[..near.len().min(LOOKED_AT)].to_vec()
}

/// The stems of words with what each counts.
pub(super) fn weighed_stems(compounds: &Compounds, words: &[Word]) -> Vec<(u64, f32)> {
    let mut stems: Vec<(u64, f32)> = Vec::new();
    for word in content(words) {
        for stem in compounds.stems(&word.text) {
            let (stem, weight) = (hash(&stem), if word.bracketed { BRACKETED } else { 1.0 });
            match stems.iter_mut().find(|(known, _)| *known == stem) {
                Some((_, highest)) => *highest = highest.max(weight),
                None => stems.push((stem, weight)),
            }
        }
    }
    stems
}

/// The words that carry a meaning; all of them where none does.
pub(super) fn content(words: &[Word]) -> impl Iterator<Item = &Word> {
    let none = words.iter().all(|word| is_function_word(&word.text));
    words.iter().filter(move |word| none || !is_function_word(&word.text))
}

/// The probability of each concept to be the right one, in 1/10,000, in the order of `scored`: their odds against each
/// other and against none of them. Fitted to labels of ESCO that were held back from index and model.
pub(super) fn confidences(scored: &[Scored], with_meaning: bool) -> impl Iterator<Item = u16> {
    let (slope, none) = if with_meaning { WITH_MEANING } else { LETTERS_ALONE };
    // With 64 bits, so that the last bit of one processor's exponential is not seen in the answer.
    let odds = move |scored: &Scored| ((f64::from(scored.score) - none) * slope).exp();
    let all = 1.0 + scored.iter().take(RIVALS).map(odds).sum::<f64>();
    scored.iter().map(move |scored| (f64::from(CERTAIN) * odds(scored) / all) as u16)
}

/// How much likelier a concept is than one without any nearness in meaning, other things being equal.
pub(super) fn odds_of_meaning(similarity: f32) -> f64 {
    (f64::from(MEANING * similarity) * WITH_MEANING.0).exp()
}

/// Concepts whose odds are counted against each other, as when the odds were fitted.
const RIVALS: usize = 24;
/// Slope of the odds over the score, and the score at which a concept is as likely as none; with and without the meaning.
const WITH_MEANING: (f64, f64) = (4.11, 2.902);
const LETTERS_ALONE: (f64, f64) = (9.95, 0.613);
