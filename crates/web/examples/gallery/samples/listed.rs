//! What stands in lists.

use maud::html;
use web::{
    Icon,
    components::{
        bulk::BulkAction,
        can::{Can, Weight},
        cases::{CaseGroup, CaseList, CaseRow},
        clock::{ClockState, ClockView, Finish},
        fields::Choice,
        filter::{FilterBar, FilterSelect},
        seg::Segment,
        table::{Column, Row, Sorted, Table},
    },
};

pub(super) fn clocks() -> Vec<ClockView> {
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

pub(super) fn segments() -> Vec<Segment> {
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

pub(super) fn filters() -> FilterBar {
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

pub(super) fn case_list() -> CaseList {
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

pub(super) fn the_table() -> Table {
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

pub(super) fn actions() -> Vec<Can> {
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
