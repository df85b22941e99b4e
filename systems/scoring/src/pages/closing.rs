//! Closing an assessment, asked once more before.

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    response::Response,
    routing::{get, post},
};
use desk::{
    Furnished,
    typed::{Typed, forged},
};
use identity::access::Action;
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        confirm::{self, Confirm},
        flash::Flash,
    },
    http::{Problem, flash::see_other_with},
    page, tr,
};

use super::{Asked, At, SCORES, only, stamp, words};
use crate::{Scoring, commands, model::Grade, standing};

pub(super) fn routes() -> Router<Scoring> {
    Router::new()
        .route(&format!("{SCORES}/{{name}}/chot"), get(ask).post(close))
        .route(&format!("{SCORES}/{{name}}/dinh-chinh"), post(correct))
}

async fn ask(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let at = At::of(&scoring, &me, &name, &asked)?;
    only(&scoring, &me, Action::Direct, at.agency)?;
    let of = at.clone();
    let read = scoring.read(move |tx, scoring| {
        let card = scoring.card(&of.name, of.period)?;
        standing::standing(tx, scoring, card, of.agency, of.period)
    });
    let standing = read.await?;
    let card = at.card(&scoring)?;
    let count = |grade: Grade| standing.lines.iter().filter(|line| line.grade == grade).count();
    let ctx = desk::context(scoring.desk(), &me).await?;
    let card_name = words::name(&me.words, card.name());
    let last = at.period.last().date();
    let early = (kernel::today(me.now) <= last)
        .then(|| tr!(me, "scoring-close-early", last = me.words.date(last)));
    let confirm = Confirm {
        question: tr!(
            me,
            "scoring-close-ask",
            name = card_name,
            who = words::agency(&me.directory, at.agency, me.now),
            period = desk::period_text(&me.words, at.period)
        ),
        consequences: vec![
            tr!(
                me,
                "scoring-close-score",
                score = words::score(&me.words, card, standing.scored.total())
            ),
            tr!(
                me,
                "scoring-close-unsure",
                said = count(Grade::C),
                missing = count(Grade::Missing)
            ),
            tr!(me, "scoring-close-published", n = count(Grade::A)),
            tr!(me, "scoring-close-after"),
        ]
        .into_iter()
        .chain(early)
        .collect(),
        action: at.address("/chot"),
        verb: tr!(me, "scoring-close"),
        harsh: false,
        back: at.address(""),
        kept: Vec::new(),
    };
    let main = confirm::confirm(&ctx, &confirm, html! {});
    Ok(page::desk(&ctx, &confirm.question, main))
}

async fn close(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    if !Typed(pairs).is_own(&me) {
        return Err(forged());
    }
    let at = At::of(&scoring, &me, &name, &asked)?;
    only(&scoring, &me, Action::Direct, at.agency)?;
    let (stamp, of) = (stamp(&me), at.clone());
    let written = scoring.write(move |tx, scoring| {
        let card = scoring.card(&of.name, of.period)?;
        commands::close(tx, scoring, card, (of.agency, of.period), &stamp)
    });
    written.await?;
    Ok(see_other_with(&at.address(""), Flash::done(tr!(me, "scoring-close-done"))))
}

/// Takes what was corrected since into a closed assessment.
async fn correct(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    if !Typed(pairs).is_own(&me) {
        return Err(forged());
    }
    let at = At::of(&scoring, &me, &name, &asked)?;
    only(&scoring, &me, Action::Direct, at.agency)?;
    let (stamp, of) = (stamp(&me), at.clone());
    let written = scoring.write(move |tx, scoring| {
        let card = scoring.card(&of.name, of.period)?;
        commands::correct(tx, scoring, card, (of.agency, of.period), &stamp)
    });
    written.await?;
    Ok(see_other_with(&at.address(""), Flash::done(tr!(me, "scoring-corrected-done"))))
}
