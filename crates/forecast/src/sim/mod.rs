//! One run of one island: cases come, wait, are worked on, lie, and go on.

mod arrivals;
mod state;
mod tally;

use std::cmp::Reverse;

use crate::{
    draw,
    minutes::DAY,
    model::{Island, Model, Pool},
};

pub(crate) use arrivals::Arrival;
pub(crate) use state::Scratch;
use state::{Case, Token};
pub(crate) use tally::{Cases, Tally};

/// No case goes through more steps; what would is a circle in the routes.
const HOPS_MAX: u16 = 500;

// What can happen, in the order in which it does at the same instant.
const WAKE: u64 = 0;
const SERVED: u64 = 1;
const LEAVE: u64 = 2;
const RESUME: u64 = 3;
/// Bits of a number of a token or a pool in an event.
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
    scratch.clear(island.pools.len());
    arrivals::draw(model, island, key, &mut scratch.arrivals);
    let (stations, classes) = (island.stations.len(), island.classes.len());
    let tally = Tally::new(stations, model.days, classes, island.cases.len());
    let mut run = Run { model, pools, island, key, end: model.end(), s: scratch, tally };
    run.go();
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
}

impl Run<'_> {
    fn go(&mut self) {
        self.open();
        let mut next = 0;
        loop {
            let arrival = self.s.arrivals.get(next).copied();
            let event = self.s.events.peek().map(|Reverse(event)| (event >> 32) as u32);
            match (arrival, event) {
                (None, None) => break,
                (Some(arrival), event) if event.is_none_or(|at| arrival.at <= at) => {
                    next += 1;
                    self.arrive(arrival);
                }
                _ => {
                    if let Some(Reverse(event)) = self.s.events.pop() {
                        self.happen(event);
                    }
                }
            }
        }
        self.close();
    }

    /// What is in hand when the run begins.
    fn open(&mut self) {
        let model = self.model;
        for case in &model.cases[self.island.cases.clone()] {
            let key = draw::of(case.key, self.key);
            self.s.cases.push(Case { key, due: case.due, late: case.late, branches: 0 });
        }
        self.tally.cases.open = self.island.cases.len() as u32;
        for (number, pool) in self.pools[self.island.pools.clone()].iter().enumerate() {
            for day in 1..model.days {
                if pool.officers[day] > pool.officers[day - 1] {
                    self.push(day as u32 * DAY, WAKE, number);
                }
            }
        }
        for open in &model.tokens[self.island.tokens.clone()] {
            let case = open.case - self.island.cases.start as u32;
            self.s.cases[case as usize].branches += 1;
            let number = self.token(case, open.class, 0);
            match open.paused {
                None => self.enter(number, model.now),
                Some(rest) => {
                    let known = &model.pauses[rest.known.0 as usize..][..rest.known.1 as usize];
                    let longer = &known[known.partition_point(|length| *length <= rest.since)..];
                    let bits = draw::upper(draw::of(self.s.cases[case as usize].key, RESUME));
                    // Where every pause that is known was shorter, it rests until the end.
                    if let Some(length) = longer.get(draw::below(bits, longer.len())) {
                        self.push(model.now.saturating_add(length - rest.since), RESUME, number);
                    }
                }
            }
        }
    }

    fn arrive(&mut self, arrival: Arrival) {
        let class = &self.model.classes[arrival.class as usize];
        let office = self.model.stations[class.station as usize].office;
        let table = &self.model.tables[self.model.offices[office as usize].table as usize];
        let due = table.due(arrival.at, &self.model.dues[class.procedure as usize]);
        self.s.cases.push(Case { key: arrival.key, due, late: false, branches: 1 });
        self.tally.cases.came += 1;
        let number = self.token(self.s.cases.len() as u32 - 1, arrival.class, 0);
        self.enter(number, arrival.at);
    }

    fn happen(&mut self, event: u64) {
        let (at, number) = ((event >> 32) as u32, (event & NUMBER) as usize);
        match event >> 30 & 3 {
            WAKE => self.take(number, at),
            SERVED => {
                let desk = self.desk_of(number);
                self.s.desks[desk].busy -= 1;
                self.take(desk, at);
                match self.s.tokens[number].delay {
                    0 => self.leave(number, at),
                    delay => {
                        let end = self.table_of(number).add(at, delay);
                        self.push(end, LEAVE, number);
                    }
                }
            }
            LEAVE => self.leave(number, at),
            _ => self.resume(number, at),
        }
    }

    /// A clock that stood goes on: the due time moves by the working time for which it stood.
    fn resume(&mut self, number: usize, at: u32) {
        let open = self.model.tokens[self.island.tokens.start + number];
        if let Some(left) = open.paused.and_then(|rest| rest.left) {
            let due = self.table_of(number).add(at, left);
            self.s.cases[self.s.tokens[number].case as usize].due = due;
        }
        self.enter(number, at);
    }

    fn enter(&mut self, number: usize, at: u32) {
        let token = &mut self.s.tokens[number];
        (token.entered, token.stands) = (at, true);
        self.tally.visits[token.class as usize - self.island.classes.start] += 1;
        let station = self.station_of(number);
        let (cell, desk) = (self.tally.cell(station, at), self.desk_of(number));
        self.tally.in_hand[cell] += 1;
        let pool = &self.pools[self.island.pools.start + desk];
        if self.s.desks[desk].busy < officers(pool, at) {
            return self.start(number, desk, at);
        }
        self.tally.waiting[cell] += 1;
        self.tally.waited[station] += 1;
        let case = self.s.tokens[number].case as usize;
        let desk = &mut self.s.desks[desk];
        if pool.by_due {
            desk.by_due.push(Reverse((self.s.cases[case].due, desk.came, number as u32)));
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
            let cell = self.tally.cell(self.station_of(number as usize), at);
            self.tally.waiting[cell] -= 1;
            self.start(number as usize, desk, at);
        }
    }

    /// An officer begins with a case; how long it takes is drawn by case, step and how-manieth
    /// step, so that it is the same whatever happens around it.
    fn start(&mut self, number: usize, desk: usize, at: u32) {
        let token = &self.s.tokens[number];
        let class = &self.model.classes[token.class as usize];
        let case = &self.s.cases[token.case as usize];
        let chance = draw::of(case.key, class.key.wrapping_add(u64::from(token.hop)));
        let known = &self.model.stays[class.stays.0 as usize..][..class.stays.1 as usize];
        // Drawn from a sample that was itself drawn for this run: how little a few observations
        // say shows in how far the runs lie apart.
        let slot = draw::below(draw::upper(chance), known.len());
        let sample = draw::mix(self.key ^ u64::from(class.stays.0) ^ (slot as u64) << 32);
        let (work, delay) = known[draw::below(draw::upper(sample), known.len())];
        let work = (u64::from(work) * u64::from(class.percent) / 100) as u32;
        self.s.tokens[number].delay = delay;
        self.s.desks[desk].busy += 1;
        let table = &self.model.tables[self.pools[self.island.pools.start + desk].table as usize];
        let end = table.add(at, work);
        self.occupy(self.station_of(number), table, at, end);
        self.push(end, SERVED, number);
    }

    /// Counts the seconds of work on each day from one instant to another.
    fn occupy(&mut self, station: usize, table: &crate::minutes::Minutes, from: u32, to: u32) {
        let to = to.min(self.end);
        let mut begin = from;
        while begin < to {
            let end = ((begin / DAY + 1) * DAY).min(to);
            let cell = self.tally.cell(station, begin);
            self.tally.busy[cell] += table.position(end) - table.position(begin);
            begin = end;
        }
    }

    fn leave(&mut self, number: usize, at: u32) {
        let model = self.model;
        self.judge(number, at);
        let token = &mut self.s.tokens[number];
        token.stands = false;
        let (index, hop) = (token.case as usize, token.hop);
        let class = &model.classes[token.class as usize];
        let station = class.station as usize - self.island.stations.start;
        let cell = self.tally.cell(station, at);
        self.tally.in_hand[cell] -= 1;
        let case = &mut self.s.cases[index];
        let chance = draw::of(case.key, class.key.wrapping_add(u64::from(hop)));
        let bits = draw::lower(draw::mix(chance));
        let routes = &model.routes[class.routes.0 as usize..][..class.routes.1 as usize];
        let route = routes.iter().find(|route| bits <= route.upto);
        let mut goals = route.map_or(&[][..], |route| {
            &model.goals[route.goals.0 as usize..][..route.goals.1 as usize]
        });
        if hop >= HOPS_MAX {
            self.tally.cases.cut += u32::from(!goals.is_empty());
            goals = &[];
        }
        let Some((first, others)) = goals.split_first() else {
            case.branches -= 1;
            if case.branches == 0 {
                self.tally.cases.ended += 1;
                self.tally.on_time[station] += i32::from(!case.late && case.due < self.end);
            }
            return;
        };
        case.branches += others.len() as u16;
        for goal in others {
            let branch = self.token(index as u32, *goal, hop + 1);
            self.go_on(branch, at);
        }
        let token = &mut self.s.tokens[number];
        (token.class, token.hop) = (*first, hop + 1);
        self.go_on(number, at);
    }

    /// A step that joins branches opens with the last of them.
    fn go_on(&mut self, number: usize, at: u32) {
        let token = &self.s.tokens[number];
        let case = &mut self.s.cases[token.case as usize];
        if self.model.classes[token.class as usize].join && case.branches > 1 {
            case.branches -= 1;
        } else {
            self.enter(number, at);
        }
    }

    /// Whether the due time of a case passed, or had passed, while it stood at a station.
    fn judge(&mut self, number: usize, left: u32) {
        let token = &self.s.tokens[number];
        let (entered, case) = (token.entered, &mut self.s.cases[token.case as usize]);
        if case.due >= left && !case.late {
            return;
        }
        let station = self.model.classes[token.class as usize].station as usize;
        let station = station - self.island.stations.start;
        if !case.late {
            case.late = true;
            let cell = self.tally.cell(station, case.due);
            self.tally.late[cell] += 1;
        }
        let since = self.tally.cell(station, case.due.min(left).max(entered));
        self.tally.overdue[since] += 1;
        if left < self.end {
            let until = self.tally.cell(station, left);
            self.tally.overdue[until] -= 1;
        }
    }

    /// What is left when the days are over.
    fn close(&mut self) {
        for number in 0..self.s.tokens.len() {
            if self.s.tokens[number].stands {
                self.judge(number, self.end);
            }
        }
        let left = self.s.cases.iter().filter(|case| case.branches > 0).count();
        self.tally.cases.left = left as u32;
        let open = &self.model.cases[self.island.cases.clone()];
        for (number, case) in open.iter().enumerate() {
            self.tally.risk[number] = self.s.cases[number].late && !case.late;
        }
        self.tally.close();
    }

    fn push(&mut self, at: u32, what: u64, number: usize) {
        if at < self.end {
            self.s.events.push(Reverse(u64::from(at) << 32 | what << 30 | number as u64));
        }
    }

    fn token(&mut self, case: u32, class: u32, hop: u16) -> usize {
        self.s.tokens.push(Token { case, class, hop, stands: false, entered: 0, delay: 0 });
        self.s.tokens.len() - 1
    }

    fn station_of(&self, number: usize) -> usize {
        let class = &self.model.classes[self.s.tokens[number].class as usize];
        class.station as usize - self.island.stations.start
    }

    fn desk_of(&self, number: usize) -> usize {
        let class = &self.model.classes[self.s.tokens[number].class as usize];
        let pool = self.model.stations[class.station as usize].pool as usize;
        pool - self.island.pools.start
    }

    /// The hours of the agency at which a case stands.
    fn table_of(&self, number: usize) -> &crate::minutes::Minutes {
        let class = &self.model.classes[self.s.tokens[number].class as usize];
        let office = self.model.stations[class.station as usize].office;
        &self.model.tables[self.model.offices[office as usize].table as usize]
    }
}

fn officers(pool: &Pool, at: u32) -> u32 {
    u32::from(pool.officers[(at / DAY) as usize])
}
