//! Passend on the command line.

fn main() {}
