//! Prints what a decision, a sealed value and a password cost: `name value unit`, a line each.
//! Run it with `cargo run --release -p identity --example measure`.

use std::{hint::black_box, time::Instant as Stopwatch};

use identity::{
    Login, NewPassword, PasswordHash,
    access::{Access, Action, AgencyLine, CaseFacts, Officer, Role, Seat, Target, TargetKind},
    seal::{Keyring, Label, MasterKey},
};
use kernel::{Id, Instant, Kind, Mint};

const ROUNDS: u32 = 20_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mint = Mint::seeded(1);
    measure("identity.policies_load", 20, || Access::new().is_ok());
    decisions(&mint)?;

    let tenant = "H55".parse()?;
    let ring = Keyring::new(&MasterKey::fresh(&mint));
    let party = id(&mint);
    measure("identity.party_key_fresh", ROUNDS, || ring.fresh(&tenant, party, &mint));
    let (key, wrapped) = ring.fresh(&tenant, party, &mint);
    measure("identity.party_key_unwrap", ROUNDS, || ring.unwrap(&tenant, party, &wrapped));
    measure("identity.seal", ROUNDS, || key.seal(Label::CITIZEN_ID, b"019197008821", &mint));
    measure("identity.blind", ROUNDS, || ring.blind(&tenant, Label::PHONE, "0912345604"));

    let login: Login = "nong.hien".parse()?;
    let password = NewPassword::parse("nắng ấm sau mưa", &login)?;
    measure("identity.password_hash", 20, || PasswordHash::of(&password, &mint));
    Ok(())
}

fn decisions(mint: &Mint) -> Result<(), Box<dyn std::error::Error>> {
    let access = Access::new()?;
    let line = AgencyLine { agency: id(mint), above: vec![id(mint), id(mint)] };
    let case = CaseFacts {
        id: id(mint),
        receiving: line.clone(),
        deciding: line.clone(),
        field: "ho-tich".to_owned(),
        holders: vec![id(mint)],
        received_by: Some(id(mint)),
        separate: true,
        confidential: false,
    };
    let seat = |roles| Seat {
        post: id(mint),
        agency: line.agency,
        roles,
        fields: vec!["ho-tich".to_owned(), "chung-thuc".to_owned()],
        delegated: false,
    };
    let seats = vec![seat(vec![Role::Receiver]), seat(vec![Role::Expert])];
    let officer = Officer { person: id(mint), post: seats[0].post, seats };

    let ask = |action| access.decide(&officer, action, Target::Case(&case));
    measure("identity.decide_allowed", ROUNDS, || ask(Action::Accept));
    measure("identity.decide_denied", ROUNDS, || ask(Action::CompleteStep));
    measure("identity.decide_every_case_action", ROUNDS / 10, || {
        let question = access.about(&officer, Target::Case(&case));
        let actions = Action::ALL.iter().filter(|action| action.target() == TargetKind::Case);
        actions.filter(|action| question.decide(**action).is_allowed()).count()
    });
    Ok(())
}

fn measure<T>(name: &str, rounds: u32, mut work: impl FnMut() -> T) {
    let start = Stopwatch::now();
    for _ in 0..rounds {
        black_box(work());
    }
    println!("{name} {:.2} us", start.elapsed().as_secs_f64() * 1e6 / f64::from(rounds));
}

fn id<K: Kind>(mint: &Mint) -> Id<K> {
    mint.id(Instant::UNIX_EPOCH)
}
