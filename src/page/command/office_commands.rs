//! What the module for office files says (`office_module::answer`), by the separators of `wire`.

use crate::page::browser::office::Trouble;
use crate::page::text;
use jixiao::wire::PARTS;

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
