//! What comes in a run.

use super::{ALONE, Run, Token};
use crate::{
    draw,
    minutes::DAY,
    model::{Model, Stream},
};

/// Draws what comes to an island, and sends it to where it comes.
///
/// Each day to come repeats an observed day of its kind, the same for all agencies with the same
/// history, so that a day on which everybody comes is one day and not many. The observed days are
/// themselves drawn anew in every run, so that a short history gives runs that lie far apart.
pub(super) fn draw(run: &mut Run<'_>) {
    let model = run.model;
    let mut alike = std::mem::take(&mut run.s.alike);
    let mut office = u32::MAX;
    for stream in &model.streams[run.island.streams.clone()] {
        if office != stream.office {
            office = stream.office;
            alike.clear();
            alike.extend((0..model.days).map(|day| observed(model, office, run.key, day)));
        }
        let row = &model.counts[stream.row as usize * model.days_observed..];
        for (day, observed) in alike.iter().enumerate() {
            let count = observed.map_or(0, |observed| row[usize::from(observed)]);
            for number in 0..count {
                come(run, stream, (day, number));
            }
        }
    }
    run.s.alike = alike;
}

/// The observed day that a day repeats; none where there is none of its kind.
fn observed(model: &Model, office: u32, run: u64, day: usize) -> Option<u16> {
    let (from, count) = model.offices[office as usize].days[day].from;
    let like = &model.candidates[from as usize..][..count as usize];
    let slot = draw::below(draw::upper(draw::of(run, day as u64)), like.len());
    let drawn = draw::of(run ^ 0x5eed, (u64::from(count) << 32) | slot as u64);
    like.get(draw::below(draw::upper(drawn), like.len())).copied()
}

fn come(run: &mut Run<'_>, stream: &Stream, (day, number): (usize, u16)) {
    let model = run.model;
    let key = draw::of(draw::of(stream.key, run.key), ((day as u64) << 32) | u64::from(number));
    let at = instant(model, stream, day, draw::mix(key));
    // What came before now is in hand already.
    if at < model.now {
        return;
    }
    let class = &model.classes[stream.class as usize];
    let due = run.table_of(class).due(at, &model.dues[class.procedure as usize]);
    let mut send = |key| {
        run.tally.cases.came += 1;
        let (class, case) = (stream.class, ALONE);
        run.send(Token { at, number: 0, key, due, class, case, hop: 0, late: false });
    };
    if stream.percent == 100 {
        return send(key);
    }
    // So many whole copies, and one more as often as the rest says. The first is the case that
    // comes without the change too.
    let some = u32::from(draw::happens(draw::lower(draw::mix(!key)), stream.percent % 100));
    for copy in 0..stream.percent / 100 + some {
        send(if copy == 0 { key } else { draw::of(key, u64::from(copy)) });
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
