//! What was asked for.

use jixiao::wording::io::command as wording;
use std::ffi::OsString;

pub struct Request {
    pub command: Command,
    pub json: bool,
    /// An id, or a file that ends in `.json`.
    pub profile: Option<String>,
}

pub enum Command {
    Help,
    Version,
    Forms,
    Profiles,
    Profile(String),
    Rates,
    Rate { name: String, numbers: Vec<String> },
    Explain { file: String, cell: String },
    Report(String),
    Import(Vec<String>),
    Check(Vec<String>),
}

/// Reads the arguments, without the program's own name.
///
/// # Errors
/// One sentence on what is wrong.
pub fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Request, String> {
    let mut arguments = arguments.map(|argument| argument.to_string_lossy().into_owned());
    let (mut json, mut profile, mut words) = (false, None, Vec::new());
    let mut only_words = false;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            word if only_words || word == "-" || !word.starts_with('-') || is_negative(word) => words.push(argument),
            "--" => only_words = true,
            "--json" => json = true,
            "--profile" => profile = Some(arguments.next().ok_or_else(|| wording::missing_value("--profile"))?),
            "-h" | "--help" => return Ok(Request { command: Command::Help, json, profile: None }),
            "-V" | "--version" => return Ok(Request { command: Command::Version, json, profile: None }),
            option => match option.strip_prefix("--profile=") {
                Some(id) => profile = Some(id.to_owned()),
                None => return Err(wording::unknown_option(option)),
            },
        }
    }
    let mut words = words.into_iter();
    let Some(command) = words.next() else { return Ok(Request { command: Command::Help, json, profile: None }) };
    let words: Vec<String> = words.collect();
    let command = match (command.as_str(), words.as_slice()) {
        ("help", _) => Command::Help,
        ("check", _) => Command::Check(words),
        ("import", [_, ..]) => Command::Import(words),
        ("forms", []) => Command::Forms,
        ("profiles", []) => Command::Profiles,
        ("rates", []) => Command::Rates,
        ("rate", [name, numbers @ ..]) => Command::Rate { name: name.clone(), numbers: numbers.to_vec() },
        ("profile", [id]) => Command::Profile(id.clone()),
        ("explain", [file, cell]) => Command::Explain { file: file.clone(), cell: cell.clone() },
        ("report", [file]) => Command::Report(file.clone()),
        ("forms" | "profiles" | "rates", _) => return Err(wording::wrong_arguments(&format!("jixiao {command}"))),
        ("import", _) => return Err(wording::wrong_arguments("jixiao import 文件…")),
        ("rate", _) => return Err(wording::wrong_arguments("jixiao rate 编号 [数…] [=待核对的结果]")),
        ("profile", _) => return Err(wording::wrong_arguments("jixiao profile 编号")),
        ("explain", _) => return Err(wording::wrong_arguments("jixiao explain 文件 单元格")),
        ("report", _) => return Err(wording::wrong_arguments("jixiao report 文件")),
        (other, _) => return Err(wording::unknown_command(other)),
    };
    Ok(Request { command, json, profile })
}

/// -338.35: a number, not an option.
fn is_negative(word: &str) -> bool {
    word.strip_prefix('-').is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_digit() || char == '.'))
}
