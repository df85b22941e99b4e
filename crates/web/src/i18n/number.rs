//! Figures as the language writes them: 1.234,5 or 1,234.5.

use super::Lang;

/// A number with so many decimals, grouped by thousands.
pub(super) fn decimal(lang: Lang, value: f64, decimals: usize) -> String {
    let (thousands, point) = lang.marks();
    let text = format!("{:.*}", decimals, value.abs());
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::with_capacity(text.len() + text.len() / 3 + 1);
    // Rounding may leave nothing of a small negative number.
    if value < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        out.push('-');
    }
    push_grouped(&mut out, whole, thousands);
    if !rest.is_empty() {
        out.push(point);
        out.push_str(rest);
    }
    out
}

/// A whole number, grouped by thousands.
pub(super) fn whole(lang: Lang, value: i64) -> String {
    let mut out = String::new();
    if value < 0 {
        out.push('-');
    }
    push_grouped(&mut out, &value.unsigned_abs().to_string(), lang.marks().0);
    out
}

fn push_grouped(out: &mut String, digits: &str, mark: char) {
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn thousands_and_decimals() {
        assert_eq!(decimal(Lang::Vi, 1234.5, 1), "1.234,5");
        assert_eq!(decimal(Lang::En, 1234.5, 1), "1,234.5");
        assert_eq!(decimal(Lang::Vi, -0.04, 1), "0,0");
        assert_eq!(decimal(Lang::Vi, -999.96, 1), "-1.000,0");
        assert_eq!(whole(Lang::Vi, i64::MIN), "-9.223.372.036.854.775.808");
    }

    proptest! {
        #[test]
        fn taking_the_marks_out_gives_the_number_back(value: i64) {
            let written = whole(Lang::Vi, value);
            prop_assert_eq!(written.replace('.', "").parse::<i64>().unwrap(), value);
            prop_assert!(written.trim_start_matches('-').split('.').skip(1).all(|g| g.len() == 3));
        }
    }
}
