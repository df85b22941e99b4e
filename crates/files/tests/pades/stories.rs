use files::{
    Kind, Template,
    sign::{Certificates, Fault, Signer, Stamp, Standing, Statement, seals, sign},
};
use kernel::{Instant, Mint};

use crate::checker::{Checker, Opinion};

const PASSWORD: &str = "mật khẩu";
const AGENCY: &str = "UBND phường Phan Đình Phùng";

fn now() -> Instant {
    "2026-11-23T02:15:00Z".parse().unwrap()
}

fn mint() -> Mint {
    Mint::seeded(7)
}

/// A result as the program makes it.
fn result() -> Vec<u8> {
    let source = r#"
        #import "/nd30.typ": *
        #show: official.with(title: "Trích lục khai tử")
        Trích lục khai tử của #json("/data.json").name
    "#;
    let data = serde_json::json!({"name": "Nguyễn Văn Thử"});
    Template::new("result.typ", source).render(&data, now()).unwrap().into_bytes()
}

fn stamp() -> Stamp {
    Stamp::set(&Statement {
        agency: AGENCY.to_owned(),
        at: now(),
        code: "H55.19-261123-0042".to_owned(),
        check: "ABCD-2345".to_owned(),
        link: "https://tinhso.example/kiem-tra/H55.19-261123-0042?ma=ABCD2345".to_owned(),
        place: "tinhso.example/kiem-tra".to_owned(),
    })
    .unwrap()
}

fn signed(pdf: &[u8], signer: &Signer) -> Vec<u8> {
    sign(pdf, signer, &stamp(), "Trả kết quả", now(), &mint()).unwrap()
}

fn own() -> Signer {
    Signer::self_signed(AGENCY, "Tỉnh Thái Nguyên, thử", now(), &mint()).unwrap()
}

fn pem(signer: &Signer) -> String {
    let text = signer.to_pem().unwrap();
    text[..text.find("-----BEGIN PRIVATE KEY").unwrap()].to_owned()
}

fn accepted() -> Opinion {
    Opinion {
        intact: true,
        valid: true,
        trusted: true,
        bottom_line: true,
        untouched: true,
        at: "2026-11-23T09:15:00+07:00".to_owned(),
        by: AGENCY.to_owned(),
    }
}

#[test]
fn a_result_is_signed_and_stamped_and_stays_a_whole_pdf() {
    let (plain, signer) = (result(), own());
    let whole = signed(&plain, &signer);
    assert!(whole.starts_with(&plain), "what was there before stays to the byte");
    Kind::Pdf.check(std::io::Cursor::new(&whole)).unwrap();
    let seals = seals(&whole);
    let [seal] = &seals[..] else { panic!("one signature: {seals:?}") };
    assert!(seal.to_the_end);
    let Standing::Whole(by) = &seal.standing else { panic!("{seal:?}") };
    assert_eq!(by.subject(), AGENCY);
    assert!(by.is_self_issued());
}

#[test]
fn whoever_alters_one_byte_breaks_the_signature() {
    let whole = signed(&result(), &own());
    for at in [20, whole.len() / 3, whole.len() - 2] {
        let mut forged = whole.clone();
        forged[at] ^= 1;
        let standing = seals(&forged).into_iter().map(|seal| seal.standing).next();
        // Where even the structure is gone there is no signature to be found.
        assert!(!matches!(standing, Some(Standing::Whole(_))), "byte {at}: {standing:?}");
    }
}

#[test]
fn a_key_is_kept_for_its_owner_alone_and_found_under_the_code_of_the_agency() {
    let folder = tempfile::tempdir().unwrap();
    let keys = Certificates::at(&folder.path().join("certificates"));
    let code = "H55.19".parse().unwrap();
    assert!(keys.of(&code).unwrap().is_none());
    let signer = own();
    keys.keep(&code, &signer).unwrap();
    let found = keys.of(&code).unwrap().unwrap();
    assert_eq!(found.certificate(), signer.certificate());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let path = folder.path().join("certificates/H55.19.pem");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(keys.of(&code), Err(Fault::Exposed(_))));
    }
}

#[test]
fn what_cannot_be_signed_is_told() {
    let (signer, stamp) = (own(), stamp());
    let try_at = |pdf: &[u8], at| sign(pdf, &signer, &stamp, "Trả kết quả", at, &mint());
    assert!(matches!(try_at(b"%PDF-1.7 no more", now()), Err(Fault::Unreadable(_))));
    let late = "2032-11-23T02:15:00Z".parse().unwrap();
    assert!(matches!(try_at(&result(), late), Err(Fault::NotInForce { .. })));
    let text = own().to_pem().unwrap();
    let other = Signer::self_signed("Khác", "Khác", now(), &Mint::seeded(8)).unwrap();
    let key_of_another = text.replace(&pem(&own()), &pem(&other));
    assert!(matches!(Signer::from_pem(&key_of_another), Err(Fault::CertificateUnfit(_))));
}

#[test]
fn pyhanko_accepts_p256_and_refuses_what_was_altered() {
    let Some(checker) = Checker::find() else { return };
    let signer = own();
    let whole = signed(&result(), &signer);
    assert_eq!(checker.ask(&whole, &pem(&signer)).unwrap(), [accepted()]);

    let mut forged = whole.clone();
    let at = whole.windows(6).position(|six| six == b"stream").unwrap() + 40;
    forged[at] ^= 1;
    let said = checker.ask(&forged, &pem(&signer));
    assert!(
        said.iter().flatten().all(|opinion| !opinion.intact && !opinion.bottom_line),
        "{said:?}"
    );

    let stranger = Signer::self_signed(AGENCY, "Khác", now(), &Mint::seeded(8)).unwrap();
    let said = checker.ask(&whole, &pem(&stranger)).unwrap();
    assert!(said[0].intact && !said[0].trusted, "the certificate must be the trusted one");
}

#[test]
fn pyhanko_accepts_keys_that_an_authority_issued() {
    let Some(checker) = Checker::find() else { return };
    for kind in ["rsa", "p256"] {
        let (file, authority) = checker.issued(kind);
        assert!(matches!(Signer::from_pkcs12(&file, "khác"), Err(Fault::KeyFile(_))));
        let signer = Signer::from_pkcs12(&file, PASSWORD).unwrap();
        let again = Signer::from_pem(&signer.to_pem().unwrap()).unwrap();
        let whole = signed(&result(), &again);
        assert_eq!(checker.ask(&whole, &authority).unwrap(), [accepted()], "{kind}");
        let Standing::Whole(by) = &seals(&whole)[0].standing else { panic!("{kind}") };
        assert!(!by.is_self_issued());
    }
    for kind in ["rsa1024", "p384"] {
        let refused = Signer::from_pkcs12(&checker.issued(kind).0, PASSWORD);
        assert!(matches!(refused, Err(Fault::KeyUnfit(_))), "{kind}: {refused:?}");
    }
}

#[test]
fn an_earlier_signature_stays_whole_and_one_that_forbids_more_is_respected() {
    let Some(checker) = Checker::find() else { return };
    let (file, authority) = checker.issued("p256");
    let signer = Signer::from_pkcs12(&file, PASSWORD).unwrap();
    // Signed by a leader with another program.
    let first = checker.certified(&result(), "0");
    let both = signed(&first, &signer);
    assert!(both.starts_with(&first));
    let said = checker.ask(&both, &authority).unwrap();
    assert_eq!(said.len(), 2);
    assert!(said.iter().all(|opinion| opinion.bottom_line && opinion.untouched), "{said:?}");
    assert_eq!(seals(&both).len(), 2);
    // Certified: whatever the level allows, a new field is more.
    for level in ["1", "2", "3"] {
        let locked = checker.certified(&result(), level);
        let refused = sign(&locked, &signer, &stamp(), "Trả kết quả", now(), &mint());
        assert!(matches!(refused, Err(Fault::Locked)), "level {level}");
    }
}

#[test]
fn a_pdf_with_its_table_in_a_stream_is_signed_as_well() {
    let Some(checker) = Checker::find() else { return };
    let mut document = lopdf::Document::load_mem(&result()).unwrap();
    let mut modern = Vec::new();
    document.save_modern(&mut modern).unwrap();
    let signer = own();
    let whole = signed(&modern, &signer);
    assert_eq!(checker.ask(&whole, &pem(&signer)).unwrap(), [accepted()]);
    // And once more on top.
    let twice = signed(&whole, &signer);
    let said = checker.ask(&twice, &pem(&signer)).unwrap();
    assert_eq!(said, [accepted(), accepted()]);
}
