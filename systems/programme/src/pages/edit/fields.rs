//! The form of a target or of a task: the fields of a file, each with its choices.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::{Desk, typed::Typed};
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        crumbs::crumbs,
        errors,
        fields::{self, Choice, Field},
        section::card,
    },
    form::Faults,
    http::Problem,
    page::csrf_field,
    tr,
};

use super::{super::PROGRAMMES, form::heads};
use crate::model::{Programme, Target};

/// A form of a target or of a task.
pub(super) struct Form<'a> {
    pub(super) programme: &'a Programme,
    /// Its fields, in order.
    pub(super) names: &'static [&'static str],
    /// Whether it is there already.
    pub(super) known: bool,
    pub(super) targets: &'a [Target],
}

impl Form<'_> {
    pub(super) async fn shown(
        &self,
        desk: &Desk,
        me: &SignedIn,
        typed: &Typed,
        faults: &Faults,
    ) -> Result<Response, Problem> {
        let ctx = desk::context(desk, me).await?;
        let base = format!("{PROGRAMMES}/{}", self.programme.code);
        let (key, action) = match (self.is_task(), self.known) {
            (true, false) => ("programme-add-task", format!("{base}/them-nhiem-vu")),
            (true, true) => {
                ("programme-edit-task", format!("{base}/nhiem-vu/{}/sua", typed.get("code")))
            }
            (false, false) => ("programme-add-target", format!("{base}/them-chi-tieu")),
            (false, true) => {
                ("programme-edit-target", format!("{base}/chi-tieu/{}/sua", typed.get("code")))
            }
        };
        let title = me.words.t(key);
        let list = tr!(me, "programme-nav");
        let above = [(list.as_str(), PROGRAMMES), (self.programme.number.as_str(), base.as_str())];
        let body = html! {
            form.stack method="post" action=(action) {
                (csrf_field(&ctx))
                @for name in self.names { (self.field(desk, me, name, typed, faults)) }
                p.acts { button.btn.go { (tr!(me, "programme-save")) } a.btn href=(base) { (tr!(me, "programme-cancel")) } }
            }
        };
        let main = html! {
            (crumbs(&me.words, &above, &title))
            (errors::summary(&me.words, faults))
            (card("form", &title, body))
        };
        let status =
            if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        Ok((status, desk::page(&ctx, &title, html! {}, main)).into_response())
    }

    fn is_task(&self) -> bool {
        self.names.contains(&"term")
    }

    fn field(
        &self,
        desk: &Desk,
        me: &SignedIn,
        name: &'static str,
        typed: &Typed,
        faults: &Faults,
    ) -> Markup {
        let label = me.words.t(&format!("programme-field-{}", name.replace('_', "-")));
        let hint = format!("programme-hint-{}", name.replace('_', "-"));
        let hint = me.words.has(&hint).then(|| me.words.t(&hint));
        let mut field = Field::new(name, &label).fault(faults.of(name)).letters_max(500);
        if let Some(hint) = &hint {
            field = field.hint(hint);
        }
        let value = typed.get(name);
        let optional = matches!(
            name,
            "indicator"
                | "scope"
                | "unit"
                | "places"
                | "from"
                | "to"
                | "steps"
                | "supporters"
                | "budget"
        );
        let task_target = name == "target" && self.is_task();
        if optional || task_target {
            field = field.optional();
        }
        if name == "code" && self.known {
            return fields::text(&me.words, &field.readonly(), value);
        }
        let chosen = self.choices(desk, me, name, task_target);
        match (chosen, name) {
            (Some(choices), _) => fields::select(&me.words, &field, &choices, value),
            (None, "steps" | "reason") => {
                fields::textarea(&me.words, &field.letters_max(2000), value)
            }
            _ => fields::text(&me.words, &field, value),
        }
    }

    /// What can be chosen in a field; none where it is typed.
    fn choices(
        &self,
        desk: &Desk,
        me: &SignedIn,
        name: &str,
        task_target: bool,
    ) -> Option<Vec<Choice>> {
        let words = |prefix: &str, all: &[&str]| -> Vec<Choice> {
            all.iter()
                .map(|word| Choice::new(*word, me.words.t(&format!("programme-{prefix}-{word}"))))
                .collect()
        };
        let none = || Choice::new("", tr!(me, "programme-none"));
        Some(match name {
            "goal" => (1..)
                .zip(&self.programme.goals)
                .map(|(n, goal)| Choice::new(n.to_string(), format!("{n}. {goal}")))
                .collect(),
            "indicator" => {
                let known = desk.definitions().iter().map(|one| {
                    Choice::new(one.code.clone(), format!("{} ({})", one.name, one.code))
                });
                std::iter::once(Choice::new("", tr!(me, "programme-declared")))
                    .chain(known)
                    .collect()
            }
            "scope" => {
                let all = Choice::new("all", tr!(me, "programme-scope-all"));
                let whole = me.directory.ancestors(self.programme.agency).is_empty();
                whole.then_some(all).into_iter().chain(heads(me, self.programme.agency)).collect()
            }
            "span" => words("span", &["month", "year", "programme"]),
            "better" => words("better", &["more", "less"]),
            "shape" => words("shape", &["linear", "steps", "hand"]),
            "head" => heads(me, self.programme.agency),
            "target" if task_target => {
                let known = self.targets.iter().map(|one| {
                    Choice::new(one.code.to_string(), format!("{}: {}", one.code, one.name))
                });
                std::iter::once(none()).chain(known).collect()
            }
            _ => return None,
        })
    }
}
