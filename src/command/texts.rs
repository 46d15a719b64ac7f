//! Documents out of files: one JSON document, or JSON Lines, one after the other in memory that does not grow.

use jixiao::io::json::MOST_BYTES;
use std::io::{self, BufRead, BufReader, Read};

/// A file that is being read, or standard input.
pub type Opened = BufReader<Box<dyn Read>>;

/// The bytes of a document. More than [`MOST_BYTES`] are cut off after one byte too many, which is enough to refuse them.
pub struct Text {
    /// The line it stands on, in JSON Lines.
    pub line: Option<usize>,
    pub bytes: Vec<u8>,
}

/// The documents of one file.
pub struct Texts {
    reader: Opened,
    layout: Layout,
    /// A line that was read ahead to see the layout, with its number.
    ahead: Option<(usize, Vec<u8>)>,
    /// Standard input, which another program may be writing.
    live: bool,
    number: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Layout {
    /// Not looked at yet.
    Unknown,
    Lines,
    Done,
}

impl Texts {
    /// The documents of a file that was opened. One whose name says so has one on each line.
    pub fn of(reader: Opened, name: &str) -> Texts {
        let named = [".jsonl", ".ndjson"].iter().any(|ending| name.ends_with(ending));
        let layout = if named { Layout::Lines } else { Layout::Unknown };
        Texts { reader, layout, ahead: None, live: name == "-", number: 0 }
    }

    /// Whether the next document may make the program wait for whoever writes it.
    pub fn may_wait(&self) -> bool {
        self.reader.buffer().is_empty()
    }

    /// The next document. Blank lines between documents are skipped.
    ///
    /// # Errors
    /// As the system says.
    pub fn next(&mut self) -> io::Result<Option<Text>> {
        match self.layout {
            Layout::Unknown => self.first(),
            Layout::Lines => {
                let line = match self.ahead.take() {
                    None => self.line()?,
                    ahead => ahead,
                };
                Ok(line.map(|(number, bytes)| Text { line: Some(number), bytes }))
            }
            Layout::Done => Ok(None),
        }
    }

    /// Looks at the first two lines: JSON Lines has a whole document on one of them, and a document over several lines on neither.
    /// Two lines, so that a first line that is damaged does not hide the rest.
    fn first(&mut self) -> io::Result<Option<Text>> {
        self.layout = Layout::Done;
        let Some((first, bytes)) = self.line()? else { return Ok(None) };
        let closed = looks_whole(&bytes);
        if closed && self.live && self.may_wait() {
            // Whoever writes line by line may wait for an answer before the second line.
            self.layout = Layout::Lines;
            return Ok(Some(Text { line: Some(first), bytes }));
        }
        match self.line()? {
            None => Ok(Some(Text { line: None, bytes })),
            Some((number, second)) if closed || looks_whole(&second) => {
                self.layout = Layout::Lines;
                self.ahead = Some((number, second));
                Ok(Some(Text { line: Some(first), bytes }))
            }
            Some((number, second)) => {
                // Blank lines that were skipped count in the places that errors name.
                let mut whole = b"\n".repeat(first - 1);
                whole.extend(bytes);
                whole.extend(b"\n".repeat(number - first - 1));
                whole.extend(second);
                self.reader.by_ref().take(MOST_BYTES as u64 + 1).read_to_end(&mut whole)?;
                Ok(Some(Text { line: None, bytes: whole }))
            }
        }
    }

    /// The next line that is not blank, with its number.
    fn line(&mut self) -> io::Result<Option<(usize, Vec<u8>)>> {
        loop {
            let mut bytes = Vec::new();
            let most = MOST_BYTES as u64 + 2;
            if self.reader.by_ref().take(most).read_until(b'\n', &mut bytes)? == 0 {
                return Ok(None);
            }
            self.number += 1;
            if !bytes.ends_with(b"\n") {
                self.reader.skip_until(b'\n')?;
            }
            // Windows programs put a mark before the text; files that were put together have one in the middle.
            if !without_mark(&bytes).is_empty() {
                return Ok(Some((self.number, bytes)));
            }
        }
    }
}

fn looks_whole(line: &[u8]) -> bool {
    let line = without_mark(line);
    line.starts_with(b"{") && line.ends_with(b"}")
}

/// A text without the byte order mark and the white space around it.
fn without_mark(text: &[u8]) -> &[u8] {
    let text = text.trim_ascii();
    text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text).trim_ascii()
}
