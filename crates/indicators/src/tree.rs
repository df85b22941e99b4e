//! Which agencies belonged to whom on which days: the tree of the directory of today, walked back
//! by what the journal says was changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use directory::{Agency, AgencyLevel, Directory};
use kernel::{AgencyId, PlaceCode};
use store::{Tx, args};

use crate::{
    Error, Result,
    cube::Cube,
    day::Day,
    scope::{Of, Roll, Scope},
};

/// The trees of agencies and places through time.
#[derive(Debug, Clone)]
pub struct Tree {
    agencies: BTreeMap<AgencyId, Branch>,
    /// Days on which something became otherwise, in order.
    turns: Vec<Day>,
    /// Where a place went that ended.
    places: HashMap<PlaceCode, PlaceCode>,
    /// The province of a commune.
    provinces: HashMap<PlaceCode, PlaceCode>,
}

/// An agency, now and before.
#[derive(Debug, Clone)]
struct Branch {
    level: AgencyLevel,
    successor: Option<AgencyId>,
    /// The first day on which it is no longer.
    ends: Option<Day>,
    parent: History<Option<AgencyId>>,
    place: History<Option<PlaceCode>>,
}

/// A value of today, and what it was before some days; the days in order.
#[derive(Debug, Clone)]
struct History<T> {
    now: T,
    before: Vec<(Day, T)>,
}

impl<T> History<T> {
    fn on(&self, day: Day) -> &T {
        let earlier = self.before.iter().find(|(until, _)| day < *until);
        earlier.map_or(&self.now, |(_, value)| value)
    }
}

/// Days on which an agency belongs to a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Which agency.
    pub agency: AgencyId,
    /// From this day on.
    pub first: Day,
    /// Until this day.
    pub last: Day,
}

/// Something that an agency was until a day, as the journal tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Before {
    /// Under which agency it stood.
    Parent(Option<AgencyId>),
    /// Where it was.
    Place(Option<PlaceCode>),
}

impl Cube {
    /// How many changes of agencies and places were counted; the tree is another where it grew.
    ///
    /// # Errors
    /// Those of the store.
    pub fn changes(&self, tx: &mut Tx<'_>) -> Result<u64> {
        let build = self.current(tx)?.unwrap_or(0);
        let sql = "select count(*) from cube_tree where tenant = $1 and build = $2";
        Ok(tx.one(sql, args!(&self.tenant, build), |row| row.get(0))?)
    }

    /// The trees through time, of the directory of today and of what was counted of the journal.
    ///
    /// # Errors
    /// [`Error::Damaged`] where a row is not what was written, and those of the store.
    pub fn tree(&self, tx: &mut Tx<'_>, directory: &Directory) -> Result<Tree> {
        let build = self.current(tx)?.unwrap_or(0);
        let rows: Vec<(AgencyId, i32, String, Option<String>)> = tx.all(
            "select agency, day, what, before from cube_tree
             where tenant = $1 and build = $2 order by pos",
            args!(&self.tenant, build),
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )?;
        let mut changes = Vec::with_capacity(rows.len());
        for (agency, day, what, before) in rows {
            let broken = Error::Damaged("cube_tree");
            let before = match (what.as_str(), before.as_deref()) {
                ("parent", None) => Before::Parent(None),
                ("parent", Some(id)) => Before::Parent(Some(id.parse().map_err(|_| broken)?)),
                ("place", None) => Before::Place(None),
                ("place", Some(code)) => Before::Place(Some(code.parse().map_err(|_| broken)?)),
                _ => return Err(broken),
            };
            changes.push((agency, Day::from_number(day), before));
        }
        Ok(Tree::new(directory, changes))
    }
}

impl Tree {
    /// The trees of a directory, with what was changed, oldest first.
    #[must_use]
    pub fn new(directory: &Directory, changes: Vec<(AgencyId, Day, Before)>) -> Self {
        let mut agencies: BTreeMap<AgencyId, Branch> =
            directory.agencies().map(|agency| (agency.id, Branch::of(agency))).collect();
        let ends: HashMap<AgencyId, Day> =
            agencies.iter().filter_map(|(id, branch)| Some((*id, branch.ends?))).collect();
        let mut turns: BTreeSet<Day> = ends.values().copied().collect();
        for (agency, day, before) in changes {
            let Some(branch) = agencies.get_mut(&agency) else { continue };
            // Nobody stands under an agency that has ended, however late the move was written.
            let day = match &before {
                Before::Parent(Some(former)) => ends.get(former).map_or(day, |end| day.min(*end)),
                _ => day,
            };
            turns.insert(day);
            match before {
                Before::Parent(parent) => branch.parent.before.push((day, parent)),
                Before::Place(place) => branch.place.before.push((day, place)),
            }
        }
        for branch in agencies.values_mut() {
            branch.parent.before.sort_by_key(|(day, _)| *day);
            branch.place.before.sort_by_key(|(day, _)| *day);
        }
        let (mut places, mut provinces) = (HashMap::new(), HashMap::new());
        for code in agencies.values().flat_map(Branch::places) {
            note_place(directory, code, &mut places, &mut provinces);
        }
        Self { agencies, turns: turns.into_iter().collect(), places, provinces }
    }

    /// Every agency, in order.
    pub fn agencies(&self) -> impl Iterator<Item = AgencyId> {
        self.agencies.keys().copied()
    }

    /// Which agencies belong to a scope on which days from `first` to `last`; none for the whole
    /// authority, to which everything belongs. In order of agencies and days.
    #[must_use]
    pub fn spans(&self, scope: &Scope, first: Day, last: Day) -> Option<Vec<Span>> {
        match (&scope.of, scope.roll) {
            (Of::All, _) => return None,
            (Of::Only(agency), Roll::AsItWas) => {
                return Some(vec![Span { agency: *agency, first, last }]);
            }
            _ => {}
        }
        let segments = self.segments(first, last);
        Some(join(segments.into_iter().map(|days| (days, self.members(scope, days.0)))))
    }

    /// As [`Self::spans`], for many scopes at once: who stands below whom is found once for all.
    #[must_use]
    pub fn spans_of(&self, scopes: &[Scope], first: Day, last: Day) -> Vec<Option<Vec<Span>>> {
        let segments = self.segments(first, last);
        let below: Vec<_> = segments.iter().map(|(from, _)| self.below(*from)).collect();
        let spans = |scope: &Scope| match (&scope.of, scope.roll) {
            (Of::Agency(agency), Roll::AsItWas) => {
                let members = below.iter().map(|below| below.get(agency).cloned());
                let members = members.map(Option::unwrap_or_default);
                Some(join(segments.iter().copied().zip(members)))
            }
            _ => self.spans(scope, first, last),
        };
        scopes.iter().map(spans).collect()
    }

    /// Each agency with all that stood below it on a day.
    fn below(&self, day: Day) -> HashMap<AgencyId, BTreeSet<AgencyId>> {
        let mut below: HashMap<AgencyId, BTreeSet<AgencyId>> = HashMap::new();
        for agency in self.agencies() {
            for above in self.line(agency, day) {
                below.entry(above).or_default().insert(agency);
            }
        }
        below
    }

    /// Days between which nothing changes.
    fn segments(&self, first: Day, last: Day) -> Vec<(Day, Day)> {
        let turns = self.turns.iter().copied().filter(|turn| first < *turn && *turn <= last);
        let starts: Vec<Day> = std::iter::once(first).chain(turns).collect();
        let ends = starts.iter().skip(1).map(|day| day.before()).chain([last]);
        starts.iter().copied().zip(ends).collect()
    }

    fn members(&self, scope: &Scope, day: Day) -> BTreeSet<AgencyId> {
        let comparable = scope.roll == Roll::Comparable;
        let mut members = BTreeSet::new();
        match &scope.of {
            Of::All => members.extend(self.agencies()),
            Of::Only(agency) => {
                members.insert(*agency);
                if comparable {
                    members.extend(self.agencies().filter(|one| self.leads_to(*one, *agency)));
                }
            }
            Of::Agency(agency) => {
                members.extend(self.agencies().filter(|one| {
                    let mut line = self.line(*one, day);
                    line.any(|above| {
                        above == *agency || comparable && self.leads_to(above, *agency)
                    })
                }));
            }
            Of::Place(place) => {
                members.extend(self.agencies().filter(|one| {
                    let home = self.home(*one, day);
                    home.is_some_and(|home| self.lies_in(home, place, comparable))
                }));
            }
        }
        members
    }

    /// The agency and those above it on a day, the nearest first.
    fn line(&self, agency: AgencyId, day: Day) -> impl Iterator<Item = AgencyId> {
        let above = move |at: &AgencyId| *self.agencies.get(at)?.parent.on(day);
        // A circle can only come from a hand in the database; it ends here.
        std::iter::successors(Some(agency), above).take(16)
    }

    /// Whether what an agency was went, perhaps over others, to `heir`.
    fn leads_to(&self, agency: AgencyId, heir: AgencyId) -> bool {
        let next = |at: &AgencyId| self.agencies.get(at)?.successor;
        std::iter::successors(next(&agency), next).take(16).any(|at| at == heir)
    }

    /// The place whose authority an agency is, or stands under.
    fn home(&self, agency: AgencyId, day: Day) -> Option<&PlaceCode> {
        let branches = self.line(agency, day).filter_map(|at| self.agencies.get(&at));
        let seats = |level| matches!(level, AgencyLevel::Commune | AgencyLevel::Province);
        let mut own = None;
        for branch in branches {
            let place = branch.place.on(day).as_ref();
            if seats(branch.level) && place.is_some() {
                return place;
            }
            own = own.or(place);
        }
        own
    }

    fn lies_in(&self, home: &PlaceCode, place: &PlaceCode, comparable: bool) -> bool {
        let reaches = |at: &PlaceCode| at == place || self.provinces.get(at) == Some(place);
        let next = |at: &&PlaceCode| self.places.get(*at).filter(|_| comparable);
        std::iter::successors(Some(home), next).take(16).any(reaches)
    }
}

impl Branch {
    fn of(agency: &Agency) -> Self {
        Self {
            level: agency.level,
            successor: agency.successor,
            ends: agency.validity.to.map(Day::of),
            parent: History { now: agency.parent, before: Vec::new() },
            place: History { now: agency.place.clone(), before: Vec::new() },
        }
    }

    fn places(&self) -> Vec<PlaceCode> {
        let before = self.place.before.iter().filter_map(|(_, place)| place.clone());
        before.chain(self.place.now.clone()).collect()
    }
}

/// Days that follow each other become one span; in order of agencies and days.
fn join(parts: impl Iterator<Item = ((Day, Day), BTreeSet<AgencyId>)>) -> Vec<Span> {
    let mut spans: BTreeMap<AgencyId, Vec<Span>> = BTreeMap::new();
    for ((first, last), members) in parts {
        for agency in members {
            let of_agency = spans.entry(agency).or_default();
            match of_agency.last_mut() {
                Some(span) if span.last.next() == first => span.last = last,
                _ => of_agency.push(Span { agency, first, last }),
            }
        }
    }
    spans.into_values().flatten().collect()
}

fn note_place(
    directory: &Directory,
    code: PlaceCode,
    places: &mut HashMap<PlaceCode, PlaceCode>,
    provinces: &mut HashMap<PlaceCode, PlaceCode>,
) {
    let mut next = Some(code);
    for _ in 0..16 {
        let Some(place) = next.as_ref().and_then(|code| directory.places().get(code)) else {
            return;
        };
        if let Some(parent) = &place.parent {
            provinces.insert(place.code.clone(), parent.clone());
        }
        let heir = place.successors.first().cloned();
        if let Some(heir) = &heir {
            places.insert(place.code.clone(), heir.clone());
        }
        next = heir;
    }
}
