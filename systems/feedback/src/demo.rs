//! Reports for the demonstration: some weeks of them, most answered, some late, a few refused.
//! **All of them are invented** (see [`crate::corpus`]); they go the same way as real ones, by the
//! same commands.

mod answers;

use casework::{Case, Command, DeclineReason, Stamp};
use desk::{Desk, Score};
use jiff::SignedDuration;
use kernel::{Actor, Instant, PlaceCode, PostId};
use procedure::StepId;
use store::{Tx, args};

use crate::{
    Error, Feedback, Result,
    category::Category,
    commands::{self, Approval, NewReport, Sorting},
    corpus::{Dice, Phrases, invent},
    geo::{Point, spots},
    model::{self, Report},
};

/// So many reports.
const REPORTS: u64 = 320;
/// Over so many days before the day of the demonstration.
const DAYS: f64 = 42.0;
/// Reports written in one transaction.
const BATCH: u64 = 20;

/// Writes the reports of the weeks before `until`; answers how many. The same seed gives the same
/// reports.
///
/// # Errors
/// Those of the store.
pub fn generate(desk: &Desk, until: Instant, seed: u64) -> Result<u64> {
    let feedback = Feedback::open(desk.clone());
    let places: Vec<PlaceCode> = match feedback.province() {
        Some(province) => {
            let directory = feedback.front.directory.get();
            let communes = directory.places().communes(&province);
            communes.map(|place| place.code.clone()).collect()
        }
        None => return Ok(0),
    };
    // In the order of time, as codes are given out.
    let mut order: Vec<(Instant, u64)> = (0..REPORTS)
        .map(|index| {
            let mut dice = Dice::of(seed, index);
            let seconds = (dice.unit() * DAYS * 86_400.0) as i64 + 600;
            (until - SignedDuration::from_secs(seconds), index)
        })
        .collect();
    order.sort_unstable();
    for some in order.chunks(BATCH as usize) {
        let (shared, some, places) = (feedback.clone(), some.to_vec(), places.clone());
        let written = feedback.front.store.write(move |tx| {
            for (at, index) in &some {
                let mut life = Life {
                    feedback: &shared,
                    dice: Dice::of(seed ^ 0x5EED, *index),
                    until,
                    phrases: &Phrases::all(),
                };
                life.run(tx, &places, *at)?;
            }
            Ok::<_, Error>(())
        });
        written.wait()?;
    }
    Ok(REPORTS)
}

/// The life of one report.
struct Life<'a> {
    feedback: &'a Feedback,
    dice: Dice,
    until: Instant,
    phrases: &'a Phrases,
}

impl Life<'_> {
    fn run(&mut self, tx: &mut Tx<'_>, places: &[PlaceCode], at: Instant) -> Result<()> {
        let Some(new) = self.invented(places) else { return Ok(()) };
        let text = new.text.clone();
        let sent = commands::report(tx, self.feedback, &new, at)?;
        let report = self.report(tx, sent.case.id)?;
        let mut case = sent.case;
        let mut now = at;
        if !new.category.is_confidential() {
            let Some(next) = self.after(now, 0.05, 1.2) else { return Ok(()) };
            now = next;
            if self.dice.chance(0.06) {
                return self.refuse(tx, &report, case, now);
            }
            case = self.sort(tx, &report, case, &text, now)?;
        }
        let slow = if self.dice.chance(0.16) { 130.0 } else { 30.0 };
        let Some(next) = self.after(now, 2.0, slow) else { return Ok(()) };
        now = next;
        let report = self.report(tx, report.case)?;
        let answer = answers::of(report.category, &mut self.dice);
        let Some(stamp) = self.holder(&case, "xu-ly", now) else { return Ok(()) };
        case = commands::answered(tx, self.feedback, case, answer, &stamp)?;
        let Some(next) = self.after(now, 0.5, 8.0) else { return Ok(()) };
        now = next;
        let Some(stamp) = self.holder(&case, "duyet", now) else { return Ok(()) };
        case = commands::approved(tx, self.feedback, &report, case, &stamp)?;
        if report.confidential || !report.shown {
            return Ok(());
        }
        let Some(next) = self.after(now, 0.5, 12.0) else { return Ok(()) };
        now = next;
        let stamp = self.stamp(self.hub_post(&case, now), now);
        let approval = Approval { answer: answer.to_owned(), photos: Vec::new() };
        commands::published(tx, self.feedback, &report, case, &approval, &stamp)?;
        if self.dice.chance(0.45) {
            let score = match self.dice.below(11) {
                0 | 1 => Score::Dissatisfied,
                2..=6 => Score::Satisfied,
                _ => Score::VerySatisfied,
            };
            let said = self.after(now, 1.0, 40.0).unwrap_or(now);
            commands::rate(tx, self.feedback, report.case, score, said)?;
        }
        self.support(tx, &report)
    }

    /// Some hours later; none where that lies after the day of the demonstration.
    fn after(&mut self, from: Instant, least: f64, most: f64) -> Option<Instant> {
        let hours = least + (most - least) * self.dice.unit() * self.dice.unit();
        let at = from + SignedDuration::from_secs((hours * 3600.0) as i64);
        (at < self.until).then_some(at)
    }

    fn invented(&mut self, places: &[PlaceCode]) -> Option<NewReport> {
        // A quarter in the ward of the demonstration, the rest all over the province.
        let ward: Option<PlaceCode> = "05443".parse().ok();
        let place = match ward.filter(|_| self.dice.chance(0.25)) {
            Some(ward) => ward,
            None => self.dice.pick(places)?.clone(),
        };
        let category = Category::ALL[self.dice.below(Category::SUGGESTED)];
        // Conduct is rare.
        let again = category.is_confidential() && self.dice.chance(0.6);
        let category = if again { Category::Roads } else { category };
        let thing = self.dice.below(self.phrases.things(category).max(1));
        let pattern = self.dice.below(13);
        let text = invent(self.phrases, category, thing, pattern, &mut self.dice).text;
        let spot = spots().get(&place)?;
        let mut off = || (self.dice.unit() - 0.5) * spot.reach / 111_320.0;
        let point = Point::new(spot.point.north + off(), spot.point.east + off());
        let point = point.filter(|_| self.dice.chance(0.7));
        Some(NewReport {
            text,
            category,
            suggested: None,
            place: Some(place),
            point,
            address: String::new(),
            name: String::new(),
            phone: None,
            email: None,
            anonymous: true,
            wanted_shown: self.dice.chance(0.95),
            photos: Vec::new(),
            attributes: serde_json::Map::new(),
            source: "web".to_owned(),
            party: None,
            reopens: None,
            to: None,
        })
    }

    fn sort(
        &mut self,
        tx: &mut Tx<'_>,
        report: &Report,
        case: Case,
        text: &str,
        now: Instant,
    ) -> Result<Case> {
        let rules = self.feedback.rules(tx)?;
        let directory = self.feedback.front.directory.get();
        let route = rules.route(report.category, report.place.as_ref(), &directory, now);
        let sorting = Sorting {
            category: report.category,
            place: report.place.clone(),
            agency: route.to.unwrap_or(case.decided_by),
            show: true,
            public_text: crate::redact::masked(text),
            public_place: String::new(),
        };
        let stamp = self.stamp(self.hub_post(&case, now), now);
        let profile = &route.profile;
        commands::sorted(tx, self.feedback, report, case, None, &sorting, profile, &stamp)
    }

    fn refuse(&mut self, tx: &mut Tx<'_>, report: &Report, case: Case, now: Instant) -> Result<()> {
        let stamp = self.stamp(self.hub_post(&case, now), now);
        let note = "Chưa rõ việc xảy ra ở đâu. Ông/bà gửi lại, ghi thêm số nhà hoặc chọn trên bản \
                    đồ.";
        let command = Command::Decline { reason: DeclineReason::Incomplete, note: note.into() };
        commands::act(tx, self.feedback, case, None, &command, &stamp)?;
        let tenant = &self.feedback.front.tenant;
        tx.put(
            "update feedback set refusal = 'unclear' where tenant = $1 and case_id = $2",
            args!(tenant, report.case),
        )?;
        commands::tell(tx, self.feedback, report.case, "refused", None, &stamp)?;
        Ok(())
    }

    fn support(&mut self, tx: &mut Tx<'_>, report: &Report) -> Result<()> {
        if self.dice.chance(0.7) {
            return Ok(());
        }
        let tenant = &self.feedback.front.tenant;
        let others = i64::try_from(1 + self.dice.below(14)).unwrap_or(1);
        tx.put(
            "update feedback set supporters = $3 where tenant = $1 and case_id = $2",
            args!(tenant, report.case, others),
        )?;
        Ok(())
    }

    fn report(&self, tx: &mut Tx<'_>, case: kernel::CaseId) -> Result<Report> {
        model::by_case(tx, &self.feedback.front.tenant, case)?.ok_or(Error::NoSuchReport)
    }

    /// Whoever holds a step stands behind what is done in it.
    fn holder(&self, case: &Case, step: &str, now: Instant) -> Option<Stamp> {
        let step: StepId = step.parse().ok()?;
        Some(self.stamp(Some(case.holdings.get(&step)?.post), now))
    }

    /// A receiver of the desk that has it first.
    fn hub_post(&self, case: &Case, now: Instant) -> Option<PostId> {
        let directory = self.feedback.front.directory.get();
        let mut posts = directory.posts_in(case.received_by, now);
        posts.find(|post| post.role.as_str() == "receiver").map(|post| post.id)
    }

    fn stamp(&self, post: Option<PostId>, now: Instant) -> Stamp {
        let directory = self.feedback.front.directory.get();
        let officer = post.and_then(|post| Some((post, directory.holder(post, now)?.id)));
        let actor = match officer {
            Some((post, person)) => Actor::Officer { person, post, acting_for: None },
            None => Actor::System("feedback".into()),
        };
        Stamp { actor, happened_at: now, recorded_at: now }
    }
}
