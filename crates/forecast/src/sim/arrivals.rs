//! What comes in a run.

use crate::{
    draw,
    minutes::DAY,
    model::{Island, Model, Stream},
};

/// A case that comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Arrival {
    pub(crate) at: u32,
    pub(crate) class: u32,
    pub(crate) key: u64,
}

/// Draws what comes to an island, in order of time.
///
/// Each day to come repeats an observed day of its kind, the same for all agencies with the same
/// history, so that a day on which everybody comes is one day and not many. The observed days are
/// themselves drawn anew in every run, so that a short history gives runs that lie far apart.
pub(super) fn draw(model: &Model, island: &Island, run: u64, arrivals: &mut Vec<Arrival>) {
    let mut alike: Vec<Option<u16>> = Vec::with_capacity(model.days);
    let mut office = u32::MAX;
    for stream in &model.streams[island.streams.clone()] {
        if office != stream.office {
            office = stream.office;
            alike.clear();
            alike.extend((0..model.days).map(|day| observed(model, office, run, day)));
        }
        let row = &model.counts[stream.row as usize * model.days_observed..];
        for (day, observed) in alike.iter().enumerate() {
            let count = observed.map_or(0, |observed| row[usize::from(observed)]);
            for number in 0..count {
                come(model, stream, run, (day, number), arrivals);
            }
        }
    }
    arrivals.sort_unstable();
}

/// The observed day that a day repeats; none where there is none of its kind.
fn observed(model: &Model, office: u32, run: u64, day: usize) -> Option<u16> {
    let (from, count) = model.offices[office as usize].days[day].from;
    let like = &model.candidates[from as usize..][..count as usize];
    let slot = draw::below(draw::upper(draw::of(run, day as u64)), like.len());
    let drawn = draw::of(run ^ 0x5eed, (count as u64) << 32 | slot as u64);
    like.get(draw::below(draw::upper(drawn), like.len())).copied()
}

fn come(
    model: &Model,
    stream: &Stream,
    run: u64,
    (day, number): (usize, u16),
    arrivals: &mut Vec<Arrival>,
) {
    let key = draw::of(draw::of(stream.key, run), (day as u64) << 32 | u64::from(number));
    let at = instant(model, stream, day, draw::mix(key));
    // What came before now is in hand already.
    if at < model.now {
        return;
    }
    let mut push = |key| arrivals.push(Arrival { at, class: stream.class, key });
    if stream.percent == 100 {
        return push(key);
    }
    // So many whole copies, and one more as often as the rest says. The first is the case that
    // comes without the change too.
    let some = u32::from(draw::happens(draw::lower(draw::mix(!key)), stream.percent % 100));
    for copy in 0..stream.percent / 100 + some {
        push(if copy == 0 { key } else { draw::of(key, u64::from(copy)) });
    }
}

/// When on its day a case comes: by the hours at which cases come to the office, else evenly
/// through its working time.
fn instant(model: &Model, stream: &Stream, day: usize, chance: u64) -> u32 {
    let office = &model.offices[stream.office as usize];
    match &office.hours {
        Some(hours) => {
            let hour = hours.iter().position(|upto| draw::upper(chance) <= *upto).unwrap_or(23);
            day as u32 * DAY + hour as u32 * 3600 + draw::below(draw::lower(chance), 3600) as u32
        }
        None => model.tables[office.table as usize].within_day(day, draw::upper(chance)),
    }
}
