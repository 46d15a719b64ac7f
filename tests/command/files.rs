//! The command over files that people have: any format, folders, standard input, and bad ones among good ones.

use super::{GOOD, jixiao, lines, text};
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

/// A table as a spreadsheet program saves it as text: 86 in all, where 4.6 and 80 stand above it.
const CSV: &str = "项目支出绩效自评表,,,,,,\n（2020年度）,,,,,,单位：万元\n项目名称,路灯改造,,主管部门,住建局,,\n,,年初预算数,全年预算数,全年执行数,分值,执行率,得分\n项目资金,年度资金总额,180,180,82,10,46%,4.6\n一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分\n产出指标,数量指标,路灯数量,100盏,100盏,90,80\n总分,,,,,100,86\n";
/// The same on a web page, with a report before it that says 92 where the table says 82.
const PAGE: &str = concat!(
    "<html><body><h1>路灯改造项目绩效自评报告</h1><p>2020年，路灯改造项目全年预算数180万元，实际支出92万元，预算执行率46%。</p>",
    "<table><tr><td colspan=8>项目支出绩效自评表</td></tr><tr><td colspan=8>（2020年度）</td></tr>",
    "<tr><td>项目名称<td colspan=3>路灯改造<td>主管部门<td colspan=3>住建局</tr>",
    "<tr><td rowspan=2>项目资金<td><td>年初预算数<td>全年预算数<td>全年执行数<td>分值<td>执行率<td>得分</tr>",
    "<tr><td>年度资金总额<td>180<td>180<td>82<td>10<td>46%<td>4.6</tr>",
    "<tr><td>一级指标<td>二级指标<td>三级指标<td>年度指标值<td>实际完成值<td>分值<td>得分<td>偏差原因</tr>",
    "<tr><td>产出指标<td>数量指标<td>路灯数量<td>100盏<td>100盏<td>90<td>80<td></tr>",
    "<tr><td colspan=5>总分<td>100<td>86<td></tr></table></body></html>"
);

/// A folder for one test, gone when the test ends.
struct Folder(PathBuf);

impl Folder {
    /// With these files; a name may lead into folders within.
    fn new(files: &[(&str, &str)]) -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("jixiao-files-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = Folder(std::env::temp_dir().join(name));
        for (name, content) in files {
            let path = folder.0.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_bad_file_does_not_stop_the_good_ones() {
    let folder = Folder::new(&[("a.csv", CSV), ("b.docx", "PK\u{3}\u{4} and no zip"), ("c.html", PAGE), ("d.json", GOOD)]);
    let output = jixiao(&["check", &folder.path("")], b"");
    let text = text(&output);
    let heads: Vec<&str> = text.lines().filter(|line| !line.starts_with(' ')).collect();
    assert!(heads[0].contains("a.csv 表1：错误 "), "{text}");
    assert!(heads[1].contains("b.docx：读不出。这是 Word 文档（.docx），但内容不完整或已损坏"), "{text}");
    assert!(heads[2].contains("c.html 表1：错误 "), "{text}");
    assert!(heads[3].contains("c.html：公开文件或报告的文字，没有决算、预算表，文字与上下文核对：错误 "), "{text}");
    assert!(heads[4].contains("d.json：未核对"), "{text}");
    let counted =
        "共 4 个文件，核对表格 3 张：有错误 2 张，无错误 1 张（其中未填完 1 张）；整本公开文件 1 个（有错误 1 个）；错误 ";
    assert!(heads[5].starts_with(counted), "{text}");
    assert!(heads[5].ends_with("；读不出的文件 1 个。") && heads.len() == 6, "{text}");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn folders_within_folders_are_read_when_asked_for() {
    let folder = Folder::new(&[
        ("乙.csv", CSV),
        ("2020/甲.csv", CSV),
        ("2020/下/甲.html", PAGE),
        ("2020/~$甲.docx", "left by an office program"),
        ("2020/.hidden", "left by a system"),
        ("2020/Thumbs.db", "left by a system"),
    ]);
    let output = jixiao(&["check", &folder.path("")], b"");
    assert_eq!(text(&output).matches("表1：").count(), 1, "{}", text(&output));
    assert!(String::from_utf8_lossy(&output.stderr).contains("1 个子文件夹未读取；一并读取，请加 --recursive。"));
    assert!(
        text(&output).ends_with("个文件，核对表格 1 张：有错误 1 张，无错误 0 张；错误 1 项，提醒 4 项。\n"),
        "{}",
        text(&output)
    );
    for option in ["--recursive", "-r"] {
        let output = jixiao(&["check", option, &folder.path("")], b"");
        let text = text(&output);
        let place = |name: &str| text.find(&format!("{name} 表1：")).unwrap_or_else(|| panic!("{name}: {text}"));
        assert!(place("/乙.csv") < place("/甲.csv") && place("2020/甲.csv") < place("下/甲.html"), "{text}");
        assert!(text.contains("\n共 3 个文件，核对表格 3 张："), "{text}");
        assert!(output.stderr.is_empty());
        assert_eq!(output.status.code(), Some(1));
    }
    let output = jixiao(&["check", &folder.path("2020/下/none")], b"");
    assert!(self::text(&output).contains("没有“"), "{}", self::text(&output));
    let empty = Folder::new(&[("甲/乙.csv", CSV)]);
    let output = jixiao(&["check", &empty.path("")], b"");
    assert!(self::text(&output).contains("里只有子文件夹，没有文件。"), "{}", self::text(&output));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn standard_input_may_be_any_file() {
    for (input, start) in [(CSV, "标准输入 表1：错误"), (PAGE, "标准输入 表1：错误"), (GOOD, "标准输入 第1行：未核对")]
    {
        let text = text(&jixiao(&["check", "-"], input.as_bytes()));
        assert!(text.starts_with(start), "{text}");
        assert_eq!(jixiao(&["import", "-"], input.as_bytes()).status.code(), Some(0));
    }
    let output = jixiao(&["check"], b"%PDF-1.4");
    assert!(text(&output).contains("标准输入：读不出。这是 PDF 文件，但内容不完整"), "{}", text(&output));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn findings_say_where_they_stand_in_the_file() {
    let output = text(&jixiao(&["check"], CSV.as_bytes()));
    assert!(output.contains("\n  错误 A08 [总分·得分合计，表1第8行第7列] "), "{output}");
    // A blank cell stands nowhere; its row does. The file prints no column for reasons, so that there is none is no error.
    assert!(output.contains("\n  提醒 L01 [表1第7行] "), "{output}");
    let with_reasons = text(&jixiao(&["check"], PAGE.as_bytes()));
    assert!(with_reasons.contains("\n  错误 L01 [表1第7行] "), "{with_reasons}");
    let line = &lines(&jixiao(&["check", "--json"], CSV.as_bytes()))[0];
    let findings = line["evaluation"]["findings"].as_array().unwrap();
    let of = |code: &str| findings.iter().find(|finding| finding["code"] == code).unwrap();
    assert_eq!(of("A08")["source"], "表1第8行第7列");
    assert_eq!(of("L01")["source"], "表1第7行");
    assert_eq!((&line["place"], &line["document"]["cells"]["total.score"]), (&"表1".into(), &"86".into()));
}

#[test]
fn the_report_around_a_table_is_held_against_it() {
    let output = jixiao(&["check"], PAGE.as_bytes());
    // The words stand in the second paragraph, the report begins in the first.
    let finding = "[第2段] 自评报告·已有报告正文写“实际支出92万元”，表中年度资金总额·全年执行数为82万元";
    assert!(text(&output).contains(finding), "{}", text(&output));
}

#[test]
fn each_table_is_a_line_for_programs() {
    let folder =
        Folder::new(&[("a.html", &format!("{PAGE}{PAGE}")), ("b.pdf", "%PDF-1.4"), ("c.txt", "一段话。"), ("d.json", GOOD)]);
    let output = jixiao(&["check", "--json", &folder.path("")], b"");
    let lines = lines(&output);
    let about: Vec<(&str, bool, &str)> = lines
        .iter()
        .map(|line| {
            let error = line["error"]["code"].as_str().unwrap_or_default();
            (line["place"].as_str().unwrap_or_default(), line["evaluation"].is_object(), error)
        })
        .collect();
    assert_eq!(
        about,
        [("表1", true, ""), ("表2", true, ""), ("", false, ""), ("", false, "damaged"), ("", false, "no-table"), ("", true, "")]
    );
    // The text of the report has a fault of its own.
    assert!(
        lines
            .iter()
            .zip(["a.html", "a.html", "a.html", "b.pdf", "c.txt", "d.json"])
            .all(|(line, name)| line["file"] == folder.path(name))
    );
}

#[test]
fn the_one_table_of_a_file_is_explained_and_reported() {
    let folder = Folder::new(&[("a.csv", CSV), ("b.html", &format!("{PAGE}{PAGE}")), ("c.txt", "一段话。")]);
    let explained = text(&jixiao(&["explain", &folder.path("a.csv"), "funds.score"], b""));
    assert!(explained.contains("82 ÷ 180"), "{explained}");
    let report = text(&jixiao(&["report", &folder.path("a.csv")], b""));
    assert!(report.contains("全年预算180万元"), "{report}");
    for (file, why) in [("b.html", "里不止一张表"), ("c.txt", "里没有可识别的绩效自评表")] {
        let output = jixiao(&["report", &folder.path(file)], b"");
        assert!(String::from_utf8_lossy(&output.stderr).contains(why), "{file}");
        assert_eq!(output.status.code(), Some(2));
    }
}

#[test]
fn tables_of_files_become_documents() {
    let folder = Folder::new(&[("a.csv", CSV), ("b.pdf", "%PDF-1.4"), ("c.txt", "没有表格的一段话。"), ("d.json", GOOD)]);
    let names = ["a.csv", "b.pdf", "c.txt", "d.json", "missing.docx"].map(|name| folder.path(name));
    let mut arguments = vec!["import"];
    arguments.extend(names.iter().map(String::as_str));
    let output = jixiao(&arguments, b"");
    let lines = lines(&output);
    assert_eq!(lines.len(), 5, "{}", text(&output));
    for (line, name) in lines.iter().zip(&names) {
        assert_eq!(line["file"], **name);
    }
    let table = &lines[0];
    assert_eq!((&table["form"], &table["place"]), (&"national".into(), &"表1".into()), "{table}");
    assert_eq!(table["document"]["cells"]["funds.executed"], "82");
    assert_eq!(table["sources"]["funds.executed"], "表1第5行第5列");
    assert_eq!(table["at"]["funds.executed"], serde_json::json!({"block": 0, "row": 4, "column": 4}));
    assert!(table["certainty"].as_str().unwrap().starts_with("0.9") || table["certainty"] == "1", "{table}");
    for key in ["unrecognised", "questions", "notices", "near", "why"] {
        assert!(table[key].is_array(), "{key}: {table}");
    }
    assert_eq!(lines[1]["error"]["code"], "damaged");
    assert_eq!(lines[2]["error"]["code"], "no-table");
    assert_eq!(lines[2]["outside"][0]["text"], "没有表格的一段话。");
    assert_eq!((&lines[3]["document"]["cells"]["project_name"], &lines[3]["certainty"]), (&"甲".into(), &"1".into()));
    assert_eq!(lines[4]["error"]["code"], "no-file");
    assert_eq!(output.status.code(), Some(2));
    // What was imported can be checked.
    let document = table["document"].to_string();
    let checked = jixiao(&["check"], document.as_bytes());
    assert!(self::text(&checked).contains("A08"), "{}", self::text(&checked));
}
