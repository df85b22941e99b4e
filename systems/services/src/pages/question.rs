//! One question a page: saved at every step, and nothing that was typed is lost.

mod answer;
mod control;
mod keep;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, State},
    response::{IntoResponse, Response},
    routing::get,
};
use desk::{Moment, Result};
use kernel::today;
use maud::{Markup, html};
use procedure::Procedure;
use web::{
    Citizen,
    components::{
        errors,
        known::{Known, known},
        note, question,
    },
    form::Faults,
    http::{Problem, see_other},
    page,
    page::csrf_field,
    tr,
};

pub(super) use self::{
    answer::parse,
    control::{Place, control, taken},
    keep::{Changes, Kept, attach, keep, mark},
};
use super::{DOSSIERS, FILL, ME, app, speak, typed, typed::Sent};
use crate::{
    Services, drafts, filing, mandates,
    model::{Draft, DraftId, Question, Sheet, Source, asked},
    offices,
};

pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route(&format!("{FILL}/{{draft}}"), get(go_on))
        .route(&format!("{FILL}/{{draft}}/{{at}}"), get(show).post(answer::send))
        .layer(web::http::uploads(100_000_000))
}

/// A draft that is open before its owner.
#[derive(Clone)]
pub(super) struct Open {
    pub(super) draft: Draft,
    pub(super) procedure: Arc<Procedure>,
    pub(super) moment: Moment,
}

/// The draft of an address, if it is this person's.
///
/// # Errors
/// A [`Problem`]; one that leads to the dossier where the draft was filed.
pub(super) async fn open(services: &Services, me: &Citizen, id: &str) -> Result<Open, Problem> {
    let id: DraftId = id.parse().map_err(|_| Problem::not_found())?;
    let (shared, party, now) = (services.desk.clone(), me.party, me.now);
    let read = services.desk.front.store.read(move |tx| {
        let draft = drafts::load(tx, &shared, id, party)?;
        // What is another's is closed when the mandate is.
        let draft = match draft {
            Some(draft) if draft.applicant != party => {
                let stands = match draft.mandate {
                    Some(mandate) => {
                        let procedure = &draft.procedure.code;
                        mandates::stands(tx, &shared, mandate, party, procedure, now)?
                    }
                    None => None,
                };
                (stands == Some(draft.applicant)).then_some(draft)
            }
            draft => draft,
        };
        let filed = draft.as_ref().and_then(|draft| draft.filed);
        let case = match filed {
            Some(case) => casework::load(tx, &shared.front.tenant, case)?,
            None => None,
        };
        Ok::<_, desk::Error>((draft, case))
    });
    let (draft, case) = read.await?;
    if let Some(case) = case {
        return Err(Problem::elsewhere(format!("{DOSSIERS}/{}/bien-nhan", case.code)));
    }
    let draft = draft.ok_or_else(|| {
        Problem::not_found().detail(tr!(me, "fill-no-draft")).way_out(tr!(me, "mine-title"), ME)
    })?;
    let moment = services.desk.moment();
    let procedure = moment.shelf.in_force(&draft.procedure.code, today(me.now)).cloned();
    let procedure = procedure.ok_or_else(|| {
        Problem::not_found().detail(tr!(me, "fill-no-procedure")).way_out(tr!(me, "mine-title"), ME)
    })?;
    Ok(Open { draft, procedure, moment })
}

/// To the first question that has no answer yet, or to the answers.
async fn go_on(
    State(services): State<Services>,
    me: Citizen,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let open = open(&services, &me, &id).await?;
    let all = filing::questions_at(&open.procedure, &open.moment, me.now);
    let asked = asked(&all, &open.draft.sheet);
    let next = asked.iter().position(|question| !question.answered(&open.draft.sheet));
    Ok(see_other(&match next {
        Some(at) => format!("{FILL}/{id}/{}", at + 1),
        None => format!("{FILL}/{id}/kiem-tra"),
    }))
}

/// Where a question stands: by its number among those that are asked, or by its name.
fn find<'p>(
    all: &[Question<'p>],
    sheet: &Sheet,
    at: &str,
) -> Option<(Question<'p>, Option<usize>)> {
    let asked = asked(all, sheet);
    match at.parse::<usize>() {
        Ok(number) => asked.get(number.checked_sub(1)?).map(|question| (*question, Some(number))),
        Err(_) => {
            let question = all.iter().find(|question| question.key() == at)?;
            let number = asked.iter().position(|other| other.key() == at).map(|n| n + 1);
            Some((*question, number))
        }
    }
}

async fn show(
    State(services): State<Services>,
    me: Citizen,
    Path((id, at)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let open = open(&services, &me, &id).await?;
    let all = filing::questions_at(&open.procedure, &open.moment, me.now);
    let Some((question, _)) = find(&all, &open.draft.sheet, &at) else {
        return Ok(see_other(&format!("{FILL}/{id}/kiem-tra")));
    };
    let (shared, draft, key) = (services.desk.clone(), open.draft.clone(), question.key());
    let now = me.now;
    let read =
        services.desk.front.store.read(move |tx| drafts::held(tx, &shared, &draft, &key, now));
    let held = read.await?;
    let shown = match held {
        Some(texts) => Shown {
            typed: Some(Sent { texts, ..Sent::default() }),
            remark: Some(tr!(me, "fill-held")),
            ..Shown::default()
        },
        None => Shown::default(),
    };
    let view = View { services: &services, me: &me, open: &open, all: &all, at: &at };
    Ok(view.page(question, &shown).await?.into_response())
}

/// What a page shows besides the question itself.
#[derive(Default)]
pub(super) struct Shown {
    /// What was typed, where it is not kept yet.
    pub(super) typed: Option<Sent>,
    pub(super) faults: Faults,
    /// Places of one name, to choose from.
    places: Vec<(String, String)>,
    /// Something to know.
    remark: Option<String>,
    /// Whether the page was come to from the answers.
    back: bool,
}

/// A draft before its owner, at one of its questions.
pub(super) struct View<'v> {
    pub(super) services: &'v Services,
    pub(super) me: &'v Citizen,
    pub(super) open: &'v Open,
    pub(super) all: &'v [Question<'v>],
    pub(super) at: &'v str,
}

impl View<'_> {
    async fn page(&self, question: Question<'_>, shown: &Shown) -> Result<Markup, Problem> {
        let (me, draft) = (self.me, &self.open.draft);
        let ctx = me.page();
        let asked = asked(self.all, &draft.sheet);
        let number = asked.iter().position(|other| other.key() == question.key());
        let topic = speak::name(&me.words, &self.open.procedure);
        let id = draft.id;
        let back = match number {
            Some(0) => Some(format!("{}/{}", super::CATALOGUE, draft.procedure.code)),
            Some(n) => Some(format!("{FILL}/{id}/{n}")),
            None => Some(format!("{FILL}/{id}/kiem-tra")),
        };
        let control = control(self, question, shown, Place::PAGE).await?;
        let heading = control.heading.clone();
        let back_after = shown.back || number.is_none();
        let main = html! {
            @match number {
                Some(n) => (question::progress(&me.words, topic, n + 1, asked.len(), back.as_deref())),
                None => {
                    @if let Some(href) = &back { a.bk href=(href) { (web::icon(web::Icon::Back)) (tr!(me, "fill-to-answers")) } }
                    p.muted { (topic) }
                },
            }
            (errors::summary(&me.words, &shown.faults))
            @if let Some(remark) = &shown.remark { (note::note(note::Tone::Soon, html! { p { (remark) } })) }
            form method="post" action={ (FILL) "/" (id) "/" (self.at) } novalidate
                enctype=[control.files.then_some("multipart/form-data")]
                data-schema={ (super::CATALOGUE) "/" (draft.procedure.code) "/mau.json" }
                data-question=(question.key()) data-tus=[control.uploads]
                data-missing=(tr!(me, "fill-missing")) data-form=(tr!(me, "fill-form"))
                data-small=(tr!(me, "fill-small", n = "#")) data-great=(tr!(me, "fill-great", n = "#"))
                data-short=(tr!(me, "fill-short", n = "#")) data-long=(tr!(me, "fill-long", n = "#"))
                data-broken=(tr!(me, "fill-broken")) data-away=(tr!(me, "fill-away")) {
                (csrf_field(&ctx))
                input type="hidden" name="_cu" value=(mark(&self.services.desk, draft, &[question]));
                @if back_after { input type="hidden" name="_ve" value="kiem-tra"; }
                (control.markup)
                (question::go_on(&me.words))
            }
            (question::saved(&tr!(me, "fill-saved", at = me.words.time(draft.updated_at))))
            (self.known())
            (self.without_connection())
            (app::script())
        };
        let title = errors::title(&me.words, &shown.faults, &format!("{heading} {topic}"));
        Ok(page::citizen(&ctx, &title, main))
    }

    /// The way to fill in the rest where there is no connection.
    fn without_connection(&self) -> Markup {
        let me = self.me;
        html! {
            p.small { a href={ (FILL) "/" (self.open.draft.id) "/ca-don" } { (tr!(me, "whole-link")) } }
        }
    }

    /// What nobody has to type.
    fn known(&self) -> Markup {
        let (me, draft) = (self.me, &self.open.draft);
        let values = known_values(me, self.open);
        html! {
            @if !values.is_empty() {
                (known(&me.words, &values, &format!("{FILL}/{}/kiem-tra#biet", draft.id), false))
            }
        }
    }
}

/// The values that the state has, each with its source.
pub(super) fn known_values(me: &Citizen, open: &Open) -> Vec<Known> {
    let sheet = &open.draft.sheet;
    let fields = open.procedure.fields.iter();
    let known = fields.filter_map(|field| {
        let source = sheet.known.get(field.id.as_str())?;
        let value = sheet.answers.get(field.id.as_str())?;
        Some(Known {
            label: speak::label(&me.words, field).to_owned(),
            value: speak::answer(&me.words, &open.moment, field, value),
            source: source_in_words(me, source),
        })
    });
    known.collect()
}

/// Where an answer is known from, in words.
pub(super) fn source_in_words(me: &Citizen, source: &Source) -> String {
    match source {
        Source::Person => tr!(me, "fill-from-person"),
        Source::Dossier(code) => tr!(me, "fill-from-dossier", code = code.as_str()),
    }
}

/// The answer to a question in words.
pub(super) fn in_words(
    me: &Citizen,
    moment: &Moment,
    sheet: &Sheet,
    question: &Question<'_>,
) -> String {
    match question {
        Question::Office => {
            let agency = sheet.office.and_then(|office| moment.directory.agency(office));
            agency.map_or_else(String::new, |agency| offices::place_name(moment, agency))
        }
        Question::Field(field) => match sheet.answers.get(field.id.as_str()) {
            Some(value) => speak::answer(&me.words, moment, field, value),
            None => tr!(me, "fill-nothing"),
        },
        Question::Paper(component) => {
            let files = sheet.papers.get(component.id.as_str()).map_or(0, Vec::len);
            if files == 0 { tr!(me, "fill-nothing") } else { tr!(me, "fill-files", n = files) }
        }
        Question::Returns => {
            let way = sheet.returns.as_deref().unwrap_or_default();
            if way.is_empty() { String::new() } else { me.words.t(&format!("fill-return-{way}")) }
        }
    }
}
