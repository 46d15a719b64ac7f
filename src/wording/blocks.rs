//! What is said of files: why one is not read and what to do, and what was left out of one that is.

use crate::block::{BlockNotice, FileKind, Limit, Origin, Refusal};
use crate::prelude::*;

/// Why a block of cells was not laid over a table.
pub fn too_large_to_lay() -> &'static str {
    "粘贴的区域过大，未粘贴。请分批复制。"
}

/// The table is none that the module for office files knows.
pub fn not_laid() -> &'static str {
    "未能识别当前表格，未粘贴。请刷新页面后重新粘贴。"
}

/// Why a file was not read, which kind of file it is, and the way out.
pub fn refusal(refusal: Refusal) -> String {
    match refusal {
        Refusal::Empty => "文件是空的，没有任何内容。请重新导出或重新下载后再导入。".into(),
        Refusal::Blank { kind: FileKind::Pdf, pictures: true } => {
            "这是扫描的 PDF 文件，其中只有图片，没有文字。请导入原 Word 或 Excel 文件；没有原文件的，先作文字识别，核对数字后再导入。".into()
        }
        Refusal::Blank { kind, pictures: true } => {
            format!("这是{}，其中只有图片，没有可读取的文字和表格。请导入含文字的原文件，或对照图片录入。", named(kind))
        }
        Refusal::Blank { kind, pictures: false } => {
            format!("这是{}，其中没有任何文字或数字。请确认所选文件无误。", named(kind))
        }
        Refusal::Encrypted(kind) => {
            format!("这是设有打开密码的{}，无法读取。请在原软件中打开，取消密码并另存后再导入。", named(kind))
        }
        Refusal::Damaged(kind) => {
            format!("这是{}，但内容不完整或已损坏，无法读取。请重新下载，或用 Office、WPS 打开并另存后再导入。", named(kind))
        }
        Refusal::Unsupported(kind) => format!("这是{}，暂不能读取。{}", named(kind), way_out(kind)),
        Refusal::NotAsNamed(FileKind::WebPage) => {
            "文件内容是网页，其中没有表格，可能是登录页面或出错页面。请登录后重新下载。".into()
        }
        Refusal::NotAsNamed(kind) => {
            format!("文件扩展名是文档或工作簿，内容却是{}，其中没有表格。请重新下载，或选择正确的文件。", named(kind))
        }
        Refusal::Over(limit) => over(limit).into(),
        Refusal::Entities => "文件中声明了自定义实体或外部引用，为安全起见不予读取。请用 Office、WPS 打开并另存后再导入。".into(),
        Refusal::NoSheet => "工作簿中只有宏表或图表，没有工作表。请确认所选文件无误。".into(),
        Refusal::Lock => "这是文档打开期间产生的临时文件（以 ~$ 开头），不是文档本身。请选择同名的原文件。".into(),
        Refusal::Placeholder => "文件仍在云盘上，本机只有占位文件。请先下载到本机再导入。".into(),
        Refusal::NoLetters => "PDF 中的文字只有字形，没有编码，读出来会是乱码，未予读取。请导入原 Word 或 Excel 文件，或经文字识别并核对数字后再导入。".into(),
        Refusal::Encoding => "文本的编码无法识别，为避免乱码未予读取。请用记事本或 WPS 打开，以 UTF-8 编码另存后再导入。".into(),
        Refusal::Unknown => "文件格式无法识别。可导入的有：Word、Excel、WPS 表格、OpenDocument、网页、CSV 和文本文件。".into(),
    }
}

fn over(limit: Limit) -> &'static str {
    match limit {
        Limit::File => "文件超过 64 MB，未予读取。请只保留需要核对的表格，另存后再导入。",
        Limit::Unpacked => "文件解压后超过 64 MB，未予读取。请只保留需要核对的表格，另存后再导入。",
        Limit::Parts => "文件内的部件过多，未予读取。请用 Office、WPS 打开并另存后再导入。",
        Limit::Depth => "文件内表格或元素的嵌套层数过多，未予读取。请将需要核对的表格复制到新文件后再导入。",
        Limit::Count => "文件内的单元格、段落或工作表过多，未予读取。请只保留需要核对的表格，另存后再导入。",
        Limit::Size => "表格的行数或列数超出上限，未予读取。请只保留需要核对的区域，另存后再导入。",
        Limit::FarApart => "表格中有内容的单元格相距过远，未予读取。请删除远处的多余内容，另存后再导入。",
    }
}

fn way_out(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Word
        | FileKind::OpenText
        | FileKind::WordXml
        | FileKind::WordBinary
        | FileKind::WordOld
        | FileKind::Works
        | FileKind::Rtf
        | FileKind::WebArchive => "请用 Word 或 WPS 打开，另存为 .docx 后再导入。",
        FileKind::Excel
        | FileKind::ExcelBinary
        | FileKind::OpenSheet
        | FileKind::ExcelXml
        | FileKind::ExcelOld
        | FileKind::ExcelBinaryPackage
        | FileKind::Sylk
        | FileKind::Dif => "请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。",
        FileKind::Pdf => {
            "请导入原 Word 或 Excel 文件；没有原文件的，用命令 jixiao check 核对，或在 PDF 阅读器中复制文字粘贴到本页，也可转换为 .docx，核对数字后再导入。"
        }
        FileKind::Ofd => "请导入原 Word 或 Excel 文件；没有原文件的，先转换为 .docx，核对数字后再导入。",
        FileKind::Picture => "请导入含文字的原文件，或对照图片录入。",
        FileKind::Zip | FileKind::Archive => "请先解压，再导入其中的文件。",
        FileKind::PowerPoint => "请复制其中的表格，粘贴到本页。",
        FileKind::WebPage | FileKind::Text | FileKind::Json | FileKind::Xml | FileKind::Compound | FileKind::Unknown => {
            "请用原软件打开，另存为 .docx 或 .xlsx 后再导入。"
        }
    }
}

/// A kind of file, in the words of those who have one.
pub fn file_kind(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Word => "Word 文档（.docx）",
        FileKind::Excel => "Excel 工作簿（.xlsx）",
        FileKind::ExcelBinary => "Excel 97-2003 工作簿（.xls）",
        FileKind::OpenSheet => "OpenDocument 电子表格（.ods）",
        FileKind::OpenText => "OpenDocument 文本（.odt）",
        FileKind::WordXml => "Word 2003 XML 文档",
        FileKind::ExcelXml => "Excel 2003 XML 表格",
        FileKind::WebPage => "网页",
        FileKind::WebArchive => "网页存档（.mht）",
        FileKind::Text => "文本",
        FileKind::Json => "JSON 数据",
        FileKind::WordBinary => "Word 97-2003 或 WPS 文字文档（.doc、.wps）",
        FileKind::WordOld => "Word 97 以前版本的文档",
        FileKind::ExcelOld => "Excel 4.0 或更早版本的工作簿",
        FileKind::ExcelBinaryPackage => "Excel 二进制工作簿（.xlsb）",
        FileKind::Works => "Microsoft Works 文档",
        FileKind::PowerPoint => "演示文稿",
        FileKind::Rtf => "RTF 文档",
        FileKind::Sylk => "SYLK 表格",
        FileKind::Dif => "DIF 表格",
        FileKind::Pdf => "PDF 文件",
        FileKind::Ofd => "OFD 文件",
        FileKind::Picture => "图片",
        FileKind::Zip => "压缩包（.zip）",
        FileKind::Archive => "压缩包",
        FileKind::Xml => "XML 数据",
        FileKind::Compound => "其他软件的复合文档",
        FileKind::Unknown => "未知格式的文件",
    }
}

/// The same behind a Chinese word: Latin letters stand apart from it.
fn named(kind: FileKind) -> String {
    let name = file_kind(kind);
    if name.starts_with(|first: char| first.is_ascii()) { format!(" {name}") } else { name.to_owned() }
}

/// What was left out of a file, or what to look at.
pub fn block_notice(notice: &BlockNotice) -> String {
    match notice {
        BlockNotice::NamedOtherwise(kind) => format!("扩展名与内容不符，已按内容作为{}读取。", named(*kind)),
        BlockNotice::HiddenSheet(name) => format!("隐藏的工作表“{name}”未读取。"),
        BlockNotice::OtherSheet(name) => format!("“{name}”是图表或宏表，未读取。"),
        BlockNotice::HiddenLines { sheet, rows, columns } => {
            let lines = match (rows, columns) {
                (rows, 0) => format!("{rows} 行"),
                (0, columns) => format!("{columns} 列"),
                (rows, columns) => format!("{rows} 行、{columns} 列"),
            };
            format!("工作表“{sheet}”有隐藏的 {lines}，已一并读取。")
        }
        BlockNotice::Deletions(count) => format!("修订中已删除的内容有 {count} 处，未计入。"),
        BlockNotice::HiddenText(count) => format!("隐藏的文字有 {count} 处，未读取。"),
        BlockNotice::NoValue { count, place } => {
            format!("有 {count} 个公式没有保存计算结果（首个在 {place}），按空白读取。请用 Excel 或 WPS 打开并保存后再导入。")
        }
        BlockNotice::TextBoxes(count) => format!("有 {count} 个文本框，其中的文字排在所在段落或工作表之后。"),
        BlockNotice::Pictures(count) => format!("有 {count} 张图片，图中的文字未读取。"),
        BlockNotice::Embedded(count) => format!("有 {count} 个嵌入的对象或图表，未读取。"),
        BlockNotice::Macros => "文件带有宏，宏未运行。".into(),
        BlockNotice::DamagedText(count) => format!("有 {count} 个字符已损坏，以“\u{fffd}”标出，请核对。"),
        BlockNotice::GuessedEncoding => "文本的编码为推测，请核对有无乱码。".into(),
        BlockNotice::OpenQuote(line) => format!("第 {line} 行的引号没有配对，其后的内容并入同一单元格，请核对。"),
        BlockNotice::AlignedColumns => "表格的列按空格推定，请核对各列内容。".into(),
        BlockNotice::CellsInLines => "原文一行一格，空白的格没有留下；已按栏目名称和先后顺序还原成表，请与原表核对。".into(),
        BlockNotice::CellsInLinesOpen => {
            "原文一行一格，各格属于哪一行哪一列无法确定，没有还原成表。请导入原来的 Word、Excel 文件，或从中复制表格后粘贴。"
                .into()
        }
        BlockNotice::ShiftedRows(count) => format!("有 {count} 行列数较少，已按上一行右移对齐，请核对。"),
        BlockNotice::DoubtfulCells { origin, count } => {
            let table = match origin {
                Origin::Table(number) => format!("第 {number} 张表"),
                Origin::Sheet { name, .. } => format!("“{name}”"),
            };
            format!("{table}有 {count} 处框线不全，所在单元格的范围为推定，请核对。")
        }
        BlockNotice::LooseColumns(count) => {
            format!("有 {count} 行文字分列排放而没有框线，未能分清各列，按文字读取，请核对。")
        }
        BlockNotice::SlantedText(count) => format!("有 {count} 个倾斜的字（如水印），未读取。"),
        BlockNotice::RecognisedText(count) => format!("有 {count} 个字是扫描件经文字识别得来的，请对照原件核对。"),
        BlockNotice::HeaderFooter(text) => format!("页眉或页脚有“{text}”，未计入正文。"),
    }
}
