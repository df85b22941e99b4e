//! The journal of many dossiers, as the desk writes it.

use calendar::{Allowance, Calendar, CaseClock, Ground, Timeliness};
use casework::{Change, Channel, Component, Opened, ProcedureRef, Stamp, Submit, SupplementReason};
use journal::{BulkJournal, Event, LogKey, Origin};
use kernel::{Actor, AgencyCode, AgencyId, CaseCode, CaseId, Instant, Mint, ProcedureCode, Tenant};
use procedure::{End, Marking};
use store::{Store, Tx};

/// Events in one transaction.
const AT_ONCE: usize = 40_000;

/// An instant in Việt Nam.
pub(crate) fn vn(text: &str) -> Instant {
    kernel::from_local(text.parse().unwrap())
}

/// The code of a procedure by its number.
pub(crate) fn procedure(number: u64) -> ProcedureCode {
    format!("1.{:06}", 1000 + number).parse().unwrap()
}

/// Appends the stories of `dossiers`, spread over three years; answers how many events they have.
pub(crate) fn write(store: &Store, tenant: &Tenant, agencies: &[AgencyId], dossiers: u64) -> u64 {
    let mint = Mint::seeded(dossiers);
    let calendar = Calendar::default();
    let begin = vn("2023-11-01T08:00");
    let gap = 36 * 30 * 86_400 / dossiers.max(1);
    let mut waiting: Vec<Event> = Vec::new();
    let mut written = 0;
    for number in 0..dossiers {
        let at = begin + jiff::SignedDuration::from_secs((number * gap) as i64);
        story(&mint, &calendar, agencies, number, at, &mut waiting);
        if waiting.len() >= AT_ONCE * 2 {
            // What is recorded later than the next filing waits, so that the journal is in order.
            waiting.sort_by_key(|event| (event.recorded_at, event.case, event.version));
            let rest = waiting.split_off(AT_ONCE);
            written += waiting.len() as u64;
            append(store, tenant, std::mem::replace(&mut waiting, rest));
        }
    }
    waiting.sort_by_key(|event| (event.recorded_at, event.case, event.version));
    written += waiting.len() as u64;
    append(store, tenant, waiting);
    written
}

fn append(store: &Store, tenant: &Tenant, events: Vec<Event>) {
    let tenant = tenant.clone();
    let key = LogKey::generate(&Mint::seeded(1), Origin::of(&tenant));
    let write = move |tx: &mut Tx<'_>| {
        let keys = [key.verifier().clone()];
        let now = vn("2026-11-22T08:00");
        let mut journal = BulkJournal::open(tx, &tenant, &keys, "bench", now)?;
        for event in &events {
            journal.append(tx, event.clone())?;
        }
        journal.finish(tx, &key, now)
    };
    store.write(write).wait().map_err(|error: journal::Error| error).unwrap();
}

/// Filed, taken on, two steps, done, handed over; some pay, some are asked for papers.
fn story(
    mint: &Mint,
    calendar: &Calendar,
    agencies: &[AgencyId],
    number: u64,
    at: Instant,
    events: &mut Vec<Event>,
) {
    let case: CaseId = mint.id(at);
    let agency = agencies[(number as usize * 7) % agencies.len()];
    let post = mint.id(at);
    let (mut version, mut now) = (0, at);
    let mut say = |change: Change, hours: i64| {
        now += jiff::SignedDuration::from_hours(hours);
        version += 1;
        let actor =
            Actor::Officer { person: kernel::Id::from_uuid(case.uuid()), post, acting_for: None };
        let stamp = Stamp { actor, happened_at: now, recorded_at: now };
        events.push(casework::event(mint, case, version, &change, None, &stamp).unwrap());
        now
    };
    let code: AgencyCode = "H55.62".parse().unwrap();
    let code = CaseCode::new(&code, kernel::today(at), (number % 9999) as u32);
    let channel = [Channel::Online, Channel::Counter, Channel::Online][(number % 3) as usize];
    let filing = filing(mint, number, agency, channel, at);
    let accept_by = calendar.deadline(at, Allowance::WorkingHours(8));
    let accepted = say(Change::Submitted { code, accept_by, filing }, 0);
    let mut clock = CaseClock::start(accepted, Allowance::WorkingDays(5), calendar);
    let opened = |step: &str, due| Opened { step: step.parse().unwrap(), post, agency, due };
    let due = clock.due();
    let first = vec![opened("tham-dinh", due)];
    say(
        Change::Accepted { clock: clock.clone(), limit: "5 working_days".into(), opened: first },
        2,
    );
    let complete = |step: &str, next: Vec<Opened>| Change::Completed {
        step: step.parse().unwrap(),
        outcome: "dat".parse().unwrap(),
        opened: next,
        marking: Marking::default(),
    };
    if number.is_multiple_of(10) {
        let at = say(Change::Escalated { post }, 1);
        clock.pause(at, Ground::Supplement).unwrap();
        let (reason, paused) = (SupplementReason::MissingPaper, Some(clock.clone()));
        let asked = Change::SupplementRequested { reason, number: 1, clock: paused };
        say(asked, 0);
        let back = at + jiff::SignedDuration::from_hours(30);
        clock.resume(back, calendar).unwrap();
        let clock = Some(clock.clone());
        say(Change::SupplementReceived { components: vec![], clock, accept_by: None }, 30);
    }
    if number.is_multiple_of(3) {
        let name = "Lệ phí".to_owned();
        say(
            Change::ObligationSet { number: 1, name, amount: 75_000, waits: false, clock: None },
            1,
        );
        say(
            Change::Paid {
                number: 1,
                online: true,
                reference: "r".into(),
                accept_by: None,
                clock: None,
            },
            3,
        );
    }
    say(complete("tham-dinh", vec![opened("ky", due)]), 20);
    let end = say(complete("ky", vec![]), if number.is_multiple_of(12) { 200 } else { 24 });
    let timeliness = clock.finish(end, calendar).unwrap_or(Timeliness::OnTime);
    say(Change::Finished { end: End::Result, clock, timeliness }, 0);
    if !number.is_multiple_of(50) {
        say(Change::Returned, 16);
    }
}

fn filing(mint: &Mint, number: u64, agency: AgencyId, channel: Channel, at: Instant) -> Submit {
    let component = Component {
        id: Some("don".into()),
        copies: 1,
        file: Some("ab".repeat(32)),
        source: "online".into(),
    };
    Submit {
        procedure: ProcedureRef { code: procedure(number % 120), version: 1 },
        applicant: mint.id(at),
        channel,
        received_by: agency,
        decided_by: agency,
        facts: serde_json::Map::new(),
        components: vec![component; 2],
        form_hash: Some("cd".repeat(32)),
        reopens: None,
        term: None,
    }
}
