//! QR codes (ISO/IEC 18004), as one path that a page and a printed form both draw.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode, Version, bits::Bits, types::QrResult};

use crate::{Error, Result};

/// A QR code: a square of dark and light modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    modules: Vec<Color>,
    width: usize,
}

const LEVEL: EcLevel = EcLevel::M;

/// The light margin that a reader needs around a code, in modules.
const QUIET: usize = 4;

impl Qr {
    /// The code of a text, with level M of error correction: a fold or a stamp over a seventh
    /// of it does no harm.
    ///
    /// # Errors
    /// [`Error::QrTooLong`] over what a code holds, about 2,300 bytes.
    pub fn new(text: &str) -> Result<Self> {
        let code = if text.is_ascii() {
            QrCode::with_error_correction_level(text, LEVEL).ok()
        } else {
            // Left to itself, the encoder takes some Vietnamese letters for Shift JIS.
            (1..=40).find_map(|version| as_bytes(text, Version::Normal(version)).ok())
        };
        let code = code.ok_or(Error::QrTooLong)?;
        Ok(Self { width: code.width(), modules: code.into_colors() })
    }

    /// Length of a side in modules, with the light margin: the `viewBox` of the path is
    /// `0 0 side side`.
    #[must_use]
    pub const fn side(&self) -> usize {
        self.width + 2 * QUIET
    }

    /// The dark modules as the data of an SVG path, one bar for each run of dark in a row.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for (y, row) in self.modules.chunks(self.width).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|a, b| a == b) {
                if run[0] == Color::Dark {
                    let (left, top, len) = (x + QUIET, y + QUIET, run.len());
                    write!(path, "M{left} {top}h{len}v1h-{len}z")
                        .expect("writing to a string does not fail");
                }
                x += run.len();
            }
        }
        path
    }

    /// The code as a picture of its own, black on white.
    #[must_use]
    pub fn svg(&self) -> String {
        let (side, path) = (self.side(), self.path());
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
             shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/>\
             <path d=\"{path}\"/></svg>"
        )
    }
}

fn as_bytes(text: &str, version: Version) -> QrResult<QrCode> {
    let mut bits = Bits::new(version);
    bits.push_byte_data(text.as_bytes())?;
    bits.push_terminator(LEVEL)?;
    QrCode::with_bits(bits, LEVEL)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "https://dichvucong.thainguyen.example/tra-cuu/H55.19-261123-0042";

    /// Draws the path on a raster, as a browser would.
    fn drawn(qr: &Qr) -> Vec<Vec<bool>> {
        let mut raster = vec![vec![false; qr.side()]; qr.side()];
        for bar in qr.path().split('M').skip(1) {
            let numbers: Vec<usize> =
                bar.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
            let [left, top, len, 1, back] = numbers[..] else { panic!("a bar is {bar}") };
            assert_eq!(len, back);
            raster[top][left..left + len].fill(true);
        }
        raster
    }

    #[test]
    fn the_path_draws_every_module_and_keeps_the_margin_light() {
        let qr = Qr::new(ADDRESS).unwrap();
        let code = QrCode::with_error_correction_level(ADDRESS, EcLevel::M).unwrap();
        for (y, row) in drawn(&qr).iter().enumerate() {
            for (x, dark) in row.iter().enumerate() {
                let inside = (QUIET..qr.side() - QUIET).contains(&x)
                    && (QUIET..qr.side() - QUIET).contains(&y);
                let expected = inside && code[(x - QUIET, y - QUIET)] == Color::Dark;
                assert_eq!(*dark, expected, "module {x},{y}");
            }
        }
    }

    #[test]
    fn a_text_that_no_code_holds_is_refused() {
        assert!(Qr::new(&"Đ".repeat(1_165)).is_ok());
        assert!(matches!(Qr::new(&"Đ".repeat(1_166)), Err(Error::QrTooLong)));
    }
}
