//! A payment gateway: the order is handed over, the payer is taken to the gateway's page, and
//! the gateway calls back, server to server, signed. What the payer's browser brings back on its
//! return counts for nothing: it only makes us ask.
//!
//! Here is what is said and what it means; the room above carries it. Gateways differ in the
//! names of their fields and little else, so the names are settings.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use kernel::Instant;
use serde::Deserialize;

use crate::{
    Arrival, ConfigFault, Order,
    signature::{self, Fields, SigningKey},
};

/// How far the clock in a message may be from ours: an older one is a recording.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Bytes of a gateway's answer or call that are read.
pub const MESSAGE_BYTES_MAX: usize = 64 * 1024;

/// A gateway, as the configuration describes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatewaySettings {
    /// Name in addresses and in the journal.
    pub name: String,
    /// Name as people know it.
    pub title: String,
    /// What the gateway calls us.
    pub merchant: String,
    /// Where an order is handed over.
    pub create_url: String,
    /// Where is asked what became of an order.
    pub query_url: String,
    /// Its names for the fields, where they are not ours.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// Its word for success.
    #[serde(default = "success")]
    pub success: String,
    /// What it counts in: 1 for đồng, 100 for hundredths of one.
    #[serde(default = "unit")]
    pub unit: u64,
}

fn success() -> String {
    "00".to_owned()
}

const fn unit() -> u64 {
    1
}

/// A gateway with its keys.
#[derive(Debug, Clone)]
pub struct Gateway {
    settings: GatewaySettings,
    keys: Vec<SigningKey>,
}

/// A message for a gateway, to be posted as a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Where to.
    pub url: String,
    /// What.
    pub fields: Fields,
}

/// What a gateway says of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// The money came.
    Paid(Arrival),
    /// A payment was tried and failed.
    Failed {
        /// Of which order.
        reference: String,
    },
    /// Nothing yet.
    Waiting,
}

/// Why a message of a gateway is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Disbelief {
    /// Its signature is not one of the gateway's keys.
    #[error("the signature does not fit")]
    Signature,
    /// It was written too long ago, or in the future.
    #[error("the message is not of now")]
    Stale,
    /// It is for another merchant.
    #[error("the message is for another merchant")]
    Merchant,
    /// A field is missing or cannot be read.
    #[error("the field {0} is missing or cannot be read")]
    Field(&'static str),
    /// The gateway refused.
    #[error("the gateway refused")]
    Refused,
}

impl Gateway {
    /// A gateway with its keys, oldest first.
    ///
    /// # Errors
    /// Where its name cannot stand in an address, or it has no key, or one too short to sign.
    pub fn new(settings: GatewaySettings, keys: Vec<SigningKey>) -> Result<Self, ConfigFault> {
        crate::check_name(&settings.name)?;
        if keys.is_empty() {
            return Err(ConfigFault::NoKey(settings.name));
        }
        if let Some(short) = keys.iter().find(|key| key.secret.expose().len() < 16) {
            return Err(ConfigFault::ShortKey(short.id.clone()));
        }
        Ok(Self { settings, keys })
    }

    /// Name in addresses and in the journal.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// Name as people know it.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.settings.title
    }

    /// Hands an order over. None where no key is valid now.
    #[must_use]
    pub fn create(
        &self,
        order: &Order,
        return_url: &str,
        notify_url: &str,
        now: Instant,
    ) -> Option<Outgoing> {
        let amount = (order.amount * self.settings.unit).to_string();
        let expires = order.expires_at.as_second().to_string();
        let fields = [
            ("order", order.reference.as_str()),
            ("amount", &amount),
            ("currency", "VND"),
            ("description", &order.reference),
            ("return_url", return_url),
            ("notify_url", notify_url),
            ("expires_at", &expires),
        ];
        self.signed(&self.settings.create_url, &fields, now)
    }

    /// Asks what became of an order. None where no key is valid now.
    #[must_use]
    pub fn query(&self, reference: &str, now: Instant) -> Option<Outgoing> {
        self.signed(&self.settings.query_url, &[("order", reference)], now)
    }

    fn signed(&self, url: &str, fields: &[(&str, &str)], now: Instant) -> Option<Outgoing> {
        let key = signature::current(&self.keys, now)?;
        let sent_at = now.as_second().to_string();
        let ours = [("merchant", self.settings.merchant.as_str()), ("sent_at", &sent_at)];
        let all = fields.iter().copied().chain(ours).chain([("key", key.id.as_str())]);
        let mut fields: Fields =
            all.map(|(name, value)| (self.named(name).to_owned(), value.to_owned())).collect();
        let signature = signature::sign(key, &fields, self.named("signature"));
        fields.insert(self.named("signature").to_owned(), signature);
        Some(Outgoing { url: url.to_owned(), fields })
    }

    /// Where the gateway takes the payer, from its answer to [`Self::create`].
    ///
    /// # Errors
    /// Where the answer is not to be believed, or is a refusal.
    pub fn created(
        &self,
        answer: &Fields,
        order: &Order,
        now: Instant,
    ) -> Result<String, Disbelief> {
        self.believe(answer, now)?;
        if self.field(answer, "order")? != order.reference {
            return Err(Disbelief::Field("order"));
        }
        if self.field(answer, "status")? != self.settings.success {
            return Err(Disbelief::Refused);
        }
        let url = self.field(answer, "pay_url")?;
        let web = url.starts_with("https://") || url.starts_with("http://");
        if web { Ok(url.to_owned()) } else { Err(Disbelief::Field("pay_url")) }
    }

    /// What a call of the gateway, or its answer to [`Self::query`], says.
    ///
    /// # Errors
    /// Where it is not to be believed.
    pub fn said(&self, fields: &Fields, now: Instant) -> Result<Said, Disbelief> {
        self.believe(fields, now)?;
        let reference = self.field(fields, "order")?.to_owned();
        let status = self.field(fields, "status")?;
        if status == "waiting" {
            return Ok(Said::Waiting);
        }
        if status != self.settings.success {
            return Ok(Said::Failed { reference });
        }
        let counted: u64 = self.number(fields, "amount")?;
        if !counted.is_multiple_of(self.settings.unit) {
            return Err(Disbelief::Field("amount"));
        }
        let paid_at = i64::try_from(self.number(fields, "paid_at")?).ok();
        let paid_at = paid_at.and_then(|second| Instant::from_second(second).ok());
        let number = self.field(fields, "transaction")?.to_owned();
        if number.len() > 64 {
            return Err(Disbelief::Field("transaction"));
        }
        Ok(Said::Paid(Arrival {
            source: self.settings.name.clone(),
            number,
            words: reference,
            amount: counted / self.settings.unit,
            paid_at: paid_at.ok_or(Disbelief::Field("paid_at"))?,
        }))
    }

    /// Of which order fields speak that nobody has signed: only to find the page to show.
    #[must_use]
    pub fn reference(&self, fields: &Fields) -> Option<String> {
        let reference = self.field(fields, "order").ok()?;
        (reference.len() <= 64).then(|| reference.to_owned())
    }

    fn believe(&self, fields: &Fields, now: Instant) -> Result<(), Disbelief> {
        let key = fields.get(self.named("key")).map(String::as_str);
        if !signature::is_signed(&self.keys, fields, self.named("signature"), key, now) {
            return Err(Disbelief::Signature);
        }
        if self.field(fields, "merchant")? != self.settings.merchant {
            return Err(Disbelief::Merchant);
        }
        let sent_at = i64::try_from(self.number(fields, "sent_at")?).unwrap_or(i64::MAX);
        let apart = now.as_second().saturating_sub(sent_at).saturating_abs();
        if apart > WINDOW.as_secs() { Err(Disbelief::Stale) } else { Ok(()) }
    }

    fn named<'n>(&'n self, name: &'n str) -> &'n str {
        self.settings.fields.get(name).map_or(name, String::as_str)
    }

    fn field<'f>(&self, fields: &'f Fields, name: &'static str) -> Result<&'f str, Disbelief> {
        let value = fields.get(self.named(name)).map(String::as_str);
        value.filter(|value| !value.is_empty()).ok_or(Disbelief::Field(name))
    }

    fn number(&self, fields: &Fields, name: &'static str) -> Result<u64, Disbelief> {
        self.field(fields, name)?.parse().map_err(|_| Disbelief::Field(name))
    }
}
