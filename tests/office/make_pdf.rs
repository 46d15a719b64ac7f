//! PDF files as tests need them: text at places and lines, in a font that every reader knows by its name.

#![allow(clippy::float_arithmetic, reason = "places on a page are measured so")]

/// A page: its size and how it is turned, and what is drawn on it.
pub struct Page {
    pub width: u32,
    pub height: u32,
    pub rotate: u32,
    pub content: String,
}

/// An upright A4 page.
pub fn page() -> Page {
    Page { width: 595, height: 842, rotate: 0, content: String::new() }
}

impl Page {
    /// Text from a place that is measured from the upper left corner, as people do.
    pub fn text(mut self, x: f64, y: f64, size: f64, text: &str) -> Self {
        self.content += &format!("BT /F1 {size} Tf {x} {} Td <{}> Tj ET\n", f64::from(self.height) - y, hex(text));
        self
    }

    /// Text along a line that runs from bottom to top.
    pub fn upwards(mut self, x: f64, y: f64, size: f64, text: &str) -> Self {
        self.content += &format!("BT /F1 {size} Tf 0 1 -1 0 {x} {} Tm <{}> Tj ET\n", f64::from(self.height) - y, hex(text));
        self
    }

    /// A line, as a stroke.
    pub fn line(mut self, x0: f64, y0: f64, x1: f64, y1: f64) -> Self {
        let height = f64::from(self.height);
        self.content += &format!("0.5 w {x0} {} m {x1} {} l S\n", height - y0, height - y1);
        self
    }

    /// A filled bar in a grey, as Word draws its lines.
    pub fn bar(mut self, x: f64, y: f64, width: f64, height: f64, grey: f64) -> Self {
        self.content += &format!("{grey} g {x} {} {width} {height} re f 0 g\n", f64::from(self.height) - y - height);
        self
    }

    /// A grid with these edges, and a text in each of its cells, row by row.
    pub fn grid(mut self, columns: &[f64], rows: &[f64], texts: &[&str]) -> Self {
        for row in rows {
            self = self.line(columns[0], *row, columns[columns.len() - 1], *row);
        }
        for column in columns {
            self = self.line(*column, rows[0], *column, rows[rows.len() - 1]);
        }
        for (at, text) in texts.iter().enumerate() {
            let (row, column) = (at / (columns.len() - 1), at % (columns.len() - 1));
            self = self.text(columns[column] + 4.0, rows[row] + 15.0, 10.0, text);
        }
        self
    }
}

fn hex(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("{unit:04X}")).collect()
}

/// A Chinese font that is not in the file, with one of the encodings that every reader knows: Latin letters are half as wide.
const FONT: &str = "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0\
    /BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/W[1 95 500]\
    /FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120\
    /CapHeight 880/StemV 93>>>>]>>";

/// A font whose glyphs have numbers and no names.
pub const NAMELESS: &str = "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Song/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2\
    /BaseFont/ABCDEF+Song/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000\
    /FontDescriptor<</Type/FontDescriptor/FontName/ABCDEF+Song/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 880/Descent -120\
    /CapHeight 880/StemV 93>>>>]>>";

pub fn pdf(pages: &[Page]) -> Vec<u8> {
    pdf_with(pages, FONT, "")
}

/// The same with another font, and more in the trailer.
pub fn pdf_with(pages: &[Page], font: &str, trailer: &str) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|at| format!("{} 0 R ", 4 + 2 * at)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len()),
        font.to_owned(),
    ];
    for (at, page) in pages.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {} {}]/Rotate {}/Resources<</Font<</F1 3 0 R>>>>/Contents {} 0 R>>",
            page.width,
            page.height,
            page.rotate,
            5 + 2 * at
        ));
        objects.push(format!("<</Length {}>>stream\n{}\nendstream", page.content.len(), page.content));
    }
    let objects: Vec<Vec<u8>> = objects.into_iter().map(String::into_bytes).collect();
    file(&objects, trailer)
}

/// A file of these objects, the first of which is its catalogue.
pub fn file(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", at + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in &places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    bytes.extend(format!("trailer\n<</Size {}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n", places.len() + 1).bytes());
    bytes
}

/// Pages with most of what the reader knows.
#[allow(dead_code, reason = "not every test that makes files wants it")]
pub fn sample() -> Vec<u8> {
    let first = page()
        .text(230.0, 60.0, 14.0, "项目支出绩效自评表")
        .text(60.0, 90.0, 10.0, "单位：万元")
        .grid(
            &[60.0, 200.0, 300.0, 500.0],
            &[100.0, 120.0, 140.0, 160.0],
            &["项目", "预算数", "执行数", "合计", "180.00", "178.50", "其中：财政", "180.00", "178.50"],
        )
        .upwards(550.0, 300.0, 10.0, "附件")
        .bar(60.0, 200.0, 200.0, 0.5, 1.0)
        .text(290.0, 800.0, 9.0, "— 1 —");
    let second = Page { rotate: 90, ..page() }.text(60.0, 90.0, 10.0, "本页横排。").text(290.0, 800.0, 9.0, "— 2 —");
    pdf(&[first, second])
}
