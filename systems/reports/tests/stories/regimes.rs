//! Texts of regimes and forms, kept by whoever answers for all.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use desk::testing::Answer;
use store::store_test;

use crate::office::{Office, TEXT};

fn keep(office: &Office, cookie: &str, kind: &str, text: &str) -> Answer {
    const MARK: &str = "----tinhso";
    let csrf = office.house.csrf(cookie);
    let part = |name: &str, value: &str| {
        format!("--{MARK}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body: String = [("_csrf", csrf.as_str()), ("loai", kind), ("text", text), ("do", "luu")]
        .iter()
        .map(|(name, value)| part(name, value))
        .collect();
    let request = Request::post("/bao-cao/che-do/nhap")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={MARK}"))
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(format!("{body}--{MARK}--\r\n")));
    office.send(request.unwrap())
}

store_test!(
    fn a_text_with_faults_comes_back_with_every_line(store: Store) {
        let office = Office::without_rounds(&store);
        let head = office.house.sign_in("ubnd-tinh/chu-tich");
        let slip = TEXT
            .replace("frequency = \"month\"", "frequency = \"moon\"")
            .replace("form = \"tthc-thang\"", "form = \"khong-co\"")
            .replace("day = 17", "day = 32")
            .replace("version = 1", "version = 2");
        let answer = keep(&office, &head, "regime", &slip);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = answer.text();
        for wanted in ["Dòng 6", "moon", "Dòng 7", "khong-co", "Dòng 17", "cấp so"] {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
        let form = "code = \"x\"\nversion = 1\nname = \"X\"\nname_en = \"X\"\nlegal_basis = []\n\
                    valid_from = 2026-01-01\n[[table]]\nid = \"a\"\ntitle = \"A\"\n\
                    [[table.column]]\nid = \"so\"\ntitle = \"Số\"\nfigure = \"no.such\"\n\
                    [[table.row]]\nid = \"b\"\ntitle = \"B\"\n\
                    [[rule]]\nid = \"r\"\nexplain = \"Vì\"\ncheck = \"a.b.so <= a.c.so\"\n";
        let text = keep(&office, &head, "form", form).text();
        assert!(
            text.contains("no.such") && text.contains("a.c.so") && text.contains("Dòng 13"),
            "{text}"
        );
        let good = TEXT.replace("version = 1", "version = 2").replace("day = 17", "day = 18");
        let kept = keep(&office, &head, "regime", &good);
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
        assert!(office.get("/bao-cao/che-do/regime/THU-T", &head).text().contains("day = 18"));
        // The same version again is refused; somebody else's word is none.
        let again = keep(&office, &head, "regime", &good);
        assert!(again.text().contains("Phiên bản này đã có"), "{}", again.text());
        let expert = office.house.sign_in("so-tu-phap/chuyen-vien-1");
        let refused = keep(&office, &expert, "regime", &good.replace("version = 2", "version = 3"));
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
);
