//! A table of more than five like things: sticky head, figures to the right, sorting by address.

use maud::{Markup, html};

/// A table.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// What the table is; shown above it only where `caption_shown`.
    pub caption: String,
    /// Whether the caption is seen.
    pub caption_shown: bool,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// Its head.
    pub title: String,
    /// Figures stand to the right.
    pub figures: bool,
    /// Left out where the table is narrow.
    pub dispensable: bool,
    /// The address that sorts by it.
    pub sort_href: Option<String>,
    /// How the table is sorted by it now.
    pub sorted: Option<Sorted>,
}

/// A direction of sorting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sorted {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A row.
#[derive(Debug, Clone)]
pub enum Row {
    /// Cells.
    Cells(Vec<Markup>),
    /// A line that names the group below it.
    Group(String, String),
}

impl Column {
    /// A column of text.
    #[must_use]
    pub fn text(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// A column of figures.
    #[must_use]
    pub fn figures(title: impl Into<String>) -> Self {
        Self { title: title.into(), figures: true, ..Self::default() }
    }

    /// The same column, left out where the table is narrow.
    #[must_use]
    pub fn dispensable(mut self) -> Self {
        self.dispensable = true;
        self
    }

    /// The same column, sorted by the address `href`.
    #[must_use]
    pub fn sort(mut self, href: impl Into<String>, sorted: Option<Sorted>) -> Self {
        self.sort_href = Some(href.into());
        self.sorted = sorted;
        self
    }
}

/// The table in its card. Narrow, each row becomes a card with the column names before the cells.
#[must_use]
pub fn table(table: &Table) -> Markup {
    html! {
        div.card.box data-list {
            table.t.plain {
                caption.vh[!table.caption_shown] { (table.caption) }
                thead { tr { @for column in &table.columns { (head(column)) } } }
                tbody {
                    @for row in &table.rows {
                        @match row {
                            Row::Group(title, note) => {
                                tr.grp { td colspan=(table.columns.len()) { b { (title) } @if !note.is_empty() { ", " (note) } } }
                            }
                            Row::Cells(cells) => {
                                tr data-row {
                                    @for (cell, column) in cells.iter().zip(&table.columns) {
                                        td.n[column.figures].hide[column.dispensable] data-head=(column.title) { (cell) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn head(column: &Column) -> Markup {
    let sorted = column.sorted.map(|sorted| match sorted {
        Sorted::Ascending => "ascending",
        Sorted::Descending => "descending",
    });
    // A column of buttons has no name, and a heading without words is none.
    if column.title.is_empty() {
        return html! { td.n[column.figures].hide[column.dispensable] {} };
    }
    html! {
        th.n[column.figures].hide[column.dispensable] scope="col" aria-sort=[sorted] {
            @if let Some(href) = &column.sort_href { a href=(href) { (column.title) } }
            @else { (column.title) }
        }
    }
}
