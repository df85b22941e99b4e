//! Carrying a plan out: one transaction for each step, each marked as done with what it did.

use std::{collections::BTreeMap, sync::Arc};

use kernel::{AgencyId, Instant, Mint, PostId, Tenant};
use store::{Store, Tx, args};

use super::{
    Plan, PostMove, Step, file,
    plan::{digest, plan},
};
use crate::{Directory, DirectoryChange, Edit, Error, Holding, Post, Result, Validity, edit};

/// The hand that moves open work; implemented by the room that keeps the cases.
pub trait CaseMover: Send + Sync + 'static {
    /// How many open cases the agency holds.
    ///
    /// # Errors
    /// [`Error::Store`], or [`Error::Mover`] with a reason.
    fn open_work(&self, tx: &mut Tx<'_>, tenant: &Tenant, agency: AgencyId) -> Result<u64>;

    /// Moves open cases as ordered, in this transaction; answers how many. Codes and clocks
    /// stay, what happened stays; from now on another post holds the case.
    ///
    /// # Errors
    /// [`Error::Store`], or [`Error::Mover`] with a reason; nothing of the step is then kept.
    fn move_open_work(&self, tx: &mut Tx<'_>, order: &WorkMove<'_>) -> Result<u64>;

    /// Keeps what a step changed in the directory, in the same transaction: the place to
    /// append it to the journal.
    ///
    /// # Errors
    /// As above.
    fn record(
        &self,
        _tx: &mut Tx<'_>,
        _tenant: &Tenant,
        _changes: &[DirectoryChange],
        _now: Instant,
    ) -> Result<()> {
        Ok(())
    }
}

/// An order to move open work from an agency that ends.
#[derive(Debug, Clone, Copy)]
pub struct WorkMove<'m> {
    /// Whose cases.
    pub tenant: &'m Tenant,
    /// The name of the plan.
    pub plan: &'m str,
    /// The resolution that orders it.
    pub basis: &'m str,
    /// The agency that ends.
    pub from: AgencyId,
    /// The agency that takes over.
    pub to: AgencyId,
    /// Whoever holds a case in a seat on the left, it is held by the seat on the right.
    pub posts: &'m BTreeMap<PostId, PostId>,
    /// Whether the open cases that no post of `posts` holds go along too; otherwise only those
    /// that one of them holds.
    pub rest: bool,
    /// The first instant of the new order.
    pub effective: Instant,
    /// The present instant.
    pub now: Instant,
}

/// What applying a plan did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Applied {
    /// Steps that were done now.
    pub done: usize,
    /// Steps that an earlier run had done.
    pub skipped: usize,
    /// Open cases that were moved now.
    pub moved: u64,
}

/// The plan in the file `text`: the one that was begun under its name, where its text is the
/// same, or else a new one against the directory as it is.
///
/// # Errors
/// [`Error::Plan`] with all faults, [`Error::OtherPlan`], and [`Error::Store`].
pub fn prepare(store: &Store, tenant: &Tenant, text: &str, mint: &Arc<Mint>) -> Result<Plan> {
    let name = file::read(text).map_err(|fault| Error::Plan(vec![fault]))?.name.into_inner();
    let (tenant, text, mint) = (tenant.clone(), text.to_owned(), mint.clone());
    let draw_up = move |tx: &mut Tx<'_>| match begun(tx, &tenant, &name)? {
        Some(begun) if begun.digest == digest(&text) => Ok(begun),
        Some(begun) => Err(Error::OtherPlan(begun.name)),
        None => plan(&Directory::load(tx, &tenant)?, &text, &mint).map_err(Error::Plan),
    };
    store.read(draw_up).wait()
}

/// Carries the plan out at `now`, from where an earlier run stopped.
///
/// # Errors
/// [`Error::TooEarly`] before its day, [`Error::OtherPlan`] where another one was begun under
/// its name, [`Error::Store`], and what `mover` refuses. The steps before the one that failed
/// stay done; calling it again goes on from there.
pub fn apply(
    store: &Store,
    tenant: &Tenant,
    plan: &Plan,
    mover: &Arc<dyn CaseMover>,
    now: Instant,
) -> Result<Applied> {
    if now < plan.effective {
        return Err(Error::TooEarly(plan.effective));
    }
    let plan = Arc::new(begin(store, tenant, plan.clone(), now)?);
    let mut applied = Applied::default();
    for at in 0..plan.steps.len() {
        let (tenant, plan, mover) = (tenant.clone(), plan.clone(), mover.clone());
        let step = move |tx: &mut Tx<'_>| {
            Run { tenant: &tenant, plan: &plan, mover: &*mover, now }.step(tx, &plan.steps[at])
        };
        match store.write(step).wait()? {
            Some(moved) => {
                applied.done += 1;
                applied.moved += moved;
            }
            None => applied.skipped += 1,
        }
    }
    let (tenant, name) = (tenant.clone(), plan.name.clone());
    let finish = move |tx: &mut Tx<'_>| {
        tx.exec(
            "update succession set done_at = $3
             where tenant = $1 and name = $2 and done_at is null",
            args!(&tenant, &name, now),
        )
    };
    store.write(finish).wait().map_err(Error::Store)?;
    Ok(applied)
}

/// Keeps the plan before its first step; hands back the one that is kept.
fn begin(store: &Store, tenant: &Tenant, plan: Plan, now: Instant) -> Result<Plan> {
    let tenant = tenant.clone();
    let keep = move |tx: &mut Tx<'_>| {
        let text = serde_json::to_string(&plan).map_err(|e| Error::Stored(e.to_string()))?;
        tx.exec(
            "insert into succession (tenant, name, digest, plan, begun_at)
             values ($1, $2, $3, $4, $5) on conflict (tenant, name) do nothing",
            args!(&tenant, &plan.name, &plan.digest, text, now),
        )?;
        match begun(tx, &tenant, &plan.name)? {
            Some(begun) if begun.digest == plan.digest => Ok(begun),
            _ => Err(Error::OtherPlan(plan.name.clone())),
        }
    };
    store.write(keep).wait()
}

fn begun(tx: &mut Tx<'_>, tenant: &Tenant, name: &str) -> Result<Option<Plan>> {
    let kept: Option<String> = tx.opt(
        "select plan from succession where tenant = $1 and name = $2",
        args!(tenant, name),
        |row| row.get(0),
    )?;
    let plan = kept.map(|text| serde_json::from_str(&text)).transpose();
    plan.map_err(|error| Error::Stored(format!("plan {name}: {error}")))
}

/// One run through a plan.
struct Run<'r> {
    tenant: &'r Tenant,
    plan: &'r Plan,
    mover: &'r dyn CaseMover,
    now: Instant,
}

impl Run<'_> {
    /// Does the step and marks it as done; answers how many cases it moved, or `None` where an
    /// earlier run had done it.
    fn step(&self, tx: &mut Tx<'_>, step: &Step) -> Result<Option<u64>> {
        let key = step.key();
        let begun = tx.exec(
            "insert into succession_progress (tenant, plan, step, moved, done_at)
             values ($1, $2, $3, 0, $4) on conflict (tenant, plan, step) do nothing",
            args!(self.tenant, &self.plan.name, &key, self.now),
        )?;
        if begun == 0 {
            return Ok(None);
        }
        let (moved, changes) = edit(tx, self.tenant, |edit| self.change(edit, step))?;
        self.mover.record(tx, self.tenant, &changes, self.now)?;
        tx.put(
            "update succession_progress set moved = $4
             where tenant = $1 and plan = $2 and step = $3",
            args!(self.tenant, &self.plan.name, &key, i64::try_from(moved).unwrap_or(i64::MAX)),
        )?;
        Ok(Some(moved))
    }

    fn change(&self, edit: &mut Edit<'_, '_>, step: &Step) -> Result<u64> {
        let at = self.plan.effective;
        match step {
            Step::Places { end, begin } => {
                let day = kernel::today(at);
                for end in end {
                    edit.close_place(&end.place, day, &end.successors)?;
                }
                for place in begin {
                    edit.record_place(place)?;
                }
            }
            Step::Open { agency } => edit.add_agency(agency)?,
            Step::Rename { agency, name, short_name, .. } => {
                edit.rename_agency(*agency, name, short_name, at)?;
            }
            Step::Close { agency, into, posts, children, .. } => {
                let moved = self.hand_over(edit, *agency, into, posts)?;
                for child in children {
                    edit.move_agency(*child, into.first().copied())?;
                }
                edit.close_agency(*agency, at, into.first().copied())?;
                return Ok(moved);
            }
        }
        Ok(0)
    }

    fn hand_over(
        &self,
        edit: &mut Edit<'_, '_>,
        from: AgencyId,
        into: &[AgencyId],
        posts: &[PostMove],
    ) -> Result<u64> {
        for post in posts.iter().filter_map(|change| change.opens.as_ref()) {
            // A seat that stands there already keeps its code; the one that comes has none.
            let taken = match &post.code {
                Some(code) => edit.code_is_taken(post.agency, code)?,
                None => false,
            };
            let code = post.code.clone().filter(|_| !taken);
            edit.add_post(&Post { code, ..post.clone() })?;
        }
        let mut all = 0;
        // The first takes the rest, so it comes last.
        for (place, to) in into.iter().enumerate().rev() {
            let there = posts.iter().filter(|change| change.to_agency == *to);
            let posts = there.map(|change| (change.from, change.to)).collect();
            let order = WorkMove {
                tenant: self.tenant,
                plan: &self.plan.name,
                basis: &self.plan.basis,
                from,
                to: *to,
                posts: &posts,
                rest: place == 0,
                effective: self.plan.effective,
                now: self.now,
            };
            let cases = self.mover.move_open_work(edit.tx(), &order)?;
            let plan = self.plan.name.clone();
            edit.note(DirectoryChange::WorkMoved { plan, from, to: *to, cases });
            all += cases;
        }
        for change in posts {
            self.hand_over_seat(edit, change)?;
        }
        Ok(all)
    }

    /// The seat ends; its holder gets the one that takes over, where nobody sits there.
    fn hand_over_seat(&self, edit: &mut Edit<'_, '_>, change: &PostMove) -> Result<()> {
        let at = self.plan.effective;
        let holder = edit.end_holding(change.from, at)?;
        edit.close_post(change.from, at, Some(change.to))?;
        match holder {
            Some(person) if !edit.is_held(change.to, at)? => {
                let validity = Validity::since(at);
                edit.hold(&Holding { post: change.to, person, validity })
            }
            _ => Ok(()),
        }
    }
}
