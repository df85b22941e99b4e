//! An incident from the alert that opens it to its conclusion. Who acts is asked in plain sight.

use casework::{Case, Channel, Command, Note, Stamp};
use desk::{Applicant, Charge, Desk, Filing};
use directory::{Directory, RoleCode};
use identity::access::{Action, Target};
use journal::{Data, EventKind, Happened};
use kernel::{AgencyId, CaseCode, CaseId, Instant, PostId, hex};
use procedure::{Matter, StepId};
use sha2::{Digest, Sha256};
use store::{Tx, args};
use web::SignedIn;

use super::tell::{Why, tell};
use crate::{
    Error, Result,
    model::{Owner, Rule},
    queries::{self, Sampled},
};

/// The procedure of incidents.
pub const PROCEDURE: &str = "9.930001";
/// Most letters of what was done.
const WORDS_MAX: usize = 4000;
/// Most things that are noted of one incident.
const ACTIONS_MAX: u32 = 200;

kernel::words! {
    /// Why an incident came about.
    Cause {
        /// Too few people for the work.
        People = "people",
        /// A machine, a line or a program failed.
        Technical = "technical",
        /// The way of working is at fault.
        Process = "process",
        /// The data were wrong, not the matter.
        Data = "data",
        /// Much more came than usual.
        Load = "load",
        /// It went by itself before anybody did anything.
        Passed = "passed",
        /// Something else, said in words.
        Other = "other",
    }
}

/// How somebody asks for an incident to be closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// Why it came about.
    pub cause: Cause,
    /// What was done, in words.
    pub words: String,
}

/// What was raised.
pub(crate) struct Raised<'a> {
    pub(crate) rule: &'a Rule,
    pub(crate) of: &'a Sampled,
    pub(crate) reading: f64,
    pub(crate) pos: u64,
}

/// Opens an incident for what was raised; where one is open of the same rule and scope, that one
/// goes on. Answers the case, and whether it is a new one.
pub(crate) fn open(
    tx: &mut Tx<'_>,
    desk: &Desk,
    raised: &Raised<'_>,
    stamp: &Stamp,
) -> Result<(CaseId, bool)> {
    let (tenant, now) = (&desk.front.tenant, stamp.recorded_at);
    let scope = raised.of.scope.to_string();
    let known: Option<(CaseId, CaseCode, Option<Instant>)> = tx.opt(
        "select case_id, code, acknowledged_at from alert where tenant = $1 and rule = $2 and scope = $3
             and closed_at is null order by raised_at desc limit 1",
        args!(tenant, &raised.rule.id, &scope),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    if let Some((case, code, acknowledged)) = known {
        tx.put(
            "update alert set again = again + 1, cleared_at = null, updated_at = $3
             where tenant = $1 and case_id = $2",
            args!(tenant, case, now),
        )?;
        if acknowledged.is_none() {
            let held = load(tx, desk, case)?.holdings.into_values().next();
            if let Some(held) = held {
                tell(tx, desk, &code, (held.post, Why::Opened), stamp)?;
            }
        }
        return Ok((case, false));
    }
    let (case, owner) = file(tx, desk, raised, stamp)?;
    let moment = desk.moment();
    let calendar = moment.calendars.agency(case.decided_by);
    let wait = calendar::WorkingTime::hours(raised.rule.escalate_hours.into());
    tx.put(
        "insert into alert (tenant, case_id, code, rule, rule_text, scope, agency, owner, reading,
             pos, raised_at, again, escalate_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, $11)",
        args!(
            tenant,
            case.id,
            &case.code,
            &raised.rule.id,
            raised.rule.to_text(),
            scope,
            raised.of.agency,
            owner,
            raised.reading,
            i64::try_from(raised.pos).unwrap_or(i64::MAX),
            now,
            calendar.add(now, wait)
        ),
    )?;
    if let Some(owner) = owner {
        tell(tx, desk, &case.code, (owner, Why::Opened), stamp)?;
    }
    Ok((case.id, true))
}

/// Files the case between agencies, takes it on, and gives its first step to the owner.
fn file(
    tx: &mut Tx<'_>,
    desk: &Desk,
    raised: &Raised<'_>,
    stamp: &Stamp,
) -> Result<(Case, Option<PostId>)> {
    let (moment, now) = (desk.moment(), stamp.recorded_at);
    let agency = owner_agency(raised.rule, raised.of.agency, &moment.directory, now);
    let within = calendar::WorkingTime::hours(raised.rule.within_hours.into());
    let filing = Filing {
        matter: Matter::Incident,
        procedure: PROCEDURE.parse().map_err(|_| desk::Error::NoProcedure(PROCEDURE.to_owned()))?,
        channel: Channel::Online,
        applicant: Applicant::Agency(raised.of.agency),
        answers: desk::Answers::new(),
        papers: Vec::new(),
        received_by: agency,
        decided_by: None,
        reopens: None,
        term: Some(moment.calendars.agency(agency).add(now, within)),
        charge: Charge::default(),
    };
    let filed = desk::file(tx, desk, &filing, stamp)?;
    let case = desk::accept(tx, desk, filed, stamp)?.case;
    let role = &raised.rule.owner_role;
    let owner = seat(&moment.directory, agency, role, now);
    let Some((step, holding)) = case.holdings.first_key_value() else { return Ok((case, owner)) };
    let (step, held) = (step.clone(), holding.post);
    match owner {
        Some(post) if post != held => Ok((assign(tx, desk, case, step, post, stamp)?, owner)),
        _ => Ok((case, Some(held))),
    }
}

/// The agency that has to do something; where the rule names none that exists, the one of the
/// figure.
fn owner_agency(rule: &Rule, of: AgencyId, directory: &Directory, now: Instant) -> AgencyId {
    match &rule.owner {
        Owner::Own => of,
        Owner::Agency(code) => {
            let agency = directory.agency_by_code(code);
            agency.filter(|agency| agency.validity.covers(now)).map_or(of, |agency| agency.id)
        }
    }
}

/// The seat of a role there, if anybody sits in it.
fn seat(directory: &Directory, agency: AgencyId, role: &str, now: Instant) -> Option<PostId> {
    // A deputy stands in by delegation; the incident itself is the head's.
    let head = (role == RoleCode::HEAD).then(|| directory.head_of(agency, now)).flatten();
    head.or_else(|| directory.candidates(agency, role, "", now).first().copied())
}

/// Gives a step to another seat.
pub(super) fn assign(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: Case,
    step: StepId,
    post: PostId,
    stamp: &Stamp,
) -> Result<Case> {
    let command = Command::Assign { step, post, note: Note::default() };
    Ok(desk::act(tx, desk, case, None, &command, stamp)?.case)
}

/// Completes the open step `of`, for whoever holds it; what opens next stays in the hands of
/// `next`, where somebody is named.
#[expect(clippy::too_many_arguments, reason = "what is done, to what, by whom, and what follows")]
fn complete(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: Case,
    expected: Option<u32>,
    (of, outcome): (&str, &str),
    note: &str,
    next: Option<PostId>,
    stamp: &Stamp,
) -> Result<Case> {
    let step = case.holdings.keys().find(|step| step.as_str() == of).cloned();
    let step = step.ok_or(Error::NotNow)?;
    let outcome = outcome.parse().map_err(|_| Error::NotNow)?;
    let command = Command::Complete { step, outcome, note: note.into() };
    let case = desk::act(tx, desk, case, expected, &command, stamp)?.case;
    let opened = case.holdings.first_key_value().map(|(step, held)| (step.clone(), held.post));
    match (opened, next) {
        (Some((step, held)), Some(next)) if held != next => {
            assign(tx, desk, case, step, next, stamp)
        }
        _ => Ok(case),
    }
}

fn load(tx: &mut Tx<'_>, desk: &Desk, case: CaseId) -> Result<Case> {
    casework::load(tx, &desk.front.tenant, case)?.ok_or(Error::NoSuchIncident)
}

fn may(desk: &Desk, me: &SignedIn, case: &Case) -> Result<()> {
    let facts = desk.facts(case, &desk.moment());
    me.may(&desk.front, Action::CompleteStep, Target::Case(&facts)).check()?;
    Ok(())
}

fn stamp(me: &SignedIn) -> Stamp {
    Stamp { actor: me.actor(), happened_at: me.now, recorded_at: me.now }
}

/// Somebody takes it on: whoever acknowledges it works on it.
///
/// # Errors
/// Where this person does not hold it, or it was acknowledged before.
pub fn acknowledge(
    tx: &mut Tx<'_>,
    desk: &Desk,
    me: &SignedIn,
    case: CaseId,
    expected: Option<u32>,
) -> Result<Case> {
    let case = load(tx, desk, case)?;
    may(desk, me, &case)?;
    acknowledged(tx, desk, case, expected, me.seat(), &stamp(me))
}

/// As [`acknowledge`], by whoever stands behind the stamp.
pub(crate) fn acknowledged(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: Case,
    expected: Option<u32>,
    by: PostId,
    stamp: &Stamp,
) -> Result<Case> {
    let done = complete(tx, desk, case, expected, ("xac-nhan", "nhan"), "", Some(by), stamp)?;
    tx.put(
        "update alert set acknowledged_at = $3, updated_at = $3
         where tenant = $1 and case_id = $2",
        args!(&desk.front.tenant, done.id, stamp.recorded_at),
    )?;
    Ok(done)
}

/// What was done is noted; the journal has the hash of the words.
///
/// # Errors
/// Where this person does not hold it, or it is closed.
pub fn take_action(
    tx: &mut Tx<'_>,
    desk: &Desk,
    me: &SignedIn,
    case: CaseId,
    words: &str,
) -> Result<()> {
    let case = load(tx, desk, case)?;
    may(desk, me, &case)?;
    noted(tx, desk, &case, words, &stamp(me))
}

/// As [`take_action`], by whoever stands behind the stamp.
pub(crate) fn noted(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: &Case,
    words: &str,
    stamp: &Stamp,
) -> Result<()> {
    let (tenant, words) = (&desk.front.tenant, kernel::nfc(words.trim()));
    if case.ended_at.is_some() || words.is_empty() || words.chars().count() > WORDS_MAX {
        return Err(Error::NotNow);
    }
    let count: u32 = tx.one(
        "select count(*) from alert_action where tenant = $1 and case_id = $2",
        args!(tenant, case.id),
        |row| row.get(0),
    )?;
    if count >= ACTIONS_MAX {
        return Err(Error::NotNow);
    }
    tx.put(
        "insert into alert_action (tenant, case_id, number, actor, words, recorded_at)
         values ($1, $2, $3, $4, $5, $6)",
        args!(tenant, case.id, count + 1, &stamp.actor, words.as_str(), stamp.recorded_at),
    )?;
    let what = Happened {
        kind: EventKind::named("incident.action"),
        actor: stamp.actor.clone(),
        happened_at: stamp.happened_at,
        recorded_at: stamp.recorded_at,
        data: Data::of(&serde_json::json!({
            "incident": case.code, "sha256": hex(&Sha256::digest(words.as_bytes())),
        }))?,
    };
    let name = format!("incident {}", case.code);
    journal::record(tx, tenant, &desk.front.mint, &name, what)?;
    Ok(())
}

/// Whoever works on it says what the cause was and what was done; the head concludes.
///
/// # Errors
/// Where this person does not hold it, or it is not being worked on.
pub fn close(
    tx: &mut Tx<'_>,
    desk: &Desk,
    me: &SignedIn,
    case: CaseId,
    expected: Option<u32>,
    closing: &Closing,
) -> Result<Case> {
    let case = load(tx, desk, case)?;
    may(desk, me, &case)?;
    closed(tx, desk, case, expected, closing, &stamp(me))
}

/// As [`close`], by whoever stands behind the stamp.
pub(crate) fn closed(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: Case,
    expected: Option<u32>,
    closing: &Closing,
    stamp: &Stamp,
) -> Result<Case> {
    let words = closing.words.trim();
    let head = desk.front.directory.get().head_of(case.decided_by, stamp.recorded_at);
    let done = complete(tx, desk, case, expected, ("xu-ly", "xong"), words, head, stamp)?;
    tx.put(
        "update alert set cause = $3, updated_at = $4 where tenant = $1 and case_id = $2",
        args!(&desk.front.tenant, done.id, closing.cause.word(), stamp.recorded_at),
    )?;
    Ok(done)
}

/// The head concludes: the incident is over.
///
/// # Errors
/// Where this person does not hold it, or nobody asked for it to be closed.
pub fn conclude(
    tx: &mut Tx<'_>,
    desk: &Desk,
    me: &SignedIn,
    case: CaseId,
    expected: Option<u32>,
    words: &str,
) -> Result<Case> {
    let case = load(tx, desk, case)?;
    may(desk, me, &case)?;
    concluded(tx, desk, case, expected, words, &stamp(me))
}

/// As [`conclude`], by whoever stands behind the stamp.
pub(crate) fn concluded(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: Case,
    expected: Option<u32>,
    words: &str,
    stamp: &Stamp,
) -> Result<Case> {
    let done = complete(tx, desk, case, expected, ("dong", "dong"), words, None, stamp)?;
    tx.put(
        "update alert set closed_at = $3, updated_at = $3 where tenant = $1 and case_id = $2",
        args!(&desk.front.tenant, done.id, stamp.recorded_at),
    )?;
    Ok(done)
}

/// The head finds that it is not over: it goes back to whoever worked on it.
///
/// # Errors
/// Where this person does not hold it, or nobody asked for it to be closed.
pub fn reopen(
    tx: &mut Tx<'_>,
    desk: &Desk,
    me: &SignedIn,
    case: CaseId,
    expected: Option<u32>,
    words: &str,
) -> Result<Case> {
    let case = load(tx, desk, case)?;
    may(desk, me, &case)?;
    let owner = queries::by_case(tx, &desk.front.tenant, case.id)?.and_then(|alert| alert.owner);
    complete(tx, desk, case, expected, ("dong", "lam-tiep"), words, owner, &stamp(me))
}
