//! A score as lines that a program reads.

use std::fmt;

use crate::{AsPublished, Number, Scored, Sureness};

/// One line of a report: `total 86.97 100 verified 86.97 86.97`, with the fields parted by a
/// space, in the order of this type. A value that there is not is the word `none`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// The total, a group, a pillar or a part.
    Score {
        /// `total`, `index.ID` or `part.ID`.
        key: String,
        /// The value as it is published; none where there is none.
        value: Option<String>,
        /// The most that it can be, exactly.
        maximum: String,
        /// How sure.
        sure: Sureness,
        /// The least that it may be after review, as it is published.
        low: String,
        /// The most that it may be after review, as it is published.
        high: String,
        /// The value before rounding: a decimal, or a fraction where that has no end.
        exact: Option<String>,
    },
    /// Something was given that the scorecard does not know.
    Unused {
        /// Its key.
        key: String,
    },
}

impl Line {
    /// `total`, `index.ID`, `part.ID` or `unused.KEY`.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Score { key, .. } => key.clone(),
            Self::Unused { key } => format!("unused.{key}"),
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Score { key, value, maximum, sure, low, high, exact } => {
                let value = value.as_deref().unwrap_or("none");
                let exact = exact.as_deref().unwrap_or("none");
                write!(f, "{key} {value} {maximum} {} {low} {high} {exact}", sure.word())
            }
            Self::Unused { key } => write!(f, "unused {key}"),
        }
    }
}

/// The lines of a score: the total, the groups or pillars, the parts, what was not used.
#[must_use]
pub fn report(scored: &Scored) -> Vec<Line> {
    let mut lines = Vec::new();
    for (nth, index) in scored.indices.iter().enumerate() {
        let key = if nth == 0 { index.id.clone() } else { format!("index.{}", index.id) };
        let AsPublished { value, range, .. } = &index.published;
        let of = (value.as_ref(), &index.maximum, index.sure, range);
        lines.push(line(key, of, index.value.as_ref(), scored.decimals));
    }
    for part in &scored.parts {
        let of = (part.points.as_ref(), &part.maximum, part.sure, &part.range);
        lines.push(line(format!("part.{}", part.id), of, of.0, scored.part_decimals));
    }
    lines.extend(scored.unused.iter().map(|key| Line::Unused { key: key.clone() }));
    lines
}

type Of<'s> = (Option<&'s Number>, &'s Number, Sureness, &'s (Number, Number));

fn line(
    key: String,
    (value, maximum, sure, range): Of<'_>,
    exact: Option<&Number>,
    decimals: u8,
) -> Line {
    Line::Score {
        key,
        value: value.map(|value| value.shown(decimals)),
        maximum: maximum.to_string(),
        sure,
        low: range.0.shown(decimals),
        high: range.1.shown(decimals),
        exact: exact.map(ToString::to_string),
    }
}
