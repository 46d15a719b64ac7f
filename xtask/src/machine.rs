//! What the machine must have besides Rust, and how it is put there.

use crate::command::{command, output, run};
use anyhow::{Result, bail};
use local::chromium;
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

/// Makes sure that workbooks can be computed anew by another program than ours.
pub fn ensure_spreadsheet() -> Result<()> {
    let missing = || match chromium::on_path("soffice") {
        Some(_) => Vec::new(),
        // Without windows, and without all that writes texts and draws.
        None => vec!["libreoffice-calc-nogui"],
    };
    ensure(missing, "LibreOffice Calc (soffice)")
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
