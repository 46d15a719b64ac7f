//! A sound file of every kind that is read, with most of what its reader knows in it.

use crate::{make, make_doc, make_pdf, make_xls};
use make_xls::{Sheet, Value, cell, xls};

pub enum Sample {
    Bytes(Vec<u8>),
    Markup(String),
    /// The parts of a zip.
    Parts(Vec<(String, Vec<u8>)>),
}

/// A zip of these parts, deflated or stored.
pub fn packed(parts: &[(String, Vec<u8>)], deflated: bool) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, data)| (&**name, &**data)).collect();
    if deflated { make::deflated(&parts) } else { make::zip(&parts) }
}

/// Each kind by the ending of its name.
pub fn all() -> Vec<(&'static str, Sample)> {
    vec![
        (
            "docx",
            Sample::Parts(parts(&make::docx(BODY, &[("styles", STYLES), ("numbering", NUMBERING), ("footnotes", FOOTNOTES)]))),
        ),
        ("xlsx", Sample::Parts(parts(&workbook()))),
        ("xls", Sample::Bytes(xls(&sheets(), &["0.00%", "yyyy\"年\"m\"月\""]))),
        ("doc", Sample::Bytes(make_doc::sample())),
        ("pdf", Sample::Bytes(make_pdf::sample())),
        ("biff", Sample::Bytes(make_xls::stream(&sheets(), &["0.00\"万元\""], true))),
        (
            "ods",
            Sample::Parts(vec![
                ("mimetype".into(), b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
                ("META-INF/manifest.xml".into(), b"<manifest/>".to_vec()),
                ("content.xml".into(), ODS.as_bytes().to_vec()),
            ]),
        ),
        (
            "odt",
            Sample::Parts(vec![
                ("mimetype".into(), b"application/vnd.oasis.opendocument.text".to_vec()),
                ("META-INF/manifest.xml".into(), b"<manifest/>".to_vec()),
                ("content.xml".into(), ODT.as_bytes().to_vec()),
            ]),
        ),
        ("wordml.xml", Sample::Markup(WORD_2003.into())),
        ("excelml.xml", Sample::Markup(EXCEL_2003.into())),
        ("flat.xml", Sample::Markup(FLAT.into())),
        ("html", Sample::Markup(HTML.into())),
        ("mht", Sample::Bytes(MHT.into())),
        ("csv", Sample::Bytes(CSV.into())),
        ("gbk.csv", Sample::Bytes(GBK.to_vec())),
        ("txt", Sample::Bytes(TEXT.into())),
    ]
}

/// The parts of a stored zip that was made here.
fn parts(zip: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut parts = Vec::new();
    let mut rest = zip;
    while rest.starts_with(b"PK\x03\x04") {
        let size = u32::from_le_bytes(rest[18..22].try_into().unwrap()) as usize;
        let name = u16::from_le_bytes(rest[26..28].try_into().unwrap()) as usize;
        let data = 30 + name;
        parts.push((String::from_utf8_lossy(&rest[30..data]).into_owned(), rest[data..data + size].to_vec()));
        rest = &rest[data + size..];
    }
    parts
}

fn workbook() -> Vec<u8> {
    let entries = r#"<sheet name="自评表" sheetId="1" r:id="rId1"/><sheet name="乙" sheetId="2" r:id="rId2" state="hidden"/>"#;
    let styles = r#"<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="0.00&quot;万元&quot;;[Red]-0.00"/><numFmt numFmtId="165" formatCode="[DBNum1]yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="12"/></cellXfs></styleSheet>"#;
    make::workbook(
        entries,
        "<workbookPr/>",
        &[SHEET, SHEET],
        styles,
        Some("<si><t>项目名称</t></si><si><r><t>水</t></r><r><t>库</t></r></si>"),
    )
}

fn sheets() -> Vec<Sheet<'static>> {
    let cells = vec![
        cell(0, 0, Value::Text("项目名称")),
        cell(0, 1, Value::Label("水库")),
        cell(1, 0, Value::Number(4.6)),
        make_xls::Cell { style: 1, ..cell(1, 1, Value::Number(0.4556)) },
        make_xls::Cell { style: 2, ..cell(1, 2, Value::Number(44_196.0)) },
        cell(1, 3, Value::Short(8_960 << 2 | 3)),
        cell(2, 0, Value::Formula(0.3)),
        cell(2, 1, Value::FormulaText("优")),
        cell(2, 2, Value::Bool(true)),
        cell(2, 3, Value::Error(7)),
    ];
    vec![Sheet { name: "自评表", hidden: 0, cells, merges: vec![[0, 0, 1, 3], [3, 4, 0, 1]], zeros: false }]
}

const SHEET: &str = r#"<dimension ref="A1:D4"/><sheetViews><sheetView showZeros="0"/></sheetViews><cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>内</t></is></c></row><row r="2" hidden="1"><c r="A2" s="1"><v>0.455555555555556</v></c><c r="B2" s="2"><v>180</v></c><c r="C2" s="3"><v>44196.5</v></c><c r="D2" s="4"><v>0.25</v></c></row><row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" t="e"><v>#N/A</v></c><c r="C3"><f>SUM(A1:A2)</f><v></v></c><c r="D3" t="d"><v>2020-12-31T10:00:00</v></c></row></sheetData><mergeCells count="2"><mergeCell ref="A4:D4"/><mergeCell ref="B1:C1"/></mergeCells>"#;
const BODY: &str = r#"<w:p><w:pPr><w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>项目概况</w:t></w:r></w:p><w:tbl><w:tblPr><w:tblCaption w:val="表一"/></w:tblPr><w:tblGrid><w:gridCol w:w="100"/></w:tblGrid><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>A</w:t><w:br/><w:tab/></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:tc><w:p><w:r><w:t>提示</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>内</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:sdtContent></w:sdt></w:tr></w:tbl><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=1</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent><w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p></w:txbxContent></wps:txbx></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r></w:p>"#;
const STYLES: &str = r#"<w:styles><w:style w:styleId="a"><w:name w:val="heading 1"/><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>"#;
const NUMBERING: &str = r#"<w:numbering><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>"#;
const FOOTNOTES: &str = r#"<w:footnotes><w:footnote><w:p><w:r><w:t>注</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
const ODS: &str = r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s"><office:automatic-styles><style:style style:name="h"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="自评表"><table:table-column table:number-columns-repeated="3"/><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="1" office:value-type="string"><text:p>项目<text:s text:c="2"/>名称</text:p></table:table-cell><table:covered-table-cell/><table:table-cell table:number-columns-repeated="2" office:value-type="percentage" office:value="0.4556"><text:p>46%</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table><table:table table:name="乙" table:style-name="h"/></office:spreadsheet></office:body></office:document-content>"#;
const ODT: &str = r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:text><text:tracked-changes><text:deletion/></text:tracked-changes><text:h text:outline-level="1">概况</text:h><text:p>单位<text:tab/>万元<text:note><text:note-body><text:p>注</text:p></text:note-body></text:note></text:p><table:table><table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2"><text:p>A</text:p><table:table><table:table-row><table:table-cell><text:p>内</text:p></table:table-cell></table:table-row></table:table></table:table-cell><table:covered-table-cell/><table:table-cell><text:p>B</text:p></table:table-cell></table:table-row><table:table-row><table:covered-table-cell table:number-columns-repeated="2"/><table:table-cell><text:p>C</text:p></table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>"#;
const WORD_2003: &str = r#"<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="w" xmlns:wx="x" xmlns:aml="a"><w:styles><w:style w:styleId="a"><w:name w:val="heading 1"/></w:style></w:styles><w:body><wx:sect><w:p><w:pPr><w:pStyle w:val="a"/><w:listPr><wx:t wx:val="1."/></w:listPr></w:pPr><w:r><w:t>概况</w:t></w:r><aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>旧</w:delText></w:r></aml:content></aml:annotation></w:p><#list rows as row><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vmerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc></w:tr></w:tbl></#list><w:sectPr/></wx:sect></w:body></w:wordDocument>"#;
const EXCEL_2003: &str = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="s1"><NumberFormat ss:Format="0.00%"/></Style><Style ss:ID="s2" ss:Parent="s1"><NumberFormat ss:Format="Short Date"/></Style></Styles><Worksheet ss:Name="自评表"><Table><Column ss:Index="2" ss:Hidden="1" ss:Span="1"/><Row ss:Index="2"><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">项目</Data></Cell><Cell ss:Index="4" ss:StyleID="s1"><Data ss:Type="Number">0.4556</Data></Cell></Row><Row ss:Span="2"><Cell ss:StyleID="s2"><Data ss:Type="DateTime">2020-12-31T00:00:00.000</Data></Cell><Cell ss:Formula="=1"/></Row></Table><WorksheetOptions><Visible>SheetVisible</Visible></WorksheetOptions></Worksheet></Workbook>"#;
const FLAT: &str = r#"<?xml version="1.0"?><pkg:package xmlns:pkg="p"><pkg:part pkg:name="/_rels/.rels"><pkg:xmlData><Relationships><Relationship Id="rId1" Type="x/officeDocument" Target="word/document.xml"/></Relationships></pkg:xmlData></pkg:part><pkg:part pkg:name="/word/document.xml"><pkg:xmlData><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>概况</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document></pkg:xmlData></pkg:part></pkg:package>"#;
const HTML: &str = r#"<html><head><title>x</title><style>td{}</style></head><body><h1>自评表</h1><p>单位：万元<br>次行</p><table><caption>表一</caption><tr><th rowspan=2>A<th colspan=3 style='mso-ignore:colspan'>B<tr><td x:num="0.4556">46%<td><input value="x"><select><option>甲<option selected>乙</select><tr style="display:none"><td>藏</tr><tr><td colspan=2><table><tr><td>内</table></table><!-- x --><script>"<td>"</script>&nbsp;&ge;95&#37;</body></html>"#;
const MHT: &str = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<table><tr><td>=E9=A1=B9=E7=9B=AE=\r\n<td>180</table>\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPHRhYmxlPjx0cj48dGQ+YTwvdGFibGU+\r\n--b--\r\n";
const CSV: &str = "\u{feff}项目名称,预算数,执行数\n\"小型水库\n维修\",180,\"82,5\"\n道路,90,90\n";
const GBK: &[u8] =
    b"\xcf\xee\xc4\xbf\xc3\xfb\xb3\xc6\t\xd4\xa4\xcb\xe3\xca\xfd\n\xcb\xae\xbf\xe2\t180\n\x81\x30\x84\x36\t\"90\"\n";
const TEXT: &str = "# 自评表\n\n| 项目 | 金额 |\n|---|---|\n| 水库 | 180 |\n\n项目名称        预算数    执行数\n水库维修        180       82\n道路            90        90\n以上，特此说明。\n";
