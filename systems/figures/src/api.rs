//! Figures for programs: the same as on the pages, as JSON, to whoever is signed in and may see
//! them.

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    routing::get,
};
use desk::Desk;
use serde_json::{Value, json};
use web::{SignedIn, http::Problem};

use crate::{asked::Asked, queries};

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/api/v1/indicators", get(definitions))
        .route("/api/v1/indicators/{code}/figure", get(figure))
}

/// Every definition.
async fn definitions(State(desk): State<Desk>, _me: SignedIn) -> Json<Value> {
    let all: Vec<Value> = desk
        .definitions()
        .iter()
        .map(|one| {
            json!({
                "code": one.code, "name": one.name, "name_en": one.name_en,
                "concept": one.concept, "unit": one.unit.word(), "places": one.places,
                "formula": one.formula_text, "direction": one.direction.word(),
                "grade": one.grade.word(), "legal_basis": one.legal_basis,
                "dimensions": one.dimensions.iter().map(|d| d.word()).collect::<Vec<_>>(),
                "valid_from": one.valid_from.to_string(),
                "valid_to": one.valid_to.map(|day| day.to_string()),
            })
        })
        .collect();
    Json(json!({ "indicators": all }))
}

/// One figure: `cua` says of whom, `ky` in which period. The value is an exact fraction as text and
/// the number as it is published; where there is none, `why` says why.
async fn figure(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Json<Value>, Problem> {
    let view = asked.view(&desk, &me);
    view.may_see(&desk, &me)?;
    let places = desk.indicator(&code)?.places;
    let (shared, looked, of) = (desk.clone(), view.clone(), code);
    let read = desk.front.store.read(move |tx| queries::shown(tx, &shared, &of, &looked));
    let shown = read.await?;
    let parts: Vec<Value> = shown
        .figure
        .parts
        .iter()
        .map(|(opening, n)| json!({ "fact": opening.reference.to_string(), "n": n }))
        .collect();
    Ok(Json(json!({
        "indicator": shown.figure.indicator,
        "of": view.scope.to_string(),
        "period": view.period.to_string(),
        "value": shown.figure.value.ok().map(|value| value.text(places)),
        "exact": shown.figure.value.ok().map(|value| value.to_string()),
        "why": shown.figure.value.err().map(|why| why.word()),
        "grade": shown.figure.grade.word(),
        "as_of": {
            "pos": shown.figure.as_of.pos,
            "recorded": shown.figure.as_of.recorded.map(|at| at.to_string()),
            "behind": shown.figure.as_of.behind,
        },
        "parts": parts,
    })))
}
