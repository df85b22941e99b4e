//! A form as an item of a file, and findings as faults of fields.

use desk::{Desk, typed::Typed};
use identity::access::Action;
use web::{SignedIn, components::fields::Choice, form::Faults, http::Problem};

use super::super::{common, import::sentence, parts};
use crate::{
    Result as Done,
    exchange::{At, Finding, Item},
    model::{Code, Programme},
    queries,
};

/// The fields of a form as an item: each has its own "line", by which findings know it again.
pub(super) fn item(typed: &Typed, names: &[&str]) -> Item {
    let fields = names
        .iter()
        .zip(1_u32..)
        .map(|(name, line)| ((*name).to_owned(), (line, typed.get(name).to_owned())));
    Item { at: At { sheet: None, line: 0 }, fields: fields.collect() }
}

/// Findings as faults of the fields.
pub(super) fn faults(me: &SignedIn, names: &[&str], findings: &[Finding]) -> Faults {
    let mut faults = Faults::default();
    for finding in findings {
        let at = usize::try_from(finding.at.line).unwrap_or_default();
        let name = at.checked_sub(1).and_then(|at| names.get(at)).or(names.first());
        faults.add(name.copied().unwrap_or_default(), sentence(me, &finding.what));
    }
    faults
}

/// The programme of an address, to somebody who may set it.
pub(super) async fn directed(desk: &Desk, me: &SignedIn, code: &str) -> Result<Programme, Problem> {
    let code: Code = common::code(code)?;
    let read: Done<Programme> =
        common::read(desk, move |tx, desk| queries::known(tx, &desk.front.tenant, &code)).await;
    let programme = read?;
    common::on(desk, me, Action::Direct, programme.agency)?;
    Ok(programme)
}

/// The heads who may answer for something, each by the code of the agency: of the one that directs
/// the programme and of those below, as nobody gives work past their own reach.
pub(super) fn heads(me: &SignedIn, top: kernel::AgencyId) -> Vec<Choice> {
    let mut found: Vec<(usize, String, Choice)> = crate::head::subtree(&me.directory, top, me.now)
        .into_iter()
        .filter_map(|id| {
            let head = me.directory.head_of(id, me.now)?;
            let agency = me.directory.agency(id)?;
            let label = parts::seat(&me.directory, head, me.now);
            let depth = me.directory.ancestors(id).len();
            Some((depth, agency.name.clone(), Choice::new(agency.code.to_string(), label)))
        })
        .collect();
    found.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    found.into_iter().map(|(_, _, choice)| choice).collect()
}
