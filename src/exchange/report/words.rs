//! What was recognised of the words of an import.

use super::{Example, ImportReport, RecordPlace, Tally};
use crate::exchange::Bilingual;
use crate::wire::v1;
use serde::Serialize;

/// What was recognised of the words of the records that were taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WordReport {
    /// Name and version of the taxonomy; empty when nobody said.
    pub taxonomy: String,
    /// Occupations and titles.
    pub occupations: WordCount,
    /// Skills and tasks.
    pub skills: WordCount,
    /// Courses and certificates.
    pub courses: WordCount,
    /// Free texts; recognised are those that name a known skill.
    pub texts: WordCount,
    /// Different wordings; those of candidates and of vacancies are counted apart.
    pub distinct: u64,
    /// Occupations, skills and courses that were not recognised.
    pub left_as_text: Tally,
}

/// Words of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WordCount {
    /// How many.
    pub count: u64,
    /// How many of them were recognised.
    pub recognized: u64,
}

impl WordReport {
    /// The kinds of words with their names in Dutch and English.
    pub(super) fn kinds(&self) -> [(&'static str, &'static str, WordCount); 4] {
        [
            ("beroepen", "occupations", self.occupations),
            ("vaardigheden", "skills", self.skills),
            ("cursussen", "courses", self.courses),
            ("teksten", "texts", self.texts),
        ]
    }

    /// Whether there were any words.
    pub(super) fn is_empty(&self) -> bool {
        self.kinds().iter().all(|(_, _, words)| words.count == 0)
    }
}

impl ImportReport {
    /// Counts the words of a record that was taken.
    pub fn recognized(
        &mut self,
        place: RecordPlace<'_>,
        counts: &v1::WordCounts,
        left: &[v1::WordsLeftAsText],
    ) {
        let words = &mut self.words;
        for (kind, all, recognized) in [
            (&mut words.occupations, counts.occupations, counts.occupations_recognized),
            (&mut words.skills, counts.skills, counts.skills_recognized),
            (&mut words.courses, counts.courses, counts.courses_recognized),
            (&mut words.texts, counts.texts, counts.texts_recognized),
        ] {
            kind.count += all;
            kind.recognized += recognized;
        }
        for v1::WordsLeftAsText { field, text } in left {
            words.left_as_text.add(self.examples, || {
                Example::new(place, Some(field.clone()), Bilingual::new(text.clone(), text.clone()))
            });
        }
    }

    /// Notes how many different wordings there were, and with which taxonomy they were recognised.
    pub fn recognized_with(&mut self, taxonomy: Option<&v1::TaxonomyInUse>, distinct: u64) {
        self.words.distinct += distinct;
        if let Some(taxonomy) = taxonomy {
            self.words.taxonomy.clone_from(&taxonomy.name);
        }
    }
}
