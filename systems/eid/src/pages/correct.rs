//! Saying what is wrong about me, and what became of it.

use axum::{
    Form, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use desk::Desk;
use identity::party::{self, Party};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Citizen,
    components::{
        errors,
        fields::{self, Choice, Field},
        flash::Flash,
        tag,
    },
    form::Faults,
    http::{Problem, flash::see_other_with},
    page::csrf_field,
    tr,
};

use super::{CORRECT, own, page};
use crate::{
    commands::{self, NotFiled},
    model::{CorrectField, Correction, LETTERS_MAX, Status},
    queries,
};

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(CORRECT, get(show).post(file))
}

#[derive(Debug, Default, Deserialize)]
struct Typed {
    #[serde(default, rename = "_csrf")]
    csrf: String,
    #[serde(default)]
    muc: String,
    #[serde(default)]
    dung: String,
    #[serde(default)]
    vi: String,
}

async fn show(State(desk): State<Desk>, me: Citizen) -> Result<Markup, Problem> {
    let (known, mine) = read(&desk, &me).await?;
    Ok(form_page(&me, known.as_ref(), &mine, &Typed::default(), &Faults::default()))
}

async fn read(desk: &Desk, me: &Citizen) -> Result<(Option<Party>, Vec<Correction>), Problem> {
    let (shared, party) = (desk.clone(), me.party);
    let read = desk.front.store.read(move |tx| {
        let known = party::load(tx, &shared.front.tenant, &shared.keyring, party)?;
        Ok::<_, crate::Error>((known, queries::of_party(tx, &shared, party)?))
    });
    Ok(read.await?)
}

fn form_page(
    me: &Citizen,
    known: Option<&Party>,
    mine: &[Correction],
    typed: &Typed,
    faults: &Faults,
) -> Markup {
    let (ctx, title, words) = (me.page(), tr!(me, "eid-correct"), &me.words);
    let choices: Vec<Choice> = CorrectField::ALL
        .iter()
        .map(|field| {
            let label = tr!(me, &format!("eid-field-{}", field.word()));
            let held = known.map(|party| field.of(party)).filter(|held| !held.is_empty());
            let held = held.unwrap_or_else(|| tr!(me, "eid-none"));
            Choice { note: held, ..Choice::new(field.word(), label) }
        })
        .collect();
    let labels =
        [tr!(me, "eid-correct-what"), tr!(me, "eid-correct-right"), tr!(me, "eid-correct-why")];
    let hints = [tr!(me, "eid-correct-right-hint"), tr!(me, "eid-correct-why-hint")];
    let most = u16::try_from(LETTERS_MAX).ok();
    let field = |name: &'static str, index: usize| Field {
        name,
        label: &labels[index],
        hint: index.checked_sub(1).map(|at| hints[at].as_str()),
        fault: faults.of(name),
        letters_max: most,
        nodraft: true,
        ..Field::default()
    };
    let main = html! {
        h1 { (title) }
        p.lead { (tr!(me, "eid-correct-lead")) }
        (errors::summary(words, faults))
        form.stack method="post" action=(CORRECT) {
            (csrf_field(&ctx))
            (fields::radios(words, &Field { letters_max: None, ..field("muc", 0) }, &choices, &typed.muc))
            (fields::text(words, &field("dung", 1), &typed.dung))
            (fields::textarea(words, &field("vi", 2), &typed.vi))
            button.btn.go type="submit" { (tr!(me, "eid-correct-do")) }
        }
        p.muted.small.after { (tr!(me, "eid-correct-number")) }
        @if !mine.is_empty() {
            h2 { (tr!(me, "eid-corrections-mine")) }
            ul.looks.l { @for one in mine { li.card { (filed(me, one)) } } }
        }
    };
    page(&ctx, &errors::title(words, faults, &title), main)
}

fn filed(me: &Citizen, one: &Correction) -> Markup {
    let field = tr!(me, &format!("eid-field-{}", one.field.word()));
    html! {
        p {
            b { (field) } " "
            @match one.status {
                Status::Made => (tag::proven(&tr!(me, "eid-correction-made"))),
                status => (tag::tag(&tr!(me, &format!("eid-correction-{}", status.word())))),
            }
        }
        @if let Some(said) = &one.said {
            p { (tr!(me, "eid-correction-said", right = said.right.as_str())) }
        }
        p.muted.small { (tr!(me, "eid-correction-filed", at = me.words.moment(one.filed_at))) }
        @if let (Some(reply), Some((at, _))) = (&one.reply, one.decided) {
            p { (tr!(me, "eid-correction-reply", reply = reply.as_str())) }
            p.muted.small { (tr!(me, "eid-correction-decided", at = me.words.moment(at))) }
        }
    }
}

async fn file(
    State(desk): State<Desk>,
    me: Citizen,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    own(&me, &typed.csrf)?;
    let mut faults = Faults::default();
    match CorrectField::from_word(&typed.muc) {
        None => faults.add("muc", tr!(me, "eid-correct-what-fault")),
        Some(field) => {
            let (shared, who) = (desk.clone(), me.clone());
            let (right, why) = (typed.dung.clone(), typed.vi.clone());
            let filed = desk
                .front
                .store
                .write(move |tx| commands::file_correction(tx, &shared, &who, field, &right, &why));
            match filed.await? {
                Ok(_) => {
                    let flash = Flash::done(tr!(me, "eid-correct-done"));
                    return Ok(see_other_with(CORRECT, flash));
                }
                Err(NotFiled::Right) => {
                    let fault = tr!(me, &format!("eid-correct-fault-{}", field.word()));
                    faults.add("dung", fault);
                }
                Err(NotFiled::Same) => faults.add("dung", tr!(me, "eid-correct-same")),
                Err(NotFiled::Why) => faults.add("vi", tr!(me, "eid-correct-why-fault")),
                Err(NotFiled::TooMany) => faults.add("muc", tr!(me, "eid-correct-too-many")),
            }
        }
    }
    let (known, mine) = read(&desk, &me).await?;
    let page = form_page(&me, known.as_ref(), &mine, &typed, &faults);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
