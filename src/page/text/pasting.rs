//! What is said after pasting.

use crate::page::browser::office::Trouble as OfficeTrouble;
use jixiao::paste::{Asked, Pasted, Why};

/// So many texts are named, and so many characters of each.
const NAMED: usize = 3;
const SHOWN: usize = 16;

/// What came of it, in one line.
pub fn pasted(pasted: &Pasted) -> String {
    let mut parts = Vec::new();
    match (&pasted.edit, pasted.left.is_empty()) {
        (Some(_), _) => parts.push(format!("已粘贴{}行×{}列", pasted.rows, pasted.columns)),
        (None, true) if pasted.headings == 0 => parts.push("粘贴的内容没有文字，表中没有改动".to_owned()),
        (None, true) => parts.push("粘贴的内容只有表头，表中没有改动".to_owned()),
        (None, false) => parts.push("粘贴的内容在本表中没有位置，表中没有改动".to_owned()),
    }
    if pasted.headings > 0 && pasted.edit.is_some() {
        parts.push(format!("表头{}行未粘贴", pasted.headings));
    }
    if pasted.turned {
        parts.push("表头在首列，已转置".to_owned());
    }
    if pasted.added > 0 {
        parts.push(format!("新增{}行", pasted.added));
    }
    if pasted.overwritten > 0 {
        parts.push(format!("覆盖原有内容{}格", pasted.overwritten));
    }
    if pasted.once > 0 {
        parts.push("合并单元格的数值只填入首行".to_owned());
    }
    if !pasted.left.is_empty() && pasted.edit.is_some() {
        parts.push(format!("{}格未粘贴", pasted.left.len()));
    }
    if !pasted.asked.is_empty() {
        parts.push(format!("{}个数待确认", pasted.asked.len()));
    }
    parts.join("；")
}

/// What found no place, by the reason, and what is asked.
pub fn pasted_rest(pasted: &Pasted) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for why in Why::ALL {
        let texts: Vec<&str> = pasted.left.iter().filter(|left| left.why == why).map(|left| left.text.as_str()).collect();
        if !texts.is_empty() {
            lines.push(format!("{}：{}。", reason(why), named(&texts)));
        }
    }
    if !pasted.asked.is_empty() {
        let texts: Vec<&str> = pasted.asked.iter().map(|asked| asked.text.as_str()).collect();
        lines.push(format!("不能确认是哪个数，已照原样填入：{}。", named(&texts)));
    }
    lines
}

fn reason(why: Why) -> &'static str {
    match why {
        Why::Beyond => "超出本表最右一列",
        Why::Below => "超出本表最末一行",
        Why::NoColumn => "本表没有这一列",
        Why::Given => "该处为本表固定内容，不能填写",
        Why::OtherName => "本表没有这一行",
        Why::Taken => "跨越多格，不能确定填在哪一格",
    }
}

fn named(texts: &[&str]) -> String {
    let mut named: String = texts.iter().take(NAMED).map(|text| format!("“{}”", shortened(text))).collect();
    if texts.len() > NAMED {
        named.push_str(&format!("等{}格", texts.len()));
    }
    named
}

fn shortened(text: &str) -> String {
    let line = text.trim().replace('\n', " ");
    if line.chars().count() > SHOWN { line.chars().take(SHOWN).chain(['…']).collect() } else { line }
}

pub fn asked(asked: &Asked, place: &str) -> String {
    format!("{place}“{}”是：", asked.text)
}

/// The other project is open by now, or the rows of this one are others.
pub fn pasted_too_late(there: bool) -> String {
    if there {
        "读取期间本表的行有增减，未粘贴。请重新粘贴。".to_owned()
    } else {
        "读取完成时已切换到其他项目，未粘贴。请回到原项目重新粘贴。".to_owned()
    }
}

/// The module that knows words and merged cells could not be asked.
pub fn laid_plainly(trouble: OfficeTrouble) -> String {
    let why = match trouble {
        OfficeTrouble::Missing => "识别表头和合并单元格的部件未能载入",
        OfficeTrouble::Unreadable | OfficeTrouble::Died | OfficeTrouble::Slow => "识别表头和合并单元格时中途出错",
    };
    format!("{why}，已按纯文本逐格填入，请核对位置。")
}
