//! Each other name of `templates/labels.toml` is accepted where a form prints the word, and no text is mended on its way in.

use super::paper::{Paper, Piece, What, judge};
use super::round_trip::filled;
use super::support::library;
use super::words::plain;
use jixiao::recognise::Recogniser;
use jixiao::template::Labels;
use std::collections::BTreeSet;

/// Whether a printed word is the label itself, with or without brackets behind it.
fn is(piece: &Piece, word: &str) -> bool {
    piece.what == What::Label && piece.rows == 1 && plain(&piece.text) == plain(word)
}

#[test]
fn every_other_name_is_accepted() {
    let library = library();
    let (recogniser, labels) = (Recogniser::new(&library), Labels::builtin());
    let documents: Vec<_> = library.forms.iter().map(|form| (form, filled(form))).collect();
    let (mut lines, mut tried) = (Vec::new(), 0);
    for group in &labels.groups {
        for word in &group.also {
            // A form that prints the word, and does not print the other name for something else.
            let fits = documents.iter().find_map(|(form, document)| {
                let template = library.template(&form.id, &document.profile)?;
                let printed: BTreeSet<String> = {
                    let paper = Paper::of(&template, document);
                    paper.pieces.iter().filter(|piece| piece.what == What::Label).map(|piece| plain(&piece.text)).collect()
                };
                (printed.contains(&plain(&group.is)) && !printed.contains(&plain(word))).then_some((form, document, template))
            });
            let Some((form, document, template)) = fits else { continue };
            tried += 1;
            let mut paper = Paper::of(&template, document);
            for piece in paper.pieces.iter_mut().filter(|piece| is(piece, &group.is)) {
                piece.text.clone_from(word);
            }
            let drawn = paper.drawn();
            let verdict = judge(&library, form, document, &drawn, &recogniser.recognise(&drawn.blocks));
            if !verdict.wrong.is_empty() || !verdict.listed.is_empty() {
                lines.push(format!(
                    "{}: {word} for {}: wrong {:?}, listed {:?}",
                    form.id, group.is, verdict.wrong, verdict.listed
                ));
            }
        }
    }
    assert!(tried > 300, "only {tried} words were tried");
    assert!(lines.is_empty(), "{} of {tried}\n{}", lines.len(), lines.join("\n"));
}

/// One digit changed, in each printed number in turn: it arrives as it is printed, whatever would be right.
#[test]
fn a_wrong_digit_arrives_as_it_is_printed() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let (mut lines, mut planted) = (Vec::new(), 0);
    for case in super::support::cases(&library) {
        if library.form(&case.document.form).is_none() {
            continue;
        }
        let whole = Paper::of(&case.template, &case.document);
        let numbers = |piece: &Piece| piece.field().is_some() && piece.text.contains(|char: char| char.is_ascii_digit());
        let places: Vec<usize> = (0..whole.pieces.len()).filter(|at| numbers(&whole.pieces[*at])).collect();
        // Every seventh in one print, so that each print has many and each number is planted in one of them.
        for turn in 0..7.min(places.len()) {
            let mut paper = whole.clone();
            for at in places.iter().skip(turn).step_by(7) {
                let piece = &mut paper.pieces[*at];
                let text: String = {
                    let digit = piece.text.rfind(|char: char| char.is_ascii_digit()).expect("a digit");
                    let own = piece.text[digit..].chars().next().and_then(|char| char.to_digit(10)).unwrap_or(0);
                    format!("{}{}{}", &piece.text[..digit], (own + 3) % 10, &piece.text[digit + 1..])
                };
                piece.text.clone_from(&text);
                if let What::Field(_, printed) = &mut piece.what {
                    *printed = text.trim().to_owned();
                }
                planted += 1;
            }
            let drawn = paper.drawn();
            let recognised = recogniser.recognise(&drawn.blocks);
            let wrong = judge(&library, &case.template.form, &case.document, &drawn, &recognised).wrong;
            // A level's number, which is part of its name, stands in its rows too.
            lines.extend(
                wrong.into_iter().filter(|line| !line.contains("of the row")).map(|line| format!("{}: {line}", case.name)),
            );
        }
    }
    assert!(planted > 1000, "only {planted} digits");
    assert!(lines.is_empty(), "{} of {planted}\n{}", lines.len(), lines.join("\n"));
}
