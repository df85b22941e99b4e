//! Settings of payments: accounts, gateways with their keys, statements; and the command that
//! reads a statement.

use std::{collections::BTreeMap, fs, path::PathBuf, process::ExitCode};

use anyhow::{Context, Result};
use desk::Desk;
use jiff::SignedDuration;
use kernel::{Actor, AgencyCode, Instant};
use paying::{Cashier, Parts, read_statement};
use payments::{
    AccountSettings, Gateway, GatewaySettings, Settings, StatementSettings, reconcile::Verdict,
    signature::SigningKey, vietqr::BankAccount,
};
use serde::Deserialize;

use crate::{
    cli::ReconcileOptions,
    config::Config,
    house::{Ground, House},
    secret_file,
};

/// Whose statements the demonstration reads.
const SOURCE: &str = "ngan-hang";

/// The section `payments` of the configuration.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PaymentsConfig {
    /// Hours for which an order is offered.
    #[serde(default)]
    order_hours: Option<u32>,
    /// Whose accountant reconciles.
    #[serde(default)]
    reconciled_by: Option<AgencyCode>,
    /// Accounts that money is transferred to.
    #[serde(default)]
    account: Vec<AccountSettings>,
    /// Payment gateways.
    #[serde(default)]
    gateway: Vec<GatewayConfig>,
    /// How statements look.
    #[serde(default)]
    statement: Vec<StatementSettings>,
}

#[derive(Debug, Clone, Deserialize)]
struct GatewayConfig {
    #[serde(flatten)]
    settings: GatewaySettings,
    key: Vec<KeyConfig>,
}

/// A key of a gateway, in a file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyConfig {
    id: String,
    file: PathBuf,
    #[serde(default)]
    from: Option<Instant>,
    #[serde(default)]
    until: Option<Instant>,
}

impl PaymentsConfig {
    /// The demonstration's: an account at a bank that does not exist, so that nobody pays.
    pub(crate) fn demonstration() -> Result<Self> {
        let account = BankAccount::new(
            "Ngân hàng trình diễn (không có thật)".into(),
            "999999".into(),
            "0123456789".into(),
            "TAI KHOAN TRINH DIEN".into(),
        )?;
        let columns = payments::statement::Columns {
            number: "Số giao dịch".into(),
            paid_at: "Ngày giao dịch".into(),
            amount: "Ghi có".into(),
            words: "Diễn giải".into(),
        };
        let (source, title) = (SOURCE.into(), "Sổ phụ ngân hàng trình diễn".into());
        Ok(Self {
            reconciled_by: Some("H55.16".parse()?),
            account: vec![AccountSettings { agency: None, account }],
            statement: vec![StatementSettings { source, title, columns }],
            ..Self::default()
        })
    }

    /// Opens the cashier: reads the keys.
    pub(crate) fn open(&self, desk: Desk) -> Result<Cashier> {
        let gateways = self.gateway.iter().map(open_gateway).collect::<Result<_>>()?;
        for statement in &self.statement {
            statement.check().context("payments.statement")?;
        }
        let settings = Settings {
            accounts: self.account.clone(),
            gateways,
            statements: self.statement.clone(),
            life: self.order_hours.map(|hours| SignedDuration::from_hours(hours.into())),
        };
        let reconciled_by = self.reconciled_by.clone();
        Ok(Cashier::new(Parts::new(desk, settings, reconciled_by)))
    }
}

fn open_gateway(config: &GatewayConfig) -> Result<Gateway> {
    let key = |key: &KeyConfig| {
        let secret = secret_file::read(&key.file)?;
        Ok(SigningKey { id: key.id.clone(), secret, from: key.from, until: key.until })
    };
    let keys = config.key.iter().map(key).collect::<Result<_>>()?;
    Gateway::new(config.settings.clone(), keys).context("payments.gateway")
}

/// Money that came, and some that did not fit, for a demonstration that was just made; answers
/// how many orders were opened.
pub(crate) fn of_demonstration(house: &House) -> Result<usize> {
    let (directory, now) = (house.desk.front.directory.get(), house.desk.now());
    let mut posts = directory.posts();
    let post = posts.find(|post| post.role.as_str() == "accountant").map(|post| post.id);
    let accountant = post.and_then(|post| Some((post, directory.holder(post, now)?.id)));
    let (post, person) = accountant.context("the accountant of the demonstration")?;
    let by = Actor::Officer { person, post, acting_for: None };
    let runtime = tokio::runtime::Runtime::new().context("the runtime")?;
    let made = runtime.block_on(paying::demo::generate(&house.cashier, SOURCE, &by));
    made.context("the money of the demonstration")
}

/// `tinhso reconcile`: exit status 1 where something is to be settled.
pub(crate) fn reconcile(options: &ReconcileOptions) -> Result<ExitCode> {
    let config = Config::of(&options.place)?;
    let house = House::open(&config, Ground::existing(&config)?, BTreeMap::new(), None)?;
    let file = fs::read(&options.file)
        .with_context(|| format!("cannot read {}", options.file.display()))?;
    let name = options.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let by = Actor::System("reconcile".to_owned());
    let runtime = tokio::runtime::Runtime::new().context("the runtime")?;
    let read = runtime.block_on(read_statement(&house.cashier, &options.source, &name, file, &by));
    let read = read.with_context(|| format!("{} was not read", options.file.display()))?;
    if read.before {
        println!("this file was read before; nothing is counted twice");
    }
    let summary = &read.run.summary;
    println!("{} lines", read.run.lines);
    for verdict in Verdict::ALL {
        let count = summary.of(*verdict);
        println!("  {:<16}{:>8}{:>18} đồng", verdict.word(), count.lines, count.amount);
    }
    let missing = summary.missing_at_bank;
    println!("  {:<16}{:>8}{:>18} đồng", "missing_at_bank", missing.lines, missing.amount);
    let open =
        summary.unknown.lines + summary.differs.lines + summary.paid_twice.lines + missing.lines;
    if open == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    println!("{open} items are to be settled at /doi-soat");
    Ok(ExitCode::FAILURE)
}
