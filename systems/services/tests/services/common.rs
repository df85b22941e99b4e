//! A house with the rooms that citizens and officers meet in, and a citizen at a browser.

use std::collections::BTreeMap;

use axum::{
    body::Body,
    http::{Request, header},
};
use desk::testing::{Answer, House, Rooms};
use identity::{Assurance, party::Party};
use store::Store;
use web::{front::testing::Signed, http::encoded};

pub(crate) const ROOMS: Rooms = Rooms {
    migrations: &[one_stop::MIGRATIONS, services::MIGRATIONS],
    texts: &[one_stop::TEXTS, services::TEXTS],
    procedures: &[one_stop::PROCEDURES],
    rails: &[one_stop::RAIL, services::RAIL],
    router: |desk| one_stop::router(desk.clone()).merge(services::router(desk)),
};

/// Monday morning, one-stop desks open.
pub(crate) const MORNING: &str = "2026-11-23T02:14:00Z";

pub(crate) fn open(store: &Store) -> House {
    House::open(store, MORNING, &ROOMS)
}

/// Runs a story to its end.
pub(crate) fn run(story: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(story);
}

/// Bà Sương of phường Phan Đình Phùng.
pub(crate) fn suong() -> Party {
    Party {
        name: "Hoàng Thị Mai Sương".into(),
        number: Some(identity::party::PartyNumber::Citizen("019197008821".parse().unwrap())),
        born: Some("1997-04-12".parse().unwrap()),
        phone: Some("0912345604".parse().unwrap()),
        email: None,
        address: Some("Tổ 7, phường Phan Đình Phùng, tỉnh Thái Nguyên".into()),
    }
}

/// Ông Tú, another citizen.
pub(crate) fn tu() -> Party {
    Party {
        name: "Lường Văn Tú".into(),
        number: Some(identity::party::PartyNumber::Citizen("019095001234".parse().unwrap())),
        born: None,
        phone: None,
        email: None,
        address: None,
    }
}

/// A citizen at a browser.
pub(crate) struct Browser<'h> {
    pub(crate) house: &'h House,
    pub(crate) signed: Signed,
}

impl<'h> Browser<'h> {
    pub(crate) fn of(house: &'h House, who: &Party) -> Self {
        let desk = &house.desk;
        let signed = web::front::testing::citizen(&desk.front, &desk.keyring, who, Assurance::Two);
        Self { house, signed }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.house.get(path, &self.signed.cookie).await
    }

    /// Sends a form with the token of the session.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let own = [("_csrf", self.signed.csrf.as_str())];
        let pairs = fields.iter().copied().chain(own);
        let body: Vec<String> =
            pairs.map(|(k, v)| format!("{}={}", encoded(k), encoded(v))).collect();
        let request = Request::post(path)
            .header(header::COOKIE, &self.signed.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.house.send(request.body(Body::from(body.join("&")))).await
    }

    /// Sends files, and fields beside them.
    pub(crate) async fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        let mut body = Vec::new();
        let own = [("_csrf", self.signed.csrf.as_str())];
        for (name, value) in fields.iter().copied().chain(own) {
            let head = format!("--B\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend(head.as_bytes());
            body.extend(value.as_bytes());
            body.extend(b"\r\n");
        }
        for (part, name, content) in files {
            let head = format!(
                "--B\r\ncontent-disposition: form-data; name=\"{part}\"; filename=\"{name}\"\r\n\r\n"
            );
            body.extend(head.as_bytes());
            body.extend(*content);
            body.extend(b"\r\n");
        }
        body.extend(b"--B--\r\n");
        let request = Request::post(path)
            .header(header::COOKIE, &self.signed.cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=B")
            .header("sec-fetch-site", "same-origin");
        self.house.send(request.body(Body::from(body))).await
    }

    /// Begins an application; answers its address.
    pub(crate) async fn begin(&self, procedure: &str) -> String {
        let answer = self.post("/lam", &[("thu-tuc", procedure), ("dung-lai", "1")]).await;
        assert!(answer.location().starts_with("/lam/"), "{} {}", answer.status, answer.text());
        answer.location().to_owned()
    }

    /// Answers one question as the page asks it, with what the page itself carries along.
    pub(crate) async fn answer(&self, draft: &str, at: &str, fields: &[(&str, &str)]) -> Answer {
        let address = format!("{draft}/{at}");
        let page = self.get(&address).await;
        let carried = hidden(&page.text());
        let own: Vec<(&str, &str)> = carried
            .iter()
            .filter(|(name, _)| name.as_str() != "_csrf")
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .chain(fields.iter().copied())
            .collect();
        self.post(&address, &own).await
    }
}

/// The hidden fields of a page.
pub(crate) fn hidden(page: &str) -> BTreeMap<String, String> {
    let inputs = page.split("<input ").skip(1).map(|rest| rest.split('>').next().unwrap());
    let hidden = inputs.filter(|input| input.contains("type=\"hidden\""));
    let part = |input: &str, name: &str| {
        let start = input.find(&format!("{name}=\""))? + name.len() + 2;
        Some(input[start..].split('"').next()?.to_owned())
    };
    hidden.filter_map(|input| Some((part(input, "name")?, part(input, "value")?))).collect()
}

/// A photo of a sheet, taken sideways.
pub(crate) fn photo() -> Vec<u8> {
    let sheet =
        image::RgbImage::from_fn(160, 120, |x, _| image::Rgb([if x < 80 { 30 } else { 230 }; 3]));
    let mut plain = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut plain).encode_image(&sheet).unwrap();
    let mut exif =
        b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.truncate(32);
    let mut out = plain[..2].to_vec();
    out.extend([0xff, 0xe1]);
    out.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    out.extend(exif);
    out.extend(&plain[2..]);
    out
}
