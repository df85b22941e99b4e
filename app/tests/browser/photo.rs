//! What telephones send.

use std::{
    fs,
    path::PathBuf,
    process,
    sync::atomic::{AtomicU32, Ordering},
};

/// How many were taken: tests run beside each other.
static TAKEN: AtomicU32 = AtomicU32::new(0);

/// A sheet with lines of writing, as a telephone held upright notes it: lying, and "turn it".
pub(crate) fn sideways() -> PathBuf {
    let mut grain = 7_u32;
    let sheet = image::RgbImage::from_fn(1600, 1130, |x, y| {
        grain = grain.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let written = x % 40 < 14 && (100..1000).contains(&y) && y / 9 % 5 != 0;
        let paper = if written { 40 } else { 215 };
        image::Rgb([paper + (grain >> 24) as u8 / 8; 3])
    });
    let mut plain = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut plain, 92)
        .encode_image(&sheet)
        .unwrap();
    let exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let mut photo = plain[..2].to_vec();
    photo.extend([0xff, 0xe1]);
    photo.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    photo.extend(exif);
    photo.extend(&plain[2..]);
    let number = TAKEN.fetch_add(1, Ordering::Relaxed);
    let folder = format!("photos/{}-{number}", process::id());
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(folder);
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("IMG_0012.jpg");
    fs::write(&file, photo).unwrap();
    file
}
