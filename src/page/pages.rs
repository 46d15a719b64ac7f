//! Where the pages of a printed table end. Browsers cut a merged cell anywhere and print its label once; so the page cuts it itself, and needs
//! to know before which lines. Lengths are in pixels, downwards from the top of the first page.

/// A line of the paper, titles apart.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Where it begins where a page begins with it: at its heading and its titles, if it is the first under them.
    pub top: i32,
    pub bottom: i32,
    /// The height of the titles that are printed once more above it, if a page begins with it; 0 for the first line under them.
    pub again: i32,
    pub labels: Vec<Label>,
}

/// A cell that begins in a line and covers more than that one.
#[derive(Clone, Debug)]
pub struct Label {
    /// How many lines it covers.
    pub lines: usize,
    /// The height that its text needs.
    pub needs: i32,
}

/// The lines that begin a page, but for the first. The last line is as long as it and all that may not be parted from it.
pub fn breaks(lines: &[Line], height: i32) -> Vec<usize> {
    let mut found = Vec::new();
    let mut first = 0;
    while first < lines.len() {
        let ends = first.saturating_add(1)..lines.len().saturating_add(1);
        let fitting = ends
            .take_while(|end| length(lines, first, *end) <= height)
            .filter(|end| length(lines, first, *end) + lacking(lines, first, *end) <= height);
        first = fitting.last().unwrap_or(first.saturating_add(1));
        if first < lines.len() {
            found.push(first);
        }
    }
    found
}

/// The length of a page with the lines from one up to another.
fn length(lines: &[Line], first: usize, end: usize) -> i32 {
    let ends = end.checked_sub(1).and_then(|last| lines.get(last));
    lines.get(first).zip(ends).map_or(0, |(begin, last)| last.bottom - begin.top + begin.again)
}

/// What labels that are cut at its ends need beyond the height of their lines.
fn lacking(lines: &[Line], first: usize, end: usize) -> i32 {
    let cut = lines.iter().enumerate().take(end).flat_map(|(at, line)| line.labels.iter().map(move |label| (at, label)));
    let lacking = cut.filter_map(|(at, label)| {
        let below = at.saturating_add(label.lines).min(lines.len());
        let is_cut = below > first && (at < first || below > end);
        let room = lines.get(below.min(end).checked_sub(1)?)?.bottom - lines.get(at.max(first))?.top;
        is_cut.then_some(label.needs - room)
    });
    lacking.max().unwrap_or(0).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of equal height under titles, all in one table.
    fn lines(count: usize, height: i32, titles: i32) -> Vec<Line> {
        let line = |at: usize| {
            let top = titles + height * i32::try_from(at).unwrap();
            let first = at == 0;
            Line {
                top: if first { 0 } else { top },
                bottom: top + height,
                again: if first { 0 } else { titles },
                labels: Vec::new(),
            }
        };
        (0..count).map(line).collect()
    }

    #[test]
    fn what_fits_is_not_cut() {
        assert!(breaks(&lines(9, 100, 100), 1000).is_empty());
        assert!(breaks(&[], 1000).is_empty());
    }

    #[test]
    fn titles_take_their_room_on_every_page() {
        // Nine lines and the titles fill a page.
        assert_eq!(breaks(&lines(20, 100, 100), 1000), [9, 18]);
        assert_eq!(breaks(&lines(20, 100, 100), 1099), [9, 18]);
        assert_eq!(breaks(&lines(20, 100, 100), 1100), [10]);
    }

    #[test]
    fn a_line_longer_than_a_page_has_pages_of_its_own() {
        let mut lines = lines(3, 100, 0);
        lines[1].bottom = 2600;
        (lines[2].top, lines[2].bottom) = (2600, 2700);
        assert_eq!(breaks(&lines, 1000), [1, 2]);
        assert_eq!(breaks(&lines[1..], 1000), [1]);
    }

    #[test]
    fn the_last_line_takes_the_foot_with_it() {
        let mut lines = lines(10, 100, 0);
        assert!(breaks(&lines, 1000).is_empty());
        lines[9].bottom += 50;
        assert_eq!(breaks(&lines, 1000), [9]);
    }

    #[test]
    fn a_label_that_is_cut_has_room_on_both_pages() {
        // The label needs three lines; the cut after the ninth would leave it one.
        let mut lines = lines(14, 100, 0);
        lines[8].labels.push(Label { lines: 6, needs: 300 });
        assert_eq!(breaks(&lines, 900), [8]);
        // Two lines are left for it, where it needs two.
        lines[8].labels.clear();
        lines[7].labels.push(Label { lines: 7, needs: 200 });
        assert_eq!(breaks(&lines, 900), [9]);
        // Where all of its lines find room, it is not cut.
        lines[7].labels.clear();
        lines[6].labels.push(Label { lines: 3, needs: 300 });
        assert_eq!(breaks(&lines, 900), [9]);
    }

    #[test]
    fn every_line_stands_on_one_page_and_no_page_is_too_long() {
        // A plain generator of numbers: the same trials in every run.
        let mut seed: u32 = 7;
        let mut next = move |below: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) % below
        };
        for _ in 0..2000 {
            let mut y = 0;
            let count = next(60) as usize + 1;
            let titles = next(60) as i32;
            let mut all: Vec<Line> = Vec::new();
            for at in 0..count {
                let first = at == 0 || next(20) == 0;
                let top = y;
                y += next(200) as i32 + 10 + if first { titles } else { 0 };
                let labels =
                    if next(4) == 0 { vec![Label { lines: next(12) as usize + 2, needs: next(250) as i32 }] } else { Vec::new() };
                all.push(Line { top, bottom: y, again: if first { 0 } else { titles }, labels });
            }
            let found = breaks(&all, 1000);
            assert!(found.is_sorted_by(|one, other| one < other) && found.iter().all(|at| *at > 0 && *at < count), "{found:?}");
            let mut first = 0;
            for end in found.iter().copied().chain([count]) {
                // Only a single line may be longer than a page.
                assert!(
                    end == first + 1 || length(&all, first, end) + lacking(&all, first, end) <= 1000,
                    "{first}..{end} of {found:?}: {all:?}"
                );
                first = end;
            }
        }
    }
}
