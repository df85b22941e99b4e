//! How likely a target is to be met: first computed, from the way, the pace and the tasks behind
//! it.

use scorecards::{Judgement, Likelihood, Month, Number};

use super::Way;

/// What was computed, and from what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The colour.
    pub likelihood: Likelihood,
    /// By figures alone.
    pub by_figures: Judgement,
    /// How many tasks behind it are past their term.
    pub late_tasks: u32,
    /// Whether it would be assured, were the month that runs not behind the plan.
    pub held_back: bool,
}

/// Judges a target by the figures up to the month `now` and by how many tasks behind it are late.
///
/// The rule: as [`scorecards::Trajectory::judge`] says by the figures; one colour worse where a
/// task behind the target is past its term, as what has not been done does not show in figures
/// yet. Once the last month is over, only the figure counts. None where there is no figure.
///
/// A figure of a later month, the one that runs, never raises the judgement. Where it is behind the
/// plan of its month the target is at most likely: nobody should read "assured" beside a figure
/// that is behind.
#[must_use]
pub fn judge(
    way: &Way,
    now: Month,
    figures: &[(Month, Number)],
    late_tasks: u32,
) -> Option<Judged> {
    let by_figures = way.trajectory().judge(now, figures)?;
    let over = by_figures.as_of >= way.to;
    let likelihood = match by_figures.likelihood {
        likelihood if over || late_tasks == 0 => likelihood,
        Likelihood::Assured => Likelihood::Likely,
        Likelihood::Likely => Likelihood::Doubtful,
        Likelihood::Doubtful | Likelihood::Unlikely => Likelihood::Unlikely,
    };
    let later = figures.iter().filter(|(month, _)| *month > now).max_by_key(|(month, _)| *month);
    let behind =
        later.is_some_and(|(month, value)| way.trajectory().ahead(*month, value).is_negative());
    let held_back = behind && likelihood == Likelihood::Assured;
    let likelihood = if held_back { Likelihood::Likely } else { likelihood };
    Some(Judged { likelihood, by_figures, late_tasks, held_back })
}

/// The newest month of which figures are judged: the last one that is over, as a month that runs
/// is always behind the end of its way; the running one in the first month of the way, where there
/// is no other.
#[must_use]
pub fn judged_month(way: &Way, running: Month) -> Month {
    let last = running.plus(-1);
    if last <= way.from { running } else { last }
}

#[cfg(test)]
mod tests {
    use scorecards::Better;

    use super::*;

    fn way() -> Way {
        let month = |text: &str| text.parse::<Month>().unwrap();
        let ends = ((month("2025-12"), 40.into()), (month("2026-12"), 100.into()));
        Way::new(ends.0, ends.1, Better::More, Vec::new()).unwrap()
    }

    fn said(figure: i32, late: u32) -> Likelihood {
        let month: Month = "2026-06".parse().unwrap();
        let figures = [("2026-03".parse().unwrap(), 55.into()), (month, figure.into())];
        judge(&way(), month, &figures, late).unwrap().likelihood
    }

    #[test]
    fn a_late_task_makes_it_one_colour_worse() {
        assert_eq!(said(70, 0), Likelihood::Assured);
        assert_eq!(said(70, 1), Likelihood::Likely);
        assert_eq!(said(70, 9), Likelihood::Likely);
        assert_eq!(said(56, 0), Likelihood::Unlikely);
        assert_eq!(said(56, 1), Likelihood::Unlikely);
    }

    #[test]
    fn a_month_that_runs_behind_the_plan_holds_back_and_none_raises() {
        let month = |text: &str| text.parse::<Month>().unwrap();
        let said = |june: i32, july: i32| {
            let march = (month("2026-03"), 55.into());
            let figures = [march, (month("2026-06"), june.into()), (month("2026-07"), july.into())];
            let judged = judge(&way(), month("2026-06"), &figures, 0).unwrap();
            (judged.likelihood, judged.held_back)
        };
        // The plan of July is 75.
        assert_eq!(said(70, 75), (Likelihood::Assured, false));
        assert_eq!(said(70, 74), (Likelihood::Likely, true));
        assert_eq!(said(56, 74), (Likelihood::Unlikely, false));
        assert_eq!(said(56, 99), (Likelihood::Unlikely, false));
    }

    #[test]
    fn once_it_is_over_only_the_figure_counts() {
        let december: Month = "2026-12".parse().unwrap();
        let met = judge(&way(), december, &[(december, 100.into())], 3).unwrap();
        assert_eq!(met.likelihood, Likelihood::Assured);
        assert_eq!(judge(&way(), december, &[], 0), None);
    }

    #[test]
    fn a_month_that_runs_is_not_judged_but_the_first() {
        let month = |text: &str| text.parse::<Month>().unwrap();
        assert_eq!(judged_month(&way(), month("2026-11")), month("2026-10"));
        assert_eq!(judged_month(&way(), month("2026-01")), month("2026-01"));
    }
}
