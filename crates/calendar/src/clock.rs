//! The clock of a case: one promise, its pauses, and its end.

use jiff::civil::Date;
use kernel::Instant;
use serde::{Deserialize, Serialize};

use crate::{Allowance, Calendar, Error, Result, Timeliness, WorkingTime, calendar, day, reading};

/// The most pauses that a clock keeps.
const PAUSES_MAX: usize = 64;

/// A clock that started with a promise and stops with a result.
///
/// It only tells what happened; it is kept as JSON with the case. All its commands refuse an
/// instant that lies before something that already happened to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseClock {
    started: Instant,
    due: Instant,
    /// A term that was set anew after `due` had passed: work may take until then, and whether the
    /// result is in time is still judged by `due`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Instant>,
    /// For a promise in days or months of the calendar: its last day, before it gave way to a
    /// working day. Pauses move this day, so that no pause makes a free weekend count twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_day: Option<Date>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pauses: Vec<Pause>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    finished: Option<Instant>,
}

/// A time in which a clock stood still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Since when.
    pub from: Instant,
    /// Until when; `None` while it lasts.
    pub to: Option<Instant>,
    /// Why.
    pub ground: Ground,
}

/// The legal kind of a pause (the event that pauses names the clause).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// The applicant was asked for a supplement (form 02).
    Supplement,
    /// The applicant has to pay a financial obligation.
    FinancialObligation,
    /// A law lets the matter rest, for a consultation or another decision that must come first.
    Suspension,
}

impl CaseClock {
    /// A clock that starts with an allowance.
    #[must_use]
    pub fn start(at: Instant, allowance: Allowance, calendar: &Calendar) -> Self {
        let last_day = calendar::last_day(at, allowance).map(day::date);
        Self { last_day, ..Self::until(at, calendar.deadline(at, allowance)) }
    }

    /// A clock that runs, in working time, to a due time that was found otherwise: by the
    /// same-day rule, or on a receipt from elsewhere.
    #[must_use]
    pub const fn until(at: Instant, due: Instant) -> Self {
        Self { started: at, due, until: None, last_day: None, pauses: Vec::new(), finished: None }
    }

    /// Holds the clock.
    ///
    /// # Errors
    /// [`Error::Paused`], [`Error::Finished`], [`Error::Backwards`], [`Error::TooManyPauses`].
    pub fn pause(&mut self, at: Instant, ground: Ground) -> Result<()> {
        self.check(at)?;
        if self.paused().is_some() {
            return Err(Error::Paused);
        }
        if self.pauses.len() >= PAUSES_MAX {
            return Err(Error::TooManyPauses);
        }
        self.pauses.push(Pause { from: at, to: None, ground });
        Ok(())
    }

    /// Lets the clock run on, and moves the due time, which it returns.
    ///
    /// In working time, what was left at the pause is left again. In days of the calendar, the
    /// last day moves by the days of the pause, of which the first is not counted, and gives way
    /// to a working day again.
    ///
    /// # Errors
    /// [`Error::NotPaused`], [`Error::Finished`], [`Error::Backwards`].
    pub fn resume(&mut self, at: Instant, calendar: &Calendar) -> Result<Instant> {
        self.check(at)?;
        let pause = self.pauses.last_mut().filter(|pause| pause.to.is_none());
        let pause = pause.ok_or(Error::NotPaused)?;
        pause.to = Some(at);
        let lost = calendar.elapsed(pause.from, at);
        let days = day::split(at).0 - day::split(pause.from).0;
        match self.last_day {
            Some(last) if days > 0 => {
                let last = day::number(last) + days;
                self.last_day = Some(day::date(last));
                self.due = calendar.closing_of(last).max(self.due);
            }
            None if !lost.is_zero() => {
                self.due = calendar::whole_minute(calendar.add(self.due, lost));
            }
            // No day, or no working time, was lost.
            _ => {}
        }
        if let Some(until) = self.until.filter(|_| !lost.is_zero()) {
            self.until = Some(calendar::whole_minute(calendar.add(until, lost)));
        }
        Ok(self.due())
    }

    /// Gives the case a later due time. Whether that may still be done is for the caller.
    ///
    /// # Errors
    /// [`Error::NotLater`], [`Error::Finished`].
    pub fn extend(&mut self, new_due: Instant) -> Result<()> {
        if self.finished.is_some() {
            return Err(Error::Finished);
        }
        if new_due <= self.due() {
            return Err(Error::NotLater);
        }
        self.due = new_due;
        self.last_day = self.last_day.map(|_| kernel::today(new_due));
        Ok(())
    }

    /// Sets a later term than the one that holds, as was said at an instant. Where the promise had
    /// passed by then, it stays [`missed`](Self::missed): work may take until the new term, and the
    /// result is late all the same. May be done again.
    ///
    /// # Errors
    /// [`Error::NotLater`], [`Error::Finished`].
    pub fn set_term(&mut self, at: Instant, term: Instant) -> Result<()> {
        let at = self.paused().map_or(at, |pause| pause.from);
        if at <= self.due {
            return self.extend(term);
        }
        match self.finished {
            Some(_) => Err(Error::Finished),
            None if term <= self.due() => Err(Error::NotLater),
            None => {
                self.until = Some(term);
                Ok(())
            }
        }
    }

    /// Stops the clock for good and says how timely that was. A pause ends with it.
    ///
    /// # Errors
    /// [`Error::Finished`], [`Error::Backwards`].
    pub fn finish(&mut self, at: Instant, calendar: &Calendar) -> Result<Timeliness> {
        self.check(at)?;
        if self.paused().is_some() {
            self.resume(at, calendar)?;
        }
        self.finished = Some(at);
        Ok(reading::timeliness(at, self.due))
    }

    /// When it started.
    #[must_use]
    pub const fn started(&self) -> Instant {
        self.started
    }

    /// When the case is due. While the clock is held, as it was when the pause began.
    #[must_use]
    pub fn due(&self) -> Instant {
        self.until.unwrap_or(self.due)
    }

    /// The promise that had passed when a new term was set; the case is late by it.
    #[must_use]
    pub fn missed(&self) -> Option<Instant> {
        self.until.map(|_| self.due)
    }

    /// When it was stopped.
    #[must_use]
    pub const fn finished(&self) -> Option<Instant> {
        self.finished
    }

    /// Every pause, in order.
    #[must_use]
    pub fn pauses(&self) -> &[Pause] {
        &self.pauses
    }

    /// The pause that lasts, if one does.
    #[must_use]
    pub fn paused(&self) -> Option<&Pause> {
        self.pauses.last().filter(|pause| pause.to.is_none())
    }

    /// The working time that has passed until `now`, or until it was stopped, without pauses.
    #[must_use]
    pub fn worked(&self, now: Instant, calendar: &Calendar) -> WorkingTime {
        let now = self.finished.map_or(now, |end| end.min(now));
        calendar.elapsed(self.started, now) - self.held(now, calendar)
    }

    /// The working time allowed in all, extensions included.
    #[must_use]
    pub fn allowed(&self, calendar: &Calendar) -> WorkingTime {
        let ended = self.pauses.iter().filter_map(|pause| Some((pause.from, pause.to?)));
        let held = ended.map(|(from, to)| calendar.elapsed(from, to)).sum();
        calendar.elapsed(self.started, self.due()) - held
    }

    /// The working time in pauses until `now`.
    #[must_use]
    pub fn held(&self, now: Instant, calendar: &Calendar) -> WorkingTime {
        let until = |pause: &Pause| pause.to.map_or(now, |to| to.min(now));
        self.pauses.iter().map(|pause| calendar.elapsed(pause.from, until(pause))).sum()
    }

    /// Refuses what comes after the end, or before what happened last.
    fn check(&self, at: Instant) -> Result<()> {
        let last = self.pauses.last().map_or(self.started, |pause| pause.to.unwrap_or(pause.from));
        match self.finished {
            Some(_) => Err(Error::Finished),
            None if at < last => Err(Error::Backwards),
            None => Ok(()),
        }
    }
}
