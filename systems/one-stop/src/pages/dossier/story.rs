//! What the story of a dossier tells: where it stands, who held it how long, what happened.

use calendar::{Calendar, Timeliness};
use casework::{Case, Change, Opened, Stamp, Status, Told, begin, evolve};
use kernel::{Actor, Instant, PostId};
use maud::{Markup, html};
use procedure::{OutcomeId, StepId};
use web::{
    Icon, SignedIn,
    components::{
        held::{HeldKind, HeldPart},
        steps::{StepState, StepView},
        tag,
        timeline::{Happening, HappeningKind},
    },
    tr,
};

use super::Open;
use crate::{Desk, pages::clock::whole_minutes};

/// The steps shown side by side; older ones are folded.
const STEPS_MAX: usize = 7;

/// The story, with the state of the dossier after each event.
pub(super) struct Story<'a> {
    me: &'a SignedIn,
    open: &'a Open,
    calendar: &'a Calendar,
    told: Vec<(&'a Told, Case)>,
}

impl<'a> Story<'a> {
    pub(super) fn of(_shared: &Desk, me: &'a SignedIn, open: &'a Open) -> Self {
        let mut told: Vec<(&Told, Case)> = Vec::with_capacity(open.dossier.story.len());
        for event in &open.dossier.story {
            let stamp = Stamp {
                actor: event.actor.clone(),
                happened_at: event.happened_at,
                recorded_at: event.recorded_at,
            };
            let after = match told.last() {
                Some((_, before)) => {
                    let mut case = before.clone();
                    evolve(&mut case, &event.change, &stamp);
                    case
                }
                None if matches!(event.change, Change::Submitted { .. }) => {
                    begin(open.case().id, &event.change, &stamp)
                }
                // A story without its beginning is shown from where it is known.
                None => open.case().clone(),
            };
            told.push((event, after));
        }
        let calendar = open.moment.calendars.agency(open.case().decided_by);
        Self { me, open, calendar, told }
    }

    /// "Đang ở bước 2 trên 4".
    pub(super) fn place(&self) -> String {
        let steps = self.all_steps();
        let at = steps.iter().position(|step| step.state == StepState::Now);
        match at {
            Some(at) => tr!(self.me, "dossier-place", at = at + 1, of = steps.len()),
            None => tr!(self.me, &format!("status-{}", self.open.case().status.word())),
        }
    }

    /// Taking on, the steps of the workflow, handing over.
    pub(super) fn steps(&self) -> Vec<StepView> {
        let mut steps = self.all_steps();
        let past = steps.iter().take_while(|step| step.state == StepState::Done).count();
        let fold = steps.len().saturating_sub(STEPS_MAX).min(past.saturating_sub(1));
        if fold > 0 {
            steps.drain(..fold);
            let name = tr!(self.me, "dossier-steps-folded", n = fold + 1);
            steps[0] = StepView { name, state: StepState::Done, ..StepView::default() };
        }
        steps
    }

    fn all_steps(&self) -> Vec<StepView> {
        let (case, me) = (self.open.case(), self.me);
        let state = |done: bool, now: bool| match (done, now) {
            (true, _) => StepState::Done,
            (_, true) => StepState::Now,
            _ => StepState::ToCome,
        };
        let taker = case.accepted_by.as_ref().map(|actor| self.person(actor));
        let mut steps = vec![StepView {
            name: tr!(me, "dossier-step-accept"),
            holder: taker.unwrap_or_else(|| self.agency(case.received_by)),
            state: state(case.accepted_at.is_some(), case.ended_at.is_none()),
            when: String::new(),
        }];
        let passed = self.passed();
        let workflow = self.open.procedure.as_ref().map(|procedure| &procedure.workflow);
        for step in workflow.map_or(&[][..], |workflow| workflow.steps()) {
            let held = case.holdings.get(&step.id).filter(|_| case.ended_at.is_none());
            let by = passed.iter().rev().find(|(id, _)| *id == step.id).map(|(_, by)| by.clone());
            let hours = me.words.working_time(i64::from(step.hours.minutes()));
            let holder = match (held, &by) {
                (Some(held), _) => self.seat(held.post, me.now),
                (None, Some(by)) => by.clone(),
                (None, None) => {
                    let role = crate::pages::refusal::role_name(&me.words, step.role.as_str());
                    format!("{role}, {hours}")
                }
            };
            let state = state(by.is_some() && held.is_none(), held.is_some());
            steps.push(StepView { name: step.name.clone(), holder, state, when: String::new() });
        }
        steps.push(StepView {
            name: tr!(me, "nav-results"),
            holder: self.agency(case.received_by),
            state: state(case.returned_at.is_some(), case.status == Status::Finished),
            when: String::new(),
        });
        steps
    }

    /// The steps that are behind the dossier, each with who completed it; what was sent back
    /// past is not.
    fn passed(&self) -> Vec<(StepId, String)> {
        let mut passed: Vec<(StepId, String)> = Vec::new();
        for (told, _) in &self.told {
            match &told.change {
                Change::Completed { step, .. } => {
                    passed.push((step.clone(), self.person(&told.actor)));
                }
                Change::SentBack { opened, .. } => {
                    if let Some(at) = passed.iter().position(|(step, _)| *step == opened.step) {
                        passed.truncate(at);
                    }
                }
                _ => {}
            }
        }
        passed
    }

    /// Working time in each pair of hands, from event to event.
    pub(super) fn held(&self) -> Vec<HeldPart> {
        let (case, me) = (self.open.case(), self.me);
        let mut parts: Vec<HeldPart> = Vec::new();
        for (i, (told, after)) in self.told.iter().enumerate() {
            if after.ended_at.is_some() {
                break;
            }
            let next = self.told.get(i + 1).map_or(me.now, |(next, _)| next.happened_at);
            let minutes = whole_minutes(self.calendar.elapsed(told.happened_at, next));
            if minutes == 0 {
                continue;
            }
            let (who, kind) = if after.status.is_paused() {
                let why = tr!(me, &format!("dossier-pause-{}", after.status.word()));
                (why, HeldKind::Paused)
            } else if after.holdings.is_empty() {
                (self.agency(after.received_by), HeldKind::Held)
            } else {
                let who = after.holdings.values().map(|h| self.seat(h.post, told.happened_at));
                (who.collect::<Vec<_>>().join(" · "), HeldKind::Held)
            };
            match parts.last_mut().filter(|last| last.who == who && last.kind == kind) {
                Some(last) => last.minutes += minutes,
                None => parts.push(HeldPart { who, minutes, kind }),
            }
        }
        let due = case.due().filter(|due| case.ended_at.is_none() && *due > me.now);
        if let Some(due) = due {
            // While the clock stands, what is left is what was left when it stopped.
            let paused = case.clock.as_ref().and_then(|clock| clock.paused());
            let from = paused.map_or(me.now, |pause| pause.from);
            let minutes = whole_minutes(self.calendar.elapsed(from, due));
            parts.push(HeldPart { who: tr!(me, "dossier-left"), minutes, kind: HeldKind::Left });
        }
        parts
    }

    /// How far the journal has been sealed.
    pub(super) fn sealed(&self) -> Markup {
        let events = self.told.len();
        let last = self.told.iter().map(|(told, _)| told.pos).max().flatten();
        let all = self.told.iter().all(|(told, _)| told.pos.is_some());
        match last {
            Some(pos) if all => tag::proven(&tr!(self.me, "dossier-sealed", n = events, pos = pos)),
            Some(pos) => tag::tag(&tr!(self.me, "dossier-sealed-partly", n = events, pos = pos)),
            None => tag::tag(&tr!(self.me, "dossier-unsealed", n = events)),
        }
    }

    /// What happened, newest first, below what goes on now.
    pub(super) fn happenings(&self) -> Vec<Happening> {
        let case = self.open.case();
        let mut all = Vec::with_capacity(self.told.len() + 1);
        if case.status == Status::InProgress {
            all.extend(case.holdings.iter().map(|(step, held)| {
                let since = self.me.words.moment_near(held.since, self.me.now);
                let due = self.me.words.moment_near(held.due, self.me.now);
                Happening {
                    icon: Icon::Pen,
                    kind: HappeningKind::Current,
                    what: tr!(self.me, "story-now", step = self.step(step)),
                    who: self.seat_full(held.post, self.me.now),
                    when: tr!(self.me, "work-since", when = since),
                    consequence: html! { (tr!(self.me, "story-now-due", due = due)) },
                }
            }));
        }
        all.extend(self.told.iter().rev().map(|(told, after)| self.happening(told, after)));
        all
    }

    /// What happened after a version: for whoever saw the dossier as it was then.
    pub(super) fn since(&self, version: u32) -> Vec<Happening> {
        let newer = self.told.iter().rev().filter(|(told, _)| told.version > version);
        newer.map(|(told, after)| self.happening(told, after)).collect()
    }

    fn happening(&self, told: &Told, after: &Case) -> Happening {
        let (icon, kind) = drawing(&told.change);
        Happening {
            icon,
            kind,
            what: self.what(&told.change),
            who: self.actor(&told.actor, told.happened_at),
            when: self.me.words.moment_near(told.happened_at, self.me.now),
            consequence: self.consequence(told, after),
        }
    }

    fn what(&self, change: &Change) -> String {
        let me = self.me;
        match change {
            Change::Completed { step, outcome, .. } => tr!(
                me,
                "story-completed",
                step = self.step(step),
                outcome = self.outcome(step, outcome)
            ),
            Change::SentBack { step, opened, .. } => {
                tr!(me, "story-sent-back", from = self.step(step), to = self.step(&opened.step))
            }
            Change::SupplementRequested { number, reason, .. } => {
                let reason = tr!(me, &format!("supplement-{}", reason.word()));
                tr!(me, "story-supplement-requested", number = *number, reason = reason)
            }
            Change::ObligationSet { name, amount, .. } => {
                let amount = me.words.money(i64::try_from(*amount).unwrap_or(i64::MAX));
                tr!(me, "story-obligation", name = name.as_str(), amount = amount)
            }
            Change::Waived { number, .. } => tr!(me, "story-waived", number = *number),
            Change::Paid { number, reference, .. } => {
                tr!(me, "story-paid", number = *number, reference = reference.as_str())
            }
            Change::Declined { reason } => {
                let reason = tr!(me, &format!("decline-{}", reason.word()));
                tr!(me, "story-declined", reason = reason)
            }
            Change::Suspended { ground, .. } => {
                let ground = tr!(me, &format!("suspension-{}", ground.word()));
                tr!(me, "story-suspended", reason = ground)
            }
            Change::Discontinued { ground, .. } => {
                let ground = tr!(me, &format!("discontinue-{}", ground.word()));
                tr!(me, "story-discontinued", reason = ground)
            }
            Change::Finished { end, .. } => tr!(me, &format!("story-finished-{}", end.word())),
            other => tr!(me, &format!("story-{}", other.kind())),
        }
    }

    /// What followed: who has it now, the date as it stands, words, and how late it was recorded.
    fn consequence(&self, told: &Told, after: &Case) -> Markup {
        let (me, words) = (self.me, &self.me.words);
        let mut lines: Vec<String> = Vec::new();
        let due = after.due().map(|due| words.moment_near(due, me.now)).unwrap_or_default();
        match &told.change {
            Change::Accepted { opened, .. } => {
                lines.push(tr!(me, "story-due-first", due = due));
                lines.extend(self.handed(opened, told.happened_at));
            }
            Change::Completed { opened, .. } => {
                lines.extend(self.handed(opened, told.happened_at));
            }
            Change::SentBack { opened, .. } | Change::Assigned { opened } => {
                lines.extend(self.handed(std::slice::from_ref(opened), told.happened_at));
            }
            Change::SupplementRequested { clock: Some(_), .. }
            | Change::ObligationSet { clock: Some(_), .. }
            | Change::Suspended { .. } => lines.push(tr!(me, "story-clock-stands")),
            Change::SupplementReceived { clock: Some(_), .. }
            | Change::Paid { clock: Some(_), .. }
            | Change::Waived { clock: Some(_), .. }
            | Change::Resumed { .. } => lines.push(tr!(me, "story-clock-runs", due = due)),
            Change::ObligationSet { waits: true, .. } => lines.push(tr!(me, "story-waits-for-fee")),
            Change::Paid { accept_by: Some(by), .. }
            | Change::Waived { accept_by: Some(by), .. } => {
                let by = words.moment_near(*by, me.now);
                lines.push(tr!(me, "story-accept-by", by = by));
            }
            Change::Extended { from, .. } => {
                let from = words.moment_near(*from, me.now);
                lines.push(tr!(me, "story-due-moved", due = due, from = from));
            }
            Change::Finished { timeliness, .. } => lines.push(match timeliness {
                Timeliness::Early => tr!(me, "story-early"),
                Timeliness::OnTime => tr!(me, "story-on-time"),
                Timeliness::Late => tr!(me, "story-late"),
            }),
            _ => {}
        }
        let gap = whole_minutes(self.calendar.elapsed(told.happened_at, told.recorded_at));
        if gap > 0 {
            let at = words.moment_near(told.recorded_at, me.now);
            lines.push(tr!(me, "story-recorded-late", at = at, gap = words.working_time(gap)));
        }
        html! {
            (lines.join(" "))
            @if let Some(note) = told.note.as_deref().filter(|note| !note.trim().is_empty()) {
                @if !lines.is_empty() { " " } "“" (note) "”"
            }
        }
    }

    fn handed(&self, opened: &[Opened], at: Instant) -> Option<String> {
        let to: Vec<String> = opened.iter().map(|one| self.seat_full(one.post, at)).collect();
        (!to.is_empty()).then(|| tr!(self.me, "story-handed", to = to.join("; ")))
    }

    fn actor(&self, actor: &Actor, at: Instant) -> String {
        let directory = &self.open.moment.directory;
        match actor {
            Actor::Officer { person, post, acting_for } => {
                let name = directory.person(*person).map_or("", |person| person.name.as_str());
                let title = |post| directory.post(post).map_or("", |post| post.title.as_str());
                match acting_for {
                    Some(other) => {
                        let for_whom = self.seat_full(*other, at);
                        format!("{name}, {}", tr!(self.me, "story-acting", who = for_whom))
                    }
                    None => format!("{name}, {}", title(*post)),
                }
            }
            Actor::Party(_) => tr!(self.me, "story-applicant", name = self.open.applicant()),
            Actor::System(_) => tr!(self.me, "story-system"),
        }
    }

    fn person(&self, actor: &Actor) -> String {
        let directory = &self.open.moment.directory;
        match actor {
            Actor::Officer { person, .. } => {
                directory.person(*person).map_or_else(String::new, |person| person.name.clone())
            }
            Actor::Party(_) => self.open.applicant().to_owned(),
            Actor::System(_) => tr!(self.me, "story-system"),
        }
    }

    /// Who sat there then, or the name of the seat.
    fn seat(&self, post: PostId, at: Instant) -> String {
        let directory = &self.open.moment.directory;
        let person = directory.holder(post, at).map(|person| person.name.clone());
        person.or_else(|| Some(directory.post(post)?.title.clone())).unwrap_or_default()
    }

    fn seat_full(&self, post: PostId, at: Instant) -> String {
        let directory = &self.open.moment.directory;
        let title = directory.post(post).map_or("", |post| post.title.as_str());
        match directory.holder(post, at) {
            Some(person) => format!("{}, {title}", person.name),
            None => title.to_owned(),
        }
    }

    fn agency(&self, agency: kernel::AgencyId) -> String {
        let agency = self.open.moment.directory.agency(agency);
        agency.map_or_else(String::new, |agency| agency.short_name.clone())
    }

    fn step(&self, id: &StepId) -> String {
        let step = self.open.procedure.as_ref().and_then(|p| p.workflow.step(id));
        step.map_or_else(|| id.to_string(), |step| step.name.clone())
    }

    fn outcome(&self, step: &StepId, id: &OutcomeId) -> String {
        let step = self.open.procedure.as_ref().and_then(|p| p.workflow.step(step));
        let found = step.and_then(|step| step.outcomes.iter().find(|o| o.id == *id));
        found.map_or_else(|| id.to_string(), |outcome| outcome.name.clone())
    }
}

fn drawing(change: &Change) -> (Icon, HappeningKind) {
    let past = HappeningKind::Past;
    match change {
        Change::Submitted { .. } | Change::SupplementReceived { .. } => (Icon::Inbox, past),
        Change::Accepted { .. }
        | Change::Completed { .. }
        | Change::Finished { .. }
        | Change::Returned
        | Change::SecondSupplementApproved => (Icon::Done, past),
        Change::Declined { .. } | Change::Discontinued { .. } | Change::Withdrawn { .. } => {
            (Icon::Close, past)
        }
        Change::Assigned { .. } | Change::Forwarded { .. } | Change::Moved { .. } => {
            (Icon::Next, past)
        }
        Change::Escalated { .. } => (Icon::Bell, past),
        Change::SentBack { .. } => (Icon::Undo, past),
        Change::SupplementRequested { .. }
        | Change::Suspended { .. }
        | Change::ObligationSet { clock: Some(_), .. }
        | Change::ObligationSet { waits: true, .. } => (Icon::Hold, HappeningKind::Pause),
        Change::ObligationSet { .. } | Change::Paid { .. } | Change::Waived { .. } => {
            (Icon::File, past)
        }
        Change::Resumed { .. } => (Icon::Ok, past),
        Change::Extended { .. } => (Icon::Soon, past),
    }
}
