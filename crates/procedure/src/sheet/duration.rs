//! Times as people write them: "0,5 ngày", "04 giờ làm việc", "1 ngày 4 giờ", "½ ngày".

use kernel::fold;

use super::heading::{TimeUnit, time_unit};

/// Quarters of an hour, rounded up, and whether that was exact. A day is eight hours. None when
/// the text is not one amount of time: no number, no unit, a span from … to ….
pub(super) fn quarters(text: &str, unit: Option<TimeUnit>) -> Option<(u32, bool)> {
    let text = plain(text);
    let mut minutes = 0.0;
    let mut rest = text.as_str();
    let mut parts = 0;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        // "1-2 ngày" and "1 đến 2 ngày" are spans.
        let before = rest[..start].trim();
        if parts > 0 && (before.ends_with('-') || fold(before).ends_with("den")) {
            return None;
        }
        rest = &rest[start..];
        let end = rest.find(|c: char| !matches!(c, '0'..='9' | '.' | '/')).unwrap_or(rest.len());
        let amount = number(&rest[..end])?;
        rest = &rest[end..];
        let words_end = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let unit = time_unit(&fold(&rest[..words_end])).or(unit.filter(|_| parts == 0))?;
        minutes += amount
            * match unit {
                TimeUnit::Minutes => 1.0,
                TimeUnit::Hours => 60.0,
                TimeUnit::Days => 480.0,
            };
        parts += 1;
    }
    let exact = minutes / 15.0;
    // Thirds of a day and the like: what is within a hair of a quarter is that quarter.
    let near = exact.round();
    let quarters = if (exact - near).abs() < 1e-6 { near } else { exact.ceil() };
    let fits = parts > 0 && (1.0..=32_000.0).contains(&quarters);
    // Whole and in range by the lines above, so that the conversion is exact.
    fits.then_some((quarters as u32, (exact - near).abs() < 1e-6))
}

/// The work in "Bước 1: Tiếp nhận": "Tiếp nhận". Text without a number names no step.
pub(super) fn without_number(text: &str) -> String {
    let folded = fold(text);
    let numbered = folded.starts_with("buoc") || folded.starts_with(|c: char| c.is_ascii_digit());
    if !numbered {
        return String::new();
    }
    let digits = text.find(|c: char| c.is_ascii_digit());
    let after = digits.map_or("", |at| &text[at..]);
    let skip = |c: char| c.is_ascii_digit() || matches!(c, '.' | ':' | ')' | '-' | '–' | ' ');
    after.trim_start_matches(skip).to_owned()
}

/// One spelling of decimals and halves, without what stands in brackets.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_u32;
    for letter in text.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            ',' => out.push('.'),
            '½' if out.ends_with(|c: char| c.is_ascii_digit()) => out.push_str(".5"),
            '½' => out.push_str("0.5"),
            '¼' => out.push_str("0.25"),
            '–' | '—' | '÷' => out.push('-'),
            other => out.push(other),
        }
    }
    out
}

/// `04`, `0.5`, `1/2`
fn number(text: &str) -> Option<f64> {
    let text = text.trim_end_matches(['.', '/']);
    match text.split_once('/') {
        None => text.parse().ok(),
        Some((above, below)) => {
            let below: f64 = below.parse().ok().filter(|below| *below > 0.0)?;
            Some(above.parse::<f64>().ok()? / below)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let hours =
            |text: &str| quarters(text, None).map(|(quarters, _)| f64::from(quarters) / 4.0);
        assert_eq!(hours("0,5 ngày"), Some(4.0));
        assert_eq!(hours("04 giờ làm việc"), Some(4.0));
        assert_eq!(hours("½ ngày làm việc"), Some(4.0));
        assert_eq!(hours("1½ ngày"), Some(12.0));
        assert_eq!(hours("1/2 ngày"), Some(4.0));
        assert_eq!(hours("01 ngày 04 giờ"), Some(12.0));
        assert_eq!(hours("Không quá 02 ngày làm việc (16 giờ)"), Some(16.0));
        assert_eq!(hours("30 phút"), Some(0.5));
        assert_eq!(hours("2h"), Some(2.0));
        for text in ["", "trong ngày", "4", "1-2 ngày", "từ 1 đến 2 ngày", "1/0 ngày", "0 giờ"]
        {
            assert_eq!(hours(text), None, "{text}");
        }
        assert_eq!(quarters("4", Some(TimeUnit::Hours)), Some((16, true)));
        assert_eq!(quarters("20 phút", None), Some((2, false)));
    }

    #[test]
    fn numbers_before_the_work_are_taken_off() {
        assert_eq!(without_number("Bước 1: Tiếp nhận hồ sơ"), "Tiếp nhận hồ sơ");
        assert_eq!(without_number("Ghi chú"), "");
        assert_eq!(without_number("2. Thẩm định"), "Thẩm định");
        assert_eq!(without_number("Bước 3"), "");
    }
}
