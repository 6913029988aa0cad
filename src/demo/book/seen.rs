//! What was seen of people, and by whom: `observations.toml`.

use super::{DataFile, words};
use crate::demo::{DemoError, random::Urn};
use crate::domain::{
    InvalidValue,
    competency::Quality,
    observation::{ObservationSource, ObservedValue},
    text::FreeText,
};
use serde::Deserialize;

const FILE: DataFile =
    DataFile { name: "observations.toml", text: include_str!("../../../data/demo/observations.toml") };

/// What can be seen, how often, and the words that go with it.
#[derive(Debug)]
pub(crate) struct Sightings {
    pub(crate) sources: Urn<ObservationSource>,
    pub(crate) values: Urn<ObservedValue>,
    pub(crate) disputed_per_thousand: u32,
    pub(crate) qualities: Urn<QualitySeen>,
    pub(crate) motivation: Notes,
}

/// A quality and how it looks.
#[derive(Clone, Debug)]
pub(crate) struct QualitySeen {
    pub(crate) quality: Quality,
    pub(crate) notes: Notes,
}

/// Notes by how strongly something was seen.
#[derive(Clone, Debug)]
pub(crate) struct Notes {
    high: Vec<FreeText>,
    middle: Vec<FreeText>,
    low: Vec<FreeText>,
}

impl Notes {
    /// The notes that go with a value.
    pub(crate) fn of(&self, value: ObservedValue) -> &[FreeText] {
        match value {
            ObservedValue::Strong | ObservedValue::Sufficient => &self.high,
            ObservedValue::Average => &self.middle,
            ObservedValue::Insufficient | ObservedValue::Absent => &self.low,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sources: RawSources,
    values: RawValues,
    disputed_per_thousand: u32,
    quality: Vec<RawQuality>,
    motivation: RawNotes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSources {
    #[serde(rename = "self")]
    self_report: u32,
    conversation: u32,
    coach: u32,
    practical_test: u32,
    internship: u32,
    trial_placement: u32,
    employer: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawValues {
    strong: u32,
    sufficient: u32,
    average: u32,
    insufficient: u32,
    absent: u32,
}

#[derive(Deserialize)]
struct RawQuality {
    quality: String,
    weight: u32,
    #[serde(flatten)]
    notes: RawNotes,
}

#[derive(Deserialize)]
struct RawNotes {
    high: Vec<String>,
    middle: Vec<String>,
    low: Vec<String>,
}

impl Sightings {
    pub(super) fn read() -> Result<Self, DemoError> {
        let file: File = FILE.parse()?;
        let mut qualities = Vec::new();
        for raw in &file.quality {
            let at = FILE.at(&raw.quality);
            let quality = words::quality(&raw.quality).map_err(&at)?;
            qualities.push((raw.weight, QualitySeen { quality, notes: notes(&raw.notes).map_err(&at)? }));
        }
        let RawSources {
            self_report,
            conversation,
            coach,
            practical_test,
            internship,
            trial_placement,
            employer,
        } = file.sources;
        let weights =
            [self_report, conversation, coach, practical_test, internship, trial_placement, employer];
        let RawValues { strong, sufficient, average, insufficient, absent } = file.values;
        let values = [
            (strong, ObservedValue::Strong),
            (sufficient, ObservedValue::Sufficient),
            (average, ObservedValue::Average),
            (insufficient, ObservedValue::Insufficient),
            (absent, ObservedValue::Absent),
        ];
        Ok(Self {
            sources: Urn::new(weights.into_iter().zip(ObservationSource::ALL))
                .ok_or_else(FILE.empty("sources"))?,
            values: Urn::new(values).ok_or_else(FILE.empty("values"))?,
            disputed_per_thousand: file.disputed_per_thousand,
            qualities: Urn::new(qualities).ok_or_else(FILE.empty("quality"))?,
            motivation: notes(&file.motivation).map_err(FILE.at("motivation"))?,
        })
    }
}

fn notes(raw: &RawNotes) -> Result<Notes, InvalidValue> {
    let read = |texts: &[String]| words::all(texts, |text| FreeText::new(text));
    Ok(Notes { high: read(&raw.high)?, middle: read(&raw.middle)?, low: read(&raw.low)? })
}
