//! Settings with a few named values.

use crate::exchange::TextLanguage;
use clap::ValueEnum;
use serde::Deserialize;

/// Language of what people read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ValueEnum)]
pub enum Language {
    /// Dutch, at level B1.
    #[default]
    #[serde(rename = "nl")]
    #[value(name = "nl")]
    Dutch,
    /// English.
    #[serde(rename = "en")]
    #[value(name = "en")]
    English,
}

impl Language {
    /// The code that the interface knows.
    pub(in crate::cli) fn code(self) -> &'static str {
        self.pick(&["nl", "en"])
    }

    /// The Dutch or the English one.
    pub(in crate::cli) fn pick<T: Copy>(self, [dutch, english]: &[T; 2]) -> T {
        match self {
            Self::Dutch => *dutch,
            Self::English => *english,
        }
    }
}

impl From<Language> for TextLanguage {
    fn from(language: Language) -> Self {
        language.pick(&[Self::Dutch, Self::English])
    }
}

/// How logs are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Lines for people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

impl LogFormat {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
        }
    }
}
