//! What the module for office files says (`office_module::answer`), by the separators of `export::wire`.

use crate::page::browser::office::{self, Question, Trouble};
use crate::page::text;
use jixiao::block::Blocks;
use jixiao::export::blocks;
use jixiao::export::wire::{LIST, PARTS};

/// Two parts of an answer, or in words why there is none.
pub fn answer_of(answer: Result<String, Trouble>) -> Result<(String, String), String> {
    let answer = answer.map_err(text::office_trouble)?;
    let mut parts = answer.split(PARTS);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(""), Some(one), Some(two)) => Ok((one.to_owned(), two.to_owned())),
        (Some(refused), None, None) => Err(refused.to_owned()),
        _ => Err(text::office_trouble(Trouble::Died)),
    }
}

/// What was pasted, as blocks, with what is to be said of it; why nothing was read, in words. The answer comes later.
pub fn pasted_blocks(html: String, plain: String, done: impl FnOnce(Result<(Blocks, Vec<String>), String>) + 'static) {
    office::ask(&Question::Blocks { html, plain }, "", move |answer| {
        done(answer_of(answer).and_then(|(notices, text)| {
            let blocks = blocks::read(&text).ok_or_else(|| text::office_trouble(Trouble::Died))?;
            Ok((blocks, notices.split(LIST).filter(|notice| !notice.is_empty()).map(str::to_owned).collect()))
        }));
    });
}
