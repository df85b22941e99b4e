//! Why something may not be done, with what the edge needs to say what to do instead.

use kernel::{AgencyId, Instant};
use procedure::{FlowError, Role, StepId};
use thiserror::Error;

use super::{ProcedureRef, Status};

/// Why a command was refused. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum Refusal {
    /// Where the case stands, this is not done.
    #[error("a case that is {} takes no {command}", .status.word())]
    WrongStatus {
        /// Where it stands.
        status: Status,
        /// What was asked.
        command: &'static str,
    },
    /// The procedure, in that version, is not known here or not in force.
    #[error("procedure {} version {} is not in force", .0.code, .0.version)]
    UnknownProcedure(ProcedureRef),
    /// The procedure is not offered through that channel.
    #[error("the procedure is not offered through that channel")]
    ChannelNotOffered,
    /// The time limit awaits confirmation, so no date may be promised.
    #[error("the time limit is not confirmed, so no date can be promised")]
    UnconfirmedTimeLimit,
    /// Papers that the procedure demands did not come.
    #[error("papers are missing: {}", .0.join(", "))]
    MissingComponents(Vec<String>),
    /// Nobody holds a seat that could take the step.
    #[error("nobody can take the step {step}: no seat for {role} in that agency")]
    NoHolder {
        /// Which step.
        step: StepId,
        /// The role that it asks for.
        role: Role,
        /// In which agency.
        agency: Option<AgencyId>,
    },
    /// The step is not open.
    #[error("the step {0} is not open")]
    StepNotOpen(StepId),
    /// The workflow has no such way.
    #[error(transparent)]
    Flow(#[from] FlowError),
    /// The clock does not go that way.
    #[error(transparent)]
    Clock(#[from] calendar::Error),
    /// It is said to have happened later than now.
    #[error("it cannot have happened in the future")]
    HappenedInFuture,
    /// It is said to have happened before what the case already knows.
    #[error("it cannot have happened before {previous}, when the case's last event did")]
    HappenedTooEarly {
        /// When the newest event happened.
        previous: Instant,
    },
    /// A reason in words is compulsory here.
    #[error("a reason in words is compulsory")]
    ReasonMissing,
    /// Words are longer than the limit.
    #[error("at most {max} letters")]
    TooLong {
        /// The limit.
        max: usize,
    },
    /// Papers were asked for once already; a second time needs the head's leave.
    #[error("papers were asked for already; a second request needs the head's leave")]
    SecondSupplementNeedsApproval {
        /// When the first request was.
        first: Instant,
    },
    /// Papers were asked for twice; there is no third time.
    #[error("papers were asked for twice already")]
    NoThirdSupplement,
    /// There is nothing to allow: the first request is still free, or leave was given.
    #[error("no leave is needed")]
    ApprovalNotNeeded,
    /// The old date has passed; an apology does not bring it back.
    #[error("the promised date has passed")]
    ExtensionTooLate {
        /// The promised instant.
        due: Instant,
    },
    /// The date was moved once already.
    #[error("the date was moved once already")]
    ExtendedBefore {
        /// To when.
        to: Instant,
    },
    /// Its time limit is that of its procedure; nobody set a term that could be set anew.
    #[error("no term was set from outside")]
    NoTerm,
    /// No such obligation, or it is paid.
    #[error("nothing is owed under the number {0}")]
    NothingOwed(u32),
    /// The amount is not what is owed.
    #[error("{owed} đồng are owed, {paid} came")]
    WrongAmount {
        /// What is owed.
        owed: u64,
        /// What came.
        paid: u64,
    },
    /// The result is handed over when everything is paid.
    #[error("{0} đồng are still to be paid")]
    Unpaid(u64),
    /// A fee is due with the application; it is taken on when that is paid.
    #[error("{0} đồng are to be paid before it is taken on")]
    UnpaidBefore(u64),
    /// Too many of something in one case.
    #[error("at most {max} of these in one case")]
    TooMany {
        /// The limit.
        max: usize,
    },
    /// It goes where it already is.
    #[error("that seat already holds it")]
    SameHolder,
}
