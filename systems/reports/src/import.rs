//! A form out of a spreadsheet, as text to be looked at before it is kept: of a table as offices
//! draw them, or of an XLSForm (ODK, Kobo).

mod table;
mod xlsform;

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use kernel::fold;

use crate::{Error, Result};

/// Rows and columns of a worksheet; what is larger is no form.
const ROWS_MAX: usize = 1_000;
const COLUMNS_MAX: usize = 60;

/// Cells of a worksheet as text.
type Grid = Vec<Vec<String>>;

/// What became of a file.
#[derive(Debug)]
pub(crate) struct Imported {
    /// The text of a form.
    pub(crate) text: String,
    /// What stands in the file and not in the text, by row.
    pub(crate) notes: Vec<Note>,
}

/// Something that a form of ours cannot say.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Note {
    /// The row of the worksheet, from 1.
    pub(crate) row: usize,
    /// What it is.
    pub(crate) kind: NoteKind,
    /// As it stands there.
    pub(crate) about: String,
}

kernel::words! {
    /// What a form of ours cannot say.
    NoteKind {
        /// A kind of question that no cell holds.
        Kind = "kind",
        /// A day or an hour, which is words here.
        AsWords = "as_words",
        /// A list of choices that is not there, or whose codes are none.
        Choices = "choices",
        /// A calculation that is neither a sum nor a share.
        Calculation = "calculation",
        /// A constraint that does not compare sums.
        Constraint = "constraint",
        /// A column that asks for more than a form does.
        Beyond = "beyond",
        /// A group within a repeat.
        Nested = "nested",
    }
}

/// The text of a form, from an XLSX file: its worksheet `survey` where it has one, else the first.
///
/// # Errors
/// [`Error::Sheet`] where it is none, or has nothing in it.
pub(crate) fn of_file(bytes: &[u8]) -> Result<Imported> {
    let fault = |error: calamine::XlsxError| Error::Sheet(error.to_string());
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(fault)?;
    let names = book.sheet_names();
    let survey = names.iter().find(|name| name.as_str() == "survey").cloned();
    let first = survey.clone().or_else(|| names.first().cloned());
    let name = first.ok_or_else(|| Error::Sheet("no worksheet".to_owned()))?;
    let grid = grid(&book.worksheet_range(&name).map_err(fault)?);
    let mut beside = |name: &str| match names.iter().any(|known| known == name) {
        true => Ok(self::grid(&book.worksheet_range(name).map_err(fault)?)),
        false => Ok::<_, Error>(Vec::new()),
    };
    let imported = match survey {
        Some(_) => xlsform::form(&grid, &beside("choices")?, &beside("settings")?),
        None => table::form(&name, &grid).map(|text| Imported { text, notes: Vec::new() }),
    };
    imported.ok_or_else(|| Error::Sheet("nothing in it".to_owned()))
}

fn grid(range: &calamine::Range<Data>) -> Grid {
    let cell = |data: &Data| match data {
        Data::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        other => other.to_string().trim().to_owned(),
    };
    range
        .rows()
        .take(ROWS_MAX)
        .map(|row| row.iter().take(COLUMNS_MAX).map(cell).collect())
        .collect()
}

/// An identifier out of words, told apart from those that are taken.
fn id(words: &str, taken: &mut Vec<String>) -> String {
    let plain: String =
        fold(words).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let parts = plain.split('-').filter(|part| !part.is_empty());
    let mut name: String = parts.collect::<Vec<_>>().join("-").chars().take(30).collect();
    if name.is_empty() || name.bytes().all(|b| b.is_ascii_digit()) {
        name = format!("d{name}");
    }
    let mut found = name.trim_matches('-').to_owned();
    let mut n = 2;
    while taken.contains(&found) {
        found = format!("{name}-{n}");
        n += 1;
    }
    taken.push(found.clone());
    found
}

/// A text in quotes, as TOML has it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.replace(['\r', '\n'], " ")).to_string()
}

/// How a text of a form begins.
fn begin(code: &str, name: &str) -> String {
    format!(
        "code = {}\nversion = 1\nname = {}\nname_en = {}\nlegal_basis = []\nguidance = \"\"\n\
         valid_from = 2026-01-01\n",
        quoted(code),
        quoted(name),
        quoted(name)
    )
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::Workbook;

    use super::*;

    fn file(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
        let mut book = Workbook::new();
        for (name, rows) in sheets {
            let sheet = book.add_worksheet();
            sheet.set_name(*name).unwrap();
            for (r, row) in (0_u32..).zip(*rows) {
                for (c, cell) in (0_u16..).zip(*row) {
                    sheet.write_string(r, c, *cell).unwrap();
                }
            }
        }
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn a_table_as_offices_draw_it_becomes_a_form() {
        let bytes = file(&[(
            "Biểu 1",
            &[
                &["BÁO CÁO TẬP HUẤN"],
                &[],
                &["Nội dung", "Số lượng", "Kinh phí (đồng)", "Tỷ lệ (%)", "Ghi chú"],
                &["Lớp tập huấn"],
                &["Học viên", "", "", "", ""],
            ],
        )]);
        let text = of_file(&bytes).unwrap().text;
        let form = crate::form::load(&text, |_| false).unwrap();
        assert_eq!(form.name, "BÁO CÁO TẬP HUẤN");
        let kinds: Vec<&str> = form.tables[0].columns.iter().map(|c| c.kind.word()).collect();
        assert_eq!(kinds, ["count", "dong", "percent", "text"]);
        assert_eq!(form.tables[0].rows.len(), 2);
        assert!(form.place("bieu-1.hoc-vien.so-luong").is_some());
    }

    #[test]
    fn an_xlsform_becomes_a_form_with_its_groups_and_repeats() {
        let bytes = file(&[
            (
                "survey",
                &[
                    &["type", "name", "label::Tiếng Việt (vi)", "required"],
                    &["begin_group", "dao_tao", "Đào tạo", ""],
                    &["integer", "so_lop", "Số lớp", "yes"],
                    &["decimal", "gio", "Số giờ", ""],
                    &["end_group", "", "", ""],
                    &["begin_repeat", "vuong", "Vướng mắc", ""],
                    &["text", "noi_dung", "Nội dung", ""],
                    &["end_repeat", "", "", ""],
                    &["text", "nhan_xet", "Nhận xét", "yes"],
                ],
            ),
            ("settings", &[&["form_title", "form_id"], &["Báo cáo đào tạo", "dao_tao_q"]]),
        ]);
        let text = of_file(&bytes).unwrap().text;
        let form = crate::form::load(&text, |_| false).unwrap();
        assert_eq!((form.code.as_str(), form.name.as_str()), ("dao-tao-q", "Báo cáo đào tạo"));
        assert!(form.cell("dao-tao.so-lop.gia-tri").unwrap().required);
        assert!(!form.cell("dao-tao.gio.gia-tri").unwrap().required);
        assert_eq!(form.tables[1].repeat, Some(50));
        assert!(form.parts.iter().any(|part| part.id == "nhan-xet" && part.required));
    }

    const RICH: &[&[&str]] = &[
        &["type", "name", "label", "calculation", "constraint", "constraint_message", "relevant"],
        &["begin group", "dao_tao", "Đào tạo", "", "", "", ""],
        &["integer", "nam", "Học viên nam", "", ". >= 0", "", ""],
        &["integer", "nu", "Học viên nữ", "", "", "", ""],
        &["calculate", "tong", "Tổng học viên", "${nam} + ${nu}", "", "", ""],
        &["integer", "dat", "Đạt", "", ". <= ${nam} + ${nu}", "Đạt không quá số học viên", ""],
        &["calculate", "ty_le", "Tỷ lệ nữ", "${nu} div ${nam} * 100", "", "", ""],
        &["calculate", "ma", "Mã", "concat(${nam}, '-')", "", "", ""],
        &["select_one muc", "xep", "Xếp loại", "", "", "", ""],
        &["select_multiple muc", "da_qua", "Đã qua", "", "", "", ""],
        &["select_one khong_co", "la", "Lạ", "", "", "", ""],
        &["integer", "tuoi", "Tuổi", "", "regex(., '[0-9]{2}')", "", "${nam} > 0"],
        &["date", "ngay", "Ngày", "", "", "", ""],
        &["geopoint", "noi", "Nơi", "", "", "", ""],
        &["end group", "", "", "", "", "", ""],
    ];

    #[test]
    fn choices_sums_shares_and_constraints_go_along_and_the_rest_is_listed_by_row() {
        let choices: &[&[&str]] =
            &[&["list_name", "name", "label"], &["muc", "tot", "Tốt"], &["muc", "kha", "Khá"]];
        let imported = of_file(&file(&[("survey", RICH), ("choices", choices)])).unwrap();
        insta::assert_snapshot!("xlsform", imported.text);
        let form = crate::form::load(&imported.text, |_| false).unwrap();
        let options = form.options("dao-tao.da-qua.gia-tri").unwrap();
        assert!(options.multiple && options.read("kha tot").is_some());
        let mut sheet = crate::sheet::Sheet::default();
        for (row, n) in [("nam", 40), ("nu", 60), ("dat", 120)] {
            let entry = crate::sheet::Entry::number(
                crate::number::Number::whole(n),
                crate::sheet::From::Typed,
            );
            sheet.cells.insert(format!("dao-tao.{row}.gia-tri"), entry);
        }
        let value = |row: &str| {
            let at = form.place(&format!("dao-tao.{row}.gia-tri")).unwrap();
            sheet.value(&form, at).unwrap().to_plain()
        };
        assert_eq!((value("tong"), value("ty-le")), ("100".to_owned(), "150".to_owned()));
        let remarks = crate::validation::check(&form, &sheet, None, |_| None);
        assert!(remarks.iter().any(|one| one.explain == "Đạt không quá số học viên"));
        let notes: Vec<_> =
            imported.notes.iter().map(|n| (n.row, n.kind.word(), n.about.as_str())).collect();
        assert_eq!(
            notes,
            [
                (8, "calculation", "concat(${nam}, '-')"),
                (11, "choices", "khong_co"),
                (12, "beyond", "relevant = ${nam} > 0"),
                (12, "constraint", "regex(., '[0-9]{2}')"),
                (13, "as_words", "date"),
                (14, "kind", "geopoint"),
            ]
        );
    }

    #[test]
    fn a_name_that_stands_there_twice_is_not_guessed_at() {
        let survey: &[&[&str]] = &[
            &["type", "name", "label", "constraint"],
            &["begin group", "a", "A", ""],
            &["integer", "so", "Số", ". >= 1"],
            &["end group", "", "", ""],
            &["begin repeat", "b", "B", ""],
            &["integer", "ho", "Hộ", ". >= 2"],
            &["end repeat", "", "", ""],
            &["begin group", "c", "C", ""],
            &["integer", "so", "Số", ". >= 3"],
            &["integer", "tong", "Tổng", ". >= ${so}"],
            &["end group", "", "", ""],
        ];
        let imported = of_file(&file(&[("survey", survey)])).unwrap();
        for check in ["a.so.gia-tri >= 1", "c.so.gia-tri >= 3"] {
            assert!(imported.text.contains(check), "{}", imported.text);
        }
        assert_eq!(imported.text.matches("[[rule]]").count(), 2);
        let rows: Vec<usize> = imported.notes.iter().map(|note| note.row).collect();
        assert_eq!(rows, [6, 10]);
        assert!(crate::form::load(&imported.text, |_| false).is_ok());
    }

    #[test]
    fn what_is_no_spreadsheet_is_refused() {
        assert!(of_file(b"not a file").is_err());
        assert!(of_file(&file(&[("trang", &[])])).is_err());
    }
}
