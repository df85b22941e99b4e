//! What has to change so that the directory stands as a file says; pure.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use kernel::{AgencyCode, AgencyId, Instant, Mint, PersonId, nfc};
use toml::Spanned;

use super::{
    Fault, FaultKind, Import, Step,
    file::{AgencyRow, PersonRow},
};
use crate::{Agency, AgencyFacts, AgencyLevel, Directory, Handle, Person, Validity};

/// What a file asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// When it begins to hold.
    pub at: Instant,
    /// The changes, in the order in which they can be made; none where all is so already.
    pub steps: Vec<Step>,
}

/// Compares a file with the directory as it is at `now`. `mint` makes the identifiers of what
/// comes into being.
///
/// # Errors
/// All faults of the file, each with its line.
pub fn compare(
    directory: &Directory,
    import: &Import,
    mint: &Mint,
    now: Instant,
) -> Result<Changes, Vec<Fault>> {
    let mut draft = Draft::new(directory, import, mint, now);
    if let Some(day) = &import.file.effective {
        match day.get_ref().to_string().parse::<Date>() {
            Ok(date) if kernel::from_local(date.at(0, 0, 0, 0)) <= now => {
                draft.at = kernel::from_local(date.at(0, 0, 0, 0));
            }
            _ => draft.fault(day, FaultKind::Effective),
        }
    }
    draft.agencies();
    draft.people();
    draft.seats();
    let Draft { at, steps, mut faults, .. } = draft;
    faults.sort();
    faults.dedup();
    if faults.is_empty() { Ok(Changes { at, steps }) } else { Err(faults) }
}

/// What is known while a file is compared.
pub(super) struct Draft<'a> {
    pub(super) directory: &'a Directory,
    pub(super) import: &'a Import,
    pub(super) mint: &'a Mint,
    pub(super) now: Instant,
    pub(super) at: Instant,
    /// The open agencies, by code, with those that the file opens.
    pub(super) agencies: HashMap<String, AgencyId>,
    /// The people, by code and by identifier, with those that the file enters.
    pub(super) people: HashMap<String, (PersonId, String)>,
    pub(super) steps: Vec<Step>,
    pub(super) faults: Vec<Fault>,
}

impl<'a> Draft<'a> {
    fn new(directory: &'a Directory, import: &'a Import, mint: &'a Mint, now: Instant) -> Self {
        let open = directory.agencies().filter(|agency| agency.validity.to.is_none());
        let mut people = HashMap::new();
        for person in directory.persons().filter(|person| person.validity.to.is_none()) {
            let known = (person.id, person.name.clone());
            people.insert(person.id.to_string(), known.clone());
            people.extend(person.code.as_ref().map(|code| (code.to_string(), known)));
        }
        Self {
            directory,
            import,
            mint,
            now,
            at: now,
            agencies: open.map(|agency| (agency.code.to_string(), agency.id)).collect(),
            people,
            steps: Vec::new(),
            faults: Vec::new(),
        }
    }

    pub(super) fn fault<T>(&mut self, at: &Spanned<T>, kind: FaultKind) {
        self.faults.push(Fault { line: self.import.line(at), kind });
    }

    /// A name in one spelling; a fault where it is none.
    pub(super) fn name(&mut self, text: &Spanned<String>, key: &'static str) -> String {
        let name = nfc(text.get_ref().trim());
        if !(1..=300).contains(&name.chars().count()) || name.chars().any(char::is_control) {
            self.fault(text, FaultKind::Name(key));
        }
        name
    }

    /// The code of a seat or person.
    pub(super) fn handle(&mut self, text: &Spanned<String>) -> Option<Handle> {
        let code = text.get_ref().parse();
        if code.is_err() {
            self.fault(text, FaultKind::Code(text.get_ref().clone()));
        }
        code.ok()
    }

    /// The agency with this code.
    pub(super) fn agency(&mut self, code: &Spanned<String>) -> Option<AgencyId> {
        let known = self.agencies.get(code.get_ref()).copied();
        if known.is_none() {
            self.fault(code, FaultKind::UnknownAgency(code.get_ref().clone()));
        }
        known
    }

    /// Opens what is new before anything stands under it, and changes the others.
    fn agencies(&mut self) {
        let rows = &self.import.file.agency;
        let mut named: Vec<(AgencyId, AgencyCode, &AgencyRow)> = Vec::new();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for row in rows {
            let text = row.code.get_ref();
            let Ok(code) = text.parse::<AgencyCode>() else {
                self.fault(&row.code, FaultKind::AgencyCode(text.clone()));
                continue;
            };
            if let Some(line) = seen.insert(text, self.import.line(&row.code)) {
                self.fault(&row.code, FaultKind::Again(text.clone(), line));
                continue;
            }
            // Whoever imports an old file does not undo a merger by it.
            let known = self.directory.agency_by_code(&code);
            if known.is_some_and(|agency| agency.validity.to.is_some()) {
                self.fault(&row.code, FaultKind::Ended(text.clone()));
                continue;
            }
            let id = known.map_or_else(|| self.mint.id(self.at), |agency| agency.id);
            self.agencies.insert(text.clone(), id);
            named.push((id, code, row));
        }
        let mut above: HashMap<AgencyId, AgencyId> =
            self.directory.agencies().filter_map(|a| Some((a.id, a.parent?))).collect();
        for (id, _, row) in &named {
            match row.parent.as_ref().filter(|parent| !parent.get_ref().is_empty()) {
                Some(parent) => above.extend(self.agency(parent).map(|parent| (*id, parent))),
                None if row.parent.is_some() => drop(above.remove(id)),
                None => {}
            }
        }
        let mut ordered = Vec::new();
        for (id, code, row) in named {
            match depth(&above, id) {
                Some(depth) => ordered.push((depth, id, code, row)),
                None => self.fault(&row.code, FaultKind::Circle(code.to_string())),
            }
        }
        ordered.sort_by_key(|(depth, ..)| *depth);
        for (_, id, code, row) in ordered {
            match self.directory.agency(id) {
                Some(agency) => self.change_agency(agency, row, above.get(&id).copied()),
                None => self.open_agency(id, code, row, above.get(&id).copied()),
            }
        }
    }

    fn open_agency(
        &mut self,
        id: AgencyId,
        code: AgencyCode,
        row: &AgencyRow,
        parent: Option<AgencyId>,
    ) {
        let (Some(name), Some(_)) = (&row.name, &row.level) else {
            let key = if row.name.is_none() { "name" } else { "level" };
            return self.fault(&row.code, FaultKind::Missing(code.to_string(), key));
        };
        let name = self.name(name, "name");
        let short_name = match &row.short_name {
            Some(short) => self.name(short, "short_name"),
            None => name.clone(),
        };
        let unit = AgencyFacts { level: AgencyLevel::Unit, place: None, working_week: None };
        let AgencyFacts { level, place, working_week } = self.agency_facts(row, unit);
        self.steps.push(Step::OpenAgency(Agency {
            id,
            code,
            name,
            short_name,
            level,
            parent,
            place,
            working_week,
            validity: Validity::since(self.at),
            successor: None,
            former_names: Vec::new(),
        }));
    }

    fn change_agency(&mut self, agency: &Agency, row: &AgencyRow, parent: Option<AgencyId>) {
        let (id, code) = (agency.id, agency.code.clone());
        let name = row.name.as_ref().map(|name| self.name(name, "name"));
        let name = name.unwrap_or_else(|| agency.name.clone());
        let short = row.short_name.as_ref().map(|name| self.name(name, "short_name"));
        let short_name = short.unwrap_or_else(|| agency.short_name.clone());
        if (&name, &short_name) != (&agency.name, &agency.short_name) {
            let (from, code) = (agency.name.clone(), code.clone());
            self.steps.push(Step::RenameAgency { id, code, from, name, short_name });
        }
        if parent != agency.parent {
            let under = row.parent.as_ref().map(|parent| parent.get_ref().clone());
            let (to, under) = (parent, under.filter(|code| !code.is_empty()));
            let under = under.unwrap_or_else(|| "nothing".to_owned());
            self.steps.push(Step::MoveAgency { id, code: code.clone(), to, under });
        }
        let was = AgencyFacts {
            level: agency.level,
            place: agency.place.clone(),
            working_week: agency.working_week.clone(),
        };
        let to = self.agency_facts(row, was.clone());
        if to != was {
            self.steps.push(Step::ChangeAgency { id, code, to });
        }
    }

    /// What the row says of an agency, over what it was.
    fn agency_facts(&mut self, row: &AgencyRow, mut facts: AgencyFacts) -> AgencyFacts {
        if let Some(text) = &row.level {
            match text.get_ref().parse() {
                Ok(level) => facts.level = level,
                Err(_) => self.fault(text, FaultKind::Level(text.get_ref().clone())),
            }
        }
        if let Some(text) = &row.place {
            let code = text.get_ref().parse().ok();
            let places = self.directory.places();
            let known = code.filter(|c| places.get(c).is_some_and(|p| p.valid_to.is_none()));
            if known.is_none() && !text.get_ref().is_empty() {
                self.fault(text, FaultKind::Place(text.get_ref().clone()));
            }
            facts.place = known;
        }
        if let Some(text) = &row.hours {
            let hours = text.get_ref().trim();
            if !hours.is_empty() && hours.parse::<calendar::WorkingWeek>().is_err() {
                self.fault(text, FaultKind::Hours(hours.to_owned()));
            }
            facts.working_week = Some(hours.to_owned()).filter(|hours| !hours.is_empty());
        }
        facts
    }

    fn people(&mut self) {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for row in &self.import.file.person {
            let text = row.code.get_ref();
            let Some(code) = self.handle(&row.code) else { continue };
            if let Some(line) = seen.insert(text, self.import.line(&row.code)) {
                self.fault(&row.code, FaultKind::Again(text.clone(), line));
                continue;
            }
            self.person(code, row);
        }
    }

    fn person(&mut self, code: Handle, row: &PersonRow) {
        let name = row.name.as_ref().map(|name| self.name(name, "name"));
        let note = row.note.as_ref().map(|note| nfc(note.get_ref().trim()));
        let known = self.people.get(code.as_str()).map(|(id, _)| *id);
        let known = known.and_then(|id| self.directory.person(id));
        match (known, name) {
            (Some(person), name) => {
                let (id, from) = (person.id, person.name.clone());
                if let Some(name) = name.filter(|name| *name != from) {
                    self.steps.push(Step::RenamePerson { id, code: code.clone(), from, name });
                }
                if let Some(note) = note.filter(|note| *note != person.note) {
                    self.steps.push(Step::AnnotatePerson { id, code, note });
                }
            }
            (None, Some(name)) => {
                let (id, note) = (self.mint.id(self.at), note.unwrap_or_default());
                self.people.insert(code.to_string(), (id, name.clone()));
                let (code, validity) = (Some(code), Validity::since(self.at));
                self.steps.push(Step::AddPerson(Person { id, code, name, note, validity }));
            }
            (None, None) => {
                self.fault(&row.code, FaultKind::Missing(code.to_string(), "name"));
            }
        }
    }
}

/// How many agencies stand above this one; none where it stands under itself.
fn depth(above: &HashMap<AgencyId, AgencyId>, agency: AgencyId) -> Option<usize> {
    let mut at = agency;
    for depth in 0..=above.len() {
        match above.get(&at) {
            Some(parent) => at = *parent,
            None => return Some(depth),
        }
    }
    None
}
