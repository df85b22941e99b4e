//! How cases move: the stories of two procedures, and what holds of every story.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod common;

use std::collections::BTreeSet;

use common::{birth, construction, loaded};
use procedure::{End, FlowError, Marking, Move, Procedure, StepId, Workflow};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A case on its way, told in short words.
struct Case {
    workflow: Workflow,
    facts: Value,
    marking: Marking,
}

impl Case {
    fn of(procedure: Procedure, facts: Value) -> Self {
        let marking = procedure.workflow.start();
        Self { workflow: procedure.workflow, facts, marking }
    }

    fn does(&mut self, step: &str, outcome: &str) -> Move {
        let (step, outcome) = (step.parse().unwrap(), outcome.parse().unwrap());
        let (next, made) =
            self.workflow.complete(&self.marking, &step, &outcome, &self.facts).unwrap();
        self.marking = next;
        made
    }

    fn sends_back(&mut self, step: &str, to: &str) -> Result<Move, FlowError> {
        let (step, to) = (step.parse().unwrap(), to.parse().unwrap());
        let (next, made) = self.workflow.send_back(&self.marking, &step, &to)?;
        self.marking = next;
        Ok(made)
    }

    fn open(&self) -> Vec<&str> {
        self.marking.open.iter().map(StepId::as_str).collect()
    }
}

fn ids(steps: &[StepId]) -> Vec<&str> {
    steps.iter().map(StepId::as_str).collect()
}

#[test]
fn a_birth_is_registered_in_four_steps() {
    let mut case = Case::of(birth(), json!({}));
    assert_eq!(case.open(), ["tiep-nhan"]);
    let made = case.does("tiep-nhan", "chuyen");
    assert_eq!((ids(&made.opened), made.end), (vec!["tham-tra"], None));
    case.does("tham-tra", "dat");
    case.does("ky", "sua");
    assert_eq!(case.open(), ["tham-tra"], "the draft came back for correction");
    case.does("tham-tra", "dat");
    case.does("ky", "ky");
    let made = case.does("tra", "xong");
    assert_eq!((case.open().len(), made.end), (0, Some(End::Result)));
}

#[test]
fn a_small_house_needs_two_branches_and_a_tall_one_three() {
    let mut small = Case::of(construction(), json!({ "so_tang": 3, "muc_dich": "nha_o" }));
    small.does("tiep-nhan", "chuyen");
    assert_eq!(small.open(), ["tham-dinh", "thuc-dia"]);
    let mut tall = Case::of(construction(), json!({ "so_tang": 7, "muc_dich": "nha_o" }));
    tall.does("tiep-nhan", "chuyen");
    assert_eq!(tall.open(), ["pccc", "tham-dinh", "thuc-dia"]);
    let mut unknown = Case::of(construction(), json!({}));
    unknown.does("tiep-nhan", "chuyen");
    assert_eq!(unknown.open(), ["tham-dinh", "thuc-dia"], "no answer takes the default");
}

#[test]
fn the_join_waits_for_every_branch_that_was_opened() {
    let mut case = Case::of(construction(), json!({ "so_tang": 9 }));
    case.does("tiep-nhan", "chuyen");
    let made = case.does("pccc", "xong");
    assert_eq!(made.waiting.as_ref().map(StepId::as_str), Some("tong-hop"));
    assert!(made.opened.is_empty());
    case.does("tham-dinh", "xong");
    let made = case.does("thuc-dia", "xong");
    assert_eq!((ids(&made.opened), made.waiting), (vec!["tong-hop"], None));
    assert!(case.marking.arrived.is_empty());
    let made = case.does("tong-hop", "khong-dat");
    assert_eq!((made.end, case.marking), (Some(End::Refusal), Marking::default()));
}

#[test]
fn work_goes_back_within_its_branch_and_not_behind_the_fork() {
    let mut case = Case::of(construction(), json!({}));
    case.does("tiep-nhan", "chuyen");
    let refused = case.sends_back("tham-dinh", "tiep-nhan").unwrap_err();
    assert!(matches!(refused, FlowError::NotEarlier { .. }), "the other branch is under way");
    case.does("thuc-dia", "xong");
    assert!(case.sends_back("tham-dinh", "tiep-nhan").is_err(), "it has arrived, and still counts");
    case.does("tham-dinh", "xong");
    let back: Vec<_> = case
        .workflow
        .send_back_targets(&case.marking, &"tong-hop".parse().unwrap())
        .iter()
        .map(|step| step.id.as_str())
        .collect();
    assert_eq!(back, ["tiep-nhan", "tham-dinh", "thuc-dia", "pccc"]);
    let made = case.sends_back("tong-hop", "thuc-dia").unwrap();
    assert_eq!((made.closed.as_str(), ids(&made.opened)), ("tong-hop", vec!["thuc-dia"]));
    let made = case.does("thuc-dia", "xong");
    assert_eq!(ids(&made.opened), ["tong-hop"], "one branch alone does not wait for the others");
    case.sends_back("tong-hop", "tiep-nhan").unwrap();
    assert!(case.sends_back("tiep-nhan", "tong-hop").is_err(), "forward is not back");
    assert!(case.sends_back("tiep-nhan", "tiep-nhan").is_err());
}

#[test]
fn what_is_not_there_is_refused_by_name() {
    let birth = birth().workflow;
    let start = birth.start();
    let complete = |step: &str, outcome: &str| {
        birth
            .complete(&start, &step.parse().unwrap(), &outcome.parse().unwrap(), &json!({}))
            .unwrap_err()
    };
    assert_eq!(complete("khong-co", "dat"), FlowError::NoStep("khong-co".parse().unwrap()));
    assert_eq!(complete("ky", "ky"), FlowError::NotOpen("ky".parse().unwrap()));
    assert!(matches!(complete("tiep-nhan", "dat"), FlowError::NoOutcome(..)));
    let names = |steps: Vec<&procedure::Step>| {
        steps.iter().map(|step| step.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(names(birth.predecessors(&"tham-tra".parse().unwrap())), ["tiep-nhan"]);
    let routes = construction().workflow;
    assert_eq!(
        names(routes.predecessors(&"tong-hop".parse().unwrap())),
        ["tham-dinh", "thuc-dia", "pccc"]
    );
    assert_eq!(routes.first().choices().len(), 1, "two routes are one button");
}

#[test]
fn a_marking_is_kept_as_json() {
    let mut case = Case::of(construction(), json!({}));
    case.does("tiep-nhan", "chuyen");
    case.does("thuc-dia", "xong");
    let kept = serde_json::to_string(&case.marking).unwrap();
    assert_eq!(kept, r#"{"open":["tham-dinh"],"arrived":{"tong-hop":["thuc-dia"]}}"#);
    assert_eq!(serde_json::from_str::<Marking>(&kept).unwrap(), case.marking);
}

/// Branches inside branches, two joins, a branch that ends by itself, and loops.
const NESTED: &str = r#"
code = "2.000001"
name = "Thủ tục thử"
version = 1
sector = "Thử"
levels = ["province"]
decider = "Sở"
audience = ["citizen"]
legal_basis = ["Luật"]
valid_from = 2025-07-01
online_level = "none"
[[channel]]
kind = "counter"
time_limit = "10 working_days"
[[field]]
id = "so"
label = "Số"
kind = "integer"
[[result]]
name = "Giấy"
[[step]]
id = "mo"
name = "Mở"
role = "receiver"
hours = 1
outcome = [
  { id = "di", name = "Đi", when = "so > 1", to = ["a", "b", "thong-bao"] },
  { id = "di", name = "Đi", to = ["a", "b"] },
]
[[step]]
id = "thong-bao"
name = "Thông báo"
role = "clerk"
hours = 1
outcome = [{ id = "xong", name = "Xong", end = "result" }]
[[step]]
id = "a"
name = "A"
role = "expert"
hours = 1
outcome = [
  { id = "tach", name = "Tách", to = ["a1", "a2"] },
  { id = "thang", name = "Thẳng", to = "gop" },
]
[[step]]
id = "a1"
name = "A1"
role = "expert"
hours = 1
outcome = [{ id = "xong", name = "Xong", to = "gop-a" }]
[[step]]
id = "a2"
name = "A2"
role = "expert"
hours = 1
outcome = [
  { id = "xong", name = "Xong", to = "gop-a" },
  { id = "lai", name = "Làm lại", to = "a" },
]
[[step]]
id = "gop-a"
name = "Gộp A"
role = "expert"
hours = 1
join = true
outcome = [
  { id = "xong", name = "Xong", to = "gop" },
  { id = "lai", name = "Làm lại", to = "a" },
]
[[step]]
id = "b"
name = "B"
role = "expert"
hours = 1
outcome = [
  { id = "xong", name = "Xong", to = "gop" },
  { id = "khong", name = "Không", end = "refusal" },
]
[[step]]
id = "gop"
name = "Gộp"
role = "head"
hours = 1
join = true
outcome = [
  { id = "ky", name = "Ký", end = "result" },
  { id = "lai", name = "Làm lại từ đầu", to = "mo" },
]
"#;

#[test]
fn a_branch_that_ends_leaves_the_others_at_work() {
    let mut case = Case::of(loaded(NESTED), json!({ "so": 2 }));
    case.does("mo", "di");
    let made = case.does("thong-bao", "xong");
    assert_eq!((made.end, made.opened.len()), (None, 0));
    case.does("a", "tach");
    case.does("a1", "xong");
    let made = case.does("a2", "xong");
    assert_eq!(ids(&made.opened), ["gop-a"], "the inner join does not wait for the other branch");
    case.sends_back("gop-a", "a2").unwrap();
    case.does("b", "xong");
    let made = case.does("a2", "xong");
    assert_eq!(ids(&made.opened), ["gop-a"], "the inner join comes before the outer");
    let made = case.does("gop-a", "xong");
    assert_eq!(ids(&made.opened), ["gop"]);
    assert_eq!(case.does("gop", "ky").end, Some(End::Result));
}

proptest! {
    /// Any choice of what can be done, sending back included: the case is always in somebody's
    /// hands until it ends, and once it ends nothing is left open.
    #[test]
    fn a_case_is_in_somebodys_hands_until_it_ends(
        which in 0_usize..3,
        number in proptest::option::of(0_i64..12),
        choices in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_u8..8), 1..80),
    ) {
        let procedure = match which {
            0 => birth(),
            1 => construction(),
            _ => loaded(NESTED),
        };
        let workflow = procedure.workflow;
        let facts = json!({ "so_tang": number, "so": number });
        let mut marking = workflow.start();
        for (which_step, which_way, act) in choices {
            let open: Vec<StepId> = marking.open.iter().cloned().collect();
            let step = &open[which_step.index(open.len())];
            let back = workflow.send_back_targets(&marking, step);
            let (next, made) = if act == 0 && !back.is_empty() {
                let to = back[which_way.index(back.len())].id.clone();
                workflow.send_back(&marking, step, &to).unwrap()
            } else {
                let ways = workflow.step(step).unwrap().choices();
                let outcome = ways[which_way.index(ways.len())].0.clone();
                workflow.complete(&marking, step, &outcome, &facts).unwrap()
            };
            prop_assert_eq!(&made.closed, step);
            let opened: BTreeSet<StepId> = made.opened.iter().cloned().collect();
            prop_assert!(opened.is_subset(&next.open));
            prop_assert_eq!(opened.len(), made.opened.len(), "nothing is opened twice");
            if made.end.is_some() {
                prop_assert_eq!(&next, &Marking::default());
                return Ok(());
            }
            prop_assert!(!next.open.is_empty(), "somebody holds the case");
            prop_assert!(next.arrived.keys().all(|join| workflow.step(join).unwrap().join));
            marking = next;
        }
    }
}
