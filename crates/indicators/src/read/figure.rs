//! One figure, with all that it must carry: as of when, how well proved, made of what, published
//! how, and what has moved since.

use kernel::{Actor, AgencyId, Instant};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Row, Tx, args};

use super::{Opening, Question};
use crate::{
    Error, Result,
    cube::{AsOf, Cube, source::bigint, write::plane_number},
    day::Day,
    definition::{Grade, Indicator},
    exact::Exact,
    expression::{Value, Why},
    fact::Fact,
    period::Period,
    scope::{Scope, Slice},
    tree::Tree,
};

/// A figure as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The code of the indicator.
    pub indicator: String,
    /// Of whom.
    pub scope: Scope,
    /// In which period.
    pub period: Period,
    /// Its value, or why there is none.
    pub value: Value,
    /// How well it is proved.
    pub grade: Grade,
    /// As of when.
    pub as_of: AsOf,
    /// What it is made of: each fact with its number, and the way to the cases behind it.
    pub parts: Vec<(Opening, i64)>,
}

/// A figure as it was published, or corrected.
#[derive(Debug, Clone, PartialEq)]
pub struct Revised {
    /// 1 for what was published first; what corrected it has the next number.
    pub number: u32,
    /// Its value, or why there was none.
    pub value: Value,
    /// What it was made of: formulas' facts as they are written, with their numbers.
    pub parts: Vec<(String, i64)>,
    /// The position in the journal up to which was counted.
    pub pos: u64,
    /// When the last event before it was recorded.
    pub recorded: Instant,
    /// SHA-256 of the formula and its validity, in hexadecimal: a later definition is another.
    pub definition: String,
    /// How well it was proved.
    pub grade: Grade,
    /// Why it was published, or corrected.
    pub reason: String,
    /// By whom.
    pub by: Actor,
    /// When.
    pub at: Instant,
}

/// A move of a past day, as it came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateMove {
    /// The position of the event in the journal.
    pub pos: u64,
    /// Whose figures it moved.
    pub agency: AgencyId,
    /// The number of the fact ([`Fact::from_number`]).
    pub fact: u8,
    /// On which day.
    pub day: Day,
    /// By how much.
    pub n: i64,
    /// When it was recorded.
    pub recorded: Instant,
}

/// Most moves that are listed for a figure.
const MOVES_MAX: i64 = 1000;

impl Cube {
    /// One figure.
    ///
    /// # Errors
    /// As [`Cube::read`].
    pub fn figure(
        &self,
        tx: &mut Tx<'_>,
        tree: &Tree,
        indicator: &Indicator,
        (scope, period, slice): (&Scope, Period, &Slice),
        now: Instant,
    ) -> Result<Figure> {
        let question = Question {
            indicators: vec![indicator],
            scopes: vec![scope.clone()],
            periods: vec![period],
            slice: slice.clone(),
            now,
        };
        let grid = self.read(tx, tree, &question)?;
        let part = |(reference, n): (&_, i64)| {
            Some((Opening::of(reference, &Slice::default(), scope, period)?, n))
        };
        Ok(Figure {
            indicator: indicator.code.clone(),
            scope: scope.clone(),
            period,
            value: grid.value(0, 0, 0),
            grade: indicator.grade,
            as_of: grid.as_of,
            parts: grid.parts(0, 0, 0).filter_map(part).collect(),
        })
    }

    /// Publishes a figure as it is: it stays so, with its position in the journal. A figure that
    /// was published already is corrected by another row, for a reason in words; where nothing
    /// has changed since, nothing is written, and the published one is answered.
    ///
    /// # Errors
    /// [`Error::Frozen`] where a correction has no reason, and those of the store.
    pub fn freeze(
        &self,
        tx: &mut Tx<'_>,
        indicator: &Indicator,
        figure: &Figure,
        reason: &str,
        (by, at): (&Actor, Instant),
    ) -> Result<Revised> {
        let (scope, period) = (&figure.scope, figure.period);
        let before = self.published(tx, &figure.indicator, scope, period)?;
        let parts: Vec<(String, i64)> =
            figure.parts.iter().map(|(of, n)| (of.reference.to_string(), *n)).collect();
        if let Some(last) = before.last() {
            if last.value == figure.value && last.parts == parts {
                return Ok(last.clone());
            }
            if reason.trim().is_empty() {
                return Err(Error::Frozen);
            }
        }
        let revised = Revised {
            number: before.last().map_or(1, |last| last.number + 1),
            value: figure.value,
            parts,
            pos: figure.as_of.pos,
            recorded: figure.as_of.recorded.ok_or(Error::Nothing)?,
            definition: digest(indicator),
            grade: figure.grade,
            reason: reason.trim().to_owned(),
            by: by.clone(),
            at,
        };
        self.keep(tx, figure, &revised)?;
        Ok(revised)
    }

    fn keep(&self, tx: &mut Tx<'_>, figure: &Figure, revised: &Revised) -> Result<()> {
        let value = revised.value.ok().map(Exact::parts);
        tx.put(
            "insert into figure_frozen (tenant, indicator, unit, period, number, num, den, why,
                 parts, pos, recorded_at, definition, grade, reason, frozen_by, frozen_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
            args!(
                &self.tenant,
                &figure.indicator,
                figure.scope.to_string(),
                figure.period.to_string(),
                revised.number,
                value.map(|(num, _)| num),
                value.map(|(_, den)| den),
                revised.value.err().map(Why::word),
                serde_json::to_string(&revised.parts)?,
                bigint(revised.pos),
                revised.recorded,
                &revised.definition,
                revised.grade.word(),
                &revised.reason,
                &revised.by,
                revised.at
            ),
        )?;
        Ok(())
    }

    /// A figure as it was published, and each correction after it.
    ///
    /// # Errors
    /// [`Error::Damaged`] where a row is not what was written, and those of the store.
    pub fn published(
        &self,
        tx: &mut Tx<'_>,
        indicator: &str,
        scope: &Scope,
        period: Period,
    ) -> Result<Vec<Revised>> {
        let rows = tx.all(
            "select number, num, den, why, parts, pos, recorded_at, definition, grade, reason,
                 frozen_by, frozen_at
             from figure_frozen where tenant = $1 and indicator = $2 and unit = $3 and period = $4
             order by number",
            args!(&self.tenant, indicator, scope.to_string(), period.to_string()),
            revised,
        )?;
        rows.into_iter().map(|row| row.ok_or(Error::Damaged("figure_frozen"))).collect()
    }

    /// What was recorded after a position of the journal, and moved what a figure is made of: why
    /// what was published is no longer what is counted. The newest last, a thousand at most.
    ///
    /// # Errors
    /// Those of the store.
    pub fn moved_since(
        &self,
        tx: &mut Tx<'_>,
        tree: &Tree,
        figure: &Figure,
        pos: u64,
    ) -> Result<Vec<LateMove>> {
        let build = self.current(tx)?.unwrap_or(0);
        let (first, last) = (figure.period.first(), figure.period.last());
        let spans = tree.spans(&figure.scope, first.before(), last);
        let agencies: Vec<AgencyId> = match &spans {
            Some(spans) => spans.iter().map(|span| span.agency).collect(),
            None => std::iter::once(crate::Cell::WHOLE).chain(tree.agencies()).collect(),
        };
        let facts: Vec<(Fact, i64)> = figure
            .parts
            .iter()
            .map(|(of, _)| (of.reference.fact, plane_number(of.reference.filter.plane)))
            .collect();
        let mut moves = Vec::new();
        for agency in agencies {
            tx.each(
                "select pos, fact, day, n, recorded_at, plane from cube_revision
                 where tenant = $1 and build = $2 and agency = $3 and month >= $4 and month <= $5
                     and pos >= $6 order by pos, seq limit $7",
                args!(
                    &self.tenant,
                    build,
                    agency,
                    first.before().month().number(),
                    last.month().number(),
                    bigint(pos),
                    MOVES_MAX
                ),
                |row| {
                    let (fact, plane): (u8, i64) = (row.get(1)?, row.get(5)?);
                    let day = Day::from_number(row.get(2)?);
                    if day <= last && facts.iter().any(|of| (of.0.number(), of.1) == (fact, plane))
                    {
                        let (pos, n, recorded) = (row.get(0)?, row.get(3)?, row.get(4)?);
                        moves.push(LateMove { pos, agency, fact, day, n, recorded });
                    }
                    Ok(())
                },
            )?;
        }
        moves.sort_by_key(|one| one.pos);
        Ok(moves)
    }
}

fn revised(row: &Row<'_>) -> store::Result<Option<Revised>> {
    let (num, den): (Option<i64>, Option<i64>) = (row.get(1)?, row.get(2)?);
    let why: Option<String> = row.get(3)?;
    let value = match (num.zip(den), why) {
        (Some((num, den)), _) => Exact::ratio(num, den).map(Ok),
        (None, why) => why.and_then(|why| Why::from_word(&why)).map(Err),
    };
    let parts = serde_json::from_str(&row.get::<String>(4)?).ok();
    let grade = Grade::from_word(&row.get::<String>(8)?);
    let (Some(value), Some(parts), Some(grade)) = (value, parts, grade) else { return Ok(None) };
    Ok(Some(Revised {
        number: row.get(0)?,
        value,
        parts,
        pos: row.get(5)?,
        recorded: row.get(6)?,
        definition: row.get(7)?,
        grade,
        reason: row.get(9)?,
        by: row.get(10)?,
        at: row.get(11)?,
    }))
}

/// What a definition says, in one number: its formula and when it is in force.
fn digest(indicator: &Indicator) -> String {
    let Indicator { formula_text, valid_from, valid_to, .. } = indicator;
    let to = valid_to.map(|day| day.to_string()).unwrap_or_default();
    kernel::hex(&Sha256::digest(format!("{formula_text}\n{valid_from}\n{to}")))
}
