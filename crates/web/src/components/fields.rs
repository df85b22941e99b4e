//! Fields: label, hint, fault, control, source. One [`Field`] describes what all of them share.

use maud::{Markup, html};

use crate::{Icon, Words, form::DateText, icon, tr};

/// What every field has.
#[derive(Debug, Clone, Copy, Default)]
pub struct Field<'a> {
    /// What the form sends it as.
    pub name: &'a str,
    /// Its label.
    pub label: &'a str,
    /// Said before typing.
    pub hint: Option<&'a str>,
    /// What is wrong with what was typed.
    pub fault: Option<&'a str>,
    /// Where the value comes from.
    pub source: Option<&'a str>,
    /// Columns of twelve that it takes in a `.grid.g4` (2 to 12).
    pub width: Option<u8>,
    /// Whether it may be left empty.
    pub optional: bool,
    /// For reading only.
    pub readonly: bool,
    /// The browser's own memory: `name`, `tel`, `email`, `current-password`.
    pub autocomplete: Option<&'a str>,
    /// Most letters that may be typed.
    pub letters_max: Option<u16>,
    /// The keyboard of a phone: `numeric`, `tel`, `email`.
    pub keyboard: Option<&'a str>,
    /// Whether its label is the heading of the page: one question at a time.
    pub heading: bool,
    /// Address of a fragment that is fetched while typing, and id of the element it goes into.
    pub live: Option<(&'a str, &'a str)>,
    /// Never kept in a draft of the browser: what it takes says something about a person.
    pub nodraft: bool,
}

impl<'a> Field<'a> {
    /// A field to be filled.
    #[must_use]
    pub fn new(name: &'a str, label: &'a str) -> Self {
        Self { name, label, ..Self::default() }
    }

    /// With something said before typing.
    #[must_use]
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// With what is wrong, if anything: `.fault(faults.of("birth"))`.
    #[must_use]
    pub fn fault(mut self, fault: Option<&'a str>) -> Self {
        self.fault = fault;
        self
    }

    /// With a value that is known already, from `source`, and for reading only.
    #[must_use]
    pub fn source(mut self, source: &'a str) -> Self {
        self.source = Some(source);
        self.readonly = true;
        self
    }

    /// So many columns of twelve wide.
    #[must_use]
    pub fn width(mut self, columns: u8) -> Self {
        self.width = Some(columns);
        self
    }

    /// May be left empty.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// For reading only.
    #[must_use]
    pub fn readonly(mut self) -> Self {
        self.readonly = true;
        self
    }

    /// What the browser may fill in from its own memory.
    #[must_use]
    pub fn autocomplete(mut self, what: &'a str) -> Self {
        self.autocomplete = Some(what);
        self
    }

    /// Most letters that may be typed.
    #[must_use]
    pub fn letters_max(mut self, letters: u16) -> Self {
        self.letters_max = Some(letters);
        self
    }

    /// The keyboard of a phone.
    #[must_use]
    pub fn keyboard(mut self, keyboard: &'a str) -> Self {
        self.keyboard = Some(keyboard);
        self
    }

    /// Its label is the heading of the page.
    #[must_use]
    pub fn heading(mut self) -> Self {
        self.heading = true;
        self
    }

    /// Fetches a fragment from `address` while typing, into the element with this id.
    #[must_use]
    pub fn live(mut self, address: &'a str, target: &'a str) -> Self {
        self.live = Some((address, target));
        self
    }

    /// Never kept in a draft of the browser. Identity numbers, telephone numbers and addresses of
    /// e-mail are so without saying.
    #[must_use]
    pub fn nodraft(mut self) -> Self {
        self.nodraft = true;
        self
    }
}

/// Something to choose.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A second line, for radio buttons.
    pub note: String,
}

impl Choice {
    /// A choice without a second line.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), note: String::new() }
    }
}

/// The id of the control of a field, where links to it lead.
#[must_use]
pub fn field_id(name: &str) -> String {
    format!("f-{name}")
}

/// A line of text.
#[must_use]
pub fn text(words: &Words, field: &Field<'_>, value: &str) -> Markup {
    input(words, field, "text", value)
}

/// A line of another kind: `tel`, `email`, `password`, `search`, `number`.
#[must_use]
pub fn input(words: &Words, field: &Field<'_>, kind: &str, value: &str) -> Markup {
    let keyboard = field.keyboard.or(match kind {
        "tel" => Some("tel"),
        "number" => Some("numeric"),
        _ => None,
    });
    // A number field of the browser changes on scrolling and hides what was mistyped.
    let (kind, nodraft) = match kind {
        "number" => ("text", field.nodraft),
        kind => (kind, field.nodraft || matches!(kind, "tel" | "email" | "password")),
    };
    around(
        words,
        field,
        &html! {
            input id=(field_id(field.name)) name=(field.name) type=(kind) value=(value)
                readonly[field.readonly] inputmode=[keyboard] autocomplete=[field.autocomplete]
                maxlength=(field.letters_max.unwrap_or(500))
                aria-invalid=[invalid(field)] aria-describedby=[described(field)]
                data-nodraft[nodraft] data-live=[field.live.map(|l| l.0)] data-target=[field.live.map(|l| l.1)];
        },
    )
}

/// Several lines of text.
#[must_use]
pub fn textarea(words: &Words, field: &Field<'_>, value: &str) -> Markup {
    around(
        words,
        field,
        &html! {
            textarea id=(field_id(field.name)) name=(field.name) rows="4" readonly[field.readonly]
                maxlength=(field.letters_max.unwrap_or(4000))
                aria-invalid=[invalid(field)] aria-describedby=[described(field)]
                data-nodraft[field.nodraft] { (value) }
        },
    )
}

/// A day typed in one line, as officers type it: 14/11/2026.
#[must_use]
pub fn date(words: &Words, field: &Field<'_>, value: &str) -> Markup {
    let hint = tr!(words, "field-date-hint");
    let quiet = field.readonly || field.hint.is_some();
    let field = if quiet { *field } else { field.hint(&hint) };
    input(words, &field.keyboard("numeric").letters_max(10), "text", value)
}

/// A day in three boxes, as citizens type it. The form sends `name-day`, `name-month`, `name-year`;
/// [`DateText`] reads them.
#[must_use]
pub fn date_boxes(words: &Words, field: &Field<'_>, value: &DateText) -> Markup {
    let id = field_id(field.name);
    let boxes = [
        ("day", "d2", tr!(words, "field-day"), &value.day, 2),
        ("month", "d2", tr!(words, "field-month"), &value.month, 2),
        ("year", "d4", tr!(words, "field-year"), &value.year, 4),
    ];
    let hint = tr!(words, "field-date-boxes-hint");
    let field = if field.hint.is_some() { *field } else { field.hint(&hint) };
    group(
        words,
        &field,
        &html! {
            div.dmy {
                @for (i, (part, class, label, typed, digits)) in boxes.iter().enumerate() {
                    @let box_id = if i == 0 { id.clone() } else { format!("{id}-{part}") };
                    div {
                        label for=(box_id) { (label) }
                        input id=(box_id) class=(class) name={ (field.name) "-" (part) } value=(typed)
                            inputmode="numeric" maxlength=(digits) aria-invalid=[invalid(&field)]
                            data-nodraft[field.nodraft];
                    }
                }
            }
        },
    )
}

/// A list that opens. Without a choice yet, it says so.
#[must_use]
pub fn select(words: &Words, field: &Field<'_>, choices: &[Choice], chosen: &str) -> Markup {
    let known = choices.iter().any(|choice| choice.value == chosen);
    around(
        words,
        field,
        &html! {
            select id=(field_id(field.name)) name=(field.name) aria-invalid=[invalid(field)]
                aria-describedby=[described(field)] data-nodraft[field.nodraft] {
                @if !known { option value="" { (tr!(words, "field-none")) } }
                @for choice in choices {
                    option value=(choice.value) selected[choice.value == chosen] { (choice.label) }
                }
            }
        },
    )
}

/// A few choices, all seen: at most six.
#[must_use]
pub fn radios(words: &Words, field: &Field<'_>, choices: &[Choice], chosen: &str) -> Markup {
    ticks(words, field, "radio", choices, &[chosen])
}

/// Choices of which several may be ticked.
#[must_use]
pub fn checkboxes(words: &Words, field: &Field<'_>, choices: &[Choice], chosen: &[&str]) -> Markup {
    ticks(words, field, "checkbox", choices, chosen)
}

/// One statement to tick. The form sends `1`, or nothing.
#[must_use]
pub fn checkbox(field: &Field<'_>, checked: bool) -> Markup {
    html! {
        div.field {
            (fault(field))
            label.choice {
                input type="checkbox" id=(field_id(field.name)) name=(field.name) value="1" checked[checked]
                    aria-invalid=[invalid(field)] aria-describedby=[described(field)]
                    data-nodraft[field.nodraft];
                span { (field.label) @if let Some(hint) = field.hint { span.hint id=(hint_id(field)) { (hint) } } }
            }
        }
    }
}

/// A personal identity number, with what is done to it said before it is typed. An empty label is
/// replaced by the usual one.
#[must_use]
pub fn citizen_id(words: &Words, field: &Field<'_>, value: &str) -> Markup {
    let (label, hint) = (tr!(words, "field-citizen-id"), tr!(words, "field-citizen-id-hint"));
    let label = if field.label.is_empty() { &label } else { field.label };
    let field = Field { label, hint: Some(field.hint.unwrap_or(&hint)), nodraft: true, ..*field };
    input(words, &field.keyboard("numeric").letters_max(20), "text", value)
}

fn ticks(
    words: &Words,
    field: &Field<'_>,
    kind: &str,
    choices: &[Choice],
    chosen: &[&str],
) -> Markup {
    let id = field_id(field.name);
    group(
        words,
        field,
        &html! {
            @for (i, choice) in choices.iter().enumerate() {
                @let tick_id = if i == 0 { id.clone() } else { format!("{id}-{i}") };
                label.choice for=(tick_id) {
                    input id=(tick_id) type=(kind) name=(field.name) value=(choice.value)
                        checked[chosen.contains(&choice.value.as_str())]
                        data-nodraft[field.nodraft];
                    span { (choice.label) @if !choice.note.is_empty() { span.hint { (choice.note) } } }
                }
            }
        },
    )
}

/// Label, hint, fault and source around one control.
fn around(words: &Words, field: &Field<'_>, control: &Markup) -> Markup {
    html! {
        div class={ "field" (width(field)) } {
            label for=(field_id(field.name)) { (label(words, field)) }
            (hint(field)) (fault(field))
            // A value that may be changed is read after where it comes from.
            @if field.readonly { (control) (source(field)) } @else { (source(field)) (control) }
        }
    }
}

/// Legend, hint, fault and source around several controls.
fn group(words: &Words, field: &Field<'_>, controls: &Markup) -> Markup {
    html! {
        fieldset class={ "field" (width(field)) } aria-describedby=[described(field)] {
            legend { (label(words, field)) }
            (hint(field)) (fault(field)) (controls) (source(field))
        }
    }
}

fn label(words: &Words, field: &Field<'_>) -> Markup {
    html! {
        @if field.heading { h1 { (field.label) } } @else { (field.label) }
        @if field.optional { " " span.muted.light { (tr!(words, "field-optional")) } }
    }
}

fn hint(field: &Field<'_>) -> Markup {
    html! { @if let Some(hint) = field.hint { span.hint id=(hint_id(field)) { (hint) } } }
}

fn fault(field: &Field<'_>) -> Markup {
    html! {
        @if let Some(fault) = field.fault {
            span.err id=(fault_id(field)) { (icon(Icon::Late)) (fault) }
        }
    }
}

fn source(field: &Field<'_>) -> Markup {
    html! { @if let Some(source) = field.source { span.src { (icon(Icon::Seal)) (source) } } }
}

fn width(field: &Field<'_>) -> String {
    field.width.map(|columns| format!(" w{}", columns.clamp(2, 12))).unwrap_or_default()
}

fn hint_id(field: &Field<'_>) -> String {
    format!("f-{}-hint", field.name)
}

fn fault_id(field: &Field<'_>) -> String {
    format!("f-{}-err", field.name)
}

fn invalid(field: &Field<'_>) -> Option<&'static str> {
    field.fault.map(|_| "true")
}

fn described(field: &Field<'_>) -> Option<String> {
    match (field.hint, field.fault) {
        (None, None) => None,
        (Some(_), None) => Some(hint_id(field)),
        (None, Some(_)) => Some(fault_id(field)),
        (Some(_), Some(_)) => Some(format!("{} {}", hint_id(field), fault_id(field))),
    }
}
