//! What the browser keeps: texts by key, in IndexedDB, where a change is done when it is on disk; in `localStorage` where there is no
//! other. Everything is read once, when the page starts, and again where another window tells that it has changed something.

mod database;
mod local;

use database::Database;
use gloo::events::EventListener;
use jixiao::order::Gather;
use jixiao::order::SortedSet;
use js_sys::{Map, Promise, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::{clock, timer};

/// Why a write did not come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Storage is switched off, or this page has none.
    Absent,
    /// Refused, mostly for want of room.
    Refused,
    /// Something else stands there after writing.
    NotKept,
    /// The person wants nothing to be kept.
    Unwanted,
}

/// One change of what is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Put(String, String),
    Remove(String),
}

impl Change {
    pub fn key(&self) -> &str {
        match self {
            Change::Put(key, _) | Change::Remove(key) => key,
        }
    }
}

/// What is kept, as far as this window knows.
#[derive(Clone)]
struct Shelf {
    database: Database,
    texts: Map,
}

/// Told of what another window changed: the key and its new text; no key where everything was cleared.
type Told = Rc<dyn Fn(Option<String>, Option<String>)>;

thread_local! {
    static SHELF: RefCell<Option<Shelf>> = const { RefCell::new(None) };
    static TOLD: RefCell<Option<Told>> = const { RefCell::new(None) };
}

/// So long the database may take to open before the page starts without it.
const PATIENCE_MILLISECONDS: u32 = 5000;
/// How often, and after how long, a database that was closed from outside is opened again.
const RECONNECTS: u32 = 20;
const RECONNECT_MILLISECONDS: u32 = 300;
/// Says in `localStorage` that drafts are in the database, so that their absence is noticed.
const MARK: &str = "jixiao/kept-in-database";
/// Says in `localStorage` that nothing is to be kept.
const UNWANTED: &str = "jixiao/keep-nothing";
/// Changes whenever something was changed, and says what: other windows hear of it.
const NOTICE: &str = "jixiao/changed";

/// Opens what is kept, and calls when it can be read.
pub fn open(done: impl FnOnce() + 'static) {
    let done = Rc::new(Cell::new(Some(done)));
    let finish = move || {
        if let Some(done) = done.take() {
            done();
        }
    };
    let late = timer::after(PATIENCE_MILLISECONDS, finish.clone());
    connect(Box::new(move || {
        drop(late);
        finish();
    }));
}

/// Opens the database and reads everything, where it can be had.
fn connect(done: Box<dyn FnOnce()>) {
    database::open(Box::new(move |database| {
        let Some(database) = database else { return done() };
        let opened = database.clone();
        opened.all(move |texts| {
            if let Some(texts) = texts {
                let _ = local::write(MARK, "1");
                // Cleared from outside: what is in memory is written again, into a new one.
                database.on_close(Box::new(|| {
                    SHELF.set(None);
                    reconnect(RECONNECTS);
                }));
                SHELF.set(Some(Shelf { database, texts }));
            }
            done();
        });
    }));
}

/// Opens the database again after it was closed from outside, which may still be at work; until then texts go to `localStorage`.
fn reconnect(tries: u32) {
    let again = move || {
        connect(Box::new(move || match tries.checked_sub(1) {
            Some(left) if shelf().is_none() => reconnect(left),
            Some(_) | None => tell(None, None),
        }));
    };
    timer::after(RECONNECT_MILLISECONDS, again).forget();
}

fn shelf() -> Option<Shelf> {
    SHELF.with(|shelf| shelf.try_borrow().ok()?.clone())
}

/// Whether drafts were in the database before, which now can't be opened.
pub fn is_missing() -> bool {
    shelf().is_none() && local::read(MARK).is_some()
}

pub fn read(key: &str) -> Option<String> {
    match shelf() {
        Some(shelf) => shelf.texts.get(&key.into()).as_string(),
        None => local::read(key),
    }
}

/// All keys with this beginning.
pub fn keys(prefix: &str) -> SortedSet<String> {
    let Some(shelf) = shelf() else { return local::keys(prefix) };
    let keys = shelf.texts.keys().into_iter().filter_map(|key| key.ok()?.as_string());
    keys.filter(|key| key.starts_with(prefix)).into_set()
}

/// Whether the person wants nothing to be kept.
pub fn keeps_nothing() -> bool {
    local::read(UNWANTED).is_some()
}

/// Keeps nothing from now on, or everything again. What is kept already stays until it is deleted.
pub fn keep_nothing(nothing: bool) {
    if nothing {
        let _ = local::write(UNWANTED, "1");
    } else {
        local::remove(UNWANTED);
    }
}

/// What may be done of these changes: where nothing is to be kept, what clears away.
fn wanted(changes: Vec<Change>) -> Result<Vec<Change>, Trouble> {
    if !keeps_nothing() {
        return Ok(changes);
    }
    let clears: Vec<Change> = changes.into_iter().filter(|change| matches!(change, Change::Remove(_))).collect();
    if clears.is_empty() { Err(Trouble::Unwanted) } else { Ok(clears) }
}

/// Reads texts as they are kept now and makes the changes that `decide` answers with, all or none; no other window changes anything in
/// between. `done` hears what came of it when it is on disk.
pub fn transact<T: 'static>(
    keys: &[String],
    decide: impl FnOnce(&[Option<String>]) -> (Vec<Change>, T) + 'static,
    done: impl FnOnce(Result<T, Trouble>) + 'static,
) {
    let decide = move |found: &[Option<String>]| {
        let (changes, told) = decide(found);
        match wanted(changes) {
            Ok(changes) => (changes, Ok(told)),
            Err(trouble) => (Vec::new(), Err(trouble)),
        }
    };
    let Some(shelf) = shelf() else {
        let found: Vec<Option<String>> = keys.iter().map(|key| local::read(key)).collect();
        let (changes, told) = decide(&found);
        return done(told.and_then(|told| local::apply(&changes).map(|()| told)));
    };
    shelf.database.transact(keys, decide, move |made| {
        if let Ok((changes, _)) = &made {
            lay(&shelf.texts, changes);
            notify(changes);
        }
        done(made.and_then(|(_, told)| told));
    });
}

/// Makes changes that depend on nothing.
pub fn change(changes: Vec<Change>, done: impl FnOnce(Result<(), Trouble>) + 'static) {
    transact(&[], move |_| (changes, ()), done);
}

/// What is past has keys that begin so. It is not read at the start.
pub const PAST_PREFIX: &str = "jixiao/past/";

fn is_past(key: &str) -> bool {
    key.starts_with(PAST_PREFIX)
}

/// What is past, with keys that begin so, in their order; nothing where there is no database, since there is no room.
pub fn past(prefix: &str, told: impl FnOnce(Vec<(String, String)>) + 'static) {
    match shelf() {
        Some(shelf) => shelf.database.past(prefix, told),
        None => told(Vec::new()),
    }
}

/// Clears texts away. What could not be cleared away is cleared away another time.
pub fn remove(keys: impl IntoIterator<Item = String>) {
    let changes: Vec<Change> = keys.into_iter().map(Change::Remove).collect();
    if !changes.is_empty() {
        change(changes, |_| ());
    }
}

fn lay(texts: &Map, changes: &[Change]) {
    for change in changes.iter().filter(|change| !is_past(change.key())) {
        match change {
            Change::Put(key, text) => drop(texts.set(&key.into(), &text.into())),
            Change::Remove(key) => drop(texts.delete(&key.into())),
        }
    }
}

/// Tells other windows. The number makes two notices differ.
fn notify(changes: &[Change]) {
    let keys: Vec<&str> = changes.iter().map(Change::key).filter(|key| !is_past(key)).collect();
    let _ = local::write(NOTICE, &format!("{}\n{}", clock::new_id(), keys.join("\n")));
}

/// Tells what other windows change, as long as the page lives.
pub fn listen(told: impl Fn(Option<String>, Option<String>) + 'static) {
    TOLD.set(Some(Rc::new(told)));
    let Some(window) = web_sys::window() else { return };
    EventListener::new(&window, "storage", move |event| {
        let Some(event) = event.dyn_ref::<web_sys::StorageEvent>() else { return };
        match (event.key(), event.new_value()) {
            (Some(key), Some(value)) if key == NOTICE => look_again(value.lines().skip(1).map(str::to_owned).collect()),
            // A window without the database wrote it. What it takes out was taken over, or never here.
            (Some(key), value) if shelf().is_some() => {
                if let (Some(shelf), Some(value)) = (shelf(), &value) {
                    shelf.texts.set(&key.as_str().into(), &value.as_str().into());
                    tell(Some(key), Some(value.clone()));
                }
            }
            (None, _) if shelf().is_some() => look_whether_cleared(),
            (key, value) => tell(key, value),
        }
    })
    .forget();
}

fn tell(key: Option<String>, value: Option<String>) {
    let told = TOLD.with_borrow(Clone::clone);
    if let Some(told) = told {
        told(key, value);
    }
}

/// Reads what another window changed.
fn look_again(keys: Vec<String>) {
    let Some(shelf) = shelf() else { return };
    let names = keys.clone();
    let texts = shelf.texts.clone();
    shelf.database.transact(
        &names,
        |found| (Vec::new(), found.to_vec()),
        move |found| {
            let Ok((_, found)) = found else { return };
            for (key, text) in keys.into_iter().zip(found) {
                let change = match &text {
                    Some(text) => Change::Put(key.clone(), text.clone()),
                    None => Change::Remove(key.clone()),
                };
                lay(&texts, &[change]);
                tell(Some(key), text);
            }
        },
    );
}

/// `localStorage` was cleared: perhaps the database was, too.
fn look_whether_cleared() {
    let Some(shelf) = shelf() else { return };
    let texts = shelf.texts.clone();
    shelf.database.all(move |all| {
        if all.is_some_and(|all| all.size() == 0) {
            texts.clear();
            tell(None, None);
        }
    });
}

/// What stands in `localStorage` under these beginnings while the database is in use: of older versions, and of pages that were left.
pub fn left_over(prefixes: &[&str]) -> Vec<(String, String)> {
    let keys = prefixes.iter().flat_map(|prefix| local::keys(prefix));
    keys.filter_map(|key| local::read(&key).map(|text| (key, text))).collect()
}

/// Takes left-over texts away, once they are kept.
pub fn forget_left_over(key: &str) {
    local::remove(key);
}

/// Whether texts are kept elsewhere than in `localStorage`.
pub fn has_database() -> bool {
    shelf().is_some()
}

/// Has texts seen in this window though they could not be written.
pub fn see(changes: &[Change]) {
    if let Some(shelf) = shelf() {
        lay(&shelf.texts, changes);
    }
}

/// Puts down a text at once, for when the page is left: the browser finishes the writing without it.
pub fn put_down(key: &str, text: &str) -> Result<(), Trouble> {
    if keeps_nothing() { Err(Trouble::Unwanted) } else { local::write(key, text) }
}

/// How much the browser keeps for this page, in bytes, and whether it clears nothing away by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    pub used: u64,
    pub quota: u64,
    pub persisted: bool,
}

/// Asks the browser to clear nothing away by itself, where it can be asked.
pub fn ask_to_persist() {
    if let Some(asked) = manager().and_then(|manager| manager.persist().ok()) {
        then(&asked, |_| ());
    }
}

/// Tells the room there is, where the browser tells it.
pub fn room(told: impl FnOnce(Room) + 'static) {
    let Some(manager) = manager() else { return };
    let (Ok(estimate), Ok(persisted)) = (manager.estimate(), manager.persisted()) else { return };
    then(&estimate, move |estimate| {
        let size = |name: &str| Some(Reflect::get(&estimate, &name.into()).ok()?.as_f64()? as u64);
        let (Some(used), Some(quota)) = (size("usage"), size("quota")) else { return };
        then(&persisted, move |persisted| told(Room { used, quota, persisted: persisted.is_truthy() }));
    });
}

fn manager() -> Option<web_sys::StorageManager> {
    // Over plain http there is none, though its type says otherwise.
    Reflect::get(&web_sys::window()?.navigator(), &"storage".into()).ok()?.dyn_into().ok()
}

fn then(promise: &Promise, told: impl FnOnce(JsValue) + 'static) {
    let told = Closure::once(told);
    let refused = Closure::once(|_: JsValue| ());
    let _ = promise.then2(&told, &refused);
    told.forget();
    refused.forget();
}

/// Keeps something that is no data, such as the size of the type: where it can't be kept, nothing is lost.
pub fn keep_wish(key: &str, value: &str) {
    if read(key).as_deref() != Some(value) {
        change(vec![Change::Put(key.to_owned(), value.to_owned())], |_| ());
    }
}

/// Whether this browser keeps what it is given, as far as one can tell before there is anything to keep: a text as long as a large
/// table is written and taken away again.
pub fn trial(key: &str, done: impl FnOnce(Result<(), Trouble>) + 'static) {
    const LENGTH: usize = 50_000;
    if keeps_nothing() {
        return done(Err(Trouble::Unwanted));
    }
    change(vec![Change::Put(key.to_owned(), "0".repeat(LENGTH)), Change::Remove(key.to_owned())], done);
}
