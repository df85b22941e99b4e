//! A programme goes out as a file and comes in again; what is wrong with a file is said by line.

use axum::http::StatusCode;
use programme::exchange::{self, Finding, What};
use store::store_test;

use crate::town::{CHAIR, EXPERT, TEXT, Town, WARD, done};

/// Findings as `line: what`.
fn told(findings: &[Finding]) -> Vec<String> {
    let place = |finding: &Finding| match finding.at.sheet {
        Some(sheet) => format!("{sheet} {}", finding.at.line),
        None => finding.at.line.to_string(),
    };
    findings.iter().map(|finding| format!("{}: {:?}", place(finding), finding.what)).collect()
}

store_test!(
    fn every_finding_names_its_line_and_nothing_is_kept(store: Store) {
        let town = Town::open(&store);
        let desk = &town.house.desk;
        let text = r#"code = "NQ 8"
number = "08-NQ/TU"
name = "Thử"
agency = "H55"
signed_on = "2026-07-20"
from = "2026-08"
to = "2027-07"
[[goal]]
name = "Một"
[[target]]
code = "CT-1"
goal = 2
name = "Không có mục tiêu hai"
indicator = "khong.co"
start = "1"
target = "2"
head = "H55"
[[target]]
code = "CT-2"
goal = 1
name = "Chiều ngược"
indicator = "timeliness.finished_on_time"
better = "less"
start = "80"
target = "90"
head = "H99"
[[task]]
code = "NV-1"
goal = 1
name = "Hạn đã qua"
head = "H55"
term = "2026-08-01"
"#;
        let raw = exchange::read_toml(text).unwrap();
        let findings = exchange::check(desk, &raw, town.now()).unwrap_err();
        let lines: Vec<u32> = findings.iter().map(|finding| finding.at.line).collect();
        assert_eq!(lines, [1], "the programme first: {:?}", told(&findings));
        let raw = exchange::read_toml(&text.replace("NQ 8", "NQ-8")).unwrap();
        let findings = exchange::check(desk, &raw, town.now()).unwrap_err();
        assert_eq!(
            told(&findings),
            [
                "12: NoGoal(\"2\")",
                "14: NoIndicator(\"khong.co\")",
                "23: Direction(\"timeliness.finished_on_time\")",
                "26: NoAgency(\"H99\")",
                "32: Term(\"01/08/2026\")",
            ]
        );
        let broken = exchange::read_toml("code = \"A\"\nname = \n").unwrap_err();
        assert_eq!(broken[0].at.line, 2);
        assert!(matches!(broken[0].what, What::Syntax(_)));
        // A ward gives no work to a department, and promises no figure of the whole province.
        let ward = text
            .replace("NQ 8", "NQ-8")
            .replace("agency = \"H55\"", &format!("agency = \"{}\"", town.ward()))
            .replace("goal = 2", "goal = 1")
            .replace("khong.co", "online.share")
            .replace("H99", "H55.04")
            .replace("better = \"less\"", &format!("scope = \"{}\"", town.ward()))
            .replace("2026-08-01", "2026-12-01");
        let raw = exchange::read_toml(&ward).unwrap();
        let findings = exchange::check(desk, &raw, town.now()).unwrap_err();
        assert_eq!(
            told(&findings),
            [
                "10: OutOfReach(\"all\")",
                "17: OutOfReach(\"H55\")",
                "26: OutOfReach(\"H55.04\")",
                "31: OutOfReach(\"H55\")",
            ]
        );
        let unknown = exchange::read_toml("code = \"A\"\nngay = 1\n").unwrap_err();
        assert_eq!(told(&unknown), ["2: UnknownField(\"ngay\")"]);
        // On the page: the same lines, and no programme.
        let sent = town.post_file("/chuong-trinh/nhap", CHAIR, &[], ("a.toml", text.as_bytes()));
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(sent.text().contains("dòng 1"), "{}", sent.text());
        assert!(town.get("/chuong-trinh", CHAIR).text().contains("Chưa có chương trình nào."));
    }
);

store_test!(
    fn what_goes_out_comes_in_again_as_text_and_as_a_spreadsheet(store: Store) {
        let town = Town::open(&store);
        town.set(TEXT);
        let toml = town.get("/chuong-trinh/NQ-7/tep.toml", WARD);
        assert_eq!(toml.status, StatusCode::OK);
        let xlsx = town.get("/chuong-trinh/NQ-7/tep.xlsx", WARD);
        let desk = &town.house.desk;
        let text = TEXT.replace("{ward}", &town.ward());
        let written = exchange::read(desk, text.as_bytes(), town.now()).unwrap();
        assert_eq!(exchange::read(desk, &toml.bytes, town.now()).unwrap(), written);
        assert_eq!(exchange::read(desk, &xlsx.bytes, town.now()).unwrap(), written);
        // It is there already: said, and nothing is written over.
        let again = town.post_file("/chuong-trinh/nhap", CHAIR, &[], ("a.xlsx", &xlsx.bytes));
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.text().contains("NQ-7"), "{}", again.text());
        let none = exchange::read(desk, b"PK\x03\x04 no book", town.now()).unwrap_err();
        assert!(matches!(none[0].what, What::Syntax(_)), "{none:?}");
    }
);

store_test!(
    fn a_draft_is_written_by_hand_issued_once_and_only_by_who_directs(store: Store) {
        let town = Town::open(&store);
        let fields = [
            ("code", "nq-9"),
            ("number", "09-NQ/TU"),
            ("name", "Nghị quyết viết tay"),
            ("signed_on", "20/07/2026"),
            ("from", "8/2026"),
            ("to", "7/2027"),
            ("goals", "Trả đúng hẹn\nHài lòng"),
        ];
        assert_eq!(
            town.post_form("/chuong-trinh/moi", EXPERT, &fields).status,
            StatusCode::FORBIDDEN
        );
        let mut wrong = fields;
        wrong[5].1 = "1/2026";
        let sent = town.post_form("/chuong-trinh/moi", CHAIR, &wrong);
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(sent.text().contains("Nghị quyết viết tay"), "what was typed stays");
        done(&town.post_form("/chuong-trinh/moi", CHAIR, &fields));
        let target = [
            ("code", "CT-1"),
            ("goal", "1"),
            ("name", "Đúng hạn toàn tỉnh"),
            ("indicator", "timeliness.finished_on_time"),
            ("scope", "all"),
            ("span", "month"),
            ("shape", "hand"),
            ("steps", "8/2026 91\n9/2026 92"),
            ("start", "90"),
            ("target", "97,5"),
            ("head", "H55"),
        ];
        let path = "/chuong-trinh/NQ-9/them-chi-tieu";
        let sent = town.post_form(path, CHAIR, &target);
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", sent.text());
        assert!(sent.text().contains("giá trị của mọi tháng"), "{}", sent.text());
        let mut linear = target;
        linear[6].1 = "linear";
        done(&town.post_form(path, CHAIR, &linear));
        let task = [
            ("code", "NV-1"),
            ("goal", "2"),
            ("name", "Hỏi ý kiến người dân"),
            ("head", "H55.04"),
            ("term", "30/09/2026"),
        ];
        done(&town.post_form("/chuong-trinh/NQ-9/them-nhiem-vu", CHAIR, &task));
        assert!(town.get("/chuong-trinh/NQ-9", WARD).text().contains("chưa giao"));
        // A question comes first; then it runs, and it is issued once.
        assert!(town.get("/chuong-trinh/NQ-9/ban-hanh", CHAIR).text().contains("không hoàn tác"));
        assert_eq!(
            town.post_form("/chuong-trinh/NQ-9/ban-hanh", WARD, &[]).status,
            StatusCode::FORBIDDEN
        );
        done(&town.post_form("/chuong-trinh/NQ-9/ban-hanh", CHAIR, &[]));
        assert!(!town.get("/chuong-trinh/NQ-9", WARD).text().contains("chưa giao"));
        done(&town.post_form("/chuong-trinh/NQ-9/ban-hanh", CHAIR, &[]));
        let count: u64 = town.read(|tx, desk| {
            let sql = "select count(*) from case_state where tenant = $1 and matter = 'task'";
            Ok(tx.one(sql, store::args!(&desk.front.tenant), |row| row.get(0))?)
        });
        assert_eq!(count, 1);
        // Whoever looks at a month writes down what was seen; the journal has its hash.
        let note = [("thang", "2026-08"), ("loi", "Bắt đầu chậm, tuần sau làm bù.")];
        done(&town.post_form("/chuong-trinh/NQ-9/ra-soat", CHAIR, &note));
        assert!(town.get("/chuong-trinh/NQ-9", WARD).text().contains("tuần sau làm bù"));
        assert_eq!(
            town.post_form("/chuong-trinh/NQ-9/ra-soat", WARD, &note).status,
            StatusCode::FORBIDDEN
        );
    }
);
