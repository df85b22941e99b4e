//! What ordinary officers ask in a day: a birth registration carried from the counter to the
//! family, and what is looked at on the way. Six of ten requests read.

use std::{fmt, net::SocketAddr};

use anyhow::{Context, Result, ensure};
use hyper::{Method, StatusCode};
use serde_json::{Value, json};

use super::{COUNTER, EXPERT, SIGNER};
use crate::caller::Caller;

/// The password of every account of the demonstration.
const PASSWORD: &str = "trinh-dien-2026";

/// Sessions of the officers of one ward.
pub(crate) struct Tokens {
    pub(crate) counter: String,
    pub(crate) expert: String,
    pub(crate) signer: String,
}

impl Tokens {
    pub(crate) async fn of(address: SocketAddr) -> Result<Self> {
        let mut caller = Caller::connect(address).await?;
        Ok(Self {
            counter: sign_in(&mut caller, COUNTER).await?,
            expert: sign_in(&mut caller, EXPERT).await?,
            signer: sign_in(&mut caller, SIGNER).await?,
        })
    }
}

/// Signs one of the accounts in; answers the session.
pub(crate) async fn sign_in(caller: &mut Caller, login: &str) -> Result<String> {
    let credentials = json!({ "login": login, "password": PASSWORD });
    let (status, body) =
        caller.ask(Method::POST, "/api/v1/sessions", None, Some(&credentials)).await?;
    ensure!(status == StatusCode::CREATED, "{login} cannot sign in: {status}");
    let opened: Value = serde_json::from_slice(&body)?;
    Ok(opened["token"].as_str().context("a token")?.to_owned())
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Asked {
    Counter,
    File,
    Dossier,
    Work,
    Examine,
    List,
    Procedure,
    Sign,
    Story,
    Return,
    Health,
}

impl Asked {
    /// A life of a dossier, in this order.
    pub(crate) const LIFE: [Self; 10] = [
        Self::Counter,
        Self::File,
        Self::Dossier,
        Self::Work,
        Self::Examine,
        Self::List,
        Self::Procedure,
        Self::Sign,
        Self::Story,
        Self::Return,
    ];

    /// Whether it changes something.
    pub(crate) const fn is_command(self) -> bool {
        matches!(self, Self::File | Self::Examine | Self::Sign | Self::Return)
    }

    /// Asks it about the dossier of that code; a filing answers a new code. None where the
    /// server refused.
    pub(crate) async fn ask(
        self,
        caller: &mut Caller,
        tokens: &Tokens,
        code: &str,
        number: u64,
    ) -> Result<Option<String>> {
        let dossier = format!("/api/v1/dossiers/{code}");
        let step = |step: &str, outcome: &str| Some(json!({ "step": step, "outcome": outcome }));
        let (token, path, body) = match self {
            Self::Counter => (&tokens.counter, "/api/v1/work?scope=counter&limit=20".into(), None),
            Self::File => (&tokens.counter, "/api/v1/dossiers".to_owned(), Some(birth(number))),
            Self::Dossier => (&tokens.counter, dossier, None),
            Self::Work => (&tokens.expert, "/api/v1/work?limit=20".into(), None),
            Self::Examine => (&tokens.expert, dossier + "/complete", step("tham-tra", "dat")),
            Self::List => (&tokens.expert, lists(number), None),
            Self::Procedure => (&tokens.counter, "/api/v1/procedures/1.001193".into(), None),
            Self::Sign => (&tokens.signer, dossier + "/complete", step("ky", "ky")),
            Self::Story => (&tokens.signer, dossier + "/events", None),
            Self::Return => (&tokens.counter, dossier + "/return_result", Some(json!({}))),
            Self::Health => (&tokens.counter, "/healthz".into(), None),
        };
        let method = if self.is_command() { Method::POST } else { Method::GET };
        let (status, answer) = caller.ask(method, &path, Some(token), body.as_ref()).await?;
        if !status.is_success() {
            return Ok(None);
        }
        match self {
            Self::File => {
                let filed: Value = serde_json::from_slice(&answer)?;
                Ok(Some(filed["code"].as_str().context("a code")?.to_owned()))
            }
            _ => Ok(Some(code.to_owned())),
        }
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&format!("{self:?}").to_lowercase())
    }
}

/// Lists as officers ask for them, one kind after the other.
fn lists(number: u64) -> String {
    let kinds =
        ["", "&status=in_progress", "&procedure=1.001193", "&overdue=true", "&status=returned"];
    let kind = kinds[usize::try_from(number).unwrap_or(0) % kinds.len()];
    format!("/api/v1/dossiers?limit=20{kind}")
}

/// A birth to be registered; every number is another mother.
fn birth(number: u64) -> Value {
    let paper = |id: &str| json!({ "component": id });
    json!({
        "procedure": "1.001193",
        "applicant": {
            "name": "Nguyễn Thị Hoa",
            "number": { "citizen": format!("019190{:06}", number % 1_000_000) },
            "phone": "0912345678", "address": "Tổ 12, phường Phan Đình Phùng",
        },
        "answers": {
            "ho_ten_tre": "Nguyễn Minh An", "ngay_sinh": "2026-11-20", "gioi_tinh": "nam",
            "dan_toc": "Tày", "noi_sinh": "05431", "que_quan": "05431", "nguoi_di_khai": "cha_me",
        },
        "papers": [paper("to-khai"), paper("giay-chung-sinh"), paper("giay-to-tuy-than")],
        "accept": true,
    })
}
