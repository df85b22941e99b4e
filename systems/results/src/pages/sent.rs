//! A form that may bring one file.

use axum::{extract::Multipart, http::StatusCode};
use web::http::Problem;

use crate::model::FILE_BYTES_MAX;

/// Most parts of a form.
const PARTS_MAX: usize = 20;
/// Most bytes of a text.
const TEXT_BYTES_MAX: usize = 32 * 1024;

/// What was sent.
#[derive(Debug, Default)]
pub(super) struct Sent {
    texts: Vec<(String, String)>,
    /// The file; none where none was chosen.
    pub(super) file: Option<Vec<u8>>,
    /// Whether a file was larger than is taken.
    pub(super) too_large: bool,
}

impl Sent {
    /// A text, trimmed and composed; empty where it did not come.
    pub(super) fn get(&self, name: &str) -> &str {
        self.texts.iter().find(|(of, _)| of == name).map_or("", |(_, text)| text)
    }

    /// Reads a form.
    ///
    /// # Errors
    /// A [`Problem`] where it is none, or too large as a whole.
    pub(super) async fn read(mut form: Multipart) -> Result<Self, Problem> {
        let mut sent = Self::default();
        for _ in 0..PARTS_MAX {
            let field = form.next_field().await;
            let Some(mut field) = field.map_err(|error| Problem::of_status(error.status()))? else {
                return Ok(sent);
            };
            let (name, file) = (field.name().unwrap_or_default().to_owned(), field.file_name());
            // A browser sends a part without a name where no file was chosen.
            let (is_file, chosen) = (file.is_some(), file.is_some_and(|name| !name.is_empty()));
            let most = if is_file { file_bytes_max() } else { TEXT_BYTES_MAX };
            let (mut bytes, mut fits) = (Vec::new(), true);
            while let Some(chunk) =
                field.chunk().await.map_err(|error| Problem::of_status(error.status()))?
            {
                fits = fits && bytes.len() + chunk.len() <= most;
                if fits {
                    bytes.extend_from_slice(&chunk);
                }
            }
            match (is_file, fits) {
                (true, true) if chosen => sent.file = Some(bytes),
                (true, true) => {}
                (true, false) => sent.too_large = true,
                (false, true) => {
                    let text = String::from_utf8_lossy(&bytes);
                    let lines: Vec<String> = text.trim().lines().map(kernel::nfc).collect();
                    sent.texts.push((name, lines.join("\n")));
                }
                (false, false) => return Err(Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE)),
            }
        }
        Err(Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE))
    }
}

fn file_bytes_max() -> usize {
    usize::try_from(FILE_BYTES_MAX).unwrap_or(usize::MAX)
}
