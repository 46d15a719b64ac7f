use crate::cdp::Connection;
use crate::page::Page;
use local::{chromium, server};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use std::{env, fs, thread};
use tempfile::TempDir;

const SWITCHES: [&str; 16] = [
    "--headless=new",
    "--remote-debugging-port=0",
    "--window-size=1366,768",
    "--lang=zh-CN",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--hide-scrollbars",
    "--password-store=basic",
];

/// A browser with a fresh profile, ended and cleared away when it and its pages go out of scope.
pub struct Browser {
    session: Arc<Session>,
    before_load: Mutex<String>,
}

/// What the pages of one browser share.
pub(crate) struct Session {
    pub connection: Arc<Connection>,
    process: Mutex<Child>,
    /// Where downloads go, to be told to each page.
    pub each: Option<Value>,
    /// Gone when the browser was killed.
    profile: Mutex<Option<TempDir>>,
}

impl Browser {
    /// Starts the browser; `cargo xtask test` sees to it that there is one.
    pub fn launch() -> Browser {
        Browser::launch_with(TempDir::new().expect("there is room for a profile"))
    }

    /// Starts the browser with the profile of one that was killed.
    pub fn launch_with(profile: TempDir) -> Browser {
        Browser::start(profile, &[])
    }

    /// Starts the browser with switches of the test's own.
    pub fn launch_with_switches(switches: &[String]) -> Browser {
        Browser::start(TempDir::new().expect("there is room for a profile"), switches)
    }

    fn start(profile: TempDir, switches: &[String]) -> Browser {
        let program = chromium::find().expect("no Chromium, Chrome or Edge found; CHROME may name one");
        // Of the browser before.
        let _ = fs::remove_file(profile.path().join("DevToolsActivePort"));
        let mut command = Command::new(&program);
        command.args(SWITCHES).args(switches).arg(format!("--user-data-dir={}", profile.path().display()));
        // Its own first page would fetch what its maker shows there.
        command.arg("about:blank");
        if cfg!(target_os = "linux") {
            // Chromium's sandbox refuses to run as root and in most containers. The only page opened is our own.
            command.arg("--no-sandbox");
        }
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let process = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let mut process = process.unwrap_or_else(|error| panic!("could not start {}: {error}", program.display()));
        let (port, path) = debugging_address(profile.path(), &mut process);
        let connection = Connection::open(port, &path).expect("the browser takes a connection");
        let downloads = profile.path().join("downloads");
        fs::create_dir_all(&downloads).expect("the profile can be written");
        let behaviour = json!({ "behavior": "allow", "downloadPath": downloads });
        // Chromium before 80 wants to hear it for each page.
        let each = connection.call(None, "Browser.setDownloadBehavior", behaviour.clone()).is_err().then_some(behaviour);
        let session = Arc::new(Session { connection, process: Mutex::new(process), profile: Mutex::new(Some(profile)), each });
        // Nobody is there to choose a file: what is saved is downloaded.
        Browser { session, before_load: Mutex::new("delete window.showSaveFilePicker;\n".to_owned()) }
    }

    /// Kills the browser with all its processes at once, as a power cut does for it. Its profile is what is left.
    pub fn kill(self) -> TempDir {
        let mut process = self.session.process.lock().unwrap();
        #[cfg(unix)]
        Command::new("kill").args(["-KILL", "--", &format!("-{}", process.id())]).status().expect("`kill` is there");
        #[cfg(windows)]
        Command::new("taskkill").args(["/T", "/F", "/PID", &process.id().to_string()]).status().expect("`taskkill` is there");
        process.wait().expect("the browser has ended");
        self.session.profile.lock().unwrap().take().expect("it is killed once")
    }

    /// Has a script run in every page opened from now on, before any script of the page itself.
    pub fn before_load(&self, script: &str) {
        *self.before_load.lock().unwrap() += &format!("{script};\n");
    }

    /// Opens the saved file from disk, the network being off.
    pub fn open_saved_file(&self) -> Page {
        self.open(&saved_url(), true)
    }

    /// Opens a page from disk, the network being off.
    pub fn open_file(&self, file: &Path) -> Page {
        self.open(&file_url(file), true)
    }

    /// Serves the built folder at a free port and opens it.
    pub fn open_hosted(&self) -> Page {
        self.open(&hosted_url(), false)
    }

    /// Opens the same address in another window of the same browser.
    pub fn open_beside(&self, page: &Page) -> Page {
        self.open(page.url(), page.url().starts_with("file:"))
    }

    /// Opens any address in a new tab and waits until the page has started or has said that it cannot.
    pub fn open(&self, url: &str, offline: bool) -> Page {
        let page = Page::new(self.session.clone(), url);
        page.prepare(offline, &self.before_load.lock().unwrap());
        page.load();
        page
    }
}

impl Session {
    pub fn downloads(&self) -> PathBuf {
        self.profile.lock().unwrap().as_ref().expect("the browser lives").path().join("downloads")
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if self.profile.get_mut().unwrap().is_none() {
            return;
        }
        self.connection.call(None, "Browser.close", Value::Null).ok();
        let process = self.process.get_mut().unwrap();
        let deadline = Instant::now() + Duration::from_secs(5);
        while process.try_wait().is_ok_and(|status| status.is_none()) {
            if Instant::now() > deadline {
                process.kill().ok();
                process.wait().ok();
            }
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// The address of the saved file.
pub fn saved_url() -> String {
    file_url(&built("jixiao.html"))
}

/// Serves the built folder at a free port, and tells the address.
pub fn hosted_url() -> String {
    built("index.html");
    server::start(&dist(), 0).expect("a port is free")
}

fn built(name: &str) -> PathBuf {
    let file = dist().join(name);
    assert!(file.is_file(), "{} is missing: run `cargo xtask bundle`", file.display());
    file
}

fn file_url(file: &Path) -> String {
    let file = file.canonicalize().expect("the file is there").display().to_string();
    // Windows writes `\\?\C:\…` where a URL wants `/C:/…`.
    let path = file.trim_start_matches(r"\\?\").replace('\\', "/");
    format!("file:///{}", path.trim_start_matches('/'))
}

/// Where the built page is: `dist`, or the folder that `JIXIAO_DIST` names.
pub fn dist() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join(env::var_os("JIXIAO_DIST").unwrap_or("dist".into()))
}

/// The port and path that the browser writes into its profile once it listens.
fn debugging_address(profile: &Path, process: &mut Child) -> (u16, String) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while Instant::now() < deadline {
        let written = fs::read_to_string(profile.join("DevToolsActivePort")).unwrap_or_default();
        if let Some((port, path)) = written.split_once('\n')
            && let (Ok(port), true) = (port.parse(), path.starts_with('/'))
        {
            return (port, path.trim().to_owned());
        }
        if let Ok(Some(status)) = process.try_wait() {
            panic!("the browser ended at once: {status}");
        }
        thread::sleep(Duration::from_millis(20));
    }
    process.kill().ok();
    panic!("the browser did not begin to listen");
}
