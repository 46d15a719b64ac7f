//! A page to look at while working on it, built anew whenever its sources change.

use crate::bundle;
use crate::wasm::{self, Profile};
use anyhow::{Context, Result};
use local::server;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{fs, thread};

pub const DEFAULT_PORT: u16 = 8080;

/// Serves at this port, or at the next one that is free.
pub fn run(port: u16) -> Result<()> {
    let folder = wasm::target_folder()?.join("serve");
    let mut built = newest_source();
    build(&folder)?;
    let address = (port..=port.saturating_add(99)).find_map(|port| server::start(&folder, port).ok());
    println!("{}", address.with_context(|| format!("no port from {port} on is free"))?);
    loop {
        thread::sleep(Duration::from_millis(500));
        let newest = newest_source();
        if newest > built {
            built = newest;
            match build(&folder) {
                Ok(()) => eprintln!("built anew; reload the page"),
                Err(error) => eprintln!("{error:#}"),
            }
        }
    }
}

fn build(folder: &Path) -> Result<()> {
    bundle::write_hosted(&bundle::Page::build(Profile::Quick)?, folder)
}

/// When a source of the page was last changed.
fn newest_source() -> Option<SystemTime> {
    let sources = ["Cargo.toml", "build.rs", "index.html", "start.js", "office.js", "src", "styles", "templates"];
    sources.into_iter().filter_map(|source| newest(source.into())).max()
}

fn newest(path: PathBuf) -> Option<SystemTime> {
    let inside = fs::read_dir(&path).into_iter().flatten().flatten();
    let inside = inside.filter_map(|entry| newest(entry.path())).max();
    inside.max(fs::metadata(&path).ok()?.modified().ok())
}
