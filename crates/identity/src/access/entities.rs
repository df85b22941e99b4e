//! Facts as entities of the policy engine. They live for one question; nothing is kept.

use std::collections::{HashMap, HashSet};

use cedar_policy::{
    Entities, Entity, EntityId, EntityTypeName, EntityUid, RestrictedExpression, Schema,
};
use kernel::{AgencyId, Id, Kind, PersonId, PostId, fold};

use super::{AgencyLine, CaseFacts, Officer, PolicyError, Role, Seat, Target, TargetKind};

impl Target<'_> {
    /// Dossier or agency.
    #[must_use]
    pub fn kind(self) -> TargetKind {
        match self {
            Self::Case(_) => TargetKind::Case,
            Self::Agency(_) => TargetKind::Agency,
        }
    }
}

/// Who signs.
const HEADS: [Role; 2] = [Role::Head, Role::DeputyHead];
/// Who works on the dossiers of an agency, and so may list them.
const OFFICERS: [Role; 4] = [Role::Receiver, Role::Returner, Role::Expert, Role::Clerk];

/// Names of the entity types, parsed once.
#[derive(Debug)]
pub(super) struct Names {
    person: EntityTypeName,
    post: EntityTypeName,
    agency: EntityTypeName,
    desk: EntityTypeName,
    officer: EntityTypeName,
    case: EntityTypeName,
}

impl Names {
    pub(super) fn new() -> Result<Self, PolicyError> {
        let name = |text: &str| text.parse().map_err(|_| PolicyError::Schema(text.to_owned()));
        Ok(Self {
            person: name("Person")?,
            post: name("Post")?,
            agency: name("Agency")?,
            desk: name("Desk")?,
            officer: name("Officer")?,
            case: name("Case")?,
        })
    }

    pub(super) fn officer(&self, officer: &Officer) -> EntityUid {
        uid(&self.officer, officer.person)
    }

    pub(super) fn target(&self, target: Target<'_>) -> EntityUid {
        match target {
            Target::Case(case) => uid(&self.case, case.id),
            Target::Agency(line) => self.agency(line.agency),
        }
    }

    /// Everything that the policies may reach from this officer and this target.
    pub(super) fn entities(
        &self,
        officer: &Officer,
        target: Target<'_>,
        schema: Option<&Schema>,
    ) -> Option<Entities> {
        let mut entities = vec![self.officer_entity(officer)?];
        match target {
            Target::Agency(line) => entities.push(self.line_entity(line)),
            Target::Case(case) => {
                entities.push(self.case_entity(case)?);
                entities.push(self.line_entity(&case.deciding));
                entities.push(self.desk_entity(&case.deciding, &case.field));
                if case.receiving != case.deciding {
                    entities.push(self.line_entity(&case.receiving));
                    entities.push(self.desk_entity(&case.receiving, &case.field));
                }
            }
        }
        Entities::from_entities(entities, schema).ok()
    }

    fn officer_entity(&self, officer: &Officer) -> Option<Entity> {
        let agencies = |roles: &[Role]| {
            let seats = officer.seats.iter().filter(|seat| has_any(seat, roles));
            set(seats.map(|seat| self.agency(seat.agency)))
        };
        let desks = |roles: &[Role]| {
            let seats = officer.seats.iter().filter(|seat| has_any(seat, roles));
            set(seats.flat_map(|seat| self.desks_of(seat)))
        };
        let attributes = HashMap::from([
            ("person".to_owned(), self.person(officer.person)),
            ("posts".to_owned(), set(officer.seats.iter().map(|seat| self.post(seat.post)))),
            ("receives".to_owned(), desks(&[Role::Receiver])),
            ("handles".to_owned(), desks(&[Role::Expert])),
            ("returns".to_owned(), desks(&[Role::Returner])),
            ("signs".to_owned(), desks(&HEADS)),
            ("counters".to_owned(), agencies(&[Role::Receiver])),
            ("offices".to_owned(), agencies(&OFFICERS)),
            ("leads".to_owned(), agencies(&HEADS)),
            ("controls".to_owned(), agencies(&[Role::Controller])),
            ("administers".to_owned(), agencies(&[Role::Administrator])),
            ("accounts".to_owned(), agencies(&[Role::Accountant])),
        ]);
        Entity::new(self.officer(officer), attributes, HashSet::new()).ok()
    }

    fn case_entity(&self, case: &CaseFacts) -> Option<Entity> {
        let one = RestrictedExpression::new_entity_uid;
        let mut attributes = HashMap::from([
            ("receiving".to_owned(), one(self.agency(case.receiving.agency))),
            ("receiving_desk".to_owned(), one(self.desk(case.receiving.agency, &case.field))),
            ("deciding".to_owned(), one(self.agency(case.deciding.agency))),
            ("deciding_desk".to_owned(), one(self.desk(case.deciding.agency, &case.field))),
            ("holders".to_owned(), set(case.holders.iter().map(|post| self.post(*post)))),
            ("separate".to_owned(), RestrictedExpression::new_bool(case.separate)),
            ("confidential".to_owned(), RestrictedExpression::new_bool(case.confidential)),
        ]);
        if let Some(person) = case.received_by {
            attributes.insert("received_by".to_owned(), self.person(person));
        }
        Entity::new(uid(&self.case, case.id), attributes, HashSet::new()).ok()
    }

    /// An agency inside all those above it.
    fn line_entity(&self, line: &AgencyLine) -> Entity {
        let above = line.above.iter().map(|agency| self.agency(*agency)).collect();
        Entity::new_no_attrs(self.agency(line.agency), above)
    }

    /// The desk of one field inside the desk of all fields.
    fn desk_entity(&self, line: &AgencyLine, field: &str) -> Entity {
        let all = HashSet::from([self.whole_desk(line.agency)]);
        Entity::new_no_attrs(self.desk(line.agency, field), all)
    }

    fn desks_of(&self, seat: &Seat) -> Vec<EntityUid> {
        if seat.fields.is_empty() {
            return vec![self.whole_desk(seat.agency)];
        }
        seat.fields.iter().map(|field| self.desk(seat.agency, field)).collect()
    }

    fn agency(&self, agency: AgencyId) -> EntityUid {
        uid(&self.agency, agency)
    }

    fn whole_desk(&self, agency: AgencyId) -> EntityUid {
        uid(&self.desk, agency)
    }

    fn desk(&self, agency: AgencyId, field: &str) -> EntityUid {
        let id = EntityId::new(format!("{agency}/{}", fold(field)));
        EntityUid::from_type_name_and_id(self.desk.clone(), id)
    }

    fn post(&self, post: PostId) -> EntityUid {
        uid(&self.post, post)
    }

    fn person(&self, person: PersonId) -> RestrictedExpression {
        RestrictedExpression::new_entity_uid(uid(&self.person, person))
    }
}

fn uid<K: Kind>(name: &EntityTypeName, id: Id<K>) -> EntityUid {
    EntityUid::from_type_name_and_id(name.clone(), EntityId::new(id.to_string()))
}

fn set(uids: impl Iterator<Item = EntityUid>) -> RestrictedExpression {
    RestrictedExpression::new_set(uids.map(RestrictedExpression::new_entity_uid))
}

fn has_any(seat: &Seat, roles: &[Role]) -> bool {
    roles.iter().any(|role| seat.roles.contains(role))
}
