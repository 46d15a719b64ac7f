//! Browsers that are no Chromium, over what they speak: Firefox WebDriver BiDi, WebKitGTK the older WebDriver. Only the few things that a test
//! of the main work needs; where the two differ, a script in the page does it.

use local::chromium::on_path;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use std::{env, fs};
use tempfile::TempDir;
use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Message, WebSocket};

const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with a fresh profile and one tab, ended and cleared away when it goes out of scope.
pub struct Other {
    process: Child,
    speech: Speech,
    _profile: TempDir,
}

enum Speech {
    /// The connection, the last number of a call, and the tab.
    Bidi(Box<RefCell<WebSocket<TcpStream>>>, Cell<u64>, String),
    /// The port of the driver, and the session.
    Classic(u16, String),
}

impl Other {
    /// Firefox; `None` where it is not there.
    pub fn firefox() -> Option<Other> {
        let program = ["firefox-esr", "firefox"].into_iter().find_map(on_path)?;
        let profile = TempDir::new().expect("there is room for a profile");
        let mut command = Command::new(program);
        command.args(["--headless", "--no-remote", "--remote-debugging-port", "0", "--profile"]).arg(profile.path());
        let process = start(&mut command, profile.path());
        let address = profile.path().join("WebDriverBiDiServer.json");
        let port = await_some("Firefox to listen", || {
            let address: Value = serde_json::from_str(&fs::read_to_string(&address).ok()?).ok()?;
            u16::try_from(address["ws_port"].as_u64()?).ok()
        });
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("Firefox takes a connection");
        stream.set_nodelay(true).and_then(|()| stream.set_read_timeout(Some(PATIENCE))).expect("a socket has options");
        let unlimited = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        let url = format!("ws://127.0.0.1:{port}/session");
        let (socket, _) = tungstenite::client::client_with_config(url, stream, Some(unlimited)).expect("Firefox speaks BiDi");
        let mut firefox = Other {
            process,
            speech: Speech::Bidi(Box::new(RefCell::new(socket)), Cell::new(0), String::new()),
            _profile: profile,
        };
        firefox.bidi("session.new", json!({ "capabilities": {} }));
        let tab =
            firefox.bidi("browsingContext.getTree", json!({}))["contexts"][0]["context"].as_str().expect("a tab").to_owned();
        if let Speech::Bidi(_, _, known) = &mut firefox.speech {
            *known = tab;
        }
        Some(firefox)
    }

    /// WebKitGTK with its plain browser, on a screen that nobody sees; `None` where one of them is not there.
    pub fn webkit() -> Option<Other> {
        let (driver, screen, browser) = (on_path("WebKitWebDriver")?, on_path("xvfb-run")?, mini_browser()?);
        let profile = TempDir::new().expect("there is room for a profile");
        let port = free_port();
        let mut command = Command::new(screen);
        command.arg("-a").arg(driver).arg(format!("--port={port}"));
        let process = start(&mut command, profile.path());
        let mut webkit = Other { process, speech: Speech::Classic(port, String::new()), _profile: profile };
        await_some("the driver of WebKit to listen", || webkit.classic("GET", "/status", &Value::Null).ok());
        let options = json!({ "webkitgtk:browserOptions": { "binary": browser, "args": ["--automation"] } });
        let session = webkit.classic("POST", "/session", &json!({ "capabilities": { "alwaysMatch": options } }));
        let session = session.expect("WebKit starts")["sessionId"].as_str().expect("a session has an id").to_owned();
        webkit.speech = Speech::Classic(port, session);
        Some(webkit)
    }

    /// Opens an address and waits until the page has started.
    pub fn open(&self, url: &str) {
        match &self.speech {
            Speech::Bidi(_, _, tab) => {
                self.bidi("browsingContext.navigate", json!({ "context": tab, "url": url, "wait": "complete" }));
            }
            Speech::Classic(..) => {
                self.in_session("/url", &json!({ "url": url }));
            }
        }
        self.wait_until("document.documentElement.dataset.started");
    }

    /// The value of a JavaScript expression that waits for nothing.
    #[track_caller]
    pub fn eval(&self, expression: &str) -> Value {
        let text = match &self.speech {
            Speech::Bidi(_, _, tab) => {
                let asked = json!({ "expression": format!("JSON.stringify({expression})"), "target": { "context": tab }, "awaitPromise": false });
                let answer = self.bidi("script.evaluate", asked);
                assert!(answer["type"] == "success", "{expression}: {}", answer["exceptionDetails"]["text"]);
                answer["result"]["value"].clone()
            }
            Speech::Classic(..) => {
                self.in_session("/execute/sync", &json!({ "script": format!("return JSON.stringify({expression})"), "args": [] }))
            }
        };
        text.as_str().map_or(Value::Null, |text| serde_json::from_str(text).expect("it was written as JSON"))
    }

    /// Runs JavaScript for its effect alone.
    #[track_caller]
    pub fn run(&self, script: &str) {
        self.eval(&format!("(() => {{ {script} }})()"));
    }

    #[track_caller]
    pub fn wait_until(&self, condition: &str) {
        let deadline = Instant::now() + PATIENCE;
        while self.eval(&format!("!!({condition})")) != true {
            let shown = || self.eval("document.body.innerText");
            assert!(Instant::now() < deadline, "waited in vain for {condition}\nthe page shows:\n{}", shown());
            thread::sleep(Duration::from_millis(30));
        }
    }

    /// Presses the keys of a text, one after the other, wherever the keyboard is.
    pub fn type_text(&self, text: &str) {
        let keys: Vec<Value> = text
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key.to_string() })))
            .collect();
        let actions = json!([{ "type": "key", "id": "keys", "actions": keys }]);
        match &self.speech {
            Speech::Bidi(_, _, tab) => self.bidi("input.performActions", json!({ "context": tab, "actions": actions })),
            Speech::Classic(..) => self.in_session("/actions", &json!({ "actions": actions })),
        };
    }

    #[track_caller]
    fn in_session(&self, path: &str, body: &Value) -> Value {
        let Speech::Classic(_, session) = &self.speech else { unreachable!("only asked of WebKit") };
        self.classic("POST", &format!("/session/{session}{path}"), body).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// One call of the older WebDriver, over a connection of its own.
    fn classic(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let Speech::Classic(port, _) = self.speech else { unreachable!("only asked of WebKit") };
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let answer = || -> std::io::Result<String> {
            let mut stream = TcpStream::connect(("127.0.0.1", port))?;
            stream.set_read_timeout(Some(PATIENCE))?;
            let head = format!(
                "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            stream.write_all(&[head.as_bytes(), body.as_bytes()].concat())?;
            let mut reader = BufReader::new(stream);
            let (mut length, mut line) = (0, String::new());
            while reader.read_line(&mut line)? > 2 {
                if let Some(said) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = said.trim().parse().unwrap_or_default();
                }
                line.clear();
            }
            let mut text = vec![0; length];
            reader.read_exact(&mut text)?;
            Ok(String::from_utf8_lossy(&text).into_owned())
        };
        let text = answer().map_err(|error| error.to_string())?;
        let value = serde_json::from_str::<Value>(&text).map_err(|error| format!("{error}: {text}"))?["value"].take();
        match value["error"].as_str() {
            Some(error) => Err(format!("{error}: {}", value["message"])),
            None => Ok(value),
        }
    }

    /// One call of BiDi. Events that come in between are nobody's.
    #[track_caller]
    fn bidi(&self, method: &str, params: Value) -> Value {
        let Speech::Bidi(socket, last, _) = &self.speech else { unreachable!("only asked of Firefox") };
        let id = last.get() + 1;
        last.set(id);
        let mut socket = socket.borrow_mut();
        let call = json!({ "id": id, "method": method, "params": params });
        socket.send(Message::text(call.to_string())).unwrap_or_else(|error| panic!("{method}: {error}"));
        loop {
            let Message::Text(text) = socket.read().unwrap_or_else(|error| panic!("{method}: {error}")) else { continue };
            let mut answer: Value = serde_json::from_str(&text).expect("the browser speaks JSON");
            if answer["id"] == id {
                assert!(answer["type"] == "success", "{method}: {answer}");
                return answer["result"].take();
            }
        }
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        match &self.speech {
            Speech::Bidi(socket, ..) => {
                let close = json!({ "id": u32::MAX, "method": "browser.close", "params": {} });
                socket.borrow_mut().send(Message::text(close.to_string())).ok();
            }
            Speech::Classic(_, session) => {
                self.classic("DELETE", &format!("/session/{session}"), &Value::Null).ok();
            }
        }
        // What is left of the processes that were started goes with their group.
        thread::sleep(Duration::from_millis(300));
        Command::new("kill").args(["-TERM", "--", &format!("-{}", self.process.id())]).stderr(Stdio::null()).status().ok();
        let deadline = Instant::now() + Duration::from_secs(5);
        while self.process.try_wait().is_ok_and(|status| status.is_none()) {
            if Instant::now() > deadline {
                self.process.kill().ok();
                self.process.wait().ok();
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Starts a program in a group of its own, at home in its profile.
fn start(command: &mut Command, home: &Path) -> Child {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    command.env("HOME", home).env("XDG_RUNTIME_DIR", home).env("XDG_CACHE_HOME", home);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap_or_else(|error| panic!("could not start {command:?}: {error}"))
}

/// The browser that comes with WebKitGTK, in the folder of its library.
fn mini_browser() -> Option<PathBuf> {
    let libraries = [format!("/usr/lib/{}-linux-gnu", env::consts::ARCH), "/usr/lib64".to_owned(), "/usr/libexec".to_owned()];
    let versions = ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"];
    let places =
        libraries.iter().flat_map(|library| versions.map(|version| Path::new(library).join(version).join("MiniBrowser")));
    places.into_iter().find(|place| place.is_file())
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it has an address").port()
}

fn await_some<T>(awaited: &str, look: impl Fn() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain for {awaited}");
        thread::sleep(Duration::from_millis(30));
    }
}
