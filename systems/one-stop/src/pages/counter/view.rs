//! The page of the counter, from what is known and what was typed.

use std::sync::Arc;

use casework::{DeclineReason, Refusal, SupplementReason};
use files::UPLOAD_BYTES_MAX;
use identity::party::Known;
use kernel::{AgencyId, Instant};
use maud::{Markup, html};
use procedure::{ChannelKind, Component, Field as Asked, FieldKind, Procedure};
use web::{
    Icon, PageContext, SignedIn,
    components::{
        drop::{Drop, drop},
        errors, fields,
        fields::{Choice, Field, field_id},
        note::{Tone, call, note},
        paper::{Paper, paper},
        section::{Reached, numbered},
        tag,
    },
    form::Faults,
    i18n::{capital, hash_ends},
    icon,
    page::{self, csrf_field},
    tr,
};

use super::{
    filing::{self, RETURNS},
    promise::{self, Promise},
    typed::{self, KEPT, Typed, Upload},
};
use crate::{
    Desk, Moment,
    pages::{COUNTER, ONLINE, clock, queue, refusal},
    queries,
};

/// The form of the page.
const FORM: &str = "quay";
/// Files that may be chosen.
const ACCEPT: &str = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx";

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

fn applicant(page: &Page<'_>) -> Markup {
    let (me, typed, words) = (page.me, page.typed, &page.ctx.words);
    let label = tr!(me, "counter-number");
    let hint = tr!(me, "counter-number-hint");
    let number = Field::new("so", &label).hint(&hint).fault(page.faults.of("so"));
    let none = tr!(me, "counter-number-none");
    let none = Field::new("khong-so", &none);
    let ways = returns(me);
    let way = match typed.text("nhan-ket-qua") {
        "" => RETURNS[0],
        way => way,
    };
    let number = number.keyboard("numeric").letters_max(20);
    let body = html! {
        div.grid.g3 {
            (fields::input(words, &number, "text", typed.text("so")))
            div.field {
                button.btn name="do" value="doi-chieu" formnovalidate { (tr!(me, "counter-look-up")) }
            }
            (fields::checkbox(&none, typed.ticked("khong-so")))
            @match page.known {
                Some(known) => (known_person(page, known)),
                None => (new_person(page)),
            }
            (fields::select(words, &Field::new("nhan-ket-qua", &tr!(me, "counter-return")), &ways, way))
        }
    };
    let reached = match page.known {
        Some(_) => Reached::Proven(tr!(me, "counter-known", at = words.time(me.now))),
        None => Reached::Open,
    };
    numbered(2, &tr!(me, "counter-applicant"), &reached, body)
}

fn returns(me: &SignedIn) -> Vec<Choice> {
    let choice = |way: &str| Choice::new(way, me.words.t(&format!("counter-return-{way}")));
    RETURNS.into_iter().map(choice).collect()
}

/// What is known is shown with its source, covered, and not asked again.
fn known_person(page: &Page<'_>, known: &Known) -> Markup {
    let (me, words) = (page.me, &page.ctx.words);
    let source = tr!(me, "counter-known-source");
    let party = &known.party;
    let shown = |name: &str, label: &str, value: &str| {
        fields::text(words, &Field::new(name, label).source(&source), value)
    };
    html! {
        (shown("da-biet-ten", &tr!(me, "counter-name"), &party.name))
        @match party.born {
            Some(born) => (shown("da-biet-sinh", &tr!(me, "counter-born"), &words.date(born))),
            None => (typed_date(page, "ngay-sinh-nguoi-nop", &tr!(me, "counter-born"))),
        }
        @match &party.phone {
            Some(phone) => (shown("da-biet-thoai", &tr!(me, "counter-phone"), &phone.masked())),
            None => (phone_field(page)),
        }
        @match &party.address {
            Some(address) => (shown("da-biet-noi-o", &tr!(me, "counter-address"), address)),
            None => (text_field(page, "dia-chi", &tr!(me, "counter-address"), false)),
        }
    }
}

fn new_person(page: &Page<'_>) -> Markup {
    let me = page.me;
    html! {
        (text_field(page, "ho-ten", &tr!(me, "counter-name"), false))
        (typed_date(page, "ngay-sinh-nguoi-nop", &tr!(me, "counter-born")))
        (phone_field(page))
        (text_field(page, "dia-chi", &tr!(me, "counter-address"), false))
    }
}

fn phone_field(page: &Page<'_>) -> Markup {
    let label = tr!(page.me, "counter-phone");
    let field = Field::new("dien-thoai", &label).fault(page.faults.of("dien-thoai")).optional();
    fields::input(&page.ctx.words, &field.letters_max(20), "tel", page.typed.text("dien-thoai"))
}

fn text_field(page: &Page<'_>, name: &str, label: &str, optional: bool) -> Markup {
    let field = Field { optional, ..Field::new(name, label) };
    let field = field.fault(page.faults.of(name)).letters_max(200);
    fields::text(&page.ctx.words, &field, page.typed.text(name))
}

fn typed_date(page: &Page<'_>, name: &str, label: &str) -> Markup {
    let hint = tr!(page.me, "counter-date-hint");
    let field = Field::new(name, label).hint(&hint).fault(page.faults.of(name));
    fields::date(&page.ctx.words, &field, page.typed.text(name))
}

fn content(page: &Page<'_>, procedure: &Procedure) -> Markup {
    let me = page.me;
    let filled = procedure.fields.iter().filter(|f| page.typed.ticked(&filing::field_name(f)));
    let (filled, all) = (filled.count(), procedure.fields.len());
    let reached = match filled {
        0 => Reached::Open,
        _ => Reached::Done(tr!(me, "counter-filled", n = filled, all = all)),
    };
    let body = html! {
        @if all == 0 { p.muted { (tr!(me, "counter-content-none")) } }
        div.grid.g4 { @for field in &procedure.fields { (asked(page, field)) } }
        (communes(page, procedure))
    };
    numbered(3, &tr!(me, "counter-content"), &reached, body)
}

fn asked(page: &Page<'_>, asked: &Asked) -> Markup {
    let (me, words) = (page.me, &page.ctx.words);
    let name = filing::field_name(asked);
    let value = page.typed.text(&name);
    let width = match asked.kind {
        FieldKind::LongText => 12,
        FieldKind::Text | FieldKind::Commune => 6,
        FieldKind::CitizenId | FieldKind::Phone => 4,
        FieldKind::Date | FieldKind::Integer | FieldKind::Choice => 3,
    };
    let field = Field::new(&name, filing::label(me, asked)).fault(page.faults.of(&name));
    let field = Field { optional: !asked.required, width: Some(width), ..field };
    match asked.kind {
        FieldKind::Text => fields::text(words, &field, value),
        FieldKind::LongText => fields::textarea(words, &field, value),
        FieldKind::Date => {
            let hint = tr!(me, "counter-date-hint");
            fields::date(words, &field.hint(&hint), value)
        }
        FieldKind::Integer => fields::input(words, &field, "number", value),
        FieldKind::Phone => fields::input(words, &field, "tel", value),
        FieldKind::CitizenId => {
            let hint = tr!(me, "counter-citizen-hint");
            fields::citizen_id(words, &field.hint(&hint), value)
        }
        FieldKind::Choice => {
            let choices: Vec<_> = asked.choices.iter().map(|c| in_words(me, c)).collect();
            fields::select(words, &field, &choices, value)
        }
        FieldKind::Commune => commune(page, &field, value),
    }
}

fn in_words(me: &SignedIn, choice: &procedure::Choice) -> Choice {
    let label = match (me.words.lang, &choice.label_en) {
        (web::Lang::En, Some(label)) => label,
        _ => &choice.label,
    };
    Choice::new(choice.id.as_str(), label.as_str())
}

/// A line with suggestions: the communes of the province; any other commune may be typed too.
fn commune(page: &Page<'_>, field: &Field<'_>, value: &str) -> Markup {
    let hint = tr!(page.me, "counter-commune-hint");
    let id = field_id(field.name);
    html! {
        div class={ "field w" (field.width.unwrap_or(6)) } {
            label for=(id) { (field.label)
                @if field.optional { " " span.muted.light { (tr!(page.me, "field-optional")) } } }
            span.hint id={ (id) "-hint" } { (hint) }
            @if let Some(fault) = field.fault {
                span.err id={ (id) "-err" } { (icon(Icon::Late)) (fault) }
            }
            input id=(id) name=(field.name) type="text" value=(value) list="communes" maxlength="120"
                autocomplete="off" aria-invalid=[field.fault.map(|_| "true")]
                aria-describedby={ (id) "-hint" };
        }
    }
}

fn communes(page: &Page<'_>, procedure: &Procedure) -> Markup {
    let places = page.moment.directory.places();
    let province = filing::province(page.me, page.moment);
    let wanted = procedure.fields.iter().any(|field| field.kind == FieldKind::Commune);
    html! {
        @if let Some(province) = province.filter(|_| wanted) {
            datalist #communes {
                @for place in places.communes(&province) { option value={ (place.name) " (" (place.code) ")" } {} }
            }
        }
    }
}

fn components(page: &Page<'_>, procedure: &Procedure) -> Markup {
    let (me, typed) = (page.me, page.typed);
    let here = |c: &&Component| {
        typed.ticked(&filing::tick_name(c)) || typed.files(&filing::file_name(c)).next().is_some()
    };
    let required = || procedure.components.iter().filter(|c| c.required);
    let (have, need) = (required().filter(here).count(), required().count());
    let reached = match have {
        0 => Reached::Open,
        n if n == need => Reached::Done(tr!(me, "counter-papers-all", n = n, all = need)),
        n => Reached::Missing(tr!(me, "counter-papers-some", n = need - n, all = need)),
    };
    let more = Drop {
        name: filing::MORE_FILES.into(),
        kinds: tr!(me, "counter-kinds"),
        accept: ACCEPT.into(),
        bytes_max: UPLOAD_BYTES_MAX,
        several: true,
        fault: page.faults.of(filing::MORE_FILES).map(str::to_owned),
        ..Drop::default()
    };
    let body = html! {
        table.comp {
            caption.vh { (tr!(me, "counter-papers")) }
            thead { tr {
                th scope="col" { span.vh { (tr!(me, "counter-paper-here")) } }
                th scope="col" { (tr!(me, "counter-paper-name")) }
                th scope="col" { (tr!(me, "counter-paper-kind")) }
                th scope="col" { (tr!(me, "counter-paper-file")) }
            } }
            tbody { @for component in &procedure.components { (component_row(page, component)) } }
        }
        (drop(&page.ctx.words, &more))
        (sent(page, filing::MORE_FILES))
    };
    numbered(4, &tr!(me, "counter-papers"), &reached, body)
}

fn component_row(page: &Page<'_>, component: &Component) -> Markup {
    let (me, typed) = (page.me, page.typed);
    let (tick, part) = (filing::tick_name(component), filing::file_name(component));
    let has_file = typed.files(&part).next().is_some();
    let fault = page.faults.of(&tick).or(page.faults.of(&part));
    let said = tr!(me, "papers-here-one", paper = component.name.as_str());
    let scan = tr!(me, "counter-paper-scan", paper = component.name.as_str());
    html! {
        tr {
            td {
                input type="checkbox" id=(field_id(&tick)) name=(tick) value="1"
                    checked[typed.ticked(&tick) || has_file] aria-label=(said)
                    aria-invalid=[page.faults.of(&tick).map(|_| "true")];
            }
            td {
                label for=(field_id(&tick)) { b { (component.name) }
                    @if !component.required { " " span.muted.light { (tr!(me, "counter-paper-if")) } } }
                @if let Some(fault) = fault { span.err { (icon(Icon::Late)) (fault) } }
            }
            td {
                (me.words.t(filing::kind_key(component.kind)))
                @if component.copies > 1 { ", " (tr!(me, "counter-copies", n = component.copies)) }
            }
            td {
                (sent(page, &part))
                input id=(field_id(&part)) type="file" name=(part) accept=(ACCEPT) aria-label=(scan)
                    data-bytes-max=(UPLOAD_BYTES_MAX);
            }
        }
    }
}

/// The files that a field has already, each carried along by a hidden field.
fn sent(page: &Page<'_>, part: &str) -> Markup {
    let words = &page.ctx.words;
    let mut files = page.typed.files(part).peekable();
    let any = files.peek().is_some();
    html! {
        @if any { ul.sent.l { @for file in files { li { (sent_file(page, words, file)) } } } }
    }
}

fn sent_file(page: &Page<'_>, words: &web::Words, file: &Upload) -> Markup {
    let hash = file.stored.hash.to_string();
    html! {
        input type="hidden" name=(KEPT) value=(typed::carried(page.desk, page.me, file));
        (icon(Icon::File)) b { (file.name) } span.num { (words.file_size(file.stored.size)) }
        code title=(hash) { (hash_ends(&hash)) }
        label.small { input type="checkbox" name=(typed::removal(file)) value="1"; " " (tr!(page.me, "counter-file-off")) }
    }
}

fn receipt(page: &Page<'_>, procedure: &Procedure) -> Markup {
    let me = page.me;
    let promise = promise::promise(page.desk, me, page.moment, procedure, page.decided_by);
    let sheet = match &promise {
        Ok(promise) => promised(page, procedure, promise),
        Err(_) => Paper {
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
    let owed = filing::fees(page.me, procedure, page.typed, &mut Faults::default());
    match owed.iter().map(|(_, amount)| amount).sum::<u64>() {
        0 => tr!(page.me, "counter-fee-none"),
        dong => page.ctx.words.money(i64::try_from(dong).unwrap_or(i64::MAX)),
    }
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

fn fees(page: &Page<'_>, procedure: &Procedure) -> Markup {
    let (me, words, typed) = (page.me, &page.ctx.words, page.typed);
    let mut fees = procedure.fees_for(ChannelKind::Counter).enumerate().peekable();
    let any = fees.peek().is_some();
    let label = tr!(me, "counter-receipt-number");
    let number = Field::new("bien-lai", &label).fault(page.faults.of("bien-lai")).letters_max(60);
    let paid = tr!(me, "counter-paid");
    html! {
        @if any { details open[typed.ticked("da-thu") || page.faults.of("bien-lai").is_some()] {
            summary { (tr!(me, "counter-fees")) }
            @for (i, fee) in fees {
                @let (tick, times) = (format!("phi-{i}"), format!("phi-so-{i}"));
                @let amount = words.money(i64::try_from(fee.amount).unwrap_or(i64::MAX));
                div.row {
                    label.choice { input type="checkbox" name=(tick) value="1" checked[typed.ticked(&tick)];
                        span { (fee.name) span.hint { (tr!(me, "counter-fee-per", amount = amount, per = fee.per.as_str())) } } }
                    input id=(field_id(&times)) name=(times) inputmode="numeric" size="4" maxlength="4"
                        value=(match typed.text(&times) { "" => "1", n => n })
                        aria-label=(tr!(me, "counter-fee-count", fee = fee.name.as_str()));
                    @if let Some(fault) = page.faults.of(&times) { span.err { (icon(Icon::Late)) (fault) } }
                }
            }
            (fields::checkbox(&Field::new("da-thu", &paid), typed.ticked("da-thu")))
            (fields::text(words, &number, typed.text("bien-lai")))
        } }
    }
}

fn supplement(page: &Page<'_>) -> Markup {
    let me = page.me;
    let choice = |r: &SupplementReason| {
        Choice::new(r.word(), me.words.t(&format!("supplement-{}", r.word())))
    };
    let choices: Vec<_> = SupplementReason::ALL.iter().map(choice).collect();
    reason(page, "bo-sung", &tr!(me, "counter-supplement"), "btn", &choices)
}

fn decline(page: &Page<'_>) -> Markup {
    let me = page.me;
    let choice =
        |r: &DeclineReason| Choice::new(r.word(), me.words.t(&format!("decline-{}", r.word())));
    let choices: Vec<_> = DeclineReason::ALL.iter().map(choice).collect();
    reason(page, "tu-choi", &tr!(me, "counter-decline"), "btn bad", &choices)
}

/// A reason from the list and in words, behind the name of what it is for.
fn reason(page: &Page<'_>, what: &str, title: &str, class: &str, choices: &[Choice]) -> Markup {
    let (me, words, typed) = (page.me, &page.ctx.words, page.typed);
    let (why, said) = (format!("{what}-ly-do"), format!("{what}-loi"));
    let labels = [tr!(me, "counter-reason"), tr!(me, "counter-reason-words")];
    let of_list = Field::new(&why, &labels[0]).fault(page.faults.of(&why));
    let in_words = Field::new(&said, &labels[1]).fault(page.faults.of(&said));
    let open = page.faults.of(&why).is_some() || page.faults.of(&said).is_some();
    let text = match what {
        "bo-sung" => tr!(me, "counter-supplement-note"),
        _ => tr!(me, "counter-decline-note"),
    };
    html! {
        details open[open] {
            summary class={ (class) " wide" } { (title) }
            div.stack.gap {
                p.small { (text) }
                (fields::select(words, &of_list, choices, typed.text(&why)))
                (fields::textarea(words, &in_words, typed.text(&said)))
                button class={ (class) " wide" } name="do" value=(what) formnovalidate { (title) }
            }
        }
    }
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
