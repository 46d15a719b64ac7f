//! Web pages, and what Word, Excel, WPS and browsers put on the clipboard as HTML.

use super::flow::{Flow, Span};
use super::limits;
use crate::block::{BlockNotice, Blocks, Refusal};
use crate::prelude::*;

mod token;

use token::{Token, Tokens, attribute};

/// Whether a page has a table.
pub fn has_table(text: &str) -> bool {
    Tokens::new(text).any(|token| matches!(token, Token::Open { name, .. } if name == "table"))
}

pub fn read(text: &str) -> Result<Blocks, Refusal> {
    let mut reader = Reader::default();
    for token in Tokens::new(fragment(text)) {
        match token {
            Token::Open { name, attributes, closed } => reader.open(&name, attributes, closed)?,
            Token::Close(name) => reader.close(&name)?,
            Token::Text(text) => reader.text(text),
        }
    }
    reader.end_paragraph()?;
    let mut blocks = reader.flow.finish()?;
    if reader.hidden_texts > 0 {
        blocks.notices.push(BlockNotice::HiddenText(reader.hidden_texts));
    }
    if reader.pictures > 0 {
        blocks.notices.push(BlockNotice::Pictures(reader.pictures));
    }
    Ok(blocks)
}

/// The part of a clipboard text that was copied; the whole page otherwise.
fn fragment(text: &str) -> &str {
    let start = text.find("<!--StartFragment-->").map(|at| at + 20);
    match (start, text.find("<!--EndFragment-->")) {
        // Browsers put the marks into the table, Word around it.
        (Some(start), Some(end)) if start <= end && text.get(start..end).is_some_and(has_whole_table) => {
            text.get(start..end).unwrap_or(text)
        }
        _ => match text.strip_prefix("Version:") {
            Some(rest) => rest.find('<').and_then(|at| rest.get(at..)).unwrap_or(""),
            None => text,
        },
    }
}

fn has_whole_table(inner: &str) -> bool {
    let lower = inner.to_ascii_lowercase();
    lower.contains("<table") || !lower.contains("<td")
}

#[derive(Default)]
struct Reader {
    flow: Flow,
    /// The element that shows nothing, while one is open.
    hidden: Option<Hidden>,
    /// Where in the stack of elements `pre` is on.
    pre: u32,
    /// The level of the heading that is open.
    heading: Option<u8>,
    /// What stands in a caption, while one is open.
    caption: Option<String>,
    /// What a list of choices shows.
    choice: Option<Choice>,
    /// Tables that are open.
    tables: usize,
    hidden_texts: u32,
    pictures: u32,
    /// The text so far ends in a space that counts only if more comes.
    space: bool,
}

/// An element that shows nothing.
struct Hidden {
    name: String,
    /// How many elements of its name are open.
    depth: u32,
    /// How many tables are open in it.
    tables: u32,
}

impl Hidden {
    /// Whether an element that opens ends this one, whose own end may be left out.
    fn ends_before(&self, name: &str) -> bool {
        match self.name.as_str() {
            "head" => name == "body",
            "td" | "th" => self.tables == 0 && matches!(name, "td" | "th" | "tr" | "tbody"),
            "tr" => self.tables == 0 && matches!(name, "tr" | "tbody"),
            "p" | "li" => self.tables == 0 && (name == self.name || name == "table"),
            _ => false,
        }
    }
}

#[derive(Default)]
struct Choice {
    first: Option<String>,
    chosen: Option<String>,
    current: String,
    selected: bool,
    open: bool,
}

impl Choice {
    fn end_option(&mut self) {
        if core::mem::take(&mut self.open) {
            let text = core::mem::take(&mut self.current).trim().to_owned();
            if self.selected {
                self.chosen = Some(text.clone());
            }
            self.first.get_or_insert(text);
        }
    }
}

impl Reader {
    fn open(&mut self, name: &str, attributes: &str, closed: bool) -> Result<(), Refusal> {
        if let Some(hidden) = &mut self.hidden {
            if hidden.ends_before(name) {
                self.hidden = None;
            } else {
                hidden.depth += u32::from(hidden.name == name && !closed);
                hidden.tables += u32::from(name == "table");
                return Ok(());
            }
        }
        let style = attribute(attributes, "style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
        let shows_nothing = matches!(name, "script" | "style" | "title" | "head" | "template" | "noscript" | "object" | "xml")
            || style.contains("display:none")
            || style.contains("mso-hide:all")
            || attribute(attributes, "hidden").is_some();
        if shows_nothing && !is_void(name) && !closed {
            self.hidden = Some(Hidden { name: name.to_owned(), depth: 1, tables: 0 });
            return Ok(());
        }
        match name {
            "body" => {}
            "table" => {
                self.end_paragraph()?;
                self.tables += 1;
                self.flow.begin_table()?;
            }
            "caption" if self.tables > 0 => self.caption = Some(String::new()),
            "tr" if self.tables > 0 => {
                self.end_cell()?;
                if self.flow.in_row() {
                    self.flow.end_row()?;
                }
                self.flow.begin_row()?;
            }
            "td" | "th" if self.tables > 0 => {
                self.end_cell()?;
                if !self.flow.in_row() {
                    self.flow.begin_row()?;
                }
                self.cell(attributes, &style)?;
            }
            "thead" | "tbody" | "tfoot" if self.tables > 0 => self.end_row()?,
            "br" => {
                self.ensure_paragraph();
                self.space = false;
                self.flow.text("\n");
            }
            "hr" => self.end_paragraph()?,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_paragraph()?;
                self.heading = name.get(1..).and_then(|level| level.parse().ok());
            }
            "pre" => {
                self.end_paragraph()?;
                self.pre += 1;
            }
            "input" => self.input(attributes),
            "textarea" => self.pre += 1,
            "select" => self.choice = Some(Choice::default()),
            "option" => {
                if let Some(choice) = &mut self.choice {
                    choice.end_option();
                    choice.open = true;
                    choice.selected = attribute(attributes, "selected").is_some();
                }
            }
            "img" => self.pictures += 1,
            _ if is_block(name) => self.end_paragraph()?,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Refusal> {
        if let Some(hidden) = &mut self.hidden {
            if name == "table" && hidden.tables > 0 {
                hidden.tables -= 1;
            }
            let with_parent = hidden.tables == 0
                && hidden.name != name
                && matches!((hidden.name.as_str(), name), ("td" | "th", "tr") | ("td" | "th" | "tr", "table"));
            hidden.depth -= u32::from(hidden.name == name);
            if hidden.depth > 0 && !with_parent {
                return Ok(());
            }
            self.hidden = None;
            if !with_parent {
                return Ok(());
            }
        }
        match name {
            "table" if self.tables > 0 => {
                self.end_cell()?;
                self.tables -= 1;
                self.flow.end_table()?;
            }
            "tr" if self.tables > 0 => self.end_row()?,
            "td" | "th" if self.tables > 0 => self.end_cell()?,
            "caption" => {
                if let Some(caption) = self.caption.take() {
                    self.flow.caption(&caption);
                }
            }
            "select" => {
                if let Some(mut choice) = self.choice.take() {
                    choice.end_option();
                    if let Some(text) = choice.chosen.or(choice.first) {
                        self.words(&text);
                    }
                }
            }
            "option" => {
                if let Some(choice) = &mut self.choice {
                    choice.end_option();
                }
            }
            "textarea" => self.pre = self.pre.saturating_sub(1),
            "pre" => {
                self.end_paragraph()?;
                self.pre = self.pre.saturating_sub(1);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_paragraph()?;
                self.heading = None;
            }
            _ if is_block(name) => self.end_paragraph()?,
            _ => {}
        }
        Ok(())
    }

    fn cell(&mut self, attributes: &str, style: &str) -> Result<(), Refusal> {
        let number = |name: &str| attribute(attributes, name).and_then(|value| value.trim().parse::<u32>().ok());
        let columns = number("colspan").unwrap_or(1).max(1);
        // 0 reaches to the end of the table.
        let rows = match number("rowspan") {
            Some(0) => limits::ROWS,
            Some(rows) => rows.min(limits::ROWS),
            None => 1,
        };
        // Text that runs over empty neighbours is no merged cell: Excel says so.
        let runs_over = style.contains("mso-ignore:colspan") || style.contains("mso-ignore:colspan-rowspan");
        let span = Span { rows, columns: if runs_over { 1 } else { columns }, dodges: true, ..Span::default() };
        self.flow.begin_cell(span)?;
        if runs_over {
            self.flow.skip_columns(columns - 1);
        }
        // The stored number, where a spreadsheet wrote the page.
        let stored =
            ["x:num", "sdval"].into_iter().find_map(|name| attribute(attributes, name)).filter(|value| !value.is_empty());
        if let Some(stored) = stored.and_then(|stored| super::decimal::Decimal::parse(&stored)) {
            self.flow.exact(stored.plain());
        }
        self.space = false;
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Refusal> {
        self.end_paragraph()?;
        if self.tables > 0 { self.flow.end_cell() } else { Ok(()) }
    }

    fn end_row(&mut self) -> Result<(), Refusal> {
        self.end_cell()?;
        if self.flow.in_row() { self.flow.end_row() } else { Ok(()) }
    }

    fn ensure_paragraph(&mut self) {
        if !self.flow.in_paragraph() {
            self.flow.begin_paragraph();
            self.space = false;
        }
    }

    fn end_paragraph(&mut self) -> Result<(), Refusal> {
        self.space = false;
        if self.flow.in_paragraph() { self.flow.end_paragraph(self.heading) } else { Ok(()) }
    }

    fn text(&mut self, raw: &str) {
        if let Some(hidden) = &self.hidden {
            let counts = !matches!(hidden.name.as_str(), "script" | "style" | "head" | "title" | "xml");
            self.hidden_texts += u32::from(counts && !token::text(raw).trim().is_empty());
            return;
        }
        let text = token::text(raw);
        if let Some(choice) = &mut self.choice {
            choice.current.push_str(&text);
        } else if let Some(caption) = &mut self.caption {
            caption.push_str(&text);
        } else {
            self.words(&text);
        }
    }

    /// Text as a page shows it: runs of white space are one space, none at the ends of a line, and none where a line of the source
    /// was broken between two Chinese characters.
    fn words(&mut self, text: &str) {
        // Between the cells of a table there is no place for text.
        if self.tables > 0 && !self.flow.in_cell() {
            return;
        }
        if self.pre > 0 {
            self.ensure_paragraph();
            self.flow.text(text);
            return;
        }
        let mut out = String::with_capacity(text.len());
        let mut broken = false;
        for letter in text.chars() {
            if letter.is_ascii_whitespace() {
                broken |= letter == '\n';
                self.space = true;
                continue;
            }
            if core::mem::take(&mut self.space) {
                if !self.flow.in_paragraph() && out.is_empty() {
                    self.ensure_paragraph();
                }
                let before = out.chars().next_back().or_else(|| self.flow.current().chars().next_back());
                let between_chinese = broken && before.is_some_and(super::words::is_chinese) && super::words::is_chinese(letter);
                if before.is_some_and(|before| before != '\n') && !between_chinese {
                    out.push(' ');
                }
            }
            broken = false;
            out.push(letter);
        }
        if !out.is_empty() {
            self.ensure_paragraph();
            self.flow.text(&out);
        }
    }

    fn input(&mut self, attributes: &str) {
        let kind = attribute(attributes, "type").unwrap_or_default().to_ascii_lowercase();
        let checked = attribute(attributes, "checked").is_some();
        match kind.as_str() {
            "hidden" | "button" | "submit" | "reset" | "image" | "file" | "password" => {}
            "checkbox" | "radio" => self.words(if checked { "☑" } else { "☐" }),
            _ => {
                let value = attribute(attributes, "value").unwrap_or_default();
                self.words(&value);
            }
        }
    }
}

fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr" | "img" | "input" | "meta" | "link" | "col" | "area" | "base" | "embed" | "source" | "wbr")
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "li"
            | "ul"
            | "ol"
            | "dl"
            | "dt"
            | "dd"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "aside"
            | "nav"
            | "form"
            | "fieldset"
            | "legend"
            | "blockquote"
            | "address"
            | "center"
            | "figure"
            | "figcaption"
    )
}
