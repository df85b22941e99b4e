//! The load: dossiers that wait at the counter, and callers who carry each through its life.

use std::{sync::Arc, thread};

use anyhow::{Result, anyhow};
use casework::{Command, Error};
use kernel::CaseId;
use store::{
    Store, Tx,
    testing::{Statement, record},
};

use super::{
    ground::{Pace, Watch},
    world::Commune,
};

/// Dossiers that are filed in one transaction, before the clock starts.
const FILED_TOGETHER: usize = 200;

/// Taken on, examined, signed, handed over: what each dossier goes through.
pub(super) fn commands() -> Vec<Command> {
    let complete = |step: &str, outcome: &str| Command::Complete {
        step: step.parse().expect("a step"),
        outcome: outcome.parse().expect("an outcome"),
        note: "".into(),
    };
    vec![
        Command::Accept { note: "".into() },
        complete("tham-tra", "dat"),
        complete("ky", "ky"),
        Command::ReturnResult { note: "".into() },
    ]
}

/// An office with dossiers on an empty store.
pub(super) struct Load {
    store: Store,
    commune: Arc<Commune>,
    /// The dossiers of each caller.
    dossiers: Vec<Vec<CaseId>>,
}

impl Load {
    /// Makes the tables and files the dossiers; answers too with which statements.
    pub(super) fn file(
        store: Store,
        callers: usize,
        each: usize,
    ) -> Result<(Self, Vec<Statement>)> {
        store.migrate(&[journal::MIGRATIONS, casework::MIGRATIONS])?;
        let commune = Arc::new(Commune::new());
        let (mut filed, mut statements) = (Vec::new(), Vec::new());
        while filed.len() < callers * each {
            let commune = commune.clone();
            let count = FILED_TOGETHER.min(callers * each - filed.len());
            let some = move |tx: &mut Tx<'_>| {
                let (ids, statements) = record(|| {
                    let file = |_| file_one(tx, &commune);
                    (0..count).map(file).collect::<Result<Vec<_>, Error>>()
                });
                Ok::<_, Error>((ids?, statements))
            };
            let (ids, ran) = store.write(some).wait()?;
            filed.extend(ids);
            statements.extend(ran);
        }
        let dossiers = filed.chunks(each).map(<[CaseId]>::to_vec).collect();
        Ok((Self { store, commune, dossiers }, statements))
    }

    /// Lets every caller carry its dossiers to the end, all at once.
    pub(super) fn live(&self) -> Result<Pace> {
        let watch = Watch::start();
        let done = thread::scope(|scope| {
            let callers: Vec<_> =
                self.dossiers.iter().map(|dossiers| scope.spawn(|| self.carry(dossiers))).collect();
            let done = callers.into_iter().map(|caller| caller.join());
            let done = done.map(|out| out.map_err(|_| anyhow!("a caller died"))?);
            done.sum::<Result<u32>>()
        });
        Ok(watch.stop(done?.into()))
    }

    fn carry(&self, dossiers: &[CaseId]) -> Result<u32> {
        let (commands, mut done) = (commands(), 0);
        for id in dossiers {
            for command in &commands {
                let (commune, command, id) = (self.commune.clone(), command.clone(), *id);
                let run = move |tx: &mut Tx<'_>| {
                    casework::handle(tx, commune.office(), id, None, &command, &commune.stamp())
                };
                self.store.write(run).wait()?;
                done += 1;
            }
        }
        Ok(done)
    }

    /// Carries the dossiers to the end one after the other, and answers the statements of each
    /// transition, for each caller in turn.
    pub(super) fn recorded(&self) -> Result<Vec<Vec<Transition>>> {
        let one = |dossiers: &Vec<CaseId>| {
            let (commune, dossiers) = (self.commune.clone(), dossiers.clone());
            let run = move |tx: &mut Tx<'_>| record_lives(tx, &commune, &dossiers);
            Ok(self.store.write(run).wait()?)
        };
        self.dossiers.iter().map(one).collect()
    }
}

/// The statements of one transition.
pub(super) type Transition = Vec<Statement>;

fn record_lives(
    tx: &mut Tx<'_>,
    commune: &Commune,
    dossiers: &[CaseId],
) -> Result<Vec<Transition>, Error> {
    let (commands, mut transitions) = (commands(), Vec::new());
    for id in dossiers {
        for command in &commands {
            let (done, ran) = record(|| {
                casework::handle(tx, commune.office(), *id, None, command, &commune.stamp())
            });
            done?;
            transitions.push(ran);
        }
    }
    Ok(transitions)
}

fn file_one(tx: &mut Tx<'_>, commune: &Commune) -> Result<CaseId, Error> {
    let filing = commune.filing();
    let done = casework::file(tx, commune.office(), &commune.code, filing, &commune.stamp())?;
    Ok(done.case.id)
}
