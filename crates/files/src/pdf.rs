//! Forms as PDF: a template, its data, and the instant that it is dated.

use kernel::{Instant, local};
use serde::Serialize;
use serde_json::Value;
use typst::{
    World, WorldExt, comemo,
    diag::SourceDiagnostic,
    foundations::{Bytes, Datetime, Smart},
    syntax::Source,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use unicode_normalization::UnicodeNormalization;

use crate::{Error, Result, Sha256Hash, world, world::Desk};

/// A form as a Typst source. It reads its data with `json("/data.json")`, and the layout of
/// official documents (Decree 30/2020/NĐ-CP, annex I) with `#import "/nd30.typ": *`.
#[derive(Debug, Clone)]
pub struct Template {
    name: &'static str,
    source: Source,
}

/// A document as PDF/A-2a (ISO 19005-2): letters embedded, text that can be searched and read
/// aloud, nothing that a reader in thirty years would have to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    bytes: Vec<u8>,
    pages: usize,
    warnings: Vec<String>,
}

impl Template {
    /// A template under its file name, such as `01-receipt.typ`.
    #[must_use]
    pub fn new(name: &'static str, source: &str) -> Self {
        Self { name, source: world::source(name, source) }
    }

    /// Sets the form. Same data and instant, same bytes.
    ///
    /// A letter that the fonts do not have is printed as □, so that a name from another
    /// script never keeps a receipt from being printed.
    ///
    /// # Errors
    /// [`Error::Data`] where the data is not JSON; [`Error::Template`] where template and data
    /// do not fit, with file and line.
    pub fn render(&self, data: &impl Serialize, dated: Instant) -> Result<Pdf> {
        let mut data = serde_json::to_value(data).map_err(Error::Data)?;
        make_printable(&mut data);
        let data = serde_json::to_vec(&data).map_err(Error::Data)?;
        let ident = Sha256Hash::of(&data).to_string();
        let desk = Desk { template: &self.source, data: Bytes::new(data) };
        let made = self.set(&desk, dated, ident);
        // What was remembered of earlier forms speeds up the next ones, and must not pile up.
        comemo::evict(CACHED_RENDERINGS);
        made
    }

    fn set(&self, desk: &Desk<'_>, dated: Instant, ident: String) -> Result<Pdf> {
        let faulty = |faults: &[SourceDiagnostic]| Error::Template {
            template: self.name,
            message: faults.iter().map(|f| told(desk, f)).collect::<Vec<_>>().join("; "),
        };
        let set = typst::compile::<PagedDocument>(desk);
        let document = set.output.map_err(|faults| faulty(&faults))?;
        let options = PdfOptions {
            ident: Smart::Custom(format!("{}:{ident}", self.name)),
            creator: Smart::Custom(Some("Tỉnh Số".to_owned())),
            timestamp: timestamp(dated),
            page_ranges: None,
            standards: PdfStandards::new(&[PdfStandard::A_2a])
                .expect("one standard alone is not at odds with another"),
            tagged: true,
            pretty: false,
        };
        Ok(Pdf {
            bytes: typst_pdf::pdf(&document, &options).map_err(|faults| faulty(&faults))?,
            pages: document.pages().len(),
            warnings: set.warnings.iter().map(|w| told(desk, w)).collect(),
        })
    }
}

impl Pdf {
    /// The file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The file, to be sent or kept.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// How many pages it has.
    #[must_use]
    pub const fn pages(&self) -> usize {
        self.pages
    }

    /// What the typesetter found odd; for tests and logs, it carries no data.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

/// How many renderings ago something may have last been used and still be remembered.
const CACHED_RENDERINGS: usize = 8;

/// Composes the letters, and replaces what cannot be printed.
fn make_printable(value: &mut Value) {
    match value {
        Value::String(text) => {
            let printable = |c: char| match c {
                '\n' => '\n',
                c if c.is_control() => ' ',
                c if world::draws(c) => c,
                _ => '□',
            };
            *text = text.nfc().map(printable).collect();
        }
        Value::Array(items) => items.iter_mut().for_each(make_printable),
        Value::Object(fields) => fields.values_mut().for_each(make_printable),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The instant as the PDF's date, in Việt Nam's time.
fn timestamp(at: Instant) -> Option<Timestamp> {
    const VN_MINUTES: i32 = kernel::VN_OFFSET_SECONDS / 60;
    let at = local(at);
    let part = |n: i8| u8::try_from(n).ok();
    let moment = Datetime::from_ymd_hms(
        i32::from(at.year()),
        part(at.month())?,
        part(at.day())?,
        part(at.hour())?,
        part(at.minute())?,
        part(at.second())?,
    )?;
    Timestamp::new_local(moment, VN_MINUTES)
}

/// `01-receipt.typ:12: unknown variable`
fn told(desk: &Desk<'_>, fault: &SourceDiagnostic) -> String {
    let place = || {
        let id = fault.span.id()?;
        let line = desk.source(id).ok()?.lines().byte_to_line(desk.range(fault.span)?.start)?;
        Some(format!("{}:{}: ", id.vpath().get_without_slash(), line + 1))
    };
    format!("{}{}", place().unwrap_or_default(), fault.message)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Kind;

    const LETTER: &str = r#"
        #import "/nd30.typ": *
        #let data = json("/data.json")
        #show: official.with(title: "Thử")
        #data.name
    "#;

    fn render(source: &str, data: &Value) -> Result<Pdf> {
        Template::new("test.typ", source).render(data, "2026-11-23T02:15:00Z".parse().unwrap())
    }

    #[test]
    fn the_same_data_gives_the_same_bytes_and_a_whole_pdf() {
        let one = render(LETTER, &json!({"name": "Nguyễn Thị Hoàng"})).unwrap();
        let two = render(LETTER, &json!({"name": "Nguyễn Thị Hoàng"})).unwrap();
        assert_eq!(one, two);
        assert_eq!(one.warnings(), <[String; 0]>::default());
        Kind::Pdf.check(std::io::Cursor::new(one.bytes())).unwrap();
        let other = render(LETTER, &json!({"name": "Nguyễn Thị Hương"})).unwrap();
        assert_ne!(one, other);
    }

    #[test]
    fn data_is_never_read_as_source() {
        let trick = r#"#read("/etc/passwd") *đậm* $x$ \ " ] #panic("x") @a <b>"#;
        let pdf = render(LETTER, &json!({ "name": trick })).unwrap();
        assert_eq!(pdf.pages(), 1);
    }

    #[test]
    fn a_template_reaches_no_file_of_the_machine() {
        for path in ["/etc/passwd", "../Cargo.toml", "/test.typ.bak"] {
            let refused = render(&format!("#read(\"{path}\")"), &json!({}));
            assert!(matches!(refused, Err(Error::Template { .. })), "{path}");
        }
    }

    #[test]
    fn a_letter_of_another_script_does_not_keep_a_form_from_being_printed() {
        let pdf = render(LETTER, &json!({"name": "王小明 🙂 \u{7}Nguye\u{302}\u{303}n"})).unwrap();
        assert_eq!(pdf.pages(), 1);
    }

    #[test]
    fn data_that_does_not_fit_is_told_with_file_and_line() {
        let refused = render(LETTER, &json!({"other": 1})).unwrap_err().to_string();
        assert!(
            refused.contains("test.typ:5: dictionary does not contain key \"name\""),
            "{refused}"
        );
    }

    #[test]
    fn the_pdf_says_its_language_its_date_and_that_it_is_for_the_archive() {
        let pdf = render(LETTER, &json!({"name": "Ễ ậ ỗ ữ Đ"})).unwrap();
        let text = String::from_utf8_lossy(pdf.bytes());
        for mark in
            ["pdfaid:part>2<", "pdfaid:conformance>A<", "vi-VN", "2026-11-23T09:15:00+07:00"]
        {
            assert!(text.contains(mark), "{mark}");
        }
    }
}
