//! Reconciliation: a statement is held against the money that came. What it shows and we did
//! not know is taken in as if somebody had called; what we know and it does not show is a
//! problem until a later statement shows it. A line may be read any number of times.

use casework::Office;
use journal::{Data, EventKind, Happened};
use kernel::{Actor, Instant, PartyId, Tenant, words};
use serde::{Deserialize, Serialize};
use store::{Tx, args};

use crate::{
    Arrival, ArrivalId, Error, Problem, Result, RunId,
    arrivals::{self, by_number},
    orders::{dong, from_dong},
    statement::{Line, StatementSettings},
};

/// Lines that are taken in one transaction, so that nobody waits long behind it.
pub const CHUNK: usize = 100;
/// Missing money that one run names.
const MISSING_MAX: u32 = 1_000;

const RECONCILED: EventKind = EventKind::named("payment.reconciled");

words! {
    /// What a line of a statement was found to be.
    Verdict {
        /// We knew it, and the amounts are the same.
        Matched = "matched",
        /// We did not know it; its order is paid now.
        Recorded = "recorded",
        /// We did not know it, and cannot tell what it is for, or how much of it.
        Unknown = "unknown",
        /// We knew it with another amount.
        Differs = "differs",
        /// Its order was paid before: to be refunded.
        PaidTwice = "paid_twice",
    }
}

/// How many of each, and how much.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Lines by verdict.
    pub matched: Count,
    /// See [`Verdict::Recorded`].
    pub recorded: Count,
    /// See [`Verdict::Unknown`].
    pub unknown: Count,
    /// See [`Verdict::Differs`].
    pub differs: Count,
    /// See [`Verdict::PaidTwice`].
    pub paid_twice: Count,
    /// Money that we know of and the statement does not show.
    pub missing_at_bank: Count,
}

/// A number and a sum in đồng.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// How many.
    pub lines: u64,
    /// How much.
    pub amount: u64,
}

impl Summary {
    /// The count of a verdict.
    #[must_use]
    pub fn of(&self, verdict: Verdict) -> Count {
        match verdict {
            Verdict::Matched => self.matched,
            Verdict::Recorded => self.recorded,
            Verdict::Unknown => self.unknown,
            Verdict::Differs => self.differs,
            Verdict::PaidTwice => self.paid_twice,
        }
    }

    fn set(&mut self, verdict: Verdict, count: Count) {
        match verdict {
            Verdict::Matched => self.matched = count,
            Verdict::Recorded => self.recorded = count,
            Verdict::Unknown => self.unknown = count,
            Verdict::Differs => self.differs = count,
            Verdict::PaidTwice => self.paid_twice = count,
        }
    }
}

/// A statement that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its identifier.
    pub id: RunId,
    /// Whose statement.
    pub source: String,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file, in hexadecimal.
    pub file_sha256: String,
    /// When it was begun.
    pub begun_at: Instant,
    /// When it was done; none where it was broken off. Reading the file again completes it.
    pub done_at: Option<Instant>,
    /// How many lines.
    pub lines: u64,
    /// What was found.
    pub summary: Summary,
}

/// Begins a run: who reads which file of which source.
///
/// # Errors
/// Those of the store.
#[expect(clippy::too_many_arguments, reason = "what a row is made of")]
pub fn begin(
    tx: &mut Tx<'_>,
    office: Office<'_>,
    settings: &StatementSettings,
    file_name: &str,
    file: &[u8],
    lines: usize,
    by: &Actor,
    now: Instant,
) -> Result<RunId> {
    let id: RunId = office.mint.id(now);
    let name: String = file_name.chars().take(120).collect();
    tx.exec(
        "insert into reconciliation (tenant, id, source, file_name, file_sha256, begun_at, actor,
             lines)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        args!(
            office.tenant,
            id,
            &settings.source,
            name,
            crate::sha256(file),
            now,
            by,
            i64::try_from(lines).unwrap_or(i64::MAX)
        ),
    )?;
    Ok(id)
}

/// Takes a piece of the lines in, [`CHUNK`] at most.
///
/// # Errors
/// [`Error::was_overtaken`], to be run again.
pub fn take(
    tx: &mut Tx<'_>,
    office: Office<'_>,
    run: RunId,
    source: &str,
    lines: &[Line],
    now: Instant,
) -> Result<()> {
    for line in lines {
        let (verdict, arrival) = judge(tx, office, source, line, now)?;
        tx.exec(
            "update payment_arrival set stated_at = $3, run_id = $4,
                 stated_amount = $5,
                 problem = case when $6 then $7 when problem = $8 then null else problem end,
                 settled_at = case when $6 then null else settled_at end
             where tenant = $1 and id = $2",
            args!(
                office.tenant,
                arrival,
                now,
                run,
                (verdict == Verdict::Differs).then(|| dong(line.amount)),
                verdict == Verdict::Differs,
                Problem::StatedOtherwise.word(),
                Problem::MissingAtBank.word()
            ),
        )?;
        let words = line.words.as_bytes();
        let sealed = match words {
            [] => None,
            words => Some(office.vault.seal(tx, PartyId::from_uuid(run.uuid()), words)?),
        };
        tx.exec(
            "insert into reconciliation_line (tenant, run_id, line, number, amount, paid_at,
                 verdict, arrival_id, sealed)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            args!(
                office.tenant,
                run,
                line.row,
                &line.number,
                dong(line.amount),
                line.paid_at,
                verdict.word(),
                arrival,
                sealed
            ),
        )?;
    }
    Ok(())
}

fn judge(
    tx: &mut Tx<'_>,
    office: Office<'_>,
    source: &str,
    line: &Line,
    now: Instant,
) -> Result<(Verdict, ArrivalId)> {
    if let Some(known) = by_number(tx, office.tenant, source, &line.number)? {
        let same = known.amount == line.amount;
        return Ok((if same { Verdict::Matched } else { Verdict::Differs }, known.id));
    }
    let arrival = Arrival {
        source: source.to_owned(),
        number: line.number.clone(),
        words: line.words.clone(),
        amount: line.amount,
        // Nothing was paid in the future, whatever a file says.
        paid_at: line.paid_at.min(now),
    };
    let kept = arrivals::receive(tx, office, &arrival, now)?.kept;
    let verdict = match kept.problem {
        None => Verdict::Recorded,
        Some(Problem::Excess) => Verdict::PaidTwice,
        Some(_) => Verdict::Unknown,
    };
    Ok((verdict, kept.id))
}

/// Ends a run: names what the statement should have shown and does not, counts, and writes the
/// evidence.
///
/// # Errors
/// Those of the store.
pub fn finish(
    tx: &mut Tx<'_>,
    office: Office<'_>,
    run: RunId,
    by: &Actor,
    now: Instant,
) -> Result<Run> {
    let begun = load(tx, office.tenant, run)?.ok_or(store::Error::NotFound)?;
    let mut summary = Summary::default();
    let mut last = None;
    tx.each(
        "select verdict, count(*), cast(sum(amount) as bigint), max(paid_at)
         from reconciliation_line where tenant = $1 and run_id = $2 group by verdict",
        args!(office.tenant, run),
        |row| {
            let (word, lines, amount): (String, u64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if let Some(verdict) = Verdict::from_word(&word) {
                summary.set(verdict, Count { lines, amount: from_dong(amount) });
            }
            last = last.max(Some(row.get::<Instant>(3)?));
            Ok(())
        },
    )?;
    if let Some(last) = last {
        summary.missing_at_bank = missing(tx, office, &begun, last)?;
    }
    tx.put(
        "update reconciliation set done_at = $3, summary = $4 where tenant = $1 and id = $2",
        args!(office.tenant, run, now, serde_json::to_string(&summary)?),
    )?;
    let data = serde_json::json!({
        "run": run, "source": begun.source, "file_sha256": begun.file_sha256,
        "lines": begun.lines, "summary": summary,
    });
    let of = format!("reconciliation of {}", begun.source);
    let what = Happened {
        kind: RECONCILED,
        actor: by.clone(),
        happened_at: now,
        recorded_at: now,
        data: Data::of(&data)?,
    };
    journal::record(tx, office.tenant, office.mint, &of, what)?;
    Ok(Run { done_at: Some(now), summary, ..begun })
}

/// Money of this source that was paid before the statement's last line and that no statement
/// has shown yet: a problem from now on, until one does.
fn missing(tx: &mut Tx<'_>, office: Office<'_>, run: &Run, last: Instant) -> Result<Count> {
    let missing = arrivals::list(
        tx,
        "source = $2 and stated_at is null and paid_at <= $3
         order by paid_at limit $4",
        args!(office.tenant, &run.source, last, MISSING_MAX),
    )?;
    let mut count = Count::default();
    for kept in &missing {
        count.lines += 1;
        count.amount += kept.amount;
        if kept.problem.is_none() {
            tx.exec(
                "update payment_arrival set problem = $3, settled_at = null
                 where tenant = $1 and id = $2 and problem is null",
                args!(office.tenant, kept.id, Problem::MissingAtBank.word()),
            )?;
        }
    }
    Ok(count)
}

/// A run by its identifier.
///
/// # Errors
/// Those of the store.
pub fn load(tx: &mut Tx<'_>, tenant: &Tenant, run: RunId) -> Result<Option<Run>> {
    Ok(select(tx, "id = $2", args!(tenant, run))?.pop())
}

/// The newest runs, newest first.
///
/// # Errors
/// Those of the store.
pub fn newest(tx: &mut Tx<'_>, tenant: &Tenant, limit: u32) -> Result<Vec<Run>> {
    select(tx, "begun_at > 0 order by begun_at desc, id desc limit $2", args!(tenant, limit))
}

fn select(tx: &mut Tx<'_>, rest: &str, args: &[store::Arg<'_>]) -> Result<Vec<Run>> {
    let sql = format!(
        "select id, source, file_name, file_sha256, begun_at, done_at, lines, summary
         from reconciliation where tenant = $1 and {rest}"
    );
    let rows = tx.all(&sql, args, |row| {
        let summary: Option<String> = row.get(7)?;
        let run = Run {
            id: row.get(0)?,
            source: row.get(1)?,
            file_name: row.get(2)?,
            file_sha256: row.get(3)?,
            begun_at: row.get(4)?,
            done_at: row.get(5)?,
            lines: row.get(6)?,
            summary: Summary::default(),
        };
        Ok((run, summary))
    })?;
    let whole = |(run, summary): (Run, Option<String>)| {
        let summary = summary.map(|text| serde_json::from_str(&text)).transpose()?;
        Ok(Run { summary: summary.unwrap_or_default(), ..run })
    };
    rows.into_iter().map(whole).collect()
}

/// A line of a run, as it was judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The line; its words are empty where their key was destroyed.
    pub line: Line,
    /// What it was found to be.
    pub verdict: Verdict,
}

/// Lines of a run in the order of the file, after a row; of one verdict, or of all.
///
/// # Errors
/// Those of the store.
pub fn lines(
    tx: &mut Tx<'_>,
    office: Office<'_>,
    run: RunId,
    verdict: Option<Verdict>,
    after: u32,
    limit: u32,
) -> Result<Vec<Judged>> {
    let rows = tx.all(
        "select line, number, amount, paid_at, verdict, sealed from reconciliation_line
         where tenant = $1 and run_id = $2 and line > $3 and ($4 = '' or verdict = $4)
         order by line limit $5",
        args!(office.tenant, run, after, verdict.map_or("", Verdict::word), limit),
        |row| {
            let line = Line {
                row: row.get(0)?,
                number: row.get(1)?,
                amount: from_dong(row.get(2)?),
                paid_at: row.get(3)?,
                words: String::new(),
            };
            Ok((line, row.get::<String>(4)?, row.get::<Option<Vec<u8>>>(5)?))
        },
    )?;
    let mut judged = Vec::with_capacity(rows.len());
    for (line, word, sealed) in rows {
        let verdict = Verdict::from_word(&word).ok_or(Error::Word(word))?;
        let words = match sealed {
            None => None,
            Some(sealed) => office.vault.open(tx, PartyId::from_uuid(run.uuid()), &sealed)?,
        };
        let words = words.map(|plain| String::from_utf8_lossy(&plain).into_owned());
        judged.push(Judged { line: Line { words: words.unwrap_or_default(), ..line }, verdict });
    }
    Ok(judged)
}

/// Whether this file was read to its end before, and when.
///
/// # Errors
/// Those of the store.
pub fn read_before(tx: &mut Tx<'_>, tenant: &Tenant, file: &[u8]) -> Result<Option<Instant>> {
    Ok(tx.opt(
        "select done_at from reconciliation
         where tenant = $1 and file_sha256 = $2 and done_at is not null
         order by begun_at desc limit 1",
        args!(tenant, crate::sha256(file)),
        |row| row.get(0),
    )?)
}
