//! Internal processes from spreadsheets as agencies keep them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use std::io::Cursor;

use procedure::{
    AgencySelector, Language,
    sheet::{RemarkKind, SheetError, SheetImport, import},
    steps_text,
};
use rust_xlsxwriter::{Format, Workbook, Worksheet};

fn saved(build: impl Fn(&mut Worksheet)) -> Cursor<Vec<u8>> {
    let mut book = Workbook::new();
    build(book.add_worksheet());
    Cursor::new(book.save_to_buffer().unwrap())
}

fn rows(sheet: &mut Worksheet, first: u32, rows: &[[&str; 5]]) {
    for (at, row) in rows.iter().enumerate() {
        for (column, text) in row.iter().enumerate() {
            if !text.is_empty() {
                sheet.write_string(first + at as u32, column as u16, *text).unwrap();
            }
        }
    }
}

fn remarks(import: &SheetImport) -> Vec<String> {
    let line = |remark: &procedure::sheet::Remark| {
        format!("dòng {}: {}", remark.row, remark.kind.message(Language::Vietnamese))
    };
    import.remarks.iter().map(line).collect()
}

#[test]
fn a_decision_annex_becomes_a_workflow() {
    let book = saved(|sheet| {
        let plain = Format::new();
        sheet.merge_range(0, 0, 0, 4, "QUY TRÌNH NỘI BỘ (kèm Quyết định số 663)", &plain).unwrap();
        rows(
            sheet,
            2,
            &[
                [
                    "Bước",
                    "Trách nhiệm thực hiện",
                    "Nội dung công việc",
                    "Thời gian",
                    "Kết quả/Biểu mẫu",
                ],
                ["Bước 1", "Bộ phận Một cửa", "Tiếp nhận, kiểm tra hồ sơ", "0,5 ngày", "Mẫu số 01"],
                ["", "", "", "", ""],
                ["Bước 2", "Công chức chuyên môn", "Thẩm định hồ sơ", "04 giờ làm việc", "Dự thảo"],
                ["Bước 3", "Lãnh đạo UBND xã", "Ký duyệt", "½ ngày", "Giấy phép"],
                ["Bước 4", "Văn thư", "Vào sổ, đóng dấu", "30 phút", ""],
                ["Bước 5", "Bộ phận Một cửa", "Trả kết quả", "1 giờ 20 phút", "Sổ theo dõi"],
                ["Tổng cộng", "", "", "14 giờ", ""],
            ],
        );
    });
    let done = import(book).unwrap();
    insta::assert_snapshot!("annex remarks", remarks(&done).join("\n"));
    insta::assert_snapshot!("annex steps", steps_text(&done.workflow.unwrap()));
}

#[test]
fn columns_in_any_order_merged_cells_and_bare_numbers() {
    let book = saved(|sheet| {
        let plain = Format::new();
        for (column, text) in
            ["TT", "Thời gian (giờ)", "Nội dung thực hiện", "Đơn vị/người thực hiện"]
                .iter()
                .enumerate()
        {
            sheet.write_string(4, column as u16, *text).unwrap();
        }
        let what = ["Tiếp nhận", "Phân công", "Thụ lý", "Trả kết quả"];
        for (at, text) in what.iter().enumerate() {
            sheet.write_number(5 + at as u32, 0, at as f64 + 1.0).unwrap();
            sheet.write_string(5 + at as u32, 2, *text).unwrap();
        }
        sheet.write_number(5, 1, 2.5).unwrap();
        sheet.merge_range(6, 1, 7, 1, "", &plain).unwrap();
        sheet.write_number(6, 1, 9.25).unwrap();
        sheet.write_number(8, 1, 1).unwrap();
        sheet.write_string(5, 3, "Trung tâm Phục vụ hành chính công").unwrap();
        sheet.merge_range(6, 3, 7, 3, "Phòng Kinh tế", &plain).unwrap();
        sheet.write_string(8, 3, "Trung tâm Phục vụ hành chính công").unwrap();
        sheet.write_string(10, 2, "").unwrap();
        sheet.write_string(11, 0, "Ghi chú").unwrap();
    });
    let done = import(book).unwrap();
    assert_eq!(
        remarks(&done),
        [
            "dòng 7: Một thời gian ghi chung cho 2 bước; đã chia đều.",
            "dòng 7: Không nhận ra vai trò trong «Phòng Kinh tế»; tạm giao cho chuyên viên (expert).",
            "dòng 8: Không nhận ra vai trò trong «Phòng Kinh tế»; tạm giao cho chuyên viên (expert).",
            "dòng 12: Bỏ qua dòng «Ghi chú».",
        ]
    );
    let workflow = done.workflow.unwrap();
    let steps: Vec<_> = workflow
        .steps()
        .iter()
        .map(|step| (step.id.as_str(), step.role.as_str(), step.hours.hours()))
        .collect();
    assert_eq!(
        steps,
        [
            ("tiep-nhan", "receiver", 2.5),
            ("phan-cong", "expert", 4.75),
            ("thu-ly", "expert", 4.5),
            ("tra-ket-qua", "returner", 1.0),
        ]
    );
    assert_eq!(workflow.steps()[3].agency, AgencySelector::Receiving);
}

#[test]
fn what_cannot_be_read_is_not_made_up() {
    let book = saved(|sheet| {
        rows(
            sheet,
            0,
            &[
                ["Bước", "Đơn vị thực hiện", "Nội dung công việc", "Thời gian", "Kết quả"],
                ["1", "Một cửa", "Tiếp nhận", "trong ngày", ""],
                ["2", "", "Thẩm định", "1-2 ngày", ""],
                ["3", "Lãnh đạo", "Ký", "", ""],
            ],
        );
    });
    let done = import(book).unwrap();
    assert_eq!(done.workflow, None);
    let kinds: Vec<_> = done.remarks.into_iter().map(|remark| (remark.row, remark.kind)).collect();
    assert_eq!(
        kinds,
        [
            (2, RemarkKind::HoursUnreadable("trong ngày".into())),
            (3, RemarkKind::HoursUnreadable("1-2 ngày".into())),
            (3, RemarkKind::NobodyNamed),
            (4, RemarkKind::HoursMissing),
        ]
    );
}

#[test]
fn other_files_are_refused_in_one_word() {
    let text = import(Cursor::new(b"not a workbook".to_vec())).unwrap_err();
    assert!(matches!(text, SheetError::NotWorkbook(_)));
    assert_eq!(import(saved(|_| ())).unwrap_err(), SheetError::NoHeadings);
    let headings = saved(|sheet| {
        rows(sheet, 0, &[["Bước", "Trách nhiệm", "Nội dung", "Thời gian", "Kết quả"]]);
    });
    assert_eq!(import(headings).unwrap_err(), SheetError::NoRows);
    let far = saved(|sheet| {
        sheet.write_string(1_048_575, 16_383, "xa").unwrap();
    });
    assert_eq!(import(far).unwrap_err(), SheetError::NoHeadings);
}
