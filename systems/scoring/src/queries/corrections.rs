//! What was corrected of the published figures since an assessment was closed with them.

use desk::Furnished;
use indicators::{Period, Revised, Scope};
use scorecards::Scorecard;
use store::Tx;

use crate::{
    Result, Scoring,
    model::{Frozen, Grade},
    standing::{self, Standing},
};

/// A figure of a closed assessment that was corrected afterwards.
#[derive(Debug, Clone)]
pub(crate) struct Correction {
    pub(crate) input: String,
    /// The figure: its code, of whom, of when.
    pub(crate) figure: (String, Scope, Period),
    /// What the assessment stands on.
    pub(crate) was: Frozen,
    /// The newest correction.
    pub(crate) to: Revised,
}

impl Correction {
    /// The line of the assessment after it.
    pub(crate) fn line(&self) -> Frozen {
        let value = self.to.value.ok().map(|value| standing::kept(&standing::number(value)));
        let grade = if value.is_some() { Grade::A } else { Grade::Missing };
        let published = Some(self.to.number);
        Frozen { value, grade, published, ..self.was.clone() }
    }
}

/// What was corrected since an assessment was closed; nothing where it is open.
pub(crate) fn corrections(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    card: &Scorecard,
    standing: &Standing,
) -> Result<Vec<Correction>> {
    let Some(revision) = &standing.revision else { return Ok(Vec::new()) };
    let mut corrected = Vec::new();
    for (input, line) in card.inputs().iter().zip(&standing.lines) {
        let was = revision.lines.iter().find(|was| was.input == input.name);
        let (Some(was), Some(figure)) = (was, &line.counted) else { continue };
        let Some(number) = was.published else { continue };
        let (code, scope, period) = figure;
        let mut published = scoring.desk().cube().published(tx, code, scope, *period)?;
        if let Some(to) = published.pop().filter(|to| to.number > number) {
            let (input, figure, was) = (input.name.clone(), figure.clone(), was.clone());
            corrected.push(Correction { input, figure, was, to });
        }
    }
    Ok(corrected)
}
