//! What the reporter, and others who have it too, do with a report.

use casework::{Case, Command, Component, Stamp};
use desk::{Rated, Score};
use kernel::{Actor, CaseId, Instant, PartyId};
use procedure::Matter;
use store::{Tx, args};

use super::{
    keep::{NewReport, Sent, keep_photos, report},
    sync::{act, tell},
};
use crate::{
    Error, Feedback, Result,
    model::{self, Report, State},
    queries,
};

fn open(tx: &mut Tx<'_>, feedback: &Feedback, case: CaseId) -> Result<(Report, Case)> {
    let tenant = &feedback.front.tenant;
    let report = model::by_case(tx, tenant, case)?.ok_or(Error::NoSuchReport)?;
    let case = casework::load(tx, tenant, case)?.ok_or(Error::NoSuchReport)?;
    Ok((report, case))
}

/// The reporter's own stamp: who holds the secret speaks for who reported.
fn stamp(case: &Case, now: Instant) -> Stamp {
    Stamp { actor: Actor::Party(case.applicant), happened_at: now, recorded_at: now }
}

/// "This is mine too": once for everybody. Answers whether it counted.
///
/// # Errors
/// [`Error::NoSuchReport`] for a report that the public does not see, or that is over.
pub fn support(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    case: CaseId,
    who: &[u8; 32],
    party: Option<PartyId>,
    now: Instant,
) -> Result<bool> {
    let known = model::by_case(tx, &feedback.front.tenant, case)?.ok_or(Error::NoSuchReport)?;
    if !known.shown || !known.is_open {
        return Err(Error::NotNow);
    }
    add_supporter(tx, feedback, case, who, party, now)
}

pub(super) fn add_supporter(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    case: CaseId,
    who: &[u8; 32],
    party: Option<PartyId>,
    now: Instant,
) -> Result<bool> {
    let tenant = &feedback.front.tenant;
    let added = tx.exec(
        "insert into feedback_supporter (tenant, case_id, who, party, at)
         values ($1, $2, $3, $4, $5) on conflict (tenant, case_id, who) do nothing",
        args!(tenant, case, who.to_vec(), party, now),
    )?;
    if added > 0 {
        tx.put(
            "update feedback set supporters = supporters + 1 where tenant = $1 and case_id = $2",
            args!(tenant, case),
        )?;
    }
    Ok(added > 0)
}

/// The reporter answers what was asked; the clock goes on.
///
/// # Errors
/// [`Error::NotNow`] where nothing was asked.
pub fn supply(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    case: CaseId,
    words: &str,
    photos: &[String],
    now: Instant,
) -> Result<()> {
    let (known, case) = open(tx, feedback, case)?;
    if known.state != State::Asked {
        return Err(Error::NotNow);
    }
    keep_photos(tx, feedback, known.case, photos, "more", now)?;
    let stamp = stamp(&case, now);
    let component = Component { id: None, copies: 1, file: None, source: "online".into() };
    let party = case.applicant;
    let command = Command::ReceiveSupplement { components: vec![component] };
    let done = act(tx, feedback, case, None, &command, &stamp)?;
    queries::keep_words(tx, feedback, &done.case, party, words)?;
    tell(tx, feedback, known.case, "supplied", None, &stamp)?;
    Ok(())
}

/// The reporter answers the one question of satisfaction, which is that of every matter: the first
/// answer counts, and none is changed.
///
/// # Errors
/// [`Error::NotNow`] where there is no answer to judge yet.
pub fn rate(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    case: CaseId,
    score: Score,
    now: Instant,
) -> Result<Rated> {
    let (known, case) = open(tx, feedback, case)?;
    if !matches!(known.state, State::Answered | State::Closed) {
        return Err(Error::NotNow);
    }
    Ok(desk::rate(tx, feedback.desk(), &case, Matter::Feedback, score, now)?)
}

/// The reporter opens it again, once, with a reason: a new case that is tied to the first one and
/// goes to the agency that answered. Who had not said yet how satisfied they are has said it so.
///
/// # Errors
/// [`Error::NotNow`] where there is no answer, where it was reopened before, or where it is a
/// reopening itself.
pub fn reopen(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    case: CaseId,
    why: &str,
    now: Instant,
) -> Result<Sent> {
    let (known, case) = open(tx, feedback, case)?;
    let over = matches!(known.state, State::Answered | State::Closed);
    if !over || known.reopened_as.is_some() || known.reopens.is_some() {
        return Err(Error::NotNow);
    }
    let answers = desk::answers(tx, feedback.desk(), &case)?;
    let said = |key: &str| answers.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    let text = format!("{}\n\n{}: {}", why.trim(), known.code, said("noi_dung"));
    let new = NewReport {
        text,
        category: known.category,
        suggested: None,
        place: known.place.clone(),
        point: known.point,
        address: said("dia_chi"),
        name: known.name_shown.clone().unwrap_or_default(),
        phone: None,
        email: None,
        anonymous: known.name_shown.is_none(),
        wanted_shown: known.wanted_shown,
        photos: Vec::new(),
        attributes: serde_json::Map::new(),
        source: known.source.clone(),
        party: Some(case.applicant),
        reopens: Some(known.case),
        to: Some(case.decided_by),
    };
    let sent = report(tx, feedback, &new, now)?;
    tx.put(
        "update feedback set reopened_as = $3 where tenant = $1 and case_id = $2",
        args!(&feedback.front.tenant, known.case, sent.case.id),
    )?;
    desk::rate(tx, feedback.desk(), &case, Matter::Feedback, Score::Dissatisfied, now)?;
    tell(tx, feedback, known.case, "reopened", None, &stamp(&case, now))?;
    Ok(sent)
}
