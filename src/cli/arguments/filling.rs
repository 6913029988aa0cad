//! Flags of what serves a folder and fills it.

use super::Format;
use crate::cli::day;
use crate::demo::{MOST_CANDIDATES, MOST_VACANCIES};
use clap::Args;
use jiff::civil::Date;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Flags of `serve`.
#[derive(Args, Clone, Debug, Default)]
pub struct Serve {
    /// Address of this machine to listen on; port 0 takes a free one [env: PASSEND_LISTEN] [default: 127.0.0.1:50051]
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    /// Address for the figures that monitoring reads, under /metrics; without it there is none [env: PASSEND_METRICS]
    #[arg(long, value_name = "ADDRESS")]
    pub metrics: Option<SocketAddr>,
    /// File on another disk to which each checkpoint of the record of decisions is appended [env: PASSEND_CHECKPOINT_TO]
    #[arg(long, value_name = "FILE")]
    pub checkpoint_to: Option<PathBuf>,
    /// Print the settings as they apply and where each comes from, and stop
    #[arg(long)]
    pub print_config: bool,
    /// Who may in.
    #[command(flatten)]
    pub access: AccessFlags,
}

/// Flags of who may in; docs/access.md explains them.
#[derive(Args, Clone, Debug, Default)]
pub struct AccessFlags {
    /// The server's certificate with its chain, in PEM [env: PASSEND_TLS_CERTIFICATE]
    #[arg(long, value_name = "FILE")]
    pub tls_certificate: Option<PathBuf>,
    /// The key of the certificate, in PEM [env: PASSEND_TLS_KEY]
    #[arg(long, value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// Authorities of the certificates of services, in PEM [env: PASSEND_CLIENT_CA]
    #[arg(long, value_name = "FILE")]
    pub client_ca: Option<PathBuf>,
    /// Their lists of revoked certificates, in PEM, read again when the file changes [env: PASSEND_CLIENT_CRL]
    #[arg(long, value_name = "FILE")]
    pub client_crl: Option<PathBuf>,
    /// Who must have given out a token: its claim iss [env: PASSEND_ISSUER]
    #[arg(long, value_name = "URL")]
    pub issuer: Option<String>,
    /// For whom a token must be: its claim aud [env: PASSEND_AUDIENCE]
    #[arg(long, value_name = "NAME")]
    pub audience: Option<String>,
    /// The issuer's keys, read again when the file changes [env: PASSEND_JWKS]
    #[arg(long, value_name = "FILE")]
    pub jwks: Option<PathBuf>,
}

/// Flags of `demo`.
#[derive(Args, Clone, Debug, Default)]
pub struct Demo {
    /// How many people, at most 1,000,000 [default: 2000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=MOST_CANDIDATES))]
    pub candidates: Option<u32>,
    /// How many vacancies, at most 400,000 [default: 500]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=MOST_VACANCIES))]
    pub vacancies: Option<u32>,
    /// The same seed gives the same region [default: 1]
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// The day on which the region stands [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day::parse)]
    pub as_of: Option<Date>,
    /// Address of this machine to listen on; port 0 takes a free one [env: PASSEND_LISTEN] [default: 127.0.0.1:50051]
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    /// Stop after filling and the first match
    #[arg(long)]
    pub no_serve: bool,
}

/// Flags of `import`.
#[derive(Args, Clone, Debug)]
pub struct Import {
    /// Files with records: one object, an array, or one object a line; gzip or not; - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The organisation that delivers
    #[arg(long, value_name = "ID")]
    pub organisation: Option<String>,
    /// The day of the delivery [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day::parse)]
    pub delivered_on: Option<Date>,
    /// This is the whole delivery of the organisation: who is missing from it is marked not delivered (per kind that
    /// occurs in the files)
    #[arg(long)]
    pub complete: bool,
    /// Form of the report
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, value_name = "text|json")]
    pub format: Format,
}
