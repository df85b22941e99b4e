use one_stop::testing::House;
use serde_json::{Value, json};
use store::store_test;

use crate::client::*;

fn block<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(story)
}

store_test!(
    fn a_birth_is_registered_by_programs_alone(store: Store) {
        let house = House::open(&store, MONDAY);
        block(async {
            let counter = Client::of(&house, RECEIVER);
            let code = counter.files(birth()).await;
            let path = format!("/api/v1/dossiers/{code}");
            let filed = counter.get(&path).await;
            assert_eq!(filed.headers["etag"], "\"1\"");
            let filed = filed.json();
            assert_eq!(filed["status"], "submitted");
            assert_eq!(filed["applicant"]["name"], "Nguyễn Thị Hoa");
            let number = filed["applicant"]["number"].as_str().unwrap();
            assert_ne!(number, "019190000821", "covered");

            let taken = counter.does(&code, "accept", json!({})).await;
            assert_eq!(taken["due_at"], "2026-11-23T09:30:00Z", "filed before 15:00: today");

            let expert = Client::of(&house, EXPERT);
            let work = expert.get("/api/v1/work").await.json();
            assert_eq!(work["items"][0]["code"], code.as_str());
            assert_eq!(work["items"][0]["step"], "tham-tra");
            let step = json!({ "step": "tham-tra", "outcome": "dat", "note": "Đủ giấy tờ" });
            expert.does(&code, "complete", step).await;

            let signer = Client::of(&house, SIGNER);
            let signed =
                signer.does(&code, "complete", json!({ "step": "ky", "outcome": "ky" })).await;
            assert_eq!(signed["status"], "finished");
            assert_eq!(signed["events"].as_array().unwrap().len(), 2, "completed, and finished");

            let waiting = counter.get("/api/v1/work?scope=counter").await.json();
            assert_eq!(waiting["items"][0]["step"], "return");
            let returned = counter.does(&code, "return_result", json!({})).await;
            assert_eq!(returned["status"], "returned");

            let story = counter.get(&format!("{path}/events")).await.json();
            let kinds: Vec<&str> = story
                .as_array()
                .unwrap()
                .iter()
                .map(|event| event["kind"].as_str().unwrap())
                .collect();
            let all = ["submitted", "accepted", "completed", "completed", "finished", "returned"];
            assert_eq!(kinds, all);
            assert_eq!(story[2]["note"], "Đủ giấy tờ");
            let receipt = counter.get(&format!("{path}/receipt?version=2")).await.json();
            assert_eq!(receipt["leaf"], taken["events"][0]["leaf"]);

            let secret = filed["tracking_secret"].as_str().unwrap();
            let nobody = Client::nobody(&house);
            let seen = nobody.get(&format!("/api/v1/tracking?code={code}&secret={secret}")).await;
            assert_eq!(seen.json()["status"], "returned");
            assert!(!seen.text().contains("Hoa"), "tracking names nobody");
            let seen = nobody.get(&format!("/api/v1/tracking?code={code}&secret=AAAAAAAA")).await;
            assert_eq!(seen.status, 404);
        });
    }
);

store_test!(
    fn a_file_comes_back_as_it_was_sent_to_whoever_may_see_it(store: Store) {
        let house = House::open(&store, MONDAY);
        block(async {
            let counter = Client::of(&house, RECEIVER);
            let code = counter.files(birth()).await;
            let path = format!("/api/v1/dossiers/{code}/files");
            let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\
                \0\0\0\nIDAT\x78\x9c\x63\x60\0\0\0\x02\0\x01\x48\xaf\xa4\x71\0\0\0\0IEND\xae\x42\x60\x82";
            let sent = upload(&counter, &path, "giấy chứng sinh.png", png).await;
            assert_eq!(sent.status, 201, "{}", sent.text());
            let again = upload(&counter, &path, "giấy chứng sinh.png", png).await;
            assert_eq!(again.json(), sent.json());
            let listed = counter.get(&path).await.json();
            assert_eq!(listed.as_array().unwrap().len(), 1, "the same content is one file");
            assert_eq!(listed[0]["component"], "giay-chung-sinh");

            let fetched = counter.get(sent.location()).await;
            assert_eq!(fetched.bytes, png);
            assert_eq!(fetched.headers["content-type"], "image/png");
            let elsewhere = Client::of(&house, "trung-tam/tiep-nhan-1");
            assert_eq!(elsewhere.get(sent.location()).await.status, 403);

            let program = upload(&counter, &path, "giấy.pdf", b"MZ not a paper at all").await;
            assert_eq!(program.status, 422);
            assert_eq!(program.json()["errors"][0]["field"], "file");
        });
    }
);

async fn upload(
    client: &Client<'_>,
    path: &str,
    name: &str,
    content: &[u8],
) -> one_stop::testing::Answer {
    let mut body = format!(
        "--x\r\ncontent-disposition: form-data; name=\"component\"\r\n\r\ngiay-chung-sinh\r\n\
         --x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--x--\r\n");
    client.send(path, "multipart/form-data; boundary=x", body).await
}

store_test!(
    fn a_cursor_walks_over_every_dossier_once(store: Store) {
        let house = House::open(&store, MONDAY);
        block(async {
            let counter = Client::of(&house, RECEIVER);
            let mut codes = Vec::new();
            for _ in 0..7 {
                codes.push(counter.files(birth()).await);
                // One after the other: what is filed at the same instant has no order.
                house.clock.set(house.desk.now() + jiff::SignedDuration::from_secs(1));
            }
            counter.does(&codes[3], "accept", json!({})).await;
            codes.reverse();
            assert_eq!(walk(&counter, "/api/v1/dossiers?limit=3").await, codes, "newest first");
            let one = walk(&counter, "/api/v1/dossiers?limit=3&status=in_progress").await;
            assert_eq!(one, [codes[3].clone()]);
            let mut waiting = walk(&counter, "/api/v1/work?scope=counter&limit=2").await;
            waiting.sort();
            codes.reverse();
            codes.remove(3);
            assert_eq!(waiting, codes, "all that wait to be taken on");
        });
    }
);

async fn walk(client: &Client<'_>, path: &str) -> Vec<String> {
    let (mut codes, mut next) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("{path}{next}")).await.json();
        let items = page["items"].as_array().unwrap();
        codes.extend(items.iter().map(|item| item["code"].as_str().unwrap().to_owned()));
        match &page["next"] {
            Value::String(cursor) => next = format!("&cursor={cursor}"),
            _ => return codes,
        }
        assert!(codes.len() < 100, "a cursor that stands still");
    }
}

store_test!(
    fn a_party_is_found_by_its_number_and_shown_covered(store: Store) {
        let house = House::open(&store, MONDAY);
        block(async {
            let counter = Client::of(&house, RECEIVER);
            let number = json!({ "citizen": "019190000821" });
            assert_eq!(counter.post("/api/v1/parties/find", number.clone()).await.status, 404);
            counter.files(birth()).await;
            let found = counter.post("/api/v1/parties/find", number.clone()).await;
            assert_eq!(found.json()["party"]["name"], "Nguyễn Thị Hoa");
            assert_eq!(found.json()["has_phone"], true);
            assert!(!found.text().contains("019190000821") && !found.text().contains("0912345678"));
            let expert = Client::of(&house, EXPERT);
            let refused = expert.post("/api/v1/parties/find", number).await;
            assert_eq!((refused.status.as_u16(), &refused.json()["reason"]), (403, &"role".into()));
        });
    }
);
