//! Who may in: real TLS, signed tokens, and every cell of the table asked of the real server over a real socket.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "in a test a panic is the report, and counts are told"
)]

#[path = "access/bad_tokens.rs"]
mod bad_tokens;
#[path = "access/cells.rs"]
mod cells;
mod common;
#[path = "access/credentials.rs"]
mod credentials;
#[path = "access/load.rs"]
mod load;
#[path = "access/tls.rs"]
mod tls;
