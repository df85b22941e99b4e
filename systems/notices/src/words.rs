//! The words of a notice: a sentence, a code and a link. No name, no paper, no number.

use notices::{Claimed, Occasion, out::Saying};
use web::{Lang, Words, http::encoded, tr};

use crate::Teller;

/// What is said, in the reader's language.
pub(crate) fn saying(teller: &Teller, claimed: &Claimed) -> Saying {
    let words = words(teller, claimed);
    let code = claimed.code.as_ref().map_or("", |code| code.as_str());
    let occasion = claimed.notice.occasion;
    let feedback = claimed.matter.as_deref() == Some("feedback");
    let key = format!("tell-{}", occasion.word().replace('_', "-"));
    let matter = if feedback { "feedback" } else { "dossier" };
    let text = words.t_with(&key, &[("code", code.into()), ("matter", matter.into())]);
    let title = teller.desk.front.place.name.clone();
    Saying { title, text, link: link(teller, claimed, feedback), code: code.to_owned() }
}

pub(crate) fn words(teller: &Teller, claimed: &Claimed) -> Words {
    let lang = if claimed.wishes.lang == "en" { Lang::En } else { Lang::Vi };
    Words::new(lang, teller.desk.front.texts.clone())
}

fn link(teller: &Teller, claimed: &Claimed, feedback: bool) -> String {
    let address = &teller.desk.address;
    let (confirm, _) = links(teller, claimed);
    let code = claimed.code.as_ref().map_or("", |code| code.as_str());
    match claimed.notice.occasion {
        Occasion::Confirm => format!("{address}/thong-bao/xac-nhan?ma={}", encoded(&confirm)),
        Occasion::PaymentAsked | Occasion::Paid => format!("{address}/nop/{code}"),
        _ if feedback => format!("{address}/phan-anh/{code}"),
        _ => format!("{address}/toi/ho-so/{code}"),
    }
}

/// The address at which messages to this contact are stopped.
pub(crate) fn stop_link(teller: &Teller, claimed: &Claimed) -> String {
    let (_, stop) = links(teller, claimed);
    format!("{}/thong-bao/ngung?ma={}", teller.desk.address, encoded(&stop))
}

fn links(teller: &Teller, claimed: &Claimed) -> (String, String) {
    notices::links(&teller.desk.keyring, &teller.desk.front.tenant, claimed.contact.id)
}

/// The subject of a message, and what stands below its sentence.
pub(crate) fn around(teller: &Teller, claimed: &Claimed) -> (String, String) {
    let words = words(teller, claimed);
    let place = teller.desk.front.place.name.as_str();
    let code = claimed.code.as_ref().map_or("", |code| code.as_str());
    let subject = match claimed.notice.occasion {
        Occasion::Confirm => tr!(words, "tell-mail-subject-confirm", place = place),
        _ => tr!(words, "tell-mail-subject", place = place, code = code),
    };
    let stop = stop_link(teller, claimed);
    let foot = match claimed.notice.occasion {
        Occasion::Confirm => tr!(words, "tell-mail-foot-confirm", place = place),
        _ => tr!(words, "tell-mail-foot", place = place, stop = stop),
    };
    (subject, foot)
}
