//! One connection that asks one thing after the other.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::{Result, anyhow};
use http_body_util::{BodyExt as _, Full};
use hyper::{
    Method, Request, StatusCode,
    body::Bytes,
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

    /// Opens a page as a browser that is signed in; answers how long that took.
    pub(crate) async fn page(&mut self, path: &str, token: &str) -> Result<Duration> {
        let request = Request::get(path)
            .header(header::HOST, &self.host)
            .header(header::COOKIE, format!("tinhso={token}"));
        let started = Instant::now();
        let (status, body) = self.send(request.body(Full::default())?).await?;
        match status {
            StatusCode::OK => Ok(started.elapsed()),
            _ => Err(anyhow!("{path} answered {status}: {}", String::from_utf8_lossy(&body))),
        }
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
