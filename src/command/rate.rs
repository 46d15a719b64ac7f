//! The rate calculator at the command line.

use crate::Failure;
use jixiao::rates::{Entered, answer};
use jixiao::template::{Library, Rate};
use jixiao::wording::io::command as wording;
use jixiao::wording::rates as words;
use std::io::Write;

/// Number, name and inputs of each rate, with tabs between.
pub fn list(library: &Library, out: &mut dyn Write) -> Result<(), Failure> {
    for rate in &library.rates {
        writeln!(out, "{}\t{}\t{}", rate.number, rate.name, wording::rate_inputs(rate))?;
    }
    Ok(())
}

/// A rate of these numbers, in the order of its inputs; one that begins with `=` is a result to be compared.
pub fn show(library: &Library, name: &str, numbers: &[String], out: &mut dyn Write) -> Result<(), Failure> {
    let rate = library.rate(name).ok_or_else(|| Failure::Said(wording::unknown_rate(name)))?;
    let entered = entered(rate, numbers).ok_or_else(|| Failure::Said(wording::rate_usage(rate)))?;
    let answer = answer(library, rate, &entered);
    writeln!(out, "{}", words::title(&rate.number, &rate.name))?;
    for line in answer.lines.iter().cloned().chain(answer.band.clone()).chain(answer.comparison.clone()) {
        writeln!(out, "{line}")?;
    }
    for remark in &answer.remarks {
        writeln!(out, "{}", words::remark(remark))?;
    }
    let base = rate.base.as_deref().map(words::base);
    let note = rate.note.as_deref().map(words::note);
    for line in base.into_iter().chain(note) {
        writeln!(out, "{line}")?;
    }
    for source in &answer.sources {
        writeln!(out, "{}", wording::citation(&source.text, source.verified))?;
    }
    if let Some(line) = &answer.line {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// `None` where there are more numbers than the rate has inputs.
fn entered(rate: &Rate, numbers: &[String]) -> Option<Entered> {
    let mut entered = Entered::default();
    let mut inputs = rate.inputs.iter();
    for number in numbers {
        match number.strip_prefix(['=', '＝']) {
            Some(printed) => entered.printed = printed.to_owned(),
            None => {
                entered.texts.insert(inputs.next()?.id.clone(), number.clone());
            }
        }
    }
    Some(entered)
}
