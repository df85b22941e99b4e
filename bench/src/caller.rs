//! One connection that asks one thing after the other.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::{Result, anyhow};
use http_body_util::{BodyExt as _, Full};
use hyper::{
    Method, Request, StatusCode,
    body::{Bytes, Incoming},
    client::conn::http1::{SendRequest, handshake},
    header,
};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

/// A connection that is kept.
pub(crate) struct Caller {
    sender: SendRequest<Full<Bytes>>,
    host: String,
}

impl Caller {
    pub(crate) async fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self { sender, host: address.to_string() })
    }

    /// Asks; answers status and body.
    pub(crate) async fn ask(
        &mut self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: Option<&Value>,
    ) -> Result<(StatusCode, Bytes)> {
        let mut request =
            Request::builder().method(method).uri(path).header(header::HOST, &self.host);
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let body = body.map(Value::to_string).unwrap_or_default();
        self.send(request.body(Full::from(body))?).await
    }

    /// Opens a page as a browser with these cookies; answers how long that took.
    pub(crate) async fn page(&mut self, path: &str, cookies: &str) -> Result<Duration> {
        let started = Instant::now();
        self.text(path, cookies).await?;
        Ok(started.elapsed())
    }

    /// What stands on a page.
    pub(crate) async fn text(&mut self, path: &str, cookies: &str) -> Result<String> {
        let request = Request::get(path)
            .header(header::HOST, &self.host)
            .header(header::ACCEPT, "text/html")
            .header(header::COOKIE, cookies);
        let (status, body) = self.send(request.body(Full::default())?).await?;
        match status {
            StatusCode::OK => Ok(String::from_utf8(body.to_vec())?),
            _ => Err(anyhow!("{path} answered {status}: {}", String::from_utf8_lossy(&body))),
        }
    }

    /// Listens to what a page sends by and by.
    pub(crate) async fn listen(&mut self, path: &str, cookies: &str) -> Result<Incoming> {
        let request = Request::get(path)
            .header(header::HOST, &self.host)
            .header(header::ACCEPT, "text/event-stream")
            .header(header::COOKIE, cookies);
        self.sender.ready().await?;
        let answer = self.sender.send_request(request.body(Full::default())?).await?;
        match answer.status() {
            StatusCode::OK => Ok(answer.into_body()),
            status => Err(anyhow!("{path} answered {status}")),
        }
    }

    /// Sends a form; answers where it leads and which cookies it sets.
    pub(crate) async fn form(
        &mut self,
        path: &str,
        cookies: &str,
        body: String,
    ) -> Result<(String, Vec<String>)> {
        let request = Request::post(path)
            .header(header::HOST, &self.host)
            .header(header::COOKIE, cookies)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.sender.ready().await?;
        let answer = self.sender.send_request(request.body(Full::from(body))?).await?;
        let (head, body) = answer.into_parts();
        let body = body.collect().await?.to_bytes();
        let to = head.headers.get(header::LOCATION).and_then(|to| to.to_str().ok());
        let to = to.ok_or_else(|| {
            anyhow!("{path} answered {}: {}", head.status, String::from_utf8_lossy(&body))
        })?;
        let set = head.headers.get_all(header::SET_COOKIE).into_iter();
        let set =
            set.filter_map(|cookie| Some(cookie.to_str().ok()?.split(';').next()?.to_owned()));
        Ok((to.to_owned(), set.collect()))
    }

    /// Whether browsers may keep what is there for good.
    pub(crate) async fn may_be_kept(&mut self, path: &str) -> Result<bool> {
        let request = Request::get(path).header(header::HOST, &self.host);
        self.sender.ready().await?;
        let answer = self.sender.send_request(request.body(Full::default())?).await?;
        let kept = answer.headers().get(header::CACHE_CONTROL);
        let kept = kept.is_some_and(|value| value.as_bytes().ends_with(b"immutable"));
        answer.into_body().collect().await?;
        Ok(kept)
    }

    async fn send(&mut self, request: Request<Full<Bytes>>) -> Result<(StatusCode, Bytes)> {
        self.sender.ready().await?;
        let answer = self.sender.send_request(request).await?;
        let status = answer.status();
        Ok((status, answer.into_body().collect().await?.to_bytes()))
    }
}
