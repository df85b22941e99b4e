//! Pages of officers.

use maud::{Markup, html};
use web::{
    Icon, PageContext,
    components::{
        can::can,
        cases,
        clock::{self, ClockState, ClockView},
        crumbs::crumbs,
        documents::{checklist, filed},
        drop::drop,
        fields::{self, Choice, Field},
        filter,
        flash::Flash,
        held, keys,
        kv::kv,
        note::{self, Tone},
        pager::pager,
        paper::paper,
        section::{self, Reached},
        seg, steps, tag,
        tile::tiles,
        timeline::timeline,
        todo::todos,
    },
    icon,
    page::{csrf_field, desk, desk_with},
};

use super::{
    asked::{needed, preview, the_drop},
    counted::{may_be_late, tile_views, todo_list},
    listed::{actions, case_list, filters, segments},
    told::{desk_steps, filed_papers, happenings, held_parts},
};

pub(super) fn counter(ctx: &PageContext) -> Markup {
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

pub(super) fn my_work(mut ctx: PageContext) -> Markup {
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

pub(super) fn dossier(ctx: &PageContext) -> Markup {
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

pub(super) fn head(ctx: &PageContext) -> Markup {
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
