//! What the house does by itself: sealing the journal, adding up what is over, noticing changes of
//! directory and book, clearing what has run out. Each job is one loop; a failure is logged and
//! tried again.

use std::{fs, path::PathBuf, sync::Arc, time::Duration};

use desk::{Desk, Job};
use journal::{Sealer, SignedCheckpoint, newest_checkpoint};
use paying::Cashier;
use telling::Teller;
use tokio::{sync::Notify, task::JoinHandle, time::sleep};

use crate::{config::Config, house::House, rooms::ROOMS};

/// How often it is looked whether an event waits to be sealed, which is one read of an index: a
/// figure on a screen is to move within a second.
const SEAL_EVERY: Duration = Duration::from_millis(100);
/// How many events are sealed in one transaction, so that nobody waits long behind it.
const SEAL_MAX: u32 = 4096;
/// How often what is over is added up for the figures; they are exact meanwhile too.
const COUNT_EVERY: Duration = Duration::from_millis(1000);
/// How often a change by another process (the command line, say) is noticed.
const LOOK_EVERY: Duration = Duration::from_millis(1000);
/// How often heads are told of what is late.
const ESCALATE_EVERY: Duration = Duration::from_secs(60);
/// How often it is looked whether enough reports were sorted to train the model of them anew.
const TRAIN_EVERY: Duration = Duration::from_secs(3600);
/// How often what has run out is cleared, and how much at once.
const CLEAR_EVERY: Duration = Duration::from_secs(60);
const CLEAR_MAX: u32 = 1000;

/// How often figures follow what another process sealed, and how far in one transaction. What this
/// one sealed they follow at once.
const FOLLOW_EVERY: Duration = Duration::from_millis(250);
const FOLLOWED_MAX: u32 = 1024;

/// How often people are told of what happened.
const TELL_EVERY: Duration = Duration::from_secs(2);
/// How often gateways are asked about orders of which nothing was heard.
const ASK_EVERY: Duration = Duration::from_secs(30);

/// Starts every job.
pub(crate) fn start(config: &Config, house: &House) -> Vec<JoinHandle<()>> {
    let desk = &house.desk;
    let key = house.ground.journal_key.clone();
    let holder = format!("{}", std::process::id());
    let sealer = Sealer::new(config.tenant.clone(), key, &holder);
    // Processes on two machines may have one number; only the lease needs to tell them apart.
    let teller = format!("{holder}-{}", kernel::hex(&house.ground.mint.bytes::<8>()));
    let mut jobs: Vec<JoinHandle<()>> = ROOMS
        .iter()
        .flat_map(|room| room.jobs)
        .map(|job| tokio::spawn(again(desk.clone(), *job)))
        .collect();
    let sealed = Arc::new(Notify::new());
    jobs.extend([
        tokio::spawn(seal(desk.clone(), sealer, config.data.join("checkpoint"), sealed.clone())),
        tokio::spawn(count(desk.clone())),
        tokio::spawn(add_up(desk.clone())),
        tokio::spawn(look(desk.clone())),
        tokio::spawn(clear(desk.clone())),
        tokio::spawn(escalate(desk.clone())),
        tokio::spawn(train(desk.clone())),
        tokio::spawn(tell(house.teller.clone(), teller)),
        tokio::spawn(ask(house.cashier.clone())),
        tokio::spawn(follow(desk.clone(), sealed)),
    ]);
    jobs
}

/// A job of a system.
async fn again(desk: Desk, job: Job) {
    loop {
        let shared = desk.clone();
        match tokio::task::spawn_blocking(move || (job.run)(&shared)).await {
            Ok(Ok(true)) => continue,
            Ok(Ok(false)) => {}
            Ok(Err(error)) => tracing::error!(%error, job = job.name, "it was not done"),
            Err(error) => tracing::error!(%error, job = job.name, "it was not done"),
        }
        sleep(job.every).await;
    }
}

/// Counts what was sealed since: every figure follows the journal.
async fn follow(desk: Desk, sealed: Arc<Notify>) {
    loop {
        let shared = desk.clone();
        let followed =
            desk.front.store.write(move |tx| shared.cube().follow(tx, FOLLOWED_MAX)).await;
        match followed {
            Ok(followed) if followed.more => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "figures do not follow the journal"),
        }
        tokio::select! {
            () = sealed.notified() => {}
            () = sleep(FOLLOW_EVERY) => {}
        }
    }
}

/// Seals the journal and keeps the newest checkpoint outside the store: only that shows where
/// somebody cut off the journal's end whole. Whoever waits for `sealed` is woken.
async fn seal(desk: Desk, sealer: Sealer, witness: PathBuf, sealed: Arc<Notify>) {
    let sealer = Arc::new(sealer);
    loop {
        match seal_once(&desk, &sealer).await {
            Ok(Sealing { newest, more }) => {
                if let Some(checkpoint) = newest {
                    sealed.notify_one();
                    keep(&witness, checkpoint.as_str());
                }
                if more {
                    continue;
                }
            }
            Err(error) => tracing::error!(%error, "the journal was not sealed"),
        }
        sleep(SEAL_EVERY).await;
    }
}

/// What one run of the sealer did.
#[derive(Default)]
struct Sealing {
    newest: Option<SignedCheckpoint>,
    more: bool,
}

/// Seals what waits. Where nothing does, nothing is written either.
async fn seal_once(desk: &Desk, sealer: &Arc<Sealer>) -> Result<Sealing, journal::Error> {
    let (store, house) = (&desk.front.store, desk.clone());
    if !store.read(move |tx| journal::waits(tx, &house.front.tenant)).await? {
        return Ok(Sealing::default());
    }
    let (sealer, house) = (sealer.clone(), desk.clone());
    let sealed = store.write(move |tx| {
        let sealed = sealer.seal(tx, house.now(), SEAL_MAX)?;
        let Some(sealed) = sealed.filter(|sealed| !sealed.is_empty()) else {
            return Ok(Sealing::default());
        };
        let newest = newest_checkpoint(tx, &house.front.tenant)?;
        Ok(Sealing { newest, more: sealed.to - sealed.from >= SEAL_MAX.into() })
    });
    sealed.await
}

fn keep(witness: &PathBuf, checkpoint: &str) {
    let fresh = witness.with_extension("new");
    let kept = fs::write(&fresh, checkpoint).and_then(|()| fs::rename(&fresh, witness));
    if let Err(error) = kept {
        tracing::error!(%error, "the newest checkpoint was not kept in the data folder");
    }
}

async fn count(desk: Desk) {
    loop {
        let house = desk.clone();
        let counted =
            desk.front.store.write(move |tx| one_stop::count(tx, &house, one_stop::COUNT_MAX));
        match counted.await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "what is over was not added up"),
        }
        sleep(COUNT_EVERY).await;
    }
}

/// Adds up by month what filings did not ask again.
async fn add_up(desk: Desk) {
    loop {
        let house = desk.clone();
        let added = desk.front.store.write(move |tx| {
            services::measures::add_up(tx, &house.front.tenant, services::measures::ADDED_MAX)
        });
        match added.await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "what was not asked again was not added up"),
        }
        sleep(CLEAR_EVERY).await;
    }
}

async fn look(desk: Desk) {
    loop {
        sleep(LOOK_EVERY).await;
        let front = desk.front.clone();
        let looked = tokio::task::spawn_blocking(move || front.directory.refresh()).await;
        match looked {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the directory was not looked up"),
            Err(error) => tracing::warn!(%error, "the directory was not looked up"),
        }
        if let Err(error) = desk.refresh_book().await {
            tracing::warn!(%error, "the book of procedures was not looked up");
        }
    }
}

/// Tells heads of reports of citizens that are late.
async fn escalate(desk: Desk) {
    let feedback = feedback::Feedback::open(desk);
    loop {
        let house = feedback.clone();
        let told = feedback
            .front
            .store
            .write(move |tx| feedback::commands::escalate(tx, &house, house.now()));
        match told.await {
            Ok(told) if told >= feedback::commands::ESCALATED_MAX as usize => continue,
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "heads were not told of what is late"),
        }
        sleep(ESCALATE_EVERY).await;
    }
}

/// Trains the model of reports anew, once enough of them were sorted since.
async fn train(desk: Desk) {
    loop {
        sleep(TRAIN_EVERY).await;
        let (store, tenant, now) =
            (desk.front.store.clone(), desk.front.tenant.clone(), desk.now());
        let trained = tokio::task::spawn_blocking(move || {
            feedback::commands::train(&store, &tenant, now, false)
        });
        match trained.await {
            Ok(Ok(None)) => {}
            Ok(Ok(Some(trial))) => {
                let (before, after) = (trial.figures.f1_before, trial.figures.f1_after);
                tracing::info!(before, after, taken = trial.taken, "the model was trained anew");
            }
            Ok(Err(error)) => tracing::warn!(%error, "the model was not trained anew"),
            Err(error) => tracing::warn!(%error, "the model was not trained anew"),
        }
    }
}

/// Tells people what happened; where several processes share a store, one of them does.
async fn tell(teller: Teller, holder: String) {
    loop {
        match telling::tell(&teller, &holder).await {
            Ok(round) if round.more => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "people were not told"),
        }
        sleep(TELL_EVERY).await;
    }
}

async fn ask(cashier: Cashier) {
    loop {
        match paying::ask(&cashier).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "gateways were not asked"),
        }
        sleep(ASK_EVERY).await;
    }
}

async fn clear(desk: Desk) {
    loop {
        sleep(CLEAR_EVERY).await;
        let house = desk.clone();
        let cleared = desk.front.store.write(move |tx| {
            let front = &house.front;
            let (tenant, now) = (&front.tenant, house.now());
            front.sessions.purge(tx, tenant, now, CLEAR_MAX)?;
            desk::purge_answers(tx, tenant, now, CLEAR_MAX)?;
            services::drafts::purge(tx, tenant, now, CLEAR_MAX)?;
            services::uploads::purge(tx, tenant, now, CLEAR_MAX)?;
            Ok::<_, one_stop::Error>(())
        });
        if let Err(error) = cleared.await {
            tracing::warn!(%error, "what has run out was not cleared");
        }
    }
}
