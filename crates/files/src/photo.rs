//! Photos of papers, taken with a phone: turned upright, made smaller, put on a page of A4.
//!
//! A phone writes the pixels as its sensor lies and notes in the EXIF data how to turn them; a
//! reader that ignores the note shows the paper sideways. Here the note is applied and then left
//! out, with everything else that a phone adds (place, time, its own number). What lies askew in
//! the picture stays so: guessing at the edges of a sheet is right too seldom to be done to
//! evidence.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageError, ImageReader, Limits, codecs::jpeg::JpegEncoder,
    imageops::FilterType, metadata::Orientation,
};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref};

use crate::{Error, Kind, Result, Sha256Hash};

/// Most pixels of a photo; more is a bomb, or not a phone's.
pub const PIXELS_MAX: u64 = 60_000_000;
/// Most memory while it is decoded, in bytes.
const DECODED_BYTES_MAX: u64 = 256 << 20;
/// The longer side of what is kept, in pixels: A4 at 200 dots an inch.
const LONG_SIDE: u32 = 2339;
/// Quality of the JPEG that is kept; print stays readable, a page takes about 400 KB.
const QUALITY: u8 = 82;
/// A4 in points.
const A4: (f32, f32) = (595.0, 842.0);

/// A photo on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// A PDF of one page.
    pub pdf: Vec<u8>,
    /// What was sent.
    pub sent: Sha256Hash,
    /// Whether it had to be turned.
    pub turned: bool,
    /// Width and height of the picture on the page, in pixels.
    pub size: (u32, u32),
}

/// Puts a photo upright on a page.
///
/// # Errors
/// [`Error::OtherKind`] and its like where the content is not of that kind;
/// [`Error::TooManyPixels`]; [`Error::Picture`] where it cannot be decoded.
pub fn page_of(photo: &[u8], kind: Kind) -> Result<Page> {
    kind.check(Cursor::new(photo))?;
    let mut reader = ImageReader::new(Cursor::new(photo));
    reader.set_format(match kind {
        Kind::Jpeg => image::ImageFormat::Jpeg,
        Kind::Png => image::ImageFormat::Png,
        _ => return Err(Error::UnknownContent),
    });
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODED_BYTES_MAX);
    reader.limits(limits);
    // Nothing is decoded before the header has said how much it would be.
    let mut decoder = reader.into_decoder().map_err(picture)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(Error::TooManyPixels { most: PIXELS_MAX });
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture_of = DynamicImage::from_decoder(decoder).map_err(picture)?;
    // Smaller first, so that turning moves fewer pixels.
    picture_of = scaled(picture_of);
    picture_of.apply_orientation(orientation);
    let flat = flattened(picture_of);
    let size = (flat.width(), flat.height());
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(&flat).map_err(picture)?;
    Ok(Page {
        pdf: pdf_of(&jpeg, size),
        sent: Sha256Hash::of(photo),
        turned: orientation != Orientation::NoTransforms,
        size,
    })
}

/// The picture, no larger than a page needs.
fn scaled(picture: DynamicImage) -> DynamicImage {
    if picture.width().max(picture.height()) <= LONG_SIDE {
        return picture;
    }
    picture.resize(LONG_SIDE, LONG_SIDE, FilterType::Triangle)
}

/// The picture without transparency: what is clear becomes paper.
fn flattened(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.into_rgb8());
    }
    let clear = picture.into_rgba8();
    let on_paper = |part: u8, alpha: u8| {
        let (part, alpha) = (u32::from(part), u32::from(alpha));
        u8::try_from((part * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
    };
    DynamicImage::ImageRgb8(image::RgbImage::from_fn(clear.width(), clear.height(), |x, y| {
        let [r, g, b, a] = clear.get_pixel(x, y).0;
        image::Rgb([on_paper(r, a), on_paper(g, a), on_paper(b, a)])
    }))
}

fn pdf_of(jpeg: &[u8], (width, height): (u32, u32)) -> Vec<u8> {
    let ids: Vec<Ref> = (1..=5).map(Ref::new).collect();
    let (catalog, tree, page, content, picture) = (ids[0], ids[1], ids[2], ids[3], ids[4]);
    let paper = if width > height { (A4.1, A4.0) } else { A4 };
    let shrink = (paper.0 / width as f32).min(paper.1 / height as f32);
    let (wide, high) = (width as f32 * shrink, height as f32 * shrink);
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree);
    pdf.pages(tree).kids([page]).count(1);
    let mut sheet = pdf.page(page);
    sheet.media_box(Rect::new(0.0, 0.0, paper.0, paper.1)).parent(tree).contents(content);
    sheet.resources().x_objects().pair(Name(b"P"), picture);
    sheet.finish();
    let mut drawing = Content::new();
    drawing.save_state();
    let corner = ((paper.0 - wide) / 2.0, (paper.1 - high) / 2.0);
    drawing.transform([wide, 0.0, 0.0, high, corner.0, corner.1]);
    drawing.x_object(Name(b"P"));
    drawing.restore_state();
    pdf.stream(content, &drawing.finish());
    let mut object = pdf.image_xobject(picture, jpeg);
    object.filter(Filter::DctDecode);
    object.width(i32::try_from(width).unwrap_or(i32::MAX));
    object.height(i32::try_from(height).unwrap_or(i32::MAX));
    object.color_space().device_rgb();
    object.bits_per_component(8);
    object.finish();
    pdf.finish()
}

fn picture(error: ImageError) -> Error {
    match error {
        ImageError::Limits(_) => Error::TooManyPixels { most: PIXELS_MAX },
        other => Error::Picture(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage, codecs::png::PngEncoder};
    use proptest::prelude::*;

    use super::*;

    /// A sheet whose upper left corner is dark, as it stands before the camera.
    fn sheet(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| {
            if x < width / 2 && y < height / 2 { Rgb([20, 20, 20]) } else { Rgb([240, 240, 240]) }
        })
    }

    /// A JPEG whose EXIF data says how to turn it.
    fn jpeg(picture: &RgbImage, orientation: u8) -> Vec<u8> {
        let mut plain = Vec::new();
        JpegEncoder::new_with_quality(&mut plain, 90).encode_image(picture).unwrap();
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        let mut out = plain[..2].to_vec();
        out.extend([0xff, 0xe1]);
        out.extend(length);
        out.extend(exif);
        out.extend(&plain[2..]);
        out
    }

    /// The picture on the page: the stream between its markers.
    fn on_the_page(page: &Page) -> RgbImage {
        let start = page.pdf.windows(3).position(|w| w == b"\xff\xd8\xff").unwrap();
        let end = page.pdf.windows(2).rposition(|w| w == b"\xff\xd9").unwrap() + 2;
        let jpeg = &page.pdf[start..end];
        image::load_from_memory_with_format(jpeg, image::ImageFormat::Jpeg).unwrap().into_rgb8()
    }

    fn dark(picture: &RgbImage) -> [bool; 4] {
        let (w, h) = picture.dimensions();
        [(w / 4, h / 4), (w * 3 / 4, h / 4), (w / 4, h * 3 / 4), (w * 3 / 4, h * 3 / 4)]
            .map(|(x, y)| picture.get_pixel(x, y).0[0] < 128)
    }

    #[test]
    fn every_way_to_hold_a_phone_gives_an_upright_page() {
        let upright = sheet(120, 160);
        for orientation in 1..=8_u8 {
            // What the sensor writes is the sheet turned back by what the note says.
            let mut sensor = DynamicImage::ImageRgb8(upright.clone());
            sensor.apply_orientation(match Orientation::from_exif(orientation).unwrap() {
                Orientation::Rotate90 => Orientation::Rotate270,
                Orientation::Rotate270 => Orientation::Rotate90,
                same => same,
            });
            let page = page_of(&jpeg(&sensor.into_rgb8(), orientation), Kind::Jpeg).unwrap();
            assert_eq!(page.size, (120, 160), "orientation {orientation}");
            assert_eq!(dark(&on_the_page(&page)), [true, false, false, false], "{orientation}");
            assert_eq!(page.turned, orientation != 1);
            Kind::Pdf.check(Cursor::new(&page.pdf)).unwrap();
        }
    }

    #[test]
    fn a_large_photo_becomes_a_page_at_two_hundred_dots_and_loses_its_secrets() {
        let photo = jpeg(&sheet(2600, 400), 6);
        let page = page_of(&photo, Kind::Jpeg).unwrap();
        assert_eq!(page.size, (360, 2339));
        assert_eq!(page.sent, Sha256Hash::of(&photo));
        assert!(!page.pdf.windows(4).any(|w| w == b"Exif"), "nothing the phone added is kept");
        assert_eq!(page_of(&photo, Kind::Jpeg).unwrap(), page, "the same gives the same");
    }

    #[test]
    fn what_is_clear_becomes_paper() {
        let mut png = Vec::new();
        let clear = [0, 0, 0, 0, 10, 10, 10, 255];
        PngEncoder::new(&mut png).write_image(&clear, 2, 1, ExtendedColorType::Rgba8).unwrap();
        let page = page_of(&png, Kind::Png).unwrap();
        assert_eq!(page.size, (2, 1));
        let shown = on_the_page(&page);
        assert!(shown.get_pixel(0, 0).0[0] > shown.get_pixel(1, 0).0[0]);
    }

    #[test]
    fn a_bomb_is_refused_by_its_header() {
        let mut bomb = crate::testing::png();
        bomb[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        assert!(matches!(
            page_of(&bomb, Kind::Png),
            Err(Error::TooManyPixels { .. } | Error::Picture(_))
        ));
        let mut wide = jpeg(&sheet(64, 64), 1);
        let frame = wide.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
        wide[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
        assert!(matches!(page_of(&wide, Kind::Jpeg), Err(Error::TooManyPixels { .. })));
        assert!(matches!(page_of(&jpeg(&sheet(9, 9), 1), Kind::Png), Err(Error::OtherKind { .. })));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_damaged_photo_is_a_page_or_refused(
            turns in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        ) {
            let mut photo = jpeg(&sheet(40, 30), 6);
            for (at, byte) in turns {
                let at = at.index(photo.len());
                photo[at] = byte;
            }
            let _ = page_of(&photo, Kind::Jpeg);
        }
    }
}
