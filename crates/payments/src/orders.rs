//! Opening orders, handing them to a gateway, and reading them.

use casework::{Case, Obligation};
use jiff::SignedDuration;
use journal::{Data, EventKind, Happened};
use kernel::{Actor, CaseId, Instant, Mint, Tenant};
use store::{Row, Tx, args};

use crate::{
    Error, Item, Order, OrderId, OrderState, Result,
    model::{reference, squeezed},
};

/// Orders that one case may have in its life.
pub const ORDERS_PER_CASE_MAX: u32 = 200;

const OPENED: EventKind = EventKind::named("payment.order_opened");

/// What the case owes now, as items of an order.
#[must_use]
pub fn owed(case: &Case) -> Vec<Item> {
    let item = |o: &Obligation| Item { number: o.number, amount: o.amount };
    case.obligations.iter().filter(|o| o.is_owed()).map(item).collect()
}

/// The order that is offered for what the case owes now, if there is one.
///
/// # Errors
/// Those of the store.
pub fn offered(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    case: &Case,
    now: Instant,
) -> Result<Option<Order>> {
    let newest = newest(tx, tenant, case.id)?;
    Ok(newest.filter(|order| order.is_offered(now) && order.items == owed(case)))
}

/// The newest order of a case, wherever it stands.
///
/// # Errors
/// Those of the store.
pub fn newest(tx: &mut Tx<'_>, tenant: &Tenant, case: CaseId) -> Result<Option<Order>> {
    find(tx, "case_id = $2 order by ordinal desc limit 1", args!(tenant, case))
}

/// The offered order of the case; a new one where what is owed has changed, or the last one is
/// past its time. None where nothing is owed: everything paid, or waived by law.
///
/// # Errors
/// [`Error::TooManyOrders`]; [`Error::was_overtaken`] where another request opened one at the
/// same moment, to be run again.
pub fn open(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    mint: &Mint,
    case: &Case,
    life: SignedDuration,
    now: Instant,
) -> Result<Option<Order>> {
    let items = owed(case);
    if items.is_empty() {
        return Ok(None);
    }
    let newest = newest(tx, tenant, case.id)?;
    if let Some(order) = newest.as_ref().filter(|o| o.is_offered(now) && o.items == items) {
        return Ok(Some(order.clone()));
    }
    let ordinal = newest.map_or(0, |order| order.ordinal) + 1;
    if ordinal > ORDERS_PER_CASE_MAX {
        return Err(Error::TooManyOrders { max: ORDERS_PER_CASE_MAX });
    }
    tx.exec(
        "update payment_order set state = $3 where tenant = $1 and case_id = $2 and state = $4",
        args!(tenant, case.id, OrderState::Replaced.word(), OrderState::Open.word()),
    )?;
    let id: OrderId = mint.id(now);
    let usual = reference(&case.code, ordinal);
    let order = Order {
        id,
        reference: usual.unwrap_or_else(|| fallback(mint)),
        case: case.id,
        ordinal,
        amount: items.iter().map(|item| item.amount).sum(),
        items,
        state: OrderState::Open,
        opened_at: now,
        expires_at: now.checked_add(life).unwrap_or(Instant::MAX),
        paid_at: None,
        gateway: None,
        pay_url: None,
        sent_at: None,
        failed_at: None,
        asked: 0,
    };
    insert(tx, tenant, &order)?;
    let data = serde_json::json!({
        "order": order.id, "reference": order.reference, "amount": order.amount,
        "items": order.items, "expires_at": order.expires_at,
    });
    record(tx, tenant, mint, &of_case(case.id), OPENED, &data, now)?;
    Ok(Some(order))
}

/// Ten letters and digits for a case whose code is too long for the purpose of a transfer.
fn fallback(mint: &Mint) -> String {
    /// Without letters and digits that look alike.
    const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let letters = mint.bytes::<10>().map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
    format!("TS{}", letters.iter().collect::<String>())
}

fn insert(tx: &mut Tx<'_>, tenant: &Tenant, order: &Order) -> Result<()> {
    tx.exec(
        "insert into payment_order (tenant, id, reference, case_id, ordinal, items, amount, state,
             opened_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        args!(
            tenant,
            order.id,
            &order.reference,
            order.case,
            order.ordinal,
            serde_json::to_string(&order.items)?,
            dong(order.amount),
            order.state.word(),
            order.opened_at,
            order.expires_at
        ),
    )?;
    Ok(())
}

/// Remembers that an order was handed to a gateway, and when to ask what became of it should
/// the gateway not call.
///
/// # Errors
/// Those of the store.
pub fn handed_over(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    order: OrderId,
    gateway: &str,
    pay_url: &str,
    now: Instant,
) -> Result<()> {
    let ask_at = now.checked_add(ask_after(0)).unwrap_or(Instant::MAX);
    tx.put(
        "update payment_order set gateway = $3, pay_url = $4, sent_at = $5, ask_at = $6, asked = 0
         where tenant = $1 and id = $2",
        args!(tenant, order, gateway, pay_url, now, ask_at),
    )?;
    Ok(())
}

/// Orders of which a gateway should be asked now, `limit` at most; the next time is put off, so
/// that another process does not ask too. A bounded number of times each, over about two days.
///
/// # Errors
/// Those of the store.
pub fn to_ask(tx: &mut Tx<'_>, tenant: &Tenant, now: Instant, limit: u32) -> Result<Vec<Order>> {
    let sql = format!(
        "select {COLUMNS} from payment_order
         where tenant = $1 and ask_at is not null and ask_at <= $2 order by ask_at limit $3"
    );
    let rows = tx.all(&sql, args!(tenant, now, limit), raw)?;
    let orders: Vec<Order> = rows.into_iter().map(Raw::order).collect::<Result<_>>()?;
    for order in &orders {
        let asked = order.asked + 1;
        let next = (asked < ASKED_MAX && order.state != OrderState::Paid)
            .then(|| now.checked_add(ask_after(asked)).unwrap_or(Instant::MAX));
        tx.exec(
            "update payment_order set asked = $3, ask_at = $4 where tenant = $1 and id = $2",
            args!(tenant, order.id, asked, next),
        )?;
    }
    Ok(orders)
}

/// How often a gateway is asked about one order.
const ASKED_MAX: u32 = 12;

/// 2 minutes, 4, 8 … at most 12 hours.
fn ask_after(asked: u32) -> SignedDuration {
    SignedDuration::from_mins((2_i64 << asked.min(10)).min(12 * 60))
}

/// The gateway says that a payment failed; the order stays open.
///
/// # Errors
/// Those of the store.
pub fn failed(tx: &mut Tx<'_>, tenant: &Tenant, reference: &str, at: Instant) -> Result<()> {
    tx.exec(
        "update payment_order set failed_at = $3 where tenant = $1 and reference = $2",
        args!(tenant, squeezed(reference), at),
    )?;
    Ok(())
}

/// The order of a reference.
///
/// # Errors
/// Those of the store.
pub fn by_reference(tx: &mut Tx<'_>, tenant: &Tenant, reference: &str) -> Result<Option<Order>> {
    find(tx, "reference = $2", args!(tenant, reference))
}

const COLUMNS: &str = "id, reference, case_id, ordinal, items, amount, state, opened_at,
    expires_at, paid_at, gateway, pay_url, sent_at, failed_at, asked";

pub(crate) fn find(tx: &mut Tx<'_>, rest: &str, args: &[store::Arg<'_>]) -> Result<Option<Order>> {
    let sql = format!("select {COLUMNS} from payment_order where tenant = $1 and {rest}");
    tx.opt(&sql, args, raw)?.map(Raw::order).transpose()
}

struct Raw {
    order: Order,
    items: String,
    state: String,
}

impl Raw {
    fn order(self) -> Result<Order> {
        let state = OrderState::from_word(&self.state).ok_or(Error::Word(self.state))?;
        Ok(Order { items: serde_json::from_str(&self.items)?, state, ..self.order })
    }
}

fn raw(row: &Row<'_>) -> store::Result<Raw> {
    let order = Order {
        id: row.get(0)?,
        reference: row.get(1)?,
        case: row.get(2)?,
        ordinal: row.get(3)?,
        items: Vec::new(),
        amount: from_dong(row.get(5)?),
        state: OrderState::Open,
        opened_at: row.get(7)?,
        expires_at: row.get(8)?,
        paid_at: row.get(9)?,
        gateway: row.get(10)?,
        pay_url: row.get(11)?,
        sent_at: row.get(12)?,
        failed_at: row.get(13)?,
        asked: row.get(14)?,
    };
    Ok(Raw { order, items: row.get(4)?, state: row.get(6)? })
}

/// An amount as the store counts it.
pub(crate) fn dong(amount: u64) -> i64 {
    i64::try_from(amount).unwrap_or(i64::MAX)
}

pub(crate) fn from_dong(amount: i64) -> u64 {
    u64::try_from(amount).unwrap_or(0)
}

/// Under which name the journal keeps what happens to the money of a case.
pub(crate) fn of_case(case: CaseId) -> String {
    format!("payments of {case}")
}

pub(crate) fn record(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    mint: &Mint,
    of: &str,
    kind: EventKind,
    data: &serde_json::Value,
    now: Instant,
) -> Result<()> {
    let actor = Actor::System("payments".to_owned());
    let data = Data::of(data)?;
    let what = Happened { kind, actor, happened_at: now, recorded_at: now, data };
    journal::record(tx, tenant, mint, of, what)?;
    Ok(())
}
