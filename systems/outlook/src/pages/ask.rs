//! The form of one change: every kind with its own fields beneath it, so that it can be filled
//! without any script. Only those of the chosen kind are read.

use desk::typed::Typed;
use kernel::AgencyId;
use maud::{Markup, html};
use procedure::Matter;
use web::{
    Icon, PageContext, SignedIn,
    components::{
        fields::{self, Choice, Field},
        section,
    },
    form::Faults,
    icon, tr,
};

use super::{
    OUTLOOK, State,
    changes::{ARRIVALS, Added, KINDS, Number, OFFICERS, OVERTIME, WORK},
    step_names,
    suppose::carried,
    words,
};
use crate::{commands, model::Foreseen};

/// What can be chosen: steps of the agency, procedures.
struct Lists {
    steps: Vec<Choice>,
    procedures: Vec<Choice>,
}

impl Lists {
    fn of(state: &State, agency: AgencyId, foreseen: Option<&Foreseen>) -> Self {
        let names = step_names(state);
        let steps = foreseen.into_iter().flat_map(|f| &f.steps);
        let steps = steps.filter(|step| step.agency == agency);
        let step = |id: &String| Choice::new(id, names.get(id).unwrap_or(id));
        let moment = state.moment();
        let procedures = moment.shelf.of_matter(Matter::Dossier).into_iter();
        Self {
            steps: steps.map(|one| step(&one.step)).collect(),
            procedures: procedures
                .map(|p| Choice::new(p.code.as_str(), format!("{} {}", p.code, p.name)))
                .collect(),
        }
    }
}

/// The form: what changes, by how much.
pub(super) fn change(
    state: &State,
    me: &SignedIn,
    ctx: &PageContext,
    (agency, added): (AgencyId, &Added),
    foreseen: Option<&Foreseen>,
    (faults, typed): (&Faults, &Typed),
) -> Markup {
    let lists = Lists::of(state, agency, foreseen);
    let chosen = if typed.get("viec").is_empty() { KINDS[0].0 } else { typed.get("viec") };
    section::card(
        "change",
        &tr!(me, "outlook-change", agency = words::agency(&me.directory, agency)),
        html! {
            form.stack method="post" action={ (OUTLOOK) "/thu" } {
                (carried(me, ctx, agency, added))
                fieldset.stack {
                    legend.lab { (tr!(me, "outlook-ask-kind")) }
                    @if let Some(fault) = faults.of("viec") {
                        span.err id="f-viec-err" { (icon(Icon::Late)) (fault) }
                    }
                    @for (n, (kind, _)) in KINDS.iter().enumerate() {
                        (one(me, (n, kind, chosen), &lists, (faults, typed)))
                    }
                }
                p.acts {
                    button.btn.go { (tr!(me, "outlook-ask-do")) }
                    button.btn name="them" value="1" { (tr!(me, "outlook-ask-more")) }
                }
                p.small.muted { (tr!(me, "outlook-ask-bound", n = commands::RUNS_A_PERSON)) }
            }
        },
    )
}

/// A kind, with its fields beneath it.
fn one(
    me: &SignedIn,
    (n, kind, chosen): (usize, &str, &str),
    lists: &Lists,
    (faults, typed): (&Faults, &Typed),
) -> Markup {
    let label = me.words.t(&format!("outlook-kind-{kind}"));
    // A summary of faults leads to the first of them.
    let id = if n == 0 { "f-viec".to_owned() } else { format!("f-viec-{n}") };
    html! {
        div.field {
            label.choice for=(id) {
                input id=(id) type="radio" name="viec" value=(kind) checked[kind == chosen];
                b { (label) }
            }
        }
        fieldset.stack.of-choice {
            legend.vh { (label) }
            (asked(me, kind, lists, (faults, typed)))
        }
    }
}

/// What a kind needs to know.
fn asked(me: &SignedIn, kind: &str, lists: &Lists, (faults, typed): (&Faults, &Typed)) -> Markup {
    let list = |name: &str, key: &str, choices: &[Choice], chosen: &str| {
        let label = me.words.t(key);
        let field = Field::new(name, &label).fault(faults.of(name));
        fields::select(&me.words, &field, choices, chosen)
    };
    let number = |of: Number, key: &str| {
        let (label, name) = (me.words.t(key), of.field);
        let hint = tr!(me, "outlook-hint-number", least = of.least, most = of.most);
        let field = Field::new(name, &label).hint(&hint).fault(faults.of(name));
        let field = field.letters_max(5).keyboard("numeric");
        fields::text(&me.words, &field, typed.get(name))
    };
    let step = typed.get("buoc");
    match kind {
        "them-nguoi" => html! {
            (list("buoc", "outlook-ask-step", &lists.steps, step))
            (number(OFFICERS, "outlook-ask-officers"))
        },
        "them-gio" => {
            // Whoever comes from a step means that step, whatever the kind.
            let chosen = Some(typed.get("buoc-gio")).filter(|step| !step.is_empty());
            html! {
                (list("buoc-gio", "outlook-ask-step", &lists.steps, chosen.unwrap_or(step)))
                (number(OVERTIME, "outlook-ask-minutes"))
            }
        }
        "giam-viec" => html! {
            (list("thu-tuc", "outlook-ask-procedure", &lists.procedures, typed.get("thu-tuc")))
            (number(WORK, "outlook-ask-less"))
        },
        "them-ho-so" => number(ARRIVALS, "outlook-ask-arrivals"),
        _ => {
            let (label, hint) = (tr!(me, "outlook-ask-day"), tr!(me, "outlook-hint-day"));
            let field = Field::new("ngay", &label).hint(&hint).fault(faults.of("ngay"));
            fields::date(&me.words, &field, typed.get("ngay"))
        }
    }
}
