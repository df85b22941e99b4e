//! Rows of our tables as what they mean.

use indicators::Scope;
use kernel::{Actor, Instant};
use scorecards::{Better, Month, Number};
use serde::de::DeserializeOwned;
use store::Row;

use crate::{
    Error, Result,
    model::{
        Code, Declared, Measure, Override, Programme, Review, Span, Target, Way, likelihood_of,
    },
};

/// What [`programme`] reads.
pub(super) const PROGRAMME: &str = "code, number, name, agency_id, signed_on, from_month, to_month,
    invented, goals, issued_at";
/// What [`target`] reads.
pub(super) const TARGET: &str = "programme, code, goal, name, indicator, scope, span, unit, places,
    better, from_month, start, to_month, target, steps, head";
/// What [`said`] reads.
pub(super) const OVERRIDE: &str =
    "target, number, likelihood, computed, reason, said_by, said_at, ended_at";

/// What a row reads as: the store's own faults outside, ours inside.
type Read<T> = store::Result<Result<T>>;

/// A text that was written by us, read again.
pub(super) fn parsed<T: std::str::FromStr>(text: &str, table: &'static str) -> Result<T> {
    text.parse().map_err(|_| Error::Damaged(table))
}

pub(super) fn json<T: DeserializeOwned>(text: &str, table: &'static str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| Error::Damaged(table))
}

pub(super) fn programme(row: &Row<'_>) -> Read<Programme> {
    const TABLE: &str = "programme";
    let texts: [String; 7] =
        [row.get(0)?, row.get(1)?, row.get(2)?, row.get(4)?, row.get(5)?, row.get(6)?, row.get(8)?];
    let [code, number, name, signed_on, from, to, goals] = texts;
    let (agency, invented, issued_at) = (row.get(3)?, row.get(7)?, row.get(9)?);
    let made = || {
        Ok(Programme {
            code: parsed(&code, TABLE)?,
            number,
            name,
            agency,
            signed_on: parsed(&signed_on, TABLE)?,
            from: parsed(&from, TABLE)?,
            to: parsed(&to, TABLE)?,
            invented,
            goals: json(&goals, TABLE)?,
            issued_at,
        })
    };
    Ok(made())
}

pub(super) fn target(row: &Row<'_>) -> Read<Target> {
    const TABLE: &str = "programme_target";
    let text = |at: usize| row.get::<String>(at);
    let (programme, code, goal, name) = (text(0)?, text(1)?, row.get::<u32>(2)?, text(3)?);
    let (indicator, scope, span) = (row.get::<Option<String>>(4)?, text(5)?, text(6)?);
    let (unit, places, better) = (text(7)?, row.get::<u8>(8)?, text(9)?);
    let (from, start, to) = (text(10)?, text(11)?, text(12)?);
    let (promised, steps, head) = (text(13)?, text(14)?, row.get(15)?);
    let made = || {
        let measure = match indicator {
            Some(code) => {
                let span = Span::from_word(&span).ok_or(Error::Damaged(TABLE))?;
                Measure::Indicator { code, scope: parsed::<Scope>(&scope, TABLE)?, span }
            }
            None => Measure::Declared { unit, places },
        };
        let better = if better == "less" { Better::Less } else { Better::More };
        let ends = (
            (parsed::<Month>(&from, TABLE)?, parsed::<Number>(&start, TABLE)?),
            (parsed::<Month>(&to, TABLE)?, parsed::<Number>(&promised, TABLE)?),
        );
        let steps: Vec<(Month, Number)> = json(&steps, TABLE)?;
        let way = Way::new(ends.0, ends.1, better, steps).map_err(|_| Error::Damaged(TABLE))?;
        let (programme, code) = (parsed(&programme, TABLE)?, parsed(&code, TABLE)?);
        let goal = usize::try_from(goal).unwrap_or_default();
        Ok(Target { programme, code, goal, name, measure, way, head })
    };
    Ok(made())
}

pub(super) fn declared(row: &Row<'_>) -> Read<Declared> {
    const TABLE: &str = "programme_declared";
    let (month, number, value) = (row.get::<String>(0)?, row.get(1)?, row.get::<String>(2)?);
    let evidence = (row.get(3)?, row.get(4)?, row.get(5)?);
    let (by, at) = (row.get::<String>(6)?, row.get::<Instant>(7)?);
    let (checker, checked_at) = (row.get::<Option<String>>(8)?, row.get::<Option<Instant>>(9)?);
    let made = || {
        let checker = checker.map(|who| parsed::<Actor>(&who, TABLE)).transpose()?;
        Ok(Declared {
            month: parsed(&month, TABLE)?,
            number,
            value: parsed(&value, TABLE)?,
            evidence,
            by: (parsed(&by, TABLE)?, at),
            checked: checker.zip(checked_at),
        })
    };
    Ok(made())
}

/// What was said of a target, with the target's code.
pub(super) fn said(row: &Row<'_>) -> Read<(Code, Override)> {
    const TABLE: &str = "programme_override";
    let (target, number) = (row.get::<String>(0)?, row.get(1)?);
    let (likelihood, computed) = (row.get::<String>(2)?, row.get::<Option<String>>(3)?);
    let (reason, by) = (row.get(4)?, row.get::<String>(5)?);
    let (at, ended) = (row.get::<Instant>(6)?, row.get(7)?);
    let made = || {
        let likelihood = likelihood_of(&likelihood).ok_or(Error::Damaged(TABLE))?;
        let computed = computed.as_deref().and_then(likelihood_of);
        let by = (parsed(&by, TABLE)?, at);
        let said = Override { number, likelihood, computed, reason, by, ended };
        Ok((parsed(&target, TABLE)?, said))
    };
    Ok(made())
}

pub(super) fn review(row: &Row<'_>) -> Read<Review> {
    const TABLE: &str = "programme_review";
    let (month, words) = (row.get::<String>(0)?, row.get(1)?);
    let (by, at) = (row.get::<String>(2)?, row.get::<Instant>(3)?);
    let made =
        || Ok(Review { month: parsed(&month, TABLE)?, words, by: (parsed(&by, TABLE)?, at) });
    Ok(made())
}
