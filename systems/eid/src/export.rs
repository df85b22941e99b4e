//! Everything that the province holds about a person, as one document that they take along (Law
//! 91/2025/QH15: to be given one's own data).

use std::collections::HashMap;

use desk::{Desk, Moment};
use identity::{
    CitizenSession,
    audit::{self, Look},
    consent::{self, Consent},
    party::{self, Party},
};
use kernel::{CaseCode, CaseId, Instant, PartyId};
use serde_json::{Map, Value, json};
use store::Tx;

use crate::{
    Result,
    model::Correction,
    queries::{self, Mine},
};

/// At most so many looks are given out at once, newest first; the page has them all.
const LOOKS_MAX: u16 = 5000;

/// What is held, opened.
pub(crate) struct Held {
    pub(crate) party: Option<Party>,
    pub(crate) dossiers: Vec<Mine>,
    pub(crate) looks: Vec<Look>,
    pub(crate) consents: Vec<Consent>,
    pub(crate) corrections: Vec<Correction>,
    pub(crate) sessions: Vec<CitizenSession>,
    codes: HashMap<CaseId, CaseCode>,
}

/// Reads all of it.
pub(crate) fn held(tx: &mut Tx<'_>, desk: &Desk, party: PartyId, now: Instant) -> Result<Held> {
    let tenant = &desk.front.tenant;
    let looks = audit::page_of_looks(tx, tenant, party, None, LOOKS_MAX)?;
    let dossiers = queries::dossiers(tx, desk, party)?;
    let mut codes: HashMap<CaseId, CaseCode> =
        dossiers.iter().map(|mine| (mine.case.id, mine.case.code.clone())).collect();
    for case in looks.iter().filter_map(|look| look.entry.case) {
        if codes.contains_key(&case) {
            continue;
        }
        if let Some((code, _)) = queries::code_of(tx, desk, case)? {
            codes.insert(case, code);
        }
    }
    Ok(Held {
        party: party::load(tx, tenant, &desk.keyring, party)?,
        dossiers,
        looks,
        consents: consent::of_party(tx, tenant, party)?,
        corrections: queries::of_party(tx, desk, party)?,
        sessions: desk.front.sessions.citizens().of_party(tx, tenant, party, now)?,
        codes,
    })
}

impl Held {
    /// As JSON, with names that a program understands; times are UTC (RFC 3339).
    pub(crate) fn to_json(&self, desk: &Desk, moment: &Moment, now: Instant) -> Value {
        json!({
            "format": "tinhso/my-data/1",
            "province": desk.front.tenant.as_str(),
            "exported_at": now.to_string(),
            "person": self.party.as_ref().map(person),
            "dossiers": self.dossiers.iter().map(|mine| dossier(moment, mine)).collect::<Vec<_>>(),
            "looks": self.looks.iter().map(|look| self.look(moment, look)).collect::<Vec<_>>(),
            "consents": self.consents.iter().map(|one| json!({
                "purpose": one.purpose.word(),
                "given": one.given,
                "since": one.since.map(|at| at.to_string()),
            })).collect::<Vec<_>>(),
            "corrections": self.corrections.iter().map(correction).collect::<Vec<_>>(),
            "sessions": self.sessions.iter().map(|session| json!({
                "device": session.device,
                "level": session.level.number(),
                "opened_at": session.opened_at.to_string(),
                "last_seen_at": session.last_seen_at.to_string(),
            })).collect::<Vec<_>>(),
        })
    }

    fn look(&self, moment: &Moment, look: &Look) -> Value {
        let entry = &look.entry;
        let post = entry.reader.post.and_then(|post| moment.directory.post(post));
        let agency = post.and_then(|post| moment.directory.agency(post.agency));
        json!({
            "id": look.id,
            "at": entry.at.to_string(),
            "agency": agency.map(|agency| agency.name.as_str()),
            "post": post.map(|post| post.title.as_str()),
            "what": entry.what.map(audit::What::word),
            "allowed": entry.allowed,
            "dossier": entry.case.and_then(|case| self.codes.get(&case)),
            "basis": entry.basis.as_ref().map(ToString::to_string),
        })
    }
}

fn person(party: &Party) -> Value {
    let number = party.number.as_ref().map(|number| match number {
        party::PartyNumber::Citizen(id) => id.as_str(),
        party::PartyNumber::Tax(code) => code.as_str(),
    });
    json!({
        "name": party.name,
        "number": number,
        "born": party.born.map(|born| born.to_string()),
        "phone": party.phone.as_ref().map(|phone| phone.as_str()),
        "email": party.email,
        "address": party.address,
    })
}

fn dossier(moment: &Moment, mine: &Mine) -> Value {
    let case = &mine.case;
    let name = moment.shelf.version(&case.procedure).map(|procedure| procedure.name.clone());
    let files = mine.files.iter().map(|file| {
        json!({
            "name": file.name,
            "bytes": file.size,
            "sha256": file.hash,
            "received_at": file.recorded_at.to_string(),
        })
    });
    let at = |at: Option<Instant>| at.map(|at| at.to_string());
    let mut object = Map::new();
    object.insert("code".into(), json!(case.code));
    object.insert("procedure".into(), json!({ "code": case.procedure.code, "name": name }));
    object.insert("channel".into(), json!(case.channel));
    object.insert("status".into(), json!(case.status));
    object.insert("submitted_at".into(), json!(case.submitted_at.to_string()));
    object.insert("due_at".into(), json!(at(case.due())));
    object.insert("ended_at".into(), json!(at(case.ended_at)));
    object.insert("returned_at".into(), json!(at(case.returned_at)));
    object.insert("answers".into(), Value::Object(mine.answers.clone()));
    object.insert("files".into(), files.collect());
    Value::Object(object)
}

fn correction(one: &Correction) -> Value {
    json!({
        "field": one.field.word(),
        "status": one.status.word(),
        "filed_at": one.filed_at.to_string(),
        "said": one.said,
        "reply": one.reply,
        "decided_at": one.decided.map(|(at, _)| at.to_string()),
    })
}
