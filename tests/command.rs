//! The command as a person or a pipeline runs it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "command/export.rs"]
mod export;
#[path = "command/files.rs"]
mod files;
#[path = "command/grids.rs"]
mod grids;

use serde_json::Value;
use std::io::Write;
use std::process::{Command, Output, Stdio};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/json");
/// Without findings of severity error, in one line.
const GOOD: &str = r#"{"format":"jixiao","version":1,"form":{"id":"national"},"cells":{"project_name":"甲"}}"#;
/// 总分 86 where 85 is printed above it.
const WRONG: &str = r#"{"format":"jixiao","version":1,"form":{"id":"national"},"cells":{"total.score":"86","total.grade":"优"},"tables":{"indicators":[{"level1":"产出指标","indicator":"乙","target":"1个","actual":"1个","weight":"90","score":"85"}]}}"#;

fn jixiao(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // A thread, because a program that answers while it reads would wait for a reader.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    text(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_exit_status_tells_good_from_wrong_from_unreadable() {
    for (input, status) in [(GOOD, 0), (WRONG, 1), ("{", 2), ("", 2)] {
        let output = jixiao(&["check"], input.as_bytes());
        assert_eq!(output.status.code(), Some(status), "{input}: {}", text(&output));
        assert!(output.stderr.is_empty());
    }
}

#[test]
fn findings_name_file_place_severity_and_code() {
    let file = format!("{FIXTURES}/minimal.json");
    let output = text(&jixiao(&["check", &file], b""));
    assert!(output.starts_with(&format!("{file}：错误 ")), "{output}");
    assert!(output.contains("\n  错误 A08 [总分·得分合计] "), "{output}");
}

#[test]
fn json_lines_are_answered_in_order_and_past_bad_ones() {
    let input = format!("{GOOD}\n{{\"format\"：1}}\n\n{WRONG}\r\n\"\n{GOOD}");
    let output = jixiao(&["check", "--json", "-"], input.as_bytes());
    let lines = lines(&output);
    assert_eq!(lines.iter().map(|line| line["line"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 2, 4, 5, 6]);
    assert!(lines.iter().all(|line| line["file"] == "-"));
    assert_eq!(lines[1]["error"]["code"], "not-json");
    assert!(lines[1]["error"]["message"].as_str().unwrap().contains("第 2 行第 10 个字符“：”"), "{}", lines[1]);
    assert_eq!(lines[2]["evaluation"]["findings"][0]["severity"], "error");
    assert_eq!(lines[4]["evaluation"]["form"], "national");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_damaged_first_line_does_not_hide_the_others() {
    let output = jixiao(&["check", "--json"], format!("{}\n{GOOD}\n", &GOOD[..40]).as_bytes());
    let lines = lines(&output);
    assert_eq!(lines.len(), 2);
    assert!(lines[0]["error"].is_object() && lines[1]["evaluation"].is_object());
}

#[test]
fn a_document_over_several_lines_is_one_document() {
    let pretty = format!("\n{:#}", serde_json::from_str::<Value>(GOOD).unwrap());
    let output = jixiao(&["check", "--json"], pretty.as_bytes());
    assert_eq!(lines(&output).len(), 1);
    let broken = pretty.replace("\"cells\":", "\"cells\"");
    let message = lines(&jixiao(&["check", "--json"], broken.as_bytes()))[0]["error"]["message"].to_string();
    assert!(message.contains("第 3 行"), "blank lines before the document count: {message}");
}

#[test]
fn several_files_are_summed_up() {
    let files = ["minimal.json", "unknown.json", "missing.json"].map(|name| format!("{FIXTURES}/{name}"));
    let mut arguments = vec!["check"];
    arguments.extend(files.iter().map(String::as_str));
    let output = jixiao(&arguments, b"");
    assert!(text(&output).contains("missing.json”这个文件"), "{}", text(&output));
    assert!(
        text(&output).ends_with(
            "共 3 个文件，核对表格 2 张：有错误 1 张，无错误 1 张（其中未填完 1 张）；错误 3 项，提醒 3 项；读不出的文件 1 个。\n"
        ),
        "{}",
        text(&output)
    );
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let output = jixiao(&["check"], b"{\"a\":\"\xBC\xA8\"}");
    assert!(text(&output).contains("UTF-8"), "{}", text(&output));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn another_profile_can_be_tried() {
    let output = jixiao(&["check", "--json", "--profile", "hubei"], GOOD.as_bytes());
    assert_eq!(lines(&output)[0]["evaluation"]["profile"], "hubei");
    let output = jixiao(&["check", "--profile=none"], GOOD.as_bytes());
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("没有编号为“none”的口径"));
}

#[test]
fn a_profile_can_be_printed_changed_and_loaded() {
    let printed = text(&jixiao(&["profile", "national-2020"], b""));
    let changed = printed.replace("\"national-2020\"", "\"my-county\"");
    let path = std::env::temp_dir().join(format!("jixiao-profile-{}.json", std::process::id()));
    std::fs::write(&path, changed).unwrap();
    let output = jixiao(&["check", "--json", "--profile", path.to_str().unwrap()], GOOD.as_bytes());
    std::fs::remove_file(&path).unwrap();
    assert_eq!(lines(&output)[0]["evaluation"]["profile"], "my-county");
}

#[test]
fn a_builtin_profile_is_not_replaced() {
    let path = std::env::temp_dir().join(format!("jixiao-builtin-{}.json", std::process::id()));
    std::fs::write(&path, text(&jixiao(&["profile", "hubei"], b""))).unwrap();
    let output = jixiao(&["check", "--profile", path.to_str().unwrap()], GOOD.as_bytes());
    std::fs::remove_file(&path).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("“hubei”是内置口径的编号"));
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    let mark = "\u{feff}";
    let single = format!("{mark}{GOOD}\n");
    let lines_of = format!("{mark}{GOOD}\n{mark}\n{mark}{GOOD}\n\n{mark}{GOOD}");
    let pretty = format!("{mark}\n{}", std::fs::read_to_string(format!("{FIXTURES}/minimal.json")).unwrap());
    for (input, documents) in [(&single, 1), (&lines_of, 3), (&pretty, 1)] {
        let output = jixiao(&["check", "--json"], input.as_bytes());
        let lines = lines(&output);
        assert_eq!(lines.len(), documents, "{input}");
        assert!(lines.iter().all(|line| line["error"].is_null()), "{input}: {lines:?}");
    }
    let path = std::env::temp_dir().join(format!("jixiao-mark-{}.json", std::process::id()));
    let profile = text(&jixiao(&["profile", "hubei"], b"")).replace("\"hubei\"", "\"my-county\"");
    std::fs::write(&path, format!("{mark}{profile}")).unwrap();
    let output = jixiao(&["check", "--json", "--profile", path.to_str().unwrap()], single.as_bytes());
    std::fs::remove_file(&path).unwrap();
    assert_eq!(lines(&output)[0]["evaluation"]["profile"], "my-county");
}

#[test]
fn a_cell_is_explained() {
    let file = format!("{FIXTURES}/minimal.json");
    let output = text(&jixiao(&["explain", &file, "funds.score"], b""));
    assert!(output.contains("82 ÷ 180") && output.contains("依据："), "{output}");
    for (cell, why) in [("funds.none", "没有单元格"), ("indicators.99.score", "没有单元格"), ("project_name", "直接填写")]
    {
        let output = jixiao(&["explain", &file, cell], b"");
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains(why), "{cell}");
    }
}

#[test]
fn wrong_usage_is_one_sentence() {
    for arguments in [&["chek"][..], &["check", "--jso"], &["explain", "a.json"], &["check", "--profile"], &["forms", "x"]] {
        let output = jixiao(arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
        assert_eq!(String::from_utf8(output.stderr).unwrap().lines().count(), 1, "{arguments:?}");
    }
}

#[test]
fn lists_and_help_are_printed() {
    assert!(text(&jixiao(&["forms"], b"")).contains("national\t全国通用表\t"));
    assert!(text(&jixiao(&["profiles"], b"")).contains("hubei\t"));
    for arguments in [&["--help"][..], &["check", "--help"], &[]] {
        let help = text(&jixiao(arguments, b""));
        assert!(help.contains("用法") && help.contains("Usage"));
    }
}

#[test]
fn a_reader_that_stops_early_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(["check", "--json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    // More than any pipe holds; writing fails as soon as the program has gone.
    for _ in 0..2_000 {
        if writeln!(stdin, "{GOOD}").is_err() {
            break;
        }
    }
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_rate_is_computed_and_compared() {
    let output = jixiao(&["rate", "f1", "82", "180", "=46%"], b"");
    let text = text(&output);
    for part in ["执行率 = 全年执行数 ÷ 全年预算数", "45.56%", "四舍五入取整后相符", "分母：", "依据：", "执行率＝全年执行数82÷"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(output.status.code(), Some(0));
    // A negative number is a number, not an option.
    assert!(self::text(&jixiao(&["rate", "F19b", "461.19", "-338.35"], b"")).contains("-42.32%"));
    assert!(self::text(&jixiao(&["rates"], b"")).lines().count() >= 25);
    for wrong in [&["rate"][..], &["rate", "F99", "1"], &["rate", "F1", "1", "2", "3"]] {
        let output = jixiao(wrong, b"");
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(!output.stderr.is_empty());
    }
}

#[test]
fn the_report_is_printed_with_the_numbers_of_the_table() {
    let document = r#"{"format":"jixiao","version":1,"form":{"id":"national"},"cells":{"fiscal_year":"2020","project_name":"甲","funds.adjusted":"180","funds.executed":"82","report.overview":"已支付【全年执行数】。"}}"#;
    let output = jixiao(&["report", "-"], document.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let text = text(&output);
    assert!(text.starts_with("2020年度甲绩效自评报告\n一、基本情况\n（一）项目概况\n已支付82万元。\n"), "{text}");
    assert!(text.contains("执行率为45.56%。年末结余98万元。"), "{text}");
    assert_eq!(jixiao(&["report"], b"").status.code(), Some(2));
}
