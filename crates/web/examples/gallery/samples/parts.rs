//! Every part in every state.

use maud::{Markup, html};
use web::{
    PageContext,
    components::{
        board::{Board, board},
        can::can,
        cases::{self, CaseList},
        clock,
        confirm::confirm,
        crumbs::crumbs,
        documents::{checklist, filed},
        drop::{Drop, drop},
        empty::empty,
        errors,
        fields::{self, Field},
        filter,
        flash::{Flash, flash},
        held, keys,
        known::{known, proof},
        kv::kv,
        links,
        note::{self, Tone},
        pager::pager,
        paper::{Paper, paper},
        question,
        section::{self, Reached},
        seg, steps,
        table::table,
        tag,
        tile::tiles,
        timeline::timeline,
        todo::todos,
    },
};

use super::{
    asked::{
        faults, given, known_values, needed, preview, reasons, the_confirm, the_drop, the_fields,
    },
    counted::{the_board, tile_views, todo_list},
    drawn::charts,
    listed::{actions, case_list, clocks, filters, segments, the_table},
    offered::{errands, life},
    told::{citizen_steps, desk_steps, filed_papers, happenings, held_parts},
};

/// Every part in every state.
pub(crate) fn parts(ctx: &PageContext) -> Vec<(&'static str, Markup)> {
    let words = &ctx.words;
    let mut parts = vec![
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
    ];
    parts.extend(charts(words));
    parts
}
