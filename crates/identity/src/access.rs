//! Who may do what to which dossier: Cedar policies, as readable files in `policies/`, checked
//! against their schema at start. What no policy permits is refused, and a refusal says why and
//! who could.

mod action;
mod decision;
mod entities;
mod facts;
mod rules;

use cedar_policy::{Authorizer, Context, Decision as Verdict, Entities, EntityUid, Request};

pub use action::{Action, TargetKind, UnknownAction};
pub use decision::{Decision, Denial, DenyReason, Who};
pub use facts::{AgencyLine, CaseFacts, Officer, Role, Seat, Target, UnknownRole};
pub use rules::PolicyError;

use entities::Names;
use rules::{Grant, Rule, Rules};

/// The policies, parsed and validated once, asked from every thread.
#[derive(Debug)]
pub struct Access {
    authorizer: Authorizer,
    rules: Rules,
    names: Names,
}

impl Access {
    /// The policies that the program carries.
    ///
    /// # Errors
    /// [`PolicyError`] where a policy does not parse, does not fit the schema, or has no name.
    pub fn new() -> Result<Self, PolicyError> {
        Self::from_texts(rules::SCHEMA, rules::POLICIES)
    }

    fn from_texts(schema: &str, files: &[(&str, &str)]) -> Result<Self, PolicyError> {
        let rules = Rules::parse(schema, files)?;
        Ok(Self { authorizer: Authorizer::new(), rules, names: Names::new()? })
    }

    /// Whether this officer may do this to that.
    #[must_use]
    pub fn decide(&self, officer: &Officer, action: Action, target: Target<'_>) -> Decision {
        self.about(officer, target).decide(action)
    }

    /// Prepares several questions about one target, as a page does that shows what may happen
    /// next; the facts are handed to the engine once.
    #[must_use]
    pub fn about<'a>(&'a self, officer: &'a Officer, target: Target<'a>) -> Question<'a> {
        let (principal, resource) = (self.names.officer(officer), self.names.target(target));
        let schema = cfg!(debug_assertions).then(|| self.rules.schema());
        let entities = self.names.entities(officer, target, schema);
        Question { access: self, officer, target, principal, resource, entities }
    }
}

/// One officer before one target.
#[derive(Debug)]
pub struct Question<'a> {
    access: &'a Access,
    officer: &'a Officer,
    target: Target<'a>,
    principal: EntityUid,
    resource: EntityUid,
    /// `None` where the facts did not make entities; then everything is refused.
    entities: Option<Entities>,
}

impl Question<'_> {
    /// Whether this action is allowed.
    #[must_use]
    pub fn decide(&self, action: Action) -> Decision {
        let rule = self.access.rules.of(action);
        if action.target() != self.target.kind() {
            return self.deny(action, DenyReason::Fault, &[], Vec::new());
        }
        if self.officer.seats.is_empty() {
            return self.deny(action, DenyReason::NoPost, &rule.grants, rule.permits.clone());
        }
        let (Some(entities), Some(request)) = (&self.entities, self.request(rule)) else {
            return self.deny(action, DenyReason::Fault, &[], Vec::new());
        };
        let answer = self.access.authorizer.is_authorized(&request, &rule.policies, entities);
        // A policy that fails to evaluate is skipped by the engine. Were it a limit, skipping it
        // would be a permission, so any error refuses.
        if answer.diagnostics().errors().next().is_some() {
            return self.deny(action, DenyReason::Fault, &[], Vec::new());
        }
        if answer.decision() == Verdict::Allow {
            return Decision::Allowed;
        }
        let mut limits: Vec<&str> =
            answer.diagnostics().reason().map(AsRef::<str>::as_ref).collect();
        limits.sort_unstable();
        let limit = limits.iter().filter_map(|id| rule.limits.get(*id)).min_by_key(|l| l.reason);
        match limit {
            Some(limit) => {
                let names = limits.iter().map(|id| (*id).to_owned()).collect();
                self.deny(action, limit.reason, &limit.grants, names)
            }
            None => {
                let reason = self.nearest_miss(&rule.grants);
                self.deny(action, reason, &rule.grants, rule.permits.clone())
            }
        }
    }

    fn request(&self, rule: &Rule) -> Option<Request> {
        let schema = cfg!(debug_assertions).then(|| self.access.rules.schema());
        let (principal, resource) = (self.principal.clone(), self.resource.clone());
        Request::new(principal, rule.action.clone(), resource, Context::empty(), schema).ok()
    }

    /// How close the officer came to a permission: somebody who has the role elsewhere is told
    /// about the place, not about the role.
    fn nearest_miss(&self, grants: &[Grant]) -> DenyReason {
        if grants.contains(&Grant::Holder) {
            return DenyReason::NotHolder;
        }
        let miss = |grant: &Grant| {
            let Grant::Role(role, place) = *grant else { return DenyReason::NotHolder };
            let mut seats =
                self.officer.seats.iter().filter(|s| s.roles.contains(&role)).peekable();
            if seats.peek().is_none() {
                DenyReason::Role
            } else if seats.any(|s| Some(s.agency) == place.of(self.target)) {
                DenyReason::Field
            } else {
                DenyReason::Agency
            }
        };
        grants.iter().map(miss).max().unwrap_or(DenyReason::Role)
    }

    fn deny(
        &self,
        action: Action,
        reason: DenyReason,
        grants: &[Grant],
        policies: Vec<String>,
    ) -> Decision {
        let mut who: Vec<Who> = Vec::new();
        for grant in grants {
            match (*grant, self.target) {
                (Grant::Holder, Target::Case(case)) => {
                    who.extend(case.holders.iter().copied().map(Who::Holder));
                }
                (Grant::Role(role, place), target) => {
                    who.extend(place.of(target).map(|agency| Who::Role(role, agency)));
                }
                (Grant::Holder, Target::Agency(_)) => {}
            }
        }
        who.sort_unstable();
        who.dedup();
        Decision::Denied(Box::new(Denial { action, reason, who, policies }))
    }
}

#[cfg(test)]
mod tests;
