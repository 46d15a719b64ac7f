use crate::browser::Session;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// A tab. Its methods panic where something does not come about, with what was awaited and what the page shows.
pub struct Page {
    /// How long to wait for something to come about.
    pub patience: Duration,
    pub(crate) session: Arc<Session>,
    id: String,
    url: String,
}

/// The element that has the keyboard focus.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Focused {
    /// The element's name in lower case, `body` where nothing has the focus.
    pub tag: String,
    pub id: String,
    /// `aria-label`, else the text of its `<label>`, else its own text.
    pub label: String,
    pub value: String,
}

impl fmt::Display for Focused {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "<{} id={:?}> {:?} = {:?}", self.tag, self.id, self.label, self.value)
    }
}

impl Page {
    pub(crate) fn new(session: Arc<Session>, url: &str) -> Page {
        let call = |method, params| session.connection.call(None, method, params).unwrap();
        let target = call("Target.createTarget", json!({ "url": "about:blank" }))["targetId"].clone();
        let attached = call("Target.attachToTarget", json!({ "targetId": target, "flatten": true }));
        let id = attached["sessionId"].as_str().expect("an attached page has a session").to_owned();
        Page { patience: Duration::from_secs(15), session, id, url: url.to_owned() }
    }

    pub(crate) fn prepare(&self, offline: bool, before_load: &str) {
        for domain in ["Page", "Runtime", "Log", "Network", "DOM"] {
            self.call(&format!("{domain}.enable"), json!({}));
        }
        if let Some(behaviour) = &self.session.each {
            self.call("Page.setDownloadBehavior", behaviour.clone());
        }
        let speed = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.call("Network.emulateNetworkConditions", speed);
        self.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": before_load }));
        // A tab in the background gets no focus, and focus is half of what is tested.
        self.call("Emulation.setFocusEmulationEnabled", json!({ "enabled": true }));
    }

    pub(crate) fn load(&self) {
        self.navigate("Page.navigate", json!({ "url": self.url }));
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Loads the page anew, storage and all else staying as it is.
    pub fn reload(&self) {
        self.navigate("Page.reload", json!({}));
    }

    fn navigate(&self, method: &str, params: Value) {
        let loads = || self.events("Page.loadEventFired").len();
        let before = loads();
        let answer = self.call(method, params);
        assert!(answer.get("errorText").is_none(), "{}: {}", self.url, answer["errorText"]);
        self.wait("the page to be loaded", || loads() > before);
        self.wait_until("document.documentElement.dataset.started || document.querySelector('#start-failed:not([hidden])')");
    }

    /// The value of a JavaScript expression; a promise is awaited.
    #[track_caller]
    pub fn eval<T: DeserializeOwned>(&self, expression: &str) -> T {
        let value = self.evaluate(expression, true)["value"].take();
        let shown = value.to_string();
        serde_json::from_value(value).unwrap_or_else(|error| panic!("{expression}: {error}\n{shown}\n{}", self.description()))
    }

    /// Runs JavaScript for its effect alone.
    #[track_caller]
    pub fn run(&self, script: &str) {
        self.evaluate(script, false);
    }

    /// Waits until an element matches.
    #[track_caller]
    pub fn wait_for(&self, css: &str) {
        self.wait_until(&format!("document.querySelector({})", quoted(css)));
    }

    /// Waits until a JavaScript expression is truthy.
    #[track_caller]
    pub fn wait_until(&self, condition: &str) {
        self.wait(condition, || self.eval(&format!("!!({condition})")));
    }

    /// Waits until a condition of the test's own holds; `awaited` says in the error what it was.
    #[track_caller]
    pub fn wait(&self, awaited: &str, condition: impl Fn() -> bool) {
        let deadline = Instant::now() + self.patience;
        while !condition() {
            assert!(Instant::now() < deadline, "waited in vain for {awaited}\n{}", self.description());
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// The text of the first element that matches, as a reader sees it.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        self.wait_for(css);
        self.eval(&format!("document.querySelector({}).innerText", quoted(css)))
    }

    /// The value of the first field that matches.
    #[track_caller]
    pub fn value(&self, css: &str) -> String {
        self.wait_for(css);
        self.eval(&format!("document.querySelector({}).value", quoted(css)))
    }

    /// The element that has the keyboard focus.
    #[track_caller]
    pub fn focused(&self) -> Focused {
        self.eval(
            "(element => ({
                tag: element.localName,
                id: element.id,
                label: element.getAttribute('aria-label') || (element.labels && element.labels[0] || {}).innerText
                    || (element === document.body ? '' : element.innerText) || '',
                value: String(element.value === undefined ? '' : element.value),
            }))(document.activeElement || document.body)",
        )
    }

    /// The addresses of all requests since the tab was opened, save the saved file itself and what never leaves the
    /// page (`data:`, `blob:`).
    pub fn requests(&self) -> Vec<String> {
        let urls = self.events("Network.requestWillBeSent").into_iter();
        let urls = urls.filter_map(|event| Some(event["request"]["url"].as_str()?.to_owned()));
        let own = |url: &String| url.starts_with("file:") && url.split('#').next() == Some(&self.url);
        urls.filter(|url| !own(url) && !url.starts_with("data:") && !url.starts_with("blob:")).collect()
    }

    /// All that the page wrote to the console as an error, and all that the browser itself complained about.
    pub fn console_errors(&self) -> Vec<String> {
        let calls = self.events("Runtime.consoleAPICalled").into_iter();
        let calls = calls.filter(|event| event["type"] == "error" || event["type"] == "assert").map(|event| {
            let arguments = event["args"].as_array().cloned().unwrap_or_default();
            let text = |value: &Value| match value["value"].as_str() {
                Some(text) => text.to_owned(),
                None => value["description"].as_str().unwrap_or_default().to_owned(),
            };
            arguments.iter().map(text).collect::<Vec<_>>().join(" ")
        });
        let thrown = self.events("Runtime.exceptionThrown").into_iter();
        let thrown = thrown.map(|event| exception(&event["exceptionDetails"]));
        let logged = self.events("Log.entryAdded").into_iter().map(|mut event| event["entry"].take());
        let logged = logged.filter(|entry| entry["level"] == "error").map(|entry| {
            let text = |part: &str| entry[part].as_str().unwrap_or_default().to_owned();
            format!("{} {}", text("text"), text("url"))
        });
        calls.chain(thrown).chain(logged).collect()
    }

    /// What `alert`, `confirm` and the like asked so far; each was accepted.
    pub fn dialogs(&self) -> Vec<String> {
        let opened = self.events("Page.javascriptDialogOpening").into_iter();
        opened.map(|event| event["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Kills the process of this page, and nothing else of the browser.
    pub fn crash(&self) {
        self.session.connection.tell(&self.id, "Page.crash");
    }

    /// Closes the tab.
    pub fn close(self) {
        self.session.connection.tell(&self.id, "Page.close");
    }

    /// Calls a method of the DevTools protocol, for what this type has no method for.
    #[track_caller]
    pub fn call(&self, method: &str, params: Value) -> Value {
        self.session.connection.call(Some(&self.id), method, params).unwrap_or_else(|error| panic!("{error}"))
    }

    /// A handle of the first element that matches, for methods of the protocol that take one.
    #[track_caller]
    pub(crate) fn object(&self, css: &str) -> Value {
        self.wait_for(css);
        self.evaluate(&format!("document.querySelector({})", quoted(css)), false)["objectId"].take()
    }

    #[track_caller]
    fn evaluate(&self, expression: &str, by_value: bool) -> Value {
        let params = json!({
            "expression": expression, "returnByValue": by_value, "awaitPromise": true, "userGesture": true,
        });
        let mut answer = self.call("Runtime.evaluate", params);
        if let Some(details) = answer.get("exceptionDetails") {
            panic!("{expression}: {}", exception(details));
        }
        answer["result"].take()
    }

    /// All events of this name so far. The round trip makes sure that those of the last action are among them.
    fn events(&self, method: &str) -> Vec<Value> {
        // A page that is just being left answers with an error; that is a round trip too.
        self.session.connection.call(Some(&self.id), "Runtime.evaluate", json!({ "expression": "0" })).ok();
        self.session.connection.events(&self.id, method)
    }

    /// What the page shows and what went wrong in it, for error messages.
    fn description(&self) -> String {
        let shown = json!({ "expression": "document.body ? document.body.innerText : ''" });
        let text = self.call("Runtime.evaluate", shown)["result"]["value"].take();
        let text = text.as_str().unwrap_or_default();
        format!("console errors: {:?}\nthe page shows:\n{text}", self.console_errors())
    }
}

/// A text as JavaScript writes it.
pub(crate) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn exception(details: &Value) -> String {
    let description = details["exception"]["description"].as_str();
    description.or(details["text"].as_str()).unwrap_or("an exception").to_owned()
}
