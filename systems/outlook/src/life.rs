//! The life of one case, event by event, as far as a forecast learns from it: when it came, when
//! each step opened and was completed, where it went on, when its clock stood.

use std::collections::BTreeMap;

use kernel::{Actor, AgencyId, Instant, PostId, ProcedureCode};
use serde::Deserialize;

/// What an event says.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Fields {
    #[serde(default)]
    procedure: Option<UnderText>,
    #[serde(default)]
    clock: Option<ClockText>,
    #[serde(default)]
    opened: Option<OpenedText>,
    #[serde(default)]
    step: Option<String>,
    #[serde(default)]
    marking: Option<MarkingText>,
}

#[derive(Debug, Deserialize)]
struct UnderText {
    code: ProcedureCode,
}

#[derive(Debug, Deserialize)]
struct ClockText {
    due: Instant,
    #[serde(default)]
    pauses: Vec<PauseText>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
struct PauseText {
    from: Instant,
    to: Option<Instant>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OpenedText {
    Many(Vec<OneOpened>),
    One(OneOpened),
}

#[derive(Debug, Clone, Deserialize)]
struct OneOpened {
    step: String,
    post: PostId,
    agency: AgencyId,
}

#[derive(Debug, Default, Deserialize)]
struct MarkingText {
    #[serde(default)]
    open: Vec<String>,
    #[serde(default)]
    arrived: BTreeMap<String, Vec<String>>,
}

/// What a case is known to be so far. What happened before the first event that was read is not
/// known, and nothing is guessed of it.
#[derive(Debug, Default)]
pub(crate) struct Life {
    pub(crate) procedure: Option<ProcedureCode>,
    due: Option<Instant>,
    open: BTreeMap<String, Held>,
    pauses: Vec<PauseText>,
}

/// A step in somebody's hands.
#[derive(Debug, Clone, Copy)]
struct Held {
    agency: AgencyId,
    post: PostId,
    since: Instant,
}

/// What a forecast learns from an event.
#[derive(Debug, PartialEq)]
pub(crate) enum Learned {
    /// The case came to its first step.
    Came { agency: AgencyId, step: String, when: Instant },
    /// A step was completed.
    Done {
        agency: AgencyId,
        step: String,
        post: Option<PostId>,
        entered: Instant,
        done: Instant,
        due: Option<Instant>,
        /// When its clock stood meanwhile.
        stood: Vec<(Instant, Instant)>,
        next: Vec<(AgencyId, String)>,
    },
    /// A clock went on.
    Resumed { from: Instant, to: Instant },
}

/// The kinds of events that it learns from.
pub(crate) const KINDS: &[&str] = &[
    "submitted",
    "accepted",
    "assigned",
    "forwarded",
    "completed",
    "sent_back",
    "supplement_requested",
    "supplement_received",
    "obligation_set",
    "paid",
    "waived",
    "suspended",
    "resumed",
    "extended",
    "discontinued",
    "withdrawn",
    "finished",
    "moved",
];

/// Those after which nothing more is learned of a case.
pub(crate) const ENDS: &[&str] = &["finished", "discontinued", "withdrawn"];

impl Life {
    /// Goes on by an event; answers what is learned from it.
    pub(crate) fn go_on(
        &mut self,
        kind: &str,
        fields: Fields,
        at: Instant,
        actor: &Actor,
    ) -> Vec<Learned> {
        let mut learned = Vec::new();
        if let Some(clock) = fields.clock {
            self.due = Some(clock.due);
            let went_on = clock.pauses.last().and_then(|pause| Some((pause.from, pause.to?)));
            let stood = self.pauses.last().is_some_and(|pause| pause.to.is_none());
            if let Some((from, to)) = went_on.filter(|_| stood) {
                learned.push(Learned::Resumed { from, to });
            }
            self.pauses = clock.pauses;
        }
        let opened = match fields.opened {
            Some(OpenedText::Many(all)) => all,
            Some(OpenedText::One(one)) => vec![one],
            None => Vec::new(),
        };
        match kind {
            "submitted" => self.procedure = fields.procedure.map(|under| under.code),
            "accepted" => {
                if let Some(first) = opened.first() {
                    let (agency, step) = (first.agency, first.step.clone());
                    learned.push(Learned::Came { agency, step, when: at });
                }
                self.hold(opened, at);
            }
            "completed" | "sent_back" => {
                let marking = fields.marking.unwrap_or_default();
                let step = fields.step.unwrap_or_default();
                learned.extend(self.complete(step, &opened, &marking, at, actor));
                self.open.retain(|step, _| marking.open.contains(step));
                self.hold(opened, at);
            }
            "assigned" => {
                for one in opened {
                    // Another seat; since when the step waits does not change by it.
                    let since = self.open.get(&one.step).map_or(at, |held| held.since);
                    self.open.insert(one.step, Held { agency: one.agency, post: one.post, since });
                }
            }
            "forwarded" => {
                for one in &opened {
                    let next = vec![(one.agency, one.step.clone())];
                    learned.extend(self.done(&one.step, next, at, None));
                }
                self.hold(opened, at);
            }
            "moved" => {
                for one in opened {
                    if let Some(held) = self.open.get_mut(&one.step) {
                        (held.agency, held.post) = (one.agency, one.post);
                    }
                }
            }
            "finished" | "discontinued" | "withdrawn" => self.open.clear(),
            _ => {}
        }
        learned
    }

    fn hold(&mut self, opened: Vec<OneOpened>, since: Instant) {
        for OneOpened { step, post, agency } in opened {
            self.open.insert(step, Held { agency, post, since });
        }
    }

    fn complete(
        &mut self,
        step: String,
        opened: &[OneOpened],
        marking: &MarkingText,
        at: Instant,
        actor: &Actor,
    ) -> Option<Learned> {
        let here = self.open.get(&step)?.agency;
        let mut next: Vec<(AgencyId, String)> =
            opened.iter().map(|one| (one.agency, one.step.clone())).collect();
        // A branch that has to wait for others goes on all the same, to where it waits.
        let waits = marking.arrived.iter().filter(|(_, arrived)| arrived.contains(&step));
        next.extend(waits.map(|(join, _)| (here, join.clone())));
        let seat = match actor {
            Actor::Officer { post, acting_for, .. } => Some(acting_for.unwrap_or(*post)),
            _ => None,
        };
        self.done(&step, next, at, seat)
    }

    fn done(
        &mut self,
        step: &str,
        next: Vec<(AgencyId, String)>,
        at: Instant,
        seat: Option<PostId>,
    ) -> Option<Learned> {
        let held = self.open.remove(step)?;
        let within = |pause: &PauseText| {
            let (from, to) = (pause.from.max(held.since), pause.to.unwrap_or(at).min(at));
            (from < to).then_some((from, to))
        };
        Some(Learned::Done {
            agency: held.agency,
            step: step.to_owned(),
            post: Some(seat.unwrap_or(held.post)),
            entered: held.since,
            done: at,
            due: self.due,
            stood: self.pauses.iter().filter_map(within).collect(),
            next,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    fn fields(text: &str) -> Fields {
        serde_json::from_str(text).expect("an event")
    }

    const AGENCY: &str = "0198f4c2-0000-7000-8000-000000000001";
    const POST: &str = "0198f4c2-0000-7000-8000-000000000002";

    #[test]
    fn a_case_that_rested_is_learned_with_the_time_in_which_its_clock_stood() {
        let clock = |pauses: &str| {
            format!(
                r#""clock":{{"started":"2026-11-02T01:00:00Z","due":"2026-11-06T09:00:00Z","pauses":[{pauses}]}}"#
            )
        };
        let opened = format!(
            r#"{{"step":"ky","post":"{POST}","agency":"{AGENCY}","due":"2026-11-06T09:00:00Z"}}"#
        );
        let system = Actor::System("test".into());
        let mut life = Life::default();
        let came = fields(&format!(r#"{{{},"opened":[{opened}]}}"#, clock("")));
        let came = life.go_on("accepted", came, at("2026-11-02T01:00:00Z"), &system);
        assert!(matches!(&came[..], [Learned::Came { step, .. }] if step == "ky"));
        let pause = r#"{"from":"2026-11-02T03:00:00Z","to":null,"ground":"suspension"}"#;
        let stood = fields(&format!("{{{}}}", clock(pause)));
        assert_eq!(life.go_on("suspended", stood, at("2026-11-02T03:00:00Z"), &system), []);
        let pause =
            r#"{"from":"2026-11-02T03:00:00Z","to":"2026-11-03T03:00:00Z","ground":"suspension"}"#;
        let went_on = fields(&format!("{{{}}}", clock(pause)));
        let went_on = life.go_on("resumed", went_on, at("2026-11-03T03:00:00Z"), &system);
        let (from, to) = (at("2026-11-02T03:00:00Z"), at("2026-11-03T03:00:00Z"));
        assert_eq!(went_on, [Learned::Resumed { from, to }]);
        let done = fields(r#"{"step":"ky","opened":[],"marking":{"open":[]}}"#);
        let done = life.go_on("completed", done, at("2026-11-03T08:00:00Z"), &system);
        let [Learned::Done { stood, next, entered, .. }] = &done[..] else {
            panic!("one step: {done:?}");
        };
        assert_eq!((stood.as_slice(), next.is_empty()), (&[(from, to)][..], true));
        assert_eq!(*entered, at("2026-11-02T01:00:00Z"));
    }

    #[test]
    fn a_step_that_opened_before_reading_began_is_not_guessed() {
        let mut life = Life::default();
        let done = fields(r#"{"step":"ky","opened":[],"marking":{"open":[]}}"#);
        let system = Actor::System("test".into());
        assert_eq!(life.go_on("completed", done, at("2026-11-03T08:00:00Z"), &system), []);
    }
}
