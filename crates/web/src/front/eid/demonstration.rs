//! The demonstration has no identity provider: whoever tries it out chooses an invented person.
//! The routes exist in the demonstration only, and the page says what it is.

use axum::{
    Form,
    extract::{Query, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use identity::{
    Assurance,
    citizen::Named,
    party::{self, Known},
};
use kernel::PartyId;
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    DEMONSTRATION, Eid,
    door::{self, Wanted},
};
use crate::{Icon, MaybeCitizen, PageContext, front::failed, http::Problem, icon, page, tr};

/// Who names people here.
const ISSUER: &str = "demonstration";

pub(super) async fn show(
    State(eid): State<Eid>,
    asker: MaybeCitizen,
    Query(wanted): Query<Wanted>,
) -> Result<Markup, Problem> {
    let mut ctx = asker.page();
    ctx.sign_in = None;
    Ok(choice_page(&people(&eid).await?, &ctx, &wanted))
}

/// The invented people, as far as they are still known.
async fn people(eid: &Eid) -> Result<Vec<Known>, Problem> {
    let named = eid.invented.as_ref().and_then(|people| people.get()).cloned().unwrap_or_default();
    let shared = eid.clone();
    let read = eid.front.store.read(move |tx| {
        let mut people = Vec::new();
        for id in &named {
            let party = party::load(tx, &shared.front.tenant, &shared.keyring, *id)?;
            people.extend(party.map(|party| Known { id: *id, party }));
        }
        Ok::<_, identity::Error>(people)
    });
    read.await.map_err(|error| failed(&error))
}

fn choice_page(people: &[Known], ctx: &PageContext, wanted: &Wanted) -> Markup {
    let title = tr!(ctx, "enter-demo-title");
    let level = wanted.level();
    let main = html! {
        div.enter {
            p.note.soon { (icon(Icon::Warn)) b { (tr!(ctx, "enter-demo-note")) } }
            h1 { (title) }
            p.lead { (tr!(ctx, "enter-demo-lead")) }
            form.stack method="post" action=(DEMONSTRATION) {
                input type="hidden" name="tiep" value=(wanted.next());
                input type="hidden" name="muc" value=(level.number());
                fieldset.field {
                    legend { (tr!(ctx, "enter-demo-level")) }
                    @for choice in [Assurance::Two, Assurance::One] {
                        label.choice {
                            input type="radio" name="dat" value=(choice.number())
                                checked[choice == Assurance::Two];
                            (tr!(ctx, "enter-demo-level-n", n = choice.number()))
                        }
                    }
                }
                fieldset.field {
                    legend { (tr!(ctx, "enter-demo-who")) }
                    ul.link.l {
                        @for Known { id, party } in people {
                            li { button.quiet.way name="nguoi" value=(id) {
                                (icon(Icon::User))
                                span {
                                    b { (party.name) }
                                    small { (party.masked_number().unwrap_or_default()) }
                                }
                                (icon(Icon::Next))
                            } }
                        }
                    }
                }
            }
        }
    };
    page::citizen(ctx, &title, main)
}

#[derive(Debug, Deserialize)]
pub(super) struct Chosen {
    nguoi: PartyId,
    #[serde(default)]
    dat: i64,
    #[serde(default)]
    muc: i64,
    #[serde(default)]
    tiep: String,
}

pub(super) async fn choose(
    State(eid): State<Eid>,
    asker: MaybeCitizen,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> Response {
    let known = match people(&eid).await {
        Ok(people) => people.into_iter().find(|known| known.id == chosen.nguoi),
        Err(problem) => return problem.into_response(),
    };
    let Some(Known { party, .. }) = known else {
        return Problem::bad_request().into_response();
    };
    let named = Named {
        issuer: ISSUER.to_owned(),
        subject: chosen.nguoi.to_string(),
        party,
        level: Assurance::of_number(chosen.dat),
    };
    let wanted = Wanted { tiep: chosen.tiep, muc: Some(chosen.muc) };
    door::admit(&eid, &asker, &headers, named, &wanted).await
}
