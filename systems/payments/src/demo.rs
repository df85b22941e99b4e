//! Money for the demonstration: of the dossiers that owe something, some are owing still, some
//! paid by transfer, one paid twice, one with a wrong amount, and somebody wrote nothing that
//! tells what it was for. It comes as it does in real life: orders are opened, and a statement of
//! the bank is read.

use casework::Case;
use jiff::SignedDuration;
use kernel::{Actor, CaseId, Instant, local};
use payments::Order;
use store::args;

use crate::{Cashier, Result, read_statement};

/// So many dossiers that owe something are looked at, the newest.
const DOSSIERS: u32 = 24;

/// Opens orders for dossiers that owe something, and reads a statement of `source` on which some
/// of them are paid; answers how many orders there are. Nothing where nobody owes anything.
///
/// # Errors
/// Those of the store, and of a source that the configuration does not describe.
pub async fn generate(cashier: &Cashier, source: &str, by: &Actor) -> Result<usize> {
    let now = cashier.desk.now();
    let owing = cashier.read(|tx, cashier| {
        let tenant = &cashier.desk.front.tenant;
        let ids: Vec<CaseId> = tx.all(
            "select id from case_state where tenant = $1 and unpaid > 0 and returned_at is null
             order by submitted_at desc, id limit $2",
            args!(tenant, DOSSIERS),
            |row| row.get(0),
        )?;
        let cases = ids.into_iter().map(|id| casework::load(tx, tenant, id));
        let cases: Vec<Case> = cases.filter_map(Result::transpose).collect::<Result<_, _>>()?;
        Ok(cases.into_iter().filter(|case| case.status.is_open()).collect::<Vec<_>>())
    });
    let mut orders = Vec::new();
    for case in owing.await? {
        let opened = cashier.write(move |tx, cashier| {
            let (front, life) = (&cashier.desk.front, cashier.settings.life());
            Ok(payments::open(tx, &front.tenant, &front.mint, &case, life, now)?)
        });
        orders.extend(opened.await?);
    }
    if orders.is_empty() {
        return Ok(0);
    }
    let Some(statement) = cashier.settings.statement(source) else { return Ok(orders.len()) };
    let heads = &statement.columns;
    let heads = [&heads.number, &heads.paid_at, &heads.amount, &heads.words].map(String::as_str);
    let file = written(heads, &lines(&orders, now));
    read_statement(cashier, source, "so-phu.csv", file.into_bytes(), by).await?;
    Ok(orders.len())
}

/// What the bank says: when, how much, and the words of the payer.
type Line = (Instant, u64, String);

fn lines(orders: &[Order], now: Instant) -> Vec<Line> {
    let ago = |minutes: i64| now - SignedDuration::from_mins(minutes);
    let mut lines: Vec<Line> = Vec::new();
    for (nth, order) in (0_i64..).zip(orders) {
        let (at, reference) = (ago(15 + nth * 7), &order.reference);
        match nth % 4 {
            0 => lines.push((at, order.amount, format!("MBVCB {reference} nop le phi"))),
            1 if nth == 1 => {
                lines.push((at, order.amount, format!("{reference} CT tu 0011")));
                lines.push((ago(9), order.amount, format!("{reference} nop lai")));
            }
            2 if nth == 2 => lines.push((at, order.amount / 2 + 500, reference.clone())),
            // The others owe it still.
            _ => {}
        }
    }
    lines.push((ago(5), 15_000, "nop tien ho so cho me".to_owned()));
    lines
}

fn written(heads: [&str; 4], lines: &[Line]) -> String {
    let mut file = format!("{}\n", heads.join(";"));
    for (nth, (at, amount, words)) in lines.iter().enumerate() {
        let at = local(*at).strftime("%d/%m/%Y %H:%M");
        file.push_str(&format!("TD{:05};{at};{amount};{words}\n", nth + 1));
    }
    file
}
