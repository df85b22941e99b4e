//! Small parts that several pages show.

mod bullet;
mod chart;
mod dots;
mod judge;

pub(super) use bullet::{Bullet, bullet};
pub(super) use chart::way;
pub(super) use dots::{Dots, dots};
pub(super) use judge::{judged, judged_by, of_likelihood};

use desk::Desk;
use directory::Directory;
use indicators::Why;
use kernel::{Actor, AgencyId, Instant, PostId};
use maud::{Markup, html};
use scorecards::Number;
use web::{
    SignedIn, Words,
    components::clock::{self, ClockView},
};

use crate::{
    measures::Standing,
    model::{Measure, Target, Task},
    pages::HEAD,
};

/// An amount of đồng; it stays in one piece in the narrowest card.
pub(super) fn money(words: &Words, dong: u64) -> Markup {
    html! { span.num { (words.money(i64::try_from(dong).unwrap_or(i64::MAX))) } }
}

/// A figure of a target as people read it, with its unit.
pub(super) fn figure(words: &Words, desk: &Desk, target: &Target, value: &Number) -> String {
    match &target.measure {
        Measure::Indicator { code, .. } => match desk.definitions().get(code) {
            Some(indicator) => {
                let places = places(indicator.places);
                let number = words.decimal(value.to_f64(), places);
                match indicator.unit {
                    indicators::Unit::Count(_) | indicators::Unit::Ratio => number,
                    unit => {
                        words.t_with(&format!("figure-in-{}", unit.word()), &[("n", number.into())])
                    }
                }
            }
            None => words.decimal(value.to_f64(), 2),
        },
        Measure::Declared { unit, places } => {
            let space = if unit.is_empty() || unit == "%" { "" } else { "\u{a0}" };
            format!("{}{space}{unit}", words.decimal(value.to_f64(), usize::from(*places)))
        }
    }
}

/// A figure of a target, without its unit.
pub(super) fn bare(words: &Words, desk: &Desk, target: &Target, value: &Number) -> String {
    let decimals = match &target.measure {
        Measure::Indicator { code, .. } => {
            desk.definitions().get(code).map_or(2, |indicator| places(indicator.places))
        }
        Measure::Declared { places, .. } => usize::from(*places),
    };
    words.decimal(value.to_f64(), decimals)
}

/// The unit of a target's figures.
pub(super) fn unit(words: &Words, desk: &Desk, target: &Target) -> String {
    match &target.measure {
        Measure::Indicator { code, .. } => match desk.definitions().get(code) {
            Some(indicator) => words.t(&format!("programme-unit-{}", indicator.unit.word())),
            None => String::new(),
        },
        Measure::Declared { unit, .. } => unit.clone(),
    }
}

/// Decimals on a page: one is enough to see a month move.
fn places(places: u32) -> usize {
    places.min(1) as usize
}

/// Why there is no figure.
pub(super) fn why_none(words: &Words, why: Why) -> String {
    words.t(&format!("figure-none-{}", why.word().replace('_', "-")))
}

/// The newest figure of a standing, as a way to how it came about; or why there is none.
pub(super) fn newest(words: &Words, desk: &Desk, standing: &Standing) -> Markup {
    let target = &standing.target;
    let Some((actual, value)) = standing.newest() else {
        let none = || words.t("programme-no-figure");
        return html! { span.muted { (standing.why_none().map_or_else(none, |why| why_none(words, why))) } };
    };
    let text = figure(words, desk, target, value);
    let href = match (&target.measure, actual.period) {
        (Measure::Indicator { code, scope, .. }, Some(period)) => {
            desk::figure_page(code, scope, period)
        }
        _ => target.address(),
    };
    html! { a.num href=(href) { b { (text) } } }
}

/// The name of an agency; the agency that took over, where it ended.
pub(super) fn agency(directory: &Directory, id: AgencyId) -> String {
    directory.agency(id).map_or_else(String::new, |agency| agency.name.clone())
}

/// The short name of an agency.
pub(super) fn short(directory: &Directory, id: AgencyId) -> String {
    directory.agency(id).map_or_else(String::new, |agency| agency.short_name.clone())
}

/// Who sits in a seat, what is on the door, and where: "Lương Mạnh Cường, Chủ tịch UBND phường".
pub(super) fn seat(directory: &Directory, post: PostId, at: Instant) -> String {
    desk::refusal::seat(directory, post, at).unwrap_or_default()
}

/// Title and agency of a seat: "Thủ trưởng cơ quan, Sở Tư pháp".
pub(super) fn door(directory: &Directory, post: PostId) -> String {
    let Some(post) = directory.post(post) else { return String::new() };
    let agency = short(directory, post.agency);
    let title = &post.title;
    if title.contains(&agency) { title.clone() } else { format!("{title}, {agency}") }
}

/// A head, as a way to their page.
pub(super) fn head_link(directory: &Directory, post: PostId, at: Instant) -> Markup {
    let today = crate::queries::seat_today(directory, post);
    let name = directory.holder(today, at).map(|person| person.name.as_str());
    html! {
        a href={ (HEAD) "/" (today) } { (door(directory, today)) }
        @if let Some(name) = name { span.small.muted { br; (name) } }
    }
}

/// The name of whoever did something.
pub(super) fn actor(directory: &Directory, actor: &Actor) -> String {
    match actor {
        Actor::Officer { person, post, .. } => {
            let name = directory.person(*person).map_or("", |person| person.name.as_str());
            let title = directory.post(*post).map_or("", |post| post.title.as_str());
            format!("{name}, {title}")
        }
        other => other.to_string(),
    }
}

/// The clock of a task's case.
pub(super) fn clock_of(desk: &Desk, me: &SignedIn, task: &Task) -> Option<ClockView> {
    use web::components::clock::{ClockState, Finish};
    let case = task.case.as_ref()?;
    let due = case.due?;
    if let Some(ended) = case.ended {
        let finish = match (ended <= due, kernel::today(ended) < kernel::today(due)) {
            (true, true) => Finish::Early,
            (true, false) => Finish::OnTime,
            (false, _) => Finish::Late,
        };
        return Some(ClockView { state: ClockState::Done(finish), ..ClockView::default() });
    }
    let moment = desk.moment();
    let calendar = moment.calendars.agency(case.agency);
    Some(if me.now > due {
        let minutes = desk::clock::whole_minutes(calendar.elapsed(due, me.now));
        ClockView::new(ClockState::Late, minutes)
    } else {
        let soon = case.soon.is_some_and(|soon| soon <= me.now);
        let minutes = desk::clock::whole_minutes(calendar.elapsed(me.now, due));
        ClockView::new(if soon { ClockState::Soon } else { ClockState::Ok }, minutes)
    })
}

/// The chip of a task's clock; what was not issued yet has none.
pub(super) fn task_chip(desk: &Desk, me: &SignedIn, task: &Task) -> Markup {
    html! {
        @if let Some(view) = clock_of(desk, me, task) { (clock::chip(&me.words, &view)) }
        @else { span.muted { (me.words.t("programme-task-draft")) } }
    }
}

/// How well the figures of a target are proved, where that is not computed from the journal.
pub(super) fn proof(words: &Words, standing: &Standing) -> Markup {
    use web::components::tile::{self, Grade};
    let declared = matches!(standing.target.measure, Measure::Declared { .. });
    let grade = standing.newest().map_or(Grade::C, |(actual, _)| actual.grade);
    html! { @if declared { (tile::grade(words, grade)) } @else { (tile::grade(words, Grade::A)) } }
}

/// A head in one line, as a way to their page.
pub(super) fn head_line(directory: &Directory, post: PostId, at: Instant) -> Markup {
    let today = crate::queries::seat_today(directory, post);
    let name = directory.holder(today, at).map_or("", |person| person.name.as_str());
    html! { a href={ (HEAD) "/" (today) } { (door(directory, today)) } ", " (name) }
}

/// A place for papers as evidence.
pub(super) fn papers(words: &Words, name: &str, fault: Option<&str>) -> Markup {
    use web::components::drop::{Drop, drop};
    let view = Drop {
        name: name.to_owned(),
        kinds: words.t("programme-papers-kinds"),
        accept: ".pdf,.jpg,.jpeg,.png,.xlsx,.docx".to_owned(),
        bytes_max: files::UPLOAD_BYTES_MAX,
        several: true,
        fault: fault.map(str::to_owned),
        ..Drop::default()
    };
    drop(words, &view)
}
