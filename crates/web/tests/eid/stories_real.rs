//! At a real provider.

use identity::party;
use jiff::SignedDuration;
use store::store_test;
use web::front::eid::Source;

use crate::{
    house::{Answer, Browser, House, settings},
    real::Provider,
};

fn run(story: impl Future<Output = ()>) {
    tokio::runtime::Runtime::new().unwrap().block_on(story);
}

/// From a page of the house to the provider and back.
async fn sign_in(browser: &Browser<'_>, provider: &Provider, query: &str) -> Answer {
    let out = browser.get(&format!("/vao/di?{query}")).await;
    assert_eq!(out.status, 303, "{}", out.text);
    let back = provider.visit(out.location()).await;
    browser.get(&back).await
}

store_test!(
    fn a_citizen_comes_back_to_where_she_was_and_goes_on_with_more_assurance(store: Store) {
        let Some(provider) = Provider::start() else { return };
        let house = House::open(&store, Source::Provider(Box::new(settings(&provider.issuer))));
        run(async {
            let browser = house.browser();
            let turned = browser.get("/toi/nha?buoc=3").await;
            assert_eq!(turned.location(), "/vao?tiep=%2Ftoi%2Fnha%3Fbuoc%3D3");
            let door = browser.get(turned.location()).await;
            assert!(door.text.contains("Đăng nhập bằng VNeID"), "{}", door.text);

            let back = sign_in(&browser, &provider, "muc=1&tiep=%2Ftoi%2Fnha%3Fbuoc%3D3").await;
            assert_eq!((back.status.as_u16(), back.location()), (303, "/toi/nha?buoc=3"));
            let home = browser.get("/toi/nha").await;
            assert_eq!(home.text, "Hoàng Thị Mai Sương 1 Chrome, Android");
            assert_eq!(browser.cookies(), ["tinhso-dan"], "the attempt is over");
            let asked = provider.next("suong", "urn:muc:2").await;
            assert_eq!(asked["code_challenge_method"], "S256");
            assert_eq!(asked["scope"], "openid profile email phone address");

            // A step that needs more.
            let turned = browser.get("/toi/can-hai").await;
            assert_eq!(turned.location(), "/vao?muc=2&tiep=%2Ftoi%2Fcan-hai");
            assert!(browser.get(turned.location()).await.text.contains("Cần định danh mức 2"));
            let back = sign_in(&browser, &provider, "muc=2&tiep=%2Ftoi%2Fcan-hai").await;
            assert_eq!(back.location(), "/toi/can-hai");
            assert_eq!(browser.get("/toi/can-hai").await.text, "surely Hoàng Thị Mai Sương");
            let asked = provider.next("suong", "urn:muc:1").await;
            assert_eq!(asked["acr_values"], "urn:muc:2");

            // Everything that the provider said is kept, sealed, under her number.
            let (front, ring) = (house.front.clone(), house.keyring.clone());
            let number = party::PartyNumber::Citizen("019197008821".parse().unwrap());
            let kept = house
                .front
                .store
                .read(move |tx| party::find(tx, &front.tenant, &ring, &number))
                .await
                .unwrap()
                .unwrap()
                .party;
            assert_eq!(kept.phone.unwrap().as_str(), "0912345604");
            assert_eq!(kept.born, Some("1997-05-19".parse().unwrap()));
            assert!(kept.address.unwrap().contains("Phan Đình Phùng"));

            // Out, here.
            let out = browser.post("/vao/ra", &format!("_csrf={}", browser.csrf())).await;
            assert_eq!(out.location(), "/");
            assert!(browser.cookies().is_empty());
            assert!(browser.get("/toi/nha").await.location().starts_with("/vao"));
        });
    }
);

store_test!(
    fn what_was_answered_once_opens_nothing_again_nor_elsewhere(store: Store) {
        let Some(provider) = Provider::start() else { return };
        let house = House::open(&store, Source::Provider(Box::new(settings(&provider.issuer))));
        run(async {
            let (hers, thief) = (house.browser(), house.browser());
            let out = hers.get("/vao/di?tiep=/toi/nha").await;
            let back = provider.visit(out.location()).await;

            // Somebody who read the address has not the cookie.
            let stolen = thief.get(&back).await;
            assert_eq!(stolen.status, 400);
            assert!(stolen.text.contains("đã hết hạn"), "{}", stolen.text);

            let copied = hers.copy();
            assert_eq!(hers.get(&back).await.location(), "/toi/nha");
            // Nor does it help to have copied the cookie: it was used.
            let again = copied.get(&back).await;
            assert_eq!(again.status, 400);
            assert_eq!(copied.get("/toi/nha").await.status, 303);

            // A code that was used is refused by the provider, for another attempt of her own too.
            let other = hers.get("/vao/di?tiep=/toi/nha").await;
            let other = provider.visit(other.location()).await;
            let code = |url: &str| {
                url.split_once("code=").unwrap().1.split('&').next().unwrap().to_owned()
            };
            let mixed = other.replace(&code(&other), &code(&back));
            let refused = hers.get(&mixed).await;
            assert_eq!(refused.status, 403);
            assert!(refused.text.contains("Chưa đăng nhập được"), "{}", refused.text);

            // After ten minutes the attempt is over.
            let late = hers.get("/vao/di?tiep=/toi/nha").await;
            let back = provider.visit(late.location()).await;
            house.pass(SignedDuration::from_mins(10));
            assert_eq!(hers.get(&back).await.status, 400);
        });
    }
);

store_test!(
    fn a_provider_may_change_its_key_and_may_be_down(store: Store) {
        let Some(mut provider) = Provider::start() else { return };
        let house = House::open(&store, Source::Provider(Box::new(settings(&provider.issuer))));
        run(async {
            let browser = house.browser();
            assert_eq!(sign_in(&browser, &provider, "tiep=/toi/nha").await.location(), "/toi/nha");
            provider.restart("2", 0);
            let back = sign_in(&browser, &provider, "tiep=/toi/nha").await;
            assert_eq!(back.location(), "/toi/nha", "{}", back.text);

            // Down while she is there: told so, and nothing is lost.
            let out = browser.get("/vao/di?muc=1&tiep=%2Flam%2Fkhai-sinh%3Fcau%3D3").await;
            let back = provider.visit(out.location()).await;
            provider.stop();
            let down = browser.get(&back).await;
            assert_eq!(down.status, 502);
            assert!(down.text.contains("VNeID chưa trả lời"), "{}", down.text);
            assert!(down.text.contains("/vao?muc=1&amp;tiep=%2Flam%2Fkhai-sinh%3Fcau%3D3"));
            assert!(down.text.contains("Những gì ông/bà đã nhập vẫn còn"));

            // Down before she leaves, and nobody knows where it is any more.
            house.pass(SignedDuration::from_hours(2));
            let down = browser.get("/vao/di?tiep=/toi/nha").await;
            assert_eq!(down.status, 502);
            assert!(down.text.contains("VNeID chưa trả lời"));
        });
    }
);

store_test!(
    fn clocks_may_differ_by_a_minute_and_not_by_five(store: Store) {
        let Some(mut provider) = Provider::start() else { return };
        let house = House::open(&store, Source::Provider(Box::new(settings(&provider.issuer))));
        run(async {
            for (ahead, fits) in [(45, true), (-45, true), (300, false), (-300, false)] {
                provider.restart("1", ahead);
                let browser = house.browser();
                let back = sign_in(&browser, &provider, "tiep=/toi/nha").await;
                assert_eq!(back.status.as_u16(), if fits { 303 } else { 403 }, "{ahead} s");
            }
        });
    }
);

store_test!(
    fn who_goes_back_or_is_not_named_or_is_another_is_told_so(store: Store) {
        let Some(provider) = Provider::start() else { return };
        let house = House::open(&store, Source::Provider(Box::new(settings(&provider.issuer))));
        run(async {
            let browser = house.browser();
            provider.next("none", "urn:muc:1").await;
            let back = sign_in(&browser, &provider, "tiep=/toi/nha").await;
            assert!(back.text.contains("Ông/bà chưa đăng nhập"), "{}", back.text);

            provider.next("nameless", "urn:muc:1").await;
            let back = sign_in(&browser, &provider, "tiep=/toi/nha").await;
            assert_eq!(back.status, 403);
            assert!(back.text.contains("chưa có số định danh"), "{}", back.text);

            // Level 2 was needed, and the account has level 1: in, but not there.
            provider.next("suong", "urn:muc:1").await;
            let back = sign_in(&browser, &provider, "muc=2&tiep=/toi/can-hai").await;
            assert!(back.text.contains("Tài khoản mới ở mức 1"), "{}", back.text);
            assert_eq!(browser.get("/toi/nha").await.text, "Hoàng Thị Mai Sương 1 Chrome, Android");

            // Her brother confirms in her place: what she was doing stays hers.
            provider.next("tu", "urn:muc:2").await;
            let back = sign_in(&browser, &provider, "muc=2&tiep=/toi/can-hai").await;
            assert!(back.text.contains("tài khoản của người khác"), "{}", back.text);
            assert_eq!(browser.get("/toi/nha").await.text, "Hoàng Thị Mai Sương 1 Chrome, Android");
        });
    }
);
