//! All that the page of the centre shows, read at once, as of one position of the journal.

use std::collections::BTreeMap;

use calendar::Calendar;
use desk::{Desk, Foreseen, Moment};
use directory::{Agency, AgencyLevel, Directory};
use indicators::{AsOf, Day, Error as Unread, Of, Period, Question, Scope, Slice, Value, Why};
use jiff::civil::Date;
use kernel::{AgencyId, Instant, PlaceCode};
use store::{Tx, args};

use super::{Alert, Which, list, samples::working_days};
use crate::{
    Result,
    model::{Layout, Tile, is_behind, one_day, quiet_days},
};

/// Days that are looked at for the pulse of a source.
const PULSE_DAYS: i32 = 8;

/// How fresh figures are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fresh {
    /// When it was asked.
    pub now: Instant,
    /// Up to where the journal is counted.
    pub as_of: AsOf,
    /// When the oldest event was recorded that is not counted yet, sealed or not.
    pub oldest: Option<Instant>,
    /// Whether that is too long ago: whatever is shown is old.
    pub behind: bool,
}

/// What the page shows.
#[derive(Debug, Clone)]
pub struct Glance {
    /// Of whom.
    pub scope: Scope,
    /// How fresh.
    pub fresh: Fresh,
    /// Minutes since the last event, where the journal is silent in working hours.
    pub quiet: Option<i64>,
    /// What stands on the page.
    pub layout: Layout,
    /// The tiles, in order.
    pub tiles: Vec<TileNow>,
    /// Communes on the map; empty where the page is not of the whole authority.
    pub places: Vec<PlaceNow>,
    /// The line, by day.
    pub line: Vec<(Date, Value)>,
    /// How the line goes on, by the newest forecast of it; none where there is none of today.
    pub ahead: Option<Foreseen>,
    /// Lĩnh vực, by week.
    pub fields: Vec<Field>,
    /// Load by day, whole weeks from a Monday on.
    pub load: Vec<LoadDay>,
    /// Agencies by the figure of the ranking, the largest first.
    pub ranking: Vec<(AgencyId, Value)>,
    /// How many agencies were ranked.
    pub ranked: usize,
    /// Systems.
    pub systems: Vec<SystemNow>,
    /// Alerts whose incident is open.
    pub alerts: Vec<Alert>,
}

/// A tile.
#[derive(Debug, Clone, PartialEq)]
pub struct TileNow {
    /// What it is.
    pub tile: Tile,
    /// Over what time.
    pub period: Period,
    /// Its figure.
    pub value: Value,
    /// What it is compared with.
    pub compared: Option<(Period, Value)>,
    /// Minutes for which its source has been silent, where that is too long.
    pub silent: Option<i64>,
}

/// A commune.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceNow {
    /// Where.
    pub place: PlaceCode,
    /// Its people's committee.
    pub agency: AgencyId,
    /// Its figure.
    pub value: Value,
}

/// A lĩnh vực.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its figures, the oldest week first.
    pub weeks: Vec<Value>,
    /// These weeks, for the way to the cases of each.
    pub periods: Vec<Period>,
}

/// Load of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadDay {
    /// Which.
    pub date: Date,
    /// How much; none for days to come.
    pub value: Option<Value>,
    /// Whether nobody works on this weekday's day.
    pub holiday: bool,
}

/// A system.
#[derive(Debug, Clone, PartialEq)]
pub struct SystemNow {
    /// Its figure, this month.
    pub value: Value,
    /// What is late or wrong in it.
    pub late: Option<Value>,
    /// Minutes for which it has been silent, where that is too long.
    pub silent: Option<i64>,
}

/// How fresh figures are now.
///
/// # Errors
/// Those of the store.
pub fn fresh(tx: &mut Tx<'_>, desk: &Desk) -> Result<Fresh> {
    let (as_of, now) = (desk.cube().as_of(tx)?, desk.now());
    let tenant = &desk.front.tenant;
    let uncounted: Option<Instant> = match as_of.behind {
        0 => None,
        _ => tx.opt(
            "select recorded_at from event where tenant = $1 and pos = $2",
            args!(tenant, i64::try_from(as_of.pos).unwrap_or(i64::MAX)),
            |row| row.get(0),
        )?,
    };
    // A sealer that died keeps events from being counted at all.
    let unsealed: Option<Instant> = tx.opt(
        "select recorded_at from event where tenant = $1 and pos is null
         order by recorded_at limit 1",
        args!(tenant),
        |row| row.get(0),
    )?;
    let oldest = [uncounted, unsealed].into_iter().flatten().min();
    Ok(Fresh { now, as_of, oldest, behind: is_behind(oldest, now) })
}

/// Reads all that the page shows.
///
/// # Errors
/// Those of the store.
pub fn glance(tx: &mut Tx<'_>, desk: &Desk, scope: &Scope) -> Result<Glance> {
    let (fresh, layout, moment) = (fresh(tx, desk)?, super::layout(tx, desk)?, desk.moment());
    let calendar = moment.calendars.usual();
    let quiet = quiet(&fresh, &layout, calendar);
    let mut read = Reader { tx, desk, scope, now: fresh.now, moment: &moment };
    let tiles = read.tiles(&layout, quiet)?;
    let places = read.places(&layout)?;
    let line = read.line(&layout)?;
    let fields = read.fields(&layout)?;
    let load = read.load(&layout)?;
    let (ranking, ranked) = read.ranking(&layout)?;
    let systems = read.systems(&layout)?;
    let (tenant, line_of) = (&desk.front.tenant, &layout.line.indicator);
    let ahead = desk::foreseen(tx, tenant, line_of, scope, fresh.now)?;
    let mut alerts = list(tx, desk, Which::Open)?;
    alerts.retain(|alert| under(&moment.directory, scope, alert.agency));
    let scope = scope.clone();
    Ok(Glance {
        scope,
        fresh,
        quiet,
        layout,
        tiles,
        places,
        line,
        ahead,
        fields,
        load,
        ranking,
        ranked,
        systems,
        alerts,
    })
}

/// Whether an agency belongs to a scope.
pub(crate) fn under(directory: &Directory, scope: &Scope, agency: AgencyId) -> bool {
    match scope.of {
        Of::Agency(of) => of == agency || directory.ancestors(agency).contains(&of),
        Of::Only(of) => of == agency,
        Of::All | Of::Place(_) => true,
    }
}

/// The people's committees of communes, each with its place.
pub fn communes(
    directory: &Directory,
    now: Instant,
) -> impl Iterator<Item = (&Agency, &PlaceCode)> {
    let there = directory.agencies().filter(move |agency| agency.validity.covers(now));
    let communes = there.filter(|agency| agency.level == AgencyLevel::Commune);
    communes.filter_map(|agency| Some((agency, agency.place.as_ref()?)))
}

/// Minutes since the last event, where more working minutes went by than the layout lets. Before
/// anything was counted there is nothing to be silent.
fn quiet(fresh: &Fresh, layout: &Layout, calendar: &Calendar) -> Option<i64> {
    let last = fresh.as_of.recorded?.min(fresh.now);
    if fresh.behind {
        return None;
    }
    let worked = calendar.elapsed(last, fresh.now).as_minutes();
    let minutes = fresh.now.duration_since(last).as_mins();
    (worked > u64::from(layout.quiet_minutes)).then_some(minutes)
}

/// What reads one page.
struct Reader<'a, 't> {
    tx: &'a mut Tx<'t>,
    desk: &'a Desk,
    scope: &'a Scope,
    now: Instant,
    moment: &'a Moment,
}

impl Reader<'_, '_> {
    /// Figures of one indicator: by scope, then by period.
    fn read(
        &mut self,
        code: &str,
        scopes: &[Scope],
        periods: &[Period],
        slice: &Slice,
    ) -> Result<Vec<Vec<Value>>> {
        let desk = self.desk;
        let question = Question {
            indicators: vec![desk.indicator(code)?],
            scopes: scopes.to_vec(),
            periods: periods.to_vec(),
            slice: slice.clone(),
            now: self.now,
        };
        let tree = desk.tree(self.tx)?;
        match desk.cube().read(self.tx, &tree, &question) {
            Ok(grid) => {
                let row = |scope| (0..periods.len()).map(|at| grid.value(scope, at, 0)).collect();
                Ok((0..scopes.len()).map(row).collect())
            }
            Err(Unread::Nothing) => {
                Ok(vec![vec![Err(Why::NothingCounted); periods.len()]; scopes.len()])
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Figures of the scope of the page, by period.
    fn own(&mut self, code: &str, periods: &[Period]) -> Result<Vec<Value>> {
        let scope = [self.scope.clone()];
        Ok(self.read(code, &scope, periods, &Slice::default())?.pop().unwrap_or_default())
    }

    fn tiles(&mut self, layout: &Layout, quiet: Option<i64>) -> Result<Vec<TileNow>> {
        let mut tiles = Vec::with_capacity(layout.tile.len());
        for tile in &layout.tile {
            let period = tile.period.period(self.now);
            let before = tile.period.compared(tile.compare, self.now);
            let periods: Vec<Period> = std::iter::once(period).chain(before).collect();
            let values = self.own(&tile.indicator, &periods)?;
            let silent = match &tile.pulse {
                Some(pulse) => self.silence(pulse, tile.quiet_days)?,
                None => quiet,
            };
            let value = values.first().copied().unwrap_or(Err(Why::NothingCounted));
            let compared = before.zip(values.get(1).copied());
            tiles.push(TileNow { tile: tile.clone(), period, value, compared, silent });
        }
        Ok(tiles)
    }

    /// Minutes since anything of a flow was counted, where it was too long; asked of the whole
    /// authority, since one small agency may well have nothing for days.
    fn silence(&mut self, pulse: &str, days: u8) -> Result<Option<i64>> {
        if days == 0 {
            return Ok(None);
        }
        let mut dates = working_days(self.moment.calendars.usual(), self.now, PULSE_DAYS);
        dates.reverse();
        let today = Day::of(self.now);
        let mut periods: Vec<Period> = dates.iter().map(|date| one_day(Day::from(*date))).collect();
        periods.push(one_day(today));
        let rows = self.read(pulse, &[Scope::all()], &periods, &Slice::default())?;
        let values: Vec<Option<f64>> =
            rows.first().into_iter().flatten().map(|v| v.ok().map(|v| v.to_f64())).collect();
        let Some((now, before)) = values.split_last() else { return Ok(None) };
        let quiet = if now.is_some_and(|now| now > 0.0) { 0 } else { quiet_days(before) };
        if quiet < usize::from(days) {
            return Ok(None);
        }
        let first = dates.get(dates.len() - quiet).copied().map_or(today, Day::from);
        Ok(Some(self.now.duration_since(first.begin()).as_mins()))
    }

    fn places(&mut self, layout: &Layout) -> Result<Vec<PlaceNow>> {
        if self.scope.of != Of::All {
            return Ok(Vec::new());
        }
        let moment = self.moment;
        let found: Vec<(AgencyId, PlaceCode)> = communes(&moment.directory, self.now)
            .map(|(agency, place)| (agency.id, place.clone()))
            .collect();
        let scopes: Vec<Scope> = found.iter().map(|(agency, _)| Scope::agency(*agency)).collect();
        let today = [one_day(Day::of(self.now))];
        let rows = self.read(&layout.map.indicator, &scopes, &today, &Slice::default())?;
        let both = found.into_iter().zip(rows);
        let value = |row: Vec<Value>| row.first().copied().unwrap_or(Err(Why::NothingCounted));
        Ok(both
            .map(|((agency, place), row)| PlaceNow { place, agency, value: value(row) })
            .collect())
    }

    fn line(&mut self, layout: &Layout) -> Result<Vec<(Date, Value)>> {
        let today = Day::of(self.now).number();
        let days =
            (0..i32::from(layout.line.days)).rev().map(|back| Day::from_number(today - back));
        let days: Vec<Day> = days.collect();
        let periods: Vec<Period> = days.iter().map(|day| one_day(*day)).collect();
        let values = self.own(&layout.line.indicator, &periods)?;
        Ok(days.into_iter().map(Day::date).zip(values).collect())
    }

    fn fields(&mut self, layout: &Layout) -> Result<Vec<Field>> {
        let today = Day::of(self.now);
        let monday = monday(today);
        let weeks = i32::from(layout.fields.weeks);
        let week = |back: i32| {
            let first = Day::from_number(monday.number() - 7 * back);
            let last = Day::from_number(first.number() + 6).min(today);
            Period::days(first, last).unwrap_or_else(|_| one_day(first))
        };
        let periods: Vec<Period> = (0..weeks).rev().map(week).collect();
        let scope = [self.scope.clone()];
        let mut fields = Vec::with_capacity(layout.fields.names.len());
        for name in &layout.fields.names {
            let slice = Slice { field: Some(name.clone()), ..Slice::default() };
            let rows = self.read(&layout.fields.indicator, &scope, &periods, &slice)?;
            let weeks = rows.into_iter().next().unwrap_or_default();
            fields.push(Field { name: name.clone(), weeks, periods: periods.clone() });
        }
        Ok(fields)
    }

    fn load(&mut self, layout: &Layout) -> Result<Vec<LoadDay>> {
        let today = Day::of(self.now);
        let first = monday(today).number() - 7 * (i32::from(layout.load.weeks) - 1);
        let past: Vec<Day> = (first..=today.number()).map(Day::from_number).collect();
        let periods: Vec<Period> = past.iter().map(|day| one_day(*day)).collect();
        let values = self.own(&layout.load.indicator, &periods)?;
        let calendar = self.moment.calendars.usual();
        let to_come = (today.number() + 1..monday(today).number() + 7).map(Day::from_number);
        let of_past = past.into_iter().zip(values.into_iter().map(Some));
        Ok(of_past
            .chain(to_come.map(|day| (day, None)))
            .map(|(day, value)| {
                let date = day.date();
                LoadDay { date, value, holiday: is_holiday(calendar, date) }
            })
            .collect())
    }

    fn ranking(&mut self, layout: &Layout) -> Result<(Vec<(AgencyId, Value)>, usize)> {
        let moment = self.moment;
        let there = moment.directory.agencies().filter(|agency| {
            let level = matches!(agency.level, AgencyLevel::Department | AgencyLevel::Commune);
            level && agency.validity.covers(self.now)
        });
        let there = there.filter(|agency| under(&moment.directory, self.scope, agency.id));
        let agencies: Vec<AgencyId> = there.map(|agency| agency.id).collect();
        let scopes: Vec<Scope> = agencies.iter().map(|agency| Scope::agency(*agency)).collect();
        let today = [one_day(Day::of(self.now))];
        let rows = self.read(&layout.ranking.indicator, &scopes, &today, &Slice::default())?;
        let known = agencies.iter().zip(rows).filter_map(|(agency, row)| {
            let value = row.first()?.ok()?;
            Some((*agency, value.to_f64(), Ok(value)))
        });
        let mut known: Vec<(AgencyId, f64, Value)> = known.collect();
        known.retain(|(_, value, _)| *value > 0.0);
        known.sort_by(|a, b| b.1.total_cmp(&a.1));
        known.truncate(usize::from(layout.ranking.shown));
        Ok((known.into_iter().map(|(agency, _, value)| (agency, value)).collect(), agencies.len()))
    }

    fn systems(&mut self, layout: &Layout) -> Result<Vec<SystemNow>> {
        let now = self.now;
        let (month, today) = (Period::month(Day::of(now).month()), one_day(Day::of(now)));
        // Many systems share a pulse.
        let mut pulses: BTreeMap<(&str, u8), Option<i64>> = BTreeMap::new();
        let mut systems = Vec::with_capacity(layout.system.len());
        for system in &layout.system {
            let one = |mut values: Vec<Value>| values.pop().unwrap_or(Err(Why::NothingCounted));
            let value = one(self.own(&system.indicator, &[month])?);
            let late = match &system.late {
                Some(late) => Some(one(self.own(late, &[today])?)),
                None => None,
            };
            let silent = match &system.pulse {
                None => None,
                Some(pulse) => match pulses.get(&(pulse.as_str(), system.quiet_days)) {
                    Some(known) => *known,
                    None => {
                        let silent = self.silence(pulse, system.quiet_days)?;
                        pulses.insert((pulse, system.quiet_days), silent);
                        silent
                    }
                },
            };
            systems.push(SystemNow { value, late, silent });
        }
        Ok(systems)
    }
}

fn monday(day: Day) -> Day {
    let after = day.date().weekday().to_monday_zero_offset();
    Day::from_number(day.number() - i32::from(after))
}

/// A weekday on which nobody works.
fn is_holiday(calendar: &Calendar, date: Date) -> bool {
    date.weekday().to_monday_zero_offset() < 5 && !calendar.is_working_day(date)
}
