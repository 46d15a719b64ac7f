//! What the module for office files is asked.

use crate::page::browser::office::{self, Question, Trouble};
use crate::page::text;
use jixiao::block::Blocks;
use jixiao::export::blocks;
use serde::Deserialize;
use serde_json::value::RawValue;

/// What the module says of a file.
#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    refused: Option<String>,
    #[serde(default)]
    blocks: Option<Box<RawValue>>,
    notices: Vec<String>,
}

/// What was pasted, as blocks, with what is to be said of it; why nothing was read, in words. The answer comes later.
pub fn pasted_blocks(html: String, plain: String, done: impl FnOnce(Result<(Blocks, Vec<String>), String>) + 'static) {
    office::ask(&Question::Blocks { html, plain }, "", move |answer| done(answer.map_err(text::office_trouble).and_then(read)));
}

fn read(answer: String) -> Result<(Blocks, Vec<String>), String> {
    let died = || text::office_trouble(Trouble::Died);
    let answer: Answer = serde_json::from_str(&answer).map_err(|_| died())?;
    if let Some(reason) = answer.refused {
        return Err(reason);
    }
    let blocks = answer.blocks.and_then(|text| blocks::read(text.get())).ok_or_else(died)?;
    Ok((blocks, answer.notices))
}
