//! The promise before it is made: the very decision of casework, on a dossier that does not
//! exist yet.

use casework::{
    ACCEPT, Case, Channel, Command, Component, ProcedureRef, Refusal, Stamp, Submit, World,
};
use kernel::{AgencyId, CaseCode, Instant, PostId, today};
use procedure::{AgencySelector, ChannelKind, Procedure, Step, Unit};
use web::{SignedIn, Words, tr};

use crate::{Desk, Moment};

/// Days off that are named on one receipt.
const DAYS_OFF_MAX: usize = 4;

/// What the receipt would say.
pub(super) struct Promise {
    /// The dossier as it would stand.
    pub(super) case: Case,
    /// When the result would be due.
    pub(super) due: Instant,
    /// Why this time, and what is not counted.
    pub(super) why: String,
}

/// The promise for what is handed in now.
///
/// # Errors
/// The refusal that accepting would meet.
pub(super) fn promise(
    desk: &Desk,
    me: &SignedIn,
    moment: &Moment,
    procedure: &Procedure,
    decided_by: AgencyId,
) -> Result<Promise, Refusal> {
    let reference = ProcedureRef { code: procedure.code.clone(), version: procedure.version };
    let unknown = || Refusal::UnknownProcedure(reference.clone());
    let agency = moment.directory.agency(me.agency).ok_or_else(unknown)?;
    let whole = |c: &procedure::Component| Component {
        id: Some(c.id.to_string()),
        copies: c.copies,
        file: None,
        source: "paper".into(),
    };
    let filing = Submit {
        procedure: reference.clone(),
        applicant: desk.front.mint.id(me.now),
        channel: Channel::Counter,
        received_by: me.agency,
        decided_by,
        facts: serde_json::Map::new(),
        components: procedure.components.iter().map(whole).collect(),
        form_hash: None,
        reopens: None,
        term: None,
    };
    let stamp = Stamp { actor: me.actor(), happened_at: me.now, recorded_at: me.now };
    let code = CaseCode::new(&agency.code, today(me.now), 0);
    let id = desk.front.mint.id(me.now);
    let (mut case, _) = casework::submit(moment, &stamp, id, code, filing)?;
    let changes = casework::decide(moment, &stamp, &case, &Command::Accept { note: "".into() })?;
    for change in &changes {
        casework::evolve(&mut case, change, &stamp);
    }
    let wrong = Refusal::WrongStatus { status: case.status, command: ACCEPT };
    let due = case.due().ok_or(wrong)?;
    let why = why(desk, me, procedure, due);
    Ok(Promise { case, due, why })
}

fn why(desk: &Desk, me: &SignedIn, procedure: &Procedure, due: Instant) -> String {
    let words = &me.words;
    let at = words.time(me.now);
    let mut said = match procedure.same_day_cutoff {
        Some(cutoff) => {
            let cutoff = format!("{:02}:{:02}", cutoff.hour(), cutoff.minute());
            if today(due) == today(me.now) {
                tr!(me, "counter-why-today", at = at, cutoff = cutoff)
            } else {
                tr!(me, "counter-why-next", at = at, cutoff = cutoff)
            }
        }
        None => {
            let limit = limit(words, procedure).unwrap_or_default();
            tr!(me, "counter-why-limit", at = at, limit = limit)
        }
    };
    let off = days_off(desk, me, due);
    if !off.is_empty() {
        said.push(' ');
        said.push_str(&tr!(me, "counter-why-off", days = off));
    }
    said
}

/// The time limit at the counter, in words; none where nobody has confirmed it.
pub(crate) fn limit(words: &Words, procedure: &Procedure) -> Option<String> {
    let channel = procedure.channel(ChannelKind::Counter)?;
    let limit = channel.promise()?.time_limit();
    let n = limit.amount();
    Some(match limit.unit() {
        Unit::WorkingHour => tr!(words, "counter-limit-hours", n = n),
        Unit::WorkingDay => tr!(words, "counter-limit-days", n = n),
        Unit::CalendarDay => tr!(words, "counter-limit-calendar", n = n),
        Unit::Month => tr!(words, "counter-limit-months", n = n),
    })
}

/// Days off from today until the day after the promise: people ask about them.
fn days_off(desk: &Desk, me: &SignedIn, due: Instant) -> String {
    let (words, from, to) = (&me.words, today(me.now), today(due));
    let to = to.tomorrow().unwrap_or(to);
    let holidays = (from.year()..=to.year()).flat_map(|year| desk.holidays.of(year));
    let near = holidays.filter(|holiday| (from..=to).contains(&holiday.date));
    let named = near.take(DAYS_OFF_MAX).map(|holiday| {
        let name = match words.lang {
            web::Lang::Vi => holiday.name_vi,
            web::Lang::En => holiday.name_en,
        };
        tr!(words, "counter-day-off", day = words.date_short(holiday.date), name = name)
    });
    named.collect::<Vec<_>>().join(", ")
}

/// The hands that a dossier of this procedure passes, with their hours.
pub(super) fn hands(
    me: &SignedIn,
    moment: &Moment,
    procedure: &Procedure,
    decided_by: AgencyId,
) -> Vec<(String, String)> {
    let receive = tr!(me, "counter-hand-receive", name = me.name());
    let mut hands = vec![(receive, String::new())];
    for step in procedure.workflow.steps() {
        let hours = me.words.working_time(step.hours.minutes().into());
        hands.push((hand(me, moment, procedure, decided_by, step), hours));
    }
    hands.push((tr!(me, "counter-hand-return"), String::new()));
    hands
}

fn hand(
    me: &SignedIn,
    moment: &Moment,
    procedure: &Procedure,
    decided_by: AgencyId,
    step: &Step,
) -> String {
    let agency = match &step.agency {
        AgencySelector::Deciding => Some(decided_by),
        AgencySelector::Receiving => Some(me.agency),
        AgencySelector::Named(code) => moment.agency(code, me.now),
    };
    let seat = agency.and_then(|agency| moment.route(agency, &step.role, procedure, 0, me.now));
    match seat {
        Some(seat) => seat_label(moment, seat, me.now),
        None => tr!(me, "counter-hand-nobody", step = step.name.as_str()),
    }
}

/// "Ma Văn Khánh, công chức tư pháp - hộ tịch".
pub(super) fn seat_label(moment: &Moment, seat: PostId, at: Instant) -> String {
    let title = moment.directory.post(seat).map_or("", |post| post.title.as_str());
    match moment.directory.holder(seat, at) {
        Some(person) => format!("{}, {title}", person.name),
        None => title.to_owned(),
    }
}

/// Who may decide a procedure that is handed in here, the usual one first.
pub(super) fn deciders(me: &SignedIn, moment: &Moment, procedure: &Procedure) -> Vec<AgencyId> {
    let first = procedure.workflow.first();
    let can = |agency: AgencyId| {
        let role = first.role.as_str();
        !moment.directory.candidates(agency, role, &procedure.sector, me.now).is_empty()
    };
    if can(me.agency) || !matches!(first.agency, AgencySelector::Deciding) {
        return vec![me.agency];
    }
    // A centre receives for the departments beside it and their units.
    let directory = &moment.directory;
    let above = directory.agency(me.agency).and_then(|agency| agency.parent);
    let beside = above.iter().flat_map(|above| directory.children(*above));
    let below = beside.clone().flat_map(|agency| directory.children(*agency));
    let at_commune = |agency: &&AgencyId| {
        directory.agency(**agency).is_some_and(|a| a.level == directory::AgencyLevel::Commune)
    };
    beside.chain(below).filter(|a| !at_commune(a)).copied().filter(|a| can(*a)).collect()
}
