//! From records to the inputs of a forecast.

mod arrivals;
mod stays;
mod teams;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use calendar::WorkingTime;
use kernel::{AgencyId, CaseId, Instant, PostId, ProcedureCode};

use crate::{
    At, Dropped, Inputs, Next, Office, OpenWork, Procedure, Record, StepDone, Stream, Successors,
};

/// Fewer observations of a kind are not relied on where there are more of a wider kind.
pub const FEW: u16 = 12;

/// What the journal told, kept small: records are added in any order, one after the other.
///
/// Records of agencies that are no more are read as those of their successors.
#[derive(Debug, Clone, Default)]
pub struct History {
    successors: Successors,
    numbers: BTreeMap<At, u32>,
    ats: Vec<At>,
    next_numbers: BTreeMap<Vec<Next>, u32>,
    nexts: Vec<Vec<Next>>,
    done: Vec<Done>,
    arrived: Vec<(u32, i64)>,
    resumed: Vec<(ProcedureCode, i64, i64)>,
    backwards: u32,
}

/// A completed step; instants in microseconds.
#[derive(Debug, Clone, Copy)]
struct Done {
    case: CaseId,
    post: Option<PostId>,
    at: u32,
    next: u32,
    held: u32,
    entered: i64,
    done: i64,
    due: Option<i64>,
}

/// What of a history is used.
struct Within<'a> {
    done: Vec<&'a Done>,
    arrived: Vec<(u32, Instant)>,
    pauses: BTreeMap<ProcedureCode, Vec<u32>>,
    dropped: Dropped,
}

impl History {
    /// A history in which nothing happened yet.
    #[must_use]
    pub fn new(successors: Successors) -> Self {
        Self { successors, ..Self::default() }
    }

    /// Adds what the journal tells. A record that ends before it begins is dropped and counted.
    pub fn add(&mut self, record: Record) {
        match record {
            Record::Arrived(arrived) => {
                let at = self.number(arrived.at);
                self.arrived.push((at, kernel::micros(arrived.when)));
            }
            Record::Done(step) => self.add_step(step),
            Record::Resumed(pause) => {
                let (from, to) = (kernel::micros(pause.from), kernel::micros(pause.to));
                match from <= to {
                    true => self.resumed.push((pause.procedure, from, to)),
                    false => self.backwards += 1,
                }
            }
        }
    }

    fn add_step(&mut self, step: StepDone) {
        let (entered, done) = (kernel::micros(step.entered), kernel::micros(step.done));
        let held = step.held.as_seconds();
        if entered > done || held > (done - entered).unsigned_abs() / 1_000_000 {
            self.backwards += 1;
            return;
        }
        let now = |next: Next| Next { agency: self.successors.of(next.agency), ..next };
        let next: Vec<Next> = step.next.into_iter().map(now).collect();
        let next = match self.next_numbers.get(&next) {
            Some(known) => *known,
            None => {
                let number = self.nexts.len() as u32;
                self.nexts.push(next.clone());
                self.next_numbers.insert(next, number);
                number
            }
        };
        let at = self.number(step.at);
        self.done.push(Done {
            case: step.case,
            post: step.post,
            at,
            next,
            held: u32::try_from(held).unwrap_or(u32::MAX),
            entered,
            done,
            due: step.due.map(kernel::micros),
        });
    }

    fn number(&mut self, at: At) -> u32 {
        let at = At { agency: self.successors.of(at.agency), ..at };
        if let Some(known) = self.numbers.get(&at) {
            return *known;
        }
        let new = self.ats.len() as u32;
        self.ats.push(at.clone());
        self.numbers.insert(at, new);
        new
    }

    /// The inputs of a forecast that looks ahead from the end of `span` and rests on what was
    /// told within it. The hours at which cases come are taken from the history where it tells
    /// of any. Teams are those who did the steps in the last four weeks; whoever knows better
    /// puts others in their place.
    #[must_use]
    pub fn inputs(
        &self,
        span: Range<Instant>,
        offices: &[Office],
        procedures: &[Procedure],
        open: &[OpenWork],
    ) -> Inputs {
        let used = self.within(&span, offices);
        let index = |at: &At| offices.iter().position(|office| office.agency == at.agency);
        let office_of: Vec<Option<usize>> = self.ats.iter().map(index).collect();
        let seen = used
            .done
            .iter()
            .filter_map(|step| Some(self.seen(step, &offices[office_of[step.at as usize]?])));
        let seen: Vec<stays::Seen> = seen.collect();
        let (arrivals, came) = arrivals::count(&used.arrived, &span);
        let stream = |(at, counts)| Stream { at: self.ats[at as usize].clone(), counts };
        let streams = arrivals.1.into_iter().map(stream);
        let mut hours = vec![[0; 24]; offices.len()];
        for (at, hour) in came {
            office_of[at as usize].into_iter().for_each(|office| hours[office][hour] += 1);
        }
        let mut offices = offices.to_vec();
        for (office, hours) in offices.iter_mut().zip(hours).filter(|(_, h)| *h != [0; 24]) {
            office.hours = hours;
        }
        let mut stays: BTreeMap<u32, Vec<crate::Stay>> = BTreeMap::new();
        let mut routes: BTreeMap<u32, BTreeMap<u32, u32>> = BTreeMap::new();
        for (step, stay) in used.done.iter().zip(stays::split(&seen, usize::from(FEW))) {
            stays.entry(step.at).or_default().push(stay);
            *routes.entry(step.at).or_default().entry(step.next).or_default() += 1;
        }
        let named = |counts: BTreeMap<u32, u32>| {
            counts
                .into_iter()
                .map(|(next, count)| (self.nexts[next as usize].clone(), count))
                .collect()
        };
        let at = |number: u32| self.ats[number as usize].clone();
        Inputs {
            now: span.end,
            offices,
            teams: teams::of(&used.done, &self.ats, kernel::micros(span.end)),
            procedures: procedures.to_vec(),
            open: open.iter().map(|work| self.today(work)).collect(),
            arrivals: crate::Arrivals { days: arrivals.0, streams: streams.collect() },
            stays: stays.into_iter().map(|(number, stays)| (at(number), stays)).collect(),
            routes: routes.into_iter().map(|(number, next)| (at(number), named(next))).collect(),
            pauses: used.pauses,
            dropped: used.dropped,
        }
    }

    /// What lies within a span and in agencies whose hours are known; the rest is counted.
    fn within(&self, span: &Range<Instant>, offices: &[Office]) -> Within<'_> {
        let micros = kernel::micros(span.start)..kernel::micros(span.end);
        let known: BTreeSet<AgencyId> = offices.iter().map(|office| office.agency).collect();
        let here: Vec<bool> = self.ats.iter().map(|at| known.contains(&at.agency)).collect();
        let goes: Vec<bool> =
            self.nexts.iter().map(|next| next.iter().all(|n| known.contains(&n.agency))).collect();
        let mut dropped = Dropped { backwards: self.backwards, ..Dropped::default() };
        let mut usable = |at: i64, here: bool| {
            match at {
                at if at < micros.start => dropped.before += 1,
                at if at >= micros.end => dropped.ahead += 1,
                _ if !here => dropped.nowhere += 1,
                _ => return true,
            }
            false
        };
        let done = self.done.iter();
        let done = done.filter(|s| usable(s.done, here[s.at as usize] && goes[s.next as usize]));
        let done: Vec<&Done> = done.collect();
        let arrived = self.arrived.iter().filter(|(at, when)| usable(*when, here[*at as usize]));
        let arrived = arrived.map(|(at, when)| (*at, kernel::from_micros(*when))).collect();
        let mut pauses: BTreeMap<ProcedureCode, Vec<u32>> = BTreeMap::new();
        for (procedure, from, to) in self.resumed.iter().filter(|(.., to)| usable(*to, true)) {
            let seconds = u32::try_from((to - from) / 1_000_000).unwrap_or(u32::MAX);
            pauses.entry(procedure.clone()).or_default().push(seconds);
        }
        Within { done, arrived, pauses, dropped }
    }

    /// A step in the working time of its agency.
    fn seen(&self, step: &Done, office: &Office) -> stays::Seen {
        let at = &self.ats[step.at as usize];
        let position = |micros| {
            let time = office.calendar.elapsed(Instant::UNIX_EPOCH, kernel::from_micros(micros));
            u32::try_from(time.as_seconds()).unwrap_or(u32::MAX)
        };
        stays::Seen {
            agency: at.agency,
            step: at.step.clone(),
            post: step.post,
            entered: position(step.entered).saturating_add(step.held),
            done: position(step.done),
        }
    }

    fn today(&self, work: &OpenWork) -> OpenWork {
        let agency = self.successors.of(work.at.agency);
        OpenWork { at: At { agency, ..work.at.clone() }, ..work.clone() }
    }

    /// What was in hand at an instant that is over: steps that were completed later, and those
    /// of `still_open` that had opened. Pauses of that time are not known any more.
    pub(crate) fn open_at(&self, at: Instant, still_open: &[OpenWork]) -> Vec<OpenWork> {
        let micros = kernel::micros(at);
        let then = self.done.iter().filter(|step| step.entered < micros && step.done >= micros);
        let then = then.map(|step| OpenWork {
            case: step.case,
            at: self.ats[step.at as usize].clone(),
            entered: kernel::from_micros(step.entered),
            due: step.due.map(kernel::from_micros),
            paused: None,
        });
        let since = still_open.iter().filter(|work| work.entered < at);
        then.chain(since.map(|work| self.today(work))).collect()
    }

    /// Where and when cases became late within a span: the agency that held them when their due
    /// time passed.
    pub(crate) fn fell_late<'a>(
        &'a self,
        span: &'a Range<Instant>,
        still_open: &'a [OpenWork],
    ) -> impl Iterator<Item = (AgencyId, Instant)> + 'a {
        let done = self.done.iter().filter_map(|step| {
            let late = step.due.filter(|due| step.entered <= *due && *due < step.done)?;
            Some((step.case, self.ats[step.at as usize].agency, kernel::from_micros(late)))
        });
        let open = still_open.iter().filter(|work| work.paused.is_none()).filter_map(|work| {
            let late = work.due.filter(|due| work.entered <= *due)?;
            Some((work.case, self.successors.of(work.at.agency), late))
        });
        let mut known = BTreeSet::new();
        let late = done.chain(open).filter(|(.., late)| span.contains(late));
        // A case with several open steps became late once.
        late.filter(move |(case, ..)| known.insert(*case)).map(|(_, agency, late)| (agency, late))
    }

    /// The first and the last instant that anything is told of.
    pub(crate) fn span(&self) -> Option<Range<Instant>> {
        let arrived = self.arrived.iter().map(|(_, when)| *when);
        let times = arrived.chain(self.done.iter().map(|step| step.done));
        let (first, last) = times.fold(None, |span: Option<(i64, i64)>, at| {
            Some(span.map_or((at, at), |(first, last)| (first.min(at), last.max(at))))
        })?;
        Some(kernel::from_micros(first)..kernel::from_micros(last))
    }
}

/// Working time of so many seconds.
fn seconds(seconds: u32) -> WorkingTime {
    WorkingTime::seconds(seconds.into())
}
