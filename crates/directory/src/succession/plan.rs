//! From the file to the steps, against the directory as it is; pure.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use kernel::{AgencyCode, AgencyId, Instant, Mint, PlaceCode, PostId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Fault, FaultKind, draft::Draft, file};
use crate::{Agency, Directory, Place, Post};

/// A reorganisation that was checked: what will be done, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Under which name progress is kept.
    pub name: String,
    /// The resolution that orders it.
    pub basis: String,
    /// The first instant of the new order.
    pub effective: Instant,
    /// Of the file's text, so that a changed file is not taken for the one that was begun.
    pub digest: String,
    /// What will be done, one transaction each.
    pub steps: Vec<Step>,
}

/// One transaction of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// Places end, begin and change.
    Places {
        /// What ends, or gives way to another form of itself.
        end: Vec<PlaceEnd>,
        /// New places and new forms.
        begin: Vec<Place>,
    },
    /// An agency comes into being.
    Open {
        /// The agency.
        agency: Agency,
    },
    /// An agency gets another name.
    Rename {
        /// Which.
        agency: AgencyId,
        /// Its code.
        code: AgencyCode,
        /// The new full name.
        name: String,
        /// The new short name.
        short_name: String,
    },
    /// An agency ends, and others take over.
    Close {
        /// Which.
        agency: AgencyId,
        /// Its code.
        code: AgencyCode,
        /// Who takes over; the first takes what no post decides.
        into: Vec<AgencyId>,
        /// What becomes of its seats.
        posts: Vec<PostMove>,
        /// The agencies below it, which come under the first successor.
        children: Vec<AgencyId>,
    },
}

impl Step {
    /// Its name among the steps of the plan, under which it is marked as done.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Places { .. } => "places".to_owned(),
            Self::Open { agency } => format!("open {}", agency.code),
            Self::Rename { code, .. } => format!("rename {code}"),
            Self::Close { code, .. } => format!("close {code}"),
        }
    }
}

/// The end of a place in the form given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceEnd {
    /// The form that ends.
    pub place: Place,
    /// Who takes over; empty where another form of the same place does.
    pub successors: Vec<PlaceCode>,
}

/// Which seat succeeds to which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostMove {
    /// The seat that ends.
    pub from: PostId,
    /// The seat that takes over its work.
    pub to: PostId,
    /// In which agency that is.
    pub to_agency: AgencyId,
    /// That seat, where it is made for this.
    pub opens: Option<Post>,
}

/// Checks the file `text` against the directory, and says what will be done. `mint` makes the
/// identifiers of what comes into being.
///
/// # Errors
/// All faults of the file, each with its line.
pub fn plan(directory: &Directory, text: &str, mint: &Mint) -> Result<Plan, Vec<Fault>> {
    let file = file::read(text).map_err(|fault| vec![fault])?;
    let Ok(day) = file.effective.get_ref().to_string().parse::<Date>() else {
        let line = file::line_at(text, file.effective.span().start);
        return Err(vec![Fault { line, kind: FaultKind::Effective }]);
    };
    let effective = kernel::from_local(day.at(0, 0, 0, 0));
    let mut draft = Draft {
        directory,
        text,
        mint,
        day,
        effective,
        opened: BTreeMap::new(),
        carried_heads: BTreeSet::new(),
        faults: Vec::new(),
    };
    if !(1..=80).contains(&file.name.get_ref().chars().count()) {
        draft.fault(&file.name, FaultKind::Name);
    }
    let mut steps = Vec::new();
    draft.places(&file, &mut steps);
    draft.open(&file, &mut steps);
    draft.rename(&file, &mut steps);
    draft.close(&file, &mut steps);
    if steps.is_empty() && draft.faults.is_empty() {
        draft.fault(&file.name, FaultKind::Nothing);
    }
    let mut faults = draft.faults;
    faults.sort_by_key(|fault| fault.line);
    // A successor that several name is unknown once.
    faults.dedup();
    let (name, digest) = (file.name.into_inner(), digest(text));
    let plan = Plan { name, basis: file.basis, effective, digest, steps };
    if faults.is_empty() { Ok(plan) } else { Err(faults) }
}

/// SHA-256 of the text of a plan, in hexadecimal.
pub(super) fn digest(text: &str) -> String {
    kernel::hex(&Sha256::digest(text))
}
