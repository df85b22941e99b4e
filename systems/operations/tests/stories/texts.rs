//! Tiles and rules as text on a page.

use operations::model::{Layout, SHIPPED_RULES, SHIPPED_TILES};
use store::store_test;

use super::office::{CHAIR, Town, run};

/// What the field of the text takes, in letters.
fn most(page: &str) -> usize {
    let area = page.split("<textarea").nth(1).unwrap().split('>').next().unwrap();
    let most = area.split("maxlength=\"").nth(1).unwrap();
    most.split('"').next().unwrap().parse().unwrap()
}

store_test!(
    fn the_field_takes_the_text_that_ships_and_much_more(store: Store) {
        let town = Town::open(&store);
        let house = &town.house;
        run(async {
            let head = house.sign_in(CHAIR);
            for (path, text) in
                [("/canh-bao/quy-tac", SHIPPED_RULES), ("/dieu-hanh/o", SHIPPED_TILES)]
            {
                let page = house.get(path, &head).await.text();
                assert!(most(&page) >= 2 * text.len(), "{path}: {}", most(&page));
                let more = format!("{text}\n# Sửa ngày 23/11\n");
                let sent = house.post(path, &head, &[("ban", "0"), ("van-ban", &more)]).await;
                assert_eq!(sent.status, 303, "{path}: {}", sent.text());
            }
        });
    }
);

store_test!(
    fn a_text_of_nothing_is_refused_and_what_shipped_can_be_had_again(store: Store) {
        let town = Town::open(&store);
        let house = &town.house;
        let desk = &house.desk;
        let mut bare = Layout::read(SHIPPED_TILES, desk.definitions()).unwrap();
        bare.tile.clear();
        let bare = bare.to_text();
        run(async {
            let head = house.sign_in(CHAIR);
            let nothing = [
                ("/canh-bao/quy-tac", "", "không có quy tắc nào"),
                ("/canh-bao/quy-tac", "# chưa có gì", "không có quy tắc nào"),
                ("/dieu-hanh/o", bare.as_str(), "không có ô nào"),
            ];
            for (path, text, told) in nothing {
                let back = house.post(path, &head, &[("ban", "0"), ("van-ban", text)]).await;
                assert_eq!(back.status, 422, "{path}");
                let page = back.text();
                assert!(page.contains(told), "{told}: {page}");
                assert!(page.contains(&format!("href=\"{path}?goc=1#f-van-ban\"")), "{page}");
                let page = house.get(&format!("{path}?goc=1"), &head).await.text();
                assert!(page.contains("Bản đi kèm chương trình"), "nothing was stored: {page}");
                assert!(!page.contains("?goc=1"), "it holds what shipped: {page}");
            }
            let text = format!("{SHIPPED_RULES}\n# của tỉnh\n");
            house.post("/canh-bao/quy-tac", &head, &[("ban", "0"), ("van-ban", &text)]).await;
            let page = house.get("/canh-bao/quy-tac", &head).await.text();
            assert!(page.contains("# của tỉnh") && page.contains("?goc=1"), "{page}");
            let page = house.get("/canh-bao/quy-tac?goc=1", &head).await.text();
            assert!(!page.contains("# của tỉnh") && page.contains("name=\"ban\" value=\"1\""));
        });
    }
);
