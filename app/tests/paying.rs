//! A fee is paid through a gateway that stands in the configuration: the built program, a gateway
//! on this machine, and whoever has the receipt in hand.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    thread,
    time::Duration,
};

use kernel::SystemClock;
use paying::testing::{Bank, KEY};
use serde_json::{Value, json};

/// The program; killed when dropped.
struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    /// A demonstration at a day of its own, on a port that was found to be free: the gateway is
    /// told of it before it serves.
    fn start(data: &Path, with: &Path) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_tinhso"));
        command.args(["demo", "--dossiers", "40", "--seed", "3", "--at", "2026-11-23T08:30"]);
        command.arg("--listen").arg(free.to_string()).arg("--data").arg(data);
        command.arg("--with").arg(with).env_remove("TINHSO_POSTGRES");
        let child = command.stdout(Stdio::null()).spawn().unwrap();
        let serving = Self { child, address: free.to_string() };
        let told = data.join("address");
        let serves = (0..2400).any(|_| {
            thread::sleep(Duration::from_millis(50));
            fs::read_to_string(&told).is_ok_and(|text| text.ends_with('\n'))
        });
        assert!(serves, "the program did not serve within two minutes");
        serving
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        ask(&self.address, method, path, headers, body)
    }

    fn api(&self, method: &str, path: &str, token: &str, body: &Value) -> Value {
        let bearer = format!("Bearer {token}");
        let headers = [("content-type", "application/json"), ("authorization", bearer.as_str())];
        let answer = self.ask(method, path, &headers, &body.to_string());
        let at = answer.text.find("\r\n\r\n{").unwrap_or_else(|| panic!("{}", answer.text));
        serde_json::from_str(answer.text[at + 4..].trim()).unwrap()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Answer {
    status: u16,
    text: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        let head = self.text.lines().take_while(|line| !line.is_empty());
        let mut pairs = head.filter_map(|line| line.split_once(": "));
        let found = pairs.find(|(found, _)| found.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value.trim())
    }
}

/// One request over one connection.
fn ask(at: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {at}\r\nconnection: close\r\ncontent-length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut line = TcpStream::connect(at).unwrap();
    line.write_all(format!("{request}\r\n{body}").as_bytes()).unwrap();
    let mut answer = Vec::new();
    line.read_to_end(&mut answer).unwrap();
    let text = String::from_utf8_lossy(&answer).into_owned();
    Answer { status: text.split(' ').nth(1).unwrap().parse().unwrap(), text }
}

/// A birth that is registered after the sixty days in which that is free of charge.
fn late_birth() -> Value {
    let papers = ["to-khai", "giay-chung-sinh", "giay-to-tuy-than"];
    let papers = papers.map(|component| json!({ "component": component }));
    json!({
        "procedure": "1.001193",
        "applicant": {
            "name": "Hoàng Thị Mai Sương", "number": { "citizen": "019197008821" },
            "phone": "0912345604", "address": "Tổ 12, phường Phan Đình Phùng",
        },
        "answers": {
            "ho_ten_tre": "Nguyễn Minh An", "ngay_sinh": "2026-09-01", "gioi_tinh": "nam",
            "dan_toc": "Kinh", "noi_sinh": "05443", "que_quan": "05443",
            "nguoi_di_khai": "cha_me",
        },
        "papers": papers,
        "accept": true,
    })
}

/// A folder with the sections that name the gateway, and its key.
fn described(bank: &Bank) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("cong.key");
    fs::write(&key, KEY).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    }
    fs::write(folder.path().join("with.toml"), bank.configuration(&key)).unwrap();
    folder
}

#[test]
fn a_fee_is_paid_through_a_gateway_of_the_configuration() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let bank = runtime.block_on(Bank::open(Arc::new(SystemClock)));
    let folder = described(&bank);
    let serving = Serving::start(&folder.path().join("data"), &folder.path().join("with.toml"));

    let who = json!({ "login": "hien", "password": "trinh-dien-2026" });
    let opened = serving.api("POST", "/api/v1/sessions", "", &who);
    let token = opened["token"].as_str().unwrap();
    let filed = serving.api("POST", "/api/v1/dossiers", token, &late_birth());
    let code = filed["code"].as_str().unwrap_or_else(|| panic!("{filed}"));
    let dossier = || serving.api("GET", &format!("/api/v1/dossiers/{code}"), token, &json!({}));
    let owed = dossier();
    assert_eq!(owed["obligations"][0]["amount"], 8_000, "{owed}");
    let secret = owed["tracking_secret"].as_str().unwrap();

    // Whoever has the receipt goes on to the gateway.
    let page = format!("/nop/{code}");
    let opened = serving.ask("GET", &format!("{page}?khoa={secret}"), &[], "");
    let cookie = opened.header("set-cookie").split(';').next().unwrap().to_owned();
    let cookie = ("cookie", cookie.as_str());
    let form = ("content-type", "application/x-www-form-urlencoded");
    let same = ("sec-fetch-site", "same-origin");
    let sent = serving.ask("POST", &format!("{page}/qua/cong"), &[cookie, form, same], "");
    assert_eq!(sent.status, 303, "{}", sent.text);
    let text = serving.ask("GET", &page, &[cookie], "").text;
    let there = text.split("href=\"http://").find(|part| part.contains("/pay/")).unwrap();
    let (host, path) = there.split('"').next().unwrap().split_once('/').unwrap();

    // They pay there; it calls, and sends them back.
    let asked = ask(host, "GET", &format!("/{path}"), &[], "");
    assert!(asked.text.contains("8000 đồng"), "{}", asked.text);
    let paid = ask(host, "POST", &format!("/{path}"), &[form], "do=tra");
    let back = paid.header("location");
    let back = back.strip_prefix(&format!("http://{}", serving.address)).unwrap();
    let back = serving.ask("GET", back, &[cookie], "");
    assert_eq!(back.header("location"), format!("{page}?ve=1"));
    let text = serving.ask("GET", &page, &[cookie], "").text;
    assert!(text.contains("Đã nộp đủ"), "{text}");
    let sheet = serving.ask("GET", &format!("{page}/bien-nhan.pdf"), &[cookie], "");
    assert!(sheet.status == 200 && sheet.text.contains("%PDF-"));

    // The officer sees it at once.
    let settled = dossier();
    let payment = &settled["obligations"][0]["payment"];
    assert!(payment["reference"].as_str().unwrap().starts_with("cong G-"), "{settled}");
    assert_eq!(payment["online"], true);
}
