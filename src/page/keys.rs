//! Which key does what. One place, so that the help dialog and the handler can't drift apart unnoticed.

/// A key press, as far as it matters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Press {
    pub key: String,
    /// Ctrl, or Command where there is one.
    pub control: bool,
    pub shift: bool,
    pub alt: bool,
}

/// What stands under the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Under {
    /// A cell of the paper.
    Cell {
        /// The caret stands where Up (or Down) leads out of the text.
        first_line: bool,
        last_line: bool,
    },
    /// Something outside the paper.
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Up,
    Down,
    AddRow,
    CopyRow,
    RemoveRow,
    RowUp,
    RowDown,
    RowMenu,
    Undo,
    Redo,
    SaveFile,
    Print,
    Help,
    Rates,
    NextFinding,
    /// From the table to the report, and back.
    OtherView,
    CloseDialog,
}

/// What a key press asks for; `None` leaves it to the browser.
pub fn command(press: &Press, under: Under) -> Option<Command> {
    let key = press.key.to_ascii_lowercase();
    let Press { control, shift, alt, .. } = *press;
    let in_cell = matches!(under, Under::Cell { .. });
    match (key.as_str(), control, shift, alt) {
        ("f1", false, false, false) => Some(Command::Help),
        ("f9", false, false, false) => Some(Command::Rates),
        ("f8", false, false, false) => Some(Command::NextFinding),
        ("f4", false, false, false) => Some(Command::OtherView),
        ("escape", false, false, false) => Some(Command::CloseDialog),
        ("s", true, false, false) => Some(Command::SaveFile),
        ("p", true, false, false) => Some(Command::Print),
        ("z", true, false, false) => Some(Command::Undo),
        ("y", true, false, false) | ("z", true, true, false) => Some(Command::Redo),
        ("f2", false, false, false) if in_cell => Some(Command::RowMenu),
        ("enter", true, false, false) if in_cell => Some(Command::AddRow),
        ("d", true, true, false) if in_cell => Some(Command::CopyRow),
        ("delete", true, false, false) if in_cell => Some(Command::RemoveRow),
        ("arrowup", false, false, true) if in_cell => Some(Command::RowUp),
        ("arrowdown", false, false, true) if in_cell => Some(Command::RowDown),
        ("enter", false, false, false) if in_cell => Some(Command::Down),
        ("arrowup", false, false, false) if matches!(under, Under::Cell { first_line: true, .. }) => Some(Command::Up),
        ("arrowdown", false, false, false) if matches!(under, Under::Cell { last_line: true, .. }) => Some(Command::Down),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELL: Under = Under::Cell { first_line: true, last_line: false };

    fn press(keys: &str) -> Press {
        let key = keys.rsplit('+').next().unwrap_or_default().to_owned();
        Press { key, control: keys.contains("Ctrl"), shift: keys.contains("Shift"), alt: keys.contains("Alt") }
    }

    #[test]
    fn keys_mean_what_the_help_says() {
        assert_eq!(command(&press("Enter"), CELL), Some(Command::Down));
        assert_eq!(command(&press("Shift+Enter"), CELL), None);
        assert_eq!(command(&press("Ctrl+Shift+Z"), CELL), Some(Command::Redo));
        assert_eq!(command(&press("Ctrl+Shift+D"), CELL), Some(Command::CopyRow));
        assert_eq!(command(&press("ArrowDown"), CELL), None);
        assert_eq!(command(&press("ArrowUp"), CELL), Some(Command::Up));
        assert_eq!(command(&press("Alt+ArrowDown"), CELL), Some(Command::RowDown));
    }

    #[test]
    fn outside_the_paper_only_the_page_s_own_keys_act() {
        assert_eq!(command(&press("Enter"), Under::Other), None);
        assert_eq!(command(&press("Ctrl+Enter"), Under::Other), None);
        assert_eq!(command(&press("Ctrl+s"), Under::Other), Some(Command::SaveFile));
        assert_eq!(command(&press("F4"), Under::Other), Some(Command::OtherView));
    }
}
