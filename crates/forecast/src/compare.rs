//! The difference that a change makes.

use kernel::AgencyId;

use crate::{Change, Model, Result, Runs, Spread, runs};

/// What a change comes to, for the province and for each agency that it touches.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The whole province.
    pub province: Difference,
    /// Agencies in which something differs in some run.
    pub agencies: Vec<(AgencyId, Difference)>,
}

/// Cases that become late, without and with a change. Both are run with the same chance, so that
/// the difference of each pair of runs is due to the change alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Without the change.
    pub without: Spread,
    /// With it.
    pub with: Spread,
    /// How many more become late with it, pair by pair; less than nought where it helps.
    pub more: Spread,
    /// Standard error of the mean of `more`: how surely the runs tell it from nought.
    pub error: f64,
    /// Standard error that it would have if the two had been run with chance of their own.
    pub error_unpaired: f64,
    /// Share of the pairs in which fewer become late with it.
    pub better: f64,
}

impl Model {
    /// Runs the model without and with some changes.
    ///
    /// # Errors
    /// Those of [`Model::with`].
    pub fn compare(&self, changes: &[Change], runs: Runs) -> Result<Comparison> {
        let changed = self.with(changes)?;
        let (without, with) = (late(self, runs), late(&changed, runs));
        let sum = |late: &[Vec<f64>]| -> Vec<f64> {
            let runs = 0..runs.count() as usize;
            runs.map(|run| late.iter().map(|office| office[run]).sum()).collect()
        };
        let province = Difference::of(sum(&without), sum(&with));
        let offices = self.offices.iter().zip(without.into_iter().zip(with));
        let agencies = offices
            .filter(|(_, (without, with))| without != with)
            .map(|(office, (without, with))| (office.agency, Difference::of(without, with)));
        Ok(Comparison { province, agencies: agencies.collect() })
    }
}

impl Difference {
    pub(crate) fn of(without: Vec<f64>, with: Vec<f64>) -> Self {
        let more: Vec<f64> =
            with.iter().zip(&without).map(|(with, without)| with - without).collect();
        let better = more.iter().filter(|more| **more < 0.0).count() as f64 / more.len() as f64;
        let squares = |figures: &[f64]| error(figures).powi(2);
        Self {
            error: error(&more),
            error_unpaired: (squares(&without) + squares(&with)).sqrt(),
            better,
            without: Spread::of(without),
            with: Spread::of(with),
            more: Spread::of(more),
        }
    }
}

/// Standard error of the mean of some figures; nought of fewer than two.
fn error(figures: &[f64]) -> f64 {
    let count = figures.len() as f64;
    if count < 2.0 {
        return 0.0;
    }
    let mean = figures.iter().sum::<f64>() / count;
    let squares: f64 = figures.iter().map(|figure| (figure - mean).powi(2)).sum();
    (squares / (count - 1.0) / count).sqrt()
}

/// Of each office, cases that become late in each run.
fn late(model: &Model, runs: Runs) -> Vec<Vec<f64>> {
    let mut late = vec![vec![0.0; runs.count() as usize]; model.offices.len()];
    for (island, told) in model.islands.iter().zip(runs::all(model, runs)) {
        for (run, tally) in told.tallies.iter().enumerate() {
            for (row, station) in island.stations.clone().enumerate() {
                let office = model.stations[station].office as usize;
                late[office][run] += f64::from(tally.late_at(row));
            }
        }
    }
    late
}
