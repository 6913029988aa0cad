//! Settings with a few named values.

use crate::batch::LIST_SIZE;
use crate::exchange::TextLanguage;
use clap::ValueEnum;
use jiff::civil::Time;
use serde::Deserialize;
use std::{fmt, str::FromStr};

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

/// A time of day, to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(in crate::cli) struct ClockTime(Time);

impl ClockTime {
    /// The time.
    pub(in crate::cli) fn time(self) -> Time {
        self.0
    }
}

impl FromStr for ClockTime {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "give a time of day as hours and minutes, such as 02:00".to_owned();
        let (hour, minute) = text.split_once(':').ok_or_else(wrong)?;
        let number =
            |digits: &str| (digits.len() == 2).then(|| digits.parse().ok()).flatten().ok_or_else(wrong);
        Time::new(number(hour)?, number(minute)?, 0, 0).map(Self).map_err(|_| wrong())
    }
}

impl TryFrom<String> for ClockTime {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0.hour(), self.0.minute())
    }
}

/// Entries of a shortlist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub(in crate::cli) struct ShortlistSize(u16);

impl ShortlistSize {
    /// How many.
    pub(in crate::cli) fn get(self) -> u16 {
        self.0
    }
}

impl Default for ShortlistSize {
    fn default() -> Self {
        Self(LIST_SIZE)
    }
}

impl TryFrom<u16> for ShortlistSize {
    type Error = String;

    fn try_from(size: u16) -> Result<Self, String> {
        if (1..=200).contains(&size) { Ok(Self(size)) } else { Err("give a number from 1 to 200".to_owned()) }
    }
}

impl FromStr for ShortlistSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse::<u16>().map_err(|_| "give a number from 1 to 200".to_owned())?.try_into()
    }
}
