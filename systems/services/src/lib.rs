//! Online services (dịch vụ công trực tuyến): a person finds the procedure in everyday words,
//! answers one question a page, files, and follows the matter to its result.
//!
//! What the state knows is filled in and not asked ([`known`]). A draft ([`model::Draft`]) lives
//! on the server, sealed under the person's key, so that it goes on at another device; it is also
//! the key under which it is filed once, however often it is sent ([`filing`]). Filing itself is
//! [`desk::file`], the same as at the counter.

pub mod find;

pub mod model;
pub mod offices;

pub mod commands;
pub mod drafts;
pub mod filing;
pub mod known;
pub mod papers;
pub mod queries;
pub mod uploads;

pub mod measures;
pub mod words;

mod state;

pub mod pages;

pub use desk::mandates;
pub use pages::RAIL;
pub use state::{Services, is_online, offered};

use axum::Router;
use desk::Desk;
use store::Migration;
use web::Lang;

/// Every address of this system, ready to be put into the hall.
pub fn router(desk: Desk) -> Router {
    pages::router(Services::new(desk))
}

/// The texts of this system, to be handed to [`web::Texts::new`].
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::Vi, include_str!("../texts/find.vi.ftl")),
    (Lang::En, include_str!("../texts/find.en.ftl")),
    (Lang::Vi, include_str!("../texts/fill.vi.ftl")),
    (Lang::En, include_str!("../texts/fill.en.ftl")),
    (Lang::Vi, include_str!("../texts/office.vi.ftl")),
    (Lang::En, include_str!("../texts/office.en.ftl")),
    (Lang::Vi, include_str!("../texts/mine.vi.ftl")),
    (Lang::En, include_str!("../texts/mine.en.ftl")),
];

/// The tables of this system.
pub const MIGRATIONS: &[Migration] = &[
    Migration::new("services", 1, "drafts", include_str!("../migrations/0001_drafts.sql")),
    Migration::new("services", 2, "mine", include_str!("../migrations/0002_mine.sql")),
    Migration::new("services", 3, "uploads", include_str!("../migrations/0003_uploads.sql")),
    Migration::new("services", 4, "mandates", include_str!("../migrations/0004_mandates.sql")),
    Migration::new("services", 5, "words", include_str!("../migrations/0005_words.sql")),
    Migration::new("services", 6, "once only", include_str!("../migrations/0006_once_only.sql")),
    Migration::new("services", 7, "officers", include_str!("../migrations/0007_officers.sql")),
    Migration::new("services", 8, "mine", include_str!("../migrations/0008_mine_matter.sql")),
];
