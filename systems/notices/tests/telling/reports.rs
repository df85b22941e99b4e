//! Who reported something is told what became of it.

use feedback::{
    Feedback,
    category::Category,
    commands::{self, Approval, NewReport, Sorting},
    geo::Point,
    model::{Refusal, Report},
};
use kernel::{CaseId, PartyId, PostId};
use notices::Address;
use store::{Tx, args, store_test};
use web::SignedIn;

use crate::house::{House, run};

const HUB: &str = "trung-tam/tiep-nhan-3";
const HEAD: &str = "phuong-phan-dinh-phung/chu-tich";

impl House {
    async fn does_feedback<T: Send + 'static>(
        &self,
        mut work: impl FnMut(&mut Tx<'_>, &Feedback) -> feedback::Result<T> + Send + 'static,
    ) -> T {
        let feedback = Feedback::open(self.walls.desk.clone());
        let store = feedback.front.store.clone();
        store.write(move |tx| work(tx, &feedback)).await.unwrap()
    }

    async fn reports(&self, who: Option<PartyId>, category: Category) -> Report {
        let new = NewReport {
            text: "Ổ gà to trước số nhà 128, cháu Mẩy ngã gãy tay.".into(),
            category,
            suggested: None,
            place: "05443".parse().ok(),
            point: Point::new(21.5942, 105.848),
            address: String::new(),
            name: "Lò Thị Mẩy".into(),
            phone: None,
            email: None,
            anonymous: true,
            wanted_shown: true,
            photos: Vec::new(),
            attributes: serde_json::Map::new(),
            source: "web".into(),
            party: who,
            reopens: None,
            to: None,
        };
        let now = self.walls.desk.now();
        self.does_feedback(move |tx, feedback| {
            let sent = commands::report(tx, feedback, &new, now)?;
            let found = feedback::model::by_case(tx, &feedback.front.tenant, sent.case.id)?;
            found.ok_or(feedback::Error::NoSuchReport)
        })
        .await
    }

    async fn officer(&self, slug: &str) -> SignedIn {
        let cookie = self.walls.sign_in(slug);
        self.walls.officer(&cookie).await
    }

    async fn forwards(&self, report: &Report) {
        let (me, case) = (self.officer(HUB).await, report.case);
        let directory = self.walls.desk.front.directory.get();
        let post = directory.posts_of(self.walls.persons[HEAD], self.walls.desk.now())[0].post;
        let sorting = Sorting {
            category: report.category,
            place: report.place.clone(),
            agency: directory.post(post).unwrap().agency,
            show: true,
            public_text: "Ổ gà to giữa đường.".into(),
            public_place: String::new(),
        };
        self.does_feedback(move |tx, feedback| {
            commands::sort(tx, feedback, &me, case, None, &sorting).map(drop)
        })
        .await;
    }

    /// Whoever holds it now.
    async fn holder(&self, case: CaseId) -> SignedIn {
        let tenant = self.walls.desk.front.tenant.clone();
        let read = self.walls.desk.front.store.read(move |tx| {
            let sql = "select post_id from work_item where tenant = $1 and case_id = $2";
            tx.one(sql, args!(&tenant, case), |row| row.get::<PostId>(0))
        });
        let post = read.await.map_err(|error: store::Error| error).unwrap();
        let directory = self.walls.desk.front.directory.get();
        let person = directory.holder(post, self.walls.desk.now()).unwrap().id;
        let slug = self.walls.persons.iter().find(|(_, id)| **id == person).unwrap().0.clone();
        self.officer(&slug).await
    }

    async fn answers(&self, report: &Report) {
        let case = report.case;
        let expert = self.holder(case).await;
        self.does_feedback(move |tx, feedback| {
            commands::answer(tx, feedback, &expert, case, "Đã vá cho cháu Mẩy.", &[])
        })
        .await;
        let head = self.holder(case).await;
        self.does_feedback(move |tx, feedback| commands::approve(tx, feedback, &head, case)).await;
    }

    /// What came to the telephone since.
    async fn texts(&self) -> Vec<String> {
        let before = self.gateway.came().len();
        self.tells().await;
        let came = self.gateway.came();
        let text = |body: &[u8]| {
            let said: serde_json::Value = serde_json::from_slice(body).unwrap();
            said["text"].as_str().unwrap().to_owned()
        };
        came[before..].iter().map(|came| text(&came.body)).collect()
    }

    fn later(&self, minutes: i64) {
        let now = self.walls.desk.now() + jiff::SignedDuration::from_mins(minutes);
        self.walls.clock.set(now);
    }
}

fn sms() -> Address {
    Address::Sms("0912345604".parse().unwrap())
}

store_test!(
    fn the_reporter_is_told_each_step_of_a_report_and_nothing_of_what_it_says(store: Store) {
        run(store, async |house| {
            let who = house.citizen();
            house.told_at(&who, sms()).await;
            let report = house.reports(Some(who.party), Category::Roads).await;
            let mut all = Vec::new();
            let [text] = &house.texts().await[..] else { panic!("one") };
            assert!(text.contains("da duoc ghi nhan"), "{text}");
            all.push(text.clone());

            house.later(2);
            house.forwards(&report).await;
            let [text] = &house.texts().await[..] else {
                panic!("one, and not that it was taken on")
            };
            assert!(
                text.contains("da duoc chuyen den") && text.contains("Phan Dinh Phung"),
                "{text}"
            );
            all.push(text.clone());

            house.later(30);
            let (case, expert) = (report.case, house.holder(report.case).await);
            house
                .does_feedback(move |tx, feedback| {
                    commands::ask(tx, feedback, &expert, case, "Nhà cháu Mẩy ở ngõ nào?")
                })
                .await;
            let [text] = &house.texts().await[..] else { panic!("one") };
            assert!(text.contains("can ong/ba cho biet them"), "{text}");
            all.push(text.clone());
            let now = house.walls.desk.now();
            house
                .does_feedback(move |tx, feedback| {
                    commands::supply(tx, feedback, case, "Ngõ 23, nhà Mẩy.", &[], now)
                })
                .await;
            all.extend(house.texts().await);

            house.later(30);
            house.answers(&report).await;
            let [text] = &house.texts().await[..] else { panic!("one") };
            assert!(text.contains("da co tra loi"), "{text}");
            all.push(text.clone());
            house.later(30);
            let hub = house.officer(HUB).await;
            let approval = Approval { answer: "Đã vá.".into(), photos: Vec::new() };
            house
                .does_feedback(move |tx, feedback| {
                    commands::publish(tx, feedback, &hub, case, &approval)
                })
                .await;
            let [text] = &house.texts().await[..] else { panic!("one") };
            assert!(text.contains("da duoc cong khai"), "{text}");
            all.push(text.clone());

            let now = house.walls.desk.now();
            house
                .does_feedback(move |tx, feedback| {
                    commands::reopen(tx, feedback, case, "Mới vá một nửa.", now).map(drop)
                })
                .await;
            let texts = house.texts().await;
            let [text] = &texts[..] else {
                panic!("one, and not that something came in: {texts:?}")
            };
            assert!(text.contains("da duoc mo lai"), "{text}");
            all.push(text.clone());

            assert_eq!(all.len(), 7);
            for text in &all {
                assert!(text.contains(report.code.as_str()), "{text}");
                assert!(text.contains(&format!("/phan-anh/{}", report.code)), "{text}");
                for secret in ["May", "128", "ga", "ngo", "va."] {
                    assert!(!text.split([' ', ',']).any(|word| word == secret), "{secret}: {text}");
                }
            }
            let sent = house.events("notice.sent").await;
            assert_eq!(sent.len(), 7, "each is an event of the journal");
        });
    }
);

store_test!(
    fn of_conduct_a_notice_says_no_more_than_that_there_is_news(store: Store) {
        run(store, async |house| {
            let who = house.citizen();
            house.told_at(&who, sms()).await;
            if house.postman.is_some() {
                house.told_at(&who, Address::email("hoa@example.vn").unwrap()).await;
            }
            let report = house.reports(Some(who.party), Category::Conduct).await;
            let [text] = &house.texts().await[..] else { panic!("one") };
            assert!(text.contains("Co tin moi ve phan anh cua ong/ba"), "{text}");
            assert!(text.contains("/phan-anh/cua-toi"), "{text}");
            house.later(60);
            house.answers(&report).await;
            let mut all = vec![text.clone()];
            all.extend(house.texts().await);
            assert_eq!(all.len(), 2, "{all:?}");
            if let Some(postman) = &house.postman {
                for mail in postman.taken(2) {
                    all.extend([mail.head.clone(), mail.body.clone()]);
                }
            }
            let agency = report.code.as_str().split('-').next().unwrap();
            for said in &all {
                for secret in [report.code.as_str(), agency, "Thanh tra", "thanh tra"] {
                    assert!(!said.contains(secret), "{secret}: {said}");
                }
            }
        });
    }
);

store_test!(
    fn refused_joined_and_late_are_told_and_who_left_no_address_is_not_sought(store: Store) {
        run(store, async |house| {
            let who = house.citizen();
            house.told_at(&who, sms()).await;
            // Without signing in, the page with its key is all.
            let unknown = house.reports(None, Category::Roads).await;
            house.later(2);
            house.forwards(&unknown).await;
            assert!(house.texts().await.is_empty());

            // Joined to it: the one who is known is told, and gets the answer of the other.
            let report = house.reports(Some(who.party), Category::Roads).await;
            house.tells().await;
            let hub = house.officer(HUB).await;
            let (case, into) = (report.case, unknown.case);
            house.later(2);
            house
                .does_feedback(move |tx, feedback| {
                    commands::merge(tx, feedback, &hub, case, into).map(drop)
                })
                .await;
            let [text] = &house.texts().await[..] else {
                panic!("one, and not that it was refused")
            };
            assert!(text.contains("duoc gop") && text.contains(report.code.as_str()), "{text}");
            house.later(60);
            house.answers(&unknown).await;
            assert!(house.texts().await.is_empty(), "not before it is published");
            let hub = house.officer(HUB).await;
            let approval = Approval { answer: "Đã vá.".into(), photos: Vec::new() };
            house
                .does_feedback(move |tx, feedback| {
                    commands::publish(tx, feedback, &hub, into, &approval)
                })
                .await;
            let [text] = &house.texts().await[..] else { panic!("one") };
            assert!(
                text.contains("da co tra loi") && text.contains(report.code.as_str()),
                "{text}"
            );

            let report = house.reports(Some(who.party), Category::Roads).await;
            house.tells().await;
            let (hub, case) = (house.officer(HUB).await, report.case);
            house.later(2);
            house
                .does_feedback(move |tx, feedback| {
                    let why = "Ông bà Mẩy ghi thêm số nhà.";
                    commands::refuse(tx, feedback, &hub, case, Refusal::Unclear, why)
                })
                .await;
            let [text] = &house.texts().await[..] else { panic!("one") };
            assert!(text.contains("khong duoc tiep nhan") && !text.contains("so nha"), "{text}");

            let report = house.reports(Some(who.party), Category::Roads).await;
            house.later(2);
            house.forwards(&report).await;
            house.tells().await;
            // Ten days on, in the morning.
            house.walls.at("2026-12-03T02:00:00Z");
            let now = house.walls.desk.now();
            house.does_feedback(move |tx, feedback| commands::escalate(tx, feedback, now)).await;
            let [text] = &house.texts().await[..] else { panic!("one") };
            assert!(text.contains("chua tra loi kip hen"), "{text}");
            assert!(text.contains("nguoi dung dau da duoc bao"), "{text}");
        });
    }
);
