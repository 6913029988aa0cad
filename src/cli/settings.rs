//! Settings: flags over environment variables over one TOML file, each with where it came from.

mod access;
mod choices;
mod command;
mod file;
mod layers;
mod load;
mod transport;

pub(super) use access::Guard;
pub(super) use choices::{ClockTime, Language, LogFormat, ShortlistSize};
pub use layers::Environment;

use super::arguments::Arguments;
use super::failure::WrongUse;
use crate::batch::{Crew, RunOptions};
use crate::engine::{DECISION_DAYS, decisions::LogPlaces};
use crate::grpc::{LoadLimits, TransportLimits};
use crate::night::Retention;
use access::AccessSettings;
use command::{Folder, OfCommand};
use etcetera::BaseStrategy;
use file::SettingsFile;
use layers::{Origin, Setting, code, layered, parsed, path};
use load::LoadSettings;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tracing_subscriber::EnvFilter;
use transport::TransportSettings;

/// Where the service listens when nothing says otherwise.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 50051);

/// Nights that are kept when nothing says otherwise.
const NIGHTS: u16 = 35;
/// Last nights of former months that are kept when nothing says otherwise.
const MONTH_ENDS: u16 = 12;

/// Within how many minutes the bytes of deleted people are removed when nothing says otherwise.
const PURGE_WITHIN_MINUTES: u32 = 60;
/// Megabytes of the disk that are kept for erasing people when nothing says otherwise.
const DISK_RESERVE_MB: u32 = 64;
/// For how many days decisions can be kept: at least the law's six months, with the week that a file may be open.
const DECISION_DAYS_KEPT: std::ops::RangeInclusive<u16> = 190..=36_500;

/// The settings of one run.
#[derive(Clone, Debug)]
pub struct Settings {
    data: Setting<PathBuf>,
    language: Setting<Language>,
    listen: Setting<SocketAddr>,
    metrics: Setting<Option<SocketAddr>>,
    log: Setting<String>,
    log_format: Setting<LogFormat>,
    threads: Setting<usize>,
    profiles: Setting<Option<PathBuf>>,
    instruments: Setting<Option<PathBuf>>,
    checkpoint_to: Setting<Option<PathBuf>>,
    decision_days: Setting<u16>,
    rerank_at: Setting<Option<ClockTime>>,
    shortlist_size: Setting<ShortlistSize>,
    nights: Setting<u16>,
    month_ends: Setting<u16>,
    purge_within_minutes: Setting<u32>,
    disk_reserve_mb: Setting<u32>,
    load: LoadSettings,
    access: AccessSettings,
    transport: TransportSettings,
}

impl Settings {
    /// Puts the layers on top of each other.
    ///
    /// # Errors
    /// [`WrongUse`] when the file cannot be read or holds what it may not (with line and column), when an
    /// environment variable has no valid value, or when there is no user's data folder and none is named.
    pub fn resolve(arguments: &Arguments, environment: Environment<'_>) -> Result<Self, WrongUse> {
        let Arguments { flags, command } = arguments;
        let command = OfCommand::of(command);
        let file = match flags.config.clone().or_else(|| path(environment, "PASSEND_CONFIG")) {
            Some(path) => SettingsFile::read(&path)?,
            None => SettingsFile::default(),
        };
        let listen: Option<SocketAddr> =
            parsed(environment, "PASSEND_LISTEN", "an address and port, such as 127.0.0.1:50051")?;
        let metrics: Option<SocketAddr> =
            parsed(environment, "PASSEND_METRICS", "an address and port, such as 127.0.0.1:9464")?;
        let language = code(environment, "PASSEND_LANGUAGE")?;
        let log_format = code(environment, "PASSEND_LOG_FORMAT")?;
        let log: Option<String> = parsed(environment, "PASSEND_LOG", "a filter, such as info")?;
        let threads: Option<usize> = parsed(environment, "PASSEND_THREADS", "a number, 0 for one per core")?;
        let rerank_at: Option<ClockTime> = parsed(environment, "PASSEND_RERANK_AT", "a time such as 02:00")?;
        let shortlist_size: Option<ShortlistSize> =
            parsed(environment, "PASSEND_SHORTLIST_SIZE", "a number from 1 to 200")?;
        let kept = |name| parsed::<u16>(environment, name, "a number up to 1000");
        let decision_days: Option<u16> =
            parsed(environment, "PASSEND_DECISION_DAYS", "a number of days from 190 to 36500")?;
        let data = match command.folder {
            Folder::Users => {
                layered(flags.data.clone(), path(environment, "PASSEND_DATA"), file.data, || {
                    user_folder("data")
                })?
            }
            Folder::Demo => layered(flags.data.clone(), None, None, || user_folder("demo"))?,
        };
        let settings = Self {
            data,
            language: layered(flags.language, language, file.language, || Ok(Language::default()))?,
            listen: layered(command.listen, listen, file.listen, || Ok(LISTEN))?,
            metrics: layered(command.metrics.map(Some), metrics.map(Some), file.metrics.map(Some), || {
                Ok(None)
            })?,
            log: layered(flags.log.clone(), log, file.log, || Ok(command.log.to_owned()))?,
            log_format: layered(flags.log_format, log_format, file.log_format, || Ok(LogFormat::default()))?,
            threads: layered(flags.threads, threads, file.threads, || Ok(0))?,
            profiles: layered(
                flags.profiles.clone().map(Some),
                path(environment, "PASSEND_PROFILES").map(Some),
                file.profiles.map(Some),
                || Ok(None),
            )?,
            instruments: layered(
                flags.instruments.clone().map(Some),
                path(environment, "PASSEND_INSTRUMENTS").map(Some),
                file.instruments.map(Some),
                || Ok(None),
            )?,
            checkpoint_to: layered(
                command.checkpoint_to.map(Some),
                path(environment, "PASSEND_CHECKPOINT_TO").map(Some),
                file.checkpoint_to.map(Some),
                || Ok(None),
            )?,
            decision_days: layered(None, decision_days, file.decision_days, || Ok(DECISION_DAYS))?,
            rerank_at: layered(None, rerank_at.map(Some), file.rerank_at.map(Some), || Ok(None))?,
            shortlist_size: layered(None, shortlist_size, file.shortlist_size, || {
                Ok(ShortlistSize::default())
            })?,
            nights: layered(None, kept("PASSEND_NIGHTS")?, file.nights, || Ok(NIGHTS))?,
            month_ends: layered(None, kept("PASSEND_MONTH_ENDS")?, file.month_ends, || Ok(MONTH_ENDS))?,
            purge_within_minutes: layered(
                None,
                parsed(environment, "PASSEND_PURGE_WITHIN_MINUTES", "a number of minutes, such as 60")?,
                file.purge_within_minutes,
                || Ok(PURGE_WITHIN_MINUTES),
            )?,
            disk_reserve_mb: layered(
                None,
                parsed(environment, "PASSEND_DISK_RESERVE_MB", "a number of megabytes, such as 64")?,
                file.disk_reserve_mb,
                || Ok(DISK_RESERVE_MB),
            )?,
            load: LoadSettings::resolve(environment, &file.load)?,
            access: AccessSettings::resolve(&command.access, environment, file.tls, file.authentication)?,
            transport: TransportSettings::resolve(environment, &file.connections)?,
        };
        for (name, kept, least) in [("nights", &settings.nights, 1), ("month_ends", &settings.month_ends, 0)]
        {
            if !(least..=1_000).contains(&kept.value) {
                let (value, origin) = (kept.value, kept.origin.words());
                return Err(WrongUse::new(format!("{name} ({origin}) is {value}; give {least} to 1000")));
            }
        }
        if !DECISION_DAYS_KEPT.contains(&settings.decision_days.value) {
            let (value, origin) = (settings.decision_days.value, settings.decision_days.origin.words());
            return Err(WrongUse::new(format!(
                "decision_days ({origin}) is {value}; give 190 (half a year and a week) to 36500"
            )));
        }
        EnvFilter::builder().parse(&settings.log.value).map_err(|error| {
            let origin = settings.log.origin.words();
            WrongUse::new(format!(
                "log ({origin}): {error}; give a level such as info, or a filter as in RUST_LOG"
            ))
        })?;
        Ok(settings)
    }

    /// The folder with the data.
    pub fn data(&self) -> &Path {
        &self.data.value
    }

    /// Language of what people read.
    pub fn language(&self) -> Language {
        self.language.value
    }

    /// The address to listen on, and what guards it.
    ///
    /// # Errors
    /// When other machines can reach the address and there is no TLS or nothing that tells who calls; when certificates
    /// or keys cannot be read: everything that is wrong at once.
    pub(super) fn door(&self) -> Result<(SocketAddr, Guard), WrongUse> {
        let address = self.listen.value;
        let public = !address.ip().is_loopback();
        let guard = self.access.guard(public).map_err(|wrong| {
            let reached = if public { "can be reached from other machines" } else { "is for this machine" };
            WrongUse::new(format!(
                "listen ({}): {address} {reached}, and who may in is not settled:\n{wrong}\ndocs/access.md has an \
                 example; without any of it the service listens on 127.0.0.1",
                self.listen.origin.words()
            ))
        })?;
        Ok((address, guard))
    }

    /// What a client may take of the server's time and room.
    pub(super) fn transport(&self) -> TransportLimits {
        self.transport.limits()
    }

    /// The address for the figures that monitoring reads, where there is to be one.
    pub(super) fn metrics(&self) -> Option<SocketAddr> {
        self.metrics.value
    }

    /// How much is taken on.
    pub(super) fn load(&self) -> LoadLimits {
        self.load.limits()
    }

    /// What is logged.
    pub(super) fn log(&self) -> &str {
        &self.log.value
    }

    /// How it is logged.
    pub(super) fn log_format(&self) -> LogFormat {
        self.log_format.value
    }

    /// Threads for scoring; 0: one per core.
    pub(super) fn threads(&self) -> usize {
        self.threads.value
    }

    /// Folder with ranking profiles of one's own.
    pub(super) fn profiles(&self) -> Option<&Path> {
        self.profiles.value.as_deref()
    }

    /// File with instruments in place of the program's own.
    pub(super) fn instruments(&self) -> Option<&Path> {
        self.instruments.value.as_deref()
    }

    /// Within which time the bytes of deleted people are removed.
    pub(super) fn purge_within(&self) -> Duration {
        Duration::from_secs(60 * u64::from(self.purge_within_minutes.value))
    }

    /// Bytes of the disk that are kept for erasing people.
    pub(super) fn reserve_bytes(&self) -> u64 {
        u64::from(self.disk_reserve_mb.value) << 20
    }

    /// Where the record of decisions goes besides the data folder, and for how long.
    pub(super) fn decisions(&self) -> LogPlaces {
        let (checkpoint_to, days) = (self.checkpoint_to.value.clone(), Some(self.decision_days.value));
        LogPlaces { checkpoint_to, days }
    }

    /// How runs over everything work beside a server.
    pub(super) fn runs_of_server(&self) -> RunOptions {
        RunOptions {
            crew: Crew::beside_a_server(self.threads()),
            list_size: self.shortlist_size.value.get(),
            retention: Retention {
                nights: self.nights.value.into(),
                month_ends: self.month_ends.value.into(),
            },
            at: self.rerank_at.value.map(ClockTime::time),
            resume: true,
        }
    }

    /// How a run over everything works by itself, on every core.
    pub(super) fn runs_alone(&self) -> RunOptions {
        RunOptions { crew: Crew::alone(self.threads()), at: None, ..self.runs_of_server() }
    }

    /// The settings as a settings file, with the layer of each behind it. There is no secret among them: the token of
    /// a running server is made anew at every start and never a setting, and of keys the files are named.
    pub(super) fn to_toml(&self) -> String {
        let mut text = String::new();
        let mut line = |name: &str, value: toml::Value, origin: Origin| {
            // Writing into a string cannot fail.
            let _ = writeln!(text, "{name} = {value}  # {}", origin.words());
        };
        line("data", self.data.value.display().to_string().into(), self.data.origin);
        line("language", self.language.value.code().into(), self.language.origin);
        line("listen", self.listen.value.to_string().into(), self.listen.origin);
        line("log", self.log.value.as_str().into(), self.log.origin);
        line("log_format", self.log_format.value.code().into(), self.log_format.origin);
        let threads = i64::try_from(self.threads.value).unwrap_or(i64::MAX);
        line("threads", threads.into(), self.threads.origin);
        line("shortlist_size", i64::from(self.shortlist_size.value.get()).into(), self.shortlist_size.origin);
        line("nights", i64::from(self.nights.value).into(), self.nights.origin);
        line("month_ends", i64::from(self.month_ends.value).into(), self.month_ends.origin);
        let minutes = self.purge_within_minutes;
        line("purge_within_minutes", i64::from(minutes.value).into(), minutes.origin);
        line("disk_reserve_mb", i64::from(self.disk_reserve_mb.value).into(), self.disk_reserve_mb.origin);
        if let Some(address) = self.metrics.value {
            line("metrics", address.to_string().into(), self.metrics.origin);
        }
        line("decision_days", i64::from(self.decision_days.value).into(), self.decision_days.origin);
        if let Some(place) = &self.checkpoint_to.value {
            line("checkpoint_to", place.display().to_string().into(), self.checkpoint_to.origin);
        }
        if let Some(at) = self.rerank_at.value {
            line("rerank_at", at.to_string().into(), self.rerank_at.origin);
        }
        if let Some(file) = &self.instruments.value {
            line("instruments", file.display().to_string().into(), self.instruments.origin);
        }
        match &self.profiles.value {
            Some(folder) => line("profiles", folder.display().to_string().into(), self.profiles.origin),
            None => text.push_str("# profiles: only those of the program\n"),
        }
        text.push_str(&self.load.to_toml());
        text.push_str(&self.access.to_toml());
        text.push_str(&self.transport.to_toml());
        text
    }
}

fn user_folder(name: &str) -> Result<PathBuf, WrongUse> {
    match etcetera::choose_base_strategy() {
        Ok(strategy) => Ok(strategy.data_dir().join("passend").join(name)),
        Err(_) => {
            Err(WrongUse::new("this user has no home folder to keep data in; name a folder with --data"))
        }
    }
}

#[cfg(test)]
mod tests;
