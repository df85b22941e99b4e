//! The text of a regime or a form, to be read and to be written anew; every finding with its line.

use axum::{
    extract::{Multipart, Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::{Desk, typed::Typed};
use identity::access::{Action, Target};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    SignedIn,
    components::{
        crumbs::crumbs,
        fields::{self, Choice, Field},
        flash::Flash,
        note::{Tone, note},
        section::card,
    },
    form::Faults,
    http::{Problem, flash::see_other_with},
    page::csrf_field,
    tr,
};

use super::super::{REGIMES, REPORTS};
use crate::{
    Error,
    finding::Finding,
    import::{self, Imported, Note},
    library::{self, TextKind},
};

/// The text of a regime or a form, as it is written.
pub(in crate::pages) async fn text(
    State(desk): State<Desk>,
    me: SignedIn,
    Path((kind, code)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let kind = TextKind::from_word(&kind).ok_or_else(Problem::not_found)?;
    let (shared, of) = (desk.clone(), code.clone());
    let read = desk.front.store.read(move |tx| library::text_of(tx, &shared, kind, &of));
    let text = read.await?;
    let ctx = desk::context(&desk, &me).await?;
    let list = tr!(me, "reports-regimes");
    let main = html! {
        (crumbs(&me.words, &[(tr!(me, "reports-nav").as_str(), REPORTS), (list.as_str(), REGIMES)], &code))
        p { a.btn.sm href={ (REGIMES) "/nhap?loai=" (kind.word()) "&tu=" (code) } { (tr!(me, "reports-write-anew")) } }
        section.card aria-label=(code) { pre { (text) } }
    };
    Ok(desk::page(&ctx, &code, html! {}, main).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Asked {
    loai: String,
    tu: String,
}

/// The form for a new text, perhaps begun from another one.
pub(in crate::pages) async fn new(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let kind = TextKind::from_word(&asked.loai).unwrap_or(TextKind::Regime);
    let mut typed = vec![("loai".to_owned(), kind.word().to_owned())];
    if !asked.tu.is_empty() {
        let (shared, of) = (desk.clone(), asked.tu.clone());
        let read = desk.front.store.read(move |tx| library::text_of(tx, &shared, kind, &of));
        typed.push(("text".to_owned(), read.await?));
    }
    shown(&desk, &me, &Typed(typed), &Faults::default(), Said::Nothing).await
}

/// What is said above the form.
#[derive(Clone, Copy)]
enum Said<'a> {
    /// Nothing.
    Nothing,
    /// What is wrong with the text.
    Findings(&'a [Finding]),
    /// What of a file did not become text.
    Notes(&'a [Note]),
}

/// Rows that are listed of a file.
const NOTES_MAX: usize = 200;

fn said(me: &SignedIn, said: Said<'_>) -> Markup {
    let line = |key: String, about: &str| me.words.t_with(&key, &[("about", about.into())]);
    html! {
        @match said {
            Said::Findings(findings) if !findings.is_empty() => div.problem role="alert" {
                h2 { (tr!(me, "reports-findings", n = findings.len())) }
                ul.l { @for one in findings { li {
                    (tr!(me, "reports-line", line = one.line)) ": "
                    (line(format!("reports-fault-{}", one.kind.word()), &one.about))
                } } }
            },
            Said::Notes(notes) if !notes.is_empty() => (note(Tone::Soon, html! {
                p { b { (tr!(me, "reports-import-notes", n = notes.len())) } }
                ul.l { @for one in notes.iter().take(NOTES_MAX) { li {
                    (tr!(me, "reports-import-row", row = one.row)) ": "
                    (line(format!("reports-import-{}", one.kind.word().replace('_', "-")), &one.about))
                } } }
            })),
            _ => {}
        }
    }
}

async fn shown(
    desk: &Desk,
    me: &SignedIn,
    typed: &Typed,
    faults: &Faults,
    said: Said<'_>,
) -> Result<Response, Problem> {
    let ctx = desk::context(desk, me).await?;
    let title = tr!(me, "reports-add-text");
    let kinds: Vec<Choice> = TextKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.word(), me.words.t(&format!("reports-text-{}", kind.word()))))
        .collect();
    let labels = ["text-kind", "text"].map(|key| me.words.t(&format!("reports-{key}")));
    let body = html! {
        (self::said(me, said))
        form.stack method="post" action={ (REGIMES) "/nhap" } enctype="multipart/form-data" {
            (csrf_field(&ctx))
            (fields::select(&me.words, &Field::new("loai", &labels[0]), &kinds, typed.get("loai")))
            (fields::textarea(&me.words, &Field::new("text", &labels[1]).fault(faults.of("text")).letters_max(60_000), typed.get("text")))
            div.row { button.btn.go name="do" value="luu" { (tr!(me, "reports-check-and-keep")) } }
            div.field {
                label for="f-tep" { (tr!(me, "reports-import-file")) }
                span.hint { (tr!(me, "reports-import-hint")) }
                @if let Some(fault) = faults.of("tep") { span.err { (fault) } }
                input #f-tep type="file" name="tep" accept=".xlsx";
            }
            div.row { button.btn name="do" value="doc" { (tr!(me, "reports-import")) } }
        }
    };
    let list = tr!(me, "reports-regimes");
    let main = html! {
        (crumbs(&me.words, &[(list.as_str(), REGIMES)], &title))
        (card("new", &title, body))
    };
    let bad = !faults.is_empty() || matches!(said, Said::Findings(_));
    let status = if bad { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, desk::page(&ctx, &title, html! {}, main)).into_response())
}

/// Checks and keeps a text, or makes one of a spreadsheet to be looked at first.
pub(in crate::pages) async fn keep(
    State(desk): State<Desk>,
    me: SignedIn,
    parts: Multipart,
) -> Result<Response, Problem> {
    let (mut typed, file) = read(parts).await?;
    if !typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    let line = desk::answering(&me);
    if let Err(denial) = me.may(&desk.front, Action::Direct, Target::Agency(&line)).check() {
        desk::log_denial(&desk, &me, None, denial.clone()).await;
        return Err(desk::forbidden(&me, &denial));
    }
    let mut faults = Faults::default();
    if typed.get("do") == "doc" {
        let mut notes = Vec::new();
        match file.as_deref().map(import::of_file) {
            Some(Ok(Imported { text, notes: found })) => {
                notes = found;
                typed.0.retain(|(name, _)| name != "text" && name != "loai");
                typed.0.push(("text".to_owned(), text));
                typed.0.push(("loai".to_owned(), TextKind::Form.word().to_owned()));
            }
            Some(Err(_)) => faults.add("tep", tr!(me, "reports-import-failed")),
            None => faults.add("tep", tr!(me, "reports-import-none")),
        }
        return shown(&desk, &me, &typed, &faults, Said::Notes(&notes)).await;
    }
    let kind = TextKind::from_word(typed.get("loai")).ok_or_else(Problem::bad_request)?;
    let (shared, text, now) = (desk.clone(), typed.get("text").to_owned(), me.now);
    let kept = desk.front.store.write(move |tx| library::keep(tx, &shared, kind, &text, now));
    match kept.await {
        Ok(code) => {
            let to = format!("{REGIMES}/{}/{code}", kind.word());
            Ok(see_other_with(&to, Flash::done(tr!(me, "reports-text-kept"))))
        }
        Err(Error::Findings(findings)) => {
            shown(&desk, &me, &typed, &faults, Said::Findings(&findings)).await
        }
        Err(Error::Desk(desk::Error::Store(store::Error::Unique(_)))) => {
            faults.add("text", tr!(me, "reports-version-taken"));
            shown(&desk, &me, &typed, &faults, Said::Nothing).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The fields and the file of a form.
async fn read(mut parts: Multipart) -> Result<(Typed, Option<Vec<u8>>), Problem> {
    let broken = |_| Problem::bad_request();
    let (mut typed, mut file) = (Vec::new(), None);
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        if part.file_name().is_some() {
            let bytes = part.bytes().await.map_err(broken)?;
            file = Some(bytes.to_vec()).filter(|bytes| !bytes.is_empty());
        } else {
            typed.push((name, part.text().await.map_err(broken)?));
        }
    }
    Ok((Typed(typed), file))
}
