//! From what was typed to a filing, with a sentence for each thing that does not fit.

use casework::{Channel, Command, DeclineReason, SupplementReason};
use directory::Gazetteer;
use identity::party::{Known, Party, PartyNumber};
use kernel::{AgencyId, CodeError, PlaceCode, fold, today};
use procedure::{ChannelKind, Component, ComponentKind, Fee, Field, FieldKind, Procedure};
use serde_json::Value;
use web::{SignedIn, form, form::Faults, tr};

use super::typed::{Typed, Upload};
use crate::{
    Moment,
    commands::{Answers, CounterFiling, Paper},
};

/// What the clerk wants done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// Only look the applicant up, and show the page again.
    LookUp,
    /// Take it on.
    Accept,
    /// Ask for what is missing (form 02).
    Supplement,
    /// Not take it on (form 03).
    Decline,
}

impl Wish {
    /// The wish of the button that was pressed.
    pub(super) fn of(word: &str) -> Self {
        match word {
            "nhan" => Self::Accept,
            "bo-sung" => Self::Supplement,
            "tu-choi" => Self::Decline,
            _ => Self::LookUp,
        }
    }
}

/// Where the applicant wants the result; texts `counter-return-…`.
pub(crate) const RETURNS: [&str; 3] = ["quay", "buu_chinh", "dien_tu"];
/// The answer under which that is kept.
pub(crate) const RETURN_ANSWER: &str = "nhan_ket_qua";
/// Most copies that one fee is taken for.
const FEE_TIMES_MAX: u64 = 1_000;

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

/// The answers, by the kinds of the procedure's fields.
pub(super) fn answers(
    me: &SignedIn,
    moment: &Moment,
    procedure: &Procedure,
    typed: &Typed,
    faults: &mut Faults,
) -> Answers {
    let mut answers = Answers::new();
    for field in &procedure.fields {
        let name = field_name(field);
        let text = typed.text(&name);
        if text.is_empty() {
            if field.required {
                faults.add(name, tr!(me, "counter-field-missing", label = label(me, field)));
            }
            continue;
        }
        match answer(me, moment, field, text) {
            Ok(value) => {
                answers.insert(field.id.to_string(), value);
            }
            Err(fault) => faults.add(name, fault),
        }
    }
    let wanted = typed.text("nhan-ket-qua");
    let wanted = RETURNS.into_iter().find(|way| *way == wanted).unwrap_or(RETURNS[0]);
    answers.insert(RETURN_ANSWER.to_owned(), wanted.into());
    answers
}

/// What the form sends a field as.
pub(super) fn field_name(field: &Field) -> String {
    format!("t-{}", field.id)
}

/// Its label in the reader's language.
pub(super) fn label<'a>(me: &SignedIn, field: &'a Field) -> &'a str {
    match (me.words.lang, &field.label_en) {
        (web::Lang::En, Some(label)) => label,
        _ => &field.label,
    }
}

fn answer(me: &SignedIn, moment: &Moment, field: &Field, text: &str) -> Result<Value, String> {
    Ok(match field.kind {
        FieldKind::Text | FieldKind::LongText => text.into(),
        FieldKind::Date => form::date(text).map_err(|f| f.say(&me.words))?.to_string().into(),
        FieldKind::Integer => integer(text).ok_or_else(|| tr!(me, "counter-integer-form"))?.into(),
        FieldKind::Choice => {
            let known = field.choices.iter().find(|choice| choice.id.as_str() == text);
            known.ok_or_else(|| tr!(me, "counter-choice-unknown"))?.id.to_string().into()
        }
        FieldKind::CitizenId => {
            let id: kernel::CitizenId = text.parse().map_err(|error| match error {
                CodeError::CitizenProvince => {
                    tr!(me, "counter-number-province", digits = &text[..3.min(text.len())])
                }
                _ => tr!(me, "counter-citizen-form"),
            })?;
            id.as_str().into()
        }
        FieldKind::Phone => {
            let phone: kernel::PhoneNumber =
                text.parse().map_err(|_| tr!(me, "counter-phone-form"))?;
            phone.as_str().into()
        }
        FieldKind::Commune => {
            commune(me, moment.directory.places(), province(me, moment), text)?.as_str().into()
        }
    })
}

/// A whole number, perhaps with dots between thousands.
fn integer(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// The province of the officer's agency.
pub(super) fn province(me: &SignedIn, moment: &Moment) -> Option<PlaceCode> {
    let place = moment.directory.agency(me.agency)?.place.clone()?;
    let known = moment.directory.places().get(&place)?;
    Some(known.parent.clone().unwrap_or(place))
}

/// The commune that was meant: "Phường Phan Đình Phùng", "xa hoa binh, tinh lang son", or any
/// text that ends with a code, as in "Xã Văn Lang (05665)".
fn commune(
    me: &SignedIn,
    places: &Gazetteer,
    province: Option<PlaceCode>,
    text: &str,
) -> Result<PlaceCode, String> {
    let code = text.trim_end_matches(')').rsplit(['(', ' ']).next().unwrap_or_default();
    if let Ok(code) = code.parse::<PlaceCode>()
        && places.get(&code).is_some_and(|place| place.parent.is_some())
    {
        return Ok(code);
    }
    let (name, within) = text.split_once(',').unwrap_or((text, ""));
    let named = (!within.trim().is_empty()).then(|| {
        let wanted = fold(within);
        places.provinces().find(|p| fold(&p.name) == wanted || fold(p.bare_name()) == wanted)
    });
    let within = named.map_or(province, |found| found.map(|place| place.code.clone()));
    let wanted = fold(name);
    let exact = |within: Option<&PlaceCode>| -> Vec<PlaceCode> {
        let hits = places.search(name, within, 20).into_iter();
        let hits = hits.filter(|p| fold(&p.name) == wanted || fold(p.bare_name()) == wanted);
        hits.filter(|p| p.parent.is_some()).map(|p| p.code.clone()).collect()
    };
    let mut found = exact(within.as_ref());
    if found.is_empty() && named.is_none() {
        found = exact(None);
    }
    match &found[..] {
        [one] => Ok(one.clone()),
        [] => Err(tr!(me, "counter-commune-unknown", name = name.trim())),
        several => Err(tr!(me, "counter-commune-several", name = name.trim(), n = several.len())),
    }
}

/// What the form sends the tick of a component as.
pub(super) fn tick_name(component: &Component) -> String {
    format!("co-{}", component.id)
}

/// What the form sends the files of a component as.
pub(super) fn file_name(component: &Component) -> String {
    format!("tep-{}", component.id)
}

/// The field of further files.
pub(super) const MORE_FILES: &str = "tep-khac";

/// The papers that are here. Where all is wanted, what is missing is a fault.
pub(super) fn papers(
    me: &SignedIn,
    procedure: &Procedure,
    typed: &Typed,
    wanted: bool,
    faults: &mut Faults,
) -> Vec<Paper> {
    let mut papers = Vec::new();
    for component in &procedure.components {
        let part = file_name(component);
        let mut files = typed.files(&part).peekable();
        let (id, copies) = (Some(component.id.to_string()), component.copies);
        if files.peek().is_some() {
            papers.extend(files.map(|file| with_file(id.clone(), copies, file)));
        } else if typed.ticked(&tick_name(component)) {
            papers.push(Paper { component: id, copies, source: "paper", file: None });
        } else if component.required && wanted {
            let name = component.name.as_str();
            faults.add(tick_name(component), tr!(me, "counter-paper-missing", paper = name));
        }
    }
    papers.extend(typed.files(MORE_FILES).map(|file| with_file(None, 1, file)));
    papers
}

fn with_file(component: Option<String>, copies: u32, file: &Upload) -> Paper {
    Paper { component, copies, source: "scan", file: Some((file.stored, file.name.clone())) }
}

/// The form of a component in words: text `counter-kind-…`.
pub(super) fn kind_key(kind: ComponentKind) -> &'static str {
    match kind {
        ComponentKind::Original => "counter-kind-original",
        ComponentKind::CertifiedCopy => "counter-kind-certified",
        ComponentKind::Copy => "counter-kind-copy",
        ComponentKind::Form => "counter-kind-form",
        ComponentKind::Presented => "counter-kind-presented",
    }
}

/// The fees of this filing, each with what it comes to in đồng.
pub(super) fn fees<'p>(
    me: &SignedIn,
    procedure: &'p Procedure,
    typed: &Typed,
    faults: &mut Faults,
) -> Vec<(&'p Fee, u64)> {
    let mut owed = Vec::new();
    for (i, fee) in procedure.fees_for(ChannelKind::Counter).enumerate() {
        if !typed.ticked(&format!("phi-{i}")) {
            continue;
        }
        let times = match typed.text(&format!("phi-so-{i}")) {
            "" => Some(1),
            text => text.parse::<u64>().ok().filter(|n| (1..=FEE_TIMES_MAX).contains(n)),
        };
        match times {
            Some(times) => owed.push((fee, fee.amount.saturating_mul(times))),
            None => faults.add(format!("phi-so-{i}"), tr!(me, "counter-fee-times")),
        }
    }
    owed
}

/// What follows the filing: fees and payments, or the reason of a refusal.
pub(super) fn follow_up(
    me: &SignedIn,
    typed: &Typed,
    wish: Wish,
    owed: &[(&Fee, u64)],
    faults: &mut Faults,
) -> Vec<Command> {
    match wish {
        Wish::LookUp => Vec::new(),
        Wish::Accept => payments(me, typed, owed, faults),
        Wish::Supplement => {
            let reason = SupplementReason::from_word(typed.text("bo-sung-ly-do"));
            let note = words(me, typed, "bo-sung-loi", "counter-supplement-words", faults);
            let Some(reason) = reason else {
                faults.add("bo-sung-ly-do", tr!(me, "counter-reason-missing"));
                return Vec::new();
            };
            vec![Command::RequestSupplement { reason, note }]
        }
        Wish::Decline => {
            let reason = DeclineReason::from_word(typed.text("tu-choi-ly-do"));
            let note = words(me, typed, "tu-choi-loi", "counter-decline-words", faults);
            let Some(reason) = reason else {
                faults.add("tu-choi-ly-do", tr!(me, "counter-reason-missing"));
                return Vec::new();
            };
            vec![Command::Decline { reason, note }]
        }
    }
}

fn words(
    me: &SignedIn,
    typed: &Typed,
    name: &str,
    missing: &str,
    faults: &mut Faults,
) -> casework::Note {
    let text = typed.text(name);
    if text.is_empty() {
        faults.add(name, tr!(me, missing));
    }
    text.into()
}

fn payments(
    me: &SignedIn,
    typed: &Typed,
    owed: &[(&Fee, u64)],
    faults: &mut Faults,
) -> Vec<Command> {
    let paid = typed.ticked("da-thu");
    let reference = typed.text("bien-lai");
    if paid && !owed.is_empty() && reference.is_empty() {
        faults.add("bien-lai", tr!(me, "counter-receipt-missing"));
    }
    let mut commands = Vec::new();
    for (number, (fee, amount)) in (1..).zip(owed) {
        let (name, amount) = (fee.name.clone(), *amount);
        commands.push(Command::SetObligation { name, amount, pauses: false });
        if paid {
            let reference = reference.to_owned();
            commands.push(Command::RecordPayment { number, amount, online: false, reference });
        }
    }
    commands
}

/// The filing as a whole.
pub(super) fn filing(
    procedure: &Procedure,
    applicant: Party,
    answers: Answers,
    papers: Vec<Paper>,
    decided_by: AgencyId,
    accept: bool,
) -> CounterFiling {
    CounterFiling {
        procedure: procedure.code.clone(),
        channel: Channel::Counter,
        applicant,
        answers,
        papers,
        decided_by: Some(decided_by),
        reopens: None,
        accept,
    }
}
