//! From the first page to the first question without a pointer: who cannot hold a mouse, or reads by
//! ear, gets as far as everybody.

use thirtyfour::Key;

use crate::{
    driver::Browser,
    program::{Folder, Serving},
    story::{DESK, MORNING, run},
};

#[test]
fn an_application_is_begun_by_keyboard_alone() {
    let folder = Folder::new();
    run(async {
        let serving = Serving::start(&folder, MORNING);
        let browser = Browser::open(&serving.address, DESK.0, DESK.1).await;
        browser.sign_in_citizen().await;
        browser.go("/").await;
        // What every page begins with: straight to what it is about.
        tab_to(&browser, "a[href='#main']").await;
        press(&browser, Key::Enter).await;
        tab_to(&browser, "[name='q']").await;
        browser.one("[name='q']").await.send_keys("khai sinh" + Key::Enter).await.unwrap();
        browser.settle().await;
        tab_to(&browser, "main a[href='/dich-vu/1.001193']").await;
        press(&browser, Key::Enter).await;
        tab_to(&browser, "main form button.go").await;
        press(&browser, Key::Enter).await;
        browser.says("Bé tên là gì").await;
        tab_to(&browser, "main [name='a']").await;
        browser.one("main [name='a']").await.send_keys("Lường Minh An" + Key::Enter).await.unwrap();
        browser.until("Bé sinh ngày nào").await;
        browser.close().await;
    });
}

/// Goes from stop to stop until this one has the focus, and everybody can see it.
async fn tab_to(browser: &Browser, selector: &str) {
    for _ in 0..80 {
        let body = browser.window.active_element().await.unwrap();
        body.send_keys(Key::Tab + "").await.unwrap();
        let here: bool =
            browser.asks(&format!("return document.activeElement.matches(\"{selector}\")")).await;
        if here {
            let seen: bool = browser
                .asks(
                    "const s = getComputedStyle(document.activeElement); \
                     return s.outlineStyle !== 'none' || s.boxShadow !== 'none'",
                )
                .await;
            assert!(seen, "{selector} has the focus and nobody sees it");
            return;
        }
    }
    panic!("the keyboard does not reach {selector} on {}", browser.here().await);
}

async fn press(browser: &Browser, key: Key) {
    let active = browser.window.active_element().await.unwrap();
    active.send_keys(key + "").await.unwrap();
    browser.settle().await;
}
