//! One cell of a table: to be read, to be typed into, to be chosen in, or computed.

use maud::{Markup, html};
use web::{components::fields::field_id, tr};

use super::Body;
use crate::{
    document::cell_text,
    form::{CellKind, Fill, Options},
    sheet::{Entry, From},
};

impl Body<'_> {
    /// A cell as it stands where it is read, written, or computed.
    pub(super) fn cell(&self, id: &str, kind: CellKind, row: &str, column: &str) -> Markup {
        let (form, sheet) = (&self.whole.form, &self.whole.sheet);
        let entry = sheet.cells.get(id);
        let text = cell_text(&self.me.words, form, sheet, id);
        let kind = form.cell(id).map_or(kind, |cell| cell.kind);
        let label = format!("{row}, {column}");
        let (fill, unit) =
            form.cell(id).map_or((&Fill::Typed, ""), |cell| (&cell.fill, cell.unit.as_str()));
        let computed = entry.is_some_and(|e| matches!(e.from, From::AddedUp | From::Contested));
        match fill {
            Fill::Share { .. } | Fill::Sum(_) => html! { span.num { (text) } },
            Fill::Figure(binding) => {
                let href = self.figure(binding);
                self.computed(id, &label, Some(&href), &text, entry)
            }
            Fill::Typed if computed => self.computed(id, &label, None, &text, entry),
            Fill::Typed if self.writes => self.input(id, kind, &label, unit, entry),
            Fill::Typed => html! { div {
                span.num[kind.is_number()] { (text) }
                @if let Some(by) = entry.filter(|e| e.from == From::Sent) {
                    br; span.small.muted { (tr!(self.me, "reports-sent-by", name = &by.reason)) }
                }
            } },
        }
    }

    /// A cell that somebody fills in.
    fn input(
        &self,
        id: &str,
        kind: CellKind,
        label: &str,
        unit: &str,
        entry: Option<&Entry>,
    ) -> Markup {
        let name = format!("c.{id}");
        let known = match (kind.is_number(), entry) {
            (true, Some(entry)) => entry.value.map_or_else(String::new, |value| value.to_typed()),
            (false, Some(entry)) => entry.words.clone(),
            _ => String::new(),
        };
        let (value, fault) = (self.typed_or(&name, &known), self.faults.of(&name));
        let label = if unit.is_empty() { label.to_owned() } else { format!("{label} ({unit})") };
        if let Some(options) = self.whole.form.options(id) {
            return self.choice(&name, &label, options, &value, fault);
        }
        html! {
            div.field {
                @if let Some(fault) = fault { span.err { (fault) } }
                input id=(field_id(&name)) name=(name) value=(value) aria-label=(label) maxlength="2000"
                    inputmode=[kind.is_number().then_some("decimal")] autocomplete="off"
                    aria-invalid=[fault.map(|_| "true")];
            }
        }
    }

    /// A cell in which one of a few things is chosen, or several of them.
    fn choice(
        &self,
        name: &str,
        label: &str,
        options: &Options,
        codes: &str,
        fault: Option<&str>,
    ) -> Markup {
        let is = |code: &str| codes.split_whitespace().any(|one| one == code);
        let invalid = fault.map(|_| "true");
        html! {
            div.field {
                @if let Some(fault) = fault { span.err { (fault) } }
                @if options.multiple {
                    // Sent too where nothing is ticked, so that what was ticked can be unticked.
                    input type="hidden" name=(name) value="";
                    div role="group" id=(field_id(name)) aria-label=(label) tabindex="-1" {
                        @for (code, text) in &options.all {
                            label.choice {
                                input type="checkbox" name=(name) value=(code) checked[is(code)] aria-invalid=[invalid];
                                span { (text) }
                            }
                        }
                    }
                } @else {
                    select id=(field_id(name)) name=(name) aria-label=(label) aria-invalid=[invalid] {
                        option value="" { (tr!(self.me, "reports-choose")) }
                        @for (code, text) in &options.all {
                            option value=(code) selected[is(code)] { (text) }
                        }
                    }
                }
            }
        }
    }

    /// A cell that is computed: the way to how, and the way to say otherwise.
    fn computed(
        &self,
        id: &str,
        label: &str,
        href: Option<&str>,
        text: &str,
        entry: Option<&Entry>,
    ) -> Markup {
        let (me, number) = (self.me, |n: crate::number::Number| n.text(&self.me.words));
        let contested = entry.filter(|entry| entry.is_contested());
        let (value, reason) = (format!("x.{id}"), format!("r.{id}"));
        let known = contested.and_then(|e| e.value).map_or_else(String::new, |v| v.to_typed());
        let why = contested.map_or("", |entry| entry.reason.as_str());
        let none = entry.filter(|entry| entry.value.is_none() && !entry.words.is_empty());
        let fault = self.faults.of(&value);
        html! { div {
            @match href {
                Some(href) => a.num href=(href) { (text) },
                None => span.num { (text) },
            }
            @if let Some(entry) = none {
                br; span.small.muted { (me.words.t(&format!("figure-none-{}", entry.words.replace('_', "-")))) }
            }
            @if let Some(entry) = contested {
                br; span.small { (me.words.t_with("reports-contested", &[
                    ("computed", entry.computed.map_or_else(|| "–".to_owned(), number).into()),
                    ("reason", entry.reason.clone().into()),
                ])) }
            }
            @if self.writes {
                details open[fault.is_some() || contested.is_some()] {
                    summary.small { (tr!(me, "reports-contest")) }
                    @let number_label = tr!(me, "reports-contest-value", cell = label);
                    @let reason_label = tr!(me, "reports-contest-reason", cell = label);
                    div.field {
                        @if let Some(fault) = fault { span.err { (fault) } }
                        input id=(field_id(&value)) name=(value) value=(self.typed_or(&value, &known))
                            aria-label=(number_label) placeholder=(tr!(me, "reports-contest-number"))
                            inputmode="decimal" autocomplete="off" maxlength="30";
                    }
                    div.field {
                        input id=(field_id(&reason)) name=(reason) value=(self.typed_or(&reason, why))
                            aria-label=(reason_label) placeholder=(tr!(me, "reports-contest-why"))
                            autocomplete="off" maxlength="2000";
                    }
                }
            }
        } }
    }
}
