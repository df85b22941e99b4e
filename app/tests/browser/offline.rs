//! A form that is filled in where there is no connection, with a photo, and filed when there is one:
//! once, whatever happens meanwhile.

use std::{fs, path::Path, time::Duration};

use serde_json::json;
use tempfile::TempDir;

use crate::{
    driver::Browser,
    program::{Folder, Serving},
    story::{MORNING, PHONE, run},
};

/// A household business: answers and an optional paper.
const SHOP: &str = "/dich-vu/1.001612";

/// A phone that goes where there is no connection.
struct Phone {
    browser: Browser,
    pictures: TempDir,
}

impl Phone {
    async fn open(home: &str) -> Self {
        let browser = Browser::open(home, PHONE.0, PHONE.1).await;
        Self { browser, pictures: tempfile::tempdir().unwrap() }
    }

    /// Begins an application and opens its whole form; answers the path once the phone keeps it.
    async fn begin(&self) -> String {
        let browser = &self.browser;
        browser.go(SHOP).await;
        browser.press("Bắt đầu").await;
        browser.press("Sắp đến nơi không có mạng").await;
        let kept = "window.kept || caches.match(location.pathname).then(p => { window.kept = !!p; }); return !!window.kept";
        for _ in 0..100 {
            if browser.asks::<bool>(kept).await {
                return browser.asks::<String>("return location.pathname").await;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the page was not kept:\n{}", browser.text().await);
    }

    async fn connected(&self, on: bool) {
        let line = json!({ "offline": !on, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        let phone = self.browser.window.cdp();
        phone.send_raw("Network.enable", json!({})).await.unwrap();
        phone.send_raw("Network.emulateNetworkConditions", line).await.unwrap();
    }

    /// Answers everything that the form asks.
    async fn fill(&self) {
        let browser = &self.browser;
        browser.one("[name='noi-nhan'] option:nth-of-type(3)").await.click().await.unwrap();
        for (name, text) in [
            ("o-ten_ho", "Phở Sương"),
            ("o-dia_diem", "Số 12, đường Hoàng Văn Thụ"),
            ("o-xa_kinh_doanh", "phường Phan Đình Phùng"),
            ("o-nganh_nghe", "Ăn uống"),
            ("o-von", "50000000"),
            ("o-so_lao_dong", "3"),
        ] {
            browser.fill(name, text).await;
        }
        self.touch("[name='o-thue'][value='ke_khai']").await;
        self.until("Đã giữ trong máy này").await;
    }

    /// Touches something, wherever on the page it is.
    async fn touch(&self, what: &str) {
        let thing = self.browser.one(what).await;
        let arguments = vec![thing.to_json().unwrap()];
        self.browser.window.execute("arguments[0].click()", arguments).await.unwrap();
    }

    /// Takes a photo of what the phone shows, for the paper of that name.
    async fn photograph(&self, paper: &str) {
        let photo = self.pictures.path().join("bien-ban.png");
        self.browser.window.screenshot(&photo).await.unwrap();
        self.choose(paper, &photo).await;
        self.until("bien-ban.png").await;
    }

    async fn choose(&self, paper: &str, file: &Path) {
        let input = self.browser.one(&format!("input[type=file][name='{paper}']")).await;
        input.send_keys(file.to_str().unwrap()).await.unwrap();
    }

    /// Waits until the page says it.
    async fn until(&self, words: &str) {
        for _ in 0..150 {
            if self.browser.text().await.contains(words) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.browser.says(words).await;
    }

    /// Waits for the receipt; answers its address.
    async fn receipt(&self) -> String {
        for _ in 0..300 {
            let here = self.browser.here().await;
            if here.ends_with("/bien-nhan") {
                return here;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("nothing was filed:\n{}", self.browser.text().await);
    }

    /// How many dossiers the person has.
    async fn dossiers(&self) -> usize {
        self.browser.go("/toi").await;
        self.browser
            .asks("return document.querySelectorAll(\"main a[href^='/toi/ho-so/']\").length")
            .await
    }

    /// Waits until nothing of a form is left on the phone.
    async fn empty(&self) {
        let left = "indexedDB.open('tinhso', 1).onsuccess = e => { e.target.result.transaction('don').objectStore('don').count().onsuccess = c => { window.left = c.target.result; }; }; return window.left === 0";
        for _ in 0..50 {
            if self.browser.asks::<bool>(left).await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the phone still keeps a form");
    }
}

#[test]
fn what_is_filled_and_photographed_offline_is_filed_once() {
    let folder = Folder::new();
    run(async {
        let serving = Serving::start(&folder, MORNING);
        let phone = Phone::open(&serving.address).await;
        let browser = &phone.browser;
        browser.sign_in_citizen().await;
        let before = phone.dossiers().await;
        phone.begin().await;

        phone.connected(false).await;
        phone.fill().await;
        phone.photograph("giay-bien-ban-hop").await;
        browser.picture("offline-filled-360").await;
        phone.touch("form[data-offline] button.go").await;
        phone.until("Chưa có mạng").await;
        browser.picture("offline-waiting-360").await;

        // Closed and opened again, all of it is still there.
        browser.window.refresh().await.unwrap();
        phone.until("Chưa có mạng").await;
        phone.until("bien-ban.png").await;
        let name = browser.one("[name='o-ten_ho']").await.prop("value").await.unwrap();
        assert_eq!(name.as_deref(), Some("Phở Sương"));

        phone.connected(true).await;
        phone.receipt().await;
        browser.says("Đã gửi hồ sơ").await;
        browser.says("Biên bản họp").await;
        browser.picture("offline-filed-360").await;
        phone.empty().await;
        assert_eq!(phone.dossiers().await, before + 1);
        phone.browser.close().await;
    });
}

#[test]
fn two_windows_an_ended_session_and_too_large_a_photo_lose_nothing() {
    let folder = Folder::new();
    run(async {
        let serving = Serving::start(&folder, MORNING);
        let phone = Phone::open(&serving.address).await;
        let browser = &phone.browser;
        browser.sign_in_citizen().await;
        let before = phone.dossiers().await;
        let path = phone.begin().await;

        phone.connected(false).await;
        phone.fill().await;
        let large = phone.pictures.path().join("rat-lon.jpg");
        fs::File::create(&large).unwrap().set_len(200_000_000).unwrap();
        phone.choose("giay-bien-ban-hop", &large).await;
        phone.until("“rat-lon.jpg” quá lớn").await;
        phone.touch("form[data-offline] button.go").await;
        phone.until("Chưa có mạng").await;

        // The session ends meanwhile: the person is told, and nothing is gone.
        browser.window.delete_all_cookies().await.unwrap();
        phone.connected(true).await;
        phone.until("Phiên đăng nhập đã hết").await;
        browser.picture("offline-signed-out-360").await;

        // Signed in again in another window, it goes from there.
        let first = browser.window.window().await.unwrap();
        let second = browser.window.new_tab().await.unwrap();
        browser.window.switch_to_window(second).await.unwrap();
        browser.go(&format!("/vao/trinh-dien?tiep={path}")).await;
        browser.one("button[name='nguoi']").await.click().await.unwrap();
        let receipt = phone.receipt().await;

        // The first window finds that it is done, and says so by the same receipt.
        browser.window.switch_to_window(first).await.unwrap();
        browser.asks::<()>("dispatchEvent(new Event('online'))").await;
        assert_eq!(phone.receipt().await, receipt);
        phone.empty().await;
        assert_eq!(phone.dossiers().await, before + 1);
        phone.browser.close().await;
    });
}
