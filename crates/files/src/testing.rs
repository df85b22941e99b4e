//! Small whole files for the tests, built by hand so that nobody's scan is in the repository.

/// One empty page.
pub(crate) fn pdf() -> Vec<u8> {
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>\
      endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
        .to_vec()
}

/// A header with a preview in it (which has an end marker of its own), a scan, the end.
pub(crate) fn jpeg() -> Vec<u8> {
    let mut file = b"\xff\xd8".to_vec();
    let preview = b"Exif\0\0\xff\xd8\xff\xda\x01\x02\xff\xd9";
    file.extend_from_slice(b"\xff\xe1");
    file.extend_from_slice(&u16::try_from(preview.len() + 2).unwrap().to_be_bytes());
    file.extend_from_slice(preview);
    file.extend_from_slice(b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00");
    file.extend_from_slice(b"\x12\xff\x00\x34\xff\xd0\x56\xff\xff\xd9");
    file
}

/// One black pixel.
pub(crate) fn png() -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let chunks: [(&[u8; 4], &[u8]); 3] =
        [(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0"), (b"IDAT", b"data"), (b"IEND", b"")];
    for (name, data) in chunks {
        file.extend_from_slice(&u32::try_from(data.len()).unwrap().to_be_bytes());
        file.extend_from_slice(name);
        file.extend_from_slice(data);
        file.extend_from_slice(b"\0\0\0\0");
    }
    file
}

/// A spreadsheet, by the names of its parts.
pub(crate) fn xlsx() -> Vec<u8> {
    zip(&["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"])
}

/// A text, by the names of its parts.
pub(crate) fn docx() -> Vec<u8> {
    zip(&["[Content_Types].xml", "_rels/.rels", "word/document.xml"])
}

/// An archive of empty files.
pub(crate) fn zip(names: &[&str]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut directory = Vec::new();
    for name in names {
        let offset = u32::try_from(file.len()).unwrap().to_le_bytes();
        let name_len = u16::try_from(name.len()).unwrap().to_le_bytes();
        file.extend_from_slice(b"PK\x03\x04");
        file.extend_from_slice(&[0; 22]);
        file.extend_from_slice(&name_len);
        file.extend_from_slice(&[0; 2]);
        file.extend_from_slice(name.as_bytes());
        directory.extend_from_slice(b"PK\x01\x02");
        directory.extend_from_slice(&[0; 24]);
        directory.extend_from_slice(&name_len);
        directory.extend_from_slice(&[0; 12]);
        directory.extend_from_slice(&offset);
        directory.extend_from_slice(name.as_bytes());
    }
    let count = u16::try_from(names.len()).unwrap().to_le_bytes();
    let start = u32::try_from(file.len()).unwrap().to_le_bytes();
    let size = u32::try_from(directory.len()).unwrap().to_le_bytes();
    file.append(&mut directory);
    file.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    file.extend_from_slice(&count);
    file.extend_from_slice(&count);
    file.extend_from_slice(&size);
    file.extend_from_slice(&start);
    file.extend_from_slice(&[0; 2]);
    file
}
