//! A program as a WebAssembly module and the JavaScript that loads it.

use crate::command::{cargo, run};
use crate::{floor, glue, machine};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::{env, fs};
use wasm_bindgen_cli_support::Bindgen;
use wasmparser::{Validator, WasmFeatures};

#[derive(Clone, Copy)]
pub enum Profile {
    /// Built in seconds, some megabytes large.
    Quick,
    Release,
}

/// What is compiled to WebAssembly. The name is that of the program, of its feature and of its files.
#[derive(Clone, Copy)]
pub enum Program {
    Page,
    /// The engine alone, for other programs.
    JavaScript,
    /// What the page loads when the first file comes.
    Office,
    /// What the page loads when a grid comes that no form fits.
    Tables,
    /// What the page loads when a file comes that may be a whole published document.
    Whole,
    /// What the page loads when the first office file is to be written.
    Writer,
}

impl Program {
    pub fn name(self) -> &'static str {
        match self {
            Program::Page => "page",
            Program::JavaScript => "javascript",
            Program::Office => "office_module",
            Program::Tables => "tables_module",
            Program::Whole => "whole_module",
            Program::Writer => "writer_module",
        }
    }

    /// The page is built without what reads and writes office files: it loads at once, and that is needed later, if ever.
    fn features(self) -> &'static str {
        match self {
            Program::Page => "--no-default-features --features page",
            Program::JavaScript => "--no-default-features --features javascript",
            Program::Office => "--no-default-features --features office_module",
            Program::Tables => "--no-default-features --features tables_module",
            Program::Whole => "--no-default-features --features whole_module",
            Program::Writer => "--no-default-features --features writer_module",
        }
    }

    fn script(self) -> Script {
        match self {
            Program::Page | Program::JavaScript => Script::Module,
            Program::Office | Program::Tables | Program::Whole | Program::Writer => Script::Classic,
        }
    }
}

/// What kind of script loads a program.
#[derive(Clone, Copy)]
pub enum Script {
    Module,
    /// Chromium before 80 has no other kind in workers. It defines `wasm_bindgen`.
    Classic,
}

pub struct Module {
    pub glue: String,
    /// The types of the functions that other programs may call.
    pub types: String,
    pub wasm: Vec<u8>,
}

/// Compiles a program and makes its bindings.
pub fn build(program: Program, profile: Profile) -> Result<Module> {
    let (name, features) = (program.name(), program.features());
    machine::ensure_wasm_target()?;
    let (flag, folder) = match profile {
        Profile::Quick => ("", "debug"),
        Profile::Release => ("--release", "release"),
    };
    run(&mut cargo(&format!("build {features} --bin {name} --target wasm32-unknown-unknown {flag}")))?;
    let compiled = target_folder()?.join("wasm32-unknown-unknown").join(folder).join(format!("{name}.wasm"));
    let out = target_folder()?.join("bindings").join(folder).join(name);
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    bind(&compiled, &out, name, program.script(), matches!(program, Program::Page))?;
    if out.join("snippets").exists() {
        bail!("{name} uses JavaScript snippets, which a page of one file cannot load");
    }
    let text = |ending: &str| fs::read_to_string(out.join(format!("{name}.{ending}")));
    Ok(Module { glue: text("js")?, types: text("d.ts")?, wasm: fs::read(out.join(format!("{name}_bg.wasm")))? })
}

/// Writes `<name>.js`, `<name>.d.ts` and `<name>_bg.wasm`, fit for the oldest browser that is promised.
///
/// The names of its functions are kept for whoever divides it.
pub fn bind(compiled: &Path, out: &Path, name: &str, script: Script, with_names: bool) -> Result<()> {
    let mut bindgen = Bindgen::new();
    match script {
        Script::Module => bindgen.web(true)?,
        Script::Classic => bindgen.no_modules(true)?,
    };
    bindgen
        .input_path(compiled)
        .typescript(true)
        .out_name(name)
        .remove_name_section(!with_names)
        .demangle(false)
        .remove_producers_section(true)
        .generate(out)
        .context("wasm-bindgen could not make the bindings")?;
    let script = out.join(format!("{name}.js"));
    let glue = fs::read_to_string(&script)?;
    let glue = glue::for_old_browsers(&glue)?;
    floor::script(&glue)?;
    fs::write(&script, glue)?;
    validate(&fs::read(out.join(format!("{name}_bg.wasm")))?)
}

/// Accepts only what Chromium 75 and later understand. Rust's own default, reference types included, needs Chromium 96.
fn validate(wasm: &[u8]) -> Result<()> {
    let features = WasmFeatures::MUTABLE_GLOBAL
        | WasmFeatures::SIGN_EXTENSION
        | WasmFeatures::BULK_MEMORY
        | WasmFeatures::SATURATING_FLOAT_TO_INT
        | WasmFeatures::FLOATS;
    Validator::new_with_features(features).validate_all(wasm).context(
        "the WebAssembly module needs features that browsers of the Chromium 78 generation lack.\n\
         The flags in .cargo/config.toml keep such features out; a RUSTFLAGS environment variable replaces those \
         flags, so unset it (now: "
            .to_owned()
            + &env::var("RUSTFLAGS").unwrap_or_else(|_| "not set".into())
            + ")",
    )?;
    Ok(())
}

/// Cargo's target folder, known from where this very program lies.
pub fn target_folder() -> Result<PathBuf> {
    let program = env::current_exe()?.canonicalize()?;
    Ok(program.ancestors().nth(2).context("this program does not lie in a target folder")?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reference_types_are_refused() {
        // A module of one type, a function that takes an `externref`; and the same with an `i32`.
        let module = |parameter| [b"\0asm\x01\0\0\0\x01\x05\x01\x60\x01", &[parameter, 0][..]].concat();
        assert!(validate(&module(0x7f)).is_ok());
        let message = format!("{:#}", validate(&module(0x6f)).unwrap_err());
        assert!(message.contains("RUSTFLAGS"), "{message}");
    }
}
