//! Right tables are silent, and are checked; what is wrong is found where it stands.

use super::grids::{line, tables};
use jixiao::tabular::check;

#[test]
fn right_tables_are_silent() {
    let tables = tables("right.toml");
    assert!(tables.len() >= 40, "{}", tables.len());
    let mut wrong = Vec::new();
    for table in tables {
        let checked = check(&table.grid);
        wrong.extend(checked.findings.iter().map(|finding| format!("{}: {}", table.name, line(finding))));
        if checked.relations == 0 {
            wrong.push(format!("{}: nothing was checked", table.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Tables of which nothing may be said: their words claim nothing, or something else than it seems.
#[test]
fn nothing_is_made_up() {
    let found = |table: &super::grids::Table| {
        check(&table.grid).findings.iter().map(|finding| format!("{}: {}", table.name, line(finding))).collect::<Vec<_>>()
    };
    let wrong: Vec<String> = tables("silent.toml").iter().flat_map(found).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Tables with what must be found in them, and nothing else.
#[test]
fn what_is_wrong_is_found() {
    let mut wrong = Vec::new();
    for table in tables("wrong.toml") {
        let found: Vec<String> = check(&table.grid).findings.iter().map(line).collect();
        let expected: Vec<String> =
            table.file["found"].as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect();
        if found != expected {
            wrong.push(format!("{}:\n  {}\ninstead of\n  {}", table.name, found.join("\n  "), expected.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
