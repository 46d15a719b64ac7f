//! What was asked for.

use jixiao::wording::io::command as wording;
use std::ffi::{OsStr, OsString};

pub struct Request {
    pub command: Command,
    pub json: bool,
    /// The folders within folders too.
    pub recursive: bool,
    /// An id, or a file that ends in `.json`.
    pub profile: Option<String>,
    /// What kind of file is to be written.
    pub to: Option<String>,
    /// Where it is to be written.
    pub folder: Option<OsString>,
}

pub enum Command {
    Help,
    Version,
    Forms,
    Profiles,
    Profile(String),
    Rates,
    Rate {
        name: String,
        numbers: Vec<String>,
    },
    Explain {
        file: OsString,
        cell: String,
    },
    Report(OsString),
    Export(Vec<OsString>),
    Import(Vec<OsString>),
    /// Standard input where no file is named.
    Check(Vec<OsString>),
}

/// Reads the arguments, without the program's own name.
///
/// # Errors
/// One sentence on what is wrong.
pub fn parse(mut arguments: impl Iterator<Item = OsString>) -> Result<Request, String> {
    let mut request = Request { command: Command::Help, json: false, recursive: false, profile: None, to: None, folder: None };
    let mut words = Vec::new();
    let mut only_words = false;
    while let Some(argument) = arguments.next() {
        let mut value = |option: &str| arguments.next().ok_or_else(|| wording::missing_value(option));
        match &*argument.to_string_lossy() {
            word if only_words || word == "-" || !word.starts_with('-') || is_negative(word) => words.push(argument),
            "--" => only_words = true,
            "--json" => request.json = true,
            "-r" | "--recursive" => request.recursive = true,
            "--profile" => request.profile = Some(text(&value("--profile")?)),
            "--to" => request.to = Some(text(&value("--to")?)),
            "--out" => request.folder = Some(value("--out")?),
            "-h" | "--help" => return Ok(Request { command: Command::Help, profile: None, ..request }),
            "-V" | "--version" => return Ok(Request { command: Command::Version, profile: None, ..request }),
            option => match option.split_once('=') {
                Some(("--profile", id)) => request.profile = Some(id.to_owned()),
                Some(("--to", kind)) => request.to = Some(kind.to_owned()),
                Some(("--out", folder)) => request.folder = Some(folder.into()),
                Some(_) | None => return Err(wording::unknown_option(option)),
            },
        }
    }
    Ok(Request { command: command(words)?, ..request })
}

fn command(words: Vec<OsString>) -> Result<Command, String> {
    let mut words = words.into_iter();
    let Some(command) = words.next() else { return Ok(Command::Help) };
    // Names of files may be in any encoding.
    let words: Vec<OsString> = words.collect();
    let wrong = |usage: &str| Err(wording::wrong_arguments(usage));
    Ok(match (&*command.to_string_lossy(), words.as_slice()) {
        ("help", _) => Command::Help,
        ("check", []) => Command::Check(vec!["-".into()]),
        ("check", _) => Command::Check(words),
        ("export", [_, ..]) => Command::Export(words),
        ("import", [_, ..]) => Command::Import(words),
        ("forms", []) => Command::Forms,
        ("profiles", []) => Command::Profiles,
        ("rates", []) => Command::Rates,
        ("rate", [name, numbers @ ..]) => {
            Command::Rate { name: text(name), numbers: numbers.iter().map(|word| text(word)).collect() }
        }
        ("profile", [id]) => Command::Profile(text(id)),
        ("explain", [file, cell]) => Command::Explain { file: file.clone(), cell: text(cell) },
        ("report", [file]) => Command::Report(file.clone()),
        (command @ ("forms" | "profiles" | "rates"), _) => return wrong(&format!("jixiao {command}")),
        ("rate", _) => return wrong("jixiao rate 编号 [数…] [=待核对的结果]"),
        ("profile", _) => return wrong("jixiao profile 编号"),
        ("explain", _) => return wrong("jixiao explain 文件 单元格"),
        ("report", _) => return wrong("jixiao report 文件"),
        ("export", _) => return wrong("jixiao export --to xlsx 文件… --out 文件夹"),
        ("import", _) => return wrong("jixiao import 文件…"),
        (other, _) => return Err(wording::unknown_command(other)),
    })
}

fn text(word: &OsStr) -> String {
    word.to_string_lossy().into_owned()
}

/// -338.35: a number, not an option.
fn is_negative(word: &str) -> bool {
    word.strip_prefix('-').is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_digit() || char == '.'))
}
