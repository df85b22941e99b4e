//! Vietnamese text: one spelling for storage, one folded form for search.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The text in NFC, without leading, trailing or doubled white space.
#[must_use]
pub fn nfc(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.nfc());
    }
    out
}

/// The text as it is searched: small letters without marks, đ as d, everything that is not a
/// letter or a digit as one space. So "Hoà", "Hòa" and "hoa" are one.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.nfd().filter(|c| !is_combining_mark(*c)) {
        match letter {
            'đ' | 'Đ' => out.push('d'),
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ if out.is_empty() || out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The words of the folded text, in order; at most 16, so that a query has a bound.
#[must_use]
pub fn search_terms(text: &str) -> Vec<String> {
    fold(text).split(' ').filter(|word| !word.is_empty()).take(16).map(str::to_owned).collect()
}

/// First letters of the last two words of a name, for a round badge: "Nông Thị Hiền" is "TH".
#[must_use]
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let last_two = &words[words.len().saturating_sub(2)..];
    last_two.iter().filter_map(|word| word.chars().next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_d_with_stroke_fold_away() {
        assert_eq!(fold("Đăng ký khai sinh (Hoà Bình)"), "dang ky khai sinh hoa binh");
        assert_eq!(fold("THUỶ – Thủy"), "thuy thuy");
        assert_eq!(fold("Ươm Ễ Ậ Ỗ đặng"), "uom e a o dang");
        assert_eq!(fold("  "), "");
    }

    #[test]
    fn loose_marks_are_composed() {
        assert_eq!(nfc("  Nguye\u{302}\u{303}n   A "), "Nguyễn A");
        assert_eq!(initials("Nông Thị Hiền"), "TH");
    }
}
