//! Section 3: the procedure's own fields, filled in with what is known already.

use maud::{Markup, html};
use procedure::{Field as Asked, FieldKind, Procedure};
use web::{
    Icon, SignedIn,
    components::{
        fields,
        fields::{Choice, Field, field_id},
        section::{Reached, numbered},
    },
    icon, tr,
};

use super::Page;
use crate::pages::counter::{answers, known};

pub(super) fn content(page: &Page<'_>, procedure: &Procedure) -> Markup {
    let me = page.me;
    let filled = procedure.fields.iter().filter(|f| page.typed.ticked(&answers::field_name(f)));
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
    let me = page.me;
    let name = answers::field_name(asked);
    let value = page.typed.text(&name);
    let width = match asked.kind {
        FieldKind::LongText => 12,
        FieldKind::Text | FieldKind::Commune => 6,
        FieldKind::CitizenId | FieldKind::Phone => 4,
        FieldKind::Date | FieldKind::Integer | FieldKind::Choice => 3,
    };
    let source = source(page, asked);
    let field = Field::new(&name, answers::label(me, asked)).fault(page.faults.of(&name));
    // What says something about a person stays in no draft of the browser.
    let (optional, nodraft) = (!asked.required, asked.personal);
    let field = Field { optional, nodraft, width: Some(width), source: source.as_deref(), ..field };
    html! {
        (control(page, asked, &field, value))
        @if page.typed.ticked(&known::source_name(asked)) {
            input type="hidden" name=(known::source_name(asked)) value=[source.as_deref()];
        }
    }
}

/// Where the value comes from, where it was filled in; a telephone that is known stays covered.
fn source(page: &Page<'_>, asked: &Asked) -> Option<String> {
    let party = page.known.map(|known| &known.party);
    let covered = known::covered(asked, party);
    match page.typed.text(&known::source_name(asked)) {
        "" => covered.map(|phone| tr!(page.me, "counter-from-covered", phone = phone.masked())),
        source => Some(source.to_owned()),
    }
}

fn control(page: &Page<'_>, asked: &Asked, field: &Field<'_>, value: &str) -> Markup {
    let (me, words) = (page.me, &page.ctx.words);
    match asked.kind {
        FieldKind::Text => fields::text(words, field, value),
        FieldKind::LongText => fields::textarea(words, field, value),
        FieldKind::Date => {
            let hint = tr!(me, "counter-date-hint");
            fields::date(words, &field.hint(&hint), value)
        }
        FieldKind::Integer => fields::input(words, field, "number", value),
        FieldKind::Phone => fields::input(words, field, "tel", value),
        FieldKind::CitizenId => {
            let hint = tr!(me, "counter-citizen-hint");
            fields::citizen_id(words, &field.hint(&hint), value)
        }
        FieldKind::Choice => {
            let choices: Vec<_> = asked.choices.iter().map(|c| in_words(me, c)).collect();
            fields::select(words, field, &choices, value)
        }
        FieldKind::Commune => commune(page, field, value),
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
            @if let Some(source) = field.source { span.src { (icon(Icon::Seal)) (source) } }
            input id=(id) name=(field.name) type="text" value=(value) list="communes" maxlength="120"
                autocomplete="off" aria-invalid=[field.fault.map(|_| "true")]
                aria-describedby={ (id) "-hint" } data-nodraft[field.nodraft];
        }
    }
}

fn communes(page: &Page<'_>, procedure: &Procedure) -> Markup {
    let places = page.moment.directory.places();
    let province = answers::province(page.me, page.moment);
    let wanted = procedure.fields.iter().any(|field| field.kind == FieldKind::Commune);
    html! {
        @if let Some(province) = province.filter(|_| wanted) {
            datalist #communes {
                @for place in places.communes(&province) { option value={ (place.name) " (" (place.code) ")" } {} }
            }
        }
    }
}
