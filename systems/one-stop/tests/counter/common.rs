//! What the stories of the counter share.

use axum::{
    body::Body,
    http::{Request, header},
};
use kernel::CaseCode;
use one_stop::testing::{Answer, House};

/// Monday 23/11/2026, 09:14: the day before the Day of Vietnamese Culture.
pub(crate) const MORNING: &str = "2026-11-23T02:14:00Z";
pub(crate) const RECEIVER: &str = "phuong-phan-dinh-phung/nong-thi-hien";
pub(crate) const SECOND_RECEIVER: &str = "phuong-phan-dinh-phung/tiep-nhan-2";
pub(crate) const EXPERT: &str = "phuong-phan-dinh-phung/ma-van-khanh";

pub(crate) fn pdf() -> Vec<u8> {
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>\
      endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
        .to_vec()
}

pub(crate) fn run<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(story)
}

/// A birth registration, filled in as it should be.
pub(crate) fn birth() -> Vec<(&'static str, String)> {
    [
        ("thu-tuc", "1.001193"),
        ("so", "019 197 008 821"),
        ("ho-ten", "Hoàng Thị Mai Sương"),
        ("ngay-sinh-nguoi-nop", "03/08/1997"),
        ("dien-thoai", "0912 345 604"),
        ("dia-chi", "Tổ 12, phường Phan Đình Phùng"),
        ("nhan-ket-qua", "quay"),
        ("t-ho_ten_tre", "Lường Hoàng Minh An"),
        ("t-ngay_sinh", "14/11/2026"),
        ("t-gioi_tinh", "nu"),
        ("t-dan_toc", "Tày"),
        ("t-noi_sinh", "phuong phan dinh phung"),
        ("t-que_quan", "Xã Ba Bể"),
        ("t-nguoi_di_khai", "cha_me"),
        ("co-to-khai", "1"),
        ("co-giay-to-tuy-than", "1"),
        ("do", "nhan"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

pub(crate) fn with(
    mut form: Vec<(&'static str, String)>,
    name: &'static str,
    value: &str,
) -> Vec<(&'static str, String)> {
    form.retain(|(known, _)| *known != name);
    form.push((name, value.to_owned()));
    form
}

/// A file that is sent: field, name, content.
pub(crate) type Sent<'a> = (&'a str, &'a str, Vec<u8>);

pub(crate) async fn file(
    house: &House,
    cookie: &str,
    form: &[(&str, String)],
    files: &[Sent<'_>],
) -> Answer {
    const LINE: &str = "----a-line-that-nobody-types";
    let mut body = Vec::new();
    let token = house.csrf(cookie);
    let texts = form.iter().map(|(name, value)| (*name, value.as_str()));
    for (name, value) in texts.chain([("_csrf", token.as_str())]) {
        let part = format!(
            "--{LINE}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend_from_slice(part.as_bytes());
    }
    for (name, file, content) in files {
        let part = format!(
            "--{LINE}\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(part.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{LINE}--\r\n").as_bytes());
    let request = Request::post("/quay")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={LINE}"))
        .header("sec-fetch-site", "same-origin");
    house.send(request.body(Body::from(body))).await
}

pub(crate) fn proof_of_birth() -> [Sent<'static>; 1] {
    [("tep-giay-chung-sinh", "chung-sinh.pdf", pdf())]
}

pub(crate) async fn dossier(house: &House, location: &str) -> desk::Dossier {
    let code: CaseCode = location.split('/').nth(2).unwrap().parse().unwrap();
    let desk = house.desk.clone();
    let found = house.desk.front.store.read(move |tx| desk::dossier(tx, &desk, &code));
    found.await.unwrap().unwrap()
}

/// The page with the form of a procedure: it stands at an address of its own.
pub(crate) async fn open_form(house: &House, cookie: &str, code: &str) -> Answer {
    let sent_on = house.get(&format!("/quay?thu-tuc={code}"), cookie).await;
    assert!(sent_on.location().contains("&phieu="), "{}", sent_on.location());
    house.get(sent_on.location(), cookie).await
}
