//! Passend matches candidates and vacancies for Dutch public employment services.
//!
//! `ARCHITECTURE.md` tells which room knows what.

pub mod access;
pub mod advice;
pub mod batch;
pub mod cli;
pub mod decisions;
pub mod demo;
pub mod domain;
pub mod durable;
pub mod engine;
pub mod evaluate;
pub mod exchange;
pub mod geo;
pub mod grpc;
pub mod night;
pub mod rank;
pub mod report;
pub mod spread;
pub mod store;
pub mod taxonomy;
pub mod wire;
