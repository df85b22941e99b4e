//! Plans as people write them, with and without faults.

use kernel::Mint;

use super::{Step, plan};
use crate::{Agency, AgencyLevel, Directory, Parts, Post, Validity};

const HEADER: &str = "name = \"thu\"\neffective = 2025-07-01\nbasis = \"Nghị quyết\"\n";

/// Three departments, each with a head and an expert; the third alone has a clerk.
fn directory() -> Directory {
    let (mint, at) = (Mint::seeded(1), kernel::from_micros(0));
    let mut parts = Parts::default();
    for (code, roles) in [
        ("H55.01", &["head", "expert"][..]),
        ("H55.02", &["head", "expert"]),
        ("H55.03", &["head", "expert", "clerk"]),
    ] {
        let id = mint.id(at);
        parts.agencies.push(Agency {
            id,
            code: code.parse().unwrap(),
            name: code.into(),
            short_name: code.into(),
            level: AgencyLevel::Department,
            parent: None,
            place: (code == "H55.01").then(|| "05443".parse().unwrap()),
            working_week: None,
            validity: Validity::since(at),
            successor: None,
            former_names: Vec::new(),
        });
        parts.posts.extend(roles.iter().map(|role| Post {
            id: mint.id(at),
            agency: id,
            code: None,
            title: format!("{role} {code}"),
            role: role.parse().unwrap(),
            fields: Vec::new(),
            head: *role == "head",
            validity: Validity::since(at),
            successor: None,
        }));
    }
    Directory::new("H55".parse().unwrap(), 1, parts)
}

/// The faults of a file after the three lines of its header, as people read them.
fn faults(body: &str) -> Vec<String> {
    let text = format!("{HEADER}{body}");
    let found = plan(&directory(), &text, &Mint::seeded(2)).unwrap_err();
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn every_fault_is_named_with_its_line() {
    assert_eq!(faults(""), ["line 1: the plan changes nothing"]);
    assert_eq!(
        faults("[[merge]]\nfrom = [\"H55.01\",\n\"H55.77\"]\ninto = \"H55.88\""),
        [
            "line 6: no open agency has the code H55.77",
            "line 7: no open agency has the code H55.88",
        ]
    );
    assert_eq!(
        faults("[[merge]]\nfrom = [\"H55.03\"]\ninto = \"H55.02\""),
        ["line 5: the post \"clerk H55.03\" (clerk) of H55.03 has no successor in H55.02"]
    );
    assert_eq!(
        faults("[[rename]]\nagency = \"H55.01\"\nnam = \"x\""),
        ["line 6: unknown field `nam`, expected one of `agency`, `name`, `short_name`"]
    );
    assert_eq!(
        faults("[[open]]\ncode = \"H55.01\"\nname = \"x\"\nlevel = \"village\""),
        [
            "line 5: the code H55.01 belongs to an open agency",
            "line 7: a level is province, department, commune or unit, not village",
        ]
    );
    assert_eq!(
        faults("[[place_merge]]\nfrom = [\"05443\"]\ninto = \"05455\""),
        ["line 5: agency H55.01 stays open and stands at 05443, which ends"]
    );
    assert_eq!(
        faults("[[place]]\ncode = \"05443\"\nname = \"Phan Đình Phùng\""),
        ["line 6: the name of a place begins with its kind: Phan Đình Phùng"]
    );
}

#[test]
fn nothing_ends_twice_or_in_itself() {
    let merge =
        |from: &str, into: &str| format!("[[merge]]\nfrom = [\"{from}\"]\ninto = \"{into}\"\n");
    let circle = merge("H55.01", "H55.02") + &merge("H55.02", "H55.01");
    assert_eq!(
        faults(&circle),
        [
            "line 6: H55.01 would become its own successor",
            "line 9: H55.02 would become its own successor",
        ]
    );
    let chain = merge("H55.01", "H55.02") + &merge("H55.02", "H55.03");
    assert_eq!(faults(&chain), ["line 6: H55.02 should take over, and ends in this plan itself"]);
    let twice = merge("H55.01", "H55.02") + &merge("H55.01", "H55.03");
    assert_eq!(faults(&twice), ["line 8: H55.01 ends twice in this plan"]);
}

#[test]
fn a_new_agency_takes_the_seats_along_but_only_one_head() {
    let open = "[[open]]\ncode = \"H55.09\"\nname = \"Mới\"\nlevel = \"department\"\n";
    let both = "[[merge]]\nfrom = [\"H55.01\", \"H55.02\"]\ninto = \"H55.09\"\n";
    assert_eq!(
        faults(&format!("{open}{both}")),
        ["line 9: H55.09 would have two heads; say which post succeeds to which"]
    );
    let one = both.replace(", \"H55.02\"", "");
    let plan = plan(&directory(), &format!("{HEADER}{open}{one}"), &Mint::seeded(2)).unwrap();
    let [Step::Open { agency }, Step::Close { into, posts, .. }] = &plan.steps[..] else {
        panic!("{:?}", plan.steps)
    };
    assert_eq!(into, &[agency.id]);
    let opened = posts.iter().filter_map(|change| change.opens.as_ref());
    let titles: Vec<&str> = opened.map(|post| post.title.as_str()).collect();
    assert_eq!(titles, ["head H55.01", "expert H55.01"]);
}

#[test]
fn a_rule_must_name_a_post_and_an_agency_that_takes_over() {
    let merge = "[[merge]]\nfrom = [\"H55.01\"]\ninto = \"H55.02\"\n";
    let rule = "[[post]]\nagency = \"H55.01\"\nrole = \"pilot\"\n";
    assert_eq!(faults(&format!("{merge}{rule}")), ["line 9: H55.01 has no open post pilot"]);
    let rule = "[[post]]\nagency = \"H55.01\"\nrole = \"expert\"\nto = \"H55.03\"\n";
    assert_eq!(
        faults(&format!("{merge}{rule}")),
        ["line 10: H55.03 does not take over from H55.01"]
    );
}
