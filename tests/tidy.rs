//! Rules of this code base that no compiler knows.

mod support;

use jixiao::finding::Code;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|known| known == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_check_is_documented_and_hit_by_a_case() {
    let docs = text(&root().join("docs/checks.md"));
    let cases: String =
        files("tests/cases", "toml").iter().chain(&files("tests/checks", "toml")).map(|path| text(path)).collect();
    for code in Code::ALL {
        assert!(docs.contains(&format!("| {} |", code.id())), "docs/checks.md lacks {}", code.id());
        assert!(cases.contains(&format!(" {} ", code.id())), "no case expects {}", code.id());
        let title = format!("| {} | {} |", code.id(), jixiao::wording::code(code));
        assert!(docs.contains(&title), "docs/checks.md names {} otherwise: {title}", code.id());
    }
}

#[test]
fn every_relation_of_tables_is_documented() {
    let docs = text(&root().join("docs/tables.md"));
    for relation in jixiao::tabular::Relation::ALL {
        let title = format!("| {} | {} |", relation.id(), jixiao::wording::tabular::relation(relation));
        assert!(docs.contains(&title), "docs/tables.md lacks {title}");
    }
}

#[test]
fn sentences_stand_in_one_place() {
    let allowed = ["src/wording", "src/page/text", "src/command", "src/number/"];
    let mut strays = Vec::new();
    for path in files("src", "rs") {
        let name = name(&path);
        if allowed.iter().any(|allowed| name.starts_with(allowed)) {
            continue;
        }
        for (number, line) in text(&path).lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let literals = code.split('"').skip(1).step_by(2);
            if literals.into_iter().any(|literal| literal.contains(['。', '，', '；', '！'])) {
                strays.push(format!("{name}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    // Signs that are taken off a text are no sentences.
    strays.retain(|stray| !stray.contains("trim_end_matches") && !stray.contains("contains(*char)"));
    assert!(strays.is_empty(), "Chinese sentences belong in src/wording or src/page/text:\n{}", strays.join("\n"));
}

#[test]
fn one_thing_has_one_word() {
    #[derive(serde::Deserialize)]
    struct Term {
        never: String,
        say: String,
        /// Where others are quoted.
        #[serde(default)]
        but: Vec<String>,
    }
    let terms: BTreeMap<String, Vec<Term>> =
        toml::from_str(&text(&root().join("tests/terms.toml"))).expect("the list can be read");
    let mut said = ["src/wording.rs", "src/page/text.rs", "src/command/help.txt", "index.html", "start.js"]
        .map(|name| root().join(name))
        .to_vec();
    for (folder, ending) in [("src/wording", "rs"), ("src/page/text", "rs"), ("src/command", "rs"), ("templates", "toml")] {
        said.extend(files(folder, ending));
    }
    let mut strays = Vec::new();
    for path in said {
        let name = name(&path);
        for (number, line) in text(&path).lines().enumerate() {
            let line = line.split("//").next().unwrap_or_default();
            let line = if name.ends_with(".toml") && line.trim_start().starts_with('#') { "" } else { line };
            for term in terms["term"].iter().filter(|term| line.contains(&term.never) && !term.but.contains(&name)) {
                // Code is no sentence.
                if !name.ends_with(".rs") || line.contains('"') && !term.never.is_ascii() {
                    strays.push(format!("{name}:{}: {} → {}", number + 1, term.never, term.say));
                }
            }
        }
    }
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}

#[test]
fn only_one_folder_knows_the_browser() {
    for path in files("src", "rs") {
        let name = name(&path);
        if name.starts_with("src/page/browser") || name == "src/js_api.rs" {
            continue;
        }
        let text = text(&path);
        for word in ["web_sys::", "js_sys::", "gloo::", "JsValue"] {
            assert!(!text.contains(word), "{name} names {word}");
        }
    }
}

#[test]
fn the_core_has_no_floats() {
    for path in files("src", "rs") {
        let name = name(&path);
        // The numbers of a spreadsheet are floats, and its writer asks for them; so are the places that the library for PDF hands over.
        let measured = name == "src/office/pdf/page.rs";
        if name.starts_with("src/page") || name.starts_with("src/writer") || name == "src/js_api.rs" || measured {
            continue;
        }
        for (number, line) in text(&path).lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            assert!(!code.contains("f64") && !code.contains("f32"), "{name}:{}: {line}", number + 1);
        }
    }
}

/// Each sort of the standard library is 4 KB of wasm, and so is each map that is collected (`order`).
#[test]
fn things_are_put_in_order_in_one_way() {
    let mut strays = Vec::new();
    for path in files("src", "rs") {
        let name = name(&path);
        if name == "src/order.rs" || name.starts_with("src/command") || name.contains("/tests") {
            continue;
        }
        let text = text(&path);
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let is_sort = |line: &str| line.contains(".sort_") || line.contains(".sort(");
        let is_collected = |line: &str| line.contains("BTree") && (line.contains("collect()") || line.contains("::from("));
        strays.extend(code.lines().filter(|line| is_sort(line) || is_collected(line)).map(|line| format!("{name}: {line}")));
    }
    assert!(strays.is_empty(), "use InOrder and Gather:\n{}", strays.join("\n"));
}

#[test]
fn files_stay_short_enough_to_be_read() {
    for path in files("src", "rs").into_iter().chain(files("xtask", "rs")).chain(files("tests", "rs")) {
        let lines = text(&path).lines().count();
        assert!(lines <= 450, "{} has {lines} lines", name(&path));
    }
}

#[test]
fn no_rule_of_one_document_is_in_code() {
    for path in files("src", "rs") {
        let text: String = text(&path).lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
        for word in ["益阳", "和平", "眉山", "yiyang", "heping", "meishan", "national-2020"] {
            assert!(!text.contains(word), "{} names {word}", name(&path));
        }
    }
}
