//! What officers send: each deed runs, or the page comes back with the reason and with everything
//! that was typed.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use kernel::CaseCode;
use web::{
    SignedIn,
    components::flash::{Flash, FlashKind},
    form::Faults,
    http::{Problem, flash::see_other_with},
    tr,
};

use super::{
    OFFICE, new,
    officers::{self, Open, agency_of},
    typed::Typed,
};
use crate::{
    Error, Feedback, Result,
    category::Category,
    commands::{self, Approval, Sorting},
    model::{self, Refusal},
};

/// What is asked, typed.
enum Deed {
    Sort(Box<Sorting>),
    Reroute(kernel::AgencyId, String),
    Ask(String),
    Answer(String, Vec<String>),
    Approve,
    SendBack(String),
    Publish(Approval),
    Refuse(Refusal, String),
    Merge(CaseCode),
}

pub(super) async fn act(
    State(feedback): State<Feedback>,
    me: SignedIn,
    Path((code, name)): Path<(String, String)>,
    mut typed: Typed,
) -> Result<Response, Problem> {
    if !me.csrf_fits(typed.token()) {
        return Err(desk::typed::forged());
    }
    let open = officers::open(&feedback, &me, &code).await?;
    let mut faults = Faults::default();
    let photos = std::mem::take(&mut typed.photos);
    let photos = match new::keep_photos(&feedback, photos, me.now).await? {
        Ok(kept) => kept.into_iter().map(|(hash, _)| hash).collect(),
        Err(fault) => {
            faults.add("anh", me.words.t(fault));
            Vec::new()
        }
    };
    let deed = deed(&feedback, &me, &open, &name, &typed, photos, &mut faults)?;
    let Some(deed) = deed.filter(|_| faults.is_empty()) else {
        return officers::shown(&feedback, &me, &open, &typed, &faults).await;
    };
    let done = run(&feedback, &me, &open, deed, &typed).await;
    match done {
        Ok(code) => {
            let text = me.words.t(&format!("feedback-done-{name}"));
            let flash = Flash { kind: FlashKind::Done, text, undo: None };
            // What no longer waits here leads back to the list.
            let path = if may_see(&feedback, &me, &code).await? {
                format!("{OFFICE}/{code}")
            } else {
                OFFICE.to_owned()
            };
            Ok(see_other_with(&path, flash))
        }
        Err(Error::Desk(error)) => {
            let moment = feedback.moment();
            let procedure = moment.shelf.version(&open.whole.case.procedure);
            let said = desk::refusal::of_error(
                &me.words,
                &error,
                &moment,
                procedure.map(AsRef::as_ref),
                me.now,
            );
            let Some(said) = said else { return Err(error.into()) };
            faults.add(field_of(&name), said);
            let open = officers::open(&feedback, &me, &code).await?;
            officers::shown(&feedback, &me, &open, &typed, &faults).await
        }
        Err(Error::NotNow) => {
            faults.add(field_of(&name), tr!(me, "feedback-not-now"));
            officers::shown(&feedback, &me, &open, &typed, &faults).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Beside which field a refusal is said.
fn field_of(name: &str) -> &'static str {
    match name {
        "chuyen" | "chuyen-lai" => "co_quan",
        "hoi" => "hoi",
        "tu-choi" => "loi",
        _ => "tra_loi",
    }
}

fn deed(
    feedback: &Feedback,
    me: &SignedIn,
    open: &Open,
    name: &str,
    typed: &Typed,
    photos: Vec<String>,
    faults: &mut Faults,
) -> Result<Option<Deed>, Problem> {
    let mut words = |field: &str| {
        let text = typed.get(field).to_owned();
        if text.is_empty() {
            faults.add(field, tr!(me, "feedback-write"));
        }
        text
    };
    Ok(Some(match name {
        "chuyen" => return Ok(sorting(feedback, me, open, typed, faults)),
        "chuyen-lai" => {
            let why = words("ly_do");
            let Some(to) = agency_of(typed) else {
                faults.add("co_quan", tr!(me, "feedback-choose-agency"));
                return Ok(None);
            };
            Deed::Reroute(to, why)
        }
        "hoi" => Deed::Ask(words("hoi")),
        "tra-loi" => Deed::Answer(words("tra_loi"), photos),
        "duyet" => Deed::Approve,
        "tra-lai" => Deed::SendBack(words("ly_do")),
        "cong-khai" => {
            let answer = words("tra_loi");
            let photos = typed.all("anh_cong_khai").map(str::to_owned).collect();
            Deed::Publish(Approval { answer, photos })
        }
        "tu-choi" => {
            let text = words("loi");
            let Some(why) = Refusal::from_word(typed.get("vi_sao")) else {
                faults.add("vi_sao", tr!(me, "feedback-choose-reason"));
                return Ok(None);
            };
            Deed::Refuse(why, text)
        }
        "gop" => {
            let code = typed.get("vao").parse();
            Deed::Merge(code.map_err(|_| Problem::of_status(StatusCode::BAD_REQUEST))?)
        }
        _ => return Err(Problem::not_found()),
    }))
}

fn sorting(
    feedback: &Feedback,
    me: &SignedIn,
    open: &Open,
    typed: &Typed,
    faults: &mut Faults,
) -> Option<Deed> {
    let category = Category::from_word(typed.get("linh_vuc")).unwrap_or(open.whole.report.category);
    let place = typed.get("xa").parse().ok().or_else(|| open.whole.report.place.clone());
    let directory = feedback.front.directory.get();
    let route = open.rules.route(category, place.as_ref(), &directory, me.now);
    let Some(agency) = agency_of(typed).or(route.to) else {
        faults.add("co_quan", tr!(me, "feedback-choose-agency"));
        return None;
    };
    let show = typed.ticked("cong_khai");
    let public_text = typed.get("cong_khai_noi_dung").to_owned();
    if show && public_text.is_empty() {
        faults.add("cong_khai_noi_dung", tr!(me, "feedback-write"));
    }
    let public_place = typed.get("cong_khai_noi").to_owned();
    let sorting = Sorting { category, place, agency, show, public_text, public_place };
    Some(Deed::Sort(Box::new(sorting)))
}

/// Runs it; answers the code of the report as it then is.
async fn run(
    feedback: &Feedback,
    me: &SignedIn,
    open: &Open,
    deed: Deed,
    typed: &Typed,
) -> Result<CaseCode> {
    let (shared, who, case) = (feedback.clone(), me.clone(), open.whole.report.case);
    let (code, expected) = (open.whole.report.code.clone(), typed.get("version").parse().ok());
    let ran = feedback.front.store.write(move |tx| {
        let (f, me) = (&shared, &who);
        match &deed {
            Deed::Sort(sorting) => {
                return Ok(commands::sort(tx, f, me, case, expected, sorting)?.code);
            }
            Deed::Reroute(to, why) => commands::reroute(tx, f, me, case, *to, why)?,
            Deed::Ask(question) => commands::ask(tx, f, me, case, question)?,
            Deed::Answer(words, photos) => commands::answer(tx, f, me, case, words, photos)?,
            Deed::Approve => commands::approve(tx, f, me, case)?,
            Deed::SendBack(why) => commands::send_back(tx, f, me, case, why)?,
            Deed::Publish(approval) => commands::publish(tx, f, me, case, approval)?,
            Deed::Refuse(why, words) => commands::refuse(tx, f, me, case, *why, words)?,
            Deed::Merge(into) => {
                let into = model::by_code(tx, &f.front.tenant, into)?.ok_or(Error::NoSuchReport)?;
                return commands::merge(tx, f, me, case, into.case);
            }
        }
        Ok::<_, Error>(code.clone())
    });
    let out = ran.await;
    if let Err(Error::Desk(desk::Error::Denied(denial))) = &out {
        desk::log_denial(feedback.desk(), me, Some(case), denial.clone()).await;
    }
    out
}

/// Whether this officer may still open it.
async fn may_see(feedback: &Feedback, me: &SignedIn, code: &CaseCode) -> Result<bool, Problem> {
    use identity::access::{Action, Target};
    let (shared, who, code) = (feedback.clone(), me.clone(), code.clone());
    let read = feedback.front.store.read(move |tx| {
        let tenant = &shared.front.tenant;
        let report = model::by_code(tx, tenant, &code)?.ok_or(Error::NoSuchReport)?;
        let case = casework::load(tx, tenant, report.case)?.ok_or(Error::NoSuchReport)?;
        let facts = shared.facts(&case, &shared.moment());
        Ok::<_, Error>(who.may(&shared.front, Action::View, Target::Case(&facts)).is_allowed())
    });
    Ok(read.await?)
}
