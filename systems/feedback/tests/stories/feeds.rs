//! Following what is new, by area and category, in Atom and RSS.

use axum::http::{StatusCode, header};
use store::store_test;

use crate::town::{POTHOLE, Town, between};

store_test!(
    fn both_feeds_say_the_same_and_are_found_from_the_list(store: Store) {
        let town = Town::open(&store);
        let list = town.get("/phan-anh?xa=05443&linh_vuc=duong-sa", "").text();
        for (kind, path) in [("atom", "tin.atom"), ("rss", "tin.rss")] {
            let tag = between(
                &list,
                &format!("<link rel=\"alternate\" type=\"application/{kind}+xml\""),
                ">",
            );
            let href = format!("href=\"/phan-anh/{path}?xa=05443&amp;linh_vuc=duong-sa\"");
            assert!(tag.contains(&href) && tag.contains("Phường Phan Đình Phùng"), "{tag}");
            let empty = town.get(&format!("/phan-anh/{path}"), "");
            assert_eq!(empty.status, StatusCode::OK);
            let kept = empty.headers[header::CONTENT_TYPE].to_str().unwrap();
            assert_eq!(kept, format!("application/{kind}+xml; charset=utf-8"));
        }

        let (code, _) = town.pothole(POTHOLE);
        town.sort(&code);
        let link = format!("https://tinhso.example/phan-anh/{code}");
        let atom = town.get("/phan-anh/tin.atom?xa=05443", "").text();
        let rss = town.get("/phan-anh/tin.rss?xa=05443", "").text();
        for told in ["Ổ gà to giữa đường", "Đường sá", &link, "Phan Đình Phùng"] {
            assert!(atom.contains(told) && rss.contains(told), "{told}: {atom} {rss}");
        }
        assert!(atom.contains("<published>2026-11-23T01:31:00Z</published>"), "{atom}");
        assert!(rss.contains("<pubDate>Mon, 23 Nov 2026 01:31:00 GMT</pubDate>"), "{rss}");
        assert!(rss.contains(&format!("<guid>{link}</guid>")) && rss.contains("version=\"2.0\""));
        for feed in ["tin.atom", "tin.rss"] {
            let other = town.get(&format!("/phan-anh/{feed}?linh_vuc=rac"), "").text();
            assert!(!other.contains(&code), "{other}");
            let elsewhere = town.get(&format!("/phan-anh/{feed}?xa=05692"), "").text();
            assert!(!elsewhere.contains(&code), "{elsewhere}");
        }
    }
);

store_test!(
    fn who_has_the_newest_is_told_so_in_a_few_bytes(store: Store) {
        let town = Town::open(&store);
        let (code, _) = town.pothole(POTHOLE);
        town.sort(&code);
        for path in ["/phan-anh/tin.atom", "/phan-anh/tin.rss"] {
            let first = town.get(path, "");
            let tag = first.headers[header::ETAG].to_str().unwrap().to_owned();
            let date = first.headers[header::LAST_MODIFIED].to_str().unwrap().to_owned();
            for known in [("if-none-match", &tag), ("if-modified-since", &date)] {
                let again = town.ask(path, &[(known.0, known.1)]);
                assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{known:?}");
                assert!(again.bytes.is_empty());
            }
            let weak = town.ask(path, &[("if-none-match", &format!("\"x\", W/{tag}"))]);
            assert_eq!(weak.status, StatusCode::NOT_MODIFIED);
            // The tag counts before the date.
            let other = [("if-none-match", "\"x\""), ("if-modified-since", &*date)];
            assert_eq!(town.ask(path, &other).status, StatusCode::OK);
        }
        let path = "/phan-anh/tin.rss";
        let before = town.get(path, "").headers[header::ETAG].to_str().unwrap().to_owned();
        town.wait(60);
        town.answer(&code, "Đã vá mặt đường sáng nay.");
        let after = town.ask(path, &[("if-none-match", &before)]);
        assert_eq!(after.status, StatusCode::OK);
        assert!(after.text().contains("Đã vá mặt đường"), "{}", after.text());
    }
);
