//! Sample pages made of the parts. All persons and dossiers are invented.

use maud::{Markup, html};
use web::{
    Icon, PageContext, Words,
    components::{
        board::{Board, BoardCall, board},
        bulk::BulkAction,
        can::{Can, Weight, can},
        cases::{self, CaseGroup, CaseList, CaseRow},
        clock::{self, ClockState, ClockView, Finish},
        confirm::{Confirm, confirm},
        crumbs::crumbs,
        documents::{Filed, Needed, checklist, filed},
        drop::{Drop, Sent, drop},
        empty::empty,
        errors,
        fields::{self, Choice, Field},
        filter::{self, FilterBar, FilterSelect},
        flash::{Flash, flash},
        held::{self, HeldKind, HeldPart},
        keys,
        known::{Known, known, proof},
        kv::kv,
        links::{self, Way},
        note::{self, Tone},
        pager::pager,
        paper::{Given, Paper, paper},
        question,
        section::{self, Reached},
        seg::{self, Segment},
        steps::{self, StepState, StepView},
        table::{Column, Row, Sorted, Table, table},
        tag,
        tile::{Figure, Grade, Judgement, TileView, tiles},
        timeline::{Happening, HappeningKind, timeline},
        todo::{Todo, todos},
    },
    form::{DateText, Faults},
    icon,
    page::{
        Address, NavGroup, NavItem, OtherRole, PlaceName, UserBadge, citizen, csrf_field, desk,
        desk_with,
    },
};

/// The pages there are.
pub(crate) const PAGES: [&str; 8] =
    ["counter", "my-work", "dossier", "head", "parts", "citizen-home", "tracking", "citizen-form"];

/// One of them.
pub(crate) fn page(ctx: PageContext, name: &str) -> Option<Markup> {
    Some(match name {
        "counter" => counter(&ctx),
        "my-work" => my_work(ctx),
        "dossier" => dossier(&ctx),
        "head" => head(&ctx),
        "parts" => {
            let parts = parts(&ctx);
            desk(
                &ctx,
                "Các phần",
                html! {
                    h1 { "Các phần" }
                    div.stack { @for (name, part) in parts { section.stack { h2 { (name) } (part) } } }
                },
            )
        }
        "citizen-home" => citizen_home(&ctx),
        "tracking" => tracking(&ctx),
        "citizen-form" => citizen_form(&ctx),
        _ => return None,
    })
}

/// Whose house this is.
pub(crate) fn place() -> PlaceName {
    PlaceName {
        name: "Tỉnh Thái Nguyên".into(),
        unit: "Một cửa phường Phan Đình Phùng".into(),
        home: "/".into(),
    }
}

/// A context with everything in it.
pub(crate) fn context(mut ctx: PageContext) -> PageContext {
    ctx.csrf = "7f3a09".into();
    ctx.place = place();
    ctx.search = Some("/search".into());
    ctx.help_line = Some("1022".into());
    ctx.user = Some(UserBadge {
        name: "Nông Thị Hiền".into(),
        initials: "NH".into(),
        post: "Công chức tiếp nhận, quầy 3".into(),
        agency: "phường Phan Đình Phùng".into(),
        address: Address::Ba,
        other_roles: vec![OtherRole {
            value: "d-17".into(),
            label: "Thay bà Trần Thu Hà, ủy quyền đến 27/11/2026".into(),
        }],
        session_path: "/session".into(),
    });
    ctx.nav = vec![
        NavGroup {
            title: None,
            items: vec![
                NavItem::new(Icon::Home, "Tổng quan", "/overview"),
                NavItem::new(Icon::Work, "Việc của tôi", "/my-work").count(38),
                NavItem::new(Icon::Desk, "Tiếp nhận tại quầy", "/counter"),
                NavItem::new(Icon::Inbox, "Hồ sơ trực tuyến", "/online").count(6),
                NavItem::new(Icon::Done, "Trả kết quả", "/results").count(11),
            ],
        },
        NavGroup {
            title: Some("Tra cứu".into()),
            items: vec![
                NavItem::new(Icon::Folder, "Sổ theo dõi hồ sơ", "/register"),
                NavItem::new(Icon::File, "Thủ tục, quy trình", "/procedures"),
                NavItem::new(Icon::Users, "Công dân, tổ chức", "/parties"),
            ],
        },
        NavGroup {
            title: Some("Kết quả".into()),
            items: vec![
                NavItem::new(Icon::Chart, "Số liệu đơn vị", "/figures"),
                NavItem::new(Icon::Talk, "Phản ánh", "/feedback").count(3),
            ],
        },
    ];
    ctx.tabs = vec![
        NavItem::new(Icon::Work, "Việc của tôi", "/my-work"),
        NavItem::new(Icon::Desk, "Tiếp nhận", "/counter"),
        NavItem::new(Icon::Folder, "Tra cứu", "/register"),
        NavItem::new(Icon::More, "Thêm", "/more"),
    ];
    ctx
}

fn counter(ctx: &PageContext) -> Markup {
    let words = &ctx.words;
    let heading = html! {
        div.top {
            h1 { "Tiếp nhận hồ sơ" }
            dl.queue {
                div { dt { "Đang gọi" } dd.num1.num { "A047" } }
                div { dt { "Đang chờ" } dd.num { "50 người" } }
                div { dt { "Chờ lâu nhất" } dd.num { "21 phút" } }
            }
            span.row.push {
                button.btn.sm { "Vắng mặt" }
                button.btn data-key="F9" { "Gọi số tiếp " kbd { "F9" } }
            }
        }
    };
    let main = html! {
        div.cols {
            form.stack #f method="post" action="/counter" data-draft="counter" {
                (csrf_field(ctx))
                (section::numbered(1, "Thủ tục", &Reached::Done("đã chọn".into()), html! {
                    div.proc {
                        p { b { "Đăng ký khai sinh" } " " (tag::code("1.001193")) br;
                            span.muted { "Hộ tịch, cấp xã. Trong ngày; nhận sau 15:00 thì trả ngày làm việc tiếp theo. Lệ phí: không thu." } }
                        button.btn.sm name="do" value="change" { "Đổi thủ tục" }
                    }
                    div.gap { (note::note(Tone::Plain, html! {
                        "Làm cùng lúc được với thường trú và thẻ bảo hiểm y tế, người dân khỏi đi thêm hai nơi. "
                        a href="#" { "Chuyển sang liên thông (2.000986)" }
                    })) }
                }))
                (section::numbered(2, "Người nộp", &Reached::Proven("đã đối chiếu dân cư 09:12".into()), html! {
                    div.grid.g3 {
                        (fields::text(words, &Field::new("id", "Số định danh cá nhân").readonly(), "019 ••• ••• 821"))
                        (fields::text(words, &Field::new("name", "Họ và tên").readonly(), "Hoàng Thị Mai Sương"))
                        (fields::text(words, &Field::new("born", "Ngày sinh").readonly(), "03/08/1997"))
                        (fields::select(words, &Field::new("relation", "Quan hệ với trẻ"), &[Choice::new("m", "Mẹ"), Choice::new("f", "Cha")], "m"))
                        (fields::input(words, &Field::new("phone", "Điện thoại nhận tin"), "tel", "0912 ••• 604"))
                        (fields::select(words, &Field::new("result", "Nhận kết quả"), &[Choice::new("b", "Bản điện tử và tại quầy")], "b"))
                    }
                }))
                (section::numbered(3, "Nội dung khai sinh", &Reached::Proven("9 trong 12 mục điền sẵn".into()), html! {
                    div.grid.g4 {
                        (fields::text(words, &Field::new("child", "Họ, chữ đệm, tên trẻ").width(5), "Lường Hoàng Minh An"))
                        (fields::text(words, &Field::new("birth", "Ngày sinh").width(3).source("Giấy chứng sinh"), "14/11/2026"))
                        (fields::text(words, &Field::new("sex", "Giới tính").width(2).readonly(), "Nữ"))
                        (fields::text(words, &Field::new("ethnic", "Dân tộc").width(2), "Tày"))
                        (fields::text(words, &Field::new("place", "Nơi sinh").width(6).source("Giấy chứng sinh"), "Bệnh viện Trung ương Thái Nguyên"))
                        (fields::text(words, &Field::new("home", "Quê quán").width(6), "Xã Ba Bể"))
                        (fields::text(words, &Field::new("father", "Cha").width(6).source("Đăng ký kết hôn"), "Lường Văn Tú"))
                        (fields::text(words, &Field::new("mother", "Mẹ").width(6).source("Người nộp"), "Hoàng Thị Mai Sương"))
                    }
                }))
                (section::numbered(4, "Thành phần hồ sơ", &Reached::Done("đủ 4 trên 4".into()), html! {
                    (checklist(words, &needed()))
                    (drop(words, &the_drop()))
                }))
            }
            (paper(words, &preview(), html! {
                button.btn.go.wide form="f" data-key="Ctrl Enter" { "Tiếp nhận, in giấy hẹn " kbd { "Ctrl Enter" } }
                div.pair {
                    button.btn form="f" name="do" value="supplement" { "Yêu cầu bổ sung" }
                    button.btn.bad form="f" name="do" value="decline" { "Từ chối nhận" }
                }
                p.muted.small data-saved { "Bản nháp tự lưu lúc 09:14." }
            }))
        }
        (note::call(Tone::Soon, html! { b { "6 hồ sơ trực tuyến chờ tiếp nhận." } " Hồ sơ gấp nhất còn 40 phút trong hạn 8 giờ làm việc." }, Some(("Mở danh sách", "/online"))))
    };
    desk_with(ctx, "Tiếp nhận hồ sơ", heading, main)
}

fn my_work(mut ctx: PageContext) -> Markup {
    ctx.flash = Some(Flash::done("Đã trình ký hồ sơ …-0009 cho bà Trần Thu Hà.").undo("/undo/9"));
    let heading = html! {
        div.row.head {
            h1 { "Việc của tôi" }
            span.muted { "38 hồ sơ, xếp theo thời gian còn lại" }
            span.row.push.noprint { a.btn.sm href="#" { "Xuất XLSX" } a.btn.sm href="#" { "In sổ" } }
        }
    };
    let main = html! {
        (seg::nav(&ctx.words, "Nhóm việc", &segments()))
        (filter::bar(&ctx, &filters()))
        (cases::list(&ctx, &case_list()))
        (keys::keys(&ctx.words))
        (pager(&ctx.words, None, Some("?after=x")))
    };
    desk_with(&ctx, "Việc của tôi", heading, main)
}

fn dossier(ctx: &PageContext) -> Markup {
    let words = &ctx.words;
    let soon = ClockView::new(ClockState::Soon, 14 * 60);
    desk(
        ctx,
        "Hồ sơ H55.62-261102-0016",
        html! {
            (crumbs(words, &[("Việc của tôi", "/my-work")], "H55.62-261102-0016"))
            div.hd {
                div {
                    h1 { "Cấp giấy phép xây dựng nhà ở riêng lẻ" }
                    p.muted { "Ông " b { "Lường Văn Tú" } ", tổ 7, phường Phan Đình Phùng " (tag::code("1.013225")) }
                }
                (clock::chip(words, &soon))
            }
            div.cols {
                aside.stack {
                    (section::card("due", "Thời hạn", html! {
                        (clock::large(words, &soon))
                        p { "Hẹn trả " b.num { "16:30, 25/11/2026" } ". Mai 24/11 nghỉ lễ, không tính. Riêng bước thẩm định còn 5 giờ." }
                    }))
                    (section::card("next", "Làm gì tiếp", html! { form method="post" action="#" { (csrf_field(ctx)) (can(&actions())) } }))
                    (section::card("party", "Người nộp", html! {
                        (kv(&[("Số định danh", "019 ••• ••• 377"), ("Điện thoại", "0978 ••• 215"), ("Nhận kết quả", "Bản điện tử"), ("Kênh nộp", "Tại quầy")]))
                        p.small.muted.gap { "Mỗi lần mở số đầy đủ, ông Tú thấy tên người mở và lý do." }
                    }))
                }
                div.stack {
                    (section::card("steps", "Đang ở bước 3 trên 5", html! { (steps::steps(words, &desk_steps())) (held::bar(words, &held_parts())) }))
                    (section::card_with("line", "Diễn biến", tag::proven("11 việc, nhật ký khớp"), timeline(&happenings())))
                    (section::card("papers", "Giấy tờ", filed(words, &filed_papers())))
                }
            }
        },
    )
}

fn head(ctx: &PageContext) -> Markup {
    let words = &ctx.words;
    desk(
        ctx,
        "Trang người đứng đầu",
        html! {
            div.row { h1 { "Kết quả tôi chịu trách nhiệm" } span.row.push.noprint { a.btn.sm href="#" { (icon(Icon::Print)) "In thư tháng 11" } } }
            p.muted { "Thứ Hai, 23/11/2026, 09:14" }
            p.lead { (web::i18n::rich("Tháng này phường trả đúng hạn **96,8%** (1.204 trên 1.244 hồ sơ), hơn quý trước 2,7 điểm. Đang quá hạn **2 hồ sơ**; nếu không làm gì, đến thứ Sáu thêm **5 hồ sơ**. Có **4 việc** chờ bà quyết.")) }
            (tiles(words, "Số chính", &tile_views()))
            div.two {
                (section::card("decide", "Chờ bà quyết, 4 việc", todos(words, &todo_list())))
                (section::card("late", "Tuần này có thể trễ, 5 hồ sơ", todos(words, &may_be_late())))
            }
        },
    )
}

fn citizen_home(ctx: &PageContext) -> Markup {
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

fn tracking(ctx: &PageContext) -> Markup {
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

fn citizen_form(ctx: &PageContext) -> Markup {
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

/// Every part in every state.
pub(crate) fn parts(ctx: &PageContext) -> Vec<(&'static str, Markup)> {
    let words = &ctx.words;
    vec![
        (
            "clock",
            html! { div.row { @for view in clocks() { (clock::chip(words, &view)) } } @for view in clocks() { (clock::large(words, &view)) } },
        ),
        ("cases", cases::list(ctx, &case_list())),
        ("cases-plain", cases::list(ctx, &CaseList { bulk_path: None, ..case_list() })),
        ("timeline", timeline(&happenings())),
        ("steps", steps::steps(words, &desk_steps())),
        ("path", steps::path(words, &citizen_steps())),
        ("held", held::bar(words, &held_parts())),
        ("tiles", tiles(words, "Số chính", &tile_views())),
        ("table", table(&the_table())),
        ("board", board(&the_board())),
        ("board-empty", board(&Board { called: Vec::new(), next: Vec::new(), ..the_board() })),
        ("filter", filter::bar(ctx, &filters())),
        ("seg", seg::nav(words, "Nhóm việc", &segments())),
        (
            "flash",
            html! {
                (flash(ctx, &Flash::done("Đã tiếp nhận hồ sơ.").undo("/undo/1")))
                (flash(ctx, &Flash::notice("Đã lưu, nhưng chưa gửi được tin nhắn.")))
                (flash(ctx, &Flash::failed("Chưa trình ký được: thiếu chữ ký tờ khai.")))
            },
        ),
        (
            "confirm",
            confirm(
                ctx,
                &the_confirm(),
                fields::radios(words, &Field::new("reason", "Lý do"), &reasons(), "b"),
            ),
        ),
        ("errors", errors::summary(words, &faults())),
        ("fields", the_fields(words)),
        (
            "known",
            html! { (known(words, &known_values(), "/wrong", false)) (proof("Giấy hẹn này là thật", html! { p { "Dòng 1.204.771" } })) },
        ),
        (
            "drop",
            drop(
                words,
                &Drop {
                    fault: Some("Tệp này lớn hơn 20 MB. Chọn tệp nhỏ hơn.".into()),
                    ..the_drop()
                },
            ),
        ),
        ("checklist", checklist(words, &needed())),
        ("filed", filed(words, &filed_papers())),
        (
            "paper",
            paper(
                words,
                &Paper { given: Some(given()), ..preview() },
                html! { a.btn.go.wide href="#" { "In giấy hẹn" } },
            ),
        ),
        ("can", can(&actions())),
        ("kv", kv(&[("Lệ phí", "Không thu"), ("Số bộ", "1")])),
        ("empty", empty("Không có hồ sơ quá hạn.", Some(("Xem hồ sơ tuần này", "/week")))),
        ("pager", pager(words, Some("?before=a"), Some("?after=b"))),
        (
            "notes",
            html! { div.stack {
                @for tone in [Tone::Plain, Tone::Soon, Tone::Late] {
                    (note::note(tone, html! { p { "Mai 24/11 nghỉ lễ, không tính." } }))
                    (note::call(tone, html! { b { "6 hồ sơ" } " chờ tiếp nhận." }, Some(("Mở", "/online"))))
                }
            } },
        ),
        ("crumbs", crumbs(words, &[("Việc của tôi", "/my-work")], "H55.62-261102-0016")),
        (
            "tags",
            html! { (tag::tag("trực tuyến")) (tag::code("1.001193")) (tag::proven("nhật ký khớp")) },
        ),
        ("keys", keys::keys(words)),
        (
            "question",
            html! { (question::progress(words, "Đăng ký khai sinh", 3, 8, Some("/2"))) (question::go_on(words)) (question::saved("Đã lưu lúc 09:14.")) },
        ),
        (
            "section",
            html! { div.stack {
                (section::numbered(1, "Thủ tục", &Reached::Open, html! { "…" }))
                (section::numbered(2, "Giấy tờ", &Reached::Missing("thiếu 1 giấy tờ".into()), html! { "…" }))
            } },
        ),
        ("todo", todos(words, &todo_list())),
        ("life", links::life(&life())),
        ("errands", links::list(&errands())),
    ]
}

fn clocks() -> Vec<ClockView> {
    vec![
        ClockView::new(ClockState::Ok, 376),
        ClockView::new(ClockState::Soon, 126),
        ClockView::new(ClockState::Late, -541),
        ClockView::noted(ClockState::Hold, "từ 20/11"),
        ClockView::new(ClockState::Done(Finish::Early), 960),
        ClockView { state: ClockState::Done(Finish::OnTime), ..ClockView::default() },
        ClockView::new(ClockState::Done(Finish::Late), 240),
    ]
}

fn the_fields(words: &Words) -> Markup {
    html! {
        div.grid.g4 {
            (fields::text(words, &Field::new("a", "Họ và tên").width(6).hint("Như trên thẻ căn cước"), "Hoàng Thị Mai Sương"))
            (fields::text(words, &Field::new("b", "Quê quán").width(6).fault(Some("Chưa có quê quán. Viết tên xã và tỉnh.")), ""))
            (fields::citizen_id(words, &Field::new("c", "").width(4), "019197000821"))
            (fields::date(words, &Field::new("d", "Ngày sinh").width(4), "14/11/2026"))
            (fields::select(words, &Field::new("e", "Dân tộc").width(4).optional(), &reasons(), ""))
            (fields::textarea(words, &Field::new("g", "Lý do").width(12), "Bản vẽ không đủ nội dung"))
            (fields::text(words, &Field::new("h", "Cha").width(6).source("Đăng ký kết hôn"), "Lường Văn Tú"))
            (fields::input(words, &Field::new("i", "Tìm thủ tục").width(6).live("/procedures/list", "found"), "search", ""))
        }
        (fields::date_boxes(words, &Field::new("j", "Ngày cấp"), &DateText::default()))
        (fields::radios(words, &Field::new("k", "Lý do").fault(Some("Chọn một lý do.")), &reasons(), ""))
        (fields::checkboxes(words, &Field::new("l", "Nhận tin qua"), &reasons(), &["b"]))
        (fields::checkbox(&Field::new("m", "Tôi đã đọc và đồng ý").hint("Ghi lại lúc bấm"), true))
        div #found {}
    }
}

fn reasons() -> Vec<Choice> {
    vec![
        Choice {
            value: "a".into(),
            label: "Không thuộc thẩm quyền".into(),
            note: "Nêu nơi có thẩm quyền".into(),
        },
        Choice::new("b", "Chưa đủ giấy tờ"),
    ]
}

fn faults() -> Faults {
    let mut faults = Faults::default();
    faults.add("birth", "Tháng 11 năm 2026 chỉ có 30 ngày. Xem lại ngày rồi nhập lại.");
    faults.add("home", "Chưa có quê quán. Viết tên xã và tỉnh.");
    faults
}

fn the_confirm() -> Confirm {
    Confirm {
        question: "Từ chối nhận hồ sơ của bà Bàn Thị Liên?".into(),
        consequences: vec![
            "Bà Liên nhận phiếu từ chối (mẫu 03) kèm lý do.".into(),
            "Không hoàn tác được.".into(),
        ],
        action: "/decline".into(),
        verb: "Từ chối nhận".into(),
        harsh: true,
        back: "/counter".into(),
        kept: vec![("case".into(), "31".into())],
    }
}

fn needed() -> Vec<Needed> {
    let needed = |name: &str, title: &str, source: &str, hash: Option<&str>| Needed {
        name: name.into(),
        title: title.into(),
        source: source.into(),
        hash: hash.map(|ends| format!("{}{}{}", &ends[..4], "0".repeat(56), &ends[4..])),
        here: true,
    };
    vec![
        needed("p1", "Giấy chứng sinh", "Có sẵn: bản điện tử do bệnh viện ký số", Some("9f2c7ab1")),
        needed(
            "p2",
            "Giấy chứng nhận kết hôn của cha, mẹ",
            "Có sẵn: Cơ sở dữ liệu hộ tịch",
            Some("51d0e83c"),
        ),
        needed(
            "p3",
            "Tờ khai đăng ký khai sinh",
            "Lập từ mục 3; người nộp đã ký trên bảng ký",
            Some("c47e0b95"),
        ),
        needed(
            "p4",
            "Giấy tờ tùy thân của người nộp",
            "Xuất trình; đã đối chiếu, không giữ bản sao",
            None,
        ),
    ]
}

fn the_drop() -> Drop {
    Drop {
        name: "files".into(),
        kinds: "PDF, ảnh".into(),
        accept: "application/pdf,image/*".into(),
        bytes_max: 20_000_000,
        several: true,
        scan: Some(("Quét giấy".into(), "F7")),
        sent: vec![Sent {
            name: "mat-bang-v2.pdf".into(),
            bytes: 4_812_345,
            hash: format!("b802{}4d1e", "0".repeat(56)),
        }],
        fault: None,
    }
}

fn preview() -> Paper {
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    Paper {
        title: "Giấy hẹn trả kết quả".into(),
        due: "16:30 hôm nay".into(),
        day: "Thứ Hai, 23/11/2026".into(),
        clock: Some(ClockView::new(ClockState::Ok, 376)),
        why:
            "Nhận lúc 09:14, trước 15:00 nên trả trong ngày. Mai 24/11 nghỉ Ngày Văn hóa Việt Nam."
                .into(),
        facts: vec![
            pair("Lệ phí", "Không thu"),
            pair("Số bộ", "1"),
            pair("Nơi quyết định", "UBND phường"),
        ],
        hands: vec![
            pair("Nông Thị Hiền, tiếp nhận", "30 phút"),
            pair("Ma Văn Khánh, hộ tịch", "4 giờ"),
            pair("Phó chủ tịch, ký", "2 giờ"),
            pair("Quầy trả kết quả", "30 phút"),
        ],
        given: None,
    }
}

fn given() -> Given {
    let qr = html! { svg viewBox="0 0 21 21" role="img" aria-label="Mã QR" { path d="M0 0h7v7H0zM14 0h7v7h-7zM0 14h7v7H0zM9 9h3v3H9z" {} } };
    Given { code: "H55.62-261123-0047".into(), secret: Some("K7QM".into()), qr: Some(qr) }
}

fn segments() -> Vec<Segment> {
    let segment = |icon, label: &str, count| Segment {
        icon,
        label: label.into(),
        count: Some(count),
        href: "#".into(),
        current: false,
    };
    vec![
        Segment { current: true, ..segment(None, "Tất cả", 38) },
        segment(Some(Icon::Late), "Quá hạn", 2),
        segment(Some(Icon::Soon), "Hôm nay", 7),
        segment(Some(Icon::Ok), "Tuần này", 18),
        segment(Some(Icon::Hold), "Tạm dừng", 4),
        segment(None, "Chờ người khác", 7),
    ]
}

fn filters() -> FilterBar {
    let select = |name: &str, label: &str, all: &str| FilterSelect {
        name: name.into(),
        label: label.into(),
        choices: vec![Choice::new("", all)],
        chosen: String::new(),
    };
    FilterBar {
        action: "/my-work".into(),
        search: Some((
            "Tìm trong danh sách".into(),
            "Họ tên hoặc mã, có dấu hay không dấu".into(),
            String::new(),
        )),
        selects: vec![
            select("procedure", "Thủ tục", "Mọi thủ tục (14)"),
            select("channel", "Kênh nộp", "Mọi kênh"),
        ],
        kept: vec![("group".into(), "all".into())],
        density: Some((false, "?".into(), "?density=compact".into())),
        clear: None,
        live: Some(("/my-work/list".into(), "list".into())),
    }
}

fn case_list() -> CaseList {
    let row = |id: &str,
               clock,
               title: &str,
               who: &str,
               channel: &str,
               promised: &str,
               step: &str,
               since: &str,
               act: &str| CaseRow {
        id: id.into(),
        code: format!("H55.62-{id}"),
        href: format!("/cases/H55.62-{id}"),
        title: title.into(),
        facts: vec![who.into(), channel.into()],
        clock,
        promised: promised.into(),
        step: step.into(),
        since: format!("giữ từ {since}"),
        act: Some((act.into(), format!("/cases/H55.62-{id}/act"))),
        can: vec!["sign".into(), "hand-over".into()],
        ..CaseRow::default()
    };
    let ticked = |row: CaseRow| CaseRow { ticked: true, ..row };
    use ClockState::{Hold, Late, Ok, Soon};
    let overdue = vec![
        ticked(row(
            "261117-0031",
            ClockView::new(Late, 541),
            "Cải chính hộ tịch",
            "Bàn Thị Liên",
            "tại quầy",
            "19/11, 16:30",
            "Trình ký",
            "18/11",
            "Trình ký",
        )),
        row(
            "261117-0019",
            ClockView::new(Late, 240),
            "Xác nhận tình trạng hôn nhân",
            "Dương Quang Hải",
            "trực tuyến",
            "20/11, 14:00",
            "Thẩm tra",
            "19/11",
            "Ghi kết quả",
        ),
    ];
    let today = vec![
        ticked(CaseRow {
            can: vec!["hand-over".into()],
            why_not: Some("thiếu chữ ký tờ khai".into()),
            ..row(
                "261120-0012",
                ClockView::new(Soon, 76),
                "Đăng ký kết hôn",
                "Triệu Mùi Pham và Hà Văn Sơn",
                "tại quầy",
                "hôm nay 10:30",
                "Trình ký",
                "20/11",
                "Trình ký",
            )
        }),
        CaseRow {
            tags: vec!["nhận hộ xã Võ Nhai".into()],
            ..row(
                "261123-0011",
                ClockView::new(Soon, 226),
                "Cấp bản sao trích lục hộ tịch",
                "Lý Thị Xuân",
                "trực tuyến",
                "hôm nay 14:00",
                "In, ký số",
                "08:20",
                "Trình ký",
            )
        },
        row(
            "261123-0047",
            ClockView::new(Ok, 376),
            "Đăng ký khai sinh",
            "Hoàng Thị Mai Sương",
            "tại quầy",
            "hôm nay 16:30",
            "Thẩm tra",
            "09:15",
            "Ghi kết quả",
        ),
    ];
    let paused = vec![row(
        "261116-0002",
        ClockView::noted(Hold, "từ 20/11"),
        "Đăng ký khai sinh có yếu tố nước ngoài",
        "Lâm Thục Quyên",
        "trực tuyến",
        "khi có bổ sung",
        "Chờ công dân",
        "20/11",
        "Nhắc lại",
    )];
    let group =
        |title: &str, note: &str, rows| CaseGroup { title: title.into(), note: note.into(), rows };
    let action = |name: &str, label: &str, main| BulkAction {
        name: name.into(),
        label: label.into(),
        label_counted: if main { format!("{label} # hồ sơ") } else { label.to_owned() },
        rest_counted: if main {
            "# hồ sơ chưa trình được".to_owned()
        } else {
            String::new()
        },
        main,
        apart: false,
    };
    CaseList {
        caption: "Hồ sơ tôi đang giữ".into(),
        groups: vec![
            group("Quá hạn", "2 hồ sơ", overdue),
            group("Hôm nay", "3 hồ sơ", today),
            group("Tuần này", "không có", Vec::new()),
            group("Tạm dừng", "1 hồ sơ, đồng hồ không chạy", paused),
        ],
        bulk_path: Some("/my-work/bulk".into()),
        bulk: vec![
            action("sign", "Trình ký", true),
            action("hand-over", "Chuyển người giữ", false),
            action("print", "In phiếu kiểm soát", false),
        ],
        newest_first: false,
    }
}

fn the_table() -> Table {
    let cells = |a: &str, b: &str, c: &str, d: &str| {
        Row::Cells(vec![
            html! { a.a href="#" { (a) } },
            html! { (b) },
            html! { (c) },
            html! { (d) },
        ])
    };
    Table {
        caption: "Kết quả theo đơn vị, tháng 11".into(),
        caption_shown: true,
        columns: vec![
            Column::text("Đơn vị").sort("?sort=name", None),
            Column::figures("Đã trả").sort("?sort=done", None),
            Column::figures("Đúng hạn").sort("?sort=-share", Some(Sorted::Ascending)),
            Column::text("Người đứng đầu").dispensable(),
        ],
        rows: vec![
            Row::Group("Cấp xã".into(), "2 đơn vị".into()),
            cells("Phường Phan Đình Phùng", "1.244", "96,8%", "Hoàng Thị Lan Anh"),
            cells("Phường Phổ Yên", "2.019", "91,3%", "Vi Văn Thắng"),
            Row::Group("Cấp tỉnh".into(), String::new()),
            cells("Sở Xây dựng", "512", "88,2%", "Vũ Đức Long"),
        ],
    }
}

fn actions() -> Vec<Can> {
    let button = |label: &str, value: &str, weight, key| Can::Button {
        label: label.into(),
        value: value.into(),
        weight,
        key,
    };
    vec![
        button("Đạt, trình ký", "sign", Weight::Main, Some("Ctrl Enter")),
        button("Trả lại bước trước", "return", Weight::Plain, None),
        Can::Link { label: "Xin lỗi và xin gia hạn (mẫu 04)".into(), href: "#".into(), weight: Weight::Plain },
        Can::Note("Gia hạn phải xin trước 16:30 ngày 25/11, một lần duy nhất.".into()),
        Can::Refused {
            label: "Yêu cầu bổ sung lần hai: chưa được".into(),
            why: "Đã dùng một lần ngày 17/11. Lần hai cần chủ tịch phường duyệt và hồ sơ bị tính là quá hạn theo Chỉ số 766.".into(),
            way_out: Some(("Xin duyệt kèm lý do".into(), "#".into())),
        },
    ]
}

fn desk_steps() -> Vec<StepView> {
    let step = |name: &str, holder: &str, state| StepView {
        name: name.into(),
        holder: holder.into(),
        state,
        when: String::new(),
    };
    vec![
        step("Tiếp nhận", "Nông Thị Hiền", StepState::Done),
        step("Thực địa", "Đặng Quốc Bảo", StepState::Done),
        step("Thẩm định", "Đặng Quốc Bảo, còn 5 giờ", StepState::Now),
        step("Ký", "Phó chủ tịch, 4 giờ", StepState::ToCome),
        step("Trả kết quả", "Quầy 1", StepState::ToCome),
    ]
}

fn citizen_steps() -> Vec<StepView> {
    let step = |name: &str, when: &str, holder: &str, state| StepView {
        name: name.into(),
        holder: holder.into(),
        state,
        when: when.into(),
    };
    vec![
        step("Tiếp nhận", "16/11, 08:50", "Quầy 3, phường Phan Đình Phùng", StepState::Done),
        step(
            "Kiểm tra giấy tờ",
            "16/11 đến 18/11",
            "Đủ giấy tờ, không phải bổ sung",
            StepState::Done,
        ),
        step(
            "Đo, kiểm tra tại đất",
            "từ 18/11",
            "Ông Đặng Quốc Bảo đang giữ; hẹn đến nhà sáng thứ Tư 25/11",
            StepState::Now,
        ),
        step("Ký", "dự kiến 02/12", "Phó chủ tịch phường", StepState::ToCome),
        step(
            "Trả kết quả",
            "muộn nhất 07/12",
            "Bản điện tử gửi vào kho giấy tờ của ông",
            StepState::ToCome,
        ),
    ]
}

fn held_parts() -> Vec<HeldPart> {
    let part = |who: &str, minutes, kind| HeldPart { who: who.into(), minutes, kind };
    vec![
        part("Nông Thị Hiền, tiếp nhận", 70, HeldKind::Held),
        part("Đặng Quốc Bảo, thực địa và thẩm định", 5570, HeldKind::Held),
        part("Tạm dừng chờ bổ sung, không tính", 1440, HeldKind::Paused),
        part("Đặng Quốc Bảo, thực địa và thẩm định", 120, HeldKind::Held),
        part("Còn lại đến hẹn", 856, HeldKind::Left),
    ]
}

fn happenings() -> Vec<Happening> {
    let it = |icon, kind, what: &str, who: &str, when: &str, then: &str| Happening {
        icon,
        kind,
        what: what.into(),
        who: who.into(),
        when: when.into(),
        consequence: html! { (then) },
    };
    use HappeningKind::{Current, Past, Pause};
    vec![
        it(
            Icon::Pen,
            Current,
            "Đang thẩm định lại, sau khi nhận bổ sung",
            "Đặng Quốc Bảo, Phòng Kinh tế, Hạ tầng và Đô thị",
            "từ 20/11, 16:05",
            "Đã giữ 2 giờ trong 7 giờ của bước này; bước hết hạn 15:14 hôm nay.",
        ),
        it(
            Icon::Inbox,
            Past,
            "Nhận bổ sung: bản vẽ mặt bằng có kích thước",
            "Công dân nộp trực tuyến",
            "20/11, 16:05",
            "Đồng hồ chạy tiếp, hẹn trả lùi 3 ngày: 25/11/2026.",
        ),
        it(
            Icon::Hold,
            Pause,
            "Yêu cầu bổ sung lần 1 (mẫu 02): bản vẽ thiếu kích thước",
            "Đặng Quốc Bảo",
            "17/11, 15:40",
            "Đồng hồ dừng. Lý do chọn từ danh mục: “Bản vẽ không đủ nội dung”.",
        ),
        it(
            Icon::Warn,
            Past,
            "Kiểm tra thực địa: đạt",
            "Đặng Quốc Bảo và cán bộ địa bàn",
            "16/11, 09:00",
            "Ghi nhận muộn 2 giờ 10 phút so với lúc diễn ra. Cả hai mốc đều được giữ.",
        ),
        it(
            Icon::Done,
            Past,
            "Tiếp nhận tại quầy, in giấy hẹn",
            "Nông Thị Hiền, quầy 3",
            "02/11, 08:50",
            "Hẹn trả lần đầu 22/11/2026.",
        ),
    ]
}

fn filed_papers() -> Vec<Filed> {
    let paper = |title: &str, note: &str, kind: &str, ends: &str| Filed {
        title: title.into(),
        href: Some("#".into()),
        note: note.into(),
        kind: kind.into(),
        hash: (!ends.is_empty()).then(|| format!("{}{}{}", &ends[..4], "0".repeat(56), &ends[4..])),
    };
    vec![
        paper(
            "Đơn đề nghị cấp phép (mẫu 01)",
            "Công dân ký trên bảng ký",
            "PDF, 112 KB",
            "77aa10fe",
        ),
        paper("Giấy chứng nhận quyền sử dụng đất", "Cơ sở dữ liệu đất đai", "liên kết", ""),
        paper("Bản vẽ thiết kế, bản 2", "Công dân nộp 20/11", "PDF, 4,8 MB", "b8024d1e"),
    ]
}

fn tile_views() -> Vec<TileView> {
    let tile =
        |name: &str, grade, value: &str, judgement, comparison: &str, fresh: &str, opens: &str| {
            TileView {
                name: name.into(),
                grade,
                figure: Figure::Value(value.into(), "%".into()),
                comparison: comparison.into(),
                judgement,
                freshness: fresh.into(),
                opens: Some((opens.into(), "#".into())),
            }
        };
    vec![
        tile(
            "Đúng hạn, tháng 11",
            Grade::A,
            "96,8",
            Judgement::Good,
            "Hơn quý trước 2,7 điểm",
            "09:13 hôm nay",
            "1.244 hồ sơ",
        ),
        tile(
            "Hài lòng",
            Grade::A,
            "97,1",
            Judgement::Bad,
            "Kém quý trước 0,5 điểm",
            "412 phiếu trả lời",
            "Mở phiếu",
        ),
        tile(
            "Kết quả có ký số",
            Grade::B,
            "83,0",
            Judgement::None,
            "Kế hoạch 92",
            "biên bản 20/11",
            "Xem biên bản",
        ),
        TileView {
            figure: Figure::Empty,
            ..tile("Tổ công nghệ số", Grade::C, "", Judgement::None, "", "từ 01/11", "Mở phiếu")
        },
        TileView {
            figure: Figure::Silent("11".into(), "/14".into(), 47),
            ..tile(
                "Trạm quan trắc không khí",
                Grade::B,
                "",
                Judgement::None,
                "",
                "08:27, đã báo ông Long",
                "Xem nguồn",
            )
        },
    ]
}

fn todo_list() -> Vec<Todo> {
    let todo = |what: &str, why: &str, clock, act: &str| Todo {
        what: what.into(),
        why: why.into(),
        clock: Some(clock),
        act: Some((act.into(), "#".into())),
        main: false,
    };
    vec![
        todo(
            "Xin lỗi và gia hạn: Cải chính hộ tịch",
            "Bà Bàn Thị Liên; quá hạn 1 ngày vì chờ xác minh nơi khác",
            ClockView::new(ClockState::Late, 541),
            "Xem, ký",
        ),
        todo(
            "Yêu cầu bổ sung lần hai: Giấy phép xây dựng",
            "Ông Lường Văn Tú; duyệt thì hồ sơ bị tính quá hạn",
            ClockView::new(ClockState::Soon, 840),
            "Xem, quyết",
        ),
        todo(
            "Báo cáo tháng 11 về kiểm soát thủ tục",
            "Đã tự điền 46 trên 48 ô; còn 2 đoạn lời",
            ClockView::new(ClockState::Ok, 960),
            "Xem, ký",
        ),
    ]
}

fn may_be_late() -> Vec<Todo> {
    vec![Todo {
        what: "Bước ký của Phó chủ tịch: 3 hồ sơ".into(),
        why: "Bà Trần Thu Hà đi công tác đến 27/11, chưa bật ủy quyền ký".into(),
        clock: None,
        act: Some(("Ủy quyền 3 hồ sơ".into(), "#".into())),
        main: true,
    }]
}

fn known_values() -> Vec<Known> {
    let known = |label: &str, value: &str, source: &str| Known {
        label: label.into(),
        value: value.into(),
        source: source.into(),
    };
    vec![
        known("Mẹ", "Hoàng Thị Mai Sương", "Cơ sở dữ liệu dân cư"),
        known("Cha", "Lường Văn Tú", "Đăng ký kết hôn 2024"),
        known("Nơi thường trú", "Tổ 7, phường Phan Đình Phùng", "Cơ sở dữ liệu dân cư"),
    ]
}

fn life() -> Vec<Way> {
    let way = |icon, title: &str, note: &str| Way {
        icon,
        title: title.into(),
        note: note.into(),
        href: "#".into(),
    };
    vec![
        way(Icon::Baby, "Có con nhỏ", "khai sinh, bảo hiểm, cư trú"),
        way(Icon::Rings, "Kết hôn", "đăng ký, xác nhận độc thân"),
        way(Icon::Leaf, "Người thân mất", "khai tử, mai táng phí"),
        way(Icon::Land, "Nhà và đất", "sổ đỏ, xây, sửa nhà"),
        way(Icon::Shop, "Mở quán, buôn bán", "hộ kinh doanh, an toàn thực phẩm"),
        way(Icon::Care, "Trợ cấp", "người già, khuyết tật, hộ nghèo"),
    ]
}

fn errands() -> Vec<Way> {
    let way = |icon, title: &str, note: &str| Way {
        icon,
        title: title.into(),
        note: note.into(),
        href: "#".into(),
    };
    vec![
        way(Icon::Search, "Tra cứu hồ sơ", "Mã trên giấy hẹn và 4 ký tự bí mật"),
        way(Icon::Talk, "Phản ánh", "Ổ gà, đèn hỏng, rác, tiếng ồn: có ảnh là đủ"),
        way(Icon::Seal, "Ai đã xem dữ liệu của tôi", "3 lượt trong 30 ngày qua"),
        way(
            Icon::Map,
            "Nơi làm thủ tục gần nhất",
            "Phường Phan Đình Phùng: 50 người chờ, khoảng 35 phút",
        ),
    ]
}

fn the_board() -> Board {
    let call = |number: &str, to: &str| BoardCall { number: number.into(), to: to.into() };
    Board {
        number: "Số".into(),
        to: "Mời đến".into(),
        called: vec![call("A047", "Quầy 1"), call("B012", "Quầy 2")],
        empty: ("Chưa gọi số nào".into(), "Mời lấy số ở máy và ngồi chờ.".into()),
        next_label: "Tiếp theo".into(),
        next: vec!["A048".into(), "A049".into()],
        waiting: "2 người đang chờ".into(),
    }
}
