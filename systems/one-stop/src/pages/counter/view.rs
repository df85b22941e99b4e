//! The page of the counter, from what is known and what was typed.

mod applicant;
mod content;
mod papers;
mod receipt;
mod refuse;

use std::sync::Arc;

use identity::party::Known;
use kernel::{AgencyId, Instant};
use maud::{Markup, html};
use procedure::Procedure;
use web::{
    Icon, PageContext, SignedIn,
    components::{
        errors, fields,
        fields::{Field, field_id},
        note::{Tone, call},
        paper::{Paper, paper},
        section::{Reached, numbered},
        tag,
    },
    form::Faults,
    icon,
    page::{self, csrf_field},
    tr,
};

use self::{applicant::applicant, content::content, papers::components, receipt::receipt};
use super::{promise, sent, typed::Typed};
use crate::{
    Desk, Moment,
    pages::{COUNTER, ONLINE, queue},
    queries,
};

/// The form of the page.
const FORM: &str = "quay";

/// All that the page is made of.
pub(super) struct Page<'a> {
    pub(super) desk: &'a Desk,
    pub(super) me: &'a SignedIn,
    pub(super) ctx: &'a PageContext,
    pub(super) moment: &'a Moment,
    pub(super) procedure: Option<&'a Procedure>,
    pub(super) decided_by: AgencyId,
    pub(super) found: &'a [Arc<Procedure>],
    pub(super) typed: &'a Typed,
    pub(super) known: Option<&'a Known>,
    pub(super) faults: &'a Faults,
    pub(super) hall: &'a Hall,
}

/// Who waits, in the hall and online.
pub(super) struct Hall {
    pub(super) queue: queries::Hall,
    pub(super) online: u64,
    pub(super) online_due: Option<Instant>,
}

/// The page.
pub(super) fn page(page: &Page<'_>) -> Markup {
    let (ctx, me) = (page.ctx, page.me);
    let title = tr!(me, "counter-title");
    let main = html! {
        (errors::summary(&ctx.words, page.faults))
        @match page.procedure {
            Some(procedure) => (filing_form(page, procedure)),
            None => div.cols {
                div.stack { (choice(page)) }
                (paper(&ctx.words, &empty_paper(me), html! {}))
            },
        }
        (online(page))
    };
    let heading = queue::bar(ctx, me, &page.hall.queue, &title);
    page::desk_with(ctx, &errors::title(&ctx.words, page.faults, &title), heading, main)
}

/// Procedures to choose from.
pub(super) fn found(me: &SignedIn, found: &[Arc<Procedure>]) -> Markup {
    html! {
        @if found.is_empty() { p.muted { (tr!(me, "counter-found-none")) } }
        @else {
            ul.l.stack { @for procedure in found { li {
                a href={ (COUNTER) "?thu-tuc=" (procedure.code) } { b { (name(me, procedure)) } }
                " " (tag::code(procedure.code.as_str())) " "
                span.muted.small { (procedure.sector) }
            } } }
        }
    }
}

fn name<'p>(me: &SignedIn, procedure: &'p Procedure) -> &'p str {
    match (me.words.lang, &procedure.name_en) {
        (web::Lang::En, Some(name)) => name,
        _ => &procedure.name,
    }
}

fn choice(page: &Page<'_>) -> Markup {
    let me = page.me;
    let label = tr!(me, "counter-find");
    let hint = tr!(me, "counter-find-hint");
    let field = Field::new("q", &label).hint(&hint).fault(page.faults.of("q"));
    let field = field.live("/quay/thu-tuc", "found").letters_max(100);
    let body = html! {
        form method="get" action=(COUNTER) {
            (fields::input(&page.ctx.words, &field, "search", page.typed.text("q")))
            div #found aria-live="polite" { (found(me, page.found)) }
        }
    };
    numbered(1, &tr!(me, "counter-procedure"), &Reached::Open, body)
}

fn empty_paper(me: &SignedIn) -> Paper {
    Paper {
        due_is: None,
        title: tr!(me, "counter-paper"),
        due: tr!(me, "counter-paper-empty"),
        why: tr!(me, "counter-paper-empty-why"),
        ..Paper::default()
    }
}

fn filing_form(page: &Page<'_>, procedure: &Procedure) -> Markup {
    let draft = format!("quay {} {}", page.me.session.account, procedure.code);
    html! {
        form.cols id=(FORM) method="post" action=(COUNTER) enctype="multipart/form-data"
            data-draft=(draft) data-unsaved {
            div.stack {
                (csrf_field(page.ctx))
                input type="hidden" name=(sent::ONCE) value=(sent::name_of(page.desk, page.typed));
                input type="hidden" name="thu-tuc" value=(procedure.code);
                (chosen(page, procedure))
                (applicant(page))
                (content(page, procedure))
                (components(page, procedure))
            }
            (receipt(page, procedure))
        }
    }
}

fn chosen(page: &Page<'_>, procedure: &Procedure) -> Markup {
    let me = page.me;
    let limit = match procedure.same_day_cutoff {
        Some(cutoff) => {
            let cutoff = format!("{:02}:{:02}", cutoff.hour(), cutoff.minute());
            tr!(me, "counter-limit-same-day", cutoff = cutoff)
        }
        None => {
            promise::limit(&me.words, procedure).unwrap_or_else(|| tr!(me, "counter-limit-open"))
        }
    };
    let body = html! {
        div.proc {
            p {
                b { (name(me, procedure)) } " " (tag::code(procedure.code.as_str())) br;
                span.muted { (procedure.sector) ". " (tr!(me, "counter-limit", limit = limit)) }
            }
            a.btn.sm href=(COUNTER) { (tr!(me, "counter-change")) }
        }
        @if let Some(fault) = page.faults.of("q") {
            span.err id=(field_id("q")) tabindex="-1" { (icon(Icon::Late)) (fault) }
        }
    };
    let reached = Reached::Done(tr!(me, "counter-chosen"));
    numbered(1, &tr!(me, "counter-procedure"), &reached, body)
}

fn online(page: &Page<'_>) -> Markup {
    let (me, hall) = (page.me, page.hall);
    let calendar = page.moment.calendars.agency(me.agency);
    let urgent = hall.online_due.map(|due| {
        let minutes =
            |from, to| i64::try_from(calendar.elapsed(from, to).as_minutes()).unwrap_or(0);
        if due < me.now {
            let time = me.words.working_time(minutes(due, me.now));
            tr!(me, "counter-online-late", time = time)
        } else {
            tr!(me, "counter-online-left", time = me.words.working_time(minutes(me.now, due)))
        }
    });
    let open = tr!(me, "counter-online-open");
    let text = html! {
        b { (tr!(me, "counter-online", n = hall.online)) } " " (urgent.unwrap_or_default())
    };
    html! { @if hall.online > 0 { (call(Tone::Soon, text, Some((open.as_str(), ONLINE)))) } }
}
