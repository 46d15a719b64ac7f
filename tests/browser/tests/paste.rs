//! Pasting into an open table, with a real clipboard: what spreadsheets, word processors and web pages put on it.

use browser_tests::{Browser, Page};

fn value(page: &Page, cell: &str) -> String {
    page.value(&format!("[data-cell=\"{cell}\"]"))
}

/// The name of a cell of the n-th indicator, from 1.
fn indicator(page: &Page, place: usize, column: &str) -> String {
    let row: String = page.eval(&format!(
        "[...document.querySelectorAll('[data-cell$=\".indicator\"]')][{}].dataset.cell.split('.')[1]",
        place - 1
    ));
    format!("indicators.{row}.{column}")
}

fn open_blank(browser: &Browser) -> Page {
    let page = browser.open_saved_file();
    page.click("#form-national");
    page.wait_for("[data-cell]");
    page
}

/// Copies, and pastes into a cell.
fn paste(page: &Page, cell: &str, plain: &str, html: Option<&str>) {
    page.copy(plain, html);
    page.run(&format!("document.querySelector('[data-cell=\"{cell}\"]').focus()"));
    page.paste();
}

#[test]
fn a_block_of_plain_text_is_spread_over_cells_and_taken_back_in_one_step() {
    let browser = Browser::launch();
    let page = open_blank(&browser);
    let at = indicator(&page, 9, "level1");
    let block = "一级指标\t二级指标\t三级指标\t指标值\t完成值\t分值\t得分\r\n满意度\t群众\t满意率\t≥90%\t95%\t5\t5\r\n游客\t满意率\t≥80%\t85%\t5\t5\r\n总分\t\t\t\t\t100\t98\r\n";
    paste(&page, &at, block, None);
    page.wait_for("#notice");
    let said = page.text("#notice");
    for part in ["已粘贴3行×7列", "表头1行未粘贴", "新增1行"] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert_eq!(value(&page, &indicator(&page, 10, "level2")), "游客");
    assert_eq!(value(&page, &indicator(&page, 10, "score")), "5");
    assert_eq!(value(&page, "total.score"), "98");
    assert_eq!(page.eval::<usize>("document.querySelectorAll('[data-cell$=\".indicator\"]').length"), 10);
    page.press("Control+z");
    page.wait_until("document.querySelectorAll('[data-cell$=\".indicator\"]').length === 9");
    assert_eq!(value(&page, "total.score"), "");
    assert!(value(&page, &at).starts_with("满意度指标"));
    assert_eq!(page.console_errors(), [""; 0]);
    assert_eq!(page.requests(), [""; 0]);
}

#[test]
fn one_cell_goes_in_at_the_caret_without_its_line_break() {
    let browser = Browser::launch();
    let page = open_blank(&browser);
    page.run("document.querySelector('[data-cell=\"goal_expected\"]').focus()");
    page.type_text("前后");
    page.press("ArrowLeft");
    page.copy("\"一、修路\n二、修桥\"\r\n", None);
    page.paste();
    page.wait_until("document.querySelector('[data-cell=\"goal_expected\"]').value === '前一、修路\\n二、修桥后'");
    paste(&page, "project_name", "水库\r\n", None);
    page.wait_until("document.querySelector('[data-cell=\"project_name\"]').value === '水库'");
    // Prose of several lines stays prose.
    paste(&page, "goal_actual", "一是…\n二是…\n", None);
    page.wait_until("document.querySelector('[data-cell=\"goal_actual\"]').value === '一是…\\n二是…'");
    page.press("Control+z");
    page.wait_until("document.querySelector('[data-cell=\"goal_actual\"]').value === ''");
    assert_eq!(value(&page, "project_name"), "水库");
}

#[test]
fn what_finds_no_place_and_what_is_asked_is_at_hand() {
    let browser = Browser::launch();
    let page = open_blank(&browser);
    let at = indicator(&page, 1, "weight");
    paste(&page, &at, "8324,23\t20\t无\t多出一格\r\n677,00\t10\t无\t再多一格\r\n", None);
    page.wait_for("#show-rest");
    assert!(page.text("#notice").contains("2格未粘贴"));
    page.click("#show-rest");
    page.wait_for("#pasted-rest");
    assert_eq!(page.value("#pasted-rest"), "多出一格\n再多一格");
    page.run(
        "[...document.querySelectorAll('.pasted-question button')].find(button => button.textContent === '8324.23').click()",
    );
    page.wait_until(&format!("document.querySelector('[data-cell=\"{at}\"]').value === '8324.23'"));
    assert_eq!(value(&page, &indicator(&page, 2, "weight")), "677,00");
    page.press("Escape");
    page.wait_until("!document.querySelector('#dialog')");
    page.press("Control+z");
    page.wait_until(&format!("document.querySelector('[data-cell=\"{at}\"]').value === '8324,23'"));
}

#[test]
fn a_block_into_a_fixed_cell_and_a_column_with_line_ends_of_old() {
    let browser = Browser::launch();
    let page = open_blank(&browser);
    paste(&page, "funds.initial", "年度资金总额\t180\t180\t82\r\n其中：财政拨款\t100\t100\t82\r\n", None);
    page.wait_until("document.querySelector('[data-cell=\"funds.executed\"]').value === '82'");
    assert_eq!(value(&page, "funds.initial"), "180");
    assert!(page.eval::<bool>(
        "[...document.querySelectorAll('[data-cell^=\"funds.\"]')].some(field => field.value === '其中：财政拨款')"
    ));
    paste(&page, &indicator(&page, 1, "weight"), "10\r20\r\r", None);
    page.wait_until(&format!("document.querySelector('[data-cell=\"{}\"]').value === '20'", indicator(&page, 2, "weight")));
}

/// What Excel writes for some rows of indicators: merged cells, styles, and conditional comments around.
const EXCEL: &str = r#"<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId content=Excel.Sheet><style><!--td{mso-ignore:padding}--></style></head>
<body link=blue><table border=0 cellpadding=0 cellspacing=0 width=576 style='border-collapse:collapse'><!--StartFragment--><col width=72 span=8>
<tr height=19><td rowspan=3 class=xl65>产出指标</td><td rowspan=2 class=xl65>数量指标</td><td>路</td><td align=right>30</td><td align=right>#####</td><td align=right>10</td><td align=right>10</td><td></td></tr>
<tr height=19><td>桥</td><td align=right>2</td><td align=right>2</td><td align=right>10</td><td align=right>9</td><td></td></tr>
<tr height=19><td>质量指标</td><td>合格率</td><td align=right>95%</td><td align=right>96%</td><td align=right>10</td><td align=right>10</td><td></td></tr>
<!--EndFragment--></table></body></html>"#;
const EXCEL_PLAIN: &str =
    "产出指标\t数量指标\t路\t30\t32456\t10\t10\t\r\n\t\t桥\t2\t2\t10\t9\t\r\n\t质量指标\t合格率\t95%\t96%\t10\t10\t\r\n";

/// The same as Word and WPS Writer write it: paragraphs in cells, a caption above, columns that are cut otherwise.
const WORD: &str = r#"<html xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=ProgId content=Word.Document></head><body lang=ZH-CN><!--StartFragment-->
<table class=MsoTableGrid border=1 cellspacing=0 style='border-collapse:collapse'>
<tr><td width=100 colspan=2><p class=MsoNormal align=center><span>一级<br>指标</span></p></td><td><p class=MsoNormal>二级指标</p></td><td><p class=MsoNormal>三级指标</p></td><td><p class=MsoNormal>年度<span lang=EN-US><o:p></o:p></span>指标值</p></td></tr>
<tr><td rowspan=2 colspan=2><p class=MsoNormal>产出指标</p></td><td><p class=MsoNormal>数量指标</p></td><td><p class=MsoNormal>路</p></td><td><p class=MsoNormal>30公里</p></td></tr>
<tr><td><p class=MsoNormal>质量指标</p></td><td><p class=MsoNormal>合格率</p></td><td><p class=MsoNormal>95%</p></td></tr>
</table><!--EndFragment--></body></html>"#;
const WORD_PLAIN: &str = "一级\n指标\t二级指标\t三级指标\t年度指标值\n产出指标\t数量指标\t路\t30公里\n质量指标\t合格率\t95%\n";

/// Rows as WPS writes them: its own classes, texts marked as such, a column that is hidden by its width, and no paragraph.
const WPS: &str = r#"<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta name="Generator" content="WPS Office ET"><style>.et3{mso-number-format:"0%";text-align:center}</style></head>
<body><!--StartFragment--><table width="576" border="0" cellpadding="0" cellspacing="0"><colgroup><col width="72" style="mso-width-source:userset"></colgroup>
<tr height="18"><td class="et2" rowspan="2" x:str>产出指标</td><td class="et2" x:str>数量指标</td><td class="et2" x:str>路</td><td class="et2" x:num>30</td><td class="et2" x:num="32">32</td><td class="et2" x:num>10</td></tr>
<tr height="18"><td class="et2" x:str>质量指标</td><td class="et2" x:str>合格率</td><td class="et3" x:num="0.95">95%</td><td class="et3" x:num="0.96">96%</td><td class="et2" x:num>10</td></tr>
</table><!--EndFragment--></body></html>"#;

/// The same from a web page: a body and paragraphs within cells, no program's name.
const WEB: &str = r#"<meta charset='utf-8'><div class="TRS_Editor"><table style="width:600px"><tbody>
<tr><td rowspan="2"><p style="text-align:center"><span>产出指标</span></p></td><td><p><span>数量指标</span></p></td><td><p>路</p></td><td><p>30</p></td><td><p>32</p></td><td><p>10&nbsp;</p></td></tr>
<tr><td><p>质量指标</p></td><td><p>合格率</p></td><td><p>95<span>%</span></p></td><td><p>96%</p></td><td><p>10</p></td></tr>
</tbody></table></div>"#;
const WEB_PLAIN: &str = "产出指标\n\n数量指标\n\n路\n\n30\n\n32\n\n10\n\n质量指标\n\n合格率\n\n95%\n\n96%\n\n10\n";

#[test]
fn merged_cells_of_other_programs_fill_what_they_cover() {
    let browser = Browser::launch();
    let page = open_blank(&browser);
    paste(&page, &indicator(&page, 1, "level1"), EXCEL_PLAIN, Some(EXCEL));
    page.wait_for("#notice");
    assert!(page.text("#notice").contains("已粘贴3行×7列"), "{}", page.text("#notice"));
    let row = |place: usize, columns: &[&str]| -> Vec<String> {
        // A cell that is printed as one with the one above has no field of its own.
        let field = |cell: &str| {
            page.eval::<Option<String>>(&format!("(document.querySelector('[data-cell=\"{cell}\"]') || {{}}).value || null"))
        };
        columns.iter().map(|column| field(&indicator(&page, place, column)).unwrap_or_default()).collect()
    };
    let columns = ["level1", "level2", "indicator", "target", "actual", "weight", "score"];
    assert_eq!(row(1, &columns), ["产出指标", "数量指标", "路", "30", "32456", "10", "10"]);
    assert_eq!(row(2, &columns), ["", "", "桥", "2", "2", "10", "9"]);
    assert_eq!(row(3, &columns), ["", "质量指标", "合格率", "95%", "96%", "10", "10"]);
    let span: String = page.eval("document.querySelector('[data-cell$=\".level1\"]').closest('td').rowSpan + ''");
    assert_eq!(span, "3");
    page.press("Control+z");
    page.wait_until(&format!("document.querySelector('[data-cell=\"{}\"]').value === ''", indicator(&page, 1, "target")));
    paste(&page, &indicator(&page, 1, "level1"), WORD_PLAIN, Some(WORD));
    page.wait_until("document.querySelector('#notice') && document.querySelector('#notice').innerText.includes('已粘贴2行×4列')");
    assert!(page.text("#notice").contains("表头1行未粘贴"));
    assert_eq!(row(2, &columns[..4]), ["", "质量指标", "合格率", "95%"]);
    let wps_plain = "产出指标\t数量指标\t路\t30\t32\t10\r\n\t质量指标\t合格率\t95%\t96%\t10\r\n";
    for (html, plain) in [(WPS, wps_plain), (WEB, WEB_PLAIN)] {
        page.press("Control+z");
        page.wait_until(&format!("document.querySelector('[data-cell=\"{}\"]').value === ''", indicator(&page, 1, "target")));
        paste(&page, &indicator(&page, 1, "level1"), plain, Some(html));
        page.wait_until(
            "document.querySelector('#notice') && document.querySelector('#notice').innerText.includes('已粘贴2行×6列')",
        );
        assert_eq!(row(1, &columns[..6]), ["产出指标", "数量指标", "路", "30", "32", "10"]);
        assert_eq!(row(2, &columns[..6]), ["", "质量指标", "合格率", "95%", "96%", "10"]);
    }
    assert_eq!(page.console_errors(), [""; 0]);
    assert_eq!(page.requests(), [""; 0]);
}

#[test]
fn where_html_cannot_be_read_the_plain_text_is_taken() {
    let browser = Browser::launch();
    browser.before_load("window.Worker = function () { throw new Error('none here'); }; WebAssembly.Module.none = 1;");
    let page = open_blank(&browser);
    // Lines of one column need no module.
    page.run("window.questions = 0; pageOffice.ask = (question, done) => { window.questions++; done('missing'); }");
    paste(&page, &indicator(&page, 4, "weight"), "分值\n10\n20\n", None);
    page.wait_until(&format!("document.querySelector('[data-cell=\"{}\"]').value === '20'", indicator(&page, 5, "weight")));
    assert_eq!(page.eval::<usize>("window.questions"), 0);
    paste(&page, &indicator(&page, 1, "indicator"), "路\t30\n桥\t2\n", Some("<table><tr><td>路<td>30<tr><td>桥<td>2</table>"));
    page.wait_until(&format!("document.querySelector('[data-cell=\"{}\"]').value === '2'", indicator(&page, 2, "target")));
    assert!(page.text("#notice").contains("按纯文本逐格填入"), "{}", page.text("#notice"));
}

#[test]
fn a_whole_table_is_a_project_of_its_own_or_fills_the_open_one() {
    const WHOLE: &str = "项目支出绩效自评表\n项目名称\t水库除险加固\t\t\t\t\t\t\n主管部门\t水利局\t\t实施单位\t水库中心\t\t\t\n\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n年度资金总额\t\t180\t180\t82\t10\t46%\t4.6\n其中：财政拨款\t\t180\t180\t82\t\t\t\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n产出指标\t数量指标\t除险\t1座\t1座\t90\t80\t无\n总分\t\t\t\t\t100\t84.6\t良\n";
    let browser = Browser::launch();
    let page = open_blank(&browser);
    paste(&page, "project_name", WHOLE, None);
    page.wait_for("#paste-here");
    assert_eq!(value(&page, "project_name"), "", "nothing is changed before it is said what to do");
    page.click("#paste-here");
    page.wait_until("document.querySelector('[data-cell=\"project_name\"]').value === '水库除险加固'");
    assert_eq!(value(&page, "implementing_unit"), "水库中心");
    assert_eq!(value(&page, "funds.executed"), "82");
    assert_eq!(value(&page, "total.score"), "84.6");
    page.press("Control+z");
    page.wait_until("document.querySelector('[data-cell=\"project_name\"]').value === ''");
    assert_eq!(value(&page, "total.score"), "");
    paste(&page, "project_name", WHOLE, None);
    page.click("#paste-import");
    page.wait_until("(document.querySelector('[data-cell=\"total.score\"]') || {}).value === '84.6'");
    assert_eq!(page.console_errors(), [""; 0]);
    assert_eq!(page.requests(), [""; 0]);
}
