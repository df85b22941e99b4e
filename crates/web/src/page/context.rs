//! What every page is given besides its own matter.

use crate::{Icon, Speaks, Words, components::flash::Flash};

/// Who reads, in which language, where, and with which way around.
#[derive(Clone)]
pub struct PageContext {
    /// The texts in the reader's language.
    pub words: Words,
    /// Path and query of this page: marks the place in the navigation, and is where a switch of
    /// language comes back to.
    pub path: String,
    /// The session's token against forged forms; empty where nobody has signed in.
    pub csrf: String,
    /// Whose house this is.
    pub place: PlaceName,
    /// Who has signed in.
    pub user: Option<UserBadge>,
    /// Where a citizen who has not signed in may do so.
    pub sign_in: Option<String>,
    /// Side navigation of officers; groups of up to five.
    pub nav: Vec<NavGroup>,
    /// Up to four tabs at the foot of a phone. The last one opens a page with the rest.
    pub tabs: Vec<NavItem>,
    /// Where the global search is sent; no search field without it.
    pub search: Option<String>,
    /// What has just been done.
    pub flash: Option<Flash>,
    /// Whether rows of lists stand close together.
    pub compact: bool,
    /// Telephone number of the help line, for citizens: "1022".
    pub help_line: Option<String>,
    /// The same as feeds, which programs that follow news find in the head of the page.
    pub feeds: Vec<FeedLink>,
    /// After how many seconds a browser without the script asks again, and for which page.
    pub again: Option<(u32, String)>,
}

/// A feed of what a page shows.
#[derive(Debug, Clone)]
pub struct FeedLink {
    /// Its media type.
    pub kind: &'static str,
    /// What a reader shows to choose by.
    pub title: String,
    /// Where it is.
    pub href: String,
}

/// The names in the top left corner.
#[derive(Debug, Clone, Default)]
pub struct PlaceName {
    /// "Tỉnh Thái Nguyên".
    pub name: String,
    /// "Một cửa phường Phan Đình Phùng".
    pub unit: String,
    /// Where the mark leads.
    pub home: String,
}

/// The person who has signed in, and the post in force.
#[derive(Debug, Clone, Default)]
pub struct UserBadge {
    /// "Nông Thị Hiền".
    pub name: String,
    /// "NH".
    pub initials: String,
    /// "Công chức tiếp nhận, quầy 3".
    pub post: String,
    /// "phường Phan Đình Phùng".
    pub agency: String,
    /// How to address them on their own pages; see [`Address`].
    pub address: Address,
    /// Posts and delegations that they may change to.
    pub other_roles: Vec<OtherRole>,
    /// Where a change of role and signing out are sent (POST).
    pub session_path: String,
}

/// How Vietnamese texts address the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Address {
    /// "ông".
    Ong,
    /// "bà".
    Ba,
    /// "ông/bà": nothing is known.
    #[default]
    OngBa,
}

impl Address {
    /// The value for a Fluent selector: `ong`, `ba` or `ongba`.
    #[must_use]
    pub fn selector(self) -> &'static str {
        match self {
            Self::Ong => "ong",
            Self::Ba => "ba",
            Self::OngBa => "ongba",
        }
    }
}

/// A post or a delegation that the person may change to.
#[derive(Debug, Clone)]
pub struct OtherRole {
    /// What the form sends as `role`.
    pub value: String,
    /// "Thay bà Trần Thu Hà, ủy quyền đến 27/11/2026".
    pub label: String,
}

/// A group of the side navigation.
#[derive(Debug, Clone, Default)]
pub struct NavGroup {
    /// The line above; the first group has none.
    pub title: Option<String>,
    /// Up to five places.
    pub items: Vec<NavItem>,
}

/// A place in the navigation.
#[derive(Debug, Clone)]
pub struct NavItem {
    /// Drawn before the word.
    pub icon: Icon,
    /// The word.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// How many things wait there; only where someone must act.
    pub count: Option<u64>,
}

impl PageContext {
    /// A page that nobody has signed in to, without navigation.
    #[must_use]
    pub fn new(words: Words, path: impl Into<String>) -> Self {
        Self {
            words,
            path: path.into(),
            csrf: String::new(),
            place: PlaceName { home: "/".to_owned(), ..PlaceName::default() },
            user: None,
            sign_in: None,
            nav: Vec::new(),
            tabs: Vec::new(),
            search: None,
            flash: None,
            compact: false,
            help_line: None,
            feeds: Vec::new(),
            again: None,
        }
    }

    /// The most particular place of the navigation that this page belongs to.
    pub(super) fn current(&self) -> Option<&str> {
        let here = self.path.split('?').next().unwrap_or_default();
        let all = self.nav.iter().flat_map(|group| &group.items).chain(&self.tabs);
        all.map(|item| item.href.as_str()).filter(|href| covers(href, here)).max_by_key(|h| h.len())
    }
}

impl Speaks for PageContext {
    fn words(&self) -> &Words {
        &self.words
    }
}

impl NavItem {
    /// A place without a count.
    #[must_use]
    pub fn new(icon: Icon, label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { icon, label: label.into(), href: href.into(), count: None }
    }

    /// The same place, with the number of things that wait there.
    #[must_use]
    pub fn count(mut self, count: u64) -> Self {
        self.count = (count > 0).then_some(count);
        self
    }
}

/// Whether `here` is the place `href` or lies below it.
fn covers(href: &str, here: &str) -> bool {
    let href = href.split('?').next().unwrap_or_default();
    let rest = here.strip_prefix(href.trim_end_matches('/'));
    rest.is_some_and(|rest| {
        rest.is_empty() || (rest.starts_with('/') && (href != "/" || rest == "/"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_covers_itself_and_what_lies_below_it_but_home_only_itself() {
        assert!(covers("/cases", "/cases"));
        assert!(covers("/cases", "/cases/H55.62-261102-0016"));
        assert!(!covers("/cases", "/casework"));
        assert!(covers("/", "/"));
        assert!(!covers("/", "/cases"));
    }
}
