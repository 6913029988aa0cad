//! Settings of how much is taken on: `[load]`.

use super::layers::{Environment, Setting, layered, parsed};
use crate::cli::failure::WrongUse;
use crate::grpc::LoadLimits;
use serde::Deserialize;
use std::fmt::Write as _;

/// Calls a second of one caller when nothing says otherwise.
const OF_CALLER: u32 = 200;
/// Calls a second of one organisation when nothing says otherwise.
const OF_ORGANISATION: u32 = 1_000;
/// The largest number that a bound can be.
const MOST: u32 = 1_000_000;

/// `[load]` in the settings file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LoadFile {
    calls_at_once: Option<u32>,
    calls_per_second_of_caller: Option<u32>,
    calls_per_second_of_organisation: Option<u32>,
    streams_of_caller: Option<u32>,
    streams: Option<u32>,
}

/// How much is taken on.
#[derive(Clone, Debug)]
pub(super) struct LoadSettings {
    /// In the order of [`NAMES`].
    bounds: [Setting<u32>; 5],
}

/// Each bound: its name, its variable, and the least it can be.
const NAMES: [(&str, &str, u32); 5] = [
    ("calls_at_once", "PASSEND_CALLS_AT_ONCE", 1),
    ("calls_per_second_of_caller", "PASSEND_CALLS_PER_SECOND_OF_CALLER", 0),
    ("calls_per_second_of_organisation", "PASSEND_CALLS_PER_SECOND_OF_ORGANISATION", 0),
    ("streams_of_caller", "PASSEND_STREAMS_OF_CALLER", 1),
    ("streams", "PASSEND_STREAMS", 1),
];

impl LoadSettings {
    /// Puts the layers on top of each other.
    pub(super) fn resolve(environment: Environment<'_>, file: &LoadFile) -> Result<Self, WrongUse> {
        let ordinary = LoadLimits::default();
        let layers = [
            (file.calls_at_once, ordinary.calls_at_once),
            (file.calls_per_second_of_caller, OF_CALLER),
            (file.calls_per_second_of_organisation, OF_ORGANISATION),
            (file.streams_of_caller, ordinary.streams_of_caller),
            (file.streams, ordinary.streams),
        ];
        let mut bounds = Vec::with_capacity(NAMES.len());
        for ((name, variable, least), (in_file, default)) in NAMES.into_iter().zip(layers) {
            let in_environment = parsed::<u32>(environment, variable, "a whole number")?;
            let bound = layered(None, in_environment, in_file, || Ok(default))?;
            if !(least..=MOST).contains(&bound.value) {
                let (value, origin) = (bound.value, bound.origin.words());
                return Err(WrongUse::new(format!(
                    "load.{name} ({origin}) is {value}; give {least} to {MOST}"
                )));
            }
            bounds.push(bound);
        }
        let bounds = bounds.try_into().map_err(|_| WrongUse::new("load: a bound has no name".to_owned()))?;
        Ok(Self { bounds })
    }

    /// The bounds.
    pub(super) fn limits(&self) -> LoadLimits {
        let [calls_at_once, of_caller, of_organisation, streams_of_caller, streams] =
            self.bounds.map(|bound| bound.value);
        LoadLimits {
            calls_at_once,
            calls_per_second_of_caller: of_caller,
            calls_per_second_of_organisation: of_organisation,
            streams_of_caller,
            streams,
        }
    }

    /// The settings as they stand in a settings file, with the layer of each behind it.
    pub(super) fn to_toml(&self) -> String {
        let mut text = String::from("\n[load]\n");
        for ((name, _, _), bound) in NAMES.into_iter().zip(&self.bounds) {
            // Writing into a string cannot fail.
            let _ = writeln!(text, "{name} = {}  # {}", bound.value, bound.origin.words());
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bound_comes_from_its_own_layer_and_has_its_own_name() {
        let file: LoadFile = toml::from_str("calls_at_once = 7\nstreams = 9").unwrap();
        let environment = |name: &str| (name == "PASSEND_STREAMS_OF_CALLER").then(|| "8".into());
        let settings = LoadSettings::resolve(&environment, &file).unwrap();
        let limits = LoadLimits {
            calls_at_once: 7,
            calls_per_second_of_caller: OF_CALLER,
            calls_per_second_of_organisation: OF_ORGANISATION,
            streams_of_caller: 8,
            streams: 9,
        };
        assert_eq!(settings.limits(), limits);
        let shown = settings.to_toml();
        assert!(shown.contains("streams_of_caller = 8  # environment\n"), "{shown}");
        assert!(shown.contains("calls_at_once = 7  # settings file\n"), "{shown}");
        assert!(toml::from_str::<LoadFile>(shown.trim_start_matches("\n[load]\n")).is_ok());
        let none: LoadFile = toml::from_str("streams = 0").unwrap();
        let told = LoadSettings::resolve(&|_| None, &none).unwrap_err().to_string();
        assert_eq!(told, "load.streams (settings file) is 0; give 1 to 1000000");
    }
}
