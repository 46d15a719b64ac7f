//! The engine as another program in a web page uses it.

use browser_tests::{Browser, Page};
use serde_json::{Value, json};

/// An empty document from where the engine lies.
fn engine(browser: &Browser) -> Page {
    let page = browser.open_hosted();
    // The page's own policy lets no other script in.
    page.call("Page.setBypassCSP", json!({ "enabled": true }));
    page.reload();
    page.run("document.documentElement.innerHTML = ''");
    page
}

#[test]
fn the_page_and_the_engine_are_two_programs() {
    let browser = Browser::launch();
    let page = browser.open_hosted();
    let loaded = page.requests().into_iter().find(|url| url.ends_with(".wasm")).unwrap();
    let engine = engine(&browser);
    // What each offers, and whether the words of the page are in it.
    let about = |page: &Page, url: &str| -> (Vec<String>, bool) {
        page.eval(&format!(
            "fetch({url:?}).then(answer => answer.arrayBuffer()).then(async bytes => {{
                const module = await WebAssembly.compile(bytes);
                const text = new TextDecoder().decode(bytes);
                return [WebAssembly.Module.exports(module).map(item => item.name), text.includes('正在保存草稿')];
            }})"
        ))
    };
    let (page_offers, page_speaks) = about(&page, &loaded);
    let (engine_offers, engine_speaks) = about(&engine, "./engine/jixiao_bg.wasm");
    assert!(page_speaks && !engine_speaks);
    for function in ["evaluate", "explain", "forms", "profiles", "read", "recognise", "toDocx", "toXlsx"] {
        assert!(engine_offers.iter().any(|name| name == function), "{engine_offers:?}");
        assert!(!page_offers.iter().any(|name| name == function), "{page_offers:?}");
    }
}

fn run(page: &Page, script: &str) -> Value {
    page.eval(&format!("import('./engine/jixiao.js').then(async engine => {{ await engine.default({{ module_or_path: './engine/jixiao_bg.wasm' }}); {script} }})"))
}

#[test]
fn a_document_is_evaluated_and_explained() {
    let browser = Browser::launch();
    let page = engine(&browser);
    let document = json!({
        "format": "jixiao", "version": 1, "form": { "id": "national" },
        "cells": { "funds.adjusted": "180", "funds.executed": "82", "funds.score": "4.6" },
        "tables": { "indicators": [{ "id": 7, "level2": "数量指标", "indicator": "台数", "target": "3台", "actual": "2台", "weight": "90" }] },
    });
    let result = run(
        &page,
        &format!(
            "const document = {document}; const result = engine.evaluate(document);
             return [result.totals.entered.shown, result.tables.indicators[0].shown,
                     engine.explain(document, 'funds.score').text, engine.forms().length, engine.profiles().length];"
        ),
    );
    assert_eq!(result[0], "64.60");
    assert_eq!(result[1], "60.00");
    assert!(result[2].as_str().unwrap().contains("82 ÷ 180"), "{result}");
    assert!(result[3].as_u64() >= Some(4) && result[4].as_u64() >= Some(6), "{result}");
}

#[test]
fn a_document_becomes_a_workbook_that_says_the_same() {
    let browser = Browser::launch();
    let page = engine(&browser);
    let document = json!({
        "format": "jixiao", "version": 1, "form": { "id": "national" },
        "cells": { "project_name": "甲", "funds.adjusted": "180.00", "funds.executed": "82" },
    });
    let result = run(
        &page,
        &format!(
            "const bytes = engine.toXlsx({document}, undefined, '2024年3月1日');
             const {{ tables }} = engine.recognise(engine.read(bytes, 'a.xlsx'));
             const cells = tables[0].document.cells;
             return [bytes instanceof Uint8Array, tables.length, tables[0].form, cells['funds.adjusted'], cells['funds.rate']];"
        ),
    );
    assert_eq!(result, json!([true, 1, "national", "180.00", "45.56%"]));
}

#[test]
fn what_cannot_be_read_is_thrown_with_a_code() {
    let browser = Browser::launch();
    let page = engine(&browser);
    let thrown =
        run(&page, "try { engine.evaluate('{'); return 'nothing'; } catch (error) { return [error.code, error.message]; }");
    assert_eq!(thrown[0], "not-json");
    assert!(thrown[1].as_str().is_some_and(|message| message.contains("文件不完整")), "{thrown}");
}

#[test]
fn the_tables_of_a_file_are_read_and_recognised() {
    let browser = Browser::launch();
    let page = engine(&browser);
    let csv = "项目支出绩效自评表,,,,,,\n（2020年度）,,,,,,\n项目名称,路灯改造,,主管部门,住建局,,\n,,年初预算数,全年预算数,全年执行数,分值,执行率,得分\n项目资金,年度资金总额,180,180,82,10,46%,4.6\n总分,,,,,100,86\n";
    let result = run(
        &page,
        &format!(
            "const bytes = new TextEncoder().encode({});
             const blocks = engine.read(bytes, 'a.csv');
             const {{ tables }} = engine.recognise(blocks);
             const same = engine.recognise(JSON.parse(JSON.stringify(blocks))).tables;
             return [blocks.list[0].rows, tables[0].form, tables[0].sources['funds.executed'], tables[0].at['funds.executed'],
                     engine.evaluate(tables[0].document).cells['funds.rate'].shown, same[0].document.cells['funds.executed']];",
            json!(csv)
        ),
    );
    assert_eq!(result, json!([6, "national", "表1第5行第5列", { "block": 0, "row": 4, "column": 4 }, "45.56", "82"]));
    for (call, code) in [
        ("engine.read(new TextEncoder().encode('%PDF-1.4'))", "unsupported"),
        ("engine.read(new Uint8Array(0), 'a.docx')", "empty"),
        ("engine.recognise({})", "not-blocks"),
        ("engine.recognise({ list: [{ cells: 'x' }] })", "not-blocks"),
    ] {
        let thrown =
            run(&page, &format!("try {{ {call}; return 'nothing'; }} catch (error) {{ return [error.code, error.message]; }}"));
        assert_eq!(thrown[0], code, "{call}: {thrown}");
        assert!(thrown[1].as_str().is_some_and(|message| message.ends_with('。')), "{thrown}");
    }
}

#[test]
fn a_grid_that_no_form_fits_is_held_against_its_own_words() {
    let browser = Browser::launch();
    let page = engine(&browser);
    let csv = "科目,金额\n办公费,3.20\n印刷费,1.10\n水电费,2.05\n合计,6.45\n";
    let result = run(
        &page,
        &format!(
            "const {{ tables, others }} = engine.recognise(engine.read(new TextEncoder().encode({}), 'a.csv'));
             const [found] = others[0].checked.findings;
             return [tables.length, others[0].checked.relations, found.code, found.severity, found.at, found.readings[0].shown];",
            json!(csv)
        ),
    );
    assert_eq!(result, json!([0, 1, "T01", "error", { "block": 0, "row": 4, "column": 1 }, "6.35"]));
}

#[test]
fn a_document_becomes_a_word_document_that_says_the_same() {
    let document = json!({
        "format": "jixiao", "version": 1, "form": { "id": "national" },
        "cells": { "project_name": "甲", "funds.adjusted": "180.00", "funds.executed": "82" },
    });
    let result = run(
        &engine(&Browser::launch()),
        &format!(
            "const bytes = engine.toDocx({document}, ['table', 'findings'], undefined, '2024年3月1日');
             const {{ tables }} = engine.recognise(engine.read(bytes, 'a.docx'));
             const cells = tables[0].document.cells;
             let code;
             try {{ engine.toDocx({document}, ['cover']); }} catch (error) {{ code = error.code; }}
             return [bytes instanceof Uint8Array, tables.length, tables[0].form, cells['funds.adjusted'], cells['funds.rate'], code];"
        ),
    );
    assert_eq!(result, json!([true, 1, "national", "180.00", "45.56%", "unknown-part"]));
}

#[test]
fn a_template_is_filled_in() {
    let browser = Browser::launch();
    let page = engine(&browser);
    let blank = json!({
        "format": "jixiao", "version": 1, "form": { "id": "national" },
        "cells": {}, "tables": { "indicators": [{ "id": 1, "level1": "产出指标", "level2": "数量指标" }] },
    });
    let document = json!({
        "format": "jixiao", "version": 1, "form": { "id": "national" },
        "cells": { "project_name": "甲", "funds.adjusted": "180.00", "funds.executed": "82" },
        "tables": { "indicators": [
            { "id": 1, "level1": "产出指标", "level2": "数量指标", "indicator": "修路", "target": "3公里", "actual": "3公里" },
            { "id": 2, "level1": "产出指标", "level2": "数量指标", "indicator": "修桥", "target": "2座", "actual": "1座" },
        ] },
    });
    let result = run(
        &page,
        &format!(
            "const template = engine.toDocx({blank});
             const filled = engine.fill(template, {document});
             const {{ document: back }} = engine.recognise(engine.read(filled.bytes, 'a.docx')).tables[0];
             const again = engine.fill(template, {document}, filled.mapping);
             let thrown = '';
             try {{ engine.fill(new TextEncoder().encode('项目名称,甲'), {document}); }} catch (error) {{ thrown = error.code; }}
             return [filled.added, back.cells.project_name, back.cells['funds.rate'], back.tables.indicators.map(row => row.indicator),
                     again.bytes.length === filled.bytes.length, thrown];"
        ),
    );
    assert_eq!(result, json!([1, "甲", "45.56%", ["修路", "修桥"], true, "unsupported"]));
}
