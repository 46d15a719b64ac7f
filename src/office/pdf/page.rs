//! What stands on a page: letters and rules with their places. The only room that hears the library, and the only one with its floats;
//! out of it come whole hundredths of a point, from the upper left corner of the page as it is shown.

#![allow(clippy::float_arithmetic, reason = "the library measures in floats; whole numbers leave this room")]

use super::letters::{Letter, Rule, Turn};
use super::signs;
use crate::office::limits;
use crate::prelude::*;
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::xref::XRef;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::{BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps};
use hayro_interpret::{InterpreterCache, InterpreterSettings, Paint, SoftMask, interpret_page};
use std::time::Instant;

/// What was heard of one page.
#[derive(Default)]
pub struct Heard {
    pub width: i32,
    pub height: i32,
    /// In the order of drawing.
    pub letters: Vec<Letter>,
    pub level: Vec<Rule>,
    pub upright: Vec<Rule>,
    pub pictures: u32,
    /// Letters that stand at an angle, as those of a watermark do.
    pub slanted: u32,
    /// Letters that are there to be found and not to be seen: the work of a text recogniser.
    pub unseen: u32,
    /// Letters that don't say which they are.
    pub unknown: u32,
}

/// Why hearing ended before the end of the page.
pub struct Stopped;

/// What all pages together may still take.
pub struct Rest {
    pub letters: usize,
    pub rules: usize,
    pub calls: usize,
    pub until: Instant,
}

/// Hears one page. It unwinds with [`Stopped`] where the page asks for more than is left.
pub fn hear<'a>(page: &Page<'a>, cache: &InterpreterCache<'a>, xref: &'a XRef, rest: &mut Rest) -> Heard {
    let (width, height) = page.render_dimensions();
    let place = page.initial_transform(true);
    let coefficients = place.as_coeffs();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context = Context::new(Affine::new(coefficients), bounds, cache, xref, InterpreterSettings::default());
    let heard = Heard { width: whole(f64::from(width)), height: whole(f64::from(height)), ..Heard::default() };
    let mut ear = Ear { heard, clips: Vec::new(), bounds, rest, run: 0 };
    interpret_page(page, &mut context, &mut ear);
    ear.heard
}

/// Hundredths of a point. What is no number, or lies beyond any paper, is cut.
fn whole(points: f64) -> i32 {
    #[allow(clippy::cast_possible_truncation, reason = "it is cut to what fits")]
    let hundredths = (points * 100.0).round().clamp(-50_000_000.0, 50_000_000.0) as i32;
    hundredths
}

/// The widest line that rules cells and is no bar, in points.
const THICKEST: f64 = 3.0;
/// How far from straight a rule may be, in points.
const CROOKED: f64 = 0.6;
/// From this brightness on (of 255) a line on white paper is not seen.
const NEARLY_WHITE: u32 = 246;
/// Below this opacity (of 255) nothing is seen.
const NEARLY_CLEAR: u8 = 20;

struct Ear<'r> {
    heard: Heard,
    /// What is left of the page within all clips, the innermost last.
    clips: Vec<Rect>,
    bounds: Rect,
    rest: &'r mut Rest,
    run: u32,
}

impl Ear<'_> {
    /// Counts a call. A page of calls without end must end all the same, and the library can't be told to stop but so.
    fn call(&mut self) {
        self.rest.calls = self.rest.calls.saturating_sub(1);
        if self.rest.calls == 0 || self.rest.calls.is_multiple_of(256) && Instant::now() >= self.rest.until {
            std::panic::resume_unwind(Box::new(Stopped));
        }
    }

    fn visible(&self) -> Rect {
        self.clips.last().copied().unwrap_or(self.bounds)
    }

    /// Keeps a line or a thin filled bar as a rule, as far as it is seen.
    fn rule(&mut self, one: Point, other: Point, half: f64) {
        let seen = self.visible();
        let bar = Rect::from_points(one, other).inflate(half, half);
        let bar = Rect::new(bar.x0.max(seen.x0), bar.y0.max(seen.y0), bar.x1.min(seen.x1), bar.y1.min(seen.y1));
        if !(bar.x1 >= bar.x0 && bar.y1 >= bar.y0) {
            return;
        }
        if bar.height() <= THICKEST {
            let rule = Rule { at: whole(bar.center().y), from: whole(bar.x0), to: whole(bar.x1) };
            self.heard.level.push(rule);
            self.take_rule();
        }
        if bar.width() <= THICKEST {
            let rule = Rule { at: whole(bar.center().x), from: whole(bar.y0), to: whole(bar.y1) };
            self.heard.upright.push(rule);
            self.take_rule();
        }
    }

    fn take_rule(&mut self) {
        match self.rest.rules.checked_sub(1) {
            Some(rest) => self.rest.rules = rest,
            None => std::panic::resume_unwind(Box::new(Stopped)),
        }
    }

    fn path(&mut self, path: &BezPath, props: &DrawProps<'_>, mode: &DrawMode) {
        self.call();
        if !is_seen(&props.paint) {
            return;
        }
        let (fill, stroke) = match mode {
            DrawMode::Fill(_) => (true, None),
            DrawMode::Stroke(stroke) => (false, Some(f64::from(stroke.line_width))),
            DrawMode::FillAndStroke(_, stroke) => (true, Some(f64::from(stroke.line_width))),
            DrawMode::Invisible => return,
        };
        let coefficients = props.transform.as_coeffs();
        let scale = (coefficients[0] * coefficients[3] - coefficients[1] * coefficients[2]).abs().sqrt();
        let half = stroke.map(|width| (width * scale / 2.0).max(0.0));
        if half.is_some_and(|half| half * 2.0 > THICKEST) && !fill {
            return;
        }
        let parts = parts(path, props.transform);
        if fill {
            self.filled(&parts);
        }
        if let Some(half) = half.filter(|half| half * 2.0 <= THICKEST) {
            for part in &parts {
                self.stroked(part, half);
            }
        }
    }

    /// Thin bars rule; so does the frame between two boxes, one within the other.
    fn filled(&mut self, parts: &[Part]) {
        let boxes: Vec<Rect> = parts.iter().filter(|part| !part.curved).filter_map(Part::bounds).collect();
        if let [outer, inner] = boxes.as_slice() {
            let (outer, inner) = if outer.area() >= inner.area() { (*outer, *inner) } else { (*inner, *outer) };
            let edges = [inner.x0 - outer.x0, inner.y0 - outer.y0, outer.x1 - inner.x1, outer.y1 - inner.y1];
            if edges.iter().all(|edge| (0.0..=THICKEST).contains(edge)) && inner.width().min(inner.height()) > THICKEST {
                let corners = [(outer.x0, outer.y0), (outer.x1, outer.y0), (outer.x1, outer.y1), (outer.x0, outer.y1)];
                for (at, edge) in [(0, edges[1]), (1, edges[2]), (2, edges[3]), (3, edges[0])] {
                    let ends = (corners.get(at), corners.get((at + 1) % 4));
                    if let (Some(one), Some(other)) = ends
                        && edge > 0.0
                    {
                        self.rule((*one).into(), (*other).into(), 0.0);
                    }
                }
                return;
            }
        }
        for bar in boxes {
            if bar.width().min(bar.height()) <= THICKEST {
                self.rule(Point::new(bar.x0, bar.y0), Point::new(bar.x1, bar.y1), 0.0);
            }
        }
    }

    fn stroked(&mut self, part: &Part, half: f64) {
        let closing = part.closed.then(|| part.points.first().copied()).flatten();
        let mut ends = part.points.iter().copied().chain(closing);
        let Some(mut last) = ends.next() else { return };
        for next in ends {
            let (wide, high) = ((next.x - last.x).abs(), (next.y - last.y).abs());
            if !part.curved && wide.min(high) <= CROOKED && wide.max(high) > 0.0 {
                // The caps of a line count for nothing: only its middle says where it is.
                let (across, along) = if wide >= high { ((0.0, half), wide) } else { ((half, 0.0), high) };
                if along * 2.0 > half {
                    let middle = ((last.x + next.x) / 2.0, (last.y + next.y) / 2.0);
                    let (one, other) = if wide >= high {
                        (Point::new(last.x, middle.1 - across.1), Point::new(next.x, middle.1 + across.1))
                    } else {
                        (Point::new(middle.0 - across.0, last.y), Point::new(middle.0 + across.0, next.y))
                    };
                    self.rule(one, other, 0.0);
                }
            }
            last = next;
        }
    }

    fn letter(&mut self, glyph: &Glyph<'_>, place: Affine) {
        let width = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(drawn) => drawn.advance_width(),
        };
        let width = width.map_or(500.0, f64::from);
        let [along_x, along_y, up_x, up_y, x, y] = place.as_coeffs();
        let size = whole((up_x.hypot(up_y)) * 1_000.0);
        let (right, down) = (along_x * 1_000.0, along_y * 1_000.0);
        let turn = match (right.abs() > down.abs() * 8.0, down.abs() > right.abs() * 8.0) {
            (true, _) => {
                if right > 0.0 {
                    Turn::Upright
                } else {
                    Turn::UpsideDown
                }
            }
            (_, true) => {
                if down > 0.0 {
                    Turn::Downwards
                } else {
                    Turn::Upwards
                }
            }
            _ => {
                self.heard.slanted += 1;
                return;
            }
        };
        let known = match glyph.as_unicode() {
            Some(BfString::Char(letter)) => String::from(letter),
            Some(BfString::String(letters)) => letters,
            None => String::new(),
        };
        let known: Vec<char> = known.chars().map(signs::word).filter(|letter| *letter != '\0').collect();
        let unknown = known.is_empty() || known.iter().any(|letter| is_private(*letter));
        let known = if unknown { vec!['\u{fffd}'] } else { known };
        let many = u32::try_from(known.len()).unwrap_or(u32::MAX);
        // A letter stands between the line below it and the line above.
        let corner = |along: f64, up: f64| Point::new(x + along_x * along + up_x * up, y + along_y * along + up_y * up);
        for (letter, at) in known.into_iter().zip(0_u32..) {
            let (from, to) = (width * f64::from(at) / f64::from(many), width * f64::from(at + 1) / f64::from(many));
            let space = Rect::from_points(corner(from, -120.0), corner(to, 880.0));
            if !space.is_finite() || !self.bounds.contains(space.center()) {
                continue;
            }
            let rest = self.rest.letters.checked_sub(1).filter(|_| self.heard.letters.len() < limits::PAGE_LETTERS);
            match rest {
                Some(rest) => self.rest.letters = rest,
                None => std::panic::resume_unwind(Box::new(Stopped)),
            }
            let (left, top, right, bottom) = (whole(space.x0), whole(space.y0), whole(space.x1), whole(space.y1));
            self.heard.unknown += u32::from(unknown);
            self.heard.letters.push(Letter { letter, left, top, right, bottom, size, turn, run: self.run });
        }
    }
}

/// Whether a letter means something only to its font.
fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{fffd}')
}

/// One stretch of a path, without its curves.
struct Part {
    points: Vec<Point>,
    closed: bool,
    curved: bool,
}

impl Part {
    fn bounds(&self) -> Option<Rect> {
        let first = self.points.first()?;
        let start = Rect::from_points(*first, *first);
        Some(self.points.iter().fold(start, |all, point| all.union_pt(*point)))
    }
}

fn parts(path: &BezPath, place: Affine) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for element in path.elements() {
        match element {
            PathEl::MoveTo(point) => parts.push(Part { points: vec![place * *point], closed: false, curved: false }),
            PathEl::LineTo(point) => {
                if let Some(part) = parts.last_mut() {
                    part.points.push(place * *point);
                }
            }
            PathEl::QuadTo(_, point) | PathEl::CurveTo(_, _, point) => {
                if let Some(part) = parts.last_mut() {
                    part.points.push(place * *point);
                    part.curved = true;
                }
            }
            PathEl::ClosePath => {
                if let Some(part) = parts.last_mut() {
                    part.closed = true;
                }
            }
        }
    }
    parts
}

/// Whether a paint is seen on white paper.
fn is_seen(paint: &Paint<'_>) -> bool {
    let Paint::Color(color) = paint else { return true };
    let [red, green, blue, opacity] = color.to_rgba().to_rgba8();
    let opaque = u32::from(opacity);
    let light = (u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114) / 1_000;
    opacity > NEARLY_CLEAR && (light * opaque + 255 * (255 - opaque)) / 255 < NEARLY_WHITE
}

impl<'a> Device<'a> for Ear<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.path(path, &props, draw_mode);
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        self.call();
        let clip = clip_path.path.bounding_box();
        let seen = self.visible();
        let (x0, y0) = (clip.x0.max(seen.x0), clip.y0.max(seen.y0));
        self.clips.push(Rect { x0, y0, x1: clip.x1.min(seen.x1), y1: clip.y1.min(seen.y1) });
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.call();
    }

    fn draw_glyph_run(&mut self, glyph_run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.call();
        self.run += 1;
        for glyph in glyph_run.glyphs() {
            if matches!(draw_mode, DrawMode::Invisible) {
                self.heard.unseen += 1;
            }
            self.letter(glyph, props.transform * glyph.transform());
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.call();
        self.heard.pictures += 1;
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {}
}
