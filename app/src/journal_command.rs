//! `tinhso journal`: verification and proofs, offline.

use std::{fs, path::Path, process::ExitCode};

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::SignedDuration;
use journal::{Audit, Receipt, SignedCheckpoint, Verdict, VerifierKey, verify};

use crate::{cli::JournalCommand, config::Config, house::Ground};

/// An event that is older than this and not sealed was kept back.
const UNSEALED_MAX: SignedDuration = SignedDuration::from_mins(10);

pub(crate) fn run(command: JournalCommand) -> Result<ExitCode> {
    match command {
        JournalCommand::Verify { witness, place } => {
            let config = Config::of(&place)?;
            let mut witnesses = Vec::new();
            // The newest checkpoint that the program itself kept outside the store.
            let kept = config.data.join("checkpoint");
            for file in witness.iter().map(AsRef::as_ref).chain(kept.exists().then_some(&*kept)) {
                let file: &Path = file;
                let text = fs::read_to_string(file)
                    .with_context(|| format!("cannot read {}", file.display()))?;
                witnesses.push(SignedCheckpoint::from_text(text));
            }
            whole(&config, witnesses)
        }
        JournalCommand::Prove { receipt, key, place } => {
            let config = Config::of(&place)?;
            let key = match key {
                Some(text) => text.parse().context("the public key")?,
                None => Ground::existing(&config)?.journal_key.verifier().clone(),
            };
            prove(&receipt, &key)
        }
        JournalCommand::Key { place } => {
            println!("{}", Ground::existing(&Config::of(&place)?)?.journal_key.verifier());
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn whole(config: &Config, witnesses: Vec<SignedCheckpoint>) -> Result<ExitCode> {
    let ground = Ground::existing(config)?;
    let audit = Audit {
        tenant: config.tenant.clone(),
        keys: vec![ground.journal_key.verifier().clone()],
        witnesses,
        sealed_until: ground.clock.now() - UNSEALED_MAX,
    };
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} / {len}") {
        bar.set_style(style);
    }
    let shown = bar.clone();
    let verdict = ground.store.read(move |tx| {
        verify(tx, &audit, |done, total| {
            shown.set_length(total);
            shown.set_position(done);
        })
    });
    let verdict = verdict.wait()?;
    bar.finish_and_clear();
    match verdict {
        Verdict::Sound { size, root, unsealed } => {
            println!("sound: {size} events sealed, root {root}, {unsealed} not sealed yet");
            Ok(ExitCode::SUCCESS)
        }
        Verdict::Broken(found) => {
            println!("BROKEN: {found}");
            Ok(ExitCode::from(1))
        }
    }
}

fn prove(file: &Path, key: &VerifierKey) -> Result<ExitCode> {
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let receipt = Receipt::from_json(&text).context("this is not a receipt")?;
    match receipt.prove(std::slice::from_ref(key)) {
        Ok(proof) => {
            let what = if proof.entry_shown { "the event shown" } else { "an event of that hash" };
            println!(
                "proved: {what}, {}, stands at position {} of the {} events that {} signed",
                proof.event,
                proof.pos,
                proof.size,
                proof.origin.as_str()
            );
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            println!("NOT PROVED: {error}");
            Ok(ExitCode::from(1))
        }
    }
}
