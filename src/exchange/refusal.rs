//! Why a whole record was not taken.

use super::issue::{Bilingual, TextLanguage, screaming_snake};
use serde::Serialize;

/// A record of which nothing was taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", text.en)]
pub struct Refusal {
    /// The kind of reason; stable.
    pub reason: RefusalReason,
    /// What is wrong and what would help.
    pub text: Bilingual,
}

impl Refusal {
    /// A refusal with the usual words for its reason.
    pub fn new(reason: RefusalReason) -> Self {
        Self { reason, text: reason.text() }
    }

    /// The same refusal with a detail behind its usual words.
    pub fn because(self, nl: &str, en: &str) -> Self {
        let text = Bilingual::new(format!("{}: {nl}", self.text.nl), format!("{}: {en}", self.text.en));
        Self { text, ..self }
    }

    /// A refusal as a service answered it: the name of its reason, and its text in one language.
    pub fn from_answer(reason: &str, text: &str) -> Self {
        let text = Bilingual::new(text.to_owned(), text.to_owned());
        Self { reason: RefusalReason::from_name(reason), text }
    }

    /// What is wrong, in one language.
    pub fn text(&self, language: TextLanguage) -> &str {
        self.text.get(language)
    }
}

macro_rules! refusal_reasons {
    ($($(#[$doc:meta])* $name:ident [$nl:literal, $en:literal])+) => {
        /// The kinds of reasons to refuse a record.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        pub enum RefusalReason { $($(#[$doc])* $name),+ }

        impl RefusalReason {
            /// All reasons.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The reason in words.
            pub fn text(self) -> Bilingual {
                match self { $(Self::$name => Bilingual::new($nl, $en)),+ }
            }

            fn variant(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),+ }
            }
        }
    };
}

refusal_reasons! {
    /// Not JSON.
    NotJson ["dit is geen geldige JSON", "this is no valid JSON"]
    /// JSON, but no object.
    NotAnObject ["een record moet een JSON-object zijn", "a record must be a JSON object"]
    /// Bytes that are no UTF-8.
    InvalidUtf8 ["de tekst is geen geldige UTF-8", "the text is no valid UTF-8"]
    /// Larger than [`super::RECORD_BYTES`].
    TooLarge ["het record is groter dan 1 MiB", "the record is larger than 1 MiB"]
    /// Nested deeper than [`super::RECORD_DEPTH`].
    TooDeep ["het record is dieper genest dan 64 niveaus", "the record is nested deeper than 64 levels"]
    /// The file ends inside the record.
    CutOff ["het bestand houdt midden in dit record op", "the file ends in the middle of this record"]
    /// No id.
    NoId ["het record heeft geen id (idWerkzoekende of idVacature)", "the record has no id (idWerkzoekende or idVacature)"]
    /// An id that cannot be used.
    InvalidId ["het id is niet bruikbaar", "the id cannot be used"]
    /// Neither a candidate nor a vacancy, or both.
    KindUnclear ["niet te zien of dit een werkzoekende of een vacature is", "it cannot be told whether this is a candidate or a vacancy"]
    /// A record of the service's own form with fields that are not allowed.
    InvalidFields ["het record bevat ongeldige velden", "the record holds invalid fields"]
    /// The person was erased and is not brought back by a delivery.
    Erased ["deze persoon is gewist", "this person was erased"]
    /// A reason of a newer service than this program.
    Other ["geweigerd", "refused"]
}

impl RefusalReason {
    /// The stable name of the reason, such as `NO_ID`.
    pub fn name(self) -> String {
        screaming_snake(self.variant())
    }

    /// Finds a reason by its name; [`RefusalReason::Other`] for one that this version does not know.
    pub fn from_name(name: &str) -> Self {
        Self::ALL.iter().copied().find(|reason| reason.name() == name).unwrap_or(Self::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_found_by_the_name_that_it_has_in_json() {
        for reason in RefusalReason::ALL {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.name());
            assert_eq!(RefusalReason::from_name(&reason.name()), *reason);
        }
    }
}
