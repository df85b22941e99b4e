//! A feed as text, in both formats.

use std::fmt::Write as _;

use kernel::Instant;

use super::http_date;
use crate::open311::escaped;

/// What there is to follow.
pub(super) struct Feed {
    pub(super) title: String,
    pub(super) about: String,
    /// Its own address, and that of the page that shows the same.
    pub(super) own: String,
    pub(super) page: String,
    /// When anything in it last changed.
    pub(super) updated: Instant,
    pub(super) entries: Vec<Entry>,
}

/// One report.
pub(super) struct Entry {
    pub(super) title: String,
    pub(super) link: String,
    pub(super) published: Instant,
    pub(super) updated: Instant,
    pub(super) author: String,
    pub(super) category: &'static str,
    pub(super) label: String,
    pub(super) text: String,
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

// Writing to a string cannot fail, here and below.
impl Feed {
    /// RFC 4287.
    pub(super) fn atom(&self) -> String {
        let Self { updated, .. } = self;
        let (title, own, page) = (escaped(&self.title), escaped(&self.own), escaped(&self.page));
        let mut out = String::from(HEAD);
        let _ = write!(
            out,
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"vi\"><title>{title}</title>\
             <id>{own}</id><link rel=\"self\" href=\"{own}\"/><link href=\"{page}\"/>\
             <updated>{updated}</updated>",
        );
        for entry in &self.entries {
            let Entry { published, updated, category, .. } = entry;
            let _ = write!(
                out,
                "<entry><title>{}</title><id>{link}</id><link href=\"{link}\"/>\
                 <published>{published}</published><updated>{updated}</updated>\
                 <author><name>{}</name></author><category term=\"{category}\" label=\"{}\"/>\
                 <summary>{}</summary></entry>",
                escaped(&entry.title),
                escaped(&entry.author),
                escaped(&entry.label),
                escaped(&entry.text),
                link = escaped(&entry.link),
            );
        }
        out.push_str("</feed>\n");
        out
    }

    /// RSS 2.0 as the RSS Advisory Board profiles it: with its own address, and authors by name
    /// alone (RSS has a place for addresses of e-mail only, and there is none to tell).
    pub(super) fn rss(&self) -> String {
        let (title, own, page) = (escaped(&self.title), escaped(&self.own), escaped(&self.page));
        let mut out = String::from(HEAD);
        let _ = write!(
            out,
            "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>{title}</title>\
             <link>{page}</link><description>{}</description><language>vi</language>\
             <lastBuildDate>{}</lastBuildDate>\
             <atom:link rel=\"self\" type=\"application/rss+xml\" href=\"{own}\"/>",
            escaped(&self.about),
            http_date(self.updated),
        );
        for entry in &self.entries {
            let _ = write!(
                out,
                "<item><title>{}</title><link>{link}</link><guid>{link}</guid>\
                 <pubDate>{}</pubDate><dc:creator>{}</dc:creator><category>{}</category>\
                 <description>{}</description></item>",
                escaped(&entry.title),
                http_date(entry.published),
                escaped(&entry.author),
                escaped(&entry.label),
                escaped(&entry.text),
                link = escaped(&entry.link),
            );
        }
        out.push_str("</channel></rss>\n");
        out
    }
}
