//! The demonstration has no identity provider: whoever tries it out chooses an invented person.
//! The routes exist in the demonstration only, and the page says what it is.

use axum::{
    Form,
    extract::{Query, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use identity::{Assurance, citizen::Named};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    DEMONSTRATION, Eid,
    door::{self, Wanted},
};
use crate::{Icon, MaybeCitizen, PageContext, http::Problem, icon, page, tr};

/// Who names people here.
const ISSUER: &str = "demonstration";

pub(super) async fn show(
    State(eid): State<Eid>,
    asker: MaybeCitizen,
    Query(wanted): Query<Wanted>,
) -> Markup {
    let mut ctx = asker.page();
    ctx.sign_in = None;
    choice_page(&eid, &ctx, &wanted)
}

fn choice_page(eid: &Eid, ctx: &PageContext, wanted: &Wanted) -> Markup {
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
                        @for (index, party) in eid.invented.iter().enumerate() {
                            li { button.quiet.way name="nguoi" value=(index) {
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
    nguoi: usize,
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
    let Some(party) = eid.invented.get(chosen.nguoi).cloned() else {
        return Problem::bad_request().into_response();
    };
    let named = Named {
        issuer: ISSUER.to_owned(),
        subject: format!("{}", chosen.nguoi),
        party,
        level: Assurance::of_number(chosen.dat),
    };
    let wanted = Wanted { tiep: chosen.tiep, muc: Some(chosen.muc) };
    door::admit(&eid, &asker, &headers, named, &wanted).await
}
