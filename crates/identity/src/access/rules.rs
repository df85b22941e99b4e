//! The policy files: embedded, parsed, validated, and sorted by action, so that a question
//! evaluates only the few policies that speak of it.

use std::collections::{BTreeMap, BTreeSet};

use cedar_policy::{
    ActionConstraint, Effect, EntityUid, Policy, PolicyId, PolicySet, Schema, ValidationMode,
    Validator,
};
use kernel::AgencyId;
use thiserror::Error;

use super::{Action, DenyReason, Role, Target};

pub(super) const SCHEMA: &str = include_str!("../../policies/schema.cedarschema");

pub(super) const POLICIES: &[(&str, &str)] = &[
    ("counter", include_str!("../../policies/counter.cedar")),
    ("casework", include_str!("../../policies/casework.cedar")),
    ("leadership", include_str!("../../policies/leadership.cedar")),
    ("records", include_str!("../../policies/records.cedar")),
    ("administration", include_str!("../../policies/administration.cedar")),
    ("payments", include_str!("../../policies/payments.cedar")),
    ("limits", include_str!("../../policies/limits.cedar")),
];

/// Why the policies cannot be used. The program does not start then.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PolicyError {
    /// The schema does not parse.
    #[error("the schema of the policies: {0}")]
    Schema(String),
    /// A file does not parse.
    #[error("policy file {file}: {fault}")]
    Syntax {
        /// The file.
        file: String,
        /// What is wrong with it.
        fault: String,
    },
    /// A policy does not fit the schema.
    #[error("the policies do not fit their schema: {0}")]
    Invalid(String),
    /// The actions of the schema are not those of the program.
    #[error("the schema and the program differ in the action {0}")]
    Actions(String),
    /// A policy does not say what it must: `@id`, `@who` on a permission, `@refusal` on a limit.
    #[error("policy {policy} of file {file} lacks a good @{annotation}")]
    Annotation {
        /// The file.
        file: String,
        /// The policy.
        policy: String,
        /// The missing or faulty annotation.
        annotation: &'static str,
    },
}

/// Whom a policy lets act, as its `@who` says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grant {
    Holder,
    Role(Role, Place),
}

/// Where a role must be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Receiving,
    Deciding,
    Here,
}

impl Place {
    /// The agency that is meant.
    pub(super) fn of(self, target: Target<'_>) -> Option<AgencyId> {
        match (self, target) {
            (Self::Receiving, Target::Case(case)) => Some(case.receiving.agency),
            (Self::Deciding, Target::Case(case)) => Some(case.deciding.agency),
            (Self::Here, Target::Agency(line)) => Some(line.agency),
            _ => None,
        }
    }
}

/// A policy that forbids.
#[derive(Debug)]
pub(super) struct Limit {
    pub(super) reason: DenyReason,
    pub(super) grants: Vec<Grant>,
}

/// All that the policies say of one action.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) action: EntityUid,
    pub(super) policies: PolicySet,
    /// Names of the policies that permit.
    pub(super) permits: Vec<String>,
    /// Whom they let act.
    pub(super) grants: Vec<Grant>,
    pub(super) limits: BTreeMap<String, Limit>,
}

/// The rules of every action.
#[derive(Debug)]
pub(super) struct Rules {
    schema: Schema,
    /// In the order of [`Action::ALL`].
    by_action: Vec<Rule>,
}

impl Rules {
    pub(super) fn parse(schema: &str, files: &[(&str, &str)]) -> Result<Self, PolicyError> {
        let (schema, _) = Schema::from_cedarschema_str(schema)
            .map_err(|fault| PolicyError::Schema(fault.to_string()))?;
        check_actions(&schema)?;
        let mut by_action = Action::ALL
            .iter()
            .map(|action| {
                Ok(Rule {
                    action: uid_of(*action)?,
                    policies: PolicySet::new(),
                    permits: Vec::new(),
                    grants: Vec::new(),
                    limits: BTreeMap::new(),
                })
            })
            .collect::<Result<Vec<_>, PolicyError>>()?;
        let mut whole = PolicySet::new();
        for (file, text) in files {
            for policy in policies_of(file, text)? {
                whole.add(policy.clone()).map_err(|_| lacks(file, &policy, "id"))?;
                for rule in by_action.iter_mut().filter(|r| speaks_of(&policy, &r.action)) {
                    rule.add(file, &policy)?;
                }
            }
        }
        let found = Validator::new(schema.clone()).validate(&whole, ValidationMode::Strict);
        if !found.validation_passed() {
            return Err(PolicyError::Invalid(found.to_string()));
        }
        Ok(Self { schema, by_action })
    }

    pub(super) fn schema(&self) -> &Schema {
        &self.schema
    }

    pub(super) fn of(&self, action: Action) -> &Rule {
        &self.by_action[action as usize]
    }
}

impl Rule {
    fn add(&mut self, file: &str, policy: &Policy) -> Result<(), PolicyError> {
        let name = policy.id().to_string();
        self.policies.add(policy.clone()).map_err(|_| lacks(file, policy, "id"))?;
        let grants = policy.annotation("who").and_then(parse_grants);
        match policy.effect() {
            Effect::Permit => {
                self.grants.extend(grants.ok_or_else(|| lacks(file, policy, "who"))?);
                self.grants.sort_unstable();
                self.grants.dedup();
                self.permits.push(name);
            }
            Effect::Forbid => {
                let reason = policy.annotation("refusal").and_then(DenyReason::of_limit);
                let reason = reason.ok_or_else(|| lacks(file, policy, "refusal"))?;
                let grants = grants.ok_or_else(|| lacks(file, policy, "who"))?;
                self.limits.insert(name, Limit { reason, grants });
            }
        }
        Ok(())
    }
}

/// The policies of one file, each under the name that its `@id` gives.
fn policies_of(file: &str, text: &str) -> Result<Vec<Policy>, PolicyError> {
    let set: PolicySet = text.parse().map_err(|fault: cedar_policy::ParseErrors| {
        PolicyError::Syntax { file: file.to_owned(), fault: fault.to_string() }
    })?;
    let named = |policy: &Policy| {
        let id = policy.annotation("id").filter(|id| !id.is_empty());
        id.map(|id| policy.new_id(PolicyId::new(id))).ok_or_else(|| lacks(file, policy, "id"))
    };
    set.policies().map(named).collect()
}

fn speaks_of(policy: &Policy, action: &EntityUid) -> bool {
    match policy.action_constraint() {
        ActionConstraint::Any => true,
        ActionConstraint::Eq(uid) => uid == *action,
        ActionConstraint::In(uids) => uids.contains(action),
    }
}

/// `receiver at receiving, holder`
fn parse_grants(text: &str) -> Option<Vec<Grant>> {
    let parse = |part: &str| {
        let part = part.trim();
        if part == "holder" {
            return Some(Grant::Holder);
        }
        let (role, place) = part.split_once(" at ")?;
        let place = match place {
            "receiving" => Place::Receiving,
            "deciding" => Place::Deciding,
            "here" => Place::Here,
            _ => return None,
        };
        Some(Grant::Role(role.parse().ok()?, place))
    };
    text.split(',').map(parse).collect()
}

fn uid_of(action: Action) -> Result<EntityUid, PolicyError> {
    let text = format!("Action::\"{}\"", action.name());
    text.parse().map_err(|_| PolicyError::Actions(action.name().to_owned()))
}

/// Program and schema name the same actions.
fn check_actions(schema: &Schema) -> Result<(), PolicyError> {
    let theirs: BTreeSet<&str> = schema.actions().map(|uid| uid.id().unescaped()).collect();
    let ours: BTreeSet<&str> = Action::ALL.iter().map(|action| action.name()).collect();
    match theirs.symmetric_difference(&ours).next() {
        None => Ok(()),
        Some(name) => Err(PolicyError::Actions((*name).to_owned())),
    }
}

fn lacks(file: &str, policy: &Policy, annotation: &'static str) -> PolicyError {
    PolicyError::Annotation { file: file.to_owned(), policy: policy.id().to_string(), annotation }
}
