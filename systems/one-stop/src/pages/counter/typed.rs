//! What was typed and which files were sent: read once, kept whole, so that a page with faults
//! shows all of it again.

use std::collections::BTreeMap;

use axum::{
    extract::{Multipart, multipart::Field},
    http::StatusCode,
};
use files::{Kind, Sha256Hash, Stored, UPLOAD_BYTES_MAX};
use identity::seal::Label;
use tokio::task::spawn_blocking;
use web::{SignedIn, form::Faults, http::Problem, tr};

use crate::{Desk, Error};

/// Most parts of one form.
const PARTS_MAX: usize = 600;
/// Most bytes of one text.
const TEXT_BYTES_MAX: usize = 64 * 1024;
/// Most files of one dossier at the counter.
const FILES_MAX: usize = 60;
/// Most letters of the name of a file.
const NAME_LETTERS_MAX: usize = 120;

/// The hidden fields that carry a file over a page with faults.
pub(super) const KEPT: &str = "_tep";

/// A form of the counter.
#[derive(Debug, Default)]
pub(super) struct Typed {
    texts: BTreeMap<String, String>,
    /// Files that were sent, now or on an earlier page.
    pub(super) uploads: Vec<Upload>,
}

/// A file that is kept.
#[derive(Debug, Clone)]
pub(super) struct Upload {
    /// The field that it was chosen in.
    pub(super) part: String,
    /// Its name, as it was sent.
    pub(super) name: String,
    /// What is kept.
    pub(super) stored: Stored,
}

impl Typed {
    /// What was typed into a field, without spaces around it; empty where nothing was.
    pub(super) fn text(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", |text| text.trim())
    }

    /// Whether something was ticked.
    pub(super) fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// The files of a field.
    pub(super) fn files<'a>(&'a self, part: &'a str) -> impl Iterator<Item = &'a Upload> {
        self.uploads.iter().filter(move |upload| upload.part == part)
    }

    /// Everything that was sent, the same for the same: texts by their fields, then files by
    /// their content; without the fields that belong to the page and not to the matter.
    pub(super) fn as_sent(&self) -> String {
        let texts = self.texts.iter().filter(|(name, _)| !name.starts_with('_'));
        let texts = texts.map(|(name, text)| format!("{name}\u{0}{}\u{1}", text.trim()));
        let files = self
            .uploads
            .iter()
            .map(|file| format!("{}\u{0}{}\u{0}{}\u{1}", file.part, file.stored.hash, file.name));
        texts.chain(files).collect()
    }

    /// Puts something into a field, as the first page does.
    pub(super) fn set(&mut self, name: &str, text: impl Into<String>) {
        self.texts.insert(name.to_owned(), text.into());
    }
}

/// Reads the form; each file goes to the files of the house at once, and what is wrong with it
/// is noted at its field.
///
/// # Errors
/// A [`Problem`] where it is no form, or too large as a whole.
pub(super) async fn read(
    desk: &Desk,
    me: &SignedIn,
    mut form: Multipart,
    faults: &mut Faults,
) -> Result<Typed, Problem> {
    let mut typed = Typed::default();
    for _ in 0..PARTS_MAX {
        let Some(field) = form.next_field().await.map_err(|e| unreadable(e.status()))? else {
            typed.drop_removed();
            return Ok(typed);
        };
        let part = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(str::to_owned) {
            Some(name) => {
                if let Some(upload) = take_file(desk, me, part, name, field, faults).await? {
                    typed.keep(upload);
                }
            }
            None => {
                let Some(bytes) = capped(field, TEXT_BYTES_MAX).await? else {
                    return Err(Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE));
                };
                let text = lines(&String::from_utf8_lossy(&bytes));
                if part != KEPT {
                    typed.texts.insert(part, text);
                } else if let Some(upload) = kept(desk, me, &text) {
                    typed.keep(upload);
                }
            }
        }
    }
    Err(Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE))
}

impl Typed {
    fn keep(&mut self, upload: Upload) {
        let known = |u: &Upload| u.part == upload.part && u.stored.hash == upload.stored.hash;
        if self.uploads.len() < FILES_MAX && !self.uploads.iter().any(known) {
            self.uploads.push(upload);
        }
    }

    /// Forgets the files that the clerk ticked to be taken off.
    fn drop_removed(&mut self) {
        let texts = &self.texts;
        self.uploads.retain(|upload| !texts.contains_key(&removal(upload)));
    }
}

/// The field that takes a file off again.
pub(super) fn removal(upload: &Upload) -> String {
    format!("bo-{}-{}", upload.part, upload.stored.hash.short())
}

/// The text in NFC, each of its lines without white space around it.
fn lines(text: &str) -> String {
    text.lines().map(kernel::nfc).collect::<Vec<_>>().join("\n")
}

/// A file as a hidden field carries it: with a proof that this account sent it here.
pub(super) fn carried(desk: &Desk, me: &SignedIn, upload: &Upload) -> String {
    let Upload { part, name, stored } = upload;
    let (hash, size, kind) = (stored.hash, stored.size, stored.kind.extension());
    let proof = proof(desk, me, upload);
    format!("{part}|{hash}|{size}|{kind}|{proof}|{name}")
}

fn kept(desk: &Desk, me: &SignedIn, text: &str) -> Option<Upload> {
    let mut words = text.splitn(6, '|');
    let part = words.next()?.to_owned();
    let hash: Sha256Hash = words.next()?.parse().ok()?;
    let size = words.next()?.parse().ok()?;
    let kind = Kind::of_name(&format!("x.{}", words.next()?)).ok()?;
    let given = words.next()?.to_owned();
    let upload =
        Upload { part, name: words.next()?.to_owned(), stored: Stored { hash, size, kind } };
    web::http::csrf::verify(&proof(desk, me, &upload), &given).then_some(upload)
}

fn proof(desk: &Desk, me: &SignedIn, upload: &Upload) -> String {
    let Upload { part, name, stored } = upload;
    let said = format!("{}|{part}|{}|{}|{name}", me.session.account, stored.hash, stored.size);
    let proof = desk.keyring.blind(&desk.front.tenant, Label("counter upload"), &said);
    kernel::hex(&proof[..16])
}

async fn take_file(
    desk: &Desk,
    me: &SignedIn,
    part: String,
    name: String,
    field: Field<'_>,
    faults: &mut Faults,
) -> Result<Option<Upload>, Problem> {
    let limit = usize::try_from(UPLOAD_BYTES_MAX).unwrap_or(usize::MAX);
    let bytes = capped(field, limit).await?;
    // A browser sends an empty part where no file was chosen.
    if name.is_empty() {
        return Ok(None);
    }
    let name: String = name.replace(['|', '/', '\\'], "_").chars().take(NAME_LETTERS_MAX).collect();
    let stored = match (bytes, Kind::of_name(&name)) {
        (None, _) => Err(files::Error::TooLarge { limit: UPLOAD_BYTES_MAX }),
        (_, Err(error)) => Err(error),
        (Some(bytes), Ok(kind)) => {
            let blobs = desk.blobs.clone();
            let put = spawn_blocking(move || blobs.put(kind, &bytes[..], UPLOAD_BYTES_MAX));
            put.await.map_err(|error| Problem::internal(&error))?
        }
    };
    match stored {
        Ok(stored) => Ok(Some(Upload { part, name, stored })),
        Err(error) => match refusal(me, &name, &error) {
            Some(fault) => {
                faults.add(part, fault);
                Ok(None)
            }
            None => Err(Error::from(error).into()),
        },
    }
}

/// The bytes of a part, or none where they are more than `limit`; the rest is read and dropped,
/// so that the parts after it are not lost.
async fn capped(mut field: Field<'_>, limit: usize) -> Result<Option<Vec<u8>>, Problem> {
    let (mut bytes, mut fits) = (Vec::new(), true);
    while let Some(chunk) = field.chunk().await.map_err(|e| unreadable(e.status()))? {
        fits = fits && bytes.len() + chunk.len() <= limit;
        if fits {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
        }
    }
    Ok(fits.then_some(bytes))
}

fn unreadable(status: StatusCode) -> Problem {
    Problem::of_status(status)
}

/// Why a file was not taken; none where that is our own trouble.
fn refusal(me: &SignedIn, name: &str, error: &files::Error) -> Option<String> {
    use files::Error as E;
    Some(match error {
        E::Empty => tr!(me, "counter-file-empty", name = name),
        E::TooLarge { limit } => {
            tr!(me, "counter-file-large", name = name, limit = me.words.file_size(*limit))
        }
        E::Extension | E::UnknownContent => tr!(me, "counter-file-kind", name = name),
        E::OtherKind { claimed, found } => tr!(
            me,
            "counter-file-other",
            name = name,
            claimed = claimed.extension(),
            found = found.extension()
        ),
        E::CutOff { .. } => tr!(me, "counter-file-cut", name = name),
        E::Macros { .. } => tr!(me, "counter-file-macros", name = name),
        _ => return None,
    })
}
