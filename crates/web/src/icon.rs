//! The icons: one drawing each, kept together in a file of their own.
//!
//! A page points into `/assets/icons.….svg` instead of carrying the drawings: the file is 1.4 KB
//! on the wire, is fetched once and kept for good, and a fragment that arrives later need not
//! know which icons the page already has.

use maud::{Markup, html};

use crate::assets;

macro_rules! icons {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// An icon. It always stands beside a word, so it is hidden from screen readers.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Icon {
            $($(#[$doc])* $variant),+
        }

        impl Icon {
            /// Every icon there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in the file.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name),+
                }
            }
        }
    };
}

icons! {
    /// A child.
    Baby = "baby",
    /// Back, to the left.
    Back = "back",
    /// Something that asks for attention.
    Bell = "bell",
    /// A heart: care and support.
    Care = "care",
    /// Figures.
    Chart = "chart",
    /// Close, take away.
    Close = "close",
    /// The counter.
    Desk = "desk",
    /// A tick: done.
    Done = "done",
    /// Opens downwards.
    Down = "down",
    /// A document.
    File = "file",
    /// A register.
    Folder = "folder",
    /// Settings.
    Gear = "gear",
    /// Language.
    Globe = "globe",
    /// A clock that stands.
    Hold = "hold",
    /// Overview.
    Home = "home",
    /// What came in.
    Inbox = "inbox",
    /// House and land.
    Land = "land",
    /// Overdue; an error.
    Late = "late",
    /// A leaf: a death in the family.
    Leaf = "leaf",
    /// Locked; sign in.
    Lock = "lock",
    /// A place.
    Map = "map",
    /// The rest.
    More = "more",
    /// On, to the right.
    Next = "next",
    /// A clock that runs, in time.
    Ok = "ok",
    /// Leads elsewhere.
    Out = "out",
    /// Write, sign.
    Pen = "pen",
    /// Add.
    Plus = "plus",
    /// Print.
    Print = "print",
    /// Marriage.
    Rings = "rings",
    /// Saved.
    Save = "save",
    /// Proven, known already.
    Seal = "seal",
    /// Search.
    Search = "search",
    /// A shop.
    Shop = "shop",
    /// A silent source.
    Silent = "silent",
    /// Due soon.
    Soon = "soon",
    /// Speak to us.
    Talk = "talk",
    /// A goal.
    Target = "target",
    /// Undo.
    Undo = "undo",
    /// Upload.
    Up = "up",
    /// A person.
    User = "user",
    /// People.
    Users = "users",
    /// Beware.
    Warn = "warn",
    /// My work.
    Work = "work",
}

/// The icon as markup.
#[must_use]
pub fn icon(icon: Icon) -> Markup {
    html! { svg.i aria-hidden="true" { use href={ (assets::icons()) "#i-" (icon.name()) } {} } }
}

/// The mark of the house: a seal whose stroke is a path from desk to desk.
#[must_use]
pub fn mark() -> Markup {
    html! {
        svg.mark viewBox="0 0 36 36" aria-hidden="true" {
            rect x="1.5" y="1.5" width="33" height="33" rx="5" fill="none" stroke="#d7a13a" stroke-width="2" {}
            path d="M28 8.5H8v9.5h20v9.5H8M18 8.5v4.7" fill="none" stroke="#fff" stroke-width="3" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_has_its_drawing_and_every_drawing_its_icon() {
        let drawings = include_str!("../assets/icons.svg");
        for icon in Icon::ALL {
            assert!(drawings.contains(&format!("id=\"i-{}\"", icon.name())), "{icon:?}");
        }
        assert_eq!(drawings.matches("<symbol").count(), Icon::ALL.len());
    }
}
