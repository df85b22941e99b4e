//! Values in words: what a procedure says, and what a person answered.

use desk::{Answers, Moment, Owed, Seen};
use jiff::civil::Date;
use kernel::PlaceCode;
use procedure::{
    ChannelKind, ChannelLimit, Choice, Due, Fee, Field, FieldKind, Procedure, TimeLimit, Unit,
};
use serde_json::Value;
use web::{Icon, Lang, Words, tr};

/// The one in the reader's language, where there is one.
pub(super) fn either<'a>(words: &Words, text: &'a str, english: Option<&'a String>) -> &'a str {
    match (words.lang, english) {
        (Lang::En, Some(english)) => english,
        _ => text,
    }
}

/// What a procedure is called.
pub(super) fn name<'p>(words: &Words, procedure: &'p Procedure) -> &'p str {
    either(words, &procedure.name, procedure.name_en.as_ref())
}

/// The label of a field.
pub(super) fn label<'f>(words: &Words, field: &'f Field) -> &'f str {
    either(words, &field.label, field.label_en.as_ref())
}

/// The question that a page asks for a field.
pub(super) fn question<'f>(words: &Words, field: &'f Field) -> &'f str {
    let own = field.question.as_ref().map(|q| either(words, q, field.question_en.as_ref()));
    own.unwrap_or_else(|| label(words, field))
}

/// The label of a choice.
pub(super) fn choice<'c>(words: &Words, choice: &'c Choice) -> &'c str {
    either(words, &choice.label, choice.label_en.as_ref())
}

/// "3 ngày làm việc".
pub(super) fn limit(words: &Words, limit: TimeLimit) -> String {
    let key = match limit.unit() {
        Unit::WorkingHour => "find-limit-hours",
        Unit::WorkingDay => "find-limit-days",
        Unit::CalendarDay => "find-limit-calendar",
        Unit::Month => "find-limit-months",
    };
    words.t_with(key, &[("n", limit.amount().into())])
}

/// How long it takes online, or at the counter where it cannot be filed online.
pub(super) fn time(words: &Words, procedure: &Procedure) -> String {
    let channel = procedure
        .channel(ChannelKind::Online)
        .or_else(|| procedure.channel(ChannelKind::Counter))
        .or_else(|| procedure.channels.first());
    match channel.map(|channel| &channel.limit) {
        Some(ChannelLimit::Confirmed(confirmed)) => limit(words, confirmed.time_limit()),
        Some(ChannelLimit::ToConfirm(Some(stated))) => match stated.parse() {
            Ok(stated) => tr!(words, "find-limit-unsure", limit = limit(words, stated)),
            Err(_) => tr!(words, "find-limit-none"),
        },
        Some(ChannelLimit::ToConfirm(None)) | None => tr!(words, "find-limit-none"),
    }
}

/// What is to be paid online, one line each; empty where it is free.
pub(super) fn fees(words: &Words, procedure: &Procedure) -> Vec<String> {
    let money = |dong: u64| words.money(i64::try_from(dong).unwrap_or(i64::MAX));
    let line = |fee: &Fee| {
        let (name, per) = (fee.name.as_str(), fee.per.as_str());
        tr!(words, "find-fee", name = name, sum = money(fee.amount), per = per)
    };
    procedure.fees_for(ChannelKind::Online).filter(|fee| fee.amount > 0).map(line).collect()
}

/// What is to be paid by this form, one line each; empty where nothing is.
pub(super) fn owed(
    words: &Words,
    procedure: &Procedure,
    answers: &Answers,
    day: Date,
) -> Vec<String> {
    let owed = desk::fees(procedure, ChannelKind::Online, answers, &Seen::default(), day);
    let line = |owed: &Owed<'_>| {
        let sum = words.money(i64::try_from(owed.amount()).unwrap_or(i64::MAX));
        tr!(words, "fee-line", name = owed.fee.name.as_str(), sum = sum)
    };
    owed.iter().map(line).collect()
}

/// Whether something must be paid before it is taken on.
pub(super) fn pays_first(procedure: &Procedure, answers: &Answers, day: Date) -> bool {
    let owed = desk::fees(procedure, ChannelKind::Online, answers, &Seen::default(), day);
    owed.iter().any(|owed| owed.fee.due == Due::Acceptance)
}

/// An answer as it is read; its own text where it no longer fits its question.
pub(super) fn answer(words: &Words, moment: &Moment, field: &Field, value: &Value) -> String {
    let text = value.as_str().unwrap_or_default();
    match field.kind {
        FieldKind::Integer => value.as_i64().map(|n| words.number(n)).unwrap_or_default(),
        FieldKind::Date => text.parse().map_or_else(|_| text.to_owned(), |day| words.date(day)),
        FieldKind::Choice => {
            let chosen = field.choices.iter().find(|choice| choice.id.as_str() == text);
            chosen.map_or(text, |chosen| choice(words, chosen)).to_owned()
        }
        FieldKind::Commune => commune(moment, text).unwrap_or_else(|| text.to_owned()),
        FieldKind::Text | FieldKind::LongText | FieldKind::CitizenId | FieldKind::Phone => {
            text.to_owned()
        }
    }
}

/// "Phường Phan Đình Phùng, Tỉnh Thái Nguyên".
pub(super) fn commune(moment: &Moment, code: &str) -> Option<String> {
    let code: PlaceCode = code.parse().ok()?;
    let places = moment.directory.places();
    let place = places.get(&code)?;
    let province = place.parent.as_ref().and_then(|parent| places.get(parent));
    Some(match province {
        Some(province) => format!("{}, {}", place.name, province.name),
        None => place.name.to_string(),
    })
}

/// The icon of a name in the file of life events.
pub(super) fn icon_of(name: &str) -> Icon {
    Icon::ALL.iter().copied().find(|icon| icon.name() == name).unwrap_or(Icon::File)
}
