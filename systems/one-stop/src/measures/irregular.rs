//! Irregularities: patterns in the evidence that somebody should explain.
//!
//! A finding is a question and not a verdict: it names the dossiers, the rule and the events.

mod story;

use std::collections::HashMap;

use calendar::{Calendar, WorkingTime};
use jiff::{SignedDuration, ToSpan, civil::Date};
use kernel::{AgencyId, CaseCode, Instant, PartyId, PostId, ProcedureCode, from_local, today};

pub use self::story::{Fact, FactKind, Story};

/// A rule of the irregularity finder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IrregularityKind {
    /// A result was recorded long after it is said to have happened.
    LateRecording,
    /// The dossier was taken on after its result was recorded.
    AcceptedAfterResult,
    /// One post closed many dossiers shortly before a cut-off.
    ClosingBurst,
    /// The clock stood again and again, or very long.
    LongPause,
    /// The same applicant filed the same procedure again right after a withdrawal.
    Refiled,
    /// Work was closed outside working hours.
    OutsideHours,
}

impl IrregularityKind {
    /// Every rule, in the order of the page.
    pub const ALL: [Self; 6] = [
        Self::LateRecording,
        Self::AcceptedAfterResult,
        Self::ClosingBurst,
        Self::LongPause,
        Self::Refiled,
        Self::OutsideHours,
    ];

    /// Its word in addresses, texts and lists.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::LateRecording => "late_recording",
            Self::AcceptedAfterResult => "accepted_after_result",
            Self::ClosingBurst => "closing_burst",
            Self::LongPause => "long_pause",
            Self::Refiled => "refiled",
            Self::OutsideHours => "outside_hours",
        }
    }

    /// The rule of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// From where on a rule speaks.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// A result is recorded late from this much working time on.
    pub late_recording: WorkingTime,
    /// A burst has at least so many closings by one post …
    pub burst_min: usize,
    /// … in this many hours before a cut-off …
    pub burst_hours: i64,
    /// … which are at least so many hundredths of what the post closed in the thirty days before.
    pub burst_percent: usize,
    /// A pause is long from this much working time on.
    pub long_pause: WorkingTime,
    /// A clock that stands so often is worth a question.
    pub pauses_many: usize,
    /// Filed again within this much working time after a withdrawal.
    pub refiled_within: WorkingTime,
    /// Nobody works this much time before and after working hours.
    pub outside_margin_minutes: i64,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            late_recording: WorkingTime::DAY,
            burst_min: 8,
            burst_hours: 8,
            burst_percent: 40,
            long_pause: WorkingTime::days(20),
            pauses_many: 3,
            refiled_within: WorkingTime::days(3),
            outside_margin_minutes: 60,
        }
    }
}

/// A pattern that somebody should explain; no verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// By which rule.
    pub kind: IrregularityKind,
    /// Which dossiers, at least one.
    pub cases: Vec<CaseCode>,
    /// Where.
    pub agency: AgencyId,
    /// By which post, where the rule speaks of one.
    pub post: Option<PostId>,
    /// The events that show it; of a burst, the first and the last.
    pub evidence: Vec<Fact>,
    /// The working time that the rule measured, if it measured one.
    pub time: Option<WorkingTime>,
}

/// Everything that the rules find in these stories as they are known at `now`, by rule and then
/// in the order of the stories.
pub fn find<'a>(
    stories: &[Story],
    calendar: impl Fn(AgencyId) -> &'a Calendar,
    rules: &Rules,
    now: Instant,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for story in stories {
        let calendar = calendar(story.agency);
        found.extend(late_recording(story, calendar, rules));
        found.extend(accepted_after_result(story));
        found.extend(long_pause(story, calendar, rules, now));
        found.extend(outside_hours(story, calendar, rules));
    }
    found.extend(refiled(stories, &calendar, rules));
    found.extend(bursts(stories, rules));
    found.sort_by_key(|finding| finding.kind);
    found
}

fn one(kind: IrregularityKind, story: &Story, evidence: Vec<Fact>) -> Finding {
    let post = evidence.last().and_then(|fact| fact.post);
    let (cases, agency) = (vec![story.code.clone()], story.agency);
    Finding { kind, cases, agency, post, evidence, time: None }
}

fn late_recording(story: &Story, calendar: &Calendar, rules: &Rules) -> Option<Finding> {
    let results = [FactKind::Finished, FactKind::Returned];
    let late = story.facts.iter().filter(|fact| results.contains(&fact.kind)).find_map(|fact| {
        let gap = calendar.elapsed(fact.happened, fact.recorded);
        (gap >= rules.late_recording).then_some((fact, gap))
    });
    let (fact, gap) = late?;
    Some(Finding { time: Some(gap), ..one(IrregularityKind::LateRecording, story, vec![*fact]) })
}

/// The journal cannot take events of a dossier out of order; what can be is that a dossier was
/// entered when its result was there already.
fn accepted_after_result(story: &Story) -> Option<Finding> {
    let accepted = story.fact(FactKind::Accepted)?;
    let result = story.fact(FactKind::Finished)?;
    let after = accepted.recorded > result.happened;
    after.then(|| one(IrregularityKind::AcceptedAfterResult, story, vec![*accepted, *result]))
}

/// A pause ends with the next event that starts or ends the clock; one that lasts, now. A fee may
/// be long awaited too, but that it is awaited at all the law says, and not the agency: such a
/// pause does not make pauses many.
fn long_pause(story: &Story, calendar: &Calendar, rules: &Rules, now: Instant) -> Option<Finding> {
    let mut pauses = Vec::new();
    for (at, fact) in story.facts.iter().enumerate() {
        if fact.kind.pauses() {
            let end = story.facts[at + 1..].iter().find(|next| !next.kind.pauses());
            let until = end.map_or(now, |end| end.happened);
            pauses.push((fact, end, calendar.elapsed(fact.happened, until)));
        }
    }
    let longest = pauses.iter().max_by_key(|(_, _, length)| *length)?;
    let own = pauses.iter().filter(|(fact, ..)| fact.kind == FactKind::Paused).count();
    let speaks = longest.2 >= rules.long_pause || own >= rules.pauses_many;
    let evidence = [Some(longest.0), longest.1].into_iter().flatten().copied().collect();
    speaks.then(|| Finding {
        time: Some(longest.2),
        ..one(IrregularityKind::LongPause, story, evidence)
    })
}

fn outside_hours(story: &Story, calendar: &Calendar, rules: &Rules) -> Option<Finding> {
    let closings = [FactKind::Finished, FactKind::Stopped];
    let margin = SignedDuration::from_mins(rules.outside_margin_minutes);
    let fact = story.facts.iter().find(|fact| {
        let (from, to) = (fact.recorded - margin, fact.recorded + margin);
        closings.contains(&fact.kind) && calendar.elapsed(from, to).is_zero()
    })?;
    Some(one(IrregularityKind::OutsideHours, story, vec![*fact]))
}

fn refiled<'a>(
    stories: &[Story],
    calendar: &impl Fn(AgencyId) -> &'a Calendar,
    rules: &Rules,
) -> Vec<Finding> {
    let mut filed: HashMap<(PartyId, &ProcedureCode), Vec<(&Story, &Fact)>> = HashMap::new();
    for story in stories {
        if let Some(fact) = story.fact(FactKind::Submitted) {
            filed.entry((story.applicant, &story.procedure)).or_default().push((story, fact));
        }
    }
    let mut found = Vec::new();
    for story in stories {
        let Some(withdrawn) = story.fact(FactKind::Withdrawn) else { continue };
        let again = filed.get(&(story.applicant, &story.procedure)).into_iter().flatten();
        let again = again.filter(|(other, fact)| {
            other.code != story.code && fact.happened >= withdrawn.happened
        });
        let next = again.min_by_key(|(_, fact)| fact.happened);
        let Some((next, fact)) = next else { continue };
        let gap = calendar(story.agency).elapsed(withdrawn.happened, fact.happened);
        if gap <= rules.refiled_within {
            let finding = one(IrregularityKind::Refiled, story, vec![*withdrawn, **fact]);
            let cases = vec![story.code.clone(), next.code.clone()];
            found.push(Finding { cases, time: Some(gap), post: withdrawn.post, ..finding });
        }
    }
    found
}

/// Cut-offs: the end of the 14th, when the monthly report closes, and the end of the month.
fn bursts(stories: &[Story], rules: &Rules) -> Vec<Finding> {
    let mut closings: HashMap<PostId, Vec<(Instant, &Story, Fact)>> = HashMap::new();
    for story in stories {
        let closed = [FactKind::Finished, FactKind::Stopped];
        for fact in story.facts.iter().filter(|fact| closed.contains(&fact.kind)) {
            if let Some(post) = fact.post {
                closings.entry(post).or_default().push((fact.recorded, story, *fact));
            }
        }
    }
    let mut posts: Vec<_> = closings.into_iter().collect();
    posts.sort_by_key(|(post, _)| *post);
    let mut found = Vec::new();
    for (post, mut all) in posts {
        all.sort_by_key(|(at, story, _)| (*at, story.code.clone()));
        let mut cut_offs: Vec<Instant> = all.iter().map(|(at, ..)| cut_off_after(*at)).collect();
        cut_offs.dedup();
        for cut_off in cut_offs {
            // The office closes at 17:00, seven hours before the day ends.
            let from = cut_off - SignedDuration::from_hours(rules.burst_hours + 7);
            let month = cut_off - SignedDuration::from_hours(30 * 24);
            let usual = all.iter().filter(|(at, ..)| month <= *at && *at < cut_off).count();
            let burst: Vec<_> =
                all.iter().filter(|(at, ..)| from <= *at && *at < cut_off).collect();
            let many = burst.len() >= rules.burst_min;
            if !many || burst.len() * 100 < usual * rules.burst_percent {
                continue;
            }
            let evidence = [burst.first(), burst.last()].into_iter().flatten();
            found.push(Finding {
                kind: IrregularityKind::ClosingBurst,
                cases: burst.iter().map(|(_, story, _)| story.code.clone()).collect(),
                agency: burst[0].1.agency,
                post: Some(post),
                evidence: evidence.map(|(.., fact)| *fact).collect(),
                time: None,
            });
        }
    }
    found
}

fn cut_off_after(at: Instant) -> Instant {
    let day = today(at);
    let last = if day.day() <= 14 {
        Date::constant(day.year(), day.month(), 14)
    } else {
        day.last_of_month()
    };
    from_local(last.saturating_add(1.day()).at(0, 0, 0, 0))
}

#[cfg(test)]
mod tests;
