//! What can be wrong with a file, and on which line.

use thiserror::Error;

/// A fault of the file and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Error)]
#[error("line {line}: {kind}")]
pub struct Fault {
    /// The line of the file, from 1.
    pub line: usize,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Error)]
#[expect(missing_docs, reason = "the fields are what the messages show")]
pub enum FaultKind {
    /// Not TOML, an unknown or missing key, a value of the wrong type.
    #[error("{0}")]
    Syntax(String),
    /// Longer than any directory.
    #[error("the file has more than {0} bytes")]
    TooLong(usize),
    /// The file says nothing.
    #[error("the file names no agency, seat or person")]
    Nothing,
    /// The heading of a table lacks a column.
    #[error("the table has no column «{0}»")]
    NoColumn(&'static str),
    /// The heading of a table has a column that is not known.
    #[error("the column «{0}» is not known")]
    StrangeColumn(String),
    /// A quotation that does not end.
    #[error("a quotation mark is not closed")]
    OpenQuote,
    /// Not a day, or one that has not come.
    #[error("`effective` is a day that has come, as in 2026-11-23")]
    Effective,
    /// Not an agency code.
    #[error("`{0}` is no code of an agency")]
    AgencyCode(String),
    /// Neither the file nor the directory has an open agency with this code.
    #[error("no agency has the code {0}, neither here nor in the directory")]
    UnknownAgency(String),
    /// The agency with this code came to its end.
    #[error("the agency {0} came to its end; a plan of succession may open another")]
    Ended(String),
    /// Neither the file nor the directory has a person with this code.
    #[error("no person has the code {0}, neither here nor in the directory")]
    UnknownPerson(String),
    /// Not a code of a seat or person.
    #[error("`{0}` is no code: letters without marks, digits, `-`, `.`, `_` and `/`, at most 60")]
    Code(String),
    /// The same code stands twice in the file.
    #[error("{0} stands on line {1} already")]
    Again(String, usize),
    /// Two rows say different things of one agency or person.
    #[error("`{0}` here, and something else on line {1}")]
    Differs(String, usize),
    /// Something new lacks what it must have.
    #[error("{0} is new and needs `{1}`")]
    Missing(String, &'static str),
    /// A name that is empty or longer than 300 letters.
    #[error("`{0}` has 1 to 300 letters")]
    Name(&'static str),
    /// Not a level.
    #[error("a level is province, department, commune or unit, not {0}")]
    Level(String),
    /// Not a role.
    #[error("a role is small letters, digits and hyphens, as in deputy-head, not {0}")]
    Role(String),
    /// No place has this code.
    #[error("no place has the code {0}")]
    Place(String),
    /// Not working hours.
    #[error("working hours are written `mon-fri 07:30-12:00 13:00-16:30`, not {0}")]
    Hours(String),
    /// An agency would stand under itself.
    #[error("{0} would stand under itself")]
    Circle(String),
    /// Two heads would sit in one agency.
    #[error("{0} would have two heads")]
    TwoHeads(String),
    /// Who sits there came later than the file says.
    #[error("who sits in {seat} of {agency} came after the day of the file")]
    Later { agency: String, seat: String },
}
