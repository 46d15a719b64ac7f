//! Why nothing was read from a file, as plain data. [`crate::wording::refusal`] says which kind of file it is and what to do.

/// Why a file gives no blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No bytes at all.
    Empty,
    /// The file is in order, but holds neither a text nor a cell; `pictures` where it holds pictures.
    Blank { kind: FileKind, pictures: bool },
    /// A password is needed.
    Encrypted(FileKind),
    /// The file begins like this kind and can't be read.
    Damaged(FileKind),
    /// A kind of file that is not read.
    Unsupported(FileKind),
    /// The name promises an office file, and this is what it holds.
    NotAsNamed(FileKind),
    /// The file asks for more than any table needs.
    Over(Limit),
    /// It declares entities of its own, or names other files to be put in.
    Entities,
    /// A workbook of macros or charts alone.
    NoSheet,
    /// The file that an office program leaves beside a document that is open.
    Lock,
    /// A cloud drive has only put the name here.
    Placeholder,
    /// The letters of a PDF are drawn without saying which they are.
    NoLetters,
    /// Text in an encoding that is not known.
    Encoding,
    /// No known kind of file.
    Unknown,
}

impl Refusal {
    /// A stable name for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Blank { .. } => "blank",
            Self::Encrypted(_) => "encrypted",
            Self::Damaged(_) => "damaged",
            Self::Unsupported(_) => "unsupported",
            Self::NotAsNamed(_) => "not-as-named",
            Self::Over(_) => "too-large",
            Self::Entities => "entities",
            Self::NoSheet => "no-sheet",
            Self::Lock => "lock-file",
            Self::Placeholder => "placeholder",
            Self::NoLetters => "no-letters",
            Self::Encoding => "encoding",
            Self::Unknown => "unknown-format",
        }
    }
}

/// Which bound of a file was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The size of the file.
    File,
    /// What it is when unpacked.
    Unpacked,
    /// The number of its parts.
    Parts,
    /// Elements or tables within one another.
    Depth,
    /// Cells, paragraphs, sheets or texts.
    Count,
    /// Columns or rows.
    Size,
    /// Cells so far apart that the table between them is too large.
    FarApart,
}

/// Kinds of files, as their first bytes tell them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// `.docx`
    Word,
    /// `.xlsx`
    Excel,
    /// `.xls` from Excel 5 on, and `.et`
    ExcelBinary,
    /// `.ods`
    OpenSheet,
    /// `.odt`
    OpenText,
    /// Word 2003 XML
    WordXml,
    /// Excel 2003 XML
    ExcelXml,
    WebPage,
    /// `.mht`
    WebArchive,
    /// CSV and other text
    Text,
    Json,
    /// `.doc` from Word 97 on, and `.wps` of Kingsoft
    WordBinary,
    /// Word before 97
    WordOld,
    /// Excel before version 5
    ExcelOld,
    /// `.xlsb`
    ExcelBinaryPackage,
    /// Microsoft Works
    Works,
    PowerPoint,
    Rtf,
    Sylk,
    Dif,
    Pdf,
    Ofd,
    Picture,
    /// A zip that is no office file
    Zip,
    /// RAR, 7z, gzip
    Archive,
    /// XML of another kind
    Xml,
    /// An OLE file of another kind
    Compound,
    Unknown,
}

impl FileKind {
    /// Every kind, in the order of their words.
    pub const ALL: [Self; 28] = [
        Self::Word,
        Self::Excel,
        Self::ExcelBinary,
        Self::OpenSheet,
        Self::OpenText,
        Self::WordXml,
        Self::ExcelXml,
        Self::WebPage,
        Self::WebArchive,
        Self::Text,
        Self::Json,
        Self::WordBinary,
        Self::WordOld,
        Self::ExcelOld,
        Self::ExcelBinaryPackage,
        Self::Works,
        Self::PowerPoint,
        Self::Rtf,
        Self::Sylk,
        Self::Dif,
        Self::Pdf,
        Self::Ofd,
        Self::Picture,
        Self::Zip,
        Self::Archive,
        Self::Xml,
        Self::Compound,
        Self::Unknown,
    ];
}
