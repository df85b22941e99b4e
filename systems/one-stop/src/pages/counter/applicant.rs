//! Who applies, from what was typed, with a sentence for each thing that does not fit.

use identity::party::{Known, Party, PartyNumber};
use kernel::today;
use web::{SignedIn, form, form::Faults, tr};

use super::typed::Typed;

/// The number that was typed; none where the applicant has none, or it is wrong.
pub(super) fn number(me: &SignedIn, typed: &Typed, faults: &mut Faults) -> Option<PartyNumber> {
    let text = typed.text("so");
    if typed.ticked("khong-so") && text.is_empty() {
        return None;
    }
    let signs: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
    let other = signs.chars().find(|c| !c.is_ascii_digit());
    let fault = match (other, signs.len()) {
        (_, 0) => tr!(me, "counter-number-missing"),
        (Some(sign), _) => tr!(me, "counter-number-sign", sign = sign.to_string()),
        (None, 10 | 13) => match text.parse() {
            Ok(code) => return Some(PartyNumber::Tax(code)),
            Err(_) => tr!(me, "counter-number-tax"),
        },
        (None, 12) => match text.parse() {
            Ok(id) => return Some(PartyNumber::Citizen(id)),
            Err(_) => tr!(me, "counter-number-province", digits = &signs[..3]),
        },
        (None, n) => tr!(me, "counter-number-digits", n = n),
    };
    faults.add("so", fault);
    None
}

/// Who applies. What is known is not asked again.
pub(super) fn applicant(
    me: &SignedIn,
    typed: &Typed,
    number: Option<PartyNumber>,
    known: Option<&Known>,
    faults: &mut Faults,
) -> Party {
    let known = known.map(|known| &known.party);
    let name = match known {
        Some(known) => known.name.clone(),
        None => typed.text("ho-ten").to_owned(),
    };
    if name.is_empty() {
        faults.add("ho-ten", tr!(me, "counter-name-missing"));
    }
    let born = known.and_then(|known| known.born).or_else(|| born(me, typed, &number, faults));
    let phone = match typed.text("dien-thoai") {
        "" => None,
        text => faults.take("dien-thoai", text.parse(), |_| tr!(me, "counter-phone-form")),
    };
    let address = match typed.text("dia-chi") {
        "" => None,
        text => Some(text.to_owned()),
    };
    if address.is_none() && known.is_none_or(|known| known.address.is_none()) {
        faults.add("dia-chi", tr!(me, "counter-address-missing"));
    }
    Party { name, number, born, phone, email: None, address }
}

fn born(
    me: &SignedIn,
    typed: &Typed,
    number: &Option<PartyNumber>,
    faults: &mut Faults,
) -> Option<jiff::civil::Date> {
    let text = typed.text("ngay-sinh-nguoi-nop");
    if text.is_empty() && matches!(number, Some(PartyNumber::Tax(_))) {
        return None;
    }
    let name = "ngay-sinh-nguoi-nop";
    let born = faults.take(name, form::date(text), |fault| fault.say(&me.words))?;
    if born > today(me.now) {
        faults.add(name, tr!(me, "counter-born-future"));
    } else if let Some(PartyNumber::Citizen(id)) = number
        && id.birth_year() != born.year()
    {
        let (of_id, of_day) = (id.birth_year().to_string(), born.year().to_string());
        faults.add(name, tr!(me, "counter-born-differs", number = of_id, day = of_day));
    }
    Some(born)
}
