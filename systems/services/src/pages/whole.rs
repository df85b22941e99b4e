//! The whole form on one page, with its papers, for where there is no connection: the browser keeps
//! the page if it is asked to, what is typed and photographed stays on the device, and it is filed
//! when the connection is back. Once: answers and files that came already change nothing, and the
//! draft is one dossier at most. Without a script it is a form like any other.

use axum::{
    Json, Router,
    extract::{Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};
use serde_json::json;
use web::{
    Citizen, Icon,
    components::{errors, known::known, note},
    form::Faults,
    front::ENTER,
    http::{Problem, encoded},
    icon, page,
    page::csrf_field,
    tr,
};

use super::{
    FILL, app, check,
    question::{self, Changes, Kept, Open, Place, Shown, View, in_words, mark},
    speak,
    typed::{self, Sent},
};
use crate::{
    Services, filing,
    model::{Draft, Question, asked},
};

pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route(&format!("{FILL}/{{draft}}/ca-don"), get(show).post(send))
        .layer(web::http::uploads(100_000_000))
}

/// The whole of a draft before its owner.
struct Whole<'w> {
    services: &'w Services,
    me: &'w Citizen,
    open: &'w Open,
    asked: Vec<Question<'w>>,
    all: &'w [Question<'w>],
}

impl<'w> Whole<'w> {
    fn of(
        services: &'w Services,
        me: &'w Citizen,
        open: &'w Open,
        all: &'w [Question<'w>],
    ) -> Self {
        Self { services, me, open, asked: asked(all, &open.draft.sheet), all }
    }

    fn view(&self) -> View<'_> {
        View { services: self.services, me: self.me, open: self.open, all: self.all, at: "" }
    }

    /// The mark of what the page shows.
    fn mark(&self, draft: &Draft) -> String {
        mark(&self.services.desk, draft, &self.asked)
    }

    /// The page. `sent` is what was typed, where it is shown again; `seen` the state of the draft
    /// that the person now knows.
    async fn page(
        &self,
        sent: Option<&Sent>,
        faults: &Faults,
        seen: &str,
    ) -> Result<Markup, Problem> {
        let (me, open) = (self.me, self.open);
        let (ctx, id) = (me.page(), open.draft.id);
        let here = format!("{FILL}/{id}/ca-don");
        let title = tr!(me, "whole-title", name = speak::name(&me.words, &open.procedure));
        let view = self.view();
        let mut controls = Vec::new();
        for question in &self.asked {
            let key = question.key();
            let mut shown = Shown::default();
            shown.typed = sent.map(|sent| sent.of_field(&key));
            if let Some(fault) = faults.of(&key) {
                shown.faults.add(typed::NAME, fault);
            }
            let place = Place::among(&key);
            controls.push(question::control(&view, *question, &shown, place).await?.markup);
        }
        let values = question::known_values(me, open);
        let main = html! {
            a.bk href={ (FILL) "/" (id) } { (icon(Icon::Back)) (tr!(me, "whole-back")) }
            (errors::summary(&me.words, faults))
            h1 { (title) }
            div.stack {
            (note::note(note::Tone::Plain, html! {
                p { (tr!(me, "whole-lead")) }
                p { (tr!(me, "whole-where")) }
            }))
            form.stack method="post" action=(here) enctype="multipart/form-data" novalidate
                data-offline=(id) data-to={ (FILL) "/" (id) "/tep" }
                data-kept=(tr!(me, "whole-kept")) data-waiting=(tr!(me, "whole-waiting"))
                data-sending=(tr!(me, "whole-sending")) data-photo=(tr!(me, "whole-photo", name = "#"))
                data-large=(tr!(me, "whole-large", name = "#")) data-full=(tr!(me, "whole-full"))
                data-gone=(tr!(me, "whole-gone")) data-failed=(tr!(me, "whole-failed"))
                data-sign-in=(tr!(me, "whole-sign-in")) data-sign-in-label=(tr!(me, "before-sign-in"))
                data-sign-in-to={ (ENTER) "?tiep=" (encoded(&here)) } {
                (csrf_field(&ctx))
                input type="hidden" name="_cu" value=(seen);
                @for control in &controls { (control) }
                @if !values.is_empty() {
                    (known(&me.words, &values, &format!("{FILL}/{id}/kiem-tra#biet"), false))
                }
                (check::promise(me, open))
                p.saved role="status" data-state {}
                div.go2 {
                    button.btn.go { (tr!(me, "whole-send")) }
                    span hidden data-forget {
                        button.btn type="button" { (tr!(me, "whole-forget")) }
                    }
                }
                p.muted.small { (tr!(me, "review-true")) }
            }
            }
            (app::offline_script())
        };
        Ok(page::citizen(&ctx, &errors::title(&me.words, faults, &title), main))
    }
}

async fn show(
    State(services): State<Services>,
    me: Citizen,
    Path(id): Path<String>,
) -> Result<Markup, Problem> {
    let open = question::open(&services, &me, &id).await?;
    let all = filing::questions_at(&open.procedure, &open.moment, me.now);
    let whole = Whole::of(&services, &me, &open, &all);
    whole.page(None, &Faults::default(), &whole.mark(&open.draft)).await
}

async fn send(
    State(services): State<Services>,
    me: Citizen,
    Path(id): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    let (sent, parts) = typed::read_parts(request).await?;
    if !me.csrf_fits(sent.text(web::http::csrf::FIELD)) {
        return Err(Problem::forbidden());
    }
    // Where it was filed before, this leads to its receipt.
    let open = question::open(&services, &me, &id).await?;
    let all = filing::questions_at(&open.procedure, &open.moment, me.now);
    let whole = Whole::of(&services, &me, &open, &all);
    let (mut changes, mut faults) = (Vec::new(), Faults::default());
    for question in &whole.asked {
        let key = question.key();
        let mut own = sent.of_field(&key);
        let files = parts.iter().filter(|(part, ..)| *part == key);
        own.files = files.map(|(_, name, bytes)| (name.clone(), bytes.clone())).collect();
        match question::parse(&whole.view(), *question, &own, false).await? {
            Ok(Some(change)) => changes.push((key, change)),
            Ok(None) => {}
            Err(shown) => {
                let nothing =
                    own.files.is_empty() && own.texts.iter().all(|(_, text)| text.is_empty());
                let name = check::label(&me, question);
                let why = shown.faults.iter().next().map_or("", |(_, why)| why);
                faults.add(
                    key,
                    match nothing {
                        true => tr!(me, "whole-missing", name = name),
                        false => tr!(me, "review-fault", name = name, why = why),
                    },
                );
            }
        }
    }
    // What is good is kept, whatever is wrong besides.
    let changes = Changes { all: changes, seen: sent.text("_cu").to_owned() };
    let seen = match question::keep(&services, &me, &open, &changes).await? {
        Kept::Done => None,
        Kept::Other(draft, keys) => {
            elsewhere(&whole, &draft, &keys, &mut faults);
            Some(whole.mark(&draft))
        }
    };
    // Files that were good, and answers of others, are shown as they are now.
    let open = question::open(&services, &me, &id).await?;
    let whole = Whole { open: &open, ..whole };
    if faults.is_empty() {
        match check::file(&services, &me, &open).await? {
            Ok(filed) => return Ok(filed),
            Err(wrong) => faults = wrong,
        }
    }
    let status =
        if seen.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let seen = seen.unwrap_or_else(|| whole.mark(&open.draft));
    if headers.get(header::ACCEPT).is_some_and(|kind| kind == "application/json") {
        let told = |(key, why): (&str, &str)| json!({ "at": key, "why": why });
        let told: Vec<_> = faults.iter().map(told).collect();
        return Ok((status, Json(json!({ "faults": told, "mark": seen }))).into_response());
    }
    Ok((status, whole.page(Some(&sent), &faults, &seen).await?).into_response())
}

/// Says of each question that another window, or another device, answered it otherwise meanwhile.
fn elsewhere(whole: &Whole<'_>, draft: &Draft, keys: &[String], faults: &mut Faults) {
    let me = whole.me;
    for question in whole.all.iter().filter(|question| keys.contains(&question.key())) {
        let other = in_words(me, &whole.open.moment, &draft.sheet, question);
        let why = tr!(me, "whole-elsewhere", other = other);
        faults.add(
            question.key(),
            tr!(me, "review-fault", name = check::label(me, question), why = why),
        );
    }
}
