//! One lane of the register: one walk down one index, and the statement that takes it.

use std::collections::VecDeque;

use casework::Status;
use desk::{line::PARTY, values::Values};
use kernel::{AgencyId, PartyId, Tenant};
use store::{Arg, Tx};

use super::{Cursor, Filter, Late, Role};
use crate::Result;

/// Where a lane begins.
#[derive(Debug, Clone)]
pub(super) enum Key {
    Tenant,
    Agency(AgencyId),
    /// What is not over, in one or many agencies: it is little, however long the history, and
    /// needs no order of its own.
    Open,
    Parties(Vec<PartyId>),
    Codes(Vec<String>),
    Prefix(String),
}

/// A lane, and what was read of it.
#[derive(Debug, Clone)]
pub(super) struct Lane {
    key: Key,
    pub(super) status: Option<Status>,
    pub(super) after: Option<Cursor>,
    pub(super) rows: VecDeque<Cursor>,
    /// How many rows the last reading looked at.
    pub(super) read: u32,
    pub(super) done: bool,
}

/// What all lanes of a walk have in common.
#[derive(Debug, Clone)]
pub(super) struct Ways {
    tenant: Tenant,
    pub(super) filter: Filter,
    /// Words of a name that each begin a word of the applicant's.
    terms: Vec<String>,
    /// Whether the lanes are places that a search found, so that few rows are in them.
    searched: bool,
}

impl Ways {
    pub(super) fn new(tenant: Tenant, filter: Filter, terms: Vec<String>, searched: bool) -> Self {
        Self { tenant, filter, terms, searched }
    }

    /// In which states; none where no dossier can fit.
    pub(super) fn statuses(&self) -> Option<Vec<Status>> {
        let asked = &self.filter.statuses;
        let running = matches!(self.filter.late, Some(Late::Now | Late::Soon));
        match running {
            false => Some(asked.clone()),
            true if asked.is_empty() || asked.contains(&Status::InProgress) => {
                Some(vec![Status::InProgress])
            }
            true => None,
        }
    }

    /// Whether the index of procedures leads further than the one of states: what is open is
    /// little in any agency.
    pub(super) fn by_procedure(&self) -> bool {
        let filter = &self.filter;
        let statuses = self.statuses().unwrap_or_default();
        let open = !statuses.is_empty() && statuses.iter().all(|status| status.is_open());
        let decides = filter.role == Role::Decides;
        filter.procedure.is_some() && decides && (filter.scope.whole || !open)
    }

    /// The conditions that no index answers.
    fn rest(&self, by_status: bool, sql: &mut Values) -> Vec<String> {
        let (filter, mut rest) = (&self.filter, Vec::new());
        let statuses = self.statuses().unwrap_or_default();
        if !by_status && !statuses.is_empty() {
            let words = statuses.iter().map(|status| Arg::from(status.word()));
            let places: Vec<String> = words.map(|word| sql.place(word)).collect();
            rest.push(format!("c.status in ({})", places.join(", ")));
        }
        if let Some(procedure) = filter.procedure.as_ref().filter(|_| !self.by_procedure()) {
            rest.push(format!("c.procedure_code = {}", sql.place(procedure.to_string())));
        }
        if let Some(channel) = filter.channel {
            rest.push(format!("c.channel = {}", sql.place(channel.word())));
        }
        if let Some(late) = filter.late {
            let now = sql.place(filter.now);
            rest.push(match late {
                Late::Now => format!("c.due_at < {now}"),
                Late::Soon => format!("c.due_at >= {now} and c.soon_at <= {now}"),
                Late::Ever => format!(
                    "(c.ended_at > c.due_at or (c.status = 'in_progress' and c.due_at < {now}))"
                ),
            });
        }
        for term in &self.terms {
            let beginning = sql.place(format!("% {term}%"));
            rest.push(format!("' ' || p.name_folded like {beginning}"));
        }
        rest
    }

    /// That a dossier which was searched for belongs to one of the agencies.
    fn ours(&self, sql: &mut Values) -> Option<String> {
        let scope = &self.filter.scope;
        if !self.searched || scope.whole {
            return None;
        }
        let agencies = scope.agencies.iter().map(|agency| Arg::from(*agency));
        let agencies = sql.places(agencies)?;
        Some(format!("(c.decided_by in ({agencies}) or c.received_by in ({agencies}))"))
    }
}

impl Lane {
    pub(super) fn new(key: Key, status: Option<Status>, after: Option<Cursor>) -> Self {
        Self { key, status, after, rows: VecDeque::new(), read: 0, done: false }
    }

    /// Whether every row that is read fits.
    pub(super) fn is_exact(&self, ways: &Ways) -> bool {
        let few = ways.searched || matches!(self.key, Key::Open);
        few || ways.rest(self.status.is_some(), &mut Values::default()).is_empty()
    }

    /// Looks at the next `chunk` rows; answers how many there were.
    pub(super) fn fill(&mut self, tx: &mut Tx<'_>, ways: &Ways, chunk: u32) -> Result<u32> {
        let mut sql = Values::default();
        let Some(conditions) = self.conditions(ways, &mut sql) else {
            self.done = true;
            return Ok(0);
        };
        let rest = ways.rest(self.status.is_some(), &mut sql);
        let mut wheres = conditions;
        wheres.push("c.matter = 'dossier'".to_owned());
        let fits = match self.is_exact(ways) {
            true => {
                wheres.extend(rest);
                "1".to_owned()
            }
            false => format!("case when {} then 1 else 0 end", rest.join(" and ")),
        };
        let party = if ways.terms.is_empty() { "" } else { PARTY };
        let filed = self.filed();
        let limit = sql.place(i64::from(chunk));
        let text = format!(
            "select c.submitted_at, c.id, {fits} from case_state c {party}
             where {} order by {filed} desc, c.id desc limit {limit}",
            wheres.join(" and ")
        );
        let looked_at: Vec<(Cursor, i64)> = tx.all(&text, &sql.0, |row| {
            Ok((Cursor { at: row.get(0)?, id: row.get(1)? }, row.get::<i32>(2)?.into()))
        })?;
        self.read = u32::try_from(looked_at.len()).unwrap_or(chunk);
        self.done = self.read < chunk;
        self.after = looked_at.last().map(|(place, _)| *place).or(self.after);
        self.rows.extend(looked_at.into_iter().filter(|(_, fits)| *fits == 1).map(|(at, _)| at));
        Ok(self.read)
    }

    /// When a dossier was filed, in the order of the lane. What is not over is found by that and
    /// sorted; the sum keeps an engine from walking down all dossiers for the order's sake.
    const fn filed(&self) -> &'static str {
        if matches!(self.key, Key::Open) { "c.submitted_at + 0" } else { "c.submitted_at" }
    }

    /// What leads into the lane; none where there is nothing to be found.
    fn conditions(&self, ways: &Ways, sql: &mut Values) -> Option<Vec<String>> {
        let filter = &ways.filter;
        let mut all = vec![format!("c.tenant = {}", sql.place(ways.tenant.as_str().to_owned()))];
        match &self.key {
            Key::Tenant => {}
            Key::Agency(agency) => {
                let column = match filter.role {
                    Role::Decides => "decided_by",
                    Role::Receives => "received_by",
                };
                all.push(format!("c.{column} = {}", sql.place(*agency)));
            }
            Key::Open => {
                all.push("c.ended_at is null".to_owned());
                if !filter.scope.whole {
                    let agencies = filter.scope.agencies.iter().map(|id| Arg::from(*id));
                    all.push(format!("c.decided_by in ({})", sql.places(agencies)?));
                }
            }
            Key::Parties(parties) => {
                let parties = parties.iter().map(|party| Arg::from(*party));
                all.push(format!("c.applicant in ({})", sql.places(parties)?));
            }
            Key::Codes(codes) => {
                let codes = codes.iter().map(|code| Arg::from(code.clone()));
                all.push(format!("c.code in ({})", sql.places(codes)?));
            }
            Key::Prefix(prefix) => {
                // A letter stands behind every digit in every collation.
                let (from, to) = (sql.place(prefix.clone()), sql.place(format!("{prefix}Z")));
                let exactly = sql.place(format!("{prefix}%"));
                all.push(format!("c.code >= {from} and c.code < {to} and c.code like {exactly}"));
            }
        }
        if let Some(status) = self.status {
            all.push(format!("c.status = {}", sql.place(status.word())));
        }
        if let Some(procedure) = filter.procedure.as_ref().filter(|_| ways.by_procedure()) {
            all.push(format!("c.procedure_code = {}", sql.place(procedure.to_string())));
        }
        if let Some(from) = filter.from {
            all.push(format!("c.submitted_at >= {}", sql.place(from)));
        }
        if let Some(until) = filter.until {
            all.push(format!("c.submitted_at < {}", sql.place(until)));
        }
        if let Some(after) = self.after {
            let (at, id) = (sql.place(after.at), sql.place(after.id));
            all.push(format!("({}, c.id) < ({at}, {id})", self.filed()));
        }
        all.extend(ways.ours(sql));
        Some(all)
    }
}
