//! The counter: choose a procedure, see the promise before it is made, fill, tick, take on.
//!
//! One page and one form. Every button sends all of it, and whatever cannot be done shows the
//! page again with everything that was typed and every file that was sent.

mod answers;
mod applicant;
mod filing;
mod known;
mod papers;
mod promise;
mod sent;
mod typed;
mod view;

use axum::{
    Router,
    extract::{Multipart, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use desk::{Charge, Owed, agency_line};
use identity::{
    access::{Action, Denial, Target},
    party::Known,
};
use kernel::{AgencyId, CaseCode, ProcedureCode, today};
use maud::Markup;
use procedure::{ChannelKind, Due, Level, Procedure};
use serde::Deserialize;
use store::Tx;
use web::{
    SignedIn,
    components::flash::Flash,
    form::Faults,
    http::{Problem, csrf, flash::see_other_with, see_other, uploads},
    tr,
};

use self::{
    filing::{Money, Wish},
    typed::Typed,
    view::{Hall, Page},
};

use super::{COUNTER, DOSSIER, context, forbidden, refusal};
use crate::{Desk, Error, Moment, Result, commands::file_then, queries};

pub(crate) use self::filing::{RETURN_ANSWER, RETURNS};
pub(crate) use self::promise::limit as limit_in_words;

/// Most bytes of one filing, files included.
const FILING_BYTES_MAX: usize = 100_000_000;

/// The addresses of the counter.
pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route(COUNTER, get(show).post(file).layer(uploads(FILING_BYTES_MAX)))
        .route("/quay/thu-tuc", get(procedures))
}

#[derive(Debug, Default, Deserialize)]
struct Wanted {
    #[serde(default, rename = "thu-tuc")]
    procedure: String,
    #[serde(default)]
    q: String,
    /// The name of the form.
    #[serde(default)]
    phieu: String,
}

async fn show(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    may_file(&desk, &me).map_err(|denial| forbidden(&me, &denial))?;
    if let (Ok(code), false) = (wanted.procedure.parse(), sent::is_name(&wanted.phieu)) {
        return Ok(see_other(&sent::address(&desk, &code)));
    }
    let mut typed = Typed::default();
    typed.set("thu-tuc", wanted.procedure);
    typed.set(sent::ONCE, wanted.phieu);
    typed.set("q", wanted.q);
    let page = render(&desk, &me, &typed, None, &Faults::default()).await?;
    Ok(page.into_response())
}

/// The procedures that a few letters find, as they are typed.
async fn procedures(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Markup, Problem> {
    may_file(&desk, &me).map_err(|denial| forbidden(&me, &denial))?;
    let moment = desk.moment();
    let found = moment.shelf.search(&wanted.q, level(&me, &moment), today(me.now));
    Ok(view::found(&me, &found))
}

fn may_file(desk: &Desk, me: &SignedIn) -> Result<(), Box<Denial>> {
    let here = agency_line(&me.directory, me.agency);
    me.may(&desk.front, Action::Submit, Target::Agency(&here)).check()
}

/// Which procedures are handed in at the officer's agency.
fn level(me: &SignedIn, moment: &Moment) -> Option<Level> {
    let agency = moment.directory.agency(me.agency)?;
    Some(match agency.level {
        directory::AgencyLevel::Commune => Level::Commune,
        _ => Level::Province,
    })
}

async fn file(
    State(desk): State<Desk>,
    me: SignedIn,
    form: Multipart,
) -> Result<Response, Problem> {
    may_file(&desk, &me).map_err(|denial| forbidden(&me, &denial))?;
    let mut faults = Faults::default();
    let mut typed = typed::read(&desk, &me, form, &mut faults).await?;
    if !me.csrf_fits(typed.text(csrf::FIELD)) {
        return Err(Problem::forbidden());
    }
    let moment = desk.moment();
    let Some(procedure) = chosen(&me, &moment, &typed) else {
        faults.add("q", tr!(me, "counter-procedure-missing"));
        return again(&desk, &me, &typed, None, &faults).await;
    };
    let number = applicant::number(&me, &typed, &mut faults);
    let known = known::look_up(&desk, &me, number.clone()).await?;
    let wish = Wish::of(typed.text("do"));
    if wish == Wish::LookUp {
        // The other fields are not finished yet, so only the number is spoken about.
        known::fill_in(&desk, &me, &procedure, known.as_ref(), &mut typed).await?;
        return again(&desk, &me, &typed, known, &faults).await;
    }
    if known::is_of_another(&typed, known.as_ref()) {
        faults.add("so", tr!(me, "counter-number-changed"));
    }
    let applicant = applicant::applicant(&me, &typed, number, known.as_ref(), &mut faults);
    // Who is sent away need not have filled in everything.
    let whole = wish == Wish::Accept;
    let mut of_form = Faults::default();
    let party = known.as_ref().map(|known| &known.party);
    let answers = answers::answers(&me, &moment, &procedure, &typed, party, &mut of_form);
    let papers = papers::papers(&me, &procedure, &typed, whole, &mut of_form);
    let seen = filing::seen(&me, &procedure, &typed, &mut of_form);
    let owed = desk::fees(&procedure, ChannelKind::Counter, &answers, &seen, today(me.now));
    let paid = filing::paid(&me, &typed, &owed, &mut of_form);
    if whole {
        of_form.iter().for_each(|(field, fault)| faults.add(field, fault));
    }
    let then = filing::follow_up(&me, &typed, wish, &mut faults);
    let decided_by = decider(&me, &moment, &procedure, &typed);
    if !faults.is_empty() {
        return again(&desk, &me, &typed, known, &faults).await;
    }
    // Nothing is charged of who is sent away, and no money taken of who must come again.
    let charge = if wish == Wish::Decline { Charge::Nothing } else { Charge::Fees(seen) };
    let first = |owed: &Owed<'_>| owed.fee.due == Due::Acceptance && owed.amount() > 0;
    let waits = paid.is_none() && owed.iter().any(first);
    let money = Money { charge, paid: paid.filter(|_| whole) };
    let new = filing::filing(&procedure, applicant, answers, papers, decided_by, money, whole);
    let key = sent::key(&desk, &me, &typed);
    match file_then(&desk, &me, key.clone(), new, then).await {
        Ok((code, before)) => Ok(to_receipt(&me, wish, waits, &code, before)),
        Err(Error::KeyReused) => {
            faults.add("q", sent::changed(&desk, &me, key).await?);
            typed.set(sent::ONCE, "");
            again(&desk, &me, &typed, known, &faults).await
        }
        Err(error) => {
            let why = refusal::of_error(&me.words, &error, &moment, Some(&procedure), me.now);
            let Some(why) = why else { return Err(error.into()) };
            faults.add("q", why);
            again(&desk, &me, &typed, known, &faults).await
        }
    }
}

fn to_receipt(me: &SignedIn, wish: Wish, waits: bool, code: &CaseCode, before: bool) -> Response {
    let path = format!("{DOSSIER}/{code}/giay-hen");
    let code = code.as_str();
    if before {
        return see_other_with(&path, Flash::notice(tr!(me, "counter-sent-before", code = code)));
    }
    let said = match wish {
        Wish::Decline => tr!(me, "counter-done-declined", code = code),
        Wish::Supplement => tr!(me, "counter-done-supplement", code = code),
        Wish::Accept if waits => tr!(me, "counter-done-waits-for-fee", code = code),
        Wish::Accept | Wish::LookUp => tr!(me, "counter-done-accepted", code = code),
    };
    see_other_with(&path, Flash::done(said))
}

/// The page once more, with everything that was typed.
async fn again(
    desk: &Desk,
    me: &SignedIn,
    typed: &Typed,
    known: Option<Known>,
    faults: &Faults,
) -> Result<Response, Problem> {
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, render(desk, me, typed, known, faults).await?).into_response())
}

async fn render(
    desk: &Desk,
    me: &SignedIn,
    typed: &Typed,
    known: Option<Known>,
    faults: &Faults,
) -> Result<Markup, Problem> {
    let moment = desk.moment();
    let procedure = chosen(me, &moment, typed);
    let found = match &procedure {
        Some(_) => Vec::new(),
        None => moment.shelf.search(typed.text("q"), level(me, &moment), today(me.now)),
    };
    let (shared, me_too) = (desk.clone(), me.clone());
    let hall = desk.front.store.read(move |tx| hall(tx, &shared, &me_too)).await?;
    let ctx = context(desk, me).await?;
    let decided_by = procedure.as_deref().map(|p| decider(me, &moment, p, typed));
    let procedure = procedure.as_deref();
    let page = Page {
        desk,
        me,
        ctx: &ctx,
        moment: &moment,
        procedure,
        decided_by: decided_by.unwrap_or(me.agency),
        found: &found,
        typed,
        known: known.as_ref(),
        faults,
        hall: &hall,
    };
    Ok(view::page(&page))
}

fn hall(tx: &mut Tx<'_>, desk: &Desk, me: &SignedIn) -> Result<Hall> {
    let tenant = &desk.front.tenant;
    let queue = queries::hall(tx, tenant, me.agency, me.seat(), me.now)?;
    let (online, online_due) = queries::to_accept(tx, tenant, me.agency)?;
    Ok(Hall { queue, online, online_due })
}

fn chosen(me: &SignedIn, moment: &Moment, typed: &Typed) -> Option<std::sync::Arc<Procedure>> {
    let code: ProcedureCode = typed.text("thu-tuc").parse().ok()?;
    moment.shelf.in_force(&code, today(me.now)).cloned()
}

/// The agency that decides: the one chosen, where it can.
fn decider(me: &SignedIn, moment: &Moment, procedure: &Procedure, typed: &Typed) -> AgencyId {
    let can = promise::deciders(me, moment, procedure);
    let wanted: Option<AgencyId> = typed.text("noi-quyet-dinh").parse().ok();
    let wanted = wanted.filter(|wanted| can.contains(wanted));
    wanted.or(can.first().copied()).unwrap_or(me.agency)
}
