//! My work: what my seat holds, by the time left; many dossiers at once where that is safe.

use std::collections::BTreeMap;

use axum::{
    Form, Router,
    extract::{Query, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use casework::{Case, Command, Note};
use kernel::{PostId, fold};
use maud::{Markup, html};
use procedure::{End, Outcome, StepId, Target as Leads};
use serde::Deserialize;
use web::{
    Icon, SignedIn,
    components::{
        bulk::BulkAction,
        cases::{self, CaseGroup, CaseList, CaseRow},
        confirm::{self, Confirm},
        empty::empty,
        fields::{self, Choice, Field},
        filter::{self, FilterBar, FilterSelect},
        flash::Flash,
        keys::keys,
        pager::pager,
        seg::{self, Segment},
    },
    http::{Problem, flash::see_other_with},
    page::{PageContext, desk},
    tr,
};

use super::{
    DOSSIER, WORK, clock, context, refusal,
    typed::{Typed, forged},
};
use crate::{
    Desk, Moment,
    commands::{Act, act},
    queries::{
        self,
        work::{After, Bounds, Counts, Narrow, Part, WorkRow},
    },
};

/// At most so many dossiers are acted on at once.
const BULK_MAX: usize = 100;
/// At most so many outcomes are offered for many at once.
const BULK_OUTCOMES_MAX: usize = 3;
/// Where ticked rows are sent.
const BULK: &str = "/viec/hang-loat";

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(WORK, get(list)).route(BULK, post(bulk))
}

/// The address of a list.
#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    phan: String,
    #[serde(default)]
    thu_tuc: String,
    #[serde(default)]
    kenh: String,
    #[serde(default)]
    sau: String,
}

impl Asked {
    fn narrow(&self) -> Narrow {
        Narrow {
            part: part_of(&self.phan),
            typed: self.q.trim().to_owned(),
            procedure: self.thu_tuc.clone(),
            channel: self.kenh.clone(),
        }
    }

    fn is_narrowed(&self) -> bool {
        [&self.q, &self.phan, &self.thu_tuc, &self.kenh].iter().any(|text| !text.is_empty())
    }

    /// The address of the same list with another part, from its beginning or behind a row.
    fn href(&self, part: &str, after: Option<&After>) -> String {
        let after = after.map(After::text).unwrap_or_default();
        let named = [
            ("q", self.q.as_str()),
            ("phan", part),
            ("thu_tuc", &self.thu_tuc),
            ("kenh", &self.kenh),
            ("sau", &after),
        ];
        let pairs = named.iter().filter(|(_, value)| !value.is_empty());
        let query: Vec<_> = pairs.map(|(k, v)| format!("{k}={}", web::http::encoded(v))).collect();
        if query.is_empty() { WORK.to_owned() } else { format!("{WORK}?{}", query.join("&")) }
    }
}

const PARTS: [(Part, &str, Option<Icon>); 6] = [
    (Part::All, "", None),
    (Part::Late, "qua-han", Some(Icon::Late)),
    (Part::Today, "hom-nay", Some(Icon::Soon)),
    (Part::Week, "tuan-nay", Some(Icon::Ok)),
    (Part::Later, "sau-do", Some(Icon::Ok)),
    (Part::Paused, "tam-dung", Some(Icon::Hold)),
];

fn part_of(word: &str) -> Part {
    PARTS.iter().find(|(_, of, _)| *of == word).map_or(Part::All, |(part, ..)| *part)
}

fn part_name(me: &SignedIn, part: Part) -> String {
    match part {
        Part::All => tr!(me, "work-all"),
        Part::Late => tr!(me, "work-late"),
        Part::Today => tr!(me, "work-today"),
        Part::Week => tr!(me, "work-week"),
        Part::Later => tr!(me, "work-later"),
        Part::Paused => tr!(me, "work-paused"),
    }
}

fn count_of(counts: &Counts, part: Part) -> u64 {
    match part {
        Part::All => counts.all,
        Part::Late => counts.late,
        Part::Today => counts.today,
        Part::Week => counts.week,
        Part::Later => counts.later,
        Part::Paused => counts.paused,
    }
}

async fn list(
    State(shared): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let ctx = context(&shared, &me).await?;
    let (narrow, after) = (asked.narrow(), After::parse(&asked.sau));
    let (seat, bounds, inner) = (me.seat(), Bounds::at(me.now), shared.clone());
    let read = shared.front.store.read(move |tx| {
        let held = queries::work::held(tx, &inner, seat, &narrow, bounds, after.as_ref())?;
        Ok::<_, crate::Error>((held, queries::work::counts(tx, &inner, seat, bounds)?))
    });
    let ((rows, next), counts) = read.await?;
    let moment = shared.moment();
    let title = tr!(me, "nav-work");
    let next = next.map(|next| asked.href(&asked.phan, Some(&next)));
    let page = html! {
        div.row.head {
            h1 { (title) }
            span.muted { (tr!(me, "work-order", n = counts.all)) }
        }
        (segments(&me, &asked, &counts))
        (filters(&ctx, &me, &moment, &asked))
        @if rows.is_empty() {
            (nothing(&me, &asked, &counts))
        } @else {
            (cases::list(&ctx, &case_list(&shared, &me, &moment, bounds, &counts, rows)))
            (pager(&me.words, None, next.as_deref()))
            (keys(&me.words))
        }
    };
    Ok(desk(&ctx, &title, page))
}

fn segments(me: &SignedIn, asked: &Asked, counts: &Counts) -> Markup {
    let shown = part_of(&asked.phan);
    let segments = PARTS.map(|(part, word, icon)| Segment {
        icon,
        label: part_name(me, part),
        count: Some(count_of(counts, part)),
        href: asked.href(word, None),
        current: part == shown,
    });
    seg::nav(&me.words, &tr!(me, "work-parts"), &segments)
}

fn filters(ctx: &PageContext, me: &SignedIn, moment: &Moment, asked: &Asked) -> Markup {
    let post = moment.directory.post(me.seat());
    let fields: Vec<String> =
        post.map(|post| post.fields.iter().map(|field| fold(field)).collect()).unwrap_or_default();
    let mine = moment
        .shelf
        .all()
        .filter(|procedure| fields.is_empty() || fields.contains(&fold(&procedure.sector)));
    let mut procedures = vec![Choice::new("", tr!(me, "work-any-procedure"))];
    procedures.extend(mine.map(|p| Choice::new(p.code.to_string(), p.name.clone())));
    let mut channels = vec![Choice::new("", tr!(me, "work-any-channel"))];
    channels.extend(casework::Channel::ALL.iter().map(|channel| {
        Choice::new(channel.word(), tr!(me, &format!("channel-{}", channel.word())))
    }));
    let select = |name: &str, label, choices, chosen: &str| FilterSelect {
        name: name.to_owned(),
        label,
        choices,
        chosen: chosen.to_owned(),
    };
    let kept =
        if asked.phan.is_empty() { vec![] } else { vec![("phan".into(), asked.phan.clone())] };
    let bar = FilterBar {
        action: WORK.to_owned(),
        search: Some((tr!(me, "work-find"), tr!(me, "work-find-hint"), asked.q.clone())),
        selects: vec![
            select("thu_tuc", tr!(me, "work-procedure"), procedures, &asked.thu_tuc),
            select("kenh", tr!(me, "work-channel"), channels, &asked.kenh),
        ],
        kept,
        clear: asked.is_narrowed().then(|| WORK.to_owned()),
        ..FilterBar::default()
    };
    filter::bar(ctx, &bar)
}

fn nothing(me: &SignedIn, asked: &Asked, counts: &Counts) -> Markup {
    if counts.all == 0 {
        let (label, href) = (tr!(me, "nav-register"), super::REGISTER);
        return empty(&tr!(me, "work-none"), Some((&label, href)));
    }
    let sentence =
        if asked.is_narrowed() { tr!(me, "work-none-here") } else { tr!(me, "work-none") };
    empty(&sentence, Some((&tr!(me, "work-show-all"), WORK)))
}

fn case_list(
    shared: &Desk,
    me: &SignedIn,
    moment: &Moment,
    bounds: Bounds,
    counts: &Counts,
    rows: Vec<WorkRow>,
) -> CaseList {
    let actions = bulk_actions(me, moment, &rows);
    let main = actions.first().filter(|action| action.main).map(|action| action.name.clone());
    let mut groups: Vec<(Part, Vec<CaseRow>)> = Vec::new();
    for row in &rows {
        let part = bounds.part(row);
        let shown = case_row(shared, me, moment, row, main.as_deref());
        match groups.last_mut().filter(|(of, _)| *of == part) {
            Some((_, rows)) => rows.push(shown),
            None => groups.push((part, vec![shown])),
        }
    }
    let groups = groups.into_iter().map(|(part, rows)| {
        let n = count_of(counts, part);
        let note = match part {
            Part::Paused => tr!(me, "work-count-paused", n = n),
            _ => tr!(me, "work-count", n = n),
        };
        CaseGroup { title: part_name(me, part), note, rows }
    });
    CaseList {
        caption: tr!(me, "work-caption"),
        groups: groups.collect(),
        bulk_path: Some(BULK.to_owned()),
        bulk: actions,
    }
}

/// The outcomes that the step of a row offers.
fn outcomes<'m>(moment: &'m Moment, case: &Case, step: &str) -> &'m [Outcome] {
    let found = moment.shelf.version(&case.procedure).zip(step.parse::<StepId>().ok());
    let step = found.and_then(|(procedure, step)| procedure.workflow.step(&step));
    step.map_or(&[], |step| &step.outcomes)
}

/// An outcome as the button for many names it: the same words are the same button.
fn outcome_word(outcome: &Outcome) -> String {
    format!("complete.{}", fold(&outcome.name).replace(' ', "-"))
}

/// What may be done to many: the outcomes offered most often, refusals left out, since each of
/// them needs reasons of its own.
fn bulk_actions(me: &SignedIn, moment: &Moment, rows: &[WorkRow]) -> Vec<BulkAction> {
    let mut offered: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.paused) {
        for outcome in outcomes(moment, &row.case, &row.step) {
            if outcome.target == Leads::End(End::Refusal) {
                continue;
            }
            let known = offered.entry(outcome_word(outcome)).or_default();
            (known.0, known.1) = (known.0 + 1, outcome.name.clone());
        }
    }
    let mut offered: Vec<_> = offered.into_iter().collect();
    offered.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    let outcomes = offered.into_iter().take(BULK_OUTCOMES_MAX).enumerate();
    let mut actions: Vec<_> = outcomes
        .map(|(i, (name, (_, label)))| BulkAction {
            name,
            label_counted: tr!(me, "work-bulk-outcome", outcome = label.as_str(), n = "#"),
            rest_counted: tr!(me, "work-bulk-rest", n = "#"),
            label,
            main: i == 0,
        })
        .collect();
    actions.push(BulkAction {
        name: "assign".into(),
        label: tr!(me, "work-bulk-assign"),
        label_counted: tr!(me, "work-bulk-assign"),
        rest_counted: String::new(),
        main: false,
    });
    actions
}

fn case_row(
    shared: &Desk,
    me: &SignedIn,
    moment: &Moment,
    row: &WorkRow,
    main: Option<&str>,
) -> CaseRow {
    let (case, words) = (&row.case, &me.words);
    let procedure = moment.shelf.version(&case.procedure);
    let calendar = moment.calendars.agency(case.decided_by);
    let offered = outcomes(moment, case, &row.step);
    let href = format!("{DOSSIER}/{}", case.code);
    let act = match offered {
        _ if row.paused => tr!(me, "work-open"),
        [one] => one.name.clone(),
        _ => tr!(me, "work-open"),
    };
    let mut can: Vec<String> = vec!["assign".to_owned()];
    if !row.paused {
        can.extend(offered.iter().map(outcome_word));
    }
    let ready = main.is_none_or(|main| can.iter().any(|can| can == main));
    let why_not = match (ready, row.paused) {
        (true, _) => None,
        (false, true) => Some(tr!(me, "work-bulk-paused")),
        (false, false) => Some(tr!(me, "work-bulk-other-step")),
    };
    let elsewhere = case.received_by != case.decided_by;
    let received = moment.directory.agency(case.received_by).filter(|_| elsewhere);
    CaseRow {
        id: case.code.to_string(),
        code: case.code.to_string(),
        act: Some((act, href.clone())),
        href,
        title: procedure.map_or_else(|| case.procedure.code.to_string(), |p| p.name.clone()),
        facts: vec![row.applicant.clone(), tr!(me, &format!("channel-{}", case.channel.word()))],
        tags: received
            .map(|agency| tr!(me, "work-received-at", agency = agency.short_name.as_str()))
            .into_iter()
            .collect(),
        clock: clock::view(words, case, me.now, calendar, &shared.thresholds),
        promised: if row.paused {
            tr!(me, &format!("work-when-{}", case.status.word()))
        } else {
            words.moment_near(row.due, me.now)
        },
        step: step_name(moment, case, &row.step),
        since: tr!(me, "work-since", when = since(me, row.since)),
        ticked: false,
        can,
        why_not,
    }
}

/// The day, or the hour where it is today.
fn since(me: &SignedIn, at: kernel::Instant) -> String {
    let day = kernel::today(at);
    if day == kernel::today(me.now) { me.words.time(at) } else { me.words.date_short(day) }
}

fn step_name(moment: &Moment, case: &Case, step: &str) -> String {
    let found = moment.shelf.version(&case.procedure).zip(step.parse::<StepId>().ok());
    let found = found.and_then(|(procedure, step)| procedure.workflow.step(&step));
    found.map_or_else(|| step.to_owned(), |step| step.name.clone())
}

/// What came of one dossier of many.
struct Outcoming {
    code: String,
    why_not: Option<String>,
}

async fn bulk(
    State(shared): State<Desk>,
    me: SignedIn,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let form = Typed(pairs);
    if !form.is_own(&me) {
        return Err(forged());
    }
    let codes: Vec<String> = form.all("case").take(BULK_MAX).map(str::to_owned).collect();
    if codes.is_empty() {
        return Ok(see_other_with(WORK, Flash::notice(tr!(me, "work-bulk-none"))));
    }
    let to = form.get("to").parse::<PostId>().ok();
    if form.get("do") == "assign" && to.is_none() {
        return Ok(ask_seat(&shared, &me, &codes).await?.into_response());
    }
    let mut done = Vec::with_capacity(codes.len());
    for code in codes {
        let why_not =
            one_of_many(&shared, &me, &code, form.get("do"), to, form.get("note")).await?;
        done.push(Outcoming { code, why_not });
    }
    let (failed, went): (Vec<_>, Vec<_>) = done.into_iter().partition(|d| d.why_not.is_some());
    if failed.is_empty() {
        let text = tr!(me, "work-bulk-done", n = went.len());
        return Ok(see_other_with(WORK, Flash::done(text)));
    }
    Ok(report(&shared, &me, &failed, went.len()).await?.into_response())
}

/// Acts on one dossier in its own transaction; the sentence where it did not go through.
async fn one_of_many(
    shared: &Desk,
    me: &SignedIn,
    code: &str,
    what: &str,
    to: Option<PostId>,
    note: &str,
) -> Result<Option<String>, Problem> {
    let unknown = Ok(Some(tr!(me, "work-bulk-unknown")));
    let Ok(parsed) = code.parse::<kernel::CaseCode>() else { return unknown };
    let inner = shared.clone();
    let found = shared.front.store.read(move |tx| {
        Ok::<_, crate::Error>(casework::load_by_code(tx, &inner.front.tenant, &parsed)?)
    });
    let Some(case) = found.await? else { return unknown };
    let (moment, note) = (shared.moment(), Note(note.to_owned()));
    let procedure = moment.shelf.version(&case.procedure).cloned();
    let mine = case.holdings.iter().filter(|(_, held)| held.post == me.seat());
    let mut mine = mine.map(|(step, _)| step.clone());
    let command = match to {
        Some(post) => mine.next().map(|step| Command::Assign { step, post, note }),
        None => mine.find_map(|step| {
            let mut offered = outcomes(&moment, &case, step.as_str()).iter();
            let outcome = offered.find(|outcome| outcome_word(outcome) == what)?.id.clone();
            Some(Command::Complete { step, outcome, note: note.clone() })
        }),
    };
    let Some(command) = command else { return Ok(Some(tr!(me, "work-bulk-not-offered"))) };
    let done = act(shared, me, Act { case: case.id, expected: None, happened_at: None, command });
    match done.await {
        Ok(_) => Ok(None),
        Err(error) => {
            let said = refusal::of_error(&me.words, &error, &moment, procedure.as_deref(), me.now);
            Ok(Some(said.ok_or_else(|| Problem::from(error))?))
        }
    }
}

/// To whom the ticked dossiers shall go.
async fn ask_seat(shared: &Desk, me: &SignedIn, codes: &[String]) -> Result<Markup, Problem> {
    let ctx = context(shared, me).await?;
    let seats = me.directory.posts_in(me.agency, me.now).filter(|post| post.id != me.seat());
    let seats: Vec<Choice> = seats
        .filter_map(|post| {
            let person = me.directory.holder(post.id, me.now)?;
            Some(Choice::new(post.id.to_string(), format!("{}, {}", person.name, post.title)))
        })
        .collect();
    let mut kept: Vec<(String, String)> =
        codes.iter().map(|code| ("case".to_owned(), code.clone())).collect();
    kept.push(("do".to_owned(), "assign".to_owned()));
    let ask = Confirm {
        question: tr!(me, "work-assign-question", n = codes.len()),
        consequences: vec![tr!(me, "work-assign-consequence")],
        action: BULK.to_owned(),
        verb: tr!(me, "work-bulk-assign"),
        harsh: false,
        back: WORK.to_owned(),
        kept,
    };
    let (to, note) = (tr!(me, "act-to-seat"), tr!(me, "act-note"));
    let fields = html! {
        (fields::select(&me.words, &Field::new("to", &to), &seats, ""))
        (fields::textarea(&me.words, &Field::new("note", &note).optional(), ""))
    };
    Ok(desk(&ctx, &ask.question.clone(), confirm::confirm(&ctx, &ask, fields)))
}

async fn report(
    shared: &Desk,
    me: &SignedIn,
    failed: &[Outcoming],
    went: usize,
) -> Result<Markup, Problem> {
    let ctx = context(shared, me).await?;
    let title = tr!(me, "work-report", n = failed.len());
    let page = html! {
        h1 { (title) }
        section.card {
            p { (tr!(me, "work-report-went", n = went)) }
            dl {
                @for one in failed {
                    dt { a href={ (DOSSIER) "/" (one.code) } { code { (one.code) } } }
                    dd { (one.why_not.as_deref().unwrap_or_default()) }
                }
            }
            p { a.btn href=(WORK) { (tr!(me, "nav-work")) } }
        }
    };
    Ok(desk(&ctx, &title, page))
}
