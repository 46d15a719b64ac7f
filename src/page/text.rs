//! Everything the page itself says: buttons, labels and hints. What the core says is in `jixiao::wording`.

mod giving;
mod keeping;
mod pasting;
mod profile_facts;
mod sentence;

pub use giving::*;
pub use keeping::*;
pub use pasting::*;
pub use profile_facts::{difference, facts};
pub use sentence::*;

/// The languages of the page. A language more is a column more in the table below: none of its words can be forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    Zh,
}

/// The language that the page speaks.
pub const LANG: Lang = Lang::Zh;

/// A text without parameters, in the language of the page.
pub fn t(text: Text) -> &'static str {
    text.say(LANG)
}

macro_rules! texts {
    ($($name:ident => $zh:literal,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Text { $($name,)* }

        impl Text {
            pub fn say(self, lang: Lang) -> &'static str {
                match lang {
                    Lang::Zh => match self { $(Text::$name => $zh,)* },
                }
            }
        }
    };
}

texts! {
    Name => "绩效自评",
    Project => "项目",
    Form => "表式",
    Rules => "口径",
    SkipToDesk => "跳到正文",
    Import => "导入",
    Export => "导出",
    Backup => "绩效自评草稿备份",
    Print => "打印",
    Undo => "撤销",
    Redo => "重做",
    Large => "大字",
    Help => "帮助",
    Projects => "本机项目",
    Inspector => "核对与算式",
    Paper => "自评表",
    Report => "自评报告",
    Views => "自评表或自评报告",
    NewProject => "新建",
    Unnamed => "未命名项目",
    Copy => "复制",
    ExportAnnex => "导出计算底稿",
    AnnexFile => "计算底稿",
    CopyProject => "复制本项目",
    DeleteProject => "删除本项目",
    Deleted => "最近删除",
    RestoreProject => "恢复",
    NotSaved => "草稿未保存",
    Unreadable => "无法读取",
    DownloadRaw => "下载原文",
    NoProjects => "本机还没有项目。",
    StorageNote => "草稿保存在浏览器中，可能被清理，请及时导出文件。",
    Privacy => "数据只在本机，不联网，不得填写涉密信息。",
    Offline => "不联网",

    WelcomeTitle => "新建自评表",
    WelcomeLead => "选一种表式开始填写；已有填好的表，可在下方导入，随即核对。执行率、得分和总分自动计算，每个数都可查算式。只算一个比率的，用上方的“比率计算”。",
    ChooseForm => "选择表式",
    Examples => "打开示例",
    ExamplesLead => "示例取自公开文件，可直接修改、导出。",
    BringFile => "导入已有的表",
    BringFileLead => "Word、Excel、WPS 文件，网页、文本和本工具的 JSON 文件都可以。选择文件或文件夹，拖到页面任意位置，或在本页直接粘贴（Ctrl＋V）复制的表格。",
    ChooseFile => "选择文件",
    ChooseFolder => "选择文件夹",
    Imported => "导入的文件",
    ImportedLead => "识别出的表逐个列出。预览并核对后导入；导入前不保存。",
    AcceptAll => "全部导入",
    Accept => "导入",
    Waiting => "等待读取",
    Cancelled => "已取消，未读取",
    Proposed => "预览，尚未导入",
    Source => "原表",
    SourceLine => "调整原表所占宽度",
    SourceTooLarge => "原表较大，不随草稿保存，关闭本页后不能再查看。",

    Rates => "比率计算",
    RatesLead => "填两三个数，得出执行率、到位率、增减率、得分等，列明算式、分母和依据，可复制；不需要新建自评表。",
    OpenRates => "打开比率计算",
    RateList => "选择比率",
    PrintedResult => "待核对的结果（可不填）",
    TakeFromTable => "取当前表中的数",
    AmountUnit => "金额单位",
    RateLine => "可复制的算式",
    Copied => "已复制",
    Clear => "清空",
    TakeBack => "恢复",

    Findings => "核对",
    Formula => "算式",
    Charts => "图表",
    NoCharts => "没有可绘的数。填写得分、预算数和执行数后，这里绘出图表。",
    Untouched => "还没有填写。",
    UntouchedLead => "在表中直接填写，这里随时列出发现的问题；点选问题可转到对应的单元格。",
    NoFindingsLead => "填写或修改单元格后随时重新核对。",
    NextFinding => "下一处（F8）",
    NextOpen => "到未填处",
    NoFormula => "点选表中任一单元格，这里列出它的计算过程和依据。",
    TypedOnly => "本单元格由填报人填写，不由公式计算。",
    Basis => "依据",
    NotVerified => "未核对原文",
    ScoringKind => "计分方式",
    TierChoice => "评定档次",
    Automatic => "自动判断",
    ThisRow => "本行",
    ThisRowLead => "表中合并的单元格一改同改；只改本行的，在此填写。",
    CurrentRules => "当前口径",
    OpenFirst => "打开项目后，这里列出核对结果。",
    Numbers => "口径规定",
    NotModelled => "未纳入计算的规定",
    WhatIf => "口径比较",
    WhatIfLead => "按各口径重新计算本表：",
    NothingToCompare => "得分填完后，这里比较各口径的总分和等级。",
    Total => "总分",
    ByRule => "按口径",
    AsEntered => "按填报",
    Grade => "等级",
    Difference => "与当前相差",
    Adopt => "采用此口径",
    Adopted => "当前",
    BlankNotApplicable => "空白按不适用",
    LoadProfile => "从文件导入口径",
    OwnProfiles => "自带的口径",
    RemoveProfile => "移除",
    ProfileFile => "口径",
    ProfileNotAtHandLead => "得分和等级可能与原口径不同。请导入该口径的文件，或在“口径”中另选。",
    Past => "历史版本",
    PastShort => "历史",
    PastReads => "正在读取……",
    PastNone => "还没有历史版本。每次打开后首次修改时保留修改前的内容，此后约每十分钟保留一份，只在本机保存。",
    PastLead => "每条为当时保存的内容及此后所作的修改。恢复后可以撤销。",
    OpenCopy => "另开一份",
    KeepNothing => "不在本机保存草稿",
    KeepNothingNote => "适用于多人共用的电脑。选中后，新填的内容只在本页面中，关闭前请导出文件；此前已存的草稿不受影响，可逐个删除。从本机文件打开本页时，同一浏览器打开的其他本机网页也能读到草稿。",
    About => "关于本工具",
    AboutTerms => "绩效自评，依 MIT 或 Apache-2.0 许可使用。所用开源组件及其许可如下：",
    NoticesMissing => "未能载入开源组件清单，可查看随本工具提供的 THIRD-PARTY.txt。",
    PutAway => "移入最近删除",
    NoPoints => "本表不计分",

    Weight => "分值合计",
    Saving => "正在保存草稿",
    SaveFailed => "草稿保存失败：",
    SaveFile => "导出文件",
    SaveAnew => "另存为",
    SaveOver => "覆盖",
    TryAgain => "重试",
    NotKeptLead => "关闭页面后所填内容会丢失，请立即导出文件。",
    NothingKeptLead => "可以照常填写，但关闭页面后所填内容不会保留，请在填写后导出文件。",
    ChangedElsewhere => "另一窗口已修改本项目",
    ChangedElsewhereLead => "本窗口显示的是修改之前的内容。可以取用另一窗口的内容；在本窗口继续填写的，自动另存为单独的项目，两边内容都保留。",
    LoadOther => "取用",
    KeepAside => "本窗口另存",
    GoneElsewhere => "另一窗口已删除本项目",
    GoneElsewhereLead => "本窗口仍保留全部内容；继续填写的，将重新保存。",
    NoFile => "未导出",

    AddRow => "在下方插入一行",
    CopyRow => "复制本行",
    RowUp => "上移",
    RowDown => "下移",
    RemoveRow => "删除本行",
    RowMenu => "行操作（F2）",
    RowMenuName => "行操作",
    Suggested => "建议",
    Differs => "不符",
    Outline => "提纲",
    UsualOutline => "本表式常用提纲",
    CopyReport => "复制全文",
    Rewrite => "改写",
    RestoreDraft => "恢复草稿",
    Done => "完成",
    InsertField => "插入数据项",
    Written => "已改写",
    Drafted => "草稿",
    ReportLead => "未改写的部分按提纲自动起草，只写表中已有的事实；带底色的数随自评表变化，点按可转到表中。",
    WriteLead => "【】中为数据项，随自评表变化；＿＿为待填。",
    PastedRest => "未粘贴的内容",
    PastedRestLead => "以下内容未填入本表，可复制后粘贴到其他位置；关闭后仍可从上方提示中查看。",
    PastedAsked => "待确认的数",
    PastedAskedDone => "已确认",
    PastedTable => "粘贴的是一张完整的表",
    PastedTableLead => "可作为新项目导入，先预览再确认，当前项目不受影响；也可按表中文字逐项填入当前的表，原有内容将被覆盖，可以撤销。",
    PastedImport => "作为新项目导入",
    PastedHere => "填入当前的表",
    PastedDialog => "粘贴结果",
    ShowRest => "查看",
    PastedTitle => "已有报告正文",
    PastedLead => "在别处写好的报告可粘贴到这里，与自评表核对；不打印，不计入本报告。",
    Phrases => "原因写法",
    PhrasesLead => "点按填入本行的原因栏，＿＿处按实际情况补充。",
    Year => "年度",
    Unit => "单位：",
    ChangeUnit => "更改金额单位",
    Convert => "换算金额",
    Relabel => "只改单位",
    Columns => "显示的列",
    ColumnsLead => "勾选的列在表中显示。已有内容的列始终显示，清空内容后才能隐藏。",
    ColumnUsed => "（已有内容）",
    MoreColumns => "可选列",
    MoreColumnsLead => "填写后即在表中显示；各行都清空后不再显示。",

    Close => "关闭",
    Cancel => "取消",
    Delete => "删除",
    ExportLead => "文件保存在本机，不经过网络。",
    ExportWord => "Word 文档（.docx）",
    ExportWordLead => "按所选部分导出，可直接打印或继续修改；自评报告按公文格式排版。",
    ExportExcel => "Excel 工作簿（.xlsx）",
    Template => "套用模板",
    TemplateLead => "填入上级下发或本单位的 .docx、.xlsx 模板，模板其余内容不变。",
    TemplateReads => "正在读取模板…",
    TemplateHelp => "逐格列出模板中的位置、对应的项目和将填入的内容。对应不当的，在“对应项目”一列改选；清空即不填。对应关系可存为小文件，供同事在网页或命令中使用。",
    TemplateSave => "写入并保存",
    MappingRead => "读取对应关系",
    MappingSave => "保存对应关系",
    ExportExcelLead => "自评表、核对结果和计算底稿；公式随填报数重算。",
    ExportPage => "网页（.html）",
    ExportPageLead => "按所选部分导出，用浏览器打开、打印。",
    ExportList => "核对结果清单（.csv）",
    ExportListLead => "每条发现一行，可用 Excel、WPS 打开。",
    ExportPlain => "核对结果（.txt）",
    ExportPlainLead => "每条发现一段，可粘贴到公文或聊天中。",
    ExportAllExcel => "全部项目的核对结果（.xlsx）",
    ExportAllWord => "全部项目的核对结果（.docx）",
    ExportAllPage => "全部项目的核对结果（网页，可打印）",
    ExportAllList => "全部项目的核对结果（.csv）",
    ExportAllPlain => "全部项目的核对结果（.txt）",
    ExportAllLead => "合为一张清单，列明项目、表式和口径。",
    ExportJson => "绩效自评文档（.json）",
    ExportJsonLead => "保存全部填报内容，供本页再次打开。",
    ExportCarried => "自带数据的单文件（.html）",
    ExportCarriedLead => "含程序、本项目全部内容及历史版本，在其他电脑上双击即可打开，不需要安装和联网。",
    ExportAllCarried => "自带全部项目的单文件（.html）",
    ExportAllCarriedLead => "同上，含本机全部项目，可用于换电脑。",
    AllProjects => "绩效自评全部项目",
    CopyTable => "复制表格",
    CopyTableLead => "连同合并单元格和计算结果，可粘贴到 Word、Excel、WPS。",
    Save => "保存",
    Parts => "Word、网页所含部分",
    PartFindings => "核对结果",
    PartAnnex => "计算底稿",
    Code => "印计算核对码（用以核对纸面与文件内容是否相同）",
    PrintTitle => "打印",
    PrintLead => "打印自评表。按 A4 纸打印，打印窗口中页边距请选“默认”。",
    Landscape => "横向打印",
    PrintCharts => "附图表",
    ChartsTitle => "图表",
    PrintReport => "打印自评报告。按 A4 纸打印，打印窗口中页边距请选“默认”；要打印自评表，请先切换到自评表。",
    Annex => "附计算底稿（逐项列出算式和依据）",
    AnnexTitle => "计算底稿",
    PrintNow => "打印",
    HelpTitle => "帮助",
    HelpCells => "直接在表中填写。淡蓝底的数由本页计算；“✓”表示所填与计算相符，“✕”表示不符；虚线格为应填未填；不适用的填“不适用”或“/”，空白与 0 含义不同。可逐步撤销到本次打开时，每个项目最多 2000 步、合计 32 MB；更早的见“历史版本”。",
    HelpPaste => "拖动选取若干格后按 Ctrl＋C，按所见内容复制。从 WPS、Excel、Word 或网页复制的区域可直接粘贴到表中：表头不粘贴，合并单元格逐行填入，行数不足时自动增加，超出的内容另行列出。",
    HelpImport => "已有的表可直接导入：选择或拖入文件、文件夹，或在首页粘贴复制的表格。识别结果与原表对照列出，核对后点“导入”。",
    Keys => "按键",
}

/// The keys that the help lists: what to press, and what it does.
pub fn keys() -> &'static [(&'static str, &'static str)] {
    match LANG {
        Lang::Zh => &[
            ("Tab / Shift＋Tab", "下一格 / 上一格"),
            ("Enter", "下一行同一列"),
            ("Shift＋Enter", "格内换行"),
            ("↑ / ↓", "上一行 / 下一行"),
            ("Shift＋方向键", "选中多格（再按 Ctrl＋C 复制）"),
            ("F2", "行操作：上移、下移、插入、复制、拆分、删除"),
            ("Ctrl＋Enter", "在下方插入一行"),
            ("Ctrl＋Shift＋D", "复制本行"),
            ("Ctrl＋Delete", "删除本行"),
            ("Alt＋↑ / Alt＋↓", "上移 / 下移本行"),
            ("Ctrl＋Z / Ctrl＋Y", "撤销 / 重做"),
            ("Ctrl＋S", "存入本项目的文件，首次选择位置（浏览器不支持的，下载 JSON 文件）"),
            ("Ctrl＋P", "打印"),
            ("F8", "下一处问题"),
            ("F9", "比率计算"),
            ("F4", "自评表 / 自评报告"),
            ("Esc", "结束改写"),
            ("F1", "帮助"),
        ],
    }
}

/// A person can do nothing about a crash but keep the drafts and load the page again.
pub fn crashed() -> &'static str {
    "程序出现错误，已停止运行，本页不能继续填写。请先下载全部项目的备份（含最后填写的内容），再重新打开本页；如有缺失，导入备份即可找回。"
}

pub fn crashed_download() -> &'static str {
    "下载备份"
}

pub fn crashed_file() -> &'static str {
    "绩效自评草稿备份.json"
}
