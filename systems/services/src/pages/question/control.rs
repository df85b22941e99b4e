//! What a question is answered with: a control for each kind.

use desk::Result;
use files::UPLOAD_BYTES_MAX;
use maud::{Markup, html};
use procedure::{Component, Field as Asked, FieldKind};
use web::{
    Citizen,
    components::{
        drop::{self, Drop},
        fields::{self, Choice, Field},
    },
    form::DateText,
    http::Problem,
    i18n::hash_ends,
    icon, tr,
};

use super::{
    Shown, View,
    keep::{Change, Changes, keep},
    speak, typed,
};
use crate::{
    model::{Question, RETURNS, Upload},
    offices,
    papers::{self, Held, Origin},
};

/// Most earlier papers that are offered.
const OFFERED_MAX: usize = 6;

/// The control of a question.
pub(in crate::pages) struct Control {
    pub(in crate::pages) heading: String,
    pub(in crate::pages) markup: Markup,
    /// Whether the form takes files.
    pub(in crate::pages) files: bool,
    /// Where files may go up piece by piece.
    pub(in crate::pages) uploads: Option<String>,
}

/// Where a question stands: on a page of its own, or among others under its name.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Place<'n>(Option<&'n str>);

impl<'n> Place<'n> {
    /// A page of its own.
    pub(in crate::pages) const PAGE: Place<'static> = Place(None);

    /// Among others, under its key.
    pub(in crate::pages) const fn among(key: &'n str) -> Self {
        Self(Some(key))
    }

    /// What its answer is sent as.
    const fn name(self) -> &'n str {
        match self.0 {
            Some(key) => key,
            None => typed::NAME,
        }
    }

    /// What a further part of its answer is sent as.
    fn part(self, part: &str) -> String {
        self.0.map_or_else(|| part.to_owned(), |key| format!("{key}-{part}"))
    }

    /// A field of a form at this place. Nothing of it stays in the browser but where the page of a
    /// whole form keeps all of it.
    fn field<'f>(self, label: &'f str, shown: &'f Shown) -> Field<'f>
    where
        'n: 'f,
    {
        let field = Field::new(self.name(), label).fault(shown.faults.of(typed::NAME));
        if self.0.is_none() { field.heading() } else { field.nodraft() }
    }
}

/// The control of a question at its place.
///
/// # Errors
/// Those of the store.
pub(in crate::pages) async fn control(
    view: &View<'_>,
    question: Question<'_>,
    shown: &Shown,
    place: Place<'_>,
) -> Result<Control, Problem> {
    let key = html! {
        @if place.0.is_none() { input type="hidden" name="_cau" value=(question.key()); }
    };
    let made = match question {
        Question::Office => office(view, shown, place),
        Question::Field(field) => of_field(view, field, shown, place),
        Question::Paper(component) => paper(view, component, shown, place).await?,
        Question::Returns => returns(view, shown, place),
    };
    Ok(Control { markup: html! { (key) (made.markup) }, ..made })
}

fn office(view: &View<'_>, shown: &Shown, place: Place<'_>) -> Control {
    let (me, moment) = (view.me, &view.open.moment);
    let all = offices::offices(moment, &view.open.procedure, me.now);
    let choice = |agency: &&directory::Agency| {
        Choice::new(agency.code.as_str(), offices::place_name(moment, agency))
    };
    let choices: Vec<Choice> = all.iter().map(choice).collect();
    let kept = view.open.draft.sheet.office.and_then(|office| moment.directory.agency(office));
    let kept = kept.map_or("", |agency| agency.code.as_str());
    let chosen = shown.typed.as_ref().map_or(kept, |sent| sent.text(typed::NAME));
    let heading = tr!(me, "fill-office");
    let hint = tr!(me, "fill-office-hint");
    let field = place.field(&heading, shown).hint(&hint);
    let markup = fields::select(&me.words, &field, &choices, chosen);
    Control { markup, heading, files: false, uploads: None }
}

fn returns(view: &View<'_>, shown: &Shown, place: Place<'_>) -> Control {
    let me = view.me;
    let choice = |way: &&str| Choice {
        value: (*way).to_owned(),
        label: me.words.t(&format!("fill-return-{way}")),
        note: me.words.t(&format!("fill-return-{way}-note")),
    };
    let choices: Vec<Choice> = RETURNS.iter().map(choice).collect();
    let kept = view.open.draft.sheet.returns.as_deref().unwrap_or(RETURNS[0]);
    let chosen = shown.typed.as_ref().map_or(kept, |sent| sent.text(typed::NAME));
    let heading = tr!(me, "fill-returns");
    let markup = fields::radios(&me.words, &place.field(&heading, shown), &choices, chosen);
    Control { markup, heading, files: false, uploads: None }
}

fn of_field(view: &View<'_>, asked: &Asked, shown: &Shown, place: Place<'_>) -> Control {
    let (me, words) = (view.me, &view.me.words);
    let kept = view.open.draft.sheet.answers.get(asked.id.as_str());
    let typed_text = shown.typed.as_ref().map(|sent| sent.text(typed::NAME).to_owned());
    let text = typed_text.unwrap_or_else(|| match kept {
        Some(value) if asked.kind == FieldKind::Commune => {
            speak::answer(words, &view.open.moment, asked, value)
        }
        Some(value) => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
        None => String::new(),
    });
    let heading = speak::question(words, asked).to_owned();
    let own_hint = asked.hint.as_ref().map(|h| speak::either(words, h, asked.hint_en.as_ref()));
    let usual_hint = match asked.kind {
        FieldKind::Commune => Some(tr!(me, "fill-commune-hint")),
        FieldKind::Phone => Some(tr!(me, "fill-phone-hint")),
        FieldKind::Integer => Some(tr!(me, "fill-integer-hint")),
        _ => None,
    };
    let limits = view.open.procedure.form.limits(&asked.id);
    let letters = limits.max_length.and_then(|most| u16::try_from(most).ok());
    let mut field = place.field(&heading, shown);
    field.hint = own_hint.or(usual_hint.as_deref());
    field.optional = !asked.required;
    field.letters_max = letters;
    field.nodraft |= asked.personal;
    let markup = match asked.kind {
        FieldKind::Text | FieldKind::Commune => fields::text(words, &field, &text),
        FieldKind::LongText => fields::textarea(words, &field, &text),
        FieldKind::Integer => fields::input(words, &field, "number", &text),
        FieldKind::Phone => fields::input(words, &field.autocomplete("tel"), "tel", &text),
        FieldKind::CitizenId => fields::citizen_id(words, &field, &text),
        FieldKind::Date => {
            let kept = kept.and_then(|value| value.as_str()?.parse().ok()).map(DateText::of);
            let sent = shown.typed.as_ref().map(|sent| typed::boxes(sent, typed::NAME));
            fields::date_boxes(words, &field, &sent.or(kept).unwrap_or_default())
        }
        FieldKind::Choice => {
            let choices: Vec<Choice> = asked
                .choices
                .iter()
                .map(|c| Choice::new(c.id.as_str(), speak::choice(words, c)))
                .collect();
            if choices.len() <= 6 {
                fields::radios(words, &field, &choices, &text)
            } else {
                fields::select(words, &field, &choices, &text)
            }
        }
    };
    let places = places(view, shown, place);
    Control { markup: html! { (markup) (places) }, heading, files: false, uploads: None }
}

/// Places of one name, to choose from.
fn places(view: &View<'_>, shown: &Shown, place: Place<'_>) -> Markup {
    let label = tr!(view.me, "fill-commune-which");
    let name = format!("{}-noi", place.name());
    let field = Field::new(&name, &label).fault(shown.faults.of(typed::PLACE));
    let choices: Vec<Choice> =
        shown.places.iter().map(|(code, name)| Choice::new(code, name)).collect();
    html! { @if !choices.is_empty() { (fields::radios(&view.me.words, &field, &choices, "")) } }
}

/// A paper: what was sent, what the state has already, and a place for more.
async fn paper(
    view: &View<'_>,
    component: &Component,
    shown: &Shown,
    at: Place<'_>,
) -> Result<Control, Problem> {
    let me = view.me;
    let sent = view.open.draft.sheet.papers.get(component.id.as_str());
    let sent: &[Upload] = sent.map_or(&[], Vec::as_slice);
    let offered = offered(view, component, sent).await?;
    let heading = tr!(me, "fill-paper", name = component.name.as_str());
    let place = Drop {
        name: at.0.unwrap_or("tep").to_owned(),
        kinds: tr!(me, "fill-kinds"),
        accept: "image/jpeg,image/png,application/pdf,.docx,.xlsx".to_owned(),
        bytes_max: UPLOAD_BYTES_MAX,
        several: true,
        fault: shown.faults.of(typed::NAME).map(str::to_owned),
        ..Drop::default()
    };
    let markup = html! {
        fieldset.field {
            legend { @if at.0.is_none() { h1 { (heading) } } @else { (heading) } }
            @if at.0.is_none() { span.hint { (tr!(me, "fill-paper-hint")) } }
            @if !component.required { span.hint { (tr!(me, "fill-paper-optional")) } }
            (uploads(view, sent, at))
            @if !offered.is_empty() {
                p.after { b { (tr!(me, "fill-have")) } }
                @for held in &offered {
                    label.choice {
                        input type="checkbox" name=(at.part("co-san")) value=(held.hash);
                        span { (held.name) span.hint { (source(view, held)) } }
                    }
                }
            }
            (drop::drop(&me.words, &place))
            @if !component.required && sent.is_empty() {
                label.choice.after { input type="checkbox" name=(at.part("khong-co")) value="1"
                    checked[view.open.draft.sheet.passed.contains(&format!("giay-{}", component.id))];
                    span { (tr!(me, "fill-paper-none")) } }
            }
        }
        @if at.0.is_none() {
            p { button.btn name="them" value="1" { (icon(web::Icon::Up)) (tr!(me, "fill-upload")) } }
        }
    };
    let to = format!("{}/{}/tep/{}", super::FILL, view.open.draft.id, component.id);
    Ok(Control { markup, heading, files: true, uploads: Some(to) })
}

/// From which dossier a file is taken, in words.
pub(in crate::pages) fn taken(me: &Citizen, file: &Upload, code: &str) -> String {
    let key = if file.result.is_some() { "fill-taken-result" } else { "fill-taken-paper" };
    me.words.t_with(key, &[("code", code.into())])
}

/// What was sent of a paper, each with the hash of what was sent and of what is kept.
fn uploads(view: &View<'_>, sent: &[Upload], at: Place<'_>) -> Markup {
    let me = view.me;
    html! {
        @if !sent.is_empty() {
            ul.sent { @for file in sent { li {
                (icon(web::Icon::File)) b { (file.name) }
                span.num { (file.kind.extension().to_uppercase()) ", " (me.words.file_size(file.size)) }
                @if let Some(hash) = &file.sent {
                    span.muted { (tr!(me, "fill-hash-sent")) " " code title=(hash) { (hash_ends(&hash.to_string())) } }
                    @if file.turned { span.muted { (tr!(me, "fill-turned")) } }
                }
                @if let Some(code) = &file.from { span.muted { (taken(me, file, code.as_str())) } }
                span.muted { (tr!(me, "fill-hash-kept")) " " code title=(file.hash) { (hash_ends(&file.hash.to_string())) } }
                label { input type="checkbox" name=(at.part("bo")) value=(file.hash); " " (tr!(me, "fill-remove")) }
            } } }
        }
    }
}

/// What the province holds that may serve: what it signed first, then papers of earlier dossiers.
async fn offered(
    view: &View<'_>,
    component: &Component,
    sent: &[Upload],
) -> Result<Vec<Held>, Problem> {
    let (shared, party) = (view.services.desk.clone(), view.open.draft.applicant);
    // Only a person's own papers are offered, not those of whom they help.
    if party != view.me.party {
        return Ok(Vec::new());
    }
    let held = view.services.desk.front.store.read(move |tx| papers::reusable(tx, &shared, party));
    let mut held = held.await?;
    let mut seen: Vec<String> = sent.iter().map(|file| file.hash.to_string()).collect();
    held.retain(|held| {
        let new = !seen.contains(&held.hash) && held.serves(&view.open.moment, component);
        if new {
            seen.push(held.hash.clone());
        }
        new
    });
    held.truncate(OFFERED_MAX);
    Ok(held)
}

/// Where a paper is from, in words.
fn source(view: &View<'_>, held: &Held) -> String {
    let (me, day) = (view.me, view.me.words.date(kernel::today(held.recorded_at)));
    match &held.origin {
        Origin::Filed { .. } => tr!(me, "fill-have-from", code = held.case.as_str(), day = day),
        Origin::Issued { agency, .. } => {
            let agency = view.open.moment.directory.agency(*agency);
            let agency = agency.map_or("", |agency| agency.name.as_str());
            tr!(me, "fill-have-signed", agency = agency, day = day, code = held.case.as_str())
        }
    }
}

/// What the form of a paper changes.
pub(super) async fn files(
    view: &View<'_>,
    component: &Component,
    sent: &typed::Sent,
    later: bool,
) -> Result<Result<Option<Change>, Box<Shown>>, Problem> {
    let me = view.me;
    let mut shown = Shown::default();
    let mut add = Vec::new();
    for (name, bytes) in &sent.files {
        match typed::keep(view.services, &me.words, name, bytes.clone()).await? {
            Ok(upload) => add.push(upload),
            Err(fault) => shown.faults.add(typed::NAME, fault),
        }
    }
    let here = view.open.draft.sheet.papers.get(component.id.as_str());
    let here: &[Upload] = here.map_or(&[], Vec::as_slice);
    let chosen: Vec<&str> = sent.all("co-san").collect();
    if !chosen.is_empty() {
        let offered = offered(view, component, here).await?;
        for held in offered.iter().filter(|held| chosen.contains(&held.hash.as_str())) {
            add.extend(held.again());
        }
    }
    let drop: Vec<String> = sent.all("bo").map(str::to_owned).collect();
    let left = here.iter().filter(|file| !drop.contains(&file.hash.to_string())).count();
    let none = left + add.len() == 0;
    let pass = none && !component.required && (!sent.text("khong-co").is_empty() || !later);
    let only_adding = !sent.text("them").is_empty();
    if none && component.required && !later && !only_adding {
        shown.faults.add(typed::NAME, tr!(me, "fill-paper-missing"));
    }
    if !shown.faults.is_empty() {
        // What was good is kept all the same, so that it need not be sent twice.
        if !add.is_empty() {
            let change = Change::Files { add, drop, pass: false };
            let question = Question::Paper(component);
            let changes = Changes::of(question, change, "");
            keep(view.services, me, view.open, &changes).await?;
        }
        return Ok(Err(Box::new(shown)));
    }
    Ok(Ok(Some(Change::Files { add, drop, pass })))
}
