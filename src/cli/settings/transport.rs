//! Settings of what a client may take of the server's time and room: `[connections]`.

use super::layers::{Environment, Origin, Setting, layered, parsed};
use crate::cli::failure::WrongUse;
use crate::grpc::TransportLimits;
use serde::Deserialize;
use std::{fmt::Write as _, ops::RangeInclusive, time::Duration};

/// `[connections]` in the settings file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConnectionsFile {
    /// Most connections from other machines at one time, and as many from this one.
    most: Option<u32>,
    /// Most of them from one address, and of one caller.
    per_client: Option<u32>,
    /// Most calls of one connection that run at one time.
    calls: Option<u32>,
    /// Until the first call that is let in.
    first_call_seconds: Option<u32>,
    /// Without any call, after the first one.
    idle_seconds: Option<u32>,
    /// For 16 KiB of a message that was begun, either way.
    progress_seconds: Option<u32>,
    /// For calls under way when the server stops.
    stop_seconds: Option<u32>,
}

/// A number with its name in the file and what it may be.
#[derive(Clone, Debug)]
struct Bounded {
    name: &'static str,
    setting: Setting<u32>,
}

/// What a client may take.
#[derive(Clone, Debug)]
pub(super) struct TransportSettings {
    most: Bounded,
    per_client: Bounded,
    calls: Bounded,
    first_call_seconds: Bounded,
    idle_seconds: Bounded,
    progress_seconds: Bounded,
    stop_seconds: Bounded,
}

impl TransportSettings {
    /// Puts the layers on top of each other.
    pub(super) fn resolve(environment: Environment<'_>, file: &ConnectionsFile) -> Result<Self, WrongUse> {
        let bounded = |name, variable, in_file: Option<u32>, default: u32, range: RangeInclusive<u32>| {
            let (least, most) = (range.start(), range.end());
            let remedy = format!("a number from {least} to {most}");
            let from_environment = parsed::<u32>(environment, variable, &remedy)?;
            let setting = layered(None, from_environment, in_file, || Ok(default))?;
            if !range.contains(&setting.value) {
                let (value, origin) = (setting.value, setting.origin.words());
                return Err(WrongUse::new(format!(
                    "connections.{name} ({origin}) is {value}; give {remedy}"
                )));
            }
            Ok(Bounded { name, setting })
        };
        let limits = TransportLimits::default();
        let seconds = |time: Duration| u32::try_from(time.as_secs()).unwrap_or(u32::MAX);
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let (first, idle, progress) = (limits.first_call, limits.idle, limits.progress);
        Ok(Self {
            most: bounded("most", "PASSEND_CONNECTIONS", file.most, number(limits.connections), 4..=60_000)?,
            per_client: bounded(
                "per_client",
                "PASSEND_CONNECTIONS_PER_CLIENT",
                file.per_client,
                number(limits.per_client),
                1..=60_000,
            )?,
            calls: bounded("calls", "PASSEND_CALLS_PER_CONNECTION", file.calls, limits.streams, 1..=1_000)?,
            first_call_seconds: bounded(
                "first_call_seconds",
                "PASSEND_FIRST_CALL_SECONDS",
                file.first_call_seconds,
                seconds(first),
                1..=600,
            )?,
            idle_seconds: bounded(
                "idle_seconds",
                "PASSEND_IDLE_SECONDS",
                file.idle_seconds,
                seconds(idle),
                1..=86_400,
            )?,
            progress_seconds: bounded(
                "progress_seconds",
                "PASSEND_PROGRESS_SECONDS",
                file.progress_seconds,
                seconds(progress),
                1..=600,
            )?,
            stop_seconds: bounded(
                "stop_seconds",
                "PASSEND_STOP_SECONDS",
                file.stop_seconds,
                seconds(limits.stop),
                1..=25,
            )?,
        })
    }

    /// As the server takes them.
    pub(super) fn limits(&self) -> TransportLimits {
        let seconds = |bounded: &Bounded| Duration::from_secs(bounded.setting.value.into());
        let number = |bounded: &Bounded| usize::try_from(bounded.setting.value).unwrap_or(usize::MAX);
        TransportLimits {
            connections: number(&self.most),
            per_client: number(&self.per_client),
            streams: self.calls.setting.value,
            first_call: seconds(&self.first_call_seconds),
            idle: seconds(&self.idle_seconds),
            progress: seconds(&self.progress_seconds),
            stop: seconds(&self.stop_seconds),
        }
    }

    /// The settings as they stand in a settings file, with the layer of each behind it.
    pub(super) fn to_toml(&self) -> String {
        let mut text = "\n[connections]\n".to_owned();
        let all = [
            &self.most,
            &self.per_client,
            &self.calls,
            &self.first_call_seconds,
            &self.idle_seconds,
            &self.progress_seconds,
            &self.stop_seconds,
        ];
        for Bounded { name, setting: Setting { value, origin } } in all {
            // Writing into a string cannot fail.
            let _ = writeln!(text, "{name} = {value}  # {}", Origin::words(*origin));
        }
        text
    }
}
