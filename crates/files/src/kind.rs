//! What a file is, by its content; and whether it is all there.
//!
//! A name proves nothing: the extension is only compared with what the content turns out to be.
//! Nothing here decodes pictures or pages, it walks the outer structure (markers, chunks,
//! directories), in memory that does not grow with the file.

use std::{
    fmt,
    io::{self, BufReader, ErrorKind::UnexpectedEof, Read, Seek, SeekFrom},
};

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// The kinds of file that are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Portable Document Format (ISO 32000).
    Pdf,
    /// JPEG picture (ISO/IEC 10918).
    Jpeg,
    /// PNG picture (ISO/IEC 15948).
    Png,
    /// Office Open XML spreadsheet (ISO/IEC 29500).
    Xlsx,
    /// Office Open XML text (ISO/IEC 29500).
    Docx,
}

impl Kind {
    /// What the extension of a file's name claims.
    ///
    /// # Errors
    /// [`Error::Extension`] where it is none that is accepted.
    pub fn of_name(name: &str) -> Result<Self> {
        let (_, extension) = name.rsplit_once('.').ok_or(Error::Extension)?;
        match extension.to_ascii_lowercase().as_str() {
            "pdf" => Ok(Self::Pdf),
            "jpg" | "jpeg" => Ok(Self::Jpeg),
            "png" => Ok(Self::Png),
            "xlsx" => Ok(Self::Xlsx),
            "docx" => Ok(Self::Docx),
            _ => Err(Error::Extension),
        }
    }

    /// The usual extension of a file's name, without the dot; what [`Self::of_name`] reads back.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
        }
    }

    /// The media type, for the answer that carries the file.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }

    /// That this content is a whole file of this kind.
    ///
    /// # Errors
    /// [`Error::Empty`], [`Error::UnknownContent`], [`Error::OtherKind`], [`Error::CutOff`],
    /// [`Error::Macros`], or that reading failed.
    pub fn check(self, content: impl Read + Seek) -> Result<()> {
        let mut content = BufReader::new(content);
        let len = content.seek(SeekFrom::End(0))?;
        let mut head = Vec::new();
        content.rewind()?;
        content.by_ref().take(1024).read_to_end(&mut head)?;
        let (found, ends) = if len == 0 {
            return Err(Error::Empty);
        } else if head.starts_with(b"\x89PNG\r\n\x1a\n") {
            (Self::Png, png_ends(&mut content))
        } else if head.starts_with(b"\xff\xd8\xff") {
            (Self::Jpeg, jpeg_ends(&mut content))
        } else if head.starts_with(b"PK\x03\x04") {
            (self.office(&mut content, len)?, Ok(true))
        } else if find(&head, b"%PDF-") {
            (Self::Pdf, pdf_ends(&mut content, len))
        } else {
            return Err(Error::UnknownContent);
        };
        if found != self {
            return Err(Error::OtherKind { claimed: self, found });
        }
        // Running out of bytes within the structure is a file that was cut off.
        match ends {
            Ok(true) => Ok(()),
            Ok(false) => Err(Error::CutOff { kind: self }),
            Err(e) if e.kind() == UnexpectedEof => Err(Error::CutOff { kind: self }),
            Err(e) => Err(e.into()),
        }
    }

    /// Which document a ZIP is: the directory at its end names its parts. Without one, it is a
    /// document that was cut off, if a document is what it claims to be.
    fn office(self, content: &mut (impl Read + Seek), len: u64) -> Result<Self> {
        let names = match zip_names(content, len) {
            Err(e) if e.kind() != UnexpectedEof => return Err(e.into()),
            Ok(names) if !names.is_empty() => names,
            _ if matches!(self, Self::Xlsx | Self::Docx) => {
                return Err(Error::CutOff { kind: self });
            }
            _ => return Err(Error::UnknownContent),
        };
        let has = |name: &str| names.iter().any(|n| n == name.as_bytes());
        let kind = match (has("xl/workbook.xml"), has("word/document.xml")) {
            (true, false) => Self::Xlsx,
            (false, true) => Self::Docx,
            _ => return Err(Error::UnknownContent),
        };
        let macros = names.iter().any(|n| n.ends_with(b"vbaProject.bin"));
        if macros { Err(Error::Macros { kind }) } else { Ok(kind) }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Xlsx => "XLSX",
            Self::Docx => "DOCX",
        })
    }
}

/// `%%EOF` within the last 1,024 bytes, where readers look for it (ISO 32000-1, annex H.3.18).
fn pdf_ends(content: &mut (impl Read + Seek), len: u64) -> io::Result<bool> {
    Ok(find(&tail(content, len, 1024)?, b"%%EOF"))
}

/// Chunks from the signature to `IEND`.
fn png_ends(content: &mut (impl Read + Seek)) -> io::Result<bool> {
    content.seek(SeekFrom::Start(8))?;
    loop {
        let len = u32::from_be_bytes(take(content)?);
        let name: [u8; 4] = take(content)?;
        content.seek_relative(i64::from(len))?;
        let _checksum: [u8; 4] = take(content)?;
        if &name == b"IEND" {
            return Ok(true);
        }
    }
}

/// Segments up to the picture's data, and the data up to the end marker. A preview inside a
/// segment has an end marker of its own, which is why the segments are walked, not searched.
fn jpeg_ends(content: &mut (impl Read + Seek)) -> io::Result<bool> {
    const FILL: u8 = 0xff;
    const END_OF_IMAGE: u8 = 0xd9;
    content.seek(SeekFrom::Start(2))?;
    loop {
        // Between segments and inside the data alike, the next marker is ff and a byte that is
        // neither 00 (a stuffed ff) nor d0–d7 (a restart).
        let [mut byte] = take(content)?;
        while byte != FILL {
            [byte] = take(content)?;
        }
        while byte == FILL {
            [byte] = take(content)?;
        }
        match byte {
            END_OF_IMAGE => return Ok(true),
            0x00 | 0x01 | 0xd0..=0xd7 => {}
            _ => {
                let len = u16::from_be_bytes(take(content)?);
                content.seek_relative(i64::from(len.saturating_sub(2)))?;
            }
        }
    }
}

/// Names in the central directory, at most 10,000 of them (APPNOTE 4.3.12, 4.3.16); none where
/// the directory's end is missing.
fn zip_names(content: &mut (impl Read + Seek), len: u64) -> io::Result<Vec<Vec<u8>>> {
    const END_BYTES: usize = 22;
    const COMMENT_BYTES_MAX: u64 = 65_535;
    let tail = tail(content, len, END_BYTES as u64 + COMMENT_BYTES_MAX)?;
    let Some(end) = tail.windows(END_BYTES).rposition(|w| w.starts_with(b"PK\x05\x06")) else {
        return Ok(Vec::new());
    };
    let end = &tail[end..];
    let count = u16::from_le_bytes([end[10], end[11]]);
    let start = u32::from_le_bytes([end[16], end[17], end[18], end[19]]);
    content.seek(SeekFrom::Start(u64::from(start)))?;
    let mut names = Vec::new();
    for _ in 0..count.min(10_000) {
        let entry: [u8; 46] = take(content)?;
        if !entry.starts_with(b"PK\x01\x02") {
            return Ok(Vec::new());
        }
        let size = |at: usize| u16::from_le_bytes([entry[at], entry[at + 1]]);
        let mut name = vec![0; usize::from(size(28))];
        content.read_exact(&mut name)?;
        content.seek_relative(i64::from(size(30)) + i64::from(size(32)))?;
        names.push(name);
    }
    Ok(names)
}

fn take<const N: usize>(content: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    content.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn tail(content: &mut (impl Read + Seek), len: u64, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    content.seek(SeekFrom::Start(len.saturating_sub(most)))?;
    content.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn find(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|w| w == part)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::testing::{docx, jpeg, pdf, png, xlsx, zip};

    fn check(name: &str, content: &[u8]) -> Result<()> {
        Kind::of_name(name)?.check(Cursor::new(content))
    }

    #[test]
    fn a_whole_file_under_its_own_extension_is_accepted() {
        check("to-khai.pdf", &pdf()).unwrap();
        check("Ảnh chân dung.JPG", &jpeg()).unwrap();
        check("anh.v2.jpeg", &jpeg()).unwrap();
        check("so-do.png", &png()).unwrap();
        check("danh sách.xlsx", &xlsx()).unwrap();
        check("đơn.docx", &docx()).unwrap();
    }

    #[test]
    fn an_extension_that_is_not_accepted_is_refused_by_name() {
        for name in ["virus.exe", "trang.html", "anh.svg", "khong-duoi", "", ".", "a.pdf.zip"] {
            assert!(matches!(Kind::of_name(name), Err(Error::Extension)), "{name}");
        }
    }

    #[test]
    fn content_that_does_not_fit_the_extension_is_named_for_what_it_is() {
        let refused = check("anh.jpg", &pdf()).unwrap_err();
        assert_eq!(refused.to_string(), "the name says JPEG, the content is PDF");
        let refused = check("danh-sach.xlsx", &docx()).unwrap_err();
        assert_eq!(refused.to_string(), "the name says XLSX, the content is DOCX");
        let other = [&b"MZ\x90\0"[..], b"<html><script>", b"GIF89a", &zip(&["a.exe"])];
        for content in other {
            let refused = check("to-khai.pdf", content);
            assert!(matches!(refused, Err(Error::UnknownContent)), "{content:?}");
        }
        assert!(matches!(check("to-khai.pdf", b""), Err(Error::Empty)));
    }

    #[test]
    fn a_document_with_macros_is_refused() {
        let parts = ["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"];
        assert!(matches!(check("đơn.docx", &zip(&parts)), Err(Error::Macros { .. })));
    }

    /// The scanner stopped, the phone lost its connection: wherever the file ends too soon
    /// after its first bytes, it is found out.
    #[test]
    fn a_file_that_is_cut_off_anywhere_is_found_out() {
        let files = [
            ("a.pdf", pdf(), 5),
            ("a.jpg", jpeg(), 3),
            ("a.png", png(), 8),
            ("a.xlsx", xlsx(), 4),
            ("a.docx", docx(), 4),
        ];
        for (name, whole, told_after) in files {
            for end in told_after..whole.len() - 1 {
                let refused = check(name, &whole[..end]);
                assert!(matches!(refused, Err(Error::CutOff { .. })), "{name} at {end}");
            }
        }
    }

    #[test]
    fn a_preview_inside_a_jpeg_does_not_pass_for_its_end() {
        let whole = jpeg();
        let preview_ends = whole.windows(2).position(|w| w == [0xff, 0xd9]).unwrap() + 2;
        assert!(preview_ends < whole.len(), "the picture carries a preview");
        assert!(matches!(check("a.jpg", &whole[..preview_ends]), Err(Error::CutOff { .. })));
    }

    proptest::proptest! {
        #[test]
        fn any_name_has_a_kind_or_none(name in proptest::prelude::any::<String>()) {
            let _ = Kind::of_name(&name);
            let _ = Kind::of_name(&format!("{name}.PDF"));
        }

        #[test]
        fn no_content_makes_the_check_fall(
            magic in 0..4_usize, mut tail in proptest::collection::vec(proptest::num::u8::ANY, 0..600),
        ) {
            let heads = [&b"%PDF-1.7"[..], b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"];
            let mut content = heads[magic].to_vec();
            content.append(&mut tail);
            for kind in [Kind::Pdf, Kind::Jpeg, Kind::Png, Kind::Xlsx, Kind::Docx] {
                let _ = kind.check(Cursor::new(&content));
            }
        }
    }
}
