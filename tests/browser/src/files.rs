//! Files that go into the page and come out of it.

use crate::page::{Page, quoted};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

impl Page {
    /// The folder that the browser saves downloads to.
    pub fn download_dir(&self) -> PathBuf {
        self.session.downloads()
    }

    /// Does something that starts a download, and returns the finished file.
    #[track_caller]
    pub fn download(&self, action: impl FnOnce(&Page)) -> PathBuf {
        let finished = || {
            let entries = fs::read_dir(self.download_dir()).expect("the browser has a download folder");
            let files = entries.flatten().map(|entry| entry.path());
            // The browser writes to a name of its own first, and renames the file when all is there.
            let partial = |path: &PathBuf| {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                name.ends_with(".crdownload") || name.starts_with(".org.chromium")
            };
            files.filter(|path| !partial(path)).collect::<Vec<_>>()
        };
        let before = finished();
        action(self);
        // The name may be taken by an empty file before that.
        let is_whole = |path: &PathBuf| fs::metadata(path).is_ok_and(|about| about.len() > 0);
        let new = || finished().into_iter().find(|path| !before.contains(path) && is_whole(path));
        self.wait("a download", || new().is_some());
        new().expect("a finished download stays")
    }

    /// Chooses files in a file field, hidden ones included.
    #[track_caller]
    pub fn set_files(&self, css: &str, paths: &[&Path]) {
        let object = self.object(css);
        self.call("DOM.setFileInputFiles", json!({ "objectId": object, "files": paths }));
    }

    /// Drags files and folders from the disk over an element and drops them there, as a person does.
    #[track_caller]
    pub fn drop_paths(&self, css: &str, paths: &[impl AsRef<Path>]) {
        let paths: Vec<&Path> = paths.iter().map(AsRef::as_ref).collect();
        let (x, y) = self.middle(css);
        for kind in ["dragEnter", "dragOver", "drop"] {
            let data = json!({ "items": [], "files": paths, "dragOperationsMask": 1 });
            self.call("Input.dispatchDragEvent", json!({ "type": kind, "x": x, "y": y, "data": data }));
        }
    }

    /// Drags a text file of this name over an element and drops it there.
    #[track_caller]
    pub fn drop_file(&self, css: &str, name: &str, text: &str) {
        self.wait_for(css);
        let (css, name, text) = (quoted(css), quoted(name), quoted(text));
        self.run(&format!(
            "for (const type of ['dragenter', 'dragover', 'drop']) {{
                const dataTransfer = new DataTransfer();
                dataTransfer.items.add(new File([{text}], {name}));
                const event = new DragEvent(type, {{ dataTransfer, bubbles: true, cancelable: true }});
                document.querySelector({css}).dispatchEvent(event);
            }}"
        ));
    }
}
