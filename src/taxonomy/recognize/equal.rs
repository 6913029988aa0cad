//! Words that are a label: no search, no doubt about the spelling.

use super::{
    MOST_SENSES, Meaning, Recognizer, Sense, WordingKind,
    label_index::bag,
    score::{self, weighed_stems},
    stem::has_stems,
    words::{Gap, Word, joined_hash, key},
};
use crate::taxonomy::{ConceptNumber, LabelLanguage, LabelRole};

/// Confidence of the concept whose label the words are, where no other concept has it.
const ONE: u16 = 9_800;
/// The same of words that are a label when what stands in brackets, or one of two names with a slash, is left out.
const IN_PART: u16 = 9_000;
/// The same of words with the stems of a label.
const STEMS: u16 = 8_500;
/// How much likelier the concept is that is shown by the label than one that has it among other names.
const SHOWN: f64 = 9.0;

struct Hit {
    concept: ConceptNumber,
    language: LabelLanguage,
    role: LabelRole,
}

/// The meaning of words that are a label, or nearly.
pub(super) fn meaning(recognizer: &Recognizer, kind: WordingKind, words: &[Word]) -> Option<Meaning> {
    let index = recognizer.index(kind);
    let of = |words: &[&Word]| hits(recognizer, kind, index.equal(joined_hash(words.iter().copied())));
    let all: Vec<&Word> = words.iter().collect();
    let found = |hits, confidence| found(recognizer, words, hits, confidence);
    if let Some(meaning) = found(of(&all), ONE) {
        return Some(meaning);
    }
    let open: Vec<&Word> = words.iter().filter(|word| !word.bracketed).collect();
    if open.len() < words.len()
        && !open.is_empty()
        && let Some(meaning) = found(of(&open), IN_PART)
    {
        return Some(meaning);
    }
    let names: Vec<&[&Word]> = all.chunk_by(|_, next| next.gap != Gap::Slash).collect();
    if names.len() > 1
        && let Some(meaning) = found(names.into_iter().flat_map(of).collect(), IN_PART)
    {
        return Some(meaning);
    }
    let stems = weighed_stems(&recognizer.data.compounds, words);
    let mut stems: Vec<u64> = stems.into_iter().map(|(stem, _)| stem).collect();
    stems.sort_unstable();
    let hits = hits(recognizer, kind, index.same_stems(bag(&stems)));
    let meaning = if hits.len() == 1 { found(hits, STEMS) } else { None };
    // In other languages stems are the same by chance: "CNC-frezer" is no Turkish.
    meaning.map(|meaning| Meaning { language: meaning.language.filter(|of| has_stems(*of)), ..meaning })
}

/// The meaning of words that are labels, of which those in some languages count.
pub(super) fn of_labels(
    recognizer: &Recognizer,
    kind: WordingKind,
    words: &[Word],
    (labels, confidence): (&[u32], u16),
    counts: impl Fn(LabelLanguage) -> bool,
) -> Option<Meaning> {
    if labels.is_empty() {
        return None;
    }
    let index = recognizer.index(kind);
    let counting = |label: &u32| recognizer.language(index, *label).is_some_and(&counts);
    let labels: Vec<u32> = labels.iter().copied().filter(counting).collect();
    found(recognizer, words, hits(recognizer, kind, &labels), confidence)
}

/// The concepts of labels, each once, those that are shown by it first, then by language.
fn hits(recognizer: &Recognizer, kind: WordingKind, labels: &[u32]) -> Vec<Hit> {
    let (taxonomy, index) = (recognizer.taxonomy(), recognizer.index(kind));
    let mut hits: Vec<Hit> = labels
        .iter()
        .filter_map(|label| {
            let (owner, place) = index.owner_of(*label);
            let concept = index.concept(owner);
            let label = taxonomy.labels(concept).nth(place as usize)?;
            let own = taxonomy.kind(concept) == Some(kind.concept_kind());
            own.then_some(Hit { concept, language: label.language, role: label.role })
        })
        .collect();
    hits.sort_by_key(|hit| (hit.role, language_order(hit.language), hit.concept));
    let mut seen = Vec::new();
    hits.retain(|hit| !seen.contains(&hit.concept) && (seen.push(hit.concept), true).1);
    hits
}

fn language_order(language: LabelLanguage) -> (bool, bool, LabelLanguage) {
    (language != LabelLanguage::DUTCH, language != LabelLanguage::ENGLISH, language)
}

/// One concept has the whole confidence; several share it by how near they are in meaning, and those that are shown by the
/// label have more of it.
fn found(recognizer: &Recognizer, words: &[Word], mut hits: Vec<Hit>, confidence: u16) -> Option<Meaning> {
    let mut shares = vec![1.0];
    if hits.len() > 1 {
        let vector = recognizer.meaning.as_deref().and_then(|model| Some((model, model.embed(&key(words))?)));
        let odds = |hit: &Hit| {
            let near = vector.as_ref().map_or(0.0, |(model, vector)| model.similarity(vector, hit.concept));
            let shown = if hit.role == LabelRole::Preferred { SHOWN } else { 1.0 };
            shown * score::odds_of_meaning(near)
        };
        let mut weighed: Vec<(f64, Hit)> = hits.into_iter().map(|hit| (odds(&hit), hit)).collect();
        weighed.sort_by(|a, b| b.0.total_cmp(&a.0));
        let all: f64 = weighed.iter().map(|(odds, _)| odds).sum();
        shares = weighed.iter().map(|(odds, _)| odds / all).collect();
        hits = weighed.into_iter().map(|(_, hit)| hit).collect();
    }
    let language = hits.first()?.language;
    let sense = |(hit, share): (&Hit, &f64)| Sense {
        concept: hit.concept,
        confidence: (f64::from(confidence) * share) as u16,
    };
    let senses = hits.iter().zip(&shares).take(MOST_SENSES).map(sense).collect();
    Some(Meaning { senses, language: Some(language) })
}
