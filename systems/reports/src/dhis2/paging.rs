//! Lists a page at a time, as clients of DHIS2 walk through them.

use axum::Json;
use serde_json::{Value, json};

/// How many stand on a page where nobody says, and at most.
const SIZE: usize = 50;
const SIZE_MAX: usize = 10_000;

/// Which page is asked for; none where all are.
pub(super) struct Paging(Option<(usize, usize)>);

impl Paging {
    /// `page`, `pageSize` and `paging`, as they stand in an address.
    pub(super) fn of(asked: &[(String, String)]) -> Self {
        let text = |name: &str| asked.iter().rev().find(|(key, _)| key == name);
        let number = |name: &str, usual: usize| {
            let found = text(name).and_then(|(_, value)| value.parse().ok());
            found.filter(|number| *number > 0).unwrap_or(usual)
        };
        if text("paging").is_some_and(|(_, value)| value == "false") {
            return Self(None);
        }
        Self(Some((number("page", 1), number("pageSize", SIZE).min(SIZE_MAX))))
    }

    /// The page of a list, with what clients go on by.
    pub(super) fn page(&self, name: &str, all: Vec<Value>) -> Json<Value> {
        let Some((page, size)) = self.0 else { return Json(json!({ name: all })) };
        let total = all.len();
        let pages = total.div_ceil(size).max(1);
        let first = (page - 1).saturating_mul(size);
        let some: Vec<Value> = all.into_iter().skip(first).take(size).collect();
        let mut pager =
            json!({ "page": page, "pageCount": pages, "total": total, "pageSize": size });
        let to = |page: usize| format!("{name}?page={page}&pageSize={size}");
        if page < pages {
            pager["nextPage"] = json!(to(page + 1));
        }
        if page > 1 {
            pager["prevPage"] = json!(to(page - 1));
        }
        Json(json!({ "pager": pager, name: some }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Paging {
        let pairs = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        Paging::of(&pairs.collect::<Vec<_>>())
    }

    #[test]
    fn a_list_is_walked_through_to_its_end() {
        let all = || (1..=120).map(|n| json!(n)).collect::<Vec<_>>();
        let Json(first) = asked(&[]).page("things", all());
        assert_eq!(first["things"].as_array().unwrap().len(), 50);
        assert_eq!(first["pager"]["pageCount"], 3);
        assert_eq!(first["pager"]["nextPage"], "things?page=2&pageSize=50");
        let Json(last) = asked(&[("page", "3"), ("pageSize", "50")]).page("things", all());
        assert_eq!(last["things"][0], 101);
        assert_eq!((&last["pager"]["nextPage"], &last["pager"]["page"]), (&Value::Null, &json!(3)));
        let Json(behind) = asked(&[("page", "9")]).page("things", all());
        assert_eq!(behind["things"], json!([]));
        let Json(whole) = asked(&[("paging", "false"), ("page", "2")]).page("things", all());
        assert_eq!((whole["things"].as_array().unwrap().len(), whole.get("pager")), (120, None));
        let Json(odd) = asked(&[("page", "0"), ("pageSize", "x")]).page("things", all());
        assert_eq!(odd["pager"]["page"], 1);
    }
}
