//! Numbers for names.

use std::collections::BTreeMap;

use kernel::{AgencyId, ProcedureCode};

use crate::{At, Error, Next, Result, StepName};

/// Office, procedure and step, by their numbers.
pub(super) type Key = (u32, u32, u32);

/// Every name of the inputs, numbered as it comes.
#[derive(Debug, Default)]
pub(super) struct Names {
    offices: BTreeMap<AgencyId, u32>,
    procedures: BTreeMap<ProcedureCode, u32>,
    steps: BTreeMap<StepName, u32>,
    pub(super) procedure_codes: Vec<ProcedureCode>,
    pub(super) step_names: Vec<StepName>,
}

impl Names {
    /// The names of agencies whose hours are known.
    pub(super) fn of(agencies: impl Iterator<Item = AgencyId>) -> Self {
        let offices = agencies.zip(0..).collect();
        Self { offices, ..Self::default() }
    }

    pub(super) fn office(&self, agency: AgencyId) -> Result<u32> {
        self.offices.get(&agency).copied().ok_or(Error::Hours(agency))
    }

    pub(super) fn procedure(&mut self, code: &ProcedureCode) -> u32 {
        if let Some(known) = self.procedures.get(code) {
            return *known;
        }
        let new = self.procedure_codes.len() as u32;
        self.procedure_codes.push(code.clone());
        self.procedures.insert(code.clone(), new);
        new
    }

    pub(super) fn step(&mut self, step: &StepName) -> u32 {
        if let Some(known) = self.steps.get(step) {
            return *known;
        }
        let new = self.step_names.len() as u32;
        self.step_names.push(step.clone());
        self.steps.insert(step.clone(), new);
        new
    }

    pub(super) fn key(&mut self, at: &At) -> Result<Key> {
        Ok((self.office(at.agency)?, self.procedure(&at.procedure), self.step(&at.step)))
    }

    /// Office and step of where a case goes on.
    pub(super) fn next(&mut self, next: &Next) -> Result<(u32, u32)> {
        Ok((self.office(next.agency)?, self.step(&next.step)))
    }
}
