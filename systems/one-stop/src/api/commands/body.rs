//! The bodies of the commands. A field that is not named here is refused by its name; every body
//! may say when it happened, where that was earlier than now.

use casework::{
    Command, Component, DeclineReason, DiscontinueGround, Note, SupplementReason, SuspensionGround,
};
use kernel::{Instant, PostId};
use procedure::{OutcomeId, StepId};
use serde::Deserialize;
use utoipa::{ToSchema, openapi::Object};

use super::note;
use crate::api::view::words;

/// A body: a closed set of fields, the moment at which it is said to have happened, and the
/// command that it becomes.
macro_rules! bodies {
    ($($(#[$doc:meta])* $name:ident {
        $($(#[$attr:meta])* $field:ident: $type:ty,)*
    } => |$body:ident| $command:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            $($(#[$attr])* $field: $type,)*
            /// When it is said to have happened; now, where nothing is said.
            #[serde(default)]
            #[schema(value_type = Option<String>, format = DateTime)]
            happened_at: Option<Instant>,
        }

        impl From<$name> for (Option<Instant>, Command) {
            fn from($body: $name) -> Self {
                ($body.happened_at, $command)
            }
        }
    )*};
}

bodies! {
    /// Taking on.
    Accept {
        /// Anything to add, in words.
        #[serde(default)]
        note: Option<String>,
    } => |body| Command::Accept { note: note(body.note) };
    /// Not taking on.
    Decline {
        /// Why.
        #[schema(schema_with = decline_reasons)]
        reason: DeclineReason,
        /// In words; compulsory.
        note: String,
    } => |body| Command::Decline { reason: body.reason, note: Note(body.note) };
    /// Giving to another seat.
    Assign {
        /// Which open step.
        #[schema(value_type = String, example = "tham-tra")]
        step: StepId,
        /// To which seat.
        #[schema(value_type = Uuid)]
        post: PostId,
        /// Anything to add, in words.
        #[serde(default)]
        note: Option<String>,
    } => |body| Command::Assign { step: body.step, post: body.post, note: note(body.note) };
    /// Completing a step.
    Complete {
        /// Which open step.
        #[schema(value_type = String, example = "tham-tra")]
        step: StepId,
        /// With which outcome.
        #[schema(value_type = String, example = "dat")]
        outcome: OutcomeId,
        /// Anything to add, in words.
        #[serde(default)]
        note: Option<String>,
    } => |body| Command::Complete { step: body.step, outcome: body.outcome, note: note(body.note) };
    /// Sending back.
    SendBack {
        /// From which open step.
        #[schema(value_type = String, example = "tham-tra")]
        step: StepId,
        /// To which step.
        #[schema(value_type = String, example = "tham-tra")]
        to: StepId,
        /// In words; compulsory.
        note: String,
    } => |body| Command::SendBack { step: body.step, to: body.to, note: Note(body.note) };
    /// Asking for papers.
    RequestSupplement {
        /// Why.
        #[schema(schema_with = supplement_reasons)]
        reason: SupplementReason,
        /// In words; compulsory.
        note: String,
    } => |body| Command::RequestSupplement { reason: body.reason, note: Note(body.note) };
    /// The head's leave.
    ApproveSecondSupplement {
        /// In words; compulsory.
        note: String,
    } => |body| Command::ApproveSecondSupplement { note: Note(body.note) };
    /// Papers that came.
    ReceiveSupplement {
        /// What came.
        components: Vec<Paper>,
    } => |body| Command::ReceiveSupplement { components: body.components.into_iter().map(Into::into).collect() };
    /// Something to be paid.
    SetObligation {
        /// Name of the fee.
        name: String,
        /// In đồng.
        amount: u64,
        /// Whether what comes next waits for it: work, or taking it on.
        pauses: bool,
    } => |body| Command::SetObligation { name: body.name, amount: body.amount, pauses: body.pauses };
    /// Freeing the applicant of something that the law frees them of.
    WaiveObligation {
        /// Number of the obligation within the dossier.
        number: u32,
        /// On what ground; compulsory.
        note: String,
    } => |body| Command::WaiveObligation { number: body.number, note: Note(body.note) };
    /// A payment that arrived.
    RecordPayment {
        /// Number of the obligation within the dossier.
        number: u32,
        /// In đồng; must be what is owed.
        amount: u64,
        /// Whether online.
        online: bool,
        /// Number of the receipt or transaction.
        reference: String,
    } => |body| Command::RecordPayment { number: body.number, amount: body.amount, online: body.online, reference: body.reference };
    /// Stopping the clock.
    Suspend {
        /// On which ground.
        #[schema(schema_with = suspension_grounds)]
        ground: SuspensionGround,
        /// In words; compulsory.
        note: String,
    } => |body| Command::Suspend { ground: body.ground, note: Note(body.note) };
    /// Letting the clock go on.
    Resume {
    } => |body| Command::Resume;
    /// A new date.
    Extend {
        /// The new date.
        #[schema(value_type = String, format = DateTime)]
        to: Instant,
        /// In words; compulsory.
        note: String,
    } => |body| Command::Extend { to: body.to, note: Note(body.note) };
    /// Stopping a dossier.
    Discontinue {
        /// On which ground.
        #[schema(schema_with = discontinue_grounds)]
        ground: DiscontinueGround,
        /// In words; compulsory.
        note: String,
    } => |body| Command::Discontinue { ground: body.ground, note: Note(body.note) };
    /// Taking back.
    Withdraw {
        /// Anything to add, in words.
        #[serde(default)]
        note: Option<String>,
    } => |body| Command::Withdraw { note: note(body.note) };
    /// Handing over.
    ReturnResult {
        /// Anything to add, in words.
        #[serde(default)]
        note: Option<String>,
    } => |body| Command::ReturnResult { note: note(body.note) };
}

/// A paper.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Paper {
    /// Which of the procedure's components it is; none for a further paper.
    #[serde(default)]
    #[schema(example = "giay-chung-sinh")]
    pub(crate) component: Option<String>,
    /// How many copies.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 100)]
    pub(crate) copies: u32,
    /// SHA-256 of a file that was uploaded to this dossier.
    #[serde(default)]
    pub(crate) file: Option<String>,
}

const fn one() -> u32 {
    1
}

impl From<Paper> for Component {
    fn from(paper: Paper) -> Self {
        let source = if paper.file.is_some() { "scan" } else { "paper" };
        let Paper { component: id, copies, file } = paper;
        Self { id, copies, file, source: source.to_owned() }
    }
}

fn decline_reasons() -> Object {
    words(DeclineReason::ALL.iter().map(|word| word.word()))
}

fn supplement_reasons() -> Object {
    words(SupplementReason::ALL.iter().map(|word| word.word()))
}

fn suspension_grounds() -> Object {
    words(SuspensionGround::ALL.iter().map(|word| word.word()))
}

fn discontinue_grounds() -> Object {
    words(DiscontinueGround::ALL.iter().map(|word| word.word()))
}
