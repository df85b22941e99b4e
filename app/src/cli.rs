//! The command line, which `tinhso --help` prints like a manual.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};

/// Tỉnh Số: what a Vietnamese province runs its digital government on.
///
/// One program, one data folder. To look around, run `tinhso demo`: it makes a demonstration
/// province in a folder, serves it, and prints the accounts to try. For real use, write a
/// `tinhso.toml` and run `tinhso serve --config tinhso.toml`; every setting can also come from
/// the environment as TINHSO_NAME, for instance TINHSO_LISTEN.
#[derive(Debug, Parser)]
#[command(name = "tinhso", version, max_term_width = 96, propagate_version = true)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Log what happens, not only what goes wrong (TINHSO_LOG sets it in detail).
    #[arg(long, short, global = true)]
    pub(crate) verbose: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a demonstration province (invented people, real procedures) and serve it
    Demo(DemoOptions),
    /// Serve a province for real use
    Serve(ServeOptions),
    /// Working time in Việt Nam
    #[command(subcommand)]
    Calendar(CalendarCommand),
    /// Administrative procedures: check, add, import
    #[command(subcommand)]
    Procedures(ProceduresCommand),
    /// The journal: verify it, prove a receipt
    #[command(subcommand)]
    Journal(JournalCommand),
    /// Mergers and splits of agencies and places
    #[command(subcommand)]
    Succession(SuccessionCommand),
    /// Agencies, seats and people: from the files of an office, and back
    #[command(subcommand)]
    Directory(DirectoryCommand),
    /// Reports of citizens: who answers what, and keys of programs that send them
    #[command(subcommand)]
    Feedback(FeedbackCommand),
    /// Give out, or take back, a key by which a program sends reports (Open311)
    Open311Key(Open311KeyOptions),
    /// Accounts that sign in
    #[command(subcommand)]
    Accounts(AccountsCommand),
    /// Hold a bank's statement (CSV or XLSX) against the money that came
    Reconcile(ReconcileOptions),
    /// Keys and certificates that results are signed with
    #[command(subcommand)]
    Certificate(CertificateCommand),
    /// What is held about one person: look, destroy
    #[command(subcommand)]
    Person(PersonCommand),
    /// Indices such as DTI and 766: computed from a file of figures
    #[command(subcommand)]
    Scorecard(ScorecardCommand),
    /// Indicators: what is measured, and the figures computed anew from the journal
    #[command(subcommand)]
    Indicators(IndicatorsCommand),
}

#[derive(Debug, Subcommand)]
pub(crate) enum IndicatorsCommand {
    /// Name the indicators: code, unit, grade of evidence, name
    List {
        #[command(flatten)]
        place: Where,
    },
    /// Check definitions, those of a folder together with those that come with the program; faults
    /// are named with file and line
    Check {
        /// The folder of TOML files
        folder: PathBuf,
    },
    /// Print a figure: value, as of which event, and what it is made of
    Figure {
        /// Its code: timeliness.on_time_766
        code: String,
        /// Of whom: all, agency:ID, only:ID, place:CODE
        #[arg(long, default_value = "all")]
        of: String,
        /// In which period: 2026-11, 2026-q4, 2026, 2026-11-r, 2026-11-01..2026-11-15
        #[arg(long)]
        period: String,
        #[command(flatten)]
        place: Where,
    },
    /// Compute all figures from the journal anew; pages go on reading the old ones until it is done
    Rebuild {
        #[command(flatten)]
        place: Where,
    },
    /// Compute all figures anew beside those that are read, and say whether they are the same
    Verify {
        #[command(flatten)]
        place: Where,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum ScorecardCommand {
    /// Name the scorecards, with their maxima and from when they are in force
    List,
    /// Print the total and each part: key, value, maximum, how sure, lowest, highest, exact value
    Compute {
        /// Its name: dti-922, 766, agency-9
        name: String,
        /// The figures (JSON): one object, or a table whose rows are printed one after the other
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum FeedbackCommand {
    /// Print the rules in force: which procedure, which desk, which agency
    Rules {
        #[command(flatten)]
        place: Where,
    },
    /// Put a file of rules in force; its faults are named, and nothing is changed then
    SetRules {
        /// The file (TOML)
        file: PathBuf,
        #[command(flatten)]
        place: Where,
    },
    /// Put in the boundaries of communes, which the map draws instead of circles and by which a
    /// point finds its commune
    Boundaries {
        /// The file (GeoJSON); each feature has the code of its commune as `code`
        file: PathBuf,
        #[command(flatten)]
        place: Where,
    },
    /// Train the model that suggests anew of what officers decided; it is taken over where it is
    /// not worse on reports that were held back, and both figures are printed
    Train {
        #[command(flatten)]
        place: Where,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Open311KeyOptions {
    /// Name of the program, as officers see it beside its reports
    pub(crate) name: String,
    /// Take every key of that name back
    #[arg(long)]
    pub(crate) revoke: bool,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct DemoOptions {
    /// Folder of the data; made where it is missing
    #[arg(long, default_value = "tinhso-data", env = "TINHSO_DATA")]
    pub(crate) data: PathBuf,
    /// Address to serve on
    #[arg(long, default_value = "127.0.0.1:8080", env = "TINHSO_LISTEN")]
    pub(crate) listen: SocketAddr,
    /// How many dossiers of history to invent, on the first start
    #[arg(long, default_value_t = 20_000)]
    pub(crate) dossiers: u64,
    /// Seed of the invention: the same seed gives the same province
    #[arg(long, default_value_t = 7)]
    pub(crate) seed: u64,
    /// PostgreSQL instead of the embedded store, as `host=… user=… dbname=…`
    #[arg(long, env = "TINHSO_POSTGRES")]
    pub(crate) postgres: Option<String>,
    /// Look at the demonstration as if it were that day and hour (2026-12-01T09:00, in Việt
    /// Nam); the clock goes on from there
    #[arg(long)]
    pub(crate) at: Option<jiff::civil::DateTime>,
    /// Sections of a configuration file in place of the demonstration's own: eid, payments,
    /// notices
    #[arg(long)]
    pub(crate) with: Option<PathBuf>,
    /// Only make the data, do not serve it
    #[arg(long)]
    pub(crate) no_serve: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ReconcileOptions {
    /// The statement
    pub(crate) file: PathBuf,
    /// Whose: the source of one of the statements in the configuration
    #[arg(long)]
    pub(crate) source: String,
    #[command(flatten)]
    pub(crate) place: Where,
}

/// Where the data is: a configuration file, or just the folder of a demonstration.
#[derive(Debug, Args)]
pub(crate) struct Where {
    /// Configuration file
    #[arg(long, env = "TINHSO_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// Folder of the data, where there is no configuration file
    #[arg(long, default_value = "tinhso-data")]
    pub(crate) data: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct ServeOptions {
    /// Configuration file; see `docs/configuration.md` for every setting
    #[arg(long, env = "TINHSO_CONFIG")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CalendarCommand {
    /// Print the days off of a year, date and name, a line each
    Holidays {
        /// Which year, from 2010 to 2060
        #[arg(value_parser = clap::value_parser!(i16).range(2010..=2060))]
        year: i16,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum ProceduresCommand {
    /// Check texts of procedures; every fault is named with its line
    Check {
        /// Text files (.toml)
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Keep the everyday words that people find procedures by (docs/everyday-words.md)
    Words {
        /// What people call each procedure
        #[arg(long)]
        names: Option<PathBuf>,
        /// What happens in a life, and the procedures that it takes
        #[arg(long, required_unless_present = "names")]
        life: Option<PathBuf>,
        #[command(flatten)]
        place: Where,
    },
    /// Add texts of procedures to the book; a running case keeps its version
    Add {
        /// Text files (.toml)
        #[arg(required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        place: Where,
    },
    /// Import a published catalogue (JSON array or JSON Lines)
    Import {
        /// The catalogue
        file: PathBuf,
        /// Write what became of each procedure to this file, one line each
        #[arg(long)]
        report: Option<PathBuf>,
        #[command(flatten)]
        place: Where,
    },
    /// Turn an agency's process sheet (XLSX) into the steps of a procedure's text
    Sheet {
        /// The spreadsheet
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum JournalCommand {
    /// Verify the whole journal offline; exit status 1 names the first event that was altered,
    /// removed or inserted
    Verify {
        /// A checkpoint that was kept elsewhere; may be given several times
        #[arg(long)]
        witness: Vec<PathBuf>,
        #[command(flatten)]
        place: Where,
    },
    /// Prove a receipt: that its event stands in the journal, as signed
    Prove {
        /// The receipt, a JSON file
        receipt: PathBuf,
        /// Public key of the journal, if not the one of the data folder
        #[arg(long)]
        key: Option<String>,
        #[command(flatten)]
        place: Where,
    },
    /// Print the public key of the journal
    Key {
        #[command(flatten)]
        place: Where,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum SuccessionCommand {
    /// Say what a plan would move; changes nothing
    DryRun {
        /// The plan, a TOML file
        plan: PathBuf,
        #[command(flatten)]
        place: Where,
    },
    /// Carry a plan out, one transaction for each agency; after a break, run it again
    Apply {
        /// The plan, a TOML file
        plan: PathBuf,
        #[command(flatten)]
        place: Where,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum DirectoryCommand {
    /// Make the directory stand as files say; the same file again changes nothing. Each file is
    /// taken whole or not at all; every fault is named with its line
    Import {
        /// Files (.toml as docs/directory-format.md says; .csv, .tsv or .xlsx with a row for each seat)
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Only say what would change
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        place: Where,
    },
    /// Write what is open now as a file that `import` reads
    Export {
        #[command(flatten)]
        place: Where,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum AccountsCommand {
    /// Create accounts; each password is made up, printed once, and changed at the first sign-in
    Create {
        /// What is typed to sign in: the code of the person, where --person names nobody else
        #[arg(required = true)]
        logins: Vec<String>,
        /// The person, by the code (or identifier) in the directory; with one login only
        #[arg(long)]
        person: Option<String>,
        #[command(flatten)]
        place: Where,
    },
    /// Make up another password for an account, and sign it out everywhere
    Reset {
        /// Which account
        login: String,
        #[command(flatten)]
        place: Where,
    },
    /// Let nobody in with an account any more, and sign it out everywhere
    Disable {
        /// Which account
        login: String,
        #[command(flatten)]
        place: Where,
    },
    /// Let an account in again
    Enable {
        /// Which account
        login: String,
        #[command(flatten)]
        place: Where,
    },
    /// List accounts: login, state, person, seats
    List {
        #[command(flatten)]
        place: Where,
    },
}

/// Somebody, by official number or by the number that the house gave.
#[derive(Debug, Clone, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Whom {
    /// Personal identity number, 12 digits
    #[arg(long)]
    pub(crate) number: Option<kernel::CitizenId>,
    /// Number of the house, as `show` prints it
    #[arg(long)]
    pub(crate) party: Option<kernel::PartyId>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PersonCommand {
    /// Say how much is held about somebody, without saying what
    Show {
        #[command(flatten)]
        whom: Whom,
        #[command(flatten)]
        place: Where,
    },
    /// Destroy what is known of somebody: the key of their data, name, accounts. The journal stays
    /// whole. Without --for-good it only says what would be destroyed
    Destroy {
        #[command(flatten)]
        whom: Whom,
        /// On what ground: the number of the decision. It stands in the journal in clear for good,
        /// so it names nobody
        #[arg(long)]
        reason: String,
        /// Do it; nothing brings it back
        #[arg(long)]
        for_good: bool,
        #[command(flatten)]
        place: Where,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum CertificateCommand {
    /// Take over the key of an agency with its certificates, from a PKCS#12 file (.p12, .pfx) or
    /// from PEM files
    Import {
        /// Code of the agency
        agency: kernel::AgencyCode,
        /// One PKCS#12 file, or PEM files that hold the key (PKCS#8) and its certificates
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// File whose first line is the password of the PKCS#12 file
        #[arg(long)]
        password_file: Option<PathBuf>,
        #[command(flatten)]
        place: Where,
    },
    /// List which agency signs with which certificate, and until when
    List {
        #[command(flatten)]
        place: Where,
    },
    /// Make a key with a certificate that it issued to itself, to try things out: nobody outside
    /// will trust it
    SelfSigned {
        /// Code of the agency
        agency: kernel::AgencyCode,
        #[command(flatten)]
        place: Where,
    },
}
