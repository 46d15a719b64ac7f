//! Letters and pages.

use super::xml::DECLARATION;
use crate::paper::{PageKind, Pages, Style};
use crate::prelude::*;

/// Twips: twentieths of a point, 1440 to an inch.
#[derive(Clone, Copy)]
pub struct Layout {
    width: u32,
    height: u32,
    top: u32,
    right: u32,
    bottom: u32,
    left: u32,
    kind: PageKind,
}

/// A4
const SHORT: u32 = 11906;
const LONG: u32 = 16838;

impl Layout {
    pub fn of(pages: &Pages) -> Layout {
        let (width, height) = if pages.landscape { (LONG, SHORT) } else { (SHORT, LONG) };
        let (top, right, bottom, left) = match (pages.kind, pages.landscape) {
            // 18 and 15 mm, as the page prints; the wide side is the one that is bound.
            (PageKind::Table, false) => (1021, 851, 1021, 1021),
            (PageKind::Table, true) => (1021, 1021, 851, 1021),
            // 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm.
            (PageKind::Official, _) => (2098, 1474, 1984, 1588),
        };
        Layout { width, height, top, right, bottom, left, kind: pages.kind }
    }

    pub fn text_width(self) -> u32 {
        self.width.saturating_sub(self.left).saturating_sub(self.right)
    }

    /// `w:sectPr`
    pub fn push_section(self, xml: &mut String) {
        let (odd, even) = if self.kind == PageKind::Official { ("rId4", "rId5") } else { ("rId3", "rId3") };
        let lying = if self.width > self.height { " w:orient=\"landscape\"" } else { "" };
        xml.push_str(&format!(
            "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"{odd}\"/><w:footerReference w:type=\"even\" r:id=\"{even}\"/>\
             <w:type w:val=\"nextPage\"/><w:pgSz w:w=\"{}\" w:h=\"{}\"{lying}/>\
             <w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" w:header=\"567\" w:footer=\"{}\" w:gutter=\"0\"/>",
            self.width,
            self.height,
            self.top,
            self.right,
            self.bottom,
            self.left,
            if self.kind == PageKind::Official { 1587 } else { 510 },
        ));
        if self.kind == PageKind::Official {
            // 22 lines; that 28 characters go into one is due to their spacing ([`CLOSER`]).
            xml.push_str("<w:docGrid w:type=\"lines\" w:linePitch=\"579\"/>");
        }
        xml.push_str("</w:sectPr>");
    }
}

/// The name of a paragraph's style.
pub fn id(kind: PageKind, style: Style) -> &'static str {
    match (kind, style) {
        (PageKind::Table, Style::Title) => "SheetTitle",
        (PageKind::Table, Style::Heading1 | Style::Heading2) => "SheetHeading",
        (PageKind::Table, Style::Heading3) => "SheetItem",
        (PageKind::Table, Style::Body) => "SheetText",
        (PageKind::Official, Style::Title) => "OfficialTitle",
        (PageKind::Official, Style::Heading1) => "OfficialHeading1",
        (PageKind::Official, Style::Heading2) => "OfficialHeading2",
        (PageKind::Official, Style::Heading3) => "OfficialHeading3",
        (PageKind::Official, Style::Body) => "OfficialText",
        (_, Style::Subtitle) => "SheetYear",
        (_, Style::Unit) => "SheetUnit",
        (_, Style::Note) => "SheetNote",
        (_, Style::Sign) => "SheetSign",
    }
}

/// 28 letters of 三号, 16 points each, need 448 points where the page has 442: each gives a quarter of a point. A grid of characters
/// would do the same in Word alone; other programs put a letter of 16 points into two places of 15.8.
const CLOSER: &str = "<w:spacing w:val=\"-5\"/>";

/// A paragraph style: font by name, size in half points, and what else stands in its `w:pPr`.
struct Known {
    id: &'static str,
    name: &'static str,
    font: &'static str,
    size: u8,
    bold: bool,
    paragraph: &'static str,
    outline: Option<u8>,
}

const fn known(id: &'static str, name: &'static str, font: &'static str, size: u8, paragraph: &'static str) -> Known {
    Known { id, name, font, size, bold: false, paragraph, outline: None }
}

/// 三号, in half points.
const OFFICIAL_SIZE: u8 = 32;
const SONG: &str = "宋体";
const HEI: &str = "黑体";
const KAI: &str = "楷体_GB2312";
const FANG: &str = "仿宋_GB2312";
const TITLE: &str = "方正小标宋简体";

/// Two letters further in, lines as the grid of the page has them.
const INDENTED: &str =
    "<w:spacing w:line=\"579\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:jc w:val=\"both\"/>";
const HEADING: &str = "<w:keepNext/><w:spacing w:line=\"579\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:jc w:val=\"both\"/>";

const STYLES: &[Known] = &[
    known("Cell", "表格文字", SONG, 21, ""),
    known("CellSmall", "表格小字", SONG, 18, ""),
    known("CellSmaller", "表格更小字", SONG, 15, ""),
    // Keeps two tables apart without a gap that anybody sees.
    known("Seam", "表格间隔", SONG, 2, "<w:spacing w:line=\"20\" w:lineRule=\"exact\"/>"),
    Known { outline: Some(0), ..known("SheetTitle", "表格标题", TITLE, 36, "<w:keepNext/><w:jc w:val=\"center\"/>") },
    known("SheetYear", "表格年度", SONG, 21, "<w:keepNext/><w:jc w:val=\"center\"/>"),
    known("SheetUnit", "表格单位", SONG, 21, "<w:keepNext/><w:jc w:val=\"right\"/>"),
    Known {
        bold: true,
        ..known("SheetHeading", "表格小标题", SONG, 21, "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"60\"/>")
    },
    Known { bold: true, ..known("SheetItem", "底稿条目", SONG, 21, "<w:keepNext/><w:spacing w:before=\"120\"/>") },
    known("SheetText", "底稿文字", SONG, 21, ""),
    known("SheetNote", "说明文字", SONG, 18, ""),
    known("SheetSign", "签署", SONG, 21, "<w:spacing w:before=\"200\"/>"),
    Known {
        outline: Some(0),
        ..known(
            "OfficialTitle",
            "公文标题",
            TITLE,
            44,
            "<w:spacing w:after=\"289\" w:line=\"640\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>",
        )
    },
    Known { outline: Some(0), ..known("OfficialHeading1", "公文一级标题", HEI, OFFICIAL_SIZE, HEADING) },
    Known { outline: Some(1), ..known("OfficialHeading2", "公文二级标题", KAI, OFFICIAL_SIZE, HEADING) },
    Known { outline: Some(2), ..known("OfficialHeading3", "公文三级标题", FANG, OFFICIAL_SIZE, HEADING) },
    known("OfficialText", "公文正文", FANG, OFFICIAL_SIZE, INDENTED),
    known("Footer", "页码", SONG, 28, ""),
    known("SheetFooter", "表格页码", SONG, 18, ""),
];

/// The style of cells with the largest letters that fit; the smallest where none do.
pub fn cell(fits: impl Fn(u32) -> bool) -> &'static str {
    [("Cell", 21), ("CellSmall", 18)].into_iter().find(|(_, size)| fits(*size)).map_or("CellSmaller", |(id, _)| id)
}

/// `word/styles.xml`
pub fn styles() -> String {
    let mut xml = format!(
        "{DECLARATION}<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:docDefaults><w:rPrDefault><w:rPr>{}<w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>",
        fonts(SONG)
    );
    for style in STYLES {
        let outline = style.outline.map(|level| format!("<w:outlineLvl w:val=\"{level}\"/>")).unwrap_or_default();
        let bold = if style.bold { "<w:b/>" } else { "" };
        let closer = if style.size == OFFICIAL_SIZE { CLOSER } else { "" };
        xml.push_str(&format!(
            "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"{}\"><w:name w:val=\"{}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>\
             <w:pPr>{}{outline}</w:pPr><w:rPr>{}{bold}{closer}<w:sz w:val=\"{}\"/><w:szCs w:val=\"{}\"/></w:rPr></w:style>",
            style.id,
            style.name,
            style.paragraph,
            fonts(style.font),
            style.size,
            style.size,
        ));
    }
    xml.push_str(GRID);
    xml.push_str("</w:styles>");
    xml
}

/// Digits and Latin letters of an official document stand in the font of its text.
fn fonts(font: &str) -> String {
    format!("<w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\" w:eastAsia=\"{font}\" w:cs=\"Times New Roman\"/>")
}

/// Lines around every cell, and a little room within.
const GRID: &str = "<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"Grid\"><w:name w:val=\"表格线\"/><w:tblPr><w:tblBorders>\
<w:top w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/><w:left w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/>\
<w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/><w:right w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/>\
<w:insideH w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/><w:insideV w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/>\
</w:tblBorders><w:tblCellMar><w:top w:w=\"28\" w:type=\"dxa\"/><w:left w:w=\"57\" w:type=\"dxa\"/><w:bottom w:w=\"28\" w:type=\"dxa\"/><w:right w:w=\"57\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>";
