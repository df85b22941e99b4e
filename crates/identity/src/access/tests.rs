use std::fmt::Write;

use kernel::{AgencyId, Mint, from_micros};

use super::*;

/// A province, one commune in it, another commune, and one dossier of the first commune in the
/// hands of its expert.
struct Town {
    access: Access,
    mint: Mint,
    province: AgencyId,
    other_commune: AgencyId,
    case: CaseFacts,
}

impl Town {
    fn new() -> Self {
        let mint = Mint::seeded(7);
        let (province, commune) = (id(&mint), id(&mint));
        let line = AgencyLine { agency: commune, above: vec![province] };
        let case = CaseFacts {
            id: id(&mint),
            receiving: line.clone(),
            deciding: line,
            field: "ho-tich".to_owned(),
            holders: vec![id(&mint)],
            received_by: None,
            separate: false,
            confidential: false,
        };
        Self { access: Access::new().unwrap(), province, other_commune: id(&mint), case, mint }
    }

    fn commune(&self) -> AgencyId {
        self.case.deciding.agency
    }

    /// An officer with one post of this role at this agency.
    fn officer(&self, role: Role, agency: AgencyId) -> Officer {
        let post = id(&self.mint);
        let seat = Seat { post, agency, roles: vec![role], fields: vec![], delegated: false };
        Officer { person: id(&self.mint), post, seats: vec![seat] }
    }

    /// The expert who holds the dossier.
    fn holder(&self) -> Officer {
        let mut officer = self.officer(Role::Expert, self.commune());
        officer.post = self.case.holders[0];
        officer.seats[0].post = officer.post;
        officer
    }

    fn ask(&self, officer: &Officer, action: Action) -> Decision {
        let target = match action.target() {
            TargetKind::Case => Target::Case(&self.case),
            TargetKind::Agency => Target::Agency(&self.case.deciding),
        };
        self.access.decide(officer, action, target)
    }

    fn refusal(&self, officer: &Officer, action: Action) -> Denial {
        match self.ask(officer, action) {
            Decision::Denied(denial) => *denial,
            Decision::Allowed => panic!("{action} was allowed"),
        }
    }
}

fn id<K: kernel::Kind>(mint: &Mint) -> kernel::Id<K> {
    mint.id(from_micros(0))
}

#[test]
fn the_matrix_of_roles_and_actions() {
    let town = Town::new();
    let (here, above, elsewhere) = (town.commune(), town.province, town.other_commune);
    let cast = [
        ("receiver", town.officer(Role::Receiver, here)),
        ("returner", town.officer(Role::Returner, here)),
        ("holder", town.holder()),
        ("clerk", town.officer(Role::Clerk, here)),
        ("colleague", town.officer(Role::Expert, here)),
        ("deputy", town.officer(Role::DeputyHead, here)),
        ("head", town.officer(Role::Head, here)),
        ("head_above", town.officer(Role::Head, above)),
        ("contr_above", town.officer(Role::Controller, above)),
        ("admin_above", town.officer(Role::Administrator, above)),
        ("recv_other", town.officer(Role::Receiver, elsewhere)),
    ];
    let mut table = format!("{:<26}", "");
    for (name, _) in &cast {
        write!(table, "{name:<14}").unwrap();
    }
    for action in Action::ALL {
        write!(table, "\n{:<26}", action.name()).unwrap();
        for (_, officer) in &cast {
            let cell = match town.ask(officer, *action) {
                Decision::Allowed => "yes",
                Decision::Denied(denial) => match denial.reason {
                    DenyReason::Role => "-",
                    reason => reason.code(),
                },
            };
            write!(table, "{cell:<14}").unwrap();
        }
    }
    let table: Vec<&str> = table.lines().map(str::trim_end).collect();
    insta::assert_snapshot!(table.join("\n"));
}

#[test]
fn an_administrator_sees_no_dossier() {
    let town = Town::new();
    let admin = town.officer(Role::Administrator, town.province);
    for action in Action::ALL.iter().filter(|action| action.target() == TargetKind::Case) {
        assert!(!town.ask(&admin, *action).is_allowed(), "{action}");
    }
    assert!(town.ask(&admin, Action::ManageAccounts).is_allowed());
}

#[test]
fn whoever_received_does_not_decide_where_the_step_says_so() {
    let mut town = Town::new();
    let officer = town.holder();
    town.case.received_by = Some(officer.person);
    assert!(town.ask(&officer, Action::CompleteStep).is_allowed(), "the step does not ask for it");

    town.case.separate = true;
    let refusal = town.refusal(&officer, Action::CompleteStep);
    assert_eq!(refusal.reason, DenyReason::Separation);
    assert_eq!(refusal.policies, ["who-received-does-not-decide"]);
    assert!(refusal.who.contains(&Who::Role(Role::Head, town.commune())), "who can hand it on");

    let colleague = Officer { person: id(&town.mint), ..officer };
    assert!(town.ask(&colleague, Action::CompleteStep).is_allowed());
}

#[test]
fn a_refusal_names_the_nearest_miss_and_who_could() {
    let town = Town::new();
    let could = vec![Who::Role(Role::Receiver, town.commune())];

    let expert = town.refusal(&town.officer(Role::Expert, town.commune()), Action::Accept);
    assert_eq!((expert.reason, &expert.who), (DenyReason::Role, &could));

    let elsewhere = town.officer(Role::Receiver, town.other_commune);
    let refusal = town.refusal(&elsewhere, Action::Accept);
    assert_eq!((refusal.reason, &refusal.who), (DenyReason::Agency, &could));

    let mut land_only = town.officer(Role::Receiver, town.commune());
    land_only.seats[0].fields = vec!["dat-dai".to_owned()];
    assert_eq!(town.refusal(&land_only, Action::Accept).reason, DenyReason::Field);
    land_only.seats[0].fields.push("Hộ tịch".to_owned());
    assert!(town.ask(&land_only, Action::Accept).is_allowed());

    let mut deputy = town.officer(Role::DeputyHead, town.commune());
    deputy.seats[0].fields = vec!["dat-dai".to_owned()];
    assert_eq!(town.refusal(&deputy, Action::Extend).reason, DenyReason::Field);
    assert!(town.ask(&deputy, Action::View).is_allowed(), "they see all of their agency");

    let colleague = town.officer(Role::Expert, town.commune());
    let refusal = town.refusal(&colleague, Action::CompleteStep);
    assert_eq!(refusal.reason, DenyReason::NotHolder);
    assert_eq!(refusal.who, [Who::Holder(town.case.holders[0])]);

    let former = Officer { seats: vec![], ..colleague };
    assert_eq!(town.refusal(&former, Action::View).reason, DenyReason::NoPost);
}

#[test]
fn delegation_lets_another_post_act_as_the_holder() {
    let town = Town::new();
    let mut stand_in = town.officer(Role::Expert, town.commune());
    assert!(!town.ask(&stand_in, Action::CompleteStep).is_allowed());
    assert_eq!(stand_in.holds(&town.case.holders), None);

    let delegated = Seat { delegated: true, ..town.holder().seats.remove(0) };
    stand_in.seats.push(delegated.clone());
    assert!(town.ask(&stand_in, Action::CompleteStep).is_allowed());
    assert_eq!(stand_in.holds(&town.case.holders), Some(&delegated));
}

#[test]
fn receiving_and_deciding_agency_are_two_things() {
    let mut town = Town::new();
    let elsewhere = AgencyLine { agency: town.other_commune, above: vec![town.province] };
    town.case.receiving = elsewhere;
    let there = town.officer(Role::Receiver, town.other_commune);
    let here = town.officer(Role::Receiver, town.commune());
    assert!(town.ask(&there, Action::ReturnResult).is_allowed());
    assert_eq!(town.refusal(&here, Action::ReturnResult).reason, DenyReason::Agency);

    let head_there = town.officer(Role::Head, town.other_commune);
    assert!(town.ask(&head_there, Action::View).is_allowed(), "their counter answers for it");
    assert!(!town.ask(&head_there, Action::Extend).is_allowed());
}

#[test]
fn a_confidential_dossier_stays_with_those_who_work_on_it() {
    let mut town = Town::new();
    town.case.confidential = true;
    let receiver = town.officer(Role::Receiver, town.commune());
    let head_above = town.officer(Role::Head, town.province);
    assert_eq!(town.refusal(&receiver, Action::View).reason, DenyReason::Confidential);
    assert_eq!(town.refusal(&head_above, Action::View).reason, DenyReason::Confidential);
    assert!(town.ask(&town.holder(), Action::View).is_allowed());
    assert!(town.ask(&town.officer(Role::Head, town.commune()), Action::View).is_allowed());

    town.case.received_by = Some(receiver.person);
    assert!(town.ask(&receiver, Action::View).is_allowed());
}

#[test]
fn an_action_on_the_wrong_kind_of_target_is_a_fault_not_a_permission() {
    let town = Town::new();
    let head = town.officer(Role::Head, town.commune());
    let wrong = town.access.decide(&head, Action::List, Target::Case(&town.case));
    let Decision::Denied(denial) = wrong else { panic!("allowed") };
    assert_eq!(denial.reason, DenyReason::Fault);
}

#[test]
fn policies_that_do_not_hold_together_stop_the_start() {
    let try_policy = |text: &str| Access::from_texts(rules::SCHEMA, &[("draft", text)]).err();

    assert!(matches!(try_policy("permit (principal"), Some(PolicyError::Syntax { .. })));
    let misspelt = r#"@id("x") @who("holder")
        permit (principal is Officer, action == Action::"accept", resource is Case)
        when { resource.colour == "red" };"#;
    assert!(matches!(try_policy(misspelt), Some(PolicyError::Invalid(_))));
    let nameless = r#"@who("holder") permit (principal, action == Action::"accept", resource);"#;
    assert!(matches!(try_policy(nameless), Some(PolicyError::Annotation { annotation: "id", .. })));
    let silent = r#"@id("x") permit (principal, action == Action::"accept", resource);"#;
    assert!(matches!(try_policy(silent), Some(PolicyError::Annotation { annotation: "who", .. })));
    let short = rules::SCHEMA.replace("take_queue_ticket,", "");
    assert_eq!(
        Access::from_texts(&short, &[]).err(),
        Some(PolicyError::Actions("take_queue_ticket".to_owned()))
    );
}

/// If you are here because this failed: an action that no policy permits can never be done.
/// Write the permission into the file of `policies/` whose heading fits.
#[test]
fn every_action_is_permitted_to_somebody() {
    let access = Access::new().unwrap();
    for action in Action::ALL {
        assert!(!access.rules.of(*action).permits.is_empty(), "{action}");
    }
}
