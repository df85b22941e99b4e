//! Measured results, as the head meets them: the centre moves while dossiers are worked on, a red
//! figure opens down to a dossier and who holds it, an alert is taken on, the forecast is run, the
//! monthly report is filled but for its prose, the province is scored, the breakthrough is asked
//! for, and the letter is printed.

use std::time::Duration;

use thirtyfour::Key;

use crate::{
    driver::Browser,
    program::{Folder, Serving},
    story::{DESK, file_a_birth, run},
};

/// A working morning, after a month that is over.
const AFTER_A_MONTH: &str = "2026-12-01T09:00";

#[test]
fn a_head_answers_for_results_that_nobody_typed() {
    let folder = Folder::new();
    run(async {
        let serving = Serving::with_history(&folder, AFTER_A_MONTH, "1500");
        let head = Browser::open(&serving.address, DESK.0, DESK.1).await;
        let desk = Browser::open(&serving.address, DESK.0, DESK.1).await;
        head.sign_in("thinh").await;
        the_centre_moves(&head, &desk).await;
        a_line_is_read(&head).await;
        a_red_figure_opens(&head).await;
        an_alert_is_taken_on(&desk).await;
        the_forecast_is_run(&head).await;
        a_report_is_written(&desk).await;
        the_province_is_scored(&head).await;
        the_letter_is_printed(&head).await;
        head.close().await;
        desk.close().await;
    });
}

/// The figure of a tile, by the tile's name.
async fn tile(browser: &Browser, name: &str) -> String {
    let script = format!(
        "const all = [...document.querySelectorAll('main .tile')];
         const one = all.find(tile => tile.textContent.includes('{name}'));
         return one ? one.textContent : '';"
    );
    browser.asks(&script).await
}

/// Nobody loads the page anew: the figure comes by itself once somebody files.
async fn the_centre_moves(head: &Browser, desk: &Browser) {
    head.go("/dieu-hanh").await;
    head.picture("centre").await;
    let before = tile(head, "Nhận hôm nay").await;
    assert!(!before.is_empty(), "there is such a tile:\n{}", head.text().await);
    let _: bool = head.asks("window.sameView = true; return true;").await;
    let _ = file_a_birth(desk, "019197008823").await;
    for _ in 0..100 {
        if tile(head, "Nhận hôm nay").await != before {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert_ne!(tile(head, "Nhận hôm nay").await, before, "the figure moved");
    assert!(head.asks::<bool>("return window.sameView === true;").await, "on the same page");
}

/// A line is read with the keys, place by place: what is said is what stands in its table.
async fn a_line_is_read(head: &Browser) {
    let reader = head.one("figure .reader input").await;
    reader.send_keys("" + Key::Left).await.unwrap();
    let (said, written): (String, Vec<String>) = head
        .asks(
            "const figure = document.querySelector('figure:has(.reader)');
             const row = figure.querySelectorAll('tbody tr')[figure.querySelector('input').max - 1];
             const written = [...row.cells].map(cell => cell.textContent);
             return [figure.querySelector('output').textContent, written];",
        )
        .await;
    assert!(written.len() > 1, "a day and its figure: {written:?}");
    assert!(written.iter().all(|cell| said.contains(cell)), "{said:?} says {written:?}");
}

/// From the tile to the indicator, from its number to the cases, and to who holds one of them.
async fn a_red_figure_opens(head: &Browser) {
    let link: String = head
        .asks(
            "const all = [...document.querySelectorAll('main .tile')];
             const one = all.find(tile => tile.textContent.includes('Đang quá hạn'));
             return one.querySelector('a').getAttribute('href');",
        )
        .await;
    head.go(&link).await;
    head.says("Tính từ").await;
    head.picture("figure").await;
    let behind: String = head
        .asks(
            "const links = [...document.querySelectorAll(\"main a[href*='/ho-so?']\")];
             return links.find(link => link.textContent.trim() !== '0').getAttribute('href');",
        )
        .await;
    head.go(&behind).await;
    head.picture("figure-behind").await;
    let case: String = head
        .asks("return document.querySelector(\"main a[href^='/ho-so/']\").getAttribute('href');")
        .await;
    head.go(&case).await;
    head.says("Quá hạn").await;
    head.picture("figure-dossier").await;
}

async fn an_alert_is_taken_on(desk: &Browser) {
    desk.sign_in("cuong").await;
    // Rules are evaluated every few seconds.
    for _ in 0..60 {
        desk.go("/canh-bao").await;
        if desk.text().await.contains("Xã, phường có nhiều hồ sơ quá hạn") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    desk.picture("alerts").await;
    desk.press("Xã, phường có nhiều hồ sơ quá hạn").await;
    desk.press_button("Nhận xử lý").await;
    desk.until("Đã nhận").await;
    desk.picture("incident").await;
}

async fn the_forecast_is_run(head: &Browser) {
    head.go("/du-bao").await;
    head.says("Nếu không đổi gì").await;
    head.picture("outlook").await;
    head.go("/du-bao/thu").await;
    head.press_label("Thêm một ngày nghỉ").await;
    head.fill("ngay", "03/12/2026").await;
    head.press_button("Chạy thử").await;
    head.until("So sánh").await;
    head.picture("what-if").await;
}

/// Filled but for its prose; written by whoever holds it, signed by the head, frozen when it goes.
async fn a_report_is_written(desk: &Browser) {
    desk.sign_in("vyductoan").await;
    desk.go("/bao-cao").await;
    desk.press("Báo cáo tình hình giải quyết thủ tục hành chính").await;
    desk.says("Chưa có: Đánh giá, nguyên nhân").await;
    let words = "Hồ sơ quá hạn vì phải hỏi nơi cư trú cũ. Nộp trực tuyến đạt {online.share}.";
    desk.fill("p.nhan-xet", words).await;
    desk.picture("report").await;
    desk.press_button("Lưu và trình duyệt").await;
    desk.says("Đã trình duyệt").await;
    let report = desk.here().await;
    let path = report.split_once("/bao-cao/").map(|(_, code)| format!("/bao-cao/{code}")).unwrap();
    desk.sign_in("cuong").await;
    desk.go(&path).await;
    desk.press("Ký và gửi").await;
    desk.press_button("Ký và gửi").await;
    desk.until("Đã gửi").await;
    desk.picture("report-signed").await;
}

async fn the_province_is_scored(head: &Browser) {
    head.go("/cham-diem/766").await;
    head.says("trên 100").await;
    head.go("/cham-diem/dti-922").await;
    head.says("Điểm từng mục").await;
    head.picture("score").await;
    head.go("/cham-diem/dti-922/dot-pha").await;
    head.says("việc nên làm trước").await;
    head.picture("breakthrough").await;
}

async fn the_letter_is_printed(head: &Browser) {
    head.go("/nguoi-dung-dau").await;
    head.picture("head-results").await;
    let letter: String = head
        .asks(
            "const link = document.querySelector(\"main a[href*='thu.pdf']\").href;
             const ask = new XMLHttpRequest();
             ask.open('GET', link, false);
             ask.send();
             return ask.status + ' ' + ask.getResponseHeader('content-type');",
        )
        .await;
    assert_eq!(letter, "200 application/pdf");
}
