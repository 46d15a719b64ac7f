//! axe-core, which holds a page against the rules of accessibility: for tests alone.

use crate::npm;
use anyhow::Result;
use std::fs;
use std::path::Path;

const PACKAGE: &str = "axe-core";
const VERSION: &str = "4.14.1";
/// Where `tests/browser/tests/axe.rs` looks for it.
const PLACE: &str = "target/axe";
const SCRIPT: &str = "axe.min.js";

/// Fetches it where it is not there yet; where it can't be had, that is said in one line, and the test says so too.
pub fn ensure() {
    if let Err(error) = fetch() {
        eprintln!("Not run: {PACKAGE} {VERSION}, which could not be had: {error:#}");
    }
}

fn fetch() -> Result<()> {
    let place = Path::new(PLACE);
    if !place.join(SCRIPT).is_file() {
        npm::unpack(PACKAGE, VERSION, SCRIPT, place)?;
        fs::rename(place.join("package").join(SCRIPT), place.join(SCRIPT))?;
    }
    Ok(())
}
