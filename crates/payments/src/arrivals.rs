//! Money that came. Whatever comes, late, twice, with a wrong amount, for nothing that is known:
//! a case is told of each payment exactly once, and what it does not take is kept as an open
//! problem for the accountant. No đồng is lost between the two.

mod finding;

use casework::{Case, Command, Office, Stamp};
use journal::EventKind;
use kernel::{Actor, CaseCode, Instant, PartyId, Tenant};
use store::{Row, Tx, args};

use crate::{
    Arrival, ArrivalId, Error, Item, Kept, Order, OrderState, Problem, Result,
    orders::{self, dong, from_dong, of_case, record},
};

const ARRIVED: EventKind = EventKind::named("payment.arrived");
const SETTLED: EventKind = EventKind::named("payment.settled");

/// Letters that the words of a payer are read to; banks carry far fewer.
pub(crate) const WORDS_LETTERS_MAX: usize = 500;

/// What became of the word that money came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The money, as it is kept.
    pub kept: Kept,
    /// Whether this was the first word of it.
    pub first: bool,
}

/// Takes the word that money came. The case has its payment in the same transaction.
///
/// # Errors
/// [`Error::was_overtaken`] where the same word, or another change of the case, came at the same
/// moment: to be run again.
pub fn receive(
    tx: &mut Tx<'_>,
    office: Office<'_>,
    arrival: &Arrival,
    now: Instant,
) -> Result<Received> {
    if let Some(kept) = by_number(tx, office.tenant, &arrival.source, &arrival.number)? {
        if kept.amount == arrival.amount {
            return Ok(Received { kept, first: false });
        }
        return contradiction(tx, office, arrival, now);
    }
    let order = finding::order(tx, office.tenant, &arrival.words)?;
    let (applied, problem) = match &order {
        None => (0, Some(Problem::Unknown)),
        Some(order) if order.amount != arrival.amount => (0, Some(Problem::Differs)),
        Some(order) => {
            let applied = apply(tx, office, order, arrival, now)?;
            (applied, (applied < arrival.amount).then_some(Problem::Excess))
        }
    };
    let kept = kept(office, arrival, order.as_ref(), applied, problem, now);
    insert(tx, office, &kept, order.as_ref())?;
    Ok(Received { kept, first: true })
}

/// The same transaction with another amount: one of the two words is wrong, and no program can
/// say which.
fn contradiction(
    tx: &mut Tx<'_>,
    office: Office<'_>,
    arrival: &Arrival,
    now: Instant,
) -> Result<Received> {
    let number = format!("{}~{}", arrival.number, arrival.amount);
    if let Some(kept) = by_number(tx, office.tenant, &arrival.source, &number)? {
        return Ok(Received { kept, first: false });
    }
    let order = finding::order(tx, office.tenant, &arrival.words)?;
    let arrival = Arrival { number, ..arrival.clone() };
    let kept = kept(office, &arrival, order.as_ref(), 0, Some(Problem::Contradicts), now);
    insert(tx, office, &kept, order.as_ref())?;
    Ok(Received { kept, first: true })
}

fn kept(
    office: Office<'_>,
    arrival: &Arrival,
    order: Option<&Order>,
    applied: u64,
    problem: Option<Problem>,
    now: Instant,
) -> Kept {
    Kept {
        id: office.mint.id(now),
        source: arrival.source.clone(),
        number: arrival.number.clone(),
        reference: order.map(|order| order.reference.clone()),
        case: order.map(|order| order.case),
        amount: arrival.amount,
        applied,
        paid_at: arrival.paid_at,
        recorded_at: now,
        problem,
        stated_amount: None,
        stated_at: None,
    }
}

/// Tells the case; answers how much of the money it took.
fn apply(
    tx: &mut Tx<'_>,
    office: Office<'_>,
    order: &Order,
    arrival: &Arrival,
    now: Instant,
) -> Result<u64> {
    let case = casework::load(tx, office.tenant, order.case)?;
    let case = case.ok_or(casework::Error::NoSuchCase)?;
    let applied = pay(tx, office, case, &order.items, arrival, now)?;
    let state = if applied > 0 { OrderState::Paid } else { OrderState::Replaced };
    tx.exec(
        "update payment_order set state = $3, paid_at = coalesce(paid_at, $4), ask_at = null
         where tenant = $1 and id = $2 and state <> $5",
        args!(
            office.tenant,
            order.id,
            state.word(),
            (applied > 0).then_some(now),
            OrderState::Paid.word()
        ),
    )?;
    Ok(applied)
}

/// Records the payment of each item that is still owed.
fn pay(
    tx: &mut Tx<'_>,
    office: Office<'_>,
    mut case: Case,
    items: &[Item],
    arrival: &Arrival,
    now: Instant,
) -> Result<u64> {
    let mut applied = 0;
    for item in items {
        let owed = |o: &&casework::Obligation| {
            o.number == item.number && o.amount == item.amount && o.is_owed()
        };
        if !case.obligations.iter().any(|o| owed(&o)) {
            continue;
        }
        let command = Command::RecordPayment {
            number: item.number,
            amount: item.amount,
            online: true,
            reference: format!("{} {}", arrival.source, arrival.number),
        };
        // A source's clock may be ahead, or behind what the case knows already.
        let happened_at = arrival.paid_at.max(case.last_happened_at).min(now);
        let actor = Actor::System(format!("payments:{}", arrival.source));
        let stamp = Stamp { actor, happened_at, recorded_at: now };
        match casework::handle_loaded(tx, office, case.clone(), None, &command, &stamp) {
            Ok(done) => {
                case = done.case;
                applied += item.amount;
            }
            // A case that is over takes no money; it is to be refunded.
            Err(casework::Error::Refused(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(applied)
}

fn insert(tx: &mut Tx<'_>, office: Office<'_>, kept: &Kept, order: Option<&Order>) -> Result<()> {
    tx.exec(
        "insert into payment_arrival (tenant, id, source, number, reference, order_id, case_id,
             amount, applied, paid_at, recorded_at, problem)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        args!(
            office.tenant,
            kept.id,
            &kept.source,
            &kept.number,
            kept.reference.as_deref(),
            order.map(|order| order.id),
            kept.case,
            dong(kept.amount),
            dong(kept.applied),
            kept.paid_at,
            kept.recorded_at,
            kept.problem.map(Problem::word)
        ),
    )?;
    journal_arrival(tx, office, kept)
}

fn journal_arrival(tx: &mut Tx<'_>, office: Office<'_>, kept: &Kept) -> Result<()> {
    let data = serde_json::json!({
        "source": kept.source, "number": kept.number, "reference": kept.reference,
        "amount": kept.amount, "applied": kept.applied, "paid_at": kept.paid_at,
        "problem": kept.problem,
    });
    let of = subject_of(kept);
    record(tx, office.tenant, office.mint, &of, ARRIVED, &data, kept.recorded_at)
}

fn subject_of(kept: &Kept) -> String {
    kept.case.map_or_else(|| format!("payment {}", kept.id), of_case)
}

/// Gives money that nobody knew what to do with to the case that it was meant for.
///
/// # Errors
/// [`Error::NothingOpen`], [`Error::NotOwed`] where the case owes another amount.
pub fn assign(
    tx: &mut Tx<'_>,
    office: Office<'_>,
    id: ArrivalId,
    code: &CaseCode,
    by: &Actor,
    now: Instant,
) -> Result<Kept> {
    let kept = open_problem(tx, office.tenant, id)?;
    if !matches!(kept.problem, Some(Problem::Unknown | Problem::Differs | Problem::Excess))
        || kept.applied > 0
    {
        return Err(Error::NothingOpen);
    }
    let case = casework::load_by_code(tx, office.tenant, code)?;
    let case = case.ok_or(casework::Error::NoSuchCase)?;
    let (case_id, items) = (case.id, orders::owed(&case));
    let owed = items.iter().map(|item| item.amount).sum();
    if owed != kept.amount {
        return Err(Error::NotOwed { owed, came: kept.amount });
    }
    let arrival = Arrival {
        source: kept.source.clone(),
        number: kept.number.clone(),
        words: String::new(),
        amount: kept.amount,
        paid_at: kept.paid_at,
    };
    let applied = pay(tx, office, case, &items, &arrival, now)?;
    if applied != kept.amount {
        return Err(Error::NotOwed { owed: applied, came: kept.amount });
    }
    tx.put(
        "update payment_arrival set case_id = $3, applied = $4, settled_at = $5, settled_by = $6
         where tenant = $1 and id = $2 and settled_at is null",
        args!(office.tenant, id, case_id, dong(applied), now, by),
    )?;
    let data = serde_json::json!({
        "source": kept.source, "number": kept.number, "amount": kept.amount, "by": by,
        "problem": kept.problem, "assigned": true,
    });
    record(tx, office.tenant, office.mint, &of_case(case_id), SETTLED, &data, now)?;
    Ok(Kept { case: Some(case_id), applied, ..kept })
}

/// Closes a problem for a reason in words: refunded, explained by the bank …
///
/// # Errors
/// [`Error::NothingOpen`], [`Error::ReasonMissing`].
pub fn settle(
    tx: &mut Tx<'_>,
    office: Office<'_>,
    id: ArrivalId,
    why: &str,
    by: &Actor,
    now: Instant,
) -> Result<()> {
    let why = why.trim();
    if why.is_empty() {
        return Err(Error::ReasonMissing);
    }
    let kept = open_problem(tx, office.tenant, id)?;
    // The words may name people, so they are sealed under a key of their own.
    let sealed = office.vault.seal(tx, PartyId::from_uuid(id.uuid()), why.as_bytes())?;
    tx.put(
        "update payment_arrival set settled_at = $3, settled_by = $4, settled_why = $5
         where tenant = $1 and id = $2 and settled_at is null",
        args!(office.tenant, id, now, by, sealed),
    )?;
    let data = serde_json::json!({
        "source": kept.source, "number": kept.number, "amount": kept.amount, "by": by,
        "problem": kept.problem, "why_sha256": crate::sha256(why.as_bytes()),
    });
    record(tx, office.tenant, office.mint, &subject_of(&kept), SETTLED, &data, now)
}

fn open_problem(tx: &mut Tx<'_>, tenant: &Tenant, id: ArrivalId) -> Result<Kept> {
    let kept =
        find(tx, "id = $2 and problem is not null and settled_at is null", args!(tenant, id))?;
    kept.ok_or(Error::NothingOpen)
}

/// What is open, oldest first, after a place in the list; `limit` at most.
///
/// # Errors
/// Those of the store.
pub fn open_problems(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    after: Option<(Instant, ArrivalId)>,
    limit: u32,
) -> Result<Vec<Kept>> {
    let (at, id) = after.unwrap_or((Instant::MIN, ArrivalId::from_uuid(uuid::Uuid::nil())));
    list(
        tx,
        "problem is not null and settled_at is null
             and (recorded_at > $2 or (recorded_at = $2 and id > $3))
         order by recorded_at, id limit $4",
        args!(tenant, at, id, limit),
    )
}

/// How much is open, and how many; counted to a bound.
///
/// # Errors
/// Those of the store.
pub fn open_count(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<u32> {
    Ok(tx.one(
        "select count(*) from (select 1 from payment_arrival
             where tenant = $1 and problem is not null and settled_at is null limit 1000) as counted",
        args!(tenant),
        |row| row.get(0),
    )?)
}

/// What came for a case, oldest first.
///
/// # Errors
/// Those of the store.
pub fn of(tx: &mut Tx<'_>, tenant: &Tenant, case: kernel::CaseId) -> Result<Vec<Kept>> {
    list(tx, "case_id = $2 order by paid_at limit 100", args!(tenant, case))
}

pub(crate) fn by_number(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    source: &str,
    number: &str,
) -> Result<Option<Kept>> {
    find(tx, "source = $2 and number = $3", args!(tenant, source, number))
}

const COLUMNS: &str = "id, source, number, reference, case_id, amount, applied, paid_at,
    recorded_at, problem, stated_amount, stated_at";

fn find(tx: &mut Tx<'_>, rest: &str, args: &[store::Arg<'_>]) -> Result<Option<Kept>> {
    let sql = format!("select {COLUMNS} from payment_arrival where tenant = $1 and {rest}");
    tx.opt(&sql, args, read)?.map(known).transpose()
}

pub(crate) fn list(tx: &mut Tx<'_>, rest: &str, args: &[store::Arg<'_>]) -> Result<Vec<Kept>> {
    let sql = format!("select {COLUMNS} from payment_arrival where tenant = $1 and {rest}");
    tx.all(&sql, args, read)?.into_iter().map(known).collect()
}

fn read(row: &Row<'_>) -> store::Result<(Kept, Option<String>)> {
    let kept = Kept {
        id: row.get(0)?,
        source: row.get(1)?,
        number: row.get(2)?,
        reference: row.get(3)?,
        case: row.get(4)?,
        amount: from_dong(row.get(5)?),
        applied: from_dong(row.get(6)?),
        paid_at: row.get(7)?,
        recorded_at: row.get(8)?,
        problem: None,
        stated_amount: row.get::<Option<i64>>(10)?.map(from_dong),
        stated_at: row.get(11)?,
    };
    Ok((kept, row.get(9)?))
}

fn known((kept, problem): (Kept, Option<String>)) -> Result<Kept> {
    let word = |word: String| Problem::from_word(&word).ok_or(Error::Word(word));
    Ok(Kept { problem: problem.map(word).transpose()?, ..kept })
}
