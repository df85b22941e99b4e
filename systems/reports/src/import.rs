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

/// The text of a form, from an XLSX file: its worksheet `survey` where it has one, else the first.
///
/// # Errors
/// [`Error::Sheet`] where it is none, or has nothing in it.
pub(crate) fn of_file(bytes: &[u8]) -> Result<String> {
    let fault = |error: calamine::XlsxError| Error::Sheet(error.to_string());
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(fault)?;
    let names = book.sheet_names();
    let survey = names.iter().find(|name| name.as_str() == "survey").cloned();
    let first = survey.clone().or_else(|| names.first().cloned());
    let name = first.ok_or_else(|| Error::Sheet("no worksheet".to_owned()))?;
    let grid = grid(&book.worksheet_range(&name).map_err(fault)?);
    let settings = match names.iter().any(|name| name == "settings") {
        true => self::grid(&book.worksheet_range("settings").map_err(fault)?),
        false => Vec::new(),
    };
    let text = match survey {
        Some(_) => xlsform::form(&grid, &settings),
        None => table::form(&name, &grid),
    };
    text.ok_or_else(|| Error::Sheet("nothing in it".to_owned()))
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
        let text = of_file(&bytes).unwrap();
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
        let text = of_file(&bytes).unwrap();
        let form = crate::form::load(&text, |_| false).unwrap();
        assert_eq!((form.code.as_str(), form.name.as_str()), ("dao-tao-q", "Báo cáo đào tạo"));
        assert!(form.cell("dao-tao.so-lop.gia-tri").unwrap().required);
        assert!(!form.cell("dao-tao.gio.gia-tri").unwrap().required);
        assert_eq!(form.tables[1].repeat, Some(50));
        assert!(form.parts.iter().any(|part| part.id == "nhan-xet" && part.required));
    }

    #[test]
    fn what_is_no_spreadsheet_is_refused() {
        assert!(of_file(b"not a file").is_err());
        assert!(of_file(&file(&[("trang", &[])])).is_err());
    }
}
