//! Uploads by a tus client that others wrote (tus-js-client, npm), over a line that breaks.

use std::{
    net::SocketAddr,
    path::Path,
    process::Output,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use store::store_test;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    process::Command,
};

use crate::common::{Browser, open, photo, run, suong};

const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/services/tus");

/// Whether the client is there; where it must be and is not, the test fails.
fn there() -> bool {
    let there = Path::new(HERE).join("node_modules/tus-js-client").exists();
    let required = std::env::var("TINHSO_TEST_REQUIRED").is_ok();
    assert!(there || !required, "tus-js-client is not installed (cargo xtask test does that)");
    if !there {
        eprintln!("SKIPPED: no tus-js-client in {HERE}; npm ci there installs it");
    }
    there
}

/// Serves the house at a port, behind a line that breaks once after every `every` bytes, as long
/// as `breaks` lasts.
async fn serve(browser: &Browser<'_>, every: u64, breaks: u64) -> SocketAddr {
    let desk = browser.house.desk.clone();
    let front = desk.front.clone();
    let hall = web::http::Hall::new(
        front.texts.clone(),
        front.place.clone(),
        front.mint.clone(),
        front.clock.clone(),
    );
    let router = web::http::hall((crate::common::ROOMS.router)(desk), hall);
    let inside = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let to = inside.local_addr().unwrap();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(inside, service).await });
    let outside = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = outside.local_addr().unwrap();
    let left = Arc::new(AtomicU64::new(breaks));
    tokio::spawn(async move {
        loop {
            let Ok((client, _)) = outside.accept().await else { return };
            tokio::spawn(line(client, to, every, left.clone()));
        }
    });
    address
}

/// One connection; it is cut after so many bytes.
async fn line(client: TcpStream, to: SocketAddr, every: u64, left: Arc<AtomicU64>) {
    let Ok(server) = TcpStream::connect(to).await else { return };
    let (mut from, mut back) = client.into_split();
    let (mut answers, mut asks) = server.into_split();
    let up = async {
        let (mut passed, mut buffer) = (0, vec![0; 16 * 1024]);
        while let Ok(n @ 1..) = from.read(&mut buffer).await {
            passed += n as u64;
            if passed > every && left.fetch_update(Relaxed, Relaxed, |n| n.checked_sub(1)).is_ok() {
                return;
            }
            if asks.write_all(&buffer[..n]).await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        () = up => {}
        _ = tokio::io::copy(&mut answers, &mut back) => {}
    }
}

async fn client(browser: &Browser<'_>, to: &str, path: &Path, name: &str, how: &str) -> Output {
    let cookie = &browser.signed.cookie;
    let mut node = Command::new("node");
    node.arg(format!("{HERE}/client.mjs")).args([to, path.to_str().unwrap(), name, cookie, how]);
    node.output().await.unwrap()
}

/// A PDF of some size.
fn pdf(bytes: usize) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n%".to_vec();
    file.extend((0..bytes).map(|n| b"0123456789abcdef"[n * 7 % 16]));
    file.extend(b"\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n");
    file
}

store_test! {
    fn a_file_arrives_whole_over_a_line_that_breaks(store: Store) {
        if !there() {
            return;
        }
        let house = open(&store);
        run(async {
            let browser = Browser::of(&house, &suong());
            let draft = browser.begin("1.001193").await;
            let paper = format!("{draft}/giay-giay-chung-sinh");
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("x");
            std::fs::write(&path, pdf(700_000)).unwrap();
            for (name, how, every, breaks) in
                [("dut-day.pdf", "pieces", 150_000, 4), ("mot-mach.pdf", "whole", 400_000, 2), ("dong-trang.pdf", "paused", u64::MAX, 0)]
            {
                // Another content each time, since the same content is one file.
                let mut content = pdf(700_000 + name.len());
                content[12] = name.as_bytes()[0];
                std::fs::write(&path, &content).unwrap();
                let at = serve(&browser, every, breaks).await;
                let to = format!("http://{at}{draft}/tep/giay-chung-sinh");
                let said = client(&browser, &to, &path, name, how).await;
                let told = String::from_utf8_lossy(&said.stdout).into_owned();
                assert!(said.status.success(), "{name}: {told} {}", String::from_utf8_lossy(&said.stderr));
                if breaks > 0 {
                    assert!(!told.contains("\"retried\":0"), "the line did not break: {told}");
                }
                let page = browser.get(&paper).await.text();
                let hash = files::Sha256Hash::of(&content).to_string();
                assert!(page.contains(name) && page.contains(&hash), "{name}: {page}");
            }
            // A photo is straightened on arrival here too.
            std::fs::write(&path, photo()).unwrap();
            let at = serve(&browser, u64::MAX, 0).await;
            let to = format!("http://{at}{draft}/tep/giay-chung-sinh");
            assert!(client(&browser, &to, &path, "IMG_1.jpg", "pieces").await.status.success());
            let page = browser.get(&paper).await.text();
            assert!(page.contains("IMG_1.jpg") && page.contains("đã xoay thẳng"), "{page}");
            // Given up, nothing of it stays.
            std::fs::write(&path, pdf(300_000)).unwrap();
            let ended = client(&browser, &to, &path, "bo.pdf", "ended").await;
            assert!(String::from_utf8_lossy(&ended.stdout).contains("ended"));
            let desk = house.desk.clone();
            let left: u64 = house.desk.front.store.read(move |tx| {
                tx.one("select count(*) from upload_piece where tenant = $1", store::args!(&desk.front.tenant), |row| row.get(0))
            }).await.unwrap();
            assert_eq!(left, 0);
        });
    }
}

store_test! {
    fn the_protocol_is_kept(store: Store) {
        let house = open(&store);
        run(async {
            let browser = Browser::of(&house, &suong());
            let draft = browser.begin("1.001193").await;
            let to = format!("{draft}/tep/giay-chung-sinh");
            let ask = async |method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]| {
                let mut request = Request::builder()
                    .method(method)
                    .uri(path)
                    .header(header::COOKIE, &browser.signed.cookie)
                    .header("sec-fetch-site", "same-origin");
                for (name, value) in headers {
                    request = request.header(*name, *value);
                }
                house.send(request.body(Body::from(body.to_vec()))).await
            };
            let tus = ("tus-resumable", "1.0.0");
            let offer = ask("OPTIONS", &to, &[], b"").await;
            assert_eq!(offer.headers["tus-version"], "1.0.0");
            assert_eq!(offer.headers["tus-extension"], "creation,termination,checksum,expiration");
            assert_eq!(ask("POST", &to, &[("upload-length", "9")], b"").await.status, StatusCode::PRECONDITION_FAILED);
            let large = ask("POST", &to, &[tus, ("upload-length", "20000001"), ("upload-metadata", "filename YS5wZGY=")], b"").await;
            assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
            let program = ask("POST", &to, &[tus, ("upload-length", "9"), ("upload-metadata", "filename YS5leGU=")], b"").await;
            assert_eq!(program.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
            let made = ask("POST", &to, &[tus, ("upload-length", "11"), ("upload-metadata", "filename YS5wZGY=")], b"").await;
            assert_eq!(made.status, StatusCode::CREATED);
            assert!(made.headers["upload-expires"].to_str().unwrap().ends_with("GMT"));
            let at = made.location().to_owned();
            let kind = ("content-type", "application/offset+octet-stream");
            let bad = ask("PATCH", &at, &[tus, kind, ("upload-offset", "0"), ("upload-checksum", "sha1 AAAA")], b"hello ").await;
            assert_eq!(bad.status.as_u16(), 460);
            let half = ask("PATCH", &at, &[tus, kind, ("upload-offset", "0")], b"hello ").await;
            assert_eq!((half.status, &half.headers["upload-offset"]), (StatusCode::NO_CONTENT, &"6".parse().unwrap()));
            let elsewhere = ask("PATCH", &at, &[tus, kind, ("upload-offset", "3")], b"x").await;
            assert_eq!(elsewhere.status, StatusCode::CONFLICT);
            let more = ask("PATCH", &at, &[tus, kind, ("upload-offset", "6")], b"world and more").await;
            assert_eq!(more.status, StatusCode::PAYLOAD_TOO_LARGE);
            let state = ask("HEAD", &at, &[tus], b"").await;
            assert_eq!((&state.headers["upload-offset"], &state.headers["upload-length"]), (&"6".parse().unwrap(), &"11".parse().unwrap()));
            // What is no PDF after all is refused with a sentence, and nothing of it stays.
            let end = ask("PATCH", &at, &[tus, kind, ("upload-offset", "6")], b"world").await;
            assert_eq!(end.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(end.text().contains("a.pdf"), "{}", end.text());
            assert_eq!(ask("HEAD", &at, &[tus], b"").await.status, StatusCode::NOT_FOUND);
        });
    }
}
