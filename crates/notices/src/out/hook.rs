//! A notice for a gateway of text messages or Zalo, as JSON.

use kernel::{PhoneNumber, Secret};
use serde_json::Value;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{Request, Saying};
use crate::{Notice, Outcome, settings::Hook};

/// The request for a notice. None where the gateway wants a number of its own for what is said,
/// and none was set.
#[must_use]
pub fn to_hook(
    hook: &Hook,
    notice: &Notice,
    phone: &PhoneNumber,
    saying: &Saying,
) -> Option<Request> {
    let template = match hook.templates.get(notice.occasion.word()) {
        Some(template) => template.as_str(),
        None if hook.templates.is_empty() => "",
        None => return None,
    };
    let phone = match phone.as_str().strip_prefix('0').filter(|_| hook.country_code) {
        Some(rest) => format!("84{rest}"),
        None => phone.as_str().to_owned(),
    };
    let text = format!("{} {}", saying.text, saying.link);
    let text = if hook.marks { text } else { without_marks(&text) };
    let id = notice.id.to_string();
    let values = [
        ("{phone}", phone.as_str()),
        ("{text}", &text),
        ("{code}", &saying.code),
        ("{link}", &saying.link),
        ("{template}", template),
        ("{id}", &id),
    ];
    let body = filled(&hook.body, &values);
    let mut headers = hook.headers.clone();
    headers.push(("content-type".to_owned(), Secret::new(b"application/json".to_vec())));
    headers.push(("idempotency-key".to_owned(), Secret::new(id.into_bytes())));
    Some(Request { url: hook.url.clone(), headers, body: body.to_string().into_bytes() })
}

/// The template with its places filled in, inside strings alone, so that no value can become
/// anything but text.
fn filled(template: &Value, values: &[(&str, &str)]) -> Value {
    match template {
        Value::String(text) => Value::String(fill(text, values)),
        Value::Array(items) => items.iter().map(|item| filled(item, values)).collect(),
        Value::Object(fields) => {
            let filled = |(name, value): (&String, &Value)| (name.clone(), filled(value, values));
            Value::Object(fields.iter().map(filled).collect())
        }
        other => other.clone(),
    }
}

/// One pass, so that a value that looks like a place is not filled again.
fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match values.iter().find(|(place, _)| rest.starts_with(place)) {
            Some((place, value)) => {
                out.push_str(value);
                rest = &rest[place.len()..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

/// What the answer of a gateway means.
#[must_use]
pub fn hook_answered(hook: &Hook, status: u16, body: &[u8]) -> Outcome {
    match status {
        200..300 => {}
        408 | 425 | 429 | 500.. => return Outcome::Later("gateway_busy"),
        _ => return Outcome::Refused("gateway_refused"),
    }
    let Some(pointer) = &hook.answer else { return Outcome::Sent };
    let answer: Option<Value> = serde_json::from_slice(body).ok();
    let said = answer.as_ref().and_then(|answer| answer.pointer(pointer));
    let said = said.map(|said| said.as_str().map_or_else(|| said.to_string(), str::to_owned));
    match said {
        Some(said) if said == hook.taken => Outcome::Sent,
        Some(_) => Outcome::Refused("gateway_refused"),
        None => Outcome::Later("gateway_unclear"),
    }
}

/// A text without Vietnamese marks: all of it in the alphabet of GSM, so that a message holds
/// 160 letters and not 70.
#[must_use]
pub fn without_marks(text: &str) -> String {
    let plain = |c: char| match c {
        'đ' => 'd',
        'Đ' => 'D',
        '–' | '—' => '-',
        '“' | '”' => '"',
        '\u{a0}' => ' ',
        other => other,
    };
    text.nfd().filter(|c| !is_combining_mark(*c)).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_go_into_strings_and_nowhere_else() {
        let template = json!({ "to": "{phone}", "n": 1, "m": [{ "t": "{text}!{x}" }] });
        let out = filled(&template, &[("{phone}", "\",\"a\":\"b"), ("{text}", "{phone}")]);
        assert_eq!(out, json!({ "to": "\",\"a\":\"b", "n": 1, "m": [{ "t": "{phone}!{x}" }] }));
        assert_eq!(without_marks("Hồ sơ – đã có kết quả"), "Ho so - da co ket qua");
    }
}
