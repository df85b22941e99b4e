//! All places of the country in memory: by code, by name, and from codes before July 2025.

use std::{
    borrow::Cow,
    sync::{Arc, LazyLock},
};

use jiff::civil::Date;
use kernel::{PlaceCode, fold};

use crate::{
    Place, PlaceKind,
    old_unit::{self, OldUnit},
};

/// Never more than this many hits for one search.
pub const SEARCH_HITS_MAX: usize = 100;

/// A place changes hands at most so often before we take the chain for a circle.
const CHAIN_MAX: usize = 16;

static PROVINCES: &str = include_str!("../data/provinces.tsv");
static COMMUNES: &str = include_str!("../data/communes.tsv");

/// What became of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conversion {
    /// All of it lies in one place of today.
    Whole(PlaceCode),
    /// It was divided; somebody who knows the address must choose.
    Split {
        /// Where most of it went.
        default: PlaceCode,
        /// All that took a part, the default first.
        choices: Vec<PlaceCode>,
    },
}

/// All places, in the forms they have and had since July 2025.
#[derive(Debug, Clone)]
pub struct Gazetteer {
    /// By code, then by first day.
    places: Vec<Place>,
    /// Folded names with and without their kind, and where the place stands; sorted.
    names: Vec<(String, usize)>,
}

impl Gazetteer {
    /// The places that come with the program: 34 provinces and 3,321 communes.
    #[must_use]
    pub fn shipped() -> Arc<Self> {
        static SHIPPED: LazyLock<Arc<Gazetteer>> = LazyLock::new(|| {
            let provinces = rows(PROVINCES)
                .map(|[code, name, from, to, note]| place(code, name, None, [from, to], note));
            let communes = rows(COMMUNES).map(|[code, name, province, from, to, note]| {
                place(code, name, Some(province), [from, to], note)
            });
            Arc::new(Gazetteer::new(provinces.chain(communes).collect()))
        });
        SHIPPED.clone()
    }

    /// These places and what an authority recorded since: a recorded form takes the place of
    /// the one with the same code and first day, and is added otherwise.
    #[must_use]
    pub fn with(&self, recorded: Vec<Place>) -> Self {
        let mut places = self.places.clone();
        for place in recorded {
            match places.iter_mut().find(|p| same_form(p, &place)) {
                Some(known) => *known = place,
                None => places.push(place),
            }
        }
        Self::new(places)
    }

    fn new(mut places: Vec<Place>) -> Self {
        places.sort_by(|a, b| (&a.code, a.valid_from).cmp(&(&b.code, b.valid_from)));
        let mut names = Vec::with_capacity(places.len() * 2);
        for (at, place) in places.iter().enumerate().filter(|(_, p)| p.valid_to.is_none()) {
            names.push((fold(place.bare_name()), at));
            names.push((fold(&place.name), at));
        }
        names.sort();
        Self { places, names }
    }

    /// The newest form of the place.
    #[must_use]
    pub fn get(&self, code: &PlaceCode) -> Option<&Place> {
        self.forms(code).last()
    }

    /// The form that the place had on `day`.
    #[must_use]
    pub fn on(&self, code: &PlaceCode, day: Date) -> Option<&Place> {
        self.forms(code).iter().rev().find(|place| place.holds_on(day))
    }

    /// All forms of the place, the oldest first; empty for an unknown code.
    #[must_use]
    pub fn forms(&self, code: &PlaceCode) -> &[Place] {
        let from = self.places.partition_point(|p| p.code < *code);
        let to = self.places.partition_point(|p| p.code <= *code);
        &self.places[from..to]
    }

    /// The provinces and cities of today, by code.
    pub fn provinces(&self) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(|p| p.valid_to.is_none() && p.kind.is_province())
    }

    /// The communes of today in a province, by code.
    pub fn communes<'a>(&'a self, province: &'a PlaceCode) -> impl Iterator<Item = &'a Place> {
        let inside = move |p: &&Place| p.valid_to.is_none() && p.parent.as_ref() == Some(province);
        self.places.iter().filter(inside)
    }

    /// The places of today whose name begins with `text`, whatever its marks and with or
    /// without its kind ("hoa binh", "xã Hoà"), in the order of the folded names; names are not
    /// unique. `within` narrows to one province.
    #[must_use]
    pub fn search(&self, text: &str, within: Option<&PlaceCode>, limit: usize) -> Vec<&Place> {
        let wanted = fold(text);
        if wanted.is_empty() {
            return Vec::new();
        }
        let first = self.names.partition_point(|(name, _)| *name < wanted);
        let mut hits: Vec<&Place> = Vec::new();
        for (_, at) in self.names[first..].iter().take_while(|(n, _)| n.starts_with(&wanted)) {
            let place = &self.places[*at];
            let inside = within.is_none_or(|p| place.parent.as_ref() == Some(p));
            // "xa" finds a place by its kind and perhaps by its bare name too.
            if inside && !hits.iter().any(|known| known.code == place.code) {
                hits.push(place);
            }
            if hits.len() == limit.min(SEARCH_HITS_MAX) {
                break;
            }
        }
        hits
    }

    /// What the unit with this code of before July 2025 became; `None` for an unknown code. The
    /// same digits may be a code of today with another meaning, see [`Gazetteer::follow`].
    #[must_use]
    pub fn convert(&self, old_code: &str) -> Option<Conversion> {
        self.conversion(old_unit::find(old_code)?.now())
    }

    /// Units of before July 2025 whose name begins with `text`, for people who know their
    /// address by its old name.
    #[must_use]
    pub fn search_old(&self, text: &str, limit: usize) -> Vec<OldUnit> {
        old_unit::search(text, limit.min(SEARCH_HITS_MAX))
    }

    /// What a place that has existed since July 2025 is today: itself, or its successors.
    #[must_use]
    pub fn follow(&self, code: &PlaceCode) -> Option<Conversion> {
        self.conversion(vec![code.clone()])
    }

    fn conversion(&self, from: Vec<PlaceCode>) -> Option<Conversion> {
        let mut choices = Vec::new();
        for code in &from {
            self.open_successors(code, &mut choices, 0);
        }
        let default = choices.first()?.clone();
        Some(match choices.len() {
            1 => Conversion::Whole(default),
            _ => Conversion::Split { default, choices },
        })
    }

    fn open_successors(&self, code: &PlaceCode, found: &mut Vec<PlaceCode>, depth: usize) {
        let Some(place) = self.get(code) else { return };
        if place.valid_to.is_none() {
            if !found.contains(code) {
                found.push(code.clone());
            }
        } else if depth < CHAIN_MAX {
            for next in &place.successors {
                self.open_successors(next, found, depth + 1);
            }
        }
    }
}

fn same_form(a: &Place, b: &Place) -> bool {
    a.code == b.code && a.valid_from == b.valid_from
}

/// The lines of a shipped table after its header, each in exactly `N` cells.
pub(crate) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        cells.try_into().expect("the shipped tables have as many cells as their header")
    })
}

fn place(
    code: &'static str,
    name: &'static str,
    parent: Option<&'static str>,
    [from, to]: [&'static str; 2],
    note: &'static str,
) -> Place {
    const SOUND: &str = "the shipped tables are tested cell by cell";
    let day = |text: &str| text.parse::<Date>().expect(SOUND);
    Place {
        code: code.parse().expect(SOUND),
        kind: PlaceKind::of(name).expect(SOUND).0,
        name: Cow::Borrowed(name),
        parent: parent.map(|code| code.parse().expect(SOUND)),
        note: Cow::Borrowed(note),
        valid_from: day(from),
        valid_to: (!to.is_empty()).then(|| day(to)),
        successors: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn code(text: &str) -> PlaceCode {
        text.parse().unwrap()
    }
    fn name(code_text: &str) -> String {
        Gazetteer::shipped().get(&code(code_text)).unwrap().name.to_string()
    }

    #[test]
    fn the_whole_country_is_there() {
        let places = Gazetteer::shipped();
        assert_eq!(places.provinces().count(), 34);
        let cities = places.provinces().filter(|p| p.kind == PlaceKind::City).count();
        assert_eq!(cities, 9);
        let communes: Vec<&Place> =
            places.provinces().flat_map(|p| places.communes(&p.code)).collect();
        let of = |kind| communes.iter().filter(|p| p.kind == kind).count();
        assert_eq!(communes.len(), 3321);
        assert_eq!(of(PlaceKind::RuralCommune), 2599);
        assert_eq!(of(PlaceKind::Ward), 709);
        assert_eq!(of(PlaceKind::SpecialZone), 13);
        assert_eq!(places.communes(&code("19")).count(), 92);
    }

    #[test]
    fn ba_che_has_the_code_that_three_of_four_sources_give() {
        assert_eq!(name("06970"), "Xã Ba Chẽ");
        assert_eq!(Gazetteer::shipped().get(&code("06978")), None);
    }

    #[test]
    fn three_provinces_became_cities_in_2026_and_kept_their_codes() {
        let places = Gazetteer::shipped();
        for (province, last_day, now) in [
            ("75", date(2026, 4, 29), "Thành phố Đồng Nai"),
            ("22", date(2026, 8, 23), "Thành phố Quảng Ninh"),
            ("24", date(2026, 8, 23), "Thành phố Bắc Ninh"),
        ] {
            assert_eq!(name(province), now);
            let before = places.on(&code(province), last_day).unwrap();
            assert_eq!(before.kind, PlaceKind::Province);
            let after = places.on(&code(province), last_day.tomorrow().unwrap()).unwrap();
            assert_eq!(after.kind, PlaceKind::City);
            assert_eq!(places.follow(&code(province)), Some(Conversion::Whole(code(province))));
        }
        let long_thanh = code("26368");
        assert_eq!(places.on(&long_thanh, date(2026, 4, 1)).unwrap().name, "Xã Long Thành");
        assert_eq!(places.get(&long_thanh).unwrap().name, "Phường Long Thành");
        assert_eq!(places.on(&long_thanh, date(2025, 6, 30)), None);
    }

    #[test]
    fn names_are_found_however_the_tone_is_written_and_are_not_unique() {
        let places = Gazetteer::shipped();
        let codes = |text: &str, within: Option<&str>| -> Vec<String> {
            let within = within.map(code);
            let hits = places.search(text, within.as_ref(), 50);
            hits.iter().map(|p| p.code.to_string()).collect()
        };
        // Officially "Xã Hoà An", elsewhere written "Xã Hòa An".
        assert_eq!(codes("xã Hoà An", Some("08")), ["02353"]);
        assert_eq!(codes("Hòa An", Some("08")), ["02353"]);
        assert_eq!(codes("hoa an", Some("08")), ["02353"]);
        assert_eq!(codes("Phan Đình Phùng", None), ["05443"]);
        assert_eq!(codes("phuong phan dinh", None), ["05443"]);
        assert!(codes("Tân Thành", None).len() > 1, "several communes have this name");
        assert_eq!(codes("Tân Thành", Some("19")), ["05923"]);
        assert!(codes("Ea H'Leo", None) == codes("Ea H’Leo", None));
        assert!(codes(" ", None).is_empty());
        assert_eq!(places.search("xa", None, 1_000_000).len(), SEARCH_HITS_MAX);
    }

    #[test]
    fn every_unit_of_before_july_2025_has_become_something() {
        let places = Gazetteer::shipped();
        let mut split = 0;
        for unit in old_unit::all() {
            match places.convert(unit.code).unwrap() {
                Conversion::Whole(now) => assert!(places.get(&now).is_some(), "{now}"),
                Conversion::Split { default, choices } => {
                    split += 1;
                    assert_eq!(choices[0], default);
                    assert!(choices.iter().all(|c| places.get(c).is_some()));
                }
            }
        }
        assert_eq!((old_unit::all().len(), split), (10_040, 471));
        assert_eq!(places.convert("99999"), None);
    }

    #[test]
    fn a_divided_ward_asks_which_part_and_an_island_keeps_whole() {
        let places = Gazetteer::shipped();
        let old = &places.search_old("Phường Thái Hòa", 5)[..];
        let thai_hoa = old.iter().find(|unit| unit.province() == "Tỉnh Bình Dương").unwrap();
        let Some(Conversion::Split { default, choices }) = places.convert(thai_hoa.code) else {
            panic!("Thái Hòa was divided")
        };
        assert_eq!(name(default.as_str()), "Phường Tân Khánh");
        let names: Vec<String> = choices.iter().map(|c| name(c.as_str())).collect();
        assert_eq!(names, ["Phường Tân Khánh", "Phường Tân Đông Hiệp"]);
        // Côn Đảo was a district without communes.
        assert_eq!(places.convert("755"), Some(Conversion::Whole(code("26732"))));
    }

    #[test]
    fn what_an_authority_records_later_lies_over_the_shipped_list() {
        let shipped = Gazetteer::shipped();
        let mut merged = shipped.get(&code("05455")).unwrap().clone();
        merged.valid_to = Some(date(2027, 1, 1));
        merged.successors = vec![code("05443"), code("05467")];
        let places = shipped.with(vec![merged]);
        assert!(matches!(places.follow(&code("05455")), Some(Conversion::Split { default, .. })
            if default == code("05443")));
        assert!(places.search("Quyết Thắng", Some(&code("19")), 5).is_empty());
        assert_eq!(
            places.on(&code("05455"), date(2026, 12, 31)).unwrap().name,
            "Phường Quyết Thắng"
        );
    }
}
