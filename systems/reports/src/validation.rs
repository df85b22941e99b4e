//! What a report says against the rules of its form, each with why.

use crate::{
    form::{CellKind, Fill, Form, Ordering, Piece, SPOKEN, Severity, Test, pieces},
    number::Number,
    sheet::Sheet,
};

/// What is wrong, or odd.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// What it means.
    pub severity: Severity,
    /// The cells, by name; of prose `part.ID`.
    pub cells: Vec<String>,
    /// Why the rule holds; empty where something is just missing.
    pub explain: String,
    /// What it found.
    pub broken: Broken,
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq)]
pub enum Broken {
    /// Nothing was said where something must be.
    Missing,
    /// A number has a fraction where only whole ones are.
    NotWhole,
    /// A count or an amount is below zero.
    Negative,
    /// A share is below zero or above a hundred.
    NoShare,
    /// Prose names a figure that there is none of.
    NoFigure {
        /// As it stands between the braces.
        name: String,
    },
    /// A figure was contested without a reason.
    NoReason,
    /// The two sides do not stand so to each other.
    Compare {
        /// One side.
        left: Number,
        /// How they should stand.
        order: Ordering,
        /// The other side.
        right: Number,
    },
    /// One of two is missing.
    Pair {
        /// The place of the cell that is.
        missing: usize,
    },
    /// It moved too far.
    Change {
        /// What it was.
        before: Number,
        /// What it is.
        now: Number,
        /// By how many hundredths.
        by: Number,
    },
    /// It lies far from those of the others.
    Outlier {
        /// The middle of the others.
        median: Number,
        /// The modified z-score.
        z: f64,
    },
}

/// How the values of peers lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The middle one.
    pub median: Number,
    /// How far a value may usually lie from it: one standard deviation, were they normal.
    pub scale: f64,
}

/// Fewer peers say nothing.
const PEERS_MIN: usize = 5;

impl Spread {
    /// How these values lie; none of too few. Half of them may be wrong and it says the same. Where
    /// half of them are the same, the mean distance stands in for the middle one.
    #[must_use]
    pub fn of(values: &mut [Number]) -> Option<Self> {
        if values.len() < PEERS_MIN {
            return None;
        }
        let median = middle(values);
        let mut far: Vec<Number> = values
            .iter()
            .map(|value| Number::from_parts((value.parts() - median.parts()).abs()))
            .collect();
        let scale = match middle(&mut far) {
            Number::ZERO => {
                let sum: f64 = far.iter().map(|far| far.to_f64()).sum();
                #[expect(clippy::cast_precision_loss, reason = "no country has 2^52 communes")]
                let mean = sum / far.len() as f64;
                mean * 1.253_314
            }
            middle => middle.to_f64() / 0.674_5,
        };
        Some(Self { median, scale })
    }

    /// How many deviations a value lies from the middle; none where all are the same.
    #[must_use]
    pub fn z(&self, value: Number) -> Option<f64> {
        (self.scale > 0.0).then(|| (value.to_f64() - self.median.to_f64()) / self.scale)
    }
}

/// The middle value, without putting all in order; between the two middle ones of an even number.
fn middle(values: &mut [Number]) -> Number {
    let (at, even) = (values.len() / 2, values.len().is_multiple_of(2));
    let (below, high, _) = values.select_nth_unstable(at);
    match below.iter().max() {
        Some(low) if even => Number::from_parts(low.parts().midpoint(high.parts())),
        _ => *high,
    }
}

/// Everything to be said of a report, what keeps it from being sent first.
#[must_use]
pub fn check(
    form: &Form,
    sheet: &Sheet,
    before: Option<&Sheet>,
    peers: impl Fn(usize) -> Option<Spread>,
) -> Vec<Remark> {
    let mut remarks = Vec::new();
    missing(form, sheet, &mut remarks);
    unknown(form, sheet, &mut remarks);
    for (id, entry) in &sheet.cells {
        let (Some((kind, _)), Some(value)) = (form.described(id), entry.value) else { continue };
        let mut remark = |broken| remarks.push(plain(id, broken));
        match kind {
            CellKind::Count | CellKind::Dong if !value.is_whole() => {
                remark(Broken::NotWhole);
            }
            CellKind::Count | CellKind::Dong if value < Number::ZERO => remark(Broken::Negative),
            CellKind::Percent if value < Number::ZERO || value > Number::whole(100) => {
                remark(Broken::NoShare);
            }
            _ => {}
        }
        if entry.is_contested() && entry.reason.trim().is_empty() {
            remark(Broken::NoReason);
        }
    }
    let get = |at: usize| sheet.value(form, at);
    let last = |at: usize| before.and_then(|before| before.value(form, at));
    for rule in &form.rules {
        let Some(broken) = rule.broken(get, last, &peers) else { continue };
        let cells = rule.cells().into_iter().map(|at| form.cells[at].id.clone()).collect();
        let explain = rule.explain.clone();
        remarks.push(Remark { severity: rule.severity, cells, explain, broken });
    }
    remarks.sort_by_key(|remark| remark.severity);
    remarks
}

fn missing(form: &Form, sheet: &Sheet, remarks: &mut Vec<Remark>) {
    for (at, cell) in form.cells.iter().enumerate() {
        let there = if cell.kind.is_number() {
            sheet.value(form, at).is_some()
        } else {
            sheet.cells.get(&cell.id).is_some_and(|entry| !entry.words.trim().is_empty())
        };
        // A figure that cannot be computed, or a share of nothing, is an answer too.
        if cell.required && !there && cell.fill == Fill::Typed {
            remarks.push(plain(&cell.id, Broken::Missing));
        }
    }
    for part in form.parts.iter().filter(|part| part.required && part.ask.is_some()) {
        if sheet.parts.get(&part.id).is_none_or(|text| text.trim().is_empty()) {
            remarks.push(plain(&format!("part.{}", part.id), Broken::Missing));
        }
    }
}

/// What prose names in braces and nothing stands behind: it would be printed as it was typed.
fn unknown(form: &Form, sheet: &Sheet, remarks: &mut Vec<Remark>) {
    for (part, text) in &sheet.parts {
        for piece in pieces(text) {
            let Piece::Named(name) = piece else { continue };
            let known = form.place(name).is_some()
                || SPOKEN.contains(&name)
                || sheet.figures.contains_key(name);
            if !known {
                let name = name.to_owned();
                remarks.push(plain(&format!("part.{part}"), Broken::NoFigure { name }));
            }
        }
    }
}

fn plain(cell: &str, broken: Broken) -> Remark {
    let (cells, explain) = (vec![cell.to_owned()], String::new());
    Remark { severity: Severity::Error, cells, explain, broken }
}

/// The cells of a form whose peers are asked for.
#[must_use]
pub fn compared(form: &Form) -> Vec<usize> {
    let cells = form.rules.iter().filter_map(|rule| match rule.test {
        Test::Outlier { cell, .. } => Some(cell),
        _ => None,
    });
    let mut cells: Vec<usize> = cells.collect();
    cells.sort_unstable();
    cells.dedup();
    cells
}
