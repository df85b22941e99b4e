//! Files as people write them, with and without faults.

use kernel::Mint;
use proptest::{prelude::*, sample::Index};

use super::{Form, compare, export, read};
use crate::{Directory, Parts};

const SAMPLE: &str = include_str!("../../../../docs/examples/danh-ba.toml");
const TABLE: &str = include_str!("../../../../docs/examples/danh-ba.csv");

fn empty() -> Directory {
    Directory::new("H00".parse().unwrap(), 0, Parts::default())
}

/// The changes that a file asks of an empty directory, or its faults, as people read them.
fn asked(text: &str, form: Form) -> Result<Vec<String>, Vec<String>> {
    let said = |faults: Vec<super::Fault>| -> Vec<String> {
        faults.iter().map(ToString::to_string).collect()
    };
    let now = "2026-11-23T02:00:00Z".parse().unwrap();
    let read = read(text, form).map_err(said)?;
    let changes = compare(&empty(), &read, &Mint::seeded(1), now).map_err(said)?;
    Ok(changes.steps.iter().map(ToString::to_string).collect())
}

fn faults(text: &str) -> Vec<String> {
    asked(text, Form::Toml).unwrap_err()
}

#[test]
fn every_fault_is_named_with_its_line() {
    assert_eq!(faults(""), ["line 1: the file names no agency, seat or person"]);
    assert_eq!(
        faults("[[agency]]\ncode = 7"),
        ["line 2: invalid type: integer `7`, expected a string"]
    );
    assert_eq!(
        faults("effective = 2027-01-01\n[[person]]\ncode = \"Cô Ba\"\nname = \"A\"\n"),
        [
            "line 1: `effective` is a day that has come, as in 2026-11-23",
            "line 3: `Cô Ba` is no code: letters without marks, digits, `-`, `.`, `_` and `/`, \
             at most 60",
        ]
    );
    let agency = "[[agency]]\ncode = \"H00\"\nname = \"Tỉnh\"\nlevel = \"province\"\n";
    assert_eq!(
        faults(&format!("{agency}place = \"99999\"\nhours = \"sáng\"\n{agency}")),
        [
            "line 5: no place has the code 99999",
            "line 6: working hours are written `mon-fri 07:30-12:00 13:00-16:30`, not sáng",
            "line 8: H00 stands on line 2 already",
        ]
    );
    let seat = "[[post]]\nagency = \"H00\"\ncode = \"a\"\ntitle = \"Chủ tịch\"\nrole = \"head\"\n";
    assert_eq!(
        faults(&format!("{agency}{seat}holder = \"x\"\n[[post]]\nagency = \"H9\"\ncode = \"b\"\n")),
        [
            "line 10: no person has the code x, neither here nor in the directory",
            "line 12: no agency has the code H9, neither here nor in the directory",
        ]
    );
    let head = seat.replace("\"a\"", "\"b\"") + "head = true\n";
    assert_eq!(
        faults(&format!("{agency}{seat}head = true\n{head}")),
        ["line 13: H00 would have two heads"]
    );
    assert_eq!(
        faults("[[agency]]\ncode = \"H00.1\"\n[[post]]\nagency = \"H00.1\"\ncode = \"a\"\n"),
        ["line 2: H00.1 is new and needs `name`", "line 5: a is new and needs `title`"]
    );
}

#[test]
fn no_agency_stands_under_itself() {
    let one = |code: &str, parent: &str| {
        format!(
            "[[agency]]\ncode = \"{code}\"\nname = \"A\"\nlevel = \"unit\"\nparent = \"{parent}\"\n"
        )
    };
    let circle = one("H00.1", "H00.2") + &one("H00.2", "H00.1");
    assert_eq!(
        faults(&circle),
        ["line 2: H00.1 would stand under itself", "line 7: H00.2 would stand under itself"]
    );
    // Whoever writes the lower one first means the same.
    let text = one("H00.2", "H00.1") + &one("H00.1", "");
    let steps = asked(&text, Form::Toml).unwrap();
    assert_eq!(steps, ["new agency   H00.1 A", "new agency   H00.2 A"]);
}

#[test]
fn a_table_says_the_same_as_sections() {
    let parent = "[[agency]]\ncode = \"H00\"\nname = \"Tỉnh\"\nlevel = \"province\"\n";
    assert!(asked(parent, Form::Toml).is_ok());
    let text = TABLE.replace("H00;05455", ";05455");
    assert_eq!(
        asked(&text, Form::Table).unwrap(),
        [
            "new agency   H00.22 Ủy ban nhân dân xã Cuối Nguồn",
            "new person   cb-021 Đặng Văn Khoa",
            "new person   cb-022 Mã Thị Lan",
            "new person   cb-023 Bế Văn Dũng",
            "new seat     H00.22 chu-tich: Chủ tịch Ủy ban nhân dân xã (head, head of the agency), \
             fields: all",
            "sits down    Đặng Văn Khoa in H00.22 chu-tich",
            "new seat     H00.22 tiep-nhan: Công chức tiếp nhận hồ sơ (receiver), fields: all",
            "sits down    Mã Thị Lan in H00.22 tiep-nhan",
            "new seat     H00.22 tu-phap: Công chức tư pháp - hộ tịch (expert), fields: Hộ tịch",
            "sits down    Bế Văn Dũng in H00.22 tu-phap",
        ]
    );
    assert_eq!(
        asked("Mã cơ quan,Màu\nH00,đỏ\n", Form::Table).unwrap_err(),
        ["line 1: the column «Màu» is not known"]
    );
    assert_eq!(
        asked("Tên cơ quan,Cấp\n", Form::Table).unwrap_err(),
        ["line 1: the table has no column «Mã cơ quan»"]
    );
    assert_eq!(
        asked("Mã cơ quan,Tên cơ quan\nH00,\"Tỉnh\n", Form::Table).unwrap_err(),
        ["line 2: a quotation mark is not closed"]
    );
    let twice = "Mã cơ quan\tTên cơ quan\tCấp\nH00\tTỉnh\ttỉnh\nH00\tHuyện\t\n";
    assert_eq!(
        asked(twice, Form::Table).unwrap_err(),
        ["line 3: `Huyện` here, and something else on line 2"]
    );
}

#[test]
fn an_empty_directory_is_an_empty_file() {
    assert_eq!(export(&empty(), kernel::from_micros(0)), "");
}

/// A good file with one stretch of it taken out, doubled or overwritten.
fn slipped(good: &'static str) -> impl Strategy<Value = String> {
    let letters: Vec<char> = good.chars().collect();
    (any::<Index>(), 0..40_usize, ".{0,12}", any::<bool>()).prop_map(
        move |(at, len, put, twice)| {
            let at = at.index(letters.len());
            let end = (at + len).min(letters.len());
            let stretch: String = letters[at..end].iter().collect();
            let between = if twice { format!("{stretch}{put}{stretch}") } else { put };
            let head: String = letters[..at].iter().collect();
            head + &between + &letters[end..].iter().collect::<String>()
        },
    )
}

proptest! {
    #[test]
    fn any_file_is_read_or_refused(
        text in prop_oneof![any::<String>(), slipped(SAMPLE), slipped(TABLE)],
    ) {
        let lines = text.lines().count() + 1;
        for form in [Form::Toml, Form::Table] {
            let now = kernel::from_micros(1_800_000_000_000_000);
            let compared = read(&text, form)
                .and_then(|file| compare(&empty(), &file, &Mint::seeded(1), now));
            if let Err(faults) = compared {
                prop_assert!(!faults.is_empty());
                prop_assert!(faults.iter().all(|fault| (1..=lines).contains(&fault.line)));
            }
        }
    }
}
