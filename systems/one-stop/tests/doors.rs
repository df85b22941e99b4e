//! Who knocks at the wrong door: guesses at secrets are counted wherever they come in, and what
//! somebody may not add never reaches the disk.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use axum::http::{Request, StatusCode};
use one_stop::testing::{Answer, House};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::store_test;

const MONDAY: &str = "2026-11-23T01:30:00Z";
const RECEIVER: &str = "phuong-phan-dinh-phung/nong-thi-hien";
const STRANGER: &str = "phuong-quyet-thang/tiep-nhan";

fn block<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(story)
}

async fn send(house: &House, cookie: &str, path: &str, kind: &str, body: Vec<u8>) -> Answer {
    let request = Request::post(path)
        .header("authorization", format!("Bearer {}", cookie.strip_prefix("tinhso=").unwrap()))
        .header("content-type", kind)
        .body(body.into());
    house.send(request).await
}

/// Files a dossier at the counter; answers its code.
async fn filed(house: &House, receiver: &str) -> String {
    let paper = |id: &str| json!({ "component": id });
    let body = json!({
        "procedure": "1.004873",
        "applicant": { "name": "Nguyễn Thị Hoa", "number": { "citizen": "019190000821" } },
        "papers": [paper("to-khai"), paper("giay-to-tuy-than")],
        "answers": answers(),
    });
    let body = body.to_string().into_bytes();
    let answer = send(house, receiver, "/api/v1/dossiers", "application/json", body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    let json: Value = serde_json::from_slice(&answer.bytes).unwrap();
    json["code"].as_str().unwrap().to_owned()
}

/// Something of its kind for each field that must be filled in.
fn answers() -> Value {
    let shipped = one_stop::PROCEDURES;
    let text = shipped.iter().find(|text| text.contains("code = \"1.004873\"")).unwrap();
    let procedure = procedure::load(text).unwrap();
    let mut answers = json!({});
    for field in procedure.fields.iter().filter(|field| field.required) {
        let answer = match field.kind {
            procedure::FieldKind::Integer => json!(1),
            procedure::FieldKind::Date => json!("2026-11-20"),
            procedure::FieldKind::Choice => json!(field.choices[0].id.as_str()),
            procedure::FieldKind::Commune => json!("05443"),
            procedure::FieldKind::CitizenId => json!("019190000821"),
            procedure::FieldKind::Phone => json!("0912345678"),
            _ => json!("như tờ khai"),
        };
        answers[field.id.as_str()] = answer;
    }
    answers
}

store_test!(
    fn guesses_on_the_page_and_through_the_api_count_together(store: Store) {
        let house = House::open(&store, MONDAY);
        let receiver = house.sign_in(RECEIVER);
        block(async {
            let code = filed(&house, &receiver).await;
            let page = |secret: &str| format!("/tra-cuu?ma={code}&khoa={secret}");
            let api = |secret: &str| format!("/api/v1/tracking?code={code}&secret={secret}");
            for n in 0..10 {
                assert_eq!(house.get(&page("AAAAAAAA"), "").await.status.as_u16(), 422, "{n}");
                assert_eq!(house.get(&api("AAAAAAAA"), "").await.status.as_u16(), 404, "{n}");
            }
            // Even the right secret waits now, at either door.
            let read = casework_id(&house, &code).await;
            let secret = house.desk.tracking_secret(read);
            assert_eq!(house.get(&page(&secret), "").await.status.as_u16(), 429);
            let held = house.get(&api(&secret), "").await;
            assert_eq!(
                (held.status.as_u16(), &held.headers["retry-after"]),
                (429, &"600".parse().unwrap())
            );
            house.at("2026-11-23T01:41:00Z");
            assert_eq!(house.get(&api(&secret), "").await.status, StatusCode::OK);
        });
    }
);

async fn casework_id(house: &House, code: &str) -> kernel::CaseId {
    let (desk, code) = (house.desk.clone(), code.parse().unwrap());
    let read =
        house.desk.front.store.read(move |tx| desk::load_dossier(tx, &desk.front.tenant, &code));
    read.await.unwrap().unwrap().id
}

store_test!(
    fn a_file_of_whoever_may_not_add_it_never_reaches_the_disk(store: Store) {
        let house = House::open(&store, MONDAY);
        let [receiver, stranger] = [RECEIVER, STRANGER].map(|who| house.sign_in(who));
        block(async {
            let path = format!("/api/v1/dossiers/{}/files", filed(&house, &receiver).await);
            let content = b"%PDF-1.7\nsmall and harmless\n%%EOF\n";
            let body = [
                b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n",
                &content[..],
                b"\r\n--x--\r\n",
            ]
            .concat();
            let kind = "multipart/form-data; boundary=x";
            let hash = kernel::hex(&Sha256::digest(content)).parse().unwrap();
            let refused = send(&house, &stranger, &path, kind, body.clone()).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text());
            assert!(house.desk.blobs.get(hash).is_err(), "nothing was kept");
            let kept = send(&house, &receiver, &path, kind, body).await;
            assert_eq!(kept.status, StatusCode::CREATED, "{}", kept.text());
            assert_eq!(house.desk.blobs.get(hash).unwrap(), content);
        });
    }
);

store_test!(
    fn odd_addresses_are_refused_and_never_a_fault_of_the_program(store: Store) {
        let house = House::open(&store, MONDAY);
        let receiver = house.sign_in(RECEIVER);
        block(async {
            // A character that one of the stores cannot keep, in every place that is searched.
            for path in [
                "/viec?q=a%00b",
                "/viec?sau=1.5.00000000000000000000000000000000.a%00",
                "/so-theo-doi?q=%00",
                "/so-theo-doi?q=%00%25_",
                "/thu-tuc?q=%00",
                "/thu-tuc/danh-muc?q=%00",
                "/thu-tuc/%00",
                "/ho-so/%00",
                "/tra-cuu?ma=%00&khoa=%00",
                "/api/v1/tracking?code=%00&secret=%00",
            ] {
                let status = house.get(path, &receiver).await.status.as_u16();
                assert!(status < 500, "{path}: {status}");
            }
        });
    }
);
