//! What can be wrong with a plan, and on which line.

use thiserror::Error;

/// A fault of the plan and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {kind}")]
pub struct Fault {
    /// The line of the file, from 1.
    pub line: usize,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong with a plan.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "the fields are the codes and names that the messages show")]
pub enum FaultKind {
    /// Not TOML, an unknown or missing key, a value of the wrong type.
    #[error("{0}")]
    Syntax(String),
    /// The name under which progress is kept is empty or too long.
    #[error("a plan has a name of 1 to 80 characters")]
    Name,
    /// Not a day.
    #[error("`effective` is a day, as in 2025-07-01")]
    Effective,
    /// The file orders nothing.
    #[error("the plan changes nothing")]
    Nothing,
    /// No open agency has this code, and the plan opens none.
    #[error("no open agency has the code {0}")]
    UnknownAgency(String),
    /// An open agency has this code already.
    #[error("the code {0} belongs to an open agency")]
    CodeTaken(String),
    /// Not a level.
    #[error("a level is province, department, commune or unit, not {0}")]
    Level(String),
    /// No place has this code.
    #[error("no place has the code {0}")]
    UnknownPlace(String),
    /// A full name begins with Tỉnh, Thành phố, Xã, Phường or Đặc khu.
    #[error("the name of a place begins with its kind: {0}")]
    PlaceName(String),
    /// One thing ends twice.
    #[error("{0} ends twice in this plan")]
    EndsTwice(String),
    /// What should take over would end by way of itself.
    #[error("{0} would become its own successor")]
    Circle(String),
    /// What should take over ends too.
    #[error("{0} should take over, and ends in this plan itself")]
    SuccessorEnds(String),
    /// A place ends and an agency that stays open stands there.
    #[error("agency {agency} stays open and stands at {place}, which ends")]
    StandsThere { agency: String, place: String },
    /// The post's work has nowhere to go.
    #[error("the post \"{title}\" ({role}) of {agency} has no successor in {into}")]
    NoSuccessor { agency: String, title: String, role: String, into: String },
    /// An override names no post.
    #[error("{agency} has no open post {role}")]
    UnknownPost { agency: String, role: String },
    /// An override sends work to an agency that does not take over.
    #[error("{to} does not take over from {agency}")]
    NotATarget { agency: String, to: String },
    /// Two heads would sit in one agency.
    #[error("{agency} would have two heads; say which post succeeds to which")]
    TwoHeads { agency: String },
}
