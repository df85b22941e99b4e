//! What the API shows. Numbers of persons are covered, and the answers of a form that say
//! something about a person are not shown at all.

use casework::{Case, Status, Told};
use desk::AttachedFile;
use identity::party::Party;
use kernel::{Actor, AgencyCode, AgencyId, CaseCode, Instant, PostId, ProcedureCode};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::{
    ToSchema,
    openapi::{Object, ObjectBuilder, Type},
};

use crate::{Desk, Moment};

/// A closed list of words, for the description.
pub(super) fn words(list: impl Iterator<Item = &'static str>) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(list)).build()
}

pub(super) fn statuses() -> Object {
    words(Status::ALL.iter().map(|status| status.word()))
}

pub(super) fn channels() -> Object {
    words(casework::Channel::ALL.iter().map(|channel| channel.word()))
}

/// A part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Page<T> {
    /// The entries, in order. May be fewer than asked for although more follow.
    pub(super) items: Vec<T>,
    /// Cursor of what follows; none at the end.
    pub(super) next: Option<String>,
}

/// An agency.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Agency {
    #[schema(value_type = Uuid)]
    pub(super) id: AgencyId,
    /// Official code.
    #[schema(value_type = Option<String>, example = "H55.19")]
    pub(super) code: Option<AgencyCode>,
    pub(super) name: Option<String>,
}

impl Agency {
    pub(super) fn of(moment: &Moment, id: AgencyId) -> Self {
        let agency = moment.directory.agency(id);
        let (code, name) = agency.map(|a| (a.code.clone(), a.name.clone())).unzip();
        Self { id, code, name }
    }
}

/// Whose matter it is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Applicant {
    /// `citizen` or `organization`.
    pub(super) kind: &'static str,
    pub(super) name: String,
    /// Official number; of a citizen with its middle covered.
    pub(super) number: Option<String>,
}

impl From<&Party> for Applicant {
    fn from(party: &Party) -> Self {
        Self { kind: party.kind(), name: party.name.clone(), number: party.masked_number() }
    }
}

/// A step in somebody's hands.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Holding {
    /// Step of the workflow.
    step: String,
    #[schema(value_type = Uuid)]
    post: PostId,
    /// What is on the door.
    title: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    since: Instant,
    #[schema(value_type = String, format = DateTime)]
    due_at: Instant,
}

/// A dossier.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Dossier {
    #[schema(value_type = String, example = "H55.19-261123-0042")]
    code: CaseCode,
    /// How many events made it what it is; the `ETag`.
    version: u32,
    #[schema(schema_with = statuses)]
    status: &'static str,
    /// State code of the national public service portal.
    national_status: u8,
    #[schema(value_type = String, example = "1.001193")]
    procedure: ProcedureCode,
    procedure_version: u32,
    procedure_name: Option<String>,
    #[schema(schema_with = channels)]
    channel: &'static str,
    /// None where the data was destroyed.
    applicant: Option<Applicant>,
    received_by: Agency,
    decided_by: Agency,
    #[schema(value_type = String, format = DateTime)]
    submitted_at: Instant,
    /// Until when it must be taken on.
    #[schema(value_type = String, format = DateTime)]
    accept_by: Instant,
    #[schema(value_type = Option<String>, format = DateTime)]
    accepted_at: Option<Instant>,
    /// When the result is promised.
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Instant>,
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Instant>,
    #[schema(value_type = Option<String>, format = DateTime)]
    returned_at: Option<Instant>,
    holdings: Vec<Holding>,
    /// Answers of the form that say nothing about a person.
    #[schema(value_type = Object)]
    facts: Map<String, Value>,
    /// The papers.
    #[schema(value_type = Vec<Object>)]
    components: Vec<casework::Component>,
    /// What is to be paid.
    #[schema(value_type = Vec<Object>)]
    obligations: Vec<casework::Obligation>,
    /// Requests for papers.
    #[schema(value_type = Vec<Object>)]
    supplements: Vec<casework::Supplement>,
    /// Opens the tracking of the dossier without signing in; printed on the receipt.
    tracking_secret: String,
}

impl Dossier {
    pub(super) fn of(desk: &Desk, moment: &Moment, case: Case, applicant: Option<&Party>) -> Self {
        let procedure = moment.shelf.version(&case.procedure);
        let holdings = case.holdings.iter().map(|(step, holding)| Holding {
            step: step.as_str().to_owned(),
            post: holding.post,
            title: moment.directory.post(holding.post).map(|post| post.title.clone()),
            since: holding.since,
            due_at: holding.due,
        });
        Self {
            version: case.version,
            status: case.status.word(),
            national_status: case.status.national_code(),
            procedure_name: procedure.map(|procedure| procedure.name.clone()),
            channel: case.channel.word(),
            applicant: applicant.map(Applicant::from),
            received_by: Agency::of(moment, case.received_by),
            decided_by: Agency::of(moment, case.decided_by),
            submitted_at: case.submitted_at,
            accept_by: case.accept_by,
            accepted_at: case.accepted_at,
            due_at: case.due(),
            ended_at: case.ended_at,
            returned_at: case.returned_at,
            holdings: holdings.collect(),
            tracking_secret: desk.tracking_secret(case.id),
            code: case.code,
            procedure_version: case.procedure.version,
            procedure: case.procedure.code,
            facts: case.facts,
            components: case.components,
            obligations: case.obligations,
            supplements: case.supplements,
        }
    }
}

/// Something that happened to a dossier.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Event {
    /// The how-manieth.
    version: u32,
    kind: &'static str,
    /// Who stands behind it: `officer:PERSON/POST`, `party:ID`, `system:NAME`.
    #[schema(value_type = String)]
    actor: Actor,
    /// When it is said to have happened.
    #[schema(value_type = String, format = DateTime)]
    happened_at: Instant,
    /// When it was recorded.
    #[schema(value_type = String, format = DateTime)]
    recorded_at: Instant,
    /// What was written in words; none too where the data was destroyed.
    note: Option<String>,
    /// Place in the journal, once sealed.
    position: Option<u64>,
    /// The rest, as the journal has it.
    #[schema(value_type = Object)]
    change: casework::Change,
}

impl From<Told> for Event {
    fn from(told: Told) -> Self {
        Self {
            version: told.version,
            kind: told.change.kind(),
            actor: told.actor,
            happened_at: told.happened_at,
            recorded_at: told.recorded_at,
            note: told.note,
            position: told.pos,
            change: told.change,
        }
    }
}

/// A file of a dossier.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct File {
    /// SHA-256 of its content, in hexadecimal; its address.
    hash: String,
    /// Which of the procedure's components it is.
    component: Option<String>,
    name: String,
    /// Extension of its kind.
    kind: String,
    /// In bytes.
    size: u64,
    #[schema(value_type = String, format = DateTime)]
    recorded_at: Instant,
}

impl From<AttachedFile> for File {
    fn from(file: AttachedFile) -> Self {
        let AttachedFile { hash, component, name, kind, size, recorded_at } = file;
        Self { hash, component, name, kind, size, recorded_at }
    }
}

/// What a command, or a filing, did. It names nobody.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Outcome {
    #[schema(value_type = String, example = "H55.19-261123-0042")]
    code: CaseCode,
    version: u32,
    #[schema(schema_with = statuses)]
    status: &'static str,
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Instant>,
    /// What was written to the journal, in order.
    events: Vec<Written>,
}

/// An event that was written.
#[derive(Debug, Serialize, ToSchema)]
struct Written {
    #[schema(value_type = Uuid)]
    id: kernel::EventId,
    version: u32,
    kind: String,
    /// Its leaf in the journal's tree.
    #[schema(value_type = String)]
    leaf: journal::TreeHash,
}

impl Outcome {
    pub(super) fn of(desk: &Desk, case: &Case, events: &[journal::Event]) -> Self {
        let written = events.iter().map(|event| Written {
            id: event.id,
            version: event.version,
            kind: event.kind.as_str().to_owned(),
            leaf: event.leaf(&desk.front.tenant),
        });
        Self {
            code: case.code.clone(),
            version: case.version,
            status: case.status.word(),
            due_at: case.due(),
            events: written.collect(),
        }
    }
}
