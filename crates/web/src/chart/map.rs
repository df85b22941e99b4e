//! A map of our own: points or boundaries, with a shape for each state, and no tiles of others.

use maud::{Markup, html};

use super::{figures, nothing, scale::at};
use crate::{Words, tr};

/// Most places on one map: the communes of a large province, or the provinces of the country.
pub const PLACES_MAX: usize = 400;

/// Most names that are written on the map; the table has all.
const NAMES_MAX: usize = 16;

/// A map.
#[derive(Debug, Clone, Default)]
pub struct MapChart {
    /// What is shown: names the table.
    pub title: String,
    /// The finding in one sentence.
    pub finding: String,
    /// Head of the column of values.
    pub value: String,
    /// The places.
    pub places: Vec<Place>,
    /// What each class means, with how many there are: "Trên 95%: 82 nơi".
    pub keys: Vec<(Class, String)>,
}

/// A place.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// "Phổ Yên".
    pub name: String,
    /// Where it is.
    pub shape: Shape,
    /// How it stands.
    pub class: Class,
    /// Its figure, as it is written: "31".
    pub value: String,
    /// Where it leads.
    pub href: Option<String>,
}

/// Where a place is, in degrees of longitude and latitude (WGS 84).
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A point.
    Point(f64, f64),
    /// One or more outlines, each closed by itself.
    Area(Vec<Vec<(f64, f64)>>),
}

impl Default for Shape {
    fn default() -> Self {
        Self::Area(Vec::new())
    }
}

/// How a place stands. Each has a shape of its own, so that grey print reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Class {
    /// Nothing is known: a small dot.
    #[default]
    Unknown,
    /// Well: a ring.
    Fine,
    /// At risk: a triangle.
    Soon,
    /// Bad: a square with the figure in it.
    Late,
}

impl Class {
    fn name(self) -> &'static str {
        match self {
            Self::Unknown => "c-none",
            Self::Fine => "c-fine",
            Self::Soon => "c-soon",
            Self::Late => "c-late",
        }
    }
}

/// From degrees to paper: east to the right, north up, one scale for both by the middle latitude.
struct Paper {
    west: f64,
    north: f64,
    /// Paper for a degree of longitude, and of latitude.
    per: (f64, f64),
    width: f64,
    height: f64,
}

/// Room around the places, for their names.
const MARGIN: f64 = 40.0;

/// The map, its key and its table.
#[must_use]
pub fn map(words: &Words, chart: &MapChart) -> Markup {
    let places: Vec<&Place> = chart
        .places
        .iter()
        .filter(|place| centre(&place.shape).is_some())
        .take(PLACES_MAX)
        .collect();
    let Some(paper) = Paper::around(&places) else { return nothing(words) };
    let rows: Vec<Vec<String>> =
        places.iter().map(|place| vec![place.name.clone(), place.value.clone()]).collect();
    html! {
        figure.plot.of-places {
            (drawing(chart, &places, &paper))
            p.key { @for (class, meaning) in &chart.keys {
                span { svg viewBox="0 0 16 16" aria-hidden="true" { (sign(*class, 8.0, 8.0, "")) } (meaning) }
            } }
            (figures(words, &chart.title, &[tr!(words, "chart-place"), chart.value.clone()], &rows))
        }
    }
}

fn drawing(chart: &MapChart, places: &[&Place], paper: &Paper) -> Markup {
    let on_paper = |place: &Place| centre(&place.shape).map(|at| paper.place(at));
    // A picture has nothing to press in it.
    let role = if places.iter().any(|place| place.href.is_some()) { "group" } else { "img" };
    html! {
        svg viewBox={ "0 0 " (at(paper.width)) " " (at(paper.height)) } role=(role) aria-label=(chart.finding) {
            g.ground {
                @for place in places {
                    @if let (Shape::Point(..), Some((x, y))) = (&place.shape, on_paper(place)) {
                        circle cx=(at(x)) cy=(at(y)) r="36" {}
                    }
                }
            }
            @for place in places {
                @if let Shape::Area(outlines) = &place.shape {
                    path class={ "area " (place.class.name()) } d=(outline(outlines, paper)) { title { (said(place)) } }
                }
            }
            // Bad ones are drawn last, so that nothing covers them.
            @for class in [Class::Unknown, Class::Fine, Class::Soon, Class::Late] {
                @for place in places.iter().filter(|place| place.class == class) {
                    @if let Some((x, y)) = on_paper(place) { (marked(place, x, y)) }
                }
            }
            @for (name, x, y, anchor) in names(places, paper) {
                text.halo x=(at(x)) y=(at(y)) text-anchor=(anchor) { (name) }
            }
        }
    }
}

fn said(place: &Place) -> String {
    if place.value.is_empty() {
        place.name.clone()
    } else {
        format!("{}: {}", place.name, place.value)
    }
}

fn marked(place: &Place, x: f64, y: f64) -> Markup {
    // An area that is well shows it by its ground alone.
    let plain = matches!(place.shape, Shape::Area(_))
        && matches!(place.class, Class::Fine | Class::Unknown);
    let inner = html! {
        g { title { (said(place)) } @if plain { circle.c-here cx=(at(x)) cy=(at(y)) r="2" {} } @else { (sign(place.class, x, y, &place.value)) } }
    };
    match &place.href {
        Some(href) => html! { a href=(href) aria-label=(said(place)) { (inner) } },
        None => inner,
    }
}

/// The shape of a class around a place on paper.
fn sign(class: Class, x: f64, y: f64, value: &str) -> Markup {
    match class {
        Class::Unknown => html! { circle.c-none cx=(at(x)) cy=(at(y)) r="3" {} },
        Class::Fine => html! { circle.c-fine cx=(at(x)) cy=(at(y)) r="4.5" {} },
        Class::Soon => html! { path.c-soon d={ "M" (at(x)) " " (at(y - 7.0)) "l7.5 13h-15z" } {} },
        Class::Late => {
            #[expect(clippy::cast_precision_loss, reason = "a few digits")]
            let width = 13.0_f64.max(6.0 + 7.0 * value.chars().take(6).count() as f64);
            html! {
                rect.c-late x=(at(x - width / 2.0)) y=(at(y - 7.0)) width=(at(width)) height="14" rx="2" {}
                @if !value.is_empty() { text.c-late-value x=(at(x)) y=(at(y + 4.0)) text-anchor="middle" { (value) } }
            }
        }
    }
}

/// Names of bad places and of those at risk, as far as they do not lie on each other.
fn names(places: &[&Place], paper: &Paper) -> Vec<(String, f64, f64, &'static str)> {
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    let mut out = Vec::new();
    for class in [Class::Late, Class::Soon] {
        for place in places.iter().filter(|place| place.class == class) {
            let Some((x, y)) = centre(&place.shape).map(|at| paper.place(at)) else { continue };
            #[expect(clippy::cast_precision_loss, reason = "a short name")]
            let width = place.name.chars().count() as f64 * 6.6;
            let to_left = x > paper.width * 0.6;
            let from = if to_left { x - 14.0 - width } else { x + 14.0 };
            let free = taken.iter().all(|(left, right, height)| {
                (height - y).abs() >= 14.0 || from > *right || from + width < *left
            });
            if free && out.len() < NAMES_MAX {
                taken.push((from, from + width, y));
                let (at, anchor) = if to_left { (x - 14.0, "end") } else { (x + 14.0, "start") };
                out.push((place.name.clone(), at, y + 4.0, anchor));
            }
        }
    }
    out
}

fn outline(outlines: &[Vec<(f64, f64)>], paper: &Paper) -> String {
    let mut path = String::new();
    for ring in outlines {
        for (step, point) in ring.iter().enumerate() {
            let (x, y) = paper.place(*point);
            let sign = if step == 0 { 'M' } else { 'L' };
            path.push_str(&format!("{sign}{} {}", at(x), at(y)));
        }
        path.push('Z');
    }
    path
}

/// The middle of a place; nothing where it is nowhere on earth.
fn centre(shape: &Shape) -> Option<(f64, f64)> {
    let on_earth = |(east, north): &(f64, f64)| east.abs() <= 180.0 && north.abs() <= 85.0;
    match shape {
        Shape::Point(east, north) => Some((*east, *north)).filter(on_earth),
        Shape::Area(outlines) => {
            let largest = outlines.iter().max_by_key(|ring| ring.len())?;
            if largest.is_empty() || !largest.iter().all(on_earth) {
                return None;
            }
            let (west, east, south, north) = bounds(largest.iter().copied());
            Some((f64::midpoint(west, east), f64::midpoint(south, north)))
        }
    }
}

fn bounds(points: impl Iterator<Item = (f64, f64)>) -> (f64, f64, f64, f64) {
    let nowhere = (f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY);
    points.fold(nowhere, |(w, e, s, n), (x, y)| (w.min(x), e.max(x), s.min(y), n.max(y)))
}

impl Paper {
    fn around(places: &[&Place]) -> Option<Self> {
        if places.is_empty() {
            return None;
        }
        let points = places.iter().flat_map(|place| match &place.shape {
            Shape::Point(east, north) => vec![(*east, *north)],
            Shape::Area(outlines) => outlines.concat(),
        });
        let (west, east, south, north) = bounds(points);
        let slimmer = f64::midpoint(south, north).to_radians().cos();
        // One place alone still has a little land around it: about a kilometre.
        let (across, up) = (((east - west) * slimmer).max(0.01), (north - south).max(0.01));
        let per = (400.0 - 2.0 * MARGIN) / across;
        let per = per.min((700.0 - 2.0 * MARGIN) / up);
        Some(Self {
            west,
            north,
            per: (per * slimmer, per),
            width: across * per + 2.0 * MARGIN,
            height: up * per + 2.0 * MARGIN,
        })
    }

    fn place(&self, (east, north): (f64, f64)) -> (f64, f64) {
        (MARGIN + (east - self.west) * self.per.0, MARGIN + (self.north - north) * self.per.1)
    }
}
