//! One chart as SVG. Heights are in em and widths in percent, so it fits any width and follows the size of the type, on paper too.
//! There is one colour, and bars differ by pattern: nothing is lost in grey or in high contrast.

use crate::page::text;
use jixiao::chart::{Bar, Chart, Group, Span};
use yew::prelude::*;

/// Em of one line of text, of a bar, and between groups.
const LINE: u32 = 150;
const BAR: u32 = 90;
const GAP: u32 = 50;
/// A chart higher than this, in hundredths of an em, is made of pieces, so that a page may end between them but not within a bar.
const PIECE: u32 = 3500;
/// Half em that fit beside each other in the narrowest inspector with the largest type.
const WIDTH: usize = 36;

/// A chart with its title; `id` begins all ids in it.
pub fn chart(chart: &Chart, id: &str) -> Html {
    let mut canvas = Canvas { chart, id, y: 0, parts: Vec::new() };
    canvas.legend();
    let mut pieces = Vec::new();
    for group in &chart.groups {
        if canvas.y > PIECE {
            pieces.push((canvas.y, std::mem::take(&mut canvas.parts)));
            canvas.y = 0;
        }
        canvas.group(group);
    }
    pieces.push((canvas.y, canvas.parts));
    let long = (pieces.len() > 1).then_some("is-long");
    let (title, words) = (format!("{id}-title"), format!("{id}-words"));
    let heading = text::chart_title(&chart.title, chart.unit);
    // The first piece says it all, for the others too.
    let pieces = pieces.into_iter().enumerate().map(|(at, (y, parts))| match at {
        0 => html! {
            <svg role="img" width="100%" height={em(y)} aria-labelledby={format!("{title} {words}")}>
                <title id={title.clone()}>{ &heading }</title>
                <desc id={words.clone()}>{ &chart.words }</desc>
                <defs>{ for patterns(id) }</defs>
                { for parts }
            </svg>
        },
        _ => html! { <svg aria-hidden="true" width="100%" height={em(y)}>{ for parts }</svg> },
    });
    html! {
        <figure class={classes!("chart", long)}>
            <figcaption aria-hidden="true">{ &heading }</figcaption>
            { for pieces }
            if !chart.note.is_empty() {
                <p class="chart-note" aria-hidden="true">{ &chart.note }</p>
            }
        </figure>
    }
}

struct Canvas<'a> {
    chart: &'a Chart,
    id: &'a str,
    /// How far down it is drawn, in hundredths of an em.
    y: u32,
    parts: Vec<Html>,
}

impl Canvas<'_> {
    fn legend(&mut self) {
        let series = self.chart.series.iter().enumerate().map(|(series, name)| (Some(series), name));
        let frame = self.chart.frame.iter().map(|name| (None, name));
        let mut x = 0;
        for (series, name) in series.chain(frame) {
            let width = text_width(name) + 4;
            if x > 0 && x + width > WIDTH {
                self.y += LINE;
                x = 0;
            }
            let left = u32::try_from(x).unwrap_or(0) * 50;
            let fill = series.map_or_else(|| "none".to_owned(), |series| fill(self.id, series));
            self.parts.push(html! {
                <>
                    <rect class="chart-bar" x={em(left)} y={em(self.y + 30)} width="1.6em" height={em(BAR)} {fill} />
                    <text x={em(left + 200)} y={em(self.y + 110)}>{ name }</text>
                </>
            });
            x += width + 2;
        }
        self.y += LINE + GAP;
    }

    fn group(&mut self, group: &Group) {
        let beside = text_width(&group.label) + text_width(&group.text) < WIDTH;
        let lines = wrapped(&group.label);
        for line in &lines {
            self.parts.push(html! { <text class="chart-label" x="0" y={em(self.y + 110)}>{ line }</text> });
            self.y += LINE;
        }
        if !group.text.is_empty() {
            if !beside {
                self.y += LINE;
            }
            self.parts.push(html! { <text x="100%" y={em(self.y + 110 - LINE)} text-anchor="end">{ &group.text }</text> });
        }
        for bar in &group.bars {
            if group.text.is_empty() {
                let name = self.chart.series.get(bar.series).map_or("", String::as_str);
                self.parts.push(html! { <text x="0" y={em(self.y + 110)}>{ format!("{name} {}", bar.text) }</text> });
                self.y += LINE;
            }
            if bar.span.is_some() || bar.frame.is_some() {
                self.bar(bar);
            }
        }
        self.y += GAP;
    }

    /// A bar, its frame, and the line of 0. The end of the frame is a line through the bar, so that it is seen where the bar goes on.
    fn bar(&mut self, bar: &Bar) {
        let (y, height) = (em(self.y + 20), em(BAR));
        if let Some(frame) = bar.frame {
            self.parts.push(rect(frame, "none".to_owned(), &y, &height));
        }
        if let Some(span) = bar.span.filter(|span| span.length > 0) {
            self.parts.push(rect(span, fill(self.id, bar.series), &y, &height));
        }
        if let Some(frame) = bar.frame.filter(|frame| frame.length > 0) {
            let end = frame.start + frame.length;
            let full = if frame.start < self.chart.zero { frame.start } else { end };
            if bar.span.is_some_and(|span| span.start < full && full < span.start + span.length) {
                // What goes on beyond 100% is cut off from what does not.
                self.parts.push(upright("chart-cut", full, self.y + 20, BAR));
            }
            self.parts.push(upright("chart-full", full, self.y, BAR + 40));
        }
        self.parts.push(upright("chart-zero", self.chart.zero, self.y, BAR + 40));
        self.y += BAR + 40;
    }
}

fn rect(span: Span, fill: String, y: &str, height: &str) -> Html {
    html! { <rect class="chart-bar" x={percent(span.start)} width={percent(span.length)} y={y.to_owned()} height={height.to_owned()} {fill} /> }
}

fn upright(class: &'static str, at: u16, y: u32, height: u32) -> Html {
    html! { <line {class} x1={percent(at)} x2={percent(at)} y1={em(y)} y2={em(y + height)} /> }
}

fn fill(id: &str, series: usize) -> String {
    format!("url(#{id}-{series})")
}

/// Solid, hatched, dotted and crossed.
fn patterns(id: &str) -> Vec<Html> {
    let pattern = |series: usize, turn: Option<&'static str>, content: Html| {
        html! {
            <pattern id={format!("{id}-{series}")} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform={turn}>{ content }</pattern>
        }
    };
    vec![
        pattern(0, None, html! { <rect class="chart-ink" width="6" height="6" /> }),
        pattern(1, Some("rotate(45)"), html! { <rect class="chart-ink" width="2" height="6" /> }),
        pattern(2, None, html! { <circle class="chart-ink" cx="3" cy="3" r="1.3" /> }),
        pattern(3, None, html! { <path class="chart-line" d="M0 3H6M3 0V6" /> }),
    ]
}

/// Hundredths of an em as an SVG length.
fn em(hundredths: u32) -> String {
    format!("{}.{:02}em", hundredths / 100, hundredths % 100)
}

/// Per mille as an SVG length.
fn percent(per_mille: u16) -> String {
    format!("{}.{}%", per_mille / 10, per_mille % 10)
}

/// The width of a text in half em: letters and digits are half as wide as Chinese characters.
fn text_width(text: &str) -> usize {
    text.chars().map(|char| if char.is_ascii() { 1 } else { 2 }).sum()
}

/// A label on at most two lines; what is longer is cut, the words have it in full.
fn wrapped(label: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for char in label.chars() {
        let last = lines.len() == 2;
        let line = lines.last_mut().map_or(0, |line| text_width(line));
        let width = if char.is_ascii() { 1 } else { 2 };
        if line + width > WIDTH - if last { 2 } else { 0 } {
            if last {
                lines[1].push('…');
                break;
            }
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push(char);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_without_floats() {
        assert_eq!((em(1205), percent(1000), percent(7)), ("12.05em".to_owned(), "100.0%".to_owned(), "0.7%".to_owned()));
    }

    #[test]
    fn long_labels_are_broken_and_then_cut() {
        assert_eq!(wrapped("产出指标"), ["产出指标"]);
        let lines = wrapped(&"字".repeat(60));
        assert_eq!((lines.len(), lines[1].ends_with('…')), (2, true));
        assert!(lines.iter().all(|line| text_width(line) <= WIDTH), "{lines:?}");
    }
}
