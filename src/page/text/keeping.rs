//! Sentences about what is kept: drafts, versions, profiles.

use super::{Text, t};
use crate::page::browser::home::Came;
use crate::page::browser::storage::{Room, Trouble};
use crate::page::store::{Message, Offer};

pub fn trouble(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Absent => "浏览器未开放本机存储",
        Trouble::Refused => "浏览器存储空间不足",
        Trouble::NotKept => "写入后核对不一致",
        Trouble::Unwanted => "已选择不在本机保存草稿",
    }
}

/// Drafts were kept before, and can't be reached now.
pub fn database_missing() -> &'static str {
    "浏览器的本机草稿库未能打开，以前的草稿暂时无法显示。请关闭本页和其他打开本工具的窗口后重新打开；草稿仍在本机，请勿清除浏览器数据"
}

/// 本机草稿占用1.2兆字节，浏览器约可提供2048兆字节……
pub fn room(room: Room) -> String {
    let megabytes = |bytes: u64| match bytes * 10 / 1024 / 1024 {
        small @ 0..100 => format!("{}.{}", small / 10, small % 10),
        large => (large / 10).to_string(),
    };
    let persisted = if room.persisted { "浏览器已同意长期保存。" } else { "浏览器尚未同意长期保存。" };
    format!("本机草稿已占用{}MB，可用空间约{}MB。{persisted}", megabytes(room.used), megabytes(room.quota))
}

/// Said when a stored project is opened, above what there is to say of how it was read.
pub fn on_reading() -> &'static str {
    "打开本项目时，请注意："
}

/// The project names a profile that is not at hand.
pub fn profile_not_at_hand(named: &str, used: &str) -> String {
    format!("本表所用口径“{named}”不在本机，现按“{used}”计算")
}

pub fn profile_removed(name: &str) -> Message {
    let lines = vec!["已下载一份备份，需要时可重新导入。用该口径的项目改按各表式自带的口径计算，并在打开时提示。".to_owned()];
    Message::plain(format!("已移除口径“{name}”"), lines)
}

pub fn profile_only_in_memory() -> &'static str {
    "该口径未能保存在浏览器中，无法导出；请使用导入时的原文件。"
}

/// 导出口径“甲”
pub fn of_profile(what: Text, name: &str) -> String {
    format!("{}口径“{name}”", t(what))
}

/// 此后：执行数 82→180
pub fn changed_then(summary: &str) -> String {
    format!("此后：{summary}")
}

/// How many places a version differs in from what stands there now.
pub fn differs_now(count: usize) -> String {
    if count == 0 { "与现在相同".to_owned() } else { format!("与现在相比，有{count}处不同") }
}

/// 恢复2026-11-26 10:32的内容
pub fn of_version(what: Text, at: &str) -> String {
    format!("{}{at}的内容", t(what))
}

pub fn taken_back(at: &str) -> Message {
    Message::plain(format!("已恢复{at}的内容"), Vec::new())
}

/// This browser keeps nothing, and why.
pub fn not_kept(reason: &str) -> String {
    format!("草稿无法自动保存：{reason}")
}

/// The button that takes out everything that is not kept.
pub fn save_unkept(count: usize) -> String {
    format!("导出全部未保存项目（{count}）")
}

/// The name of a version that was kept beside what another window wrote, or beside what stood here when a file brought it.
pub fn aside(name: &str, count: u32) -> String {
    if count < 2 { format!("{name}（另存）") } else { format!("{name}（另存{count}）") }
}

/// The first of these names that no project has, by its number.
pub fn free_aside(name: &str, is_taken: impl Fn(&str) -> bool) -> u32 {
    (1..u32::MAX).find(|count| !is_taken(&aside(name, *count))).unwrap_or(1)
}

/// The table that a project was brought in from can't be kept with it.
pub fn source_not_kept(trouble: Trouble) -> Message {
    let lines = vec!["项目已保存；原表在关闭本页之前仍可查看。".to_owned()];
    Message::plain(format!("原表未随草稿保存：{}", self::trouble(trouble)), lines)
}

/// What the file that was handed out holds.
pub fn carries(projects: usize) -> String {
    format!("文件含程序和{projects}个项目的全部内容及历史版本，在其他电脑上双击即可打开；转交他人前请确认内容可以提供。")
}

pub fn no_single_file() -> &'static str {
    "未能生成自带数据的单文件"
}

pub fn no_single_file_lead() -> &'static str {
    "未能从所在网站取得与本页同一版本的单文件版（jixiao.html），可能是网络不通或网站没有提供。请改为导出 JSON 文件，或在单文件版中打开后再导出。"
}

/// Said once, when a file with data was opened.
pub fn carried_in(projects: usize) -> String {
    if projects > 0 {
        format!("已载入本文件自带的{projects}个项目")
    } else {
        "打开本文件自带的项目时，请注意：".to_owned()
    }
}

/// Another text of the same project stands in this browser.
pub fn carried_beside(name: &str, own: &str) -> String {
    let name = super::project_name(name);
    format!("本机已有项目“{name}”，内容与文件所带的不同，文件所带的另存为“{own}”，两份都保留。")
}

/// A profile of the same id says something else here.
pub fn carried_profile(id: &str) -> String {
    format!("本机已有口径“{id}”，与文件所带的不同，按本机的口径计算，得分和等级可能与原来不同。")
}

pub fn carried_damaged() -> &'static str {
    "本文件自带的数据不完整，未能载入"
}

pub fn carried_damaged_lead() -> &'static str {
    "文件可能没有下载或复制完整，请重新获取。程序和本机已有的项目不受影响。"
}

/// What there is to say after a project was to be written into its own file.
pub fn home(came: Came, file: &str) -> Option<Message> {
    let failed = |title: String, line: &str, over: bool| {
        Some(Message { offer: Some(Offer::Home { over }), ..Message::serious(title, vec![line.to_owned()]) })
    };
    match came {
        Came::Saved | Came::Cancelled => None,
        Came::First => Some(Message::plain(format!("已存入“{file}”，以后按 Ctrl＋S 直接存入该文件"), Vec::new())),
        Came::Changed => failed(
            format!("“{file}”已被他人或其他程序修改，未存入"),
            "可另存为新文件，两份都保留；也可导入该文件，作为另一项目对照。确认不需要对方的修改的，可覆盖。",
            true,
        ),
        Came::Gone => failed(format!("“{file}”已被移动、改名或删除，未存入"), "请另存为新文件。", false),
        Came::Refused => failed(format!("未获准写入“{file}”，未存入"), "请在浏览器询问时选择允许，或另存为新文件。", false),
        Came::Failed => {
            failed(format!("写入“{file}”时出错，未存入"), "可能是磁盘已满或文件被占用，请另存为新文件，或导出 JSON 文件。", false)
        }
    }
}
