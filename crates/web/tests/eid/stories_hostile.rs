//! At a provider that lies, or at somebody who says to be it.

use std::sync::Arc;

use axum::http::StatusCode;
use jiff::SignedDuration;
use kernel::{Clock, FixedClock, SystemClock};
use store::{Store, store_test};
use web::front::eid::Source;

use crate::{
    hostile::{Hostile, Lie},
    house::{Answer, Browser, House, settings},
};

/// From the house to the provider and back, without being there: the nonce is the code.
async fn sign_in(browser: &Browser<'_>, extra: &str) -> Answer {
    let out = browser.get("/vao/di?tiep=/toi/nha").await;
    assert_eq!(out.status, 303, "{}", out.text);
    let of = |name: &str| {
        let rest = out.location().split_once(&format!("{name}=")).unwrap().1;
        rest.split('&').next().unwrap().to_owned()
    };
    browser.get(&format!("/vao/tro-ve?code={}&state={}{extra}", of("nonce"), of("state"))).await
}

fn run(store: &Store, story: impl AsyncFnOnce(&House, &Hostile)) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    // The house must know where the provider is, and the provider what time it is there.
    let clock = Arc::new(FixedClock::at(SystemClock.now()));
    let hostile = runtime.block_on(Hostile::start(clock.clone()));
    let house = House::open(store, Source::Provider(Box::new(settings(hostile.issuer()))));
    clock.set(house.clock.now());
    runtime.block_on(story(&house, &hostile));
}

store_test!(
    fn no_lie_signs_anybody_in(store: Store) {
        run(&store, async |house, hostile| {
            let untrusted = [
                Lie::OtherIssuer,
                Lie::OtherAudience,
                Lie::RanOut,
                Lie::FromTheFuture,
                Lie::FromBefore,
                Lie::OtherNonce,
                Lie::OtherKey,
                Lie::UnknownKey,
                Lie::NoSignature,
                Lie::SharedSecret,
                Lie::NoToken,
                Lie::UserinfoOfAnother,
            ];
            let away = [Lie::UserinfoBroken, Lie::TooLong, Lie::SendsElsewhere, Lie::NotJson];
            let all = untrusted.map(|lie| (lie, 403)).into_iter().chain(away.map(|lie| (lie, 502)));
            for (lie, status) in all {
                hostile.lies(lie);
                let browser = house.browser();
                let back = sign_in(&browser, "").await;
                assert_eq!(back.status.as_u16(), status, "{lie:?}");
                assert!(back.text.contains("/vao?muc=1&amp;tiep=%2Ftoi%2Fnha"), "{lie:?}");
                assert_eq!(browser.get("/toi/nha").await.status, StatusCode::SEE_OTHER, "{lie:?}");
            }
            hostile.lies(Lie::None);
            let browser = house.browser();
            assert_eq!(sign_in(&browser, "").await.location(), "/toi/nha");
            let elsewhere = sign_in(&browser, "&iss=https%3A%2F%2Fevil.example").await;
            assert_eq!(elsewhere.status, 403, "the answer comes from another issuer");
        });
    }
);

store_test!(
    fn a_key_that_is_not_known_is_not_asked_for_again_and_again(store: Store) {
        run(&store, async |house, hostile| {
            hostile.lies(Lie::UnknownKey);
            for _ in 0..5 {
                sign_in(&house.browser(), "").await;
            }
            assert_eq!(hostile.keys_asked(), 2, "with the metadata, and once more");
            house.pass(SignedDuration::from_secs(11));
            sign_in(&house.browser(), "").await;
            assert_eq!(hostile.keys_asked(), 3);
        });
    }
);

store_test!(
    fn nobody_is_sent_to_another_house(store: Store) {
        run(&store, async |house, _| {
            let browser = house.browser();
            for away in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
                let out = browser.get(&format!("/vao/di?tiep={}", web::http::encoded(away))).await;
                let of = |name: &str| {
                    let rest = out.location().split_once(&format!("{name}=")).unwrap().1;
                    rest.split('&').next().unwrap().to_owned()
                };
                let back = format!("/vao/tro-ve?code={}&state={}", of("nonce"), of("state"));
                assert_eq!(browser.get(&back).await.location(), "/", "{away}");
                let csrf = browser.csrf();
                browser.post("/vao/ra", &format!("_csrf={csrf}")).await;
            }
        });
    }
);
