//! What the machine must have besides Rust, and how it is put there.

use crate::command::{command, output, run};
use anyhow::{Result, bail};
use local::chromium;
use std::fs;
use std::path::Path;

/// Makes sure that the compiler can produce WebAssembly.
pub fn ensure_wasm_target() -> Result<()> {
    let library = output(&mut command("rustc", "--print target-libdir --target wasm32-unknown-unknown"));
    if library.is_some_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Ok(());
    }
    if chromium::on_path("rustup").is_none() {
        bail!("Rust's wasm32-unknown-unknown target is missing: install rustup (https://rustup.rs) or that target");
    }
    run(&mut command("rustup", "target add wasm32-unknown-unknown"))
}

/// Makes sure that the browser tests have a browser and, for what it draws, a Chinese font.
pub fn ensure_browser() -> Result<()> {
    ensure(missing_for_browser, "Chromium, Chrome or Edge and a Chinese font")
}

/// Firefox and WebKitGTK, in which the main work is tried too. One that can't be had is named.
pub fn ensure_other_browsers() {
    type Missing = fn() -> Vec<&'static str>;
    let browsers: [(&str, Missing); 2] =
        [("Firefox", missing_firefox), ("WebKitGTK with its driver and a screen that nobody sees", missing_webkit)];
    for (name, missing) in browsers {
        if !cfg!(target_os = "linux") {
            eprintln!("Not run: {name}, which is tried on Linux only.");
        } else if let Err(error) = ensure(missing, name) {
            eprintln!("Not run: {name}, which could not be had: {error:#}");
        }
    }
}

fn missing_firefox() -> Vec<&'static str> {
    let there = ["firefox-esr", "firefox"].into_iter().any(|program| chromium::on_path(program).is_some());
    if there { Vec::new() } else { vec!["firefox-esr"] }
}

fn missing_webkit() -> Vec<&'static str> {
    let needed = [("WebKitWebDriver", "webkit2gtk-driver"), ("xvfb-run", "xvfb")];
    needed.into_iter().filter(|(program, _)| chromium::on_path(program).is_none()).map(|(_, package)| package).collect()
}

/// Makes sure that what is written can be opened by another program than ours: workbooks computed anew, both kinds printed.
pub fn ensure_spreadsheet() -> Result<()> {
    ensure(missing_for_office, "LibreOffice Calc and Writer (soffice)")
}

/// Without windows, and without all that draws.
fn missing_for_office() -> Vec<&'static str> {
    let Some(soffice) = chromium::on_path("soffice") else {
        // What reads the texts of a print comes along; a test that looks for them goes without where it is not there.
        return vec!["libreoffice-calc-nogui", "libreoffice-writer-nogui", "poppler-utils"];
    };
    // Packages bring Calc and Writer one by one only where there is apt.
    let program = fs::canonicalize(soffice).unwrap_or_default();
    let has_writer = program.with_file_name("libswlo.so").is_file() || apt_get().is_none();
    if has_writer { Vec::new() } else { vec!["libreoffice-writer-nogui"] }
}

/// Installs what is missing. `needed`: what it is called.
fn ensure(missing_packages: fn() -> Vec<&'static str>, needed: &str) -> Result<()> {
    let missing = missing_packages();
    if missing.is_empty() {
        return Ok(());
    }
    let packages = missing.join(" ");
    let Some((program, prefix)) = apt_get() else {
        bail!("{needed} is needed: install {packages}");
    };
    for task in ["update", &format!("install -y --no-install-recommends {packages}")] {
        let mut apt_get = command(program, &format!("{prefix} {task}"));
        run(apt_get.env("DEBIAN_FRONTEND", "noninteractive"))?;
    }
    match missing_packages()[..] {
        [] => Ok(()),
        _ => bail!("{packages} went in, and yet this is not there: {needed}"),
    }
}

fn missing_for_browser() -> Vec<&'static str> {
    let mut missing = Vec::new();
    if chromium::find().is_none() {
        missing.push("chromium");
    }
    // Windows and macOS come with Chinese fonts.
    let fonts = output(&mut command("fc-list", ":lang=zh family"));
    if cfg!(target_os = "linux") && fonts.is_none_or(|list| list.trim().is_empty()) {
        missing.extend(["fontconfig", "fonts-noto-cjk"]);
    }
    missing
}

/// How to call `apt-get` so that it may install, or nothing where it is not there or may not.
fn apt_get() -> Option<(&'static str, &'static str)> {
    chromium::on_path("apt-get")?;
    if output(&mut command("id", "-u"))?.trim() == "0" {
        return Some(("apt-get", ""));
    }
    output(&mut command("sudo", "-n true")).map(|_| ("sudo", "-n apt-get"))
}
