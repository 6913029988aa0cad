//! Concepts while somebody types: any word of any label, from its first letters, with typing errors.
//!
//! Sorted words and two lists of lists, no search engine.

mod data;
mod marks;

pub(super) use data::SuggesterData;

use super::{
    concept::{ConceptKind, ConceptNumber, LabelLanguage, LabelRole, LabelText},
    csr::Rows,
    graph::Taxonomy,
    normalise,
    recognize::numbers::Lists,
};
use passend_index::words::{Distances, Grade, WordList, errors_forgiven};
use std::{ops::Range, sync::Arc};

/// Most words that are looked for.
pub const MOST_WORDS: usize = 10;

/// What somebody typed so far, and which page of concepts is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Typed<'a> {
    /// The words; the order does not matter but for exact labels. Beyond [`MOST_WORDS`] words they are not looked at.
    pub text: &'a str,
    /// Only concepts of these kinds; empty: every kind.
    pub kinds: &'a [ConceptKind],
    /// Labels in this language come before equals in other languages.
    pub language: LabelLanguage,
    /// How many concepts to skip.
    pub offset: usize,
    /// Most concepts to give.
    pub limit: usize,
}

/// A page of concepts, the best first, and how many there are in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestions<'a> {
    /// The concepts of the page.
    pub page: Vec<Suggestion<'a>>,
    /// How many concepts were found in all.
    pub total: usize,
}

/// A concept, and why it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion<'a> {
    /// The concept.
    pub concept: ConceptNumber,
    /// The label that fits best.
    pub label: LabelText<'a>,
    /// How well it fits.
    pub fit: Fit,
    /// The characters of the label that fit, in order.
    pub marks: Vec<Range<usize>>,
}

/// How well a label fits what was typed, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is the label.
    Exact,
    /// The label begins with it.
    LabelBeginning,
    /// Every typed word begins a word of the label.
    WordBeginnings,
    /// A typed word stands inside a word of the label, or is a compound of its words.
    Inside,
    /// But for typing errors.
    Nearly,
    /// Some of the typed words are missing.
    SomeWords,
}

/// Finds concepts while somebody types.
#[derive(Debug)]
pub struct Suggester {
    taxonomy: Arc<Taxonomy>,
    words: WordList,
    labels: Box<[LabelEntry]>,
    words_of: Lists<u32>,
    labels_with: Rows<u32>,
}

#[derive(Clone, Copy, Debug)]
struct LabelEntry {
    concept: ConceptNumber,
    /// Place among the labels of the concept.
    at: u32,
    language: LabelLanguage,
    role: LabelRole,
    /// Characters, as compared.
    length: u16,
}

/// The order of labels: the least is the best. It ends in the number of the label, so no two are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    /// Typed words that the label does not have.
    missing: u8,
    /// The fit; a label in another language that is not exact counts as one step less fitting.
    step: u8,
    other_language: bool,
    errors: u8,
    role: LabelRole,
    length: u16,
    label: u32,
    fit: Fit,
}

/// What is typed, word by word: which words of labels fit, as a list and by place.
struct TypedWord {
    fitting: Vec<(u32, Grade)>,
    /// How many labels the fitting words stand in, one counted for each word.
    labels: usize,
    grades: Box<[Grade]>,
}

impl Suggester {
    /// Makes the lists for a small taxonomy. All of ESCO in six languages takes half a second or more: an import keeps
    /// what `SuggesterData` holds.
    pub fn new(taxonomy: Arc<Taxonomy>) -> Self {
        let data = SuggesterData::build(&taxonomy);
        Self::with(taxonomy, data)
    }

    /// With what was made from this taxonomy before.
    pub(super) fn with(taxonomy: Arc<Taxonomy>, data: SuggesterData) -> Self {
        let places = taxonomy
            .numbers()
            .flat_map(|concept| (0..).zip(taxonomy.labels(concept)).map(move |label| (concept, label)));
        let labels: Box<[LabelEntry]> = places
            .zip(data.lengths())
            .map(|((concept, (at, label)), length)| LabelEntry {
                concept,
                at,
                language: label.language,
                role: label.role,
                length,
            })
            .collect();
        let words = data.words();
        let words_of = data.into_words_of();
        let with = (0_u32..).zip(0..labels.len()).flat_map(|(label, at)| {
            let row = words_of.row(at);
            row.iter().map(move |word| (*word, label))
        });
        let labels_with = Rows::new(words.len(), with.collect());
        Self { taxonomy, words, labels, words_of, labels_with }
    }

    /// The taxonomy whose concepts are found.
    pub fn taxonomy(&self) -> &Arc<Taxonomy> {
        &self.taxonomy
    }

    /// The concepts whose labels fit what was typed.
    ///
    /// Typing errors count only where no label in the asked language fits without, and missing words only where no
    /// label at all has every word.
    pub fn suggest(&self, typed: Typed<'_>) -> Suggestions<'_> {
        let text = normalise(typed.text);
        let mut words: Vec<String> = Vec::new();
        for word in text.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS) {
            if !words.iter().any(|there| there == word) {
                words.push(word.to_owned());
            }
        }
        let mut found = self.found(&words, &typed, Allowed::Nothing);
        if found.is_empty() {
            let parts = self.parts_of_compounds(&words);
            found = self.found(&parts, &typed, Allowed::Nothing);
            // Parts of a compound are no words that somebody typed.
            found.iter_mut().for_each(|place| place.fit = place.fit.max(Fit::Inside));
            if !found.is_empty() {
                words = parts;
            }
        }
        if found.iter().all(|place| place.other_language) {
            found = self.found(&words, &typed, Allowed::Errors);
        }
        if found.is_empty() && words.len() > 1 {
            found = self.found(&words, &typed, Allowed::MissingWords);
        }
        let total = found.len();
        let reached = typed.offset.saturating_add(typed.limit);
        // A letter fits most concepts: only those that are shown are put in order.
        if (1..total).contains(&reached) {
            found.select_nth_unstable(reached - 1);
            found.truncate(reached);
        }
        found.sort_unstable();
        let page = found.into_iter().skip(typed.offset).take(typed.limit);
        Suggestions { page: page.filter_map(|place| self.suggestion(place, &words)).collect(), total }
    }

    /// The best label of every concept that fits, in the order of the concepts.
    fn found(&self, words: &[String], typed: &Typed<'_>, allowed: Allowed) -> Vec<Place> {
        let words: Vec<TypedWord> = words.iter().map(|word| self.typed_word(word, allowed)).collect();
        let mut best: Vec<Option<Place>> = vec![None; self.taxonomy.len()];
        let mut look_at = |label: u32| {
            let Some(entry) = self.labels.get(label as usize) else { return };
            let of_kind = |kind| typed.kinds.contains(&kind);
            if !typed.kinds.is_empty() && !self.taxonomy.kind(entry.concept).is_some_and(of_kind) {
                return;
            }
            let Some(place) = self.place(label, entry, &words, typed.language, allowed) else { return };
            let Some(best) = best.get_mut(entry.concept.index()) else { return };
            if best.is_none_or(|best| place < best) {
                *best = Some(place);
            }
        };
        // A label with every word has the rarest one; a label with some may have any.
        let one = words.iter().min_by_key(|word| word.labels).map(std::slice::from_ref);
        let looked_up = if allowed == Allowed::MissingWords { &words[..] } else { one.unwrap_or_default() };
        // In order through memory is faster than back and forth, where many are looked at anyhow.
        if looked_up.iter().map(|word| word.labels).sum::<usize>() > self.labels.len() / 16 {
            (0..self.labels.len() as u32).for_each(look_at);
        } else {
            let fitting = looked_up.iter().flat_map(|word| &word.fitting);
            let labels = fitting.flat_map(|(word, _)| self.labels_with.row(*word as usize));
            labels.for_each(|label| look_at(*label));
        }
        best.into_iter().flatten().collect()
    }

    fn typed_word(&self, typed: &str, allowed: Allowed) -> TypedWord {
        let mut fitting = self.words.fitting(typed);
        if allowed >= Allowed::Errors {
            fitting.extend(self.words.nearly_fitting(typed));
        }
        let mut grades = vec![Grade::None; self.words.len()];
        for (at, grade) in &fitting {
            let best = &mut grades[*at as usize];
            *best = (*best).max(*grade);
        }
        let labels = fitting.iter().map(|(at, _)| self.labels_with.row(*at as usize).len()).sum();
        TypedWord { fitting, labels, grades: grades.into() }
    }

    /// Where a label stands in the order; `None` where it does not fit.
    fn place(
        &self,
        label: u32,
        entry: &LabelEntry,
        typed: &[TypedWord],
        language: LabelLanguage,
        allowed: Allowed,
    ) -> Option<Place> {
        let words = self.words_of.row(label as usize);
        let grade = |typed: &TypedWord, word: u32| typed.grades[word as usize];
        let mut least = Grade::Whole;
        let (mut errors, mut missing) = (0, 0);
        for one in typed {
            let best = words.iter().map(|word| grade(one, *word)).max().unwrap_or(Grade::None);
            match best {
                Grade::None if allowed == Allowed::MissingWords => missing += 1,
                Grade::None => return None,
                Grade::TwoErrors => errors += 2,
                Grade::OneError => errors += 1,
                Grade::Inside | Grade::Beginning | Grade::Whole => {}
            }
            least = least.min(best);
        }
        if usize::from(missing) == typed.len() {
            return None;
        }
        let begun = words.len() >= typed.len()
            && words.iter().zip(typed).enumerate().all(|(at, (word, typed_word))| {
                let grade = grade(typed_word, *word);
                grade == Grade::Whole || (at + 1 == typed.len() && grade == Grade::Beginning)
            });
        let fit = match least {
            Grade::Whole if begun && words.len() == typed.len() => Fit::Exact,
            Grade::Whole | Grade::Beginning if begun => Fit::LabelBeginning,
            Grade::Whole | Grade::Beginning => Fit::WordBeginnings,
            Grade::Inside => Fit::Inside,
            Grade::OneError | Grade::TwoErrors => Fit::Nearly,
            Grade::None => Fit::SomeWords,
        };
        let other_language = entry.language != language;
        let step = fit as u8 + u8::from(other_language && fit != Fit::Exact);
        let LabelEntry { role, length, .. } = *entry;
        Some(Place { missing, step, other_language, errors, role, length, label, fit })
    }

    /// The words, with the parts of a compound in its place where it stands in no label.
    fn parts_of_compounds(&self, words: &[String]) -> Vec<String> {
        let parts = |word: &String| match self.words.split(word).filter(|_| !self.words.has_part(word)) {
            Some((first, second)) => vec![first.to_owned(), second.to_owned()],
            None => vec![word.clone()],
        };
        words.iter().flat_map(parts).collect()
    }

    fn suggestion(&self, place: Place, words: &[String]) -> Option<Suggestion<'_>> {
        let entry = self.labels.get(place.label as usize)?;
        let label = self.taxonomy.labels(entry.concept).nth(entry.at as usize)?;
        let fits_nearly = |word: &str| {
            place.errors > 0
                && words.iter().any(|typed| {
                    let [typed, word] = [typed.as_str(), word].map(|text| text.chars().collect::<Vec<_>>());
                    let most = errors_forgiven(typed.len());
                    Distances::default().beginning(&typed, &word, most).is_some()
                })
        };
        let marks = marks::marks(label.text, words, fits_nearly);
        Some(Suggestion { concept: entry.concept, label, fit: place.fit, marks })
    }
}

/// What a label that fits may lack; each allows what stands before it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Allowed {
    Nothing,
    Errors,
    MissingWords,
}

#[cfg(test)]
mod tests;
