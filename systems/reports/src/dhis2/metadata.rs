//! The lists in which clients look names up.

use axum::{
    Json,
    extract::{Query, State},
};
use desk::Desk;
use serde_json::{Value, json};
use web::http::Problem;

use super::{
    Caller, Names,
    ids::{CATEGORIES, DEFAULT, data_set, org_unit},
    paging::Paging,
};
use crate::library::Library;

/// What stands behind the address.
type Asked = Vec<(String, String)>;

async fn names(desk: &Desk) -> Result<Names, Problem> {
    let shared = desk.clone();
    let read = desk.front.store.read(move |tx| Library::read(tx, &shared));
    Ok(Names::of(&read.await?, &desk.front.directory.get()))
}

pub(super) async fn data_elements(
    State(desk): State<Desk>,
    _: Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<Value>, Problem> {
    let names = names(&desk).await?;
    let one = |(id, element): (&String, &super::ids::Element)| {
        json!({
            "id": id,
            "code": element.code,
            "name": element.name,
            "displayName": element.name,
            "valueType": if element.is_number { "NUMBER" } else { "TEXT" },
            "aggregationType": if element.is_number { "SUM" } else { "NONE" },
            "domainType": "AGGREGATE",
            "categoryCombo": { "id": CATEGORIES },
            "dataSetElements": [{ "dataSet": { "id": data_set(&element.regime) } }],
        })
    };
    Ok(Paging::of(&asked).page("dataElements", names.elements.iter().map(one).collect()))
}

pub(super) async fn data_sets(
    State(desk): State<Desk>,
    _: Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<Value>, Problem> {
    let names = names(&desk).await?;
    let one = |(id, regime): (&String, &std::sync::Arc<crate::regime::Regime>)| {
        let elements = names.elements.iter().filter(|(_, of)| of.regime == regime.code);
        let elements: Vec<Value> =
            elements.map(|(id, _)| json!({ "dataElement": { "id": id } })).collect();
        json!({
            "id": id,
            "code": regime.code,
            "name": regime.name,
            "displayName": regime.name,
            "periodType": match regime.frequency {
                Some(crate::cut_off::Frequency::Month) => "Monthly",
                Some(crate::cut_off::Frequency::Quarter) => "Quarterly",
                Some(crate::cut_off::Frequency::Half) => "SixMonthly",
                _ => "Yearly",
            },
            "categoryCombo": { "id": CATEGORIES },
            "dataSetElements": elements,
        })
    };
    Ok(Paging::of(&asked).page("dataSets", names.regimes.iter().map(one).collect()))
}

pub(super) async fn organisation_units(
    State(desk): State<Desk>,
    _: Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<Value>, Problem> {
    let names = names(&desk).await?;
    let directory = desk.front.directory.get();
    let one = |(id, agency): (&String, &kernel::AgencyId)| {
        let agency = directory.agency(*agency)?;
        let above = directory.ancestors(agency.id);
        let path: String =
            above.iter().rev().chain([&agency.id]).map(|a| format!("/{}", org_unit(*a))).collect();
        let mut unit = json!({
            "id": id,
            "code": agency.code,
            "name": agency.name,
            "shortName": agency.short_name,
            "displayName": agency.name,
            "level": above.len() + 1,
            "path": path,
            "openingDate": kernel::today(agency.validity.from).to_string(),
        });
        if let Some(parent) = agency.parent {
            unit["parent"] = json!({ "id": org_unit(parent) });
        }
        Some(unit)
    };
    Ok(Paging::of(&asked).page("organisationUnits", names.units.iter().filter_map(one).collect()))
}

/// The combinations of options: one, since no cell is split further.
pub(super) async fn option_combos(_: Caller, Query(asked): Query<Asked>) -> Json<Value> {
    let one = json!({
        "id": DEFAULT,
        "code": "default",
        "name": "default",
        "displayName": "default",
        "categoryCombo": { "id": CATEGORIES },
    });
    Paging::of(&asked).page("categoryOptionCombos", vec![one])
}

/// The combinations of categories: one.
pub(super) async fn combos(_: Caller, Query(asked): Query<Asked>) -> Json<Value> {
    let one = json!({
        "id": CATEGORIES,
        "code": "default",
        "name": "default",
        "displayName": "default",
        "isDefault": true,
        "categoryOptionCombos": [{ "id": DEFAULT }],
    });
    Paging::of(&asked).page("categoryCombos", vec![one])
}

pub(super) async fn info(State(desk): State<Desk>, _: Caller) -> Json<Value> {
    Json(json!({
        "version": "2.40.0",
        "revision": env!("CARGO_PKG_VERSION"),
        "systemName": "Tỉnh Số",
        "contextPath": format!("{}/dhis2", desk.address),
        "serverDate": desk.now().to_string(),
    }))
}

pub(super) async fn me(State(_): State<Desk>, caller: Caller) -> Json<Value> {
    Json(json!({
        "name": caller.name(),
        "displayName": caller.name(),
        "organisationUnits": [{ "id": org_unit(caller.agency()) }],
    }))
}
