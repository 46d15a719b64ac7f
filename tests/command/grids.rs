//! `jixiao check` over tables that no form fits.

use super::{jixiao, lines, text};

const RIGHT: &str = "部门支出表\n单位：万元,,,,\n部门,合计,人员经费,公用经费,占比\n办公室,130.00,100.00,30.00,65.00%\n财务科,70.00,60.00,10.00,35.00%\n合计,200.00,160.00,40.00,100.00%\n";

#[test]
fn a_right_table_is_said_to_be_checked() {
    let output = jixiao(&["check", "-"], RIGHT.as_bytes());
    assert_eq!(text(&output), "标准输入 表1：未发现问题（没有对应的表式，按表内文字核对关系 9 处）\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let output = jixiao(&["check", "-"], RIGHT.replace("合计,200.00", "合计,210.00").as_bytes());
    let text = text(&output);
    assert!(text.starts_with("标准输入 表1：错误 "), "{text}");
    for line in [
        "  错误 T01 [表1第6行第2列] “合计”行“合计”填210.00，所含2项（130.00＋70.00）相加为200.00，相差＋10。\n",
        "  错误 T01 [表1第6行第2列] “合计”行“合计”填210.00，所含2项（160.00＋40.00）相加为200.00，相差＋10。\n",
    ] {
        assert!(text.contains(line), "{text}");
    }
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn programs_get_the_figures_and_where_they_stand() {
    let output = jixiao(&["check", "--json", "-"], RIGHT.replace("65.00%", "66.00%").as_bytes());
    let line = &lines(&output)[0];
    let checked = &line["others"][0]["checked"];
    assert_eq!(checked["relations"], 9, "{line}");
    let finding = &checked["findings"][0];
    assert_eq!((&finding["code"], &finding["severity"]), (&"T03".into(), &"error".into()), "{line}");
    assert_eq!((&finding["place"], &finding["printed"]), (&"表1第4行第5列".into(), &"66.00%".into()), "{line}");
    let reading = &finding["readings"][0];
    assert_eq!((&reading["computed"], &reading["shown"]), (&"65".into(), &"65.00".into()), "{line}");
    let operands = reading["operands"].as_array().unwrap();
    let roles: Vec<&str> = operands.iter().map(|operand| operand["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["dividend", "divisor"], "{line}");
    assert_eq!(operands[1]["at"]["row"], 5, "{line}");
    assert_eq!(output.status.code(), Some(1));
}

/// A table whose words claim nothing is not said to be right.
#[test]
fn a_table_without_relations_is_not_checked() {
    let output = jixiao(&["check", "-"], "姓名,年龄\n甲,30\n乙,40\n".as_bytes());
    let text = text(&output);
    assert!(text.contains("没有对应的表式，表内也没有合计、占比、比率等可核对的关系，未核对。"), "{text}");
    assert_eq!(output.status.code(), Some(2));
}
