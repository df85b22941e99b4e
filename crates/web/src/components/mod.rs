//! The parts that pages are made of: one file each, from plain views to markup.
//!
//! A part that only speaks takes [`Words`](crate::Words); a part that sends a form takes the whole
//! [`PageContext`](crate::PageContext), because the form carries the session's token. Pages may
//! write the plain classes of the stylesheet themselves (`.btn`, `.btn.go`, `.card`, `.row`,
//! `.stack`, `.muted`, `.small`, `.num`); what has states or rules is a part here.

pub mod board;
pub mod bulk;
pub mod can;
pub mod cases;
pub mod clock;
pub mod confirm;
pub mod crumbs;
pub mod documents;
pub mod drop;
pub mod empty;
pub mod errors;
pub mod fields;
pub mod filter;
pub mod flash;
pub mod held;
pub mod keys;
pub mod known;
pub mod kv;
pub mod links;
pub mod note;
pub mod pager;
pub mod paper;
pub mod question;
pub mod section;
pub mod seg;
pub mod steps;
pub mod table;
pub mod tag;
pub mod tile;
pub mod timeline;
pub mod todo;
