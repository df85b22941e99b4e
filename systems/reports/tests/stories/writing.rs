//! From the day on which a period closes to the report that was taken on.

use axum::http::StatusCode;
use indicators::Scope;
use reports::model::State;
use store::{args, store_test};

use crate::office::{Office, PERIOD, follows, page};

store_test!(
    fn a_report_is_owed_by_itself_written_signed_sent_and_taken_on(store: Store) {
        let office = Office::open(&store);
        office.count();
        // Twice is once: nobody keeps a list.
        assert_eq!(office.open_round(PERIOD), 0);
        assert_eq!(office.round().len(), 3);
        let report = office.report("H55.04");
        assert_eq!(report.state, State::Draft);
        assert_eq!(report.due_at.to_string(), "2026-11-17T16:59:59.999999Z");
        let writer = office.holder(&report);
        let list = office.get("/bao-cao", &writer).text();
        assert!(list.contains(report.code.as_str()), "{list}");

        // What is computed stands there already, with the way to it, and has no field of its own.
        let shown = office.get(&page(&report), &writer).text();
        assert!(shown.contains("/chi-tieu/dossiers.received?cua=agency:"), "{shown}");
        assert!(!shown.contains("name=\"c.tong-hop.tiep-nhan.so\""));
        assert!(shown.contains("name=\"c.to-chuc.ho-tro.so\""));

        // A slip comes back with everything that was typed.
        let slip =
            [("c.to-chuc.ho-tro.so", "một trăm"), ("p.nhan-xet", "Còn nguyên"), ("do", "luu")];
        let back = office.post(&page(&report), &writer, &slip);
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(back.text().contains("một trăm") && back.text().contains("Còn nguyên"));

        // What cannot be is told, and keeps it back: fewer than none, a figure that there is none of.
        let odd = [
            ("c.to-chuc.ho-tro.so", "-5"),
            ("p.nhan-xet", "Nộp trực tuyến {khong.co}, tiếp nhận {tong-hop.tiep-nhan.so}"),
            ("do", "trinh"),
        ];
        follows(&office.post(&page(&report), &writer, &odd));
        assert_eq!(office.report("H55.04").state, State::Draft);
        let shown = office.get(&page(&report), &writer).text();
        assert!(shown.contains("không được nhỏ hơn 0"), "{shown}");
        assert!(shown.contains("không có ô hay chỉ tiêu nào tên là khong.co"), "{shown}");
        assert!(!shown.contains("tên là tong-hop"), "{shown}");
        follows(&office.post(&page(&report), &writer, &[("p.nhan-xet", ""), ("do", "luu")]));

        // What is missing keeps it back, and is kept.
        follows(&office.post(
            &page(&report),
            &writer,
            &[("c.to-chuc.ho-tro.so", "40"), ("do", "trinh")],
        ));
        assert_eq!(office.report("H55.04").state, State::Draft);
        let shown = office.get(&page(&report), &writer).text();
        assert!(
            shown.contains("value=\"40\"") && shown.contains("Chưa có: Lượt công chức"),
            "{shown}"
        );

        follows(&office.fill(&report, "40"));
        assert_eq!(office.report("H55.04").state, State::Approving);
        office.house.certify(report.owner);
        let head = office.holder(&report);
        follows(&office.post(&format!("{}/gui", page(&report)), &head, &[]));
        let sent = office.report("H55.04");
        assert_eq!((sent.state, sent.on_time), (State::Sent, Some(true)));
        assert!(sent.signed_by.is_some(), "the agency has a key");
        let pdf = office.get(&format!("{}/tep/bao-cao.pdf", page(&report)), &head);
        assert!(pdf.bytes.starts_with(b"%PDF") && pdf.text().contains("/ByteRange"));

        // Sent twice is sent once.
        follows(&office.post(&format!("{}/gui", page(&report)), &head, &[]));
        let events: u64 = office.write(|tx, desk| {
            let sql = "select count(*) from event where tenant = $1 and kind = 'report.sent'";
            Ok(tx.one(sql, args!(&desk.front.tenant), |row| row.get(0))?)
        });
        assert_eq!(events, 1);
        assert_eq!(office.report("H55.04").sent_at, sent.sent_at);

        follows(&office.deed(&sent, "nhan", &[]));
        assert_eq!(office.report("H55.04").state, State::Received);
        // Its figures are published as they stood.
        let unit = sent.unit;
        let frozen = office.write(move |tx, desk| {
            let period = PERIOD.parse().unwrap();
            Ok(desk.cube().published(tx, "dossiers.received", &Scope::agency(unit), period)?)
        });
        assert_eq!(frozen.len(), 1);
        assert!(frozen[0].reason.contains(sent.code.as_str()), "{}", frozen[0].reason);
    }
);

store_test!(
    fn a_computed_figure_is_contested_with_a_reason_and_never_overtyped(store: Store) {
        let office = Office::open(&store);
        office.count();
        let report = office.report("H55.04");
        let writer = office.holder(&report);
        // Typing over it changes nothing.
        follows(&office.post(&page(&report), &writer, &[("c.tong-hop.tiep-nhan.so", "999")]));
        assert!(!office.get(&page(&report), &writer).text().contains("999"));
        // Without a reason it comes back.
        let bare = office.post(&page(&report), &writer, &[("x.tong-hop.tiep-nhan.so", "7")]);
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(bare.text().contains("Tiếp nhận trong kỳ"), "{}", bare.text());
        let why = [
            ("x.tong-hop.tiep-nhan.so", "7"),
            ("r.tong-hop.tiep-nhan.so", "Bảy hồ sơ giấy chưa nhập"),
        ];
        follows(&office.post(&page(&report), &writer, &why));
        let shown = office.get(&page(&report), &writer).text();
        assert!(
            shown.contains("Hệ thống tính 0") && shown.contains("Bảy hồ sơ giấy chưa nhập"),
            "{shown}"
        );
        // Taking the number back lets what is computed stand again.
        let settle = [("x.tong-hop.tiep-nhan.so", ""), ("r.tong-hop.tiep-nhan.so", "")];
        follows(&office.post(&page(&report), &writer, &settle));
        assert!(!office.get(&page(&report), &writer).text().contains("Bảy hồ sơ giấy chưa nhập"));
    }
);

store_test!(
    fn a_report_comes_back_with_a_remark_on_a_cell_and_is_judged_by_when_it_stood(store: Store) {
        let office = Office::open(&store);
        let sent = office.sent("H55.04", "40");
        assert_eq!(sent.on_time, Some(true));
        let bare = office.deed(&sent, "tra-lai", &[("o", "to-chuc.ho-tro.so"), ("loi", "")]);
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        let words = [("o", "to-chuc.ho-tro.so"), ("loi", "Đếm người, không đếm hộ")];
        follows(&office.deed(&sent, "tra-lai", &words));
        let back = office.report("H55.04");
        assert_eq!((back.state, back.sent_at), (State::Returned, None));
        let shown = office.get(&page(&back), &office.holder(&back)).text();
        assert!(
            shown.contains("Đếm người, không đếm hộ") && shown.contains("Lượt người dân"),
            "{shown}"
        );
        // What was rubbish in time is not in time once it is right.
        office.house.at("2026-11-18T02:00:00Z");
        let again = office.sent("H55.04", "44");
        assert_eq!(again.on_time, Some(false));
        assert!(again.first_sent_at < again.sent_at);
    }
);

store_test!(
    fn whoever_has_nothing_to_do_with_it_does_not_see_it_and_two_who_write_meet(store: Store) {
        let office = Office::open(&store);
        let report = office.report("H55.04");
        let stranger = office.house.sign_in("so-y-te/chuyen-vien-1");
        assert_eq!(office.get(&page(&report), &stranger).status, StatusCode::FORBIDDEN);
        let sent = office.post(&page(&report), &stranger, &[("c.to-chuc.ho-tro.so", "1")]);
        assert_eq!(sent.status, StatusCode::FORBIDDEN);
        let writer = office.holder(&report);
        follows(&office.post(
            &page(&report),
            &writer,
            &[("c.to-chuc.ho-tro.so", "1"), ("luot", "0")],
        ));
        let second = [("c.to-chuc.ho-tro.so", "55"), ("luot", "0")];
        let met = office.post(&page(&report), &writer, &second);
        assert_eq!(met.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(met.text().contains("Người khác vừa lưu") && met.text().contains("value=\"55\""));
    }
);
