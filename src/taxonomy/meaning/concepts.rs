//! Where the concepts lie.

use super::{
    DIMENSIONS,
    corpus::{Corpus, essential},
    lexicon::{Lexicon, Written},
    matrix,
};
use crate::taxonomy::{ConceptKind, ConceptNumber, LabelLanguage, Taxonomy};
use rayon::prelude::*;

/// What a text about a concept counts beside its labels, and a label that is not English beside an English one (of which
/// there are seven to a concept).
const TEXT: f32 = 4.0;
const NOT_ENGLISH: f32 = 2.0;
/// How far a concept is drawn to those that it is tied to: a skill to the occupations that always need it, and the other way round.
const TIES: f32 = 0.4;

/// The vectors of the concepts by number, of length 1; of length 0 where a concept has no words.
pub(super) fn vectors(taxonomy: &Taxonomy, lexicon: &Lexicon, corpus: &Corpus, pieces: &[f32]) -> Vec<f32> {
    let mut words = vec![0.0; lexicon.words() * DIMENSIONS];
    words
        .par_chunks_exact_mut(DIMENSIONS)
        .zip(0_u32..u32::MAX)
        .for_each(|(out, word)| lexicon.put_together(word, pieces, out));
    let mut own = vec![0.0; taxonomy.len() * DIMENSIONS];
    own.par_chunks_exact_mut(DIMENSIONS).enumerate().for_each(|(concept, out)| {
        for place in corpus.labels[concept].iter().chain(&corpus.texts[concept]) {
            let written = &corpus.written[*place as usize];
            matrix::add(out, weight(written), &text_vector(written, lexicon, &words));
        }
        matrix::make_unit(out);
    });
    let row = |concept: ConceptNumber| &own[concept.index() * DIMENSIONS..(concept.index() + 1) * DIMENSIONS];
    let mut drawn = own.clone();
    drawn.par_chunks_exact_mut(DIMENSIONS).zip(0_u32..u32::MAX).for_each(|(out, number)| {
        let concept = ConceptNumber(number);
        let tied = match taxonomy.kind(concept) {
            Some(ConceptKind::Occupation) => essential(taxonomy.skills_of(concept)),
            _ => essential(taxonomy.occupations_needing(concept)),
        };
        let mut around = [0.0; DIMENSIONS];
        tied.iter().for_each(|other| matrix::add(&mut around, 1.0, row(*other)));
        matrix::make_unit(&mut around);
        matrix::add(out, TIES, &around);
        matrix::make_unit(out);
    });
    drawn
}

fn weight(written: &Written) -> f32 {
    match (written.is_label, written.language) {
        (false, _) => TEXT,
        (true, LabelLanguage::ENGLISH) => 1.0,
        (true, _) => NOT_ENGLISH,
    }
}

fn text_vector(written: &Written, lexicon: &Lexicon, words: &[f32]) -> [f32; DIMENSIONS] {
    let mut out = [0.0; DIMENSIONS];
    for word in written.words() {
        let from = word as usize * DIMENSIONS;
        matrix::add(&mut out, lexicon.weight(word), &words[from..from + DIMENSIONS]);
    }
    matrix::make_unit(&mut out);
    out
}
