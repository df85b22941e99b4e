//! What a file means: every field in its type, every name found, or every finding.

use std::{collections::BTreeSet, str::FromStr};

use desk::Desk;
use directory::Directory;
use indicators::{Direction, Of, Scope};
use jiff::civil::Date;
use kernel::{AgencyId, Instant, PostId, from_local};
use scorecards::{Better, Month, Number};

use super::{
    number::number,
    raw::{Finding, Item, Raw, What},
};
use crate::{
    commands::Draft,
    model::{
        Code, GOALS_MAX, MONTHS_MAX, Measure, Programme, SUPPORTERS_MAX, Span, TARGETS_MAX,
        TASKS_MAX, Target, Task, Way,
    },
};

/// Letters of a name.
const NAME_LETTERS_MAX: usize = 500;
/// The hour at which a day of a term ends.
const END_OF_DAY: i8 = 17;

/// Reads the fields of a file.
///
/// # Errors
/// Every finding, by sheet and line.
pub fn check(desk: &Desk, raw: &Raw, now: Instant) -> Result<Draft, Vec<Finding>> {
    let mut reader = Reader::of(desk, now);
    let programme = reader.programme(raw);
    let (mut targets, mut tasks) = (Vec::new(), Vec::new());
    if let Some(programme) = &programme {
        reader.bounded(&raw.goals, GOALS_MAX);
        reader.bounded(&raw.targets, TARGETS_MAX);
        reader.bounded(&raw.tasks, TASKS_MAX);
        targets = raw.targets.iter().filter_map(|item| reader.target(programme, item)).collect();
        tasks =
            raw.tasks.iter().filter_map(|item| reader.task(programme, &targets, item)).collect();
        reader.once(&raw.targets);
        reader.once(&raw.tasks);
    }
    let mut findings = reader.findings;
    findings.sort_by_key(|finding| finding.at);
    match programme {
        Some(programme) if findings.is_empty() => Ok(Draft { programme, targets, tasks }),
        _ => Err(findings),
    }
}

/// What is needed to read an item, and what was found.
pub(crate) struct Reader<'a> {
    desk: &'a Desk,
    directory: std::sync::Arc<Directory>,
    now: Instant,
    /// A term that stands already, and may be past.
    pub(crate) standing_term: Option<Instant>,
    pub(crate) findings: Vec<Finding>,
}

impl<'a> Reader<'a> {
    pub(crate) fn of(desk: &'a Desk, now: Instant) -> Self {
        let directory = desk.front.directory.get();
        Self { desk, directory, now, standing_term: None, findings: Vec::new() }
    }

    fn say(&mut self, item: &Item, field: &str, what: What) {
        self.findings.push(Finding { at: item.place(field), what });
    }

    fn bounded(&mut self, items: &[Item], max: usize) {
        if let Some(first) = items.get(max) {
            self.findings.push(Finding { at: first.at, what: What::TooMany(max) });
        }
    }

    fn once(&mut self, items: &[Item]) {
        let mut seen = BTreeSet::new();
        for item in items {
            let Some(code) = item.get("code").and_then(|text| text.parse::<Code>().ok()) else {
                continue;
            };
            if !seen.insert(code.clone()) {
                self.say(item, "code", What::Twice(code.to_string()));
            }
        }
    }

    /// A field that must be there, of a type that reads itself.
    fn must<T: FromStr>(&mut self, item: &Item, field: &'static str) -> Option<T> {
        match item.get(field).map(str::parse) {
            Some(Ok(value)) => return Some(value),
            Some(Err(_)) => self.unreadable(item, field),
            None => self.say(item, field, What::Missing(field)),
        }
        None
    }

    fn unreadable(&mut self, item: &Item, field: &'static str) {
        let value = item.get(field).unwrap_or_default().to_owned();
        self.say(item, field, What::Unreadable(field, value));
    }

    /// A name in prose.
    fn name(&mut self, item: &Item, field: &'static str) -> Option<String> {
        let text: String = self.must(item, field)?;
        if text.chars().count() > NAME_LETTERS_MAX {
            self.unreadable(item, field);
            return None;
        }
        Some(kernel::nfc(&text))
    }

    fn number(&mut self, item: &Item, field: &'static str) -> Option<Number> {
        let Some(text) = item.get(field) else {
            self.say(item, field, What::Missing(field));
            return None;
        };
        let found = number(text);
        if found.is_none() {
            self.unreadable(item, field);
        }
        found
    }

    fn month_or(&mut self, item: &Item, field: &'static str, usual: Month) -> Option<Month> {
        if item.get(field).is_none() { Some(usual) } else { self.month(item, field) }
    }

    fn month(&mut self, item: &Item, field: &'static str) -> Option<Month> {
        let text: String = self.must(item, field)?;
        let found = month(&text);
        if found.is_none() {
            self.unreadable(item, field);
        }
        found
    }

    /// The open agency of a code.
    fn agency(&mut self, item: &Item, field: &'static str) -> Option<AgencyId> {
        let text: String = self.must(item, field)?;
        let found = self.agency_of(&text);
        if found.is_none() {
            self.say(item, field, What::NoAgency(text));
        }
        found
    }

    fn agency_of(&self, text: &str) -> Option<AgencyId> {
        let code = text.trim().parse().ok()?;
        let agency = self.directory.agency_by_code(&code)?;
        agency.validity.covers(self.now).then_some(agency.id)
    }

    /// The head of the agency of a code: the one seat that answers. It is the agency that directs the
    /// programme, or one below: nobody gives work past their own reach.
    fn head(&mut self, programme: &Programme, item: &Item, field: &'static str) -> Option<PostId> {
        let text: String = self.must(item, field)?;
        let agency = self.agency_of(&text);
        let head = agency.and_then(|agency| self.directory.head_of(agency, self.now));
        let Some((agency, head)) = agency.zip(head) else {
            self.say(item, field, What::NoAgency(text));
            return None;
        };
        // Whoever gives a task may also stand above.
        let gives =
            field == "assigner" && self.directory.ancestors(programme.agency).contains(&agency);
        if !gives && !self.reaches(programme.agency, agency) {
            self.say(item, field, What::OutOfReach(text));
            return None;
        }
        Some(head)
    }

    /// Whether one agency is the other, or stands above it.
    fn reaches(&self, above: AgencyId, agency: AgencyId) -> bool {
        above == agency || self.directory.ancestors(agency).contains(&above)
    }

    pub(crate) fn programme(&mut self, raw: &Raw) -> Option<Programme> {
        let item = &raw.programme;
        let (code, number) = (self.must::<Code>(item, "code"), self.name(item, "number"));
        let (name, agency) = (self.name(item, "name"), self.agency(item, "agency"));
        let signed_on = self.date(item, "signed_on");
        let (from, to) = (self.month(item, "from"), self.month(item, "to"));
        let goals: Vec<String> =
            raw.goals.iter().filter_map(|goal| self.name(goal, "name")).collect();
        let (from, to) = (from?, to?);
        if from > to || to.since(from) >= MONTHS_MAX {
            self.say(item, "to", What::Months);
            return None;
        }
        let invented = item.get("invented") == Some("true");
        Some(Programme {
            code: code?,
            number: number?,
            name: name?,
            agency: agency?,
            signed_on: signed_on?,
            from,
            to,
            invented,
            goals,
            issued_at: None,
        })
    }

    /// A day as files have it, or as people write it.
    fn date(&mut self, item: &Item, field: &'static str) -> Option<Date> {
        let text: String = self.must(item, field)?;
        let found = text.parse::<Date>().ok().or_else(|| web::form::date(&text).ok());
        if found.is_none() {
            self.unreadable(item, field);
        }
        found
    }

    fn goal(&mut self, programme: &Programme, item: &Item) -> Option<usize> {
        let goal: usize = self.must(item, "goal")?;
        if !(1..=programme.goals.len()).contains(&goal) {
            self.say(item, "goal", What::NoGoal(goal.to_string()));
            return None;
        }
        Some(goal)
    }

    pub(crate) fn target(&mut self, programme: &Programme, item: &Item) -> Option<Target> {
        let (code, goal) = (self.must::<Code>(item, "code"), self.goal(programme, item));
        let (name, head) = (self.name(item, "name"), self.head(programme, item, "head"));
        let (measure, usual) = self.measure(programme, item)?;
        let better = self.better(item, usual);
        let from = self.month_or(item, "from", programme.from.plus(-1));
        let to = self.month_or(item, "to", programme.to);
        let (start, target) = (self.number(item, "start"), self.number(item, "target"));
        let steps = self.steps(item);
        let ends = ((from?, start?), (to?, target?));
        let (steps, better) = (steps?, better?);
        let Ok(way) = Way::new(ends.0, ends.1, better, steps) else {
            self.say(item, "target", What::NoWay);
            return None;
        };
        if item.get("shape") == Some("hand") && !way.is_by_hand() {
            self.say(item, "steps", What::NotByHand);
            return None;
        }
        let programme = programme.code.clone();
        Some(Target { programme, code: code?, goal: goal?, name: name?, measure, way, head: head? })
    }

    /// How it is measured, and which way is better by that.
    fn measure(&mut self, programme: &Programme, item: &Item) -> Option<(Measure, Option<Better>)> {
        let Some(code) = item.get("indicator").map(str::to_owned) else {
            let unit = item.get("unit").unwrap_or_default().to_owned();
            let places = if item.get("places").is_some() { self.must(item, "places")? } else { 0 };
            return Some((Measure::Declared { unit, places: u8::min(places, 6) }, None));
        };
        let Some(indicator) = self.desk.definitions().get(&code) else {
            self.say(item, "indicator", What::NoIndicator(code));
            return None;
        };
        let usual = match indicator.direction {
            Direction::Higher => Some(Better::More),
            Direction::Lower => Some(Better::Less),
            Direction::Neither => None,
        };
        let whole_only = !indicator.is_kept_by_agency();
        let scope = match item.get("scope") {
            None | Some("all") => Scope::all(),
            Some(text) => match self.agency_of(text).map(Scope::agency) {
                Some(scope) => scope,
                None => match text.parse::<Scope>() {
                    Ok(scope) => scope,
                    Err(_) => {
                        self.say(item, "scope", What::NoAgency(text.to_owned()));
                        return None;
                    }
                },
            },
        };
        let within = match &scope.of {
            Of::Agency(id) | Of::Only(id) => self.reaches(programme.agency, *id),
            Of::All | Of::Place(_) => self.directory.ancestors(programme.agency).is_empty(),
        };
        if !within {
            let text = item.get("scope").unwrap_or("all").to_owned();
            self.say(item, "scope", What::OutOfReach(text));
            return None;
        }
        if whole_only && scope != Scope::all() {
            self.say(item, "scope", What::WholeOnly(code));
            return None;
        }
        let span = match item.get("span") {
            None => Span::Month,
            Some(word) => match Span::from_word(word) {
                Some(span) => span,
                None => {
                    self.unreadable(item, "span");
                    return None;
                }
            },
        };
        Some((Measure::Indicator { code, scope, span }, usual))
    }

    /// Which way is better; against the indicator's own direction nothing can be promised.
    fn better(&mut self, item: &Item, usual: Option<Better>) -> Option<Better> {
        let said = match item.get("better") {
            None => None,
            Some("more") => Some(Better::More),
            Some("less") => Some(Better::Less),
            Some(_) => {
                self.unreadable(item, "better");
                return None;
            }
        };
        match (said, usual) {
            (Some(said), Some(usual)) if said != usual => {
                let code = item.get("indicator").unwrap_or_default().to_owned();
                self.say(item, "better", What::Direction(code));
                None
            }
            (said, usual) => Some(said.or(usual).unwrap_or(Better::More)),
        }
    }

    /// `2026-06 60; 2026-09 80`
    fn steps(&mut self, item: &Item) -> Option<Vec<(Month, Number)>> {
        let text = item.get("steps").unwrap_or_default();
        let parts = text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty());
        let one = |part: &str| {
            let (month, value) = part.split_once([' ', ':', '='])?;
            Some((self::month(month)?, number(value)?))
        };
        let found: Option<Vec<_>> = parts.map(one).collect();
        if found.is_none() {
            self.unreadable(item, "steps");
        }
        found
    }

    pub(crate) fn task(
        &mut self,
        programme: &Programme,
        targets: &[Target],
        item: &Item,
    ) -> Option<Task> {
        let (code, goal) = (self.must::<Code>(item, "code"), self.goal(programme, item));
        let (name, head) = (self.name(item, "name"), self.head(programme, item, "head"));
        let assigner = match item.get("assigner") {
            Some(_) => self.head(programme, item, "assigner"),
            None => {
                let head = self.directory.head_of(programme.agency, self.now);
                if head.is_none() {
                    self.say(item, "assigner", What::Missing("assigner"));
                }
                head
            }
        };
        let target = match item.get("target").map(str::to_owned) {
            None => Some(None),
            Some(text) => {
                let known = targets.iter().find(|one| one.code.as_str() == text.to_uppercase());
                if known.is_none() {
                    self.say(item, "target", What::NoTarget(text));
                }
                known.map(|one| Some(one.code.clone()))
            }
        };
        let supporters = self.supporters(item);
        let budget = match item.get("budget") {
            None => Some(0),
            Some(_) => {
                let number = self.number(item, "budget").filter(|n| n.is_whole() && *n >= 0);
                number.and_then(|n| n.to_string().parse::<u64>().ok())
            }
        };
        if budget.is_none() && item.get("budget").is_some() {
            self.unreadable(item, "budget");
        }
        let term = self.term(programme, item);
        Some(Task {
            programme: programme.code.clone(),
            code: code?,
            goal: goal?,
            target: target?,
            name: name?,
            head: head?,
            assigner: assigner?,
            supporters: supporters?,
            budget: budget?,
            term: term?,
            case: None,
        })
    }

    fn supporters(&mut self, item: &Item) -> Option<Vec<AgencyId>> {
        let text = item.get("supporters").unwrap_or_default().to_owned();
        let mut found = Vec::new();
        for code in text.split(';').map(str::trim).filter(|code| !code.is_empty()) {
            match self.agency_of(code) {
                Some(agency) => found.push(agency),
                None => {
                    self.say(item, "supporters", What::NoAgency(code.to_owned()));
                    return None;
                }
            }
        }
        if found.len() > SUPPORTERS_MAX {
            self.say(item, "supporters", What::TooMany(SUPPORTERS_MAX));
            return None;
        }
        Some(found)
    }

    /// The end of the working day of the term.
    fn term(&mut self, programme: &Programme, item: &Item) -> Option<Instant> {
        let day = self.date(item, "term")?;
        let term = from_local(day.to_datetime(jiff::civil::time(END_OF_DAY, 0, 0, 0)));
        let last = programme.to.plus(1);
        if self.standing_term == Some(term) {
            return Some(term);
        }
        if term <= self.now || Month::of(day) >= last {
            self.say(item, "term", What::Term(kernel::vn_date(day)));
            return None;
        }
        Some(term)
    }
}

/// A month as files have it, or as people write it: `2026-11`, `11/2026`.
fn month(text: &str) -> Option<Month> {
    let text = text.trim();
    let turned = text.split_once('/').map(|(month, year)| format!("{year:0>4}-{month:0>2}"));
    turned.as_deref().unwrap_or(text).parse().ok().filter(|month: &Month| {
        let year = crate::model::date_of(*month).year();
        (2000..2100).contains(&year)
    })
}
