//! Word (`.docx`) from [`Paper`]: tables on narrow pages, reports as official documents by GB/T 9704—2012.

mod style;
mod table;
mod xml;

use super::package::pack;
use crate::paper::{Block, PageKind, Pages, Paper, Paragraph, Style};
use crate::prelude::*;
use style::Layout;
use xml::push_run;

/// The bytes of a document. Empty only where memory for the package can't be had.
pub fn write(paper: &Paper) -> Vec<u8> {
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", RELATIONSHIPS.to_owned()),
        ("docProps/core.xml", core(&paper.title)),
        ("word/document.xml", document(paper)),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONSHIPS.to_owned()),
        ("word/styles.xml", style::styles()),
        ("word/settings.xml", SETTINGS.to_owned()),
        ("word/footer1.xml", footer(Align::Center, "第", " 页　共 ", true)),
        ("word/footer2.xml", footer(Align::Right, "— ", " —", false)),
        ("word/footer3.xml", footer(Align::Left, "— ", " —", false)),
    ];
    pack(&parts).unwrap_or_default()
}

fn document(paper: &Paper) -> String {
    let mut body = format!("{}<w:document {NAMESPACES}><w:body>", xml::DECLARATION);
    for (at, pages) in paper.pages.iter().enumerate() {
        let layout = Layout::of(pages);
        push_blocks(pages, layout, &mut body);
        // The settings of pages stand in their last paragraph; those of the last pages at the end of the document.
        let last = at.saturating_add(1) == paper.pages.len();
        if last {
            layout.push_section(&mut body);
        } else {
            body.push_str("<w:p><w:pPr><w:pStyle w:val=\"Seam\"/>");
            layout.push_section(&mut body);
            body.push_str("</w:pPr></w:p>");
        }
    }
    body.push_str("</w:body></w:document>");
    body
}

fn push_blocks(pages: &Pages, layout: Layout, body: &mut String) {
    let mut blocks = pages.blocks.iter().peekable();
    while let Some(block) = blocks.next() {
        match block {
            Block::Paragraph(paragraph) => push_paragraph(paragraph, pages.kind, body),
            Block::Table(table) => {
                // The foot never stands alone on a page: the last line of the table goes with it.
                let signed = matches!(blocks.peek(), Some(Block::Paragraph(Paragraph { style: Style::Sign, .. })));
                table::push(table, layout.text_width(), signed, body);
                // Two tables in a row would become one, whose titles could not repeat. A document, too, must not end with a table.
                if matches!(blocks.peek(), Some(Block::Table(_)) | None) {
                    body.push_str("<w:p><w:pPr><w:pStyle w:val=\"Seam\"/></w:pPr></w:p>");
                }
            }
        }
    }
}

fn push_paragraph(paragraph: &Paragraph, kind: PageKind, body: &mut String) {
    body.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr>", style::id(kind, paragraph.style)));
    push_run(&paragraph.text, body);
    body.push_str("</w:p>");
}

/// Where a page number stands.
enum Align {
    Left,
    Center,
    Right,
}

fn footer(align: Align, before: &str, after: &str, with_total: bool) -> String {
    let align = match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    };
    let style = if with_total { "SheetFooter" } else { "Footer" };
    let mut text = format!(
        "{}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"{style}\"/><w:jc w:val=\"{align}\"/></w:pPr>",
        xml::DECLARATION
    );
    push_run(before, &mut text);
    text.push_str("<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    push_run(after, &mut text);
    if with_total {
        text.push_str("<w:fldSimple w:instr=\" NUMPAGES \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
        push_run(" 页", &mut text);
    }
    text.push_str("</w:p></w:ftr>");
    text
}

fn core(title: &str) -> String {
    let mut text = format!(
        "{}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>",
        xml::DECLARATION
    );
    xml::escape(title, &mut text);
    text.push_str("</dc:title><dc:creator>绩效自评</dc:creator></cp:coreProperties>");
    text
}

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

const CONTENT_TYPES: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>",
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>",
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>",
    "<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>",
    "<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>",
    "<Override PartName=\"/word/footer2.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>",
    "<Override PartName=\"/word/footer3.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>",
    "</Types>",
);

const RELATIONSHIPS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>",
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>",
    "</Relationships>",
);

const DOCUMENT_RELATIONSHIPS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>",
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" Target=\"settings.xml\"/>",
    "<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/>",
    "<Relationship Id=\"rId4\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer2.xml\"/>",
    "<Relationship Id=\"rId5\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer3.xml\"/>",
    "</Relationships>",
);

/// Page numbers of an official document stand outside: right on odd pages, left on even ones.
const SETTINGS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">",
    "<w:evenAndOddHeaders/><w:characterSpacingControl w:val=\"doNotCompress\"/>",
    "<w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>",
    "</w:settings>",
);
