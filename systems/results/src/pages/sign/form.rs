//! The form to sign by.

use desk::EndGround;
use maud::{Markup, html};
use web::{
    Icon, PageContext, SignedIn,
    components::{
        crumbs::crumbs,
        drop::{Drop, drop},
        errors,
        fields::{self, Choice, Field},
        note::{self, Tone},
        section,
    },
    form::Faults,
    icon,
    page::csrf_field,
    tr,
};

use super::{Open, issued};
use crate::{
    commands::Signing,
    model::{Content, Draft, FILE_BYTES_MAX, NAME_LETTERS_MAX, TEXT_LETTERS_MAX},
    pages::sent::Sent,
};

/// What is about to be signed, as it was typed; none where something is missing.
pub(super) fn draft(
    me: &SignedIn,
    open: &Open,
    sent: &mut Sent,
    faults: &mut Faults,
) -> Option<Draft> {
    let name = sent.get("ten").to_owned();
    let number = sent.get("so-hieu").to_owned();
    if name.is_empty() {
        faults.add("ten", tr!(me, "results-name-missing"));
    }
    if name.chars().count().max(number.chars().count()) > NAME_LETTERS_MAX {
        faults.add("ten", tr!(me, "results-name-long", max = NAME_LETTERS_MAX));
    }
    let replaces = EndGround::from_word(sent.get("ly-do"));
    if open.in_force() && replaces.is_none() {
        faults.add("ly-do", tr!(me, "results-ground-missing"));
    }
    let content = if sent.get("cach") == "mau" {
        let words = sent.get("noi-dung").to_owned();
        if words.is_empty() {
            faults.add("noi-dung", tr!(me, "results-text-missing"));
        } else if words.chars().count() > TEXT_LETTERS_MAX {
            faults.add("noi-dung", tr!(me, "results-text-long", max = TEXT_LETTERS_MAX));
        }
        Some(Content::Words(words))
    } else {
        let file = sent.file.take();
        if sent.too_large {
            let limit = me.words.file_size(FILE_BYTES_MAX);
            faults.add("tep", tr!(me, "results-file-large", limit = limit));
        } else if file.is_none() {
            faults.add("tep", tr!(me, "results-file-missing"));
        }
        file.map(Content::File)
    };
    let content = content.filter(|_| faults.is_empty())?;
    Some(Draft { name, number, content, replaces })
}

/// The page: what was issued, then the form, or why there is none.
pub(super) fn page(
    me: &SignedIn,
    ctx: &PageContext,
    open: &Open,
    (agency, key): (&str, bool),
    sent: &Sent,
    faults: &Faults,
) -> Markup {
    let code = open.dossier.case.code.as_str();
    let title = tr!(me, "results-title", code = code);
    let procedure = open.procedure.as_ref().map_or("", |procedure| procedure.name.as_str());
    let applicant = open.dossier.applicant.as_ref().map_or("–", |party| party.name.as_str());
    let main = html! {
        (crumbs(&me.words, &[
            (&tr!(me, "nav-work"), desk::WORK),
            (code, &format!("/ho-so/{code}")),
        ], &tr!(me, "results-crumb")))
        (errors::summary(&me.words, faults))
        h1 { (title) }
        p.muted { (procedure) ", " b { (applicant) } }
        div.stack.after {
            @if !open.dossier.results.is_empty() {
                (section::card("issued", &tr!(me, "results-issued"), issued::list(me, open)))
            }
            (section::card("sign", &heading(me, open), html! {
                @match (&open.signing, key) {
                    (Err(why), _) => { p { (why) } p { a.btn href={ "/ho-so/" (code) } { (tr!(me, "results-back")) } } }
                    (Ok(_), false) => (note::call(Tone::Late, html! { (tr!(me, "results-no-key")) }, None)),
                    (Ok(signing), true) => (form(me, ctx, open, signing, agency, sent, faults)),
                }
            }))
        }
    };
    web::page::desk(ctx, &errors::title(&me.words, faults, &title), main)
}

fn heading(me: &SignedIn, open: &Open) -> String {
    let key = if open.in_force() { "results-sign-again" } else { "results-sign" };
    me.words.t(key)
}

fn form(
    me: &SignedIn,
    ctx: &PageContext,
    open: &Open,
    signing: &Signing,
    agency: &str,
    sent: &Sent,
    faults: &Faults,
) -> Markup {
    let words = &me.words;
    let known = open.procedure.as_ref().map_or(&[][..], |procedure| &procedure.results);
    let usual = known.first().map_or("", |result| result.name.as_str());
    let name = if sent.get("ten").is_empty() { usual } else { sent.get("ten") };
    let way = if sent.get("cach") == "mau" { "mau" } else { "tep" };
    let labels =
        ["results-name", "results-number", "results-way", "results-text"].map(|key| words.t(key));
    let hints = ["results-number-hint", "results-text-hint"].map(|key| words.t(key));
    let ways = [
        Choice::new("tep", tr!(me, "results-way-file")),
        Choice::new("mau", tr!(me, "results-way-template")),
    ];
    html! {
        form.stack method="post" action=(open.href()) enctype="multipart/form-data" data-main {
            (csrf_field(ctx))
            input type="hidden" name="version" value=(open.dossier.case.version);
            @if open.in_force() { (ground(me, "results-ground-replace", faults)) }
            (fields::text(words, &Field::new("ten", &labels[0]).letters_max(200).fault(faults.of("ten")), name))
            (fields::text(words, &Field::new("so-hieu", &labels[1]).hint(&hints[0]).optional().letters_max(200), sent.get("so-hieu")))
            (fields::radios(words, &Field::new("cach", &labels[2]), &ways, way))
            (drop(words, &Drop {
                name: "tep".to_owned(),
                kinds: "PDF".to_owned(),
                accept: "application/pdf".to_owned(),
                bytes_max: FILE_BYTES_MAX,
                fault: faults.of("tep").map(str::to_owned),
                ..Drop::default()
            }))
            (fields::textarea(words, &Field::new("noi-dung", &labels[3]).hint(&hints[1]).optional().fault(faults.of("noi-dung")), sent.get("noi-dung")))
            @if let Some(fault) = faults.of("ky") { p.err #f-ky { (icon(Icon::Late)) (fault) } }
            div.note {
                p { (tr!(me, "results-will-sign", agency = agency)) }
                p { (tr!(me, match signing {
                    Signing::Completes(..) => "results-will-end",
                    Signing::Afterwards => "results-will-stand",
                })) }
                p { (tr!(me, "results-will-stay")) }
            }
            p.acts {
                button.btn.go { (icon(Icon::Pen)) (tr!(me, match signing {
                    Signing::Completes(..) => "results-go-end",
                    Signing::Afterwards => "results-go",
                })) }
                button.btn formaction={ (open.href()) "/xem-truoc" } formtarget="_blank" {
                    (tr!(me, "results-preview"))
                }
            }
        }
    }
}

/// Why a result is no longer in force.
pub(super) fn ground(me: &SignedIn, label: &str, faults: &Faults) -> Markup {
    let label = me.words.t(label);
    let choices = EndGround::ALL.iter().map(|ground| {
        Choice::new(
            ground.word(),
            me.words.t(&format!("results-ground-{}", ground.word().replace('_', "-"))),
        )
    });
    let empty = std::iter::once(Choice::new("", me.words.t("results-ground-choose")));
    let choices: Vec<Choice> = empty.chain(choices).collect();
    let field = Field::new("ly-do", &label).fault(faults.of("ly-do"));
    fields::select(&me.words, &field, &choices, "")
}
