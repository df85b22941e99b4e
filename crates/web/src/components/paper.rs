//! The receipt as a sheet of paper: the promised time biggest, why this time, the hands it will
//! pass through. On screen it fills beside the form, so that the clerk sees the promise before
//! making it; after receipt it carries code, QR and secret.

use maud::{Markup, html};

use super::{
    clock::{self, ClockView},
    kv,
};
use crate::{Words, tr};

/// A receipt, or its preview.
#[derive(Debug, Clone, Default)]
pub struct Paper {
    /// "Giấy hẹn trả kết quả".
    pub title: String,
    /// What is due then, where it is not the result.
    pub due_is: Option<String>,
    /// "16:30 hôm nay".
    pub due: String,
    /// "Thứ Hai, 23/11/2026".
    pub day: String,
    /// Time left until then.
    pub clock: Option<ClockView>,
    /// Why this time, and what is not counted.
    pub why: String,
    /// Fee, sets, who decides.
    pub facts: Vec<(String, String)>,
    /// Holder and hours: ("Ma Văn Khánh, hộ tịch", "4 giờ").
    pub hands: Vec<(String, String)>,
    /// Given when it is received.
    pub given: Option<Given>,
}

/// What is given when a dossier is received.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// "H55.62-261123-0047".
    pub code: String,
    /// The word that opens the tracking page, said once.
    pub secret: Option<String>,
    /// A drawing of the code, as SVG without style attributes.
    pub qr: Option<Markup>,
}

/// The sheet; `acts` are the buttons at its foot.
#[must_use]
pub fn paper(words: &Words, paper: &Paper, acts: Markup) -> Markup {
    html! {
        aside.card.paper aria-labelledby="paper" {
            h2 #paper { (paper.title) }
            p.muted { (paper.due_is.clone().unwrap_or_else(|| tr!(words, "paper-due"))) }
            p.due.num { (paper.due) }
            p { (paper.day) }
            @if let Some(clock) = &paper.clock { p.gap { (clock::chip(words, clock)) } }
            @if !paper.why.is_empty() { p.muted.small { (paper.why) } }
            @if let Some(given) = &paper.given { (given_markup(words, given)) }
            (kv::kv(&paper.facts))
            @if !paper.hands.is_empty() {
                h3.small.muted { (tr!(words, "paper-hands")) }
                ol.mini { @for (who, time) in &paper.hands { li { span { (who) } span.num { (time) } } } }
            }
            div.acts { (acts) }
        }
    }
}

fn given_markup(words: &Words, given: &Given) -> Markup {
    html! {
        div.given {
            div {
                p.muted.small { (tr!(words, "paper-code")) }
                p { b.num { (given.code) } }
                @if let Some(secret) = &given.secret {
                    p.muted.small { (tr!(words, "paper-secret")) }
                    p.secret.num { (secret) }
                    p.muted.small { (tr!(words, "paper-secret-hint")) }
                }
            }
            @if let Some(qr) = &given.qr { div.qr { (qr) } }
        }
    }
}
