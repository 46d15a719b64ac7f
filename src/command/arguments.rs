//! What was asked for.

use jixiao::paper::Parts;
use jixiao::wording::io::command as wording;
use std::ffi::{OsStr, OsString};

pub struct Request {
    pub command: Command,
    pub json: bool,
    /// 计算核对码 of each table too.
    pub code: bool,
    /// The folders within folders too.
    pub recursive: bool,
    /// Every relation of whole documents.
    pub relations: bool,
    /// An id, or a file that ends in `.json`.
    pub profile: Option<String>,
    pub giving: Giving,
}

/// How documents are to be given out, as far as it was said.
#[derive(Default)]
pub struct Giving {
    pub format: Option<Format>,
    pub parts: Option<Parts>,
    /// The folder.
    pub out: Option<OsString>,
    /// The bureau's own file, to be filled in.
    pub template: Option<OsString>,
    /// Which of its places hold which cells, as somebody corrected it.
    pub mapping: Option<OsString>,
    /// Where that is to be kept.
    pub save_mapping: Option<OsString>,
    /// What would be written is only said.
    pub dry: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Xlsx,
    Docx,
    Html,
    Csv,
    Txt,
}

impl Format {
    fn of(name: &str) -> Option<Format> {
        [Format::Xlsx, Format::Docx, Format::Html, Format::Csv, Format::Txt].into_iter().find(|format| format.ending() == name)
    }

    /// How the names of such files end, which is also what the format is called.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Xlsx => "xlsx",
            Format::Docx => "docx",
            Format::Html => "html",
            Format::Csv => "csv",
            Format::Txt => "txt",
        }
    }
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
    Import(Vec<OsString>),
    Export(Vec<OsString>),
    Fill(Vec<OsString>),
    /// Standard input where no file is named.
    Check(Vec<OsString>),
}

/// Reads the arguments, without the program's own name.
///
/// # Errors
/// One sentence on what is wrong.
pub fn parse(mut arguments: impl Iterator<Item = OsString>) -> Result<Request, String> {
    let (mut json, mut code, mut recursive, mut relations, mut profile, mut words) =
        (false, false, false, false, None, Vec::new());
    let mut giving = Giving::default();
    let mut only_words = false;
    while let Some(argument) = arguments.next() {
        match &*argument.to_string_lossy() {
            word if only_words || word == "-" || !word.starts_with('-') || is_negative(word) => words.push(argument),
            "--" => only_words = true,
            "--json" => json = true,
            "--code" => code = true,
            "-r" | "--recursive" => recursive = true,
            "--relations" => relations = true,
            "--dry-run" => giving.dry = true,
            option @ ("--profile" | "--to" | "--part" | "--out" | "--template" | "--mapping" | "--save-mapping") => {
                let value = arguments.next().ok_or_else(|| wording::missing_value(option))?;
                match option {
                    "--profile" => profile = Some(text(&value)),
                    "--to" => {
                        giving.format = Some(Format::of(&text(&value)).ok_or_else(|| wording::unknown_target(&text(&value)))?)
                    }
                    "--part" => giving.parts = Some(parts(&text(&value))?),
                    "--template" => giving.template = Some(value),
                    "--mapping" => giving.mapping = Some(value),
                    "--save-mapping" => giving.save_mapping = Some(value),
                    _ => giving.out = Some(value),
                }
            }
            "-h" | "--help" => {
                return Ok(Request { command: Command::Help, json, code, recursive, relations, profile: None, giving });
            }
            "-V" | "--version" => {
                return Ok(Request { command: Command::Version, json, code, recursive, relations, profile: None, giving });
            }
            option => match option.strip_prefix("--profile=") {
                Some(id) => profile = Some(id.to_owned()),
                None => return Err(wording::unknown_option(option)),
            },
        }
    }
    let command = command(words)?;
    Ok(Request { command, json, code, recursive, relations, profile, giving })
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
        ("import", [_, ..]) => Command::Import(words),
        ("export", [_, ..]) => Command::Export(words),
        ("fill", [_, ..]) => Command::Fill(words),
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
        ("import", _) => return wrong("jixiao import 文件…"),
        ("export", _) => return wrong("jixiao export --to 格式 [--part 部分] [--out 文件夹] 文件…"),
        ("fill", _) => return wrong("jixiao fill --template 模板 [--out 文件夹] 文件…"),
        (other, _) => return Err(wording::unknown_command(other)),
    })
}

/// `table,findings`
fn parts(names: &str) -> Result<Parts, String> {
    let names: Vec<&str> = names.split(',').collect();
    Parts::named(&names).map_err(|name| wording::unknown_part(&name))
}

fn text(word: &OsStr) -> String {
    word.to_string_lossy().into_owned()
}

/// -338.35: a number, not an option.
fn is_negative(word: &str) -> bool {
    word.strip_prefix('-').is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_digit() || char == '.'))
}
