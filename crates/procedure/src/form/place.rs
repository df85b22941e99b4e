//! Where in the text of a JSON document a part of it stands.

/// The line, from 1, on which the value of a JSON pointer begins. The text is JSON already;
/// where the pointer leads nowhere, the line of the nearest part above it.
pub(super) fn line_of(text: &str, pointer: &str) -> usize {
    let steps: Vec<String> =
        pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
    let mut walk = Walk { text: text.as_bytes(), at: 0 };
    walk.blanks();
    let at = walk.find(&steps);
    text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}

struct Walk<'t> {
    text: &'t [u8],
    at: usize,
}

impl Walk<'_> {
    /// Where the value stands that the steps lead to.
    fn find(&mut self, steps: &[String]) -> usize {
        let here = self.at;
        let Some((step, rest)) = steps.split_first() else { return here };
        let object = match self.peek() {
            Some(b'{') => true,
            Some(b'[') => false,
            _ => return here,
        };
        self.at += 1;
        let mut nth = 0_usize;
        loop {
            self.blanks();
            if matches!(self.peek(), None | Some(b'}' | b']')) {
                return here;
            }
            let found = if object {
                let key = self.string();
                self.blanks();
                self.at += 1; // the colon
                self.blanks();
                key.as_deref() == Some(step.as_str())
            } else {
                nth.to_string() == *step
            };
            if found {
                return self.find(rest);
            }
            self.skip();
            self.blanks();
            if self.peek() == Some(b',') {
                self.at += 1;
            }
            nth += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Reads a string, quotes and all.
    fn string(&mut self) -> Option<String> {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
        }
        serde_json::from_slice(self.text.get(start..self.at)?).ok()
    }

    /// Steps over a value.
    fn skip(&mut self) {
        let mut depth = 0_usize;
        loop {
            match self.peek() {
                None => return,
                Some(b'"') => {
                    self.string();
                }
                Some(b'{' | b'[') => {
                    depth += 1;
                    self.at += 1;
                }
                Some(b'}' | b']') if depth == 0 => return,
                Some(b'}' | b']') => {
                    depth -= 1;
                    self.at += 1;
                }
                Some(b',') if depth == 0 => return,
                Some(_) => {
                    self.at += 1;
                    if depth > 0 {
                        continue;
                    }
                }
            }
            if depth == 0 && matches!(self.peek(), None | Some(b',' | b'}' | b']')) {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_is_found_on_its_line() {
        let text =
            "{\n \"a\": [1, \"}]\",\n  {\"b/c\":\n true}],\n \"d\": {\"e\": 1.5,\n \"f\": null}\n}";
        for (pointer, line) in [
            ("", 1),
            ("/a", 2),
            ("/a/1", 2),
            ("/a/2", 3),
            ("/a/2/b~1c", 4),
            ("/d/e", 5),
            ("/d/f", 6),
            ("/d/none", 5),
            ("/a/7", 2),
        ] {
            assert_eq!(line_of(text, pointer), line, "{pointer}");
        }
    }
}
