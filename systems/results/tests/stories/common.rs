//! What the stories of results share.

use axum::{
    body::Body,
    http::{Request, header},
};
use casework::Case;
use desk::{
    ResultsOf, SignedResult, results_of,
    testing::{Answer, House},
};
use identity::party::{Party, PartyNumber};
use results::testing::ROOMS;
use serde_json::json;
use store::Store;

pub(crate) const MORNING: &str = "2026-11-23T02:15:00Z";
pub(crate) const RECEIVER: &str = "phuong-phan-dinh-phung/nong-thi-hien";
pub(crate) const EXPERT: &str = "phuong-phan-dinh-phung/ma-van-khanh";
pub(crate) const SIGNER: &str = "phuong-phan-dinh-phung/tran-thu-ha";
pub(crate) const HEAD: &str = "phuong-phan-dinh-phung/chu-tich";

pub(crate) fn run<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(story)
}

pub(crate) fn son() -> Party {
    Party {
        name: "Nông Văn Sơn".to_owned(),
        number: Some(PartyNumber::Citizen("019085001234".parse().unwrap())),
        born: None,
        phone: None,
        email: None,
        address: Some("Tổ 4, phường Phan Đình Phùng".to_owned()),
    }
}

/// A house with one dossier that waits for a signature.
pub(crate) fn waiting(store: &Store) -> (House, Case) {
    let house = House::open(store, MORNING, &ROOMS);
    let answers = json!({"ho_ten": "Nông Văn Tài", "ngay_mat": "2026-11-20"});
    let answers = answers.as_object().unwrap().clone();
    let case = house.receive(RECEIVER, "1.000656", &son(), answers);
    let case = house.complete(&case, EXPERT, "tham-tra", "dat");
    house.certify(case.decided_by);
    (house, case)
}

/// A form with a file, as a browser sends it.
pub(crate) async fn send(
    house: &House,
    path: &str,
    cookie: &str,
    fields: &[(&str, &str)],
    file: Option<&[u8]>,
) -> Answer {
    const LINE: &str = "----a-line-that-nobody-types";
    let mut body = Vec::new();
    let token = if cookie.starts_with("tinhso=") { house.csrf(cookie) } else { String::new() };
    for (name, value) in fields.iter().copied().chain([("_csrf", token.as_str())]) {
        let part = format!(
            "--{LINE}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend_from_slice(part.as_bytes());
    }
    if let Some(file) = file {
        let part = format!(
            "--{LINE}\r\ncontent-disposition: form-data; name=\"tep\"; filename=\"a.pdf\"\r\n\
             content-type: application/pdf\r\n\r\n"
        );
        body.extend_from_slice(part.as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{LINE}--\r\n").as_bytes());
    let request = Request::post(path)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={LINE}"))
        .header("sec-fetch-site", "same-origin");
    house.send(request.body(Body::from(body))).await
}

/// What an officer fills in to sign from the template.
pub(crate) const TEMPLATE: &[(&str, &str)] = &[
    ("ten", "Trích lục khai tử"),
    ("so-hieu", "15/TLKT"),
    ("cach", "mau"),
    ("noi-dung", "Ông Nông Văn Tài, mất ngày 20/11/2026 do tuổi già."),
];

/// Signs from the template, and answers the result.
pub(crate) async fn signed(house: &House, case: &Case) -> SignedResult {
    let cookie = house.sign_in(SIGNER);
    let answer = send(house, &format!("/ket-qua/{}", case.code), &cookie, TEMPLATE, None).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    newest(house, case).await
}

pub(crate) async fn newest(house: &House, case: &Case) -> SignedResult {
    let (desk, of) = (house.desk.clone(), ResultsOf::Case(case.id));
    let read = house.desk.front.store.read(move |tx| results_of(tx, &desk, of));
    read.await.unwrap().into_iter().next().unwrap()
}

pub(crate) fn content(house: &House, result: &SignedResult) -> Vec<u8> {
    house.desk.blobs.get(result.hash.parse().unwrap()).unwrap()
}

/// Where the QR code of a result leads, as a path.
pub(crate) fn link(house: &House, case: &Case, result: &SignedResult) -> String {
    format!("/kiem-tra/{}?ma={}", case.code, house.desk.check_code(case.id, result.serial))
}
