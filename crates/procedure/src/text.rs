//! The steps of a workflow in the text form, for a person to go on with.

use std::fmt::Write;

use crate::{AgencySelector, Target, Workflow};

/// The `[[step]]` sections of a procedure file, as docs/procedure-format.md describes them.
#[must_use]
pub fn steps_text(workflow: &Workflow) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail, so that the results carry no news.
    for step in workflow.steps() {
        let _ = writeln!(out, "[[step]]\nid = \"{}\"\nname = {}", step.id, quoted(&step.name));
        let _ = writeln!(out, "role = \"{}\"", step.role);
        if step.agency != AgencySelector::Deciding {
            let _ = writeln!(out, "agency = \"{}\"", step.agency);
        }
        let _ = writeln!(out, "hours = {}", step.hours);
        if step.join {
            out.push_str("join = true\n");
        }
        if let Some(timer) = step.timer {
            let (after, action) = (timer.after, timer.action.word());
            let _ = writeln!(out, "timer = {{ after = {after}, action = \"{action}\" }}");
        }
        if let Some(output) = &step.output {
            let _ = writeln!(out, "output = {}", quoted(output));
        }
        for outcome in &step.outcomes {
            let name = quoted(&outcome.name);
            let _ = writeln!(out, "\n[[step.outcome]]\nid = \"{}\"\nname = {name}", outcome.id);
            if let Some(when) = &outcome.when {
                let _ = writeln!(out, "when = {}", quoted(when.text()));
            }
            let _ = match &outcome.target {
                Target::End(end) => writeln!(out, "end = \"{}\"", end.word()),
                Target::To(ids) if ids.len() == 1 => writeln!(out, "to = \"{}\"", ids[0]),
                Target::To(ids) => {
                    let ids: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
                    writeln!(out, "to = [{}]", ids.join(", "))
                }
            };
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The text in quotes, as TOML reads it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
