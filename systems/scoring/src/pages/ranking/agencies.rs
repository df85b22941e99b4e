//! Agencies ranked against each other.
//!
//! The rule. Points are comparable only where they are of the same parts. What a kind of unit (a
//! department, a commune) can be scored for are the parts for which at least one unit of that kind
//! has points; the maxima of these are its full set. Who has points for all of them is ranked. Who
//! has fewer stands below without a place, with how much is known: thirty-two of forty-four says
//! nothing yet about the rest. Where no unit has its full set, all that have points are ranked by
//! their share of the points that they could have had, and so they are where those who are ranked
//! have different maxima, since a commune is never asked what a department is.

use std::collections::{BTreeMap, BTreeSet};

use directory::AgencyLevel;
use kernel::AgencyId;
use maud::{Markup, html};
use scorecards::{Number, Scorecard, Scored, rank};
use web::{
    SignedIn,
    components::table::{self, Column, Row, Table},
    tr,
};

use super::super::{At, words};

/// Decimals by which shares differ: those of a percentage with two.
const SHARE_DECIMALS: u8 = 4;

/// A unit with the points that it has, and of how many.
struct Unit {
    /// Its place among the agencies that were given.
    nth: usize,
    points: Option<Number>,
    /// The maxima of the parts that have points.
    known: Number,
    /// The maxima of the parts that its kind can have points for.
    full: Number,
}

/// The order of units.
struct Order {
    /// Rank and unit, the first first.
    ranked: Vec<(u32, usize)>,
    /// Units without a place, the best known first.
    below: Vec<usize>,
    /// Whether by the share of the points, and not by points.
    by_share: bool,
    /// Whether no unit has its full set.
    none_full: bool,
}

fn units<'s>(all: impl Iterator<Item = (AgencyLevel, &'s Scored)>) -> Vec<Unit> {
    let all: Vec<(String, &Scored)> = all.map(|(kind, of)| (format!("{kind:?}"), of)).collect();
    let mut asked: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (kind, scored) in &all {
        let places = scored.parts.iter().enumerate().filter(|(_, part)| part.points.is_some());
        asked.entry(kind).or_default().extend(places.map(|(place, _)| place));
    }
    let most = |scored: &Scored, places: &mut dyn Iterator<Item = usize>| -> Number {
        places.map(|place| scored.parts[place].maximum.clone()).sum()
    };
    let unit = |(nth, (kind, scored)): (usize, &(String, &Scored))| {
        let full = asked.get(kind.as_str()).into_iter().flatten().copied();
        let known = (0..scored.parts.len()).filter(|place| scored.parts[*place].points.is_some());
        Unit {
            nth,
            points: scored.total().published.value.clone(),
            known: most(scored, &mut known.into_iter()),
            full: most(scored, &mut full.into_iter()),
        }
    };
    all.iter().enumerate().map(unit).collect()
}

fn order(units: &[Unit], decimals: u8) -> Order {
    let has_points = |unit: &&Unit| unit.points.is_some() && unit.known > 0;
    let is_full = |unit: &&Unit| has_points(unit) && unit.known == unit.full;
    let none_full = !units.iter().any(|unit| is_full(&unit));
    let stands = |unit: &&Unit| if none_full { has_points(unit) } else { is_full(unit) };
    let standing: Vec<&Unit> = units.iter().filter(stands).collect();
    let maxima: BTreeSet<&Number> = standing.iter().map(|unit| &unit.known).collect();
    let by_share = maxima.len() > 1;
    let entry = |unit: &&Unit| {
        let points = unit.points.clone();
        let value = if by_share { points.and_then(|of| of.over(&unit.known)) } else { points };
        (unit.nth.to_string(), value)
    };
    let entries: Vec<_> = standing.iter().map(entry).collect();
    let placed = rank(&entries, if by_share { SHARE_DECIMALS } else { decimals });
    let ranked = placed.iter().filter_map(|one| Some((one.rank?, one.name.parse().ok()?)));
    let mut below: Vec<&Unit> = units.iter().filter(|unit| !stands(unit)).collect();
    below.sort_by(|one, two| two.known.cmp(&one.known));
    let below = below.into_iter().map(|unit| unit.nth).collect();
    Order { ranked: ranked.collect(), below, by_share, none_full }
}

pub(super) fn table(
    me: &SignedIn,
    at: &At,
    card: &Scorecard,
    agencies: &[AgencyId],
    scored: &[Scored],
) -> Markup {
    let level = |id: &AgencyId| me.directory.agency(*id).map(|agency| agency.level);
    let paired = agencies.iter().zip(scored);
    let all: Vec<_> = paired.filter_map(|(id, of)| Some((level(id)?, *id, of))).collect();
    let units = units(all.iter().map(|(level, _, scored)| (*level, *scored)));
    let order = order(&units, card.decimals());
    let row = |rank: Option<u32>, nth: usize| {
        let (unit, (_, id, scored)) = (&units[nth], &all[nth]);
        let agency = me.directory.agency(*id)?;
        let of = At { agency: *id, code: agency.code.to_string(), ..at.clone() };
        let known = words::plain(&me.words, &unit.known);
        let share = unit.points.as_ref().filter(|_| order.by_share && rank.is_some());
        let share = share.and_then(|points| points.over(&unit.known));
        Some(Row::Cells(vec![
            html! { @match rank {
                Some(rank) => { (rank) }
                None => { (tr!(me, "scoring-too-little")) span.sub { (tr!(me, "scoring-too-little-known",
                    known = known.as_str(), full = words::plain(&me.words, &unit.full))) } }
            } },
            html! { a.a href=(of.address("")) { (agency.name) } },
            html! { b { (words::score(&me.words, card, scored.total())) } " "
            small { (tr!(me, "scoring-of", most = known))
                @if let Some(share) = share { ", " (me.words.decimal(100.0 * share.to_f64(), 2)) "%" } } },
            html! { (words::total_range(&me.words, card, scored)) },
            html! { (words::band(&me.words, scored).unwrap_or_default()) },
        ]))
    };
    let ranked = order.ranked.iter().filter_map(|(rank, nth)| row(Some(*rank), *nth));
    let rows = ranked.chain(order.below.iter().filter_map(|nth| row(None, *nth))).collect();
    let columns = vec![
        Column::figures(tr!(me, "scoring-rank")),
        Column::text(tr!(me, "scoring-agency")),
        Column::figures(tr!(me, "scoring-score")),
        Column::figures(tr!(me, "scoring-after-review")),
        Column::text(tr!(me, "scoring-band-word")),
    ];
    let caption = tr!(me, "scoring-ranking-agencies");
    html! {
        (table::table(&Table { caption, caption_shown: true, columns, rows }))
        p.small.muted {
            (tr!(me, if order.none_full { "scoring-ranking-none-full" } else { "scoring-ranking-full" }))
            @if order.by_share && !order.none_full { " " (tr!(me, "scoring-ranking-by-share")) }
            " " (tr!(me, "scoring-ranking-how"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(nth: usize, points: Option<u32>, known: u32, full: u32) -> Unit {
        let points = points.map(Number::from);
        Unit { nth, points, known: known.into(), full: full.into() }
    }

    #[test]
    fn only_who_has_the_full_set_of_its_kind_has_a_place() {
        let units = [
            unit(0, Some(6), 18, 44),
            unit(1, Some(32), 44, 44),
            unit(2, Some(38), 44, 44),
            unit(3, None, 0, 44),
            unit(4, Some(20), 20, 44),
        ];
        let order = order(&units, 2);
        assert_eq!(order.ranked, [(1, 2), (2, 1)]);
        assert_eq!(order.below, [4, 0, 3], "the best known first");
        assert!(!order.by_share && !order.none_full);
    }

    #[test]
    fn different_maxima_are_ranked_by_share() {
        // 38 of 62 is more points and a smaller share than 32 of 44.
        let kinds = [unit(0, Some(38), 62, 62), unit(1, Some(32), 44, 44)];
        let by_kind = order(&kinds, 2);
        assert_eq!(by_kind.ranked, [(1, 1), (2, 0)]);
        assert!(by_kind.by_share && !by_kind.none_full);

        let nobody = [unit(0, Some(9), 18, 62), unit(1, Some(32), 44, 62), unit(2, None, 0, 62)];
        let nobody = order(&nobody, 2);
        assert_eq!(nobody.ranked, [(1, 1), (2, 0)]);
        assert_eq!(nobody.below, [2]);
        assert!(nobody.none_full);
    }
}
