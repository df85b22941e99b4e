//! A real mail server (aiosmtpd), started by the test.

use std::{
    env,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};

/// The server; gone when it is dropped.
pub(crate) struct Postman {
    child: Child,
    pub(crate) port: u16,
    taken: Arc<Mutex<Vec<Mail>>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Mail {
    pub(crate) to: String,
    /// Headers and body, with the body decoded.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Postman {
    /// Starts it; none, said loudly, where aiosmtpd is not installed.
    pub(crate) fn start() -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/telling/mail");
        let python = folder.join(".venv/bin/python");
        if !python.exists() {
            assert!(env::var("TINHSO_TEST_REQUIRED").is_err(), "aiosmtpd is not installed");
            eprintln!(
                "SKIPPED: aiosmtpd is not installed (cargo xtask test does), so no mail was sent"
            );
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut child = Command::new(python)
            .arg(folder.join("postman.py"))
            .arg(port.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert_eq!(lines.next().unwrap().unwrap(), "ready");
        let taken: Arc<Mutex<Vec<Mail>>> = Arc::default();
        let keep = taken.clone();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let said: serde_json::Value = serde_json::from_str(&line).unwrap();
                let text = said["text"].as_str().unwrap();
                let (head, body) = text.split_once("\r\n\r\n").unwrap();
                let body = decoded(head, body);
                let to = said["to"][0].as_str().unwrap().to_owned();
                keep.lock().unwrap().push(Mail { to, head: head.to_owned(), body });
            }
        });
        Some(Self { child, port, taken })
    }

    /// What it took, once there are so many.
    pub(crate) fn taken(&self, count: usize) -> Vec<Mail> {
        for _ in 0..200 {
            let taken = self.taken.lock().unwrap();
            if taken.len() >= count {
                break;
            }
            drop(taken);
            std::thread::sleep(Duration::from_millis(20));
        }
        self.taken.lock().unwrap().clone()
    }
}

impl Drop for Postman {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The body as it is read, from quoted-printable or base64.
fn decoded(head: &str, body: &str) -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let head = head.to_lowercase();
    if head.contains("encoding: base64") {
        let plain: String = body.split_whitespace().collect();
        return String::from_utf8(STANDARD.decode(plain).unwrap()).unwrap();
    }
    if !head.contains("quoted-printable") {
        return body.to_owned();
    }
    let joined = body.replace("=\r\n", "");
    let (mut bytes, mut rest) = (Vec::new(), joined.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        if *first == b'=' {
            let code = std::str::from_utf8(&after[..2]).unwrap();
            bytes.push(u8::from_str_radix(code, 16).unwrap());
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap()
}
