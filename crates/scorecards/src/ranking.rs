//! Who is where: ranks with ties as they are published, and the distance to others.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{Number, Scored};

/// Somebody's place in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Who.
    pub name: String,
    /// What the place is for, as it is published; none for who has no score.
    pub value: Option<Number>,
    /// From 1; none for who has no score.
    pub rank: Option<u32>,
    /// Whether somebody else has the same place.
    pub tied: bool,
}

/// Ranks by value, the highest first. Who is equal as published shares a place, and the next
/// place is skipped for each of them: 1, 2, 2, 4. Who has no value has no place, and stands last.
/// Equals keep the order in which they were given.
#[must_use]
pub fn rank(entries: &[(String, Option<Number>)], decimals: u8) -> Vec<Placed> {
    let mut rows: Vec<(String, Option<Number>)> = entries
        .iter()
        .map(|(name, value)| (name.clone(), value.as_ref().map(|value| value.rounded(decimals))))
        .collect();
    rows.sort_by(|one, two| two.1.cmp(&one.1));
    let mut placed: Vec<Placed> = Vec::new();
    for (nth, (name, value)) in (1_u32..).zip(rows) {
        let equal = value.is_some() && placed.last().is_some_and(|above| above.value == value);
        let rank = match placed.last_mut() {
            Some(above) if equal => {
                above.tied = true;
                above.rank
            }
            _ => value.is_some().then_some(nth),
        };
        placed.push(Placed { name, value, rank, tied: equal });
    }
    placed
}

/// Ranks by the total and by each index of a scorecard; the keys are the ids of the indices.
#[must_use]
pub fn rank_each(rows: &[(String, Scored)]) -> BTreeMap<String, Vec<Placed>> {
    let Some((_, first)) = rows.first() else { return BTreeMap::new() };
    let by = |id: &str| -> Vec<Placed> {
        let value =
            |scored: &Scored| scored.index(id).and_then(|index| index.published.value.clone());
        let entries: Vec<_> =
            rows.iter().map(|(name, scored)| (name.clone(), value(scored))).collect();
        rank(&entries, first.decimals)
    };
    first.indices.iter().map(|index| (index.id.clone(), by(&index.id))).collect()
}

/// What others published of themselves: values by the id of an index.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Published {
    /// Who.
    pub name: String,
    /// By index; what was not published is not there.
    pub values: BTreeMap<String, Number>,
}

/// Where a score stands among published ones, by one index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The index.
    pub index: String,
    /// Our value, as it is published.
    pub ours: Number,
    /// Our place among those who published it, and us.
    pub rank: u32,
    /// How many those are, with us.
    pub of: u32,
    /// The nearest who is above us, and by how much.
    pub above: Option<(String, Number)>,
    /// The nearest who is level with us or below, and by how much.
    pub below: Option<(String, Number)>,
    /// The best of the others.
    pub best: (String, Number),
}

/// Compares a score with published ones, by each index that we have and somebody published.
#[must_use]
pub fn compare(scored: &Scored, others: &[Published]) -> Vec<Standing> {
    let mut standings = Vec::new();
    for index in &scored.indices {
        let Some(ours) = index.published.value.clone() else { continue };
        let mut theirs: Vec<(&str, Number)> = others
            .iter()
            .filter_map(|other| Some((other.name.as_str(), other.values.get(&index.id)?)))
            .map(|(name, value)| (name, value.rounded(scored.decimals)))
            .collect();
        theirs.sort_by(|one, two| two.1.cmp(&one.1));
        let Some(best) = theirs.first().map(|(name, value)| ((*name).to_owned(), value.clone()))
        else {
            continue;
        };
        let ahead = theirs.partition_point(|(_, value)| *value > ours);
        let gap = |(name, value): &(&str, Number)| ((*name).to_owned(), (value - &ours).abs());
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        standings.push(Standing {
            index: index.id.clone(),
            rank: count(ahead) + 1,
            of: count(theirs.len()) + 1,
            above: theirs[..ahead].last().map(gap),
            below: theirs[ahead..].first().map(gap),
            best,
            ours,
        });
    }
    standings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_equal_shares_a_place_and_the_next_is_skipped() {
        let entry = |name: &str, value: Option<&str>| {
            (name.to_owned(), value.map(|value| value.parse().unwrap()))
        };
        let rows = [
            entry("c", Some("0.50004")),
            entry("nobody", None),
            entry("a", Some("0.9")),
            entry("b", Some("0.50001")),
            entry("d", Some("0.4")),
            entry("nobody else", None),
        ];
        let placed = rank(&rows, 4);
        let seen: Vec<_> =
            placed.iter().map(|one| (one.name.as_str(), one.rank, one.tied)).collect();
        assert_eq!(
            seen,
            [
                ("a", Some(1), false),
                ("c", Some(2), true),
                ("b", Some(2), true),
                ("d", Some(4), false),
                ("nobody", None, false),
                ("nobody else", None, false),
            ]
        );
        assert!(rank(&[], 4).is_empty());
    }
}
