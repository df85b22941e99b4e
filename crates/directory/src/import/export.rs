//! The directory as a file that [`super::read`] reads.

use std::fmt::Write as _;

use kernel::Instant;

use crate::{Agency, Directory, Handle};

/// Writes what is open at `at`: agencies from the top down, their seats, and the people. Read
/// again, it changes nothing.
#[must_use]
pub fn export(directory: &Directory, at: Instant) -> String {
    let mut agencies: Vec<&Agency> =
        directory.agencies().filter(|agency| agency.validity.to.is_none()).collect();
    agencies.sort_by_cached_key(|a| (directory.ancestors(a.id).len(), a.code.clone()));
    let mut out = String::new();
    for agency in &agencies {
        line(&mut out, "\n[[agency]]", None);
        line(&mut out, "code", Some(agency.code.as_str()));
        line(&mut out, "name", Some(&agency.name));
        line(&mut out, "short_name", Some(&agency.short_name));
        line(&mut out, "level", Some(agency.level.as_str()));
        let parent = agency.parent.and_then(|id| directory.agency(id));
        if let Some(parent) = parent {
            line(&mut out, "parent", Some(parent.code.as_str()));
        }
        if let Some(place) = &agency.place {
            line(&mut out, "place", Some(place.as_str()));
        }
        if let Some(hours) = &agency.working_week {
            line(&mut out, "hours", Some(hours));
        }
    }
    people(&mut out, directory);
    for agency in &agencies {
        for post in directory.posts_in(agency.id, Instant::MAX) {
            line(&mut out, "\n[[post]]", None);
            line(&mut out, "agency", Some(agency.code.as_str()));
            line(&mut out, "code", Some(&named(post.code.as_ref(), post.id)));
            line(&mut out, "title", Some(&post.title));
            line(&mut out, "role", Some(post.role.as_str()));
            let fields: Vec<String> = post.fields.iter().map(|field| quoted(field)).collect();
            // Writing to a string cannot fail.
            let _ = writeln!(out, "fields = [{}]", fields.join(", "));
            if post.head {
                out.push_str("head = true\n");
            }
            let holder = directory.holder(post.id, at);
            let holder = holder.map(|person| named(person.code.as_ref(), person.id));
            line(&mut out, "holder", Some(&holder.unwrap_or_default()));
        }
    }
    out.trim_start().to_owned()
}

fn people(out: &mut String, directory: &Directory) {
    let mut people: Vec<_> =
        directory.persons().filter(|person| person.validity.to.is_none()).collect();
    people.sort_by_cached_key(|person| named(person.code.as_ref(), person.id));
    for person in people {
        line(out, "\n[[person]]", None);
        line(out, "code", Some(&named(person.code.as_ref(), person.id)));
        line(out, "name", Some(&person.name));
        if !person.note.is_empty() {
            line(out, "note", Some(&person.note));
        }
    }
}

/// By its code, or by its identifier where it has none.
fn named(code: Option<&Handle>, id: impl ToString) -> String {
    code.map_or_else(|| id.to_string(), ToString::to_string)
}

fn line(out: &mut String, key: &str, value: Option<&str>) {
    out.push_str(key);
    if let Some(value) = value {
        out.push_str(" = ");
        out.push_str(&quoted(value));
    }
    out.push('\n');
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
