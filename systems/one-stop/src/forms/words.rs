//! The words of a slip, as they stand in one note.
//!
//! What a form says besides its event is evidence as the event is, so it is written into the
//! note of the event, for everybody to read: one item a line; and what else the form asks for on
//! lines that begin with its name, as `Căn cứ: khoản 2 Điều 9`. The names are Vietnamese, since
//! the forms are by law.

use jiff::civil::Date;
use kernel::PhoneNumber;

/// What a slip or a letter says in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SlipWords {
    /// What is asked for, or why not, a line each.
    pub items: Vec<String>,
    /// Article and law (forms 02, 03, 05).
    pub basis: Option<String>,
    /// What the applicant can do instead (form 03).
    pub guidance: Option<String>,
    /// Until when an answer is expected (form 02).
    pub respond_by: Option<Date>,
    /// Whom to telephone (forms 02 to 05).
    pub contact: Option<PhoneNumber>,
    /// Papers that the applicant gets back (form 05).
    pub returned: Vec<String>,
    /// What becomes of what was paid (form 05).
    pub refund: Option<String>,
}

const BASIS: &str = "Căn cứ";
const GUIDANCE: &str = "Hướng dẫn";
const RESPOND_BY: &str = "Nộp trước";
const CONTACT: &str = "Liên hệ";
const RETURNED: &str = "Trả lại";
const REFUND: &str = "Phí, lệ phí";

impl SlipWords {
    /// Reads a note. A line whose name is known but whose rest does not fit is an item, so that
    /// nothing is lost.
    #[must_use]
    pub fn read(note: &str) -> Self {
        let mut words = Self::default();
        for line in note.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let named = line.split_once(':').map(|(name, rest)| (name.trim(), rest.trim()));
            if !named.is_some_and(|(name, rest)| !rest.is_empty() && words.take(name, rest)) {
                words.items.push(line.to_owned());
            }
        }
        words
    }

    fn take(&mut self, name: &str, rest: &str) -> bool {
        let text = || Some(rest.to_owned());
        match name {
            BASIS if self.basis.is_none() => self.basis = text(),
            GUIDANCE if self.guidance.is_none() => self.guidance = text(),
            REFUND if self.refund.is_none() => self.refund = text(),
            RETURNED => self.returned.extend(rest.split(';').map(|paper| paper.trim().to_owned())),
            RESPOND_BY if self.respond_by.is_none() => {
                self.respond_by = web::form::date(rest).ok();
                return self.respond_by.is_some();
            }
            CONTACT if self.contact.is_none() => {
                self.contact = rest.parse().ok();
                return self.contact.is_some();
            }
            _ => return false,
        }
        true
    }

    /// The note that [`Self::read`] reads.
    #[must_use]
    pub fn written(&self) -> String {
        let named = |name: &str, rest: Option<String>| rest.map(|rest| format!("{name}: {rest}"));
        let returned = (!self.returned.is_empty()).then(|| self.returned.join("; "));
        let more = [
            named(BASIS, self.basis.clone()),
            named(GUIDANCE, self.guidance.clone()),
            named(RESPOND_BY, self.respond_by.map(kernel::vn_date)),
            named(CONTACT, self.contact.as_ref().map(|phone| phone.as_str().to_owned())),
            named(RETURNED, returned),
            named(REFUND, self.refund.clone()),
        ];
        let lines = self.items.iter().cloned().chain(more.into_iter().flatten());
        lines.collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_of_several_lines_is_a_list_with_its_rule_and_day() {
        let note = "Giấy chứng sinh bản chính\n\n Bản vẽ có dấu: 02 bản\n\
                    Căn cứ: khoản 2 Điều 9 Nghị định 123/2015/NĐ-CP\n\
                    Nộp trước: 07/12/2026\nLiên hệ: 0208 385 5555";
        let words = SlipWords::read(note);
        assert_eq!(words.items, ["Giấy chứng sinh bản chính", "Bản vẽ có dấu: 02 bản"]);
        assert_eq!(words.basis.as_deref(), Some("khoản 2 Điều 9 Nghị định 123/2015/NĐ-CP"));
        assert_eq!(words.respond_by, Some(jiff::civil::date(2026, 12, 7)));
        assert_eq!(words.contact.as_ref().map(|phone| phone.as_str()), Some("02083855555"));
        assert_eq!(SlipWords::read(&words.written()), words);
    }

    #[test]
    fn what_does_not_fit_stays_readable() {
        let words = SlipWords::read("Nộp trước: khi có thể\nCăn cứ:\nTrả lại: Tờ khai; Ảnh 3x4");
        assert_eq!(words.items, ["Nộp trước: khi có thể", "Căn cứ:"]);
        assert_eq!(words.returned, ["Tờ khai", "Ảnh 3x4"]);
        assert_eq!(words.respond_by, None);
    }

    #[test]
    fn an_ordinary_sentence_is_one_item() {
        let words = SlipWords::read("Thiếu Giấy chứng sinh.");
        assert_eq!(words.items, ["Thiếu Giấy chứng sinh."]);
        assert_eq!(words.written(), "Thiếu Giấy chứng sinh.");
    }
}
