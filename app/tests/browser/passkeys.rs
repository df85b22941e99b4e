//! Passkeys, with an authenticator that the browser makes believe: made, used, copied, removed; by a
//! citizen and by an officer.

use std::{net::TcpListener, time::Duration};

use serde_json::{Value, json};

use crate::{
    driver::Browser,
    program::{Folder, Serving},
    story::{DESK, MORNING, PHONE, run},
};

/// A browser with a device that has a fingerprint to read.
struct Device {
    browser: Browser,
    authenticator: String,
}

impl Device {
    async fn open(home: &str, (width, height): (u32, u32)) -> Self {
        let browser = Browser::open(home, width, height).await;
        let (device, none) = (browser.window.cdp(), json!({}));
        device.send_raw("WebAuthn.enable", none).await.unwrap();
        let options = json!({ "options": {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
            "hasUserVerification": true, "isUserVerified": true,
            "automaticPresenceSimulation": true,
        } });
        let made = device.send_raw("WebAuthn.addVirtualAuthenticator", options).await.unwrap();
        let authenticator = made["authenticatorId"].as_str().unwrap().to_owned();
        Self { browser, authenticator }
    }

    async fn tell(&self, method: &str, mut words: Value) -> Value {
        words["authenticatorId"] = json!(self.authenticator);
        self.browser.window.cdp().send_raw(&format!("WebAuthn.{method}"), words).await.unwrap()
    }

    /// Waits until the page says it: the device and the house talk meanwhile.
    async fn until(&self, words: &str) {
        for _ in 0..100 {
            if self.browser.text().await.contains(words) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.browser.says(words).await;
    }

    async fn forget_session(&self) {
        self.browser.window.delete_all_cookies().await.unwrap();
    }
}

/// The program at a name, since a passkey is bound to one.
fn serve(folder: &Folder) -> (Serving, String) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let serving = Serving::start_at(folder, MORNING, &format!("127.0.0.1:{port}"));
    (serving, format!("http://localhost:{port}"))
}

#[test]
fn a_citizen_signs_in_with_what_her_phone_keeps_and_no_copy_does() {
    let folder = Folder::new();
    run(async {
        let (_serving, home) = serve(&folder);
        let device = Device::open(&home, PHONE).await;
        let browser = &device.browser;

        // As somebody invented, of the demonstration; and a key of her own.
        browser.go("/vao?tiep=/toi/du-lieu/khoa").await;
        browser.picture("enter-360").await;
        browser.press("Chọn người").await;
        browser.one("button[name='nguoi']").await.click().await.unwrap();
        device.until("Chưa có khóa nào").await;
        browser.press("Tạo khóa").await;
        device.until("Bỏ khóa này").await;
        browser.picture("passkeys-360").await;
        browser.fill("ten", "Máy của bà Sương").await;
        browser.press("Đổi tên").await;
        device.until("Máy của bà Sương").await;

        // In, with nothing typed.
        device.forget_session().await;
        browser.go("/vao?tiep=/toi/du-lieu").await;
        browser.press("Dùng khóa").await;
        device.until("Tỉnh biết về ông/bà").await;

        // Not without the fingerprint.
        device.forget_session().await;
        device.tell("setUserVerified", json!({ "isUserVerified": false })).await;
        browser.go("/vao?tiep=/toi/du-lieu").await;
        browser.press("Dùng khóa").await;
        device.until("Máy chưa xác nhận").await;
        device.tell("setUserVerified", json!({ "isUserVerified": true })).await;

        // A copy counts from where it was taken.
        let kept = device.tell("getCredentials", json!({})).await;
        let mut copy = kept["credentials"][0].clone();
        let id = copy["credentialId"].clone();
        device.tell("removeCredential", json!({ "credentialId": id })).await;
        copy["signCount"] = json!(1);
        device.tell("addCredential", json!({ "credential": copy })).await;
        browser.go("/vao?tiep=/toi/du-lieu").await;
        browser.press("Dùng khóa").await;
        device.until("có thể đã bị sao chép").await;
        device.browser.close().await;
    });
}

#[test]
fn an_officer_signs_in_with_a_key_until_it_is_removed() {
    let folder = Folder::new();
    run(async {
        let (_serving, home) = serve(&folder);
        let device = Device::open(&home, DESK).await;
        let browser = &device.browser;
        browser.sign_in("hien").await;
        browser.go("/tai-khoan/khoa").await;
        browser.press("Tạo khóa").await;
        device.until("Bỏ khóa này").await;

        device.forget_session().await;
        browser.go("/dang-nhap?tiep=/tai-khoan/khoa").await;
        browser.press("Dùng khóa").await;
        device.until("dùng gần nhất").await;
        assert!(browser.here().await.ends_with("/tai-khoan/khoa"));

        browser.press("Bỏ khóa này").await;
        device.until("Chưa có khóa nào").await;
        device.forget_session().await;
        browser.go("/dang-nhap").await;
        browser.press("Dùng khóa").await;
        device.until("Khóa đã bị bỏ").await;
        device.browser.close().await;
    });
}
