//! The whole of it, as a new user would: file a birth registration at the counter, carry it
//! through every post to the result, see another one late when the clock is moved, verify the
//! journal, alter one row by hand and see verification name it.

use std::time::Duration;

use crate::{
    driver::Browser,
    program::{Folder, Serving},
};

/// A Monday morning in opening hours, the day before a public holiday.
pub(crate) const MORNING: &str = "2026-11-23T08:30";
/// Later than any promise of a birth registration.
const A_MONTH_ON: &str = "2026-12-21T09:00";
pub(crate) const PHONE: (u32, u32) = (360, 900);
pub(crate) const DESK: (u32, u32) = (1280, 900);

pub(crate) fn run(story: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(story);
}

#[test]
fn a_birth_is_registered_and_nobody_can_change_the_past() {
    let folder = Folder::new();
    run(async {
        let code = {
            let serving = Serving::start(&folder, MORNING);
            let browser = Browser::open(&serving.address, DESK.0, DESK.1).await;
            let (code, secret) = file_a_birth(&browser, "019197008821").await;
            carry_to_the_result(&browser, &code).await;
            track(&browser, &code, &secret).await;
            let (open, _) = file_a_birth(&browser, "019197008822").await;
            browser.close().await;
            // The journal seals about once a second.
            tokio::time::sleep(Duration::from_millis(2500)).await;
            drop(serving);
            open
        };
        let serving = Serving::start(&folder, A_MONTH_ON);
        let browser = Browser::open(&serving.address, DESK.0, DESK.1).await;
        see_it_late(&browser, &code).await;
        browser.close().await;
    });
    the_journal_names_what_was_altered(&folder);
}

/// Files at the counter; answers the code and the tracking secret from the receipt.
pub(crate) async fn file_a_birth(browser: &Browser, number: &str) -> (String, String) {
    browser.sign_in("hien").await;
    browser.go("/quay?thu-tuc=1.001193").await;
    browser.picture("counter").await;
    for (name, text) in [
        ("so", number),
        ("ho-ten", "Hoàng Thị Mai Sương"),
        ("ngay-sinh-nguoi-nop", "03/08/1997"),
        ("dien-thoai", "0912345604"),
        ("dia-chi", "Tổ 12, phường Phan Đình Phùng"),
        ("t-ho_ten_tre", "Lường Hoàng Minh An"),
        ("t-ngay_sinh", "14/10/2026"),
        ("t-dan_toc", "Tày"),
        ("t-noi_sinh", "Phường Phan Đình Phùng"),
        ("t-que_quan", "Xã Ba Bể"),
    ] {
        browser.fill(name, text).await;
    }
    browser.choose("t-gioi_tinh", "nu").await;
    browser.choose("t-nguoi_di_khai", "cha_me").await;
    for component in ["co-to-khai", "co-giay-chung-sinh", "co-giay-to-tuy-than"] {
        browser.tick(component).await;
    }
    browser.picture("counter-filled").await;
    browser.press("Tiếp nhận").await;
    browser.says("Hẹn trả").await;
    browser.picture("receipt").await;
    let here = browser.here().await;
    let code = here.split("/ho-so/").nth(1).and_then(|rest| rest.split('/').next());
    let text = browser.text().await;
    let code = code.unwrap_or_else(|| panic!("no receipt at {here}:\n{text}")).to_owned();
    let secret = text.split_whitespace().find(|word| {
        word.len() == 8 && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    });
    (code, secret.unwrap_or_else(|| panic!("no secret on the receipt:\n{text}")).to_owned())
}

async fn carry_to_the_result(browser: &Browser, code: &str) {
    browser.sign_in("khanh").await;
    browser.go("/viec").await;
    browser.picture("my-work").await;
    browser.go(&format!("/ho-so/{code}")).await;
    browser.picture("dossier").await;
    browser.press("Đạt").await;
    browser.sign_in("thuha").await;
    browser.go(&format!("/ho-so/{code}")).await;
    // On paper; the other way signs the document itself.
    browser.press_button("Ký").await;
    browser.sign_in("luumo").await;
    hand_over(browser, code).await;
    browser.go(&format!("/ho-so/{code}")).await;
    browser.says("Đã trả kết quả").await;
    browser.picture("dossier-returned").await;
}

/// On the list of results, where each dossier has its own form.
async fn hand_over(browser: &Browser, code: &str) {
    browser.go("/tra-ket-qua").await;
    browser.picture("results").await;
    browser.go(&format!("/ho-so/{code}")).await;
    browser.press("Trả kết quả").await;
    if !browser.text().await.contains("Đã trả kết quả") {
        // The dossier's own page leads to a page with the form.
        browser.press("Trả kết quả").await;
    }
}

async fn track(browser: &Browser, code: &str, secret: &str) {
    browser.window.delete_all_cookies().await.unwrap();
    browser.window.set_window_rect(0, 0, PHONE.0, PHONE.1).await.unwrap();
    browser.go(&format!("/tra-cuu?ma={code}&khoa={secret}")).await;
    browser.says("Hồ sơ đi đến đâu").await;
    browser.picture("tracking-360").await;
    browser.go(&format!("/tra-cuu?ma={code}&khoa=WRONGKEY")).await;
    browser.picture("tracking-refused-360").await;
    assert!(!browser.text().await.contains("Hồ sơ đi đến đâu"), "a wrong secret opens nothing");
    browser.window.set_window_rect(0, 0, DESK.0, DESK.1).await.unwrap();
}

async fn see_it_late(browser: &Browser, code: &str) {
    browser.sign_in("khanh").await;
    browser.go(&format!("/ho-so/{code}")).await;
    browser.says("Quá hạn").await;
    browser.picture("dossier-late").await;
    browser.sign_in("cuong").await;
    for (path, name) in [("/don-vi", "head"), ("/so-lieu", "figures"), ("/so-theo-doi", "register")]
    {
        browser.go(path).await;
        browser.picture(name).await;
    }
}

fn the_journal_names_what_was_altered(folder: &Folder) {
    let sound = folder.run(&["journal", "verify"]);
    assert!(sound.status.success(), "{}", String::from_utf8_lossy(&sound.stdout));
    let store = rusqlite::Connection::open(folder.data().join("tinhso.db")).unwrap();
    let altered = store
        .execute("update event set happened_at = happened_at - 86400000000 where pos = 100", []);
    assert_eq!(altered.unwrap(), 1);
    drop(store);
    let broken = folder.run(&["journal", "verify"]);
    let said = String::from_utf8_lossy(&broken.stdout).into_owned();
    assert_eq!(broken.status.code(), Some(1), "{said}");
    assert!(said.contains("BROKEN") && said.contains("100"), "{said}");
}
