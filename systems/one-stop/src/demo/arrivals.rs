//! Who comes when: by month, weekday and hour, to which desk, for which procedure.

use std::{collections::VecDeque, sync::Arc};

use calendar::{Calendar, Holidays, WorkingTime};
use casework::Channel;
use directory::AgencyLevel;
use jiff::{
    Span, ToSpan,
    civil::{Date, Time, Weekday},
};
use kernel::{AgencyId, Instant, from_local, today};
use procedure::{Audience, ChannelKind, Level, Procedure};

use super::{
    Plan,
    dice::{Dice, summed},
    office::{Commune, Office, commune_name},
    scripts::{self, Script},
};
use crate::Moment;

/// Which department decides what the centre receives, where the centre does not decide itself.
const DEPARTMENTS: &[(&str, &str)] = &[
    ("Đường bộ", "H55.10"),
    ("Xây dựng", "H55.10"),
    ("Doanh nghiệp", "H55.05"),
    ("Y tế", "H55.12"),
    ("An toàn thực phẩm", "H55.12"),
    ("Giáo dục", "H55.08"),
    ("Nông nghiệp", "H55.06"),
    ("Môi trường", "H55.06"),
    ("Văn hóa", "H55.11"),
    ("Việc làm", "H55.02"),
];

/// Somebody comes.
#[derive(Debug, Clone)]
pub(super) struct Arrival {
    pub(super) at: Instant,
    /// Index of the desk.
    pub(super) office: usize,
    pub(super) procedure: Arc<Procedure>,
    pub(super) channel: Channel,
    pub(super) decided_by: AgencyId,
    pub(super) script: Script,
}

/// What can be drawn from: desks, procedures, days.
#[derive(Debug)]
pub(super) struct Scene {
    pub(super) offices: Vec<Office>,
    pub(super) communes: Vec<Commune>,
    office_weights: Vec<f64>,
    menus: [(Vec<Arc<Procedure>>, Vec<f64>); 2],
    departments: Vec<(&'static str, AgencyId)>,
    pub(super) calendar: Calendar,
    pub(super) from: Date,
    pub(super) until: Instant,
    seed: u64,
}

impl Scene {
    /// Looks around at the end of the history.
    pub(super) fn of(moment: &Moment, holidays: &Holidays, plan: &Plan) -> Self {
        let directory = &moment.directory;
        let mut agencies: Vec<_> = directory.agencies().collect();
        agencies.sort_by(|a, b| a.code.cmp(&b.code));
        let offices: Vec<Office> = agencies
            .iter()
            .filter(|agency| agency.validity.covers(plan.until))
            .filter_map(|agency| Office::of(directory, agency, plan.until))
            .collect();
        let communes = agencies.iter().filter(|a| a.level == AgencyLevel::Commune);
        let communes: Vec<Commune> = communes
            .filter_map(|agency| {
                let code = agency.place.clone()?;
                let name = commune_name(directory, &code)?;
                Some(Commune { code, name })
            })
            .collect();
        let mut dice = Dice::of(plan.seed, u64::MAX);
        let weights: Vec<f64> =
            offices.iter().map(|o| o.weight(offices.len(), &mut dice)).collect();
        let menu = |level| {
            let offered = moment.shelf.all().filter(|p| p.levels.contains(&level));
            let offered: Vec<_> = offered.filter(|p| promised(p)).cloned().collect();
            let weights = summed(offered.iter().map(|p| popularity(p)));
            (offered, weights)
        };
        let by_code = |code: &str| directory.agency_by_code(&code.parse().ok()?).map(|a| a.id);
        let last = today(plan.until);
        let founded = agencies.iter().map(|a| a.validity.from).min().unwrap_or(plan.until);
        let valid = moment.shelf.all().map(|p| p.valid_from).min().unwrap_or(last);
        let from = last.saturating_sub(Span::new().months(i64::from(plan.months.min(600))));
        Self {
            office_weights: summed(weights),
            offices,
            communes,
            menus: [menu(Level::Commune), menu(Level::Province)],
            departments: DEPARTMENTS.iter().filter_map(|(s, c)| Some((*s, by_code(c)?))).collect(),
            calendar: Calendar::new(&calendar::WorkingWeek::default(), holidays),
            from: from.max(today(founded)).max(valid).min(last),
            until: plan.until,
            seed: plan.seed,
        }
    }

    /// A procedure that this desk takes on that day.
    pub(super) fn procedure(
        &self,
        dice: &mut Dice,
        office: usize,
        day: Date,
    ) -> Option<Arc<Procedure>> {
        let (offered, weights) =
            &self.menus[usize::from(self.offices[office].level != Level::Commune)];
        let drawn = (0..20).map(|_| offered.get(dice.weighted(weights)));
        drawn.flatten().find(|procedure| procedure.in_force(day)).cloned()
    }

    /// All procedures of a level that are in force on that day.
    pub(super) fn offered(&self, level: Level, day: Date) -> impl Iterator<Item = &Arc<Procedure>> {
        let (offered, _) = &self.menus[usize::from(level != Level::Commune)];
        offered.iter().filter(move |procedure| procedure.in_force(day))
    }

    /// Who decides: mostly the desk's own agency; for half of what departments do, those.
    pub(super) fn decider(&self, dice: &mut Dice, office: usize, sector: &str) -> AgencyId {
        let own = self.offices[office].agency;
        let department = self.departments.iter().find(|(of, _)| *of == sector);
        match department {
            Some((_, agency)) if self.offices[office].commune.is_none() && dice.chance(0.5) => {
                *agency
            }
            _ => own,
        }
    }

    /// Somebody at an instant of that day, for anything that is offered.
    fn arrival(&self, dice: &mut Dice, day: Date, working: bool) -> Option<Arrival> {
        let office = dice.weighted(&self.office_weights);
        let procedure = self.procedure(dice, office, day)?;
        let channel = channel(dice, &procedure, working)?;
        let at = self.hour(dice, day, channel)?;
        let decided_by = self.decider(dice, office, &procedure.sector);
        Some(Arrival { at, office, procedure, channel, decided_by, script: Script::Ordinary })
    }

    /// When on that day: at the counter within working hours, mornings more; online until late.
    fn hour(&self, dice: &mut Dice, day: Date, channel: Channel) -> Option<Instant> {
        let midnight = from_local(day.to_datetime(Time::midnight()));
        let next = from_local(day.tomorrow().ok()?.to_datetime(Time::midnight()));
        for _ in 0..40 {
            let at = if channel == Channel::Online {
                let hour = match dice.weighted(&[5.0, 9.0, 12.0]) {
                    0 => dice.between(7.5, 12.0),
                    1 => dice.between(12.5, 17.5),
                    _ => 20.2 + (dice.unit() + dice.unit() - 1.0) * 3.0,
                };
                after(midnight, hour * 3600.0)
            } else {
                let all = self.calendar.elapsed(midnight, next).as_seconds() as f64;
                let share = match dice.chance(0.64) {
                    true => dice.unit().powf(1.25) * 0.54,
                    false => dice.between(0.55, 0.985),
                };
                self.calendar.add(midnight, WorkingTime::seconds((all * share) as u64))
            };
            if at < self.until && at < next {
                return Some(at);
            }
        }
        None
    }

    /// How busy a day is, against a usual working day.
    fn weight(&self, day: Date, tet: &[Date]) -> f64 {
        let share = self.share_until(day);
        if !self.calendar.is_working_day(day) {
            return 0.09 * share;
        }
        let by_weekday = match day.weekday() {
            Weekday::Monday => 1.28,
            Weekday::Tuesday => 1.08,
            Weekday::Wednesday => 1.0,
            Weekday::Thursday => 0.95,
            _ => 0.9,
        };
        let from_tet = tet.iter().map(|tet| days_between(*tet, day)).min_by_key(|days| days.abs());
        let dip = match from_tet {
            Some(-12..=-1) => 0.55,
            Some(0..=14) => 0.5,
            _ => 1.0,
        };
        by_weekday * dip * share
    }

    /// How much of the working time of a day lies before the end of the history.
    fn share_until(&self, day: Date) -> f64 {
        if day < today(self.until) {
            return 1.0;
        }
        let midnight = from_local(day.to_datetime(Time::midnight()));
        let next = after(midnight, 86_400.0);
        let all = self.calendar.elapsed(midnight, next).as_seconds() as f64;
        match all {
            0.0 => (self.until.as_second() - midnight.as_second()) as f64 / 86_400.0,
            all => self.calendar.elapsed(midnight, self.until).as_seconds() as f64 / all,
        }
    }
}

/// Every arrival of the history, in order of time.
#[derive(Debug)]
pub(super) struct Arrivals<'s> {
    scene: &'s Scene,
    days: VecDeque<(Date, u64)>,
    today: VecDeque<Arrival>,
    specials: VecDeque<Arrival>,
}

impl<'s> Arrivals<'s> {
    pub(super) fn new(scene: &'s Scene, plan: &Plan, holidays: &Holidays) -> Self {
        let specials = scripts::cast(scene, plan);
        let ordinary = plan.dossiers.saturating_sub(specials.len() as u64);
        let last = today(scene.until);
        let all: Vec<Date> = scene.from.series(1.day()).take_while(|day| *day <= last).collect();
        let tet: Vec<Date> = (scene.from.year()..=last.year() + 1)
            .filter_map(|year| {
                let days = holidays.of(year);
                days.iter().find(|day| day.name_vi.contains("mùng 1")).map(|day| day.date)
            })
            .collect();
        let weights = summed(all.iter().map(|day| scene.weight(*day, &tet)));
        let sum = weights.last().copied().unwrap_or(0.0).max(f64::MIN_POSITIVE);
        let until = |weight: f64| (weight / sum * ordinary as f64).round() as u64;
        let mut before = 0;
        let days = all.into_iter().zip(weights).map(|(day, weight)| {
            let sum = until(weight);
            let count = sum - std::mem::replace(&mut before, sum);
            (day, count)
        });
        let days = days.collect();
        Self { scene, days, today: VecDeque::new(), specials: specials.into() }
    }

    fn begin_day(&mut self, day: Date, count: u64) {
        let number = u64::try_from(days_between(Date::ZERO, day)).unwrap_or(0);
        let mut dice = Dice::of(self.scene.seed, (1 << 40) + number);
        let working = self.scene.calendar.is_working_day(day);
        let mut arrivals: Vec<Arrival> = Vec::new();
        let mut tries = 0;
        while (arrivals.len() as u64) < count && tries < count * 50 + 50 {
            tries += 1;
            arrivals.extend(self.scene.arrival(&mut dice, day, working));
        }
        arrivals.sort_by_key(|arrival| arrival.at);
        self.today = arrivals.into();
    }
}

impl Iterator for Arrivals<'_> {
    type Item = Arrival;

    fn next(&mut self) -> Option<Arrival> {
        while self.today.is_empty() {
            let Some((day, count)) = self.days.pop_front() else { break };
            self.begin_day(day, count);
        }
        let next = self.today.front().map(|arrival| arrival.at);
        match self.specials.front() {
            Some(special) if next.is_none_or(|next| special.at <= next) => {
                self.specials.pop_front()
            }
            _ => self.today.pop_front(),
        }
    }
}

/// So many seconds later.
pub(super) fn after(at: Instant, seconds: f64) -> Instant {
    let micros = (seconds * 1e6) as i64;
    kernel::from_micros(kernel::micros(at).saturating_add(micros))
}

fn days_between(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).map_or(0, |span| span.get_days()))
}

/// Whether a date can be promised in every channel that it is offered in.
fn promised(procedure: &Procedure) -> bool {
    !procedure.channels.is_empty() && procedure.channels.iter().all(|c| c.promise().is_some())
}

fn channel(dice: &mut Dice, procedure: &Procedure, working: bool) -> Option<Channel> {
    let offered = |kind| procedure.channel(kind).is_some();
    let wanted = match dice.unit() {
        _ if !working => Channel::Online,
        thrown if thrown < 0.50 => Channel::Counter,
        thrown if thrown < 0.94 => Channel::Online,
        _ => Channel::Postal,
    };
    match wanted {
        Channel::Online if offered(ChannelKind::Online) => Some(Channel::Online),
        Channel::Postal if offered(ChannelKind::Postal) => Some(Channel::Postal),
        _ if working && offered(ChannelKind::Counter) => Some(Channel::Counter),
        _ => None,
    }
}

/// How often a procedure is asked for, against an ordinary one.
fn popularity(procedure: &Procedure) -> f64 {
    match (procedure.code.as_str(), procedure.sector.as_str()) {
        ("2.000815", _) => 42.0,
        ("2.000884", _) => 12.0,
        ("2.000635", _) => 16.0,
        ("1.001193", _) => 11.0,
        ("2.000488", _) => 22.0,
        ("1.000894" | "1.000656" | "2.000986", _) => 5.0,
        (_, "Chứng thực") => 4.0,
        (_, "Hộ tịch") => 2.2,
        (_, "Cư trú") => 4.5,
        (_, "Hộ kinh doanh" | "Doanh nghiệp") => 3.0,
        (_, "Đất đai") => 2.5,
        (_, "Bảo trợ xã hội" | "Người có công" | "Đường bộ") => 1.6,
        _ => 0.7,
    }
}

/// Whether an organisation files it.
pub(super) fn by_firm(procedure: &Procedure, dice: &mut Dice) -> bool {
    let firms = procedure.audience.contains(&Audience::Organization);
    let citizens = procedure.audience.contains(&Audience::Citizen);
    match procedure.sector.as_str() {
        _ if !citizens => true,
        _ if !firms => false,
        "Chứng thực" | "Cư trú" => dice.chance(0.06),
        _ => dice.chance(0.5),
    }
}
