//! What is counted in a run.

use crate::minutes::DAY;

/// What one run of one island came to. Rows are its stations, columns the days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    days: usize,
    /// Cases whose due time passed on the day while they stood here.
    pub(crate) late: Vec<i32>,
    /// Cases past their due time here at the close of the day.
    pub(crate) overdue: Vec<i32>,
    /// Cases that waited for an officer at the close of the day.
    pub(crate) waiting: Vec<i32>,
    /// Cases here at the close of the day.
    pub(crate) in_hand: Vec<i32>,
    /// Seconds of work done on the day.
    pub(crate) busy: Vec<u32>,
    /// For each station: cases that ended here in time and would have been due within the days.
    pub(crate) on_time: Vec<i32>,
    /// For each station: how often a case had to wait.
    pub(crate) waited: Vec<u32>,
    /// For each class: how often it was entered.
    pub(crate) visits: Vec<u32>,
    /// For each open case: whether it became late.
    pub(crate) risk: Vec<bool>,
    /// Where every case of the run went.
    pub(crate) cases: Cases,
}

/// Where the cases of a run went; what begins is what ends and what is left.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Cases {
    pub(crate) open: u32,
    pub(crate) came: u32,
    pub(crate) ended: u32,
    pub(crate) left: u32,
    /// Ended after more steps than any case goes through.
    pub(crate) cut: u32,
}

impl Tally {
    pub(crate) fn new(stations: usize, days: usize, classes: usize, open: usize) -> Self {
        let cells = stations * days;
        Self {
            days,
            late: vec![0; cells],
            overdue: vec![0; cells],
            waiting: vec![0; cells],
            in_hand: vec![0; cells],
            busy: vec![0; cells],
            on_time: vec![0; stations],
            waited: vec![0; stations],
            visits: vec![0; classes],
            risk: vec![false; open],
            cases: Cases::default(),
        }
    }

    /// The cell of a station and an instant.
    pub(crate) fn cell(&self, station: usize, at: u32) -> usize {
        station * self.days + ((at / DAY) as usize).min(self.days - 1)
    }

    /// Turns what came and went on each day into what was there at its close.
    pub(crate) fn close(&mut self) {
        for stock in [&mut self.overdue, &mut self.waiting, &mut self.in_hand] {
            for row in stock.chunks_mut(self.days) {
                let mut sum = 0;
                for cell in row {
                    sum += *cell;
                    *cell = sum;
                }
            }
        }
    }

    /// Cases that became late at a station.
    pub(crate) fn late_at(&self, station: usize) -> i32 {
        self.late[station * self.days..][..self.days].iter().sum()
    }

    /// Seconds of work done at a station.
    pub(crate) fn busy_at(&self, station: usize) -> u64 {
        self.busy[station * self.days..][..self.days].iter().map(|busy| u64::from(*busy)).sum()
    }
}
