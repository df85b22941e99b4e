//! Honest dossiers with planted irregularities: what is found, and what is not.

use std::collections::BTreeSet;

use calendar::{CaseClock, Ground};
use kernel::{AgencyCode, Mint};

use super::*;

fn at(text: &str) -> Instant {
    let at: jiff::civil::DateTime = format!("2026-{text}:00").parse().unwrap();
    kernel::from_local(at)
}

struct Plant {
    mint: Mint,
    agency: AgencyId,
    expert: PostId,
    stories: Vec<Story>,
    planted: BTreeSet<(IrregularityKind, String)>,
}

impl Plant {
    fn new() -> Self {
        let mint = Mint::seeded(7);
        let (agency, expert) = (mint.id(at("11-01T08:00")), mint.id(at("11-01T08:00")));
        Self { mint, agency, expert, stories: Vec::new(), planted: BTreeSet::new() }
    }

    /// A dossier that was filed, taken on and finished in working hours, recorded at once.
    fn honest(&mut self, filed: &str, finished: &str) -> usize {
        let serial = u32::try_from(self.stories.len()).unwrap() + 1;
        let code: AgencyCode = "H55.62".parse().unwrap();
        let applicant = self.mint.id(at(filed));
        self.stories.push(Story {
            code: CaseCode::new(&code, today(at(filed)), serial),
            agency: self.agency,
            procedure: "1.001193".parse().unwrap(),
            applicant,
            facts: Vec::new(),
        });
        let index = self.stories.len() - 1;
        self.tell(index, FactKind::Submitted, filed, filed);
        self.tell(index, FactKind::Accepted, filed, filed);
        self.tell(index, FactKind::Finished, finished, finished);
        index
    }

    fn tell(&mut self, story: usize, kind: FactKind, happened: &str, recorded: &str) {
        let (happened, recorded) = (at(happened), at(recorded));
        let post = Some(self.expert);
        self.stories[story].facts.push(Fact { kind, post, happened, recorded });
    }

    fn label(&mut self, kind: IrregularityKind, story: usize) {
        self.planted.insert((kind, self.stories[story].code.to_string()));
    }
}

fn month() -> Plant {
    let mut plant = Plant::new();
    // Sixty honest dossiers over November, six a day.
    for n in 0..60 {
        let day = 2 + n / 6;
        if matches!(day, 7 | 8) {
            continue;
        }
        let filed = format!("11-{day:02}T{:02}:15", 8 + n % 3);
        let done = format!("11-{day:02}T{:02}:40", 14 + n % 3);
        plant.honest(&filed, &done);
    }
    let mut plant_one = |kind, change: &dyn Fn(&mut Plant) -> usize| {
        let story = change(&mut plant);
        plant.label(kind, story);
    };
    plant_one(IrregularityKind::LateRecording, &|plant| {
        let story = plant.honest("11-03T08:30", "11-05T10:00");
        plant.stories[story].facts[2].recorded = at("11-10T10:00");
        story
    });
    plant_one(IrregularityKind::AcceptedAfterResult, &|plant| {
        let story = plant.honest("11-03T08:30", "11-03T10:00");
        plant.stories[story].facts[1].recorded = at("11-03T11:00");
        plant.stories[story].facts[2].recorded = at("11-03T11:01");
        story
    });
    plant_one(IrregularityKind::LongPause, &|plant| {
        let story = plant.honest("09-03T08:30", "11-05T10:00");
        plant.tell(story, FactKind::Paused, "09-04T08:30", "09-04T08:30");
        plant.tell(story, FactKind::Resumed, "11-04T08:30", "11-04T08:30");
        plant.stories[story].facts.sort_by_key(|fact| fact.recorded);
        story
    });
    plant_one(IrregularityKind::OutsideHours, &|plant| plant.honest("11-04T09:00", "11-05T22:40"));
    let first = plant.honest("11-09T09:00", "11-12T09:00");
    plant.stories[first].facts.truncate(2);
    plant.tell(first, FactKind::Withdrawn, "11-10T09:00", "11-10T09:00");
    let again = plant.honest("11-10T15:00", "11-12T09:30");
    plant.stories[again].applicant = plant.stories[first].applicant;
    plant.label(IrregularityKind::Refiled, first);
    // Another post closes twelve in the last hour before the end of November, and few before.
    let other = plant.mint.id(at("11-01T08:00"));
    let mut burst: Vec<usize> =
        (0..3).map(|n| plant.honest("11-16T08:10", &format!("11-17T{:02}:10", n + 8))).collect();
    let last = (0..12).map(|n| plant.honest("11-25T08:10", &format!("11-30T16:{:02}", 10 + n)));
    let last: Vec<usize> = last.collect();
    burst.extend(&last);
    for story in &burst {
        plant.stories[*story].facts.iter_mut().for_each(|fact| fact.post = Some(other));
    }
    plant.label(IrregularityKind::ClosingBurst, last[0]);
    plant
}

#[test]
fn planted_irregularities_are_found_and_honest_work_is_left_alone() {
    let plant = month();
    let calendar = Calendar::default();
    let findings = find(&plant.stories, |_| &calendar, &Rules::default(), at("12-01T08:00"));
    let found: BTreeSet<(IrregularityKind, String)> =
        findings.iter().map(|f| (f.kind, f.cases[0].to_string())).collect();
    for kind in IrregularityKind::ALL {
        let of = |set: &BTreeSet<(IrregularityKind, String)>| {
            set.iter().filter(|(k, _)| *k == kind).cloned().collect::<BTreeSet<_>>()
        };
        let (planted, found) = (of(&plant.planted), of(&found));
        let hits = planted.intersection(&found).count();
        println!(
            "{:<22} planted {} found {} precision {}/{} recall {}/{}",
            kind.word(),
            planted.len(),
            found.len(),
            hits,
            found.len(),
            hits,
            planted.len()
        );
    }
    assert_eq!(found, plant.planted);
    let burst = findings.iter().find(|f| f.kind == IrregularityKind::ClosingBurst).unwrap();
    assert_eq!(burst.cases.len(), 12);
}

#[test]
fn just_below_every_threshold_nothing_is_said() {
    let mut plant = Plant::new();
    let story = plant.honest("11-03T08:30", "11-05T10:00");
    plant.stories[story].facts[2].recorded = at("11-06T09:59");
    let story = plant.honest("11-03T08:30", "11-05T17:20");
    plant.tell(story, FactKind::Returned, "11-05T17:25", "11-05T17:25");
    for n in 0..7 {
        plant.honest("11-25T08:10", &format!("11-30T16:1{n}"));
    }
    let calendar = Calendar::default();
    assert_eq!(find(&plant.stories, |_| &calendar, &Rules::default(), at("12-01T08:00")), []);
}

#[test]
fn a_busy_post_that_closes_every_day_alike_makes_no_burst() {
    let mut plant = Plant::new();
    for day in [16, 17, 18, 19, 20, 23, 25, 26, 27, 30] {
        for n in 0..10 {
            plant.honest(&format!("11-{day}T08:10"), &format!("11-{day}T15:{:02}", 10 + n));
        }
    }
    let calendar = Calendar::default();
    assert_eq!(find(&plant.stories, |_| &calendar, &Rules::default(), at("12-01T08:00")), []);
}

#[test]
fn what_stops_no_clock_is_no_pause() {
    let start = at("11-03T08:30");
    let running = CaseClock::until(start, at("11-06T08:30"));
    let mut standing = running.clone();
    standing.pause(at("11-04T08:30"), Ground::FinancialObligation).unwrap();
    let of = |kind, clock| FactKind::of_event(kind, clock);
    assert_eq!(of("obligation_set", Some(&standing)), Some(FactKind::FeeAwaited));
    assert_eq!(of("obligation_set", None), None, "a fee that is paid at the counter");
    assert_eq!(of("supplement_requested", None), None, "asked for before acceptance");
    let mut asked = running.clone();
    asked.pause(at("11-04T08:30"), Ground::Supplement).unwrap();
    assert_eq!(of("supplement_requested", Some(&asked)), Some(FactKind::Paused));
    assert_eq!(of("paid", Some(&running)), Some(FactKind::Resumed));
    assert_eq!(of("paid", None), None, "paid with the result");
}

#[test]
fn a_pause_that_lasts_grows_until_now() {
    let mut plant = Plant::new();
    let story = plant.honest("09-03T08:30", "11-05T10:00");
    plant.stories[story].facts.truncate(2);
    plant.tell(story, FactKind::Paused, "10-01T08:30", "10-01T08:30");
    let calendar = Calendar::default();
    let found = |now| find(&plant.stories, |_| &calendar, &Rules::default(), at(now)).len();
    assert_eq!((found("10-20T08:30"), found("11-03T08:30")), (0, 1));
}

#[test]
fn two_requests_and_a_fee_are_not_many_pauses() {
    let many = |kinds: [FactKind; 3]| {
        let mut plant = Plant::new();
        let story = plant.honest("11-03T08:30", "11-05T10:00");
        plant.stories[story].facts.truncate(2);
        for (hour, kind) in (9..).zip(kinds) {
            let (from, to) = (format!("11-04T{hour:02}:00"), format!("11-04T{hour:02}:30"));
            plant.tell(story, kind, &from, &from);
            plant.tell(story, FactKind::Resumed, &to, &to);
        }
        let calendar = Calendar::default();
        find(&plant.stories, |_| &calendar, &Rules::default(), at("12-01T08:00")).len()
    };
    assert_eq!(many([FactKind::Paused, FactKind::FeeAwaited, FactKind::Paused]), 0);
    assert_eq!(many([FactKind::Paused; 3]), 1);
}

#[test]
fn the_words_of_the_rules_are_read_back() {
    for kind in IrregularityKind::ALL {
        assert_eq!(IrregularityKind::from_word(kind.word()), Some(kind));
    }
}
