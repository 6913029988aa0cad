//! The run over everything: every vacancy against everybody, under the whole rulebook, exactly.
//!
//! A run takes one snapshot of the data and keeps it in a file, so that a killed run goes on with the same data. The
//! first phase (`sweep`) scores every pair in shards of vacancies; each vacancy keeps its best, and offers each person
//! the scores that can still stand in that person's list. A finished shard is a file: after a kill the lists come back
//! from the files. The second phase (`telling`) explains the pairs that stand in a list at the end, and no others. The
//! night is put together when all of it is there; until then the nights before it are what is read.
//!
//! A run that ranks only what changed goes on from what the night before left (`base`, `carried`): it scores who and what
//! changed (`fresh`, `going_on`), lets every list go on from where it stood, and takes over what was told.
//!
//! What comes out depends on the snapshot, the scope, the day and the rules alone: not on the number of threads, the
//! order in which shards end, or kills in between.

mod base;
mod board;
mod carried;
mod crew;
mod fault;
mod field;
mod fresh;
mod going_on;
mod leases;
mod lists;
mod people_set;
mod progress;
mod ranking;
mod record;
mod runs;
mod schedule;
mod scope;
mod shard;
mod slots;
mod standings;
mod sweep;
mod telling;
mod work;
mod writing;

pub use crew::Crew;
pub use progress::{Phase, Progress};
pub use record::{Order, Run, State};
pub use runs::{LIST_SIZE, RunError, RunOptions, Runs};
pub use scope::Scope;
