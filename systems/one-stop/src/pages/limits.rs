//! The form that confirms a time limit, on the page of its procedure, and who confirmed which.

use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use casework::ProcedureRef;
use desk::confirmation::Confirmation;
use identity::access::Decision;
use kernel::nfc;
use maud::{Markup, html};
use procedure::{Channel, ChannelKind, Procedure, TimeLimit, Unit};
use web::{
    SignedIn,
    components::{
        errors,
        fields::{self, Choice, Field},
        flash::Flash,
        section,
    },
    form::Faults,
    http::{Problem, csrf, flash::see_other_with},
    tr,
};

use super::{
    PROCEDURES, catalogue, refusal,
    typed::{Typed, forged},
};
use crate::{
    Desk, Error,
    commands::{ConfirmLimit, confirm_limit, may_confirm},
};

/// Most letters of a legal basis, and of a reason.
pub(crate) const BASIS_LETTERS_MAX: usize = 500;
pub(crate) const REASON_LETTERS_MAX: usize = 2000;

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(&format!("{PROCEDURES}/{{code}}/thoi-han"), post(send))
}

async fn send(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    if !typed.is_own(&me) {
        return Err(forged());
    }
    let procedure = catalogue::known(&desk, &code).ok_or_else(Problem::not_found)?;
    let mut faults = Faults::default();
    if let Some(ask) = parse(&me, &procedure, &typed, &mut faults) {
        match confirm_limit(&desk, &me, ask).await {
            Ok(done) => return Ok(after(&me, &done)),
            Err(error) => {
                let moment = desk.moment();
                let said = refusal::of_error(&me.words, &error, &moment, Some(&procedure), me.now);
                let Some(said) = said else { return Err(error.into()) };
                if matches!(error, Error::Denied(_)) {
                    return Err(Problem::forbidden().detail(said));
                }
                faults.add("amount", said);
            }
        }
    }
    // As it stands now: somebody may just have confirmed it.
    let procedure = catalogue::known(&desk, &code).ok_or_else(Problem::not_found)?;
    let page = catalogue::page(&desk, &me, &procedure, &typed, &faults).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// What was typed, as far as it makes sense.
fn parse(
    me: &SignedIn,
    procedure: &Procedure,
    typed: &Typed,
    faults: &mut Faults,
) -> Option<ConfirmLimit> {
    let channel = ChannelKind::from_word(typed.get("channel"));
    // Another version came while the form was open; it is shown anew.
    let same = typed.get("version") == procedure.version.to_string();
    if channel.is_none() || !same {
        faults.add("amount", tr!(me, "limits-other-version"));
    }
    let limit = format!("{} {}", typed.get("amount"), typed.get("unit")).parse::<TimeLimit>();
    let limit = faults.take("amount", limit, |_| tr!(me, "limits-amount-wrong"));
    let mut words = |name: &str, key: &str, letters_max: usize| {
        let text = nfc(typed.get(name));
        match text.chars().count() {
            0 => faults.add(name, me.words.t(key)),
            letters if letters > letters_max => {
                faults.add(name, tr!(me, "limits-long", n = letters_max));
            }
            _ => {}
        }
        text
    };
    let legal_basis = words("basis", "limits-basis-missing", BASIS_LETTERS_MAX);
    let reason = words("reason", "limits-reason-missing", REASON_LETTERS_MAX);
    let (channel, limit) = (channel?, limit?);
    let procedure = ProcedureRef { code: procedure.code.clone(), version: procedure.version };
    faults.is_empty().then_some(ConfirmLimit { procedure, channel, limit, legal_basis, reason })
}

fn after(me: &SignedIn, done: &Confirmation) -> Response {
    let limit = catalogue::said_limit(me, done.limit);
    let channel = me.words.t(&format!("channel-{}", done.channel.word()));
    let text = tr!(me, "limits-done", channel = channel, limit = limit);
    see_other_with(&format!("{PROCEDURES}/{}", done.procedure.code), Flash::done(text))
}

/// Every limit that waits to be confirmed, each with its form for who may, and the sentence who
/// could for who may not. Nothing where none waits.
pub(super) fn waiting(
    desk: &Desk,
    me: &SignedIn,
    procedure: &Procedure,
    typed: &Typed,
    faults: &Faults,
) -> Markup {
    let waiting: Vec<&Channel> =
        procedure.channels.iter().filter(|channel| channel.promise().is_none()).collect();
    let may = may_confirm(desk, me);
    html! {
        @if !waiting.is_empty() {
            (section::card("confirm", &tr!(me, "limits-title"), html! {
                p { (tr!(me, "limits-lead")) }
                @match &may {
                    Decision::Allowed => {
                        (errors::summary(&me.words, faults))
                        @for channel in &waiting { (form(me, procedure, channel, typed, faults)) }
                    }
                    Decision::Denied(denial) => {
                        p.muted { (refusal::denied(&me.words, denial, &me.directory, me.now)) }
                    }
                }
            }))
        }
    }
}

fn form(
    me: &SignedIn,
    procedure: &Procedure,
    channel: &Channel,
    typed: &Typed,
    faults: &Faults,
) -> Markup {
    let kind = channel.kind.word();
    // Several channels may wait; what was typed belongs to one of them.
    let nothing = (Typed::default(), Faults::default());
    let (typed, faults) =
        if typed.get("channel") == kind { (typed, faults) } else { (&nothing.0, &nothing.1) };
    let stated = catalogue::stated(channel);
    let amount = stated.map_or_else(String::new, |limit| limit.amount().to_string());
    let unit = stated.map_or("", |limit| unit_word(limit.unit()));
    let or = |name: &str, usual: &str| match typed.get("channel") {
        "" => usual.to_owned(),
        _ => typed.get(name).to_owned(),
    };
    let labels = ["amount", "unit", "basis", "reason"].map(|f| me.words.t(&format!("limits-{f}")));
    let basis_hint = tr!(me, "limits-basis-hint");
    let amount_field =
        Field::new("amount", &labels[0]).fault(faults.of("amount")).width(4).letters_max(4);
    let basis_field = Field::new("basis", &labels[2]).hint(&basis_hint).fault(faults.of("basis"));
    let reason_field = Field::new("reason", &labels[3]).fault(faults.of("reason"));
    let units = Unit::ALL.map(|unit| {
        Choice::new(unit_word(unit), me.words.t(&format!("limits-unit-{}", unit_word(unit))))
    });
    html! {
        form.stack method="post" action={ (PROCEDURES) "/" (procedure.code) "/thoi-han" } {
            input type="hidden" name=(csrf::FIELD) value=(me.token.csrf());
            input type="hidden" name="channel" value=(kind);
            input type="hidden" name="version" value=(procedure.version);
            h3 { (catalogue::limit(me, channel)) }
            @if let Some(note) = &channel.note { p.muted { (note) } }
            div.grid.g4 {
                (fields::input(&me.words, &amount_field, "number", &or("amount", &amount)))
                (fields::select(&me.words, &Field::new("unit", &labels[1]).width(4), &units,
                    &or("unit", unit)))
            }
            (fields::text(&me.words, &basis_field, typed.get("basis")))
            (fields::textarea(&me.words, &reason_field.letters_max(2000), typed.get("reason")))
            p.muted.small { (tr!(me, "limits-for-good")) }
            p.acts { button.btn.go type="submit" { (tr!(me, "limits-do")) } }
        }
    }
}

/// The unit as a limit writes it.
fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::WorkingHour => "working_hours",
        Unit::WorkingDay => "working_days",
        Unit::CalendarDay => "calendar_days",
        Unit::Month => "months",
    }
}

/// Who confirmed a limit, when, by which law and why.
pub(super) fn confirmed_by(me: &SignedIn, one: &Confirmation) -> Markup {
    let who = me.directory.person(one.person).map_or("", |person| person.name.as_str());
    let seat = me.directory.post(one.post).map_or("", |post| post.title.as_str());
    html! {
        span.sub { (tr!(me, "limits-by", who = who, seat = seat, at = me.words.moment(one.at))) }
        span.sub { (tr!(me, "limits-by-law", law = one.legal_basis.as_str())) }
        span.sub { (tr!(me, "limits-because", why = one.reason.as_str())) }
    }
}
