//! Scores, inputs and owners as people read them.

use directory::Directory;
use kernel::{AgencyId, Instant, PersonId, PostId};
use maud::{Markup, html};
use scorecards::{IndexScore, InputKind, Name, Number, Scorecard, Scored};
use web::{
    Lang, Words,
    components::{
        tag,
        tile::{Grade as Letter, grade},
    },
    tr,
};

use crate::{
    model::Grade,
    offers::{Offer, OfferKind},
};

/// A name in the reader's language.
pub(super) fn name<'n>(words: &Words, name: &'n Name) -> &'n str {
    match words.lang {
        Lang::Vi => &name.vi,
        Lang::En => &name.en,
    }
}

/// A number with so many decimals, as the reader writes it; rounded half away from zero.
pub(super) fn number(words: &Words, number: &Number, decimals: u8) -> String {
    words.decimal(number.rounded(decimals).to_f64(), decimals.into())
}

/// A number that is shown as it is: whole, or with the decimals that it has, at most four.
pub(super) fn plain(words: &Words, value: &Number) -> String {
    let places = (0..=4).find(|places| value.rounded(*places) == *value).unwrap_or(4);
    number(words, value, places)
}

/// The same for a field of a form: a comma, and no marks of thousands.
pub(super) fn typed(value: &Number) -> String {
    value.rounded(6).to_string().replace('.', ",")
}

/// A number as somebody types it: 0,85 or 0.85 or 1.200. A point parts thousands where it can,
/// as people in Việt Nam write it.
pub(super) fn read(text: &str) -> Option<Number> {
    let text = text.trim().replace(['\u{a0}', ' '], "");
    let text = match text.contains(',') || parts_thousands(&text) {
        true => text.replace('.', "").replace(',', "."),
        false => text,
    };
    text.parse().ok()
}

fn parts_thousands(text: &str) -> bool {
    let (first, rest) = text.split_once('.').unwrap_or((text, ""));
    let begins = (1..=3).contains(&first.len()) && !first.starts_with('0');
    begins && !rest.is_empty() && rest.split('.').all(|group| group.len() == 3)
}

/// Decimals in which differences of a score are worth being said.
pub(super) fn decimals(card: &Scorecard) -> u8 {
    card.decimals()
}

/// A value of an index, or a dash where there is none.
pub(super) fn score(words: &Words, card: &Scorecard, index: &IndexScore) -> String {
    match &index.published.value {
        Some(value) => number(words, value, decimals(card)),
        None => tr!(words, "scoring-none"),
    }
}

/// What a total may be after review, as it would be published.
pub(super) fn total_range(words: &Words, card: &Scorecard, scored: &Scored) -> String {
    let (low, high) = &scored.total().published.range;
    range(words, (low, high), card.decimals())
}

/// "72,10 đến 88,35".
pub(super) fn range(words: &Words, (low, high): (&Number, &Number), decimals: u8) -> String {
    let (low, high) = (number(words, low, decimals), number(words, high, decimals));
    tr!(words, "scoring-range", low = low, high = high)
}

/// The band of a total, where nothing is missing.
pub(super) fn band(words: &Words, scored: &Scored) -> Option<String> {
    scored.band.as_ref().map(|band| name(words, &band.name).to_owned())
}

/// The letter of a grade; of what is missing, a word.
pub(super) fn graded(words: &Words, of: Grade) -> Markup {
    match of {
        Grade::A => grade(words, Letter::A),
        Grade::B => grade(words, Letter::B),
        Grade::C => grade(words, Letter::C),
        Grade::Missing => html! { span.tag { (tr!(words, "scoring-missing")) } },
    }
}

/// What kind of figure is typed, for the hint of its field.
pub(super) fn kind_hint(words: &Words, kind: InputKind, most: Option<&Number>) -> String {
    match kind {
        InputKind::Count => tr!(words, "scoring-hint-count"),
        InputKind::Share => tr!(words, "scoring-hint-share"),
        InputKind::Grade => {
            let most = most.map_or_else(String::new, |most| plain(words, most));
            tr!(words, "scoring-hint-grade", most = most)
        }
    }
}

/// Who answers: the title of the seat with its agency, or that nobody is named.
pub(super) fn owner(words: &Words, directory: &Directory, post: Option<PostId>) -> String {
    let found = post.and_then(|post| directory.post(post));
    let Some(post) = found else { return tr!(words, "scoring-no-owner") };
    let agency = directory.agency(post.agency).map_or("", |agency| agency.short_name.as_str());
    if post.title.contains(agency) {
        return post.title.clone();
    }
    format!("{}, {agency}", post.title)
}

/// Name of a person.
pub(super) fn person(directory: &Directory, person: PersonId) -> String {
    directory.person(person).map_or_else(String::new, |person| person.name.clone())
}

/// Name of an agency.
pub(super) fn agency(directory: &Directory, agency: AgencyId, at: Instant) -> String {
    directory.agency(agency).map_or_else(String::new, |agency| agency.name_at(at).to_owned())
}

/// What is to be done, at a level from 1.
pub(super) fn offer(words: &Words, offer: &Offer, level: usize) -> String {
    match &offer.kind {
        OfferKind::Own(own) => own.name.clone(),
        OfferKind::Derived { lever, cases, .. } => {
            let text = match words.lang {
                Lang::Vi => &lever.name,
                Lang::En => &lever.name_en,
            };
            let cases = cases.get(level.saturating_sub(1)).copied().unwrap_or_default();
            text.replace("{n}", &words.number(cases))
        }
    }
}

/// The tag of a part: its number in the decision, or its name where it has none.
pub(super) fn part(words: &Words, card: &Scorecard, id: Option<&str>) -> Markup {
    let found = id.and_then(|id| card.parts().iter().find(|part| part.id == id));
    html! { @if let Some(part) = found {
        @if is_number(&part.id) { (tag::code(&part.id)) }
        @else { (tag::tag(name(words, &part.name))) }
    } }
}

/// A part as it is listed: by its number in the decision, where it has one, and its name.
pub(super) fn part_named(words: &Words, card: &Scorecard, id: &str) -> String {
    let Some(part) = card.parts().iter().find(|part| part.id == id) else { return String::new() };
    let name = name(words, &part.name);
    if is_number(id) { format!("{id} {name}") } else { name.to_owned() }
}

/// Whether an id is a number as decisions have them (2.1, 4.5a), and not a name for machines.
fn is_number(id: &str) -> bool {
    let digits = id.strip_suffix(['a', 'b', 'c', 'd']).unwrap_or(id);
    let is_whole = |one: &str| !one.is_empty() && one.bytes().all(|byte| byte.is_ascii_digit());
    digits.split('.').all(is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_it_is_written_here_and_stands_so_in_its_field() {
        for (text, meant) in [
            ("0,85", "0.85"),
            ("0.85", "0.85"),
            ("0.716", "0.716"),
            ("1.200", "1200"),
            ("1.234.567,5", "1234567.5"),
            ("12.5", "12.5"),
        ] {
            let meant: Number = meant.parse().unwrap();
            assert_eq!(read(text), Some(meant.clone()), "{text}");
            assert_eq!(read(&typed(&meant)), Some(meant), "{text}");
        }
        assert_eq!(read("nhiều"), None);
    }
}
