//! When somebody wants quiet, and in which language they read.

use jiff::civil::Time;
use kernel::{Instant, PartyId, Tenant, from_local, local};
use store::{Tx, args};

use crate::Result;

/// The part of a day in which nothing makes a sound; it may go past midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    from: u16,
    to: u16,
}

const DAY: u16 = 24 * 60;

impl Quiet {
    /// From one minute of the day to another, as hours and minutes; none where there is no
    /// time between them, or one is no time of a day.
    #[must_use]
    pub fn new(from: (u8, u8), to: (u8, u8)) -> Option<Self> {
        let minute = |(hour, minute): (u8, u8)| {
            (hour < 24 && minute < 60).then(|| u16::from(hour) * 60 + u16::from(minute))
        };
        let quiet = Self { from: minute(from)?, to: minute(to)? };
        (quiet.from != quiet.to).then_some(quiet)
    }

    /// From 21:00 to 07:00, where nothing else was said.
    #[must_use]
    pub const fn usual() -> Self {
        Self { from: 21 * 60, to: 7 * 60 }
    }

    /// Beginning and end, as `21:00`.
    #[must_use]
    pub fn hours(&self) -> (String, String) {
        let text = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        (text(self.from), text(self.to))
    }

    /// The next instant, from `at` on, at which a sound may be made.
    #[must_use]
    pub fn next(&self, at: Instant) -> Instant {
        let here = local(at);
        let now =
            u16::from(here.hour().unsigned_abs()) * 60 + u16::from(here.minute().unsigned_abs());
        let since = (now + DAY - self.from) % DAY;
        let long = (self.to + DAY - self.from) % DAY;
        if since >= long {
            return at;
        }
        let end = Time::new((self.to / 60) as i8, (self.to % 60) as i8, 0, 0);
        let end = end.unwrap_or(Time::midnight());
        let day =
            if now < self.to { here.date() } else { here.date().tomorrow().unwrap_or(here.date()) };
        from_local(day.to_datetime(end))
    }
}

/// What somebody wishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wishes {
    /// When nothing makes a sound; never, where none.
    pub quiet: Option<Quiet>,
    /// The language that they read: `vi`, `en`.
    pub lang: String,
}

impl Default for Wishes {
    fn default() -> Self {
        Self { quiet: Some(Quiet::usual()), lang: "vi".to_owned() }
    }
}

/// The wishes of somebody; the usual ones where they never said any.
///
/// # Errors
/// Those of the store.
pub fn wishes(tx: &mut Tx<'_>, tenant: &Tenant, party: PartyId) -> Result<Wishes> {
    let row = tx.opt(
        "select quiet_from, quiet_to, lang from notice_wish where tenant = $1 and party_id = $2",
        args!(tenant, party),
        |row| {
            let (from, to): (Option<u32>, Option<u32>) = (row.get(0)?, row.get(1)?);
            Ok((from, to, row.get::<String>(2)?))
        },
    )?;
    let Some((from, to, lang)) = row else { return Ok(Wishes::default()) };
    let minute = |minute: u32| u16::try_from(minute).ok().filter(|minute| *minute < DAY);
    let quiet = match (from.and_then(minute), to.and_then(minute)) {
        (Some(from), Some(to)) => Some(Quiet { from, to }),
        _ => None,
    };
    Ok(Wishes { quiet, lang })
}

/// Keeps the wishes of somebody.
///
/// # Errors
/// Those of the store.
pub fn keep_wishes(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    party: PartyId,
    wishes: &Wishes,
) -> Result<()> {
    tx.exec(
        "insert into notice_wish (tenant, party_id, quiet_from, quiet_to, lang)
         values ($1, $2, $3, $4, $5)
         on conflict (tenant, party_id) do update set quiet_from = excluded.quiet_from,
             quiet_to = excluded.quiet_to, lang = excluded.lang",
        args!(
            tenant,
            party,
            wishes.quiet.map(|quiet| i64::from(quiet.from)),
            wishes.quiet.map(|quiet| i64::from(quiet.to)),
            &wishes.lang
        ),
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn vn(text: &str) -> Instant {
        from_local(text.parse().unwrap())
    }

    #[test]
    fn what_comes_at_night_waits_for_the_morning() {
        let quiet = Quiet::usual();
        assert_eq!(quiet.next(vn("2026-11-23T20:59")), vn("2026-11-23T20:59"));
        assert_eq!(quiet.next(vn("2026-11-23T21:00")), vn("2026-11-24T07:00"));
        assert_eq!(quiet.next(vn("2026-11-24T03:10")), vn("2026-11-24T07:00"));
        assert_eq!(quiet.next(vn("2026-11-24T07:00")), vn("2026-11-24T07:00"));
        let noon = Quiet::new((12, 0), (13, 30)).unwrap();
        assert_eq!(noon.next(vn("2026-11-24T12:15")), vn("2026-11-24T13:30"));
        assert_eq!(noon.next(vn("2026-11-24T13:30")), vn("2026-11-24T13:30"));
        assert_eq!(Quiet::new((7, 0), (7, 0)), None);
        assert_eq!(Quiet::new((24, 0), (7, 0)), None);
    }

    proptest! {
        #[test]
        fn quiet_ends_within_a_day_and_stays_ended(
            from in (0_u8..24, 0_u8..60), to in (0_u8..24, 0_u8..60), at in 0_i64..4_000_000_000,
        ) {
            prop_assume!(from != to);
            let (quiet, at) = (Quiet::new(from, to).unwrap(), Instant::from_second(at).unwrap());
            let next = quiet.next(at);
            prop_assert!(next >= at && (next - at).total(jiff::Unit::Second).unwrap() <= 86_400.0);
            prop_assert_eq!(quiet.next(next), next);
        }
    }
}
