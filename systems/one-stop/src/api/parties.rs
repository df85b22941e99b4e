//! Finding a citizen or an organisation by number, before a dossier is filed for them. The
//! number travels in the body, since addresses are written into logs on the way.

use axum::{Json, extract::State};
use desk::agency_line;
use identity::{
    access::{Action, Target},
    party::{self, PartyNumber},
};
use kernel::{CitizenId, PartyId, TaxCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Fault, Refusals},
    take::{Body, Caller},
    view::Applicant,
};
use crate::Desk;

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(party_find))
}

/// An official number: of a citizen, or of an organisation.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub(super) enum Number {
    /// Personal identity number, 12 digits.
    #[schema(value_type = String, example = "019190000821")]
    Citizen(CitizenId),
    /// Tax code.
    #[schema(value_type = String)]
    Tax(TaxCode),
}

impl From<Number> for PartyNumber {
    fn from(number: Number) -> Self {
        match number {
            Number::Citizen(number) => Self::Citizen(number),
            Number::Tax(code) => Self::Tax(code),
        }
    }
}

/// A party that is known.
#[derive(Debug, Serialize, ToSchema)]
struct Found {
    #[schema(value_type = Uuid)]
    id: PartyId,
    party: Applicant,
    /// Whether a telephone number is known; it is kept where a filing does not name another.
    has_phone: bool,
    /// Whether an address is known.
    has_address: bool,
}

/// Find a party by its official number
#[utoipa::path(
    post,
    path = "/api/v1/parties/find",
    tag = "parties",
    request_body = Number,
    responses((status = 200, body = Found), Refusals),
)]
async fn party_find(
    State(desk): State<Desk>,
    me: Caller,
    body: Body<Number>,
) -> Result<Json<Found>, Fault> {
    let (desk_too, me_too, number) = (desk.clone(), me.clone(), PartyNumber::from(body.value));
    let found = me.read(&desk, move |tx| {
        let front = &desk_too.front;
        let here = agency_line(&me_too.directory, me_too.agency);
        me_too.may(front, Action::Submit, Target::Agency(&here)).check()?;
        Ok(party::find(tx, &front.tenant, &desk_too.keyring, &number)?)
    });
    let known = found.await?.ok_or_else(Fault::not_found)?;
    let (has_phone, has_address) = (known.party.phone.is_some(), known.party.address.is_some());
    Ok(Json(Found { id: known.id, party: (&known.party).into(), has_phone, has_address }))
}
