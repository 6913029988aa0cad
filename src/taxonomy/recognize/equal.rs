//! Words that are a label: no search, no doubt about the spelling.

use super::{
    CERTAIN, MOST_SENSES, Meaning, Recognizer, Sense, WordingKind,
    label_index::{LabelIndex, bag},
    score::weighed_stems,
    words::{Gap, Word, hash, key},
};
use crate::taxonomy::{ConceptNumber, LabelLanguage, LabelRole};

/// Confidence of the concept whose label the words are, where no other concept has it.
const ONE: u16 = 9_800;
/// The same of words that are a label when what stands in brackets, or one of two names with a slash, is left out.
const IN_PART: u16 = 9_000;
/// The same of words with the stems of a label.
const STEMS: u16 = 8_500;
/// What each gets of it where several concepts have the label.
const SHARES: [u16; MOST_SENSES] = [6_500, 2_000, 1_000];

struct Hit {
    concept: ConceptNumber,
    language: LabelLanguage,
    role: LabelRole,
}

/// The meaning of words that are a label, or nearly.
pub(super) fn meaning(recognizer: &Recognizer, kind: WordingKind, words: &[Word]) -> Option<Meaning> {
    let index = recognizer.index(kind);
    let of_key = |key: &str| hits(recognizer, kind, index, index.equal(hash(key)));
    found(of_key(&key(words)), ONE)
        .or_else(|| {
            let open: Vec<&Word> = words.iter().filter(|word| !word.bracketed).collect();
            (open.len() < words.len() && !open.is_empty())
                .then(|| found(of_key(&key(open)), IN_PART))
                .flatten()
        })
        .or_else(|| {
            let names = || words.chunk_by(|_, next| next.gap != Gap::Slash);
            (names().count() > 1)
                .then(|| found(names().flat_map(|name| of_key(&key(name))).collect(), IN_PART))
                .flatten()
        })
        .or_else(|| {
            let mut stems: Vec<u64> =
                weighed_stems(&recognizer.data.compounds, words).into_iter().map(|(stem, _)| stem).collect();
            stems.sort_unstable();
            let hits = hits(recognizer, kind, index, index.same_stems(bag(&stems)));
            (hits.len() == 1).then(|| found(hits, STEMS)).flatten()
        })
}

/// The concepts of labels, each once, those that are shown by it first, then by language.
fn hits(recognizer: &Recognizer, kind: WordingKind, index: &LabelIndex, labels: &[u32]) -> Vec<Hit> {
    let taxonomy = recognizer.taxonomy();
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

fn found(hits: Vec<Hit>, confidence: u16) -> Option<Meaning> {
    let language = hits.first()?.language;
    let sense = |(hit, share): (&Hit, u16)| Sense {
        concept: hit.concept,
        confidence: (u32::from(confidence) * u32::from(share) / u32::from(CERTAIN)) as u16,
    };
    let senses = match hits.as_slice() {
        [one] => [Sense { concept: one.concept, confidence }].into(),
        several => several.iter().zip(SHARES).map(sense).collect(),
    };
    Some(Meaning { senses, language: Some(language) })
}
