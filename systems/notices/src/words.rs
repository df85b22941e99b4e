//! The words of a notice: a sentence, a code and a link. No name, no paper, no number; of what is
//! confidential not even the code, since it begins with the agency.

use notices::{Claimed, Occasion, out::Saying};
use procedure::Matter;
use web::{Lang, Words, http::encoded, tr};

use crate::Teller;

/// What is said, in the reader's language.
pub(crate) fn saying(teller: &Teller, claimed: &Claimed) -> Saying {
    let words = words(teller, claimed);
    let title = teller.desk.front.place.name.clone();
    if is_kept_quiet(teller, claimed) {
        let link = format!("{}{MY_REPORTS}", teller.desk.address);
        return Saying { title, text: tr!(words, "tell-confidential"), link, code: String::new() };
    }
    let code = code(claimed);
    let about = claimed.about.as_ref();
    let directory = teller.desk.front.directory.get();
    let agency = about.and_then(|about| directory.agency(about.decided_by));
    let agency = agency.map_or("", |agency| agency.short_name.as_str());
    let matter = about.map_or(Matter::Dossier, |about| about.matter);
    let values =
        [("code", code.into()), ("matter", matter.word().into()), ("agency", agency.into())];
    let key = format!("tell-{}", claimed.notice.occasion.word().replace('_', "-"));
    let (text, link) = (words.t_with(&key, &values), link(teller, claimed));
    Saying { title, text, link, code: code.to_owned() }
}

/// Where a citizen finds their own reports, of the feedback system.
const MY_REPORTS: &str = "/phan-anh/cua-toi";
/// Where an officer finds what was raised, of the operations centre.
const ALERTS: &str = "/canh-bao";

fn code(claimed: &Claimed) -> &str {
    claimed.about.as_ref().map_or("", |about| about.code.as_str())
}

/// Whether it is about a report that nobody may learn of who happens to see the message.
fn is_kept_quiet(teller: &Teller, claimed: &Claimed) -> bool {
    let Some(about) = claimed.about.as_ref().filter(|about| about.matter == Matter::Feedback)
    else {
        return false;
    };
    let moment = teller.desk.moment();
    moment.shelf.version(&about.procedure).is_none_or(|procedure| procedure.confidential)
}

pub(crate) fn words(teller: &Teller, claimed: &Claimed) -> Words {
    let lang = if claimed.wishes.lang == "en" { Lang::En } else { Lang::Vi };
    Words::new(lang, teller.desk.front.texts.clone())
}

fn link(teller: &Teller, claimed: &Claimed) -> String {
    let address = &teller.desk.address;
    let (confirm, _) = links(teller, claimed);
    let code = code(claimed);
    match claimed.notice.occasion {
        Occasion::Confirm => format!("{address}/thong-bao/xac-nhan?ma={}", encoded(&confirm)),
        Occasion::PaymentAsked | Occasion::Paid => format!("{address}/nop/{code}"),
        Occasion::MandateRecorded => format!("{address}/toi/uy-quyen"),
        Occasion::AlertOpened | Occasion::AlertEscalated => format!("{address}{ALERTS}"),
        _ => match &claimed.about {
            Some(about) => format!("{address}{}", desk::own_page(about.matter, &about.code)),
            None => format!("{address}/toi"),
        },
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
    let code = code(claimed);
    let subject = match claimed.notice.occasion {
        Occasion::Confirm => tr!(words, "tell-mail-subject-confirm", place = place),
        _ if is_kept_quiet(teller, claimed) => tr!(words, "tell-mail-subject-plain", place = place),
        Occasion::MandateRecorded => tr!(words, "tell-mail-subject-own", place = place),
        Occasion::AlertOpened | Occasion::AlertEscalated => {
            tr!(words, "tell-mail-subject-alert", place = place)
        }
        _ => tr!(words, "tell-mail-subject", place = place, code = code),
    };
    let stop = stop_link(teller, claimed);
    let foot = match claimed.notice.occasion {
        Occasion::Confirm => tr!(words, "tell-mail-foot-confirm", place = place),
        _ => tr!(words, "tell-mail-foot", place = place, stop = stop),
    };
    (subject, foot)
}
