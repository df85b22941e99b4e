//! Photos from phones: where they were taken is read, and then everything that the file says
//! about the phone, the place and the person is left behind. What is published is painted anew.

use std::io::Cursor;

use exif::{In, Reader, Tag, Value};
use image::{
    DynamicImage, ImageDecoder, ImageReader, Limits, codecs::jpeg::JpegEncoder,
    imageops::FilterType,
};
use thiserror::Error;

/// Bytes of a photo as it arrives.
pub const BYTES_MAX: usize = 12_000_000;
/// Photos with one report.
pub const COUNT_MAX: usize = 3;
/// Sides of a photo as it arrives; more is no photo of a phone.
const SIDE_MAX: u32 = 12_000;
/// Memory that opening one may take.
const MEMORY_MAX: u64 = 160_000_000;
/// The longer side of what is published, and of the small picture in lists.
const PUBLISHED_SIDE: u32 = 1280;
const SMALL_SIDE: u32 = 320;

/// A photo, ready to be kept.
#[derive(Debug, Clone)]
pub struct Photo {
    /// JPEG without any metadata, upright.
    pub published: Vec<u8>,
    /// The same, small.
    pub small: Vec<u8>,
    /// Where it was taken: degrees north, degrees east. Not part of what is published.
    pub taken_at: Option<(f64, f64)>,
}

/// Why a photo was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PhotoError {
    /// Too many bytes.
    #[error("a photo has at most {BYTES_MAX} bytes")]
    Bytes,
    /// Too many points, or more memory than it is worth.
    #[error("a photo has at most {SIDE_MAX} points a side")]
    Size,
    /// Not a JPEG, PNG or WebP that can be opened.
    #[error("that is no picture in JPEG, PNG or WebP")]
    Form,
}

/// Opens a photo, reads where it was taken, and paints it anew.
///
/// # Errors
/// [`PhotoError`] says which limit it breaks.
pub fn take(bytes: &[u8]) -> Result<Photo, PhotoError> {
    if bytes.len() > BYTES_MAX {
        return Err(PhotoError::Bytes);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(MEMORY_MAX);
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| PhotoError::Form)?;
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(|error| fault(&error))?;
    let (width, height) = decoder.dimensions();
    if width > SIDE_MAX || height > SIDE_MAX || decoder.total_bytes() > MEMORY_MAX {
        return Err(PhotoError::Size);
    }
    let upright = decoder.orientation().map_err(|error| fault(&error))?;
    decoder.set_limits(limits).map_err(|error| fault(&error))?;
    let opened = DynamicImage::from_decoder(decoder).map_err(|error| fault(&error))?;
    // Smaller first: turning a large picture costs memory.
    let mut published = fit(&opened, PUBLISHED_SIDE);
    published.apply_orientation(upright);
    let small = fit(&published, SMALL_SIDE);
    Ok(Photo {
        published: painted(&published, 80)?,
        small: painted(&small, 70)?,
        taken_at: taken_at(bytes),
    })
}

fn fault(error: &image::ImageError) -> PhotoError {
    match error {
        image::ImageError::Limits(_) => PhotoError::Size,
        _ => PhotoError::Form,
    }
}

fn fit(picture: &DynamicImage, side: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= side {
        return picture.clone();
    }
    picture.resize(side, side, FilterType::Triangle)
}

/// Only points and colours go into the new file.
fn painted(picture: &DynamicImage, quality: u8) -> Result<Vec<u8>, PhotoError> {
    let mut out = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut out, quality);
    picture.to_rgb8().write_with_encoder(encoder).map_err(|_| PhotoError::Form)?;
    Ok(out)
}

/// Where the phone says that it was; none where it does not, or says nonsense.
fn taken_at(bytes: &[u8]) -> Option<(f64, f64)> {
    let exif = Reader::new().read_from_container(&mut Cursor::new(bytes)).ok()?;
    let degrees = |tag: Tag, sign: Tag, negative: u8| {
        let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
        let [d, m, s] = parts.get(..3)?.try_into().ok().map(|p: [exif::Rational; 3]| p)?;
        let sum = d.to_f64() + m.to_f64() / 60.0 + s.to_f64() / 3600.0;
        let Value::Ascii(words) = &exif.get_field(sign, In::PRIMARY)?.value else { return None };
        let negated = words.first()?.first() == Some(&negative);
        Some(if negated { -sum } else { sum })
    };
    let north = degrees(Tag::GPSLatitude, Tag::GPSLatitudeRef, b'S')?;
    let east = degrees(Tag::GPSLongitude, Tag::GPSLongitudeRef, b'W')?;
    let sound = north.abs() <= 90.0 && east.abs() <= 180.0 && (north != 0.0 || east != 0.0);
    sound.then_some((north, east))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of `width` by `height`, with EXIF that says where and that it lies on its side.
    fn phone(width: u32, height: u32) -> Vec<u8> {
        let picture = DynamicImage::new_rgb8(width, height);
        let plain = painted(&picture, 80).unwrap();
        let mut tiff = Vec::new();
        let field = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
            let mut out = Vec::new();
            out.extend(tag.to_be_bytes());
            out.extend(kind.to_be_bytes());
            out.extend(count.to_be_bytes());
            out.extend(value);
            out
        };
        tiff.extend(b"MM\0*\0\0\0\x08");
        // Orientation 6: a quarter turn; the GPS fields begin at 38.
        tiff.extend(2_u16.to_be_bytes());
        tiff.extend(field(0x0112, 3, 1, [0, 6, 0, 0]));
        tiff.extend(field(0x8825, 4, 1, 38_u32.to_be_bytes()));
        tiff.extend(0_u32.to_be_bytes());
        assert_eq!(tiff.len(), 38);
        tiff.extend(4_u16.to_be_bytes());
        tiff.extend(field(1, 2, 2, *b"N\0\0\0"));
        tiff.extend(field(2, 5, 3, 92_u32.to_be_bytes()));
        tiff.extend(field(3, 2, 2, *b"E\0\0\0"));
        tiff.extend(field(4, 5, 3, 116_u32.to_be_bytes()));
        tiff.extend(0_u32.to_be_bytes());
        assert_eq!(tiff.len(), 92);
        for (number, over) in [(21, 1), (35, 1), (3012, 100), (105, 1), (50, 1), (2424, 100_u32)] {
            tiff.extend(u32::to_be_bytes(number));
            tiff.extend(over.to_be_bytes());
        }
        let mut out = vec![0xFF, 0xD8, 0xFF, 0xE1];
        out.extend(u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
        out.extend(b"Exif\0\0");
        out.extend(tiff);
        out.extend(&plain[2..]);
        out
    }

    #[test]
    fn where_it_was_taken_is_read_and_left_behind() {
        let sent = phone(400, 300);
        let photo = take(&sent).unwrap();
        let (north, east) = photo.taken_at.unwrap();
        assert!((north - 21.591_7).abs() < 1e-3 && (east - 105.840_1).abs() < 1e-3);
        assert!(sent.windows(4).any(|part| part == b"Exif"));
        for kept in [&photo.published, &photo.small] {
            assert!(!kept.windows(4).any(|part| part == b"Exif" || part == b"http"));
            assert_eq!(taken_at(kept), None);
        }
        // It lay on its side and stands upright now.
        let published = image::load_from_memory(&photo.published).unwrap();
        assert_eq!((published.width(), published.height()), (300, 400));
        let small = image::load_from_memory(&photo.small).unwrap();
        assert_eq!((small.width(), small.height()), (240, 320));
    }

    #[test]
    fn what_is_too_large_or_no_picture_is_refused() {
        assert_eq!(take(b"GIF89a...").unwrap_err(), PhotoError::Form);
        assert_eq!(take(&[]).unwrap_err(), PhotoError::Form);
        assert_eq!(take(&vec![0; BYTES_MAX + 1]).unwrap_err(), PhotoError::Bytes);
        // A bomb: a few bytes that claim to be a wall.
        let mut bomb = painted(&DynamicImage::new_rgb8(8, 8), 80).unwrap();
        let frame = bomb.windows(2).position(|two| two == [0xFF, 0xC0]).unwrap();
        bomb[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
        assert_eq!(take(&bomb).unwrap_err(), PhotoError::Size);
    }
}
