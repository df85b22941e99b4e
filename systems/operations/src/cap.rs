//! Alerts as messages of the Common Alerting Protocol, version 1.2 (OASIS, 1 July 2010), and a feed
//! of them (Atom, RFC 4287). Pure: from plain values to text.
//!
//! They are *Restricted*: what an office does about its own lateness is no warning to the public.

use kernel::{Instant, local};

/// The namespace of CAP 1.2.
pub const NAMESPACE: &str = "urn:oasis:names:tc:emergency:cap:1.2";
/// Its media type.
pub const MEDIA_TYPE: &str = "application/cap+xml";

/// A message.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// One of a kind for this sender: no space, comma, `<` or `&`.
    pub identifier: String,
    /// Whose message it is: likewise.
    pub sender: String,
    /// When it was sent.
    pub sent: Instant,
    /// Whether it is of the demonstration.
    pub exercise: bool,
    /// What it is.
    pub kind: MessageKind,
    /// Who may read it.
    pub restriction: String,
    /// The messages that it goes on with: identifier and when sent.
    pub references: Vec<(String, Instant)>,
    /// The code of the incident.
    pub incident: String,
    /// What it says, in each language.
    pub infos: Vec<Info>,
}

/// What a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    /// The first of its kind.
    Alert,
    /// It goes on with another.
    Update,
    /// What another said is over.
    Cancel,
}

/// What a message says.
#[derive(Debug, Clone, PartialEq)]
pub struct Info {
    /// `vi-VN`, `en-US`.
    pub language: &'static str,
    /// A category of CAP: `Infra`, `Other`.
    pub category: &'static str,
    /// What it is about.
    pub event: String,
    /// What to do, as a word of CAP: `Execute`, `AllClear`.
    pub response: &'static str,
    /// How soon, as a word of CAP.
    pub urgency: &'static str,
    /// How bad, as a word of CAP.
    pub severity: &'static str,
    /// How sure, as a word of CAP.
    pub certainty: &'static str,
    /// From when on.
    pub effective: Instant,
    /// Until when it holds, if nothing else is said; none where that is not known.
    pub expires: Option<Instant>,
    /// Who says so.
    pub sender_name: String,
    /// In one line: at most 160 letters.
    pub headline: String,
    /// More of it.
    pub description: String,
    /// What to do.
    pub instruction: String,
    /// Where more stands.
    pub web: String,
    /// Values by name.
    pub parameters: Vec<(&'static str, String)>,
    /// Where.
    pub area: Area,
}

/// Where.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// In words.
    pub description: String,
    /// A point with a radius around it: degrees north, degrees east, kilometres.
    pub circle: Option<(f64, f64, f64)>,
    /// The code of the place in the state's list.
    pub place: Option<String>,
}

/// An entry of the feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The address of the message.
    pub link: String,
    /// Its headline.
    pub title: String,
    /// When it changed last.
    pub updated: Instant,
    /// Who says so.
    pub author: String,
}

/// An instant as CAP writes it: with the offset of Việt Nam and without fractions.
#[must_use]
pub fn instant(at: Instant) -> String {
    format!("{}+07:00", local(at).strftime("%Y-%m-%dT%H:%M:%S"))
}

impl Message {
    /// The message as XML.
    #[must_use]
    pub fn to_xml(&self) -> String {
        let mut out = Xml::new();
        out.open(&format!("alert xmlns=\"{NAMESPACE}\""));
        out.put("identifier", &self.identifier);
        out.put("sender", &self.sender);
        out.put("sent", &instant(self.sent));
        out.put("status", if self.exercise { "Exercise" } else { "Actual" });
        out.put(
            "msgType",
            match self.kind {
                MessageKind::Alert => "Alert",
                MessageKind::Update => "Update",
                MessageKind::Cancel => "Cancel",
            },
        );
        out.put("scope", "Restricted");
        out.put("restriction", &self.restriction);
        if !self.references.is_empty() {
            let one =
                |(id, sent): &(String, Instant)| format!("{},{id},{}", self.sender, instant(*sent));
            out.put("references", &self.references.iter().map(one).collect::<Vec<_>>().join(" "));
        }
        out.put("incidents", &self.incident);
        for info in &self.infos {
            info.write(&mut out);
        }
        out.close("alert");
        out.0
    }
}

impl Info {
    fn write(&self, out: &mut Xml) {
        out.open("info");
        out.put("language", self.language);
        out.put("category", self.category);
        out.put("event", &self.event);
        out.put("responseType", self.response);
        out.put("urgency", self.urgency);
        out.put("severity", self.severity);
        out.put("certainty", self.certainty);
        out.put("effective", &instant(self.effective));
        if let Some(expires) = self.expires {
            out.put("expires", &instant(expires));
        }
        out.put("senderName", &self.sender_name);
        out.put("headline", &self.headline.chars().take(160).collect::<String>());
        out.put("description", &self.description);
        out.put("instruction", &self.instruction);
        out.put("web", &self.web);
        for (name, value) in &self.parameters {
            out.open("parameter");
            out.put("valueName", name);
            out.put("value", value);
            out.close("parameter");
        }
        out.open("area");
        out.put("areaDesc", &self.area.description);
        if let Some((north, east, km)) = self.area.circle {
            out.put("circle", &format!("{north:.4},{east:.4} {km:.1}"));
        }
        if let Some(place) = &self.area.place {
            out.open("geocode");
            out.put("valueName", "VN-GSO");
            out.put("value", place);
            out.close("geocode");
        }
        out.close("area");
        out.close("info");
    }
}

/// A feed of messages, the newest first.
#[must_use]
pub fn feed(title: &str, own: &str, updated: Instant, entries: &[Entry]) -> String {
    let mut out = Xml::new();
    out.open("feed xmlns=\"http://www.w3.org/2005/Atom\"");
    out.put("id", own);
    out.put("title", title);
    out.put("updated", &instant(updated));
    out.raw(&format!("<link rel=\"self\" href=\"{}\"/>", escaped(own)));
    for entry in entries {
        out.open("entry");
        out.put("id", &entry.link);
        out.put("title", &entry.title);
        out.put("updated", &instant(entry.updated));
        out.open("author");
        out.put("name", &entry.author);
        out.close("author");
        out.raw(&format!(
            "<link rel=\"alternate\" type=\"{MEDIA_TYPE}\" href=\"{}\"/>",
            escaped(&entry.link)
        ));
        out.put("summary", &entry.title);
        out.close("entry");
    }
    out.close("feed");
    out.0
}

/// XML as it grows.
struct Xml(String);

impl Xml {
    fn new() -> Self {
        Self("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned())
    }

    fn open(&mut self, tag: &str) {
        self.raw(&format!("<{tag}>"));
    }

    fn close(&mut self, tag: &str) {
        self.raw(&format!("</{tag}>"));
    }

    /// An element with text; an optional one without text is left out.
    fn put(&mut self, tag: &str, text: &str) {
        if !text.is_empty() {
            self.raw(&format!("<{tag}>{}</{tag}>", escaped(text)));
        }
    }

    fn raw(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\n');
    }
}

/// The text with what XML would take for its own encoded; what XML cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
