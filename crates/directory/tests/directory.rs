//! The demonstration province, entered and asked, on both stores.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::Arc;

use directory::{
    AgencyLevel, CurrentDirectory, Delegation, Directory, DirectoryChange, Error, Holding, Person,
    RoleCode, Seat, Validity, demo, edit,
};
use kernel::{Instant, Mint, PostId, Tenant};
use store::{Store, Tx, store_test};

fn tenant() -> Tenant {
    demo::tenant().unwrap()
}
fn day(text: &str) -> Instant {
    kernel::from_local(text.parse::<jiff::civil::Date>().unwrap().at(8, 0, 0, 0))
}
fn province(store: &Store) -> demo::Demo {
    store.migrate(&[directory::MIGRATIONS]).unwrap();
    let mint = Mint::seeded(7);
    let enter = move |tx: &mut Tx<'_>| demo::load(tx, &mint, day("2025-07-01"));
    store.write(enter).wait().unwrap()
}
fn change<T: Send + 'static>(
    store: &Store,
    work: impl Fn(&mut directory::Edit<'_, '_>) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let write = move |tx: &mut Tx<'_>| edit(tx, &tenant(), &work).map(|(answer, _)| answer);
    store.write(write).wait()
}
fn titles(directory: &Directory, posts: &[PostId]) -> Vec<String> {
    let mut titles: Vec<String> =
        posts.iter().map(|post| directory.post(*post).unwrap().title.clone()).collect();
    titles.sort();
    titles
}

store_test!(
    fn the_province_is_staffed_so_that_procedures_can_run(store: Store) {
        let demo = province(&store);
        let current = CurrentDirectory::open(store, tenant()).unwrap();
        let directory = current.get();
        let now = day("2026-11-23");

        let ward = directory.agency(demo.agencies["phuong-phan-dinh-phung"]).unwrap();
        assert_eq!(ward.code.as_str(), "H55.62");
        assert_eq!(ward.name, "Ủy ban nhân dân phường Phan Đình Phùng");
        assert_eq!(ward.place.as_ref().unwrap().as_str(), "05443");
        assert_eq!(directory.agency_by_code(&ward.code), Some(ward));
        let above: Vec<&str> = directory
            .ancestors(ward.id)
            .iter()
            .map(|id| directory.agency(*id).unwrap().code.as_str())
            .collect();
        assert_eq!(above, ["H55"]);
        let communes = directory
            .children(demo.agencies["ubnd-tinh"])
            .iter()
            .filter(|id| directory.agency(**id).unwrap().level == AgencyLevel::Commune);
        assert_eq!(communes.count(), 92);

        let ask =
            |role, field| titles(&directory, &directory.candidates(ward.id, role, field, now));
        assert_eq!(ask("expert", "Hộ tịch"), ["Công chức tư pháp - hộ tịch"]);
        assert_eq!(ask("expert", "hộ  TỊCH"), ["Công chức tư pháp - hộ tịch"]);
        // A field that nobody names goes to whoever handles all of them.
        assert_eq!(ask("expert", "Bưu chính"), ["Công chức Văn phòng HĐND và UBND phường"]);
        // A step for the head is signed by the deputy of the field, or else by the head.
        assert_eq!(
            ask("head", "Hoạt động xây dựng"),
            ["Phó Chủ tịch UBND phường, Giám đốc Trung tâm PVHCC"]
        );
        assert_eq!(ask("head", "Bưu chính"), ["Chủ tịch UBND phường"]);
        assert_eq!(ask("receiver", "Hộ tịch").len(), 3);
        assert!(ask("astrologer", "Hộ tịch").is_empty());
        let before = day("2025-06-30");
        assert!(directory.candidates(ward.id, "expert", "Hộ tịch", before).is_empty());
        let head = directory.head_of(ward.id, now).unwrap();
        assert_eq!(head, demo.posts["phuong-phan-dinh-phung/chu-tich"]);
        let hien = demo.posts["phuong-phan-dinh-phung/nong-thi-hien"];
        assert_eq!(directory.holder(hien, now).unwrap().name, "Nông Thị Hiền");

        for agency in directory.agencies().filter(|a| a.level == AgencyLevel::Commune) {
            for role in ["receiver", "expert", "head", "returner", "clerk", "inspector"] {
                let able = directory.candidates(agency.id, role, "Hộ tịch", now);
                assert!(!able.is_empty(), "{} has no {role}", agency.name);
            }
        }
        for agency in directory.agencies().filter(|a| a.level == AgencyLevel::Department) {
            for role in ["expert", "head"] {
                assert!(!directory.candidates(agency.id, role, "Đất đai", now).is_empty());
            }
        }
        let mut names: Vec<&str> = directory.persons().map(|p| p.name.as_str()).collect();
        let people = names.len();
        names.sort_unstable();
        names.dedup();
        assert!(people > 400 && people - names.len() < 10, "{people} {}", names.len());
        assert!(directory.persons().all(|p| p.note.contains("hư cấu")));
    }
);

store_test!(
    fn both_desks_know_every_field_of_the_demonstration(store: Store) {
        let demo = province(&store);
        let directory = CurrentDirectory::open(store, tenant()).unwrap().get();
        for desk in ["trung-tam", "phuong-phan-dinh-phung"] {
            for field in [
                "Hộ tịch",
                "Chứng thực",
                "Cư trú",
                "Đất đai",
                "Đăng ký kinh doanh",
                "Thành lập hộ kinh doanh",
                "Xây dựng",
                "Bảo trợ xã hội",
                "Y tế",
                "Giáo dục",
                "Đường bộ",
                "Nông nghiệp",
                "Chăn nuôi",
                "Lâm nghiệp",
                "Môi trường",
                "Việc làm",
                "Văn hóa",
                "An toàn thực phẩm",
            ] {
                let at = day("2026-11-23");
                let named = |role| {
                    let able = directory.candidates(demo.agencies[desk], role, field, at);
                    able.iter().any(|id| !directory.post(*id).unwrap().fields.is_empty())
                };
                assert!(named(RoleCode::EXPERT), "{desk}: {field}");
                assert!(named(RoleCode::HEAD), "{desk}: {field}");
            }
        }
    }
);

store_test!(
    fn a_snapshot_stands_still_until_somebody_refreshes_it(store: Store) {
        let demo = province(&store);
        let current = CurrentDirectory::open(store.clone(), tenant()).unwrap();
        let before = current.get();
        assert_eq!(before.version(), 1, "one edit, however much it enters");
        assert!(!current.refresh().unwrap());

        let post = demo.posts["phuong-phan-dinh-phung/ma-van-khanh"];
        let noon = day("2026-11-23");
        assert!(change(&store, move |edit| edit.end_holding(post, noon)).unwrap().is_some());
        assert_eq!(current.get().version(), 1);
        assert!(current.refresh().unwrap());
        assert_eq!(current.get().version(), 2);
        assert!(current.get().holder(post, noon).is_none());
        assert_eq!(current.get().holder(post, day("2026-11-20")).unwrap().name, "Ma Văn Khánh");
        assert!(before.holder(post, noon).is_some(), "who holds the old one sees the old one");
    }
);

store_test!(
    fn the_deputy_who_travels_lets_the_head_sign(store: Store) {
        let demo = province(&store);
        let key = |slug: &str| format!("phuong-phan-dinh-phung/{slug}");
        let (deputy, head) = (demo.posts[&key("tran-thu-ha")], demo.posts[&key("chu-tich")]);
        let expert = demo.posts[&key("dang-quoc-bao")];
        let mint = Mint::seeded(8);
        let away = Validity::between(day("2026-11-23"), day("2026-11-28")).unwrap();
        let delegation = |from, to| Delegation {
            id: mint.id(away.from),
            from,
            to,
            scope: "Ký giấy phép xây dựng".into(),
            validity: away,
        };
        let (given, onward) = (delegation(deputy, head), delegation(head, expert));
        let (own, id) = (delegation(deputy, deputy), given.id);
        change(&store, move |edit| edit.delegate(&given)).unwrap();
        // Who is delegated to does not delegate further, and nobody acts for himself.
        let refused = change(&store, move |edit| edit.delegate(&onward));
        assert!(matches!(refused, Err(Error::Delegation(_))));
        assert!(matches!(change(&store, move |e| e.delegate(&own)), Err(Error::Delegation(_))));

        let current = CurrentDirectory::open(store.clone(), tenant()).unwrap();
        let person = demo.persons[&key("chu-tich")];
        let seats = |at| current.get().posts_of(person, day(at));
        let (own, acting) =
            (Seat { post: head, acting_for: None }, Seat { post: head, acting_for: Some(deputy) });
        assert_eq!(seats("2026-11-20"), [own]);
        assert_eq!(seats("2026-11-24"), [own, acting]);
        assert_eq!(seats("2026-11-30"), [own]);

        let back = day("2026-11-25");
        change(&store, move |edit| edit.end_delegation(id, back)).unwrap();
        current.refresh().unwrap();
        assert_eq!(seats("2026-11-24"), [own, acting]);
        assert_eq!(seats("2026-11-26"), [own]);
        let again = change(&store, move |edit| edit.end_delegation(id, back));
        assert!(matches!(again, Err(Error::NoDelegation(_))));
    }
);

store_test!(
    fn nobody_sits_on_anothers_lap_and_no_code_is_given_twice(store: Store) {
        let demo = province(&store);
        let directory = CurrentDirectory::open(store.clone(), tenant()).unwrap().get();
        let mint = Arc::new(Mint::seeded(9));
        let at = day("2026-11-23");
        let post = demo.posts["so-xay-dung/chuyen-vien-1"];
        let newcomer = Person {
            id: mint.id(at),
            code: None,
            name: "Hoàng Thị Mới".into(),
            note: String::new(),
            validity: Validity::since(at),
        };
        let (person, id) = (newcomer.clone(), newcomer.id);
        let sit = move |edit: &mut directory::Edit<'_, '_>| {
            edit.add_person(&person)?;
            edit.hold(&Holding { post, person: id, validity: Validity::since(at) })
        };
        let refused = change(&store, sit.clone());
        assert!(matches!(refused, Err(Error::PostHeld { holder, .. })
            if holder == demo.persons["so-xay-dung/chuyen-vien-1"]));
        change(&store, move |edit| edit.end_holding(post, at)).unwrap();
        change(&store, sit).unwrap();

        let mut second = directory.agency(demo.agencies["so-xay-dung"]).unwrap().clone();
        second.id = mint.id(at);
        let refused = change(&store, move |edit| edit.add_agency(&second));
        assert!(matches!(refused, Err(Error::CodeTaken(code)) if code.as_str() == "H55.10"));

        let agency = demo.agencies["so-xay-dung"];
        change(&store, move |e| e.rename_agency(agency, "Sở Xây dựng và Giao thông", "SXD", at))
            .unwrap();
        let directory = CurrentDirectory::open(store, tenant()).unwrap().get();
        let renamed = directory.agency(agency).unwrap();
        assert_eq!(renamed.name_at(day("2026-11-20")), "Sở Xây dựng tỉnh Thái Nguyên");
        assert_eq!(renamed.name_at(at), "Sở Xây dựng và Giao thông");
    }
);

store_test!(
    fn every_change_is_a_fact_without_a_persons_name(store: Store) {
        let demo = province(&store);
        let text = serde_json::to_string(&demo.changes).unwrap();
        assert!(!text.contains("Nông Thị Hiền"));
        assert!(text.contains("Phan Đình Phùng"));
        let back: Vec<DirectoryChange> = serde_json::from_str(&text).unwrap();
        assert_eq!(back, demo.changes);
        let opened = back.iter().filter(|c| c.kind() == "directory.agency_opened").count();
        assert_eq!(opened, demo.agencies.len());
        assert_eq!(opened, 112);
    }
);
