//! The words of one reader: the texts in their language, and how it writes figures and days.

use std::sync::Arc;

use fluent_bundle::{FluentArgs, FluentValue};
use jiff::civil::{Date, Weekday};
use kernel::Instant;
use maud::{Markup, PreEscaped};

use super::{Lang, Texts, number};

/// A day of working time: eight hours, as the time limits of procedures count it.
const WORKING_DAY_MINUTES: i64 = 8 * 60;

/// The texts in the reader's language. Cheap to copy; every page and component is given one.
#[derive(Clone)]
pub struct Words {
    /// The reader's language.
    pub lang: Lang,
    texts: Arc<Texts>,
}

/// Whatever can be spoken from: [`Words`], or a page's context that carries them. It is what the
/// first argument of [`tr!`](crate::tr) must be.
pub trait Speaks {
    /// The words.
    fn words(&self) -> &Words;
}

impl Speaks for Words {
    fn words(&self) -> &Words {
        self
    }
}

impl<T: Speaks + ?Sized> Speaks for &T {
    fn words(&self) -> &Words {
        (**self).words()
    }
}

impl Words {
    /// The texts in one language.
    #[must_use]
    pub fn new(lang: Lang, texts: Arc<Texts>) -> Self {
        Self { lang, texts }
    }

    /// The same texts in another language.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> Self {
        Self { lang, texts: Arc::clone(&self.texts) }
    }

    /// The text of `key`.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.texts.get(self.lang, key, None)
    }

    /// The text of `key` with values put in.
    #[must_use]
    pub fn t_with(&self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            args.set(*name, value.clone());
        }
        self.texts.get(self.lang, key, Some(&args))
    }

    /// Whether there is a text of this key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.texts.has(self.lang, key)
    }

    /// 1.234
    #[must_use]
    pub fn number(&self, value: impl TryInto<i64>) -> String {
        number::whole(self.lang, value.try_into().unwrap_or(i64::MAX))
    }

    /// 1.234,5
    #[must_use]
    pub fn decimal(&self, value: f64, decimals: usize) -> String {
        number::decimal(self.lang, value, decimals)
    }

    /// 96,8%: `part` of `whole`, or nothing where there is no whole to take a part of.
    #[must_use]
    pub fn percent(&self, part: i64, whole: i64) -> Option<String> {
        #[expect(clippy::cast_precision_loss, reason = "counts of cases are far below 2^52")]
        let share = part as f64 / whole as f64;
        (whole > 0).then(|| self.share(share))
    }

    /// 96,8% of a share between 0 and 1. Never rounded up to 100,0% or down to 0,0%: those are
    /// said only of all and of none.
    #[must_use]
    pub fn share(&self, share: f64) -> String {
        let tenths = (share * 1000.0).round();
        let tenths = if share < 1.0 && tenths >= 1000.0 { 999.0 } else { tenths };
        let tenths = if share > 0.0 && tenths <= 0.0 { 1.0 } else { tenths };
        format!("{}%", self.decimal(tenths / 10.0, 1))
    }

    /// 15.000 đồng
    #[must_use]
    pub fn money(&self, dong: i64) -> String {
        self.t_with("fmt-money", &[("amount", self.number(dong).into())])
    }

    /// Working time in its two largest units: "1 ngày 6 giờ", "2 giờ 6 phút", "0 phút". The sign
    /// is dropped; who is late says so in words.
    #[must_use]
    pub fn working_time(&self, minutes: i64) -> String {
        let minutes = i64::try_from(minutes.unsigned_abs()).unwrap_or(i64::MAX);
        let day = WORKING_DAY_MINUTES;
        let (days, hours, rest) = (minutes / day, minutes % day / 60, minutes % 60);
        let parts = match (days, hours) {
            (0, 0) => [("fmt-minutes", rest), ("fmt-minutes", 0)],
            (0, _) => [("fmt-hours", hours), ("fmt-minutes", rest)],
            _ => [("fmt-days", days), ("fmt-hours", hours)],
        };
        let (first, second) = (parts[0], parts[1]);
        let mut text = self.t_with(first.0, &[("n", first.1.into())]);
        if second.1 > 0 {
            text.push(' ');
            text.push_str(&self.t_with(second.0, &[("n", second.1.into())]));
        }
        text
    }

    /// 4,8 MB; in thousands, as file managers count.
    #[must_use]
    pub fn file_size(&self, bytes: u64) -> String {
        #[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
        let bytes = bytes as f64;
        let (value, unit) = match bytes {
            b if b >= 999_500_000.0 => (b / 1e9, "GB"),
            b if b >= 999_500.0 => (b / 1e6, "MB"),
            b if b >= 999.5 => (b / 1e3, "KB"),
            b => (b, "B"),
        };
        let decimals = usize::from(matches!(unit, "GB" | "MB") && value < 9.95);
        format!("{}\u{a0}{unit}", self.decimal(value, decimals))
    }

    /// 23/11/2026, or 23 Nov 2026 in English.
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        match self.lang {
            Lang::Vi => kernel::vn_date(date),
            Lang::En => format!("{}\u{a0}{}", self.date_short(date), date.year()),
        }
    }

    /// 23/11, or 23 Nov in English; within the year.
    #[must_use]
    pub fn date_short(&self, date: Date) -> String {
        match self.lang {
            Lang::Vi => kernel::vn_date_short(date),
            Lang::En => format!("{}\u{a0}{}", date.day(), &MONTHS[month(date)][..3]),
        }
    }

    /// thứ Hai, 23/11/2026, or Monday, 23 November 2026 in English.
    #[must_use]
    pub fn date_long(&self, date: Date) -> String {
        match self.lang {
            Lang::Vi => kernel::vn_date_long(date),
            Lang::En => {
                let (day, name) = (weekday(date.weekday()), MONTHS[month(date)]);
                format!("{day}, {}\u{a0}{name}\u{a0}{}", date.day(), date.year())
            }
        }
    }

    /// 16:30
    #[must_use]
    pub fn time(&self, at: Instant) -> String {
        kernel::vn_time(at)
    }

    /// 16:30, 25/11/2026
    #[must_use]
    pub fn moment(&self, at: Instant) -> String {
        format!("{}, {}", self.time(at), self.date(kernel::today(at)))
    }

    /// As lists say it: "hôm nay 16:30", within the year "25/11, 16:30", else with the year.
    #[must_use]
    pub fn moment_near(&self, at: Instant, now: Instant) -> String {
        let (day, today, time) = (kernel::today(at), kernel::today(now), self.time(at));
        if day == today {
            return self.t_with("fmt-today", &[("time", time.into())]);
        }
        let same_year = day.year() == today.year();
        let day = if same_year { self.date_short(day) } else { self.date(day) };
        format!("{day}, {time}")
    }
}

/// The text with its first letter made a capital: a day that begins a sentence.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `019 ••• ••• 821`: an identity number of any length but for its first and last three signs;
/// a short one is covered whole.
#[must_use]
pub fn masked(number: &str) -> String {
    let signs: Vec<char> = number.chars().filter(|c| !c.is_whitespace()).collect();
    if signs.len() < 9 {
        return "•••".to_owned();
    }
    let head: String = signs[..3].iter().collect();
    let tail: String = signs[signs.len() - 3..].iter().collect();
    let covered = " •••".repeat((signs.len() - 6).div_ceil(3));
    format!("{head}{covered} {tail}")
}

/// `9f2c…7ab1`: the ends of a hash, as people compare them.
#[must_use]
pub fn hash_ends(hex: &str) -> String {
    match (hex.get(..4), hex.len().checked_sub(4).and_then(|at| hex.get(at..))) {
        (Some(head), Some(tail)) if hex.len() > 8 => format!("{head}…{tail}"),
        _ => hex.to_owned(),
    }
}

/// A text in which `**words**` are strong. Everything else is encoded, values too.
#[must_use]
pub fn rich(text: &str) -> Markup {
    let mut out = String::with_capacity(text.len() + 16);
    for (i, part) in text.split("**").enumerate() {
        if i > 0 {
            out.push_str(if i % 2 == 1 { "<b>" } else { "</b>" });
        }
        out.push_str(&maud::html! { (part) }.into_string());
    }
    if text.matches("**").count() % 2 == 1 {
        out.push_str("</b>");
    }
    PreEscaped(out)
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month(date: Date) -> usize {
    usize::from(date.month().unsigned_abs()) - 1
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(lang: Lang) -> Words {
        Words::new(lang, Arc::new(Texts::new(&crate::TEXTS).unwrap()))
    }

    #[test]
    fn time_left_is_said_in_the_two_largest_units() {
        let vi = words(Lang::Vi);
        assert_eq!(vi.working_time(14 * 60), "1\u{a0}ngày 6\u{a0}giờ");
        assert_eq!(vi.working_time(126), "2\u{a0}giờ 6\u{a0}phút");
        assert_eq!(vi.working_time(-240), "4\u{a0}giờ");
        assert_eq!(vi.working_time(3 * 480 + 20), "3\u{a0}ngày");
        assert_eq!(vi.working_time(0), "0\u{a0}phút");
        let en = words(Lang::En);
        assert_eq!(en.working_time(541), "1\u{a0}day 1\u{a0}hour");
        assert_eq!(en.working_time(2 * 480 + 126), "2\u{a0}days 2\u{a0}hours");
    }

    #[test]
    fn a_share_is_whole_only_where_nothing_is_missing() {
        let vi = words(Lang::Vi);
        assert_eq!(vi.percent(1204, 1244).unwrap(), "96,8%");
        assert_eq!(vi.percent(99_999, 100_000).unwrap(), "99,9%");
        assert_eq!(vi.percent(1, 100_000).unwrap(), "0,1%");
        assert_eq!(vi.percent(5, 5).unwrap(), "100,0%");
        assert_eq!(vi.percent(0, 0), None, "no answers are not 100%");
    }

    #[test]
    fn money_sizes_and_masks() {
        let vi = words(Lang::Vi);
        assert_eq!(vi.money(15_000), "15.000\u{a0}đồng");
        assert_eq!(vi.file_size(4_812_345), "4,8\u{a0}MB");
        assert_eq!(vi.file_size(20_000_000), "20\u{a0}MB");
        assert_eq!(vi.file_size(112_000), "112\u{a0}KB");
        assert_eq!(vi.file_size(999), "999\u{a0}B");
        assert_eq!(masked("019197000821"), "019 ••• ••• 821");
        assert_eq!(masked("12345"), "•••");
        assert_eq!(hash_ends("9f2c00000000000000007ab1"), "9f2c…7ab1");
    }

    #[test]
    fn days_are_written_as_the_reader_writes_them() {
        let (vi, en) = (words(Lang::Vi), words(Lang::En));
        let due: Instant = "2026-11-23T09:30:00Z".parse().unwrap();
        let now: Instant = "2026-11-23T02:14:00Z".parse().unwrap();
        let before: Instant = "2026-11-20T02:14:00Z".parse().unwrap();
        let day = kernel::today(due);
        assert_eq!(vi.moment_near(due, now), "hôm nay 16:30");
        assert_eq!(vi.moment_near(due, before), "23/11, 16:30");
        assert_eq!(capital(&vi.date_long(day)), "Thứ Hai, 23/11/2026");
        assert_eq!(en.date_long(day), "Monday, 23\u{a0}November\u{a0}2026");
        assert_eq!(en.moment(due), "16:30, 23\u{a0}Nov\u{a0}2026");
    }

    #[test]
    fn strong_words_are_marked_and_everything_else_encoded() {
        assert_eq!(rich("trả **96,8%** <đúng hạn>").0, "trả <b>96,8%</b> &lt;đúng hạn&gt;");
        assert_eq!(rich("a **b").0, "a <b>b</b>");
    }
}
