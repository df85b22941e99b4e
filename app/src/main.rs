//! Tỉnh Số: one program, one data folder. This is the roof: command line, configuration,
//! wiring and background jobs. What the program does is in the rooms below.

mod accounts;
mod certificates;
mod cli;
mod config;
mod demo;
mod directory_command;
mod feedback_command;
mod house;
mod indicators_command;
mod jobs;
mod journal_command;
mod messages;
mod money;
mod person;
mod procedures;
mod rooms;
mod scorecard_command;
mod secret_file;
mod serve;
mod shifted;
mod succession;

use std::process::ExitCode;

use calendar::Holidays;
use clap::Parser;

use cli::{CalendarCommand, Cli, Command};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    logging(cli.verbose);
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("tinhso: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        Command::Demo(options) => demo::run(options),
        Command::Serve(options) => serve::run(&options),
        Command::Calendar(CalendarCommand::Holidays { year }) => {
            for holiday in Holidays::default().of(year) {
                println!("{holiday}");
            }
            Ok(ExitCode::SUCCESS)
        }
        Command::Procedures(command) => procedures::run(command),
        Command::Journal(command) => journal_command::run(command),
        Command::Succession(command) => succession::run(command),
        Command::Directory(command) => directory_command::run(command),
        Command::Feedback(command) => feedback_command::run(command),
        Command::Open311Key(options) => feedback_command::key(&options),
        Command::Accounts(command) => accounts::run(command),
        Command::Reconcile(options) => money::reconcile(&options),
        Command::Person(command) => person::run(command),
        Command::Certificate(command) => certificates::run(command),
        Command::Scorecard(command) => scorecard_command::run(&command),
        Command::Indicators(command) => indicators_command::run(&command),
    }
}

/// Logs go to standard error, one line each; what people look for goes to standard output.
fn logging(verbose: bool) {
    let usual = if verbose { "info" } else { "warn" };
    let filter = tracing_subscriber::EnvFilter::try_from_env("TINHSO_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(usual));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
