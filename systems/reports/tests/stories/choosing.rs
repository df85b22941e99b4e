//! Cells in which something is chosen, and cells that follow from others.

use axum::http::StatusCode;
use reports::library::{self, TextKind};
use store::store_test;

use crate::office::{Office, TEXT, follows, page};

const FORM: &str = r#"
code = "chon"
version = 1
name = "Báo cáo có lựa chọn"
name_en = "A report with choices"
legal_basis = []
valid_from = 2026-01-01

[[table]]
id = "bieu"
title = "Biểu"

[[table.column]]
id = "so"
title = "Giá trị"

[[table.row]]
id = "nam"
title = "Nam"

[[table.row]]
id = "nu"
title = "Nữ"

[[table.row]]
id = "tong"
title = "Tổng"
sum = "nam + nu"

[[table.row]]
id = "xep"
title = "Xếp loại"
options = [["tot", "Tốt"], ["kha", "Khá"]]

[[table.row]]
id = "qua"
title = "Đã qua"
options = [["lop", "Lớp học"], ["thi", "Kỳ thi"]]
multiple = true
"#;

store_test!(
    fn what_is_chosen_is_one_of_the_choices_and_a_sum_is_never_typed(store: Store) {
        let office = Office::without_rounds(&store);
        office.write(|tx, desk| {
            library::keep(tx, desk, TextKind::Form, FORM, desk.now())?;
            let text = TEXT.replace("version = 1", "version = 2").replace("tthc-thang", "chon");
            library::keep(tx, desk, TextKind::Regime, &text, desk.now()).map(|_| ())
        });
        office.open_round(crate::office::PERIOD);
        let report = office.report("H55.04");
        let (here, writer) = (page(&report), office.holder(&report));
        let slip = [("c.bieu.xep.so", "gioi"), ("c.bieu.nam.so", "4")];
        let back = office.post(&here, &writer, &slip);
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(back.text().contains("Không có trong danh sách"), "{}", back.text());
        let typed = [
            ("c.bieu.nam.so", "4"),
            ("c.bieu.nu.so", "6"),
            ("c.bieu.tong.so", "99"),
            ("c.bieu.xep.so", "kha"),
            ("c.bieu.qua.so", ""),
            ("c.bieu.qua.so", "thi"),
            ("c.bieu.qua.so", "lop"),
        ];
        follows(&office.post(&here, &writer, &typed));
        let shown = office.get(&here, &writer).text();
        assert!(shown.contains("<span class=\"num\">10</span>"), "{shown}");
        assert!(!shown.contains("name=\"c.bieu.tong.so\"") && !shown.contains("99"), "{shown}");
        assert!(shown.contains("<option value=\"kha\" selected>Khá</option>"), "{shown}");
        assert_eq!(shown.matches("type=\"checkbox\"").count(), 2, "{shown}");
        assert_eq!(shown.matches(" checked").count(), 2, "{shown}");
        // Unticking all takes it back; the unit that adds up sums the sums.
        follows(&office.post(&here, &writer, &[("c.bieu.qua.so", "")]));
        assert!(!office.get(&here, &writer).text().contains(" checked"));
        let last = [("c.bieu.qua.so", ""), ("c.bieu.qua.so", "thi"), ("do", "trinh")];
        follows(&office.post(&here, &writer, &last));
        follows(&office.deed(&report, "gui", &[]));
        let read = office.get(&here, &office.holder(&report)).text();
        assert!(read.contains("Kỳ thi") && read.contains("Khá"), "{read}");
        let province = office.report("H55");
        let shown = office.get(&page(&province), &office.holder(&province)).text();
        assert!(shown.contains("<span class=\"num\">10</span>"), "{shown}");
    }
);
