//! Figures by agency: how many were answered, how many on time, how long it took, and what the
//! reporters said. Only what ended in the period is counted, so it costs as much as the period.

use desk::Score;
use kernel::{AgencyId, Instant};
use store::{Tx, args};

use crate::{Feedback, Result};

/// What an agency did in a period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AgencyFigures {
    /// Which.
    pub agency: AgencyId,
    /// Reports that it answered.
    pub answered: u32,
    /// Of these, on time.
    pub on_time: u32,
    /// Hours from sending to answer, in the mean.
    pub hours: f64,
    /// Reporters who said that they are satisfied.
    pub satisfied: u32,
    /// Reporters who said anything.
    pub rated: u32,
    /// Reports that it has in hand and is late with.
    pub late: u32,
}

/// The figures of every agency that answered something in a period, or is late now; the most
/// answers first. Confidential matters count as all others do; nothing of them is told.
///
/// # Errors
/// Those of the store.
pub fn figures(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    from: Instant,
    to: Instant,
    now: Instant,
) -> Result<Vec<AgencyFigures>> {
    let tenant = &feedback.front.tenant;
    let mut all = tx.all(
        "select f.agency, count(*), cast(sum(case when f.on_time then 1 else 0 end) as bigint),
             cast(sum(f.ended_at - f.submitted_at) as bigint),
             cast(sum(case when s.score >= $4 then 1 else 0 end) as bigint),
             cast(sum(case when s.score is null then 0 else 1 end) as bigint)
         from feedback f
         left join satisfaction s on s.tenant = f.tenant and s.case_id = f.case_id
         where f.tenant = $1 and f.ended_at >= $2 and f.ended_at <= $3
             and f.state in ('answered', 'closed')
         group by f.agency",
        args!(tenant, from, to, Score::Satisfied.number()),
        |row| {
            let answered: u32 = row.get(1)?;
            let micros: i64 = row.get(3)?;
            Ok(AgencyFigures {
                agency: row.get(0)?,
                answered,
                on_time: row.get(2)?,
                hours: micros as f64 / 3.6e9 / f64::from(answered.max(1)),
                satisfied: row.get(4)?,
                rated: row.get(5)?,
                late: 0,
            })
        },
    )?;
    let late: Vec<(AgencyId, u32)> = tx.all(
        "select agency, count(*) from feedback
         where tenant = $1 and is_open = true and due_at < $2 group by agency",
        args!(tenant, now),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    for (agency, count) in late {
        match all.iter_mut().find(|figures| figures.agency == agency) {
            Some(figures) => figures.late = count,
            None => all.push(AgencyFigures {
                agency,
                answered: 0,
                on_time: 0,
                hours: 0.0,
                satisfied: 0,
                rated: 0,
                late: count,
            }),
        }
    }
    all.sort_by_key(|figures| (std::cmp::Reverse(figures.answered), figures.late));
    Ok(all)
}
