use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use store::store_test;

use crate::house::{Answer, Browser, House, run};

const HEAD: &str = "trung-tam/giam-doc";

fn officer<'h>(house: &'h House, slug: &str) -> (Browser<'h>, String) {
    let cookie = house.walls.sign_in(slug);
    let browser = house.browser();
    let (name, value) = cookie.split_once('=').unwrap();
    browser.cookies.lock().unwrap().insert(name.into(), value.into());
    (browser, house.walls.csrf(&cookie))
}

async fn upload(browser: &Browser<'_>, csrf: &str, file: &str) -> Answer {
    let part = |name: &str, value: &str| {
        format!("--B\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let file = format!(
        "--B\r\ncontent-disposition: form-data; name=\"tep\"; filename=\"saoke.csv\"\r\n\
         content-type: text/csv\r\n\r\n{file}\r\n--B--\r\n"
    );
    let body = [part("_csrf", csrf), part("nguon", "cong"), file].concat();
    let request = Request::post("/doi-soat/doc")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=B");
    browser.ask(request, Body::from(body)).await
}

store_test!(
    fn only_who_keeps_the_books_sees_them(store: Store) {
        run(store, async |house| {
            let (clerk, _) = officer(&house, "phuong-phan-dinh-phung/nong-thi-hien");
            assert_eq!(clerk.get("/doi-soat").await.status, StatusCode::FORBIDDEN);
            let (head, _) = officer(&house, HEAD);
            assert_eq!(head.get("/doi-soat").await.status, StatusCode::OK);
            assert_eq!(house.browser().get("/doi-soat").await.status, StatusCode::SEE_OTHER);
        });
    }
);

store_test!(
    fn a_statement_is_read_settled_and_taken_along(store: Store) {
        run(store, async |house| {
            let case = house.owing(&[15_000]).await;
            let other = house.owing(&[8_000]).await;
            house.payer(&case).await.get(&format!("/nop/{}", case.code)).await;
            let reference = format!("{}X1", case.code.as_str().replace(['.', '-'], ""));
            let file = format!(
                "Ngay;So GD;Ghi co;Noi dung\n23/11/2026 08:00;B1;15.000;{reference} NGUYEN VAN A\n\
                 23/11/2026 08:10;B2;15.000;{reference} lan hai\n\
                 23/11/2026 08:20;B3;8.000;=cmd nop tien ho so\n"
            );
            let (head, csrf) = officer(&house, HEAD);
            let forged = upload(&head, "wrong", &file).await;
            assert_eq!(forged.status, StatusCode::FORBIDDEN);
            let read = upload(&head, &csrf, &file).await;
            assert_eq!(read.status, StatusCode::SEE_OTHER, "{}", read.text);
            let run = read.location().to_owned();
            let text = head.get(&run).await.text;
            assert!(text.contains("Nộp hai lần") && text.contains("NGUYEN VAN A"));
            assert_eq!(house.case(case.id).await.unpaid(), 0);

            let csv = head.get(&format!("{run}/ket-qua.csv")).await.text;
            assert!(csv.lines().count() == 4 && csv.contains("'=cmd"), "{csv}");

            // What nobody knew is given to its dossier, and what was paid twice paid back.
            let text = head.get("/doi-soat").await.text;
            let item = |problem: &str| {
                let part = text.split("<details").find(|part| part.contains(problem)).unwrap();
                let rest = part.split("action=\"/doi-soat/khoan/").nth(1).unwrap();
                rest.split('"').next().unwrap().to_owned()
            };
            let (unknown, twice) = (item("Chưa rõ của hồ sơ nào"), item("Nộp thừa"));
            let settle = async |item: &str, body: String| {
                let path = format!("/doi-soat/khoan/{item}");
                head.post(&path, &format!("_csrf={csrf}&{body}")).await;
                head.get("/doi-soat").await.text
            };
            let text = settle(&twice, "ma=&ly_do=".into()).await;
            assert!(text.contains("Cần ghi lý do"));
            let text = settle(&unknown, format!("ma={}&ly_do=", other.code)).await;
            assert!(text.contains("Khoản này không còn mở"), "{text}");
            assert_eq!(house.case(other.id).await.unpaid(), 0);
            let text = settle(&twice, "ma=&ly_do=Hoan+theo+phieu+chi+12".into()).await;
            assert!(text.contains("Không có khoản nào cần xử lý"));
        });
    }
);

store_test!(
    fn a_bad_file_says_which_row(store: Store) {
        run(store, async |house| {
            let (head, csrf) = officer(&house, HEAD);
            let file = "Ngay;So GD;Ghi co;Noi dung\nhom qua;B1;15.000;x\n";
            let refused = upload(&head, &csrf, file).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.text.contains("Dòng 2") && refused.text.contains("hom qua"));
        });
    }
);
