//! The papers that the province holds of a person: what they handed in with earlier dossiers, and
//! what it signed for them at the end of each. Either serves where the next application asks for a
//! paper of that kind, so that nobody brings the state what the state has.

use casework::ProcedureRef;
use desk::{Desk, Moment, Result};
use identity::consent::{self, Purpose};
use kernel::{AgencyId, CaseCode, Instant, PartyId, fold};
use procedure::{Component, Matter};
use store::{Tx, args};

use crate::model::Upload;

/// Most papers of either origin that the store of a person shows.
pub const PAPERS_MAX: u32 = 100;
/// A result of fewer words says too little of its kind: "Quyết định", "Giấy phép".
const KIND_WORDS_MIN: usize = 3;

/// Where a paper comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// It was handed in, as one of the papers of a procedure, or as a further one.
    Filed {
        /// The text of the procedure.
        procedure: ProcedureRef,
        /// Which of its papers.
        component: Option<String>,
    },
    /// The province signed it.
    Issued {
        /// The how-manieth result of its dossier.
        serial: u32,
        /// The agency that answers for it.
        agency: AgencyId,
    },
}

/// A paper that the province holds of a person.
#[derive(Debug, Clone)]
pub struct Held {
    /// The dossier that it belongs to.
    pub case: CaseCode,
    /// Where it comes from.
    pub origin: Origin,
    /// Its name: of the file as it was sent, or of the result.
    pub name: String,
    /// SHA-256 in hexadecimal.
    pub hash: String,
    /// Its kind, as an extension.
    pub kind: String,
    /// In bytes.
    pub size: u64,
    /// When it came, or was signed.
    pub recorded_at: Instant,
}

impl Held {
    /// What it is called.
    #[must_use]
    pub fn title(&self, moment: &Moment) -> String {
        self.component(moment).map_or_else(|| self.name.clone(), |component| component.name.clone())
    }

    /// Whether it is of the kind that is asked for.
    #[must_use]
    pub fn serves(&self, moment: &Moment, asked: &Component) -> bool {
        match &self.origin {
            Origin::Filed { component, .. } => {
                component.as_deref() == Some(asked.id.as_str())
                    || self.component(moment).is_some_and(|of| fold(&of.name) == fold(&asked.name))
            }
            Origin::Issued { .. } => is_kind(&asked.name, &self.name),
        }
    }

    /// It as a file of an application, which remembers where it is from.
    #[must_use]
    pub fn again(&self) -> Option<Upload> {
        let result = match self.origin {
            Origin::Issued { serial, .. } => Some(serial),
            Origin::Filed { .. } => None,
        };
        let name = match result {
            Some(_) => format!("{}.{}", self.name, self.kind),
            None => self.name.clone(),
        };
        Some(Upload {
            name,
            hash: self.hash.parse().ok()?,
            size: self.size,
            kind: files::Kind::of_name(&format!("x.{}", self.kind)).ok()?,
            sent: None,
            turned: false,
            from: Some(self.case.clone()),
            result,
        })
    }

    fn component<'m>(&self, moment: &'m Moment) -> Option<&'m Component> {
        let Origin::Filed { procedure, component } = &self.origin else { return None };
        let of = moment.shelf.version(procedure)?;
        of.components.iter().find(|c| Some(c.id.as_str()) == component.as_deref())
    }
}

/// Whether what is asked for names a kind of result: "Trích lục khai tử, khi dữ liệu chưa có" names
/// "Trích lục khai tử".
fn is_kind(asked: &str, result: &str) -> bool {
    let (asked, result) = (format!(" {} ", fold(asked)), fold(result));
    result.split(' ').count() >= KIND_WORDS_MIN && asked.contains(&format!(" {result} "))
}

/// The papers of a person that may be used again; none where the person has not agreed to that.
///
/// # Errors
/// Those of the store.
pub fn reusable(tx: &mut Tx<'_>, desk: &Desk, party: PartyId) -> Result<Vec<Held>> {
    if !consent::given(tx, &desk.front.tenant, party, Purpose::Reuse)? {
        return Ok(Vec::new());
    }
    let mut all = issued(tx, desk, party)?;
    all.extend(filed(tx, desk, party)?);
    Ok(all)
}

/// What a person handed in with their own dossiers, the newest first.
///
/// # Errors
/// Those of the store.
pub fn filed(tx: &mut Tx<'_>, desk: &Desk, party: PartyId) -> Result<Vec<Held>> {
    // Cross: first the person's dossiers, then their files; SQLite would look through all files.
    let held = tx.all(
        "select c.code, c.procedure_code, c.procedure_version, f.component, f.name, f.hash,
             f.kind, f.size, f.recorded_at
         from case_state c
         cross join dossier_file f
         where f.tenant = c.tenant and f.case_id = c.id and c.tenant = $1 and c.applicant = $2 and c.matter = $3
         order by f.recorded_at desc, f.hash limit $4",
        args!(&desk.front.tenant, party, Matter::Dossier.word(), PAPERS_MAX),
        |row| {
            let procedure = ProcedureRef { code: row.get(1)?, version: row.get(2)? };
            Ok(Held {
                case: row.get(0)?,
                origin: Origin::Filed { procedure, component: row.get(3)? },
                name: row.get(4)?,
                hash: row.get(5)?,
                kind: row.get(6)?,
                size: row.get(7)?,
                recorded_at: row.get(8)?,
            })
        },
    )?;
    Ok(held)
}

/// What the province signed for a person and still stands by, the newest first.
///
/// # Errors
/// Those of the store.
pub fn issued(tx: &mut Tx<'_>, desk: &Desk, party: PartyId) -> Result<Vec<Held>> {
    let held = tx.all(
        "select c.code, r.serial, r.agency_id, r.name, r.hash, r.size, r.signed_at
         from dossier_result r
         join case_state c on c.tenant = r.tenant and c.id = r.case_id
         where r.tenant = $1 and r.party_id = $2 and r.ended is null and c.matter = $3
         order by r.signed_at desc, r.serial desc limit $4",
        args!(&desk.front.tenant, party, Matter::Dossier.word(), PAPERS_MAX),
        |row| {
            Ok(Held {
                case: row.get(0)?,
                origin: Origin::Issued { serial: row.get(1)?, agency: row.get(2)? },
                name: row.get(3)?,
                hash: row.get(4)?,
                kind: files::Kind::Pdf.extension().to_owned(),
                size: row.get(5)?,
                recorded_at: row.get(6)?,
            })
        },
    )?;
    Ok(held)
}

/// Whether a file may still be handed in: a result that was taken back or replaced since it was
/// chosen may not.
///
/// # Errors
/// Those of the store.
pub fn stands(tx: &mut Tx<'_>, desk: &Desk, file: &Upload, party: PartyId) -> Result<bool> {
    if file.result.is_none() {
        return Ok(true);
    }
    let result = desk::result_of_file(tx, desk, &file.hash.to_string())?;
    Ok(result.is_some_and(|result| result.ended.is_none() && result.party == party))
}

#[cfg(test)]
mod tests {
    use super::is_kind;

    #[test]
    fn a_result_serves_where_its_kind_is_named() {
        assert!(is_kind("Trích lục khai tử, khi dữ liệu chưa có", "Trích lục khai tử"));
        assert!(is_kind("Bản án, quyết định ly hôn hoặc trích lục khai tử", "TRÍCH LỤC KHAI TỬ"));
        assert!(!is_kind("Trích lục khai sinh", "Trích lục khai tử"));
        assert!(
            !is_kind("Quyết định lập bộ phận quản lý an toàn", "Quyết định"),
            "says too little"
        );
        assert!(!is_kind("Giấy khai sinh", ""));
    }
}
