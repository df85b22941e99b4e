//! Pages of citizens.

use maud::{Markup, html};
use web::{
    Icon, PageContext,
    components::{
        clock::{self, ClockState, ClockView},
        errors,
        fields::{self, Field},
        known::{known, proof},
        links,
        note::{self, Tone},
        question, section, steps,
    },
    form::{DateText, Faults},
    page::{NavItem, UserBadge, citizen, csrf_field},
};

use super::{
    asked::known_values,
    offered::{errands, life},
    told::citizen_steps,
};

pub(super) fn citizen_home(ctx: &PageContext) -> Markup {
    let mut ctx = citizen_context(ctx);
    ctx.place.unit = "Dịch vụ công".into();
    let words = &ctx.words;
    citizen(
        &ctx,
        "Dịch vụ công tỉnh Thái Nguyên",
        html! {
            p.muted.small { "Thứ Hai 23/11/2026, rằm tháng Mười âm lịch" }
            section.ask aria-labelledby="t" {
                h1 #t { "Bà cần làm việc gì?" }
                form role="search" action="/procedures" {
                    label.vh for="q" { "Việc cần làm, nói như thường ngày" }
                    input #q name="q" type="search" placeholder="làm giấy khai sinh";
                    button.btn.go { "Tìm" }
                }
                p.eg { a href="#" { "xin giấy độc thân" } a href="#" { "sao y bằng cấp" } a href="#" { "sang tên xe" } }
            }
            section.card.need aria-labelledby="n" {
                h2 #n { "Một việc đang chờ bà" }
                p { "Hồ sơ " b { "đăng ký thường trú cho bé Minh An" } " thiếu ảnh chụp trang đầu hợp đồng thuê nhà." }
                p { (clock::chip(words, &ClockView::noted(ClockState::Hold, "chờ bà bổ sung đến 27/11"))) }
                a.btn.go href="#" { "Chụp và gửi" }
            }
            h2 { "Chuyện trong đời" }
            (links::life(&life()))
            h2 { "Việc hay dùng" }
            (links::list(&errands()))
            (note::note(Tone::Plain, html! { "Tháng này cả tỉnh trả đúng hạn " b.num { "95,2%" } " hồ sơ: " span.num { "39.391 trên 41.377" } ". " a href="#" { "Xem từng đơn vị và cách tính" } }))
        },
    )
}

fn citizen_context(ctx: &PageContext) -> PageContext {
    let mut ctx = ctx.clone();
    ctx.user = Some(UserBadge {
        name: "Bà Sương".into(),
        session_path: "/me".into(),
        ..UserBadge::default()
    });
    ctx.tabs = vec![
        NavItem::new(Icon::Home, "Trang chủ", "/citizen-home"),
        NavItem::new(Icon::Folder, "Hồ sơ", "/mine"),
        NavItem::new(Icon::Talk, "Phản ánh", "/feedback"),
        NavItem::new(Icon::User, "Tôi", "/me"),
    ];
    ctx
}

pub(super) fn tracking(ctx: &PageContext) -> Markup {
    let mut ctx = ctx.clone();
    ctx.user = None;
    ctx.tabs.clear();
    ctx.place.unit = "Tra cứu hồ sơ".into();
    let words = &ctx.words;
    citizen(
        &ctx,
        "Tra cứu hồ sơ H55.62-261116-0009",
        html! {
            p.muted.num { "Hồ sơ H55.62-261116-0009" }
            section.card.ans aria-labelledby="t" {
                (clock::chip(words, &ClockView::new(ClockState::Ok, 9 * 480)))
                h1 #t { "Giấy phép xây dựng của ông Tú đang được kiểm tra tại đất" }
                p.when.num { "Có kết quả muộn nhất thứ Hai, 07/12/2026" }
                p { "Ông chưa phải làm gì. Ông Bảo sẽ đến đo đất sáng thứ Tư 25/11. Thứ Ba 24/11 nghỉ lễ." }
            }
            (section::card("p", "Hồ sơ đi đến đâu", steps::path(words, &citizen_steps())))
            p.acts { a.btn href="#" { "Báo tin qua điện thoại" } a.btn href="#" { "Hỏi người đang giữ" } }
            (note::note(Tone::Plain, html! { h2 { "Nếu trễ hẹn thì sao?" } p { "Cơ quan phải xin lỗi bằng văn bản và hẹn lại, một lần. Ông được báo trước ngày hẹn. Việc trễ tính vào kết quả của người đứng đầu." } }))
            div.gap { (proof("Giấy hẹn này là thật, chưa ai sửa ngày", html! { p { "Việc tiếp nhận lúc 08:50, 16/11/2026 nằm ở dòng 1.204.771 của nhật ký tỉnh. Dấu kiểm: " code { "c47e 90aa 1d3b … 0b95" } ". " a href="#" { "Tự kiểm" } } })) }
        },
    )
}

pub(super) fn citizen_form(ctx: &PageContext) -> Markup {
    let mut ctx = citizen_context(ctx);
    ctx.tabs.clear();
    ctx.place.unit = "Dịch vụ công".into();
    let words = &ctx.words;
    let typed = DateText { day: "31".into(), month: "11".into(), year: "2026".into() };
    let mut faults = Faults::default();
    faults.take("birth", typed.date(), |fault| fault.say(words));
    let title = errors::title(words, &faults, "Bé sinh ngày nào? Đăng ký khai sinh");
    citizen(
        &ctx,
        &title,
        html! {
            (question::progress(words, "Đăng ký khai sinh", 3, 8, Some("#")))
            (errors::summary(words, &faults))
            form method="post" action="#" novalidate {
                (csrf_field(&ctx))
                (fields::date_boxes(words, &Field::new("birth", "Bé sinh ngày nào?").hint("Xem trên Giấy chứng sinh. Ví dụ: 14 11 2026").heading().fault(faults.of("birth")), &typed))
                (question::go_on(words))
            }
            (question::saved("Đã lưu lúc 09:14. Mất mạng hay đổi máy vẫn làm tiếp được."))
            div.gap { (known(words, &known_values(), "#", true)) }
        },
    )
}
