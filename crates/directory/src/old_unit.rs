//! The communes of before 1 July 2025, when there still were districts.

use std::sync::LazyLock;

use kernel::{PlaceCode, fold};

use crate::gazetteer::rows;

static COMMUNES: &str = include_str!("../data/old_communes.tsv");
static DISTRICTS: &str = include_str!("../data/old_districts.tsv");

/// A commune of before July 2025, or an island district that had none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OldUnit {
    /// Five digits; three for an island district.
    pub code: &'static str,
    /// Full name as it was: "Phường Thái Hòa".
    pub name: &'static str,
    district: &'static str,
    now: &'static str,
}

impl OldUnit {
    /// Full name of the district: "Thành phố Tân Uyên".
    #[must_use]
    pub fn district(&self) -> &'static str {
        self.district_row()[1]
    }

    /// Full name of the province: "Tỉnh Bình Dương".
    #[must_use]
    pub fn province(&self) -> &'static str {
        self.district_row()[3]
    }

    /// The communes of July 2025 that took it over, the usual one first.
    pub(crate) fn now(&self) -> Vec<PlaceCode> {
        self.now.split(' ').filter_map(|code| code.parse().ok()).collect()
    }

    fn district_row(&self) -> [&'static str; 4] {
        static ROWS: LazyLock<Vec<[&str; 4]>> = LazyLock::new(|| rows(DISTRICTS).collect());
        let at = ROWS.binary_search_by_key(&self.district, |row| row[0]);
        ROWS[at.expect("every old commune names a district of the shipped table")]
    }
}

/// All of them, by code.
pub(crate) fn all() -> &'static [OldUnit] {
    static UNITS: LazyLock<Vec<OldUnit>> = LazyLock::new(|| {
        let unit =
            |[code, name, district, now]: [&'static str; 4]| OldUnit { code, name, district, now };
        let mut units: Vec<OldUnit> = rows(COMMUNES).map(unit).collect();
        units.sort_by_key(|unit| unit.code);
        units
    });
    &UNITS
}

pub(crate) fn find(code: &str) -> Option<OldUnit> {
    let at = all().binary_search_by_key(&code, |unit| unit.code).ok()?;
    Some(all()[at])
}

pub(crate) fn search(text: &str, limit: usize) -> Vec<OldUnit> {
    static NAMES: LazyLock<Vec<(String, usize)>> = LazyLock::new(|| {
        let mut names = Vec::new();
        for (at, unit) in all().iter().enumerate() {
            let full = fold(unit.name);
            for kind in ["xa ", "phuong ", "thi tran "] {
                names.extend(full.strip_prefix(kind).map(|bare| (bare.to_owned(), at)));
            }
            names.push((full, at));
        }
        names.sort();
        names
    });
    let wanted = fold(text);
    if wanted.is_empty() {
        return Vec::new();
    }
    let first = NAMES.partition_point(|(name, _)| *name < wanted);
    let hits = NAMES[first..].iter().take_while(|(name, _)| name.starts_with(&wanted));
    let mut found: Vec<OldUnit> = Vec::new();
    for (_, at) in hits {
        if found.len() == limit {
            break;
        }
        if !found.contains(&all()[*at]) {
            found.push(all()[*at]);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_unit_knows_its_district_and_province() {
        let unit = find("00004").unwrap();
        assert_eq!(unit.name, "Phường Trúc Bạch");
        assert_eq!((unit.district(), unit.province()), ("Quận Ba Đình", "Thành phố Hà Nội"));
        assert_eq!(search("truc bach", 5), [unit]);
        assert!(all().iter().all(|unit| !unit.province().is_empty()));
    }
}
