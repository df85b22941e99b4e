//! What people wrote beside their answers, for whoever answers for the agency: without names and
//! without dossiers. Each reading is logged for the person whose words they are.

use axum::{Router, extract::State, routing::get};
use desk::{Desk, Part};
use identity::{
    access::{Action, Target},
    audit,
};
use kernel::local;
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{empty, section, tag},
    http::Problem,
    tr,
};

use super::{RESULTS, WORDS};
use crate::queries::{Said, said};

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(WORDS, get(show))
}

async fn show(State(desk): State<Desk>, me: SignedIn) -> Result<Markup, Problem> {
    let line = desk::agency_line(&me.directory, me.agency);
    let asked = me.may(&desk.front, Action::ViewFigures, Target::Agency(&line));
    if let Err(denial) = asked.check() {
        let problem = desk::forbidden(&me, &denial);
        desk::log_denial(&desk, &me, None, denial).await;
        return Err(problem);
    }
    let (shared, me_too) = (desk.clone(), me.clone());
    let read = desk.front.store.write(move |tx| {
        let (front, all) = (&shared.front, said(tx, &shared, me_too.agency)?);
        for one in all.iter().filter(|one| one.words.is_some()) {
            let entry = desk::look(&me_too, Action::ViewFigures, &one.case);
            audit::record(tx, &front.tenant, &entry, &front.mint)?;
        }
        Ok::<_, desk::Error>(all)
    });
    let all = read.await?;
    let ctx = desk::context(&desk, &me).await?;
    let title = tr!(me, "said-title");
    let main = html! {
        p.muted { (tr!(me, "said-lead")) }
        @if all.is_empty() {
            (empty::empty(&tr!(me, "said-none"), Some((&tr!(me, "said-all"), RESULTS))))
        } @else {
            div.stack { @for one in &all { (card(&me, one)) } }
        }
    };
    Ok(desk::page(&ctx, &title, html! {}, main))
}

fn card(me: &SignedIn, one: &Said) -> Markup {
    let words = &me.words;
    let parts = one.parts.split(',').filter_map(Part::from_word);
    // The month and no day: with the day a clerk would know who it was.
    let month = local(one.answered_at).date();
    let month = tr!(
        me,
        "published-month",
        month = i64::from(month.month()),
        year = month.year().to_string()
    );
    section::card_with(
        &format!("y-{}", one.number),
        &words.t(&format!("satisfaction-score-{}", one.score.number())),
        html! { span.small.muted { (month) } },
        html! {
            p { @for part in parts { (tag::tag(&words.t(&format!("satisfaction-part-{}", part.word())))) " " } }
            @match &one.words {
                Some(text) => p { (text) },
                None => {}
            }
        },
    )
}
