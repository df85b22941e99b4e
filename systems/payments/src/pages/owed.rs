//! What a dossier owes and what was paid: read once, shown in words.

use casework::{Case, Obligation, Status};
use files::Qr;
use maud::{Markup, PreEscaped, html};
use payments::{
    Kept, Order, Problem as Trouble,
    vietqr::{self, BankAccount, Purpose},
};
use web::{
    Icon, PageContext,
    components::{
        kv,
        note::{self, Tone},
    },
    http::Problem,
    icon, page, tr,
};

use super::{PAY, pay::SCRIPT_PATH};
use crate::Cashier;

/// A dossier with its money.
pub(super) struct Owed {
    pub(super) case: Case,
    /// The order that is offered, where something is owed.
    pub(super) order: Option<Order>,
    /// What came for it.
    pub(super) came: Vec<Kept>,
    /// Where it may be transferred to.
    pub(super) account: Option<BankAccount>,
    /// Name of the procedure.
    pub(super) procedure: String,
}

pub(super) async fn look(cashier: &Cashier, case: Case) -> Result<Owed, Problem> {
    let moment = cashier.desk.moment();
    let agency = moment.directory.agency(case.received_by);
    let account = agency.and_then(|agency| cashier.settings.account(&agency.code)).cloned();
    let known = moment.shelf.version(&case.procedure).map(|procedure| procedure.name.clone());
    let procedure = known.unwrap_or_else(|| case.procedure.code.to_string());
    let now = cashier.desk.now();
    let asked = case.clone();
    let read = cashier.read(move |tx, cashier| {
        let tenant = &cashier.desk.front.tenant;
        let offered = payments::offered(tx, tenant, &asked, now)?;
        Ok((offered, payments::of(tx, tenant, asked.id)?))
    });
    let (mut order, came) = read.await?;
    let takes = case.status.is_open();
    if order.is_none() && takes && case.unpaid() > 0 {
        let asked = case.clone();
        let opened = cashier.write(move |tx, cashier| {
            let (front, life) = (&cashier.desk.front, cashier.settings.life());
            Ok(payments::open(tx, &front.tenant, &front.mint, &asked, life, now)?)
        });
        order = opened.await?;
    }
    Ok(Owed { case, order, came, account, procedure })
}

pub(super) fn page(cashier: &Cashier, ctx: &PageContext, owed: &Owed, back: bool) -> Markup {
    let title = tr!(ctx, "pay-title");
    let code = owed.case.code.as_str();
    let main = html! {
        div.stack {
        p.muted.num { (tr!(ctx, "pay-dossier", code = code)) }
        @match &owed.order {
            Some(order) => { (to_pay(cashier, ctx, owed, order, back)) }
            None => { (nothing_owed(ctx, owed)) }
        }
        (paid(ctx, owed))
        (too_much(ctx, owed))
        @if ctx.sign_in.is_none() {
            p { a href={ "/toi/ho-so/" (code) } { (tr!(ctx, "pay-to-dossier")) } }
        }
        }
        @if owed.order.is_some() { script type="module" src=(SCRIPT_PATH) {} }
    };
    page::citizen(ctx, &format!("{title} {code}"), main)
}

fn to_pay(cashier: &Cashier, ctx: &PageContext, owed: &Owed, order: &Order, back: bool) -> Markup {
    let words = &ctx.words;
    let code = owed.case.code.as_str();
    let look = format!("{PAY}/{code}/da-ve");
    html! {
        section.card.ans.stack aria-labelledby="t" data-unpaid=(order.amount) data-look=(look) {
            p.muted { (owed.procedure) }
            h1 #t { (tr!(ctx, "pay-amount", amount = words.money(dong(order.amount)))) }
            (items(ctx, owed, order))
            p { (words.t(waits_for(&owed.case))) }
            p.muted { (tr!(ctx, "pay-until", at = words.moment_near(order.expires_at, cashier.desk.now()))) }
        }
        @if back || order.sent_at.is_some() {
            (note::note(Tone::Plain, html! {
                p { b { (tr!(ctx, "pay-waiting")) } " " (tr!(ctx, "pay-waiting-why")) }
                p.acts { a.btn href={ (PAY) "/" (code) } { (tr!(ctx, "pay-look-again")) } }
            }))
        }
        @if order.failed_at.is_some() {
            (note::note(Tone::Soon, html! { p { (tr!(ctx, "pay-failed")) } }))
        }
        @if let Some(account) = &owed.account { (transfer(ctx, order, account)) }
        @if !cashier.settings.gateways.is_empty() {
            section.card #cong aria-labelledby="c" {
                h2 #c { (tr!(ctx, "pay-by-gateway")) }
                @for gateway in &cashier.settings.gateways {
                    (way(ctx, code, order, gateway.name(), gateway.title()))
                }
            }
        }
        section.note aria-labelledby="q" {
            h2 #q { (tr!(ctx, "pay-at-counter")) }
            p { (tr!(ctx, "pay-at-counter-how")) }
        }
    }
}

/// What waits for the payment.
const fn waits_for(case: &Case) -> &'static str {
    match (case.status, case.accepted_at) {
        (Status::AwaitingPayment, None) => "pay-before-acceptance",
        (Status::AwaitingPayment, Some(_)) => "pay-work-waits",
        _ => "pay-before-result",
    }
}

fn items(ctx: &PageContext, owed: &Owed, order: &Order) -> Markup {
    let name = |number: u32| {
        let of = owed.case.obligations.iter().find(|o| o.number == number);
        of.map_or("", |o| o.name.as_str())
    };
    html! {
        @for item in &order.items {
            p { (name(item.number)) ": " b.num { (ctx.words.money(dong(item.amount))) } }
        }
    }
}

/// The code, and the same in words for whoever types it.
fn transfer(ctx: &PageContext, order: &Order, account: &BankAccount) -> Markup {
    let purpose: Option<Purpose> = order.reference.parse().ok();
    let text = purpose.and_then(|purpose| vietqr::payload(account, order.amount, &purpose));
    let qr = text.and_then(|text| Qr::new(&text).ok());
    let words = [
        (tr!(ctx, "pay-bank"), html! { (account.bank) }),
        (tr!(ctx, "pay-account"), html! { b.num { (account.number()) } }),
        (tr!(ctx, "pay-holder"), html! { (account.holder) }),
        (tr!(ctx, "pay-sum"), html! { b.num { (ctx.words.money(dong(order.amount))) } }),
        (tr!(ctx, "pay-purpose"), html! { b.num { (order.reference) } }),
    ];
    html! {
        section.card.stack aria-labelledby="k" {
            h2 #k { (tr!(ctx, "pay-by-transfer")) }
            @if let Some(qr) = qr {
                p { (tr!(ctx, "pay-scan")) }
                span.qr.pay role="img" aria-label=(tr!(ctx, "pay-qr")) { (PreEscaped(qr.svg())) }
                p.muted { (tr!(ctx, "pay-same-phone")) }
            }
            p { (tr!(ctx, "pay-type")) }
            (kv::kv(&words))
            p.muted { (tr!(ctx, "pay-purpose-exactly")) }
        }
    }
}

fn way(ctx: &PageContext, code: &str, order: &Order, name: &str, title: &str) -> Markup {
    match order.pay_url.as_deref().filter(|_| order.gateway.as_deref() == Some(name)) {
        Some(url) => html! {
            p { (tr!(ctx, "pay-gateway-ready", gateway = title)) }
            p.acts {
                a.btn.go href=(url) rel="noreferrer" {
                    (tr!(ctx, "pay-gateway-go", gateway = title)) (icon(Icon::Out))
                }
            }
        },
        None => html! {
            form.stack method="post" action={ (PAY) "/" (code) "/qua/" (name) } {
                p.acts { button.btn.go { (tr!(ctx, "pay-gateway-begin", gateway = title)) } }
            }
        },
    }
}

fn nothing_owed(ctx: &PageContext, owed: &Owed) -> Markup {
    let words = &ctx.words;
    let paid = owed.case.obligations.iter().any(|o| o.payment.is_some());
    let waived = !owed.case.obligations.is_empty() && !paid;
    let over = !owed.case.status.is_open();
    let (heading, why) = match (over, paid, waived) {
        (true, true, _) if owed.case.unpaid() == 0 => ("pay-all-paid", "pay-over-paid-why"),
        (true, ..) if owed.case.unpaid() > 0 => ("pay-over", "pay-over-why"),
        (_, true, _) => ("pay-all-paid", "pay-all-paid-why"),
        (_, _, true) => ("pay-waived", "pay-waived-why"),
        _ => ("pay-nothing", "pay-nothing-why"),
    };
    html! {
        section.card.ans aria-labelledby="t" {
            p.muted { (owed.procedure) }
            h1 #t { (words.t(heading)) }
            p { (words.t(why)) }
        }
    }
}

/// What was paid: the receipt.
fn paid(ctx: &PageContext, owed: &Owed) -> Markup {
    let words = &ctx.words;
    let paid: Vec<&Obligation> =
        owed.case.obligations.iter().filter(|o| o.payment.is_some()).collect();
    html! {
        @if !paid.is_empty() {
            section.card aria-labelledby="b" {
                h2 #b { (tr!(ctx, "pay-receipt")) }
                @for obligation in paid {
                    @if let Some(payment) = &obligation.payment {
                        (kv::kv(&[
                            (tr!(ctx, "pay-what"), html! { (obligation.name) }),
                            (tr!(ctx, "pay-sum"), html! { b.num { (words.money(dong(obligation.amount))) } }),
                            (tr!(ctx, "pay-when"), html! { (words.moment(payment.at)) }),
                            (tr!(ctx, "pay-number"), html! { span.num { (payment.reference) } }),
                        ]))
                    }
                }
                p.row { (icon(Icon::Print)) a href={ (PAY) "/" (owed.case.code) "/bien-nhan.pdf" } {
                    (tr!(ctx, "pay-print"))
                } }
            }
        }
    }
}

fn too_much(ctx: &PageContext, owed: &Owed) -> Markup {
    let excess = |kept: &&Kept| kept.problem == Some(Trouble::Excess);
    let sum: u64 = owed.came.iter().filter(excess).map(|k| k.amount - k.applied).sum();
    let wrong = owed.came.iter().any(|kept| kept.problem == Some(Trouble::Differs));
    html! {
        @if sum > 0 {
            (note::note(Tone::Soon, html! {
                p { b { (tr!(ctx, "pay-too-much", amount = ctx.words.money(dong(sum)))) } " "
                    (tr!(ctx, "pay-too-much-why")) }
            }))
        }
        @if wrong {
            (note::note(Tone::Soon, html! {
                p { b { (tr!(ctx, "pay-differs")) } " " (tr!(ctx, "pay-differs-why")) }
            }))
        }
    }
}

pub(super) fn dong(amount: u64) -> i64 {
    i64::try_from(amount).unwrap_or(i64::MAX)
}
