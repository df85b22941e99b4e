//! Who may see what a dossier owes: its owner who signed in, who files for them by a mandate that
//! stands, and whoever has the secret of its receipt. Whether a code exists is told to nobody else.

use std::net::IpAddr;

use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use casework::Case;
use desk::mandates;
use kernel::CaseCode;
use subtle::ConstantTimeEq;
use web::{MaybeCitizen, http::Problem};

use crate::Cashier;

/// Keeps code and secret of the dossier that somebody is paying for, so that the way back from
/// a gateway needs no secret in its address.
const COOKIE: &str = "tinhso-nop";

/// What came of a request to see a dossier.
pub(super) enum Opened {
    /// It may be seen. The cookie, where the secret was right.
    Yes(Box<Case>, Option<Cookie<'static>>),
    /// Code or secret are not right, or none was given.
    No {
        /// Whether a secret was given.
        tried: bool,
    },
    /// Wrong too often.
    TooOften,
}

pub(super) async fn open(
    cashier: &Cashier,
    asker: &MaybeCitizen,
    headers: &HeaderMap,
    from: IpAddr,
    code: &str,
    typed: &str,
) -> Result<Opened, Problem> {
    let kept = kept(headers, code);
    let given = if typed.is_empty() { kept.unwrap_or_default() } else { typed.to_owned() };
    let tried = !typed.is_empty();
    if tried && cashier.desk.guesses.holds_back(from, asker.now) {
        return Ok(Opened::TooOften);
    }
    let Ok(parsed) = code.trim().to_uppercase().parse::<CaseCode>() else {
        return Ok(Opened::No { tried });
    };
    let (who, now) = (asker.citizen.as_ref().map(|citizen| citizen.party), asker.now);
    let found = cashier.read(move |tx, cashier| {
        let case = desk::load_dossier(tx, &cashier.desk.front.tenant, &parsed)?;
        let known = match (&case, who) {
            (Some(case), Some(who)) => {
                who == case.applicant
                    || mandates::acts_for(tx, &cashier.desk, who, case.applicant, now)?
            }
            _ => false,
        };
        Ok((case, known))
    });
    match found.await? {
        (Some(case), true) => Ok(Opened::Yes(Box::new(case), None)),
        (Some(case), false) if fits(cashier, &case, &given) => {
            let cookie = cookie(cashier, &case);
            Ok(Opened::Yes(Box::new(case), Some(cookie)))
        }
        _ => {
            if tried {
                cashier.desk.guesses.failed(from, asker.now);
            }
            Ok(Opened::No { tried })
        }
    }
}

fn fits(cashier: &Cashier, case: &Case, given: &str) -> bool {
    let typed: String = given.chars().filter(char::is_ascii_alphanumeric).collect();
    let secret = cashier.desk.tracking_secret(case.id);
    bool::from(secret.as_bytes().ct_eq(typed.to_uppercase().as_bytes()))
}

fn kept(headers: &HeaderMap, code: &str) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    let (of, secret) = jar.get(COOKIE)?.value().split_once(':')?;
    of.eq_ignore_ascii_case(code.trim()).then(|| secret.to_owned())
}

fn cookie(cashier: &Cashier, case: &Case) -> Cookie<'static> {
    let value = format!("{}:{}", case.code, cashier.desk.tracking_secret(case.id));
    Cookie::build((COOKIE, value))
        .path(super::PAY)
        .http_only(true)
        .secure(cashier.desk.front.https)
        .same_site(SameSite::Lax)
        .build()
}
