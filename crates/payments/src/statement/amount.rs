//! Amounts as banks write them: `15.000`, `15,000.00`, `+15 000 VND`.

use super::table::Cell;

/// Whole đồng; `Some(None)` for money that went out, or nothing. None where it is no amount.
pub(super) fn read(cell: &Cell) -> Option<Option<u64>> {
    match cell {
        Cell::Number(number) => of_number(*number),
        Cell::Text(text) => of_text(text),
        Cell::Empty | Cell::Moment(_) => None,
    }
}

fn of_number(number: f64) -> Option<Option<u64>> {
    if !number.is_finite() || number.fract() != 0.0 || number.abs() > 1e15 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a whole number below 1e15")]
    let whole = number as i64;
    Some(u64::try_from(whole).ok().filter(|amount| *amount > 0))
}

fn of_text(text: &str) -> Option<Option<u64>> {
    let kept = |c: &char| !c.is_whitespace() && *c != '\u{a0}';
    let text: String = text.chars().filter(kept).collect::<String>().to_uppercase();
    let text = text.trim_end_matches("VND").trim_end_matches("VNĐ").trim_end_matches('Đ');
    let (out, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let whole = without_fraction(digits)?;
    let plain: String = whole.chars().filter(|c| !matches!(c, '.' | ',')).collect();
    if plain.is_empty() || plain.len() > 15 || !plain.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let amount: u64 = plain.parse().ok()?;
    Some((!out && amount > 0).then_some(amount))
}

/// Cuts `.00` or `,00` off; a đồng has no other parts. Every other mark parts groups of three.
fn without_fraction(text: &str) -> Option<&str> {
    let whole = match text.rfind(['.', ',']) {
        Some(at) if text.len() - at == 3 => {
            let zero = text.ends_with("00");
            if !zero {
                return None;
            }
            &text[..at]
        }
        _ => text,
    };
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    let fits = groups.len() == 1 || groups[1..].iter().all(|group| group.len() == 3);
    (fits && !groups[0].is_empty()).then_some(whole)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_are_read_as_banks_write_them() {
        for text in
            ["15000", "15.000", "15,000", "15,000.00", "15.000,00", "+15 000 VND", "15.000đ"]
        {
            assert_eq!(of_text(text), Some(Some(15_000)), "{text}");
        }
        for text in ["0", "-15,000", "0.00"] {
            assert_eq!(of_text(text), Some(None), "{text}: nothing came in");
        }
        for text in ["", "abc", "15.0", "15,000.50", "1.2.3", ".000", "15-000", "9999999999999999"]
        {
            assert_eq!(of_text(text), None, "{text}");
        }
        assert_eq!(of_number(15_000.0), Some(Some(15_000)));
        assert_eq!(of_number(-2.0), Some(None));
        assert_eq!(of_number(0.5), None);
    }

    proptest! {
        #[test]
        fn any_grouping_of_an_amount_is_the_amount(amount in 1_u64..1_000_000_000_000) {
            let digits = amount.to_string();
            let grouped = |mark: char| {
                let letters: Vec<char> = digits.chars().collect();
                let mut out = String::new();
                for (at, letter) in letters.iter().enumerate() {
                    if at > 0 && (letters.len() - at).is_multiple_of(3) { out.push(mark); }
                    out.push(*letter);
                }
                out
            };
            for text in [digits.clone(), grouped('.'), grouped(','), grouped(',') + ".00"] {
                prop_assert_eq!(of_text(&text), Some(Some(amount)), "{}", text);
            }
        }

        #[test]
        fn any_text_is_an_amount_or_not(text in "\\PC{0,30}") {
            let _ = of_text(&text);
        }
    }
}
