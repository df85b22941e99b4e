//! From the text of a file to a procedure (docs/procedure-format.md).

use std::str::FromStr;

use jiff::civil::Time;
use toml::de::{DeTable, DeValue};

use crate::read::{
    At, Findings, Section, Wrong, date, decimal, list, number_in, parsed, text, word, yes_no,
};
use crate::{
    AgencySelector, Audience, Channel, ChannelKind, ChannelLimit, Choice, Component, ComponentKind,
    Condition, ConfirmedLimit, End, Fault, FaultKind, Field, FieldKind, Form, KnownFrom, Level,
    Matter, OnlineLevel, Outcome, OutcomeId, Place, Procedure, ResultDocument, Role, Shape,
    SlugError, Step, StepId, Target, TimeLimit, Timer, TimerAction, What, Workflow, WorkingHours,
    check, fee, form,
};

/// A file longer than this holds no procedure.
pub const TEXT_BYTES_MAX: usize = 1 << 20;

/// Reads a procedure.
///
/// # Errors
/// Every fault of the text, in the order of its lines.
pub fn load(text: &str) -> Result<Procedure, Vec<Fault>> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(vec![Fault { line: 1, kind: FaultKind::TooLong }]);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut found = Findings::new(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let line = found.line(error.span().map_or(0, |span| span.start));
        found.add(line, FaultKind::Syntax(error.message().to_owned()));
    }
    // A broken line loses keys, and what misses them would be told as further faults.
    let procedure = if errors.is_empty() { read(text, table.get_ref(), &mut found) } else { None };
    match procedure {
        Some(procedure) if found.faults.is_empty() => Ok(procedure),
        _ => {
            found.faults.sort_by_key(|fault| fault.line);
            Err(found.faults)
        }
    }
}

fn read(source: &str, table: &DeTable<'_>, found: &mut Findings) -> Option<Procedure> {
    let mut top = Section::new(table, 1);
    let code = top.need(found, "code", parsed(|_, why| FaultKind::BadCode(why)));
    let name = top.need(found, "name", text);
    let name_en = top.may(found, "name_en", text);
    let version = top.need(found, "version", number_in("version", 1, 9999));
    let sector = top.need(found, "sector", text);
    let levels = top.need(found, "levels", list(word(Level::from_word, Level::WORDS)));
    let decider = top.need(found, "decider", text);
    let audience = top.need(found, "audience", list(word(Audience::from_word, Audience::WORDS)));
    let legal_basis = top.need(found, "legal_basis", list(text));
    let valid_from = top.need(found, "valid_from", date);
    let valid_to = top.may(found, "valid_to", date);
    let matter = top.may(found, "matter", word(Matter::from_word, Matter::WORDS));
    let online = word(OnlineLevel::from_word, OnlineLevel::WORDS);
    let online_level = top.need(found, "online_level", online);
    let accept_within =
        top.may(found, "accept_within", parsed(|text, why| FaultKind::BadLimit { text, why }));
    let confidential = top.may(found, "confidential", yes_no);
    let same_day_cutoff = top.may(found, "same_day_cutoff", time_of_day);
    let guidance = top.may(found, "guidance", text);
    if let (Some(from), Some(to)) = (&valid_from, &valid_to)
        && to.value < from.value
    {
        found.add(to.line, FaultKind::Reversed);
    }

    let channels = channels(&mut top, found);
    let components = each(&mut top, found, "component", component);
    unique(found, What::Component, components.iter().map(|one| (one.line, one.value.id.as_str())));
    let title = name.as_ref().map_or("", |at| at.value.as_str());
    let (form, fields) = form(&mut top, found, source, title);
    let fees = each(&mut top, found, "fee", |section, found| fee::read(section, &fields, found));
    let results = each(&mut top, found, "result", result);
    let steps = top.sections(found, "step");
    let workflow = workflow(steps, &fields, &channels, found);
    if !top.has("channel") {
        found.add(1, FaultKind::MissingKey("channel"));
    }
    if !top.has("result") {
        found.add(1, FaultKind::MissingKey("result"));
    }
    top.finish(found);
    Some(Procedure {
        matter: matter.map_or(Matter::Dossier, |at| at.value),
        code: code?.value,
        name: kernel::nfc(&name?.value),
        name_en: name_en.map(|at| at.value),
        version: version?.value,
        sector: kernel::nfc(&sector?.value),
        levels: levels?.value,
        decider: decider?.value,
        audience: audience?.value,
        legal_basis: legal_basis?.value,
        valid_from: valid_from?.value,
        valid_to: valid_to.map(|at| at.value),
        online_level: online_level?.value,
        accept_within: accept_within.map(|at| at.value),
        confidential: confidential.is_some_and(|at| at.value),
        same_day_cutoff: same_day_cutoff.map(|at| at.value),
        guidance: guidance.map(|at| at.value).unwrap_or_default(),
        channels,
        fees: values(fees),
        components: values(components),
        fields,
        form,
        results: values(results),
        workflow: workflow?,
    })
}

fn values<T>(list: Vec<At<T>>) -> Vec<T> {
    list.into_iter().map(|at| at.value).collect()
}

/// Reads each section under a key; those that are faulty are left out, their faults told.
fn each<'t, T>(
    top: &mut Section<'t>,
    found: &mut Findings,
    key: &'static str,
    read: impl Fn(&mut Section<'t>, &mut Findings) -> Option<T>,
) -> Vec<At<T>> {
    let mut list = Vec::new();
    for mut section in top.sections(found, key) {
        let line = section.line();
        list.extend(read(&mut section, found).map(|value| At { line, value }));
        section.finish(found);
    }
    list
}

fn unique<'s>(found: &mut Findings, what: What, ids: impl Iterator<Item = (usize, &'s str)>) {
    let mut seen = std::collections::BTreeSet::new();
    let mut again = Vec::new();
    for (line, id) in ids {
        if !seen.insert(id) {
            again.push((line, FaultKind::Duplicate { what, id: id.to_owned() }));
        }
    }
    for (line, kind) in again {
        found.add(line, kind);
    }
}

fn time_of_day(value: &DeValue<'_>) -> Result<Time, Wrong> {
    let text = text(value)?;
    // Only hours and minutes: the parser of the time library would take much more.
    let plain = text.len() == 5 && text.as_bytes()[2] == b':';
    let parsed = if plain { text.parse().ok() } else { None };
    parsed.ok_or(Wrong::Kind(FaultKind::BadTime(text)))
}

fn channels(top: &mut Section<'_>, found: &mut Findings) -> Vec<Channel> {
    let list = each(top, found, "channel", |section, found| {
        let kind = section.need(found, "kind", word(ChannelKind::from_word, ChannelKind::WORDS));
        let bad = |text, why| FaultKind::BadLimit { text, why };
        let stated = section.has("time_limit");
        let limit: Option<At<TimeLimit>> = section.may(found, "time_limit", parsed(bad));
        let confirmed = section.may(found, "confirmed", yes_no).is_none_or(|at| at.value);
        let note = section.may(found, "note", text).map(|at| at.value);
        if confirmed && !stated {
            found.add(section.line(), FaultKind::ConfirmedWithoutLimit);
        }
        let limit = match limit {
            Some(limit) if confirmed => ChannelLimit::Confirmed(ConfirmedLimit::new(limit.value)),
            Some(limit) => ChannelLimit::ToConfirm(Some(limit.value.to_string())),
            None => ChannelLimit::ToConfirm(None),
        };
        Some(Channel { kind: kind?.value, limit, note })
    });
    unique(found, What::Channel, list.iter().map(|one| (one.line, one.value.kind.word())));
    values(list)
}

fn component(section: &mut Section<'_>, found: &mut Findings) -> Option<Component> {
    let id = section.need(found, "id", name_of);
    let name = section.need(found, "name", text);
    let kind = section.need(found, "kind", word(ComponentKind::from_word, ComponentKind::WORDS));
    let copies = section.may(found, "copies", number_in("copies", 1, 99)).map_or(1, |at| at.value);
    let required = section.may(found, "required", yes_no).is_none_or(|at| at.value);
    Some(Component { id: id?.value, name: name?.value, kind: kind?.value, copies, required })
}

fn result(section: &mut Section<'_>, found: &mut Findings) -> Option<ResultDocument> {
    let name = section.need(found, "name", text);
    let code = section.may(found, "code", text).map(|at| at.value);
    Some(ResultDocument { name: name?.value, code })
}

/// The form and its fields: of the document under `[form]`, or of the sections `[[field]]`.
fn form(
    top: &mut Section<'_>,
    found: &mut Findings,
    source: &str,
    title: &str,
) -> (Form, Vec<Field>) {
    let given = top.may(found, "form", |value| value.as_table().ok_or(Wrong::Shape(Shape::Table)));
    let Some(given) = given else {
        let fields = fields(top, found);
        return (Form::of_fields(title, &fields), fields);
    };
    if top.has("field") {
        found.add(given.line, FaultKind::FormTwice);
    }
    let _ = top.sections(found, "field");
    let mut section = Section::new(given.value, given.line);
    let document = section.need(found, "schema", |value| {
        value.as_str().ok_or(Wrong::Shape(Shape::Text)).map(str::to_owned)
    });
    section.finish(found);
    let nothing = || (Form::of_fields(title, &[]), Vec::new());
    let Some(document) = document else { return nothing() };
    // Where the quotes stand alone at the end of their line, the document begins on the next.
    let opening = source.lines().nth(document.line - 1).unwrap_or_default().trim_end();
    let first =
        document.line + usize::from(opening.ends_with("'''") || opening.ends_with("\"\"\""));
    match form::read(&document.value) {
        Ok(read) => read,
        Err(faults) => {
            for (line, fault) in faults {
                found.add(first + line - 1, FaultKind::Schema(fault));
            }
            nothing()
        }
    }
}

fn fields(top: &mut Section<'_>, found: &mut Findings) -> Vec<Field> {
    let list = each(top, found, "field", |section, found| {
        let id = section.need(found, "id", name_of);
        let label = section.need(found, "label", text);
        let label_en = section.may(found, "label_en", text).map(|at| at.value);
        let mut said = |key| section.may(found, key, text).map(|at| at.value);
        let (question, question_en) = (said("question"), said("question_en"));
        let (hint, hint_en) = (said("hint"), said("hint_en"));
        let kind = section.need(found, "kind", word(FieldKind::from_word, FieldKind::WORDS));
        let required = section.may(found, "required", yes_no).is_none_or(|at| at.value);
        let personal = section.may(found, "personal", yes_no).is_none_or(|at| at.value);
        let from = word(KnownFrom::from_word, KnownFrom::WORDS);
        let known = section.may(found, "known", from).map(|at| at.value);
        let choices = each(section, found, "choices", choice);
        unique(found, What::Choice, choices.iter().map(|one| (one.line, one.value.id.as_str())));
        let (kind, choices) = (kind?.value, values(choices));
        let wanted = kind == FieldKind::Choice;
        if wanted != section.has("choices") {
            found.add(section.line(), FaultKind::Choices { wanted });
        }
        if let Some(known) = known.filter(|known| !known.fits(kind)) {
            found.add(section.line(), FaultKind::KnownFrom { known, kind });
        }
        let (id, label) = (id?.value, label?.value);
        Some(Field {
            id,
            label,
            label_en,
            question,
            question_en,
            hint,
            hint_en,
            kind,
            required,
            choices,
            personal,
            known,
        })
    });
    unique(found, What::Field, list.iter().map(|one| (one.line, one.value.id.as_str())));
    values(list)
}

fn choice(section: &mut Section<'_>, found: &mut Findings) -> Option<Choice> {
    let id = section.need(found, "id", name_of);
    let label = section.need(found, "label", text);
    let label_en = section.may(found, "label_en", text).map(|at| at.value);
    Some(Choice { id: id?.value, label: label?.value, label_en })
}

/// A step as far as it could be read, and where it and its outcomes stand.
struct Draft {
    step: Option<Step>,
    line: usize,
    outcome_lines: Vec<usize>,
}

fn workflow(
    sections: Vec<Section<'_>>,
    fields: &[Field],
    channels: &[Channel],
    found: &mut Findings,
) -> Option<Workflow> {
    if sections.is_empty() {
        found.add(1, FaultKind::NoSteps);
        return None;
    }
    let before = found.faults.len();
    let mut drafts = Vec::new();
    for mut section in sections {
        drafts.push(step(&mut section, fields, found));
        section.finish(found);
    }
    let broken = found.faults.len() > before;
    let named = drafts.iter().all(|draft| draft.step.is_some());
    let steps: Vec<Step> = drafts.iter_mut().filter_map(|draft| draft.step.take()).collect();
    if broken {
        // What could not be read leaves holes, which would be told as faults of the whole. Only
        // a route to a step that is nowhere is one for certain.
        for (place, kind) in check::targets(&steps) {
            if named && matches!(kind, FaultKind::UnknownStep(_)) {
                found.add(line_of(&drafts, place), kind);
            }
        }
        return None;
    }
    match Workflow::new(steps, fields) {
        Ok(workflow) => {
            if let Some(kind) = check::hours(&workflow, channels) {
                found.add(drafts[0].line, kind);
            }
            Some(workflow)
        }
        Err(faults) => {
            for (place, kind) in faults {
                found.add(line_of(&drafts, place), kind);
            }
            None
        }
    }
}

fn line_of(drafts: &[Draft], place: Place) -> usize {
    match place {
        Place::Step(step) => drafts[step].line,
        Place::Outcome(step, outcome) => drafts[step].outcome_lines[outcome],
    }
}

/// Reads a step. Where a part is faulty something stands in for it, so that the rest of the
/// file can be judged; the fault itself keeps the step from being used.
fn step(section: &mut Section<'_>, fields: &[Field], found: &mut Findings) -> Draft {
    let id: Option<At<StepId>> = section.need(found, "id", name_of);
    let name = section.need(found, "name", text).map(|at| at.value);
    if let (false, Some(id)) = (section.has("role"), &id) {
        found.add(section.line(), FaultKind::NoRole(id.value.clone()));
    }
    let role: Option<At<Role>> = section.may(found, "role", name_of);
    let agency = section.may(found, "agency", agency);
    let hours = section.need(found, "hours", hours);
    let join = section.may(found, "join", yes_no).is_some_and(|at| at.value);
    let timer =
        section.may(found, "timer", |value| value.as_table().ok_or(Wrong::Shape(Shape::Table)));
    let timer = timer.and_then(|at| timer_of(Section::new(at.value, at.line), found));
    let output = section.may(found, "output", text).map(|at| at.value);
    let line = section.line();
    let (mut outcomes, mut outcome_lines) = (Vec::new(), Vec::new());
    for at in each(section, found, "outcome", |section, found| outcome(section, fields, found)) {
        outcome_lines.push(at.line);
        outcomes.push(at.value);
    }
    let step = match (id, role.map(|at| at.value).or_else(|| "expert".parse().ok())) {
        (Some(id), Some(role)) => Some(Step {
            id: id.value,
            name: name.unwrap_or_default(),
            role,
            agency: agency.map_or(AgencySelector::Deciding, |at| at.value),
            hours: hours.map(|at| at.value).unwrap_or_default(),
            join,
            timer,
            output,
            outcomes,
        }),
        _ => None,
    };
    Draft { step, line, outcome_lines }
}

/// The name of a part.
pub(crate) fn name_of<T: FromStr<Err = SlugError>>(value: &DeValue<'_>) -> Result<T, Wrong> {
    parsed(|text, why| FaultKind::BadName { text, why })(value)
}

fn agency(value: &DeValue<'_>) -> Result<AgencySelector, Wrong> {
    match text(value)?.as_str() {
        "deciding" => Ok(AgencySelector::Deciding),
        "receiving" => Ok(AgencySelector::Receiving),
        code => match code.parse() {
            Ok(code) => Ok(AgencySelector::Named(code)),
            Err(why) => Err(Wrong::Kind(FaultKind::BadCode(why))),
        },
    }
}

fn hours(value: &DeValue<'_>) -> Result<WorkingHours, Wrong> {
    WorkingHours::from_hours(decimal(value)?).ok_or(Wrong::Kind(FaultKind::BadHours))
}

fn timer_of(mut section: Section<'_>, found: &mut Findings) -> Option<Timer> {
    let after = section.need(found, "after", hours);
    let action = section.need(found, "action", word(TimerAction::from_word, TimerAction::WORDS));
    section.finish(found);
    Some(Timer { after: after?.value, action: action?.value })
}

fn outcome(section: &mut Section<'_>, fields: &[Field], found: &mut Findings) -> Option<Outcome> {
    let id: Option<At<OutcomeId>> = section.need(found, "id", name_of);
    let name = section.need(found, "name", text).map(|at| at.value).unwrap_or_default();
    let when = section.may(found, "when", |value| {
        let text = text(value)?;
        Condition::parse(&text, fields).map_err(|why| Wrong::Kind(FaultKind::Condition(why)))
    });
    let both = section.has("to") == section.has("end");
    let to = section.may(found, "to", |value| {
        if value.is_array() { list(name_of)(value) } else { Ok(vec![name_of(value)?]) }
    });
    let end = section.may(found, "end", word(End::from_word, End::WORDS));
    let id = id?.value;
    if both {
        found.add(section.line(), FaultKind::NoTarget(id));
        return None;
    }
    let target = match (to, end) {
        (Some(to), _) => Target::To(to.value),
        (None, end) => Target::End(end?.value),
    };
    Some(Outcome { id, name, when: when.map(|at| at.value), target })
}
