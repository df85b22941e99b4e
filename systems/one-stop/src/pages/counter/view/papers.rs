//! Section 4: the papers, ticked or with a file.

use files::UPLOAD_BYTES_MAX;
use maud::{Markup, html};
use procedure::{Component, Procedure};
use web::{
    Icon,
    components::{
        drop::{Drop, drop},
        fields::field_id,
        section::{Reached, numbered},
    },
    i18n::hash_ends,
    icon, tr,
};

use super::Page;
use crate::pages::counter::{
    papers::{self, MORE_FILES},
    typed::{self, KEPT, Upload},
};

/// Files that may be chosen.
const ACCEPT: &str = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx";

pub(super) fn components(page: &Page<'_>, procedure: &Procedure) -> Markup {
    let (me, typed) = (page.me, page.typed);
    let here = |c: &&Component| {
        typed.ticked(&papers::tick_name(c)) || typed.files(&papers::file_name(c)).next().is_some()
    };
    let required = || procedure.components.iter().filter(|c| c.required);
    let (have, need) = (required().filter(here).count(), required().count());
    let reached = match have {
        0 => Reached::Open,
        n if n == need => Reached::Done(tr!(me, "counter-papers-all", n = n, all = need)),
        n => Reached::Missing(tr!(me, "counter-papers-some", n = need - n, all = need)),
    };
    let more = Drop {
        name: MORE_FILES.into(),
        kinds: tr!(me, "counter-kinds"),
        accept: ACCEPT.into(),
        bytes_max: UPLOAD_BYTES_MAX,
        several: true,
        fault: page.faults.of(MORE_FILES).map(str::to_owned),
        ..Drop::default()
    };
    let body = html! {
        table.comp {
            caption.vh { (tr!(me, "counter-papers")) }
            thead { tr {
                th scope="col" { span.vh { (tr!(me, "counter-paper-here")) } }
                th scope="col" { (tr!(me, "counter-paper-name")) }
                th scope="col" { (tr!(me, "counter-paper-kind")) }
                th scope="col" { (tr!(me, "counter-paper-file")) }
            } }
            tbody { @for component in &procedure.components { (component_row(page, component)) } }
        }
        (drop(&page.ctx.words, &more))
        (sent(page, MORE_FILES))
    };
    numbered(4, &tr!(me, "counter-papers"), &reached, body)
}

fn component_row(page: &Page<'_>, component: &Component) -> Markup {
    let (me, typed) = (page.me, page.typed);
    let (tick, part) = (papers::tick_name(component), papers::file_name(component));
    let has_file = typed.files(&part).next().is_some();
    let fault = page.faults.of(&tick).or(page.faults.of(&part));
    let said = tr!(me, "papers-here-one", paper = component.name.as_str());
    let scan = tr!(me, "counter-paper-scan", paper = component.name.as_str());
    html! {
        tr {
            td {
                input type="checkbox" id=(field_id(&tick)) name=(tick) value="1"
                    checked[typed.ticked(&tick) || has_file] aria-label=(said)
                    aria-invalid=[page.faults.of(&tick).map(|_| "true")];
            }
            td {
                label for=(field_id(&tick)) { b { (component.name) }
                    @if !component.required { " " span.muted.light { (tr!(me, "counter-paper-if")) } } }
                @if let Some(fault) = fault { span.err { (icon(Icon::Late)) (fault) } }
            }
            td {
                (me.words.t(papers::kind_key(component.kind)))
                @if component.copies > 1 { ", " (tr!(me, "counter-copies", n = component.copies)) }
            }
            td {
                (sent(page, &part))
                input id=(field_id(&part)) type="file" name=(part) accept=(ACCEPT) aria-label=(scan)
                    data-bytes-max=(UPLOAD_BYTES_MAX);
            }
        }
    }
}

/// The files that a field has already, each carried along by a hidden field.
fn sent(page: &Page<'_>, part: &str) -> Markup {
    let words = &page.ctx.words;
    let mut files = page.typed.files(part).peekable();
    let any = files.peek().is_some();
    html! {
        @if any { ul.sent.l { @for file in files { li { (sent_file(page, words, file)) } } } }
    }
}

fn sent_file(page: &Page<'_>, words: &web::Words, file: &Upload) -> Markup {
    let hash = file.stored.hash.to_string();
    html! {
        input type="hidden" name=(KEPT) value=(typed::carried(page.desk, page.me, file));
        (icon(Icon::File)) b { (file.name) } span.num { (words.file_size(file.stored.size)) }
        code title=(hash) { (hash_ends(&hash)) }
        label.small { input type="checkbox" name=(typed::removal(file)) value="1"; " " (tr!(page.me, "counter-file-off")) }
    }
}
