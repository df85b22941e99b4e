//! One target: its way and its figures, what is judged and by what, what a head says against it,
//! and, where no indicator tells them, its declared figures.

mod deeds;
mod view;

pub(super) use deeds::{check, declare, evidence, overrule, shown};
pub(super) use view::page;

use desk::Desk;
use kernel::PostId;
use web::{SignedIn, http::Problem};

use super::common;
use crate::{
    measures::{self, Standing, Window},
    model::{Code, Declared, Override, Programme, Task},
    queries,
};

/// Everything of a target.
pub(super) struct Open {
    pub(super) programme: Programme,
    pub(super) standing: Standing,
    pub(super) declared: Vec<Declared>,
    pub(super) overrides: Vec<Override>,
    pub(super) tasks: Vec<Task>,
}

/// The target of an address, to somebody who may read programmes.
pub(super) async fn open(
    desk: &Desk,
    me: &SignedIn,
    (programme, target): (&str, &str),
) -> Result<Open, Problem> {
    common::reads(desk, me)?;
    let (programme, target): (Code, Code) = (common::code(programme)?, common::code(target)?);
    let read = common::read(desk, move |tx, desk| {
        let tenant = &desk.front.tenant;
        let found = queries::target(tx, tenant, &programme, &target)?;
        let programme = queries::known(tx, tenant, &programme)?;
        let mut tasks = queries::tasks_of(tx, tenant, &programme.code)?;
        tasks.retain(|task| task.target.as_ref() == Some(&target));
        let declared = queries::declared(tx, tenant, &found)?;
        let overrides = queries::overrides(tx, tenant, &found)?;
        let mut standings = measures::standings(tx, desk, vec![found], &tasks, Window::Whole)?;
        let standing = standings.pop().ok_or(crate::Error::Nothing)?;
        Ok(Open { programme, standing, declared, overrides, tasks })
    });
    Ok(read.await?)
}

/// The head who may say otherwise than what was computed: the one who answers for the target, or
/// a head above; in the seat of a head, as it is a head's word.
pub(super) fn may_overrule(desk: &Desk, me: &SignedIn, head: PostId) -> bool {
    let head = queries::seat_today(&me.directory, head);
    let Some(post) = me.directory.post(head) else { return false };
    let in_seat = me.directory.post(me.seat()).is_some_and(|seat| seat.head);
    in_seat && common::may(desk, me, identity::access::Action::Direct, post.agency)
}

/// Whoever declares and checks: who directs the agency that answers for the target, or the whole
/// programme.
pub(super) fn may_declare(desk: &Desk, me: &SignedIn, open: &Open) -> bool {
    let head = queries::seat_today(&me.directory, open.standing.target.head);
    let agency = me.directory.post(head).map(|post| post.agency);
    let directs = |agency| common::may(desk, me, identity::access::Action::Direct, agency);
    agency.is_some_and(directs) || directs(open.programme.agency)
}
