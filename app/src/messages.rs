//! Settings of notices: mail, push, text messages, Zalo.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use desk::Desk;
use kernel::Mint;
use notices::{Hook, MailSettings, Push, Settings, Tls, out::VapidKey};
use serde::Deserialize;
use telling::{Parts, Teller};

use crate::secret_file;

/// The section `notices` of the configuration. A way that is not there is not offered.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoticesConfig {
    /// Who never chose a way gets text messages to the number on their application.
    #[serde(default)]
    texts_by_default: bool,
    #[serde(default)]
    mail: Option<MailConfig>,
    #[serde(default)]
    push: Option<PushConfig>,
    #[serde(default)]
    sms: Option<HookConfig>,
    #[serde(default)]
    zalo: Option<HookConfig>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct MailConfig {
    host: String,
    port: u16,
    tls: Tls,
    from: String,
    #[serde(default)]
    login: Option<String>,
    #[serde(default)]
    password_file: Option<PathBuf>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PushConfig {
    subject: String,
    #[serde(default)]
    hosts: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct HookConfig {
    url: String,
    body: serde_json::Value,
    /// Header fields, each with the file that holds its value.
    #[serde(default)]
    header_files: BTreeMap<String, PathBuf>,
    #[serde(default)]
    templates: BTreeMap<String, String>,
    #[serde(default)]
    answer: Option<String>,
    #[serde(default)]
    taken: String,
    #[serde(default)]
    marks: bool,
    #[serde(default)]
    country_code: bool,
}

impl NoticesConfig {
    /// The demonstration's: notices on devices, which need no contract with anybody.
    pub(crate) fn demonstration() -> Self {
        let subject = "mailto:trinh-dien@example.vn".to_owned();
        Self { push: Some(PushConfig { subject, hosts: Vec::new() }), ..Self::default() }
    }

    /// Opens the teller: reads the secrets, and makes the key for push where there is none.
    pub(crate) fn open(&self, desk: Desk, data: &Path) -> Result<Teller> {
        let mail = self.mail.as_ref().map(open_mail).transpose().context("notices.mail")?;
        let push = self.push.as_ref().map(|push| open_push(push, data, &desk.front.mint));
        let hook = |hook: &Option<HookConfig>, name: &'static str| {
            hook.as_ref().map(open_hook).transpose().context(name)
        };
        let settings = Settings {
            mail,
            push: push.transpose().context("notices.push")?,
            sms: hook(&self.sms, "notices.sms")?,
            zalo: hook(&self.zalo, "notices.zalo")?,
            texts_by_default: self.texts_by_default,
        };
        Ok(Teller::new(Parts::new(desk, settings).context("notices")?))
    }
}

fn open_mail(config: &MailConfig) -> Result<MailSettings> {
    let login = match (&config.login, &config.password_file) {
        (Some(login), Some(file)) => Some((login.clone(), secret_file::read(file)?)),
        (None, None) => None,
        _ => anyhow::bail!("login and password_file come together"),
    };
    let (host, from) = (config.host.clone(), config.from.clone());
    Ok(MailSettings { host, port: config.port, tls: config.tls, login, from })
}

fn open_push(config: &PushConfig, data: &Path, mint: &Mint) -> Result<Push> {
    let path = data.join("vapid.key");
    if !path.exists() {
        write_private(&path, &VapidKey::fresh(mint).to_text())?;
    }
    let secret = secret_file::read(&path)?;
    let key = secret.expose_text().and_then(VapidKey::parse);
    let key = key.with_context(|| format!("{} holds no key", path.display()))?;
    Ok(Push { key, subject: config.subject.clone(), hosts: config.hosts.clone() })
}

/// Writes a file that its owner alone may read, from the first byte on.
fn write_private(path: &Path, text: &str) -> Result<()> {
    use std::io::Write;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let written = options.open(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.with_context(|| format!("cannot write {}", path.display()))
}

fn open_hook(config: &HookConfig) -> Result<Hook> {
    let header = |(name, file): (&String, &PathBuf)| Ok((name.clone(), secret_file::read(file)?));
    Ok(Hook {
        url: config.url.clone(),
        body: config.body.clone(),
        headers: config.header_files.iter().map(header).collect::<Result<_>>()?,
        templates: config.templates.clone(),
        answer: config.answer.clone(),
        taken: config.taken.clone(),
        marks: config.marks,
        country_code: config.country_code,
    })
}
