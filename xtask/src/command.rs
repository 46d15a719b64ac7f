//! Running other programs so that whoever watches sees what is run.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::process::Command;

/// `cargo` with these arguments, given as one line.
pub fn cargo(arguments: &str) -> Command {
    command("cargo", arguments)
}

/// Any program with arguments that hold no spaces, given as one line.
pub fn command(program: impl AsRef<OsStr>, arguments: &str) -> Command {
    let mut command = Command::new(program);
    command.args(arguments.split_whitespace());
    command
}

/// Prints the command, runs it, and takes any exit status but zero for an error.
pub fn run(command: &mut Command) -> Result<()> {
    let line = line(command);
    eprintln!("$ {line}");
    let status = command.status().with_context(|| format!("could not run `{line}`"))?;
    if !status.success() {
        bail!("`{line}` failed");
    }
    Ok(())
}

/// What the command prints, or nothing where it is not there or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
