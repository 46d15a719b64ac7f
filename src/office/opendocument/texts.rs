//! Texts of OpenDocument.

use super::*;

const KIND: FileKind = FileKind::OpenText;

enum Closing {
    Nothing,
    Paragraph(Option<u8>),
    Table,
    Row,
    Cell,
    Box,
}

pub fn read(xml: &mut Xml<'_>, styles: &Styles) -> Result<Blocks, Refusal> {
    let mut flow = Flow::default();
    let mut closing: Vec<Closing> = Vec::new();
    let (mut deletions, mut boxes, mut pictures, mut hidden, mut embedded) = (0, 0, 0, 0, 0);
    loop {
        let node = xml.next()?.ok_or(Refusal::Damaged(KIND))?;
        match node {
            Node::Open(tag) => {
                let next = match tag.name() {
                    "p" | "h" => {
                        let level = tag.get("outline-level").and_then(|level| level.parse().ok());
                        flow.begin_paragraph();
                        Closing::Paragraph(level.filter(|_| tag.name() == "h"))
                    }
                    "table" => {
                        flow.begin_table()?;
                        Closing::Table
                    }
                    "table-row" => {
                        flow.begin_row()?;
                        Closing::Row
                    }
                    "table-cell" => {
                        let (columns, rows) = (number(&tag, "number-columns-spanned"), number(&tag, "number-rows-spanned"));
                        flow.begin_cell(Span { rows, ..Span::default() })?;
                        // The cells that it covers stand in the file as well.
                        flow.widen(columns);
                        flow.skip_columns(number(&tag, "number-columns-repeated") - 1);
                        Closing::Cell
                    }
                    "covered-table-cell" => {
                        flow.skip_columns(number(&tag, "number-columns-repeated"));
                        xml.skip()?;
                        continue;
                    }
                    "text-box" | "note-body" => {
                        boxes += u32::from(tag.name() == "text-box");
                        flow.begin_box()?;
                        Closing::Box
                    }
                    "tracked-changes" => {
                        deletions += changes(xml)?;
                        continue;
                    }
                    "image" => {
                        pictures += 1;
                        xml.skip()?;
                        continue;
                    }
                    "object" | "object-ole" => {
                        embedded += 1;
                        xml.skip()?;
                        continue;
                    }
                    "span" if styles.is_hidden(&tag) => {
                        hidden += 1;
                        xml.skip()?;
                        continue;
                    }
                    "section" if tag.get("display").as_deref() == Some("none") => {
                        hidden += 1;
                        xml.skip()?;
                        continue;
                    }
                    "annotation" | "annotation-end" | "note-citation" | "ruby-text" | "forms" | "sequence-decls"
                    | "variable-decls" | "hidden-text" | "hidden-paragraph" | "title" | "desc" => {
                        xml.skip()?;
                        continue;
                    }
                    _ => {
                        if let Some(sign) = sign(&tag) {
                            flow.text(&sign);
                        }
                        Closing::Nothing
                    }
                };
                closing.push(next);
            }
            Node::Text(text) => {
                let current = flow.current();
                let after_space = current.is_empty() || current.ends_with(['\n', ' ', '\t']);
                let text = collapsed(&text, after_space);
                if flow.in_paragraph() {
                    flow.text(&text);
                }
            }
            Node::Close(_) => match closing.pop() {
                Some(Closing::Nothing) => {}
                Some(Closing::Paragraph(heading)) => flow.end_paragraph(heading)?,
                Some(Closing::Table) => flow.end_table()?,
                Some(Closing::Row) => flow.end_row()?,
                Some(Closing::Cell) => flow.end_cell()?,
                Some(Closing::Box) => flow.end_box()?,
                // The end of the text.
                None => break,
            },
        }
    }
    let mut say = |count: u32, notice: fn(u32) -> BlockNotice| {
        if count > 0 {
            flow.notices.push(notice(count));
        }
    };
    say(deletions, BlockNotice::Deletions);
    say(hidden, BlockNotice::HiddenText);
    say(boxes, BlockNotice::TextBoxes);
    say(pictures, BlockNotice::Pictures);
    say(embedded, BlockNotice::Embedded);
    flow.finish()
}

/// How many deletions are kept in front of the text.
fn changes(xml: &mut Xml<'_>) -> Result<u32, Refusal> {
    let depth = xml.depth();
    let mut count = 0;
    while xml.depth() >= depth {
        match xml.next()? {
            Some(Node::Open(tag)) if tag.name() == "deletion" => {
                count += 1;
                xml.skip()?;
            }
            Some(_) => {}
            None => break,
        }
    }
    Ok(count)
}
