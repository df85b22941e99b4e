//! The texts of scorecards are whole in both languages, and every one that the code names is there.

#[test]
fn the_texts_are_whole_in_both_languages() {
    let (vi, en) =
        (include_str!("../texts/scoring.vi.ftl"), include_str!("../texts/scoring.en.ftl"));
    assert_eq!(web::i18n::check_parity(vi, en), Ok(()));
    let texts = [&web::TEXTS[..], desk::TEXTS, scoring::TEXTS].concat();
    let texts = web::Texts::new(&texts).unwrap();
    let sources = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    assert_eq!(web::i18n::check_keys_used(&texts, &sources), Ok(()));
}
