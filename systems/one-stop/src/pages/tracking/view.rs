//! Where a dossier is, in plain words: who holds it, until when, what the applicant must do.

use casework::{Case, Change, Status};
use identity::party::{Party, PartyNumber};
use kernel::{Instant, PostId, today};
use maud::{Markup, html};
use procedure::Procedure;
use web::{
    Icon, PageContext, Words,
    components::steps::{self, StepState, StepView},
    i18n::{capital, hash_ends},
    icon, page, tr,
};

use crate::{
    Desk, Moment,
    pages::{CHECK, PAY, TRACKING, asked},
    queries::Tracked,
};

pub(super) fn page(desk: &Desk, ctx: &PageContext, of: &Tracked, secret: &str) -> Markup {
    let (moment, now) = (desk.moment(), desk.now());
    let words = &ctx.words;
    let procedure = moment.shelf.version(&of.case.procedure);
    let name = procedure.map_or_else(|| of.case.procedure.code.to_string(), |p| p.name.clone());
    let who = polite(words, of.applicant.as_ref());
    let status = of.case.status.word();
    let main = html! {
        div.stack {
        p.muted.num { (tr!(ctx, "track-dossier", code = of.case.code.as_str())) }
        section.card.ans aria-labelledby="t" {
            p.muted { (tr!(ctx, "track-of", procedure = name, who = who)) }
            h1 #t { (words.t(&format!("track-is-{status}"))) }
            @if let Some(when) = promise(words, &of.case, now) { p.when.num { (when) } }
            p { (holder(words, &moment, &of.case, now)) }
            p { b { (duty(words, &moment, of)) } }
            @if of.case.status.is_open() && of.case.unpaid() > 0 {
                @let pay = asked::address(&format!("{PAY}/{}", of.case.code), &[("khoa", secret)]);
                p.acts { a.btn.go href=(pay) { (tr!(ctx, "track-pay")) } }
            }
        }
        (result(desk, ctx, of, now))
        @if let Some(procedure) = procedure {
            section.card aria-labelledby="p" {
                h2 #p { (tr!(ctx, "track-path")) }
                (steps::path(words, &path(words, &moment, of, procedure, now)))
            }
        }
        section.note aria-labelledby="lt" {
            h2 #lt { (tr!(ctx, "track-late-heading")) }
            p { (tr!(ctx, "track-late")) }
        }
        (proof(ctx, of, secret))
        }
    };
    page::citizen(ctx, &tr!(ctx, "track-page-title", code = of.case.code.as_str()), main)
}

/// The document that was issued, where it can be checked, and the one question after it.
fn result(desk: &Desk, ctx: &PageContext, of: &Tracked, now: Instant) -> Markup {
    let words = &ctx.words;
    html! {
        @if let Some(result) = of.results.first() {
            @let check = desk.check_code(result.case, result.serial);
            @let at = words.moment_near(result.signed_at, now);
            section.card aria-labelledby="r" {
                h2 #r { (tr!(ctx, "track-result")) }
                p { (tr!(ctx, "track-result-signed", name = result.name.as_str(), at = at)) }
                @if result.ended.is_some() { p { b { (tr!(ctx, "track-result-ended")) } } }
                p { a href={ (CHECK) "/" (of.case.code) "?ma=" (check) } { (tr!(ctx, "track-result-check")) } }
            }
        }
        @if of.may_be_rated {
            p.acts { a.btn.go href=(desk.rating_path(&of.case)) { (icon(Icon::Care)) (tr!(ctx, "track-rate")) } }
        }
    }
}

/// "ông Tú", "bà Hiền": the last word of the name, and the address that the number tells (its
/// fourth digit is even for men). Nothing else of the person is shown.
fn polite(words: &Words, party: Option<&Party>) -> String {
    let Some(party) = party else { return tr!(words, "track-somebody") };
    let given = party.name.split_whitespace().last().unwrap_or_default();
    let kind = match &party.number {
        Some(PartyNumber::Tax(_)) => return tr!(words, "track-organization"),
        Some(PartyNumber::Citizen(id)) => match id.as_str().as_bytes().get(3) {
            Some(digit) if digit % 2 == 0 => "ong",
            Some(_) => "ba",
            None => "ongba",
        },
        None => "ongba",
    };
    tr!(words, "track-person", kind = kind, name = given)
}

fn promise(words: &Words, case: &Case, now: Instant) -> Option<String> {
    let day = |at| words.date_long(today(at));
    match case.status {
        Status::Submitted => {
            Some(tr!(words, "track-accept-by", at = words.moment_near(case.accept_by, now)))
        }
        Status::AwaitingPayment if case.accepted_at.is_none() => None,
        status if status.is_paused() => Some(tr!(words, "track-paused")),
        Status::InProgress => case.due().map(|due| {
            let (time, day) = (words.time(due), day(due));
            if now > due {
                tr!(words, "track-was-due", time = time, day = day)
            } else {
                tr!(words, "track-due", time = time, day = day)
            }
        }),
        _ => {
            let end = case.returned_at.or(case.ended_at)?;
            Some(tr!(words, "track-ended", time = words.time(end), day = capital(&day(end))))
        }
    }
}

/// "Ông/bà Đặng Quốc Bảo, công chức địa chính, đang giữ từ 18/11, 09:00."
fn holder(words: &Words, moment: &Moment, case: &Case, now: Instant) -> String {
    let held: Vec<String> = case
        .holdings
        .values()
        .map(|holding| {
            let (name, post) = seat(moment, holding.post, now);
            let agency = agency(moment, holding.agency);
            let since = words.moment_near(holding.since, now);
            tr!(words, "track-held", name = name, post = post, agency = agency, since = since)
        })
        .collect();
    if !held.is_empty() {
        return held.join(" ");
    }
    let place = agency(moment, case.received_by);
    match case.status {
        Status::Finished | Status::Submitted => tr!(words, "track-at", agency = place),
        _ => tr!(words, "track-nobody", agency = place),
    }
}

fn seat(moment: &Moment, post: PostId, now: Instant) -> (String, String) {
    let name = moment.directory.holder(post, now).map(|person| person.name.clone());
    let title = moment.directory.post(post).map(|post| post.title.clone());
    (name.unwrap_or_default(), title.unwrap_or_default())
}

fn agency(moment: &Moment, agency: kernel::AgencyId) -> String {
    moment.directory.agency(agency).map_or_else(String::new, |agency| agency.name.clone())
}

/// What the applicant must do now.
fn duty(words: &Words, moment: &Moment, of: &Tracked) -> String {
    let place = agency(moment, of.case.received_by);
    match of.case.status {
        Status::AwaitingSupplement => {
            let asked = of.story.iter().rev().find_map(|told| match &told.change {
                Change::SupplementRequested { reason, .. } => Some((*reason, told.note.clone())),
                _ => None,
            });
            let reason = asked.as_ref().map(|(reason, _)| format!("supplement-{}", reason.word()));
            let reason = reason.map_or_else(String::new, |key| words.t(&key));
            match asked.and_then(|(_, note)| note).filter(|note| !note.is_empty()) {
                Some(note) => tr!(words, "track-do-supplement-note", reason = reason, note = note),
                None => tr!(words, "track-do-supplement", reason = reason, agency = place),
            }
        }
        Status::AwaitingPayment => {
            let sum = i64::try_from(of.case.unpaid()).unwrap_or(i64::MAX);
            tr!(words, "track-do-pay", sum = words.money(sum))
        }
        status if status.is_open() && of.case.unpaid() > 0 => {
            let sum = i64::try_from(of.case.unpaid()).unwrap_or(i64::MAX);
            tr!(words, "track-do-pay-first", sum = words.money(sum))
        }
        Status::Finished => tr!(words, "track-do-fetch", agency = place),
        Status::Declined => {
            let reason = of.story.iter().rev().find_map(|told| match &told.change {
                Change::Declined { reason } => Some(format!("decline-{}", reason.word())),
                _ => None,
            });
            let reason = reason.map_or_else(String::new, |key| words.t(&key));
            tr!(words, "track-do-declined", reason = reason, agency = place)
        }
        Status::Submitted | Status::InProgress | Status::Suspended => {
            tr!(words, "track-do-nothing")
        }
        Status::Returned | Status::Discontinued | Status::Withdrawn => tr!(words, "track-do-over"),
    }
}

/// The way of the dossier: taken on, each step once, handed over.
fn path(
    words: &Words,
    moment: &Moment,
    of: &Tracked,
    procedure: &Procedure,
    now: Instant,
) -> Vec<StepView> {
    let case = &of.case;
    let near = |at| words.moment_near(at, now);
    let state = |done: bool| if done { StepState::Done } else { StepState::ToCome };
    let waits = case.status == Status::Submitted;
    let mut views = vec![StepView {
        name: tr!(words, "track-step-accept"),
        holder: agency(moment, case.received_by),
        state: if waits { StepState::Now } else { state(case.accepted_at.is_some()) },
        when: near(case.accepted_at.unwrap_or(case.submitted_at)),
    }];
    for step in procedure.workflow.steps() {
        let done = of.story.iter().rev().find_map(|told| match &told.change {
            Change::Completed { step: of, .. } if *of == step.id => Some(told.happened_at),
            _ => None,
        });
        let view = match (case.holdings.get(&step.id), done) {
            (Some(holding), _) => StepView {
                name: step.name.clone(),
                holder: seat(moment, holding.post, now).0,
                state: StepState::Now,
                when: tr!(words, "track-since", at = near(holding.since)),
            },
            (None, Some(at)) => StepView {
                name: step.name.clone(),
                state: StepState::Done,
                when: near(at),
                ..StepView::default()
            },
            // What was passed over is not shown as still to come.
            (None, None) if case.ended_at.is_some() => continue,
            (None, None) => StepView { name: step.name.clone(), ..StepView::default() },
        };
        views.push(view);
    }
    let with_result = matches!(case.status, Status::Finished | Status::Returned);
    if with_result || case.ended_at.is_none() {
        let fetched = case.returned_at.map(near);
        let due = case
            .due()
            .filter(|_| !case.status.is_paused())
            .map(|due| tr!(words, "track-at-latest", at = near(due)));
        let waits = case.status == Status::Finished;
        views.push(StepView {
            name: tr!(words, "track-step-return"),
            holder: agency(moment, case.received_by),
            state: if waits { StepState::Now } else { state(case.returned_at.is_some()) },
            when: fetched.or(due).unwrap_or_default(),
        });
    }
    views
}

/// The journal's evidence that the promise was not changed afterwards.
fn proof(ctx: &PageContext, of: &Tracked, secret: &str) -> Markup {
    let Some(receipt) = &of.receipt else { return html! {} };
    let at = of.case.accepted_at.unwrap_or(of.case.submitted_at);
    let pairs = [("ma", of.case.code.as_str()), ("khoa", secret)];
    let href = asked::address(&format!("{TRACKING}/bien-nhan"), &pairs);
    let at = ctx.words.moment(at);
    html! {
        details.card.proof {
            summary { (icon(Icon::Seal)) (tr!(ctx, "track-proof")) (icon(Icon::Down)) }
            @match &receipt.sealing {
                Some(sealing) => {
                    p {
                        (tr!(ctx, "track-sealed", at = at, line = ctx.words.number(sealing.pos + 1),
                            size = ctx.words.number(sealing.size)))
                        " " code { (hash_ends(&receipt.leaf.to_string())) }
                    }
                    @if let Some(root) = sealing.checkpoint.lines().nth(2) {
                        p { (tr!(ctx, "track-root")) " " code { (hash_ends(root)) } }
                    }
                }
                None => { p { (tr!(ctx, "track-unsealed")) } }
            }
            p { a href=(href) download { (tr!(ctx, "track-download")) } }
            p.small.muted { (tr!(ctx, "track-check")) }
        }
    }
}
