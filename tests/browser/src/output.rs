//! What the page looks like: on a screen, on paper, and to a screen reader.

use crate::page::Page;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const INTERACTIVE: [&str; 13] = [
    "button",
    "checkbox",
    "combobox",
    "link",
    "listbox",
    "menuitem",
    "radio",
    "searchbox",
    "slider",
    "spinbutton",
    "switch",
    "tab",
    "textbox",
];

impl Page {
    /// Gives the page a window of this size.
    pub fn resize(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", size);
    }

    /// Draws what a window of this size shows into a PNG file.
    pub fn screenshot(&self, path: impl AsRef<Path>, width: u32, height: u32) {
        self.resize(width, height);
        write(path.as_ref(), self.call("Page.captureScreenshot", json!({ "format": "png" })));
    }

    /// Draws the whole page, however long, at this width.
    pub fn screenshot_of_all(&self, path: impl AsRef<Path>, width: u32) {
        self.resize(width, 768);
        let height: u32 = self.eval("Math.ceil(document.documentElement.getBoundingClientRect().height)");
        self.screenshot(path, width, height.max(768));
    }

    /// Prints to a PDF file, on the paper that the page's own print style asks for.
    pub fn pdf(&self, path: impl AsRef<Path>) {
        let options = json!({ "printBackground": true, "preferCSSPageSize": true });
        write(path.as_ref(), self.call("Page.printToPDF", options));
    }

    /// Role and name of everything that can be operated, as assistive software is told, in the order of the page.
    pub fn accessible_names(&self) -> Vec<(String, String)> {
        let tree = self.call("Accessibility.getFullAXTree", json!({}));
        let nodes = tree["nodes"].as_array().expect("the tree has nodes").iter();
        let nodes = nodes.filter(|node| node["ignored"] != true);
        let text = |value: &Value| value["value"].as_str().unwrap_or_default().to_owned();
        let named = nodes.map(|node| (text(&node["role"]), text(&node["name"])));
        named.filter(|(role, _)| INTERACTIVE.contains(&role.as_str())).collect()
    }
}

fn write(path: &Path, answer: Value) {
    let content = STANDARD.decode(answer["data"].as_str().expect("there is data")).expect("data is base64");
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).expect("the folder can be made");
    }
    fs::write(path, content).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
