use super::loaded;
use crate::template::reader::Object;
use crate::template::{LabelGroup, Labels, TemplateError};
use serde_json::Value;

/// Reads `labels.toml`.
pub fn labels(value: &Value) -> Result<Labels, TemplateError> {
    loaded("labels", value, |file, problems| {
        let groups = file.objects("word").map(group).collect();
        let Some(around) = file.object("around") else {
            problems.add("labels.around", crate::template::Expected::Missing);
            return None;
        };
        let labels = Labels {
            groups,
            titles: around.texts("titles"),
            sides: around.texts("sides"),
            notes: around.texts("notes"),
            sign: around.texts("sign"),
            annexes: around.texts("annexes"),
            turns: around.texts("turns"),
            funds: around.texts("funds"),
            levels: around.texts("levels"),
            foreign: around.texts("foreign"),
            plain: around.texts("plain"),
        };
        around.finish();
        Some(labels)
    })
}

fn group(object: Object<'_>) -> LabelGroup {
    let group =
        LabelGroup { is: object.text("is"), also: object.texts("also"), weak: object.texts("weak"), left: object.texts("left") };
    object.finish();
    group
}
