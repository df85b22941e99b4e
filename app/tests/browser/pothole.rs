//! A pothole, by telephone: reported with a photo, sorted, answered, approved, published, and seen by
//! everybody.

use crate::{
    driver::Browser,
    photo::sideways,
    program::{Folder, Serving},
    story::{DESK, MORNING, PHONE, run},
};

#[test]
fn a_pothole_is_reported_routed_answered_and_published() {
    let folder = Folder::new();
    run(async {
        let serving = Serving::start(&folder, MORNING);
        let phone = Browser::open(&serving.address, PHONE.0, PHONE.1).await;
        let desk = Browser::open(&serving.address, DESK.0, DESK.1).await;
        let own = report(&phone).await;
        let code = own.split(['/', '?']).find(|part| part.starts_with("H55.")).unwrap().to_owned();
        route(&desk, &code).await;
        phone.go(&own).await;
        phone.says("Phản ánh đang được xử lý").await;
        phone.says("phường Phan Đình Phùng").await;
        phone.picture("pothole-4-routed").await;
        answer(&desk, &code).await;
        publish(&desk, &code).await;
        read(&phone, &own, &code).await;
        phone.close().await;
        desk.close().await;
    });
}

/// Answers the address of her report, with its key.
async fn report(phone: &Browser) -> String {
    phone.go("/phan-anh").await;
    phone.picture("pothole-1-list").await;
    phone.press("Gửi phản ánh").await;
    phone
        .fill("noi_dung", "Ổ gà sâu trước cổng trường, xe máy ngã hôm qua, đường Lương Ngọc Quyến")
        .await;
    let photo = sideways().display().to_string();
    phone.one("input[type='file']").await.send_keys(photo).await.unwrap();
    phone.choose_named("xa", "Phan Đình Phùng").await;
    phone.picture("pothole-2-form").await;
    // Nobody writes a report within two seconds; the house knows that.
    tokio::time::sleep(std::time::Duration::from_millis(2500)).await;
    phone.press_button("Gửi phản ánh").await;
    if !phone.here().await.contains("khoa=") {
        phone.picture("pothole-2-similar").await;
        phone.press_button("Gửi phản ánh").await;
    }
    phone.says("Đã nhận phản ánh").await;
    phone.picture("pothole-3-sent").await;
    let here = phone.here().await;
    here.split_once("//")
        .and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()))
        .unwrap()
}

/// At the province's desk of reports, by the table of who answers for what.
async fn route(desk: &Browser, code: &str) {
    desk.sign_in("nhay").await;
    desk.go(&format!("/xu-ly-phan-anh/{code}")).await;
    desk.says("Theo bảng chuyển").await;
    desk.picture("pothole-4-sort").await;
    desk.press_button("Tiếp nhận, chuyển").await;
    desk.says("Đã tiếp nhận và chuyển").await;
}

async fn answer(desk: &Browser, code: &str) {
    desk.sign_in("vyductoan").await;
    desk.go(&format!("/xu-ly-phan-anh/{code}")).await;
    desk.fill("tra_loi", "Đã vá ổ gà sáng nay bằng bê tông nhựa, nghiệm thu lúc 10 giờ.").await;
    desk.picture("pothole-5-answer").await;
    desk.press_button("Trình duyệt").await;
    desk.says("Đã trình duyệt câu trả lời").await;
    desk.sign_in("cuong").await;
    desk.go(&format!("/xu-ly-phan-anh/{code}")).await;
    desk.press_button("Duyệt, gửi người phản ánh").await;
    desk.says("Đã duyệt").await;
}

async fn publish(desk: &Browser, code: &str) {
    desk.sign_in("nhay").await;
    desk.go(&format!("/xu-ly-phan-anh/{code}")).await;
    desk.press_button("Công khai").await;
    desk.says("Đã công khai câu trả lời").await;
}

/// She reads the answer by her key, everybody without one.
async fn read(phone: &Browser, own: &str, code: &str) {
    phone.go(own).await;
    phone.says("Đã vá ổ gà sáng nay").await;
    phone.picture("pothole-6-answered").await;
    phone.window.delete_all_cookies().await.unwrap();
    phone.go(&format!("/phan-anh/{code}")).await;
    phone.says("Đã vá ổ gà sáng nay").await;
    phone.go("/phan-anh").await;
    phone.says("Ổ gà sâu trước cổng trường").await;
    phone.picture("pothole-7-published").await;
}
