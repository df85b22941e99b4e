//! Uploads that go on after a broken connection, by the tus protocol 1.0.0: core, creation,
//! termination, checksum, expiration. The plain form of a paper does without; this is for slow
//! and broken lines.
//!
//! `POST /lam/DRAFT/tep/PAPER` begins a file, `PATCH` to its address sends a piece, `HEAD` says
//! how much has come, `DELETE` gives it up. With its last byte it becomes a file of the paper, as
//! if it had been sent with the form.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode},
    response::{IntoResponse, Response},
    routing::{options, post},
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use files::UPLOAD_BYTES_MAX;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use web::{Citizen, http::Problem};

use super::{FILL, question, typed};
use crate::{
    Services,
    model::{Draft, Question, is_sent},
    uploads::{self, OnItsWay, UploadId},
};

const VERSION: &str = "1.0.0";
const EXTENSIONS: &str = "creation,termination,checksum,expiration";
const ALGORITHMS: &str = "sha1,sha256";
/// A piece is kept when so much of it has come, so that little is lost with the line.
const PIECE: usize = 256 * 1024;
/// What tus answers where a checksum does not fit.
const CHECKSUM_MISMATCH: u16 = 460;
/// Most letters of a name.
const NAME_LETTERS_MAX: usize = 120;

pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route(&format!("{FILL}/{{draft}}/tep/{{paper}}"), post(create).options(offer))
        .route(
            &format!("{FILL}/{{draft}}/tep/{{paper}}/{{upload}}"),
            options(offer).head(state).patch(piece).delete(give_up).post(overridden),
        )
}

/// What this server can.
async fn offer() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let say = |headers: &mut HeaderMap, name: &'static str, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    let headers = response.headers_mut();
    say(headers, "tus-resumable", VERSION);
    say(headers, "tus-version", VERSION);
    say(headers, "tus-extension", EXTENSIONS);
    say(headers, "tus-checksum-algorithm", ALGORITHMS);
    headers.insert("tus-max-size", HeaderValue::from(UPLOAD_BYTES_MAX));
    response
}

/// An answer of the protocol.
fn answer(status: StatusCode, headers: &[(&'static str, String)]) -> Response {
    let mut response = status.into_response();
    let say = response.headers_mut();
    say.insert("tus-resumable", HeaderValue::from_static(VERSION));
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            say.insert(*name, value);
        }
    }
    response
}

fn refused(status: StatusCode, why: String) -> Response {
    let mut response = Problem::of_status(status).detail(why).into_response();
    response.headers_mut().insert("tus-resumable", HeaderValue::from_static(VERSION));
    response
}

/// That the client speaks this version; else what it could speak.
fn speaks(headers: &HeaderMap) -> Result<(), Box<Response>> {
    let version = headers.get("tus-resumable").and_then(|value| value.to_str().ok());
    if version == Some(VERSION) {
        return Ok(());
    }
    Err(Box::new(answer(StatusCode::PRECONDITION_FAILED, &[("tus-version", VERSION.to_owned())])))
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

/// The name of the file in `Upload-Metadata`: pairs of a key and a value in Base64.
fn name_of(headers: &HeaderMap) -> String {
    let said = headers.get("upload-metadata").and_then(|value| value.to_str().ok());
    let pairs = said.unwrap_or_default().split(',').filter_map(|pair| pair.trim().split_once(' '));
    let named = pairs.filter(|(key, _)| matches!(*key, "filename" | "name"));
    let named = named.filter_map(|(_, value)| String::from_utf8(BASE64.decode(value).ok()?).ok());
    let name = named.map(|name| kernel::nfc(&name)).find(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| "tep".to_owned());
    name.replace(['/', '\\'], "_").chars().take(NAME_LETTERS_MAX).collect()
}

/// `Wed, 25 Jun 2014 16:00:00 GMT`.
fn http_date(at: kernel::Instant) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Whether the draft asks for that paper.
async fn asked(services: &Services, me: &Citizen, id: &str, paper: &str) -> Result<Draft, Problem> {
    let open = question::open(services, me, id).await?;
    let asks = open.procedure.components.iter().any(|c| is_sent(c) && c.id.as_str() == paper);
    if asks { Ok(open.draft) } else { Err(Problem::not_found()) }
}

async fn create(
    State(services): State<Services>,
    me: Citizen,
    Path((id, paper)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if let Err(response) = speaks(&headers) {
        return Ok(*response);
    }
    let draft = asked(&services, &me, &id, &paper).await?;
    let Some(length) = number(&headers, "upload-length") else {
        return Ok(answer(StatusCode::BAD_REQUEST, &[]));
    };
    let name = name_of(&headers);
    if length > UPLOAD_BYTES_MAX {
        let limit = me.words.file_size(UPLOAD_BYTES_MAX);
        let why = web::tr!(me, "fill-file-large", name = name, limit = limit);
        return Ok(refused(StatusCode::PAYLOAD_TOO_LARGE, why));
    }
    if let Err(error) = files::Kind::of_name(&name) {
        let why = typed::refused(&me.words, &name, &error).unwrap_or_default();
        return Ok(refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, why));
    }
    let new = OnItsWay {
        id: services.desk.front.mint.id(me.now),
        draft: draft.id,
        component: paper.clone(),
        name,
        length,
        received: 0,
        created_at: me.now,
    };
    let (shared, party, begun) = (services.desk.clone(), me.party, new.clone());
    let begun =
        services.desk.front.store.write(move |tx| uploads::begin(tx, &shared, party, &begun));
    if !begun.await? {
        return Ok(refused(StatusCode::TOO_MANY_REQUESTS, web::tr!(me, "fill-uploads-many")));
    }
    let location = format!("{FILL}/{id}/tep/{paper}/{}", new.id);
    let said = [("location", location), ("upload-expires", http_date(new.expires()))];
    Ok(answer(StatusCode::CREATED, &said))
}

async fn find(services: &Services, me: &Citizen, upload: &str) -> Result<OnItsWay, Problem> {
    let id: UploadId = upload.parse().map_err(|_| Problem::not_found())?;
    let (shared, party, now) = (services.desk.clone(), me.party, me.now);
    let found = services
        .desk
        .front
        .store
        .read(move |tx| uploads::find(tx, &shared.front.tenant, id, party, now));
    found.await?.ok_or_else(Problem::not_found)
}

type Address = Path<(String, String, String)>;

async fn state(
    State(services): State<Services>,
    me: Citizen,
    Path((_, _, upload)): Address,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if let Err(response) = speaks(&headers) {
        return Ok(*response);
    }
    let file = find(&services, &me, &upload).await?;
    let said = [
        ("upload-offset", file.received.to_string()),
        ("upload-length", file.length.to_string()),
        ("upload-expires", http_date(file.expires())),
    ];
    Ok(answer(StatusCode::OK, &said))
}

async fn give_up(
    State(services): State<Services>,
    me: Citizen,
    Path((_, _, upload)): Address,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if let Err(response) = speaks(&headers) {
        return Ok(*response);
    }
    let file = find(&services, &me, &upload).await?;
    forget(&services, file.id).await?;
    Ok(answer(StatusCode::NO_CONTENT, &[]))
}

async fn forget(services: &Services, id: UploadId) -> Result<(), Problem> {
    let shared = services.desk.clone();
    let gone =
        services.desk.front.store.write(move |tx| uploads::forget(tx, &shared.front.tenant, id));
    Ok(gone.await?)
}

/// For clients that cannot send every method.
async fn overridden(
    state: State<Services>,
    me: Citizen,
    path: Address,
    request: Request,
) -> Result<Response, Problem> {
    let method = request.headers().get("x-http-method-override").cloned();
    let method = method.and_then(|value| Method::from_bytes(value.as_bytes()).ok());
    match method {
        Some(Method::PATCH) => piece(state, me, path, request).await,
        Some(Method::DELETE) => give_up(state, me, path, request.headers().clone()).await,
        Some(Method::HEAD) => self::state(state, me, path, request.headers().clone()).await,
        _ => Ok(answer(StatusCode::METHOD_NOT_ALLOWED, &[])),
    }
}

/// A checksum that a piece must have.
enum Checksum {
    Sha1(Vec<u8>),
    Sha256(Vec<u8>),
}

impl Checksum {
    /// The header `Upload-Checksum`; an error where it cannot be read.
    fn of(headers: &HeaderMap) -> Result<Option<Self>, ()> {
        let Some(value) = headers.get("upload-checksum") else { return Ok(None) };
        let (algorithm, sum) = value.to_str().map_err(|_| ())?.split_once(' ').ok_or(())?;
        let sum = BASE64.decode(sum).map_err(|_| ())?;
        match algorithm {
            "sha1" => Ok(Some(Self::Sha1(sum))),
            "sha256" => Ok(Some(Self::Sha256(sum))),
            _ => Err(()),
        }
    }

    fn fits(&self, piece: &[u8]) -> bool {
        match self {
            Self::Sha1(sum) => Sha1::digest(piece)[..] == sum[..],
            Self::Sha256(sum) => Sha256::digest(piece)[..] == sum[..],
        }
    }
}

async fn piece(
    State(services): State<Services>,
    me: Citizen,
    Path((_, _, upload)): Address,
    request: Request,
) -> Result<Response, Problem> {
    let headers = request.headers();
    if let Err(response) = speaks(headers) {
        return Ok(*response);
    }
    let kind = headers.get("content-type").and_then(|value| value.to_str().ok());
    if kind != Some("application/offset+octet-stream") {
        return Ok(answer(StatusCode::UNSUPPORTED_MEDIA_TYPE, &[]));
    }
    let (Some(offset), Ok(checksum)) = (number(headers, "upload-offset"), Checksum::of(headers))
    else {
        return Ok(answer(StatusCode::BAD_REQUEST, &[]));
    };
    let file = find(&services, &me, &upload).await?;
    if offset != file.received {
        return Ok(answer(StatusCode::CONFLICT, &[("upload-offset", file.received.to_string())]));
    }
    let came = match take(&services, &file, request.into_body(), checksum).await? {
        Ok(came) => came,
        Err(status) => return Ok(answer(status, &[])),
    };
    if came == file.length
        && let Some(refusal) = finish(&services, &me, &file).await?
    {
        return Ok(refused(StatusCode::UNPROCESSABLE_ENTITY, refusal));
    }
    let said = [("upload-offset", came.to_string()), ("upload-expires", http_date(file.expires()))];
    Ok(answer(StatusCode::NO_CONTENT, &said))
}

/// Takes what comes, and keeps it as it comes. With a checksum nothing is kept before all of it
/// has come and fits.
async fn take(
    services: &Services,
    file: &OnItsWay,
    body: Body,
    checksum: Option<Checksum>,
) -> Result<Result<u64, StatusCode>, Problem> {
    let mut stream = body.into_data_stream();
    let (mut came, mut waiting) = (file.received, Vec::new());
    let room = file.length;
    let mut broken = false;
    loop {
        let next: Option<Result<Bytes, _>> = std::future::poll_fn(|cx| {
            use futures_util::Stream;
            std::pin::Pin::new(&mut stream).poll_next(cx)
        })
        .await;
        let ended = match next {
            None => true,
            Some(Ok(bytes)) => {
                waiting.extend_from_slice(&bytes);
                false
            }
            // The line broke; what came before is kept.
            Some(Err(_)) => {
                broken = true;
                true
            }
        };
        if came + waiting.len() as u64 > room {
            return Ok(Err(StatusCode::PAYLOAD_TOO_LARGE));
        }
        if let Some(checksum) = checksum.as_ref().filter(|_| ended)
            && (broken || !checksum.fits(&waiting))
        {
            let mismatch = StatusCode::from_u16(CHECKSUM_MISMATCH);
            return Ok(Err(mismatch.unwrap_or(StatusCode::BAD_REQUEST)));
        }
        let full = checksum.is_none() && waiting.len() >= PIECE;
        if (full || ended) && !waiting.is_empty() {
            let (shared, id) = (services.desk.clone(), file.id);
            let (start, content) = (came, std::mem::take(&mut waiting));
            let kept = services
                .desk
                .front
                .store
                .write(move |tx| uploads::add(tx, &shared.front.tenant, id, start, &content));
            match kept.await? {
                Some(now) => came = now,
                None => return Ok(Err(StatusCode::CONFLICT)),
            }
        }
        if ended {
            return Ok(Ok(came));
        }
    }
}

/// The whole file becomes one of the paper; a sentence where it is refused.
async fn finish(
    services: &Services,
    me: &Citizen,
    file: &OnItsWay,
) -> Result<Option<String>, Problem> {
    let (shared, id) = (services.desk.clone(), file.id);
    let whole =
        services.desk.front.store.read(move |tx| uploads::content(tx, &shared.front.tenant, id));
    let whole = whole.await?;
    let kept = typed::keep(services, &me.words, &file.name, Some(whole)).await?;
    let refusal = match kept {
        Ok(upload) => {
            let open = question::open(services, me, &file.draft.to_string()).await?;
            let mut components = open.procedure.components.iter();
            let component = components.find(|c| c.id.as_str() == file.component);
            let component = component.ok_or_else(Problem::not_found)?;
            let question = Question::Paper(component);
            question::attach(services, me, &open, question, upload).await?;
            None
        }
        Err(refusal) => Some(refusal),
    };
    forget(services, file.id).await?;
    Ok(refusal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_the_metadata() {
        let headers = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("upload-metadata", HeaderValue::from_static(text));
            headers
        };
        assert_eq!(name_of(&headers("filetype aW1hZ2UvanBlZw==,filename YW5oLmpwZw==")), "anh.jpg");
        assert_eq!(name_of(&headers("is_confidential")), "tep");
        assert_eq!(
            name_of(&headers("filename Li4vLi4vZXRjL3Bhc3N3ZC5wZGY=")),
            ".._.._etc_passwd.pdf"
        );
    }

    #[test]
    fn a_checksum_is_compared_in_both_ways() {
        let fits = |header: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("upload-checksum", HeaderValue::from_static(header));
            Checksum::of(&headers).map(|sum| sum.is_some_and(|sum| sum.fits(b"hello world")))
        };
        assert_eq!(fits("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="), Ok(true));
        assert_eq!(fits("sha256 uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek="), Ok(true));
        assert_eq!(fits("sha1 AAAA"), Ok(false));
        assert_eq!(fits("md5 AAAA"), Err(()));
    }
}
