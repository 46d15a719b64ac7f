//! The `jixiao` command: checks documents on any machine, in bulk, without a page.
#![deny(clippy::unwrap_used, clippy::panic)]

#[path = "command/arguments.rs"]
mod arguments;
#[path = "command/assess.rs"]
mod assess;
#[path = "command/check.rs"]
mod check;
#[path = "command/date.rs"]
mod date;
#[path = "command/export.rs"]
mod export;
#[path = "command/files.rs"]
mod files;
#[path = "command/fill.rs"]
mod fill;
#[path = "command/guard.rs"]
mod guard;
#[path = "command/import.rs"]
mod import;
#[path = "command/input.rs"]
mod input;
#[path = "command/rate.rs"]
mod rate;
#[path = "command/show.rs"]
mod show;
#[path = "command/texts.rs"]
mod texts;
#[path = "command/walk.rs"]
mod walk;

use arguments::{Command, Request};
use jixiao::template::{Library, Profile};
use jixiao::wording::io::command as wording;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;
use std::rc::Rc;

const HELP: &str = include_str!("command/help.txt");

/// What the command found, as its exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    Good = 0,
    Findings = 1,
    Unreadable = 2,
}

/// Why the command ends early.
enum Failure {
    /// One sentence for the person.
    Said(String),
    /// The output can't be written.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Output(error)
    }
}

fn main() -> ExitCode {
    match guard::apart(work) {
        Ok(Ok(status)) => ExitCode::from(status as u8),
        Ok(Err(place)) => {
            say(&wording::fault(&place));
            ExitCode::from(Status::Unreadable as u8)
        }
        Err(error) => {
            say(&error.to_string());
            ExitCode::from(Status::Unreadable as u8)
        }
    }
}

fn work() -> Status {
    let mut out = BufWriter::new(io::stdout().lock());
    let result = run(&mut out).and_then(|status| Ok(out.flush().map(|()| status)?));
    match result {
        Ok(status) => status,
        // Whoever read the output has seen enough, such as `head`.
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => Status::Good,
        Err(Failure::Output(error)) => {
            say(&error.to_string());
            Status::Unreadable
        }
        Err(Failure::Said(sentence)) => {
            // What was printed before the failure comes before the sentence.
            let _ = out.flush();
            say(&sentence);
            Status::Unreadable
        }
    }
}

/// Prints a sentence beside the output. Where even that can't be written, the exit status still tells.
fn say(sentence: &str) {
    let _ = writeln!(io::stderr(), "{sentence}");
}

fn run(out: &mut dyn Write) -> Result<Status, Failure> {
    let Request { command, json, code, recursive, relations, profile, giving } =
        arguments::parse(std::env::args_os().skip(1)).map_err(Failure::Said)?;
    let (mut library, _) = Library::builtin();
    let profile = profile.map(|name| chosen(&mut library, &name)).transpose().map_err(Failure::Said)?;
    match command {
        Command::Help => out.write_all(HELP.as_bytes())?,
        Command::Version => writeln!(out, "jixiao {}", env!("CARGO_PKG_VERSION"))?,
        Command::Forms => show::forms(&library, out)?,
        Command::Profiles => show::profiles(&library, out)?,
        Command::Profile(id) => show::profile(&id, out)?,
        Command::Rates => rate::list(&library, out)?,
        Command::Rate { name, numbers } => rate::show(&library, &name, &numbers, out)?,
        Command::Explain { file, cell } => show::explanation(&library, profile, &file, &cell, out)?,
        Command::Report(file) => show::report(&library, profile, &file, out)?,
        Command::Import(files) => return import::run(&library, &files, recursive, out),
        Command::Export(files) => {
            let asked = export::Asked::of(giving, recursive).map_err(Failure::Said)?;
            return export::run(&library, profile.as_ref(), &files, &asked, out);
        }
        Command::Fill(files) => {
            let asked = fill::Asked::of(giving, recursive).map_err(Failure::Said)?;
            return fill::run(&library, profile.as_ref(), &files, &asked, out);
        }
        Command::Check(files) => {
            return check::run(&library, profile.as_ref(), &files, check::Asked { recursive, json, code, relations }, out);
        }
    }
    Ok(Status::Good)
}

/// The profile of an id or of a file.
fn chosen(library: &mut Library, name: &str) -> Result<Rc<Profile>, String> {
    if !name.ends_with(".json") {
        return library.profile(name).ok_or_else(|| wording::unknown_profile(name));
    }
    let text = std::fs::read_to_string(name).map_err(|error| input::sentence(name, &error))?;
    let value = serde_json::from_str(jixiao::io::without_mark(&text))
        .map_err(|error| wording::unreadable_file(name, &error.to_string()))?;
    library.add_profile(&value).map_err(|error| wording::bad_profile(name, &error))
}
