//! Which of the layers a setting comes from, and reading the environment.

use crate::cli::failure::WrongUse;
use clap::ValueEnum;
use std::{ffi::OsString, path::PathBuf, str::FromStr};

/// Reads an environment variable by its name.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// A layer of settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    Flag,
    Environment,
    File,
    Default,
}

impl Origin {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Environment => "environment",
            Self::File => "settings file",
            Self::Default => "default",
        }
    }
}

/// A setting and the layer that it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Setting<T> {
    pub(super) value: T,
    pub(super) origin: Origin,
}

pub(super) fn layered<T>(
    flag: Option<T>,
    environment: Option<T>,
    file: Option<T>,
    default: impl FnOnce() -> Result<T, WrongUse>,
) -> Result<Setting<T>, WrongUse> {
    let named = [(flag, Origin::Flag), (environment, Origin::Environment), (file, Origin::File)];
    for (value, origin) in named {
        if let Some(value) = value {
            return Ok(Setting { value, origin });
        }
    }
    Ok(Setting { value: default()?, origin: Origin::Default })
}

/// A variable that is set to nothing counts as not set.
pub(super) fn path(environment: Environment<'_>, name: &str) -> Option<PathBuf> {
    environment(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn text(environment: Environment<'_>, name: &str) -> Result<Option<String>, WrongUse> {
    match environment(name).filter(|value| !value.is_empty()).map(OsString::into_string) {
        None => Ok(None),
        Some(Ok(value)) => Ok(Some(value)),
        Some(Err(_)) => Err(WrongUse::new(format!("{name} is no text; give it another value"))),
    }
}

pub(super) fn parsed<T: FromStr>(
    environment: Environment<'_>,
    name: &str,
    remedy: &str,
) -> Result<Option<T>, WrongUse> {
    let Some(value) = text(environment, name)? else { return Ok(None) };
    let parsed = value.parse().map_err(|_| WrongUse::new(format!("{name} is {value:?}; give {remedy}")))?;
    Ok(Some(parsed))
}

pub(super) fn code<T: ValueEnum>(environment: Environment<'_>, name: &str) -> Result<Option<T>, WrongUse> {
    let Some(value) = text(environment, name)? else { return Ok(None) };
    T::from_str(&value, false).map(Some).map_err(|_| {
        let codes: Vec<_> = T::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect();
        let codes: Vec<_> = codes.iter().map(clap::builder::PossibleValue::get_name).collect();
        WrongUse::new(format!("{name} is {value:?}; give {}", codes.join(" or ")))
    })
}
