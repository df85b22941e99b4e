//! What a page costs whoever opens it: bytes on the first view and after, what Lighthouse says of
//! it on a telephone, and how long the server takes.
//!
//! The reference is `/healthz`, which has no page: what HTTP alone costs on this machine.

mod citizen;
mod lighthouse;
mod weight;

use std::{env, path::PathBuf};

use anyhow::{Context, Result, ensure};

use self::lighthouse::Lighthouse;
use crate::{caller::Caller, program::Province, say};

/// Most that a first view may weigh, fonts included, and every view after it; in KB of 1000 bytes.
const FIRST_MAX: f64 = 60.0;
const AFTER_MAX: f64 = 20.0;
/// How often each page is asked for.
const ASKED: usize = 300;

/// Least that Lighthouse may say.
const SCORE_MIN: f64 = 98.0;

/// A page that is measured: its name, where it is, and with which cookies it is opened.
struct Page {
    name: &'static str,
    path: String,
    cookies: String,
}

impl Page {
    fn open(name: &'static str, path: &str) -> Self {
        Self { name, path: path.to_owned(), cookies: String::new() }
    }
}

/// Measures every page with as many dossiers as `TINHSO_BENCH_DOSSIERS` says.
pub(crate) fn run() -> Result<()> {
    let named = |name: &str| env::var_os(name).map(PathBuf::from).context(name.to_owned());
    let dossiers =
        env::var("TINHSO_BENCH_DOSSIERS").ok().map_or(Ok(20_000), |text| text.parse())?;
    let province =
        Province::of(named("TINHSO_BENCH_PROGRAM")?, &named("TINHSO_BENCH_FOLDER")?, dossiers);
    province.make()?;
    let served = province.serve()?;
    let lighthouse = Lighthouse::in_folder(named("TINHSO_BENCH_LIGHTHOUSE")?)?;
    say("pages.dossiers", dossiers as f64, "dossiers");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut caller = runtime.block_on(Caller::connect(served.address))?;
    let health = runtime.block_on(median(&mut caller, &Page::open("healthz", "/healthz")))?;
    say("pages.healthz.median", health, "ms");
    let mut short = Vec::new();
    for page in runtime.block_on(pages(&mut caller))? {
        let median = runtime.block_on(median(&mut caller, &page))?;
        let seen =
            lighthouse.look(&format!("http://{}{}", served.address, page.path), &page.cookies)?;
        let weight = runtime.block_on(weight::of(&mut caller, &seen.requests))?;
        let name = page.name;
        say(&format!("pages.{name}.median"), median, "ms");
        say(&format!("pages.{name}.ratio"), median / health, "of healthz");
        say(&format!("pages.{name}.first"), weight.first, "KB");
        say(&format!("pages.{name}.after"), weight.after, "KB");
        say(&format!("pages.{name}.performance"), seen.performance, "of 100");
        say(&format!("pages.{name}.accessibility"), seen.accessibility, "of 100");
        say(&format!("pages.{name}.first_paint"), seen.first_paint, "ms");
        let heavy = weight.first > FIRST_MAX || weight.after > AFTER_MAX;
        if heavy || seen.performance < SCORE_MIN || seen.accessibility < SCORE_MIN {
            short.push(name);
        }
    }
    ensure!(
        short.is_empty(),
        "short of {FIRST_MAX} KB at first, {AFTER_MAX} KB after or {SCORE_MIN} of 100: {}",
        short.join(", ")
    );
    Ok(())
}

/// What citizens open most: by everybody, and by one who is signed in.
async fn pages(caller: &mut Caller) -> Result<Vec<Page>> {
    let mut pages = vec![
        Page::open("home", "/"),
        Page::open("catalogue", "/dich-vu"),
        Page::open("found", "/dich-vu?q=lam%20giay%20khai%20sinh%20cho%20con"),
        Page::open("before", "/dich-vu/1.001193"),
        Page::open("tracking", "/tra-cuu"),
        Page::open("feedback", "/phan-anh"),
        Page::open("report", "/phan-anh/moi"),
    ];
    pages.extend(citizen::pages(caller).await?);
    Ok(pages)
}

/// The time of a page as the caller sees it, one request after the other, in milliseconds.
async fn median(caller: &mut Caller, page: &Page) -> Result<f64> {
    let mut times = Vec::with_capacity(ASKED);
    for _ in 0..ASKED {
        times.push(caller.page(&page.path, &page.cookies).await?.as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    Ok(times[times.len() / 2])
}
