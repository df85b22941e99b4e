//! What happened, newest first. A gap between happened and recorded is said in words; a pause is
//! in sim.

use maud::{Markup, html};

use crate::{Icon, icon};

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct Happening {
    /// Drawn on the line.
    pub icon: Icon,
    /// How it is drawn.
    pub kind: HappeningKind,
    /// "Nhận bổ sung: bản vẽ mặt bằng có kích thước".
    pub what: String,
    /// Persons and posts.
    pub who: String,
    /// "20/11, 16:05", "từ 20/11, 16:05".
    pub when: String,
    /// What followed from it, and how late it was recorded; may hold links.
    pub consequence: Markup,
}

/// How a happening is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HappeningKind {
    /// It is over.
    #[default]
    Past,
    /// It goes on now.
    Current,
    /// It stopped the clock.
    Pause,
}

/// The line of happenings.
#[must_use]
pub fn timeline(happenings: &[Happening]) -> Markup {
    html! {
        ol.tl {
            @for it in happenings {
                li.cur[it.kind == HappeningKind::Current].h[it.kind == HappeningKind::Pause] {
                    (icon(it.icon))
                    b { (it.what) }
                    span.w { span { (it.who) } time { (it.when) } }
                    (it.consequence)
                }
            }
        }
    }
}
