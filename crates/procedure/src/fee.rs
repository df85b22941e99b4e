//! What is to be paid: how much, by whom, for how many, and what waits for it.

use jiff::civil::Date;
use kernel::words;
use serde::Serialize;

use crate::{
    ChannelKind, Condition, ConditionFault, FaultKind, Field, FieldId, FieldKind, Quantity, Shape,
    load::name_of,
    read::{At, Findings, Section, Wrong, integer, list, number_in, text, word},
};

/// Something to be paid (phí, lệ phí).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fee {
    /// What for.
    pub name: String,
    /// How much, in đồng.
    pub amount: u64,
    /// For each of what: "hồ sơ", "bản", "trang".
    pub per: String,
    /// Asked only in these channels; empty for all.
    pub channels: Vec<ChannelKind>,
    /// Asked only where that is true of the form.
    pub when: Option<Condition>,
    /// For how many, by the form; one where nothing is said.
    pub times: Option<Quantity>,
    /// Asked only of who comes late.
    pub after: Option<After>,
    /// What waits for it.
    pub due: Due,
}

/// So many days after a day that the form names: a birth is registered free of charge within
/// sixty days of it (Law on Civil Status, articles 11 and 15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct After {
    /// The field with the day from which they are counted.
    pub field: FieldId,
    /// Calendar days.
    pub days: u32,
}

words! {
    /// What waits for a fee to be paid.
    Due {
        /// The application is not taken on before: who appraises is paid with the application.
        Acceptance = "acceptance",
        /// The result is not handed over before. So it is where a procedure says nothing: that
        /// money is still owed is no ground not to take an application on, and the promise must
        /// not wait for it.
        Result = "result",
    }
}

impl Fee {
    /// Whether it is asked of who files through a channel.
    #[must_use]
    pub fn is_for(&self, kind: ChannelKind) -> bool {
        self.channels.is_empty() || self.channels.contains(&kind)
    }

    /// For how many it is asked of an application with these answers, filed on `day`; none where
    /// it is not asked at all.
    #[must_use]
    pub fn asked(&self, answers: &serde_json::Value, day: Date) -> Option<u64> {
        if self.amount == 0 || self.when.as_ref().is_some_and(|when| !when.holds(answers)) {
            return None;
        }
        if let Some(After { field, days }) = &self.after {
            let from = answers.get(field.as_str()).and_then(|from| from.as_str()?.parse().ok());
            let elapsed = from.and_then(|from: Date| Some(from.until(day).ok()?.get_days()));
            if elapsed.is_none_or(|elapsed| i64::from(elapsed) <= i64::from(*days)) {
                return None;
            }
        }
        // Where the form does not say how many, there is at least one.
        let times = self.times.as_ref().map_or(Some(1), |times| times.of(answers)).unwrap_or(1);
        (times > 0).then_some(times)
    }
}

/// Reads a section `[[fee]]`; `fields` are those of the form.
pub(crate) fn read(
    section: &mut Section<'_>,
    fields: &[Field],
    found: &mut Findings,
) -> Option<Fee> {
    let name = section.need(found, "name", text);
    let amount = section.need(found, "amount", |value| {
        let amount = integer(value)?;
        let fits = u64::try_from(amount).ok().filter(|amount| *amount <= 100_000_000_000);
        fits.ok_or(Wrong::Kind(FaultKind::BadAmount))
    });
    let per = section.may(found, "per", text).map_or_else(|| "hồ sơ".to_owned(), |at| at.value);
    let kinds = list(word(ChannelKind::from_word, ChannelKind::WORDS));
    let channels = section.may(found, "channels", kinds).map(|at| at.value).unwrap_or_default();
    let condition = |why| Wrong::Kind(FaultKind::Condition(why));
    let when = section
        .may(found, "when", |value| Condition::parse(&text(value)?, fields).map_err(condition));
    let times = section
        .may(found, "times", |value| Quantity::parse(&text(value)?, fields).map_err(condition));
    let after =
        section.may(found, "after", |value| value.as_table().ok_or(Wrong::Shape(Shape::Table)));
    let after = after.and_then(|at| after_of(Section::new(at.value, at.line), fields, found));
    let due = section.may(found, "due", word(Due::from_word, Due::WORDS));
    Some(Fee {
        name: name?.value,
        amount: amount?.value,
        per,
        channels,
        when: when.map(|at| at.value),
        times: times.map(|at| at.value),
        after,
        due: due.map_or(Due::Result, |at| at.value),
    })
}

fn after_of(mut section: Section<'_>, fields: &[Field], found: &mut Findings) -> Option<After> {
    let field: Option<At<FieldId>> = section.need(found, "field", name_of);
    let days = section.need(found, "days", number_in("days", 0, 36_500));
    section.finish(found);
    let (field, days) = (field?, days?.value);
    let named = fields.iter().find(|one| one.id == field.value);
    let fault = match named.map(|one| one.kind) {
        Some(FieldKind::Date) => return Some(After { field: field.value, days }),
        Some(_) => ConditionFault::NoDate(field.value.to_string()),
        None => ConditionFault::UnknownField(field.value.to_string()),
    };
    found.add(field.line, FaultKind::Condition(fault));
    None
}
