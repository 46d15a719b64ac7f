//! axe-core, which holds a page against the rules of accessibility: fetched for tests alone, never part of what is built.

use crate::command::run;
use anyhow::{Context, Result};
use local::chromium::on_path;
use std::fs;
use std::process::Command;

const PACKAGE: &str = "axe-core@4.14.1";
/// Where `tests/browser/tests/axe.rs` looks for it.
const PLACE: &str = "target/axe";

/// Fetches it where it is not there yet; where it can't be had, that is said in one line, and the test says so too.
pub fn ensure() {
    if let Err(error) = fetch() {
        eprintln!("Not run: {PACKAGE}, which could not be had: {error:#}");
    }
}

fn fetch() -> Result<()> {
    let script = format!("{PLACE}/axe.min.js");
    if fs::exists(&script)? {
        return Ok(());
    }
    for tool in ["npm", "tar"] {
        on_path(tool).with_context(|| format!("{tool} is not installed"))?;
    }
    fs::create_dir_all(PLACE)?;
    let within = |program: &str, arguments: &[&str]| run(Command::new(program).args(arguments).current_dir(PLACE));
    // Scripts of the package are never run here: only this file is wanted.
    within("npm", &["pack", "--silent", "--ignore-scripts", PACKAGE])?;
    within("tar", &["xzf", &format!("{}.tgz", PACKAGE.replace('@', "-")), "package/axe.min.js"])?;
    fs::rename(format!("{PLACE}/package/axe.min.js"), script)?;
    Ok(())
}
