//! What the public does not have to read: numbers of persons, telephones, addresses of e-mail. It
//! is taken out of what an officer is shown to publish; they take out the rest.

/// The text with what looks like the number of a person or a telephone, or an address of e-mail,
/// covered.
#[must_use]
pub fn masked(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let words = line.split(' ').map(mail);
        numbers(&words.collect::<Vec<_>>().join(" "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn mail(word: &str) -> String {
    let (before, after) = word.split_once('@').unwrap_or_default();
    let is_mail = !before.is_empty() && after.contains('.');
    if is_mail { "•••@•••".to_owned() } else { word.to_owned() }
}

/// Nine digits or more in a row, perhaps parted by single dots, spaces or hyphens.
fn numbers(line: &str) -> String {
    let letters: Vec<char> = line.chars().collect();
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    while at < letters.len() {
        let end = run(&letters, at);
        let digits = letters[at..end].iter().filter(|letter| letter.is_ascii_digit()).count();
        if digits >= 9 {
            out.push_str("•••");
            at = end;
        } else if end > at {
            out.extend(&letters[at..end]);
            at = end;
        } else {
            out.push(letters[at]);
            at += 1;
        }
    }
    out
}

/// Where a run of digits that begins here ends.
fn run(letters: &[char], from: usize) -> usize {
    let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let mut end = from;
    while digit(end) {
        end += 1;
        if matches!(letters.get(end), Some('.' | ' ' | '-')) && digit(end + 1) {
            end += 1;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_people_are_covered_and_those_of_houses_stay() {
        assert_eq!(masked("Gọi tôi 0912 345 678 nhé"), "Gọi tôi ••• nhé");
        assert_eq!(masked("CCCD 019086001821, mail an.nguyen@vi.du.vn"), "CCCD •••, mail •••@•••");
        assert_eq!(masked("số nhà 128, ngày 20.11.2026"), "số nhà 128, ngày 20.11.2026");
        assert_eq!(masked("hai dòng\n0912.345.678"), "hai dòng\n•••");
    }
}
