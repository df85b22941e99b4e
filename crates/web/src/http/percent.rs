//! Text inside an address or a header.

use std::fmt::Write as _;

/// The text for a value of a query or the name of a file in a header: letters, digits, `-`, `.`
/// and `_` as they are, every other byte as `%XX` (RFC 3986, RFC 8187).
#[must_use]
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_breaks_out_of_a_query_or_a_header() {
        assert_eq!(super::encoded("Tờ khai.pdf"), "T%E1%BB%9D%20khai.pdf");
        assert_eq!(super::encoded("/viec?x=1&y\"\r\n"), "%2Fviec%3Fx%3D1%26y%22%0D%0A");
    }
}
