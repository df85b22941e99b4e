//! The first page: what do you need to do, what waits for you, what happens in a life.

use std::convert::Infallible;

use axum::{
    Router,
    extract::{FromRequestParts, State},
    http::request::Parts,
    response::{IntoResponse, Response},
    routing::get,
};
use calendar::LunarDate;
use casework::Status;
use desk::Line;
use kernel::today;
use maud::{Markup, html};
use web::{
    Icon, MaybeCitizen, PageContext, SignedIn, Words,
    components::{clock, clock::ClockState, clock::ClockView, links, links::Way},
    http::{Problem, see_other},
    i18n::capital,
    page, tr,
};

use super::{CATALOGUE, DATA, DOSSIERS, FEEDBACK, FILL, ME, TRACKING, speak};
use crate::{
    Services,
    drafts::{self, DraftLine},
    find::{Everyday, LifeEvent},
    queries,
};

pub(super) fn routes() -> Router<Services> {
    Router::new().route("/", get(show))
}

/// Whether an officer is signed in, whose first page is another.
struct Officer(bool);

impl FromRequestParts<Services> for Officer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &Services) -> Result<Self, Infallible> {
        Ok(Self(SignedIn::from_request_parts(parts, state).await.is_ok()))
    }
}

/// What waits for a person.
#[derive(Default)]
struct Waits {
    dossiers: Vec<Line>,
    drafts: Vec<DraftLine>,
}

async fn show(
    State(services): State<Services>,
    me: MaybeCitizen,
    Officer(officer): Officer,
) -> Result<Response, Problem> {
    if me.citizen.is_none() && officer {
        return Ok(see_other(desk::WORK));
    }
    let waits = match &me.citizen {
        Some(citizen) => {
            let (shared, party) = (services.desk.clone(), citizen.party);
            let read = services.desk.front.store.read(move |tx| {
                let dossiers = queries::mine(tx, &shared, party, 20)?;
                let drafts = drafts::open_of(tx, &shared.front.tenant, party)?;
                Ok::<_, desk::Error>(Waits { dossiers, drafts })
            });
            read.await?
        }
        None => Waits::default(),
    };
    let everyday = services.everyday().await;
    let ctx = me.page();
    let called = ctx.user.as_ref().map_or("ongba", |user| user.address.selector());
    let main = html! {
        p.muted.small { (day(&me.words, &me)) }
        (ask(&ctx, called, ""))
        (super::app::waits(&me.words))
        (waiting(&services, &ctx, &waits))
        h2 { (tr!(me, "home-life")) }
        (links::life(&life(&everyday, &me.words)))
        h2 { (tr!(me, "home-often")) }
        (links::list(&often(&me)))
        (super::app::script())
    };
    Ok(page::citizen(&ctx, &tr!(me, "home-title"), main).into_response())
}

/// "Thứ Hai, 23/11/2026, 15 tháng Mười âm lịch".
fn day(words: &Words, me: &MaybeCitizen) -> String {
    let date = today(me.now);
    let lunar = LunarDate::from_solar(date);
    let day = capital(&words.date_long(date));
    tr!(words, "home-day", day = day, lunar = i64::from(lunar.day), month = i64::from(lunar.month))
}

/// The question with its field; `asked` is what was typed.
pub(super) fn ask(ctx: &PageContext, called: &str, asked: &str) -> Markup {
    html! {
        section.ask aria-labelledby="t" {
            h1 #t { (tr!(ctx, "home-ask", called = called)) }
            form role="search" action=(CATALOGUE) method="get" {
                label.vh for="q" { (tr!(ctx, "home-ask-label")) }
                input #q name="q" type="search" maxlength="200" value=(asked)
                    placeholder=(tr!(ctx, "home-ask-example"));
                button.btn.go { (tr!(ctx, "home-ask-go")) }
            }
            @if asked.is_empty() {
                p.eg {
                    @for n in 1..=3 {
                        @let example = ctx.words.t(&format!("home-example-{n}"));
                        a href={ (CATALOGUE) "?q=" (web::http::encoded(&example)) } { (example) } " "
                    }
                }
            }
        }
    }
}

fn waiting(services: &Services, ctx: &PageContext, waits: &Waits) -> Markup {
    let moment = services.desk.moment();
    let name = |of: &casework::ProcedureRef| {
        let procedure = moment.shelf.version(of);
        procedure.map_or_else(|| of.code.to_string(), |p| speak::name(&ctx.words, p).to_owned())
    };
    let needed = |line: &&Line| {
        matches!(
            line.status,
            Status::AwaitingSupplement | Status::AwaitingPayment | Status::Finished
        )
    };
    html! {
        @for line in waits.dossiers.iter().filter(needed).take(3) {
            @let status = line.status.word();
            section.card.need aria-label=(tr!(ctx, "home-needs")) {
                h2 { (ctx.words.t(&format!("home-needs-{status}"))) }
                p { (tr!(ctx, "home-needs-of", name = name(&line.procedure), code = line.code.as_str())) }
                p { (clock::chip(&ctx.words, &held(&ctx.words, line))) }
                a.btn.go href={ (DOSSIERS) "/" (line.code) } { (ctx.words.t(&format!("home-do-{status}"))) }
            }
        }
        @for draft in waits.drafts.iter().take(3) {
            section.card.need aria-label=(tr!(ctx, "home-draft")) {
                h2 { (tr!(ctx, "home-draft")) }
                p { (name(&draft.procedure)) }
                p.muted.small { (tr!(ctx, "home-draft-at", at = ctx.words.moment(draft.updated_at))) }
                a.btn.go href={ (FILL) "/" (draft.id) } { (tr!(ctx, "home-draft-go")) }
            }
        }
    }
}

fn held(words: &Words, line: &Line) -> ClockView {
    match line.paused_at {
        Some(since) => {
            let day = words.date_short(today(since));
            ClockView::noted(ClockState::Hold, tr!(words, "clock-since", day = day))
        }
        None => ClockView { state: ClockState::Ok, left_minutes: None, note: None },
    }
}

/// The events of a life as cards.
pub(super) fn life(everyday: &Everyday, words: &Words) -> Vec<Way> {
    let way = |event: &LifeEvent| Way {
        icon: speak::icon_of(&event.icon),
        title: speak::either(words, &event.name, Some(&event.name_en)).to_owned(),
        note: speak::either(words, &event.hint, Some(&event.hint_en)).to_owned(),
        href: format!("{CATALOGUE}?chuyen={}", event.id),
    };
    everyday.events.iter().map(way).collect()
}

fn often(me: &MaybeCitizen) -> Vec<Way> {
    let way = |icon, key: &str, href: &str| Way {
        icon,
        title: me.words.t(key),
        note: me.words.t(&format!("{key}-note")),
        href: href.to_owned(),
    };
    let mut ways =
        vec![way(Icon::Search, "home-track", TRACKING), way(Icon::Talk, "home-report", FEEDBACK)];
    if me.citizen.is_some() {
        ways.insert(0, way(Icon::Folder, "home-mine", ME));
        ways.push(way(Icon::Seal, "home-data", DATA));
    }
    ways
}
