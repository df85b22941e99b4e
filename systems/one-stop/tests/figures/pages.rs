//! The page of the figures: days that are typed, numbers that open, files.

use axum::http::StatusCode;
use store::store_test;

use crate::history::History;

const HEAD: &str = "phuong-phan-dinh-phung/chu-tich";

fn run<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(story)
}

/// Addresses of lists, each with the number that opens it.
fn opening(page: &str) -> Vec<(String, usize)> {
    let links = page.split("<a href=\"/so-lieu/ho-so?").skip(1);
    let numbers = links.map(|link| {
        let (address, rest) = link.split_once("\">").unwrap();
        let label = rest.split_once("</a>").unwrap().0;
        let number: String = label.chars().filter(char::is_ascii_digit).collect();
        (format!("/so-lieu/ho-so?{}", address.replace("&amp;", "&")), number.parse().unwrap())
    });
    numbers.collect()
}

store_test!(
    fn a_figure_opens_as_many_dossiers_as_it_says(store: Store) {
        let history = History::begin(&store, 500);
        let house = &history.house;
        let head = house.sign_in(HEAD);
        run(async {
            for question in ["ky=2026-11", "ky=2026-10", "tu=5/9/2026&den=14-10-2026"] {
                let page = house.get(&format!("/so-lieu?{question}"), &head).await;
                assert_eq!(page.status, StatusCode::OK);
                let links = opening(&page.text());
                assert!(links.len() >= 14, "{}", page.text());
                assert!(links.iter().any(|(_, number)| *number > 0));
                for (address, number) in links {
                    let list = house.get(&address, &head).await.text();
                    let rows = list.matches("<a href=\"/ho-so/").count();
                    assert_eq!(rows, number.min(100), "{question}: {address}");
                }
            }
        });
    }
);

store_test!(
    fn days_that_were_mistyped_come_back_with_what_is_wrong(store: Store) {
        let history = History::begin(&store, 100);
        let house = &history.house;
        let head = house.sign_in(HEAD);
        run(async {
            let fine = house.get("/so-lieu?tu=1/10/2026&den=15/10/2026", &head).await;
            assert_eq!(fine.status, StatusCode::OK);
            let text = fine.text().replace(['\u{2068}', '\u{2069}'], "");
            assert!(text.contains("01/10/2026 đến 15/10/2026"), "{text}");
            for (first, last, said) in [
                ("31/11/2026", "15/12/2026", "Tháng 11 năm 2026 chỉ có 30 ngày"),
                ("15/10/2026", "1/10/2026", "Ngày cuối nằm trước ngày đầu"),
                ("15/10/2026", "", "Cần nhập ngày"),
                ("hôm qua", "15/10/2026", "ngày/tháng/năm"),
                ("1/1/2001", "1/1/2026", "Một kỳ dài nhất là năm năm"),
            ] {
                let address = format!("/so-lieu?tu={}&den={last}", first.replace(' ', "%20"));
                let page = house.get(&address.replace('ô', "%C3%B4"), &head).await;
                assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{first} {last}");
                let text = page.text().replace(['\u{2068}', '\u{2069}'], "");
                assert!(text.contains(said), "{said}: {text}");
                assert!(text.contains(&format!("value=\"{first}\"")), "{text}");
                assert!(!text.contains("Chỉ số 766, mục 2.1"), "no figure of another period");
            }
        });
    }
);

store_test!(
    fn the_figures_that_are_shown_are_a_file_too(store: Store) {
        let history = History::begin(&store, 300);
        let house = &history.house;
        let head = house.sign_in(HEAD);
        run(async {
            let page = house.get("/so-lieu?ky=2026-10", &head).await.text();
            let all = opening(&page).into_iter().find(|(a, _)| a.ends_with("loai=all")).unwrap().1;
            let csv = house.get("/so-lieu.csv?ky=2026-10", &head).await;
            let text = csv.text();
            let line = text.lines().find(|line| line.contains("Tiếp nhận hoặc xử lý")).unwrap();
            assert!(line.contains("Chỉ số 766, mục 2.1") && line.contains("tháng 10/2026"));
            assert_eq!(line.rsplit(',').next(), Some(all.to_string().as_str()), "{text}");
            let xlsx = house.get("/so-lieu.xlsx?ky=2026-10", &head).await;
            assert_eq!(xlsx.status, StatusCode::OK);
            assert!(xlsx.bytes.starts_with(b"PK"));
        });
    }
);
