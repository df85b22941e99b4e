//! The map: drawn of what the province has, and told in words.

use feedback::boundary::{self, Boundaries};
use store::store_test;

use crate::town::{POTHOLE, Town, sent_as};

/// The ward and its neighbour, parted by a line that no circle would draw.
const TWO: &str = r#"{"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"code":"05443"},"geometry":{"type":"Polygon","coordinates":
        [[[105.80,21.55],[105.84,21.55],[105.84,21.65],[105.80,21.65],[105.80,21.55]]]}},
    {"type":"Feature","properties":{"code":"05692"},"geometry":{"type":"Polygon","coordinates":
        [[[105.84,21.55],[105.90,21.55],[105.90,21.65],[105.84,21.65],[105.84,21.55]]]}}]}"#;

fn report_at(town: &Town, east: &str) -> String {
    let fields = [
        ("noi_dung", POTHOLE),
        ("linh_vuc", "duong-sa"),
        ("vi_do", "21.594200"),
        ("kinh_do", east),
        ("khac", "1"),
    ];
    let (code, _) = sent_as(&town.send(&fields));
    town.report(&code).place.unwrap().to_string()
}

store_test!(
    fn boundaries_that_are_put_in_are_drawn_and_decide_where_a_point_lies(store: Store) {
        let town = Town::open(&store);
        let map = town.get("/phan-anh/ban-do", "").text();
        assert!(
            map.contains("<circle class=\"commune\"") && !map.contains("<path class=\"commune")
        );
        let before = report_at(&town, "105.839000");

        let (all, desk) = (Boundaries::read(TWO).unwrap(), town.house.desk.clone());
        let put = store.write(move |tx| boundary::store(tx, &desk.front.tenant, &all, desk.now()));
        assert_eq!(put.wait().unwrap(), 1);
        let map = town.get("/phan-anh/ban-do", "").text();
        assert_eq!(map.matches("<path class=\"commune\"").count(), 2, "{map}");
        assert!(map.contains("<circle class=\"commune\""), "the others keep their circles");
        assert_eq!(report_at(&town, "105.839000"), "05443", "before it was {before}");
        assert_eq!(report_at(&town, "105.841000"), "05692");
        let picture = town.get("/phan-anh/ban-do.svg?n=21.59&e=105.84&m=4000", "").text();
        assert!(picture.contains("evenodd"), "also to tap on: {picture}");
    }
);

store_test!(
    fn what_the_drawing_shows_stands_below_it_in_words(store: Store) {
        let town = Town::open(&store);
        let (code, _) = town.pothole(POTHOLE);
        town.sort(&code);
        let map = town.get("/phan-anh/ban-do", "").text();
        let from = map.find("<svg viewBox=\"0 0 704").unwrap();
        let (drawing, words) = map[from..].split_once("</svg>").unwrap();
        assert!(drawing.contains("aria-hidden=\"true\""), "{drawing}");
        assert_eq!(drawing.matches("<a ").count(), drawing.matches("tabindex=\"-1\"").count());
        assert!(words.contains("Phường Phan Đình Phùng") && words.contains("1 phản ánh, 1 đang"));
        assert!(words.contains("href=\"/phan-anh/ban-do?xa=05443\""), "{words}");
        let ward = town.get("/phan-anh/ban-do?xa=05443", "").text();
        let words = ward.rsplit_once("</figure>").unwrap().1;
        assert!(words.contains(&format!("/phan-anh/{code}")) && words.contains("Ổ gà"), "{words}");
        assert!(words.contains("Xem bản đồ cả tỉnh"), "{words}");
        let empty = town.get("/phan-anh/ban-do?xa=05692", "").text();
        assert!(empty.contains("Không có phản ánh nào khớp"), "{empty}");
    }
);
