//! IndexedDB: texts by key, those that are read at the start in one store, what is past in another. A change is a transaction, which other windows wait for, and which is complete when it is on
//! disk. Straight on web-sys: the crates that wrap it have no durability, or need the unstable half of web-sys for it.

use super::{Change, Trouble};
use crate::page::browser::timer;
use gloo::events::EventListener;
use js_sys::{Array, Function, Map, Object, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventTarget, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

const NAME: &str = "jixiao";
/// What is read at the start.
const TEXTS: &str = "texts";
/// What is only read when someone looks back.
const PAST: &str = "past";

/// An open connection.
#[derive(Clone)]
pub struct Database {
    connection: IdbDatabase,
}

/// `None` where this page has no such storage, or it can't be opened.
pub fn open(done: Box<dyn FnOnce(Option<Database>)>) {
    let factory = web_sys::window().and_then(|window| window.indexed_db().ok().flatten());
    let opening = factory.as_ref().and_then(|factory| factory.open_with_u32(NAME, 1).ok());
    let (Some(factory), Some(request)) = (factory, opening) else { return done(None) };
    let upgrade = {
        let opening = request.clone();
        EventListener::once(&request, "upgradeneeded", move |_| {
            if let Some(connection) = connection(&opening) {
                let _ = [TEXTS, PAST].map(|store| connection.create_object_store(store));
            }
        })
    };
    let opening = request.clone();
    hear(&request, "success", "error", move |good| {
        drop(upgrade);
        let connection = connection(&opening).filter(|_| good);
        let whole = |connection: &&IdbDatabase| [TEXTS, PAST].iter().all(|store| connection.object_store_names().contains(store));
        if let Some(connection) = connection.as_ref().filter(|connection| !whole(connection)) {
            // Made by something else, or never finished: nothing of ours is in it.
            connection.close();
            return match factory.delete_database(NAME) {
                Ok(deleting) => hear(&deleting, "success", "error", move |gone| if gone { open(done) } else { done(None) }),
                Err(_) => done(None),
            };
        }
        if let Some(connection) = &connection {
            // Clearing the browser's data asks for this, and would wait for it.
            let closing = connection.clone();
            EventListener::once(connection, "versionchange", move |_| closing.close()).forget();
        }
        done(connection.map(|connection| Database { connection }));
    });
}

fn connection(opening: &IdbOpenDbRequest) -> Option<IdbDatabase> {
    opening.result().ok()?.dyn_into().ok()
}

impl Database {
    /// Calls when the browser has closed the connection by itself: its data were cleared, or the disk failed.
    pub fn on_close(&self, closed: Box<dyn FnOnce()>) {
        EventListener::once(&self.connection, "close", move |_| closed()).forget();
    }

    /// All texts by their keys.
    pub fn all(&self, done: impl FnOnce(Option<Map>) + 'static) {
        let Some(transaction) = self.begin("readonly") else { return done(None) };
        let Ok(store) = transaction.object_store(TEXTS) else { return done(None) };
        let (Ok(keys), Ok(texts)) = (store.get_all_keys(), store.get_all()) else { return done(None) };
        hear(&transaction, "complete", "abort", move |good| {
            let lists = (list(&keys), list(&texts));
            let (Some(keys), Some(texts), true) = (lists.0, lists.1, good) else { return done(None) };
            let map = Map::new();
            for (key, text) in keys.iter().zip(texts.iter()) {
                map.set(&key, &text);
            }
            done(Some(map));
        });
    }

    /// What is past, with keys that begin so, in their order.
    pub fn past(&self, prefix: &str, done: impl FnOnce(Vec<(String, String)>) + 'static) {
        // Past every key with this beginning.
        let range = IdbKeyRange::bound(&prefix.into(), &format!("{prefix}\u{ffff}").into());
        let store = self.begin("readonly").and_then(|transaction| Some((transaction.object_store(PAST).ok()?, transaction)));
        let (Some((store, transaction)), Ok(range)) = (store, range) else { return done(Vec::new()) };
        let requests = (store.get_all_keys_with_key(&range), store.get_all_with_key(&range));
        let (Ok(keys), Ok(texts)) = requests else { return done(Vec::new()) };
        hear(&transaction, "complete", "abort", move |good| {
            let (Some(keys), Some(texts), true) = (list(&keys), list(&texts), good) else { return done(Vec::new()) };
            done(keys.iter().zip(texts.iter()).filter_map(|(key, text)| Some((key.as_string()?, text.as_string()?))).collect());
        });
    }

    /// Reads texts and makes the changes that `decide` answers with, all or none, while no other window changes anything.
    pub fn transact<T: 'static>(
        &self,
        keys: &[String],
        decide: impl FnOnce(&[Option<String>]) -> (Vec<Change>, T) + 'static,
        done: impl FnOnce(Result<(Vec<Change>, T), Trouble>) + 'static,
    ) {
        let Some(transaction) = self.begin("readwrite") else { return done(Err(Trouble::Absent)) };
        let decided = Rc::new(Cell::new(None));
        let kept = Rc::new(Cell::new(true));
        let work = {
            let (transaction, decided, kept) = (transaction.clone(), decided.clone(), kept.clone());
            move |found: &[Option<String>]| {
                let (changes, told) = decide(found);
                if make(&changes, &transaction, &kept).is_none() {
                    let _ = transaction.abort();
                }
                decided.set(Some((changes, told)));
            }
        };
        let requests: Option<Vec<IdbRequest>> = keys.iter().map(|key| store(&transaction, key)?.get(&key.into()).ok()).collect();
        let Some(requests) = requests else {
            let _ = transaction.abort();
            return done(Err(Trouble::Refused));
        };
        let failing = transaction.clone();
        hear(&transaction, "complete", "abort", move |good| {
            let decided = decided.take();
            done(match decided {
                Some(decided) if good => Ok(decided),
                _ if !kept.get() => Err(Trouble::NotKept),
                _ => Err(trouble(&failing)),
            });
        });
        match requests.last().cloned() {
            None => work(&[]),
            Some(last) => hear(&last, "success", "error", move |good| {
                if good {
                    work(&requests.iter().map(|request| request.result().ok()?.as_string()).collect::<Vec<_>>());
                }
            }),
        }
    }

    /// A transaction over everything; `None` where the connection is closed.
    fn begin(&self, mode: &str) -> Option<IdbTransaction> {
        let options = Object::new();
        // The option that web-sys counts as unstable; older browsers leave out a third argument.
        Reflect::set(&options, &"durability".into(), &"strict".into()).ok()?;
        let transaction: Function = Reflect::get(&self.connection, &"transaction".into()).ok()?.dyn_into().ok()?;
        let stores = Array::of2(&TEXTS.into(), &PAST.into());
        transaction.call3(&self.connection, &stores, &mode.into(), &options).ok()?.dyn_into().ok()
    }
}

/// The store of a key.
fn store(transaction: &IdbTransaction, key: &str) -> Option<IdbObjectStore> {
    transaction.object_store(if super::is_past(key) { PAST } else { TEXTS }).ok()
}

/// Makes the changes and reads each text back. `None` where the browser refuses one at once.
fn make(changes: &[Change], transaction: &IdbTransaction, kept: &Rc<Cell<bool>>) -> Option<()> {
    for change in changes {
        let store = store(transaction, change.key())?;
        match change {
            Change::Remove(key) => drop(store.delete(&key.into()).ok()?),
            Change::Put(key, text) => {
                let text = JsValue::from_str(text);
                store.put_with_key(&text, &key.into()).ok()?;
                let there = store.get(&key.into()).ok()?;
                let (read, transaction, kept) = (there.clone(), transaction.clone(), kept.clone());
                hear(&there, "success", "error", move |good| {
                    if good && read.result().ok() != Some(text) {
                        kept.set(false);
                        let _ = transaction.abort();
                    }
                });
            }
        }
    }
    Some(())
}

/// Why a transaction was given up.
fn trouble(transaction: &IdbTransaction) -> Trouble {
    match transaction.error() {
        Some(error) if error.name() != "QuotaExceededError" => Trouble::NotKept,
        Some(_) | None => Trouble::Refused,
    }
}

fn list(request: &IdbRequest) -> Option<Array> {
    request.result().ok()?.dyn_into().ok()
}

/// Calls once, with whether it was the good event. The listeners end with that.
fn hear(target: &EventTarget, good: &'static str, bad: &'static str, told: impl FnOnce(bool) + 'static) {
    let told: Box<dyn FnOnce(bool)> = Box::new(told);
    let told = Rc::new(Cell::new(Some(told)));
    let kept: Rc<RefCell<Vec<EventListener>>> = Rc::default();
    for kind in [good, bad] {
        let (told, ending) = (told.clone(), kept.clone());
        let listener = EventListener::once(target, kind, move |_| {
            if let Some(told) = told.take() {
                told(kind == good);
            }
            // Not now: this very call comes from one of them.
            timer::after(0, move || ending.borrow_mut().clear()).forget();
        });
        kept.borrow_mut().push(listener);
    }
}
