//! Measures the generator and the figures: `generate DOSSIERS FOLDER` fills a SQLite file in FOLDER
//! and says how long it took, and how long figures of the whole province take, read as sums and
//! with every dossier judged by itself.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement")]

use journal::{LogKey, Origin};
use kernel::{Clock, Instant, Mint, SystemClock, micros};
use one_stop::{
    Error,
    demo::{self, Plan},
    queries::{self, Figures, Scope, Wanted},
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
    for period in ["2026", "2026-10", "2026-03-11..2026-10-20"] {
        measure(&house, period, plan.until);
    }
}

/// How long figures of a period take, both ways.
fn measure(house: &House, period: &str, now: Instant) {
    let directory = house.desk.front.directory.get();
    let top = directory.agencies().find(|agency| agency.parent.is_none()).unwrap().id;
    let scope = Scope::of(&directory, top);
    let wanted = Wanted { scope, procedure: None, period: period.parse().unwrap(), now };
    let timed = |judged: bool| {
        let (desk, wanted) = (house.desk.clone(), wanted.clone());
        let started = SystemClock.now();
        let read = house.desk.front.store.read(move |tx| {
            if !judged {
                return queries::figures(tx, &desk, &wanted);
            }
            let mut figures = Figures::default();
            queries::counted(tx, &desk, &wanted, |counted| figures.add(&counted))?;
            Ok::<_, Error>(figures)
        });
        let figures = read.wait().unwrap();
        (figures, (micros(SystemClock.now()) - micros(started)) as f64 / 1e3)
    };
    let ((read, fast), (judged, slow)) = (timed(false), timed(true));
    assert_eq!(read, judged, "both count alike");
    let dossiers = judged.own.all();
    println!("figures.{period} read {fast:.1} ms, judged {slow:.1} ms, of {dossiers} dossiers");
}
