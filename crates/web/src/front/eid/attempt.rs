//! An attempt to sign in, from leaving to coming back. It is kept by the browser alone, so that
//! nobody can fill the store by leaving and not coming back.

use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use hmac::{Hmac, KeyInit, Mac};
use identity::{
    Assurance,
    seal::{Keyring, Label},
};
use jiff::SignedDuration;
use kernel::{Instant, Mint, Tenant};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::http::local_path;

/// How long somebody may take at the provider.
pub(super) const LASTS: SignedDuration = SignedDuration::from_mins(10);
/// A longer way back is forgotten: a cookie holds 4 KB.
const NEXT_BYTES_MAX: usize = 1500;
const LABEL: Label = Label("sign_in_attempt");

/// An attempt that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attempt {
    secret: [u8; 32],
    /// The level that is needed.
    pub(super) level: Assurance,
    /// When it began.
    pub(super) begun_at: Instant,
    /// Where the person was: a path of this house.
    pub(super) next: String,
}

impl Attempt {
    pub(super) fn begin(level: Assurance, next: &str, now: Instant, mint: &Mint) -> Self {
        let next = if next.len() <= NEXT_BYTES_MAX { local_path(next) } else { "/" };
        Self { secret: mint.bytes(), level, begun_at: now, next: next.to_owned() }
    }

    /// What the provider sends back as it is.
    pub(super) fn state(&self) -> String {
        self.derived("state")
    }

    /// What the provider signs.
    pub(super) fn nonce(&self) -> String {
        self.derived("nonce")
    }

    /// What only this house can show when it asks for the token (RFC 7636).
    pub(super) fn verifier(&self) -> String {
        self.derived("pkce")
    }

    fn derived(&self, of: &str) -> String {
        let mac = Hmac::<Sha256>::new_from_slice(&self.secret);
        let mac = mac.expect("HMAC takes a key of any length").chain_update(of);
        BASE64.encode(mac.finalize().into_bytes())
    }

    /// Until when it is open.
    pub(super) fn ends_at(&self) -> Instant {
        self.begun_at.checked_add(LASTS).unwrap_or(Instant::MAX)
    }

    /// The cookie that keeps it; two tabs have one each.
    pub(super) fn cookie(
        &self,
        keyring: &Keyring,
        tenant: &Tenant,
        https: bool,
    ) -> Cookie<'static> {
        let text = format!(
            "{}.{}.{}.{}",
            BASE64.encode(self.secret),
            self.level.number(),
            kernel::micros(self.begun_at),
            BASE64.encode(&self.next)
        );
        let mac = BASE64.encode(keyring.blind(tenant, LABEL, &text));
        Cookie::build((name(&self.state()), format!("{text}.{mac}")))
            .path(super::ENTER)
            .http_only(true)
            .secure(https)
            .same_site(SameSite::Lax)
            .build()
    }

    /// The open attempt of this browser with that state.
    pub(super) fn of(
        headers: &HeaderMap,
        state: &str,
        keyring: &Keyring,
        tenant: &Tenant,
        now: Instant,
    ) -> Option<Self> {
        let jar = CookieJar::from_headers(headers);
        let attempt = parse(jar.get(&name(state))?.value(), keyring, tenant)?;
        let same = bool::from(attempt.state().as_bytes().ct_eq(state.as_bytes()));
        (same && now < attempt.ends_at() && attempt.begun_at <= now).then_some(attempt)
    }

    /// Takes off the browser the attempt of that state, and those that are over.
    pub(super) fn forget(
        jar: CookieJar,
        state: Option<&str>,
        keyring: &Keyring,
        tenant: &Tenant,
        now: Instant,
    ) -> CookieJar {
        let done = state.map(name);
        let over = |cookie: &Cookie<'_>| {
            let attempt = parse(cookie.value(), keyring, tenant);
            done.as_deref() == Some(cookie.name()) || attempt.is_none_or(|a| a.ends_at() <= now)
        };
        let all = jar.iter().filter(|cookie| cookie.name().starts_with(PREFIX));
        let gone: Vec<String> =
            all.filter(|cookie| over(cookie)).map(|cookie| cookie.name().to_owned()).collect();
        gone.into_iter()
            .fold(jar, |jar, name| jar.remove(Cookie::build((name, "")).path(super::ENTER).build()))
    }
}

const PREFIX: &str = "tinhso-vao-";

/// A name for each attempt, so that the answer finds its own.
fn name(state: &str) -> String {
    format!("{PREFIX}{}", kernel::hex(&Sha256::digest(state)[..4]))
}

fn parse(text: &str, keyring: &Keyring, tenant: &Tenant) -> Option<Attempt> {
    let (text, mac) = text.rsplit_once('.')?;
    let own = keyring.blind(tenant, LABEL, text);
    if !bool::from(own.ct_eq(&BASE64.decode(mac).ok()?)) {
        return None;
    }
    let mut parts = text.split('.');
    let secret = BASE64.decode(parts.next()?).ok()?.try_into().ok()?;
    let level = Assurance::of_number(parts.next()?.parse().ok()?);
    let begun_at = kernel::from_micros(parts.next()?.parse().ok()?);
    let next = String::from_utf8(BASE64.decode(parts.next()?).ok()?).ok()?;
    Some(Attempt { secret, level, begun_at, next: local_path(&next).to_owned() })
}

#[cfg(test)]
mod tests {
    use axum::http::header;
    use identity::seal::MasterKey;

    use super::*;

    fn at(second: i64) -> Instant {
        Instant::from_second(second).unwrap()
    }

    fn ring(seed: u64) -> Keyring {
        Keyring::new(&MasterKey::fresh(&Mint::seeded(seed)))
    }

    fn headers(cookie: &Cookie<'_>) -> HeaderMap {
        let text = format!("{}={}", cookie.name(), cookie.value());
        HeaderMap::from_iter([(header::COOKIE, text.parse().unwrap())])
    }

    #[test]
    fn an_answer_finds_its_own_attempt_and_no_other() {
        let (mint, tenant, ring) = (Mint::seeded(1), "H55".parse().unwrap(), ring(7));
        let mine = Attempt::begin(Assurance::Two, "/lam/khai-sinh?cau=3", at(0), &mint);
        let other = Attempt::begin(Assurance::One, "/", at(0), &mint);
        let kept = headers(&mine.cookie(&ring, &tenant, false));
        let find = |state: &str, second| Attempt::of(&kept, state, &ring, &tenant, at(second));
        assert_eq!(find(&mine.state(), 599), Some(mine.clone()));
        assert_eq!(find(&mine.state(), 600), None, "ten minutes are over");
        assert_eq!(find(&other.state(), 1), None);
        assert_eq!(find("", 1), None);
        assert_eq!(Attempt::of(&kept, &mine.state(), &self::ring(8), &tenant, at(1)), None);
        assert!([mine.state(), mine.nonce(), mine.verifier()].iter().all(|text| text.len() == 43));
        assert_ne!(mine.state(), mine.nonce());
    }

    #[test]
    fn nobody_is_sent_to_another_house_and_no_cookie_is_too_long() {
        let mint = Mint::seeded(1);
        let next = |path: &str| Attempt::begin(Assurance::One, path, at(0), &mint).next;
        assert_eq!(next("/toi?a=1"), "/toi?a=1");
        assert_eq!(next("https://evil.example/"), "/");
        assert_eq!(next("//evil.example/"), "/");
        assert_eq!(next(&format!("/{}", "a".repeat(4000))), "/");
    }

    #[test]
    fn what_is_over_is_forgotten() {
        let (mint, tenant, ring) = (Mint::seeded(1), "H55".parse().unwrap(), ring(7));
        let old = Attempt::begin(Assurance::One, "/", at(0), &mint);
        let jar = CookieJar::from_headers(&headers(&old.cookie(&ring, &tenant, false)));
        let left = |second, state: Option<&str>| {
            let jar = Attempt::forget(jar.clone(), state, &ring, &tenant, at(second));
            jar.iter().count()
        };
        assert_eq!((left(1, None), left(600, None), left(1, Some(&old.state()))), (1, 0, 0));
    }
}
