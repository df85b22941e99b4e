//! `tinhso person`: what an operator does with what is held about one person.

use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use identity::{
    SessionLimits, Sessions,
    party::{self, PartyNumber},
    seal::{Keyring, MasterKey},
};
use kernel::{PartyId, Tenant};
use store::{Tx, args};

use crate::{
    cli::{PersonCommand, Whom},
    config::Config,
    house::Ground,
};

/// A ground longer than that is a story, and stories name people.
const REASON_LETTERS_MAX: usize = 200;

pub(crate) fn run(command: PersonCommand) -> Result<ExitCode> {
    match command {
        PersonCommand::Show { whom, place } => {
            let config = Config::of(&place)?;
            let ground = Ground::existing(&config)?;
            println!("{}", held(&config, &ground, &whom)?.1);
        }
        PersonCommand::Destroy { whom, reason, for_good, place } => {
            destroy(&Config::of(&place)?, &whom, &reason, for_good)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Who that is, and in one line what is held: numbers only, since logs are kept elsewhere.
fn held(config: &Config, ground: &Ground, whom: &Whom) -> Result<(PartyId, String)> {
    let master = MasterKey::load_or_create(&config.data.join("master.key"), &ground.mint)
        .context("the master key of personal data")?;
    let (keyring, tenant, whom) = (Keyring::new(&master), config.tenant.clone(), whom.clone());
    let read = ground.store.read(move |tx| {
        let Some(party) = find(tx, &tenant, &keyring, &whom)? else { return Ok(None) };
        let count = |tx: &mut Tx<'_>, sql: &str| -> eid::Result<i64> {
            Ok(tx.one(sql, args!(&tenant, party), |row| row.get(0))?)
        };
        let cases =
            count(tx, "select count(*) from case_state where tenant = $1 and applicant = $2")?;
        let looks =
            count(tx, "select count(*) from access_log where tenant = $1 and party_id = $2")?;
        let known = party::load(tx, &tenant, &keyring, party)?.is_some();
        Ok::<_, eid::Error>(Some((party, cases, looks, known)))
    });
    let Some((party, cases, looks, known)) = read.wait()? else { bail!("there is no such person") };
    let state = if known { "known" } else { "destroyed" };
    Ok((party, format!("{party}\t{state}\t{cases} cases\t{looks} looks")))
}

fn find(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    keyring: &Keyring,
    whom: &Whom,
) -> eid::Result<Option<PartyId>> {
    if let Some(party) = whom.party {
        let sql = "select id from party where tenant = $1 and id = $2";
        return Ok(tx.opt(sql, args!(tenant, party), |row| row.get(0))?);
    }
    let Some(number) = &whom.number else { return Ok(None) };
    let number = PartyNumber::Citizen(number.clone());
    Ok(party::find(tx, tenant, keyring, &number)?.map(|known| known.id))
}

fn destroy(config: &Config, whom: &Whom, reason: &str, for_good: bool) -> Result<()> {
    let letters = reason.trim().chars().count();
    ensure!(
        (1..=REASON_LETTERS_MAX).contains(&letters),
        "--reason is 1 to {REASON_LETTERS_MAX} letters: the number of the decision"
    );
    let ground = Ground::existing(config)?;
    let (party, line) = held(config, &ground, whom)?;
    println!("{line}");
    if !for_good {
        println!("Nothing was destroyed. With --for-good what is known of this person is gone.");
        return Ok(());
    }
    let (tenant, now, mint) = (config.tenant.clone(), ground.clock.now(), ground.mint.clone());
    let reason = reason.trim().to_owned();
    let done = ground.store.write(move |tx| {
        let sessions = Sessions::new(SessionLimits::default());
        sessions.citizens().close_all(tx, &tenant, party, None, now)?;
        eid::commands::destroy(tx, &tenant, party, &reason, now, &mint)
    });
    ensure!(done.wait()?, "there is no such person");
    println!("destroyed: {party}. Backups of the database still hold the key until they run out.");
    Ok(())
}
