//! A program that calls the API.

use axum::{body::Body, http::Request};
use one_stop::testing::{Answer, House};
use serde_json::{Value, json};

/// A Monday morning of the demonstration, in the usual hours.
pub(crate) const MONDAY: &str = "2026-11-23T01:30:00Z";
/// The counter of the ward, the expert for civil status, and who signs there.
pub(crate) const RECEIVER: &str = "phuong-phan-dinh-phung/nong-thi-hien";
pub(crate) const EXPERT: &str = "phuong-phan-dinh-phung/ma-van-khanh";
pub(crate) const SIGNER: &str = "phuong-phan-dinh-phung/tran-thu-ha";

pub(crate) struct Client<'h> {
    pub(crate) house: &'h House,
    token: String,
}

impl<'h> Client<'h> {
    pub(crate) fn of(house: &'h House, slug: &str) -> Self {
        let token = house.sign_in(slug).strip_prefix("tinhso=").unwrap().to_owned();
        Self { house, token }
    }

    pub(crate) fn nobody(house: &'h House) -> Self {
        Self { house, token: String::new() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask("POST", path, &[], Some(body)).await
    }

    pub(crate) async fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if !self.token.is_empty() {
            request = request.header("authorization", format!("Bearer {}", self.token));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = match body {
            Some(body) => {
                request = request.header("content-type", "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        self.house.send(request.body(body)).await
    }

    /// Sends a body that need not be JSON.
    pub(crate) async fn send(&self, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let request = Request::post(path)
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", kind);
        self.house.send(request.body(Body::from(body))).await
    }

    /// Runs a command that must succeed; answers its outcome.
    pub(crate) async fn does(&self, code: &str, command: &str, body: Value) -> Value {
        let answer = self.post(&format!("/api/v1/dossiers/{code}/{command}"), body).await;
        assert_eq!(answer.status, 200, "{command}: {}", answer.text());
        answer.json()
    }

    /// Files a birth that must be taken; answers its code.
    pub(crate) async fn files(&self, body: Value) -> String {
        let answer = self.post("/api/v1/dossiers", body).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()["code"].as_str().unwrap().to_owned()
    }
}

pub(crate) trait Json {
    fn json(&self) -> Value;
}

impl Json for Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }
}

/// A birth to be registered, whole.
pub(crate) fn birth() -> Value {
    let paper = |id: &str| json!({ "component": id });
    json!({
        "procedure": "1.001193",
        "applicant": {
            "name": "Nguyễn Thị Hoa", "number": { "citizen": "019190000821" },
            "phone": "0912345678", "address": "Tổ 12, phường Phan Đình Phùng",
        },
        "answers": {
            "ho_ten_tre": "Nguyễn Minh An", "ngay_sinh": "2026-11-20", "gioi_tinh": "nam",
            "dan_toc": "Tày", "noi_sinh": "05431", "que_quan": "05431", "nguoi_di_khai": "cha_me",
        },
        "papers": [paper("to-khai"), paper("giay-chung-sinh"), paper("giay-to-tuy-than")],
    })
}
