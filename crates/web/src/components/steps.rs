//! The steps of a procedure: done, now, to come.

use maud::{Markup, html};

use crate::{Icon, Words, icon, tr};

/// One step.
#[derive(Debug, Clone, Default)]
pub struct StepView {
    /// "Thẩm định".
    pub name: String,
    /// Holder and hours: "Đặng Quốc Bảo, còn 5 giờ".
    pub holder: String,
    /// Where the case stands to it.
    pub state: StepState,
    /// For citizens: "16/11, 08:50", "dự kiến 02/12".
    pub when: String,
}

/// Where a case stands to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StepState {
    /// Behind it.
    Done,
    /// In it.
    Now,
    /// Before it.
    #[default]
    ToCome,
}

/// Steps side by side, for officers; five to seven.
#[must_use]
pub fn steps(words: &Words, steps: &[StepView]) -> Markup {
    html! {
        ol.steps {
            @for step in steps {
                @let done = step.state == StepState::Done;
                @let now = step.state == StepState::Now;
                li.d[done].now[now] aria-current=[now.then_some("step")] {
                    b {
                        @if done { (icon(Icon::Done)) }
                        (step.name)
                        @if done { span.vh { (tr!(words, "steps-done")) } }
                    }
                    (step.holder)
                }
            }
        }
    }
}

/// Steps one below the other, for citizens: where the dossier has got to.
#[must_use]
pub fn path(words: &Words, steps: &[StepView]) -> Markup {
    html! {
        ol.path.l {
            @for (i, step) in steps.iter().enumerate() {
                @let done = step.state == StepState::Done;
                @let now = step.state == StepState::Now;
                li.d[done].cur[now] aria-current=[now.then_some("step")] {
                    span.dot aria-hidden="true" {
                        @if done { (icon(Icon::Done)) } @else { (i + 1) }
                    }
                    b { (step.name) }
                    @if done { span.vh { (tr!(words, "steps-done")) } }
                    @if !step.when.is_empty() { time { (step.when) } }
                    (step.holder)
                }
            }
        }
    }
}
