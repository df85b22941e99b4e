//! A map of our own: communes as circles of their size, reports as marks, drawn on the server. It
//! shows where reports are, and takes a point where somebody taps, with no script and no tiles of
//! others.

use axum::{
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use kernel::PlaceCode;
use maud::{Markup, html};
use serde::Deserialize;
use web::{MaybeCitizen, http::Problem, page, tr};

use super::{PUBLIC, list::Address, parts};
use crate::{
    Feedback, Result,
    geo::{Point, Spot, spots},
    model::Report,
    queries,
};

/// Points of the drawing.
pub(super) const WIDTH: f64 = 704.0;
pub(super) const HEIGHT: f64 = 704.0;
/// Points of the picture that is tapped on: it is never scaled, since browsers send points of the
/// picture as it is shown.
pub(super) const TAP: f64 = 320.0;
/// A part of a hundred in which somebody points: about this many metres.
const NEAR_METRES: f64 = 4_000.0;

/// What a map shows: a square of the earth.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    /// The middle.
    pub(super) middle: Point,
    /// Half of its height, in metres.
    pub(super) metres: f64,
}

impl View {
    /// The whole of a province.
    pub(super) fn of_province(feedback: &Feedback) -> Option<Self> {
        let directory = feedback.front.directory.get();
        let province = feedback.province()?;
        let communes = directory.places().communes(&province);
        let points: Vec<Point> =
            communes.filter_map(|place| Some(spots().get(&place.code)?.point)).collect();
        let bound = |of: fn(&Point) -> f64| {
            let values = points.iter().map(of);
            values.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)))
        };
        let (north, east) = (bound(|p| p.north), bound(|p| p.east));
        let middle = Point::new((north.0 + north.1) / 2.0, (east.0 + east.1) / 2.0)?;
        let corner = Point::new(north.1, east.1)?;
        Some(Self { middle, metres: middle.metres_to(corner) * 0.82 + 5_000.0 })
    }

    /// The surroundings of a point.
    pub(super) const fn around(middle: Point) -> Self {
        Self { middle, metres: NEAR_METRES }
    }

    fn scale(self) -> f64 {
        HEIGHT / 2.0 / self.metres
    }

    /// Where a point is drawn.
    fn place(self, point: Point) -> (f64, f64) {
        let east = (point.east - self.middle.east) * self.middle.north.to_radians().cos();
        let north = point.north - self.middle.north;
        let metres = |degrees: f64| degrees * 111_320.0 * self.scale();
        (WIDTH / 2.0 + metres(east), HEIGHT / 2.0 - metres(north))
    }

    /// The point that was tapped.
    pub(super) fn point(self, x: f64, y: f64) -> Option<Point> {
        let degrees = |points: f64| points / self.scale() / 111_320.0;
        let east = degrees(x - WIDTH / 2.0) / self.middle.north.to_radians().cos();
        let north = degrees(HEIGHT / 2.0 - y);
        Point::new(self.middle.north + north, self.middle.east + east)
    }
}

pub(super) async fn page(
    State(feedback): State<Feedback>,
    me: MaybeCitizen,
    Query(address): Query<Address>,
) -> Result<Response, Problem> {
    let (shared, asked) = (feedback.clone(), address.asked());
    let here = asked.place.clone();
    let read = feedback.front.store.read(move |tx| queries::map_points(tx, &shared, &asked));
    let reports = read.await?;
    let view = match here.as_ref().and_then(|place| spots().get(place)) {
        Some(spot) => Some(View { middle: spot.point, metres: spot.reach * 1.6 }),
        None => View::of_province(&feedback),
    };
    let mut ctx = me.page();
    ctx.place.unit = tr!(ctx, "feedback-title");
    let open = reports.iter().filter(|report| report.is_open).count();
    let said = tr!(ctx, "feedback-map-says", all = reports.len(), open = open);
    let main = html! {
        p { a.bk href=(address.at(PUBLIC, &[])) { (tr!(ctx, "feedback-list")) } }
        h1 { (tr!(ctx, "feedback-map")) }
        p.muted { (said) }
        @if let Some(view) = view {
            figure.card.map {
                (drawing(&feedback, &ctx.words, view, &reports, &said, &address))
                figcaption.small.muted { (tr!(ctx, "feedback-map-legend")) }
            }
        }
    };
    Ok(page::citizen(&ctx, &tr!(ctx, "feedback-map"), main).into_response())
}

fn drawing(
    feedback: &Feedback,
    words: &web::Words,
    view: View,
    reports: &[Report],
    said: &str,
    address: &Address,
) -> Markup {
    let directory = feedback.front.directory.get();
    html! {
        svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="group" aria-label=(said) {
            (communes(feedback, view, Some(address)))
            @for report in reports {
                @if let Some((point, exact)) = point_of(report) {
                    @let (x, y) = view.place(point);
                    @if (0.0..=WIDTH).contains(&x) && (0.0..=HEIGHT).contains(&y) {
                        a href={ (PUBLIC) "/" (report.code) } {
                            title {
                                (parts::category(words, report.category)) ", "
                                (parts::place(&directory, report.place.as_ref())) ": "
                                (parts::state(words, report.state))
                            }
                            (mark(report, x, y, exact))
                        }
                    }
                }
            }
        }
    }
}

/// Where a report is drawn, and whether that is where it is: without a point it stands at its
/// commune, each at a place of its own around the middle.
fn point_of(report: &Report) -> Option<(Point, bool)> {
    if let Some(point) = report.point {
        return Some((point, true));
    }
    let spot = spots().get(report.place.as_ref()?)?;
    let (_, low) = report.case.uuid().as_u64_pair();
    let angle = (low % 628) as f64 / 100.0;
    let away = spot.reach * 0.35 / 111_320.0;
    let north = spot.point.north + angle.sin() * away;
    let point = Point::new(north, spot.point.east + angle.cos() * away)?;
    Some((point, false))
}

/// Open is a filled circle, late a square, over a ring: the shapes differ, not only the colours.
fn mark(report: &Report, x: f64, y: f64, exact: bool) -> Markup {
    let class = match (report.is_open, report.escalated_at.is_some(), exact) {
        (true, true, _) => "late",
        (true, false, true) => "open",
        (true, false, false) => "open about",
        (false, _, _) => "over",
    };
    html! {
        @if class == "late" {
            rect.late x=(round(x - 6.0)) y=(round(y - 6.0)) width="12" height="12" {}
        } @else {
            circle class=(class) cx=(round(x)) cy=(round(y)) r="6.5" {}
        }
    }
}

/// The communes in a view, with the names of those that have room for one.
fn communes(feedback: &Feedback, view: View, address: Option<&Address>) -> Markup {
    let directory = feedback.front.directory.get();
    let Some(province) = feedback.province() else { return html! {} };
    let places: Vec<_> = directory
        .places()
        .communes(&province)
        .filter_map(|place| Some((place, spots().get(&place.code)?)))
        .collect();
    html! {
        @for (place, spot) in &places {
            @let (x, y) = view.place(spot.point);
            @let r = spot.reach * view.scale();
            @if x > -r && x < WIDTH + r && y > -r && y < HEIGHT + r {
                @if let Some(address) = address {
                    a href=(of_commune(address, &place.code)) {
                        title { (place.name) }
                        circle.commune cx=(round(x)) cy=(round(y)) r=(round(r)) {}
                    }
                } @else {
                    circle.commune cx=(round(x)) cy=(round(y)) r=(round(r)) {}
                }
                @if r > 34.0 {
                    text x=(round(x)) y=(round(y)) fill="currentColor" stroke="none" { (place.bare_name()) }
                }
            }
        }
    }
}

fn of_commune(address: &Address, place: &PlaceCode) -> String {
    let narrowed = Address { xa: place.as_str().to_owned(), ..address.clone() };
    narrowed.at("/phan-anh/ban-do", &[])
}

/// Which part of the map is asked for as a picture.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Part {
    n: f64,
    e: f64,
    m: f64,
    #[serde(default)]
    pn: Option<f64>,
    #[serde(default)]
    pe: Option<f64>,
}

/// A part of the map, as a picture.
pub(super) async fn svg(
    State(feedback): State<Feedback>,
    Query(part): Query<Part>,
) -> Result<Response, Problem> {
    let middle = Point::new(part.n, part.e).ok_or_else(Problem::not_found)?;
    let metres = part.m.clamp(500.0, 500_000.0);
    let marked = part.pn.zip(part.pe).and_then(|(n, e)| Point::new(n, e));
    let drawn = picture(&feedback, View { middle, metres }, marked);
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], drawn).into_response())
}

/// The address of a part of the map.
pub(super) fn picture_at(view: View, marked: Option<Point>) -> String {
    let View { middle, metres } = view;
    let mark = marked.map(|p| format!("&pn={:.5}&pe={:.5}", p.north, p.east));
    let mark = mark.unwrap_or_default();
    format!("/phan-anh/ban-do.svg?n={:.5}&e={:.5}&m={metres:.0}{mark}", middle.north, middle.east)
}

/// A map to tap on, as the picture of a button: browsers send where it was tapped.
fn picture(feedback: &Feedback, view: View, marked: Option<Point>) -> String {
    let drawn = html! {
        (communes(feedback, view, None))
        @if let Some(point) = marked {
            @let (x, y) = view.place(point);
            circle cx=(round(x)) cy=(round(y)) r="8" fill="#a8201a" stroke="#fff" {}
        }
    };
    // Attributes, since the policy of the house forbids styles inside.
    let whole = html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (WIDTH) " " (HEIGHT) }
            width=(TAP) height=(TAP) font-family="sans-serif" font-size="13" {
            rect width=(WIDTH) height=(HEIGHT) fill="#faf8f3" {}
            g fill="#e8eef7" stroke="#7d786f" text-anchor="middle" { (drawn) }
        }
    };
    whole.into_string()
}

fn round(value: f64) -> String {
    format!("{value:.1}")
}

/// How far a commune reaches, to begin a map there.
pub(super) fn view_of(spot: &Spot) -> View {
    View { middle: spot.point, metres: (spot.reach * 1.3).clamp(1_500.0, 30_000.0) }
}
