//! What is published, and what a tablet shows.

use std::collections::BTreeMap;

use casework::Case;
use desk::{Desk, Part, Result, Score, Tally, tallies};
use jiff::SignedDuration;
use kernel::{AgencyId, CaseId, Instant};
use procedure::Matter;
use store::{Tx, args};

use crate::model::Period;

/// So long a question stands on a tablet; then whoever it was for has gone.
const SHOWN: SignedDuration = SignedDuration::from_mins(5);

/// The answers about one agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which agency.
    pub agency: AgencyId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How people answered.
    pub tally: Tally,
    /// What answers with a reason were about, in the order of [`Part::ALL`].
    pub parts: [u64; 4],
}

/// What is published of a time.
#[derive(Debug, Clone, Default)]
pub struct Published {
    /// Every agency that receives people, by name; also those that nobody answered about.
    pub lines: Vec<Line>,
    /// All together.
    pub all: Tally,
}

/// Answers of a time by agency; an agency without answers stands there without a percentage.
///
/// # Errors
/// Those of the store.
pub fn published(
    tx: &mut Tx<'_>,
    desk: &Desk,
    matter: Matter,
    period: Period,
) -> Result<Published> {
    let by_agency = tallies(tx, desk, matter, period.begin(), period.end())?;
    let parts = parts(tx, desk, matter, period)?;
    let directory = desk.front.directory.get();
    let now = desk.now();
    let mut published = Published::default();
    for agency in directory.agencies() {
        let tally = by_agency.get(&agency.id).copied();
        let receives = || {
            let mut posts = directory.posts_in(agency.id, now);
            agency.validity.covers(now) && posts.any(|post| post.role.as_str() == "receiver")
        };
        if tally.is_none() && !receives() {
            continue;
        }
        let tally = tally.unwrap_or_default();
        for (all, one) in published.all.by_score.iter_mut().zip(tally.by_score) {
            *all += one;
        }
        published.lines.push(Line {
            agency: agency.id,
            code: agency.code.to_string(),
            name: agency.name.clone(),
            tally,
            parts: parts.get(&agency.id).copied().unwrap_or_default(),
        });
    }
    published.lines.sort_by_key(|line| kernel::fold(&line.name));
    Ok(published)
}

/// What answers with a reason were about, by agency.
fn parts(
    tx: &mut Tx<'_>,
    desk: &Desk,
    matter: Matter,
    period: Period,
) -> Result<BTreeMap<AgencyId, [u64; 4]>> {
    let mut found: BTreeMap<AgencyId, [u64; 4]> = BTreeMap::new();
    let agencies: Vec<AgencyId> =
        desk.front.directory.get().agencies().map(|agency| agency.id).collect();
    for agency in agencies {
        tx.each(
            "select m.parts, count(*) from satisfaction s
             join satisfaction_more m on m.tenant = s.tenant and m.case_id = s.case_id
             where s.tenant = $1 and s.agency_id = $2 and s.answered_at >= $3
                 and s.answered_at < $4 and s.matter = $5 and m.parts <> ''
             group by m.parts",
            args!(&desk.front.tenant, agency, period.begin(), period.end(), matter.word()),
            |row| {
                let (named, count): (String, u64) = (row.get(0)?, row.get(1)?);
                let counted = found.entry(agency).or_default();
                for (slot, part) in counted.iter_mut().zip(Part::ALL) {
                    if named.split(',').any(|name| name == part.word()) {
                        *slot += count;
                    }
                }
                Ok(())
            },
        )?;
    }
    Ok(found)
}

/// The case whose question a tablet shows now.
///
/// # Errors
/// Those of the store.
pub(crate) fn on_tablet(
    tx: &mut Tx<'_>,
    desk: &Desk,
    agency: AgencyId,
    counter: &str,
    now: Instant,
) -> Result<Option<Case>> {
    let tenant = &desk.front.tenant;
    let shown: Option<(Option<CaseId>, Instant)> = tx.opt(
        "select case_id, shown_at from satisfaction_tablet
         where tenant = $1 and agency_id = $2 and counter = $3",
        args!(tenant, agency, counter),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    match shown {
        Some((Some(case), at)) if now.duration_since(at) < SHOWN => {
            Ok(casework::load(tx, tenant, case)?)
        }
        _ => Ok(None),
    }
}

/// Dossiers that this agency returned today, newest first: what the tablet may be set to.
///
/// # Errors
/// Those of the store.
pub(crate) fn just_returned(
    tx: &mut Tx<'_>,
    desk: &Desk,
    agency: AgencyId,
    since: Instant,
) -> Result<Vec<(CaseId, String)>> {
    // The agency's dossiers of the last weeks, and of these the ones that went out just now.
    let from = since - SignedDuration::from_hours(24 * 60);
    let found = tx.all(
        "select c.id, c.code from case_state c
         where c.tenant = $1 and c.received_by = $2 and c.submitted_at >= $3
             and c.returned_at >= $4 and c.matter = $5
             and not exists (select 1 from satisfaction s
                 where s.tenant = c.tenant and s.case_id = c.id)
         order by c.returned_at desc limit 8",
        args!(&desk.front.tenant, agency, from, since, Matter::Dossier.word()),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(found)
}

/// Most of what people said that is read at once.
const SAID_MAX: u16 = 30;

/// What somebody said beside their answer.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    /// Its place on the page.
    pub(crate) number: usize,
    /// The case, for the log and for nothing else.
    pub(crate) case: Case,
    /// How they answered.
    pub(crate) score: Score,
    /// When.
    pub(crate) answered_at: Instant,
    /// What it was about, as it is kept.
    pub(crate) parts: String,
    /// Their words; none where there were none, and where the data was destroyed.
    pub(crate) words: Option<String>,
}

/// What people said about an agency, the newest first.
///
/// # Errors
/// Those of the store.
pub(crate) fn said(tx: &mut Tx<'_>, desk: &Desk, agency: AgencyId) -> Result<Vec<Said>> {
    let tenant = &desk.front.tenant;
    let sql = format!(
        "select s.case_id, s.score, s.answered_at, m.parts, m.sealed from satisfaction s
         join satisfaction_more m on m.tenant = s.tenant and m.case_id = s.case_id
         where s.tenant = $1 and s.agency_id = $2
         order by s.answered_at desc limit {SAID_MAX}"
    );
    let rows = tx.all(&sql, args!(tenant, agency), |row| {
        let case: CaseId = row.get(0)?;
        let (score, answered_at): (i64, Instant) = (row.get(1)?, row.get(2)?);
        let (parts, sealed): (String, Option<Vec<u8>>) = (row.get(3)?, row.get(4)?);
        Ok((case, score, answered_at, parts, sealed))
    })?;
    let mut all = Vec::new();
    for (number, (case, score, answered_at, parts, sealed)) in rows.into_iter().enumerate() {
        let (Some(case), Some(score)) = (casework::load(tx, tenant, case)?, Score::of(score))
        else {
            continue;
        };
        let words = match sealed {
            Some(sealed) => desk::rating_words(tx, desk, case.applicant, &sealed)?,
            None => None,
        };
        all.push(Said { number, case, score, answered_at, parts, words });
    }
    Ok(all)
}
