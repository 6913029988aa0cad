//! What goes wrong, made to go wrong, counted. Short by default; `PASSEND_FAULTS=long` counts as far as the product promises.
//! Every test prints its counts and its seed; `PASSEND_FAULTS_SEED` gives another one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test reports by panics and prints"
)]

#[path = "../common/mod.rs"]
mod common;
#[cfg(unix)]
#[path = "../common/program.rs"]
mod program;

#[cfg(unix)]
mod canaries;
#[cfg(target_os = "linux")]
mod damage;
#[cfg(target_os = "linux")]
mod disk;
mod erasure;
#[cfg(target_os = "linux")]
mod failing_disk;
#[cfg(target_os = "linux")]
mod full_disk;
mod harness;
#[cfg(target_os = "linux")]
mod hostile_clients;
#[cfg(unix)]
mod kills;
#[cfg(target_os = "linux")]
mod malformed;
mod overload;
mod pairs;
mod power;
#[cfg(unix)]
mod raw;
#[cfg(target_os = "linux")]
mod restarts;
#[cfg(target_os = "linux")]
mod running;
#[cfg(unix)]
mod stopping;
