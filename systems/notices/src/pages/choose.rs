//! Choosing: adding and taking away addresses, and quiet hours.

use axum::{
    Form, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use notices::{Address, ContactId, Quiet, Wishes};
use serde::Deserialize;
use web::{
    components::flash::Flash,
    form::Faults,
    http::{self, Problem},
    i18n::Lang,
    tr,
};

use super::{mine, whose::Whose};
use crate::{Error, Teller};

pub(super) fn routes<W: Whose>() -> Router<Teller> {
    let at = W::AT;
    let routes = Router::new()
        .route(&format!("{at}/thu-dien-tu"), post(email::<W>))
        .route(&format!("{at}/bo"), post(remove::<W>))
        .route(&format!("{at}/gio-yen"), post(quiet::<W>));
    if !W::PROVED_PHONE {
        return routes;
    }
    routes.route(&format!("{at}/dien-thoai"), post(telephone::<W>))
}

/// Keeps an address; answers a sentence where there are too many.
pub(super) async fn add<W: Whose>(
    teller: &Teller,
    me: &W,
    address: Address,
) -> Result<Option<String>, Problem> {
    let (owner, now) = (me.party(), me.now());
    let lang = if me.words().lang == Lang::En { "en" } else { "vi" };
    let added = teller.write(move |tx, teller| {
        let (front, keyring) = (&teller.desk.front, &teller.desk.keyring);
        let (tenant, mint) = (&front.tenant, &front.mint);
        let wishes = Wishes { lang: lang.to_owned(), ..notices::wishes(tx, tenant, owner)? };
        notices::keep_wishes(tx, tenant, owner, &wishes)?;
        Ok(notices::add(tx, tenant, keyring, mint, owner, &address, now)?)
    });
    match added.await {
        Ok(_) => Ok(None),
        Err(Error::Notices(notices::Error::TooMany { max })) => {
            Ok(Some(tr!(me, "tell-too-many", max = max)))
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Debug, Deserialize)]
struct Email {
    #[serde(default, rename = "_csrf")]
    csrf: String,
    #[serde(default)]
    thu: String,
}

async fn email<W: Whose>(
    State(teller): State<Teller>,
    me: W,
    Form(typed): Form<Email>,
) -> Result<Response, Problem> {
    if !me.csrf_fits(&typed.csrf) || teller.mailer.is_none() {
        return Err(Problem::forbidden());
    }
    let mut faults = Faults::default();
    let address = faults.take("thu", Address::email(&typed.thu), |_| tr!(me, "tell-email-bad"));
    if let Some(address) = address {
        match add(&teller, &me, address).await? {
            None => return Ok(done::<W>(&tr!(me, "tell-email-sent"))),
            Some(fault) => faults.add("thu", fault),
        }
    }
    let page = mine::page(&teller, &me, &typed.thu, &faults).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

#[derive(Debug, Deserialize)]
struct Telephone {
    #[serde(default, rename = "_csrf")]
    csrf: String,
    #[serde(default)]
    kenh: String,
}

/// Only to the number that their identity was proved with, so that nobody is written to for
/// another's sake.
async fn telephone<W: Whose>(
    State(teller): State<Teller>,
    me: W,
    Form(typed): Form<Telephone>,
) -> Result<Response, Problem> {
    if !me.csrf_fits(&typed.csrf) {
        return Err(Problem::forbidden());
    }
    let phone = mine::phone(&teller, &me).await?.ok_or_else(Problem::bad_request)?;
    let address = match typed.kenh.as_str() {
        "sms" if teller.settings.sms.is_some() => Address::Sms(phone),
        "zalo" if teller.settings.zalo.is_some() => Address::Zalo(phone),
        _ => return Err(Problem::bad_request()),
    };
    match add(&teller, &me, address).await? {
        None => Ok(done::<W>(&tr!(me, "tell-added"))),
        Some(fault) => Ok(http::flash::see_other_with(W::AT, Flash::failed(fault))),
    }
}

#[derive(Debug, Deserialize)]
struct Removing {
    #[serde(default, rename = "_csrf")]
    csrf: String,
    noi: ContactId,
}

async fn remove<W: Whose>(
    State(teller): State<Teller>,
    me: W,
    Form(typed): Form<Removing>,
) -> Result<Response, Problem> {
    if !me.csrf_fits(&typed.csrf) {
        return Err(Problem::forbidden());
    }
    let (owner, contact) = (me.party(), typed.noi);
    let removed = teller.write(move |tx, teller| {
        let tenant = &teller.desk.front.tenant;
        // To want nothing is a wish too.
        let wishes = notices::wishes(tx, tenant, owner)?;
        notices::keep_wishes(tx, tenant, owner, &wishes)?;
        Ok(notices::remove(tx, tenant, owner, contact)?)
    });
    removed.await?;
    Ok(done::<W>(&tr!(me, "tell-removed")))
}

#[derive(Debug, Deserialize)]
struct Hours {
    #[serde(default, rename = "_csrf")]
    csrf: String,
    #[serde(default)]
    yen: String,
    #[serde(default)]
    tu: String,
    #[serde(default)]
    den: String,
}

async fn quiet<W: Whose>(
    State(teller): State<Teller>,
    me: W,
    Form(typed): Form<Hours>,
) -> Result<Response, Problem> {
    if !me.csrf_fits(&typed.csrf) {
        return Err(Problem::forbidden());
    }
    let hour = |text: &str| Some((text.strip_suffix(":00")?.parse().ok()?, 0));
    let asked = !typed.yen.is_empty();
    let quiet = match (hour(&typed.tu), hour(&typed.den)) {
        (Some(from), Some(to)) if asked => Quiet::new(from, to),
        _ => None,
    };
    let owner = me.party();
    let kept = teller.write(move |tx, teller| {
        let tenant = &teller.desk.front.tenant;
        let wishes = Wishes { quiet, ..notices::wishes(tx, tenant, owner)? };
        Ok(notices::keep_wishes(tx, tenant, owner, &wishes)?)
    });
    kept.await?;
    Ok(done::<W>(&tr!(me, "tell-quiet-done")))
}

fn done<W: Whose>(sentence: &str) -> Response {
    http::flash::see_other_with(W::AT, Flash::done(sentence))
}
