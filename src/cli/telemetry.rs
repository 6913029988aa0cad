//! Logs, on standard error. They carry ids, never names or texts of people.

use super::failure::WrongUse;
use super::settings::{LogFormat, Settings};
use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// Starts logging for the rest of the process.
///
/// # Errors
/// When logging was started before, or when the filter cannot be read.
pub fn start(settings: &Settings) -> anyhow::Result<()> {
    let filter =
        EnvFilter::builder().parse(settings.log()).map_err(|error| WrongUse::new(error.to_string()))?;
    // With a closed standard error the library would otherwise complain to standard error, and panic.
    let layer = fmt::layer().with_writer(std::io::stderr).log_internal_errors(false);
    let registry = tracing_subscriber::registry().with(filter);
    match settings.log_format() {
        LogFormat::Text => registry.with(layer.with_target(false).with_ansi(false)).try_init()?,
        LogFormat::Json => registry.with(layer.json()).try_init()?,
    }
    Ok(())
}
