//! Settings: a TOML file, and over it the environment.

use std::{
    env, fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use calendar::Thresholds;
use files::sign::Certificates;
use kernel::Tenant;
use serde::Deserialize;
use web::front::eid;

use crate::{cli::Where, messages::NoticesConfig, money::PaymentsConfig};

/// Every setting, with its default. An unknown one is refused.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// Code of the province: the top group of its agencies' codes.
    pub(crate) tenant: Tenant,
    /// Name in the corner of every page.
    pub(crate) name: String,
    /// Folder of the data: store, files, keys.
    #[serde(default = "default_data")]
    pub(crate) data: PathBuf,
    /// Address to serve on.
    #[serde(default = "default_listen")]
    pub(crate) listen: SocketAddr,
    /// PostgreSQL, as `host=… user=… dbname=…`; the embedded store where there is none.
    #[serde(default)]
    pub(crate) postgres: Option<String>,
    /// Connections to PostgreSQL for writing; half as many for reading.
    #[serde(default = "default_threads")]
    pub(crate) postgres_threads: usize,
    /// Address as citizens reach it, for QR codes.
    pub(crate) address: String,
    /// Whether browsers reach the house by HTTPS only (through a proxy that ends TLS).
    #[serde(default)]
    pub(crate) https: bool,
    /// When a clock turns amber.
    #[serde(default)]
    pub(crate) thresholds: Thresholds,
    /// The identity provider at which citizens sign in; nobody can where there is none.
    #[serde(default)]
    pub(crate) eid: Option<eid::Settings>,
    /// Accounts, gateways and statements.
    #[serde(default)]
    pub(crate) payments: PaymentsConfig,
    /// Ways by which people are told.
    #[serde(default)]
    pub(crate) notices: NoticesConfig,
}

/// What a demonstration may be told otherwise.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sections {
    eid: Option<eid::Settings>,
    payments: Option<PaymentsConfig>,
    notices: Option<NoticesConfig>,
}

fn default_data() -> PathBuf {
    "tinhso-data".into()
}

fn default_listen() -> SocketAddr {
    ([127, 0, 0, 1], 8080).into()
}

const fn default_threads() -> usize {
    16
}

/// Settings that the environment may set, as `TINHSO_` and the name in capitals.
const FROM_ENVIRONMENT: &[(&str, Shape)] = &[
    ("tenant", Shape::Text),
    ("name", Shape::Text),
    ("data", Shape::Text),
    ("listen", Shape::Text),
    ("postgres", Shape::Text),
    ("postgres_threads", Shape::Number),
    ("address", Shape::Text),
    ("https", Shape::Truth),
];

/// The secret that the identity provider gave, which need not stand in a file.
const EID_SECRET: &str = "TINHSO_EID_CLIENT_SECRET";

#[derive(Debug, Clone, Copy)]
enum Shape {
    Text,
    Number,
    Truth,
}

impl Config {
    /// Reads the file, if one is named, and the environment over it.
    pub(crate) fn read(file: Option<&Path>) -> Result<Self> {
        let mut table: toml::Table = match file {
            Some(file) => {
                let text = fs::read_to_string(file)
                    .with_context(|| format!("cannot read {}", file.display()))?;
                text.parse().with_context(|| format!("{}", file.display()))?
            }
            None => toml::Table::new(),
        };
        for (name, shape) in FROM_ENVIRONMENT {
            let variable = format!("TINHSO_{}", name.to_uppercase());
            if let Ok(text) = env::var(&variable) {
                table.insert((*name).to_owned(), shape.parse(&text).context(variable)?);
            }
        }
        if let (Ok(secret), Some(toml::Value::Table(eid))) =
            (env::var(EID_SECRET), table.get_mut("eid"))
        {
            eid.insert("client_secret".to_owned(), toml::Value::String(secret));
        }
        let config = table.try_into::<Self>();
        config.context("the configuration (a file by --config, or TINHSO_… in the environment)")
    }

    /// The settings of the demonstration in a folder.
    pub(crate) fn demonstration(
        data: PathBuf,
        listen: SocketAddr,
        postgres: Option<String>,
    ) -> Result<Self> {
        Ok(Self {
            tenant: directory::demo::tenant()?,
            name: "Tỉnh Thái Nguyên".into(),
            data,
            listen,
            postgres,
            postgres_threads: default_threads(),
            address: format!("http://{listen}"),
            https: false,
            thresholds: Thresholds::default(),
            eid: None,
            payments: PaymentsConfig::demonstration()?,
            notices: NoticesConfig::demonstration(),
        })
    }

    /// These settings with the sections of a file in place of their own.
    pub(crate) fn with(self, file: &Path) -> Result<Self> {
        let about = || file.display().to_string();
        let text = fs::read_to_string(file).with_context(about)?;
        let sections: Sections = toml::from_str(&text).with_context(about)?;
        Ok(Self {
            eid: sections.eid.or(self.eid),
            payments: sections.payments.unwrap_or(self.payments),
            notices: sections.notices.unwrap_or(self.notices),
            ..self
        })
    }

    /// Where the keys are that results are signed with.
    pub(crate) fn certificates(&self) -> Certificates {
        Certificates::at(&self.data.join("certificates"))
    }

    /// Settings for a command on data that is there: by a configuration file, or a folder.
    pub(crate) fn of(place: &Where) -> Result<Self> {
        match &place.config {
            Some(file) => Self::read(Some(file)),
            None => {
                let postgres = env::var("TINHSO_POSTGRES").ok();
                Self::demonstration(place.data.clone(), default_listen(), postgres)
            }
        }
    }
}

impl Shape {
    fn parse(self, text: &str) -> Result<toml::Value> {
        Ok(match self {
            Self::Text => toml::Value::String(text.to_owned()),
            Self::Number => toml::Value::Integer(text.parse()?),
            Self::Truth => toml::Value::Boolean(text.parse()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const GOOD: &str = "tenant = \"H55\"\nname = \"Tỉnh\"\naddress = \"https://a.example\"\n\
                        listen = \"127.0.0.1:80\"\nhttps = true\npostgres_threads = 4\n\
                        [thresholds]\nsoon_percent = 20\n[eid]\nname = \"VNeID\"\n\
                        issuer = \"https://sso.example\"\nclient_id = \"tinh\"\n\
                        [eid.acr]\n\"urn:muc:2\" = 2\n[eid.claims]\nnumber = \"so\"\n";

    fn read(text: &str) -> Option<Config> {
        text.parse::<toml::Table>().ok()?.try_into().ok()
    }

    #[test]
    fn a_configuration_is_read_whole_and_nothing_else() {
        let config = read(GOOD).unwrap();
        assert_eq!((config.tenant.as_str(), config.postgres_threads), ("H55", 4));
        let eid = config.eid.unwrap();
        assert_eq!((eid.acr["urn:muc:2"], eid.claims.number.as_str()), (2, "so"));
        assert_eq!(eid.claims.name, "name", "what is not named is as usual");
        assert!(read(&GOOD.replace("https =", "http =")).is_none(), "an unknown setting");
        assert!(read(&GOOD.replace("H55", "55")).is_none(), "no tenant");
    }

    #[test]
    fn a_demonstration_takes_sections_of_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("with.toml");
        let usual = || {
            let listen = default_listen();
            Config::demonstration(folder.path().into(), listen, None).unwrap()
        };
        fs::write(&file, "[notices]\ntexts_by_default = true\n").unwrap();
        let config = usual().with(&file).unwrap();
        assert!(format!("{:?}", config.notices).contains("texts_by_default: true"));
        assert!(format!("{:?}", config.payments).contains("TAI KHOAN TRINH DIEN"), "as it was");
        fs::write(&file, "tenant = \"H01\"\n").unwrap();
        assert!(usual().with(&file).is_err(), "not whose province it is");
    }

    #[test]
    fn the_sections_of_the_manual_are_read_as_they_stand() {
        let manual = include_str!("../../docs/configuration.md");
        for section in ["[payments]", "[notices]"] {
            let mut blocks = manual.split("```toml\n");
            let block = blocks.find(|block| block.starts_with(section)).unwrap();
            let block = block.split("```").next().unwrap();
            assert!(read(&format!("{GOOD}{block}")).is_some(), "{section}");
            let wrong = block.replacen("title", "titel", 1).replacen("subject", "subjekt", 1);
            assert!(read(&format!("{GOOD}{wrong}")).is_none(), "an unknown setting");
        }
    }

    proptest! {
        #[test]
        fn any_configuration_is_read_or_refused(
            text in prop_oneof![
                any::<String>(),
                (0..GOOD.chars().count(), ".{0,8}").prop_map(|(at, put)| {
                    let mut letters: Vec<char> = GOOD.chars().collect();
                    letters.splice(at..(at + 1), put.chars());
                    letters.into_iter().collect()
                }),
            ],
        ) {
            let _ = read(&text);
            for (_, shape) in FROM_ENVIRONMENT {
                let _ = shape.parse(&text);
            }
        }
    }
}
