//! What a template sees while it is set: the layout of the house, the letters, its data.
//! No file of the machine, no network, no clock.

use std::sync::LazyLock;

use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

/// The world of one rendering.
pub(crate) struct Desk<'a> {
    pub(crate) template: &'a Source,
    pub(crate) data: Bytes,
}

/// The source that a template is read as, under its name.
pub(crate) fn source(name: &str, text: &str) -> Source {
    Source::new(file_id(name), text.to_owned())
}

/// Whether the letters of the house can draw this character.
pub(crate) fn draws(character: char) -> bool {
    SHELF.fonts[0].info().coverage.contains(character.into())
}

/// Letters, layout and the standard library are read once and shared by every rendering.
static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let fonts: Vec<Font> =
        FONTS.iter().filter_map(|data| Font::new(Bytes::new(*data), 0)).collect();
    Shelf {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        layout: source("nd30.typ", include_str!("../layout/nd30.typ")),
        data: file_id("data.json"),
    }
});

struct Shelf {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    layout: Source,
    data: FileId,
}

/// Tinos in the four styles of Decree 30/2020; see fonts/NOTICE.md.
pub(crate) const FONTS: [&[u8]; 4] = [
    include_bytes!("../fonts/Tinos-Regular.ttf"),
    include_bytes!("../fonts/Tinos-Bold.ttf"),
    include_bytes!("../fonts/Tinos-Italic.ttf"),
    include_bytes!("../fonts/Tinos-BoldItalic.ttf"),
];

fn file_id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("the names of templates are plain file names");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &SHELF.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHELF.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [self.template, &SHELF.layout]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or_else(|| FileError::NotFound(id.vpath().get_without_slash().into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == SHELF.data {
            Ok(self.data.clone())
        } else {
            Err(FileError::NotFound(id.vpath().get_without_slash().into()))
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHELF.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
