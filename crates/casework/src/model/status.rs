//! Closed lists: where a case stands, how it came, and the structured reasons that people give.

use kernel::words;
use procedure::ChannelKind;

words! {
    /// Where a case stands, as the applicant would say it.
    Status {
        /// Filed, not yet taken on: the eight-working-hour clock of acceptance runs.
        Submitted = "submitted",
        /// Taken on; somebody holds it.
        InProgress = "in_progress",
        /// Waits for papers from the applicant; the clock stands.
        AwaitingSupplement = "awaiting_supplement",
        /// Waits for a payment of the applicant, before it is taken on or after; the clock stands.
        AwaitingPayment = "awaiting_payment",
        /// Suspended on a legal ground; the clock stands.
        Suspended = "suspended",
        /// Done; the result waits to be fetched.
        Finished = "finished",
        /// The applicant has the result.
        Returned = "returned",
        /// Not taken on, with a structured reason (form 03).
        Declined = "declined",
        /// Stopped by the agency (form 05).
        Discontinued = "discontinued",
        /// Taken back by the applicant.
        Withdrawn = "withdrawn",
    }
}

impl Status {
    /// Whether somebody still has to act.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Submitted | Self::Finished) || self.is_running()
    }

    /// Whether it was taken on and is not over.
    #[must_use]
    pub const fn is_running(self) -> bool {
        matches!(self, Self::InProgress) || self.is_paused()
    }

    /// Whether its clock stands.
    #[must_use]
    pub const fn is_paused(self) -> bool {
        matches!(self, Self::AwaitingSupplement | Self::AwaitingPayment | Self::Suspended)
    }

    /// State code of the national public service portal (1 to 10).
    #[must_use]
    pub const fn national_code(self) -> u8 {
        match self {
            Self::Submitted => 1,
            Self::Declined => 3,
            Self::InProgress | Self::Suspended => 4,
            Self::AwaitingSupplement => 5,
            Self::AwaitingPayment => 6,
            Self::Withdrawn => 7,
            Self::Discontinued => 8,
            Self::Finished => 9,
            Self::Returned => 10,
        }
    }
}

words! {
    /// How a case came in.
    Channel {
        /// At the counter.
        Counter = "counter",
        /// Through the online service.
        Online = "online",
        /// By public post.
        Postal = "postal",
    }
}

impl Channel {
    /// The channel as the text of a procedure names it.
    #[must_use]
    pub const fn kind(self) -> ChannelKind {
        match self {
            Self::Counter => ChannelKind::Counter,
            Self::Online => ChannelKind::Online,
            Self::Postal => ChannelKind::Postal,
        }
    }
}

words! {
    /// Why a filing was not taken on (form 03).
    DeclineReason {
        /// The agency is not competent for it.
        NotCompetent = "not_competent",
        /// Papers are missing and the applicant does not want to complete them.
        Incomplete = "incomplete",
        /// A paper is not as the law demands.
        DefectivePaper = "defective_paper",
        /// The applicant may not ask for it.
        NotEligible = "not_eligible",
        /// The same matter is in hand already.
        Duplicate = "duplicate",
    }
}

words! {
    /// Why papers are asked for (form 02).
    SupplementReason {
        /// A paper is missing.
        MissingPaper = "missing_paper",
        /// A paper does not say enough.
        InsufficientContent = "insufficient_content",
        /// A paper is out of date.
        ExpiredPaper = "expired_paper",
        /// Papers contradict each other or the state's own data.
        Contradiction = "contradiction",
        /// A copy cannot be read.
        Illegible = "illegible",
    }
}

words! {
    /// Why the clock may stand without a request to the applicant.
    SuspensionGround {
        /// An opinion of another agency that the law asks for.
        ConsultingAgency = "consulting_agency",
        /// A verification that the law gives time for.
        Verification = "verification",
        /// A dispute or complaint that must be settled first.
        Dispute = "dispute",
        /// A natural disaster, an epidemic, a breakdown that nobody here answers for.
        ForceMajeure = "force_majeure",
    }
}

words! {
    /// Why a case was stopped by the agency (form 05).
    DiscontinueGround {
        /// The applicant did not complete the papers in time.
        NoSupplement = "no_supplement",
        /// The applicant did not pay in time.
        NoPayment = "no_payment",
        /// The object of the matter is gone.
        MootObject = "moot_object",
        /// Papers turned out to be forged or untrue.
        UntruePapers = "untrue_papers",
        /// A court or a higher agency ordered it.
        Order = "order",
    }
}
