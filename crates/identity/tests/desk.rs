//! People sign in, stay in, are kept out; on both stores.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{net::IpAddr, sync::Arc};

use identity::{
    Error, Login, NewPassword, PasswordHash, Result, Session, SessionLimits, SessionToken,
    Sessions,
    account::{self, NewAccount},
    sign_in::{self, Refusal, SignedIn},
};
use jiff::SignedDuration;
use kernel::{AccountId, Instant, Mint, PostId, Tenant};
use store::{Store, Tx, args, store_test};

const RIGHT: &str = "nắng ấm sau mưa dài";

/// One desk: a store with one account, a clock that is moved by hand.
struct Desk {
    store: Store,
    tenant: Tenant,
    mint: Arc<Mint>,
    sessions: Arc<Sessions>,
    account: AccountId,
    now: Instant,
}

impl Desk {
    fn open(store: Store) -> Self {
        store.migrate(&[identity::MIGRATIONS]).unwrap();
        let mint = Arc::new(Mint::seeded(7));
        let mut desk = Self {
            store,
            tenant: "H55".parse().unwrap(),
            account: mint.id(Instant::UNIX_EPOCH),
            sessions: Arc::new(Sessions::new(SessionLimits::default())),
            mint,
            now: "2026-11-23T01:00:00Z".parse().unwrap(),
        };
        desk.account = desk.create("nong.hien").unwrap();
        desk
    }

    fn create(&self, login: &str) -> Result<AccountId> {
        let login: Login = login.parse().unwrap();
        let password = NewPassword::parse(RIGHT, &login).unwrap();
        let password = PasswordHash::of(&password, &self.mint);
        let person = Some(self.mint.id(self.now));
        let new = NewAccount { login, password, person, must_change: false };
        self.write(move |desk, tx| account::create(tx, &desk.tenant, &new, desk.now, &desk.mint))
    }

    /// A process of its own over the same store: nothing remembered.
    fn elsewhere(&self) -> Self {
        Self { sessions: Arc::default(), ..self.again() }
    }

    fn again(&self) -> Self {
        Self {
            store: self.store.clone(),
            tenant: self.tenant.clone(),
            mint: Arc::clone(&self.mint),
            sessions: Arc::clone(&self.sessions),
            ..*self
        }
    }

    fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&Self, &mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let desk = self.again();
        self.store.write(move |tx: &mut Tx<'_>| work(&desk, tx)).wait()
    }

    fn pass(&mut self, time: SignedDuration) {
        self.now = self.now.checked_add(time).unwrap();
    }

    fn sign_in_from(
        &self,
        address: &str,
        login: &str,
        password: &str,
    ) -> Result<SignedIn, Refusal> {
        let address: IpAddr = address.parse().unwrap();
        let login = login.to_owned();
        let begun =
            self.write(move |desk, tx| sign_in::begin(tx, &desk.tenant, &login, address, desk.now));
        let checked = begun.unwrap()?.check(password, &self.mint);
        let finished = self.write(move |desk, tx| {
            sign_in::finish(tx, &desk.tenant, &checked, &desk.sessions, desk.now, &desk.mint)
        });
        finished.unwrap()
    }

    fn sign_in(&self, login: &str, password: &str) -> Result<SignedIn, Refusal> {
        self.sign_in_from("192.0.2.1", login, password)
    }

    fn token(&self) -> SessionToken {
        self.sign_in("nong.hien", RIGHT).unwrap().token
    }

    fn session(&self, token: &SessionToken) -> Option<Session> {
        let (desk, token) = (self.again(), token.clone());
        let read = self.store.read(move |tx: &mut Tx<'_>| {
            desk.sessions.authenticate(tx, &desk.tenant, &token, desk.now)
        });
        read.wait().unwrap()
    }
}

store_test!(
    fn the_right_password_opens_a_session(store: Store) {
        let desk = Desk::open(store);
        assert_eq!(desk.sign_in("nong.hien", "sai mật khẩu rồi"), Err(Refusal::Wrong));
        assert_eq!(desk.sign_in("khong.co.ai", RIGHT), Err(Refusal::Wrong));
        assert_eq!(desk.sign_in("đây không là tên", RIGHT), Err(Refusal::Wrong));

        let signed_in = desk.sign_in(" Nong.Hien ", RIGHT).unwrap();
        let session = desk.session(&signed_in.token).unwrap();
        assert_eq!((session.account, session.login.as_str()), (desk.account, "nong.hien"));
        assert_eq!(session.person, signed_in.person);
        assert_eq!(desk.session(&SessionToken::fresh(&desk.mint)), None, "an invented cookie");
        assert!(matches!(desk.create("NONG.HIEN"), Err(Error::LoginTaken)));
    }
);

store_test!(
    fn only_the_hash_of_a_token_is_kept(store: Store) {
        let desk = Desk::open(store);
        let cookie = desk.token().cookie();
        let kept = desk.store.read(|tx: &mut Tx<'_>| {
            tx.one("select token_hash from session", args!(), |row| row.get::<Vec<u8>>(0))
        });
        let kept: [u8; 32] = kept.wait().unwrap().try_into().unwrap();
        let token = SessionToken::parse(&cookie).unwrap();
        assert!(desk.session(&token).is_some());
        use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
        let stolen = SessionToken::parse(&URL_SAFE_NO_PAD.encode(kept)).unwrap();
        assert_eq!(desk.session(&stolen), None, "a stolen database lets nobody in");
    }
);

store_test!(
    fn a_disabled_account_is_out_at_once(store: Store) {
        let desk = Desk::open(store);
        let token = desk.token();
        assert!(desk.session(&token).is_some());
        desk.write(|desk, tx| {
            account::disable(tx, &desk.tenant, desk.account, desk.now)?;
            desk.sessions.close_all(tx, &desk.tenant, desk.account, None, desk.now)
        })
        .unwrap();
        assert_eq!(desk.session(&token), None);
        assert_eq!(desk.sign_in("nong.hien", RIGHT), Err(Refusal::Disabled));
        assert_eq!(desk.sign_in("nong.hien", "sai mật khẩu rồi"), Err(Refusal::Wrong));

        desk.write(|desk, tx| account::enable(tx, &desk.tenant, desk.account)).unwrap();
        assert!(desk.sign_in("nong.hien", RIGHT).is_ok());
    }
);

store_test!(
    fn whoever_guesses_waits_longer_and_longer(store: Store) {
        let mut desk = Desk::open(store);
        let guess = |desk: &Desk| desk.sign_in("nong.hien", "sai mật khẩu rồi");
        for _ in 0..5 {
            assert_eq!(guess(&desk), Err(Refusal::Wrong));
        }
        assert_eq!(guess(&desk), Err(Refusal::Wrong), "the one that is too many");
        let wait = |seconds| Err(Refusal::Wait(SignedDuration::from_secs(seconds)));
        assert_eq!(guess(&desk), wait(2));
        assert_eq!(desk.sign_in("nong.hien", RIGHT).err(), wait(2).err(), "even if right now");
        assert_eq!(desk.elsewhere().sign_in("nong.hien", RIGHT).err(), wait(2).err());
        assert_eq!(desk.sign_in_from("198.51.100.7", "nong.hien", RIGHT).err(), wait(2).err());

        desk.pass(SignedDuration::from_secs(2));
        assert_eq!(guess(&desk), Err(Refusal::Wrong));
        assert!(matches!(guess(&desk), Err(Refusal::Wait(longer)) if longer.as_secs() >= 3));

        desk.pass(SignedDuration::from_secs(4));
        assert!(desk.sign_in("nong.hien", RIGHT).is_ok());
        assert_eq!(guess(&desk), Err(Refusal::Wrong), "a right password starts afresh");
    }
);

store_test!(
    fn many_guesses_at_once_do_not_slip_through(store: Store) {
        let desk = Desk::open(store);
        let address: IpAddr = "192.0.2.1".parse().unwrap();
        let at_once: Vec<_> = (0..20)
            .map(|_| {
                let desk = desk.again();
                desk.store.clone().write(move |tx: &mut Tx<'_>| {
                    sign_in::begin(tx, &desk.tenant, "nong.hien", address, desk.now)
                })
            })
            .collect();
        let begun: Vec<_> = at_once.into_iter().map(|pending| pending.wait().unwrap()).collect();
        assert_eq!(begun.iter().filter(|attempt| attempt.is_ok()).count(), 6);
    }
);

store_test!(
    fn one_address_cannot_try_all_accounts_and_the_table_stays_small(store: Store) {
        let mut desk = Desk::open(store);
        for n in 0..31 {
            assert_eq!(desk.sign_in(&format!("canbo.{n}"), "12345678"), Err(Refusal::Wrong));
        }
        let next = desk.sign_in("nong.hien", RIGHT);
        assert!(matches!(next, Err(Refusal::Wait(_))));
        assert!(desk.sign_in_from("198.51.100.7", "nong.hien", RIGHT).is_ok());

        desk.pass(SignedDuration::from_hours(1));
        desk.token();
        let rows = desk.store.read(|tx: &mut Tx<'_>| {
            tx.one("select count(*) from sign_in_throttle", args!(), |row| row.get::<i64>(0))
        });
        assert!(rows.wait().unwrap() <= 2, "what has drained is forgotten");
    }
);

store_test!(
    fn a_session_ends_by_idling_and_by_age(store: Store) {
        let mut desk = Desk::open(store);
        let idle = desk.token();
        desk.pass(SignedDuration::from_mins(29));
        assert!(desk.session(&idle).is_some());
        desk.pass(SignedDuration::from_mins(1));
        assert_eq!(desk.session(&idle), None);

        let busy = desk.token();
        for _ in 0..(12 * 60 / 20 - 1) {
            desk.pass(SignedDuration::from_mins(20));
            assert!(desk.session(&busy).unwrap().touch_due(desk.now));
            let token = busy.clone();
            desk.write(move |desk, tx| desk.sessions.touch(tx, &desk.tenant, &token, desk.now))
                .unwrap();
            assert!(!desk.session(&busy).unwrap().touch_due(desk.now), "once a minute at most");
            assert!(!desk.elsewhere().session(&busy).unwrap().touch_due(desk.now));
        }
        desk.pass(SignedDuration::from_mins(20));
        assert_eq!(desk.session(&busy), None, "after twelve hours");

        let purged =
            desk.write(|desk, tx| desk.sessions.purge(tx, &desk.tenant, desk.now, 100)).unwrap();
        assert_eq!(purged, 2);
    }
);

store_test!(
    fn signing_out_ends_one_session_or_all(store: Store) {
        let mut desk = Desk::open(store);
        let (phone, counter, office) = (desk.token(), desk.token(), desk.token());
        for token in [&phone, &counter, &office] {
            assert!(desk.session(token).is_some());
        }
        let token = phone.clone();
        desk.write(move |desk, tx| desk.sessions.close(tx, &desk.tenant, &token, desk.now))
            .unwrap();
        assert_eq!(desk.session(&phone), None);

        let other_process = desk.elsewhere();
        assert!(other_process.session(&counter).is_some());
        let keep = office.clone();
        let closed = desk.write(move |desk, tx| {
            desk.sessions.close_all(tx, &desk.tenant, desk.account, Some(&keep), desk.now)
        });
        assert_eq!(closed.unwrap(), 1);
        assert_eq!(desk.session(&counter), None);
        assert!(desk.session(&office).is_some(), "the one they sit at stays");

        desk.pass(SignedDuration::from_secs(10));
        let other_process = Desk { now: desk.now, ..other_process };
        assert_eq!(other_process.session(&counter), None, "another process learns in seconds");
    }
);

store_test!(
    fn the_chosen_post_stays_with_the_session(store: Store) {
        let desk = Desk::open(store);
        let token = desk.token();
        assert_eq!(desk.session(&token).unwrap().post, None);
        let post: PostId = desk.mint.id(desk.now);
        let chosen = token.clone();
        desk.write(move |desk, tx| {
            desk.sessions.choose_post(tx, &desk.tenant, &chosen, Some(post))
        })
        .unwrap();
        assert_eq!(desk.session(&token).unwrap().post, Some(post));
    }
);

store_test!(
    fn an_account_has_a_bounded_number_of_sessions(store: Store) {
        let mut desk = Desk::open(store);
        let first = desk.token();
        for _ in 0..identity::SESSIONS_PER_ACCOUNT_MAX {
            desk.pass(SignedDuration::from_secs(1));
            desk.token();
        }
        assert_eq!(desk.session(&first), None, "the oldest made room");
    }
);

store_test!(
    fn a_password_is_changed_by_its_owner_or_reset_for_them(store: Store) {
        let desk = Desk::open(store);
        let old = desk.write(|desk, tx| account::password(tx, &desk.tenant, desk.account)).unwrap();
        assert!(old.verify(RIGHT), "the old one is asked first");

        let login: Login = "nong.hien".parse().unwrap();
        let new = NewPassword::parse("chim hót đầu ngõ", &login).unwrap();
        let new = PasswordHash::of(&new, &desk.mint);
        desk.write(move |desk, tx| {
            account::set_password(tx, &desk.tenant, desk.account, &new, true, desk.now)
        })
        .unwrap();
        assert_eq!(desk.sign_in("nong.hien", RIGHT), Err(Refusal::Wrong));
        let signed_in = desk.sign_in("nong.hien", "chim hót đầu ngõ").unwrap();
        assert!(signed_in.must_change);

        let missing = desk.write(|desk, tx| {
            let nobody = desk.mint.id(desk.now);
            account::disable(tx, &desk.tenant, nobody, desk.now)
        });
        assert!(matches!(missing, Err(Error::NoAccount)));
    }
);

store_test!(
    fn a_password_kept_at_an_old_cost_is_renewed_at_sign_in(store: Store) {
        let desk = Desk::open(store);
        // The reference implementation's hash of "password" at a low cost.
        let cheap = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ\
                     $nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        let cheap = PasswordHash::parse(cheap.to_owned()).unwrap();
        desk.write(move |desk, tx| {
            account::set_password(tx, &desk.tenant, desk.account, &cheap, true, desk.now)
        })
        .unwrap();
        assert!(desk.sign_in("nong.hien", "password").unwrap().must_change);
        let kept = desk.write(|desk, tx| account::password(tx, &desk.tenant, desk.account));
        assert!(kept.unwrap().as_str().contains("m=19456"));
        assert!(desk.sign_in("nong.hien", "password").is_ok());
    }
);
