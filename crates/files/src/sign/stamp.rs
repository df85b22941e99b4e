//! The stamp that people see: who signed when, the codes, and a QR code that leads to the check.

use std::sync::LazyLock;

use kernel::{Instant, local};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use serde::Serialize;

use super::Fault;
use crate::{Qr, Template};

/// What a stamp says.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Who signs.
    pub agency: String,
    /// When.
    pub at: Instant,
    /// Code of the dossier.
    pub code: String,
    /// The check code, as it is read aloud.
    pub check: String,
    /// Where the QR code leads.
    pub link: String,
    /// Where to check without it, without `https://`.
    pub place: String,
}

/// A stamp, set: a page of 104 by 17 millimetres.
#[derive(Debug, Clone)]
pub struct Stamp(Vec<u8>);

/// Width and height in points.
pub(super) const SIZE: (f32, f32) = (294.8, 48.2);

impl Stamp {
    /// Sets a stamp.
    ///
    /// # Errors
    /// [`Fault::Stamp`], where the link is longer than a QR code holds.
    pub fn set(says: &Statement) -> Result<Self, Fault> {
        #[derive(Serialize)]
        struct Data<'s> {
            agency: &'s str,
            at: String,
            code: &'s str,
            check: &'s str,
            place: &'s str,
            qr: String,
        }
        static TEMPLATE: LazyLock<Template> =
            LazyLock::new(|| Template::new("stamp.typ", include_str!("../../layout/stamp.typ")));
        let at = local(says.at);
        let data = Data {
            agency: &says.agency,
            // ISO 8601, as Decree 30/2020/NĐ-CP asks for the time of a signature.
            at: format!(
                "{} {:02}:{:02}:{:02} +07:00",
                kernel::vn_date(at.date()),
                at.hour(),
                at.minute(),
                at.second()
            ),
            code: &says.code,
            check: &says.check,
            place: &says.place,
            qr: Qr::new(&says.link)?.svg(),
        };
        Ok(Self(TEMPLATE.render(&data, says.at)?.into_bytes()))
    }

    /// Puts the stamp into a document as a form that can be drawn.
    pub(super) fn put(&self, into: &mut Document) -> Result<ObjectId, Fault> {
        let told = |error: lopdf::Error| Fault::Encoding(error.to_string());
        let mut stamp = Document::load_mem(&self.0).map_err(told)?;
        stamp.renumber_objects_with(into.max_id + 1);
        let page = stamp.page_iter().next().ok_or(Fault::NoPage)?;
        let content = stamp.get_page_content(page);
        let resources = resources(&stamp, page);
        let mut wanted = Vec::new();
        references(&Object::Dictionary(resources.clone()), &mut wanted);
        into.max_id = stamp.max_id;
        while let Some(id) = wanted.pop() {
            if into.objects.contains_key(&id) {
                continue;
            }
            let Some(object) = stamp.objects.get(&id) else { continue };
            references(object, &mut wanted);
            into.objects.insert(id, object.clone());
        }
        let form = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => vec![0.into(), 0.into(), SIZE.0.into(), SIZE.1.into()],
            "Resources" => resources,
        };
        let mut form = Stream::new(form, content);
        form.compress().map_err(told)?;
        Ok(into.add_object(form))
    }
}

/// What the page draws with, its own or inherited.
fn resources(document: &Document, page: ObjectId) -> Dictionary {
    let mut at = document.get_dictionary(page).ok();
    while let Some(dict) = at {
        let own = dict.get(b"Resources").and_then(|found| document.dereference(found));
        if let Ok((_, Object::Dictionary(found))) = own {
            return found.clone();
        }
        let parent = dict.get(b"Parent").and_then(Object::as_reference);
        at = parent.and_then(|parent| document.get_dictionary(parent)).ok();
    }
    Dictionary::new()
}

/// The objects that an object names.
fn references(object: &Object, found: &mut Vec<ObjectId>) {
    match object {
        Object::Reference(id) => found.push(*id),
        Object::Array(items) => items.iter().for_each(|item| references(item, found)),
        Object::Dictionary(dict) => dict.iter().for_each(|(_, item)| references(item, found)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, item)| references(item, found)),
        _ => {}
    }
}
