//! Packs `templates/` and `examples/` into one compact JSON text for the library, so that the page carries no TOML parser.

use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=examples");
    let mut packed = Map::new();
    packed.insert("sources".into(), read_toml(Path::new("templates/sources.toml")));
    packed.insert("forms".into(), with_bases(read_all("templates/forms")).into());
    let profiles = read_all("templates/profiles");
    let mut rates = read_toml(Path::new("templates/rates.toml"));
    packed.insert("rules".into(), rules_of(&mut rates, &profiles).into());
    packed.insert("rates".into(), rates);
    packed.insert("profiles".into(), with_bases(profiles).into());
    packed.insert("outlines".into(), read_all("templates/outlines").into());
    packed.insert("examples".into(), read_all("examples").into());
    // What recognising needs: the module that reads files for the page carries nothing else.
    let (mut forms, mut sources) = (packed["forms"].clone(), packed["sources"].clone());
    without_checks(&mut forms);
    for source in sources["source"].as_array_mut().into_iter().flatten() {
        *source = serde_json::json!({ "id": source["id"], "title": source["id"] });
    }
    let forms = serde_json::json!({ "forms": forms, "sources": sources });
    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("forms.json"), forms.to_string()).expect("OUT_DIR can be written");
    fs::write(out.join("templates.json"), Value::Object(packed).to_string()).expect("OUT_DIR can be written");
    // Beside the rest: the cells that forms share, wherever they come from, and the words by which tables are recognised, which only the
    // recogniser needs.
    for apart in ["report", "signature", "columns", "labels"] {
        let file = read_toml(&Path::new("templates").join(apart).with_extension("toml"));
        fs::write(out.join(apart).with_extension("json"), file.to_string()).expect("OUT_DIR can be written");
    }
    // Words are looked for with every key, so they come as sorted tables and not as text to be read.
    fs::write(out.join("words.rs"), words(&read_toml(Path::new("templates/words.toml")))).expect("OUT_DIR can be written");
    fs::write(out.join("tabular.rs"), tabular(&read_toml(Path::new("templates/tabular.toml")))).expect("OUT_DIR can be written");
    fs::write(out.join("disclosure.rs"), disclosure(&read_toml(Path::new("templates/disclosure.toml"))))
        .expect("OUT_DIR can be written");
    #[cfg(feature = "office")]
    gb18030::write(&out);
}

/// Takes out what only computing and drawing ask for.
fn without_checks(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(without_checks),
        Value::Object(map) => {
            map.retain(|key, _| !matches!(key.as_str(), "check" | "chart"));
            map.values_mut().for_each(without_checks);
        }
        _ => {}
    }
}

/// `templates/disclosure.toml` as Rust: what a program does not name, its linker drops.
fn disclosure(file: &Value) -> String {
    let mut code = String::new();
    let entries = |key: &str| file[key].as_array().cloned().unwrap_or_default();
    for (key, name) in [("fund", "FUNDS"), ("measure", "MEASURES"), ("phase", "PHASES")] {
        code.push_str(&format!("pub(super) static {name}: &[Named] = &[\n"));
        for entry in entries(key) {
            code.push_str(&format!("Named {{ id: {}, name: {}, words: &{} }},\n", entry["id"], entry["name"], entry["words"]));
        }
        code.push_str("];\n");
    }
    code.push_str("pub(super) static TABLES: &[TableKind] = &[\n");
    let empty = Value::Array(Vec::new());
    for entry in entries("table") {
        let shape = entry["shape"].as_str().expect("a shape");
        let shape = shape[..1].to_uppercase() + &shape[1..];
        code.push_str(&format!(
            "TableKind {{ id: {}, name: {}, words: &{}, shape: Shape::{shape}, fund: {}, measure: {}, columns: &{}, right: &{} }},\n",
            entry["id"],
            entry["name"],
            entry["words"],
            entry["fund"],
            entry["measure"],
            entry["columns"],
            entry.get("right").unwrap_or(&empty),
        ));
    }
    code.push_str("];\n");
    code.push_str("pub(super) static SUMS: &[Parts] = &[\n");
    for entry in entries("sum") {
        code.push_str(&format!(
            "Parts {{ name: {}, source: {}, whole: {}, parts: &{}, measures: &[], all: {} }},\n",
            entry["name"], entry["source"], entry["whole"], entry["parts"], entry["all"]
        ));
    }
    code.push_str("];\n");
    for (key, name) in [("funds", "FUND_SUMS"), ("likely", "LIKELY_SUMS")] {
        code.push_str(&format!("pub(super) static {name}: &[Parts] = &[\n"));
        for entry in entries(key) {
            code.push_str(&format!(
                "Parts {{ name: {}, source: {}, whole: {}, parts: &{}, measures: &{}, all: false }},\n",
                entry["name"], entry["source"], entry["whole"], entry["parts"], entry["measures"]
            ));
        }
        code.push_str("];\n");
    }
    for (key, name) in [("functions", "FUNCTIONS"), ("economic", "ECONOMIC")] {
        code.push_str(&format!("pub(super) static {name}: &[(&str, &[&str])] = &[\n"));
        for (class, words) in file[key].as_object().into_iter().flatten() {
            code.push_str(&format!("({class:?}, &{words}),\n"));
        }
        code.push_str("];\n");
    }
    for (key, list) in file["words"].as_object().into_iter().flatten() {
        code.push_str(&format!("pub(super) static {}: &[&str] = &{list};\n", key.to_uppercase()));
    }
    code
}

/// `templates/tabular.toml` as Rust: a list for each key, the classes in their order, and what is made of two of them.
fn tabular(file: &Value) -> String {
    let mut code = String::new();
    for (key, list) in file.as_object().into_iter().flatten().filter(|(_, list)| list[0].is_string()) {
        let name = key.to_uppercase().replace('-', "_");
        code.push_str(&format!("pub(super) static {name}: &[&str] = &{};\n", list));
    }
    let class = |name: &str| format!("Class::{}", name[..1].to_uppercase() + &name[1..]);
    let classes = |list: &Value| -> String {
        let names = list.as_array().into_iter().flatten().map(|name| class(name.as_str().expect("a class")));
        names.collect::<Vec<_>>().join(", ")
    };
    code.push_str("static CLASSES: &[(Class, &[&str])] = &[\n");
    for (name, words) in file["class"].as_object().into_iter().flatten() {
        code.push_str(&format!("({}, &{words}),\n", class(name)));
    }
    code.push_str("];\n");
    for (key, first, second) in [("rates", "of", "over"), ("balances", "plus", "less")] {
        code.push_str(&format!("pub(super) static {}: &[Pairing] = &[\n", key.to_uppercase()));
        for entry in file[key].as_array().into_iter().flatten() {
            let (first, second) = (classes(&entry[first]), classes(&entry[second]));
            code.push_str(&format!("Pairing {{ words: &{}, first: &[{first}], second: &[{second}] }},\n", entry["words"]));
        }
        code.push_str("];\n");
    }
    code
}

/// `templates/words.toml` as Rust: the aspects in their order, and the senses by the first character of their words, longer words first.
fn words(file: &Value) -> String {
    let strings = |list: &Value| -> Vec<String> {
        list.as_array().into_iter().flatten().map(|word| word.as_str().expect("words are texts").to_owned()).collect()
    };
    let mut code = String::new();
    for (key, name) in [("level", "LEVELS"), ("name", "NAMES")] {
        // By their first characters, as names are looked through, each with its place in the file: of several words the first one counts.
        let mut words: BTreeMap<char, Vec<String>> = BTreeMap::new();
        let mut rank = 0_u16;
        for entry in file[key].as_array().into_iter().flatten() {
            let aspect = entry["aspect"].as_str().expect("an aspect");
            let aspect = aspect[..1].to_uppercase() + &aspect[1..];
            for word in strings(&entry["words"]) {
                let first = word.chars().next().expect("no word is empty");
                words.entry(first).or_default().push(format!("({rank}, {word:?}, Aspect::{aspect}),\n"));
                rank += 1;
            }
        }
        code.push_str(&format!("static {name}: &ByFirst = &[\n"));
        words.iter().for_each(|(first, words)| code.push_str(&format!("({first:?}, &[\n{}]),\n", words.concat())));
        code.push_str("];\n");
    }
    code.push_str(&format!("static NOTHING: &[&str] = &{:?};\n", strings(&file["nothing"])));
    let mut senses: BTreeMap<char, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for (sense, list) in file["senses"].as_object().into_iter().flatten() {
        for word in strings(list) {
            let first = word.chars().next().expect("no word is empty");
            let sense = format!("Senses::{}", sense.to_uppercase().replace('-', "_"));
            senses.entry(first).or_default().entry(word).or_default().push(sense);
        }
    }
    code.push_str("static SENSES: &[(char, &[(&str, Senses)])] = &[\n");
    for (first, words) in senses {
        code.push_str(&format!("({first:?}, &[\n"));
        // A word stands behind those that it is the beginning of.
        for (word, senses) in words.iter().rev() {
            code.push_str(&format!("({word:?}, {}),\n", senses.join(".and(") + &")".repeat(senses.len() - 1)));
        }
        code.push_str("]),\n");
    }
    code.push_str("];\n");
    code
}

/// The table of GB18030 as differences from one character to the next, which is a third of its size; the reader of text files unpacks
/// it when it meets such a file.
#[cfg(feature = "office")]
mod gb18030 {
    use std::path::Path;

    pub fn write(out: &Path) {
        let mut pairs = Vec::new();
        let mut before = 0;
        for lead in 0x81..=0xfe_u8 {
            for trail in (0x40..=0x7e).chain(0x80..=0xfe_u8) {
                let code = decode(&[lead, trail]);
                number(&mut pairs, code - before);
                before = code;
            }
        }
        std::fs::write(out.join("gb18030-pairs.bin"), pairs).expect("OUT_DIR can be written");
        // Sequences of four bytes are runs of characters one after the other.
        let mut runs = Vec::new();
        let mut next = (0, -1);
        for place in 0..39_420_u32 {
            let part = |value: u32| u8::try_from(value).expect("a byte");
            let bytes = [
                part(0x81 + place / 12_600),
                part(0x30 + place / 1_260 % 10),
                part(0x81 + place / 10 % 126),
                part(0x30 + place % 10),
            ];
            let code = decode(&bytes);
            if code != next.1 {
                number(&mut runs, i32::try_from(place).expect("small") - next.0);
                number(&mut runs, code - next.1);
                next.0 = i32::try_from(place).expect("small");
            }
            next.1 = code + 1;
        }
        std::fs::write(out.join("gb18030-runs.bin"), runs).expect("OUT_DIR can be written");
    }

    fn decode(bytes: &[u8]) -> i32 {
        let (text, _) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
        let mut letters = text.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => letter as i32,
            _ => 0xfffd,
        }
    }

    /// A signed number in groups of seven bits, the lowest first.
    fn number(out: &mut Vec<u8>, value: i32) {
        let mut rest = ((value << 1) ^ (value >> 31)) as u32;
        while rest >= 0x80 {
            out.push((rest & 0x7f | 0x80) as u8);
            rest >>= 7;
        }
        out.push(rest as u8);
    }
}

fn read_toml(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    // An editor on Windows may put a mark before the text.
    toml::from_str(text.trim_start_matches('\u{feff}')).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every TOML file of a folder, in the `order` that it names; that key ends here.
fn read_all(folder: &str) -> Vec<Value> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    let mut files: Vec<Value> = paths.iter().map(|path| read_toml(path)).collect();
    files.sort_by_key(|file| file["order"].as_u64().unwrap_or(u64::MAX));
    for file in &mut files {
        if let Some(file) = file.as_object_mut() {
            file.remove("order");
        }
    }
    files
}

/// A file with `base = "id"` is that other file with its own keys laid over: the `[[table]]`s of a form are matched by `id`,
/// any other list is replaced, and `false` takes a key away.
fn with_bases(files: Vec<Value>) -> Vec<Value> {
    files.iter().map(|file| with_base(file, &files)).collect()
}

/// The rules that only the rate calculator has, laid over profiles.
fn rules_of(rates: &mut Value, profiles: &[Value]) -> Vec<Value> {
    let own = rates.as_object_mut().and_then(|file| file.remove("rules"));
    let own = own.and_then(|list| list.as_array().cloned()).unwrap_or_default();
    own.iter().map(|rules| with_base(rules, profiles)).collect()
}

fn with_base(file: &Value, files: &[Value]) -> Value {
    let mut file = file.clone();
    let Some(base) = file.as_object_mut().and_then(|map| map.remove("base")) else { return file };
    let found = files.iter().find(|other| other["id"] == base).unwrap_or_else(|| panic!("no file has the id {base}"));
    let mut merged = with_base(found, files);
    lay_over(&mut merged, file);
    merged
}

fn lay_over(base: &mut Value, over: Value) {
    let (Some(base), Value::Object(over)) = (base.as_object_mut(), over) else { return };
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(Value::Array(old)), Value::Array(new)) if key == "table" => {
                for table in new {
                    match old.iter_mut().find(|known| known["id"] == table["id"]) {
                        Some(known) => lay_over(known, table),
                        None => old.push(table),
                    }
                }
            }
            (Some(old @ Value::Object(_)), new @ Value::Object(_)) => lay_over(old, new),
            (Some(_), Value::Bool(false)) if key == "execution" => {
                base.remove(&key);
            }
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}
