//! Stylesheet, script, icons and fonts: part of the program, packed once, kept by browsers for good.
//!
//! The address of a file carries its hash (`/assets/tinhso.1f0c….css`), so a browser never asks
//! twice and a new version is never mixed with an old one.

use std::{io::Write, sync::LazyLock};

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use sha2::{Digest, Sha256};

/// Address of the stylesheet.
#[must_use]
pub fn stylesheet() -> &'static str {
    &ASSETS.css.path
}

/// Address of the script, an ES module.
#[must_use]
pub fn script() -> &'static str {
    &ASSETS.script.path
}

/// Address of the script that makes and uses passkeys, for the pages that do.
#[must_use]
pub fn passkey_script() -> &'static str {
    &ASSETS.passkey.path
}

/// Address of the script that keeps figures fresh, for the pages that show them live.
#[must_use]
pub fn live_script() -> &'static str {
    &ASSETS.live.path
}

/// Address of the script that reads line charts place by place; every such chart names it.
#[must_use]
pub fn chart_script() -> &'static str {
    &ASSETS.chart.path
}

/// Address of the icons, to be followed by `#i-name`.
#[must_use]
pub fn icons() -> &'static str {
    &ASSETS.icons.path
}

/// Address of the mark, as an icon of the browser tab.
#[must_use]
pub fn mark() -> &'static str {
    &ASSETS.mark.path
}

/// Address of the font that every page needs first.
#[must_use]
pub fn font() -> &'static str {
    &ASSETS.font_400.path
}

/// The route that serves them.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{name}", get(serve))
}

struct Asset {
    path: String,
    /// File name without hash: what an outdated address still has in common with this one.
    stem: &'static str,
    extension: &'static str,
    etag: HeaderValue,
    plain: Vec<u8>,
    brotli: Option<Vec<u8>>,
    gzip: Option<Vec<u8>>,
}

struct Assets {
    css: Asset,
    script: Asset,
    passkey: Asset,
    live: Asset,
    chart: Asset,
    icons: Asset,
    mark: Asset,
    font_400: Asset,
    font_600: Asset,
}

impl Assets {
    fn all(&self) -> [&Asset; 9] {
        let Self { css, script, passkey, live, chart, icons, mark, font_400, font_600 } = self;
        [css, script, passkey, live, chart, icons, mark, font_400, font_600]
    }
}

static ASSETS: LazyLock<Assets> = LazyLock::new(|| {
    let font_400 = include_bytes!("../assets/fonts/be-vietnam-pro-400.woff2");
    let font_600 = include_bytes!("../assets/fonts/be-vietnam-pro-600.woff2");
    let font_400 = Asset::new("be-vietnam-pro-400", "woff2", font_400.to_vec());
    let font_600 = Asset::new("be-vietnam-pro-600", "woff2", font_600.to_vec());
    let tokens = include_str!("../assets/tokens.css")
        .replace("fonts/be-vietnam-pro-400.woff2", &font_400.path)
        .replace("fonts/be-vietnam-pro-600.woff2", &font_600.path);
    let css = format!("{tokens}\n{}", include_str!("../assets/parts.css"));
    let script = include_str!("../assets/tinhso.js");
    let passkey = include_str!("../assets/passkey.js");
    let live = include_str!("../assets/live.js");
    let chart = include_str!("../assets/chart.js");
    let icons = include_str!("../assets/icons.svg");
    let mark = include_str!("../assets/mark.svg");
    Assets {
        css: Asset::new("tinhso", "css", css.into_bytes()),
        script: Asset::new("tinhso", "js", script.as_bytes().to_vec()),
        passkey: Asset::new("passkey", "js", passkey.as_bytes().to_vec()),
        live: Asset::new("live", "js", live.as_bytes().to_vec()),
        chart: Asset::new("chart", "js", chart.as_bytes().to_vec()),
        icons: Asset::new("icons", "svg", icons.as_bytes().to_vec()),
        mark: Asset::new("mark", "svg", mark.as_bytes().to_vec()),
        font_400,
        font_600,
    }
});

impl Asset {
    fn new(stem: &'static str, extension: &'static str, plain: Vec<u8>) -> Self {
        let digest = Sha256::digest(&plain);
        let hash = kernel::hex(&digest[..6]);
        let etag = HeaderValue::from_str(&format!("\"{hash}\"")).expect("hexadecimal digits");
        let packed = extension != "woff2";
        Self {
            path: format!("/assets/{stem}.{hash}.{extension}"),
            stem,
            extension,
            etag,
            brotli: packed.then(|| brotli(&plain)),
            gzip: packed.then(|| gzip(&plain)),
            plain,
        }
    }

    fn content_type(&self) -> &'static str {
        match self.extension {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            _ => "font/woff2",
        }
    }

    /// The smallest form that the browser can unpack.
    fn body(&self, accepts: &str) -> (Option<&'static str>, &[u8]) {
        let takes = |coding: &str| accepts.split(',').any(|a| a.trim() == coding);
        match (&self.brotli, &self.gzip) {
            (Some(packed), _) if takes("br") => (Some("br"), packed),
            (_, Some(packed)) if takes("gzip") => (Some("gzip"), packed),
            _ => (None, &self.plain),
        }
    }
}

async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let all = ASSETS.all();
    let exact = all.iter().find(|asset| asset.path.ends_with(&format!("/{name}")));
    // A page from before an update still asks for the old name: it gets what there is now.
    let mut parts = name.split('.');
    let (stem, extension) = (parts.next(), name.rsplit('.').next());
    let like = |asset: &&&Asset| Some(asset.stem) == stem && Some(asset.extension) == extension;
    let Some(asset) = exact.or_else(|| all.iter().find(like)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let caching = match exact {
        Some(_) => "public, max-age=31536000, immutable",
        None => "no-cache",
    };
    let mut reply = HeaderMap::new();
    let mut set = |name: HeaderName, value: &'static str| {
        reply.insert(name, HeaderValue::from_static(value));
    };
    set(header::CACHE_CONTROL, caching);
    set(header::VARY, "accept-encoding");
    set(header::CONTENT_TYPE, asset.content_type());
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok());
    let (coding, body) = asset.body(accepts.unwrap_or_default());
    if let Some(coding) = coding {
        set(header::CONTENT_ENCODING, coding);
    }
    reply.insert(header::ETAG, asset.etag.clone());
    if headers.get(header::IF_NONE_MATCH) == Some(&asset.etag) {
        return (StatusCode::NOT_MODIFIED, reply).into_response();
    }
    (reply, body.to_vec()).into_response()
}

fn brotli(plain: &[u8]) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams { quality: 9, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &plain[..], &mut packed, &params)
        .expect("writing to memory does not fail");
    packed
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(plain).expect("writing to memory does not fail");
    packer.finish().expect("writing to memory does not fail")
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::Request};
    use tower::ServiceExt;

    use super::*;

    async fn ask(path: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        router::<()>().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn a_file_is_kept_for_good_and_comes_packed() {
        let reply = ask(stylesheet(), &[("accept-encoding", "gzip, br")]).await;
        assert_eq!(reply.status(), StatusCode::OK);
        assert_eq!(reply.headers()["content-encoding"], "br");
        assert_eq!(reply.headers()["cache-control"], "public, max-age=31536000, immutable");
        let etag = reply.headers()["etag"].to_str().unwrap().to_owned();
        let again = ask(stylesheet(), &[("if-none-match", &etag)]).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    }

    #[tokio::test]
    async fn an_old_address_gets_the_present_file_and_nothing_else_does() {
        let old = ask("/assets/tinhso.000000000000.css", &[]).await;
        assert_eq!(
            (old.status(), &old.headers()["cache-control"] == "no-cache"),
            (StatusCode::OK, true)
        );
        assert_eq!(ask("/assets/secrets.txt", &[]).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(ask("/assets/tinhso.css.map", &[]).await.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn the_stylesheet_asks_for_the_fonts_at_their_addresses_and_the_script_is_small() {
        let css = String::from_utf8(ASSETS.css.plain.clone()).unwrap();
        assert!(css.contains(font()) && !css.contains("url(fonts/"));
        assert!(ASSETS.script.plain.len() <= 8 * 1024, "{} bytes", ASSETS.script.plain.len());
    }
}
