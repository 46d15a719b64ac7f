//! `jixiao export` as a person runs it.

use super::{GOOD, WRONG, jixiao, text};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder that nothing stands in.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("export-{name}"));
    let _ = fs::remove_dir_all(&folder);
    folder
}

fn export(arguments: &[&str], out: &Path, input: &str) -> std::process::Output {
    let arguments: Vec<&str> = ["export"].iter().chain(arguments).copied().chain(["--out", out.to_str().unwrap(), "-"]).collect();
    jixiao(&arguments, input.as_bytes())
}

fn names(out: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(out).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn each_table_becomes_a_file_and_none_overwrites_another() {
    let out = folder("files");
    let both = format!("{GOOD}\n{WRONG}\n{GOOD}\n");
    for format in ["docx", "html", "csv"] {
        let output = export(&["--to", format], &out, &both);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert_eq!(text(&output).lines().count(), 3);
    }
    let expected: Vec<String> = ["csv", "docx", "html"]
        .iter()
        .flat_map(|ending| [format!("甲.{ending}"), format!("甲_2.{ending}"), format!("绩效自评.{ending}")])
        .collect();
    let mut expected = expected;
    expected.sort();
    assert_eq!(names(&out), expected);
    // What was written is what `import` reads.
    let back = jixiao(&["import", out.join("绩效自评.docx").to_str().unwrap()], b"");
    assert!(text(&back).contains(r#""total.score":"86""#), "{}", text(&back));
    // Once more: what is there stays as it is.
    export(&["--to", "csv"], &out, GOOD);
    assert!(names(&out).contains(&"甲_3.csv".to_owned()));
}

#[test]
fn findings_of_all_tables_are_one_list() {
    let out = folder("list");
    let both = format!("{WRONG}\n{GOOD}\n");
    for format in ["csv", "docx", "html", "txt", "xlsx"] {
        let output = export(&["--to", format, "--part", "findings"], &out, &both);
        assert_eq!(text(&output).lines().count(), 1, "{output:?}");
    }
    let paragraphs = fs::read_to_string(out.join("核对结果.txt")).unwrap();
    assert!(paragraphs.starts_with("\u{feff}核对结果\r\n共2张表；生成日期："), "{paragraphs}");
    assert!(paragraphs.contains("\r\n1. 未命名项目：") && paragraphs.contains("\r\n2. 甲："), "{paragraphs}");
    let list = fs::read_to_string(out.join("核对结果.csv")).unwrap();
    let lines: Vec<&str> = list.lines().collect();
    assert!(lines[0].starts_with("\u{feff}文件,项目名称,表式,评分口径,生成日期,版本,结论,序号,级别,编号,"), "{}", lines[0]);
    let total = lines.iter().find(|line| line.contains(",A08,")).unwrap();
    assert!(total.starts_with("标准输入,") && total.contains(",86,"), "{total}");
    assert!(lines.iter().any(|line| line.starts_with("标准输入,甲,")), "{list}");
    let page = fs::read_to_string(out.join("核对结果.html")).unwrap();
    assert!(page.contains("共2张表；") && page.contains("2. 甲：") && page.matches("<table").count() == 1, "{page}");
    assert!(fs::read(out.join("核对结果.xlsx")).unwrap().starts_with(b"PK"));
    // What is blank, or is no number of the formula, has nothing that it should be.
    assert!(
        lines.iter().filter(|line| line.contains(",L18,") || line.contains(",L05,")).all(|line| line.ends_with(",,")),
        "{list}"
    );
}

#[test]
fn what_cannot_be_given_out_is_said() {
    let out = folder("refused");
    for (arguments, said) in [
        (&["--part", "table"] as &[&str], "请用 --to 写明导出的格式"),
        (&["--to", "pdf"], "不能导出为“pdf”"),
        (&["--to", "docx", "--part", "table,foo"], "没有“foo”这个部分"),
        (&["--to", "csv", "--part", "report"], "csv 只能导出"),
        (&["--to", "txt", "--part", "table"], "txt 只能导出"),
        (&["--to", "xlsx", "--part", "report"], "自评报告是文章"),
        (&["--to"], "选项“--to”后面缺少内容"),
    ] {
        let arguments: Vec<&str> = ["export"].iter().chain(arguments).copied().collect();
        let arguments: Vec<&str> = if arguments.ends_with(&["--to"]) { arguments } else { [&arguments[..], &["-"]].concat() };
        let output = jixiao(&arguments, GOOD.as_bytes());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(said), "{arguments:?}: {output:?}");
    }
    let unreadable = export(&["--to", "docx"], &out, "{");
    assert_eq!(unreadable.status.code(), Some(2));
    assert!(!out.exists());
}

/// The code below a table is what `check` says of the document, and tells whether the file was changed since.
#[test]
fn a_file_tells_whether_it_says_what_was_printed() {
    let out = folder("code");
    let code = |output: &std::process::Output| {
        let line = text(output).lines().find(|line| line.starts_with("计算核对码：")).map(ToOwned::to_owned);
        line.unwrap_or_else(|| panic!("{output:?}"))
    };
    let own = code(&jixiao(&["check", "--code"], WRONG.as_bytes()));
    export(&["--to", "html"], &out, WRONG);
    let path = out.join("绩效自评.html");
    let page = fs::read_to_string(&path).unwrap();
    assert!(page.contains(&own), "{own}");
    let again = jixiao(&["check", "--code", path.to_str().unwrap()], b"");
    assert!(code(&again) == own && text(&again).contains("内容与打印时一致。"), "{again:?}");
    fs::write(&path, page.replace(">86<", ">87<")).unwrap();
    let changed = jixiao(&["check", "--code", path.to_str().unwrap()], b"");
    assert!(code(&changed) != own && text(&changed).contains("内容与打印时不一致"), "{changed:?}");
    // Who wants none has none.
    export(&["--to", "html", "--part", "table,no-code"], &out, WRONG);
    assert!(!fs::read_to_string(out.join("绩效自评_2.html")).unwrap().contains("计算核对码"));
}
