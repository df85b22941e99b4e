//! What the pages and the notices say.

use std::{path::Path, sync::Arc};

use notices::{Channel, ContactState, Occasion};
use web::{Lang, Texts, Words, i18n};

#[test]
fn the_texts_are_whole_in_both_languages() {
    let (vi, en) = (include_str!("../texts/vi.ftl"), include_str!("../texts/en.ftl"));
    assert_eq!(i18n::check_parity(vi, en), Ok(()));
    let all = [&web::TEXTS[..], desk::TEXTS, one_stop::TEXTS, telling::TEXTS].concat();
    let texts = Arc::new(Texts::new(&all).unwrap());
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    assert_eq!(i18n::check_keys_used(&texts, &source), Ok(()));
    let words = Words::new(Lang::Vi, texts);
    for occasion in Occasion::ALL {
        assert!(words.has(&format!("tell-{}", occasion.word().replace('_', "-"))));
        assert!(words.has(&format!("tell-what-{}", occasion.word())));
    }
    for channel in Channel::ALL {
        assert!(words.has(&format!("tell-channel-{}", channel.word())));
    }
    for state in ContactState::ALL {
        assert!(words.has(&format!("tell-state-{}", state.word())));
    }
}

/// A code of the longest kind in use, a link as long as a province's can be: still one or two
/// parts of a text message, with nothing but letters of GSM.
#[test]
fn every_notice_fits_a_text_message() {
    let all = [&web::TEXTS[..], desk::TEXTS, one_stop::TEXTS, telling::TEXTS].concat();
    let words = Words::new(Lang::Vi, Arc::new(Texts::new(&all).unwrap()));
    for occasion in Occasion::ALL.iter().filter(|o| **o != Occasion::Confirm) {
        for matter in ["dossier", "feedback"] {
            let key = format!("tell-{}", occasion.word().replace('_', "-"));
            let values = [
                ("code", "H55.62-261123-0008".into()),
                ("matter", matter.into()),
                ("agency", "Trung tâm Phục vụ hành chính công".into()),
            ];
            let text = notices::out::without_marks(&words.t_with(&key, &values));
            assert!(text.is_ascii(), "{text}");
            let whole =
                format!("{text} https://dichvucong.thainguyen.gov.vn/toi/ho-so/H55.62-261123-0008");
            assert!(whole.len() <= 160 + 20, "{whole} {}", whole.len());
        }
    }
}
