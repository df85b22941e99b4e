//! Lists: what the public may see, what waits for officers, what programs ask for.

use desk::values::Values;
use kernel::{AgencyId, CaseCode, CaseId, Instant, PartyId, PlaceCode, PostId, fold};
use store::{Arg, Tx, args};

use crate::{
    Feedback, Result,
    category::Category,
    geo::Point,
    model::{self, COLUMNS, Report, State},
    open311::{Filters, StatusOf},
};

/// Words are looked for in so many of the newest reports; further back the filters lead.
const SEARCHED_MAX: u32 = 1500;
/// Reports on one map.
const POINTS_MAX: u32 = 1000;
/// Reports of one person.
const MINE_MAX: u32 = 100;
/// Rows of an officer's list.
const WAITING_MAX: u32 = 200;

/// What the public asks a list for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Words, or a code.
    pub words: String,
    /// Only this commune.
    pub place: Option<PlaceCode>,
    /// Only this category.
    pub category: Option<Category>,
    /// Only where it stands so.
    pub state: Option<State>,
}

/// Where a page of a list ends.
#[derive(Debug, Clone, Copy)]
pub struct Cursor {
    /// When the last report was sent.
    pub at: Instant,
    /// Which it is.
    pub case: CaseId,
}

/// The newest reports that the public may see, before a place in the list.
///
/// # Errors
/// Those of the store.
pub fn newest(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    asked: &Asked,
    before: Option<Cursor>,
    limit: u32,
) -> Result<Vec<Report>> {
    let tenant = &feedback.front.tenant;
    if let Ok(code) = asked.words.trim().to_uppercase().parse::<CaseCode>() {
        let found = model::by_code(tx, tenant, &code)?.filter(|report| report.shown);
        return Ok(found.into_iter().collect());
    }
    let terms = fold(&asked.words);
    if terms.is_empty() {
        return select(tx, feedback, asked, before, limit);
    }
    let fits = |report: &Report| {
        let text = report.public_text.as_deref().unwrap_or_default();
        let place = report.public_place.as_deref().unwrap_or_default();
        let text = fold(&format!("{text} {place}"));
        terms.split(' ').all(|term| text.contains(term))
    };
    let mut found = select(tx, feedback, asked, before, SEARCHED_MAX)?;
    found.retain(fits);
    found.truncate(limit as usize);
    Ok(found)
}

fn select(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    asked: &Asked,
    before: Option<Cursor>,
    limit: u32,
) -> Result<Vec<Report>> {
    let mut values = Values::default();
    let tenant = values.place(feedback.front.tenant.as_str().to_owned());
    let mut sql =
        format!("select {COLUMNS} from feedback f where f.tenant = {tenant} and f.shown = true");
    if let Some(place) = &asked.place {
        sql += &format!(" and f.place = {}", values.place(place.as_str().to_owned()));
    }
    if let Some(category) = asked.category {
        sql += &format!(" and f.category = {}", values.place(category.word().to_owned()));
    }
    if let Some(state) = asked.state {
        sql += &format!(" and f.state = {}", values.place(state.word().to_owned()));
    }
    if let Some(Cursor { at, case }) = before {
        let (at, case) = (values.place(at), values.place(case));
        sql += &format!(
            " and f.submitted_at <= {at} and (f.submitted_at < {at} or f.case_id < {case})"
        );
    }
    let limit = values.place(limit);
    sql += &format!(" order by f.submitted_at desc, f.case_id desc limit {limit}");
    Ok(tx.all(&sql, &values.0, model::read)?)
}

/// The newest reports with a point, for a map.
///
/// # Errors
/// Those of the store.
pub fn map_points(tx: &mut Tx<'_>, feedback: &Feedback, asked: &Asked) -> Result<Vec<Report>> {
    let mut found = select(tx, feedback, asked, None, POINTS_MAX)?;
    found.retain(|report| report.point.is_some() || report.place.is_some());
    Ok(found)
}

/// The reports that somebody sent while they were signed in, the newest first.
///
/// # Errors
/// Those of the store.
pub fn mine(tx: &mut Tx<'_>, feedback: &Feedback, party: PartyId) -> Result<Vec<Report>> {
    let sql = format!(
        "select {COLUMNS} from case_state c
         join feedback f on f.tenant = c.tenant and f.case_id = c.id
         where c.tenant = $1 and c.applicant = $2 order by c.submitted_at desc limit {MINE_MAX}"
    );
    Ok(tx.all(&sql, args!(&feedback.front.tenant, party), model::read)?)
}

/// Something that an officer has to do now.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// On which report.
    pub report: Report,
    /// `accept`, `return`, or the step of the workflow.
    pub step: String,
    /// Until when it should be done.
    pub due: Instant,
    /// Whether the clock stands.
    pub paused: bool,
}

/// What waits for a seat, and at the counter of its agency, by the clock.
///
/// # Errors
/// Those of the store.
pub fn waiting(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    seat: PostId,
    agency: AgencyId,
) -> Result<Vec<Waiting>> {
    let sql = |whose: &str| {
        format!(
            "select {COLUMNS}, w.step, w.due_at, w.waits from work_item w
             join feedback f on f.tenant = w.tenant and f.case_id = w.case_id
             where w.tenant = $1 and {whose} order by w.waits, w.due_at, w.case_id limit $3"
        )
    };
    let read = |row: &store::Row<'_>| {
        let waits: i64 = row.get(33)?;
        let (step, due) = (row.get(31)?, row.get(32)?);
        Ok(Waiting { report: model::read(row)?, step, due, paused: waits > 0 })
    };
    let tenant = &feedback.front.tenant;
    let mut all = tx.all(&sql("w.post_id = $2"), args!(tenant, seat, WAITING_MAX), read)?;
    let counter = "w.post_id is null and w.agency_id = $2";
    all.extend(tx.all(&sql(counter), args!(tenant, agency, WAITING_MAX), read)?);
    // Nobody at a counter may open what is confidential.
    all.retain(|w| !w.report.confidential || !matches!(w.step.as_str(), "accept" | "return"));
    all.sort_by_key(|waiting| (waiting.paused, waiting.due));
    Ok(all)
}

/// What is late at an agency, for its head: what it should have passed on, and what it should have
/// answered.
///
/// # Errors
/// Those of the store.
pub fn late(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    agency: AgencyId,
    now: Instant,
) -> Result<Vec<Report>> {
    let sql = format!(
        "select {COLUMNS} from feedback f
         join case_state c on c.tenant = f.tenant and c.id = f.case_id
         where f.tenant = $1 and f.is_open = true and f.due_at < $2
             and case when f.state = 'received' then c.received_by else f.agency end = $3
         order by f.due_at limit $4"
    );
    Ok(tx.all(&sql, args!(&feedback.front.tenant, now, agency, WAITING_MAX), model::read)?)
}

/// What a program asks for.
///
/// # Errors
/// Those of the store.
pub fn found(tx: &mut Tx<'_>, feedback: &Feedback, asked: &Filters) -> Result<Vec<Report>> {
    let tenant = &feedback.front.tenant;
    if !asked.codes.is_empty() {
        let mut found = Vec::new();
        for code in asked.codes.iter().filter_map(|code| code.parse::<CaseCode>().ok()) {
            found.extend(model::by_code(tx, tenant, &code)?.filter(|report| report.shown));
        }
        return Ok(found);
    }
    let mut values = Values::default();
    let tenant = values.place(tenant.as_str().to_owned());
    let (from, to) = (values.place(asked.from), values.place(asked.to));
    let mut sql = format!(
        "select {COLUMNS} from feedback f where f.tenant = {tenant} and f.shown = true
         and f.submitted_at >= {from} and f.submitted_at <= {to}"
    );
    let words = asked.categories.iter().map(|category| Arg::from(category.word().to_owned()));
    if let Some(words) = values.places(words) {
        sql += &format!(" and f.category in ({words})");
    }
    if let Some(status) = asked.status {
        let open = values.place(status == StatusOf::Open);
        sql += &format!(" and f.is_open = {open}");
    }
    for (bound, sign) in [(asked.updated_from, ">="), (asked.updated_to, "<=")] {
        if let Some(at) = bound {
            sql += &format!(" and f.updated_at {sign} {}", values.place(at));
        }
    }
    // What no index narrows is narrowed here, over the newest of the span.
    let narrowed = asked.around.is_some() || asked.words.is_some();
    let (limit, offset) =
        if narrowed { (SEARCHED_MAX, 0) } else { (asked.page_size, asked.offset()) };
    let (limit, offset) = (values.place(limit), values.place(offset));
    sql += &format!(" order by f.submitted_at desc, f.case_id desc limit {limit} offset {offset}");
    let mut found = tx.all(&sql, &values.0, model::read)?;
    if let Some((north, east, metres)) = asked.around {
        let center = Point { north, east };
        found.retain(|r| r.point.is_some_and(|point| point.metres_to(center) <= metres));
    }
    if let Some(words) = &asked.words {
        let terms = fold(words);
        let text = |r: &Report| fold(r.public_text.as_deref().unwrap_or_default());
        found.retain(|r| terms.split(' ').all(|term| text(r).contains(term)));
    }
    if narrowed {
        let (skip, take) = (asked.offset() as usize, asked.page_size as usize);
        found = found.into_iter().skip(skip).take(take).collect();
    }
    Ok(found)
}

/// What the public was told between two instants, the newest first, with the report's code.
///
/// # Errors
/// Those of the store.
pub fn updates_between(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    from: Instant,
    to: Instant,
    limit: u32,
    offset: u32,
) -> Result<Vec<super::PublicUpdate>> {
    let rows = tx.all(
        "select u.id, f.code, u.at, u.kind, u.is_open, u.words, u.media
         from feedback_update u
         join feedback f on f.tenant = u.tenant and f.case_id = u.case_id and f.shown = true
         where u.tenant = $1 and u.at >= $2 and u.at <= $3
         order by u.at desc, u.id desc limit $4 offset $5",
        args!(&feedback.front.tenant, from, to, limit, offset),
        super::one::public_update,
    )?;
    Ok(rows)
}

/// How many reports wait for a seat, and at the counter of its agency.
///
/// # Errors
/// Those of the store.
pub fn count_waiting(
    tx: &mut Tx<'_>,
    desk: &desk::Desk,
    seat: PostId,
    agency: AgencyId,
) -> desk::Result<u64> {
    let count = |tx: &mut Tx<'_>, whose: &str, id: Arg<'static>| {
        let sql = format!(
            "select count(*) from work_item w
             join feedback f on f.tenant = w.tenant and f.case_id = w.case_id
             where w.tenant = $1 and {whose}"
        );
        tx.one(&sql, &[Arg::from(&desk.front.tenant), id], |row| row.get::<u64>(0))
    };
    let mine = count(tx, "w.post_id = $2", Arg::from(seat))?;
    let counter = count(
        tx,
        "w.post_id is null and w.agency_id = $2 and f.confidential = false",
        Arg::from(agency),
    )?;
    Ok(mine + counter)
}
