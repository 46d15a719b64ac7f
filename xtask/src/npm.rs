//! Packages of npm that tests need: fetched where they are not there yet, and never part of what is built.

use crate::command::run;
use anyhow::{Context, Result};
use local::chromium::on_path;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Unpacks one file or folder of a package into a folder of ours, at `package/…`. Scripts of packages are never run: only files are wanted.
pub fn unpack(package: &str, version: &str, wanted: &str, folder: &Path) -> Result<()> {
    for tool in ["npm", "tar"] {
        on_path(tool).with_context(|| format!("{tool} is not installed"))?;
    }
    fs::create_dir_all(folder)?;
    let within = |program: &str, arguments: &[&str]| run(Command::new(program).args(arguments).current_dir(folder));
    within("npm", &["pack", "--silent", "--ignore-scripts", &format!("{package}@{version}")])?;
    let archive = format!("{package}-{version}.tgz");
    within("tar", &["xzf", &archive, &format!("package/{wanted}")])?;
    Ok(fs::remove_file(folder.join(archive))?)
}
