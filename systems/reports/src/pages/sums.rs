//! What the reports of a round add up to, by level and together.

use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        section::card,
        table::{Column, Row, Table, table},
    },
    tr,
};

use super::level_name;
use crate::{
    document::rounded,
    export::Round,
    form::{CellKind, Form},
    roll_up::Block,
};

/// The table of sums.
pub(super) fn sums(me: &SignedIn, round: &Round) -> Markup {
    let Round { regime, form, reports, .. } = round;
    // A level whose figures are of the whole authority has them added up already.
    let adding: Vec<&str> = regime
        .levels
        .iter()
        .filter(|level| !level.adds_up)
        .map(|level| level.id.as_str())
        .collect();
    let mut block = Block::of(form);
    let mut groups = Vec::new();
    for (report, sheet) in reports.iter().filter(|(report, _)| report.sent_at.is_some()) {
        if let Some(group) = adding.iter().position(|level| *level == report.level) {
            block.push(form, sheet);
            groups.push(group);
        }
    }
    let by_level = block.roll_up(form, &groups, adding.len());
    let all = by_level.roll_up(form, &vec![0; adding.len()], 1);
    let mut columns = vec![Column::text(tr!(me, "reports-col-row"))];
    columns.extend(adding.iter().map(|level| Column::figures(level_name(&me.words, level))));
    columns.push(Column::figures(tr!(me, "reports-sum")));
    let row = |at: usize| {
        let name = html! { (form.cells[at].label) };
        let levels = (0..adding.len()).map(|level| value(me, form, &by_level, (level, at)));
        let cells = [name].into_iter().chain(levels);
        Row::Cells(cells.chain([value(me, form, &all, (0, at))]).collect())
    };
    let mut rows = Vec::new();
    for of in &form.tables {
        let cells: Vec<usize> = (0..form.cells.len())
            .filter(|at| {
                let cell = &form.cells[*at];
                cell.id.starts_with(&format!("{}.", of.id))
                    && (cell.kind.adds_up() || cell.fill.follows())
            })
            .collect();
        if !cells.is_empty() {
            rows.push(Row::Group(of.title.clone(), String::new()));
            rows.extend(cells.into_iter().map(row));
        }
    }
    if groups.is_empty() || rows.is_empty() {
        return card(
            "sums",
            &tr!(me, "reports-sums"),
            html! { p.muted { (tr!(me, "reports-none-sent")) } },
        );
    }
    let all = reports.iter().filter(|(one, _)| adding.contains(&one.level.as_str())).count();
    let caption = tr!(me, "reports-sums-of", n = groups.len(), all = all);
    table(&Table { caption, caption_shown: true, columns, rows })
}

fn value(me: &SignedIn, form: &Form, block: &Block, (unit, at): (usize, usize)) -> Markup {
    html! {
        @match (block.value(form, unit, at), form.cells[at].kind) {
            (None, _) => span.muted { "–" },
            (Some(number), CellKind::Percent) => span.num { (rounded(&me.words, number)) "%" },
            (Some(number), _) => span.num { (number.text(&me.words)) },
        }
    }
}
