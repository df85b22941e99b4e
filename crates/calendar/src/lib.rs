//! The time in which the authority works: holidays, hours, deadlines, and the clock of a case.
//!
//! A promise ("in 3 working days") is an [`Allowance`]. The [`Calendar`] of an agency, made of
//! its [`WorkingWeek`] and the public [`Holidays`], turns it into an instant and measures the
//! [`WorkingTime`] between two instants. A [`CaseClock`] runs on a calendar: it starts, is held
//! for a legal [`Ground`], runs on, and stops, and whoever reads it at the same instant reads
//! the same [`State`].
//!
//! ```
//! use calendar::{Allowance, Calendar, CaseClock, Ground, State, Thresholds, Timeliness};
//! use jiff::civil::date;
//!
//! let calendar = Calendar::default();
//! let at = |day, hour| kernel::from_local(date(2026, 11, day).at(hour, 0, 0, 0));
//!
//! // Received on Friday, 20 November 2026, at 10:00; 24 November is a holiday.
//! let mut clock = CaseClock::start(at(20, 10), Allowance::WorkingDays(3), &calendar);
//! assert_eq!(clock.due(), at(26, 10));
//!
//! // The citizen is asked for a paper on Monday and brings it on Wednesday.
//! clock.pause(at(23, 10), Ground::Supplement)?;
//! assert_eq!(clock.reading(at(25, 9), &calendar, &Thresholds::default()).state, State::Hold);
//! assert_eq!(clock.resume(at(25, 10), &calendar)?, at(27, 10));
//!
//! assert_eq!(clock.finish(at(27, 9), &calendar)?, Timeliness::OnTime);
//! # Ok::<(), calendar::Error>(())
//! ```
//!
//! The units: an instant is UTC to the microsecond, a day is a day in Việt Nam (UTC+7), working
//! time is counted in seconds, a due time is a whole minute, and a working day is 8 hours
//! wherever it is counted. The law: Labour Code 45/2019/QH14 articles 111 and 112 for the
//! holidays, Civil Code 91/2015/QH13 articles 147 and 148 for terms in days and months.
//!
//! Pure: nothing here reads a clock, a file or a store. It knows nothing of procedures; which
//! allowance applies, and who may hold a clock on which ground, is for the rooms above.

mod error;

mod day;
mod sky;

mod lunar;

mod decree;
mod holidays;
mod statute;

mod allowance;
mod amount;
mod week;

mod calendar;

mod clock;
mod reading;

pub use allowance::Allowance;
pub use amount::{Parts, WorkingTime};
pub use calendar::Calendar;
pub use clock::{CaseClock, Ground, Pause};
pub use decree::{DayOff, Decree, Side};
pub use error::{Error, Result};
pub use holidays::{Holiday, HolidayKind, Holidays};
pub use lunar::LunarDate;
pub use reading::{Margin, Reading, State, Thresholds, Timeliness};
pub use week::{Session, WorkingWeek};
