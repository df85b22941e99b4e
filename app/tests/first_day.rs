//! The first day of a house, as `docs/configuration.md` tells it: from an empty folder to the
//! first dossier that is taken on, with the built program and the sample directory.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::Duration,
};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A folder with a configuration; the data folder beside it is not there yet.
struct Office(TempDir);

impl Office {
    fn new() -> Self {
        let office = Self(tempfile::tempdir().unwrap());
        let text = format!(
            "tenant = \"H00\"\nname = \"Tỉnh Mẫu\"\naddress = \"https://motcua.example\"\n\
             listen = \"127.0.0.1:0\"\ndata = {:?}\n",
            office.data()
        );
        fs::write(office.config(), text).unwrap();
        office
    }

    fn config(&self) -> PathBuf {
        self.0.path().join("tinhso.toml")
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tinhso"));
        command.args(words).arg("--config").arg(self.config()).env_remove("TINHSO_POSTGRES");
        command
    }

    /// Runs the program; answers whether it went well, and what it printed.
    fn run(&self, words: &[&str]) -> (bool, String) {
        let Output { status, stdout, stderr } = self.command(words).output().unwrap();
        let said = [stdout, stderr].concat();
        (status.success(), String::from_utf8(said).unwrap())
    }

    fn runs(&self, words: &[&str]) -> String {
        let (well, said) = self.run(words);
        assert!(well, "{words:?}: {said}");
        said
    }

    fn serve(&self) -> Serving {
        let told = self.data().join("address");
        let _ = fs::remove_file(&told);
        let child = self.command(&["serve"]).stdout(Stdio::null()).spawn().unwrap();
        for _ in 0..1200 {
            match fs::read_to_string(&told) {
                Ok(text) if text.ends_with('\n') => {
                    let address = text.trim().trim_start_matches("http://").to_owned();
                    return Serving { child, address };
                }
                _ => thread::sleep(Duration::from_millis(50)),
            }
        }
        panic!("the program did not serve within a minute");
    }
}

/// A program that serves; killed when dropped.
struct Serving {
    child: Child,
    address: String,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Serving {
    /// One request over one connection: status, headers and body as text.
    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, String) {
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: {}\r\n",
            self.address,
            body.len()
        );
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        let mut line = TcpStream::connect(&self.address).unwrap();
        line.write_all(format!("{request}\r\n{body}").as_bytes()).unwrap();
        let mut answer = Vec::new();
        line.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        (answer.split(' ').nth(1).unwrap().parse().unwrap(), answer)
    }

    fn api(&self, method: &str, path: &str, token: &str, body: Value) -> (u16, Value) {
        let bearer = format!("Bearer {token}");
        let headers = [("content-type", "application/json"), ("authorization", bearer.as_str())];
        let (status, answer) = self.ask(method, path, &headers, &body.to_string());
        let json = answer.find("\r\n\r\n{").map(|at| &answer[at + 4..]);
        (status, json.map_or(Value::Null, |text| serde_json::from_str(text).unwrap()))
    }

    /// Signs in with a one-time password, changes it as the page asks, and signs in anew.
    fn first_sign_in(&self, login: &str, once: &str, own: &str) -> String {
        let (status, opened) = self.sign_in(login, once);
        assert_eq!((status, &opened["password_must_change"]), (201, &json!(true)), "{opened}");
        let cookie = format!("tinhso={}", opened["token"].as_str().unwrap());
        let cookie = ("cookie", cookie.as_str());
        let (_, turned) = self.ask("GET", "/viec", &[cookie], "");
        assert!(turned.contains("/mat-khau"), "nothing goes before the password: {turned}");
        let (_, page) = self.ask("GET", "/mat-khau", &[cookie], "");
        let csrf = page.split("name=\"_csrf\" value=\"").nth(1).unwrap();
        let csrf = csrf.split('"').next().unwrap();
        let form = format!("_csrf={csrf}&old={once}&new={own}&again={own}");
        let kind = ("content-type", "application/x-www-form-urlencoded");
        let (status, said) = self.ask("POST", "/mat-khau", &[cookie, kind], &form);
        assert_eq!(status, 303, "{said}");
        assert_eq!(self.sign_in(login, once).0, 422, "the one-time password is spent");
        let (status, opened) = self.sign_in(login, own);
        assert_eq!((status, &opened["password_must_change"]), (201, &json!(false)));
        opened["token"].as_str().unwrap().to_owned()
    }

    fn sign_in(&self, login: &str, password: &str) -> (u16, Value) {
        let body = json!({ "login": login, "password": password });
        self.api("POST", "/api/v1/sessions", "", body)
    }
}

fn repository(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    root.join(path).display().to_string()
}

/// A file in the office's own folder.
fn file(office: &Office, name: &str, text: &str) -> String {
    let file = office.0.path().join(name);
    fs::write(&file, text).unwrap();
    file.display().to_string()
}

#[test]
fn from_an_empty_folder_to_the_first_dossier() {
    let office = Office::new();
    let sample = repository("docs/examples/danh-ba.toml");

    let seen = office.runs(&["directory", "import", "--dry-run", &sample]);
    assert!(seen.contains("new agency   H00.21 Ủy ban nhân dân xã Đầu Nguồn"), "{seen}");
    assert!(seen.contains("20 changes; nothing was changed"), "{seen}");
    let done = office.runs(&["directory", "import", &sample]);
    assert!(done.contains("20 changes made"), "{done}");
    let again = office.runs(&["directory", "import", &sample]);
    assert!(again.contains("all is so already"), "{again}");
    // The neighbouring commune comes as a table, as offices keep it.
    let table = repository("docs/examples/danh-ba.csv");
    assert!(office.runs(&["directory", "import", &table]).contains("10 changes made"));
    // What is exported says the same again.
    let export = file(&office, "export.toml", &office.runs(&["directory", "export"]));
    assert!(office.runs(&["directory", "import", &export]).contains("all is so already"));

    let procedure = repository("systems/one-stop/procedures/1.010041.toml");
    assert!(office.runs(&["procedures", "add", &procedure]).contains("1.010041 version 1"));

    let made = office.runs(&["accounts", "create", "cb-001", "cb-002"]);
    let passwords: Vec<&str> =
        made.lines().filter_map(|line| line.split_once('\t')).map(|(_, word)| word).collect();
    assert_eq!(passwords.len(), 2, "{made}");
    let (well, said) = office.run(&["accounts", "create", "cb-004", "cb-001"]);
    assert!(!well && said.contains("cb-001 is in use"), "{said}");
    assert!(!office.runs(&["accounts", "list"]).contains("cb-004"), "all or none");

    let serving = office.serve();
    let receiver = serving.first_sign_in("cb-001", passwords[0], "nang-am-sau-mua-dai");
    let (status, filed) = serving.api("POST", "/api/v1/dossiers", &receiver, filing());
    assert_eq!(status, 201, "{filed}");
    assert_eq!(filed["status"], "in_progress", "{filed}");
    assert!(filed["code"].as_str().unwrap().starts_with("H00.21-"), "{filed}");

    // Another procedure is known to the running house a moment after it was added.
    let second = repository("systems/one-stop/procedures/1.004873.toml");
    office.runs(&["procedures", "add", &second]);
    let known = (0..100).any(|_| {
        thread::sleep(Duration::from_millis(100));
        serving.api("GET", "/api/v1/procedures/1.004873", &receiver, json!({})).0 == 200
    });
    assert!(known, "the running house did not notice a new procedure");

    // Whoever left is not let in again; an open session ends within ten seconds.
    office.runs(&["accounts", "disable", "cb-001"]);
    assert_eq!(serving.sign_in("cb-001", "nang-am-sau-mua-dai").0, 422);
    drop(serving);
    let verified = office.runs(&["journal", "verify"]);
    assert!(!verified.is_empty());
}

fn filing() -> Value {
    json!({
        "procedure": "1.010041",
        "applicant": {
            "name": "Nguyễn Thị Hoa", "number": { "citizen": "019190000821" },
            "phone": "0912345678", "address": "Thôn Trên, xã Đầu Nguồn",
        },
        "answers": { "noi_dung": "Nơi thường trú", "muc_dich": "Nhập học", "dang_giay": "giay" },
        "papers": [{ "component": "to-khai" }],
        "accept": true,
    })
}

#[test]
fn faults_of_a_directory_are_named_with_their_lines_and_nothing_is_kept() {
    let office = Office::new();
    let wrong = file(
        &office,
        "wrong.toml",
        "[[agency]]\ncode = \"H00\"\nname = \"Tỉnh\"\nlevel = \"village\"\n\n[[post]]\n\
         agency = \"H00.9\"\ncode = \"a\"\n",
    );
    let (well, said) = office.run(&["directory", "import", &wrong]);
    assert!(!well);
    assert!(said.contains("wrong.toml:4: a level is province"), "{said}");
    assert!(said.contains("wrong.toml:7: no agency has the code H00.9"), "{said}");
    assert_eq!(office.runs(&["directory", "export"]), "");
}

#[test]
fn keys_without_their_database_are_never_begun_anew() {
    let office = Office::new();
    office.runs(&["directory", "import", &repository("docs/examples/danh-ba.toml")]);
    let store = office.data().join("tinhso.db");
    for lost in ["is missing", "is empty"] {
        for name in ["tinhso.db", "tinhso.db-wal", "tinhso.db-shm"] {
            let _ = fs::remove_file(office.data().join(name));
        }
        if lost == "is empty" {
            fs::write(&store, b"").unwrap();
        }
        for words in [&["serve"][..], &["journal", "verify"], &["directory", "export"]] {
            let (well, said) = office.run(words);
            assert!(!well, "{words:?}");
            assert!(said.contains(lost) && said.contains("backup"), "{words:?}: {said}");
        }
        let found = fs::metadata(&store).map(|found| found.len());
        assert!(found.is_err() || found.is_ok_and(|bytes| bytes == 0), "nothing was begun");
    }
}

#[test]
fn an_agency_gets_a_certificate_that_only_the_house_can_read() {
    let office = Office::new();
    office.runs(&["directory", "import", &repository("docs/examples/danh-ba.toml")]);
    let made = office.runs(&["certificate", "self-signed", "H00.21"]);
    assert!(made.contains("ECDSA P-256") && made.contains("xã Đầu Nguồn"), "{made}");
    assert_eq!(office.runs(&["certificate", "list"]), made);
    let (well, said) = office.run(&["certificate", "self-signed", "H00.21"]);
    assert!(!well && said.contains("has a key already"), "{said}");
    let (well, said) = office.run(&["certificate", "self-signed", "H00.99"]);
    assert!(!well && said.contains("no agency"), "{said}");

    // A key that came as PEM takes its place; a certificate alone is none.
    let kept = office.data().join("certificates/H00.21.pem");
    let pem = fs::read_to_string(&kept).unwrap();
    let whole = file(&office, "key.pem", &pem);
    assert_eq!(office.runs(&["certificate", "import", "H00.21", &whole]), made);
    let alone = file(&office, "alone.pem", pem.split("-----BEGIN PRIVATE KEY").next().unwrap());
    let (well, said) = office.run(&["certificate", "import", "H00.21", &alone]);
    assert!(!well && said.contains("PRIVATE KEY"), "{said}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&kept, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(office.runs(&["certificate", "list"]).contains("can be read by others"));
    }
}
