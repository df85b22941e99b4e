//! One entry at a time, from an array or from lines.

use std::io::{BufRead, ErrorKind, Read};

use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde_json::Value;

use super::{LINE_BYTES_MAX, Reason};

/// Calls `take` with each entry and its position, until it says no.
pub(super) fn each(
    mut reader: impl BufRead,
    mut take: impl FnMut(usize, Result<Value, Reason>) -> bool,
) {
    match first_byte(&mut reader) {
        Ok(Some(b'[')) => array(reader, &mut take),
        Ok(Some(_)) => lines(reader, &mut take),
        Ok(None) => {}
        Err(error) => {
            take(1, Err(Reason::Unreadable(error.to_string())));
        }
    }
}

/// The first byte that says something, left in the reader; a byte-order mark is passed over.
fn first_byte(reader: &mut impl BufRead) -> std::io::Result<Option<u8>> {
    loop {
        let Some(&byte) = reader.fill_buf()?.first() else { return Ok(None) };
        if !byte.is_ascii_whitespace() && !matches!(byte, 0xEF | 0xBB | 0xBF) {
            return Ok(Some(byte));
        }
        reader.consume(1);
    }
}

type Take<'t> = &'t mut dyn FnMut(usize, Result<Value, Reason>) -> bool;

fn array(reader: impl BufRead, take: Take<'_>) {
    struct Entries<'t> {
        take: Take<'t>,
        last: usize,
        stopped: bool,
    }
    impl<'de> DeserializeSeed<'de> for &mut Entries<'_> {
        type Value = ();

        fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
            source.deserialize_seq(self)
        }
    }
    impl<'de> Visitor<'de> for &mut Entries<'_> {
        type Value = ();

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an array of procedures")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
            while let Some(item) = items.next_element::<Value>()? {
                self.last += 1;
                if !(self.take)(self.last, Ok(item)) {
                    self.stopped = true;
                    break;
                }
            }
            Ok(())
        }
    }
    let mut entries = Entries { take, last: 0, stopped: false };
    let mut source = serde_json::Deserializer::from_reader(reader);
    let read = entries.deserialize(&mut source).and_then(|()| source.end());
    if let (Err(error), false) = (read, entries.stopped) {
        (entries.take)(entries.last + 1, Err(Reason::Syntax(error.to_string())));
    }
}

fn lines(mut reader: impl BufRead, take: Take<'_>) {
    let mut line = Vec::new();
    for index in 1.. {
        line.clear();
        let limit = LINE_BYTES_MAX as u64 + 1;
        match reader.by_ref().take(limit).read_until(b'\n', &mut line) {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => {
                take(index, Err(Reason::Unreadable(error.to_string())));
                return;
            }
        }
        let item = if line.len() > LINE_BYTES_MAX {
            // What is left of the line belongs to no entry.
            if line.last() != Some(&b'\n') && skip_line(&mut reader).is_err() {
                return;
            }
            Err(Reason::TooLong)
        } else if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        } else {
            serde_json::from_slice(&line).map_err(|error| Reason::Syntax(error.to_string()))
        };
        if !take(index, item) {
            return;
        }
    }
}

fn skip_line(reader: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(buffer.len(), |at| at + 1);
        reader.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}
