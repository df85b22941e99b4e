//! The sentence at the top, the tiles, and how the agency compares: figures of the cube, each a way
//! to how it came about.

use desk::Desk;
use indicators::{Exact, Value};
use kernel::today;
use maud::{Markup, html};
use web::{
    SignedIn, Words,
    components::{
        empty,
        tile::{self, Figure, Grade, Judgement, TileView},
    },
    tr,
};

use super::super::{HEAD, parts};
use crate::{
    head::{Compared, Sheet, Tile, period, quarter},
    model::month_words,
};

/// The paragraph that can be read aloud.
pub(super) fn lead(desk: &Desk, me: &SignedIn, sheet: &Sheet) -> Markup {
    let said = sentences(desk, &me.words, &parts::short(&me.directory, sheet.agency), sheet);
    html! { p.lead { @for sentence in said { (web::i18n::rich(&sentence)) " " } } }
}

/// What a simulation says of the end of the week, beside what is late now; none where none ran.
pub(super) fn foreseen(words: &Words, sheet: &Sheet) -> Option<String> {
    let ahead = sheet.ahead.filter(|_| !sheet.is_past())?;
    let late = i64::try_from(sheet.late.1).unwrap_or(i64::MAX);
    let dossiers = sheet.running_late.map_or(0, |n| n.parts().0);
    let whole = |n: f64| words.decimal(n.round(), 0);
    Some(tr!(
        words,
        "programme-lead-foreseen",
        late = words.number(late),
        dossiers = words.number(dossiers),
        day = words.date_short(ahead.day.date),
        n = whole(ahead.day.median),
        low = whole(ahead.day.low),
        high = whole(ahead.day.high)
    ))
}

/// Its sentences, with what weighs in it between stars.
pub(in crate::pages) fn sentences(
    _desk: &Desk,
    words: &Words,
    agency: &str,
    sheet: &Sheet,
) -> Vec<String> {
    let month = month_words(sheet.month);
    let mut said = vec![match sheet.finished {
        Some((all, late)) if all > 0 => {
            let tile = sheet.tiles.first();
            // The figure of the tile itself, so that both are rounded alike.
            let share = tile.and_then(|tile| tile.now.ok()).map(|it| percent(words, it));
            let share = share.or_else(|| words.percent(all - late, all)).unwrap_or_default();
            let compared = tile.and_then(|tile| difference(words, tile));
            let compared =
                compared.map_or_else(String::new, |(text, _)| format!(", {}", lower(&text)));
            tr!(
                words,
                "programme-lead-on-time",
                month = month,
                agency = agency,
                share = share,
                part = words.number(all - late),
                whole = words.number(all),
                compared = compared
            )
        }
        _ => tr!(words, "programme-lead-nothing", month = month, agency = agency),
    }];
    if sheet.is_past() {
        said.extend(late_then(words, sheet));
        return said;
    }
    said.extend(of_now(words, sheet));
    said
}

/// What was late at the end of a month that is over; none where that was not counted.
fn late_then(words: &Words, sheet: &Sheet) -> Option<String> {
    let month = month_words(sheet.month);
    Some(match sheet.late_then.ok()?.parts().0 {
        0 => tr!(words, "programme-lead-none-late-then", month = month),
        n => tr!(words, "programme-lead-late-then", month = month, n = words.number(n)),
    })
}

/// What is late, may become late and waits at this moment.
fn of_now(words: &Words, sheet: &Sheet) -> [String; 2] {
    let late = i64::try_from(sheet.late.1).unwrap_or(i64::MAX);
    let risk = i64::try_from(sheet.risks.all).unwrap_or(i64::MAX);
    let until = words.date_short(today(sheet.until - jiff::SignedDuration::from_secs(1)));
    let late = match (late, risk) {
        _ if sheet.ahead.is_some() => foreseen(words, sheet).unwrap_or_default(),
        (0, 0) => tr!(words, "programme-lead-none-late"),
        _ => tr!(
            words,
            "programme-lead-late",
            late = words.number(late),
            risk = words.number(risk),
            day = until
        ),
    };
    let waiting = i64::try_from(sheet.waiting.1).unwrap_or(i64::MAX);
    let waiting = match waiting {
        0 => tr!(words, "programme-lead-none-waiting"),
        n => tr!(words, "programme-lead-waiting", n = words.number(n)),
    };
    [late, waiting]
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|c| c.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// How the month differs from the month before, in words, and whether that is good.
pub(in crate::pages) fn difference(words: &Words, tile: &Tile) -> Option<(String, Judgement)> {
    let (now, before) = (tile.now.ok()?.to_f64(), tile.before.ok()?.to_f64());
    let tenths = ((now - before) * 10.0).round();
    let points = words.decimal(tenths.abs() / 10.0, 1);
    Some(if tenths > 0.0 {
        (tr!(words, "programme-more", points = points), Judgement::Good)
    } else if tenths < 0.0 {
        (tr!(words, "programme-less", points = points), Judgement::Bad)
    } else {
        (tr!(words, "programme-same"), Judgement::None)
    })
}

/// The main figures of the month.
pub(super) fn tiles(desk: &Desk, me: &SignedIn, sheet: &Sheet) -> Markup {
    let month = period(sheet.month);
    let fresh = sheet.as_of.map(|at| me.words.moment_near(at, me.now)).unwrap_or_default();
    let views: Vec<TileView> = sheet
        .tiles
        .iter()
        .map(|it| {
            let (comparison, judgement) = match it.now {
                Ok(_) => difference(&me.words, it).unwrap_or_default(),
                Err(why) => (parts::why_none(&me.words, why), Judgement::None),
            };
            let count = me.words.number(it.of);
            let href = desk::figure_page(it.code, &sheet.scope, month);
            TileView {
                name: name(desk, me, it.code),
                grade: Grade::A,
                figure: value(&me.words, it.now),
                comparison,
                judgement,
                freshness: fresh.clone(),
                opens: Some((opens(me, it, &count), href)),
            }
        })
        .collect();
    tile::tiles(&me.words, &tr!(me, "programme-main-figures"), &views)
}

fn opens(me: &SignedIn, it: &Tile, count: &str) -> String {
    let key = match it.code.split('.').next() {
        Some("feedback") => "programme-opens-reports",
        Some("citizen") => "programme-opens-answers",
        _ => "programme-opens-dossiers",
    };
    if it.now.is_ok() { tr!(me, key, n = count) } else { tr!(me, "programme-opens") }
}

fn value(words: &Words, value: Value) -> Figure {
    match value {
        Ok(exact) => Figure::Value(shown(words, exact), "%".to_owned()),
        Err(_) => Figure::Value("–".to_owned(), String::new()),
    }
}

/// A share as this page shows it: one decimal, rounded the same everywhere.
fn shown(words: &Words, share: Exact) -> String {
    words.decimal(share.to_f64(), 1)
}

/// The same with its sign.
pub(super) fn percent(words: &Words, share: Exact) -> String {
    format!("{}%", shown(words, share))
}

/// The short name of a figure on this page; the one of its definition where it has none.
pub(in crate::pages) fn name(desk: &Desk, me: &SignedIn, code: &str) -> String {
    let key = format!("programme-figure-{}", code.replace(['.', '_'], "-"));
    if me.words.has(&key) {
        return me.words.t(&key);
    }
    desk.definitions().get(code).map_or_else(String::new, |one| one.name.clone())
}

/// How it compares with itself and with others of its kind.
pub(super) fn compared(desk: &Desk, me: &SignedIn, sheet: &Sheet) -> Markup {
    let peers = sheet.compared.first().map_or(0, |one| one.peers);
    let title =
        if peers == 0 { tr!(me, "programme-compared-self") } else { tr!(me, "programme-compared") };
    let drawn = sheet.compared.iter().any(|one| one.now.is_ok());
    html! {
        section.card.peer aria-labelledby="compared" {
            h2 #compared { (title) }
            @if !drawn { (empty::empty(&tr!(me, "programme-compared-empty"), None)) }
            @for one in &sheet.compared { (strip(desk, me, sheet, one)) }
            @if drawn && peers > 0 { p.small.muted { (tr!(me, "programme-compared-note")) } }
            @if drawn && peers == 0 { p.small.muted { (tr!(me, "programme-compared-note-self")) } }
            p.small { a href="/du-bao" { (tr!(me, "programme-outlook")) } " · " a href="/cham-diem" { (tr!(me, "programme-scores")) } }
        }
    }
}

fn strip(desk: &Desk, me: &SignedIn, sheet: &Sheet, one: &Compared) -> Markup {
    let (words, title) = (&me.words, name(desk, me, one.code));
    let quarter = quarter(sheet.month, 0);
    let href = desk::figure_page(one.code, &sheet.scope, quarter);
    let period = desk::period_text(words, quarter);
    match one.now {
        Err(why) => html! {
            p { a href=(href) { (title) } ", " (period) ": " span.muted { (parts::why_none(words, why)) } }
        },
        Ok(now) => {
            let now = now.to_f64();
            let before = one.before.ok().map(indicators::Exact::to_f64);
            let was = before.map(|was| words.decimal(was, 1));
            let was = was.unwrap_or_else(|| tr!(me, "programme-no-figure"));
            let (known, peers) = (one.others.len(), one.peers);
            let finding = finding(desk, me, one).unwrap_or_default();
            let others = one.others.iter().map(|other| other.to_f64()).collect();
            html! {
                p { a href=(href) { (title) ", %" } span.small.muted { " " (period) "; " (tr!(me, "programme-was", n = was))
                    @if peers > 0 { "; " (tr!(me, "programme-peers-known", n = known, all = peers)) } } }
                (parts::dots(words, &parts::Dots { finding, now, before, others }))
            }
        }
    }
}

/// The way to the list of cases behind a number of this page.
pub(super) fn list_of(sheet: &Sheet, kind: &str) -> String {
    format!("{HEAD}/{}/viec?loai={kind}", sheet.seat)
}

/// What a comparison finds, in one sentence; none without a figure.
pub(in crate::pages) fn finding(desk: &Desk, me: &SignedIn, one: &Compared) -> Option<String> {
    let now = one.now.ok()?.to_f64();
    let was = one.before.ok().map(|was| me.words.decimal(was.to_f64(), 1));
    let was = was.unwrap_or_else(|| tr!(me, "programme-no-figure"));
    let (name, better) =
        (name(desk, me, one.code), one.others.iter().filter(|other| other.to_f64() > now).count());
    let shown = me.words.decimal(now, 1);
    if one.others.is_empty() {
        return Some(tr!(me, "programme-compared-alone", name = name, now = shown, before = was));
    }
    Some(tr!(
        me,
        "programme-compared-finding",
        name = name,
        now = shown,
        before = was,
        better = better,
        others = one.others.len()
    ))
}
