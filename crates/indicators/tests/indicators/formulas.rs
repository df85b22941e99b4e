//! Whatever somebody writes into a formula, it is told what is wrong, or it has a value.

use indicators::{Definitions, FaultKind, SourceFile, Why};
use proptest::prelude::*;

fn load(unit: &str, formula: &str) -> Result<Definitions, Vec<FaultKind>> {
    let text = format!(
        "[[indicator]]\ncode = \"a\"\nname = \"Tên\"\nname_en = \"Name\"\nunit = \"{unit}\"\n\
         concept = \"Khái niệm\"\nconcept_en = \"Concept\"\nformula = '''{formula}'''\n\
         dimensions = [\"period\"]\ndirection = \"higher\"\nsource = \"Nhật ký\"\n\
         legal_basis = [\"Quyết định 766/QĐ-TTg\"]\nvalid_from = 2022-06-23\n"
    );
    let file = SourceFile { name: "a.toml".into(), text };
    Definitions::load(&[file]).map_err(|found| found.into_iter().map(|one| one.kind).collect())
}

/// Words, signs and numbers in any order.
fn scribble() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("accepted"),
        Just("submitted"),
        Just("end(in_hand)"),
        Just("paid_dong"),
        Just("percent("),
        Just("min("),
        Just("("),
        Just(")"),
        Just("+"),
        Just("-"),
        Just("*"),
        Just("/"),
        Just("else"),
        Just("none"),
        Just("0"),
        Just("2.5"),
        Just(","),
        Just("[channel = online]"),
        Just("@a"),
        Just("@b"),
        Just("đ"),
        Just("\""),
        Just("1000000000000"),
    ];
    proptest::collection::vec(word, 0..16).prop_map(|words| words.join(" "))
}

/// A formula that is sound by its making.
#[derive(Debug, Clone)]
enum Tree {
    /// One fact over another, or none.
    Share,
    /// A stock over a fact, or zero.
    Stock,
    Half,
    Two(&'static str, Box<Tree>, Box<Tree>),
}

fn sound() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![Just(Tree::Share), Just(Tree::Stock), Just(Tree::Half)];
    let signs = prop_oneof![Just("+"), Just("-"), Just("*"), Just("/"), Just("min"), Just("max")];
    leaf.prop_recursive(4, 24, 2, move |inner| {
        (signs.clone(), inner.clone(), inner)
            .prop_map(|(sign, a, b)| Tree::Two(sign, a.into(), b.into()))
    })
}

impl Tree {
    fn text(&self) -> String {
        match self {
            Self::Share => "(accepted / submitted else none)".to_owned(),
            Self::Stock => "(end(in_hand) / submitted else 0)".to_owned(),
            Self::Half => "0.5".to_owned(),
            Self::Two(sign @ ("min" | "max"), a, b) => {
                format!("{sign}({}, {})", a.text(), b.text())
            }
            Self::Two("/", a, b) => format!("({} / ({}) else none)", a.text(), b.text()),
            Self::Two(sign, a, b) => format!("({} {sign} {})", a.text(), b.text()),
        }
    }

    /// Its value, another way; none where there is nothing to divide by.
    fn value(&self, of: &impl Fn(&str) -> f64) -> Option<f64> {
        let share = |name| Some(of(name) / of("submitted"));
        match self {
            Self::Share if of("submitted") == 0.0 => None,
            Self::Share => share("accepted"),
            Self::Stock if of("submitted") == 0.0 => Some(0.0),
            Self::Stock => share("end(in_hand)"),
            Self::Half => Some(0.5),
            Self::Two(sign, a, b) => {
                let (a, b) = (a.value(of), b.value(of));
                let (a, b) = (a?, b?);
                match *sign {
                    "+" => Some(a + b),
                    "-" => Some(a - b),
                    "*" => Some(a * b),
                    "min" => Some(a.min(b)),
                    "max" => Some(a.max(b)),
                    _ if b.abs() < 1e-9 => None,
                    _ => Some(a / b),
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn nothing_that_is_written_breaks_the_reader(formula in scribble(), any in ".{0,40}") {
        for formula in [formula, any.replace('\'', "")] {
            if let Ok(definitions) = load("count", &formula) {
                let indicator = definitions.get("a").unwrap();
                let _ = indicator.formula.value(|_| i64::MAX);
            }
        }
    }

    #[test]
    fn what_is_sound_is_read_and_has_its_value(
        tree in sound(), numbers in proptest::collection::vec(0_i64..6, 3),
    ) {
        let name = |fact: &str| match fact {
            "accepted" => 0,
            "submitted" => 1,
            _ => 2,
        };
        match load("ratio", &tree.text()) {
            Ok(definitions) => {
                let formula = &definitions.get("a").unwrap().formula;
                let of = |at: usize| numbers[name(&formula.references()[at].to_string())];
                let expected = tree.value(&|fact| numbers[name(fact)] as f64);
                match (formula.value(of), expected) {
                    (Ok(exact), Some(near)) => {
                        let distance = (exact.to_f64() - near).abs();
                        prop_assert!(distance <= 1e-6 * near.abs().max(1.0), "{exact} {near}");
                    }
                    (Err(Why::NothingToDivideBy), None) | (Err(Why::TooLarge), _) => {}
                    other => prop_assert!(false, "{:?}", other),
                }
            }
            Err(faults) => prop_assert!(
                faults.iter().all(|fault| matches!(fault, FaultKind::FormulaTooLong)),
                "{:?}", faults
            ),
        }
    }
}
