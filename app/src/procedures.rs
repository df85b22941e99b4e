//! `tinhso procedures`: checking, adding and importing procedures.

use std::{
    fs::{self, File},
    io::{BufReader, BufWriter},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::{Context, Result};
use desk::{Book, book::keep_catalogue};
use procedure::{Language, catalogue, sheet};

use crate::{cli::ProceduresCommand, config::Config, house::Ground};

pub(crate) fn run(command: ProceduresCommand) -> Result<ExitCode> {
    match command {
        ProceduresCommand::Check { files } => check(&files),
        ProceduresCommand::Add { files, place } => add(&files, &Config::of(&place)?),
        ProceduresCommand::Import { file, report, place } => {
            import(&file, report, &Config::of(&place)?)
        }
        ProceduresCommand::Sheet { file } => read_sheet(&file),
        ProceduresCommand::Words { names, life, place } => {
            words(names.as_ref(), life.as_ref(), &Config::of(&place)?)
        }
    }
}

/// Keeps the everyday words of the province; a program that runs takes them up by itself.
fn words(names: Option<&PathBuf>, life: Option<&PathBuf>, config: &Config) -> Result<ExitCode> {
    let ground = Ground::existing(config)?;
    let (names, life) = (names.map(read).transpose()?, life.map(read).transpose()?);
    let (tenant, now) = (config.tenant.clone(), ground.clock.now());
    let kept = ground.store.write(move |tx| {
        services::words::keep(tx, &tenant, names.as_deref(), life.as_deref(), now)
    });
    kept.wait().context("the everyday words")?;
    Ok(ExitCode::SUCCESS)
}

fn read(file: &PathBuf) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

/// Prints every fault with its file and line; exit status 1 where there is one.
fn check(files: &[PathBuf]) -> Result<ExitCode> {
    let mut sound = true;
    for file in files {
        if let Err(faults) = procedure::load(&read(file)?) {
            sound = false;
            for fault in faults {
                println!("{}:{fault}", file.display());
            }
        }
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn add(files: &[PathBuf], config: &Config) -> Result<ExitCode> {
    if check(files)? != ExitCode::SUCCESS {
        return Ok(ExitCode::from(1));
    }
    let ground = Ground::existing(config)?;
    let texts = files.iter().map(read).collect::<Result<Vec<_>>>()?;
    let (tenant, now) = (config.tenant.clone(), ground.clock.now());
    let added = ground.store.write(move |tx| {
        let added = texts.iter().map(|text| Book::add(tx, &tenant, text, now));
        added.collect::<one_stop::Result<Vec<_>>>()
    });
    for procedure in added.wait()? {
        println!("{} version {}", procedure.code, procedure.version);
    }
    Ok(ExitCode::SUCCESS)
}

/// Every procedure is imported or refused with its reason; what is in doubt says so.
fn import(file: &PathBuf, report: Option<PathBuf>, config: &Config) -> Result<ExitCode> {
    let opened = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    let read = catalogue::import(BufReader::new(opened));
    if let Some(report) = report {
        let out =
            File::create(&report).with_context(|| format!("cannot write {}", report.display()))?;
        catalogue::write_report(&read, Language::Vietnamese, BufWriter::new(out))?;
    }
    let (imported, refused) = (read.imported.len(), read.refused.len());
    let doubtful = read.imported.iter().filter(|entry| entry.to_confirm()).count();
    let ground = Ground::existing(config)?;
    let (tenant, now) = (config.tenant.clone(), ground.clock.now());
    let kept = ground.store.write(move |tx| keep_catalogue(tx, &tenant, &read.imported, now));
    kept.wait()?;
    println!("imported {imported}, of which {doubtful} to be confirmed; refused {refused}");
    Ok(ExitCode::SUCCESS)
}

fn read_sheet(file: &PathBuf) -> Result<ExitCode> {
    let opened = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    let read = sheet::import(BufReader::new(opened))?;
    for remark in &read.remarks {
        eprintln!("{}: {}", remark.row, remark.kind.message(Language::Vietnamese));
    }
    match read.workflow {
        Some(workflow) => {
            print!("{}", procedure::steps_text(&workflow));
            Ok(ExitCode::SUCCESS)
        }
        None => Ok(ExitCode::from(1)),
    }
}
