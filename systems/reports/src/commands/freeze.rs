//! The figures of a report are published as it is sent: they stay so, each with its position in
//! the journal, whatever is recorded later.

use std::collections::BTreeMap;

use indicators::Figure;
use store::Tx;

use super::Acting;
use crate::{Result, fill::scope, form::Binding, queries::Whole};

/// Publishes every figure that stands in a report, in a cell or in its prose, of all that its
/// indicator counts or of a part. Where one was published before, a correction is said to be one,
/// with the reason of the report.
pub(super) fn figures(tx: &mut Tx<'_>, acting: &Acting<'_>, whole: &Whole) -> Result<()> {
    let (desk, report) = (acting.desk, &whole.report);
    let scope = scope(&whole.regime, report);
    let reason = match (&report.why, report.version) {
        (Some(why), 2..) => why.clone(),
        _ => format!("{} {}", whole.regime.name, report.code),
    };
    for (name, binding) in named(whole) {
        match desk.figure(tx, &binding.code, (&scope, report.period, &binding.slice)) {
            Ok(figure) if figure.as_of.recorded.is_some() => {
                let indicator = desk.indicator(&binding.code)?;
                let figure = Figure { indicator: name, ..figure };
                let by = (&acting.stamp.actor, acting.now());
                desk.cube().freeze(tx, indicator, &figure, &reason, by)?;
            }
            Ok(_) | Err(desk::Error::Figures(indicators::Error::Nothing)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// The figures of a report, each once, by the name that it is published under.
fn named(whole: &Whole) -> BTreeMap<String, Binding> {
    let spoken = whole.sheet.figures.keys().filter_map(|name| Binding::read(name).ok());
    let all = whole.form.bindings().cloned().chain(spoken);
    all.map(|binding| (binding.to_string(), binding)).collect()
}
