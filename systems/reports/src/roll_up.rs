//! Many reports at once: added up along the tree, and held against the rules of their form. Pure,
//! over one block of numbers, so that a national month takes a fraction of a second.

use crate::{
    form::{CellKind, Form, Rule},
    number::Number,
    sheet::Sheet,
    validation::{Broken, Spread, compared},
};

/// No number.
const NONE: i64 = i64::MIN;

/// The values of many reports of one form, unit by unit.
#[derive(Debug, Clone)]
pub struct Block {
    width: usize,
    values: Vec<i64>,
}

impl Block {
    /// An empty block for a form.
    #[must_use]
    pub fn of(form: &Form) -> Self {
        Self { width: form.cells.len().max(1), values: Vec::new() }
    }

    /// Adds the report of the next unit; shares and sums are not kept, but computed.
    pub fn push(&mut self, form: &Form, sheet: &Sheet) {
        let value = |cell: &crate::form::Cell| match cell.fill.follows() {
            true => None,
            false => sheet.cells.get(&cell.id).and_then(|entry| entry.value),
        };
        self.values.extend(form.cells.iter().map(|cell| value(cell).map_or(NONE, Number::parts)));
    }

    /// Adds the next unit cell by cell.
    pub fn push_values(&mut self, values: impl Iterator<Item = Option<Number>>) {
        let before = self.values.len();
        self.values.extend(values.take(self.width).map(|v| v.map_or(NONE, Number::parts)));
        self.values.resize(before + self.width, NONE);
    }

    /// How many units there are.
    #[must_use]
    pub fn units(&self) -> usize {
        self.values.len() / self.width
    }

    /// The value of a cell of a unit; of a share or a sum what it comes to.
    #[must_use]
    pub fn value(&self, form: &Form, unit: usize, cell: usize) -> Option<Number> {
        match form.cells.get(cell).map(|cell| &cell.fill).filter(|fill| fill.follows()) {
            Some(fill) => fill.value(|of| self.raw(unit, of)),
            None => self.raw(unit, cell),
        }
    }

    fn raw(&self, unit: usize, cell: usize) -> Option<Number> {
        let value = *self.values.get(unit * self.width + cell)?;
        (value != NONE).then(|| Number::from_parts(value))
    }

    /// How the values of each compared cell lie, by the places of [`compared`].
    #[must_use]
    pub fn spreads(&self, form: &Form) -> Vec<(usize, Option<Spread>)> {
        let cells = compared(form).into_iter();
        let mut values = Vec::with_capacity(self.units());
        cells
            .map(|cell| {
                values.clear();
                values.extend((0..self.units()).filter_map(|unit| self.value(form, unit, cell)));
                (cell, Spread::of(&mut values))
            })
            .collect()
    }

    /// Every rule that a unit breaks; `before` are the same units in the last period.
    #[must_use]
    pub fn check<'f>(
        &self,
        form: &'f Form,
        before: Option<&Self>,
    ) -> Vec<(usize, &'f Rule, Broken)> {
        let mut peers = vec![None; self.width];
        for (cell, spread) in self.spreads(form) {
            peers[cell] = spread;
        }
        let mut found = Vec::new();
        for unit in 0..self.units() {
            let get = |cell| self.value(form, unit, cell);
            let last = |cell| before.and_then(|before| before.value(form, unit, cell));
            for rule in &form.rules {
                let broken = rule.broken(get, last, |cell: usize| peers[cell]);
                found.extend(broken.map(|broken| (unit, rule, broken)));
            }
        }
        found
    }

    /// The sums by group: `group[unit]` says to which of `groups` a unit belongs. Where nobody said
    /// anything there is none; what cannot be added up is none, and what is computed follows from the
    /// sums.
    #[must_use]
    pub fn roll_up(&self, form: &Form, group: &[usize], groups: usize) -> Self {
        let mut sums = Self { width: self.width, values: vec![NONE; groups * self.width] };
        let adds: Vec<bool> =
            form.cells.iter().map(|cell| cell.kind.adds_up() && !cell.fill.follows()).collect();
        for (unit, row) in self.values.chunks_exact(self.width).enumerate() {
            let Some(group) = group.get(unit).filter(|group| **group < groups) else { continue };
            let into = &mut sums.values[group * self.width..(group + 1) * self.width];
            for ((sum, value), adds) in into.iter_mut().zip(row).zip(&adds) {
                if *adds && *value != NONE {
                    *sum = if *sum == NONE { *value } else { sum.saturating_add(*value) };
                }
            }
        }
        sums
    }
}

/// What a national month came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct National {
    /// How many communes reported.
    pub communes: usize,
    /// Cells of each.
    pub cells: usize,
    /// Rules that were tested of each.
    pub rules: usize,
    /// What was found.
    pub remarks: usize,
    /// The sum of the first column over the nation.
    pub total: Number,
}

/// Invented reports of a nation, for measuring: a form, and two months of values.
#[derive(Debug)]
pub struct Invented {
    form: Form,
    now: Block,
    before: Block,
    provinces: Vec<usize>,
}

/// How many provinces there are.
const PROVINCES: usize = 34;
/// Columns of the invented form.
const COLUMNS: usize = 5;

/// Invents reports of so many communes with so many cells, the same each time; `None` where the
/// form that is written for them does not load.
#[must_use]
pub fn invent(communes: usize, cells: usize) -> Option<Invented> {
    let rows = (cells / COLUMNS).max(1);
    let mut text = String::from(
        "code = \"quoc-gia\"\nversion = 1\nname = \"Báo cáo\"\nname_en = \"Report\"\n\
         legal_basis = [\"Nghị định 09/2019/NĐ-CP\"]\nvalid_from = 2026-01-01\n\
         [[table]]\nid = \"bieu\"\ntitle = \"Biểu\"\n",
    );
    for (id, more) in
        [("tong", ""), ("dung", ""), ("qua", ""), ("dang", ""), ("phi", "kind = \"dong\"\n")]
    {
        text.push_str(&format!("[[table.column]]\nid = \"{id}\"\ntitle = \"{id}\"\n{more}"));
    }
    for row in 0..rows {
        text.push_str(&format!("[[table.row]]\nid = \"d{row}\"\ntitle = \"Dòng {row}\"\n"));
    }
    let rules = [
        "check = \"bieu.*.dung + bieu.*.qua + bieu.*.dang = bieu.*.tong\"",
        "change = \"bieu.*.tong\"\npercent = 300",
        "outlier = \"bieu.*.tong\"",
        "pair = [\"bieu.*.tong\", \"bieu.*.phi\"]",
    ];
    for (n, rule) in rules.iter().enumerate() {
        text.push_str(&format!("[[rule]]\nid = \"r{n}\"\nexplain = \"Đúng\"\n{rule}\n"));
    }
    let form = crate::form::load(&text, |_| false).ok()?;
    debug_assert!(form.cells.iter().all(|cell| cell.kind != CellKind::Text));
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut dice = move |below: u64| {
        // xorshift64: quick, and the same on every machine.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        i64::try_from(state % below).unwrap_or(0)
    };
    let mut block = || {
        let mut block = Block::of(&form);
        for _ in 0..communes {
            let values: Vec<Option<Number>> = (0..rows)
                .flat_map(|_| {
                    let (on, late, open) = (dice(200), dice(9), dice(40));
                    // One in five hundred does not add up.
                    let wrong = i64::from(dice(500) == 0);
                    [on + late + open + wrong, on, late, open, dice(9_000_000)]
                })
                .map(|value| Some(Number::whole(value)))
                .collect();
            block.push_values(values.into_iter());
        }
        block
    };
    let (now, before) = (block(), block());
    let provinces = (0..communes).map(|commune| commune % PROVINCES).collect();
    Some(Invented { form, now, before, provinces })
}

/// Holds every report against every rule and adds them up by province and for the nation: the work
/// of the night on which a national month closes.
#[must_use]
pub fn national(invented: &Invented) -> National {
    let Invented { form, now, before, provinces } = invented;
    let remarks = now.check(form, Some(before)).len();
    let by_province = now.roll_up(form, provinces, PROVINCES);
    let nation = by_province.roll_up(form, &[0; PROVINCES], 1);
    National {
        communes: now.units(),
        cells: form.cells.len(),
        rules: form.rules.len(),
        remarks,
        total: nation.value(form, 0, 0).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nation_adds_up_to_the_sum_of_its_communes() {
        let invented = invent(100, 20).unwrap();
        let done = national(&invented);
        let by_hand = (0..100)
            .filter_map(|unit| invented.now.value(&invented.form, unit, 0))
            .fold(Number::ZERO, Number::plus);
        assert_eq!((done.communes, done.cells, done.rules), (100, 20, 16));
        assert_eq!(done.total, by_hand);
        assert!(done.remarks > 0, "some were made not to add up");
    }

    #[test]
    fn who_said_nothing_is_not_who_said_zero() {
        let invented = invent(1, 5).unwrap();
        let mut block = Block::of(&invented.form);
        block.push_values([None; 5].into_iter());
        let sum = block.roll_up(&invented.form, &[0], 1);
        assert_eq!(sum.value(&invented.form, 0, 0), None);
        block.push_values([Some(Number::ZERO); 5].into_iter());
        let sum = block.roll_up(&invented.form, &[0, 0], 1);
        assert_eq!(sum.value(&invented.form, 0, 0), Some(Number::ZERO));
    }
}
