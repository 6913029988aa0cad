//! Cutting a file into records, one by one and in constant memory.

mod problem;

pub use problem::FileProblem;
