//! THIRD-PARTY notices: what the page and its modules are made of, and under which terms, with their texts. Made anew with each bundle.

use crate::command::{cargo, output};
use crate::licences::{Allowed, Package, packages};
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

pub const FILE: &str = "THIRD-PARTY.txt";

/// Everything that is compiled into what the bundle holds, the engine for JavaScript included.
const PARTS: &str = "tree --locked -p jixiao -e normal,no-proc-macro --target wasm32-unknown-unknown --no-default-features \
                     --features page,office_module,tables_module,whole_module,writer_module,javascript --prefix none --format {p}";

/// The standard library is no crate of Cargo.lock.
const HEAD: &str = "绩效自评所用的开源组件\n\n\
    以下组件已编译进本软件，分别依其许可使用；各许可原文附后，列在原文之前的是适用的组件。\n\
    另含 Rust 标准库（The Rust Project Developers，MIT OR Apache-2.0）。\n";

pub fn text() -> Result<String> {
    let tree = output(&mut cargo(PARTS)).context("cargo tree failed")?;
    let parts: BTreeSet<(&str, &str)> = tree.lines().filter_map(named).collect();
    let allowed = Allowed::read()?;
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut list = String::new();
    let mut packages = packages()?;
    packages.sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
    for package in &packages {
        if package.source.is_none() || !parts.contains(&(package.name.as_str(), package.version.as_str())) {
            continue;
        }
        let taken = allowed.taken(package)?;
        let name = format!("{} {}", package.name, package.version);
        list += &format!("{name}（{}）\n", taken.join("，"));
        for licence in taken {
            texts.entry(licence_text(package, &licence)?).or_default().push(name.clone());
        }
    }
    let line = "-".repeat(72);
    let texts = texts.iter().map(|(text, names)| format!("\n{line}\n{}\n{line}\n\n{text}\n", names.join("\n")));
    Ok(format!("{HEAD}\n{list}{}", texts.collect::<String>()))
}

/// `name v1.2.3` of a line of the tree.
fn named(line: &str) -> Option<(&str, &str)> {
    let mut words = line.split(' ');
    Some((words.next()?, words.next()?.strip_prefix('v')?))
}

/// The text that lies in the crate; where none does, the licence as it stands here, with the names that the crate gives.
fn licence_text(package: &Package, licence: &str) -> Result<String> {
    let folder = package.manifest_path.parent().context("a manifest lies in a folder")?;
    let mut files: Vec<String> = fs::read_dir(folder)?.flatten().filter_map(|file| file.file_name().into_string().ok()).collect();
    files.sort();
    let short = licence.split('-').next().unwrap_or(licence).to_uppercase();
    let own = |file: &&String| {
        let file = file.to_uppercase();
        file.starts_with("LICENSE") && file.contains(&short)
    };
    let plain = |file: &&String| ["LICENSE", "LICENSE.MD", "LICENSE.TXT", "COPYING"].contains(&file.to_uppercase().as_str());
    let text = match files.iter().find(own).or_else(|| files.iter().find(plain)) {
        Some(file) => fs::read_to_string(folder.join(file))?,
        None => {
            let file = format!("LICENSE-{short}");
            let text = fs::read_to_string(&file).with_context(|| format!("{} brings no text of {licence}", package.name))?;
            let authors =
                if package.authors.is_empty() { format!("the authors of {}", package.name) } else { package.authors.join(", ") };
            let named =
                |line: &str| if line.starts_with("Copyright") { format!("Copyright (c) {authors}") } else { line.to_owned() };
            text.lines().map(named).collect::<Vec<_>>().join("\n")
        }
    };
    Ok(text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_named_with_a_text() {
        std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).unwrap();
        let text = text().unwrap();
        for part in [
            "yew ",
            "wasm-bindgen ",
            "quick-xml ",
            "rust_xlsxwriter ",
            "rust_decimal ",
            "zip ",
            "Zlib",
            "Permission is hereby granted",
        ] {
            assert!(text.contains(part), "{part}");
        }
        // What only tests and tools are made of is not handed on.
        for absent in ["proptest ", "tungstenite ", "syn "] {
            assert!(!text.lines().any(|line| line.starts_with(absent)), "{absent}");
        }
    }
}
