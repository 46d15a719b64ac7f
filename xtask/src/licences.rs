//! Whether everything that is built with may be handed on, and stands there once: Cargo.lock held against xtask/crates.toml.

use crate::command::{cargo, output};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// xtask/crates.toml.
#[derive(Deserialize)]
pub struct Allowed {
    /// Licences by their SPDX names; the first that a crate offers is taken.
    pub licences: Vec<String>,
    duplicate: Vec<Duplicate>,
}

#[derive(Deserialize)]
struct Duplicate {
    name: String,
    reason: String,
}

/// A crate as cargo tells of it.
#[derive(Deserialize)]
pub struct Package {
    pub name: String,
    pub version: String,
    pub license: Option<String>,
    pub authors: Vec<String>,
    pub manifest_path: PathBuf,
    /// None for what stands here.
    pub source: Option<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

impl Allowed {
    pub fn read() -> Result<Allowed> {
        toml::from_str(&fs::read_to_string("xtask/crates.toml")?).context("xtask/crates.toml")
    }

    /// The licences under which a crate is used; why not, where it may not be.
    pub fn taken(&self, package: &Package) -> Result<Vec<String>> {
        let Some(expression) = &package.license else { bail!("{} {} names no licence", package.name, package.version) };
        self.chosen(expression).with_context(|| format!("{} {}: {expression} is not allowed", package.name, package.version))
    }

    /// What is chosen of an SPDX expression: `AND` binds closer than `OR`; `/` is how older crates write `OR`.
    fn chosen(&self, expression: &str) -> Option<Vec<String>> {
        let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let (taken, rest) = self.either(&words)?;
        if rest.is_empty() { taken } else { None }
    }

    /// The first `Option` is whether the words can be read, the second whether what they say is allowed.
    fn either<'a>(&self, words: &'a [&'a str]) -> Option<(Option<Vec<String>>, &'a [&'a str])> {
        let (mut best, mut rest) = self.both(words)?;
        while let ["OR", after @ ..] = rest {
            let (next, left) = self.both(after)?;
            rest = left;
            best = match (best, next) {
                (Some(one), Some(other)) if self.order(&other) < self.order(&one) => Some(other),
                (None, other) => other,
                (one, _) => one,
            };
        }
        Some((best, rest))
    }

    fn both<'a>(&self, words: &'a [&'a str]) -> Option<(Option<Vec<String>>, &'a [&'a str])> {
        let (mut all, mut rest) = self.one(words)?;
        while let ["AND", after @ ..] = rest {
            let (next, left) = self.one(after)?;
            rest = left;
            all = all.zip(next).map(|(one, other)| [one, other].concat());
        }
        Some((all, rest))
    }

    fn one<'a>(&self, words: &'a [&'a str]) -> Option<(Option<Vec<String>>, &'a [&'a str])> {
        match words {
            ["(", inside @ ..] => match self.either(inside)? {
                (found, [")", rest @ ..]) => Some((found, rest)),
                _ => None,
            },
            // An exception only gives more.
            [name, "WITH", _, rest @ ..] | [name, rest @ ..] => {
                Some((self.licences.iter().any(|known| known == name).then(|| vec![(*name).to_owned()]), rest))
            }
            [] => None,
        }
    }

    fn order(&self, licences: &[String]) -> usize {
        licences.iter().filter_map(|licence| self.licences.iter().position(|known| known == licence)).max().unwrap_or(usize::MAX)
    }
}

/// Every crate that anything here can be built with.
pub fn packages() -> Result<Vec<Package>> {
    let told = output(&mut cargo("metadata --format-version 1 --locked --all-features")).context("cargo metadata failed")?;
    Ok(serde_json::from_str::<Metadata>(&told)?.packages)
}

/// A crate with a licence that is not allowed, one in several versions that nobody has given a reason for, and a reason that nobody needs.
pub fn check() -> Result<()> {
    let (allowed, packages) = (Allowed::read()?, packages()?);
    let mut wrong: Vec<String> = Vec::new();
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in packages.iter().filter(|package| package.source.is_some()) {
        versions.entry(&package.name).or_default().push(&package.version);
        wrong.extend(allowed.taken(package).err().map(|error| format!("{error:#}")));
    }
    versions.retain(|_, versions| versions.len() > 1);
    for (name, versions) in &versions {
        if !allowed.duplicate.iter().any(|known| known.name == *name && !known.reason.trim().is_empty()) {
            wrong.push(format!("{name} is there as {}: xtask/crates.toml gives no reason", versions.join(" and ")));
        }
    }
    for known in &allowed.duplicate {
        if !versions.contains_key(known.name.as_str()) {
            wrong.push(format!("{} is there once: its line in xtask/crates.toml can go", known.name));
        }
    }
    if wrong.is_empty() {
        eprintln!("{} crates, {} of them in several versions, as allowed", packages.len(), versions.len());
        return Ok(());
    }
    bail!("{}", wrong.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn chosen(expression: &str) -> Option<String> {
        let allowed = Allowed { licences: ["MIT", "Apache-2.0", "Zlib"].map(str::to_owned).to_vec(), duplicate: Vec::new() };
        allowed.chosen(expression).map(|taken| taken.join("+"))
    }

    #[test]
    fn the_first_licence_of_the_list_is_taken() {
        assert_eq!(chosen("Apache-2.0 OR MIT").as_deref(), Some("MIT"));
        assert_eq!(chosen("Apache-2.0/GPL-3.0").as_deref(), Some("Apache-2.0"));
        assert_eq!(chosen("(MIT OR Apache-2.0) AND Zlib").as_deref(), Some("MIT+Zlib"));
        assert_eq!(chosen("Apache-2.0 WITH LLVM-exception").as_deref(), Some("Apache-2.0"));
    }

    #[test]
    fn what_is_not_in_it_is_refused() {
        for expression in ["GPL-3.0", "MIT AND GPL-3.0", "GPL-3.0 OR (MIT AND AGPL-3.0)", "", "(MIT", "MIT MIT"] {
            assert_eq!(chosen(expression), None, "{expression}");
        }
    }
}
