//! LibreOffice as a calculator: workbooks in, the values of their cells out, all of them computed anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The texts of a workbook's cells, by sheet, row and column.
pub type Values = BTreeMap<String, Vec<Vec<String>>>;

/// Computes what a file says anew, whatever it says that it gave.
const ALWAYS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

/// Every sheet into a file of its own, with numbers as they are and not as they are shown.
const SEPARATED: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";

/// The values of workbooks, by their names.
pub fn computed(name: &str, workbooks: &[(String, Vec<u8>)]) -> BTreeMap<String, Values> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    let profile = folder.join("profile/user");
    fs::create_dir_all(&profile).unwrap();
    fs::write(profile.join("registrymodifications.xcu"), ALWAYS).unwrap();
    let paths: Vec<PathBuf> = workbooks.iter().map(|(name, _)| folder.join(format!("{name}.xlsx"))).collect();
    for ((_, bytes), path) in workbooks.iter().zip(&paths) {
        fs::write(path, bytes).unwrap();
    }
    let installation = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut soffice = Command::new("soffice");
    soffice.args([&installation, "--headless", "--convert-to", SEPARATED, "--outdir"]).arg(&folder).args(&paths);
    let output = soffice.output().unwrap_or_else(|error| panic!("soffice (LibreOffice Calc) is needed: {error}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut all: BTreeMap<String, Values> = BTreeMap::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let is_values = path.extension().is_some_and(|ending| ending == "csv");
        let Some((workbook, sheet)) = stem.rsplit_once('-').filter(|_| is_values) else { continue };
        let text = fs::read_to_string(&path).unwrap();
        all.entry(workbook.to_owned()).or_default().insert(sheet.to_owned(), lines(&text));
    }
    assert_eq!(all.len(), workbooks.len(), "every workbook can be opened");
    all
}

/// Separated values, some of them in quotes and over several lines.
fn lines(text: &str) -> Vec<Vec<String>> {
    let (mut lines, mut line, mut value, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '"' if quoted && chars.peek() == Some(&'"') => value.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => line.push(std::mem::take(&mut value)),
            '\n' if !quoted => {
                line.push(std::mem::take(&mut value));
                lines.push(std::mem::take(&mut line));
            }
            other => value.push(other),
        }
    }
    lines
}
