//! Who has signed a PDF, and whether it is still what they signed.

use lopdf::{Dictionary, Document, Object};

use super::{Certificate, cms, update};
use crate::Sha256Hash;

/// At most so many signatures of a file are looked at.
const SEALS_MAX: usize = 16;

/// A signature that a PDF carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// What it is worth.
    pub standing: Standing,
    /// SHA-256 of the file as it was when this signature was the last thing in it.
    pub then: Sha256Hash,
    /// Whether it was signed to the last byte, so that nothing was added after.
    pub to_the_end: bool,
}

/// What a signature is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Unaltered since the holder of this certificate signed it.
    Whole(Box<Certificate>),
    /// Altered, or never signed by whom it names.
    Broken,
    /// Made in a way that is not understood here.
    Unknown,
}

/// The signatures of a PDF, in the order in which they were made; none where the file is no PDF.
///
/// Whether a certificate is to be trusted is for the caller: here it is only asked whether the
/// signature is of it.
#[must_use]
pub fn seals(pdf: &[u8]) -> Vec<Seal> {
    let Ok(document) = Document::load_mem_with_options(pdf, update::options()) else {
        return Vec::new();
    };
    let all = document.objects.values().filter_map(|object| object.as_dict().ok());
    let mut found: Vec<(usize, Seal)> =
        all.filter_map(|dict| seal(pdf, dict)).take(SEALS_MAX).collect();
    found.sort_by_key(|(end, _)| *end);
    found.into_iter().map(|(_, seal)| seal).collect()
}

/// The signature that a dictionary holds, and where what it signed ends.
fn seal(pdf: &[u8], dict: &Dictionary) -> Option<(usize, Seal)> {
    let range = dict.get(b"ByteRange").ok()?.as_array().ok()?;
    let Object::String(signature, _) = dict.get(b"Contents").ok()? else { return None };
    let number = |at: usize| usize::try_from(range.get(at)?.as_i64().ok()?).ok();
    let [a, b, c, d] = [number(0)?, number(1)?, number(2)?, number(3)?];
    let (first_end, end) = (a.checked_add(b)?, c.checked_add(d)?);
    if a != 0 || range.len() != 4 || first_end >= c || end > pdf.len() {
        return None;
    }
    // Between the two parts stands the signature and nothing else.
    let gap = &pdf[first_end..c];
    let inner = gap.strip_prefix(b"<")?.strip_suffix(b">")?;
    if !inner.iter().all(u8::is_ascii_hexdigit) || inner.len() != signature.len() * 2 {
        return None;
    }
    let content = Sha256Hash::of(&[&pdf[..first_end], &pdf[c..end]].concat());
    let standing = match cms::check(signature, content) {
        cms::Verdict::Whole(certificate) => Standing::Whole(certificate),
        cms::Verdict::Broken => Standing::Broken,
        cms::Verdict::Unknown => Standing::Unknown,
    };
    let then = Sha256Hash::of(&pdf[..end]);
    Some((end, Seal { standing, then, to_the_end: end == pdf.len() }))
}
