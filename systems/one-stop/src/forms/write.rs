//! How values are written on a form.

use files::Sha256Hash;
use jiff::civil::Date;
use kernel::{Instant, PhoneNumber, local, today, vn_date, vn_date_long, vn_time};
use serde::{Serialize, Serializer};

use super::Timeliness;

type Written<S> = Result<<S as Serializer>::Ok, <S as Serializer>::Error>;

#[derive(Serialize)]
struct TimeAndDay {
    time: String,
    day: String,
}

/// ngày 05 tháng 01 năm 2026: below 10 a day has a 0 in front, and of the months only the first
/// two (Decree 30/2020, annex I, II.4.b).
pub(super) fn long_day<S: Serializer>(at: &Instant, to: S) -> Written<S> {
    let day = today(*at);
    let zero = if day.month() <= 2 { "0" } else { "" };
    to.collect_str(&format_args!(
        "ngày {:02} tháng {zero}{} năm {}",
        day.day(),
        day.month(),
        day.year()
    ))
}

/// 09 giờ 15 phút, thứ Hai, ngày 23/11/2026
pub(super) fn long_moment<S: Serializer>(at: &Instant, to: S) -> Written<S> {
    to.collect_str(&format_args!("{}, {}", clock(*at), weekday(*at)))
}

/// Lúc 09 giờ 15 phút, ngày 23/11/2026, at the beginning of a sentence.
pub(super) fn moment<S: Serializer>(at: &Instant, to: S) -> Written<S> {
    to.collect_str(&format_args!("Lúc {}, ngày {}", clock(*at), vn_date(today(*at))))
}

/// 09 giờ 15 phút, ngày 23/11/2026, within a sentence.
pub(super) fn moment_inside<S: Serializer>(at: &Instant, to: S) -> Written<S> {
    to.collect_str(&format_args!("{}, ngày {}", clock(*at), vn_date(today(*at))))
}

/// A promise, for the two lines that are printed large.
pub(super) fn promise<S: Serializer>(at: &Instant, to: S) -> Written<S> {
    TimeAndDay { time: clock(*at), day: weekday(*at) }.serialize(to)
}

/// 09:15 and 23/11/2026, for a narrow column.
pub(super) fn handover_moment<S: Serializer>(at: &Instant, to: S) -> Written<S> {
    TimeAndDay { time: vn_time(*at), day: vn_date(today(*at)) }.serialize(to)
}

/// 09:15 23/11/2026, or nothing, for a narrow column.
pub(super) fn cell<S: Serializer>(at: &Option<Instant>, to: S) -> Written<S> {
    match at {
        Some(at) => to.collect_str(&format_args!("{} {}", vn_time(*at), vn_date(today(*at)))),
        None => to.serialize_str(""),
    }
}

/// thứ Hai, ngày 23/11/2026, or none.
pub(super) fn day<S: Serializer>(day: &Option<Date>, to: S) -> Written<S> {
    day.map(spoken).serialize(to)
}

/// Từ ngày 01/11/2026 đến ngày 30/11/2026
pub(super) fn period<S: Serializer>((from, until): &(Date, Date), to: S) -> Written<S> {
    to.collect_str(&format_args!("Từ ngày {} đến ngày {}", vn_date(*from), vn_date(*until)))
}

/// 0912 345 678, or none.
pub(super) fn phone<S: Serializer>(phone: &Option<PhoneNumber>, to: S) -> Written<S> {
    let grouped = phone.as_ref().map(|phone| {
        let digits = phone.as_str();
        let (head, tail) = digits.split_at(digits.len().saturating_sub(6));
        let (middle, end) = tail.split_at(tail.len().min(3));
        format!("{head}\u{a0}{middle}\u{a0}{end}")
    });
    grouped.serialize(to)
}

/// 9f2c…7ab1, or none.
pub(super) fn short_hash<S: Serializer>(hash: &Option<Sha256Hash>, to: S) -> Written<S> {
    hash.map(|hash| hash.short()).serialize(to)
}

pub(super) fn timeliness<S: Serializer>(timeliness: &Timeliness, to: S) -> Written<S> {
    to.serialize_str(match timeliness {
        Timeliness::Early => "Trước hạn",
        Timeliness::OnTime => "Đúng hạn",
        Timeliness::Overdue => "Quá hạn",
    })
}

/// 1.250.000
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let head = digits.len() % 3;
    let (head, rest) = digits.split_at(head);
    let groups = rest.as_bytes().chunks(3).map(String::from_utf8_lossy);
    let head = (!head.is_empty()).then(|| head.into());
    head.into_iter().chain(groups).collect::<Vec<_>>().join(".")
}

/// 09 giờ 15 phút
fn clock(at: Instant) -> String {
    let at = local(at);
    format!("{:02}\u{a0}giờ\u{a0}{:02}\u{a0}phút", at.hour(), at.minute())
}

fn weekday(at: Instant) -> String {
    spoken(today(at))
}

/// thứ Hai, ngày 23/11/2026
fn spoken(day: Date) -> String {
    vn_date_long(day).replace(", ", ", ngày\u{a0}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl Fn(&Instant) -> serde_json::Value, at: &str) -> String {
        write(&at.parse().unwrap()).as_str().unwrap().replace('\u{a0}', " ")
    }

    #[test]
    fn the_date_of_issue_has_zeros_where_the_decree_wants_them() {
        let day = |at: &str| written(|at| long_day(at, serde_json::value::Serializer).unwrap(), at);
        assert_eq!(day("2026-01-05T02:00:00Z"), "ngày 05 tháng 01 năm 2026");
        assert_eq!(day("2026-06-29T02:00:00Z"), "ngày 29 tháng 6 năm 2026");
        assert_eq!(day("2026-12-31T17:00:00Z"), "ngày 01 tháng 01 năm 2027");
    }

    #[test]
    fn a_moment_is_written_as_people_say_it() {
        let moment = written(
            |at| long_moment(at, serde_json::value::Serializer).unwrap(),
            "2026-11-23T02:15:00Z",
        );
        assert_eq!(moment, "09 giờ 15 phút, thứ Hai, ngày 23/11/2026");
    }

    #[test]
    fn money_is_grouped_by_thousands() {
        let written = [0, 999, 8_000, 50_000, 1_250_000].map(grouped);
        assert_eq!(written, ["0", "999", "8.000", "50.000", "1.250.000"]);
    }
}
