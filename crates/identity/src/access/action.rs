//! What an officer may ask to do.

use std::{fmt, str::FromStr};

/// Declares the actions once: variant, its name in the policies and the log, what it is done to.
macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal on $target:ident;)*) => {
        /// Something that is allowed or refused; the policies use the same names.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $($(#[$doc])* $variant,)*
        }

        impl Action {
            /// Every action, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Name in the policies and in the access log.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What the action is done to.
            #[must_use]
            pub const fn target(self) -> TargetKind {
                match self { $(Self::$variant => TargetKind::$target,)* }
            }
        }
    };
}

/// What an [`Action`] is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetKind {
    /// One dossier.
    Case,
    /// An agency and what belongs to it; the system as a whole is the topmost agency.
    Agency,
}

actions! {
    /// Open a dossier; the applicant's identity stays masked.
    View = "view" on Case;
    /// Print a legal form of a dossier.
    PrintForm = "print_form" on Case;
    /// Unmask the applicant's identity number, telephone or address; always logged.
    OpenIdentity = "open_identity" on Case;
    /// Take a filed dossier on.
    Accept = "accept" on Case;
    /// Refuse to take a filed dossier on.
    Decline = "decline" on Case;
    /// Take in what was missing.
    ReceiveSupplement = "receive_supplement" on Case;
    /// Record that an obligation was paid.
    RecordPayment = "record_payment" on Case;
    /// Record that the applicant withdraws.
    Withdraw = "withdraw" on Case;
    /// Hand the result to the applicant.
    ReturnResult = "return_result" on Case;
    /// Complete the step in hand with an outcome.
    CompleteStep = "complete_step" on Case;
    /// Send the dossier back to an earlier step.
    SendBack = "send_back" on Case;
    /// Record that the decision is made and the result exists.
    Finish = "finish" on Case;
    /// Ask the applicant for what is missing, the first time.
    RequestSupplement = "request_supplement" on Case;
    /// State what the applicant has to pay.
    SetObligation = "set_obligation" on Case;
    /// Give the matter to another agency.
    Forward = "forward" on Case;
    /// Give the dossier to another post.
    Assign = "assign" on Case;
    /// Approve, with reasons, that a supplement is asked for a second time.
    ApproveSecondSupplement = "approve_second_supplement" on Case;
    /// Stop the clock on a legal ground.
    Suspend = "suspend" on Case;
    /// Let the clock run again.
    Resume = "resume" on Case;
    /// Move the due date, with an apology.
    Extend = "extend" on Case;
    /// End the dossier without a result.
    Discontinue = "discontinue" on Case;
    /// Take a closed matter up again as a new, linked dossier.
    Reopen = "reopen" on Case;
    /// Issue a result anew after the dossier is over, or take one back.
    ReplaceResult = "replace_result" on Case;
    /// List the dossiers of an agency.
    List = "list" on Agency;
    /// Take a list along as a file.
    Export = "export" on Agency;
    /// Take the register (form 07) along as a file.
    ExportRegister = "export_register" on Agency;
    /// See the figures of an agency.
    ViewFigures = "view_figures" on Agency;
    /// See who looked at whose data.
    ViewAccessLog = "view_access_log" on Agency;
    /// File a dossier for an applicant who stands at the counter.
    Submit = "submit" on Agency;
    /// Give out or call a queue ticket.
    TakeQueueTicket = "take_queue_ticket" on Agency;
    /// Confirm a time limit that was imported in doubt.
    ConfirmTimeLimit = "confirm_time_limit" on Agency;
    /// Decide whether what is known of a person is put right as they ask.
    DecideCorrection = "decide_correction" on Agency;
    /// Create, disable and re-set accounts.
    ManageAccounts = "manage_accounts" on Agency;
    /// Change agencies, posts, holders and delegations.
    ManageDirectory = "manage_directory" on Agency;
    /// Hold a bank's statement against the money that came, and settle what is open.
    Reconcile = "reconcile" on Agency;
    /// Say what is measured and who answers for it: programmes, report regimes, alerts,
    /// assessments, and figures that are published.
    Direct = "direct" on Agency;
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text names no [`Action`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such action")]
pub struct UnknownAction;

impl FromStr for Action {
    type Err = UnknownAction;

    fn from_str(text: &str) -> Result<Self, UnknownAction> {
        Self::ALL.iter().copied().find(|action| action.name() == text).ok_or(UnknownAction)
    }
}
