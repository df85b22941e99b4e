//! A paper by telephone, from everyday words to the rating: found, signed in for at the provider,
//! filled in, photographed sideways over a line that breaks, supplemented, signed, checked,
//! rated; and who looked at her data meanwhile.

use std::net::TcpListener;

use thirtyfour::By;

use crate::{
    driver::Browser,
    photo::sideways,
    program::{Folder, Serving},
    provider::Provider,
    story::{DESK, PHONE, run},
};

/// What she answers, by what the question says.
const ANSWERS: &[(&str, Answer)] = &[
    ("Họ tên người cần xác nhận", Answer::Text("Hoàng Thị Mai Sương")),
    ("Dùng giấy để", Answer::Choice("Mua bán, vay vốn")),
    ("Nơi thường trú", Answer::Text("phuong phan dinh phung")),
    ("Hiện nay", Answer::Choice("Đã ly hôn")),
    ("ly hôn", Answer::Photo),
    ("ủy quyền", Answer::Choice("Tôi không có giấy này")),
    ("nộp ở xã, phường nào", Answer::Office("Phan Đình Phùng")),
    ("nhận kết quả thế nào", Answer::Choice("Bản điện tử")),
];

#[derive(Clone, Copy)]
enum Answer {
    Text(&'static str),
    Choice(&'static str),
    Office(&'static str),
    Photo,
}

#[test]
fn a_paper_is_asked_for_signed_and_rated_by_telephone() {
    let folder = Folder::new();
    run(async {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let home = format!("http://127.0.0.1:{port}");
        let Some(provider) = Provider::start(&home) else { return };
        let made = folder.run(&["demo", "--no-serve", "--dossiers", "40", "--seed", "3"]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let sections = [provider.settings()];
        let _serving = Serving::configured(&folder, &folder.configure(&home, &sections));
        let phone = Browser::open(&home, PHONE.0, PHONE.1).await;
        let desk = Browser::open(&home, DESK.0, DESK.1).await;

        find(&phone).await;
        sign_in(&phone).await;
        fill_in(&phone).await;
        let code = send(&phone).await;
        ask_for_more(&desk, &code).await;
        supplement(&phone, &code).await;
        sign(&desk, &code).await;
        result(&phone, &code).await;
        rate(&phone, &code).await;
        who_looked(&phone, &code).await;
        phone.close().await;
        desk.close().await;
    });
}

/// In everyday words, without marks.
async fn find(phone: &Browser) {
    phone.go("/").await;
    phone.picture("citizen-1-home").await;
    phone.fill("q", "xin giay doc than").await;
    phone.one("[name='q']").await.send_keys("\u{e007}").await.unwrap();
    phone.settle().await;
    phone.picture("citizen-2-found").await;
    phone.press("Cấp Giấy xác nhận tình trạng hôn nhân").await;
    phone.says("7.500 đồng").await;
    phone.says("3 ngày làm việc").await;
    phone.picture("citizen-3-before").await;
}

async fn sign_in(phone: &Browser) {
    phone.press("Đăng nhập để bắt đầu").await;
    phone.picture("citizen-4-enter").await;
    phone.press("Đăng nhập bằng VNeID").await;
    phone.until("Bắt đầu").await;
    phone.press_button("Bắt đầu").await;
}

/// One question a page, until all are answered.
async fn fill_in(phone: &Browser) {
    for page in 0..20 {
        if phone.here().await.ends_with("/kiem-tra") {
            return;
        }
        let heading = phone.one("main h1").await.text().await.unwrap();
        let answer = ANSWERS.iter().find(|(words, _)| heading.contains(words));
        match answer.map(|(_, answer)| *answer) {
            Some(Answer::Text(text)) => phone.fill("a", text).await,
            Some(Answer::Choice(words)) => phone.press_label(words).await,
            Some(Answer::Office(words)) => phone.press_label(words).await,
            Some(Answer::Photo) => photograph(phone).await,
            None => {}
        }
        phone.picture(&format!("citizen-5-question-{page}")).await;
        phone.press_button("Tiếp tục").await;
    }
    panic!("the questions have no end: {}", phone.text().await);
}

/// A photo of a sheet, taken sideways, over a line that breaks off in the middle.
async fn photograph(phone: &Browser) {
    let photo = sideways();
    phone.network(Some(200_000)).await;
    phone.one("input[type='file']").await.send_keys(photo.display().to_string()).await.unwrap();
    phone.press_button("Tải lên").await;
    phone.until("%").await;
    phone.network(None).await;
    phone.until("Mất kết nối").await;
    phone.picture("citizen-6-broken").await;
    phone.network(Some(10_000_000)).await;
    phone.until("đã xoay thẳng").await;
}

/// Sends it; answers the code of the dossier.
async fn send(phone: &Browser) -> String {
    phone.says("Đã ly hôn").await;
    phone.picture("citizen-7-review").await;
    phone.press_button("Gửi hồ sơ").await;
    phone.until("Biên nhận").await;
    phone.picture("citizen-8-receipt").await;
    let here = phone.here().await;
    let code = here.split("/ho-so/").nth(1).and_then(|rest| rest.split('/').next());
    code.unwrap_or_else(|| panic!("no receipt at {here}")).to_owned()
}

/// At the ward: taken on, and something is missing.
async fn ask_for_more(desk: &Browser, code: &str) {
    desk.sign_in("hien").await;
    desk.go("/truc-tuyen").await;
    desk.one(&format!("input[value='{code}']")).await.click().await.unwrap();
    desk.press_button("Tiếp nhận").await;
    desk.says("Đã tiếp nhận 1 hồ sơ").await;
    desk.sign_in("khanh").await;
    desk.go(&format!("/ho-so/{code}/viec/request_supplement")).await;
    desk.picture("citizen-12-ask").await;
    desk.window
        .find(By::Css("main select[name='reason'] option:nth-child(2)"))
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    desk.fill("note", "Xin gửi bản án ly hôn có dấu xác nhận hiệu lực").await;
    desk.press_button("Yêu cầu bổ sung").await;
}

async fn supplement(phone: &Browser, code: &str) {
    phone.go(&format!("/toi/ho-so/{code}")).await;
    phone.says("Đang chờ ông/bà bổ sung").await;
    phone.says("có dấu xác nhận hiệu lực").await;
    phone.picture("citizen-13-asked").await;
    phone.press("Bổ sung").await;
    phone.picture("citizen-14-supplement").await;
    phone.press("Bản án, quyết định ly hôn").await;
    let photo = sideways().display().to_string();
    phone.one("input[name='giay-ly-hon']").await.send_keys(photo).await.unwrap();
    phone.press("Dùng giấy để").await;
    phone.choose_named("o-muc_dich", "Việc khác").await;
    phone.press_button("Gửi bổ sung").await;
    phone.until("Việc giải quyết tiếp tục ngay").await;
    phone.says("Việc khác").await;
    phone.picture("citizen-15-supplemented").await;
}

/// The expert finds it in order, the head signs the document itself, the clerk stamps it.
async fn sign(desk: &Browser, code: &str) {
    desk.sign_in("khanh").await;
    desk.go(&format!("/ho-so/{code}")).await;
    desk.says("IMG_0012.jpg").await;
    desk.press_button("Đạt").await;
    desk.sign_in("thuha").await;
    desk.go(&format!("/ho-so/{code}")).await;
    desk.press("Ký").await;
    desk.sign_in("xuan").await;
    desk.go(&format!("/ket-qua/{code}")).await;
    desk.press_label("Soạn từ mẫu").await;
    desk.fill("so-hieu", "15/XN-UBND").await;
    desk.fill("noi-dung", "Bà Hoàng Thị Mai Sương hiện chưa đăng ký kết hôn với ai.").await;
    desk.picture("citizen-16-sign").await;
    desk.press_button("Ký số và kết thúc").await;
    desk.says("Đã ký số và phát hành").await;
    desk.picture("citizen-16-signed").await;
}

async fn result(phone: &Browser, code: &str) {
    phone.go(&format!("/toi/ho-so/{code}")).await;
    phone.says("Đã có kết quả").await;
    let text = phone.text().await;
    assert!(!text.contains("Đã gửi bổ sung"), "what was told once is not told again:\n{text}");
    phone.picture("citizen-17-result").await;
    phone.press("Kết quả đã ký số").await;
    phone.says("còn hiệu lực").await;
    phone.picture("citizen-18-results").await;
}

async fn rate(phone: &Browser, code: &str) {
    phone.go(&format!("/toi/ho-so/{code}")).await;
    phone.press("Ông/bà hài lòng thế nào").await;
    phone.picture("citizen-19-rate").await;
    phone.press_button("Rất hài lòng").await;
    phone.says("Cảm ơn, đã ghi nhận").await;
}

async fn who_looked(phone: &Browser, code: &str) {
    phone.go("/toi/du-lieu/ai-xem").await;
    phone.says(code).await;
    phone.picture("citizen-20-who-looked").await;
}
