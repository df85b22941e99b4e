//! What is known of the applicant, and how it is asked for once only.

use desk::Earlier;
use identity::{
    access::{Action, Decision, Target},
    audit::{self, What},
    party::{self, Known, Party, PartyNumber},
};
use kernel::PlaceCode;
use procedure::{Field, FieldKind, KnownFrom, Procedure};
use serde_json::Value;
use web::{SignedIn, http::Problem, tr};

use super::{answers, typed::Typed};
use crate::{Desk, Error, Moment};

/// The hidden field with the party that was looked up.
pub(super) const LOOKED_UP: &str = "doi-chieu-ai";

/// What is known of the applicant. Whose data was looked at is logged.
pub(super) async fn look_up(
    desk: &Desk,
    me: &SignedIn,
    number: Option<PartyNumber>,
) -> Result<Option<Known>, Problem> {
    let Some(number) = number else { return Ok(None) };
    let shared = desk.clone();
    let found = desk
        .front
        .store
        .read(move |tx| party::find(tx, &shared.front.tenant, &shared.keyring, &number));
    let found = match found.await {
        // Whose data was destroyed is a stranger again.
        Err(identity::Error::KeyDestroyed { .. }) => None,
        other => other.map_err(Error::from)?,
    };
    if let Some(known) = &found {
        let shared = desk.clone();
        let entry = desk::look_at_counter(me, Action::Submit, known.id);
        let log = desk
            .front
            .store
            .write(move |tx| audit::record(tx, &shared.front.tenant, &entry, &shared.front.mint));
        log.await.map_err(Error::from)?;
    }
    Ok(found)
}

/// Fills in what the state knows already: once only.
///
/// The rule: a field is filled in where its procedure says from where it is known, nothing was
/// typed into it, and the value still fits its kind. `name`, `number`, `born`, `phone` and
/// `address` are those of the applicant; `earlier` is the answer to the field of the same name
/// and kind, marked the same, in the newest dossier of the applicant that this officer may open
/// the identity of. Each dossier that is opened for it is written to the access log. Every value
/// is shown with its source and can be changed; a telephone number stays covered, and is taken
/// where nothing else is typed. Another applicant's values never stay behind.
pub(super) async fn fill_in(
    desk: &Desk,
    me: &SignedIn,
    procedure: &Procedure,
    known: Option<&Known>,
    typed: &mut Typed,
) -> Result<(), Problem> {
    let party = known.map_or_else(String::new, |known| known.id.to_string());
    if typed.text(LOOKED_UP) != party {
        forget(procedure, typed);
        typed.set(LOOKED_UP, party);
    }
    let Some(known) = known else { return Ok(()) };
    let moment = desk.moment();
    let open = |typed: &Typed, field: &Field| typed.text(&answers::field_name(field)).is_empty();
    for field in &procedure.fields {
        if let Some(text) = of_party(me, field, &known.party).filter(|_| open(typed, field)) {
            put(typed, field, text, tr!(me, "counter-from-party"));
        }
    }
    let asked = procedure.fields.iter().filter(|field| field.known == Some(KnownFrom::Earlier));
    let asked: Vec<Field> = asked.filter(|field| open(typed, field)).cloned().collect();
    if asked.is_empty() {
        return Ok(());
    }
    for earlier in earlier(desk, me, known, asked.clone()).await? {
        let (code, day) = (earlier.case.code.as_str(), kernel::today(earlier.case.submitted_at));
        let source = tr!(me, "counter-from-dossier", code = code, day = me.words.date(day));
        for field in asked.iter().filter(|field| desk::asks_the_same(&earlier.procedure, field)) {
            let answer = earlier.answers.get(field.id.as_str());
            let text = answer.and_then(|answer| as_typed(me, &moment, field, answer));
            if let Some(text) = text.filter(|_| open(typed, field)) {
                put(typed, field, text, source.clone());
            }
        }
    }
    Ok(())
}

/// Whether the form was filled in for somebody else than who is named in it now.
pub(super) fn is_of_another(typed: &Typed, known: Option<&Known>) -> bool {
    let of = typed.text(LOOKED_UP);
    !of.is_empty() && known.is_none_or(|known| known.id.to_string() != of)
}

/// The hidden field with the source of a value that was filled in.
pub(super) fn source_name(field: &Field) -> String {
    format!("tu-{}", field.id)
}

/// The telephone that is taken for a field where nothing else is typed.
pub(super) fn covered<'p>(
    field: &Field,
    party: Option<&'p Party>,
) -> Option<&'p kernel::PhoneNumber> {
    party?.phone.as_ref().filter(|_| field.known == Some(KnownFrom::Phone))
}

fn put(typed: &mut Typed, field: &Field, text: String, source: String) {
    typed.set(&answers::field_name(field), text);
    typed.set(&source_name(field), source);
}

fn forget(procedure: &Procedure, typed: &mut Typed) {
    for field in &procedure.fields {
        if typed.ticked(&source_name(field)) {
            put(typed, field, String::new(), String::new());
        }
    }
}

fn of_party(me: &SignedIn, field: &Field, party: &Party) -> Option<String> {
    match (field.known?, &party.number) {
        (KnownFrom::Name, _) => Some(party.name.clone()),
        (KnownFrom::Number, Some(PartyNumber::Citizen(id))) => Some(id.as_str().to_owned()),
        (KnownFrom::Born, _) => party.born.map(|born| me.words.date(born)),
        (KnownFrom::Address, _) => party.address.clone(),
        _ => None,
    }
}

/// Earlier dossiers that may answer, newest first; that they were opened is in the access log.
async fn earlier(
    desk: &Desk,
    me: &SignedIn,
    known: &Known,
    asked: Vec<Field>,
) -> Result<Vec<Earlier>, Problem> {
    let (shared, me_too, party) = (desk.clone(), me.clone(), known.id);
    let moment = desk.moment();
    let found = desk.front.store.write(move |tx| {
        let may = |case: &casework::Case| {
            let facts = shared.facts(case, &moment);
            let may = me_too.may(&shared.front, Action::OpenIdentity, Target::Case(&facts));
            may == Decision::Allowed
        };
        let found = desk::earlier(tx, &shared, &moment, party, &asked, may)?;
        for earlier in &found {
            // An earlier dossier is read for the one that is being handed in.
            let entry = desk::look_at_counter(&me_too, Action::OpenIdentity, party);
            let entry = entry.of_what(What::Known).on(Some(earlier.case.id), Some(party));
            audit::record(tx, &shared.front.tenant, &entry, &shared.front.mint)?;
        }
        Ok::<_, Error>(found)
    });
    Ok(found.await?)
}

/// An answer as somebody would type it into a field; none where it no longer fits.
fn as_typed(me: &SignedIn, moment: &Moment, field: &Field, answer: &Value) -> Option<String> {
    if field.kind == FieldKind::Integer {
        return answer.as_i64().map(|number| number.to_string());
    }
    let text = answer.as_str()?;
    match field.kind {
        FieldKind::Date => text.parse().ok().map(|day| me.words.date(day)),
        FieldKind::Choice => {
            let choice = field.choices.iter().find(|choice| choice.id.as_str() == text)?;
            Some(choice.id.to_string())
        }
        FieldKind::Commune => {
            let code: PlaceCode = text.parse().ok()?;
            let place = moment.directory.places().get(&code)?;
            Some(format!("{} ({code})", place.name))
        }
        _ => Some(text.to_owned()),
    }
}
