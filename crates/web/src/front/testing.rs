//! Citizens for the tests of every room, signed in without a provider.

use std::sync::Arc;

use identity::{
    Assurance, Entered, SessionToken,
    citizen::{self, Named},
    party::Party,
    seal::Keyring,
};
use kernel::PartyId;

use super::{Front, citizen::COOKIE};

/// A citizen who is signed in.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Who.
    pub party: PartyId,
    /// The value of the `cookie` header.
    pub cookie: String,
    /// The token that forms of this session carry.
    pub csrf: String,
    /// The token itself.
    pub token: SessionToken,
}

/// Signs a citizen in with what a provider would say of them, at a level. May be called from
/// asynchronous tests.
///
/// # Panics
/// Where the store refuses.
#[must_use]
pub fn citizen(front: &Arc<Front>, keyring: &Keyring, who: &Party, level: Assurance) -> Signed {
    let now = front.clock.now();
    let named = Named {
        issuer: "https://eid.example".to_owned(),
        subject: format!("{}:{:?}", who.name, who.number),
        party: who.clone(),
        level,
    };
    let (shared, keyring) = (Arc::clone(front), keyring.clone());
    let opened = front.store.write(move |tx| {
        let (tenant, mint) = (&shared.tenant, &shared.mint);
        let account = citizen::enter(tx, tenant, &keyring, &named, now, mint)?;
        let entered = Entered {
            account: account.id,
            party: account.party,
            level,
            called: citizen::called(&named.party),
            device: "Test".to_owned(),
        };
        let token = shared.sessions.citizens().open(tx, tenant, &entered, now, mint)?;
        Ok::<_, identity::Error>((account.party, token))
    });
    // On a thread of its own, since a story may be asynchronous.
    let opened = std::thread::spawn(|| opened.wait()).join().expect("no panic");
    let (party, token) = opened.expect("a session");
    let cookie = format!("{COOKIE}={}", token.cookie());
    Signed { party, cookie, csrf: token.csrf(), token }
}
