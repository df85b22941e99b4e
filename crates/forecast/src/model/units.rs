//! Teams between which cases go back and forth, and the order in which units of them are run.

/// The units of some teams that lead to each other: each unit comes after all that lead to it.
/// `leads[n]` are the teams to which the `n`-th leads.
///
/// Kosaraju's way: the teams in the order in which a walk along the arrows leaves them, last
/// first; then from each, against the arrows, whatever was not reached yet.
pub(super) fn units(leads: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut against = vec![Vec::new(); leads.len()];
    for (from, to) in leads.iter().enumerate() {
        to.iter().for_each(|to| against[*to as usize].push(from as u32));
    }
    let mut order = Vec::with_capacity(leads.len());
    let mut seen = vec![false; leads.len()];
    for team in 0..leads.len() as u32 {
        order.extend(walk(leads, team, &mut seen));
    }
    let mut reached = vec![false; leads.len()];
    let mut units = Vec::new();
    for team in order.into_iter().rev() {
        let mut unit = walk(&against, team, &mut reached);
        unit.sort_unstable();
        units.push(unit);
    }
    units.retain(|unit| !unit.is_empty());
    units
}

/// Whatever can be reached from a team and was not seen, in the order in which it is left.
fn walk(arrows: &[Vec<u32>], from: u32, seen: &mut [bool]) -> Vec<u32> {
    let mut left = Vec::new();
    if std::mem::replace(&mut seen[from as usize], true) {
        return left;
    }
    let mut path = vec![(from, 0)];
    while let Some((team, next)) = path.last_mut() {
        match arrows[*team as usize].get(*next) {
            None => {
                left.push(*team);
                path.pop();
            }
            Some(to) => {
                *next += 1;
                if !std::mem::replace(&mut seen[*to as usize], true) {
                    path.push((*to, 0));
                }
            }
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_back_and_forth_is_one_unit_and_comes_after_what_leads_to_it() {
        // 3 → 0 → 1 ⇄ 2 → 4, and 5 alone.
        let leads = [vec![1], vec![2], vec![1, 4], vec![0], vec![], vec![]];
        let units = units(&leads);
        let place = |team| units.iter().position(|unit| unit.contains(&team)).unwrap();
        assert_eq!(units.len(), 5);
        assert_eq!(place(1), place(2));
        assert!(place(3) < place(0) && place(0) < place(1) && place(1) < place(4));
    }
}
