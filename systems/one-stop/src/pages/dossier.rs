//! The page of one dossier: where it stands, who held it how long, what happened, its papers,
//! its date, and what can be done next or why not.

mod act;
mod can;
mod form;
mod story;

use axum::{
    Form, Router,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use casework::Case;
use desk::{Dossier, log_denial};
use identity::{
    access::{Action, Decision, Target},
    audit::{self, What},
};
use jiff::SignedDuration;
use kernel::{CaseCode, Instant, today};
use maud::{Markup, html};
use procedure::Procedure;
use web::{
    SignedIn,
    components::{
        can::can as actions,
        clock as chip,
        crumbs::crumbs,
        documents::{self, Filed},
        held,
        kv::kv,
        section,
        steps::steps,
        tag,
        timeline::timeline,
    },
    http::Problem,
    page::{PageContext, csrf_field, desk},
    tr, tr_rich,
};

use super::{
    WORK, clock, context, refusal,
    typed::{Typed, forged},
};
use crate::{Desk, Moment};

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/ho-so/{code}", get(show))
        .route("/ho-so/{code}/tep/{hash}", get(download))
        .route("/ho-so/{code}/danh-tinh", post(identity))
        .merge(act::routes())
}

/// A dossier that this person may see, with what is needed to speak of it.
struct Open {
    dossier: Dossier,
    moment: Moment,
    procedure: Option<std::sync::Arc<Procedure>>,
}

impl Open {
    fn case(&self) -> &Case {
        &self.dossier.case
    }

    fn href(&self) -> String {
        format!("{}/{}", super::DOSSIER, self.case().code)
    }

    /// Name of the procedure.
    fn title(&self) -> String {
        let code = || self.case().procedure.code.to_string();
        self.procedure.as_ref().map_or_else(code, |procedure| procedure.name.clone())
    }

    /// Name of the applicant; a dash where the data was destroyed.
    fn applicant(&self) -> &str {
        self.dossier.applicant.as_ref().map_or("–", |party| party.name.as_str())
    }
}

/// Reads a dossier and asks whether this person may see it.
async fn open(shared: &Desk, me: &SignedIn, code: &str) -> Result<Open, Problem> {
    let code: CaseCode = code.parse().map_err(|_| Problem::not_found())?;
    let inner = shared.clone();
    let read = shared.front.store.read(move |tx| desk::dossier(tx, &inner, &code));
    let dossier = read.await?.ok_or_else(Problem::not_found)?;
    let moment = shared.moment();
    let facts = shared.facts(&dossier.case, &moment);
    if let Decision::Denied(denial) = me.may(&shared.front, Action::View, Target::Case(&facts)) {
        let why = refusal::denied(&me.words, &denial, &moment.directory, me.now);
        log_denial(shared, me, Some(dossier.case.id), denial).await;
        return Err(Problem::forbidden().detail(why).way_out(tr!(me, "nav-work"), WORK));
    }
    let procedure = moment.shelf.version(&dossier.case.procedure).cloned();
    Ok(Open { dossier, moment, procedure })
}

async fn show(
    State(shared): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Markup, Problem> {
    let open = open(&shared, &me, &code).await?;
    log_view(&shared, &me, open.case()).await?;
    let ctx = context(&shared, &me).await?;
    Ok(page(&shared, &me, &ctx, &open, false))
}

fn page(shared: &Desk, me: &SignedIn, ctx: &PageContext, open: &Open, whole: bool) -> Markup {
    let case = open.case();
    let told = story::Story::of(shared, me, open);
    let calendar = open.moment.calendars.agency(case.decided_by);
    let clock = clock::view(&me.words, case, me.now, calendar, &shared.thresholds);
    let (code, title) = (case.code.to_string(), open.title());
    let main = html! {
        (crumbs(&me.words, &[(&tr!(me, "nav-work"), WORK)], &code))
        div.hd {
            div {
                h1 { (title) }
                p.muted {
                    b { (open.applicant()) } " "
                    (tag::code(case.procedure.code.as_str())) " "
                    (tag::tag(&tr!(me, &format!("status-{}", case.status.word()))))
                }
            }
            (chip::chip(&me.words, &clock))
        }
        div.cols {
            aside.stack {
                (section::card("deadline", &tr!(me, "dossier-deadline"), deadline(shared, me, open, &clock)))
                (section::card("next", &tr!(me, "dossier-next"), can::card(shared, me, ctx, open)))
                @if !case.obligations.is_empty() {
                    (section::card("fees", &tr!(me, "dossier-fees"), fees(me, case)))
                }
                (section::card("applicant", &tr!(me, "dossier-applicant"), applicant(me, ctx, open, whole)))
            }
            div.stack {
                (section::card("steps", &told.place(), html! {
                    (steps(&me.words, &told.steps()))
                    @let parts = told.held();
                    // In the first minute nobody has held it for any time that could be drawn.
                    @if parts.iter().any(|part| part.minutes > 0) { (held::bar(&me.words, &parts)) }
                }))
                (section::card_with("story", &tr!(me, "dossier-story"), told.sealed(),
                    html! { (timeline(&told.happenings())) }))
                (section::card_with("papers", &tr!(me, "dossier-papers"), html! {
                    a href={ (open.href()) "/giay-hen" } { (tr!(me, "receipt-open")) }
                }, papers(me, open)))
            }
        }
    };
    desk(ctx, &format!("{code}, {title}"), main)
}

/// The date, and which days until then are not counted.
fn deadline(shared: &Desk, me: &SignedIn, open: &Open, clock: &chip::ClockView) -> Markup {
    let (case, words) = (open.case(), &me.words);
    let due = case.due().unwrap_or(case.accept_by);
    let key = if case.clock.is_some() { "dossier-promised" } else { "dossier-accept-by" };
    let ended = case.ended_at.is_some();
    let free = if ended { Vec::new() } else { days_off(shared, me, due) };
    let calendar = open.moment.calendars.agency(case.decided_by);
    html! {
        (chip::large(words, clock))
        p { (tr_rich!(me, key, due = words.moment(due))) }
        @if let (Some(ended), false) = (case.ended_at, case.clock.is_none()) {
            p { (tr!(me, "dossier-ended", at = words.moment(ended))) }
        }
        @for day in free { p.small { (day) } }
        @if case.status == casework::Status::InProgress {
            @for (step, held) in &case.holdings {
                @let name = open.procedure.as_ref().and_then(|p| p.workflow.step(step));
                @if let Some(step) = name {
                    @let left = clock::whole_minutes(calendar.elapsed(me.now, held.due));
                    @let over = clock::whole_minutes(calendar.elapsed(held.due, me.now));
                    p.small {
                        @if me.now <= held.due {
                            (tr!(me, "dossier-step-left", step = step.name.as_str(), time = words.working_time(left)))
                        } @else {
                            (tr!(me, "dossier-step-over", step = step.name.as_str(), time = words.working_time(over)))
                        }
                    }
                }
            }
        }
    }
}

/// At most so many days off are named.
const DAYS_OFF_MAX: usize = 4;

fn days_off(shared: &Desk, me: &SignedIn, due: Instant) -> Vec<String> {
    let (from, to) = (today(me.now), today(due));
    let years = from.year()..=to.year().max(from.year());
    let days = years.take(2).flat_map(|year| shared.holidays.of(year));
    let named = days.filter(|day| day.date >= from && day.date <= to).map(|day| {
        let name = match me.words.lang {
            web::Lang::Vi => day.name_vi,
            web::Lang::En => day.name_en,
        };
        tr!(me, "dossier-day-off", day = me.words.date_short(day.date), name = name)
    });
    named.take(DAYS_OFF_MAX).collect()
}

/// What is owed and what was paid.
fn fees(me: &SignedIn, case: &casework::Case) -> Markup {
    let words = &me.words;
    let money = |dong: u64| words.money(i64::try_from(dong).unwrap_or(i64::MAX));
    let stands = |owed: &casework::Obligation| match &owed.payment {
        Some(payment) => {
            let at = words.moment_near(payment.at, me.now);
            tr!(me, "dossier-fee-paid", at = at, reference = payment.reference.as_str())
        }
        None if owed.is_owed() => tr!(me, "dossier-fee-owed"),
        None => tr!(me, "dossier-fee-waived"),
    };
    html! {
        @for owed in &case.obligations {
            p { (owed.name) ": " b.num { (money(owed.amount)) } ", " (stands(owed)) "." }
        }
    }
}

/// Who applies, with numbers covered unless they were just opened.
fn applicant(me: &SignedIn, ctx: &PageContext, open: &Open, whole: bool) -> Markup {
    let case = open.case();
    let Some(party) = &open.dossier.applicant else {
        return html! { p { (tr!(me, "dossier-destroyed")) } };
    };
    let number = party.number.as_ref().map(|number| match number {
        identity::party::PartyNumber::Citizen(id) if whole => id.as_str().to_owned(),
        _ => party.masked_number().unwrap_or_default(),
    });
    let phone = party.phone.as_ref();
    let phone = phone.map(|p| if whole { p.as_str().to_owned() } else { p.masked() });
    let mut pairs = vec![(tr!(me, "dossier-name"), party.name.clone())];
    pairs.extend(number.map(|number| (tr!(me, "dossier-number"), number)));
    pairs.extend(phone.map(|phone| (tr!(me, "dossier-phone"), phone)));
    let address = party.address.clone().filter(|_| whole);
    pairs.extend(address.map(|address| (tr!(me, "dossier-address"), address)));
    let channel = tr!(me, &format!("channel-{}", case.channel.word()));
    pairs.push((tr!(me, "work-channel"), channel));
    html! { div.stack {
        (kv(&pairs))
        @if whole {
            p.small.muted { (tr!(me, "dossier-opened")) }
        } @else {
            form.stack method="post" action={ (open.href()) "/danh-tinh" } {
                (csrf_field(ctx))
                button.btn.sm { (tr!(me, "dossier-open-identity")) }
            }
            p.small.muted { (tr!(me, "dossier-open-note")) }
        }
    } }
}

fn papers(me: &SignedIn, open: &Open) -> Markup {
    let (case, words) = (open.case(), &me.words);
    let name = |id: Option<&str>| {
        let papers = open.procedure.as_ref().map_or(&[][..], |p| &p.components);
        let known = papers.iter().find(|paper| Some(paper.id.as_str()) == id);
        known.map_or_else(|| tr!(me, "dossier-further-paper"), |paper| paper.name.clone())
    };
    let mut shown = Vec::new();
    for result in &open.dossier.results {
        let at = words.moment_near(result.signed_at, me.now);
        let key = if result.ended.is_none() { "dossier-result" } else { "dossier-result-ended" };
        shown.push(Filed {
            title: result.name.clone(),
            href: Some(format!("{}/{}", super::RESULT, case.code)),
            note: words.t_with(key, &[("at", at.into())]),
            kind: format!("PDF, {}", words.file_size(result.size)),
            hash: Some(result.hash.clone()),
        });
    }
    for file in &open.dossier.files {
        let size = words.file_size(file.size);
        shown.push(Filed {
            title: name(file.component.as_deref()),
            href: Some(format!("{}/tep/{}", open.href(), file.hash)),
            note: tr!(
                me,
                "dossier-file-note",
                name = file.name.as_str(),
                at = words.moment_near(file.recorded_at, me.now)
            ),
            kind: format!("{}, {size}", file.kind.to_uppercase()),
            hash: Some(file.hash.clone()),
        });
    }
    for paper in case.components.iter().filter(|paper| paper.file.is_none()) {
        let source = format!("paper-source-{}", paper.source);
        shown.push(Filed {
            title: name(paper.id.as_deref()),
            href: None,
            note: if words.has(&source) { words.t(&source) } else { String::new() },
            kind: tr!(me, "dossier-copies", n = paper.copies),
            hash: None,
        });
    }
    if shown.is_empty() {
        return html! { p.muted { (tr!(me, "dossier-no-papers")) } };
    }
    documents::filed(words, &shown)
}

/// A file of the dossier, as an attachment; who took it is written down.
async fn download(
    State(shared): State<Desk>,
    me: SignedIn,
    Path((code, hash)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let open = open(&shared, &me, &code).await?;
    let file = open.dossier.files.iter().find(|file| file.hash == hash);
    let file = file.ok_or_else(Problem::not_found)?.clone();
    let hash: files::Sha256Hash = hash.parse().map_err(|_| Problem::not_found())?;
    log(&shared, desk::look(&me, Action::View, open.case()).of_what(What::Papers)).await?;
    // Read by a thread of the store, since a disk would hold up every other request of this one.
    let inner = shared.clone();
    let read = shared.front.store.read(move |_| Ok::<_, crate::Error>(inner.blobs.get(hash)?));
    let content = read.await?;
    let kind = files::Kind::of_name(&file.name).map(files::Kind::media_type);
    let name = format!("attachment; filename*=UTF-8''{}", web::http::encoded(&file.name));
    let headers = [
        (header::CONTENT_TYPE, kind.unwrap_or("application/octet-stream").to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, content).into_response())
}

/// Shows the number and the telephone whole, once, and writes down who looked.
async fn identity(
    State(shared): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Markup, Problem> {
    if !Typed(pairs).is_own(&me) {
        return Err(forged());
    }
    let open = open(&shared, &me, &code).await?;
    let facts = shared.facts(open.case(), &open.moment);
    let decision = me.may(&shared.front, Action::OpenIdentity, Target::Case(&facts));
    if let Decision::Denied(denial) = decision {
        let why = refusal::denied(&me.words, &denial, &open.moment.directory, me.now);
        log_denial(&shared, &me, Some(open.case().id), denial).await;
        return Err(Problem::forbidden().detail(why).way_out(open.title(), open.href()));
    }
    log(&shared, desk::look(&me, Action::OpenIdentity, open.case())).await?;
    let ctx = context(&shared, &me).await?;
    Ok(page(&shared, &me, &ctx, &open, true))
}

/// For so long a dossier that is opened again is the same look.
const ONE_LOOK: SignedDuration = SignedDuration::from_mins(30);

/// Writes that the dossier was opened, unless it just was.
async fn log_view(shared: &Desk, me: &SignedIn, case: &Case) -> Result<(), Problem> {
    let look = desk::look(me, Action::View, case);
    let (inner, asked, since) = (shared.clone(), look.clone(), me.now - ONE_LOOK);
    let seen = shared.front.store.read(move |tx| {
        Ok::<_, crate::Error>(audit::seen_since(tx, &inner.front.tenant, &asked, since)?)
    });
    if seen.await? { Ok(()) } else { log(shared, look).await }
}

/// Writes that personal data was looked at; without the entry nothing is shown.
async fn log(shared: &Desk, look: audit::Entry) -> Result<(), Problem> {
    let inner = shared.clone();
    let written = shared.front.store.write(move |tx| {
        audit::record(tx, &inner.front.tenant, &look, &inner.front.mint)?;
        Ok::<_, crate::Error>(())
    });
    Ok(written.await?)
}
