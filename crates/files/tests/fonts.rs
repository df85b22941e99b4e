//! Every Vietnamese letter in every tone can be printed, in each of the four styles.

use std::path::Path;

use unicode_normalization::UnicodeNormalization;

/// Twelve vowels with six tones each, đ, and the consonants, in both cases.
fn alphabet() -> Vec<char> {
    const TONES: [&str; 6] = ["", "\u{300}", "\u{301}", "\u{309}", "\u{303}", "\u{323}"];
    let vowels = "aăâeêioôơuưy".chars();
    let toned = vowels.flat_map(|v| TONES.map(|tone| format!("{v}{tone}").nfc().to_string()));
    let lower = toned.chain(["bcdđghklmnpqrstvx".to_owned()]).collect::<String>();
    lower.chars().chain(lower.to_uppercase().chars()).collect()
}

#[test]
fn every_letter_in_every_tone_has_a_glyph_in_every_style() {
    let letters = alphabet();
    let marked = letters.iter().filter(|c| !c.is_ascii()).count();
    assert_eq!(marked, 134, "67 letters with marks in each case, each one code point");

    for style in ["Regular", "Bold", "Italic", "BoldItalic"] {
        let path = Path::new("fonts").join(format!("Tinos-{style}.ttf"));
        let data = std::fs::read(path).unwrap();
        let face = ttf_parser::Face::parse(&data, 0).unwrap();
        let others = "0123456789.,;:/()-–—…‘’“”«»•%₫€№ \u{a0}".chars();
        for letter in letters.iter().copied().chain(others) {
            let glyph = face.glyph_index(letter);
            assert!(glyph.is_some_and(|g| g.0 != 0), "{style} lacks {letter}");
            let drawn = face.glyph_bounding_box(glyph.unwrap()).is_some();
            assert!(drawn || letter.is_whitespace(), "{style} draws nothing for {letter}");
        }
    }
}
