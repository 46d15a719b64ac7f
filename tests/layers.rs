//! The order of the rooms: imports go downwards only, and no two files import each other, but for a room and the files within it.
//! ARCHITECTURE.md shows the same order, from the ground up.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up; rooms of one line do not see each other.
const LAYERS: &[&[&str]] = &[
    &["order"],
    &["prelude"],
    &["wire"],
    &["number"],
    &["id", "block", "numbering"],
    &["outcome"],
    &["prose", "tabular", "disclosure"],
    &["template"],
    &["document"],
    &["finding"],
    &["engine"],
    &["io", "recognise"],
    &["wording"],
    &["explain", "layout", "chart", "report"],
    &["evaluate"],
    &["fix", "paste"],
    &["rates"],
    &["paper", "fill"],
    &["workbook"],
    &["export", "office", "writer"],
    // The programs.
    &["page", "command", "js_api", "office_module", "tables_module", "whole_module", "writer_module", "main"],
];

/// What a file imports, as paths of the crate: `["number", "Exact"]`.
type Paths = Vec<Vec<String>>;

struct Source {
    /// `["engine", "check", "total"]` for src/engine/check/total.rs.
    module: Vec<String>,
    imports: Paths,
    /// What `pub use` hands on, by the name it gets here, `*` for everything.
    hands_on: Vec<(String, Vec<String>)>,
}

fn sources(folder: &Path) -> Vec<Source> {
    let mut found: Vec<PathBuf> = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found.iter().map(|path| source(&module(folder, path), &fs::read_to_string(path).unwrap())).collect()
}

fn module(folder: &Path, path: &Path) -> Vec<String> {
    let path = path.strip_prefix(folder).unwrap().with_extension("");
    path.iter().map(|part| part.to_string_lossy().into_owned()).filter(|part| part != "lib").collect()
}

/// The code of a file: without comments, texts, and what is only there in tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let line = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn source(module: &[String], text: &str) -> Source {
    let code = code(text);
    let (mut imports, mut hands_on) = (Vec::new(), Vec::new());
    for (at, _) in code.match_indices("use ") {
        let before = code[..at].trim_end();
        let public = before.ends_with("pub")
            || before.ends_with(')') && before.rfind("pub(").is_some_and(|from| !before[from..].contains(';'));
        let starts = before.is_empty() || before.ends_with([';', '}', '{', ']']) || public;
        let Some(statement) = code[at + 4..].split(';').next().filter(|_| starts) else { continue };
        for path in expanded(statement) {
            let named = path.split(" as ").nth(1).map(str::trim);
            let parts: Vec<String> = path.split(" as ").next().unwrap().split("::").map(|part| part.trim().to_owned()).collect();
            let Some(absolute) = absolute(module, &parts) else { continue };
            if public {
                let name = named.map(str::to_owned).or(parts.last().cloned()).unwrap_or_default();
                hands_on.push((name, absolute.clone()));
            }
            imports.push(absolute);
        }
    }
    // Paths written out in the code.
    for start in ["crate::", "jixiao::"] {
        for (at, _) in code.match_indices(start) {
            if code[..at].ends_with(|char: char| char.is_alphanumeric() || char == '_' || char == ':') {
                continue;
            }
            let end = code[at..]
                .find(|char: char| !(char.is_alphanumeric() || char == '_' || char == ':'))
                .map_or(code.len(), |end| at + end);
            let parts: Vec<String> = code[at..end].split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect();
            imports.extend(absolute(module, &parts));
        }
    }
    Source { module: module.to_vec(), imports, hands_on }
}

/// `a::{b, c::{d, e}}` as `a::b`, `a::c::d`, `a::c::e`.
fn expanded(statement: &str) -> Vec<String> {
    let statement = statement.trim();
    let Some(open) = statement.find('{') else { return vec![statement.to_owned()] };
    let (head, rest) = statement.split_at(open);
    let inner = &rest[1..rest.rfind('}').unwrap_or(rest.len())];
    let (mut depth, mut item, mut items) = (0, String::new(), Vec::new());
    for char in inner.chars() {
        match char {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(std::mem::take(&mut item));
                continue;
            }
            _ => {}
        }
        item.push(char);
    }
    items.push(item);
    let items = items.iter().filter(|item| !item.trim().is_empty());
    items
        .flat_map(|item| expanded(item))
        .map(|item| if item == "self" { head.trim_end_matches("::").to_owned() } else { format!("{head}{item}") })
        .collect()
}

/// A path from the crate's own root; `None` for other crates. A plain name may be a module beside.
fn absolute(module: &[String], parts: &[String]) -> Option<Vec<String>> {
    let mut base = module.to_vec();
    let mut rest = parts.iter();
    let first = rest.next()?;
    match first.as_str() {
        "crate" | "jixiao" => base.clear(),
        "self" => {}
        "super" => drop(base.pop()),
        "core" | "alloc" | "std" => return None,
        // A module within this file's folder, or another crate: `Tree::file` tells.
        name => base.push(name.to_owned()),
    }
    for part in rest {
        match part.as_str() {
            "super" => drop(base.pop()),
            "self" => {}
            _ => base.push(part.clone()),
        }
    }
    Some(base)
}

struct Tree {
    files: BTreeMap<Vec<String>, Source>,
}

impl Tree {
    fn read() -> Tree {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        Tree { files: sources(&folder).into_iter().map(|source| (source.module.clone(), source)).collect() }
    }

    /// The file that a path leads to, through what modules hand on.
    fn file(&self, path: &[String], depth: u8) -> Option<&[String]> {
        let (module, source) = (0..=path.len()).rev().find_map(|length| self.files.get_key_value(&path[..length]))?;
        let own = (!module.is_empty()).then_some(module.as_slice());
        let Some(name) = path.get(module.len()).filter(|_| depth > 0) else { return own };
        let exact = source.hands_on.iter().find(|(known, to)| known == name && to.as_slice() != path);
        if let Some((_, to)) = exact {
            return self.file(to, depth - 1).or(own);
        }
        // Where everything is handed on, it is where it is declared.
        let all = source.hands_on.iter().filter(|(known, _)| known == "*").map(|(_, to)| &to[..to.len() - 1]);
        let declared = all.into_iter().find(|module| self.declares(module, name));
        declared.and_then(|module| self.files.get_key_value(module)).map(|(module, _)| module.as_slice()).or(own)
    }

    fn declares(&self, module: &[String], name: &str) -> bool {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(module.join("/")).with_extension("rs");
        let text = fs::read_to_string(path).unwrap_or_default();
        ["struct ", "enum ", "type ", "fn ", "trait ", "const "].iter().any(|word| {
            text.match_indices(&format!("pub {word}{name}"))
                .any(|(at, found)| !text[at + found.len()..].starts_with(|char: char| char.is_alphanumeric() || char == '_'))
        })
    }

    /// For each file those it imports, without itself.
    fn arrows(&self) -> BTreeMap<&[String], BTreeSet<&[String]>> {
        let to = |source: &'_ Source| -> BTreeSet<&[String]> {
            let files = source.imports.iter().filter_map(|path| self.file(path, 4));
            files.filter(|file| **file != *source.module).collect()
        };
        self.files.values().map(|source| (source.module.as_slice(), to(source))).collect()
    }
}

fn rank(layers: &[&[&str]], room: &str) -> usize {
    layers.iter().position(|layer| layer.contains(&room)).unwrap_or_else(|| panic!("{room} stands in no layer"))
}

/// Imports that lead upwards, or to another room of the same layer.
fn upwards(layers: &[&[&str]], arrows: &BTreeMap<&[String], BTreeSet<&[String]>>) -> Vec<String> {
    let mut found = Vec::new();
    for (from, all) in arrows.iter().filter(|(from, _)| !from.is_empty()) {
        for to in all {
            let (own, other) = (rank(layers, &from[0]), rank(layers, &to[0]));
            if from[0] != to[0] && other >= own && own < layers.len() - 1 {
                found.push(format!("{} imports {}", from.join("/"), to.join("/")));
            }
        }
    }
    found
}

/// Pairs of files that reach each other, where neither is the other's parent.
fn circles(arrows: &BTreeMap<&[String], BTreeSet<&[String]>>) -> Vec<String> {
    // A module and what it is made of are one thing seen from outside and inside, so an arrow between them is left out.
    let family = |a: &[String], b: &[String]| a.starts_with(b) || b.starts_with(a);
    let mut reach: BTreeMap<&[String], BTreeSet<&[String]>> = BTreeMap::new();
    for from in arrows.keys() {
        let (mut seen, mut next) = (BTreeSet::new(), vec![*from]);
        while let Some(at) = next.pop() {
            for to in arrows.get(at).into_iter().flatten() {
                if !family(at, to) && seen.insert(*to) {
                    next.push(to);
                }
            }
        }
        reach.insert(from, seen);
    }
    let mut found = Vec::new();
    for (from, all) in &reach {
        for to in all.iter().filter(|to| from < *to && reach.get(**to).is_some_and(|back| back.contains(from))) {
            found.push(format!("{} and {} reach each other", from.join("/"), to.join("/")));
        }
    }
    found
}

#[test]
fn imports_go_downwards_only() {
    let tree = Tree::read();
    let found = upwards(LAYERS, &tree.arrows());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_files_import_each_other() {
    let tree = Tree::read();
    let found = circles(&tree.arrows());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The two tests above see what they are to see: a room moved to the wrong place, and a circle.
#[test]
fn a_broken_order_is_noticed() {
    let tree = Tree::read();
    let arrows = tree.arrows();
    assert!(arrows.values().map(BTreeSet::len).sum::<usize>() > 400, "imports are read");
    let mut turned: Vec<&[&str]> = LAYERS.to_vec();
    turned.reverse();
    assert!(upwards(&turned, &arrows).len() > 100);
    for (one, other) in [("number", "document"), ("template", "engine"), ("engine", "wording"), ("wording", "report")] {
        let swap = |name: &&'static str| {
            if *name == one {
                other
            } else if *name == other {
                one
            } else {
                *name
            }
        };
        let swapped: Vec<Vec<&str>> = LAYERS.iter().map(|layer| layer.iter().map(swap).collect()).collect();
        let swapped: Vec<&[&str]> = swapped.iter().map(Vec::as_slice).collect();
        assert!(!upwards(&swapped, &arrows).is_empty(), "{one} above {other} is noticed");
    }
    let (a, b): (Vec<String>, Vec<String>) = (vec!["engine".into(), "calc".into()], vec!["engine".into(), "total".into()]);
    let mut circle = arrows.clone();
    circle.entry(a.as_slice()).or_default().insert(&b);
    assert!(!circles(&circle).is_empty(), "a circle of two files is noticed");
}

#[test]
fn the_order_is_the_one_that_is_documented() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap();
    let section = text.split("## Layers").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("a section on layers");
    let mut from = 0;
    // The document shows them from the top down.
    for layer in LAYERS.iter().rev() {
        for room in *layer {
            assert!(section.contains(&format!("`{room}`")), "ARCHITECTURE.md shows {room}");
        }
        let at = layer.iter().filter_map(|room| section.find(&format!("`{room}`"))).min().unwrap();
        assert!(at >= from, "ARCHITECTURE.md shows {layer:?} in its place");
        from = at;
    }
}
