//! From one JSON object to an entry.

use kernel::nfc;
use serde_json::{Map, Value};

use super::{CatalogueEntry, Doubt, Method, Reason};
use crate::{Channel, ChannelKind, ChannelLimit, ConfirmedLimit, Level, TimeLimit, Unit};

/// Prose longer than this is cut: some sources have whole laws in a field.
const PROSE_CHARACTERS_MAX: usize = 4000;
/// More papers or methods than this are not read.
const ITEMS_MAX: usize = 200;

pub(super) fn read(index: usize, value: &Value) -> Result<CatalogueEntry, Reason> {
    let object = value.as_object().ok_or(Reason::NotAnObject)?;
    let code = code(value).ok_or(Reason::NoCode)?;
    let code = code.parse().map_err(|_| Reason::BadCode)?;
    let name = prose(object.get("name"));
    if name.is_empty() {
        return Err(Reason::NoName);
    }
    let mut levels = Vec::new();
    for word in texts(object, "levels")? {
        let level = Level::from_word(&word).ok_or(Reason::StrangeLevel(word))?;
        if !levels.contains(&level) {
            levels.push(level);
        }
    }
    let mut methods = Vec::new();
    for item in list(object, "methods")? {
        methods.push(method(item)?);
    }
    doubt_rivals(&mut methods);
    Ok(CatalogueEntry {
        index,
        code,
        name,
        sector: prose(object.get("field")),
        levels,
        decision: prose(object.get("decision")),
        methods,
        documents: texts(object, "documents")?,
        result_codes: texts(object, "result_codes")?,
    })
}

/// The code as it is written, right or wrong.
pub(super) fn code(value: &Value) -> Option<String> {
    let code = prose(value.get("code"));
    (!code.is_empty()).then_some(code)
}

fn method(item: &Value) -> Result<Method, Reason> {
    let word = prose(item.get("channel"));
    let kind = match word.as_str() {
        "in_person" | "counter" | "Trực tiếp" => ChannelKind::Counter,
        "online" | "Trực tuyến" => ChannelKind::Online,
        "postal" | "Dịch vụ bưu chính" => ChannelKind::Postal,
        _ => return Err(Reason::StrangeChannel(word)),
    };
    let note = Some(prose(item.get("note"))).filter(|note| !note.is_empty());
    let (amount, unit) = (prose(item.get("duration")), prose(item.get("unit")));
    let (limit, doubt) = match limit(&amount, &unit, note.as_deref()) {
        Ok(limit) => (ChannelLimit::Confirmed(ConfirmedLimit::new(limit)), None),
        Err(doubt) => {
            let stated = nfc(&format!("{amount} {unit}"));
            (ChannelLimit::ToConfirm(Some(stated).filter(|text| !text.is_empty())), Some(doubt))
        }
    };
    let amounts = item.get("amounts_vnd").and_then(Value::as_array);
    let amounts = amounts.into_iter().flatten().take(ITEMS_MAX).filter_map(Value::as_u64).collect();
    Ok(Method { channel: Channel { kind, limit, note }, doubt, amounts })
}

/// The limit, if amount, unit and note leave no doubt about it.
fn limit(amount: &str, unit: &str, note: Option<&str>) -> Result<TimeLimit, Doubt> {
    // Some sources write both into one field: "15 Ngày làm việc".
    let split = amount.find(|c: char| !matches!(c, '0'..='9' | '.' | ',')).unwrap_or(amount.len());
    let (amount, rest) = amount.split_at(split);
    if amount.is_empty() && rest.is_empty() {
        return Err(Doubt::NoLimit);
    }
    // What follows the amount can only be its unit: not an exponent, not a second opinion.
    if !rest.is_empty() && !unit.is_empty() && kernel::fold(rest) != kernel::fold(unit) {
        return Err(Doubt::StrangeAmount);
    }
    let unit = if unit.is_empty() { rest } else { unit };
    let number: f64 = amount.replace(',', ".").parse().map_err(|_| Doubt::StrangeAmount)?;
    let note = kernel::fold(note.unwrap_or_default());
    let unit = match kernel::fold(unit).as_str() {
        "" => return Err(Doubt::NoUnit),
        "working day" | "ngay lam viec" => Unit::WorkingDay,
        "calendar day" | "ngay" => Unit::CalendarDay,
        "working hour" | "gio lam viec" => Unit::WorkingHour,
        "hour" | "gio" if note.contains("gio lam viec") => Unit::WorkingHour,
        "hour" | "gio" => return Err(Doubt::HoursOfWhat),
        "month" | "thang" => Unit::Month,
        _ => return Err(Doubt::StrangeUnit),
    };
    let working = note.contains("ngay lam viec");
    let calendar = ["ngay lich", "ngay theo lich", "ngay thuong", "ngay duong lich"];
    let differs = match unit {
        Unit::CalendarDay | Unit::Month => working,
        Unit::WorkingDay => !working && calendar.iter().any(|words| note.contains(words)),
        Unit::WorkingHour => false,
    };
    if differs {
        return Err(Doubt::NoteDiffers);
    }
    whole(number, unit).ok_or(Doubt::StrangeAmount)
}

/// Half a working day is four working hours; other fractions say nothing.
fn whole(number: f64, unit: Unit) -> Option<TimeLimit> {
    let (number, unit) = match unit {
        Unit::WorkingDay if number.fract() != 0.0 => (number * 8.0, Unit::WorkingHour),
        _ => (number, unit),
    };
    let fits = number.fract() == 0.0 && (1.0..=1e6).contains(&number);
    // Whole and in range by the line above, so that the conversion is exact.
    if fits { TimeLimit::new(number as u32, unit).ok() } else { None }
}

/// Where a channel is published with several limits, none of them can be promised by itself.
fn doubt_rivals(methods: &mut [Method]) {
    let stated: Vec<_> =
        methods.iter().map(|one| (one.channel.kind, one.channel.promise())).collect();
    for method in methods {
        let Some(promise) = method.channel.promise() else { continue };
        let rival = |(kind, other): &(ChannelKind, Option<ConfirmedLimit>)| {
            *kind == method.channel.kind && *other != Some(promise)
        };
        if stated.iter().any(rival) {
            let limit = promise.time_limit().to_string();
            method.channel.limit = ChannelLimit::ToConfirm(Some(limit));
            method.doubt = Some(Doubt::SeveralLimits);
        }
    }
}

/// A text or a number as text, in one spelling, cut where it is endless.
fn prose(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => {
            let cut: String = text.chars().take(PROSE_CHARACTERS_MAX).collect();
            nfc(&cut)
        }
        Some(Value::Number(number)) => {
            let text = number.to_string();
            text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
        }
        _ => String::new(),
    }
}

fn list<'v>(object: &'v Map<String, Value>, key: &'static str) -> Result<&'v [Value], Reason> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Array(items)) => Ok(&items[..items.len().min(ITEMS_MAX)]),
        Some(_) => Err(Reason::NotAList(key)),
    }
}

fn texts(object: &Map<String, Value>, key: &'static str) -> Result<Vec<String>, Reason> {
    let items = list(object, key)?.iter().map(|item| prose(Some(item)));
    Ok(items.filter(|text| !text.is_empty()).collect())
}
