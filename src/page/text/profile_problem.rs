//! What is wrong in a profile file. The core says it in the words of the file format; a person who brings a file reads it here.

/// A sentence about one problem, and where in the file it is.
pub fn profile_problem(path: &str, expected: &str) -> String {
    format!("{path}：{}", wanted(expected))
}

/// By the beginning of what the core expects. A wording that is not known here is shown as it is: better foreign than missing.
fn wanted(expected: &str) -> String {
    const KNOWN: [(&str, &str); 24] = [
        ("an object", "应为对象"),
        ("text; it is missing", "缺少此项"),
        ("text", "应为加引号的文字"),
        ("true or false", "应为 true 或 false"),
        ("a whole number; it is missing", "缺少此项"),
        ("a whole number", "应为整数"),
        ("a list of texts", "应为文字列表"),
        ("a list", "应为列表"),
        ("no such key here", "没有此项，请检查拼写"),
        ("an id that is not used twice", "编号重复"),
        ("the id of an entry in sources.toml", "依据的编号不存在"),
        ("a number that fits", "数字过长"),
        ("a decimal in quotes", "应为加引号的数字"),
        ("a number with its source", "应写明数值及其依据"),
        ("this part", "缺少此部分"),
        ("dp and mode", "应写明小数位数和取舍方式"),
        ("at most 8 decimals", "小数位数不得超过8位"),
        ("half-up", "取舍方式应为 half-up、half-even、truncate 或 up"),
        ("deduct, zero or ask", "应为 deduct、zero 或 ask"),
        ("0 <= from", "下限、上限应在0至100%之间，且下限不大于上限"),
        ("best tier first", "各档应从高到低排列，互不重叠"),
        ("rescale or zero", "应为 rescale 或 zero"),
        ("best band first", "各等级应从高到低排列"),
        ("a last band from 0", "最低等级应从0分起"),
    ];
    let known = KNOWN.iter().find(|(beginning, _)| expected.starts_with(beginning));
    known.map_or_else(|| expected.to_owned(), |(_, words)| (*words).to_owned())
}
