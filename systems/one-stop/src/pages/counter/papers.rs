//! The papers that are here, from what was ticked and sent.

use desk::Paper;
use procedure::{Component, ComponentKind, Procedure};
use web::{SignedIn, form::Faults, tr};

use super::typed::{Typed, Upload};

/// What the form sends the tick of a component as.
pub(super) fn tick_name(component: &Component) -> String {
    format!("co-{}", component.id)
}

/// What the form sends the files of a component as.
pub(super) fn file_name(component: &Component) -> String {
    format!("tep-{}", component.id)
}

/// The field of further files.
pub(super) const MORE_FILES: &str = "tep-khac";

/// The papers that are here. Where all is wanted, what is missing is a fault.
pub(super) fn papers(
    me: &SignedIn,
    procedure: &Procedure,
    typed: &Typed,
    wanted: bool,
    faults: &mut Faults,
) -> Vec<Paper> {
    let mut papers = Vec::new();
    for component in &procedure.components {
        let part = file_name(component);
        let mut files = typed.files(&part).peekable();
        let (id, copies) = (Some(component.id.to_string()), component.copies);
        if files.peek().is_some() {
            papers.extend(files.map(|file| with_file(id.clone(), copies, file)));
        } else if typed.ticked(&tick_name(component)) {
            papers.push(Paper { component: id, copies, source: "paper", file: None });
        } else if component.required && wanted {
            let name = component.name.as_str();
            faults.add(tick_name(component), tr!(me, "counter-paper-missing", paper = name));
        }
    }
    papers.extend(typed.files(MORE_FILES).map(|file| with_file(None, 1, file)));
    papers
}

fn with_file(component: Option<String>, copies: u32, file: &Upload) -> Paper {
    Paper { component, copies, source: "scan", file: Some((file.stored, file.name.clone())) }
}

/// The form of a component in words: text `counter-kind-…`.
pub(super) fn kind_key(kind: ComponentKind) -> &'static str {
    match kind {
        ComponentKind::Original => "counter-kind-original",
        ComponentKind::CertifiedCopy => "counter-kind-certified",
        ComponentKind::Copy => "counter-kind-copy",
        ComponentKind::Form => "counter-kind-form",
        ComponentKind::Presented => "counter-kind-presented",
    }
}
