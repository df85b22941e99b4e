//! The officer's page: what was issued, signing, and taking back.

mod form;
mod issued;

use std::sync::Arc;

use axum::{
    Form, Router,
    extract::{Multipart, Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use casework::{Command, Note, Stamp, decide};
use desk::{Desk, Dossier, EndGround, Error, WORK, log_denial, refusal, typed};
use files::sign::Fault;
use identity::{
    access::{Action, Decision, Target},
    audit,
};
use kernel::CaseCode;
use maud::Markup;
use procedure::{End, Procedure, Target as Leads};
use web::{
    SignedIn,
    components::flash::Flash,
    form::Faults,
    http::{Problem, flash::see_other_with},
    tr,
};

use super::{RESULT, sent::Sent};
use crate::{
    commands::{Failure, Signing, revoke, sign},
    document,
    model::{Content, FILE_BYTES_MAX},
};

pub(super) fn routes() -> Router<Desk> {
    let most = usize::try_from(FILE_BYTES_MAX).unwrap_or(usize::MAX) + 64 * 1024;
    Router::new()
        .route("/ket-qua/{code}", get(show).post(send))
        .route("/ket-qua/{code}/xem-truoc", post(preview))
        .route("/ket-qua/{code}/tep/{serial}", get(download))
        .route("/ket-qua/{code}/thu-hoi", get(ask_revoke).post(send_revoke))
        .layer(web::http::uploads(most))
}

/// A dossier that this officer may see, and what signing would do to it.
struct Open {
    dossier: Arc<Dossier>,
    procedure: Option<Arc<Procedure>>,
    /// What signing does; or why it cannot be done now.
    signing: Result<Signing, String>,
    /// Whether the result in force may be replaced or taken back.
    may_replace: bool,
}

impl Open {
    fn href(&self) -> String {
        format!("{RESULT}/{}", self.dossier.case.code)
    }

    /// Whether a result is in force.
    fn in_force(&self) -> bool {
        self.dossier.results.first().is_some_and(|result| result.ended.is_none())
    }
}

async fn open(desk: &Desk, me: &SignedIn, code: &str) -> Result<Open, Problem> {
    let code: CaseCode = code.parse().map_err(|_| Problem::not_found())?;
    let shared = desk.clone();
    let read = desk.front.store.read(move |tx| desk::dossier(tx, &shared, &code)).await?;
    let dossier = read.ok_or_else(Problem::not_found)?;
    let moment = desk.moment();
    let facts = desk.facts(&dossier.case, &moment);
    if let Decision::Denied(denial) = me.may(&desk.front, Action::View, Target::Case(&facts)) {
        let problem = desk::forbidden(me, &denial);
        log_denial(desk, me, Some(dossier.case.id), denial).await;
        return Err(problem);
    }
    let procedure = moment.shelf.version(&dossier.case.procedure).cloned();
    let replace = me.may(&desk.front, Action::ReplaceResult, Target::Case(&facts));
    let signing = signing(desk, me, &dossier, procedure.as_deref(), &replace);
    let may_replace = replace.is_allowed();
    Ok(Open { dossier: Arc::new(dossier), procedure, signing, may_replace })
}

/// What signing does now: it completes the step that this officer holds and that leads to the
/// result, or it stands beside a dossier that is over.
fn signing(
    desk: &Desk,
    me: &SignedIn,
    dossier: &Dossier,
    procedure: Option<&Procedure>,
    replace: &Decision,
) -> Result<Signing, String> {
    let (case, moment) = (&dossier.case, desk.moment());
    if case.ended_at.is_some() {
        let with_result =
            matches!(case.status, casework::Status::Finished | casework::Status::Returned);
        return match replace {
            _ if !with_result => Err(tr!(me, "results-not-without")),
            Decision::Allowed => Ok(Signing::Afterwards),
            Decision::Denied(denial) => {
                Err(refusal::denied(&me.words, denial, &moment.directory, me.now))
            }
        };
    }
    let held = case
        .holdings
        .iter()
        .filter(|(_, held)| me.officer.seats.iter().any(|seat| seat.post == held.post));
    let ends = held.filter_map(|(step, _)| {
        let step = procedure?.workflow.step(step)?;
        let leads = |outcome: &&procedure::Outcome| outcome.target == Leads::End(End::Result);
        Some((step.id.clone(), step.outcomes.iter().find(leads)?.id.clone()))
    });
    let Some((step, outcome)) = ends.into_iter().next() else {
        return Err(tr!(me, "results-not-now"));
    };
    let note = Note::default();
    let command = Command::Complete { step: step.clone(), outcome: outcome.clone(), note };
    let stamp = Stamp { actor: me.actor(), happened_at: me.now, recorded_at: me.now };
    match decide(&moment, &stamp, case, &command) {
        Ok(_) => Ok(Signing::Completes(step, outcome)),
        Err(refused) => {
            let names = refusal::Names { procedure, directory: Some(&moment.directory) };
            Err(refusal::told(&me.words, &refused, me.now, names))
        }
    }
}

async fn show(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Markup, Problem> {
    let open = open(&desk, &me, &code).await?;
    page(&desk, &me, &open, &Sent::default(), &Faults::default()).await
}

async fn page(
    desk: &Desk,
    me: &SignedIn,
    open: &Open,
    sent: &Sent,
    faults: &Faults,
) -> Result<Markup, Problem> {
    let ctx = desk::context(desk, me).await?;
    let directory = desk.front.directory.get();
    let agency = directory.agency(open.dossier.case.decided_by);
    let key = agency.map(|agency| desk.certificates.has(&agency.code)).unwrap_or_default();
    let agency = agency.map_or("", |agency| agency.name.as_str());
    Ok(form::page(me, &ctx, open, (agency, key), sent, faults))
}

async fn send(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
    form: Multipart,
) -> Result<Response, Problem> {
    let mut sent = Sent::read(form).await?;
    if !me.csrf_fits(sent.get(web::http::csrf::FIELD)) {
        return Err(typed::forged());
    }
    let open = open(&desk, &me, &code).await?;
    let mut faults = Faults::default();
    let draft = form::draft(&me, &open, &mut sent, &mut faults);
    let signing = open.signing.clone().map_err(|why| faults.add("ky", why));
    let seen = sent.get("version").parse().ok();
    if seen.is_some_and(|seen: u32| seen != open.dossier.case.version) {
        faults.add("ky", tr!(me, "results-overtaken"));
    }
    if let (Some(draft), Ok(signing), true) = (draft, signing, faults.is_empty()) {
        match sign(&desk, &me, &open.dossier, draft, signing).await {
            Ok(result) => {
                let done = tr!(me, "results-done", name = result.name.as_str());
                let to = if still_sees(&desk, &me, &open).await? { &open.href() } else { WORK };
                return Ok(see_other_with(to, Flash::done(done)));
            }
            Err(Failure::Desk(Error::Denied(denial))) => {
                let problem = desk::forbidden(&me, &denial);
                log_denial(&desk, &me, Some(open.dossier.case.id), denial).await;
                return Err(problem);
            }
            Err(failure) => {
                let (field, said) = told(&desk, &me, &open, failure)?;
                faults.add(field, said);
            }
        }
    }
    let page = page(&desk, &me, &open, &sent, &faults).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Whether the dossier is still this officer's to look at, now that the next one holds it.
async fn still_sees(desk: &Desk, me: &SignedIn, open: &Open) -> Result<bool, Problem> {
    let (shared, code) = (desk.clone(), open.dossier.case.code.clone());
    let read = desk.front.store.read(move |tx| desk::dossier(tx, &shared, &code)).await?;
    let case = read.ok_or_else(Problem::not_found)?.case;
    let facts = desk.facts(&case, &desk.moment());
    Ok(me.may(&desk.front, Action::View, Target::Case(&facts)).is_allowed())
}

/// A failure as a sentence beside a field, or as the problem that it is.
fn told(
    desk: &Desk,
    me: &SignedIn,
    open: &Open,
    failure: Failure,
) -> Result<(&'static str, String), Problem> {
    let day = |at| me.words.date(kernel::today(at));
    Ok(match failure {
        Failure::NoKey => ("ky", tr!(me, "results-no-key")),
        Failure::NoGround => ("ly-do", tr!(me, "results-ground-missing")),
        Failure::Overtaken => ("ky", tr!(me, "results-overtaken")),
        Failure::File(_) | Failure::Sign(Fault::Unreadable(_) | Fault::NoPage) => {
            ("tep", tr!(me, "results-file-unreadable"))
        }
        Failure::Sign(Fault::Encrypted) => ("tep", tr!(me, "results-file-encrypted")),
        Failure::Sign(Fault::Locked) => ("tep", tr!(me, "results-file-locked")),
        Failure::Sign(Fault::NotInForce { from, until }) => {
            ("ky", tr!(me, "results-key-not-in-force", from = day(from), until = day(until)))
        }
        Failure::Sign(fault) => return Err(Problem::internal(&fault)),
        Failure::Desk(error) => {
            let moment = desk.moment();
            let procedure = open.procedure.as_deref();
            match refusal::of_error(&me.words, &error, &moment, procedure, me.now) {
                Some(said) => ("ky", said),
                None => return Err(error.into()),
            }
        }
    })
}

/// The document as it would be, without stamp and signature.
async fn preview(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
    form: Multipart,
) -> Result<Response, Problem> {
    let mut sent = Sent::read(form).await?;
    if !me.csrf_fits(sent.get(web::http::csrf::FIELD)) {
        return Err(typed::forged());
    }
    let open = open(&desk, &me, &code).await?;
    let mut faults = Faults::default();
    let Some(draft) = form::draft(&me, &open, &mut sent, &mut faults) else {
        let page = page(&desk, &me, &open, &sent, &faults).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    log_look(&desk, &me, &open).await?;
    let (shared, me_too, dossier) = (desk.clone(), me.clone(), open.dossier.clone());
    let set = tokio::task::spawn_blocking(move || match &draft.content {
        Content::File(bytes) => Ok(bytes.clone()),
        Content::Words(words) => {
            let parts = (draft.name.as_str(), draft.number.as_str(), words.as_str());
            document::set(&shared, &me_too, &dossier, parts)
        }
    });
    let set = set.await.map_err(|error| Problem::internal(&error))?;
    let pdf = set.map_err(|error| Problem::from(Error::from(error)))?;
    Ok(as_pdf(pdf, "inline".to_owned()))
}

async fn download(
    State(desk): State<Desk>,
    me: SignedIn,
    Path((code, serial)): Path<(String, u32)>,
) -> Result<Response, Problem> {
    let open = open(&desk, &me, &code).await?;
    let result = open.dossier.results.iter().find(|result| result.serial == serial);
    let result = result.ok_or_else(Problem::not_found)?.clone();
    log_look(&desk, &me, &open).await?;
    let hash: files::Sha256Hash = result.hash.parse().map_err(|_| Problem::not_found())?;
    let shared = desk.clone();
    // Read by a thread of the store, since a disk would hold up every other request of this one.
    let read = desk.front.store.read(move |_| Ok::<_, Error>(shared.blobs.get(hash)?)).await?;
    let name = format!("{code}-{serial}.pdf");
    Ok(as_pdf(read, format!("attachment; filename=\"{name}\"")))
}

fn as_pdf(bytes: Vec<u8>, disposition: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// Writes that a result, which is personal data, was looked at.
async fn log_look(desk: &Desk, me: &SignedIn, open: &Open) -> Result<(), Problem> {
    let case = &open.dossier.case;
    let reader = audit::Reader::officer(me.session.account, &me.officer);
    let entry = audit::Entry::of(reader, Action::View, &Decision::Allowed, me.now);
    let entry = entry.on(Some(case.id), Some(case.applicant));
    let shared = desk.clone();
    let written = desk.front.store.write(move |tx| {
        audit::record(tx, &shared.front.tenant, &entry, &shared.front.mint)?;
        Ok::<_, Error>(())
    });
    Ok(written.await?)
}

async fn ask_revoke(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Markup, Problem> {
    let open = open(&desk, &me, &code).await?;
    let ctx = desk::context(&desk, &me).await?;
    issued::revoke_page(&me, &ctx, &open, &Faults::default()).ok_or_else(Problem::not_found)
}

async fn send_revoke(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = typed::Typed(pairs);
    if !typed.is_own(&me) {
        return Err(typed::forged());
    }
    let open = open(&desk, &me, &code).await?;
    let serial = typed.get("so").parse().map_err(|_| Problem::bad_request())?;
    let Some(ground) = EndGround::from_word(typed.get("ly-do")) else {
        let mut faults = Faults::default();
        faults.add("ly-do", tr!(me, "results-ground-missing"));
        let ctx = desk::context(&desk, &me).await?;
        let page = issued::revoke_page(&me, &ctx, &open, &faults).ok_or_else(Problem::not_found)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    match revoke(&desk, &me, &open.dossier.case, serial, ground).await {
        Ok(()) => Ok(see_other_with(&open.href(), Flash::done(tr!(me, "results-revoked")))),
        Err(Failure::Desk(Error::Denied(denial))) => {
            let problem = desk::forbidden(&me, &denial);
            log_denial(&desk, &me, Some(open.dossier.case.id), denial).await;
            Err(problem)
        }
        Err(Failure::Desk(error)) => Err(error.into()),
        Err(_) => Err(Problem::conflict()),
    }
}
