//! A form as it was typed: names with values, some of them more than once.

use kernel::Instant;
use web::{SignedIn, form, http::Problem};

/// What came with a form.
#[derive(Debug, Clone, Default)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// The value of a field, trimmed; empty where it did not come.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(of, _)| of == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// Every value of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(of, _)| of == name).map(|(_, value)| value.trim())
    }

    /// Whether the form carries the token of this session.
    #[must_use]
    pub fn is_own(&self, me: &SignedIn) -> bool {
        me.csrf_fits(self.get(web::http::csrf::FIELD))
    }

    /// An instant typed as a day and an hour; `None` where neither was.
    ///
    /// # Errors
    /// The key of a sentence that says what is wrong, or the fault of the day.
    pub fn instant(&self, day: &str, hour: &str) -> Result<Option<Instant>, InstantFault> {
        let (day, hour) = (self.get(day), self.get(hour));
        if day.is_empty() && hour.is_empty() {
            return Ok(None);
        }
        let date = form::date(day).map_err(InstantFault::Day)?;
        let mut parts = hour.split([':', 'h', 'g']).map(str::trim);
        let hours = parts.next().and_then(|n| n.parse().ok()).ok_or(InstantFault::Hour)?;
        let minutes = match parts.next().unwrap_or_default() {
            "" => 0,
            minutes => minutes.parse().map_err(|_| InstantFault::Hour)?,
        };
        let time = jiff::civil::Time::new(hours, minutes, 0, 0);
        let time = time.map_err(|_| InstantFault::Hour)?;
        Ok(Some(kernel::from_local(date.to_datetime(time))))
    }
}

/// What is said of a form that does not carry the token of its session.
#[must_use]
pub fn forged() -> Problem {
    Problem::new("cross-site", axum::http::StatusCode::FORBIDDEN)
}

/// Why what was typed is no instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstantFault {
    /// The day is none.
    Day(form::DateFault),
    /// The hour is none.
    Hour,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_read_as_people_write_it() {
        let typed = |day: &str, hour: &str| {
            let pairs = [("d", day), ("h", hour)].map(|(k, v)| (k.to_owned(), v.to_owned()));
            Typed(pairs.to_vec()).instant("d", "h")
        };
        let at: Instant = "2026-11-20T09:05:00Z".parse().unwrap();
        for hour in ["16:05", "16h05", " 16 : 05 "] {
            assert_eq!(typed("20/11/2026", hour), Ok(Some(at)), "{hour}");
        }
        assert_eq!(typed("", ""), Ok(None));
        assert_eq!(typed("20/11/2026", "25:00"), Err(InstantFault::Hour));
        assert_eq!(typed("20/11/2026", ""), Err(InstantFault::Hour));
        assert!(matches!(typed("", "16:05"), Err(InstantFault::Day(_))));
    }
}
