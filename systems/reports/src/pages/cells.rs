//! The prose and the tables of a report: to be read, or to be written into.

mod one_cell;

use desk::{Desk, figure_page_of, typed::Typed};
use indicators::Scope;
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        fields::{self, Field},
        section::card,
        table::{self, Column, Row},
    },
    form::Faults,
    tr,
};

use crate::{
    document::plain,
    fill::{Said, said, scope, unit_name},
    form::{Binding, Cell, CellKind, Fill, Part, Table},
    queries::Whole,
};

/// Empty rows at the end of a table whose rows repeat.
const SPARE: u16 = 3;

/// What the page needs while it writes the report.
pub(super) struct Body<'a> {
    pub(super) desk: &'a Desk,
    pub(super) me: &'a SignedIn,
    pub(super) whole: &'a Whole,
    pub(super) typed: &'a Typed,
    pub(super) faults: &'a Faults,
    pub(super) writes: bool,
}

/// The name of the field of a cell, where its remarks lead.
pub(super) fn name_of(whole: &Whole, id: &str) -> String {
    if let Some(part) = id.strip_prefix("part.") {
        return format!("p.{part}");
    }
    let computed = whole.form.cell(id).is_some_and(|cell| cell.fill != Fill::Typed);
    format!("{}.{id}", if computed { "x" } else { "c" })
}

impl Body<'_> {
    /// The prose.
    pub(super) fn parts(&self) -> Markup {
        html! { @for part in &self.whole.form.parts { (self.part(part)) } }
    }

    fn part(&self, part: &Part) -> Markup {
        let own = self.whole.sheet.parts.get(&part.id).map_or("", String::as_str);
        let name = format!("p.{}", part.id);
        let body = html! {
            @if !part.text.is_empty() { p { (self.prose(&part.text)) } }
            @match (&part.ask, self.writes) {
                (Some(ask), true) => {
                    @let hint = format!("{ask}. {}", tr!(self.me, "reports-braces"));
                    @let typed = self.typed_or(&name, own);
                    @let label = tr!(self.me, "reports-write-here");
                    @let field = Field::new(&name, &label).hint(&hint).fault(self.faults.of(&name)).letters_max(20_000);
                    @let field = if part.required { field } else { field.optional() };
                    (fields::textarea(&self.me.words, &field, &typed))
                    @if own.contains('{') { p.small { (self.prose(own)) } }
                }
                _ => {
                    @for line in own.lines().filter(|line| !line.trim().is_empty()) { p { (self.prose(line)) } }
                    @if own.is_empty() && part.ask.is_some() { p.muted { (tr!(self.me, "reports-nothing-said")) } }
                }
            }
        };
        card(&format!("part-{}", part.id), &part.title, body)
    }

    /// Prose with its figures in place, each the way to how it came about.
    fn prose(&self, text: &str) -> Markup {
        let report = &self.whole.report;
        let unit = unit_name(&self.me.directory, report.unit, report.period);
        let period = desk::period_text(&self.me.words, report.period);
        let pieces = said(&self.whole.form, &self.whole.sheet, text, (&unit, &period));
        html! {
            @for piece in &pieces {
                @let text = plain(self.desk, &self.me.words, self.whole, piece);
                @match piece {
                    Said::Words(_) => (text),
                    Said::Cell(at) => @match self.page_of(&self.whole.form.cells[*at]) {
                        Some(href) => a.num href=(href) { (text) },
                        None => b.num { (text) },
                    },
                    Said::Figure(name) => @match Binding::read(name) {
                        Ok(binding) => a.num href=(self.figure(&binding)) { (text) },
                        Err(_) => b.num { (text) },
                    },
                }
            }
        }
    }

    fn scope(&self) -> Scope {
        scope(&self.whole.regime, &self.whole.report)
    }

    fn figure(&self, binding: &Binding) -> String {
        let period = self.whole.report.period;
        figure_page_of(&binding.code, &self.scope(), period, &binding.slice)
    }

    fn page_of(&self, cell: &Cell) -> Option<String> {
        match &cell.fill {
            Fill::Figure(binding) => Some(self.figure(binding)),
            _ => None,
        }
    }

    /// The tables.
    pub(super) fn tables(&self) -> Markup {
        html! { @for table in &self.whole.form.tables { (self.table(table)) } }
    }

    fn table(&self, of: &Table) -> Markup {
        let head =
            if of.head.is_empty() { tr!(self.me, "reports-col-row") } else { of.head.clone() };
        let column = |column: &crate::form::Column| {
            let unit =
                if column.unit.is_empty() { String::new() } else { format!(" ({})", column.unit) };
            let title = format!("{}{unit}", column.title);
            if column.kind == CellKind::Text { Column::text(title) } else { Column::figures(title) }
        };
        let columns = [Column::text(head)].into_iter().chain(of.columns.iter().map(column));
        let row = |id: &str, title: &str| {
            let cells = of.columns.iter().map(|column| {
                let id = format!("{}.{id}.{}", of.id, column.id);
                self.cell(&id, column.kind, title, &column.title)
            });
            Row::Cells([html! { (title) }].into_iter().chain(cells).collect())
        };
        let rows: Vec<Row> = match of.repeat {
            None => of.rows.iter().map(|(id, title)| row(id, title)).collect(),
            Some(max) => {
                let typed = self.typed.0.iter().filter_map(|(name, value)| {
                    let rest = name.strip_prefix("c.")?.strip_prefix(&of.id)?.strip_prefix('.')?;
                    if value.trim().is_empty() {
                        None
                    } else {
                        rest.split('.').next()?.parse().ok()
                    }
                });
                let there = self.whole.sheet.rows(&of.id).max(typed.max().unwrap_or(0));
                let spare = if self.writes { SPARE } else { 0 };
                let last = there.saturating_add(spare).min(max);
                (1..=last).map(|n| row(&n.to_string(), &n.to_string())).collect()
            }
        };
        if rows.is_empty() {
            return card(
                &of.id,
                &of.title,
                html! { p.muted { (tr!(self.me, "reports-nothing-said")) } },
            );
        }
        table::table(&table::Table {
            caption: of.title.clone(),
            caption_shown: true,
            columns: columns.collect(),
            rows,
        })
    }

    /// What was typed, or what is known where nothing came.
    fn typed_or(&self, name: &str, known: &str) -> String {
        let mut came = self.typed.0.iter().filter(|(of, _)| of == name).map(|(_, v)| v.as_str());
        let Some(first) = came.next() else { return known.to_owned() };
        // Several ticks of one cell come one by one.
        came.fold(first.to_owned(), |all, one| format!("{all} {one}").trim().to_owned())
    }
}
