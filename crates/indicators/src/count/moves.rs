//! Counting an event: the one pure function between the journal and the cube.

use kernel::Instant;

use super::{
    cell::{Cell, Move, Trace},
    flows,
    state::CaseState,
    stays,
    told::{Told, What},
};
use crate::{catalogue::Catalogue, day::Day, fact::Fact};

/// What an event did.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// The case as it is after it; none for what is of no case.
    pub state: Option<CaseState>,
    /// What it moved, in a fixed order.
    pub moves: Vec<Move>,
}

/// Counts an event of a case that stood at `state` before (none before its filing, and for what
/// is of no case). It looks nowhere but at what it is given.
#[must_use]
pub fn count(state: Option<&CaseState>, told: &Told, catalogue: &Catalogue) -> Counted {
    let mut moves = Vec::new();
    let state = count_into(state, told, catalogue, &mut moves);
    Counted { state, moves }
}

/// As [`count()`], with what moves at the end of a list; answers the state.
pub(crate) fn count_into(
    state: Option<&CaseState>,
    told: &Told,
    catalogue: &Catalogue,
    moves: &mut Vec<Move>,
) -> Option<CaseState> {
    let Some(before) = state else {
        let mut state = CaseState::begin(told, catalogue);
        match &mut state {
            Some(after) => {
                flows::submitted(told, after, moves);
                stock_moves(None, after, told.happened, moves);
            }
            None => flows::whole(told, moves),
        }
        return state;
    };
    if told.what.result_of().is_some() {
        flows::result(told, before, moves);
        return None;
    }
    if !told.what.is_of_case() || matches!(told.what, What::Submitted { .. }) {
        flows::whole(told, moves);
        return None;
    }
    let mut after = before.clone();
    after.evolve(told);
    flows::of_case(told, before, &after, catalogue, moves);
    stock_moves(Some(before), &mut after, told.happened, moves);
    Some(after)
}

/// Who comes into a stock and who goes. Where neither the agency nor the instant has changed, a
/// stay goes on.
fn stock_moves(
    before: Option<&CaseState>,
    after: &mut CaseState,
    at: Instant,
    moves: &mut Vec<Move>,
) {
    let mut held = Vec::with_capacity(after.held.len());
    for stock in Fact::STOCKS {
        let was = before.and_then(|before| stays::since(before, stock));
        let is = stays::since(after, stock);
        let entered = after.held_since(stock);
        let same_place = before.is_some_and(|before| before.agency == after.agency);
        if let Some(entered) = entered {
            if was == is && same_place {
                held.push((stock.number(), entered));
                continue;
            }
            // It was there, so there was a state before.
            let place = before.map_or_else(|| after.cell(Day::of(at)), |b| b.cell(Day::of(at)));
            moves.push(leave(stock, place, entered, at));
        }
        if let Some(nominal) = is {
            let since = nominal.max(at);
            moves.push(Move {
                fact: stock,
                cell: after.cell(Day::of(since)),
                n: 1,
                trace: Trace::Comes,
            });
            held.push((stock.number(), since));
        }
    }
    after.held = held;
}

fn leave(stock: Fact, place: Cell, entered: Instant, at: Instant) -> Move {
    let (day, trace) = if entered > at {
        (Day::of(entered), Trace::StaysAway)
    } else {
        (Day::of(at), Trace::Leaves { entered: Day::of(entered) })
    };
    Move { fact: stock, cell: Cell { day, ..place }, n: -1, trace }
}
