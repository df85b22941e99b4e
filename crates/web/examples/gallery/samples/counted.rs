//! What is counted, and what is called.

use web::components::{
    board::{Board, BoardCall},
    clock::{ClockState, ClockView},
    tile::{Figure, Grade, Judgement, TileView},
    todo::Todo,
};

pub(super) fn tile_views() -> Vec<TileView> {
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

pub(super) fn todo_list() -> Vec<Todo> {
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

pub(super) fn may_be_late() -> Vec<Todo> {
    vec![Todo {
        what: "Bước ký của Phó chủ tịch: 3 hồ sơ".into(),
        why: "Bà Trần Thu Hà đi công tác đến 27/11, chưa bật ủy quyền ký".into(),
        clock: None,
        act: Some(("Ủy quyền 3 hồ sơ".into(), "#".into())),
        main: true,
    }]
}

pub(super) fn the_board() -> Board {
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
