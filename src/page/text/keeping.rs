//! Sentences about what is kept: drafts, versions, profiles.

use super::{Text, t};
use crate::page::browser::storage::{Room, Trouble};
use crate::page::store::Message;

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

/// The name of a version that was kept beside what another window wrote.
pub fn aside(name: &str, count: u32) -> String {
    if count < 2 { format!("{name}（本窗口另存）") } else { format!("{name}（本窗口另存{count}）") }
}

/// The table that a project was brought in from can't be kept with it.
pub fn source_not_kept(trouble: Trouble) -> Message {
    let lines = vec!["项目已保存；原表在关闭本页之前仍可查看。".to_owned()];
    Message::plain(format!("原表未随草稿保存：{}", self::trouble(trouble)), lines)
}
