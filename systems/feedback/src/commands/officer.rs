//! What officers do with a report before it is answered: take it on, give it away, refuse it. Each
//! function asks the policies in plain sight.

use casework::{Case, Command, DeclineReason, Stamp};
use desk::Desk;
use identity::access::{Action, Target};
use kernel::{AgencyId, CaseId, PlaceCode, nfc};
use store::{Tx, args};
use web::SignedIn;

use super::{
    keep::{NewReport, report},
    sync::{act, tell},
};
use crate::{
    Error, Feedback, Result,
    category::Category,
    model::{self, Refusal, Report},
    queries,
};

/// What an officer says when a report is taken on.
#[derive(Debug, Clone)]
pub struct Sorting {
    /// What it is about.
    pub category: Category,
    /// The commune.
    pub place: Option<PlaceCode>,
    /// Who answers.
    pub agency: AgencyId,
    /// Whether the public may see it from now on.
    pub show: bool,
    /// What the public reads, perhaps with something taken out.
    pub public_text: String,
    /// Where, as the public reads it.
    pub public_place: String,
}

/// The report and its case, for somebody who acts on it.
pub(super) fn open(tx: &mut Tx<'_>, feedback: &Feedback, case: CaseId) -> Result<(Report, Case)> {
    let tenant = &feedback.front.tenant;
    let report = model::by_case(tx, tenant, case)?.ok_or(Error::NoSuchReport)?;
    let case = casework::load(tx, tenant, case)?.ok_or(Error::NoSuchReport)?;
    Ok((report, case))
}

pub(super) fn may(desk: &Desk, me: &SignedIn, action: Action, case: &Case) -> Result<()> {
    let facts = desk.facts(case, &desk.moment());
    me.may(&desk.front, action, Target::Case(&facts)).check()?;
    Ok(())
}

pub(super) fn stamp(me: &SignedIn) -> Stamp {
    Stamp { actor: me.actor(), happened_at: me.now, recorded_at: me.now }
}

/// Takes a report on: its category and place are settled, it goes to whoever answers, its clock
/// starts. Where the category follows another procedure, it is filed anew under that one and the
/// first case leads there; answers the code that it then has.
///
/// # Errors
/// Where this person may not, or the rules say no.
pub fn sort(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    me: &SignedIn,
    case: CaseId,
    expected: Option<u32>,
    sorting: &Sorting,
) -> Result<Case> {
    let (known, case) = open(tx, feedback, case)?;
    may(feedback, me, Action::Accept, &case)?;
    let rules = feedback.rules(tx)?;
    let route = rules.route(sorting.category, sorting.place.as_ref(), &me.directory, me.now);
    if route.procedure != case.procedure.code {
        return refile(tx, feedback, me, &known, case, sorting);
    }
    sorted(tx, feedback, &known, case, expected, sorting, &route.profile, &stamp(me))
}

/// As [`sort`] where the procedure stays, by whoever stands behind the stamp.
#[expect(clippy::too_many_arguments, reason = "what was asked, and what is known of it already")]
pub(crate) fn sorted(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    known: &Report,
    case: Case,
    expected: Option<u32>,
    sorting: &Sorting,
    profile: &str,
    stamp: &Stamp,
) -> Result<Case> {
    let tenant = &feedback.front.tenant;
    let (mut case, mut expected) = (case, expected);
    if sorting.agency != case.decided_by {
        let command = Command::Forward { to: sorting.agency, note: "".into() };
        case = act(tx, feedback, case, expected.take(), &command, stamp)?.case;
    }
    let command = Command::Accept { note: "".into() };
    let done = act(tx, feedback, case, expected, &command, stamp)?;
    let shown = sorting.show && known.wanted_shown && !known.confidential;
    let (words, place) = (sorting.public_text.trim(), nfc(&sorting.public_place));
    tx.put(
        "update feedback set category = $3, sorted = true, profile = $4, place = $5, shown = $6,
             public_text = $7, public_place = $8, escalated_at = null
         where tenant = $1 and case_id = $2",
        args!(
            tenant,
            done.case.id,
            sorting.category.word(),
            profile,
            sorting.place.as_ref(),
            shown,
            shown.then_some(words),
            shown.then_some(place.as_str())
        ),
    )?;
    if shown {
        tx.exec(
            "update feedback_photo set shown = true where tenant = $1 and case_id = $2",
            args!(tenant, done.case.id),
        )?;
    }
    tell(tx, feedback, done.case.id, "forwarded", None, stamp)?;
    Ok(done.case)
}

/// Files what was reported anew under the procedure of another category.
fn refile(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    me: &SignedIn,
    known: &Report,
    case: Case,
    sorting: &Sorting,
) -> Result<Case> {
    let answers = desk::answers(tx, feedback.desk(), &case)?;
    let said = |key: &str| answers.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    let photos = queries::photos(tx, feedback, known.case)?;
    for photo in &photos {
        super::keep_upload(tx, feedback, &photo.hash, &photo.small, None, me.now)?;
    }
    let new = NewReport {
        text: said("noi_dung"),
        category: sorting.category,
        suggested: None,
        place: sorting.place.clone(),
        point: known.point,
        address: said("dia_chi"),
        name: known.name_shown.clone().unwrap_or_default(),
        phone: None,
        email: None,
        anonymous: known.name_shown.is_none(),
        wanted_shown: known.wanted_shown,
        photos: photos.into_iter().map(|photo| photo.hash).collect(),
        attributes: serde_json::Map::new(),
        source: known.source.clone(),
        party: Some(case.applicant),
        reopens: None,
        to: None,
    };
    let filed = report(tx, feedback, &new, me.now)?.case;
    super::merge::settle_into(tx, feedback, known.case, filed.id)?;
    let (reason, note) = (DeclineReason::NotCompetent, "Chuyển sang quy trình phù hợp".into());
    act(tx, feedback, case, None, &Command::Decline { reason, note }, &stamp(me))?;
    tell(tx, feedback, known.case, "refiled", None, &stamp(me))?;
    Ok(filed)
}

/// Gives a report to another agency. Its clock goes on as it was.
///
/// # Errors
/// As [`sort`].
pub fn reroute(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    me: &SignedIn,
    case: CaseId,
    to: AgencyId,
    why: &str,
) -> Result<()> {
    let (known, case) = open(tx, feedback, case)?;
    may(feedback, me, Action::Forward, &case)?;
    let command = Command::Forward { to, note: why.into() };
    act(tx, feedback, case, None, &command, &stamp(me))?;
    tell(tx, feedback, known.case, "rerouted", None, &stamp(me))?;
    Ok(())
}

/// Does not take a report on, with a reason that the reporter reads.
///
/// # Errors
/// As [`sort`].
pub fn refuse(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    me: &SignedIn,
    case: CaseId,
    why: Refusal,
    words: &str,
) -> Result<()> {
    let (known, case) = open(tx, feedback, case)?;
    may(feedback, me, Action::Decline, &case)?;
    let reason = match why {
        Refusal::Complaint | Refusal::NotOurs => DeclineReason::NotCompetent,
        Refusal::Unclear => DeclineReason::Incomplete,
        Refusal::Abusive => DeclineReason::NotEligible,
        Refusal::Answered => DeclineReason::Duplicate,
    };
    let command = Command::Decline { reason, note: words.into() };
    act(tx, feedback, case, None, &command, &stamp(me))?;
    tx.put(
        "update feedback set refusal = $3 where tenant = $1 and case_id = $2",
        args!(&feedback.front.tenant, known.case, why.word()),
    )?;
    tell(tx, feedback, known.case, "refused", None, &stamp(me))?;
    Ok(())
}
