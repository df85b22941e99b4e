//! An answer that was sent: understood, kept, and on to the next question.

use axum::{
    extract::{Path, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use web::{
    Citizen, MaybeCitizen,
    components::flash::Flash,
    front::ENTER,
    http::{Problem, encoded, flash::see_other_with, see_other},
    tr,
};

use super::{
    Shown, View, control, find, in_words,
    keep::{Change, Changes, Kept, keep},
    open,
};
use crate::{
    Services, drafts, filing,
    model::{DraftId, Question, RETURNS, asked},
    offices,
    pages::{FILL, ME, typed, typed::Sent},
};

pub(super) async fn send(
    State(services): State<Services>,
    me: MaybeCitizen,
    Path((id, at)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let sent = typed::read(request).await?;
    let Some(me) = me.citizen else {
        return signed_out(&services, &me, &id, &at, &sent).await;
    };
    if !me.csrf_fits(sent.text(web::http::csrf::FIELD)) {
        return Err(Problem::forbidden());
    }
    let open = open(&services, &me, &id).await?;
    let all = filing::questions_at(&open.procedure, &open.moment, me.now);
    let (question, number) = find(&all, &open.draft.sheet, &at).ok_or_else(Problem::not_found)?;
    let view = View { services: &services, me: &me, open: &open, all: &all, at: &at };
    let later = sent.text("do") == "later";
    let back = !sent.text("_ve").is_empty();
    let change = match parse(&view, question, &sent, later).await? {
        Ok(change) => change,
        Err(shown) => {
            let shown = Shown { typed: Some(sent), back, ..*shown };
            // Files that were good have been kept meanwhile.
            let open = super::open(&services, &me, &id).await?;
            let view = View { open: &open, ..view };
            let page = view.page(question, &shown).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    if let Some(change) = change {
        let changes = Changes::of(question, change, sent.text("_cu"));
        if let Kept::Other(draft, _) = keep(&services, &me, &open, &changes).await? {
            // Another window was faster: both are shown, and the person says which holds.
            let other = in_words(&me, &open.moment, &draft.sheet, &question);
            let open = super::Open { draft: *draft, ..open.clone() };
            let view = View { open: &open, ..view };
            let remark = Some(tr!(me, "fill-elsewhere", other = other));
            let shown = Shown { typed: Some(sent), remark, back, ..Shown::default() };
            let page = view.page(question, &shown).await?;
            return Ok((StatusCode::CONFLICT, page).into_response());
        }
    }
    if later {
        return Ok(see_other_with(ME, Flash::done(tr!(me, "fill-left"))));
    }
    if matches!(question, Question::Paper(_)) && !sent.text("them").is_empty() {
        return Ok(see_other(&format!("{FILL}/{id}/{at}")));
    }
    let asked = asked(&all, &open.draft.sheet);
    Ok(see_other(&match number {
        Some(n) if n < asked.len() && !back => format!("{FILL}/{id}/{}", n + 1),
        _ => format!("{FILL}/{id}/kiem-tra"),
    }))
}
/// Holds what was typed by somebody whose session has ended, and sends them to sign in.
async fn signed_out(
    services: &Services,
    me: &MaybeCitizen,
    id: &str,
    at: &str,
    sent: &Sent,
) -> Result<Response, Problem> {
    let id: DraftId = id.parse().map_err(|_| Problem::not_found())?;
    let here = format!("{FILL}/{id}/{at}");
    let way = format!("{ENTER}?tiep={}", encoded(&here));
    // The question by its name, which does not change with what is known.
    let key = sent.text("_cau").to_owned();
    let key = if key.is_empty() { at.to_owned() } else { key };
    let (shared, typed, now) = (services.desk.clone(), sent.own(), me.now);
    let held =
        services.desk.front.store.write(move |tx| drafts::hold(tx, &shared, id, &key, &typed, now));
    let said =
        if held.await? { tr!(me, "fill-signed-out") } else { tr!(me, "fill-signed-out-lost") };
    Ok(see_other_with(&way, Flash::notice(said)))
}
/// What the form says. Somebody who goes on later may leave everything as it is.
pub(in crate::pages) async fn parse(
    view: &View<'_>,
    question: Question<'_>,
    sent: &Sent,
    later: bool,
) -> Result<Result<Option<Change>, Box<Shown>>, Problem> {
    let me = view.me;
    let fault = |said: String| {
        let mut shown = Shown::default();
        shown.faults.add(typed::NAME, said);
        Ok(Err(Box::new(shown)))
    };
    match question {
        Question::Office => {
            let all = offices::offices(&view.open.moment, &view.open.procedure, me.now);
            match typed::office(&all, sent.text(typed::NAME)) {
                Some(office) => Ok(Ok(Some(Change::Office(office)))),
                None if later => Ok(Ok(None)),
                None => fault(tr!(me, "fill-office-missing")),
            }
        }
        Question::Returns => match RETURNS.iter().find(|way| **way == sent.text(typed::NAME)) {
            Some(way) => Ok(Ok(Some(Change::Returns((*way).to_owned())))),
            None if later => Ok(Ok(None)),
            None => fault(tr!(me, "fill-choose")),
        },
        Question::Field(field) => {
            let (moment, procedure) = (&view.open.moment, &view.open.procedure);
            match typed::answer(&me.words, moment, procedure, field, sent) {
                Ok(Some(value)) => Ok(Ok(Some(Change::Answer(Some(value))))),
                Ok(None) if later => Ok(Ok(None)),
                Ok(None) if field.required => fault(missing(me, field.kind)),
                Ok(None) => Ok(Ok(Some(Change::Answer(None)))),
                Err(typed::Unfit::Said(said)) => fault(said),
                Err(typed::Unfit::Several(places)) => {
                    let mut shown = Shown { places, ..Shown::default() };
                    shown.faults.add(typed::PLACE, tr!(me, "fill-commune-several"));
                    Ok(Err(Box::new(shown)))
                }
            }
        }
        Question::Paper(component) => control::files(view, component, sent, later).await,
    }
}

/// What is said where a required answer is missing.
fn missing(me: &Citizen, kind: procedure::FieldKind) -> String {
    match kind {
        procedure::FieldKind::Choice => tr!(me, "fill-choose"),
        procedure::FieldKind::Date => tr!(me, "fill-date-missing"),
        _ => tr!(me, "fill-missing"),
    }
}
