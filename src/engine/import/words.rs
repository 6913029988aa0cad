//! How many words of the imported records were recognised.

use crate::engine::{
    population::Matchable,
    vocabulary::{
        Vocabulary,
        said::{Said, What},
    },
};

/// Words of one kind: how many there are, and how many of them were recognised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// How many.
    pub all: u64,
    /// How many were recognised; of free texts, those in which a concept was recognised.
    pub recognized: u64,
}

/// Words of a record, or of an import, by what they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordCounts {
    /// Names of occupations, and titles.
    pub occupations: Count,
    /// Names of skills, and tasks.
    pub skills: Count,
    /// Names of courses and certificates.
    pub courses: Count,
    /// Free texts.
    pub texts: Count,
}

impl WordCounts {
    /// Counts more.
    pub fn add(&mut self, more: Self) {
        for (count, more) in [
            (&mut self.occupations, more.occupations),
            (&mut self.skills, more.skills),
            (&mut self.courses, more.courses),
            (&mut self.texts, more.texts),
        ] {
            count.all += more.all;
            count.recognized += more.recognized;
        }
    }
}

/// What was recognised of one record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordWords {
    /// How many words.
    pub counts: WordCounts,
    /// Field and words of what stays text, free texts aside.
    pub left_as_text: Vec<(String, String)>,
    /// A number for each wording, the same for the same words: to count different ones by.
    pub wordings: Vec<u64>,
}

impl RecordWords {
    /// What is recognised of a record.
    pub(super) fn of<T: Matchable>(record: &T, vocabulary: &Vocabulary) -> Self {
        let mut words = Self::default();
        record.said().for_each(|said| words.add(said, vocabulary));
        words
    }

    fn add(&mut self, said: Said<'_>, vocabulary: &Vocabulary) {
        let recognized = match (said.what, vocabulary.recognized(said.what)) {
            (_, Some(recognized)) => !recognized.senses.is_empty(),
            (what, None) => !vocabulary.concepts_in(what.text()).is_empty(),
        };
        let (count, is_name) = match said.what {
            What::Occupation(_) | What::Title(_) => (&mut self.counts.occupations, true),
            What::Skill(_) | What::Task(_) => (&mut self.counts.skills, true),
            What::Course(_) => (&mut self.counts.courses, true),
            What::Text(_) => (&mut self.counts.texts, false),
        };
        count.all += 1;
        count.recognized += u64::from(recognized);
        if is_name && !recognized {
            self.left_as_text.push((said.field.to_string(), said.what.text().to_owned()));
        }
        self.wordings.push(said.what.number());
    }
}
