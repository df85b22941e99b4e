//! Time limits in doubt: the controller confirms one, on the page or through the API, and from
//! then on a date is promised by it; the imported catalogue says which are in doubt, and why.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use axum::http::{Request, StatusCode};
use desk::book;
use one_stop::{PROCEDURES, testing::House};
use procedure::catalogue;
use serde_json::{Value, json};
use store::{Store, args, store_test};

const MONDAY: &str = "2026-11-23T01:30:00Z";
const CONTROLLER: &str = "trung-tam/kiem-soat";
const RECEIVER: &str = "phuong-phan-dinh-phung/nong-thi-hien";
/// Its counter was published with another limit than its other channels.
const LAND: &str = "/thu-tuc/1.013978";

fn block<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(story)
}

async fn api(house: &House, cookie: &str, method: &str, path: &str, body: Value) -> (u16, Value) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {}", cookie.strip_prefix("tinhso=").unwrap()))
        .header("content-type", "application/json")
        .body(body.to_string().into());
    let answer = house.send(request).await;
    let json = serde_json::from_slice(&answer.bytes).unwrap_or(Value::Null);
    (answer.status.as_u16(), json)
}

fn land() -> Value {
    json!({
        "procedure": "1.013978",
        "applicant": { "name": "Nguyễn Thị Hoa", "number": { "citizen": "019190000821" } },
        "papers": [{ "component": "don" }],
    })
}

/// Events of the procedure in the journal.
async fn told(store: &Store) -> Vec<(String, String)> {
    let subject = journal::subject("procedure 1.013978");
    let read = store.read(move |tx| {
        tx.all(
            "select kind, data from event where tenant = $1 and case_id = $2 order by version",
            args!("H55", subject),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    });
    read.await.map_err(|error: store::Error| error).unwrap()
}

store_test!(
    fn a_confirmed_limit_promises_dates_also_for_what_waits(store: Store) {
        let house = House::open(&store, MONDAY);
        let [controller, receiver] = [CONTROLLER, RECEIVER].map(|who| house.sign_in(who));
        block(async {
            let (status, filed) =
                api(&house, &receiver, "POST", "/api/v1/dossiers", land_answers()).await;
            assert_eq!(status, 201, "{filed}");
            let accept = format!("/api/v1/dossiers/{}/accept", filed["code"].as_str().unwrap());
            let (status, early) = api(&house, &receiver, "POST", &accept, json!({})).await;
            assert_eq!((status, &early["reason"]), (409, &json!("unconfirmed_time_limit")));

            // Whoever may not is told who may, and sees no form.
            let page = house.get(LAND, &receiver).await.text();
            assert!(page.contains("Thời hạn chờ xác nhận") && !page.contains("/thoi-han\""));
            let page = house.get(LAND, &controller).await.text();
            assert!(page.contains("/thu-tuc/1.013978/thoi-han\""), "{page}");
            assert!(page.contains("value=\"27\""), "what was published stands in the field");

            let send = format!("{LAND}/thoi-han");
            let bare = [("channel", "counter"), ("version", "1"), ("amount", "0"), ("unit", "")];
            let answer = house.post(&send, &controller, &bare).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            let said = answer.text();
            for key in ["limits-amount-wrong", "limits-basis-missing", "limits-reason-missing"] {
                assert!(said.contains(&house.words().t(key)), "{key}: {said}");
            }
            let form = |amount: &'static str, unit: &'static str| {
                [
                    ("channel", "counter"),
                    ("version", "1"),
                    ("amount", amount),
                    ("unit", unit),
                    ("basis", "Khoản 2 Điều 22 Nghị định 101/2024/NĐ-CP"),
                    ("reason", "Đã đối chiếu với bản gốc"),
                ]
            };
            let short = house.post(&send, &controller, &form("1", "working_hours")).await;
            assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
            let said = short.text();
            assert!(said.contains(&house.words().t("limits-too-slow")), "{said}");
            assert!(said.contains("Đã đối chiếu với bản gốc"), "what was typed is still there");

            let by_clerk = house.post(&send, &receiver, &form("20", "working_days")).await;
            assert_eq!(by_clerk.status, StatusCode::FORBIDDEN);
            assert!(told(&store).await.is_empty());

            let done = house.post(&send, &controller, &form("20", "working_days")).await;
            assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, LAND));
            let page = house.get(LAND, &controller).await.text();
            for said in ["Vi Thị Hải Yến", "Nghị định 101/2024", "Đã đối chiếu", "20 ngày làm việc"]
            {
                assert!(page.contains(said), "{said}: {page}");
            }
            assert!(!page.contains("Thời hạn chờ xác nhận"));

            let (kind, data) = told(&store).await.remove(0);
            assert_eq!(kind, "procedure.limit_confirmed");
            assert!(data.contains("20 working_days") && data.contains("Nghị định 101/2024"));
            assert!(!data.contains("đối chiếu"), "free words only by their hash: {data}");

            let (status, taken) = api(&house, &receiver, "POST", &accept, json!({})).await;
            assert_eq!(status, 200, "{taken}");

            // For good: another limit is another version.
            let again = house.post(&send, &controller, &form("30", "working_days")).await;
            assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(told(&store).await.len(), 1);
        });
    }
);

fn land_answers() -> Value {
    let mut filing = land();
    let text = PROCEDURES.iter().find(|text| text.contains("code = \"1.013978\"")).unwrap();
    let procedure = procedure::load(text).unwrap();
    for field in procedure.fields.iter().filter(|field| field.required) {
        let answer = match field.kind {
            procedure::FieldKind::Integer => json!(120),
            procedure::FieldKind::Date => json!("2026-11-20"),
            procedure::FieldKind::Choice => json!(field.choices[0].id.as_str()),
            procedure::FieldKind::Commune => json!("05443"),
            procedure::FieldKind::CitizenId => json!("019190000821"),
            procedure::FieldKind::Phone => json!("0912345678"),
            _ => json!("Thửa 12, tờ bản đồ 3"),
        };
        filing["answers"][field.id.as_str()] = answer;
    }
    let papers = procedure.components.iter().filter(|paper| paper.required);
    filing["papers"] = papers.map(|paper| json!({ "component": paper.id.as_str() })).collect();
    filing
}

store_test!(
    fn programs_confirm_as_people_do(store: Store) {
        let house = House::open(&store, MONDAY);
        let [controller, receiver] = [CONTROLLER, RECEIVER].map(|who| house.sign_in(who));
        block(async {
            let path = "/api/v1/procedures/1.013978/limits";
            let (_, limits) = api(&house, &receiver, "GET", path, Value::Null).await;
            assert_eq!(limits[0]["time_limit"], Value::Null, "{limits}");
            assert_eq!(limits[0]["stated"], "27 working_days");
            let body = json!({
                "version": 1, "channel": "counter", "time_limit": "27 working_days",
                "legal_basis": "Nghị định 101/2024/NĐ-CP", "reason": "Đã đối chiếu",
            });
            let (status, denied) = api(&house, &receiver, "POST", path, body.clone()).await;
            assert_eq!((status, &denied["action"]), (403, &json!("confirm_time_limit")));
            let mut blank = body.clone();
            blank["reason"] = json!("  ");
            let (status, fault) = api(&house, &controller, "POST", path, blank).await;
            assert_eq!((status, &fault["errors"][0]["field"]), (422, &json!("reason")));
            let (status, done) = api(&house, &controller, "POST", path, body.clone()).await;
            assert_eq!(status, 201, "{done}");
            let (status, again) = api(&house, &controller, "POST", path, body).await;
            assert_eq!((status, &again["reason"]), (409, &json!("confirmed_before")));
            let (_, limits) = api(&house, &receiver, "GET", path, Value::Null).await;
            assert_eq!(limits[0]["time_limit"], "27 working_days");
            assert_eq!(limits[0]["confirmed"]["legal_basis"], "Nghị định 101/2024/NĐ-CP");
        });
    }
);

const PUBLISHED: &str = r#"[
 {"code":"1.001193","name":"Đăng ký khai sinh","field":"Hộ tịch","levels":["commune"],
  "methods":[{"channel":"in_person","duration":"1","unit":"Ngày làm việc"}]},
 {"code":"2.000777","name":"Hỗ trợ mai táng phí","field":"Người có công","levels":["commune"],
  "documents":["Đơn đề nghị"],
  "methods":[{"channel":"in_person","duration":"7","unit":null,"note":"kể từ ngày nhận đủ"}]},
 {"code":"1.000002","name":"Cấp lại giấy phép","field":"Y tế","levels":["province"],"methods":[]}
]"#;

store_test!(
    fn the_imported_catalogue_says_first_what_is_in_doubt_and_why(store: Store) {
        let house = House::open(&store, MONDAY);
        let controller = house.sign_in(CONTROLLER);
        block(async {
            let empty = house.get("/thu-tuc/danh-muc", &controller).await.text();
            assert!(empty.contains(&house.words().t("entries-nothing")), "{empty}");
            let read = catalogue::import(PUBLISHED.as_bytes());
            let now = house.desk.now();
            let kept = store.write(move |tx| {
                let tenant = "H55".parse().unwrap();
                book::keep_catalogue(tx, &tenant, &read.imported, now)
            });
            kept.await.unwrap();

            let codes = |text: &str| -> Vec<String> {
                let parts = text.split("href=\"/thu-tuc/danh-muc/").skip(1);
                parts.map(|part| part[..8].to_owned()).collect()
            };
            let all = house.get("/thu-tuc/danh-muc", &controller).await.text();
            assert_eq!(codes(&all), ["1.000002", "2.000777", "1.001193"]);
            assert!(all.contains("Thời hạn không có đơn vị"), "{all}");
            let get = async |query: &str| {
                let page = house.get(&format!("/thu-tuc/danh-muc?{query}"), &controller).await;
                assert_eq!(page.status, StatusCode::OK);
                codes(&page.text())
            };
            assert_eq!(get("q=mai+tang").await, ["2.000777"]);
            assert_eq!(get("q=1.001193").await, ["1.001193"]);
            assert_eq!(get("loc=cho").await, ["1.000002", "2.000777"]);
            assert_eq!(get("sau=1-1.000002").await, ["2.000777", "1.001193"]);
            assert_eq!(get("sau=nonsense").await.len(), 3);
            assert_eq!(get("q=khong+co").await, Vec::<String>::new());

            let one = house.get("/thu-tuc/danh-muc/2.000777", &controller).await.text();
            for said in ["Hỗ trợ mai táng phí", "kể từ ngày nhận đủ", "Đơn đề nghị", "Chờ xác nhận"]
            {
                assert!(one.contains(said), "{said}: {one}");
            }
            let known = house.get("/thu-tuc/danh-muc/1.001193", &controller).await.text();
            assert!(known.contains("href=\"/thu-tuc/1.001193\""));
            let none = house.get("/thu-tuc/danh-muc/9.999999", &controller).await;
            assert_eq!(none.status, StatusCode::NOT_FOUND);
        });
    }
);
