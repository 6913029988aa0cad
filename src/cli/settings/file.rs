//! The settings file.

use super::access::{AuthenticationFile, TlsFile};
use super::load::LoadFile;
use super::transport::ConnectionsFile;
use super::{ClockTime, Language, LogFormat, ShortlistSize};
use crate::cli::failure::WrongUse;
use serde::Deserialize;
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// What the settings file can hold. Anything else in it is refused.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SettingsFile {
    /// Folder with the data; a relative path starts at the folder of this file.
    pub(super) data: Option<PathBuf>,
    /// Language of what people read: "nl" or "en".
    pub(super) language: Option<Language>,
    /// Address to listen on.
    pub(super) listen: Option<SocketAddr>,
    /// Address for the figures that monitoring reads.
    pub(super) metrics: Option<SocketAddr>,
    /// What is logged, as in RUST_LOG.
    pub(super) log: Option<String>,
    /// How it is logged: "text" or "json".
    pub(super) log_format: Option<LogFormat>,
    /// Threads for scoring; 0: one per core.
    pub(super) threads: Option<usize>,
    /// Folder with ranking profiles of one's own; a relative path starts at the folder of this file.
    pub(super) profiles: Option<PathBuf>,
    /// File with instruments in place of the program's own; a relative path starts at the folder of this file.
    pub(super) instruments: Option<PathBuf>,
    /// File to which each checkpoint of the record of decisions is appended; a relative path starts at the folder of this file.
    pub(super) checkpoint_to: Option<PathBuf>,
    /// For how many days decisions are kept, 190 to 36,500.
    pub(super) decision_days: Option<u16>,
    /// Time of day in the Netherlands at which a server ranks everything: "02:00".
    pub(super) rerank_at: Option<ClockTime>,
    /// Entries of a shortlist, 1 to 200.
    pub(super) shortlist_size: Option<ShortlistSize>,
    /// How many of the last nights are kept, 1 to 1,000.
    pub(super) nights: Option<u16>,
    /// How many of the last nights of former months are kept, 0 to 1,000.
    pub(super) month_ends: Option<u16>,
    /// Within how many minutes the bytes of deleted people are removed from the files.
    pub(super) purge_within_minutes: Option<u32>,
    /// Megabytes of the disk that are kept for erasing people: below it nothing but deletions is written.
    pub(super) disk_reserve_mb: Option<u32>,
    /// How much is taken on.
    #[serde(default)]
    pub(super) load: LoadFile,
    /// TLS around the connections.
    #[serde(default)]
    pub(super) tls: TlsFile,
    /// Who may in.
    #[serde(default)]
    pub(super) authentication: AuthenticationFile,
    /// What a client may take.
    #[serde(default)]
    pub(super) connections: ConnectionsFile,
}

impl SettingsFile {
    pub(super) fn read(path: &Path) -> Result<Self, WrongUse> {
        let in_file = |problem: String| WrongUse::new(format!("settings file {}: {problem}", path.display()));
        let text = std::fs::read_to_string(path).map_err(|error| in_file(error.to_string()))?;
        // The error of the library names line and column and shows the line.
        let mut settings: Self = toml::from_str(&text).map_err(|error| in_file(error.to_string()))?;
        if let Some(folder) = path.parent() {
            let named = [
                &mut settings.data,
                &mut settings.profiles,
                &mut settings.instruments,
                &mut settings.checkpoint_to,
            ];
            let access = settings.tls.paths().into_iter().chain([settings.authentication.path()]);
            for relative in named.into_iter().chain(access).flatten() {
                *relative = folder.join(&*relative);
            }
        }
        Ok(settings)
    }
}
