//! What holds for every part and page: it looks as recorded, uses only classes that exist, carries
//! nothing inline, and says everything in both languages.

#[path = "../examples/gallery/samples/mod.rs"]
mod samples;

use std::{collections::BTreeSet, sync::Arc};

use web::{Lang, PageContext, Texts, Words};

fn context(lang: Lang) -> PageContext {
    let texts = Arc::new(Texts::new(&web::TEXTS).expect("our own texts are Fluent"));
    samples::context(PageContext::new(Words::new(lang, texts), "/my-work?group=all"))
}

/// The markup, one tag a line, with the hashes of assets taken out.
fn readable(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len() + 1000);
    for part in markup.replace("><", ">\n<").split("/assets/") {
        let mut words = part.splitn(3, '.');
        match (out.is_empty(), words.next(), words.next(), words.next()) {
            (false, Some(stem), Some(hash), Some(rest)) if hash.len() == 12 => {
                out.push_str(&format!("/assets/{stem}.{rest}"));
            }
            _ => out.push_str(part),
        }
    }
    out
}

fn all_markup(lang: Lang) -> Vec<(String, String)> {
    let ctx = context(lang);
    let pages = samples::PAGES.iter().map(|name| {
        let page = samples::page(ctx.clone(), name).expect("a page of the list");
        ((*name).to_owned(), page.into_string())
    });
    let parts =
        samples::parts(&ctx).into_iter().map(|(name, part)| (name.to_owned(), part.into_string()));
    pages.chain(parts).collect()
}

#[test]
fn every_part_looks_as_recorded() {
    for (name, part) in samples::parts(&context(Lang::Vi)) {
        insta::assert_snapshot!(format!("part-{name}"), readable(&part.into_string()));
    }
}

#[test]
fn the_frames_look_as_recorded() {
    let ctx = context(Lang::Vi);
    let empty = || maud::html! { h1 { "…" } };
    insta::assert_snapshot!(
        "frame-desk",
        readable(&web::page::desk(&ctx, "Việc của tôi", empty()).into_string())
    );
    insta::assert_snapshot!(
        "frame-citizen",
        readable(&web::page::citizen(&ctx, "Trang chủ", empty()).into_string())
    );
}

#[test]
fn every_class_has_its_rule() {
    let styles = concat!(include_str!("../assets/tokens.css"), include_str!("../assets/parts.css"));
    let named: BTreeSet<&str> = styles
        .split('.')
        .skip(1)
        .map(|rest| {
            rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default()
        })
        .collect();
    let mut without = BTreeSet::new();
    for (name, markup) in all_markup(Lang::Vi) {
        for classes in markup.split(" class=\"").skip(1) {
            for class in classes.split('"').next().unwrap_or_default().split_whitespace() {
                if !named.contains(class) {
                    without.insert(format!("{class} in {name}"));
                }
            }
        }
    }
    assert!(without.is_empty(), "{without:#?}");
}

#[test]
fn nothing_is_inline() {
    for (name, markup) in all_markup(Lang::En) {
        assert!(!markup.contains(" style="), "{name} has a style attribute");
        assert!(!markup.contains("<style"), "{name} has a style element");
        let handler = markup.split(" on").skip(1).any(|rest| {
            rest.split_once('=')
                .is_some_and(|(name, _)| name.bytes().all(|b| b.is_ascii_lowercase()))
        });
        assert!(!handler, "{name} has an event attribute");
        for script in markup.split("<script").skip(1) {
            assert!(
                script.contains(" src=\"/assets/") && script.contains("></script>"),
                "{name} has an inline script"
            );
        }
    }
}

#[test]
fn every_control_has_a_name_for_those_who_cannot_see_it() {
    for (name, markup) in all_markup(Lang::Vi) {
        for tag in ["<input", "<select", "<textarea"] {
            for control in markup.split(tag).skip(1) {
                let control = control.split('>').next().unwrap_or_default();
                let id = control.split(" id=\"").nth(1).and_then(|rest| rest.split('"').next());
                let labelled = id.is_some_and(|id| markup.contains(&format!("for=\"{id}\"")))
                    || control.contains("aria-label")
                    || control.contains("type=\"hidden\"")
                    // A tick inside its label.
                    || markup.contains(&format!("<label class=\"choice\">{tag}{control}"));
                assert!(labelled, "{name}: {tag}{control}>");
            }
        }
    }
}

#[test]
fn ids_are_one_of_a_kind_and_what_is_pointed_at_is_there() {
    let ctx = context(Lang::Vi);
    for name in samples::PAGES.iter().filter(|name| **name != "parts") {
        let markup = samples::page(ctx.clone(), name).unwrap().into_string();
        let ids: Vec<&str> =
            markup.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(unique.len(), ids.len(), "{name}: {ids:?}");
        for pointer in [" aria-labelledby=\"", " aria-describedby=\"", " for=\"", " form=\""] {
            for rest in markup.split(pointer).skip(1) {
                for id in rest.split('"').next().unwrap_or_default().split_whitespace() {
                    assert!(unique.contains(id), "{name}: {pointer}{id}");
                }
            }
        }
    }
}
