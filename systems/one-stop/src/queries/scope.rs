//! Which agencies a list is about: one, with all below it.

use std::collections::BTreeSet;

use directory::Directory;
use kernel::AgencyId;
use store::Arg;

/// An agency and all that is, or was, below it.
#[derive(Debug, Clone)]
pub struct Scope {
    /// The agency at the top.
    pub top: AgencyId,
    /// It and those below.
    pub agencies: BTreeSet<AgencyId>,
    /// Whether these are all agencies that there are, so that a list need not look for them.
    pub whole: bool,
}

impl Scope {
    /// An agency and all that is, or was, below it.
    #[must_use]
    pub fn of(directory: &Directory, top: AgencyId) -> Self {
        let below = |id: &AgencyId| *id == top || directory.ancestors(*id).contains(&top);
        let agencies: BTreeSet<_> = directory.agencies().map(|a| a.id).filter(below).collect();
        let whole = agencies.len() == directory.agencies().count();
        Self { top, agencies, whole }
    }

    /// An agency alone.
    #[must_use]
    pub fn only(agency: AgencyId) -> Self {
        Self { top: agency, agencies: BTreeSet::from([agency]), whole: false }
    }

    /// As [`Self::condition`]; nothing where these are all agencies that there are.
    pub(super) fn condition_if_any(&self, column: &str, args: &mut Vec<Arg<'_>>) -> String {
        if self.whole { String::new() } else { self.condition(column, args) }
    }

    /// ` and COLUMN in ($3, $4, …)`, with the agencies added to the arguments.
    pub(crate) fn condition(&self, column: &str, args: &mut Vec<Arg<'_>>) -> String {
        let mut sql = format!(" and {column} in (");
        for (index, agency) in self.agencies.iter().enumerate() {
            args.push((*agency).into());
            let comma = if index == 0 { "" } else { ", " };
            sql.push_str(&format!("{comma}${}", args.len()));
        }
        sql.push(')');
        sql
    }
}
