//! What a program may ask a list of reports for.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use kernel::Instant;
use thiserror::Error;

use crate::category::Category;

/// A list spans at most so many days; the last ones, where none are named.
pub const DAYS_MAX: i64 = 90;
/// Reports on a page where nothing is said, and at most.
pub const PAGE_SIZE: u32 = 50;
/// See [`PAGE_SIZE`].
pub const PAGE_SIZE_MAX: u32 = 1000;
/// Codes that may be asked for at once.
const CODES_MAX: usize = 100;
/// Pages further on than this are asked for by narrower dates.
const PAGES_MAX: u32 = 1000;

/// Open or closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusOf {
    /// Somebody still works on it.
    Open,
    /// It is over.
    Closed,
}

/// A parsed question.
#[derive(Debug, Clone, PartialEq)]
pub struct Filters {
    /// Only these reports; everything else is passed over then.
    pub codes: Vec<String>,
    /// Only these categories; all where empty.
    pub categories: Vec<Category>,
    /// Sent at or after this.
    pub from: Instant,
    /// Sent at or before this.
    pub to: Instant,
    /// Changed at or after this.
    pub updated_from: Option<Instant>,
    /// Changed at or before this.
    pub updated_to: Option<Instant>,
    /// Only these; both where none.
    pub status: Option<StatusOf>,
    /// Only around a point: north, east, metres.
    pub around: Option<(f64, f64, f64)>,
    /// Words that the report must have.
    pub words: Option<String>,
    /// The page, from 1.
    pub page: u32,
    /// Reports on a page.
    pub page_size: u32,
}

/// What cannot be read in a question.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0} cannot be read: {1}")]
pub struct Wrong(pub &'static str, pub String);

impl Filters {
    /// Reads a question; `now` is where the last days end.
    ///
    /// # Errors
    /// [`Wrong`] names what cannot be read.
    pub fn read(query: &BTreeMap<String, String>, now: Instant) -> Result<Self, Wrong> {
        let days = SignedDuration::from_hours(24 * DAYS_MAX);
        let get = |name: &str| query.get(name).map(|v| v.trim()).filter(|v| !v.is_empty());
        let moment = |name: &'static str| get(name).map(|text| instant(name, text)).transpose();
        let (start, end) = (moment("start_date")?, moment("end_date")?);
        let to = end.unwrap_or_else(|| start.map_or(now, |start| start + days));
        let from = start.unwrap_or(to - days);
        // A longer span is cut to the newest days of it, as the standard allows.
        let from = from.max(to - days);
        let categories = listed(get("service_code"))
            .map(|word| {
                Category::from_word(word).ok_or_else(|| Wrong("service_code", word.to_owned()))
            })
            .collect::<Result<_, _>>()?;
        let mut statuses = listed(get("status"))
            .map(|word| match word {
                "open" => Ok(StatusOf::Open),
                "closed" => Ok(StatusOf::Closed),
                other => Err(Wrong("status", other.to_owned())),
            })
            .collect::<Result<Vec<_>, _>>()?;
        statuses.dedup();
        let status = if let [one] = statuses.as_slice() { Some(*one) } else { None };
        let codes: Vec<String> = listed(get("service_request_id")).map(str::to_owned).collect();
        if codes.len() > CODES_MAX {
            return Err(Wrong("service_request_id", format!("more than {CODES_MAX} of them")));
        }
        let size = get("page_size").or(get("per_page"));
        let size = number("page_size", size, PAGE_SIZE)?.min(PAGE_SIZE_MAX);
        Ok(Self {
            codes,
            categories,
            from,
            to,
            updated_from: moment("updated_after")?,
            updated_to: moment("updated_before")?,
            status,
            around: around(get("lat"), get("long"), get("radius"))?,
            words: get("q").map(|words| words.chars().take(100).collect()),
            page: number("page", get("page"), 1)?.min(PAGES_MAX),
            page_size: size,
        })
    }

    /// How many reports come before the page.
    #[must_use]
    pub fn offset(&self) -> u32 {
        (self.page - 1) * self.page_size
    }
}

fn listed(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.unwrap_or_default().split(',').map(str::trim).filter(|word| !word.is_empty())
}

fn number(name: &'static str, text: Option<&str>, usual: u32) -> Result<u32, Wrong> {
    let Some(text) = text else { return Ok(usual) };
    let number = text.parse::<u32>().ok().filter(|number| *number > 0);
    number.ok_or_else(|| Wrong(name, text.to_owned()))
}

/// A moment as ISO 8601 has it; a day alone is its beginning in Việt Nam. In a query a plus is
/// often sent as it is, and arrives as a space.
pub(super) fn instant(name: &'static str, text: &str) -> Result<Instant, Wrong> {
    let wrong = || Wrong(name, text.to_owned());
    let text = text.replace(' ', "+");
    if let Ok(day) = text.parse::<jiff::civil::Date>()
        && text.len() == 10
    {
        return format!("{day}T00:00:00+07:00").parse().map_err(|_| wrong());
    }
    text.parse().map_err(|_| wrong())
}

fn around(
    lat: Option<&str>,
    long: Option<&str>,
    radius: Option<&str>,
) -> Result<Option<(f64, f64, f64)>, Wrong> {
    let (Some(lat), Some(long)) = (lat, long) else { return Ok(None) };
    let real = |name: &'static str, text: &str| {
        text.parse::<f64>().ok().filter(|n| n.is_finite()).ok_or_else(|| Wrong(name, text.into()))
    };
    let radius = radius.map_or(Ok(100.0), |text| real("radius", text))?;
    Ok(Some((real("lat", lat)?, real("long", long)?, radius.clamp(1.0, 20_000.0))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &[(&str, &str)]) -> Result<Filters, Wrong> {
        let query = query.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Filters::read(&query, "2026-11-24T02:00:00Z".parse().unwrap())
    }

    #[test]
    fn the_last_ninety_days_where_nothing_is_said_and_never_more() {
        let plain = read(&[]).unwrap();
        assert_eq!((plain.to - plain.from).get_hours(), 0);
        assert_eq!(plain.to.duration_since(plain.from).as_hours(), 90 * 24);
        let long = read(&[("start_date", "2020-01-01"), ("end_date", "2026-01-01")]).unwrap();
        assert_eq!(long.to.duration_since(long.from).as_hours(), 90 * 24);
        assert_eq!((plain.page, plain.page_size, plain.offset()), (1, 50, 0));
        assert_eq!(read(&[("page", "3"), ("page_size", "20")]).unwrap().offset(), 40);
        assert_eq!(read(&[("page_size", "5000")]).unwrap().page_size, 1000);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        assert_eq!(read(&[("status", "done")]).unwrap_err().0, "status");
        assert_eq!(read(&[("service_code", "x")]).unwrap_err().0, "service_code");
        assert_eq!(read(&[("start_date", "yesterday")]).unwrap_err().0, "start_date");
        assert_eq!(read(&[("page", "0")]).unwrap_err().0, "page");
        assert_eq!(read(&[("status", "open,closed")]).unwrap().status, None);
        assert_eq!(read(&[("status", "open")]).unwrap().status, Some(StatusOf::Open));
        let offset = read(&[("start_date", "2026-10-01T00:00:00 07:00")]).unwrap();
        assert_eq!(offset.from.to_string(), "2026-09-30T17:00:00Z");
    }
}
