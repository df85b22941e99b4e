//! The receipt before it is given: when the result would be due, what is to be paid, and what can
//! be done.

use casework::Refusal;
use desk::Owed;
use kernel::AgencyId;
use maud::{Markup, html};
use procedure::{ChannelKind, Fee, Procedure};
use web::{
    Icon,
    components::{
        fields,
        fields::{Choice, Field, field_id},
        note::{Tone, note},
        paper::{Paper, paper},
    },
    form::Faults,
    i18n::capital,
    icon, tr,
};

use super::{
    Page,
    refuse::{decline, supplement},
};
use crate::pages::{
    clock,
    counter::{
        answers, filing,
        promise::{self, Promise},
    },
    refusal,
};

pub(super) fn receipt(page: &Page<'_>, procedure: &Procedure) -> Markup {
    let me = page.me;
    let promise = promise::promise(page.desk, me, page.moment, procedure, page.decided_by);
    let sheet = match &promise {
        Ok(promise) => promised(page, procedure, promise),
        Err(_) => Paper {
            due_is: None,
            title: tr!(me, "counter-paper"),
            due: tr!(me, "counter-paper-none"),
            hands: promise::hands(me, page.moment, procedure, page.decided_by),
            ..Paper::default()
        },
    };
    let acts = html! {
        (deciders(page, procedure))
        (fees(page, procedure))
        @match &promise {
            Ok(_) => {
                button.btn.go.wide name="do" value="nhan" data-key="Ctrl Enter" {
                    (tr!(me, "counter-accept")) " " kbd aria-hidden="true" { "Ctrl Enter" }
                }
            },
            Err(why) => (note(Tone::Late, html! {
                p { b { (tr!(me, "counter-not-now")) } } p { (refused(page, procedure, why)) }
                @if let Refusal::UnconfirmedTimeLimit = why { p { (confirmers(page)) } }
            })),
        }
        (supplement(page)) (decline(page))
        p.muted.small data-saved { (tr!(me, "counter-draft")) }
    };
    paper(&page.ctx.words, &sheet, acts)
}

fn refused(page: &Page<'_>, procedure: &Procedure, why: &Refusal) -> String {
    let directory = Some(page.moment.directory.as_ref());
    let names = refusal::Names { procedure: Some(procedure), directory };
    refusal::told(&page.ctx.words, why, page.me.now, names)
}

fn promised(page: &Page<'_>, procedure: &Procedure, promise: &Promise) -> Paper {
    let (me, words) = (page.me, &page.ctx.words);
    let due = promise.due;
    let calendar = page.moment.calendars.agency(page.decided_by);
    let clock = clock::view(words, &promise.case, me.now, calendar, &page.desk.thresholds);
    let today = kernel::today(due) == kernel::today(me.now);
    let time = words.time(due);
    let decided = page.moment.directory.agency(page.decided_by);
    Paper {
        due_is: None,
        title: tr!(me, "counter-paper"),
        due: if today { tr!(me, "counter-due-today", time = time) } else { time },
        day: capital(&words.date_long(kernel::today(due))),
        clock: Some(clock),
        why: promise.why.clone(),
        facts: vec![
            (tr!(me, "counter-fee"), owed(page, procedure)),
            (tr!(me, "counter-decided"), decided.map_or("", |a| &a.short_name).to_owned()),
            (tr!(me, "counter-code"), tr!(me, "counter-code-later")),
        ],
        hands: promise::hands(me, page.moment, procedure, page.decided_by),
        given: None,
    }
}

fn owed(page: &Page<'_>, procedure: &Procedure) -> String {
    match charged(page, procedure).iter().map(Owed::amount).sum::<u64>() {
        0 => tr!(page.me, "counter-fee-none"),
        dong => money(page, dong),
    }
}

fn money(page: &Page<'_>, dong: u64) -> String {
    page.ctx.words.money(i64::try_from(dong).unwrap_or(i64::MAX))
}

/// What is owed by what was typed so far.
fn charged<'p>(page: &Page<'_>, procedure: &'p Procedure) -> Vec<Owed<'p>> {
    let (me, typed) = (page.me, page.typed);
    let party = page.known.map(|known| &known.party);
    let mut aside = Faults::default();
    let answers = answers::answers(me, page.moment, procedure, typed, party, &mut aside);
    let seen = filing::seen(me, procedure, typed, &mut aside);
    desk::fees(procedure, ChannelKind::Counter, &answers, &seen, kernel::today(me.now))
}

/// Who may confirm a time limit.
fn confirmers(page: &Page<'_>) -> String {
    let (me, directory) = (page.me, &page.moment.directory);
    let mut posts = directory.posts();
    let post = posts.find(|p| p.role.as_str() == "controller" && p.validity.covers(me.now));
    let who = post.map(|post| {
        let agency = directory.agency(post.agency).map_or("", |a| a.short_name.as_str());
        format!("{} ({agency})", promise::seat_label(page.moment, post.id, me.now))
    });
    match who {
        Some(who) => tr!(me, "counter-confirmer", who = who),
        None => tr!(me, "counter-confirmer-none"),
    }
}

fn deciders(page: &Page<'_>, procedure: &Procedure) -> Markup {
    let all = promise::deciders(page.me, page.moment, procedure);
    let label = tr!(page.me, "counter-decided");
    let name = |agency: &AgencyId| {
        page.moment.directory.agency(*agency).map_or("", |a| a.short_name.as_str())
    };
    let choices: Vec<_> = all.iter().map(|a| Choice::new(a.to_string(), name(a))).collect();
    html! {
        @if all.len() > 1 {
            (fields::select(&page.ctx.words, &Field::new("noi-quyet-dinh", &label), &choices,
                &page.decided_by.to_string()))
        }
    }
}

/// The fees of the procedure: which of them are owed follows from the form; the clerk says what
/// the form does not.
fn fees(page: &Page<'_>, procedure: &Procedure) -> Markup {
    let (me, words, typed) = (page.me, &page.ctx.words, page.typed);
    let owed = charged(page, procedure);
    let all: Vec<(usize, &Fee)> = procedure
        .fees
        .iter()
        .enumerate()
        .filter(|(_, fee)| fee.amount > 0 && fee.is_for(ChannelKind::Counter))
        .collect();
    let label = tr!(me, "counter-receipt-number");
    let number = Field::new("bien-lai", &label).fault(page.faults.of("bien-lai")).letters_max(60);
    let paid = tr!(me, "counter-paid");
    html! {
        @if !all.is_empty() { details open[typed.ticked("da-thu") || page.faults.of("bien-lai").is_some()] {
            summary { (tr!(me, "counter-fees")) }
            @for (place, fee) in &all {
                (one_fee(page, *place, fee, owed.iter().find(|owed| owed.place == *place)))
            }
            (fields::checkbox(&Field::new("da-thu", &paid), typed.ticked("da-thu")))
            (fields::text(words, &number, typed.text("bien-lai")))
        } }
    }
}

fn one_fee(page: &Page<'_>, place: usize, fee: &Fee, owed: Option<&Owed<'_>>) -> Markup {
    let (me, typed) = (page.me, page.typed);
    let per = tr!(me, "counter-fee-per", amount = money(page, fee.amount), per = fee.per.as_str());
    let waived = filing::waived_field(place);
    let label = tr!(me, "counter-fee-waived", fee = fee.name.as_str());
    let times = filing::times_field(place);
    let count = tr!(me, "counter-fee-count", fee = fee.name.as_str());
    html! {
        p {
            (fee.name) " " span.hint { (per) }
            @match owed {
                Some(owed) if owed.times > 1 => { ", " (tr!(me, "counter-fee-for", n = owed.times)) }
                Some(_) => {}
                None => { ", " (tr!(me, "counter-fee-by-form")) }
            }
        }
        div.row {
            label.choice { input type="checkbox" name=(waived) value="1" checked[typed.ticked(&waived)]
                aria-label=(label); span { (tr!(me, "counter-fee-waive")) } }
            @if fee.times.is_none() {
                input id=(field_id(&times)) name=(times) inputmode="numeric" size="4" maxlength="4"
                    value=(match typed.text(&times) { "" => "1", n => n }) aria-label=(count);
                @if let Some(fault) = page.faults.of(&times) { span.err { (icon(Icon::Late)) (fault) } }
            }
        }
    }
}
