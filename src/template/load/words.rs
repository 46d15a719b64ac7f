use super::loaded;
use crate::template::reader::Object;
use crate::template::{TemplateError, WordGroup, Words};
use serde_json::Value;

/// Reads `words.toml`.
pub fn words(value: &Value) -> Result<Words, TemplateError> {
    loaded("words", value, |file, problems| {
        let groups = file.objects("word").map(group).collect();
        let Some(around) = file.object("around") else {
            problems.add("words.around", crate::template::Expected::Missing);
            return None;
        };
        let words = Words {
            groups,
            titles: around.texts("titles"),
            sides: around.texts("sides"),
            notes: around.texts("notes"),
            sign: around.texts("sign"),
            annexes: around.texts("annexes"),
            funds: around.texts("funds"),
            levels: around.texts("levels"),
            foreign: around.texts("foreign"),
        };
        around.finish();
        Some(words)
    })
}

fn group(object: Object<'_>) -> WordGroup {
    let group = WordGroup { is: object.text("is"), also: object.texts("also"), weak: object.texts("weak") };
    object.finish();
    group
}
