//! The finished page in its two forms, a folder to host and one file to keep and to open from disk; and beside it the engine.

use crate::index::{Part, assemble};
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

pub fn run() -> Result<()> {
    let module = wasm::build(Program::Page, Profile::Release)?;
    let folder = Path::new(FOLDER);
    write_hosted(&module, folder)?;
    fs::write(folder.join(SAVED), saved(&module)?)?;
    let engine = folder.join("engine");
    write_engine(&wasm::build(Program::JavaScript, Profile::Release)?, &engine)?;
    sizes::print(folder)?;
    sizes::print(&engine)
}

/// Writes index.html and what it loads. The names change with the content, so that a host may let browsers keep the
/// files for as long as they like.
pub fn write_hosted(module: &Module, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let mut files = Vec::new();
    let mut add = |extension: &str, content: &[u8]| {
        let hash = Sha256::digest(content);
        let name = format!("page-{:02x}{:02x}{:02x}{:02x}.{extension}", hash[0], hash[1], hash[2], hash[3]);
        files.push((name.clone(), content.to_owned()));
        name
    };
    let html = assemble(|part| match part {
        Part::Program => {
            let (glue, wasm) = (add("js", module.glue.as_bytes()), add("wasm", &module.wasm));
            let integrity = policy::integrity(module.glue.as_bytes());
            format!(
                r#"<link rel="modulepreload" href="./{glue}" integrity="{integrity}">
    <link rel="preload" as="fetch" type="application/wasm" href="./{wasm}" crossorigin>
    <script type="module">import init from "./{glue}"; pageStarts(init({{ module_or_path: "./{wasm}" }}));</script>"#
            )
        }
        Part::Style(css) => format!(
            r#"<link rel="stylesheet" href="./{}" integrity="{}">"#,
            add("css", css.as_bytes()),
            policy::integrity(css.as_bytes())
        ),
        Part::Script(script) => inline(script),
    })?;
    for (name, content) in files {
        fs::write(folder.join(name), content)?;
    }
    fs::write(folder.join("index.html"), policy::add(&html, &Origin::Host)?)?;
    Ok(())
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
fn saved(module: &Module) -> Result<String> {
    let html = assemble(|part| match part {
        Part::Program => String::new(),
        Part::Style(css) => format!("<style>\n{css}</style>"),
        Part::Script(script) => inline(script),
    })?;
    // Plain base64, since Chromium before 80 has no DecompressionStream.
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
        STANDARD.encode(&module.wasm)
    );
    let end = html.rfind("</body>").context("index.html has no </body>")?;
    policy::add(&[&html[..end], &program, &html[end..]].concat(), &Origin::File)
}

fn inline(script: &str) -> String {
    format!("<script>\n{}</script>", within_script(script))
}

/// A script that may stand in a page: in its strings, nothing ends the element that holds it.
fn within_script(script: &str) -> String {
    script.replace("</script", r"<\/script").replace("<!--", r"<\!--")
}
