//! Signing a PDF by an update that is appended to it (ISO 32000-2, 7.5.6 and 12.8).

use kernel::{Instant, Mint, local};
use lopdf::{
    Dictionary, Document, IncrementalDocument, LoadOptions, Object, ObjectId, StringFormat,
    dictionary, text_string,
};

use super::{Fault, Signer, Stamp, cms, stamp};
use crate::Sha256Hash;

/// What a stream of a file that is to be signed may unpack to.
const UNPACKED_BYTES_MAX: usize = 64 << 20;
/// Room for what a signature holds beside its certificates.
const SIGNATURE_BYTES: usize = 2048;
/// Stands where the ranges will, ten digits wide: files are shorter than that.
const UNKNOWN: i64 = 9_999_999_999;
/// Distance of the stamp from the left and the lower edge of the page, in points.
const INSET: (f32, f32) = (42.5, 8.5);

/// Signs a PDF and puts the stamp at the foot of its first page. What the file was before is the
/// beginning of what it is then, to the byte.
///
/// # Errors
/// [`Fault`], where the file cannot be signed or the certificate is not in force.
pub fn sign(
    pdf: &[u8],
    signer: &Signer,
    stamp: &Stamp,
    reason: &str,
    at: Instant,
    mint: &Mint,
) -> Result<Vec<u8>, Fault> {
    signer.in_force(at)?;
    let before = read(pdf)?;
    may_be_signed(&before)?;
    let page = before.page_iter().next().ok_or(Fault::NoPage)?;
    let mut update = IncrementalDocument::create_from(pdf.to_vec(), before);
    // What described the former table does not describe the next one.
    for key in [&b"DecodeParms"[..], b"XRefStm", b"Filter", b"Index", b"W", b"Length"] {
        update.new_document.trailer.remove(key);
    }
    let face = stamp.put(&mut update.new_document)?;
    let room = SIGNATURE_BYTES + signer.chain().iter().map(|one| one.der().len()).sum::<usize>();
    let signature = update.new_document.add_object(signature(signer, reason, at, room));
    let field = field(&mut update, page, signature, face)?;
    on_page(&mut update, page, field)?;
    in_form(&mut update, field)?;
    let mut whole = Vec::with_capacity(pdf.len() + 64 * 1024);
    update.save_to(&mut whole)?;
    fill(whole, pdf.len(), room, signer, mint)
}

/// How a file from strangers is read.
pub(super) fn options() -> LoadOptions {
    LoadOptions { max_decompressed_size: Some(UNPACKED_BYTES_MAX), ..LoadOptions::default() }
}

fn read(pdf: &[u8]) -> Result<Document, Fault> {
    let read = Document::load_mem_with_options(pdf, options());
    let document = read.map_err(|error| Fault::Unreadable(error.to_string()))?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(Fault::Encrypted);
    }
    if document.xref_recovery.is_some() || document.xref_start == 0 {
        return Err(Fault::Unreadable("its table of contents is damaged".to_owned()));
    }
    Ok(document)
}

/// A signature that certifies the document (DocMDP) allows no field that is not there yet, and so
/// no further signature of ours.
fn may_be_signed(document: &Document) -> Result<(), Fault> {
    let permissions = document.catalog().ok().and_then(|catalog| catalog.get(b"Perms").ok());
    let permissions = permissions.and_then(|found| document.dereference(found).ok());
    let certified = permissions.is_some_and(|(_, found)| {
        found.as_dict().is_ok_and(|permissions| permissions.has(b"DocMDP"))
    });
    if certified { Err(Fault::Locked) } else { Ok(()) }
}

fn signature(signer: &Signer, reason: &str, at: Instant, room: usize) -> Dictionary {
    dictionary! {
        "Type" => "Sig",
        "Filter" => "Adobe.PPKLite",
        "SubFilter" => "ETSI.CAdES.detached",
        "ByteRange" => vec![0.into(), UNKNOWN.into(), UNKNOWN.into(), UNKNOWN.into()],
        "Contents" => Object::String(vec![0; room], StringFormat::Hexadecimal),
        "M" => Object::String(date(at).into_bytes(), StringFormat::Literal),
        "Name" => text_string(&signer.certificate().subject()),
        "Reason" => text_string(reason),
    }
}

/// `D:20261123091500+07'00'`
fn date(at: Instant) -> String {
    format!("D:{}+07'00'", local(at).strftime("%Y%m%d%H%M%S"))
}

/// The field of the signature, which is its face on the page as well.
fn field(
    update: &mut IncrementalDocument,
    page: ObjectId,
    signature: ObjectId,
    face: ObjectId,
) -> Result<ObjectId, Fault> {
    let (left, bottom) = corner(update.get_prev_documents(), page);
    let (x, y) = (left + INSET.0, bottom + INSET.1);
    let rect: Vec<Object> =
        [x, y, x + stamp::SIZE.0, y + stamp::SIZE.1].into_iter().map(Object::from).collect();
    // Printed, and not to be moved (flags 4 and 128).
    let flags = 132;
    Ok(update.new_document.add_object(dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "FT" => "Sig",
        "T" => text_string(&format!("TinhSo{}", signature.0)),
        "V" => signature,
        "P" => page,
        "F" => flags,
        "Rect" => rect,
        "AP" => dictionary! { "N" => face },
    }))
}

/// The lower left corner of what is seen of a page.
fn corner(document: &Document, page: ObjectId) -> (f32, f32) {
    let found = |name: &[u8]| {
        let mut at = document.get_dictionary(page).ok();
        while let Some(dict) = at {
            if let Ok((_, Object::Array(found))) =
                dict.get(name).and_then(|found| document.dereference(found))
            {
                let number = |index: usize| found.get(index)?.as_float().ok();
                return Some((number(0)?.min(number(2)?), number(1)?.min(number(3)?)));
            }
            let parent = dict.get(b"Parent").and_then(Object::as_reference);
            at = parent.and_then(|parent| document.get_dictionary(parent)).ok();
        }
        None
    };
    found(b"CropBox").or_else(|| found(b"MediaBox")).unwrap_or((0.0, 0.0))
}

fn on_page(update: &mut IncrementalDocument, page: ObjectId, field: ObjectId) -> Result<(), Fault> {
    let told = |error: lopdf::Error| Fault::Unreadable(error.to_string());
    let listed =
        update.get_prev_documents().get_dictionary(page).map_err(told)?.get(b"Annots").ok();
    if let Some(Object::Reference(list)) = listed {
        let list = *list;
        update.opt_clone_object_to_new_document(list).map_err(told)?;
        let list = update.new_document.get_object_mut(list).and_then(Object::as_array_mut);
        list.map_err(told)?.push(field.into());
        return Ok(());
    }
    update.opt_clone_object_to_new_document(page).map_err(told)?;
    let page = update.new_document.get_object_mut(page).and_then(Object::as_dict_mut);
    push(page.map_err(told)?, b"Annots", field);
    Ok(())
}

fn push(dict: &mut Dictionary, list: &[u8], item: ObjectId) {
    match dict.get_mut(list) {
        Ok(Object::Array(items)) => items.push(item.into()),
        _ => dict.set(list, vec![item.into()]),
    }
}

/// Names the field in the interactive form of the document; makes the form where there is none.
fn in_form(update: &mut IncrementalDocument, field: ObjectId) -> Result<(), Fault> {
    let told = |error: lopdf::Error| Fault::Unreadable(error.to_string());
    let before = update.get_prev_documents();
    let root = before.trailer.get(b"Root").and_then(Object::as_reference).map_err(told)?;
    let form = before.catalog().map_err(told)?.get(b"AcroForm").ok().cloned();
    let fields = form.as_ref().and_then(|form| {
        let (_, form) = before.dereference(form).ok()?;
        form.as_dict().ok()?.get(b"Fields").ok()?.as_reference().ok()
    });
    let complete = |form: &mut Dictionary| {
        form.set("SigFlags", 3);
        if fields.is_none() {
            push(form, b"Fields", field);
        }
    };
    if let Some(Object::Reference(form)) = form {
        update.opt_clone_object_to_new_document(form).map_err(told)?;
        let form = update.new_document.get_object_mut(form).and_then(Object::as_dict_mut);
        complete(form.map_err(told)?);
    } else {
        update.opt_clone_object_to_new_document(root).map_err(told)?;
        let root = update.new_document.get_object_mut(root).and_then(Object::as_dict_mut);
        let root = root.map_err(told)?;
        let mut form = root.get(b"AcroForm").and_then(Object::as_dict).cloned().unwrap_or_default();
        complete(&mut form);
        root.set("AcroForm", form);
    }
    if let Some(fields) = fields {
        update.opt_clone_object_to_new_document(fields).map_err(told)?;
        let fields = update.new_document.get_object_mut(fields).and_then(Object::as_array_mut);
        fields.map_err(told)?.push(field.into());
    }
    Ok(())
}

/// Says which bytes are signed, signs them, and puts the signature where its room is.
fn fill(
    mut whole: Vec<u8>,
    before: usize,
    room: usize,
    signer: &Signer,
    mint: &Mint,
) -> Result<Vec<u8>, Fault> {
    let lost = || Fault::Encoding("the room for the signature is lost".to_owned());
    let hole = [b"<".as_slice(), &vec![b'0'; room * 2], b">"].concat();
    let from = before + find(&whole[before..], &hole).ok_or_else(lost)?;
    let to = from + hole.len();
    let ranges = [from, to, whole.len() - to].map(|number| format!("{number:<10}"));
    for range in ranges {
        let unknown = UNKNOWN.to_string();
        let at = before + find(&whole[before..], unknown.as_bytes()).ok_or_else(lost)?;
        whole[at..at + unknown.len()].copy_from_slice(range.as_bytes());
    }
    let content = Sha256Hash::of(&[&whole[..from], &whole[to..]].concat());
    let signature = kernel::hex(&cms::signed(content, signer, mint)?);
    if signature.len() > room * 2 {
        return Err(Fault::Encoding("the signature is larger than its room".to_owned()));
    }
    whole[from + 1..from + 1 + signature.len()].copy_from_slice(signature.as_bytes());
    Ok(whole)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|byte| *byte == first) {
        let at = from + at;
        if bytes[at..].starts_with(wanted) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}
