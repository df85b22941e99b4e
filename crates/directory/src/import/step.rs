//! One change that a file asks for, and how it is told to whoever looks before it is made.

use std::fmt;

use kernel::{AgencyCode, AgencyId, PersonId, PostId};

use crate::{Agency, AgencyFacts, Handle, Person, Post, PostFacts};

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are what the variants speak of")]
pub enum Step {
    /// An agency comes into being.
    OpenAgency(Agency),
    /// An agency gets other names.
    RenameAgency { id: AgencyId, code: AgencyCode, from: String, name: String, short_name: String },
    /// An agency comes under another one.
    MoveAgency { id: AgencyId, code: AgencyCode, to: Option<AgencyId>, under: String },
    /// An agency gets another level, place or working hours.
    ChangeAgency { id: AgencyId, code: AgencyCode, to: AgencyFacts },
    /// A person is entered.
    AddPerson(Person),
    /// A person gets another name.
    RenamePerson { id: PersonId, code: Handle, from: String, name: String },
    /// Something else is remarked about a person.
    AnnotatePerson { id: PersonId, code: Handle, note: String },
    /// A seat is made.
    OpenPost { post: Post, agency: AgencyCode },
    /// A seat gets another title, role, fields or rank.
    ChangePost { id: PostId, seat: SeatName, to: PostFacts },
    /// Whoever sits there gets up.
    Vacate { post: PostId, seat: SeatName, who: String },
    /// Somebody sits down.
    Seat { post: PostId, seat: SeatName, person: PersonId, who: String },
}

/// A seat as files name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatName {
    /// Code of the agency.
    pub agency: AgencyCode,
    /// Code of the seat.
    pub code: Handle,
}

impl fmt::Display for SeatName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.agency, self.code)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = |code: &Option<Handle>| code.as_ref().map_or("", Handle::as_str).to_owned();
        match self {
            Self::OpenAgency(agency) => write!(f, "new agency   {} {}", agency.code, agency.name),
            Self::RenameAgency { code, from, name, .. } => {
                write!(f, "rename       {code} {from} → {name}")
            }
            Self::MoveAgency { code, under, .. } => write!(f, "move         {code} under {under}"),
            Self::ChangeAgency { code, to, .. } => {
                let place = to.place.as_ref().map_or("none", |place| place.as_str());
                let hours = to.working_week.as_deref().unwrap_or("usual");
                let level = to.level.as_str();
                write!(f, "change       {code}: level {level}, place {place}, hours {hours}")
            }
            Self::AddPerson(person) => {
                write!(f, "new person   {} {}", code(&person.code), person.name)
            }
            Self::RenamePerson { code, from, name, .. } => {
                write!(f, "rename       {code} {from} → {name}")
            }
            Self::AnnotatePerson { code, note, .. } => write!(f, "remark       {code}: {note}"),
            Self::OpenPost { post, agency } => {
                write!(f, "new seat     {agency} {}: {}", code(&post.code), told(&facts(post)))
            }
            Self::ChangePost { seat, to, .. } => write!(f, "change       {seat}: {}", told(to)),
            Self::Vacate { seat, who, .. } => write!(f, "gets up      {who} from {seat}"),
            Self::Seat { seat, who, .. } => write!(f, "sits down    {who} in {seat}"),
        }
    }
}

/// What a seat is.
pub(super) fn facts(post: &Post) -> PostFacts {
    let Post { title, role, fields, head, .. } = post.clone();
    PostFacts { title, role, fields, head }
}

fn told(facts: &PostFacts) -> String {
    let fields = if facts.fields.is_empty() { "all".to_owned() } else { facts.fields.join(", ") };
    let head = if facts.head { ", head of the agency" } else { "" };
    format!("{} ({}{head}), fields: {fields}", facts.title, facts.role)
}
