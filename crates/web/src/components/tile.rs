//! The figure tile: name, grade of evidence, figure, comparison in words, freshness, link.

use maud::{Markup, html};

use crate::{Words, tr};

/// A figure with everything that makes it believable. At most six stand together.
#[derive(Debug, Clone, Default)]
pub struct TileView {
    /// "Đúng hạn, tháng 11".
    pub name: String,
    /// What stands behind the figure.
    pub grade: Grade,
    /// What is shown.
    pub figure: Figure,
    /// "Hơn quý trước 2,7 điểm".
    pub comparison: String,
    /// Whether that is good or bad; most things are neither.
    pub judgement: Judgement,
    /// How old: "09:13 hôm nay", "412 phiếu trả lời".
    pub freshness: String,
    /// Label and address of the cases behind it: "1.244 hồ sơ".
    pub opens: Option<(String, String)>,
}

/// What a tile shows.
#[derive(Debug, Clone, Default)]
pub enum Figure {
    /// A figure and its unit, already written: ("96,8", "%").
    Value(String, String),
    /// The last figure of a source that has been silent for so many minutes.
    Silent(String, String, i64),
    /// There is none, and why: "chưa đến kỳ". Never shown as zero.
    None(String),
    /// Nobody has answered: never shown as 100%.
    #[default]
    Empty,
}

/// What stands behind a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grade {
    /// Computed from the journal.
    #[default]
    A,
    /// A signed document, checked by a second person.
    B,
    /// Declared by the agency itself.
    C,
}

/// Whether a comparison is good or bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Judgement {
    /// Neither.
    #[default]
    None,
    /// Better than compared with.
    Good,
    /// Worse than compared with.
    Bad,
}

/// Tiles together, under a name for screen readers.
#[must_use]
pub fn tiles(words: &Words, name: &str, tiles: &[TileView]) -> Markup {
    html! {
        section.tiles aria-label=(name) {
            h2.vh { (name) }
            @for it in tiles { (tile(words, it)) }
        }
    }
}

/// One tile.
#[must_use]
pub fn tile(words: &Words, it: &TileView) -> Markup {
    let silent = matches!(it.figure, Figure::Silent(..));
    html! {
        article.tile.stale[silent] {
            h3 { (it.name) (grade(words, it.grade)) }
            @match &it.figure {
                Figure::Value(value, unit) | Figure::Silent(value, unit, _) => {
                    p.v.num { (value) @if !unit.is_empty() { small { (unit) } } }
                }
                Figure::None(why) => { p.v.none { (why) } }
                Figure::Empty => { p.v.none { (tr!(words, "tile-empty")) } }
            }
            @if let Figure::Silent(_, _, minutes) = it.figure {
                p.d { (tr!(words, "tile-silent", time = elapsed(words, minutes))) }
            } @else if !it.comparison.is_empty() {
                p.d.up[it.judgement == Judgement::Good].dn[it.judgement == Judgement::Bad] { (it.comparison) }
            }
            p.foot {
                span { (it.freshness) }
                @if let Some((label, href)) = &it.opens { a href=(href) { (label) } }
            }
        }
    }
}

/// The letter of a grade, with its spoken name.
#[must_use]
pub fn grade(words: &Words, grade: Grade) -> Markup {
    let (letter, class, meaning) = match grade {
        Grade::A => ("A", "grade a", tr!(words, "grade-a")),
        Grade::B => ("B", "grade b", tr!(words, "grade-b")),
        Grade::C => ("C", "grade c", tr!(words, "grade-c")),
    };
    html! { abbr class=(class) title=(meaning) aria-label=(meaning) role="img" { (letter) } }
}

/// Silence runs day and night: hours of the clock, not of work.
fn elapsed(words: &Words, minutes: i64) -> String {
    let (key, n) = match minutes {
        m if m < 120 => ("fmt-minutes", m),
        m if m < 48 * 60 => ("fmt-hours", m / 60),
        m => ("fmt-days", m / (24 * 60)),
    };
    words.t_with(key, &[("n", n.into())])
}
