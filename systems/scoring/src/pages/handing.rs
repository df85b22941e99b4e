//! A kept plan in the form in which programmes are entered (`/chuong-trinh/nhap`): each action a
//! task of its head, to be looked at and given terms there. Nothing is handed out by this file.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use crate::model::KeptPlan;

/// For how many months the programme is proposed; its tasks end a month before.
const MONTHS: i32 = 6;

/// What is read of the file of a plan.
#[derive(Deserialize)]
struct Plan {
    scorecard: String,
    agency: String,
    score_before: String,
    score_after: String,
    #[serde(default)]
    task: Vec<Action>,
}

#[derive(Deserialize)]
struct Action {
    name: String,
    owner_agency: String,
}

/// A programme as it is entered.
#[derive(Serialize)]
struct Programme {
    code: String,
    number: String,
    name: String,
    agency: String,
    signed_on: String,
    from: String,
    to: String,
    goal: Vec<Goal>,
    task: Vec<Task>,
}

#[derive(Serialize)]
struct Goal {
    name: String,
}

#[derive(Serialize)]
struct Task {
    code: String,
    goal: u32,
    name: String,
    head: String,
    term: String,
}

/// The text; none where the plan cannot be read. What nobody answers for falls to the agency of
/// the plan.
pub(super) fn text(plan: &KeptPlan, card_name: &str, today: Date) -> Option<String> {
    let read: Plan = toml::from_str(&plan.text).ok()?;
    let month = |date: Date| format!("{:04}-{:02}", date.year(), date.month());
    let end = today.saturating_add((MONTHS - 1).months()).last_of_month();
    let code = format!("DP-{}", read.scorecard);
    let task = |(n, action): (usize, &Action)| Task {
        code: format!("VIEC-{:02}", n + 1),
        goal: 1,
        name: action.name.clone(),
        head: match action.owner_agency.as_str() {
            "" => read.agency.clone(),
            owner => owner.to_owned(),
        },
        term: end.to_string(),
    };
    let programme = Programme {
        number: code.clone(),
        code,
        name: format!("Đột phá: {card_name}"),
        agency: read.agency.clone(),
        signed_on: today.to_string(),
        from: month(today),
        to: month(end),
        goal: vec![Goal {
            name: format!("Nâng điểm từ {} lên {}", read.score_before, read.score_after),
        }],
        task: read.task.iter().enumerate().map(task).collect(),
    };
    toml::to_string(&programme).ok()
}
