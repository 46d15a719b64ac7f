//! index.html, the one description of the page that trunk reads too. Its `<link data-trunk …>` elements say where the
//! program, the styles and the scripts go.

use crate::{floor, lean};
use anyhow::{Context, Result, bail};
use std::fs;

/// What a link asks for.
#[derive(Debug, PartialEq)]
pub enum Part {
    /// The compiled page.
    Program,
    /// What it loads when it is needed, by the name of its program.
    Module(String),
    /// A style sheet.
    Style(String),
    /// A classic script that belongs into the page itself.
    Script(String),
}

/// index.html with every link replaced by what `replace` makes of it.
pub fn assemble(mut replace: impl FnMut(&Part) -> Result<String>) -> Result<String> {
    replace_links(&read("index.html")?, |tag| replace(&part(tag)?))
}

/// A text file as a browser sees it: always with simple line ends, or hashes would differ between checkouts.
fn read(path: &str) -> Result<String> {
    Ok(fs::read_to_string(path).with_context(|| format!("could not read {path}"))?.replace("\r\n", "\n"))
}

fn part(tag: &str) -> Result<Part> {
    let file = || read(attribute(tag, "href").with_context(|| format!("{tag} has no href"))?);
    match attribute(tag, "rel") {
        Some("rust") if attribute(tag, "data-type") == Some("worker") => {
            let name = attribute(tag, "data-bin").with_context(|| format!("{tag} names no program"))?;
            Ok(Part::Module(name.to_owned()))
        }
        Some("rust") => Ok(Part::Program),
        Some("css") => {
            let css = file()?;
            floor::style(&css)?;
            Ok(Part::Style(lean::style(&css)))
        }
        Some("inline") => {
            let script = file()?;
            floor::script(&script)?;
            Ok(Part::Script(lean::script(&script)))
        }
        _ => bail!("xtask/src/index.rs does not know this link of index.html: {tag}"),
    }
}

fn replace_links(html: &str, mut replace: impl FnMut(&str) -> Result<String>) -> Result<String> {
    let mut result = String::new();
    let mut rest = html;
    while let Some(start) = rest.find("<link data-trunk") {
        let end = start + rest[start..].find('>').context("index.html ends within a link")? + 1;
        result += &rest[..start];
        result += &replace(&rest[start..end])?;
        rest = &rest[end..];
    }
    Ok(result + rest)
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {name}=\""))?.1.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_replaced_and_all_else_stays() {
        let html = r#"<head><link rel="icon" href="data:,"><link data-trunk rel="css" href="a.css"></head>"#;
        let replaced = replace_links(html, |tag| Ok(attribute(tag, "href").unwrap().to_owned())).unwrap();
        assert_eq!(replaced, r#"<head><link rel="icon" href="data:,">a.css</head>"#);
    }

    #[test]
    fn an_unknown_link_is_an_error() {
        assert!(part(r#"<link data-trunk rel="sass" href="a.scss">"#).is_err());
        assert_eq!(part(r#"<link data-trunk rel="rust" data-bin="page">"#).unwrap(), Part::Program);
        assert_eq!(
            part(r#"<link data-trunk rel="rust" data-type="worker" data-bin="other">"#).unwrap(),
            Part::Module("other".into())
        );
    }
}
