//! Measures the generator: `generate DOSSIERS FOLDER` fills a SQLite file in FOLDER and says how
//! long it took.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement")]

use journal::{LogKey, Origin};
use kernel::{Clock, Mint, SystemClock, micros};
use one_stop::{
    demo::{self, Plan},
    testing::House,
};
use store::Store;

fn main() {
    let mut args = std::env::args().skip(1);
    let dossiers: u64 = args.next().and_then(|text| text.parse().ok()).unwrap_or(20_000);
    let folder = args.next().unwrap_or_else(|| "/tmp".into());
    let store = Store::sqlite(&std::path::Path::new(&folder).join("generate.db")).unwrap();
    let until = "2026-11-23T03:10:00Z";
    let house = House::open(&store, until);
    let key = LogKey::generate(&Mint::seeded(3), Origin::of(&house.desk.front.tenant));
    let plan = Plan { dossiers, ..Plan::until(until.parse().unwrap()) };
    let started = SystemClock.now();
    let mut tenth = 0;
    let mut say = |done: u64, total: u64| {
        if done * 10 / total > tenth {
            tenth = done * 10 / total;
            let seconds = (micros(SystemClock.now()) - micros(started)) as f64 / 1e6;
            println!("{done} of {total} after {seconds:.1} s");
        }
    };
    let summary = demo::generate(&house.desk, &key, &plan, &mut say).unwrap();
    let seconds = (micros(SystemClock.now()) - micros(started)) as f64 / 1e6;
    println!("{summary:?}");
    println!("demo.dossiers_per_second {:.0} 1/s", dossiers as f64 / seconds);
    println!("demo.events_per_second {:.0} 1/s", summary.events as f64 / seconds);
    println!("demo.seconds {seconds:.2} s");
}
