//! Reports of citizens who are signed in, and questions about looks at their data.

use axum::http::StatusCode;
use kernel::EventId;
use store::{args, store_test};

use crate::town::{HUB, POTHOLE, Town, WARD, between, sent_as};

const FIELDS: [(&str, &str); 4] =
    [("noi_dung", POTHOLE), ("xa", WARD), ("linh_vuc", "duong-sa"), ("khac", "1")];

store_test!(
    fn a_citizen_finds_the_own_reports_again_without_any_key(store: Store) {
        let town = Town::open(&store);
        let me = town.citizen("Lò Thị Mẩy", "019197008821");
        let none = town.get("/phan-anh/cua-toi", &me.cookie).text();
        assert!(none.contains("chưa gửi phản ánh nào"), "{none}");
        let (code, secret) = sent_as(&town.send_as(&me, &FIELDS));
        let conduct = [("noi_dung", "Cán bộ ở quầy số 3 đòi tiền."), ("linh_vuc", "thai-do")];
        let (quiet, _) = sent_as(&town.send_as(&me, &conduct));

        let list = town.get("/phan-anh/cua-toi", &me.cookie).text();
        assert!(list.contains(&code) && list.contains(&quiet), "{list}");
        let page = town.get(&format!("/phan-anh/{code}"), &me.cookie);
        assert!(page.text().contains("0912345678"), "the own words, before anybody looked");
        assert_eq!(town.get(&format!("/phan-anh/{quiet}"), &me.cookie).status, StatusCode::OK);

        // Nobody else: neither another citizen nor whoever is not signed in.
        let other = town.citizen("Nguyễn Văn Tú", "019091004417");
        let theirs = town.get("/phan-anh/cua-toi", &other.cookie).text();
        assert!(!theirs.contains(&code), "{theirs}");
        for cookie in [other.cookie.as_str(), ""] {
            let page = town.get(&format!("/phan-anh/{code}"), cookie);
            assert_eq!(page.status, StatusCode::NOT_FOUND);
        }
        let stranger = town.get("/phan-anh/cua-toi", "").text();
        assert!(stranger.contains("Đăng nhập để xem") && !stranger.contains(&code), "{stranger}");
        // Who has code and key gets there from here too.
        let to = town.get(&format!("/phan-anh/cua-toi?ma={code}&khoa={secret}"), "");
        assert_eq!(to.location(), format!("/phan-anh/{code}?khoa={secret}"));

        // A form that somebody else made does nothing.
        let page = town.get("/phan-anh/moi", &me.cookie).text();
        let stamp = between(&page, "name=\"luc\" value=\"", "\"").to_owned();
        town.wait(1);
        let forged = web::front::testing::Signed { csrf: "x".into(), ..me.clone() };
        let mut fields = FIELDS.to_vec();
        fields.push(("luc", &stamp));
        let forged = town.post_as(&forged, "/phan-anh/moi", &fields);
        assert_eq!(forged.status, StatusCode::FORBIDDEN);
    }
);

store_test!(
    fn a_question_about_a_look_goes_to_the_agency_that_looked(store: Store) {
        let town = Town::open(&store);
        let me = town.citizen("Lò Thị Mẩy", "019197008821");
        let (code, _) = sent_as(&town.send_as(&me, &FIELDS));
        let hub = town.house.sign_in(HUB);
        town.get(&format!("/xu-ly-phan-anh/{code}"), &hub);
        let party = me.party;
        let entry: EventId = town.read(move |tx, feedback| {
            let sql = "select id from access_log where tenant = $1 and party_id = $2";
            Ok(tx.one(sql, args!(&feedback.front.tenant, party), |row| row.get(0))?)
        });
        let entry = entry.to_string();

        let begun = format!("/phan-anh/moi?ve=du-lieu&muc={entry}");
        let form = town.get(&begun, &me.cookie).text();
        assert!(form.contains("Tôi muốn hỏi vì sao dữ liệu của tôi được xem."), "{form}");
        assert!(form.contains(&format!("name=\"muc\" value=\"{entry}\"")), "{form}");
        let question = [
            ("noi_dung", "Tôi muốn hỏi vì sao dữ liệu của tôi được xem."),
            ("linh_vuc", "thai-do"),
            ("muc", entry.as_str()),
        ];
        let (asked, _) = sent_as(&town.send_as(&me, &question));
        let report = town.report(&asked);
        assert!(report.confidential);
        assert_eq!(town.due(&asked).1, "H55.16", "the agency that looked");
        let page = town.get(&format!("/xu-ly-phan-anh/{asked}"), &town.holder(&asked)).text();
        assert!(page.contains("Hỏi về lần xem dữ liệu"), "{page}");

        // The line of somebody else's log leads nowhere: the rules decide.
        let other = town.citizen("Nguyễn Văn Tú", "019091004417");
        let (asked, _) = sent_as(&town.send_as(&other, &question));
        assert_eq!(town.due(&asked).1, "H55.15");
        let page = town.get(&format!("/xu-ly-phan-anh/{asked}"), &town.holder(&asked)).text();
        assert!(!page.contains("Hỏi về lần xem dữ liệu"), "{page}");
    }
);
