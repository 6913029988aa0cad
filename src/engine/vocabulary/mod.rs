//! The words of the taxonomy in use: what every wording means, recognised once.

mod file;
mod key;
mod meaning;
mod memo;
pub(super) mod said;

use memo::Recognized;

use crate::taxonomy::{
    Loaded, Senses,
    recognize::{Recognizer, Sense, Wording, WordingKind},
    relations::Relations,
};
pub(super) use file::Owner;

use file::{Entry, WordingsFile};
use key::{WordingKey, as_recognized};
use memo::Memo;
use rayon::prelude::*;
use said::Said;
use std::{
    collections::HashSet,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

/// Most wordings that are remembered: some 120 MB.
const MOST_WORDINGS: usize = 2_000_000;
/// Most free texts that are remembered: some 60 MB.
const MOST_TEXTS: usize = 400_000;
/// Most concepts that are taken from one free text, the surest ones.
const MOST_OF_A_TEXT: usize = 60;

/// A taxonomy in use, with its recogniser and everything that was recognised so far.
pub struct Vocabulary {
    loaded: Loaded,
    relations: Relations,
    wordings: Memo<Recognized>,
    texts: Memo<Arc<[Sense]>>,
    file: Mutex<WordingsFile>,
}

impl std::fmt::Debug for Vocabulary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vocabulary")
            .field("taxonomy", &self.recognizer().taxonomy().name())
            .finish_non_exhaustive()
    }
}

/// Words of a record that are to be recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Words<'a> {
    /// They name one thing.
    One(WordingKind, &'a str),
    /// A free text that may name several.
    Text(WordingKind, &'a str),
}

impl Words<'_> {
    fn key(self) -> WordingKey {
        match self {
            Self::One(kind, text) => WordingKey::of_wording(kind, &as_recognized(text)),
            Self::Text(kind, text) => WordingKey::of_text(kind, text),
        }
    }
}

impl Vocabulary {
    /// A vocabulary with what is remembered of it in a data folder.
    pub(super) fn open(loaded: Loaded, folder: &Path) -> Self {
        let (wordings, texts) = (Memo::new(MOST_WORDINGS), Memo::new(MOST_TEXTS));
        let concepts = loaded.recognizer.taxonomy().len();
        let file = WordingsFile::open(folder, owner(&loaded), concepts, |entry| {
            match entry {
                Entry::Wording(key, senses) => wordings.put(key, senses),
                Entry::Text(key, senses) => texts.put(key, senses.into()),
            };
        });
        let relations = Relations::new(Arc::clone(loaded.recognizer.taxonomy()));
        Self { loaded, relations, wordings, texts, file: Mutex::new(file) }
    }

    /// Recognises words.
    pub fn recognizer(&self) -> &Arc<Recognizer> {
        &self.loaded.recognizer
    }

    /// What recognised words belong to.
    pub(super) fn owner(&self) -> Owner {
        owner(&self.loaded)
    }

    /// The taxonomy with what belongs to it.
    pub fn loaded(&self) -> &Loaded {
        &self.loaded
    }

    /// What words that name one thing mean.
    pub(super) fn wording(&self, kind: WordingKind, text: &str) -> Recognized {
        let words = as_recognized(text);
        let key = WordingKey::of_wording(kind, &words);
        if let Some(known) = self.wordings.get(key) {
            return known;
        }
        let recognized = self.recognize(kind, &words);
        if self.wordings.put(key, recognized) {
            self.keep([Entry::Wording(key, recognized)]);
        }
        recognized
    }

    /// The concepts of one kind in a free text, each once with its highest confidence, by number.
    pub(super) fn text(&self, kind: WordingKind, text: &str) -> Arc<[Sense]> {
        let key = WordingKey::of_text(kind, text);
        if let Some(known) = self.texts.get(key) {
            return known;
        }
        let senses: Arc<[Sense]> = self.recognize_in(kind, text).into();
        if self.texts.put(key, Arc::clone(&senses)) {
            self.keep([Entry::Text(key, (*senses).into())]);
        }
        senses
    }

    /// Recognises whatever of these words is not remembered yet, on every thread, each wording once. What it finds is
    /// the same as when each were asked for alone.
    pub(super) fn learn<'a>(&self, said: impl IntoIterator<Item = Said<'a>>) {
        let said: Vec<Words<'_>> = said.into_iter().map(|said| said.what.words()).collect();
        let unknown = |words: Words<'a>| {
            let key = words.key();
            let known = match words {
                Words::One(..) => self.wordings.holds(key),
                Words::Text(..) => self.texts.holds(key),
            };
            (!known).then_some((key, words))
        };
        let mut work: Vec<_> = said.into_par_iter().filter_map(unknown).collect();
        let mut once = HashSet::new();
        work.retain(|(key, _)| once.insert(*key));
        let learned: Vec<Entry> = work
            .into_par_iter()
            .map(|(key, words)| match words {
                Words::One(kind, text) => Entry::Wording(key, self.recognize(kind, &as_recognized(text))),
                Words::Text(kind, text) => Entry::Text(key, self.recognize_in(kind, text).into()),
            })
            .collect();
        for entry in &learned {
            match entry {
                Entry::Wording(key, senses) => self.wordings.put(*key, *senses),
                Entry::Text(key, senses) => self.texts.put(*key, Arc::from(&senses[..])),
            };
        }
        if !learned.is_empty() {
            self.keep(learned);
        }
    }

    fn recognize(&self, kind: WordingKind, text: &str) -> Recognized {
        let meaning = self.recognizer().recognize(Wording { text, kind });
        Recognized { senses: Senses::new(meaning.senses.iter().copied()), language: meaning.language }
    }

    fn recognize_in(&self, kind: WordingKind, text: &str) -> Vec<Sense> {
        let mut senses: Vec<Sense> =
            self.recognizer().spans(text, kind).into_iter().map(|span| span.sense).collect();
        senses.sort_by_key(|sense| (sense.concept, std::cmp::Reverse(sense.confidence)));
        senses.dedup_by_key(|sense| sense.concept);
        senses.sort_by_key(|sense| (std::cmp::Reverse(sense.confidence), sense.concept));
        senses.truncate(MOST_OF_A_TEXT);
        senses.sort_by_key(|sense| sense.concept);
        senses
    }

    fn keep(&self, entries: impl IntoIterator<Item = Entry>) {
        self.file.lock().unwrap_or_else(PoisonError::into_inner).add(entries);
    }

    /// Writes what was recognised, so that the next start finds it, and removes what belongs to other vocabularies.
    pub(super) fn settle(&self) {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.write();
        file.remove_others();
    }
}

/// What remembered meanings belong to: the taxonomy, and the sources of the recogniser. Another release that
/// recognises otherwise starts anew.
pub(super) fn owner(loaded: &Loaded) -> Owner {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&loaded.identity.0);
    hasher.update(env!("PASSEND_RECOGNITION_SOURCES").as_bytes());
    hasher.update(&MOST_OF_A_TEXT.to_le_bytes());
    let mut owner = Owner::default();
    hasher.finalize_xof().fill(&mut owner);
    owner
}

#[cfg(test)]
mod tests;
