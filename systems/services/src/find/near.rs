//! How far two words are apart.

/// The edits (a letter more, less, other, or two changed over) that make one word of the other,
/// if they are at most `most`.
pub(super) fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    // Rows of the optimal string alignment distance: the last two and the one being made.
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        if row.iter().all(|edits| *edits > most) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|edits| *edits <= most)
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn slips_of_the_finger_are_near() {
        let near = |a: &str, b: &str| {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            distance(&letters(a), &letters(b), 2)
        };
        assert_eq!(near("sjnh", "sinh"), Some(1));
        assert_eq!(near("ksinh", "sinh"), Some(1));
        assert_eq!(near("gaiy", "giay"), Some(1));
        assert_eq!(near("nghiep", "ngiep"), Some(1));
        assert_eq!(near("sinh", "sinh"), Some(0));
        assert_eq!(near("dat", "khai"), None);
    }
}
