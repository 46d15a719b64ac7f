//! The Chrome DevTools Protocol over its WebSocket, without types of its own: a client with generated types drops
//! events that a newer browser words differently, and a dropped request would make the offline tests lie.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::TcpStream;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;
use tungstenite::protocol::{Role, WebSocketConfig};
use tungstenite::{Message, WebSocket};

const PATIENCE: Duration = Duration::from_secs(60);

pub struct Connection {
    writer: Mutex<WebSocket<TcpStream>>,
    last_id: AtomicU64,
    waiting: Mutex<BTreeMap<u64, Sender<Value>>>,
    events: Mutex<Vec<Value>>,
}

impl Connection {
    /// Connects to `ws://127.0.0.1:<port><path>` and listens from a thread of its own until the browser ends.
    pub fn open(port: u16, path: &str) -> Result<Arc<Connection>, Box<dyn std::error::Error>> {
        let unlimited = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        let url = format!("ws://127.0.0.1:{port}{path}");
        let (writer, _) = tungstenite::client::client_with_config(url, stream, Some(unlimited))?;
        let stream = writer.get_ref().try_clone()?;
        let mut reader = WebSocket::from_raw_socket(stream, Role::Client, Some(unlimited));
        let connection = Arc::new(Connection {
            writer: Mutex::new(writer),
            last_id: AtomicU64::new(0),
            waiting: Mutex::default(),
            events: Mutex::default(),
        });
        let listener = connection.clone();
        thread::spawn(move || {
            while let Ok(message) = reader.read() {
                if let Message::Text(text) = message {
                    listener.take(serde_json::from_str(&text).expect("the browser speaks JSON"));
                }
            }
            // Whoever still waits learns at once that no answer will come.
            listener.waiting.lock().unwrap().clear();
        });
        Ok(connection)
    }

    /// Calls a method of the browser, or of the page that the session belongs to, and returns its result. When it
    /// returns, all events from before the answer have been recorded.
    pub fn call(&self, session: Option<&str>, method: &str, params: Value) -> Result<Value, String> {
        let (sender, answer) = mpsc::channel();
        self.send(session, method, params, Some(sender))?;
        let answer = answer.recv_timeout(PATIENCE).map_err(|_| format!("{method}: the browser did not answer"))?;
        match answer.get("error") {
            Some(error) => Err(format!("{method}: {}", error["message"].as_str().unwrap_or_default())),
            None => Ok(answer["result"].clone()),
        }
    }

    /// The parameters of all events of this name that came so far in this session.
    pub fn events(&self, session: &str, method: &str) -> Vec<Value> {
        let events = self.events.lock().unwrap();
        let wanted = |event: &&Value| event["sessionId"] == session && event["method"] == method;
        events.iter().filter(wanted).map(|event| event["params"].clone()).collect()
    }

    /// Calls a method without waiting for an answer.
    pub fn tell(&self, session: &str, method: &str) {
        self.send(Some(session), method, json!({}), None).ok();
    }

    fn send(&self, session: Option<&str>, method: &str, params: Value, sender: Option<Sender<Value>>) -> Result<(), String> {
        let id = self.last_id.fetch_add(1, Ordering::Relaxed) + 1;
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        if let Some(sender) = sender {
            self.waiting.lock().unwrap().insert(id, sender);
        }
        let sent = self.writer.lock().unwrap().send(Message::text(message.to_string()));
        sent.map_err(|error| format!("{method}: {error}"))
    }

    fn take(&self, message: Value) {
        if let Some(id) = message["id"].as_u64() {
            if let Some(sender) = self.waiting.lock().unwrap().remove(&id) {
                // Nobody waits any more where the call has run out of patience.
                sender.send(message).ok();
            }
            return;
        }
        // A dialog stops the page until somebody answers; a test reads afterwards what was asked.
        if message["method"] == "Page.javascriptDialogOpening" {
            let session = message["sessionId"].as_str();
            self.send(session, "Page.handleJavaScriptDialog", json!({ "accept": true }), None).ok();
        }
        self.events.lock().unwrap().push(message);
    }
}
