//! Old browsers. A package of npm carries whole builds of Chromium; the page's main work is tried in them, down to the oldest that is
//! promised.

use crate::command::{cargo, run};
use crate::npm;
use anyhow::{Context, Result};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, io};

const PACKAGE: &str = "chrome-aws-lambda";
/// Chromium and the version of the package that carries it.
const BROWSERS: [(&str, &str); 3] = [("79", "2.0.2"), ("86", "5.3.1"), ("92", "10.1.0")];
const LAUNCHER: &str = "launch";

/// Runs the tests of the main work in each of them. A browser that can't be had is named.
pub fn run_all() -> Result<()> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        eprintln!("Not run: old browsers, whose builds are for Linux on x86-64.");
        return Ok(());
    }
    for (chromium, version) in BROWSERS {
        match ensure(chromium, version) {
            Ok(program) => run(cargo("test -p browser-tests --test old").env("CHROME", program))?,
            Err(error) => eprintln!("Not run: Chromium {chromium}, which could not be had: {error:#}"),
        }
    }
    Ok(())
}

/// The program that starts a browser, fetched where it is not there yet.
fn ensure(chromium: &str, version: &str) -> Result<PathBuf> {
    let folder = env::current_dir()?.join("target/old-browsers").join(chromium);
    let launcher = folder.join(LAUNCHER);
    if launcher.is_file() {
        return Ok(launcher);
    }
    npm::unpack(PACKAGE, version, "bin", &folder)?;
    for file in fs::read_dir(folder.join("package/bin"))? {
        let packed = file?.path();
        let plain = folder.join(packed.file_stem().context("a file has a name")?);
        unpack(&packed, &plain)?;
        if plain.extension().is_some_and(|ending| ending == "tar") {
            run(Command::new("tar").arg("xf").arg(&plain).current_dir(&folder))?;
            fs::remove_file(&plain)?;
        }
    }
    fs::remove_dir_all(folder.join("package"))?;
    let here = folder.display();
    // Last, since it says that everything is there.
    let script = format!("#!/bin/sh\nexport LD_LIBRARY_PATH='{here}/lib:{here}'\nexec '{here}/chromium' --no-zygote \"$@\"\n");
    fs::write(&launcher, script)?;
    for program in [&launcher, &folder.join("chromium")] {
        run(Command::new("chmod").arg("755").arg(program))?;
    }
    Ok(launcher)
}

fn unpack(packed: &Path, plain: &Path) -> Result<()> {
    let mut reader = brotli::Decompressor::new(File::open(packed)?, 1 << 16);
    io::copy(&mut reader, &mut File::create(plain)?).with_context(|| packed.display().to_string())?;
    Ok(())
}
