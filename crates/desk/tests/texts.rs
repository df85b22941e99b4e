//! The texts of the desk are whole in both languages, and every one that the code names is there.

#[test]
fn the_texts_are_whole_in_both_languages() {
    let pairs = [
        (include_str!("../texts/shared.vi.ftl"), include_str!("../texts/shared.en.ftl")),
        (include_str!("../texts/refusal.vi.ftl"), include_str!("../texts/refusal.en.ftl")),
    ];
    for (vi, en) in pairs {
        assert_eq!(web::i18n::check_parity(vi, en), Ok(()));
    }
    let texts = web::Texts::new(&[&web::TEXTS[..], desk::TEXTS].concat()).unwrap();
    let sources = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    assert_eq!(web::i18n::check_keys_used(&texts, &sources), Ok(()));
}
