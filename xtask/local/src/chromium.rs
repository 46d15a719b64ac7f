//! Where a Chromium-like browser is on this machine.

use std::env;
use std::path::PathBuf;

const NAMES: [&str; 7] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];

const USUAL_PLACES: [&str; 7] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
];

/// The browser named by `CHROME` or `CHROMIUM`, else the first on `PATH`, else one at a usual place.
pub fn find() -> Option<PathBuf> {
    let named = ["CHROME", "CHROMIUM"].into_iter().filter_map(env::var_os).map(PathBuf::from);
    let on_path = NAMES.into_iter().filter_map(on_path);
    let usual = USUAL_PLACES.into_iter().map(PathBuf::from);
    named.chain(on_path).chain(usual).find(|path| path.is_file())
}

/// The first program of this name on `PATH`.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&file)).find(|path| path.is_file())
}
