//! The process is killed under load, again and again: what was answered stands, and stands once.

use std::{
    io::{BufRead as _, BufReader},
    sync::mpsc,
    thread,
    time::Duration,
};

use journal::Verdict;
use kernel::Mint;
use store::Store;

use crate::load::{Answer, Found, Round, verify};

/// How often the process is killed, on each store.
const KILLS: u32 = 50;
/// No later than this after it began to work.
const LIFE_MILLIS_MAX: u16 = 120;

#[test]
fn sqlite_keeps_what_it_answered() {
    let folder = tempfile::tempdir().unwrap();
    survive(&format!("sqlite:{}", folder.path().join("killed.db").display()));
}

#[test]
fn postgres_keeps_what_it_answered() {
    store::testing::schema(|config| survive(&format!("postgres:{config}")));
}

fn survive(place: &str) {
    let seed = u64::from_le_bytes(Mint::system().bytes());
    println!("the seed of this run is {seed}");
    let dice = Mint::seeded(seed);
    let round = |number| Round { place: place.to_owned(), number, seed };
    let first = round(0);
    first.open().migrate(&[journal::MIGRATIONS, casework::MIGRATIONS]).unwrap();
    let mut answers = Vec::new();
    for number in 0..KILLS {
        let round = round(number);
        let life = u16::from_le_bytes(dice.bytes()) % LIFE_MILLIS_MAX;
        let before = answers.len();
        answers.extend(kill(&round, Duration::from_millis(life.into())));
        let store = round.open();
        let found = Found::read(&store, round.base()).unwrap();
        found.hold(&answers[before..]);
        sound(&store, &round);
    }
    println!("{} commands were answered between {KILLS} kills", answers.len());
    assert!(answers.len() > 100, "there was no load");
    let store = first.open();
    Found::read(&store, first.base()).unwrap().keep(&answers);
}

fn sound(store: &Store, round: &Round) {
    match verify(store, round.base()).unwrap() {
        Verdict::Sound { unsealed: 0, .. } => {}
        other => panic!("round {}: {other:?}", round.number),
    }
}

/// Lets the process of that round work for `life`, and kills it; what it answered until then.
fn kill(round: &Round, life: Duration) -> Vec<Answer> {
    let mut process = round.start(None).spawn().unwrap();
    let mut out = BufReader::new(process.stdout.take().unwrap());
    let (ready, is_ready) = mpsc::channel();
    let reader = thread::spawn(move || {
        let (mut answers, mut line) = (Vec::new(), String::new());
        while out.read_line(&mut line).unwrap() > 0 {
            match line.strip_suffix('\n') {
                Some("ready") => ready.send(()).unwrap(),
                Some(line) if line.starts_with("failed") => panic!("{line}"),
                Some(line) => answers.extend(Answer::parse(line)),
                None => {}
            }
            line.clear();
        }
        answers
    });
    is_ready.recv_timeout(Duration::from_secs(60)).expect("the process begins to work");
    thread::sleep(life);
    // On Unix this is SIGKILL: no handler, no destructor, no last word.
    process.kill().unwrap();
    process.wait().unwrap();
    reader.join().unwrap()
}
