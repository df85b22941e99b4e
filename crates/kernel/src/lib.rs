//! The words that every room of the house shares: identifiers, codes, names, time.
//!
//! Pure: it knows no store, no clock of the machine but behind [`Clock`], no randomness but
//! behind [`Mint`]. A value of one of these types is right by construction; text becomes such
//! a value at the border (a form, a file, a request) and nowhere else.

mod actor;
mod clock;
mod code;
mod hex;
mod id;
mod mint;
mod secret;
mod tenant;
mod text;
mod time;
mod words;

pub use actor::Actor;
pub use clock::{Clock, FixedClock, SystemClock};
pub use code::{AgencyCode, CaseCode, CitizenId, CodeError, PhoneNumber, ProcedureCode, TaxCode};
pub use hex::hex;
pub use id::{
    AccountId, AgencyId, BlobId, CaseId, DelegationId, EventId, Id, Kind, PartyId, PersonId,
    PlaceCode, PostId, SessionId,
};
pub use mint::Mint;
pub use secret::Secret;
pub use tenant::Tenant;
pub use text::{fold, initials, nfc, search_terms};
pub use time::{
    VN_OFFSET_SECONDS, from_local, from_micros, local, micros, today, vn_date, vn_date_long,
    vn_date_short, vn_datetime, vn_time,
};

/// An instant on the UTC time line, to the microsecond. A *day* is always a day in Việt Nam.
pub type Instant = jiff::Timestamp;
