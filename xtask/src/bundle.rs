//! The finished page in its two forms, a folder to host and one file to keep and to open from disk; and beside it the engine.

use crate::floor;
use crate::glue;
use crate::index::{Part, assemble};
use crate::lean;
use crate::notices;
use crate::parts::{self, Parts};
use crate::policy::{self, Origin};
use crate::sizes;
use crate::wasm::{self, Module, Profile, Program};
use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

pub const FOLDER: &str = "dist";
const SAVED: &str = "jixiao.html";
const REST: &str = include_str!("rest.js");
const KEEP: &str = include_str!("keep.js");
const WORKER: &str = include_str!("worker.js");
/// Beside index.html, the one name that must not change from version to version.
const WORKER_FILE: &str = "worker.js";

/// The compiled page, and what it loads when files are read or written.
pub struct Page {
    /// The whole program, with the names of its functions.
    program: Module,
    /// How a host gives it out.
    hosted: Hosted,
    modules: Vec<(Program, Module)>,
    /// What all of it is made of, to be read when someone asks.
    notices: String,
}

/// How a host gives the program out.
enum Hosted {
    Whole,
    /// What starts it first.
    InParts,
    /// Noting which of its functions are called.
    Recording,
}

impl Page {
    pub fn build(profile: Profile) -> Result<Page> {
        let build = |program| -> Result<Module> {
            let module = wasm::build(program, profile)?;
            Ok(Module { glue: lean::script(&module.glue), ..module })
        };
        let modules = [Program::Office, Program::Tables, Program::Whole, Program::Writer];
        let modules = modules.into_iter().map(|program| Ok((program, build(program)?))).collect::<Result<_>>()?;
        let hosted = match profile {
            Profile::Quick => Hosted::Whole,
            Profile::Release => Hosted::InParts,
        };
        Ok(Page { program: build(Program::Page)?, hosted, modules, notices: notices::text()? })
    }

    fn module(&self, name: &str) -> Result<&Module> {
        let found = self.modules.iter().find(|(program, _)| program.name() == name);
        found.map(|(_, module)| module).with_context(|| format!("index.html asks for {name}, which is not built"))
    }
}

/// The script of a module as a function that a page may call as often as it needs a new instance.
fn function(module: &Module) -> String {
    format!("function () {{\n{}\nreturn wasm_bindgen;\n}}", module.glue)
}

pub fn run() -> Result<()> {
    let folder = Path::new(FOLDER);
    let page = Page::build(Profile::Release)?;
    write_page(&page, folder)?;
    let engine = folder.join("engine");
    write_engine(&wasm::build(Program::JavaScript, Profile::Release)?, &engine)?;
    fs::write(engine.join(notices::FILE), &page.notices)?;
    sizes::print(folder)?;
    sizes::print(&engine)?;
    sizes::totals(folder)
}

/// The page alone, built in seconds and some megabytes large: for trying out a change in a browser.
pub fn quick() -> Result<()> {
    write_page(&Page::build(Profile::Quick)?, Path::new(FOLDER))
}

/// The page to be recorded, with the names that `cargo run -p browser-tests --bin record` looks its numbers up in.
pub fn recording() -> Result<()> {
    let page = Page { hosted: Hosted::Recording, ..Page::build(Profile::Release)? };
    let folder = Path::new(FOLDER);
    write_hosted(&page, folder)?;
    Ok(fs::write(folder.join("functions.txt"), parts::names(&page.program.wasm)?.join("\n"))?)
}

fn write_page(page: &Page, folder: &Path) -> Result<()> {
    write_hosted(page, folder)?;
    Ok(fs::write(folder.join(SAVED), saved(page)?)?)
}

/// Writes index.html and what it loads. The names change with the content, so that a host may let browsers keep the
/// files for as long as they like.
pub fn write_hosted(page: &Page, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let mut files = Vec::new();
    let mut add = |kind: &str, extension: &str, content: &[u8]| {
        let name = format!("{kind}-{}.{extension}", fingerprint(content, 4));
        files.push((name.clone(), content.to_owned()));
        name
    };
    // One file for all styles: it is packed better than many, and asked for once.
    let mut styles = String::new();
    assemble(|part| {
        if let Part::Style(css) = part {
            styles += css;
        }
        Ok(String::new())
    })?;
    let mut styles = Some(styles);
    let html = assemble(|part| {
        Ok(match part {
            Part::Program => {
                let Module { glue, wasm, .. } = &page.program;
                let (script, wasm) = match page.hosted {
                    Hosted::Whole => (glue.clone(), parts::without_names(wasm)?),
                    Hosted::InParts => {
                        let Parts { first, rest } = parts::split(wasm, &parts::recorded())?;
                        (glue::in_parts(glue, &lean::script(REST), &add("rest", "wasm", &rest))?, first)
                    }
                    Hosted::Recording => (glue::recording(glue)?, parts::recording(wasm)?),
                };
                let (glue, wasm) = (add("page", "js", script.as_bytes()), add("page", "wasm", &wasm));
                let integrity = policy::integrity(script.as_bytes());
                format!(
                    r#"<link rel="modulepreload" href="./{glue}" integrity="{integrity}">
    <link rel="preload" as="fetch" type="application/wasm" href="./{wasm}" crossorigin>
    <script type="module">import init from "./{glue}"; pageStarts(init({{ module_or_path: "./{wasm}" }}));</script>"#
                )
            }
            Part::Module(name) => {
                let module = page.module(name)?;
                let script = add(name, "js", format!("pageOffice.{name} = {};\n", function(module)).as_bytes());
                let wasm = add(name, "wasm", &module.wasm);
                let beside = format!(r#"pageOffice.beside("{name}", "./{script}", "./{wasm}")"#);
                inline(&format!("pageOffice.find.{name} = function () {{ return {beside}; }};"))
            }
            Part::Style(_) => styles.take().map_or_else(String::new, |css| {
                let (name, integrity) = (add("page", "css", css.as_bytes()), policy::integrity(css.as_bytes()));
                format!(r#"<link rel="stylesheet" href="./{name}" integrity="{integrity}">"#)
            }),
            Part::Script(script) => inline(script),
        })
    })?;
    let notices = add("notices", "txt", page.notices.as_bytes());
    let fetched = format!("fetch(\"./{notices}\").then(function (file) {{ return file.ok ? file.text() : Promise.reject(); }})");
    let html = before_end(&html, &inline(&format!("pageOffice.find.notices = function () {{ return {fetched}; }};")))?;
    // The page in one file lies beside it; one of another version is none.
    let halves = format!(
        r#"fetch("./{SAVED}").then(function (file) {{ return file.ok ? file.text() : ""; }}).then(function (text) {{
var begin = '<' + '{}', at = text.lastIndexOf(begin) + begin.length;
return at < begin.length ? Promise.reject() : [text.slice(0, at), text.slice(text.indexOf("</script", at))];
}})"#,
        // Not as a whole, or it would begin an element here.
        carried(page).trim_start_matches('<')
    );
    let html = before_end(&html, &inline(&format!("pageOffice.find.page = function () {{ return {halves}; }};")))?;
    let manifest = add("manifest", "json", manifest().as_bytes());
    let html = html.replacen("</head>", &format!("  <link rel=\"manifest\" href=\"./{manifest}\">\n  </head>"), 1);
    let html = before_end(&html, &inline(&format!("pageOffice.stay(\"./{WORKER_FILE}\");")))?;
    let html = policy::add(&html, &Origin::Host)?;
    let names: Vec<&String> = files.iter().map(|(name, _)| name).collect();
    fs::write(folder.join(WORKER_FILE), worker(&html, &names))?;
    for (name, content) in files {
        fs::write(folder.join(name), content)?;
    }
    Ok(fs::write(folder.join("index.html"), html)?)
}

/// What keeps the parts of this version for when there is no network.
fn worker(index: &str, names: &[&String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("\"./{name}\"")).collect();
    lean::script(WORKER).replace("INDEX_HASH", &fingerprint(index.as_bytes(), 8)).replace("PART_NAMES", &names.join(", "))
}

/// How the page is called and looks where it is installed.
fn manifest() -> String {
    let icon = STANDARD.encode(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 96 96'><rect width='96' height='96' fill='#1f5f9e'/>\
         <path d='M20 22h56v52H20zM20 38h56M20 56h56M44 38v36' fill='none' stroke='#fff' stroke-width='5'/></svg>",
    );
    format!(
        r##"{{"name": "绩效自评", "short_name": "绩效自评", "lang": "zh-CN", "start_url": "./", "scope": "./", "display": "standalone", "background_color": "#ffffff", "theme_color": "#1f5f9e", "icons": [{{"src": "data:image/svg+xml;base64,{icon}", "sizes": "any", "type": "image/svg+xml"}}]}}"##
    )
}

/// The engine under plain names, for other programs (docs/javascript.md).
fn write_engine(module: &Module, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("jixiao.js"), &module.glue)?;
    fs::write(folder.join("jixiao.d.ts"), &module.types)?;
    fs::write(folder.join("jixiao_bg.wasm"), &module.wasm)?;
    Ok(())
}

/// The page as one file. The program comes last, so that what stands in index.html is seen before it has been read.
fn saved(page: &Page) -> Result<String> {
    let html = assemble(|part| {
        Ok(match part {
            Part::Program | Part::Module(_) => String::new(),
            Part::Style(css) => format!("<style>\n{css}</style>"),
            Part::Script(script) => inline(script),
        })
    })?;
    // Plain base64, since Chromium before 80 has no DecompressionStream.
    let module = &page.program;
    let program = format!(
        r#"<script type="module">
{}
const text = atob("{}");
const bytes = new Uint8Array(text.length);
for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
pageStarts(__wbg_init({{ module_or_path: bytes }}));
</script>
"#,
        within_script(&module.glue),
        STANDARD.encode(parts::without_names(&module.wasm)?)
    );
    // Data, which no browser runs, and which nobody unpacks before a file comes or goes.
    let module = |(program, module): &(Program, Module)| {
        let name = program.name();
        let found = format!("pageOffice.inside({}, \"{name}-wasm\")", function(module));
        let script = inline(&format!("pageOffice.find.{name} = function () {{ return {found}; }};"));
        format!("{script}\n<script type=\"text/plain\" id=\"{name}-wasm\">{}</script>\n", STANDARD.encode(&module.wasm))
    };
    let modules: String = page.modules.iter().map(module).collect();
    let found = "Promise.resolve(document.getElementById(\"notices-text\").textContent)";
    let script = inline(&format!("pageOffice.find.notices = function () {{ return {found}; }};"));
    let text = within_script(&page.notices);
    let notices = format!("{script}\n<script type=\"text/plain\" id=\"notices-text\">{text}</script>\n");
    // What the page carries of projects, and last the script that writes the page anew with others.
    let carries = format!("{}</script>\n", carried(page));
    floor::script(KEEP)?;
    let keep = inline(&lean::script(KEEP));
    policy::add(&before_end(&html, &[program, modules, notices, carries, keep].concat())?, &Origin::File)
}

/// How the element begins that carries data: it names the program that they are for.
fn carried(page: &Page) -> String {
    let program = fingerprint(&page.program.wasm, 4);
    format!(r#"<script type="application/json" id="carried" data-program="{program}">"#)
}

/// The first bytes of a content's hash, as a name can hold them.
fn fingerprint(content: &[u8], bytes: usize) -> String {
    Sha256::digest(content).iter().take(bytes).map(|byte| format!("{byte:02x}")).collect()
}

/// The page with something more at its end.
fn before_end(html: &str, more: &str) -> Result<String> {
    let end = html.rfind("</body>").context("index.html has no </body>")?;
    Ok([&html[..end], more, &html[end..]].concat())
}

fn inline(script: &str) -> String {
    format!("<script>\n{}</script>", within_script(script))
}

/// A script that may stand in a page: in its strings, nothing ends the element that holds it.
fn within_script(script: &str) -> String {
    script.replace("</script", r"<\/script").replace("<!--", r"<\!--")
}
