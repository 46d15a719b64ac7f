//! One run of a target: inputs that meet something new are changed further, what fails is kept.

use crate::cover::Seen;
use crate::damage::Random;
use crate::memory;
use crate::mutate::{self, Pool};
use crate::targets::Target;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

/// Longer than this for one small input is a finding; a stop that long ends the program.
const SLOW: Duration = Duration::from_secs(3);
const STUCK: Duration = Duration::from_secs(60);
/// As much as threads of tests have, and twice what a page has.
const STACK: usize = 2 << 20;
/// Inputs that are kept while it runs.
const POOL: usize = 4_000;

#[derive(Clone, Copy)]
pub struct How {
    pub runs: u64,
    pub seed: u64,
    pub trace: bool,
}

pub struct Told {
    pub target: &'static str,
    pub runs: u64,
    pub findings: Vec<String>,
    edges: (usize, usize),
    /// Inputs that met something new.
    news: Vec<Vec<u8>>,
    longest: Duration,
    most: usize,
    took: Duration,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(
            f,
            "{}: {} inputs in {} s, {} of {} edges, longest {} ms, most memory {} KB, {} findings",
            self.target,
            self.runs,
            self.took.as_secs(),
            self.edges.0,
            self.edges.1,
            self.longest.as_millis(),
            self.most / 1024,
            self.findings.len()
        )
    }
}

impl Told {
    /// Puts the smallest inputs that met something new into the corpus.
    pub fn keep(&self, most: usize) {
        let folder = corpus(self.target);
        fs::create_dir_all(&folder).expect("the corpus can be written");
        let mut news: Vec<&Vec<u8>> = self.news.iter().filter(|input| input.len() < 2_000).collect();
        news.sort_by_key(|input| input.len());
        for input in news.into_iter().rev().take(most) {
            fs::write(folder.join(name(input)), input).expect("the corpus can be written");
        }
    }
}

/// Where inputs of a target are kept.
pub fn corpus(target: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target)
}

fn name(input: &[u8]) -> String {
    let hash = input.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3));
    format!("{hash:016x}")
}

/// Inputs from files, in the order of their names.
pub fn kept(target: &str) -> Vec<Vec<u8>> {
    let Ok(files) = fs::read_dir(corpus(target)) else { return Vec::new() };
    let mut files: Vec<PathBuf> = files.flatten().map(|file| file.path()).collect();
    files.sort();
    files.iter().filter_map(|file| fs::read(file).ok()).collect()
}

/// What is tried now, for the watch.
static NOW: Mutex<Option<(Instant, &'static str, Vec<u8>)>> = Mutex::new(None);

thread_local! {
    /// Where it panicked last.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Tries one input: what is wrong, if anything, and what it cost.
pub fn once(target: &Target, input: &[u8]) -> (Option<String>, Duration, usize) {
    let (start, mark) = (Instant::now(), memory::mark());
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| (target.run)(input)));
    let (took, most) = (start.elapsed(), memory::since(mark));
    let wrong = match outcome {
        Err(_) => Some(format!("it panics at {}", PLACE.with(|place| place.borrow().clone()))),
        Ok(Err(wrong)) => Some(wrong),
        Ok(Ok(())) if took > SLOW => Some(format!("it takes {} ms", took.as_millis())),
        Ok(Ok(())) if most > memory::MOST => Some(format!("it needs {} MB", most >> 20)),
        Ok(Ok(())) => None,
    };
    (wrong, took, most)
}

/// Notes where a panic is, without a word.
pub fn quietly() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        PLACE.with(|known| *known.borrow_mut() = place);
    }));
}

pub fn run(target: Target, how: How) -> Told {
    quietly();
    watch();
    thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || within(&target, how))
        .expect("a thread starts")
        .join()
        .expect("it ends")
}

fn watch() {
    thread::spawn(|| {
        loop {
            thread::sleep(Duration::from_secs(5));
            if let Some((since, target, input)) = &*NOW.lock().expect("nothing panics while it is held")
                && since.elapsed() > STUCK
            {
                let file = write(target, input);
                eprintln!("{target}: it takes longer than {} s; the input is {}", STUCK.as_secs(), file.display());
                std::process::exit(1);
            }
        }
    });
}

fn write(target: &str, input: &[u8]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/fuzz-findings").join(target);
    fs::create_dir_all(&folder).expect("findings can be written");
    let file = folder.join(name(input));
    fs::write(&file, input).expect("findings can be written");
    file
}

fn within(target: &Target, how: How) -> Told {
    let start = Instant::now();
    let seeds = (target.seeds)();
    let words = mutate::words(&seeds);
    let mut random = Random::new(how.seed);
    let mut seen = Seen::new();
    let mut pool: Vec<Vec<u8>> = Vec::new();
    let mut told = Told {
        target: target.name,
        runs: 0,
        findings: Vec::new(),
        edges: (0, 0),
        news: Vec::new(),
        longest: Duration::ZERO,
        most: 0,
        took: Duration::ZERO,
    };
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut first: Vec<Vec<u8>> = kept(target.name);
    let own = first.len();
    first.extend(seeds);
    let given = first.len() as u64;
    for at in 0..how.runs.max(given) {
        let input = match first.get(at as usize) {
            Some(seed) => seed.clone(),
            None => {
                // Half of the time one of the newest.
                let newest = pool.len().saturating_sub(64);
                let from = if random.below(2) == 0 { newest } else { 0 };
                let original = &pool[from + random.below(pool.len() - from)];
                let other = &pool[random.below(pool.len())];
                (target.change)(original, &mut random, &Pool { words: &words, other })
            }
        };
        if how.trace {
            write("trace", &input);
        }
        *NOW.lock().expect("nothing panics while it is held") = Some((Instant::now(), target.name, input.clone()));
        seen.clear();
        let (wrong, took, most) = once(target, &input);
        let new = seen.take();
        told.runs += 1;
        told.longest = told.longest.max(took);
        told.most = told.most.max(most);
        if let Some(wrong) = wrong
            && known.insert(wrong.clone())
        {
            let file = write(target.name, &input);
            println!("{}: {wrong}; the input is {}", target.name, file.display());
            told.findings.push(wrong);
        }
        if at < given || new > 0 {
            if new > 0 && at >= own as u64 {
                told.news.push(input.clone());
            }
            if pool.len() < POOL {
                pool.push(input);
            } else if input.len() < 6_000 {
                let out = given as usize + random.below(POOL - (given as usize).min(POOL - 1));
                pool[out.min(POOL - 1)] = input;
            }
        }
        if at % 200_000 == 199_999 {
            let (passed, of) = seen.edges();
            println!(
                "{}: {} inputs, {passed} of {of} edges, {} in the pool, {} s",
                target.name,
                at + 1,
                pool.len(),
                start.elapsed().as_secs()
            );
        }
    }
    *NOW.lock().expect("nothing panics while it is held") = None;
    debug_assert!(seen.is_guided() || told.news.is_empty());
    told.edges = seen.edges();
    told.took = start.elapsed();
    told
}
