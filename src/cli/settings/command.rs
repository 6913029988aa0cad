//! What each command brings to the settings.

use crate::cli::arguments::{AccessFlags, Command};
use std::{net::SocketAddr, path::PathBuf};

/// What a command brings to the settings besides the flags of every command.
#[derive(Clone, Debug)]
pub(super) struct OfCommand {
    /// Its own `--listen`.
    pub(super) listen: Option<SocketAddr>,
    /// Its own `--metrics`.
    pub(super) metrics: Option<SocketAddr>,
    /// Its own `--checkpoint-to`.
    pub(super) checkpoint_to: Option<PathBuf>,
    /// Its own flags of who may in.
    pub(super) access: AccessFlags,
    /// What it logs when nothing says otherwise.
    pub(super) log: &'static str,
    /// Whose data it works on.
    pub(super) folder: Folder,
}

/// Whose data a command works on when no `--data` says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folder {
    /// The user's own.
    Users,
    /// Those of the demonstration: it never takes the user's own folder from the environment or a file.
    Demo,
}

impl OfCommand {
    pub(super) fn of(command: &Command) -> Self {
        match command {
            Command::Serve(serve) => Self {
                listen: serve.listen,
                metrics: serve.metrics,
                checkpoint_to: serve.checkpoint_to.clone(),
                access: serve.access.clone(),
                log: "info",
                folder: Folder::Users,
            },
            Command::Demo(demo) => Self {
                listen: demo.listen,
                metrics: None,
                checkpoint_to: None,
                access: AccessFlags::default(),
                log: "warn",
                folder: Folder::Demo,
            },
            _ => Self {
                listen: None,
                metrics: None,
                checkpoint_to: None,
                access: AccessFlags::default(),
                log: "warn",
                folder: Folder::Users,
            },
        }
    }
}
