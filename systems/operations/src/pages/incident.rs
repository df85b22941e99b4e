//! One incident: what was raised and why, what to do, what was done, and what can be done now.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use casework::{Case, Change, Told};
use desk::{figure_page, typed::Typed};
use identity::{
    access::{Action, Decision, Target},
    audit,
};
use kernel::{Actor, CaseCode};
use maud::{Markup, html};
use web::{
    Icon, PageContext, SignedIn,
    components::{
        clock,
        crumbs::crumbs,
        errors,
        fields::{self, Choice, Field},
        kv::kv,
        section::card,
        timeline::{Happening, HappeningKind, timeline},
    },
    form::Faults,
    http::Problem,
    page::csrf_field,
    tr,
};

use super::{ALERTS, INCIDENTS, Room, directs, parts, say, scope_of};
use crate::{
    Error,
    commands::Cause,
    queries::{self, ActionTaken, Alert},
};

/// Hours for which a rule may be silenced.
const SILENCE_HOURS: [i64; 4] = [4, 24, 72, 168];

/// All that the page shows.
pub(super) struct Open {
    pub(super) alert: Alert,
    pub(super) case: Case,
    story: Vec<Told>,
    actions: Vec<ActionTaken>,
}

pub(super) async fn page(
    State(room): State<Room>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let open = open(&room, &me, &code).await?;
    shown(&room, &me, &open, &Typed::default(), &Faults::default()).await
}

/// The incident of a code, to somebody who may open it; that they did is logged.
pub(super) async fn open(room: &Room, me: &SignedIn, code: &str) -> Result<Open, Problem> {
    let code: CaseCode = code.parse().map_err(|_| Problem::not_found())?;
    let (shared, who) = (room.clone(), me.clone());
    let read = room.front.store.write(move |tx| {
        let tenant = &shared.front.tenant;
        let mut alert = queries::by_code(tx, tenant, &code)?.ok_or(Error::NoSuchIncident)?;
        let case = casework::load(tx, tenant, alert.case)?.ok_or(Error::NoSuchIncident)?;
        let moment = shared.moment();
        let facts = shared.facts(&case, &moment);
        let decision = who.may(&shared.front, Action::View, Target::Case(&facts));
        let reader = audit::Reader::officer(who.session.account, &who.officer);
        let entry = audit::Entry::of(reader, Action::View, &decision, who.now);
        let entry = entry.on(Some(case.id), Some(case.applicant));
        audit::record(tx, tenant, &entry, &shared.front.mint)?;
        if let Decision::Denied(denial) = decision {
            return Ok(Err(denial));
        }
        let story =
            shared.in_office(&moment, |office| casework::story(tx, tenant, office.vault, &case))?;
        let actions = queries::actions(tx, tenant, case.id)?;
        queries::explain(tx, &shared, std::slice::from_mut(&mut alert))?;
        Ok::<_, Error>(Ok(Open { alert, case, story, actions }))
    });
    read.await?.map_err(|denial| desk::forbidden(me, &denial))
}

/// The page, with what was typed and what is wrong with it.
pub(super) async fn shown(
    room: &Room,
    me: &SignedIn,
    open: &Open,
    typed: &Typed,
    faults: &Faults,
) -> Result<Response, Problem> {
    let ctx = desk::context(room, me).await?;
    let directory = room.front.directory.get();
    let title = say::alert(&me.words, &directory, &open.alert);
    let moment = room.moment();
    let calendar = moment.calendars.agency(open.case.decided_by);
    let view = desk::clock::view(&me.words, &open.case, me.now, calendar, &moment.thresholds);
    // Who was given the incident may be somebody who sees no figures: they get no way to pages that
    // would turn them away.
    let scope = scope_of(room, me).ok();
    let may = scope.as_ref().is_some_and(|of| queries::under(&directory, of, open.alert.agency));
    let alerts = tr!(me, "operations-alerts");
    let above = scope.map(|_| (alerts.as_str(), ALERTS));
    let forms = Forms { room, me, ctx: &ctx, open, typed, faults };
    let main = html! {
        (crumbs(&me.words, above.as_slice(), open.alert.code.as_str()))
        div.cols {
            div.stack {
                (errors::summary(&me.words, faults))
                (why(room, me, open, may))
                (playbook(me, open))
                (forms.deeds())
            }
            aside.side2.stack {
                (facts(room, me, open, may))
                (card("h", &tr!(me, "operations-story"), timeline(&story(room, me, open))))
            }
        }
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, desk::page(&ctx, &title, clock::large(&me.words, &view), main)).into_response())
}

fn why(room: &Room, me: &SignedIn, open: &Open, may: bool) -> Markup {
    let alert = &open.alert;
    let said = alert.rule.as_ref().map(|rule| say::reading(&me.words, room, rule, alert));
    let figure = alert.rule.as_ref().filter(|_| may).and_then(|rule| {
        let moment = room.moment();
        let measured = (alert.reading, alert.raised_at);
        let period = queries::measured(rule, measured, moment.calendars.usual());
        Some(figure_page(rule.indicator()?, &alert.scope, period))
    });
    card(
        "w",
        &tr!(me, "operations-why"),
        html! {
            p.lead { (said.unwrap_or_default()) }
            p { (parts::standing(&me.words, alert, me.now)) }
            @if alert.again > 0 { p { (tr!(me, "operations-again", n = alert.again)) } }
            @if let Some(figure) = figure { p { a href=(figure) { (tr!(me, "operations-open-figure")) } } }
        },
    )
}

fn playbook(me: &SignedIn, open: &Open) -> Markup {
    let text = open.alert.rule.as_ref().map_or("", |rule| rule.playbook.trim());
    html! { @if !text.is_empty() {
        (card("p", &tr!(me, "operations-playbook"), html! { p.playbook { (text) } }))
    } }
}

fn facts(room: &Room, me: &SignedIn, open: &Open, may: bool) -> Markup {
    let (alert, words) = (&open.alert, &me.words);
    let directory = room.front.directory.get();
    let holder = open.case.holdings.values().next().map(|holding| {
        let title = directory.post(holding.post).map_or("", |post| post.title.as_str());
        let person = directory.holder(holding.post, me.now).map_or("", |p| p.name.as_str());
        format!("{person}, {title}")
    });
    let agency = directory.agency(open.case.decided_by).map_or("", |a| a.name.as_str()).to_owned();
    let mut pairs: Vec<(String, Markup)> = vec![
        (tr!(me, "operations-raised"), html! { (words.moment(alert.raised_at)) }),
        (
            tr!(me, "operations-journal"),
            html! { (words.number(i64::try_from(alert.pos).unwrap_or(i64::MAX))) },
        ),
        (tr!(me, "operations-agency"), html! { (agency) }),
    ];
    if let Some(holder) = holder {
        pairs.push((tr!(me, "operations-holder"), html! { (holder) }));
    }
    if let Some(rule) = &alert.rule {
        let severity = words.t(&format!("operations-severity-{}", rule.severity.word()));
        pairs.push((tr!(me, "operations-severity"), html! { (severity) }));
    }
    if let Some(cause) = alert.cause.as_deref().and_then(Cause::from_word) {
        let said = words.t(&format!("operations-cause-{}", cause.word()));
        pairs.push((tr!(me, "operations-cause"), html! { (said) }));
    }
    html! {
        (card("f", alert.code.as_str(), kv(&pairs)))
        @if may { p { a href={ (ALERTS) "/" (alert.code) ".cap.xml" } { (tr!(me, "operations-cap-message")) } } }
    }
}

/// What happened, newest first: steps of the case and what was noted in between.
fn story(room: &Room, me: &SignedIn, open: &Open) -> Vec<Happening> {
    let directory = room.front.directory.get();
    let name = |actor: &Actor| match actor {
        Actor::Officer { person, .. } => {
            directory.person(*person).map_or_else(String::new, |person| person.name.clone())
        }
        Actor::Party(_) | Actor::System(_) => tr!(me, "operations-itself"),
    };
    let told = open.story.iter().filter_map(|told| {
        let key = match &told.change {
            Change::Completed { step, outcome, .. } => {
                format!("operations-did-{}-{}", step.as_str(), outcome.as_str())
            }
            Change::Submitted { .. } => "operations-did-opened".to_owned(),
            Change::Assigned { .. } => "operations-did-assigned".to_owned(),
            _ => return None,
        };
        let note = told.note.clone().unwrap_or_default();
        Some((
            told.happened_at,
            Happening {
                icon: if key.ends_with("opened") { Icon::Bell } else { Icon::Done },
                kind: HappeningKind::Past,
                what: me.words.t(&key),
                who: name(&told.actor),
                when: me.words.moment_near(told.happened_at, me.now),
                consequence: html! { @if !note.is_empty() { p.small { (note) } } },
            },
        ))
    });
    let noted = open.actions.iter().map(|action| {
        (
            action.at,
            Happening {
                icon: Icon::Pen,
                kind: HappeningKind::Past,
                what: tr!(me, "operations-did-action"),
                who: name(&action.actor),
                when: me.words.moment_near(action.at, me.now),
                consequence: html! { p.small { (action.words) } },
            },
        )
    });
    let mut all: Vec<_> = told.chain(noted).collect();
    all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    all.into_iter().map(|(_, happening)| happening).collect()
}

/// What the page needs while it writes the forms.
struct Forms<'a> {
    room: &'a Room,
    me: &'a SignedIn,
    ctx: &'a PageContext,
    open: &'a Open,
    typed: &'a Typed,
    faults: &'a Faults,
}

impl Forms<'_> {
    fn deeds(&self) -> Markup {
        let case = &self.open.case;
        let facts = self.room.facts(case, &self.room.moment());
        let acts = self.me.may(&self.room.front, Action::CompleteStep, Target::Case(&facts));
        let step = case.holdings.keys().next().map(|step| step.as_str());
        html! {
            @match step {
                _ if !acts.is_allowed() => p.note {
                    (self.t(if step.is_none() { "operations-is-closed" } else { "operations-not-yours" }))
                },
                Some("xac-nhan") => (card("d", &self.t("operations-acknowledge"), self.form("nhan", html! {
                    p { (self.t("operations-acknowledge-lead")) }
                }, "operations-do-acknowledge", true))),
                Some("xu-ly") => { (self.note()) (self.close()) },
                Some("dong") => (self.conclude()),
                _ => p.note { (self.t("operations-is-closed")) },
            }
            @if directs(self.room, self.me).is_ok() && step.is_some() { (self.silence()) }
        }
    }

    fn t(&self, key: &str) -> String {
        self.me.words.t(key)
    }

    /// A form that sends a deed.
    fn form(&self, deed: &str, fields: Markup, button: &str, main: bool) -> Markup {
        html! {
            form.stack method="post" action={ (INCIDENTS) "/" (self.open.alert.code) "/" (deed) } data-main[main] {
                (csrf_field(self.ctx))
                input type="hidden" name="version" value=(self.open.case.version);
                (fields)
                p.acts { button.btn.go[main] { (self.t(button)) } }
            }
        }
    }

    fn words(&self, name: &str, label: &str, hint: &str) -> Markup {
        let (label, hint) = (self.t(label), self.t(hint));
        let field = Field::new(name, &label).hint(&hint).letters_max(4000);
        fields::textarea(&self.me.words, &field.fault(self.faults.of(name)), self.typed.get(name))
    }

    fn note(&self) -> Markup {
        let fields = self.words("viec", "operations-action", "operations-action-hint");
        card(
            "d-note",
            &self.t("operations-note"),
            self.form("ghi", fields, "operations-do-note", false),
        )
    }

    fn close(&self) -> Markup {
        let choice = |cause: Cause| {
            Choice::new(cause.word(), self.t(&format!("operations-cause-{}", cause.word())))
        };
        let choices: Vec<Choice> = Cause::ALL.iter().copied().map(choice).collect();
        let label = self.t("operations-cause");
        let cause = Field::new("nguyen-nhan", &label).fault(self.faults.of("nguyen-nhan"));
        let fields = html! {
            (fields::select(&self.me.words, &cause, &choices, self.typed.get("nguyen-nhan")))
            (self.words("ket-qua", "operations-outcome", "operations-outcome-hint"))
        };
        card(
            "d-close",
            &self.t("operations-close"),
            self.form("xong", fields, "operations-do-close", true),
        )
    }

    fn conclude(&self) -> Markup {
        let close = self.form(
            "dong",
            self.words("ket-luan", "operations-conclusion", "operations-conclusion-hint"),
            "operations-do-conclude",
            true,
        );
        let back = self.form(
            "lam-tiep",
            self.words("vi-sao", "operations-back-why", "operations-back-hint"),
            "operations-do-reopen",
            false,
        );
        html! {
            (card("d-dong", &self.t("operations-conclude"), close))
            (card("d-tiep", &self.t("operations-reopen"), back))
        }
    }

    /// Silence for the rule and the scope of this alert.
    fn silence(&self) -> Markup {
        let Some(rule) = &self.open.alert.rule else { return html! {} };
        let hours = SILENCE_HOURS.map(|hours| {
            Choice::new(
                hours.to_string(),
                self.me.words.t_with("fmt-hours", &[("n", hours.into())]),
            )
        });
        let (label, why) = (self.t("operations-silence-for"), self.t("operations-silence-reason"));
        let hint = self.t("operations-silence-reason-hint");
        let fault = self.faults.of("ly-do");
        let reason = Field::new("ly-do", &why).hint(&hint).letters_max(300).fault(fault);
        let chosen = Some(self.typed.get("gio")).filter(|hours| !hours.is_empty()).unwrap_or("24");
        html! {
            details.card open[fault.is_some()] {
                summary { (self.t("operations-silence")) (web::icon(Icon::Down)) }
                p { (self.t("operations-silence-lead")) }
                form.stack method="post" action="/canh-bao/im" {
                    (csrf_field(self.ctx))
                    input type="hidden" name="quy-tac" value=(rule.id);
                    input type="hidden" name="cua" value=(self.open.alert.scope);
                    input type="hidden" name="su-co" value=(self.open.alert.code);
                    (fields::select(&self.me.words, &Field::new("gio", &label), &hours, chosen))
                    (fields::text(&self.me.words, &reason, self.typed.get("ly-do")))
                    p.acts { button.btn { (self.t("operations-do-silence")) } }
                }
            }
        }
    }
}
