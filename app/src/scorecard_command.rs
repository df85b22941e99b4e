//! `tinhso scorecard`: indices computed from a file of figures, by the code that the pages use.

use std::{fs, path::Path, process::ExitCode};

use anyhow::{Context, Result, anyhow};
use scorecards::{Scorecard, compute, newest, parse_table, report, shipped};

use crate::cli::ScorecardCommand;

pub(crate) fn run(command: &ScorecardCommand) -> Result<ExitCode> {
    let all = shipped().map_err(|faults| {
        anyhow!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })?;
    match command {
        ScorecardCommand::List => {
            for card in &all {
                println!("{} {} {}", card.id(), card.valid_from(), card.name().vi);
            }
        }
        ScorecardCommand::Compute { name, file } => {
            let names = || all.iter().map(Scorecard::id).collect::<Vec<_>>().join(", ");
            let card = newest(&all, name)
                .with_context(|| format!("there is no scorecard {name}; there are {}", names()))?;
            print(card, file)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn print(card: &Scorecard, file: &Path) -> Result<()> {
    let shown = file.display();
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {shown}"))?;
    for (name, inputs) in parse_table(card, &text).with_context(|| format!("{shown}"))? {
        if !name.is_empty() {
            println!("# {name}");
        }
        for line in report(&compute(card, &inputs)) {
            println!("{line}");
        }
    }
    Ok(())
}
