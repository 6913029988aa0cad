//! One example: two texts that belong together.

use super::{corpus::Corpus, random::Random};
use crate::taxonomy::{ConceptNumber, LabelLanguage};

/// The shares of the kinds of examples; the rest are two labels of one concept. Compared on Dutch wordings of skills: with
/// sentences and descriptions better than with labels alone; the shares themselves matter little.
const SENTENCES: f32 = 0.15;
const DESCRIPTIONS: f32 = 0.15;
const TIES: f32 = 0.05;
const BROADER: f32 = 0.05;
/// The share of the pairs of labels that begin with a Dutch one where there is one: the wordings to come are mostly Dutch.
const DUTCH: f32 = 0.7;
/// Most words of a text in an example; of a longer one a stretch is taken.
const MOST_WORDS: usize = 16;
/// How often something else is tried before an example is given up.
const TRIES: usize = 8;

/// Two texts that belong together.
#[derive(Clone, Debug)]
pub(super) struct Example {
    /// The words of the two texts.
    pub(super) texts: [Vec<u32>; 2],
    /// The concepts that they are of; mostly one.
    pub(super) concepts: [ConceptNumber; 2],
}

impl Default for Example {
    fn default() -> Self {
        Self { texts: Default::default(), concepts: [ConceptNumber(u32::MAX); 2] }
    }
}

impl Example {
    /// Draws one; without words where the corpus has none of the kind that was drawn.
    pub(super) fn draw(&mut self, corpus: &Corpus, random: &mut Random) {
        self.texts.iter_mut().for_each(Vec::clear);
        for _ in 0..TRIES {
            if self.draw_once(corpus, random).is_some() && self.texts.iter().all(|text| !text.is_empty()) {
                return;
            }
        }
        self.texts.iter_mut().for_each(Vec::clear);
    }

    fn draw_once(&mut self, corpus: &Corpus, random: &mut Random) -> Option<()> {
        let kind = random.unit();
        if kind < SENTENCES {
            self.sentences(corpus, random)
        } else if kind < SENTENCES + DESCRIPTIONS {
            let concept = *random.pick(&corpus.described)?;
            let label = *random.pick(corpus.labels.get(concept.index())?)?;
            let text = *random.pick(corpus.texts.get(concept.index())?)?;
            self.whole(corpus, random, [concept; 2], [label, text])
        } else if kind < SENTENCES + DESCRIPTIONS + TIES + BROADER {
            let ties = kind < SENTENCES + DESCRIPTIONS + TIES;
            let (one, other) = *random.pick(if ties { &corpus.ties } else { &corpus.broader })?;
            let first = *random.pick(corpus.labels.get(one.index())?)?;
            let second = *random.pick(corpus.labels.get(other.index())?)?;
            self.whole(corpus, random, [one, other], [first, second])
        } else {
            self.labels(corpus, random)
        }
    }

    /// The same sentence in two languages, or where the numbers of sentences differ the whole texts.
    fn sentences(&mut self, corpus: &Corpus, random: &mut Random) -> Option<()> {
        let concept = *random.pick(&corpus.described_twice)?;
        let texts = corpus.texts.get(concept.index())?;
        let [first, second] = [*random.pick(texts)?, *random.pick(texts)?];
        let one = corpus.written.get(first as usize)?;
        let other = corpus.written.get(second as usize)?;
        if one.language == other.language {
            return None;
        }
        if one.sentences.len() != other.sentences.len() {
            return self.whole(corpus, random, [concept; 2], [first, second]);
        }
        let sentence = random.below(one.sentences.len());
        self.concepts = [concept; 2];
        take(one.sentences.get(sentence)?, random, &mut self.texts[0]);
        take(other.sentences.get(sentence)?, random, &mut self.texts[1]);
        Some(())
    }

    /// Two labels of one concept.
    fn labels(&mut self, corpus: &Corpus, random: &mut Random) -> Option<()> {
        let concept = *random.pick(&corpus.named_twice)?;
        let labels = corpus.labels.get(concept.index())?;
        let wanted = (random.unit() < DUTCH).then_some(true);
        let first = pick_label(corpus, labels, random, wanted)?;
        // A Dutch one with one of another language.
        let second = (0..TRIES).find_map(|_| {
            pick_label(corpus, labels, random, wanted.map(|_| false)).filter(|second| *second != first)
        })?;
        self.whole(corpus, random, [concept; 2], [first, second])
    }

    fn whole(
        &mut self,
        corpus: &Corpus,
        random: &mut Random,
        concepts: [ConceptNumber; 2],
        places: [u32; 2],
    ) -> Option<()> {
        self.concepts = concepts;
        for (text, place) in self.texts.iter_mut().zip(places) {
            let written = corpus.written.get(place as usize)?;
            match written.sentences.as_slice() {
                [only] => take(only, random, text),
                _ => take(&written.words().collect::<Vec<_>>(), random, text),
            }
        }
        Some(())
    }
}

fn take(words: &[u32], random: &mut Random, out: &mut Vec<u32>) {
    let from = random.below((words.len() + 1).saturating_sub(MOST_WORDS));
    out.clear();
    out.extend(words.iter().skip(from).take(MOST_WORDS));
}

/// A label, Dutch or not where that is wanted and is found within some tries.
fn pick_label(corpus: &Corpus, labels: &[u32], random: &mut Random, dutch: Option<bool>) -> Option<u32> {
    let is_dutch = |place: u32| {
        corpus.written.get(place as usize).is_some_and(|one| one.language == LabelLanguage::DUTCH)
    };
    if let Some(dutch) = dutch {
        for _ in 0..TRIES {
            let label = *random.pick(labels)?;
            if is_dutch(label) == dutch {
                return Some(label);
            }
        }
    }
    random.pick(labels).copied()
}
