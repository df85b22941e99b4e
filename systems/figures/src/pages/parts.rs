//! What the pages share: names of scopes and facts, choices of periods, freshness.

use desk::{Desk, period_text};
use indicators::{
    AsOf, Day, Grade, Indicator, Month, Of, Period, ProcedureNumber, Reference, Scope, Slice, When,
};
use jiff::civil::Date;
use web::{
    Lang, SignedIn, Words,
    components::{fields::Choice, filter::FilterSelect, tile::Grade as Shown},
    tr,
};

/// The name of an indicator in the reader's language.
pub(super) fn name<'i>(words: &Words, indicator: &'i Indicator) -> &'i str {
    if words.lang == Lang::En { &indicator.name_en } else { &indicator.name }
}

/// What is meant by it, in the reader's language.
pub(super) fn concept<'i>(words: &Words, indicator: &'i Indicator) -> &'i str {
    if words.lang == Lang::En { &indicator.concept_en } else { &indicator.concept }
}

/// For whom a figure is, in words.
pub(super) fn scope_name(me: &SignedIn, scope: &Scope) -> String {
    let agency = |id| me.directory.agency(id).map(|agency| agency.short_name.clone());
    match &scope.of {
        Of::All => tr!(me, "figures-of-all"),
        Of::Agency(id) => {
            tr!(me, "figures-of-agency", name = agency(*id).unwrap_or_default())
        }
        Of::Only(id) => tr!(me, "figures-of-only", name = agency(*id).unwrap_or_default()),
        Of::Place(code) => {
            me.directory.places().get(code).map_or_else(|| code.to_string(), |p| p.name.to_string())
        }
    }
}

/// The part that a figure is of, in words behind others; nothing where it is of everything.
pub(super) fn part_name(words: &Words, slice: &Slice) -> String {
    let channel =
        slice.channel.map(|channel| words.t(&format!("figures-channel-{}", channel.word())));
    let procedure = slice.procedure.and_then(ProcedureNumber::code).map(|code| code.to_string());
    let parts = [channel, slice.field.clone(), procedure];
    parts.into_iter().flatten().map(|part| format!(", {part}")).collect()
}

/// A fact of a formula in words: "đang giải quyết, cuối kỳ, kênh trực tuyến".
pub(super) fn fact_name(words: &Words, reference: &Reference) -> String {
    let mut name = words.t(&format!("fact-{}", reference.fact.word().replace('_', "-")));
    let mut add = |more: String| {
        name.push_str(", ");
        name.push_str(&more);
    };
    match reference.when {
        When::Sum => {}
        When::Begin => add(words.t("figures-at-begin")),
        When::End => add(words.t("figures-at-end")),
    }
    if let Some(channel) = reference.filter.channel {
        add(words.t(&format!("figures-channel-{}", channel.word())));
    }
    if let Some(procedure) = reference.filter.procedure.and_then(|number| number.code()) {
        add(procedure.to_string());
    }
    if let Some(field) = &reference.filter.field {
        add(field.clone());
    }
    if let Some(matter) = reference.filter.plane.matter() {
        add(words.t(&format!("figures-matter-{}", matter.word())));
    }
    name
}

/// The grade of an indicator as tiles show it.
pub(super) const fn grade(grade: Grade) -> Shown {
    match grade {
        Grade::A => Shown::A,
        Grade::B => Shown::B,
        Grade::C => Shown::C,
    }
}

/// "Tính đến 09:13, sự kiện số 8.301; còn 12 sự kiện chưa đếm."
pub(super) fn freshness(me: &SignedIn, as_of: &AsOf) -> String {
    let at = as_of.recorded.map(|at| me.words.moment_near(at, me.now)).unwrap_or_default();
    let pos = me.words.number(as_of.pos);
    tr!(
        me,
        "figures-as-of",
        at = at,
        pos = pos,
        behind = me.words.number(as_of.behind),
        n = as_of.behind
    )
}

/// The periods that may be chosen: three years, four quarters, twelve months.
pub(super) fn periods(me: &SignedIn, chosen: Period) -> FilterSelect {
    let today = Day::of(me.now).month();
    let months: Vec<Month> =
        std::iter::successors(Some(today), |month| Some(month.before())).take(12).collect();
    let year = today.year();
    let quarter = i32::from(today.of_year().div_ceil(3));
    let quarters = (0..4).map(|back| {
        let number = year * 4 + quarter - 1 - back;
        format!("{}-q{}", number / 4, number % 4 + 1)
    });
    let years = (0..3).map(|back| (year - back).to_string());
    let mut all: Vec<Period> = months.into_iter().map(Period::month).collect();
    all.extend(quarters.chain(years).filter_map(|text| text.parse::<Period>().ok()));
    if !all.contains(&chosen) {
        all.insert(0, chosen);
    }
    FilterSelect {
        name: "ky".to_owned(),
        label: tr!(me, "figures-period"),
        choices: all
            .into_iter()
            .map(|period| Choice::new(period.to_string(), period_text(&me.words, period)))
            .collect(),
        chosen: chosen.to_string(),
    }
}

/// The agencies that may be chosen: the reader's own and those right below it, and what is looked
/// at now.
pub(super) fn scopes(desk: &Desk, me: &SignedIn, chosen: &Scope) -> FilterSelect {
    let directory = desk.front.directory.get();
    let mut agencies: Vec<_> =
        directory.agencies().filter(|agency| agency.parent == Some(me.agency)).collect();
    agencies.sort_by_cached_key(|agency| kernel::fold(&agency.short_name));
    let own = directory.agency(me.agency);
    let mut choices: Vec<Choice> = own
        .into_iter()
        .chain(agencies)
        .map(|agency| Choice::new(Scope::agency(agency.id).to_string(), agency.short_name.clone()))
        .collect();
    let chosen_text = chosen.to_string();
    if !choices.iter().any(|choice| choice.value == chosen_text) {
        choices.insert(0, Choice::new(chosen_text.clone(), scope_name(me, chosen)));
    }
    FilterSelect {
        name: "cua".to_owned(),
        label: tr!(me, "figures-scope"),
        choices,
        chosen: chosen_text,
    }
}

/// A day as it is written in lists.
pub(super) fn day(me: &SignedIn, date: Date) -> String {
    me.words.date(date)
}
