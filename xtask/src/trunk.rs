//! Trunk builds the page too, for those who have it. Here it is tried out, without the network: it wants a
//! `wasm-bindgen` of just the right version on `PATH`, and this very program under that name is one.

use crate::command::{cargo, command, run};
use crate::wasm::Script;
use crate::{machine, wasm};
use anyhow::{Context, Result, bail};
use local::chromium;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Where trunk writes the page; Trunk.toml says so.
pub const FOLDER: &str = "target/trunk";

// Newer ones need a newer Rust than rust-toolchain.toml names.
const VERSION: &str = "0.21.14";

/// The trunk on `PATH`, or the one that `install` put into the target folder.
pub fn find() -> Option<PathBuf> {
    let installed = tools().ok()?.join(format!("bin/trunk{}", env::consts::EXE_SUFFIX));
    chromium::on_path("trunk").or(installed.is_file().then_some(installed))
}

/// Builds trunk into the target folder, unoptimised: that takes a third of the time, and trunk is no slower for it.
pub fn install() -> Result<PathBuf> {
    let mut install = cargo("install trunk --locked --no-default-features --features rustls");
    install.args(["--version", VERSION, "--root"]).arg(tools()?);
    install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0").env("CARGO_PROFILE_RELEASE_LTO", "off");
    run(&mut install)?;
    find().context("trunk was installed and yet is not there")
}

pub fn build(trunk: &Path) -> Result<()> {
    machine::ensure_wasm_target()?;
    let folder = tools()?;
    fs::create_dir_all(&folder)?;
    let link = folder.join(format!("wasm-bindgen{}", env::consts::EXE_SUFFIX));
    if link.exists() {
        fs::remove_file(&link)?;
    }
    fs::copy(env::current_exe()?, &link)?;
    let paths = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect::<Vec<_>>();
    let path = env::join_paths([folder].into_iter().chain(paths))?;
    // This trunk takes NO_COLOR for the value of its option --no-color, and refuses `1`.
    run(command(trunk, "build --release --offline").env("PATH", path).env_remove("NO_COLOR"))
}

/// Whether this program was called by the name of the tool that trunk looks for.
pub fn is_wasm_bindgen(program: &Path) -> bool {
    program.file_stem().is_some_and(|name| name == "wasm-bindgen")
}

/// The part of wasm-bindgen's command line that trunk uses.
pub fn wasm_bindgen(arguments: &[String]) -> Result<()> {
    let (mut out, mut name, mut input, mut script) = (None, None, None, Script::Module);
    for argument in arguments {
        match argument.split_once('=') {
            None if argument == "--version" => {
                println!("wasm-bindgen {}", wasm_bindgen_shared::version());
                return Ok(());
            }
            Some(("--out-dir", value)) => out = Some(value),
            Some(("--out-name", value)) => name = Some(value),
            Some(("--target", "web")) => {}
            Some(("--target", "no-modules")) => script = Script::Classic,
            None if argument == "--no-typescript" => {}
            None if !argument.starts_with('-') => input = Some(argument),
            _ => bail!("xtask/src/trunk.rs does not know this option of wasm-bindgen: {argument}"),
        }
    }
    let (out, name) = (out.context("--out-dir is missing")?, name.context("--out-name is missing")?);
    wasm::bind(Path::new(input.context("the module is missing")?), Path::new(out), name, script, false)
}

fn tools() -> Result<PathBuf> {
    Ok(wasm::target_folder()?.join("tools"))
}
