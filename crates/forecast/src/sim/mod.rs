//! One run of one island: cases come, wait, are worked on, lie, and go on.
//!
//! Teams between which cases go back and forth are one **unit** and are run together, event by
//! event. A unit is run only when all those before it are done, and then hears at once when what
//! comes to it. So a run of a whole province stays in the small memory of one team at a time.

mod arrivals;
mod state;
mod tally;

use std::cmp::Reverse;

use crate::{
    draw,
    minutes::{DAY, Minutes},
    model::{Class, Island, Model, Pool},
};

pub(crate) use state::Scratch;
use state::{ALONE, Shared, Token};
pub(crate) use tally::{Cases, Tally};

/// No case goes through more steps; what would is a circle in the routes.
const HOPS_MAX: u16 = 500;

// What can happen in a unit, in the order in which it does at the same instant.
/// A day begins on which more officers are there.
const WAKE: u64 = 0;
/// An officer is free again.
const FREE: u64 = 1;
/// A case comes back to a team of the same unit.
const ENTER: u64 = 2;
/// Bits of the number of a team or a token in an event.
const NUMBER: u64 = (1 << 30) - 1;

/// Runs an island once. `pools` stand in for those of the model, so that a plan is tried
/// without copying it; `key` is the number of the run, mixed with the seed.
pub(crate) fn run(
    model: &Model,
    pools: &[Pool],
    island: &Island,
    key: u64,
    scratch: &mut Scratch,
) -> Tally {
    scratch.clear(island.units.len(), island.pools.len());
    let (stations, classes) = (island.stations.len(), island.classes.len());
    let tally = Tally::new(stations, model.days, classes, island.cases.len());
    let end = model.end();
    let mut run = Run { model, pools, island, key, end, s: scratch, tally, numbers: 0 };
    run.open();
    arrivals::draw(&mut run);
    for unit in 0..island.units.len() {
        run.unit(unit);
    }
    run.close();
    run.tally
}

struct Run<'a> {
    model: &'a Model,
    pools: &'a [Pool],
    island: &'a Island,
    key: u64,
    end: u32,
    s: &'a mut Scratch,
    tally: Tally,
    numbers: u32,
}

impl Run<'_> {
    /// What is in hand when the run begins.
    fn open(&mut self) {
        let model = self.model;
        for case in &model.cases[self.island.cases.clone()] {
            self.s.shared.push(Shared { branches: 0, late: case.late, joined: 0 });
        }
        self.tally.cases.open = self.island.cases.len() as u32;
        for open in &model.tokens[self.island.tokens.clone()] {
            let case = open.case - self.island.cases.start as u32;
            self.s.shared[case as usize].branches += 1;
            let of = &model.cases[open.case as usize];
            let key = draw::of(of.key, self.key);
            let (mut at, mut due) = (model.now, of.due);
            if let Some(rest) = open.paused {
                let known = &model.pauses[rest.known.0 as usize..][..rest.known.1 as usize];
                let longer = &known[known.partition_point(|length| *length <= rest.since)..];
                // Where every pause that is known was shorter, it rests until the end.
                let chance = draw::upper(draw::mix(key));
                let length = longer.get(draw::below(chance, longer.len()));
                at = length.map_or(self.end, |length| at.saturating_add(length - rest.since));
                // The due time moves by the working time for which the clock stood.
                if let Some(left) = rest.left.filter(|_| at < self.end) {
                    due = self.table_of(&model.classes[open.class as usize]).add(at, left);
                }
            }
            if at < self.end {
                self.send(Token {
                    at,
                    number: 0,
                    key,
                    due,
                    class: open.class,
                    case,
                    hop: 0,
                    late: false,
                });
            }
        }
    }

    /// Sends a token to the unit of its class.
    fn send(&mut self, token: Token) {
        let number = self.numbers;
        self.numbers += 1;
        let unit = self.unit_of(token.class);
        self.s.inboxes[unit].push(Token { number, ..token });
    }

    fn unit(&mut self, unit: usize) {
        self.s.tokens = std::mem::take(&mut self.s.inboxes[unit]);
        self.s.tokens.sort_unstable_by_key(|token| (token.at, token.number));
        let pools = &self.island.units[unit];
        for pool in pools {
            let officers = &self.pools[*pool as usize].officers;
            for day in (1..self.model.days).filter(|day| officers[*day] > officers[*day - 1]) {
                self.push(day as u32 * DAY, WAKE, *pool as usize - self.island.pools.start);
            }
        }
        let coming = self.s.tokens.len();
        let mut next = 0;
        loop {
            let token = if next < coming { Some(self.s.tokens[next].at) } else { None };
            let event = self.s.events.peek().map(|Reverse(event)| (event >> 32) as u32);
            match (token, event) {
                (None, None) => break,
                (Some(token), event) if event.is_none_or(|at| token <= at) => {
                    next += 1;
                    self.enter(next - 1);
                }
                _ => {
                    if let Some(Reverse(event)) = self.s.events.pop() {
                        self.happen(event);
                    }
                }
            }
        }
        for pool in pools {
            self.leave_behind(*pool as usize - self.island.pools.start);
        }
        // The memory goes back to where it came from.
        self.s.tokens.clear();
        self.s.inboxes[unit] = std::mem::take(&mut self.s.tokens);
    }

    fn happen(&mut self, event: u64) {
        let (at, number) = ((event >> 32) as u32, (event & NUMBER) as usize);
        match (event >> 30) & 3 {
            WAKE => self.take(number, at),
            FREE => {
                self.s.desks[number].busy -= 1;
                self.take(number, at);
            }
            _ => self.enter(number),
        }
    }

    fn enter(&mut self, number: usize) {
        let token = self.s.tokens[number];
        let class = &self.model.classes[token.class as usize];
        self.tally.visits[token.class as usize - self.island.classes.start] += 1;
        let station = class.station as usize - self.island.stations.start;
        let (cell, desk) = (self.tally.cell(station, token.at), self.desk_of(class));
        self.tally.in_hand[cell] += 1;
        let pool = &self.pools[self.island.pools.start + desk];
        if self.s.desks[desk].busy < officers(pool, token.at) {
            return self.start(token, desk, token.at);
        }
        self.tally.waiting[cell] += 1;
        self.tally.waited[station] += 1;
        let desk = &mut self.s.desks[desk];
        if pool.by_due {
            desk.by_due.push(Reverse((token.due, desk.came, number as u32)));
            desk.came += 1;
        } else {
            desk.queue.push_back(number as u32);
        }
    }

    /// Whoever is free takes what stands first.
    fn take(&mut self, desk: usize, at: u32) {
        let pool = &self.pools[self.island.pools.start + desk];
        while self.s.desks[desk].busy < officers(pool, at) {
            let queues = &mut self.s.desks[desk];
            let first = queues.queue.pop_front();
            let first = first.or_else(|| queues.by_due.pop().map(|Reverse((.., number))| number));
            let Some(number) = first else { return };
            let token = self.s.tokens[number as usize];
            let class = &self.model.classes[token.class as usize];
            let cell = self.tally.cell(class.station as usize - self.island.stations.start, at);
            self.tally.waiting[cell] -= 1;
            self.start(token, desk, at);
        }
    }

    /// An officer begins with a case; how long it takes is drawn by case, step and how-manieth
    /// step, so that it is the same whatever happens around it.
    fn start(&mut self, token: Token, desk: usize, at: u32) {
        let model = self.model;
        let class = &model.classes[token.class as usize];
        let chance = draw::of(token.key, class.key.wrapping_add(u64::from(token.hop)));
        let known = &model.stays[class.stays.0 as usize..][..class.stays.1 as usize];
        // Drawn from a sample that was itself drawn for this run: how little a few observations
        // say shows in how far the runs lie apart.
        let slot = draw::below(draw::upper(chance), known.len());
        let sample = draw::mix(self.key ^ u64::from(class.stays.0) ^ ((slot as u64) << 32));
        let (work, delay) = known[draw::below(draw::upper(sample), known.len())];
        let work = (u64::from(work) * u64::from(class.percent) / 100) as u32;
        self.s.desks[desk].busy += 1;
        let table = &model.tables[self.pools[self.island.pools.start + desk].table as usize];
        let done = table.add(at, work);
        self.occupy(class.station as usize - self.island.stations.start, table, at, done);
        self.push(done, FREE, desk);
        let left = if done < self.end { self.table_of(class).add(done, delay) } else { self.end };
        self.leave(token, class, left, draw::lower(draw::mix(chance)));
    }

    /// Counts the seconds of work on each day from one instant to another.
    fn occupy(&mut self, station: usize, table: &Minutes, from: u32, to: u32) {
        let to = to.min(self.end);
        let mut begin = from;
        while begin < to {
            let end = ((begin / DAY + 1) * DAY).min(to);
            let cell = self.tally.cell(station, begin);
            self.tally.busy[cell] += table.position(end) - table.position(begin);
            begin = end;
        }
    }

    fn leave(&mut self, mut token: Token, class: &Class, at: u32, chance: u32) {
        let model = self.model;
        let station = class.station as usize - self.island.stations.start;
        self.judge(&mut token, station, at);
        if at >= self.end {
            return self.remain(&token);
        }
        let cell = self.tally.cell(station, at);
        self.tally.in_hand[cell] -= 1;
        let routes = &model.routes[class.routes.0 as usize..][..class.routes.1 as usize];
        let route = routes.iter().find(|route| chance <= route.upto);
        let mut goals = route.map_or(&[][..], |route| {
            &model.goals[route.goals.0 as usize..][..route.goals.1 as usize]
        });
        if token.hop >= HOPS_MAX {
            self.tally.cases.cut += u32::from(!goals.is_empty());
            goals = &[];
        }
        if goals.is_empty() {
            return self.end_branch(&token, station);
        }
        if goals.len() > 1 {
            if token.case == ALONE {
                token.case = self.s.shared.len() as u32;
                self.s.shared.push(Shared { branches: 1, late: token.late, joined: 0 });
            }
            self.s.shared[token.case as usize].branches += goals.len() as u16 - 1;
        }
        let unit = self.unit_of(token.class);
        for goal in goals {
            self.go_on(Token { at, class: *goal, hop: token.hop + 1, ..token }, unit);
        }
    }

    fn end_branch(&mut self, token: &Token, station: usize) {
        let mut late = token.late;
        if token.case != ALONE {
            let case = &mut self.s.shared[token.case as usize];
            case.branches -= 1;
            if case.branches > 0 {
                return;
            }
            late = case.late;
        }
        self.tally.cases.ended += 1;
        self.tally.on_time[station] += i32::from(!late && token.due < self.end);
    }

    /// A step that joins branches opens with the last of them.
    fn go_on(&mut self, mut token: Token, from: usize) {
        if token.case != ALONE && self.model.classes[token.class as usize].join {
            let case = &mut self.s.shared[token.case as usize];
            case.joined = case.joined.max(token.at);
            if case.branches > 1 {
                case.branches -= 1;
                return;
            }
            token.at = std::mem::take(&mut case.joined);
        }
        if self.unit_of(token.class) == from {
            self.s.tokens.push(token);
            self.push(token.at, ENTER, self.s.tokens.len() - 1);
        } else {
            self.send(token);
        }
    }

    /// Whether the due time of a case passed, or had passed, while it stood at a station.
    fn judge(&mut self, token: &mut Token, station: usize, left: u32) {
        let was_late = match token.case {
            ALONE => token.late,
            case => self.s.shared[case as usize].late,
        };
        if token.due >= left && !was_late {
            return;
        }
        if !was_late {
            token.late = true;
            if let Some(case) = self.s.shared.get_mut(token.case as usize) {
                case.late = true;
            }
            let cell = self.tally.cell(station, token.due);
            self.tally.late[cell] += 1;
        }
        let since = self.tally.cell(station, token.due.min(left).max(token.at));
        self.tally.overdue[since] += 1;
        if left < self.end {
            let until = self.tally.cell(station, left);
            self.tally.overdue[until] -= 1;
        }
    }

    /// What still waits when the days are over.
    fn leave_behind(&mut self, desk: usize) {
        let queues = &mut self.s.desks[desk];
        let mut waiting: Vec<u32> = queues.queue.drain(..).collect();
        waiting.extend(queues.by_due.drain().map(|Reverse((.., number))| number));
        for number in waiting {
            let mut token = self.s.tokens[number as usize];
            let class = &self.model.classes[token.class as usize];
            let station = class.station as usize - self.island.stations.start;
            self.judge(&mut token, station, self.end);
            self.remain(&token);
        }
    }

    /// A case that is alone is left; of the others it is known when all units are done.
    fn remain(&mut self, token: &Token) {
        self.tally.cases.left += u32::from(token.case == ALONE);
    }

    fn close(&mut self) {
        let left = self.s.shared.iter().filter(|case| case.branches > 0).count();
        self.tally.cases.left += left as u32;
        let open = &self.model.cases[self.island.cases.clone()];
        for (number, case) in open.iter().enumerate() {
            self.tally.risk[number] = self.s.shared[number].late && !case.late;
        }
        self.tally.close();
    }

    fn push(&mut self, at: u32, what: u64, number: usize) {
        if at < self.end {
            self.s.events.push(Reverse((u64::from(at) << 32) | (what << 30) | number as u64));
        }
    }

    fn unit_of(&self, class: u32) -> usize {
        let station = self.model.classes[class as usize].station;
        let pool = self.model.stations[station as usize].pool;
        self.model.pools[pool as usize].unit as usize
    }

    fn desk_of(&self, class: &Class) -> usize {
        self.model.stations[class.station as usize].pool as usize - self.island.pools.start
    }

    /// The hours of the agency of a class.
    fn table_of(&self, class: &Class) -> &Minutes {
        let office = self.model.stations[class.station as usize].office;
        &self.model.tables[self.model.offices[office as usize].table as usize]
    }
}

fn officers(pool: &Pool, at: u32) -> u32 {
    u32::from(pool.officers[(at / DAY) as usize])
}
