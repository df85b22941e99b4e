//! The hall: what every page of the house shares. Layout, components, texts, assets, and the
//! middleware between the network and a handler.
//!
//! A page is a function from values to markup. A component takes plain views of what it shows
//! (strings, numbers, [`components::clock::ClockView`]) and never a domain type, so it knows no
//! rule and asks no store. Everything works without the script, which only adds ease; nothing is
//! inline, so that the content security policy can forbid what is.

pub mod assets;
pub mod chart;
pub mod components;
pub mod form;
pub mod front;
pub mod http;
pub mod i18n;
pub mod icon;
pub mod page;

pub use front::{Citizen, Front, MaybeCitizen, SignedIn};
pub use i18n::{Lang, Speaks, Texts, Words};
pub use icon::{Icon, icon};
pub use page::PageContext;

/// The hall's own texts, to be handed to [`Texts::new`] with those of the rooms.
pub const TEXTS: [(Lang, &str); 4] = [
    (Lang::Vi, include_str!("../texts/vi.ftl")),
    (Lang::En, include_str!("../texts/en.ftl")),
    (Lang::Vi, include_str!("../texts/citizen.vi.ftl")),
    (Lang::En, include_str!("../texts/citizen.en.ftl")),
];
