//! Programs of others send and follow reports by Open311 GeoReport v2, in both formats.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{path::Path, process::Command};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use desk::testing::{Answer, House};
use feedback::{open311::keys, testing::ROOMS};
use serde_json::Value;
use store::{Store, store_test};

const BEGIN: &str = "2026-11-23T01:30:00Z";
const HUB: &str = "trung-tam/tiep-nhan-3";

struct Town {
    house: House,
    runtime: tokio::runtime::Runtime,
    key: String,
}

impl Town {
    fn open(store: &Store) -> Self {
        let house = House::open(store, BEGIN, &ROOMS);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let desk = house.desk.clone();
        let made = house.desk.front.store.write(move |tx| {
            let front = &desk.front;
            keys::make(tx, &front.tenant, "app thử", desk.now(), &front.mint)
        });
        let key = made.wait().unwrap();
        Self { house, runtime, key }
    }

    fn get(&self, path: &str) -> Answer {
        self.runtime.block_on(self.house.get(path, ""))
    }

    fn json(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json; charset=utf-8");
        serde_json::from_slice(&answer.bytes).unwrap()
    }

    /// As a program posts: no browser around it.
    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs = fields.iter().map(|(k, v)| format!("{k}={}", web::http::encoded(v)));
        let body = pairs.collect::<Vec<_>>().join("&");
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body));
        self.runtime.block_on(self.house.send(request))
    }

    /// Sends a report; answers its code.
    fn send(&self, service: &str, text: &str) -> String {
        let sent = self.post(
            "/open311/v2/requests.json",
            &[
                ("api_key", &self.key),
                ("service_code", service),
                ("lat", "21.5942"),
                ("long", "105.8480"),
                ("description", text),
            ],
        );
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
        let sent: Value = serde_json::from_slice(&sent.bytes).unwrap();
        sent[0]["service_request_id"].as_str().unwrap().to_owned()
    }

    /// An officer takes it on and lets the public see it.
    fn sort(&self, code: &str, service: &str, text: &str) {
        let hub = self.house.sign_in(HUB);
        let fields = [("linh_vuc", service), ("cong_khai", "1"), ("cong_khai_noi_dung", text)];
        let path = format!("/xu-ly-phan-anh/{code}/chuyen");
        let sorted = self.runtime.block_on(self.house.post(&path, &hub, &fields));
        assert_eq!(sorted.status, StatusCode::SEE_OTHER, "{}", sorted.text());
    }
}

store_test!(
    fn a_program_finds_the_services_sends_a_report_and_follows_it(store: Store) {
        let town = Town::open(&store);
        let found = town.json("/open311/discovery.json");
        assert_eq!(found["endpoints"][0]["url"], "https://tinhso.example/open311/v2");
        let services = town.json("/open311/v2/services.json?jurisdiction_id=H55");
        let roads = services.as_array().unwrap().iter().find(|s| s["service_code"] == "duong-sa");
        assert_eq!(roads.unwrap()["metadata"], true);
        let definition = town.json("/open311/v2/services/duong-sa.json");
        assert_eq!(definition["attributes"][0]["datatype"], "singlevaluelist");
        assert_eq!(definition["attributes"][0]["values"][0]["key"], "co");

        let code = town.send("duong-sa", "Ổ gà to trước chợ <nguy hiểm> & sâu");
        // Until somebody looked at it, it is there, and what was written is not.
        let own = town.json(&format!("/open311/v2/requests/{code}.json"));
        assert_eq!(own[0]["status"], "open");
        assert!(own[0]["description"].is_null() && own[0]["lat"].is_null());
        assert_eq!(town.json("/open311/v2/requests.json"), serde_json::json!([]));
        assert_eq!(town.json(&format!("/open311/v2/tokens/{code}.json"))[0]["token"], *code);

        town.sort(&code, "duong-sa", "Ổ gà to trước chợ <nguy hiểm> & sâu");
        let all = town.json("/open311/v2/requests.json?service_code=duong-sa,rac&status=open");
        assert_eq!(all[0]["service_request_id"], *code);
        assert_eq!(all[0]["lat"], 21.5942);
        assert!(all[0]["expected_datetime"].as_str().unwrap().ends_with('Z'));
        let xml = town.get(&format!("/open311/v2/requests/{code}.xml"));
        assert_eq!(xml.headers[header::CONTENT_TYPE], "text/xml; charset=utf-8");
        let xml = xml.text();
        assert!(xml.contains("Ổ gà to trước chợ &lt;nguy hiểm&gt; &amp; sâu"), "{xml}");
        assert!(xml.starts_with(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<service_requests><request>"
        ));

        // Filters.
        for (query, count) in [
            ("status=closed", 0),
            ("service_code=rac", 0),
            ("start_date=2026-11-22T00:00:00Z&end_date=2026-11-24T00:00:00Z", 1),
            ("end_date=2026-11-22T00:00:00Z", 0),
            ("lat=21.5945&long=105.8480&radius=200", 1),
            ("lat=21.7000&long=105.8480&radius=200", 0),
            ("q=truoc+cho", 1),
            ("q=den+duong", 0),
            ("page=2", 0),
        ] {
            let found = town.json(&format!("/open311/v2/requests.json?{query}"));
            assert_eq!(found.as_array().unwrap().len(), count, "{query}");
        }
        let named = town.json(&format!("/open311/v2/requests.json?service_request_id={code},X-1"));
        assert_eq!(named.as_array().unwrap().len(), 1);
    }
);

store_test!(
    fn what_is_wrong_is_said_in_the_format_that_was_asked_for(store: Store) {
        let town = Town::open(&store);
        let post = |fields: &[(&str, &str)]| town.post("/open311/v2/requests.xml", fields);
        let none = post(&[("service_code", "rac")]);
        assert_eq!(none.status, StatusCode::BAD_REQUEST);
        assert!(
            none.text().contains("<error><code>400</code><description>api_key was not provided")
        );
        let key = ("api_key", &*town.key);
        assert_eq!(post(&[("api_key", "x")]).status, StatusCode::FORBIDDEN);
        assert_eq!(post(&[key]).status, StatusCode::BAD_REQUEST);
        let unknown = post(&[key, ("service_code", "x"), ("description", "x")]);
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
        let nowhere = post(&[key, ("service_code", "rac"), ("description", "rác")]);
        assert!(nowhere.text().contains("a location was not provided"));
        let strange = [
            key,
            ("service_code", "duong-sa"),
            ("description", "ổ gà"),
            ("address_string", "chợ"),
            ("attribute[tai_nan]", "maybe"),
        ];
        assert!(post(&strange).text().contains("none of its values"));

        for path in [
            "requests/H55.1-261101-0001.json",
            "services/x.json",
            "tokens/H55.1-261101-0001.json",
            "services.json?jurisdiction_id=other.example",
        ] {
            let answer = town.get(&format!("/open311/v2/{path}"));
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            let errors: Value = serde_json::from_slice(&answer.bytes).unwrap();
            assert_eq!(errors[0]["code"], 404);
        }
        let wrong = town.get("/open311/v2/requests.json?start_date=yesterday");
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);

        // A key that was taken back is none.
        let (desk, front) = (town.house.desk.clone(), town.house.desk.front.clone());
        let store = front.store.clone();
        let revoked = store.write(move |tx| keys::revoke(tx, &front.tenant, "app thử", desk.now()));
        assert_eq!(revoked.wait().unwrap(), 1);
        assert_eq!(post(&[key]).status, StatusCode::FORBIDDEN);
    }
);

store_test!(
    fn systems_exchange_what_happened_to_a_report(store: Store) {
        let town = Town::open(&store);
        let code = town.send("rac", "Bãi rác tự phát cuối chợ");
        town.sort(&code, "rac", "Bãi rác tự phát cuối chợ");
        let post =
            |fields: &[(&str, &str)]| town.post("/open311/v2/servicerequestupdates.xml", fields);
        let sent = post(&[
            ("api_key", &town.key),
            ("service_request_id", &code),
            ("status", "open"),
            ("description", "Xe gom đã nhận lệnh"),
            ("media_url", "https://example.com/1.jpg"),
        ]);
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
        assert!(sent.text().contains("<service_request_updates><request_update><update_id>"));
        let all = town.json("/open311/v2/servicerequestupdates.json?start_date=2026-11-22T00:00:00Z&end_date=2026-11-24T00:00:00Z");
        let all = all.as_array().unwrap();
        assert_eq!(all.len(), 3, "received, forwarded, and what the other system said");
        assert!(all.iter().any(|u| u["description"] == "Xe gom đã nhận lệnh"
            && u["media_url"] == "https://example.com/1.jpg"
            && u["service_request_id"] == *code));
        let page = town.get(&format!("/phan-anh/{code}")).text();
        assert!(page.contains("Xe gom đã nhận lệnh"), "{page}");
        let unknown = post(&[
            ("api_key", &town.key),
            ("service_request_id", "H55.1-261101-0001"),
            ("description", "x"),
        ]);
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
        assert_eq!(post(&[("api_key", "x")]).status, StatusCode::FORBIDDEN);
    }
);

/// Libraries as others publish them, unchanged, over the wire.
#[test]
fn client_libraries_of_others_work_unchanged() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
    let python = folder.join(".venv/bin/python");
    if !python.exists() {
        let said = "the client libraries of Open311 are not installed; cargo xtask test does that";
        assert!(std::env::var_os("TINHSO_TEST_REQUIRED").is_none(), "{said}");
        eprintln!("SKIPPED: {said}");
        return;
    }
    store::testing::sqlite(|store| {
        let town = Town::open(&store);
        let code = town.send("duong-sa", "Ổ gà to trước chợ");
        town.sort(&code, "duong-sa", "Ổ gà to trước chợ");
        let router: Router = feedback::router(town.house.desk.clone());
        let address = town.runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
            tokio::spawn(async move { axum::serve(listener, service).await });
            address
        });
        let photo = tempfile::NamedTempFile::with_suffix(".jpg").unwrap();
        image::DynamicImage::new_rgb8(64, 48).save(photo.path()).unwrap();
        let out = Command::new(&python)
            .arg(folder.join("clients.py"))
            .arg(format!("http://{address}/open311/v2"))
            .args([&*town.key, photo.path().to_str().unwrap()])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&out.stderr);
        assert!(out.status.success(), "{said}{}", String::from_utf8_lossy(&out.stdout));
        let sent = String::from_utf8(out.stdout).unwrap().trim().to_owned();
        // What the library sent is a report as any other, with its photo.
        let hub = town.house.sign_in(HUB);
        let page = town.runtime.block_on(town.house.get(&format!("/xu-ly-phan-anh/{sent}"), &hub));
        assert!(page.text().contains("Ổ gà to trước chợ, xe máy dễ ngã"), "{}", page.text());
        assert!(page.text().contains(&format!("/xu-ly-phan-anh/{sent}/anh/")), "its photo");
    });
}
