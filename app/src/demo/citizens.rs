//! The invented people whom one can be in the demonstration: a few of those who filed.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use identity::{
    access::{Action, Decision},
    audit::{self, Basis, Entry, Reader},
    party::{self, PartyNumber},
};
use jiff::SignedDuration;
use kernel::{Actor, PartyId};
use store::args;

use crate::house::House;

/// Where they are named: a folder of data that is kept has the same people the next time.
const FILE: &str = "citizens";
/// How many there are to choose from.
const PEOPLE: usize = 4;
/// Among so many applicants they are looked for.
const LOOKED_AT_MAX: i64 = 200;

/// Chooses citizens who filed lately and not for the first time, and writes them down.
pub(super) fn choose(house: &House, data: &Path) -> Result<()> {
    let desk = house.desk.clone();
    let chosen = house.ground.store.read(move |tx| {
        let tenant = &desk.front.tenant;
        let most: Vec<PartyId> = tx.all(
            "select applicant from case_state where tenant = $1 group by applicant
             having count(*) > 1 order by max(submitted_at) desc, applicant limit $2",
            args!(tenant, LOOKED_AT_MAX),
            |row| row.get(0),
        )?;
        let mut chosen = Vec::new();
        for id in most {
            let party = party::load(tx, tenant, &desk.keyring, id)?;
            let number = party.and_then(|party| party.number);
            if matches!(number, Some(PartyNumber::Citizen(_))) {
                chosen.push(id);
            }
            if chosen.len() == PEOPLE {
                break;
            }
        }
        Ok::<_, one_stop::Error>(chosen)
    });
    let chosen = chosen.wait().context("the citizens of the demonstration")?;
    looked(house, &chosen).context("who looked at their data")?;
    let lines: String = chosen.iter().map(|id| format!("{id}\n")).collect();
    fs::write(data.join(FILE), lines).context("the citizens of the demonstration")
}

/// Whoever did something to a dossier had opened it: so the invented history says who looked.
fn looked(house: &House, chosen: &[PartyId]) -> Result<()> {
    let (desk, chosen) = (house.desk.clone(), chosen.to_vec());
    let written = house.ground.store.write(move |tx| {
        let (tenant, mint) = (&desk.front.tenant, &desk.front.mint);
        for party in &chosen {
            for mine in eid::queries::dossiers(tx, &desk, *party)? {
                for event in journal::read_case(tx, tenant, mine.case.id)? {
                    let Actor::Officer { person, post, .. } = event.actor else { continue };
                    let reader = Reader { account: None, person: Some(person), post: Some(post) };
                    let action =
                        if event.version == 1 { Action::OpenIdentity } else { Action::View };
                    let look = Entry::of(reader, action, &Decision::Allowed, event.happened_at)
                        .on(Some(mine.case.id), Some(*party))
                        .because(Basis::Procedure(mine.case.procedure.code.clone()));
                    let since = look.at - SignedDuration::from_mins(30);
                    if !audit::seen_since(tx, tenant, &look, since)? {
                        audit::record(tx, tenant, &look, mint)?;
                    }
                }
            }
        }
        Ok::<_, eid::Error>(())
    });
    Ok(written.wait()?)
}

/// Those who were chosen; nobody in a folder of an older program.
pub(super) fn chosen(data: &Path) -> Vec<PartyId> {
    let text = fs::read_to_string(data.join(FILE)).unwrap_or_default();
    text.lines().filter_map(|line| line.parse().ok()).collect()
}
