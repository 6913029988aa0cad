//! Runs scenario documents through the real server over a socket.

pub mod changes;
pub mod check;
pub mod document;
pub mod employer;
pub mod fair;
pub mod look;
pub mod notation;
pub mod order;
pub mod short;
pub mod table;
pub mod world;
