//! What the pages say.

use std::{path::Path, sync::Arc};

use payments::{Problem, reconcile::Verdict};
use web::{Lang, Texts, Words, i18n};

#[test]
fn the_texts_are_whole_in_both_languages() {
    let (vi, en) = (include_str!("../texts/vi.ftl"), include_str!("../texts/en.ftl"));
    assert_eq!(i18n::check_parity(vi, en), Ok(()));
    let all = [&web::TEXTS[..], desk::TEXTS, one_stop::TEXTS, paying::TEXTS].concat();
    let texts = Arc::new(Texts::new(&all).unwrap());
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    assert_eq!(i18n::check_keys_used(&texts, &source), Ok(()));
    let words = Words::new(Lang::Vi, texts);
    for verdict in Verdict::ALL {
        assert!(words.has(&format!("books-verdict-{}", verdict.word())));
    }
    for problem in Problem::ALL {
        assert!(words.has(&format!("books-problem-{}", problem.word())));
        assert!(words.has(&format!("books-what-{}", problem.word())));
    }
}
