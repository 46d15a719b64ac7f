//! Sentences of the command.

use crate::prelude::*;
use crate::template::{Form, Rate, TemplateError};
use crate::wording::{rates, template_problem};

pub fn unknown_command(word: &str) -> String {
    format!(
        "没有“{word}”这个命令。可用的命令：check、import、export、explain、report、rate、rates、forms、profiles、profile；详见 jixiao --help。"
    )
}

pub fn unknown_option(option: &str) -> String {
    format!("没有“{option}”这个选项。详见 jixiao --help；以 - 开头的文件名请写成 ./{option}。")
}

pub fn missing_value(option: &str) -> String {
    format!("选项“{option}”后面缺少内容。详见 jixiao --help。")
}

pub fn no_target() -> String {
    "请用 --to 写明导出的格式：xlsx、docx、html、csv 或 txt。".to_owned()
}

pub fn unknown_target(name: &str) -> String {
    format!("不能导出为“{name}”。可用的格式：xlsx、docx、html、csv、txt。")
}

pub fn unknown_part(name: &str) -> String {
    format!(
        "没有“{name}”这个部分。可用的部分：table（自评表）、report（自评报告）、findings（核对结果）、annex（计算底稿）、all（全部），用逗号分隔。"
    )
}

/// A form that has none of what was asked for.
pub fn no_such_part(source: &str) -> String {
    format!("{source}：此表式没有自评报告，未导出。")
}

/// Where a format can't hold what was asked for.
pub fn not_as_csv() -> String {
    "csv 只能导出自评表（table）或核对结果（findings），一次一种。".to_owned()
}

pub fn not_as_txt() -> String {
    "txt 只能导出核对结果（findings）。".to_owned()
}

pub fn not_as_xlsx() -> String {
    "自评报告是文章，不能导出为 xlsx；xlsx 可选 table、findings、annex。".to_owned()
}

pub fn no_template() -> String {
    "请用 --template 写明要套用的模板（.docx 或 .xlsx）。".to_owned()
}

pub fn unwritable(file: &str, why: &str) -> String {
    format!("“{file}”写入失败：{why}。请检查文件夹是否存在、是否有写入权限。")
}

/// More than a workbook holds.
pub fn too_large_to_write(name: &str) -> String {
    format!("“{name}”超出工作簿的容量，未能导出。")
}

/// `usage`: the command with its arguments.
pub fn wrong_arguments(usage: &str) -> String {
    format!("参数个数不对。用法：{usage}")
}

pub fn unknown_profile(id: &str) -> String {
    format!("没有编号为“{id}”的口径。用 jixiao profiles 查看可用的口径；口径文件名须以 .json 结尾。")
}

/// A profile file that can't be used, with every problem.
pub fn bad_profile(file: &str, error: &TemplateError) -> String {
    let problems = error.problems.iter().map(|problem| format!("\n  {}", template_problem(problem)));
    format!("口径文件“{file}”有 {} 处不符合要求，请修改：{}", error.problems.len(), problems.collect::<String>())
}

pub fn unknown_rate(name: &str) -> String {
    format!("没有编号或名称为“{name}”的比率。用 jixiao rates 查看可用的比率。")
}

/// The inputs of a rate, in the order in which they are typed.
pub fn rate_inputs(rate: &Rate) -> String {
    let inputs: Vec<String> = rate.inputs.iter().map(|input| rates::input(&input.label, input.hint.as_deref())).collect();
    inputs.join(" ")
}

pub fn rate_usage(rate: &Rate) -> String {
    wrong_arguments(&format!("jixiao rate {} {}", rate.number, rate_inputs(rate)))
}

pub fn no_file(file: &str) -> String {
    format!("没有“{file}”这个文件。请核对文件名和所在文件夹。")
}

pub fn no_permission(file: &str) -> String {
    format!("没有读取“{file}”的权限。请检查文件的权限设置。")
}

/// `why`: what the system says.
pub fn unreadable_file(file: &str, why: &str) -> String {
    format!("“{file}”读取失败：{why}。请检查文件是否完好。")
}

pub fn no_document(file: &str) -> String {
    format!("“{file}”里没有文档。")
}

pub fn several_documents(file: &str) -> String {
    format!("“{file}”里不止一张表，请只保留一张。")
}

pub fn no_table(file: &str) -> String {
    format!("“{file}”里没有可识别的绩效自评表。")
}

pub fn is_folder(name: &str) -> String {
    format!("“{name}”是文件夹，请写明其中的文件。")
}

pub fn folder_without_files(name: &str, has_folders: bool) -> String {
    if has_folders {
        format!("文件夹“{name}”里只有子文件夹，没有文件。连同子文件夹一并读取，请加 --recursive。")
    } else {
        format!("文件夹“{name}”里没有文件。")
    }
}

/// 3 folders in a folder were not looked into.
pub fn folders_left_out(name: &str, count: usize) -> String {
    format!("文件夹“{name}”里有 {count} 个子文件夹未读取；一并读取，请加 --recursive。")
}

/// What another program handed over as the contents of a file is none.
pub fn not_blocks() -> &'static str {
    "传入的内容不是 read 返回的文件内容，请原样传入。"
}

/// A fault of this program. `place`: where in its source.
pub fn fault(place: &str) -> String {
    format!("处理时出错（{place}），未能完成。请将该文件反馈给本工具的维护者。")
}

pub fn unknown_cell(cell: &str, form: &Form) -> String {
    format!(
        "“{}”没有单元格“{cell}”。单元格编号见 docs/format.md，表格中的写作“表.行编号.列”，如 indicators.3.score。",
        form.short
    )
}

pub fn not_computed(cell: &str) -> String {
    format!("单元格“{cell}”直接填写，不由公式计算。")
}

pub fn no_outline(form: &Form) -> String {
    format!("“{}”没有报告提纲。", form.short)
}

/// 标准输入, as documents from it are named.
pub fn standard_input() -> &'static str {
    "标准输入"
}

/// `a.jsonl 第3行`, `a.docx 表2`, `a.json`
pub fn source(name: &str, line: Option<usize>, table: &str) -> String {
    let line = line.map(|line| format!(" 第{line}行")).unwrap_or_default();
    let table = if table.is_empty() { String::new() } else { format!(" {table}") };
    format!("{name}{line}{table}")
}

pub fn refused(source: &str, why: &str) -> String {
    format!("{source}：读不出。{why}")
}

/// 依据
pub fn citation(text: &str, verified: bool) -> String {
    format!("依据：{text}{}", if verified { "" } else { "（未核对原文）" })
}
