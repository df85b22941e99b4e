//! Where something is counted, and what moves it.

use casework::Channel;
use kernel::AgencyId;
use procedure::Matter;
use uuid::Uuid;

use crate::{catalogue::ProcedureNumber, day::Day, fact::Fact};

/// One cell of the cube.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// Which agency; [`Cell::WHOLE`] for what is of the authority as a whole.
    pub agency: AgencyId,
    /// Among what it is counted.
    pub plane: Plane,
    /// On which procedure; none for what is on none.
    pub procedure: ProcedureNumber,
    /// How it came in.
    pub channel: Channels,
    /// On which day.
    pub day: Day,
}

impl Cell {
    /// Stands for the authority as a whole.
    pub const WHOLE: AgencyId = AgencyId::from_uuid(Uuid::nil());

    /// A cell of the authority as a whole.
    #[must_use]
    pub const fn whole(day: Day) -> Self {
        Self {
            agency: Self::WHOLE,
            plane: Plane::Other,
            procedure: ProcedureNumber::NONE,
            channel: Channels::None,
            day,
        }
    }
}

/// Among what is counted: cases of one matter, or what is of no case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Plane {
    /// Applications for administrative procedures.
    Dossier = 0,
    /// Reports of citizens.
    Feedback = 1,
    /// None of these.
    Other = 2,
    /// Reports that agencies owe.
    Report = 3,
    /// Tasks of programmes.
    Task = 4,
    /// Incidents.
    Incident = 5,
}

impl Plane {
    /// The number under which the store keeps it.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The matter whose cases are counted; none of what is of no case.
    #[must_use]
    pub fn matter(self) -> Option<Matter> {
        Matter::ALL.iter().copied().find(|matter| Self::from(*matter) == self)
    }
}
impl From<Matter> for Plane {
    fn from(matter: Matter) -> Self {
        match matter {
            Matter::Dossier => Self::Dossier,
            Matter::Feedback => Self::Feedback,
            Matter::Report => Self::Report,
            Matter::Task => Self::Task,
            Matter::Incident => Self::Incident,
        }
    }
}

/// How a case came in, as two bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Channels {
    /// In no way.
    None = 0,
    /// At the counter.
    Counter = 1,
    /// Through the online service.
    Online = 2,
    /// By public post.
    Postal = 3,
}

impl Channels {
    /// The channel of its two bits.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Self {
        match bits & 3 {
            1 => Self::Counter,
            2 => Self::Online,
            3 => Self::Postal,
            _ => Self::None,
        }
    }
}
impl From<Channel> for Channels {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Counter => Self::Counter,
            Channel::Online => Self::Online,
            Channel::Postal => Self::Postal,
        }
    }
}

/// What an event moves: a fact, a cell of it, and by how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// Which fact.
    pub fact: Fact,
    /// Where.
    pub cell: Cell,
    /// By how much; never zero.
    pub n: i64,
    /// How the figure opens down to the event.
    pub trace: Trace,
}

/// How a figure opens down to what moved it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trace {
    /// A flow: the event itself is what was counted.
    Flow,
    /// A case comes into a stock, now or on a day that is known in advance. While it is there,
    /// the list of open stays has it.
    Comes,
    /// A case that came on `entered` leaves a stock; from now on the stay is told among those
    /// that are over.
    Leaves {
        /// The day on which it came.
        entered: Day,
    },
    /// A case that was to come into a stock on a later day does not.
    StaysAway,
}
