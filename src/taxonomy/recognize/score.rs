//! How near the labels of concepts come to a wording.

use super::{
    compound::Compounds,
    function_words::is_function_word,
    label_index::{LabelIndex, Near},
    words::{Word, hash},
};
use std::cell::RefCell;

/// Share of the letters in what labels and wording have in common; the rest is of the stems.
/// Measured on the visible sets; between 0.5 and 1 little changes.
const LETTERS: f32 = 0.65;
/// Labels that share less than this (cosine of letters) are not looked at.
const LEAST: f32 = 0.2;
/// Most concepts that are looked at closely.
const LOOKED_AT: usize = 64;
/// What words in brackets count.
const BRACKETED: f32 = 0.5;

/// How near a concept comes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scored {
    /// The concept, as a place in the index.
    pub(super) owner: u32,
    /// Its nearest label.
    pub(super) label: u32,
    /// How near, 0 to 1.
    pub(super) score: f32,
}

/// Room that is used again for every wording.
#[derive(Default)]
struct Room {
    sums: Vec<u16>,
    near: Vec<Near>,
}

thread_local! {
    static ROOM: RefCell<Room> = RefCell::default();
}

/// The concepts that come near to words, the nearest first.
pub(super) fn nearest(index: &LabelIndex, compounds: &Compounds, words: &[Word]) -> Vec<Scored> {
    let candidates = ROOM.with_borrow_mut(|room| {
        index.near(words, LEAST, &mut room.sums, &mut room.near);
        best(&mut room.near)
    });
    let vector = index.stem_vector(&weighed_stems(compounds, words));
    let mut scored: Vec<Scored> = candidates
        .into_iter()
        .map(|near| {
            let labels = index.labels_of(near.owner).map(|label| (index.shared_stems(&vector, label), label));
            let (stems, label) =
                labels.fold((-1.0, 0), |best, other| if other.0 > best.0 { other } else { best });
            Scored {
                owner: near.owner,
                label,
                score: LETTERS * near.letters + (1.0 - LETTERS) * stems.max(0.0),
            }
        })
        .collect();
    scored.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.owner.cmp(&b.owner)));
    scored
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

/// The share of such cases that are right, in 1/10,000: a logistic curve over the score.
pub(super) fn confidence(score: f32) -> u16 {
    let odds = (SLOPE * (score - EVEN)).exp();
    (10_000.0 * odds / (1.0 + odds)) as u16
}

const SLOPE: f32 = 8.0;
const EVEN: f32 = 0.55;
