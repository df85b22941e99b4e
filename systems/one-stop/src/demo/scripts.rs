//! What was arranged beforehand: dossiers that wait on desks at the end of the history, and
//! irregularities that the finder must find.

use std::sync::Arc;

use calendar::WorkingTime;
use casework::Channel;
use jiff::{Span, civil::Date};
use kernel::{Instant, today};
use procedure::{ChannelKind, Level, Procedure};

use super::{
    Plan,
    arrivals::{Arrival, Scene, after},
    dice::Dice,
    trouble::Trouble,
};
use crate::measures::IrregularityKind;

/// How a dossier goes on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// As the dice fall.
    Ordinary,
    /// Taken on, and in the hands of the expert at the end of the history; some with the clock
    /// standing.
    Held(Option<Trouble>),
    /// Filed, and not taken on at the end of the history.
    Waiting,
    /// Withdrawn after some hours, to be filed again; the number pairs the two.
    Withdrawn(u64),
    /// Filed again by who withdrew the other of the pair.
    Refiled(u64),
    /// Recorded days after it was done.
    LateRecording,
    /// Taken on only when the result was there already.
    AcceptedAfterResult,
    /// Closed with many others, at that instant.
    ClosingBurst(Instant),
    /// The clock stands once very long, or again and again.
    LongPause {
        /// Again and again.
        repeated: bool,
    },
    /// Closed late in the evening.
    OutsideHours,
}

impl Script {
    /// What the finder should say of it.
    pub(super) const fn irregularity(self) -> Option<IrregularityKind> {
        match self {
            Self::Ordinary | Self::Held(_) | Self::Waiting => None,
            Self::Withdrawn(_) | Self::Refiled(_) => Some(IrregularityKind::Refiled),
            Self::LateRecording => Some(IrregularityKind::LateRecording),
            Self::AcceptedAfterResult => Some(IrregularityKind::AcceptedAfterResult),
            Self::ClosingBurst(_) => Some(IrregularityKind::ClosingBurst),
            Self::LongPause { .. } => Some(IrregularityKind::LongPause),
            Self::OutsideHours => Some(IrregularityKind::OutsideHours),
        }
    }
}

/// Most of each kind that is planted.
const PLANTED_MAX: u64 = 8;
/// Dossiers in a burst.
const BURST: usize = 14;
/// Dossiers on the desk of the expert for civil status at the end.
const HELD_MAX: u64 = 46;

/// Everything arranged, in order of time; nothing where the history is too short for it.
pub(super) fn cast(scene: &Scene, plan: &Plan) -> Vec<Arrival> {
    let mut director = Director { scene, dice: Dice::of(plan.seed, 1 << 41), cast: Vec::new() };
    let first = kernel::from_local(scene.from.to_datetime(jiff::civil::Time::midnight()));
    if scene.until.as_second() - first.as_second() > 60 * 86_400 {
        let each = (plan.dossiers / 250).min(PLANTED_MAX);
        director.irregular(each);
        let bursts = if plan.dossiers >= 1000 { 3 } else { 0 };
        (0..bursts).for_each(|number| director.burst(number));
    }
    director.held((plan.dossiers / 40).min(HELD_MAX));
    director.waiting((plan.dossiers / 150).min(14));
    let mut cast = director.cast;
    cast.retain(|arrival| arrival.at < scene.until && today(arrival.at) >= scene.from);
    cast.sort_by_key(|arrival| arrival.at);
    cast.truncate(usize::try_from(plan.dossiers).unwrap_or(usize::MAX));
    cast
}

struct Director<'s> {
    scene: &'s Scene,
    dice: Dice,
    cast: Vec<Arrival>,
}

impl Director<'_> {
    fn irregular(&mut self, each: u64) {
        for number in 0..each {
            self.plant(Script::LateRecording);
            self.plant(Script::AcceptedAfterResult);
            self.plant(Script::OutsideHours);
            self.long_pause(number % 2 == 0);
            if let Some(first) = self.plant(Script::Withdrawn(number)) {
                // The other one was withdrawn five working hours after it came.
                let hours =
                    WorkingTime::minutes(u64::try_from(self.dice.whole(360, 800)).unwrap_or(400));
                let at = self.scene.calendar.add(first.at, hours);
                self.cast.push(Arrival { at, script: Script::Refiled(number), ..first });
            }
        }
    }

    /// An irregular dossier of two steps on some day, at noon of which there is still time.
    fn plant(&mut self, script: Script) -> Option<Arrival> {
        let at = self.morning(20)?;
        let arrival = self.simple(at, script)?;
        self.cast.push(arrival.clone());
        Some(arrival)
    }

    /// A pause needs half a year before the end.
    fn long_pause(&mut self, repeated: bool) {
        let arrival =
            self.morning(200).and_then(|at| self.simple(at, Script::LongPause { repeated }));
        self.cast.extend(arrival);
    }

    /// A morning of a working day, at least so many days before the end.
    fn morning(&mut self, days_before: i64) -> Option<Instant> {
        let last = today(self.scene.until).saturating_sub(Span::new().days(days_before));
        let span = i64::from(self.scene.from.until(last).ok()?.get_days());
        if span < 1 {
            return None;
        }
        let day = self.scene.from.saturating_add(Span::new().days(self.dice.whole(0, span)));
        Some(self.opening(day, 120))
    }

    /// Within so many minutes after the first working time of a day or the next working day.
    fn opening(&mut self, day: Date, minutes: i64) -> Instant {
        let midnight = kernel::from_local(day.to_datetime(jiff::civil::Time::midnight()));
        let seconds = u64::try_from(self.dice.whole(60, minutes * 60)).unwrap_or(60);
        self.scene.calendar.add(midnight, WorkingTime::seconds(seconds))
    }

    /// At a commune's counter, a procedure of two steps and some days.
    fn simple(&mut self, at: Instant, script: Script) -> Option<Arrival> {
        let communes = self.scene.offices.iter().enumerate();
        let communes: Vec<usize> =
            communes.filter(|(_, o)| o.level == Level::Commune).map(|(index, _)| index).collect();
        if communes.is_empty() {
            return None;
        }
        let office = *self.dice.pick(&communes);
        self.simple_at(office, at, script)
    }

    fn simple_at(&mut self, office: usize, at: Instant, script: Script) -> Option<Arrival> {
        let offered = self.scene.offered(Level::Commune, today(at));
        let offered: Vec<&Arc<Procedure>> = offered.filter(|p| is_simple(p)).collect();
        if offered.is_empty() {
            return None;
        }
        let procedure = (*self.dice.pick(&offered)).clone();
        let decided_by = self.scene.offices[office].agency;
        Some(Arrival { at, office, procedure, channel: Channel::Counter, decided_by, script })
    }

    /// One commune closes many on the last day of a month, a quarter of an hour before it closes.
    fn burst(&mut self, number: usize) {
        let today = today(self.scene.until);
        let ends = (2 + 3 * i64::try_from(number).unwrap_or(0)..)
            .take(3)
            .map(|months| today.saturating_sub(Span::new().months(months)).last_of_month());
        // An office closes before a cut-off only where it is open on that day.
        let mut ends = ends.filter(|day| self.scene.calendar.is_working_day(*day));
        let Some(day) = ends.next() else { return };
        let close = after(self.scene.calendar.closing(day), -900.0);
        let communes = self.scene.offices.iter().enumerate();
        let quiet = communes.filter(|(_, o)| o.level == Level::Commune && !o.busiest);
        let quiet: Vec<usize> = quiet.map(|(index, _)| index).collect();
        let Some(office) = quiet.get(7 + 11 * number).copied() else { return };
        for place in 0..BURST {
            let back = u64::try_from(self.dice.whole(6 * 60, 20 * 60)).unwrap_or(600);
            let at = self.scene.calendar.before(close, WorkingTime::minutes(back));
            let moment = after(close, place as f64 * 31.0);
            let arrival = self.simple_at(office, at, Script::ClosingBurst(moment));
            self.cast.extend(arrival);
        }
    }

    /// What lies on the desk for civil status in the busiest commune: early, at risk and late.
    fn held(&mut self, count: u64) {
        let Some(office) = self.scene.offices.iter().position(|office| office.busiest) else {
            return;
        };
        let day = today(self.scene.until);
        let offered = self.scene.offered(Level::Commune, day);
        let offered: Vec<_> = offered.filter(|p| p.sector == "Hộ tịch").cloned().collect();
        for number in 0..count {
            if offered.is_empty() {
                return;
            }
            let procedure = self.dice.pick(&offered).clone();
            let limit = procedure.channel(ChannelKind::Counter).and_then(|c| c.promise());
            let hours = limit.map_or(8, |limit| limit.time_limit().working_hours_at_least());
            let minutes = f64::from(hours) * 60.0 * self.dice.between(0.04, 1.1);
            let at =
                self.scene.calendar.before(self.scene.until, WorkingTime::minutes(minutes as u64));
            let decided_by = self.scene.offices[office].agency;
            let trouble = match number % 9 {
                3 => Some(Trouble::Suspension { long: true }),
                6 => Some(Trouble::VeryLongPause),
                _ => None,
            };
            let (channel, script) = (Channel::Counter, Script::Held(trouble));
            self.cast.push(Arrival { at, office, procedure, channel, decided_by, script });
        }
    }

    /// Online filings that nobody has taken on yet: most within their eight hours, some over.
    fn waiting(&mut self, count: u64) {
        let central = |level: Level, busiest: bool| {
            self.scene.offices.iter().position(|o| o.level == level && o.busiest == busiest)
        };
        let desks = [central(Level::Commune, true), central(Level::Province, false)];
        let day = today(self.scene.until);
        for number in 0..count {
            let desk = desks[usize::from(number % 3 == 2)];
            let Some(office) = desk else { continue };
            let drawn = (0..40).find_map(|_| {
                let procedure = self.scene.procedure(&mut self.dice, office, day)?;
                procedure.channel(ChannelKind::Online).is_some().then_some(procedure)
            });
            let Some(procedure) = drawn else { continue };
            let minutes = self.dice.between(5.0, 540.0) as u64;
            let at = self.scene.calendar.before(self.scene.until, WorkingTime::minutes(minutes));
            let decided_by = self.scene.offices[office].agency;
            let (channel, script) = (Channel::Online, Script::Waiting);
            self.cast.push(Arrival { at, office, procedure, channel, decided_by, script });
        }
    }
}

/// Examined, signed, done; and time enough for a story.
fn is_simple(procedure: &Procedure) -> bool {
    let limit = procedure.channel(ChannelKind::Counter).and_then(|c| c.promise());
    let hours = limit.map_or(0, |limit| limit.time_limit().working_hours_at_least());
    let steps = procedure.workflow.steps();
    hours >= 24 && steps.len() == 2 && steps[1].role.as_str() == directory::RoleCode::HEAD
}
