//! Whether a formula is sound: units that go together, divisions that say what happens where
//! there is nothing to divide by.

use std::collections::BTreeMap;

use super::{Body, Function, Node, Otherwise};
use crate::{definition::FaultKind, unit::Unit};

/// The units of other indicators, by code.
pub(crate) type Known = BTreeMap<String, Unit>;

type Faults = Vec<(usize, FaultKind)>;

/// The unit of a formula, as far as it has one; every fault is told with its byte.
pub(crate) fn check(node: &Node, known: &Known, faults: &mut Faults) -> Option<Unit> {
    let at = node.at;
    match &node.body {
        Body::Number(_) => Some(Unit::Ratio),
        Body::Fact(reference) => Some(reference.fact.unit()),
        Body::Indicator(code) => {
            let unit = known.get(code).copied();
            if unit.is_none() {
                faults.push((at, FaultKind::UnknownIndicator(code.clone())));
            }
            unit
        }
        Body::Plus(left, right) | Body::Minus(left, right) => {
            let (left, right) = (check(left, known, faults), check(right, known, faults));
            same(at, left?, right?, faults)
        }
        Body::Times(left, right) => {
            let (left, right) = (check(left, known, faults), check(right, known, faults));
            match (left?, right?) {
                (Unit::Ratio, unit) | (unit, Unit::Ratio) => Some(unit),
                (left, right) => mixed(at, left, right, faults),
            }
        }
        Body::Over { num, den, otherwise } => {
            let (left, right) = (check(num, known, faults), check(den, known, faults));
            divisor(at, den, *otherwise, faults);
            match (left?, right?) {
                (Unit::Count(_), Unit::Count(_)) => Some(Unit::Ratio),
                (unit @ (Unit::Dong | Unit::Seconds), Unit::Count(_)) => Some(unit),
                (unit, Unit::Ratio) => Some(unit),
                (left, right) if left == right => Some(Unit::Ratio),
                (left, right) => mixed(at, left, right, faults),
            }
        }
        Body::Call(function, arguments) => {
            let units: Vec<Option<Unit>> =
                arguments.iter().map(|argument| check(argument, known, faults)).collect();
            let units: Option<Vec<Unit>> = units.into_iter().collect();
            call(at, *function, &units?, faults)
        }
    }
}

/// A divisor that is a number is seen at once; any other may be zero one day.
fn divisor(at: usize, den: &Node, otherwise: Otherwise, faults: &mut Faults) {
    match (&den.body, otherwise) {
        (Body::Number(number), _) if number.is_zero() => {
            faults.push((den.at, FaultKind::DivisionByZero));
        }
        (Body::Number(_), _) => {}
        (_, Otherwise::Unsaid) => faults.push((at, FaultKind::DivisionWithoutElse)),
        _ => {}
    }
}

fn call(at: usize, function: Function, units: &[Unit], faults: &mut Faults) -> Option<Unit> {
    let (wanted, unit) = match (function, units) {
        (Function::Min | Function::Max, [left, right]) => return same(at, *left, *right, faults),
        (Function::Percent, _) => (Unit::Ratio, Unit::Percent),
        (Function::Points, _) => (Unit::Ratio, Unit::Points),
        (Function::Hours, _) => (Unit::Seconds, Unit::Hours),
        (Function::Days, _) => (Unit::Seconds, Unit::Days),
        (Function::Min | Function::Max, _) => return None,
    };
    match units {
        [given] if *given != wanted => mixed(at, *given, wanted, faults),
        _ => Some(unit),
    }
}

fn same(at: usize, left: Unit, right: Unit, faults: &mut Faults) -> Option<Unit> {
    if left == right { Some(left) } else { mixed(at, left, right, faults) }
}

fn mixed(at: usize, left: Unit, right: Unit, faults: &mut Faults) -> Option<Unit> {
    faults.push((at, FaultKind::Units(left, right)));
    None
}
