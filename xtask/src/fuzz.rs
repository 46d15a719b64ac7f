//! The fuzz program with counters at every edge of the code, which stable compilers can put there too.

use crate::command::{cargo, output, run};
use anyhow::{Context, Result};
use std::process::Command;

/// LLVM's own pass; `tests/fuzz/src/cover.rs` reads the counters.
const FLAGS: &str =
    "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=3 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters";

/// Builds it apart from all else, and runs it with these arguments.
pub fn with(arguments: &[&str]) -> Result<()> {
    let told = output(Command::new("rustc").arg("-vV")).context("rustc says nothing of itself")?;
    let host = told.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
    // With a target named, build scripts and macros are built without the flags.
    let build = format!("run -p fuzz --profile fuzz --target {host} --target-dir target/fuzz --");
    run(cargo(&build).args(arguments).env("RUSTFLAGS", FLAGS))
}
