//! The front door: who is signed in, in which seat, and the pages to sign in and out.
//!
//! Every room shares one [`Front`]. A handler that takes a [`SignedIn`] runs only for a person
//! who signed in and holds a seat; what that person may do is for the policies, asked in plain
//! sight in each handler. One that takes a [`Citizen`] runs only for a citizen who signed in, and
//! [`MaybeCitizen`] is for pages that are open to all. The two kinds of session have nothing in
//! common but their rules.

mod citizen;
pub mod eid;
mod pages;
pub mod passkey;
mod signed_in;
#[cfg(feature = "testing")]
pub mod testing;

use std::{collections::BTreeMap, sync::Arc};

use directory::CurrentDirectory;
use identity::{Sessions, access::Access};
use kernel::{Clock, Mint, Tenant};
use store::Store;

pub use citizen::{Citizen, MaybeCitizen, NotIn};
pub use pages::{router, sign_in};
pub use signed_in::{SignedIn, officer_of};

use crate::{Texts, http::Problem, page::PlaceName};

/// What signing in, and every page behind it, is made of.
pub struct Front {
    /// Whose data.
    pub tenant: Tenant,
    /// Where it is kept.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Identifiers and secrets.
    pub mint: Arc<Mint>,
    /// Agencies, seats, people.
    pub directory: CurrentDirectory,
    /// Sessions.
    pub sessions: Sessions,
    /// Permissions.
    pub access: Access,
    /// Texts of all rooms.
    pub texts: Arc<Texts>,
    /// Names in the corner of the page.
    pub place: PlaceName,
    /// Whether browsers reach the house by HTTPS only; cookies then say so.
    pub https: bool,
    /// Only in the demonstration: accounts to try, each login with a line about the person,
    /// shown on the page to sign in.
    pub try_accounts: BTreeMap<String, String>,
}

/// Where citizens sign in: `?tiep=PATH` says where they come back to, `&muc=2` how surely it must
/// be known who they are.
pub const ENTER: &str = "/vao";
/// A citizen's own pages.
pub const CITIZEN: &str = "/toi";
/// A citizen's passkeys.
pub const PASSKEYS: &str = "/toi/du-lieu/khoa";
/// Where to sign in.
pub const SIGN_IN: &str = "/dang-nhap";
/// Where a change of seat and signing out are sent.
pub const SESSION: &str = "/phien";
/// Where a password is changed.
pub const PASSWORD: &str = "/mat-khau";

/// A failure of what is kept behind the door: whoever meets a store that is busy or away is told
/// when to come again.
fn failed(error: &identity::Error) -> Problem {
    match error {
        identity::Error::Store(error) => Problem::of_store(error),
        other => Problem::internal(other),
    }
}
