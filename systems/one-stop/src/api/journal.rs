//! The journal for everybody who wants to check it, as C2SP tlog-tiles lays it out under the
//! prefix `/api/v1/journal`: a checkpoint, tiles of hashes, and the public key.

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use journal::{
    TileReader,
    tile::{TILE_HEIGHT, TILE_WIDTH},
    tree::Nodes,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::answer::{Fault, Refusals};
use crate::{Desk, Error};

/// Levels of a tree that nobody will ever fill.
const LEVEL_MAX: u32 = 6;

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(checkpoint)).routes(routes!(key)).routes(routes!(tile))
}

const TEXT: [(header::HeaderName, &str); 2] =
    [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];

/// Read the newest checkpoint: a signed note that says how long the journal is, and its root
#[utoipa::path(
    get,
    path = "/api/v1/journal/checkpoint",
    tag = "journal",
    security(()),
    responses((status = 200, body = String, content_type = "text/plain"), Refusals),
)]
async fn checkpoint(State(desk): State<Desk>) -> Result<Response, Fault> {
    let too = desk.clone();
    let newest =
        desk.front.store.read(move |tx| Ok(journal::newest_checkpoint(tx, &too.front.tenant)?));
    let newest = newest.await.map_err(|error: Error| Fault::from(error))?;
    let newest = newest.ok_or_else(Fault::not_found)?;
    Ok((TEXT, newest.as_str().to_owned()).into_response())
}

/// Read the public key that checkpoints are signed with
#[utoipa::path(
    get,
    path = "/api/v1/journal/key",
    tag = "journal",
    security(()),
    responses((status = 200, body = String, content_type = "text/plain"), Refusals),
)]
async fn key(State(desk): State<Desk>) -> Result<Response, Fault> {
    let key = desk.journal_key().ok_or_else(Fault::not_found)?;
    Ok((TEXT, format!("{key}\n")).into_response())
}

/// Read a tile of hashes: `0/x001/x234/067`, or the first 5 hashes of it as `….p/5`
#[utoipa::path(
    get,
    path = "/api/v1/journal/tile/{level}/{*number}",
    tag = "journal",
    security(()),
    params(
        ("level" = u32, Path, description = "Level of the tile, 0 for leaves"),
        ("number" = String, Path, description = "Number of the tile, in groups of three digits"),
    ),
    responses((status = 200, content_type = "application/octet-stream"), Refusals),
)]
async fn tile(
    State(desk): State<Desk>,
    Path((level, number)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let level = level.parse::<u32>().ok().filter(|level| *level <= LEVEL_MAX);
    let (level, wanted) = level.zip(parse(&number)).ok_or_else(Fault::not_found)?;
    let too = desk.clone();
    let hashes = desk.front.store.read(move |tx| {
        let mut reader = TileReader::new(tx, &too.front.tenant);
        let first = wanted.number * TILE_WIDTH as u64;
        let mut bytes = Vec::with_capacity(wanted.width as usize * 32);
        for index in first..first + wanted.width {
            // A tile of this width is not there yet, or never was.
            match reader.node(TILE_HEIGHT * level, index) {
                Ok(hash) => bytes.extend_from_slice(hash.as_bytes()),
                Err(journal::Error::Tree(_)) => return Ok(None),
                Err(error) => return Err(Error::from(error)),
            }
        }
        Ok(Some(bytes))
    });
    let hashes = hashes.await?.ok_or_else(Fault::not_found)?;
    let kind = (header::CONTENT_TYPE, "application/octet-stream");
    let forever = (header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    Ok(([kind, forever], hashes).into_response())
}

/// Which tile, and how many of its hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wanted {
    number: u64,
    width: u64,
}

/// `x001/x234/067` or `x001/x234/067.p/5`
fn parse(text: &str) -> Option<Wanted> {
    let (path, width) = match text.split_once(".p/") {
        None => (text, TILE_WIDTH as u64),
        Some((path, width)) => {
            let partial = width.parse().ok().filter(|w| (1..TILE_WIDTH as u64).contains(w));
            (path, partial.filter(|w| w.to_string() == width)?)
        }
    };
    let mut number: u64 = 0;
    let groups: Vec<&str> = path.split('/').collect();
    let last = groups.len().checked_sub(1).filter(|last| *last < 5)?;
    for (index, group) in groups.into_iter().enumerate() {
        let digits = if index < last { group.strip_prefix('x')? } else { group };
        let fits = digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
        number = number * 1000 + digits.parse::<u64>().ok().filter(|_| fits)?;
    }
    Some(Wanted { number, width })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_one_tile() {
        let tile = |number, width| Some(Wanted { number, width });
        assert_eq!(parse("x001/x234/067"), tile(1_234_067, 256));
        assert_eq!(parse("007.p/5"), tile(7, 5));
        for text in ["7", "1234", "x001", "001/002", "007.p/0", "007.p/256", "007.p/05", "", "x"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
