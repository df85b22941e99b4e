//! Why something may not be done, as a sentence: what happened, why, and what to do.

use casework::Refusal;
use directory::Directory;
use identity::access::{Denial, DenyReason, Role, Who};
use kernel::{AgencyId, Instant, PostId};
use procedure::{ConfirmError, FlowError, Procedure, StepId};
use web::{Words, tr};

use crate::{Error, Moment};

/// At most so many of those who could do it are named.
const NAMED_MAX: usize = 3;

/// Where names of steps, papers and agencies come from; without them a sentence does without.
#[derive(Debug, Clone, Copy, Default)]
pub struct Names<'a> {
    /// The procedure of the dossier.
    pub procedure: Option<&'a Procedure>,
    /// Agencies and posts.
    pub directory: Option<&'a Directory>,
}

/// The sentence of a refusal of the rules, where neither procedure nor directory is at hand.
#[must_use]
pub fn sentence(words: &Words, refusal: &Refusal, now: Instant) -> String {
    told(words, refusal, now, Names::default())
}

/// The sentence of a refusal of the rules, naming steps, papers and agencies.
#[must_use]
pub fn told(words: &Words, refusal: &Refusal, now: Instant, names: Names<'_>) -> String {
    let at = |instant| words.moment_near(instant, now);
    match refusal {
        Refusal::WrongStatus { status, command } => {
            let is = tr!(words, &format!("status-{}", status.word()));
            let asked = tr!(words, &format!("command-{command}"));
            let way = tr!(words, &format!("refusal-way-{}", status.word()));
            tr!(words, "refusal-wrong-status", status = is, command = asked, way = way)
        }
        Refusal::UnknownProcedure(procedure) => {
            tr!(words, "refusal-unknown-procedure", code = procedure.code.to_string())
        }
        Refusal::ChannelNotOffered => tr!(words, "refusal-channel"),
        Refusal::UnconfirmedTimeLimit => tr!(words, "refusal-unconfirmed-limit"),
        Refusal::MissingComponents(papers) => {
            let papers: Vec<_> = papers.iter().map(|id| names.paper(id)).collect();
            let (count, papers) = (papers.len(), papers.join("; "));
            tr!(words, "refusal-missing-components", n = count, papers = papers)
        }
        Refusal::NoHolder { step, role, agency } => {
            let role = role_name(words, role.as_str());
            let agency = agency.map(|id| names.agency(id)).unwrap_or_default();
            let agency = if agency.is_empty() { tr!(words, "refusal-that-agency") } else { agency };
            let step = names.step(words, step);
            tr!(words, "refusal-no-holder", step = step, role = role, agency = agency)
        }
        Refusal::StepNotOpen(step) => {
            tr!(words, "refusal-step-not-open", step = names.step(words, step))
        }
        Refusal::Flow(error) => flow(words, error, names),
        Refusal::Clock(error) => clock(words, error),
        Refusal::HappenedInFuture => tr!(words, "refusal-future"),
        Refusal::HappenedTooEarly { previous } => {
            tr!(words, "refusal-too-early", previous = at(*previous))
        }
        Refusal::ReasonMissing => tr!(words, "refusal-reason-missing"),
        Refusal::TooLong { max } => tr!(words, "refusal-too-long", max = *max),
        Refusal::SecondSupplementNeedsApproval { first } => {
            tr!(words, "refusal-second-supplement", first = at(*first))
        }
        Refusal::NoThirdSupplement => tr!(words, "refusal-third-supplement"),
        Refusal::ApprovalNotNeeded => tr!(words, "refusal-approval-not-needed"),
        Refusal::ExtensionTooLate { due } => tr!(words, "refusal-extension-late", due = at(*due)),
        Refusal::ExtendedBefore { to } => tr!(words, "refusal-extended-before", to = at(*to)),
        Refusal::NoTerm => tr!(words, "refusal-no-term"),
        Refusal::NothingOwed(number) => tr!(words, "refusal-nothing-owed", number = *number),
        Refusal::WrongAmount { owed, paid } => {
            tr!(words, "refusal-wrong-amount", owed = dong(words, *owed), paid = dong(words, *paid))
        }
        Refusal::Unpaid(amount) => tr!(words, "refusal-unpaid", amount = dong(words, *amount)),
        Refusal::UnpaidBefore(amount) => {
            tr!(words, "refusal-unpaid-before", amount = dong(words, *amount))
        }
        Refusal::TooMany { max } => tr!(words, "refusal-too-many", max = *max),
        Refusal::SameHolder => tr!(words, "refusal-same-holder"),
    }
}

/// The sentence of a denial of the policies: why this person may not, and who could do it, by
/// name of post and agency.
#[must_use]
pub fn denied(words: &Words, denial: &Denial, directory: &Directory, now: Instant) -> String {
    let why = match denial.reason {
        DenyReason::NoPost => tr!(words, "denied-no-post"),
        DenyReason::Role => tr!(words, "denied-role"),
        DenyReason::Agency => tr!(words, "denied-agency"),
        DenyReason::Field => tr!(words, "denied-field"),
        DenyReason::NotHolder => tr!(words, "denied-not-holder"),
        DenyReason::Separation => tr!(words, "denied-separation"),
        DenyReason::Confidential => tr!(words, "denied-confidential"),
        DenyReason::Fault => tr!(words, "denied-fault"),
    };
    match who(words, denial, directory, now) {
        Some(who) => format!("{why} {who}"),
        None => why,
    }
}

/// "Người làm được: …": who could do what was refused.
#[must_use]
pub fn who(words: &Words, denial: &Denial, directory: &Directory, now: Instant) -> Option<String> {
    // Who holds it comes before any role, and the head before the deputies.
    let mut able: Vec<&Who> = denial.who.iter().collect();
    able.sort_by_key(|who| match who {
        Who::Holder(_) => 0,
        Who::Role(Role::Head, _) => 1,
        Who::Role(..) => 2,
    });
    let named = able.into_iter().filter_map(|who| match who {
        Who::Holder(post) => seat(directory, *post, now),
        Who::Role(role, agency) => role_at(words, directory, *role, *agency, now),
    });
    let named: Vec<String> = named.take(NAMED_MAX).collect();
    (!named.is_empty()).then(|| tr!(words, "denied-who", who = named.join("; ")))
}

/// The sentence of an error that a page says beside what was typed; `None` for what is a fault
/// of the program or a missing page.
#[must_use]
pub fn of_error(
    words: &Words,
    error: &Error,
    moment: &Moment,
    procedure: Option<&Procedure>,
    now: Instant,
) -> Option<String> {
    match error {
        Error::Case(casework::Error::Refused(refusal)) => {
            let names = Names { procedure, directory: Some(&moment.directory) };
            Some(told(words, refusal, now, names))
        }
        Error::Denied(denial) => Some(denied(words, denial, &moment.directory, now)),
        Error::Case(casework::Error::Stale { .. }) | Error::Store(store::Error::Conflict) => {
            Some(tr!(words, "refusal-stale"))
        }
        Error::NoProcedure(code) => {
            Some(tr!(words, "refusal-unknown-procedure", code = code.as_str()))
        }
        Error::Confirm(why) => Some(not_confirmed(words, why)),
        _ => None,
    }
}

fn not_confirmed(words: &Words, why: &ConfirmError) -> String {
    match why {
        ConfirmError::NotOffered(_) => tr!(words, "limits-not-offered"),
        ConfirmError::Confirmed(_) => tr!(words, "limits-confirmed-before"),
        ConfirmError::TooSlow(..) => tr!(words, "limits-too-slow"),
    }
}

/// Who sits in a post now, and where: "Đặng Quốc Bảo, Chuyên viên xây dựng, phường …".
#[must_use]
pub fn seat(directory: &Directory, post: PostId, now: Instant) -> Option<String> {
    let post = directory.post(post)?;
    let person = directory.holder(post.id, now).map(|person| person.name.as_str());
    let agency = directory.agency(post.agency).map(|agency| agency.name.as_str());
    let parts = [person, Some(post.title.as_str()), agency];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// The name of a role of a workflow.
#[must_use]
pub fn role_name(words: &Words, role: &str) -> String {
    let key = format!("role-{role}");
    if words.has(&key) { words.t(&key) } else { role.to_owned() }
}

/// The one who has that role there, or the role where there are none or several.
fn role_at(
    words: &Words,
    directory: &Directory,
    role: Role,
    agency: AgencyId,
    now: Instant,
) -> Option<String> {
    let at = directory.agency(agency)?;
    let mut seats =
        directory.posts_in(agency, now).filter(|post| post.role.as_str() == role.name());
    if let (Some(one), None) = (seats.next(), seats.next()) {
        return seat(directory, one.id, now);
    }
    let role = role_name(words, role.name());
    Some(tr!(words, "denied-role-at", role = role, agency = at.name.as_str()))
}

fn flow(words: &Words, error: &FlowError, names: Names<'_>) -> String {
    match error {
        FlowError::NoStep(step) => {
            tr!(words, "refusal-no-step", step = names.step(words, step))
        }
        FlowError::NotOpen(step) => {
            tr!(words, "refusal-step-not-open", step = names.step(words, step))
        }
        FlowError::NoOutcome(step, _) => {
            tr!(words, "refusal-no-outcome", step = names.step(words, step))
        }
        FlowError::NotEarlier { from, to } => {
            let (from, to) = (names.step(words, from), names.step(words, to));
            tr!(words, "refusal-not-earlier", from = from, to = to)
        }
    }
}

fn clock(words: &Words, error: &calendar::Error) -> String {
    use calendar::Error as Fault;
    match error {
        Fault::Paused => tr!(words, "refusal-clock-paused"),
        Fault::NotPaused => tr!(words, "refusal-clock-runs"),
        Fault::Finished => tr!(words, "refusal-clock-finished"),
        Fault::Backwards => tr!(words, "refusal-clock-backwards"),
        Fault::NotLater => tr!(words, "refusal-clock-not-later"),
        Fault::TooManyPauses => tr!(words, "refusal-clock-pauses"),
        Fault::Session | Fault::Week | Fault::Hours | Fault::Allowance | Fault::Amount => {
            tr!(words, "refusal-clock-settings")
        }
    }
}

fn dong(words: &Words, amount: u64) -> String {
    words.money(i64::try_from(amount).unwrap_or(i64::MAX))
}

impl Names<'_> {
    fn step(self, words: &Words, id: &StepId) -> String {
        let step = self.procedure.and_then(|procedure| procedure.workflow.step(id));
        step.map_or_else(|| tr!(words, "refusal-that-step"), |step| format!("“{}”", step.name))
    }

    fn paper(self, id: &str) -> String {
        let papers = self.procedure.map_or(&[][..], |procedure| &procedure.components);
        let paper = papers.iter().find(|paper| paper.id.as_str() == id);
        paper.map_or_else(|| id.to_owned(), |paper| paper.name.clone())
    }

    fn agency(self, id: AgencyId) -> String {
        let agency = self.directory.and_then(|directory| directory.agency(id));
        agency.map_or_else(String::new, |agency| agency.name.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use casework::{ProcedureRef, Status};
    use web::{Lang, Texts};

    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    /// One of every kind. The match holds nothing back: a new variant must be added here.
    fn every_refusal() -> Vec<Refusal> {
        let step: StepId = "appraise".parse().unwrap();
        let when = at("2026-11-20T02:00:00Z");
        let code = "1.004873".parse().unwrap();
        let mut all = vec![
            Refusal::UnknownProcedure(ProcedureRef { code, version: 1 }),
            Refusal::ChannelNotOffered,
            Refusal::UnconfirmedTimeLimit,
            Refusal::MissingComponents(vec!["form".into(), "proof".into()]),
            Refusal::NoHolder { step: step.clone(), role: "expert".parse().unwrap(), agency: None },
            Refusal::StepNotOpen(step.clone()),
            Refusal::Flow(FlowError::NoStep(step.clone())),
            Refusal::Flow(FlowError::NotOpen(step.clone())),
            Refusal::Flow(FlowError::NoOutcome(step.clone(), "pass".parse().unwrap())),
            Refusal::Flow(FlowError::NotEarlier { from: step.clone(), to: step }),
            Refusal::HappenedInFuture,
            Refusal::HappenedTooEarly { previous: when },
            Refusal::ReasonMissing,
            Refusal::TooLong { max: 4000 },
            Refusal::SecondSupplementNeedsApproval { first: when },
            Refusal::NoThirdSupplement,
            Refusal::ApprovalNotNeeded,
            Refusal::ExtensionTooLate { due: when },
            Refusal::ExtendedBefore { to: when },
            Refusal::NoTerm,
            Refusal::NothingOwed(2),
            Refusal::WrongAmount { owed: 8000, paid: 5000 },
            Refusal::UnpaidBefore(75_000),
            Refusal::Unpaid(8000),
            Refusal::TooMany { max: 200 },
            Refusal::SameHolder,
        ];
        use calendar::Error as Fault;
        let clocks = [
            Fault::Paused,
            Fault::NotPaused,
            Fault::Finished,
            Fault::Backwards,
            Fault::NotLater,
            Fault::TooManyPauses,
            Fault::Allowance,
        ];
        all.extend(clocks.map(Refusal::Clock));
        for status in Status::ALL {
            let commands = [
                "submit",
                "accept",
                "decline",
                "assign",
                "complete",
                "send_back",
                "request_supplement",
                "approve_second_supplement",
                "receive_supplement",
                "set_obligation",
                "record_payment",
                "waive_obligation",
                "suspend",
                "resume",
                "extend",
                "discontinue",
                "withdraw",
                "return_result",
            ];
            all.extend(commands.map(|command| Refusal::WrongStatus { status: *status, command }));
        }
        all
    }

    fn words(lang: Lang) -> Words {
        let texts = [&web::TEXTS[..], crate::TEXTS].concat();
        Words::new(lang, Arc::new(Texts::new(&texts).unwrap()))
    }

    #[test]
    fn every_refusal_is_a_whole_sentence_in_both_languages() {
        let now = at("2026-11-23T02:14:00Z");
        for lang in [Lang::Vi, Lang::En] {
            let words = words(lang);
            for refusal in every_refusal() {
                let said = sentence(&words, &refusal, now);
                // A text that is missing is shown as its key.
                assert!(said.ends_with('.') && said.contains(' '), "{refusal:?}: {said}");
                assert!(!said.contains("refusal-") && !said.contains("command-"), "{said}");
                assert!(!said.contains("status-") && !said.contains("role-"), "{said}");
            }
        }
    }

    #[test]
    fn every_denial_says_why() {
        let directory = Directory::new("H55".parse().unwrap(), 0, directory::Parts::default());
        let reasons = [
            DenyReason::NoPost,
            DenyReason::Role,
            DenyReason::Agency,
            DenyReason::Field,
            DenyReason::NotHolder,
            DenyReason::Separation,
            DenyReason::Confidential,
            DenyReason::Fault,
        ];
        let (vi, now) = (words(Lang::Vi), at("2026-11-23T02:14:00Z"));
        for reason in reasons {
            let action = identity::access::Action::Extend;
            let denial = Denial { action, reason, who: Vec::new(), policies: Vec::new() };
            let said = denied(&vi, &denial, &directory, now);
            assert!(said.ends_with('.') && !said.contains("denied-"), "{said}");
        }
        for role in Role::ALL {
            assert!(vi.has(&format!("role-{}", role.name())), "{role}");
        }
    }

    #[test]
    fn a_second_request_names_the_day_of_the_first_and_the_way_out() {
        let first = at("2026-11-17T08:40:00Z");
        let refusal = Refusal::SecondSupplementNeedsApproval { first };
        let said = sentence(&words(Lang::Vi), &refusal, at("2026-11-23T02:14:00Z"));
        assert_eq!(
            said,
            "Đã yêu cầu bổ sung một lần lúc 17/11, 15:40. Lần hai cần người đứng đầu cơ quan phê \
             duyệt kèm lý do, và hồ sơ bị tính là quá hạn theo Chỉ số 766."
        );
    }
}
