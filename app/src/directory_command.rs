//! `tinhso directory`: agencies, seats and people from the files of an office, and back.

use std::{collections::BTreeSet, fs, path::Path, process::ExitCode, sync::Arc};

use anyhow::{Context, Result, bail};
use calamine::{Data, Reader};
use directory::{
    Directory, Error, edit,
    import::{self, Changes, Form, Import, Step},
};
use identity::access::Role;
use kernel::{Actor, Instant, Mint, Tenant};
use store::Tx;

use crate::{cli::DirectoryCommand, config::Config, house::Ground};

/// Most rows and columns of a spreadsheet that are read.
const ROWS_MAX: usize = 100_000;
const COLUMNS_MAX: usize = 60;

pub(crate) fn run(command: DirectoryCommand) -> Result<ExitCode> {
    match command {
        DirectoryCommand::Import { files, dry_run, place } => {
            let config = Config::of(&place)?;
            // Often the first command of a new house.
            let ground = Ground::open(&config)?;
            for file in &files {
                if !import_file(&config, &ground, file, dry_run)? {
                    return Ok(ExitCode::from(1));
                }
            }
            Ok(ExitCode::SUCCESS)
        }
        DirectoryCommand::Export { place } => {
            let config = Config::of(&place)?;
            let ground = Ground::existing(&config)?;
            let (tenant, now) = (config.tenant, ground.clock.now());
            let directory = ground.store.read(move |tx| Directory::load(tx, &tenant)).wait()?;
            print!("{}", import::export(&directory, now));
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Imports one file whole, or nothing of it; answers whether it had no faults.
fn import_file(config: &Config, ground: &Ground, file: &Path, dry_run: bool) -> Result<bool> {
    let (text, form) = text_of(file)?;
    let read = import::read(&text, form).map_err(Error::Import);
    let changes = read.and_then(|read| {
        let job = Job {
            read: Arc::new(read),
            tenant: config.tenant.clone(),
            mint: ground.mint.clone(),
            now: ground.clock.now(),
        };
        match dry_run {
            true => ground.store.read(move |tx| job.compare(tx)).wait(),
            false => ground.store.write(move |tx| job.carry_out(tx)).wait(),
        }
    });
    match changes {
        Ok(changes) => {
            tell(file, &changes, dry_run);
            Ok(true)
        }
        Err(Error::Import(faults)) => {
            for fault in faults {
                println!("{}:{}: {}", file.display(), fault.line, fault.kind);
            }
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

/// What one import needs, in a transaction that may run twice.
struct Job {
    read: Arc<Import>,
    tenant: Tenant,
    mint: Arc<Mint>,
    now: Instant,
}

impl Job {
    fn compare(&self, tx: &mut Tx<'_>) -> Result<Changes, Error> {
        let directory = Directory::load(tx, &self.tenant)?;
        import::compare(&directory, &self.read, &self.mint, self.now).map_err(Error::Import)
    }

    fn carry_out(&self, tx: &mut Tx<'_>) -> Result<Changes, Error> {
        let wanted = self.compare(tx)?;
        let work = |edit: &mut directory::Edit<'_, '_>| import::carry_out(edit, &wanted);
        let ((), changes) = edit(tx, &self.tenant, work)?;
        let actor = Actor::System("directory-import".into());
        one_stop::record_directory(tx, &self.tenant, &self.mint, &changes, &actor, self.now)
            .map_err(|error| match error {
                journal::Error::Store(error) => Error::Store(error),
                other => Error::Stored(other.to_string()),
            })?;
        Ok(wanted)
    }
}

fn tell(file: &Path, changes: &Changes, dry_run: bool) {
    for step in &changes.steps {
        println!("{step}");
    }
    let roles: BTreeSet<&str> = changes.steps.iter().filter_map(role).collect();
    for role in roles.into_iter().filter(|role| role.parse::<Role>().is_err()) {
        eprintln!("note: the role {role} gives no rights beyond steps of procedures that name it");
    }
    let (name, count) = (file.display(), changes.steps.len());
    match (count, dry_run) {
        (0, _) => println!("{name}: all is so already"),
        (_, true) => println!("{name}: {count} changes; nothing was changed (dry run)"),
        (_, false) => println!("{name}: {count} changes made"),
    }
}

fn role(step: &Step) -> Option<&str> {
    match step {
        Step::OpenPost { post, .. } => Some(post.role.as_str()),
        Step::ChangePost { to, .. } => Some(to.role.as_str()),
        _ => None,
    }
}

/// The text of a file by its extension: sections (.toml), a table (.csv, .tsv) or the first sheet
/// of a spreadsheet (.xlsx), whose rows become lines.
fn text_of(file: &Path) -> Result<(String, Form)> {
    let extension = file.extension().and_then(|e| e.to_str()).unwrap_or_default();
    let read = || {
        fs::read_to_string(file).with_context(|| format!("cannot read {} as UTF-8", file.display()))
    };
    match extension.to_ascii_lowercase().as_str() {
        "toml" => Ok((read()?, Form::Toml)),
        "csv" | "tsv" | "txt" => Ok((read()?, Form::Table)),
        "xlsx" => Ok((sheet(file)?, Form::Table)),
        _ => bail!("{}: a directory comes as .toml, .csv, .tsv or .xlsx", file.display()),
    }
}

fn sheet(file: &Path) -> Result<String> {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(file)
        .with_context(|| format!("{} is no spreadsheet", file.display()))?;
    let name = book.sheet_names().first().cloned().context("the spreadsheet has no sheet")?;
    let mut cells = book.worksheet_cells_reader(&name)?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    // Cell by cell: a range would allot room up to the farthest cell of a hostile file.
    while let Some(cell) = cells.next_cell()? {
        let (row, column) = cell.get_position();
        let (row, column) = (usize::try_from(row)?, usize::try_from(column)?);
        if row >= ROWS_MAX || column >= COLUMNS_MAX {
            continue;
        }
        rows.resize_with(rows.len().max(row + 1), Vec::new);
        let line = &mut rows[row];
        line.resize_with(line.len().max(column + 1), String::new);
        line[column] = one_line(&Data::from(cell.get_value().clone()));
    }
    let lines: Vec<String> = rows.iter().map(|row| row.join("\t")).collect();
    Ok(lines.join("\n"))
}

/// A cell as one cell of a table: on one line, in quotation marks where it has some.
fn one_line(value: &Data) -> String {
    let text = value.to_string();
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.contains('"') { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
