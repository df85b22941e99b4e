//! What applicants answered when they had the result.

use store::{Arg, Tx};

use super::Wanted;
use crate::{Desk, Result};

/// Answers of a period by score: 3 very satisfied, 2 satisfied, 1 dissatisfied.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Answers([u64; 3]);

impl Answers {
    /// How many gave that score.
    #[must_use]
    pub fn of(&self, score: usize) -> u64 {
        score.checked_sub(1).and_then(|index| self.0.get(index)).copied().unwrap_or(0)
    }

    /// How many answered.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.iter().sum()
    }

    /// How many were satisfied or more.
    #[must_use]
    pub fn satisfied(&self) -> u64 {
        self.of(2) + self.of(3)
    }
}

/// The answers that came in the period about dossiers of these agencies: one walk down an index.
///
/// # Errors
/// Those of the store.
pub fn answers(tx: &mut Tx<'_>, desk: &Desk, wanted: &Wanted) -> Result<Answers> {
    let (begin, end) = (wanted.period.begin(), wanted.period.end());
    let mut args: Vec<Arg<'_>> =
        vec![(&desk.front.tenant).into(), begin.into(), end.into(), wanted.now.into()];
    let mut rest = wanted.scope.condition("agency_id", &mut args);
    if let Some(procedure) = &wanted.procedure {
        args.push(procedure.into());
        rest.push_str(&format!(" and procedure_code = ${}", args.len()));
    }
    let sql = format!(
        "select score, count(*) from satisfaction
         where tenant = $1 and answered_at >= $2 and answered_at < $3 and answered_at <= $4
             and matter = 'dossier'{rest}
         group by score"
    );
    let mut answers = Answers::default();
    tx.each(&sql, &args, |row| {
        let score = usize::try_from(row.get::<i64>(0)?).unwrap_or(0);
        if let Some(count) = score.checked_sub(1).and_then(|index| answers.0.get_mut(index)) {
            *count = row.get(1)?;
        }
        Ok(())
    })?;
    Ok(answers)
}
