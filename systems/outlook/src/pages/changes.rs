//! The changes of a what-if as they are typed: one in the form, and those that were added before,
//! each of which the page carries as it was typed, so that all are read and checked alike.

use axum::{extract::Query, http::Uri};
use desk::typed::Typed;
use jiff::civil::Date;
use kernel::AgencyId;
use web::{SignedIn, form::Faults, http::encoded, tr};

use super::Sight;
use crate::model::Supposed;

/// Most changes of one run.
const CHANGES_MAX: usize = 6;
/// What the page carries a change as that was added before.
pub(super) const ADDED: &str = "da-them";
/// The kinds of change, each with its own fields.
pub(super) const KINDS: [(&str, &[&str]); 5] = [
    ("them-nguoi", &["buoc", OFFICERS.field]),
    ("them-gio", &["buoc-gio", OVERTIME.field]),
    ("giam-viec", &["thu-tuc", WORK.field]),
    ("them-ho-so", &[ARRIVALS.field]),
    ("nghi", &["ngay"]),
];
/// Officers more.
pub(super) const OFFICERS: Number = Number { field: "so-nguoi", least: 1, most: 50 };
/// Minutes of overtime a day.
pub(super) const OVERTIME: Number =
    Number { field: "so-phut", least: 1, most: forecast::OVERTIME_MAX };
/// Hundredths of work less.
pub(super) const WORK: Number = Number { field: "so-giam", least: 1, most: 90 };
/// Hundredths of dossiers more.
pub(super) const ARRIVALS: Number = Number { field: "so-tang", least: 1, most: 400 };

/// A number that a change asks for.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) field: &'static str,
    pub(super) least: u16,
    pub(super) most: u16,
}

impl Number {
    /// What was typed, or what is wrong with it.
    fn of(self, me: &SignedIn, typed: &Typed, faults: &mut Faults) -> Option<u16> {
        let Self { field, least, most } = self;
        let number = typed.get(field).parse().ok().filter(|n| (least..=most).contains(n));
        if number.is_none() {
            faults.add(field, tr!(me, "outlook-fault-number", least = least, most = most));
        }
        number
    }
}

/// The changes that were added before, each with what was typed for it.
pub(super) struct Added(Vec<(String, Supposed)>);

impl Added {
    /// Those that a form or an address carries; what does not fit any more is left out.
    pub(super) fn of(me: &SignedIn, sight: &Sight, typed: &Typed) -> Self {
        let known = |text: &str| {
            let uri: Uri = format!("/?{text}").parse().ok()?;
            let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(&uri).ok()?;
            let supposed = parsed(me, sight, &Typed(pairs), &mut Faults::default())?;
            Some((text.to_owned(), supposed))
        };
        Self(typed.all(ADDED).filter_map(known).take(CHANGES_MAX).collect())
    }

    /// Adds what was typed, or says what is wrong with it.
    pub(super) fn add(&mut self, me: &SignedIn, sight: &Sight, typed: &Typed, faults: &mut Faults) {
        if self.0.len() >= CHANGES_MAX {
            faults.add("viec", tr!(me, "outlook-fault-many", n = CHANGES_MAX));
            return;
        }
        if let Some(supposed) = parsed(me, sight, typed, faults).filter(|_| faults.is_empty()) {
            let own = KINDS.iter().find(|(kind, _)| *kind == typed.get("viec"));
            let own = own.into_iter().flat_map(|(_, fields)| fields.iter().copied());
            let fields = ["cua", "viec"].into_iter().chain(own);
            let pairs = fields.map(|field| format!("{field}={}", encoded(typed.get(field))));
            self.0.push((pairs.collect::<Vec<_>>().join("&"), supposed));
        }
    }

    /// Takes one away, by its place.
    pub(super) fn remove(&mut self, place: usize) {
        if place < self.0.len() {
            self.0.remove(place);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the page carries.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(text, _)| text.as_str())
    }

    /// The changes.
    pub(super) fn all(&self) -> Vec<Supposed> {
        self.0.iter().map(|(_, supposed)| supposed.clone()).collect()
    }

    /// An empty form about the agency of `typed`, with what was added.
    pub(super) fn form(&self, typed: &Typed) -> Typed {
        let added = self.texts().map(|text| (ADDED.to_owned(), text.to_owned()));
        let agency = ("cua".to_owned(), typed.get("cua").to_owned());
        Typed(std::iter::once(agency).chain(added).collect())
    }
}

/// Whether something was typed of a change but what kind it is.
pub(super) fn is_begun(typed: &Typed) -> bool {
    KINDS.iter().flat_map(|(_, fields)| *fields).any(|field| !typed.get(field).is_empty())
}

/// The agency that is spoken of: the one typed, where it may be seen, or one's own.
pub(super) fn agency(me: &SignedIn, sight: &Sight, typed: &Typed) -> AgencyId {
    let code = typed.get("cua").parse().ok();
    let found = code.and_then(|code| me.directory.agency_by_code(&code));
    found.map(|agency| agency.id).filter(|id| sight.sees(me, *id)).unwrap_or(me.agency)
}

/// A step that was chosen, or what is wrong with it.
fn step(me: &SignedIn, field: &str, typed: &Typed, faults: &mut Faults) -> Option<String> {
    let step = typed.get(field);
    let fits = step.parse::<forecast::StepName>().is_ok();
    if !fits {
        faults.add(field, tr!(me, "outlook-fault-step"));
    }
    fits.then(|| step.to_owned())
}

/// A day off within the days that are foreseen, or what is wrong with it.
fn day(me: &SignedIn, typed: &Typed, faults: &mut Faults) -> Option<Date> {
    match web::form::date(typed.get("ngay")) {
        Ok(date) => {
            let (first, days) = (kernel::today(me.now), i32::from(crate::compute::DAYS));
            let ahead = (date - first).get_days();
            let fits = (0..days).contains(&ahead);
            if !fits {
                faults.add("ngay", tr!(me, "outlook-fault-day", days = days));
            }
            fits.then_some(date)
        }
        Err(fault) => {
            faults.add("ngay", fault.say(&me.words));
            None
        }
    }
}

/// What was typed for the chosen kind, as something that is supposed.
fn parsed(me: &SignedIn, sight: &Sight, typed: &Typed, faults: &mut Faults) -> Option<Supposed> {
    let agency = agency(me, sight, typed);
    match typed.get("viec") {
        "them-nguoi" => {
            let step = step(me, "buoc", typed, faults);
            let more = OFFICERS.of(me, typed, faults);
            Some(Supposed::Officers { agency, step: step?, more: more? })
        }
        "them-gio" => {
            let step = step(me, "buoc-gio", typed, faults);
            let minutes = OVERTIME.of(me, typed, faults);
            Some(Supposed::Overtime { agency, step: step?, minutes: minutes? })
        }
        "giam-viec" => {
            let procedure = typed.get("thu-tuc").parse().ok();
            if procedure.is_none() {
                faults.add("thu-tuc", tr!(me, "outlook-fault-procedure"));
            }
            let percent = WORK.of(me, typed, faults);
            Some(Supposed::Work { procedure: procedure?, percent: 100 - percent? })
        }
        "them-ho-so" => {
            let percent = ARRIVALS.of(me, typed, faults)?;
            let agency = Some(agency).filter(|id| {
                !sight.all || me.directory.agency(*id).is_some_and(|a| a.parent.is_some())
            });
            Some(Supposed::Arrivals { agency, percent: 100 + percent })
        }
        "nghi" => day(me, typed, faults).map(|date| Supposed::Holiday { date }),
        _ => {
            faults.add("viec", tr!(me, "outlook-fault-kind"));
            None
        }
    }
}
