//! What has just been done, in the flow of the page, with the way to undo it.

use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use crate::{Icon, PageContext, icon, page::csrf_field, tr};

/// A message about the action before this page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// How it went.
    pub kind: FlashKind,
    /// "Đã trình ký hồ sơ …-0009 cho bà Trần Thu Hà."
    pub text: String,
    /// Where undoing is sent (POST); undo is a new event, offered until someone else has acted.
    pub undo: Option<String>,
}

/// How an action went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FlashKind {
    /// Done.
    Done,
    /// Done, with something to know.
    Notice,
    /// Not done.
    Failed,
}

impl Flash {
    /// Something was done.
    #[must_use]
    pub fn done(text: impl Into<String>) -> Self {
        Self { kind: FlashKind::Done, text: text.into(), undo: None }
    }

    /// Something was done, and there is something to know about it.
    #[must_use]
    pub fn notice(text: impl Into<String>) -> Self {
        Self { kind: FlashKind::Notice, text: text.into(), undo: None }
    }

    /// Something could not be done.
    #[must_use]
    pub fn failed(text: impl Into<String>) -> Self {
        Self { kind: FlashKind::Failed, text: text.into(), undo: None }
    }

    /// The same message, with the address that undoes what was done.
    #[must_use]
    pub fn undo(mut self, path: impl Into<String>) -> Self {
        self.undo = Some(path.into());
        self
    }
}

/// The message.
#[must_use]
pub fn flash(ctx: &PageContext, flash: &Flash) -> Markup {
    let (class, drawing, role) = match flash.kind {
        FlashKind::Done => ("toast", Icon::Done, "status"),
        FlashKind::Notice => ("toast soon", Icon::Bell, "status"),
        FlashKind::Failed => ("toast late", Icon::Late, "alert"),
    };
    html! {
        div class=(class) role=(role) {
            (icon(drawing)) span { (flash.text) }
            @if let Some(path) = &flash.undo {
                form method="post" action=(path) {
                    (csrf_field(ctx))
                    button { (icon(Icon::Undo)) (tr!(ctx, "flash-undo")) }
                }
            }
        }
    }
}
