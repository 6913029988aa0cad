//! What was noticed in one field of a record while the rest of it was taken.

use serde::Serialize;
use std::borrow::Cow;

/// A language in which texts for people are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextLanguage {
    /// Dutch, at level B1.
    #[default]
    Dutch,
    /// English.
    English,
}

/// A text for people in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bilingual {
    /// In Dutch.
    pub nl: Cow<'static, str>,
    /// In English.
    pub en: Cow<'static, str>,
}

impl Bilingual {
    /// A text in both languages.
    pub fn new(nl: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Self { nl: nl.into(), en: en.into() }
    }

    /// The text in one language.
    pub fn get(&self, language: TextLanguage) -> &str {
        match language {
            TextLanguage::Dutch => &self.nl,
            TextLanguage::English => &self.en,
        }
    }
}

/// Something about one field of a record: where, what was wrong, what was done with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// Path of the field, such as `arbeidsmarktkwalificatie.taalbeheersing[2].codeTaal`.
    pub field: String,
    /// The kind of problem; stable.
    pub code: IssueCode,
    /// What was wrong. Codes and numbers are quoted, texts of people never.
    pub problem: Bilingual,
    /// What was done with it.
    pub done: Bilingual,
}

impl Issue {
    /// An issue with the usual words for its code.
    pub fn new(field: impl Into<String>, code: IssueCode) -> Self {
        Self { field: field.into(), code, problem: code.problem(), done: code.done() }
    }

    /// The same issue with its problem told more precisely.
    pub fn saying(self, nl: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Self { problem: Bilingual::new(nl, en), ..self }
    }

    /// An issue as a service answered it: the name of its code, and [`Issue::text`] in one language.
    pub fn from_answer(field: impl Into<String>, code: &str, text: &str) -> Self {
        let code = IssueCode::from_name(code);
        let done = code.done();
        let problem = [&done.nl, &done.en]
            .into_iter()
            .find_map(|done| text.strip_suffix(done.as_ref())?.strip_suffix("; "))
            .unwrap_or(text)
            .to_owned();
        Self { field: field.into(), code, problem: Bilingual::new(problem.clone(), problem), done }
    }

    /// What was wrong and what was done, as one text.
    pub fn text(&self, language: TextLanguage) -> String {
        format!("{}; {}", self.problem.get(language), self.done.get(language))
    }
}

/// Whether something of the delivery was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A value could not be taken.
    Loss,
    /// Nothing that means anything was lost; it is said so that nothing is silent (R21).
    Note,
}

macro_rules! issue_codes {
    ($($(#[$doc:meta])* $name:ident $severity:ident [$problem_nl:literal, $problem_en:literal] $done:ident)+) => {
        /// The kinds of problems in a field.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        pub enum IssueCode { $($(#[$doc])* $name),+ }

        impl IssueCode {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Whether something was lost.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity),+ }
            }

            /// What is wrong, in general words.
            pub fn problem(self) -> Bilingual {
                match self { $(Self::$name => Bilingual::new($problem_nl, $problem_en)),+ }
            }

            /// What is done with it.
            pub fn done(self) -> Bilingual {
                match self { $(Self::$name => Done::$done.text()),+ }
            }

            fn variant(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),+ }
            }
        }
    };
}

issue_codes! {
    /// A code that is not in the standard's list.
    UnknownCode Loss ["de code staat niet in de codelijst", "the code is not in the standard's list"] ReadAsUnknown
    /// A number outside its range.
    OutOfRange Loss ["het getal valt buiten het bereik", "the number is out of range"] ReadAsUnknown
    /// A value of another type than the standard's, of which nothing could be made.
    WrongType Loss ["de waarde heeft een ander type dan in de standaard", "the value has another type than the standard's"] NotTaken
    /// A text over its limit. It is not cut: half a text may say the opposite of the whole.
    TooLong Loss ["de tekst is te lang", "the text is too long"] NotTaken
    /// A text with control characters.
    ControlCharacter Loss ["de tekst bevat stuurtekens", "the text holds control characters"] NotTaken
    /// A date that does not exist or is not written as year-month-day.
    InvalidDate Loss ["dit is geen bestaande datum (jjjj-mm-dd)", "that is no existing date (yyyy-mm-dd)"] ReadAsUnknown
    /// A postcode that cannot exist.
    InvalidPostcode Loss ["dit is geen Nederlandse postcode", "that is no Dutch postcode"] ReadAsUnknown
    /// Two values that cannot both be right.
    Contradiction Loss ["twee waarden spreken elkaar tegen", "two values contradict each other"] ReadAsUnknown
    /// An entry of a list without the part that makes it what it is.
    IncompleteEntry Loss ["in deze regel ontbreekt de naam of de code", "this entry lacks its name or code"] EntryNotTaken
    /// More entries than a list may have.
    TooManyEntries Loss ["de lijst is te lang", "the list is too long"] RestNotTaken
    /// More issues than are told one by one.
    TooManyIssues Loss ["er zijn nog meer bijzonderheden in dit record", "there are more issues in this record"] NotToldSingly
    /// A field that the standard does not have.
    UnknownField Note ["de standaard kent dit veld niet", "the standard has no such field"] NotTaken
    /// A field of the standard that the service has no use for.
    NotKept Note ["de dienst gebruikt dit veld niet", "the service has no use for this field"] NotTaken
    /// A field that is there and empty.
    EmptyValue Note ["het veld is leeg", "the field is empty"] ReadAsUnknown
    /// A zero where zero says nothing.
    Placeholder Note ["de waarde 0 zegt hier niets", "the value 0 says nothing here"] ReadAsUnknown
    /// A number sent as text, or a text sent as number.
    Converted Note ["getal en tekst zijn verwisseld", "number and text are swapped"] Taken
    /// One value where the standard has a list.
    SingleAsList Note ["er staat één waarde waar een lijst hoort", "there is one value where a list belongs"] TakenAsList
    /// An entry that stands in the list twice.
    DuplicateEntry Note ["deze regel staat er dubbel", "this entry stands there twice"] TakenOnce
    /// A code that says that nothing is known.
    NothingSaid Note ["de code zegt dat er niets bekend is", "the code says that nothing is known"] ReadAsUnknown
    /// An address that is not where the work is done.
    NotAWorkplace Note ["dit adres is geen werklocatie", "this address is not where the work is done"] NotTaken
    /// A requirement that may not or cannot be scored.
    KeptAsText Note ["deze eis telt niet mee in de score", "this requirement is not scored"] KeptAsText
    /// A code of a newer service than this program.
    Other Note ["bijzonderheid", "issue"] Taken
}

/// What is done with a field that has a problem.
enum Done {
    ReadAsUnknown,
    NotTaken,
    EntryNotTaken,
    RestNotTaken,
    NotToldSingly,
    Taken,
    TakenAsList,
    TakenOnce,
    KeptAsText,
}

impl Done {
    fn text(self) -> Bilingual {
        match self {
            Self::ReadAsUnknown => Bilingual::new("gelezen als onbekend", "read as unknown"),
            Self::NotTaken => Bilingual::new("niet overgenomen", "not taken"),
            Self::EntryNotTaken => Bilingual::new("regel niet overgenomen", "entry not taken"),
            Self::RestNotTaken => Bilingual::new(
                "de rest van de lijst is niet overgenomen",
                "the rest of the list is not taken",
            ),
            Self::NotToldSingly => Bilingual::new("niet apart gemeld", "not told one by one"),
            Self::Taken => Bilingual::new("overgenomen", "taken"),
            Self::TakenAsList => Bilingual::new("overgenomen als lijst van één", "taken as a list of one"),
            Self::TakenOnce => Bilingual::new("één keer overgenomen", "taken once"),
            Self::KeptAsText => Bilingual::new("bewaard als tekst", "kept as text"),
        }
    }
}

impl IssueCode {
    /// The stable name of the code, such as `UNKNOWN_CODE`.
    pub fn name(self) -> String {
        screaming_snake(self.variant())
    }

    /// Finds a code by its name; [`IssueCode::Other`] for one that this version does not know.
    pub fn from_name(name: &str) -> Self {
        Self::ALL.iter().copied().find(|code| code.name() == name).unwrap_or(Self::Other)
    }
}

pub(super) fn screaming_snake(variant: &str) -> String {
    let mut name = String::with_capacity(variant.len() + 4);
    for (at, letter) in variant.chars().enumerate() {
        if letter.is_uppercase() && at > 0 {
            name.push('_');
        }
        name.push(letter.to_ascii_uppercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issue_survives_the_way_through_an_answer() {
        for code in IssueCode::ALL {
            let issue = Issue::new("a.b[1]", *code).saying("de code “s” klopt niet", "the code “s” is wrong");
            for language in [TextLanguage::Dutch, TextLanguage::English] {
                let received = Issue::from_answer("a.b[1]", &code.name(), &issue.text(language));
                assert_eq!((received.code, &received.field), (*code, &issue.field));
                assert_eq!(received.text(language), issue.text(language));
            }
        }
    }

    #[test]
    fn every_code_is_found_by_the_name_that_it_has_in_json() {
        for code in IssueCode::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.name());
            assert_eq!(IssueCode::from_name(&code.name()), *code);
        }
        assert_eq!(IssueCode::from_name("FROM_THE_FUTURE"), IssueCode::Other);
    }
}
