//! A plan while it is drawn up: what is known, and what is wrong.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use kernel::{AgencyCode, AgencyId, Instant, Mint, PlaceCode};
use toml::Spanned;

use super::{
    Fault, FaultKind, PlaceEnd, Step,
    file::{self, File, Posts},
    posts,
};
use crate::{Agency, Directory, Place, PlaceKind, Validity};

/// What is known while a plan is drawn up.
pub(super) struct Draft<'a> {
    pub(super) directory: &'a Directory,
    pub(super) text: &'a str,
    pub(super) mint: &'a Mint,
    pub(super) day: Date,
    pub(super) effective: Instant,
    /// The agencies that the plan opens.
    pub(super) opened: BTreeMap<String, AgencyId>,
    /// The agencies into which a seat of a head was carried.
    pub(super) carried_heads: BTreeSet<AgencyId>,
    pub(super) faults: Vec<Fault>,
}

impl<'a> Draft<'a> {
    pub(super) fn fault<T>(&mut self, at: &Spanned<T>, kind: FaultKind) {
        let line = file::line_at(self.text, at.span().start);
        self.faults.push(Fault { line, kind });
    }

    /// The agency with this code that is open when the plan was applied: one that is there, or
    /// one that the plan opens.
    pub(super) fn agency(&mut self, code: &Spanned<String>) -> Option<AgencyId> {
        let found = self.find(code.get_ref());
        if found.is_none() {
            self.fault(code, FaultKind::UnknownAgency(code.get_ref().clone()));
        }
        found
    }

    fn find(&self, code: &str) -> Option<AgencyId> {
        let there = || {
            let agency = self.directory.agency_by_code(&code.parse().ok()?)?;
            agency.validity.to.is_none().then_some(agency.id)
        };
        self.opened.get(code).copied().or_else(there)
    }

    pub(super) fn open(&mut self, file: &File, steps: &mut Vec<Step>) {
        for open in &file.open {
            let code = open.code.get_ref();
            let Ok(parsed) = code.parse::<AgencyCode>() else {
                self.fault(&open.code, FaultKind::UnknownAgency(code.clone()));
                continue;
            };
            if self.find(code).is_some() {
                self.fault(&open.code, FaultKind::CodeTaken(code.clone()));
            }
            let Ok(level) = open.level.get_ref().parse() else {
                self.fault(&open.level, FaultKind::Level(open.level.get_ref().clone()));
                continue;
            };
            let parent = open.parent.as_ref().and_then(|parent| self.agency(parent));
            let place = open.place.as_ref().and_then(|place| self.known_place(place, file));
            let id = self.mint.id(self.effective);
            self.opened.insert(code.clone(), id);
            let agency = Agency {
                id,
                code: parsed,
                name: open.name.clone(),
                short_name: open.short_name.clone().unwrap_or_else(|| open.name.clone()),
                level,
                parent,
                place,
                working_week: None,
                validity: Validity::since(self.effective),
                successor: None,
                former_names: Vec::new(),
            };
            steps.push(Step::Open { agency });
        }
    }

    pub(super) fn rename(&mut self, file: &File, steps: &mut Vec<Step>) {
        for rename in &file.rename {
            let Some(id) = self.agency(&rename.agency) else { continue };
            let Ok(code) = rename.agency.get_ref().parse() else { continue };
            let name = rename.name.clone();
            let short_name = rename.short_name.clone().unwrap_or_else(|| name.clone());
            steps.push(Step::Rename { agency: id, code, name, short_name });
        }
    }

    pub(super) fn close(&mut self, file: &File, steps: &mut Vec<Step>) {
        let ends = endings(&file.merge, &file.split);
        self.check_endings(&ends);
        let ending: BTreeSet<&str> = ends.iter().map(|end| end.from.get_ref().as_str()).collect();
        for end in &ends {
            let from = self.agency(end.from);
            let into: Vec<Option<AgencyId>> =
                end.into.iter().map(|code| self.agency(code)).collect();
            let into: Option<Vec<AgencyId>> = into.into_iter().collect();
            let (Some(from), Some(into)) = (from, into) else { continue };
            let Some(agency) = self.directory.agency(from) else { continue };
            let moves = posts::moves(self, file, end, agency, &into);
            let stays = |child: &AgencyId| {
                let code = self.directory.agency(*child).map(|a| a.code.as_str());
                code.is_some_and(|code| !ending.contains(code))
            };
            let children = self.directory.children(from).iter().copied().filter(stays).collect();
            let code = agency.code.clone();
            steps.push(Step::Close { agency: from, code, into, posts: moves, children });
        }
    }

    /// One end for each, and no successor that ends itself.
    fn check_endings(&mut self, ends: &[Ending<'_>]) {
        let first: BTreeMap<&str, &str> = ends
            .iter()
            .filter_map(|e| Some((e.code(), e.into.first()?.get_ref().as_str())))
            .collect();
        let mut seen = BTreeSet::new();
        for end in ends {
            let code = end.code();
            if !seen.insert(code) {
                self.fault(end.from, FaultKind::EndsTwice(code.to_owned()));
            }
            for into in end.into {
                if !first.contains_key(into.get_ref().as_str()) {
                    continue;
                }
                let kind = match comes_back(&first, code) {
                    true => FaultKind::Circle(code.to_owned()),
                    false => FaultKind::SuccessorEnds(into.get_ref().clone()),
                };
                self.fault(into, kind);
            }
        }
    }

    pub(super) fn places(&mut self, file: &File, steps: &mut Vec<Step>) {
        let (mut end, mut begin) = (Vec::new(), Vec::new());
        for form in &file.place {
            let Some(place) = self.place_form(form, file) else { continue };
            if let Some(former) = self.open_place(&place.code) {
                end.push(PlaceEnd { place: former.clone(), successors: Vec::new() });
            }
            begin.push(place);
        }
        let ends = endings(&file.place_merge, &file.place_split);
        self.check_endings(&ends);
        for ending in &ends {
            let from = self.known_place(ending.from, file);
            let into: Vec<Option<PlaceCode>> =
                ending.into.iter().map(|code| self.known_place(code, file)).collect();
            let into: Option<Vec<PlaceCode>> = into.into_iter().collect();
            let (Some(from), Some(successors)) = (from, into) else { continue };
            self.nobody_stays(ending.from, &from, file);
            if let Some(place) = self.open_place(&from) {
                end.push(PlaceEnd { place: place.clone(), successors });
            }
        }
        if !(end.is_empty() && begin.is_empty()) {
            steps.push(Step::Places { end, begin });
        }
    }

    fn place_form(&mut self, form: &file::PlaceForm, file: &File) -> Option<Place> {
        let Ok(code) = form.code.get_ref().parse::<PlaceCode>() else {
            self.fault(&form.code, FaultKind::UnknownPlace(form.code.get_ref().clone()));
            return None;
        };
        let name = kernel::nfc(form.name.get_ref());
        let Some((kind, _)) = PlaceKind::of(&name) else {
            self.fault(&form.name, FaultKind::PlaceName(name));
            return None;
        };
        let former = self.open_place(&code).and_then(|place| place.parent.clone());
        let parent = form.parent.as_ref().and_then(|parent| self.known_place(parent, file));
        Some(Place {
            code,
            name: name.into(),
            kind,
            parent: parent.or(former),
            note: file.basis.clone().into(),
            valid_from: self.day,
            valid_to: None,
            successors: Vec::new(),
        })
    }

    fn open_place(&self, code: &PlaceCode) -> Option<&'a Place> {
        let places: &'a crate::Gazetteer = self.directory.places();
        places.get(code).filter(|place| place.valid_to.is_none())
    }

    /// The code of a place that is there, or that the plan makes.
    fn known_place(&mut self, code: &Spanned<String>, file: &File) -> Option<PlaceCode> {
        let made = file.place.iter().any(|form| form.code.get_ref() == code.get_ref());
        let parsed = code.get_ref().parse().ok();
        let known = parsed.filter(|parsed| made || self.open_place(parsed).is_some());
        if known.is_none() {
            self.fault(code, FaultKind::UnknownPlace(code.get_ref().clone()));
        }
        known
    }

    /// An agency that is the authority of a place ends with the place.
    fn nobody_stays(&mut self, at: &Spanned<String>, place: &PlaceCode, file: &File) {
        let ends = endings(&file.merge, &file.split);
        let stays = |agency: &&Agency| {
            let there = agency.validity.to.is_none() && agency.place.as_ref() == Some(place);
            there && !ends.iter().any(|end| end.code() == agency.code.as_str())
        };
        let staying: Vec<String> =
            self.directory.agencies().filter(stays).map(|a| a.code.to_string()).collect();
        for agency in staying {
            self.fault(at, FaultKind::StandsThere { agency, place: place.to_string() });
        }
    }
}

/// One thing that ends, and what takes over.
pub(super) struct Ending<'f> {
    pub(super) from: &'f Spanned<String>,
    pub(super) into: &'f [Spanned<String>],
    pub(super) posts: Option<Posts>,
}

impl Ending<'_> {
    pub(super) fn code(&self) -> &str {
        self.from.get_ref()
    }
}

/// All that ends; what survives a merger does not.
fn endings<'f>(merges: &'f [file::Merge], splits: &'f [file::Split]) -> Vec<Ending<'f>> {
    let mut ends = Vec::new();
    for merge in merges {
        for from in merge.from.iter().filter(|from| from.get_ref() != merge.into.get_ref()) {
            let into = std::slice::from_ref(&merge.into);
            ends.push(Ending { from, into, posts: merge.posts });
        }
    }
    for split in splits {
        ends.push(Ending { from: &split.from, into: &split.into, posts: split.posts });
    }
    ends
}

fn comes_back(first: &BTreeMap<&str, &str>, start: &str) -> bool {
    let mut at = start;
    for _ in 0..first.len() {
        match first.get(at) {
            Some(next) => at = next,
            None => return false,
        }
        if at == start {
            return true;
        }
    }
    false
}
