//! One question a page: saved at every step, and nothing that was typed is lost.

mod control;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use desk::{Desk, Moment, Result};
use identity::seal::Label;
use kernel::{PartyId, hex, today};
use maud::{Markup, html};
use procedure::Procedure;
use serde_json::{Value, json};
use store::Tx;
use web::{
    Citizen, MaybeCitizen,
    components::{
        errors,
        flash::Flash,
        known::{Known, known},
        note, question,
    },
    form::Faults,
    front::ENTER,
    http::{Problem, encoded, flash::see_other_with, see_other},
    page,
    page::csrf_field,
    tr,
};

use super::{DOSSIERS, FILL, ME, app, speak, typed, typed::Sent};
use crate::{
    Services, drafts, filing, mandates,
    model::{Draft, DraftId, Question, RETURNS, Sheet, Source, Upload, asked},
    offices,
};

pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route(&format!("{FILL}/{{draft}}"), get(go_on))
        .route(&format!("{FILL}/{{draft}}/{{at}}"), get(show).post(send))
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
                    Some(mandate) => mandates::stands(tx, &shared, mandate, party, now)?,
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
struct Shown {
    /// What was typed, where it is not kept yet.
    typed: Option<Sent>,
    faults: Faults,
    /// Places of one name, to choose from.
    places: Vec<(String, String)>,
    /// Something to know.
    remark: Option<String>,
    /// Whether the page was come to from the answers.
    back: bool,
}

struct View<'v> {
    services: &'v Services,
    me: &'v Citizen,
    open: &'v Open,
    all: &'v [Question<'v>],
    at: &'v str,
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
        let control = control::control(self, question, shown).await?;
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
                data-broken=(tr!(me, "fill-broken")) {
                (csrf_field(&ctx))
                input type="hidden" name="_cu" value=(fingerprint(&self.services.desk, draft, &question));
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

/// What a form changes.
#[derive(Debug, Clone)]
enum Change {
    Office(kernel::AgencyId),
    Answer(Option<Value>),
    Files { add: Vec<Upload>, drop: Vec<String>, pass: bool },
    Returns(String),
}

async fn send(
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
            let open = self::open(&services, &me, &id).await?;
            let view = View { open: &open, ..view };
            let page = view.page(question, &shown).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    if let Some(change) = change {
        match keep(&services, &me, &open, question, change, sent.text("_cu")).await? {
            Kept::Done => {}
            Kept::Other(draft) => {
                // Another window was faster: both are shown, and the person says which holds.
                let other = in_words(&me, &open.moment, &draft.sheet, &question);
                let open = Open { draft: *draft, ..open.clone() };
                let view = View { open: &open, ..view };
                let remark = Some(tr!(me, "fill-elsewhere", other = other));
                let shown = Shown { typed: Some(sent), remark, back, ..Shown::default() };
                let page = view.page(question, &shown).await?;
                return Ok((StatusCode::CONFLICT, page).into_response());
            }
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

enum Kept {
    Done,
    /// Somebody else answered otherwise since the page was shown.
    Other(Box<Draft>),
}

/// Tries of a save that another one overtook.
const TRIES: u32 = 3;

async fn keep(
    services: &Services,
    me: &Citizen,
    open: &Open,
    question: Question<'_>,
    change: Change,
    seen: &str,
) -> Result<Kept, Problem> {
    let (id, party, now) = (open.draft.id, me.party, me.now);
    let mut tries = 0;
    loop {
        let (desk, procedure, key) =
            (services.desk.clone(), open.procedure.clone(), question.key());
        let (change, seen) = (change.clone(), seen.to_owned());
        let kept = services.desk.front.store.write(move |tx| {
            keep_in(tx, &desk, &procedure, (id, party), &key, &change, &seen, now)
        });
        tries += 1;
        match kept.await {
            Err(desk::Error::Store(store::Error::Conflict)) if tries < TRIES => {}
            kept => return Ok(kept?),
        }
    }
}

/// Adds a file to a paper.
///
/// # Errors
/// Those of the store.
pub(super) async fn attach(
    services: &Services,
    me: &Citizen,
    open: &Open,
    question: Question<'_>,
    upload: Upload,
) -> Result<(), Problem> {
    let change = Change::Files { add: vec![upload], drop: Vec::new(), pass: false };
    keep(services, me, open, question, change, "").await?;
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "what one answer is kept by")]
fn keep_in(
    tx: &mut Tx<'_>,
    desk: &Desk,
    procedure: &Procedure,
    (id, owner): (DraftId, PartyId),
    key: &str,
    change: &Change,
    seen: &str,
    now: kernel::Instant,
) -> Result<Kept> {
    let draft = drafts::load(tx, desk, id, owner)?.filter(|draft| draft.filed.is_none());
    let mut draft = draft.ok_or(casework::Error::NoSuchCase)?;
    let moment = desk.moment();
    let all = filing::questions_at(procedure, &moment, now);
    let question = all.iter().find(|question| question.key() == key);
    let question = *question.ok_or(casework::Error::NoSuchCase)?;
    let before = current(&draft.sheet, &question);
    let changed = fingerprint(desk, &draft, &question) != seen;
    apply(&mut draft.sheet, &question, change);
    // Files are added, never overwritten; of the rest the newest answer must not slip in unseen.
    let overwrites = changed && !matches!(change, Change::Files { .. });
    if overwrites && current(&draft.sheet, &question) != before {
        let draft = drafts::load(tx, desk, id, owner)?.ok_or(casework::Error::NoSuchCase)?;
        return Ok(Kept::Other(Box::new(draft)));
    }
    drafts::save(tx, desk, &mut draft, now)?;
    drafts::unhold(tx, &desk.front.tenant, id, key)?;
    Ok(Kept::Done)
}

fn apply(sheet: &mut Sheet, question: &Question<'_>, change: &Change) {
    match (question, change) {
        (Question::Office, Change::Office(office)) => sheet.office = Some(*office),
        (Question::Returns, Change::Returns(way)) => sheet.returns = Some(way.clone()),
        (Question::Field(field), Change::Answer(value)) => sheet.answer(&field.id, value.clone()),
        (Question::Paper(component), Change::Files { add, drop, pass }) => {
            if let Some(files) = sheet.papers.get_mut(component.id.as_str()) {
                files.retain(|file| !drop.contains(&file.hash.to_string()));
            }
            for upload in add {
                sheet.attach(&component.id, upload.clone());
            }
            if *pass {
                sheet.passed.insert(question.key());
            }
        }
        _ => {}
    }
}

/// The answer to a question as it stands.
fn current(sheet: &Sheet, question: &Question<'_>) -> Value {
    match question {
        Question::Office => json!(sheet.office),
        Question::Returns => json!(sheet.returns),
        Question::Field(field) => json!(sheet.answers.get(field.id.as_str())),
        Question::Paper(component) => json!(sheet.papers.get(component.id.as_str())),
    }
}

/// A mark of the answer that a page was made of; says nothing of the answer itself.
fn fingerprint(desk: &Desk, draft: &Draft, question: &Question<'_>) -> String {
    let said = format!("{} {} {}", draft.id, question.key(), current(&draft.sheet, question));
    hex(&desk.keyring.blind(&desk.front.tenant, Label("draft answer"), &said)[..8])
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

/// What the form says. Somebody who goes on later may leave everything as it is.
async fn parse(
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
