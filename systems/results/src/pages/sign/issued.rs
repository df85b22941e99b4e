//! What was issued, and the page before a result is taken back.

use desk::{Ended, SignedResult};
use kernel::today;
use maud::{Markup, html};
use web::{
    PageContext, SignedIn,
    components::{
        confirm::{self, Confirm},
        errors, tag,
    },
    form::Faults,
    i18n::hash_ends,
    tr,
};

use super::{Open, form::ground};

/// The results of a dossier, newest first.
pub(super) fn list(me: &SignedIn, open: &Open) -> Markup {
    html! {
        table.docs {
            caption.vh { (tr!(me, "results-issued")) }
            thead.vh { tr {
                th scope="col" { (tr!(me, "results-name")) }
                th scope="col" { (tr!(me, "results-standing")) }
                th scope="col" { (tr!(me, "results-hash")) }
            } }
            tbody { @for result in &open.dossier.results { tr {
                td {
                    a href={ (open.href()) "/tep/" (result.serial) } { (result.name) }
                    @if !result.number.is_empty() { ", " (result.number) }
                    br;
                    span.small.muted {
                        (tr!(me, "results-signed-by", at = me.words.moment(result.signed_at), who = result.signed_by.as_str()))
                    }
                }
                td { (tag::tag(&standing(me, result))) }
                td.o { code title=(result.hash) { (hash_ends(&result.hash)) } }
            } } }
        }
        @if open.in_force() && open.may_replace {
            p { a.btn.sm href={ (open.href()) "/thu-hoi" } { (tr!(me, "results-revoke")) } }
        }
    }
}

fn standing(me: &SignedIn, result: &SignedResult) -> String {
    let Some((ended, ground, at)) = result.ended else { return tr!(me, "results-in-force") };
    let (day, why) = (me.words.date(today(at)), ground.word().replace('_', "-"));
    let why = me.words.t(&format!("results-ground-{why}"));
    match ended {
        Ended::Replaced => tr!(me, "results-was-replaced", day = day, why = why),
        Ended::Revoked => tr!(me, "results-was-revoked", day = day, why = why),
    }
}

/// The page before a result is taken back; none where there is nothing to take.
pub(super) fn revoke_page(
    me: &SignedIn,
    ctx: &PageContext,
    open: &Open,
    faults: &Faults,
) -> Option<Markup> {
    let result = open.dossier.results.first().filter(|_| open.in_force() && open.may_replace)?;
    let verb = tr!(me, "results-revoke");
    let ask = Confirm {
        question: tr!(me, "results-revoke-question", name = result.name.as_str()),
        consequences: vec![tr!(me, "results-revoke-known"), tr!(me, "results-revoke-final")],
        action: format!("{}/thu-hoi", open.href()),
        verb: verb.clone(),
        harsh: true,
        back: open.href(),
        kept: vec![("so".to_owned(), result.serial.to_string())],
    };
    let main = html! {
        (errors::summary(&me.words, faults))
        (confirm::confirm(ctx, &ask, ground(me, "results-ground", faults)))
    };
    Some(web::page::desk(ctx, &errors::title(&me.words, faults, &verb), main))
}
