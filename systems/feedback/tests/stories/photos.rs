//! Photos: where they were taken helps to find the place, and is not published.

use axum::http::StatusCode;
use exif::{Field, In, Rational, Tag, Value, experimental::Writer};
use image::{ImageFormat, RgbImage};
use store::store_test;

use crate::town::{POTHOLE, Town, between};

/// A photo of a phone that stood in the ward.
fn photo() -> Vec<u8> {
    let mut plain = std::io::Cursor::new(Vec::new());
    RgbImage::new(64, 48).write_to(&mut plain, ImageFormat::Jpeg).unwrap();
    let field = |tag, value| Field { tag, ifd_num: In::PRIMARY, value };
    let degrees = |d, m, s| {
        let over = |num, denom| Rational { num, denom };
        Value::Rational(vec![over(d, 1), over(m, 1), over(s, 100)])
    };
    let word = |text: &str| Value::Ascii(vec![text.as_bytes().to_vec()]);
    let fields = [
        field(Tag::Model, word("Máy ảnh của Mẩy")),
        field(Tag::GPSLatitudeRef, word("N")),
        field(Tag::GPSLatitude, degrees(21, 35, 3912)),
        field(Tag::GPSLongitudeRef, word("E")),
        field(Tag::GPSLongitude, degrees(105, 50, 5280)),
    ];
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut tiff = std::io::Cursor::new(Vec::new());
    writer.write(&mut tiff, false).unwrap();
    let tiff = tiff.into_inner();
    let mut out = vec![0xFF, 0xD8, 0xFF, 0xE1];
    out.extend(u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
    out.extend(b"Exif\0\0");
    out.extend(tiff);
    out.extend(&plain.into_inner()[2..]);
    out
}

fn says_anything(bytes: &[u8]) -> bool {
    exif::Reader::new().read_from_container(&mut std::io::Cursor::new(bytes)).is_ok()
}

store_test!(
    fn a_photo_says_where_it_was_and_what_is_published_does_not(store: Store) {
        let town = Town::open(&store);
        let sent = photo();
        assert!(says_anything(&sent));
        let page = town.get("/phan-anh/moi", "").text();
        let stamp = between(&page, "name=\"luc\" value=\"", "\"").to_owned();
        town.wait(1);
        // No commune was chosen: the photo knows.
        let fields =
            [("luc", &*stamp), ("noi_dung", POTHOLE), ("linh_vuc", "duong-sa"), ("khac", "1")];
        let answer = town.post_photo("/phan-anh/moi", &fields, &sent);
        let (code, secret) = crate::town::sent_as(&answer);
        let report = town.report(&code);
        let point = report.point.unwrap();
        assert!((point.north - 21.594_2).abs() < 1e-4 && (point.east - 105.848).abs() < 1e-4);
        assert!(report.place.is_some(), "and so the commune");

        // Nobody sees it before an officer did; then it is painted anew.
        let mine = town.get(&format!("/phan-anh/{code}?khoa={secret}"), "").text();
        let path = between(&mine, &format!("href=\"/phan-anh/{code}/anh/"), "?").to_owned();
        let public = format!("/phan-anh/anh/{path}");
        assert_eq!(town.get(&public, "").status, StatusCode::NOT_FOUND);
        town.sort(&code);
        let page = town.get(&format!("/phan-anh/{code}"), "").text();
        assert!(page.contains(&public), "{page}");
        let shown = town.get(&public, "");
        assert_eq!(shown.status, StatusCode::OK);
        assert!(!says_anything(&shown.bytes));
        let words = "Mẩy".as_bytes();
        for kept in [b"Exif".as_slice(), words] {
            assert!(!shown.bytes.windows(kept.len()).any(|part| part == kept));
        }
        assert!(image::load_from_memory(&shown.bytes).is_ok());
        // Neither does the small one, nor what programs are given.
        let small = between(&page, "img src=\"", "\"").to_owned();
        assert!(!says_anything(&town.get(&small, "").bytes));
        let told = town.get(&format!("/open311/v2/requests/{code}.json"), "").text();
        assert!(told.contains(&path), "{told}");
    }
);
