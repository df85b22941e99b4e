//! Whoever has an alert in their hands is told of it, by the ways that they chose: the officer in
//! the seat, and whoever acts for that seat at the time. What was acknowledged is not told again.

use std::collections::BTreeSet;

use casework::Stamp;
use desk::Desk;
use directory::Directory;
use journal::{Data, EventKind, Happened};
use kernel::{CaseCode, Instant, PersonId, PostId};
use store::Tx;

use crate::Result;

/// Why somebody is told.
#[derive(Debug, Clone, Copy)]
pub(super) enum Why {
    /// It was raised, or raised again before anybody acknowledged it.
    Opened,
    /// Nobody acknowledged it in time.
    Escalated,
}

/// Notes in the journal who was told, and hands that to those who carry notices. Where nobody
/// sits in the seat or acts for it there is nobody to tell; it stands in the work list all the
/// same.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    desk: &Desk,
    code: &CaseCode,
    (post, why): (PostId, Why),
    stamp: &Stamp,
) -> Result<()> {
    let (front, directory) = (&desk.front, desk.front.directory.get());
    let kind = match why {
        Why::Opened => "alert.opened",
        Why::Escalated => "alert.escalated",
    };
    for person in in_hands(&directory, post, stamp.recorded_at) {
        let what = Happened {
            kind: EventKind::named(kind),
            actor: stamp.actor.clone(),
            happened_at: stamp.happened_at,
            recorded_at: stamp.recorded_at,
            data: Data::of(&serde_json::json!({
                "incident": code, "person": person, "post": post,
            }))?,
        };
        let name = format!("incident {code}");
        let event = journal::record(tx, &front.tenant, &front.mint, &name, what)?;
        notices::announce(tx, &front.tenant, &event, notices::officer(person))?;
    }
    Ok(())
}

/// Who holds the post at `at`, or acts for it; each once.
fn in_hands(directory: &Directory, post: PostId, at: Instant) -> BTreeSet<PersonId> {
    let acting = directory.delegations_from(post, at).map(|delegation| delegation.to);
    let seats = std::iter::once(post).chain(acting);
    seats.filter_map(|seat| Some(directory.holder(seat, at)?.id)).collect()
}
