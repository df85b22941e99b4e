//! What was sent with a form: texts and files; and from there to a change of the draft.

use axum::{
    Form,
    extract::{FromRequest, Multipart, Request},
    http::{StatusCode, header},
};
use desk::Moment;
use directory::{AgencyLevel, Place};
use files::{Kind, UPLOAD_BYTES_MAX, photo};
use kernel::{AgencyId, CitizenId, CodeError, PhoneNumber, fold};
use procedure::{Complaint, Field, FieldKind, Procedure, Why};
use serde_json::Value;
use tokio::{sync::Semaphore, task::spawn_blocking};
use web::{Words, form::DateText, http::Problem, tr};

use crate::{Services, model::Upload};

/// Most parts of a form.
const PARTS_MAX: usize = 60;
/// Most bytes of a text.
const TEXT_BYTES_MAX: usize = 32 * 1024;
/// Most letters of the name of a file.
const NAME_LETTERS_MAX: usize = 120;
/// Photos that are straightened at one time: each takes memory by its pixels.
static STRAIGHTENING: Semaphore = Semaphore::const_new(2);

/// A form as it was sent.
#[derive(Debug, Default)]
pub(super) struct Sent {
    /// Names and values, in order.
    pub(super) texts: Vec<(String, String)>,
    /// Files: the name of each, and its content; none where it was too large.
    pub(super) files: Vec<(String, Option<Vec<u8>>)>,
}

impl Sent {
    /// The value of a field, without space around it.
    pub(super) fn text(&self, name: &str) -> &str {
        self.texts.iter().find(|(of, _)| of == name).map_or("", |(_, text)| text.trim())
    }

    /// Every value of a field.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.texts.iter().filter(move |(of, _)| of == name).map(|(_, text)| text.as_str())
    }

    /// The answer to one of several questions, as if it had been sent alone.
    pub(super) fn of_field(&self, field: &str) -> Sent {
        let own = self.texts.iter().filter_map(|(name, text)| {
            let name = match name.strip_prefix(field)? {
                rest @ ("" | "-day" | "-month" | "-year" | "-noi") => format!("{NAME}{rest}"),
                rest @ ("-co-san" | "-khong-co" | "-bo") => rest[1..].to_owned(),
                _ => return None,
            };
            Some((name, text.clone()))
        });
        Sent { texts: own.collect(), files: Vec::new() }
    }

    /// What was typed, without what belongs to the page.
    pub(super) fn own(&self) -> Vec<(String, String)> {
        self.texts.iter().filter(|(name, _)| !name.starts_with('_')).cloned().collect()
    }
}

/// A file as a part of a form: the name of the part, of the file, and the content; none where it
/// was too large.
pub(super) type FilePart = (String, String, Option<Vec<u8>>);

/// Reads a form of either encoding, whichever parts its files are in.
///
/// # Errors
/// A [`Problem`] where it is none, or too large.
pub(super) async fn read(request: Request) -> Result<Sent, Problem> {
    let (mut sent, files) = read_parts(request).await?;
    sent.files = files.into_iter().map(|(_, name, bytes)| (name, bytes)).collect();
    Ok(sent)
}

/// As [`read`], with the files by their parts.
///
/// # Errors
/// As [`read`].
pub(super) async fn read_parts(request: Request) -> Result<(Sent, Vec<FilePart>), Problem> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("multipart/")) {
        let form = Form::<Vec<(String, String)>>::from_request(request, &()).await;
        let Form(texts) = form.map_err(|error| Problem::of_status(error.status()))?;
        let texts = texts.into_iter().map(|(name, text)| (name, lines(&text))).collect();
        return Ok((Sent { texts, files: Vec::new() }, Vec::new()));
    }
    let form = Multipart::from_request(request, &()).await;
    let mut form = form.map_err(|error| Problem::of_status(error.status()))?;
    let (mut sent, mut files) = (Sent::default(), Vec::new());
    for _ in 0..PARTS_MAX {
        let next = form.next_field().await;
        let Some(mut part) = next.map_err(|e| Problem::of_status(e.status()))? else {
            return Ok((sent, files));
        };
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let limit = match file {
            Some(_) => usize::try_from(UPLOAD_BYTES_MAX).unwrap_or(usize::MAX),
            None => TEXT_BYTES_MAX,
        };
        let (mut bytes, mut fits) = (Vec::new(), true);
        while let Some(chunk) = part.chunk().await.map_err(|e| Problem::of_status(e.status()))? {
            fits = fits && bytes.len() + chunk.len() <= limit;
            if fits {
                bytes.extend_from_slice(&chunk);
            }
        }
        match file {
            // A browser sends an empty part where no file was chosen.
            Some(file) if file.is_empty() => {}
            Some(file) => files.push((name, file, fits.then_some(bytes))),
            None if fits => sent.texts.push((name, lines(&String::from_utf8_lossy(&bytes)))),
            None => return Err(Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE)),
        }
    }
    Err(Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE))
}

fn lines(text: &str) -> String {
    text.lines().map(kernel::nfc).collect::<Vec<_>>().join("\n")
}

/// Keeps a file; a photo becomes an upright page first.
///
/// # Errors
/// Inside, the sentence for the person; outside, our own trouble.
pub(super) async fn keep(
    services: &Services,
    words: &Words,
    name: &str,
    bytes: Option<Vec<u8>>,
) -> Result<Result<Upload, String>, Problem> {
    let name: String = name.replace(['/', '\\'], "_").chars().take(NAME_LETTERS_MAX).collect();
    let kind = match (Kind::of_name(&name), &bytes) {
        (Err(error), _) => return Ok(Err(refused(words, &name, &error).unwrap_or_default())),
        (Ok(_), None) => {
            let limit = files::Error::TooLarge { limit: UPLOAD_BYTES_MAX };
            return Ok(Err(refused(words, &name, &limit).unwrap_or_default()));
        }
        (Ok(kind), Some(_)) => kind,
    };
    let _turn = match kind {
        Kind::Jpeg | Kind::Png => STRAIGHTENING.acquire().await.ok(),
        _ => None,
    };
    let (blobs, bytes, of) = (services.desk.blobs.clone(), bytes.unwrap_or_default(), name.clone());
    let kept = spawn_blocking(move || put(&blobs, kind, &bytes, of)).await;
    match kept.map_err(|error| Problem::internal(&error))? {
        Ok(upload) => Ok(Ok(upload)),
        Err(error) => match refused(words, &name, &error) {
            Some(fault) => Ok(Err(fault)),
            None => Err(desk::Error::from(error).into()),
        },
    }
}

fn put(
    blobs: &files::Blobs,
    kind: Kind,
    bytes: &[u8],
    name: String,
) -> Result<Upload, files::Error> {
    let photographed = matches!(kind, Kind::Jpeg | Kind::Png);
    let page = photographed.then(|| photo::page_of(bytes, kind)).transpose()?;
    let stored = match &page {
        Some(page) => blobs.put(Kind::Pdf, &page.pdf[..], UPLOAD_BYTES_MAX)?,
        None => blobs.put(kind, bytes, UPLOAD_BYTES_MAX)?,
    };
    Ok(Upload {
        name,
        hash: stored.hash,
        size: stored.size,
        kind: stored.kind,
        sent: page.as_ref().map(|page| page.sent),
        turned: page.is_some_and(|page| page.turned),
        from: None,
        result: None,
    })
}

/// Why a file was not taken; none where that is our own trouble.
pub(super) fn refused(words: &Words, name: &str, error: &files::Error) -> Option<String> {
    use files::Error as E;
    Some(match error {
        E::Empty => tr!(words, "fill-file-empty", name = name),
        E::TooLarge { limit } => {
            tr!(words, "fill-file-large", name = name, limit = words.file_size(*limit))
        }
        E::Extension | E::UnknownContent => tr!(words, "fill-file-kind", name = name),
        E::OtherKind { .. } => tr!(words, "fill-file-other", name = name),
        E::CutOff { .. } | E::Picture(_) => tr!(words, "fill-file-cut", name = name),
        E::TooManyPixels { .. } => tr!(words, "fill-file-pixels", name = name),
        E::Macros { .. } => tr!(words, "fill-file-macros", name = name),
        _ => return None,
    })
}

/// The day that was typed into three boxes.
pub(super) fn boxes(sent: &Sent, name: &str) -> DateText {
    let part = |part: &str| sent.text(&format!("{name}-{part}")).to_owned();
    DateText { day: part("day"), month: part("month"), year: part("year") }
}

/// Why something typed is no answer.
pub(super) enum Unfit {
    /// A sentence.
    Said(String),
    /// Several places have this name.
    Several(Vec<(String, String)>),
}

/// The answer to a field, as it is kept; none where nothing was typed.
///
/// # Errors
/// [`Unfit`].
pub(super) fn answer(
    words: &Words,
    moment: &Moment,
    procedure: &Procedure,
    field: &Field,
    sent: &Sent,
) -> Result<Option<Value>, Unfit> {
    let text = sent.text(NAME);
    let said = |sentence: String| Unfit::Said(sentence);
    let value: Value = match field.kind {
        FieldKind::Date => {
            let typed = boxes(sent, NAME);
            if [&typed.day, &typed.month, &typed.year].iter().all(|part| part.trim().is_empty()) {
                return Ok(None);
            }
            typed.date().map_err(|fault| said(fault.say(words)))?.to_string().into()
        }
        _ if text.is_empty() && sent.text(PLACE).is_empty() => return Ok(None),
        FieldKind::Text | FieldKind::LongText | FieldKind::Choice => text.into(),
        FieldKind::Integer => integer(text).ok_or_else(|| said(tr!(words, "fill-integer")))?.into(),
        FieldKind::CitizenId => match text.parse::<CitizenId>() {
            Ok(id) => id.as_str().into(),
            Err(CodeError::CitizenProvince) => {
                let digits: String = text.chars().filter(char::is_ascii_digit).take(3).collect();
                return Err(said(tr!(words, "fill-citizen-province", digits = digits)));
            }
            Err(_) => return Err(said(tr!(words, "fill-citizen"))),
        },
        FieldKind::Phone => {
            let phone = text.parse::<PhoneNumber>();
            phone.map_err(|_| said(tr!(words, "fill-phone")))?.as_str().into()
        }
        FieldKind::Commune => commune(words, moment, text, sent.text(PLACE))?.into(),
    };
    // What its own part of the document says besides.
    let alone = std::iter::once((field.id.to_string(), value.clone())).collect();
    let complaints = procedure.form.check(&alone);
    match complaints.iter().find(|complaint| complaint.field.as_ref() == Some(&field.id)) {
        Some(complaint) => Err(said(complained(words, complaint))),
        None => Ok(Some(value)),
    }
}

/// The name under which an answer is sent.
pub(super) const NAME: &str = "a";
/// The name under which a place is sent that was chosen among several.
pub(super) const PLACE: &str = "a-noi";

/// A complaint of the form as a sentence.
pub(super) fn complained(words: &Words, complaint: &Complaint) -> String {
    match &complaint.why {
        Why::Missing => tr!(words, "fill-missing"),
        Why::Form => tr!(words, "fill-form"),
        Why::NotChoice => tr!(words, "fill-choose"),
        Why::TooShort { least } => tr!(words, "fill-short", n = words.number(least.cast_signed())),
        Why::TooLong { most } => tr!(words, "fill-long", n = words.number(most.cast_signed())),
        Why::TooSmall { least } => tr!(words, "fill-small", n = words.number(*least)),
        Why::TooGreat { most } => tr!(words, "fill-great", n = words.number(*most)),
        Why::Unasked | Why::Together => tr!(words, "fill-together"),
    }
}

fn integer(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// The commune that was meant. One of the house's own province goes before others of its name.
fn commune(words: &Words, moment: &Moment, text: &str, chosen: &str) -> Result<String, Unfit> {
    let places = moment.directory.places();
    let known = |code: &str| {
        let code = code.parse().ok()?;
        places.get(&code).filter(|place| place.parent.is_some())
    };
    if let Some(place) = known(chosen) {
        return Ok(place.code.as_str().to_owned());
    }
    let code = text.trim_end_matches(')').rsplit(['(', ' ']).next().unwrap_or_default();
    if let Some(place) = known(code) {
        return Ok(place.code.as_str().to_owned());
    }
    let (name, within) = text.split_once(',').unwrap_or((text, ""));
    let (wanted, within) = (fold(name), fold(within));
    let is_meant = |place: &&Place| {
        let parent = place.parent.as_ref().and_then(|parent| places.get(parent));
        let named = fold(&place.name) == wanted || fold(place.bare_name()) == wanted;
        let inside = parent.is_some_and(|parent| {
            within.is_empty()
                || fold(&parent.name).ends_with(&within)
                || within.ends_with(&fold(parent.bare_name()))
        });
        named && inside
    };
    let found: Vec<&Place> = places.search(name, None, 50).into_iter().filter(is_meant).collect();
    let home = home_province(moment);
    let ours: Vec<&&Place> = found.iter().filter(|p| home.is_some() && p.parent == home).collect();
    match (&found[..], &ours[..]) {
        ([one], _) => Ok(one.code.as_str().to_owned()),
        (_, [one]) if within.is_empty() => Ok(one.code.as_str().to_owned()),
        ([], _) => Err(Unfit::Said(tr!(words, "fill-commune", name = name.trim()))),
        (several, _) => Err(Unfit::Several(
            several
                .iter()
                .take(12)
                .map(|place| {
                    let said = super::speak::commune(moment, place.code.as_str());
                    (place.code.as_str().to_owned(), said.unwrap_or_default())
                })
                .collect(),
        )),
    }
}

fn home_province(moment: &Moment) -> Option<kernel::PlaceCode> {
    let mut agencies = moment.directory.agencies();
    agencies.find(|agency| agency.level == AgencyLevel::Province)?.place.clone()
}

/// The office that was chosen, if it is one of those that may be.
pub(super) fn office(offices: &[&directory::Agency], text: &str) -> Option<AgencyId> {
    offices.iter().find(|agency| agency.code.as_str() == text).map(|agency| agency.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_read_with_their_dots() {
        assert_eq!(integer("15.000.000"), Some(15_000_000));
        assert_eq!(integer("1,5"), None);
    }
}
