//! The same tables as other programs write them: LibreOffice and two libraries of Python. Only where `JIXIAO_WRITERS` is set to a Python that has
//! `python-docx` and `openpyxl`, and `soffice` is there, since it takes minutes: `JIXIAO_WRITERS=python3 cargo test --test recognise other_writers`.

use super::formats::{Original, Share, judge, printed_cases, published};
use super::grids::Lie;
use super::support::library;
use jixiao::export::blocks;
use jixiao::office;
use jixiao::recognise::Recogniser;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What LibreOffice makes of those files: from, to, and the filter where the ending leaves it open.
const CONVERSIONS: [(&str, &str, &str); 9] = [
    ("docx", "docx", "docx"),
    ("docx", "doc", "doc"),
    ("docx", "odt", "odt"),
    ("docx", "html", "html:HTML (StarWriter)"),
    ("xlsx", "xlsx", "xlsx"),
    ("xlsx", "xls", "xls"),
    ("xlsx", "ods", "ods"),
    ("xlsx", "html", "html:HTML (StarCalc)"),
    ("xlsx", "csv", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"),
];

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn other_writers_give_the_same_tables() {
    let Some(python) = std::env::var_os("JIXIAO_WRITERS") else { return };
    let library = library();
    let recogniser = Recogniser::new(&library);
    let mut originals = published();
    originals.extend(printed_cases(&library, Lie::Sections));
    let folder = Folder(std::env::temp_dir().join(format!("jixiao-writers-{}", std::process::id())));
    let written = folder.0.join("written");
    fs::create_dir_all(&written).unwrap();
    for (at, original) in originals.iter().enumerate() {
        fs::write(written.join(format!("{at}.json")), blocks::write(&original.blocks)).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recognise/write.py");
    run(Command::new(python).arg(script).arg(&written));
    let mut lines = Vec::new();
    for (name, ending) in [("python-docx", "docx"), ("openpyxl", "xlsx")] {
        let share = read_all(name, &written, ending, &originals, &recogniser, &mut lines);
        println!("{name}: right {}, listed {}, wrong {}", share.right, share.listed, share.wrong);
    }
    for (at, (from, to, filter)) in CONVERSIONS.into_iter().enumerate() {
        let out = folder.0.join(at.to_string());
        let profile = format!("-env:UserInstallation=file://{}", folder.0.join("profile").display());
        let files = (0..originals.len()).map(|at| written.join(format!("{at}.{from}")));
        run(Command::new("soffice").args([&profile, "--headless", "--convert-to", filter, "--outdir"]).arg(&out).args(files));
        let name = format!("LibreOffice {from} to {to}");
        let share = read_all(&name, &out, to, &originals, &recogniser, &mut lines);
        println!("{name}: right {}, listed {}, wrong {}", share.right, share.listed, share.wrong);
    }
    assert!(lines.is_empty(), "{} cells are wrong\n{}", lines.len(), lines.join("\n"));
}

/// Reads what a writer made of each table. A sheet of a workbook may be a file of its own.
fn read_all(
    writer: &str,
    folder: &Path,
    ending: &str,
    originals: &[Original],
    recogniser: &Recogniser<'_>,
    lines: &mut Vec<String>,
) -> Share {
    let mut share = Share::default();
    for (at, original) in originals.iter().enumerate() {
        let (one, several) = (format!("{at}.{ending}"), format!("{at}-"));
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| *name == one || name.starts_with(&several) && name.ends_with(ending));
        assert!(!names.is_empty(), "{writer} wrote no {one}");
        // Several sheets as several files say nothing of their order.
        if names.len() > 1 {
            continue;
        }
        let bytes = fs::read(folder.join(&names[0])).unwrap();
        let read = office::read(&bytes, Some(&one)).unwrap_or_else(|refusal| panic!("{writer} {}: {refusal:?}", original.name));
        let mut own = Vec::new();
        judge(original, &library(), &read, &recogniser.recognise(&read), &mut share, &mut own);
        lines.extend(own.into_iter().map(|line| format!("{writer} {line}")));
    }
    share
}
