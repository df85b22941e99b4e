//! The counter, the queue and the list of online filings, as people use them.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use casework::{Channel, Status};
use files::Sha256Hash;
use kernel::{AgencyId, CaseCode, PostId};
use one_stop::{
    commands::{self, CounterFiling, Ticket},
    queries,
    testing::{Answer, House},
};
use store::store_test;

/// Monday 23/11/2026, 09:14: the day before the Day of Vietnamese Culture.
const MORNING: &str = "2026-11-23T02:14:00Z";
const RECEIVER: &str = "phuong-phan-dinh-phung/nong-thi-hien";
const SECOND_RECEIVER: &str = "phuong-phan-dinh-phung/tiep-nhan-2";
const EXPERT: &str = "phuong-phan-dinh-phung/ma-van-khanh";

fn pdf() -> Vec<u8> {
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>\
      endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
        .to_vec()
}

fn run<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(story)
}

/// A birth registration, filled in as it should be.
fn birth() -> Vec<(&'static str, String)> {
    [
        ("thu-tuc", "1.001193"),
        ("so", "019 197 008 821"),
        ("ho-ten", "Hoàng Thị Mai Sương"),
        ("ngay-sinh-nguoi-nop", "03/08/1997"),
        ("dien-thoai", "0912 345 604"),
        ("dia-chi", "Tổ 12, phường Phan Đình Phùng"),
        ("nhan-ket-qua", "quay"),
        ("t-ho_ten_tre", "Lường Hoàng Minh An"),
        ("t-ngay_sinh", "14/11/2026"),
        ("t-gioi_tinh", "nu"),
        ("t-dan_toc", "Tày"),
        ("t-noi_sinh", "phuong phan dinh phung"),
        ("t-que_quan", "Xã Ba Bể"),
        ("t-nguoi_di_khai", "cha_me"),
        ("co-to-khai", "1"),
        ("co-giay-to-tuy-than", "1"),
        ("do", "nhan"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

fn with(
    mut form: Vec<(&'static str, String)>,
    name: &'static str,
    value: &str,
) -> Vec<(&'static str, String)> {
    form.retain(|(known, _)| *known != name);
    form.push((name, value.to_owned()));
    form
}

/// A file that is sent: field, name, content.
type Sent<'a> = (&'a str, &'a str, Vec<u8>);

async fn file(house: &House, cookie: &str, form: &[(&str, String)], files: &[Sent<'_>]) -> Answer {
    const LINE: &str = "----a-line-that-nobody-types";
    let mut body = Vec::new();
    let token = house.csrf(cookie);
    let texts = form.iter().map(|(name, value)| (*name, value.as_str()));
    for (name, value) in texts.chain([("_csrf", token.as_str())]) {
        let part = format!(
            "--{LINE}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend_from_slice(part.as_bytes());
    }
    for (name, file, content) in files {
        let part = format!(
            "--{LINE}\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(part.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{LINE}--\r\n").as_bytes());
    let request = Request::post("/quay")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={LINE}"))
        .header("sec-fetch-site", "same-origin");
    house.send(request.body(Body::from(body))).await
}

fn proof_of_birth() -> [Sent<'static>; 1] {
    [("tep-giay-chung-sinh", "chung-sinh.pdf", pdf())]
}

async fn dossier(house: &House, location: &str) -> queries::Dossier {
    let code: CaseCode = location.split('/').nth(2).unwrap().parse().unwrap();
    let desk = house.desk.clone();
    let found = house.desk.front.store.read(move |tx| queries::dossier(tx, &desk, &code));
    found.await.unwrap().unwrap()
}

store_test! {
    fn a_birth_registration_is_filed_and_the_receipt_says_when_the_result_is_due(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            let page = house.get("/quay?thu-tuc=1.001193", &cookie).await;
            assert_eq!(page.status, StatusCode::OK);
            let text = page.text();
            assert!(text.contains("16:30 hôm nay"), "the promise is seen before it is made");
            assert!(text.contains("24/11 nghỉ Ngày Văn hóa Việt Nam"), "{text}");
            assert!(text.contains("Ma Văn Khánh"), "and the hands it will pass");

            let filed = file(&house, &cookie, &birth(), &proof_of_birth()).await;
            assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text());
            let dossier = dossier(&house, filed.location()).await;
            assert_eq!(dossier.case.status, Status::InProgress);
            assert_eq!(dossier.answers["ngay_sinh"], "2026-11-14");
            assert_eq!(dossier.answers["noi_sinh"], "05443", "a commune is kept by its code");
            assert_eq!(dossier.files[0].hash, Sha256Hash::of(&pdf()).to_string());

            let receipt = house.get(filed.location(), &cookie).await;
            let text = receipt.text();
            assert!(text.contains("16:30") && text.contains("Thứ Hai, 23/11/2026"), "{text}");
            assert!(text.contains(&house.desk.tracking_secret(dossier.case.id)));
            assert!(text.contains(&Sha256Hash::of(&pdf()).short()), "the hash is on the receipt");

            let base = filed.location().trim_end_matches("/giay-hen").to_owned();
            let json = house.get(&format!("{base}/bien-nhan.json"), &cookie).await;
            let receipt = journal::Receipt::from_json(&json.text()).unwrap();
            assert!(receipt.entry.unwrap().contains("accepted"));

            let form = house.get(&format!("{base}/mau/01.pdf"), &cookie).await;
            assert_eq!(form.status, StatusCode::OK);
            assert!(form.bytes.starts_with(b"%PDF-"));
            let slip = house.get(&format!("{base}/mau/06.pdf"), &cookie).await;
            assert_eq!(slip.status, StatusCode::OK);
            let none = house.get(&format!("{base}/mau/03.pdf"), &cookie).await;
            assert_eq!(none.status, StatusCode::NOT_FOUND);
        });
    }
}

store_test! {
    fn what_does_not_fit_is_said_and_all_that_was_typed_is_kept(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            let cases = [
                ("so", "01919700882", "11 chữ số"),
                ("so", "01919700882a", "ký tự"),
                ("so", "999197008821", "Ba chữ số đầu 999"),
                ("ngay-sinh-nguoi-nop", "03/08/1979", "sinh năm 1997"),
                ("t-ngay_sinh", "30/02/2026", "chỉ có 28 ngày"),
                ("t-noi_sinh", "Xã Không Đâu", "Không có xã, phường nào"),
                ("t-gioi_tinh", "", "Còn trống: Giới tính"),
                ("co-to-khai", "", "Còn thiếu: Tờ khai"),
                ("t-so_dinh_danh_me", "12345", "đúng 12 chữ số"),
            ];
            for (field, typed, said) in cases {
                let form = with(birth(), field, typed);
                let answer = file(&house, &cookie, &form, &proof_of_birth()).await;
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}={typed}");
                let text = answer.text();
                assert!(text.contains(said), "{field}={typed} should say {said}: {text}");
                assert!(text.contains("Lường Hoàng Minh An"), "what was typed is still there");
                assert!(typed.is_empty() || text.contains(typed), "the wrong text too");
                assert!(text.contains("chung-sinh.pdf"), "and the file");
            }
        });
    }
}

store_test! {
    fn a_file_of_the_wrong_kind_or_size_is_refused_and_the_others_survive(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            let refused = [
                ("tep-khac", "tro-choi.exe", b"MZ".to_vec(), "không phải PDF"),
                ("tep-khac", "anh.png", pdf(), "mang đuôi png"),
                ("tep-khac", "dut.pdf", b"%PDF-1.7 half".to_vec(), "đứt giữa chừng"),
                ("tep-khac", "to.pdf", vec![b' '; 20 * 1024 * 1024 + 1], "lớn hơn"),
            ];
            for (part, name, content, said) in refused {
                let [good] = proof_of_birth();
                let answer = file(&house, &cookie, &birth(), &[(part, name, content), good]).await;
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
                let text = answer.text();
                assert!(text.contains(said), "{name} should say {said}");

                // The good file was kept: its hidden field files the dossier without it.
                let kept = text.split("name=\"_tep\" value=\"").nth(1).unwrap();
                let kept = kept.split('"').next().unwrap().to_owned();
                let mut form = birth();
                form.push(("_tep", kept.clone()));
                let filed = file(&house, &cookie, &form, &[]).await;
                assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text());

                // Nobody else may use it, and nobody may change it.
                let other = house.sign_in(SECOND_RECEIVER);
                let stolen = file(&house, &other, &form, &[]).await;
                assert_eq!(stolen.status, StatusCode::UNPROCESSABLE_ENTITY);
            }
        });
    }
}

store_test! {
    fn who_is_known_is_not_asked_again_and_stays_covered(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            file(&house, &cookie, &birth(), &proof_of_birth()).await;
            let mut form = vec![("thu-tuc", "1.001193".to_owned()), ("do", "doi-chieu".to_owned())];
            form.push(("so", "019197008821".to_owned()));
            let page = file(&house, &cookie, &form, &[]).await;
            assert_eq!(page.status, StatusCode::OK);
            let text = page.text();
            assert!(text.contains("Hoàng Thị Mai Sương") && text.contains("03/08/1997"));
            assert!(text.contains("0912 ••• 604") && !text.contains("0912345604"), "covered");
            assert!(!text.contains("name=\"ho-ten\""), "no field for what is known");
            let bare: Vec<_> = birth().into_iter().filter(|(name, _)| {
                !["ho-ten", "ngay-sinh-nguoi-nop", "dien-thoai", "dia-chi"].contains(name)
            }).collect();
            let again = file(&house, &cookie, &bare, &proof_of_birth()).await;
            assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text());
        });
    }
}

store_test! {
    fn who_is_sent_away_has_it_in_writing(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            let mut form = with(birth(), "do", "tu-choi");
            let unexplained = file(&house, &cookie, &form, &[]).await;
            assert_eq!(unexplained.status, StatusCode::UNPROCESSABLE_ENTITY);
            form.push(("tu-choi-ly-do", "not_competent".to_owned()));
            form.push(("tu-choi-loi", "Trẻ sinh ở tỉnh khác, cha mẹ cư trú ở Lạng Sơn.".to_owned()));
            let declined = file(&house, &cookie, &form, &[]).await;
            assert_eq!(declined.status, StatusCode::SEE_OTHER, "{}", declined.text());
            assert_eq!(dossier(&house, declined.location()).await.case.status, Status::Declined);
            let base = declined.location().trim_end_matches("/giay-hen").to_owned();
            let form = house.get(&format!("{base}/mau/03.pdf"), &cookie).await;
            assert!(form.bytes.starts_with(b"%PDF-"));

            let mut form = with(birth(), "do", "bo-sung");
            form.push(("bo-sung-ly-do", "missing_paper".to_owned()));
            form.push(("bo-sung-loi", "Giấy chứng sinh bản chính".to_owned()));
            let asked = file(&house, &cookie, &form, &[]).await;
            assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text());
            let asked_of = dossier(&house, asked.location()).await;
            assert_eq!(asked_of.case.status, Status::AwaitingSupplement);
            let base = asked.location().trim_end_matches("/giay-hen").to_owned();
            let form = house.get(&format!("{base}/mau/02.pdf"), &cookie).await;
            assert!(form.bytes.starts_with(b"%PDF-"));
        });
    }
}

store_test! {
    fn a_fee_that_was_paid_is_on_the_receipt(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            let mut form = birth();
            form.push(("phi-0", "1".to_owned()));
            form.push(("da-thu", "1".to_owned()));
            let unnumbered = file(&house, &cookie, &form, &proof_of_birth()).await;
            assert_eq!(unnumbered.status, StatusCode::UNPROCESSABLE_ENTITY);
            form.push(("bien-lai", "0001234".to_owned()));
            let filed = file(&house, &cookie, &form, &proof_of_birth()).await;
            let dossier = dossier(&house, filed.location()).await;
            assert_eq!(dossier.case.obligations[0].amount, 8_000);
            assert_eq!(dossier.case.unpaid(), 0);
        });
    }
}

store_test! {
    fn nobody_but_a_receiver_files(store: Store) {
        let house = House::open(&store, MORNING);
        let expert = house.sign_in(EXPERT);
        run(async {
            let page = house.get("/quay", &expert).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN);
            let sent = file(&house, &expert, &birth(), &proof_of_birth()).await;
            assert_eq!(sent.status, StatusCode::FORBIDDEN);
            let called = house.post("/quay/goi-so", &expert, &[("do", "goi")]).await;
            assert_eq!(called.status, StatusCode::FORBIDDEN);
            let stranger = house.get("/quay", "").await;
            assert_eq!(stranger.location(), "/dang-nhap?tiep=%2Fquay");
        });
    }
}

/// Agency and seats of the two counters.
fn counters(house: &House) -> (AgencyId, PostId, PostId) {
    let directory = house.desk.front.directory.get();
    let seat = |who: &str| {
        let seats = directory.posts_of(house.persons[who], house.desk.now());
        directory.post(seats[0].post).unwrap().clone()
    };
    let (first, second) = (seat(RECEIVER), seat(SECOND_RECEIVER));
    (first.agency, first.id, second.id)
}

store_test! {
    fn two_clerks_never_call_the_same_number(store: Store) {
        let house = House::open(&store, MORNING);
        let (agency, first, second) = counters(&house);
        let (tenant, now) = (house.desk.front.tenant.clone(), house.desk.now());
        run(async {
            for lane in "ABABABABABABABABABAB".chars() {
                let tenant = tenant.clone();
                let taken = store.write(move |tx| {
                    commands::take_ticket(tx, &tenant, agency, lane, now)
                });
                taken.await.unwrap().unwrap();
            }
            // Both press F9 at once, ten times.
            let mut called = Vec::new();
            for _ in 0..10 {
                let call = |seat| {
                    let tenant = tenant.clone();
                    store.write(move |tx| commands::call_next(tx, &tenant, agency, seat, now))
                };
                let (one, other) = (call(first), call(second));
                called.push(one.await.unwrap().unwrap().to_string());
                called.push(other.await.unwrap().unwrap().to_string());
            }
            called.sort();
            called.dedup();
            assert_eq!(called.len(), 20, "{called:?}");
            let tenant_too = tenant.clone();
            let last = store.write(move |tx| {
                commands::call_next(tx, &tenant_too, agency, first, now)
            });
            assert_eq!(last.await.unwrap(), None::<Ticket>, "nobody is left");
        });
    }
}

store_test! {
    fn a_number_is_taken_at_the_kiosk_and_called_at_the_counter(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            let kiosk = house.get("/lay-so", &cookie).await.location().to_owned();
            let taken = house.post(&kiosk, "", &[("lan", "A")]).await;
            assert!(taken.location().ends_with("so=A001"), "{}", taken.location());
            let page = house.get(taken.location(), "").await.text();
            assert!(page.contains("A001") && page.contains("Không có ai chờ trước"), "{page}");
            let forged = format!("{}0", kiosk.trim_end_matches(char::is_alphanumeric));
            assert_eq!(house.get(&forged, "").await.status, StatusCode::NOT_FOUND);

            house.at("2026-11-23T02:35:00Z");
            let counter = house.get("/quay", &cookie).await.text();
            assert!(counter.contains("1 người") && counter.contains("21\u{a0}phút"), "{counter}");
            house.post("/quay/goi-so", &cookie, &[("do", "goi")]).await;
            let counter = house.get("/quay", &cookie).await.text();
            assert!(counter.contains("A001") && counter.contains("0 người"));
        });
    }
}

/// An online filing: by casework itself, since citizens file elsewhere.
async fn file_online(house: &House, whole: bool) -> CaseCode {
    let cookie = house.sign_in(RECEIVER);
    let me = signed_in(house, &cookie).await;
    let papers = ["to-khai", "giay-chung-sinh", "giay-to-tuy-than"].into_iter();
    let papers = papers.take(if whole { 3 } else { 1 }).map(|id| commands::Paper {
        component: Some(id.to_owned()),
        copies: 1,
        source: "online",
        file: None,
    });
    let filing = CounterFiling {
        procedure: "1.001193".parse().unwrap(),
        channel: Channel::Online,
        applicant: identity::party::Party {
            name: "Triệu Thị Mẩy".into(),
            number: None,
            born: None,
            phone: None,
            email: None,
            address: None,
        },
        answers: commands::Answers::new(),
        papers: papers.collect(),
        decided_by: None,
        reopens: None,
        accept: false,
    };
    commands::file_at_counter(&house.desk, &me, filing).await.unwrap().case.code
}

async fn signed_in(house: &House, cookie: &str) -> web::SignedIn {
    use axum::extract::FromRequestParts;
    let request = Request::get("/").header(header::COOKIE, cookie).body(()).unwrap();
    let (mut parts, ()) = request.into_parts();
    web::SignedIn::from_request_parts(&mut parts, &house.desk).await.unwrap()
}

store_test! {
    fn online_filings_are_taken_on_together_and_what_cannot_be_is_named(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            let good = [file_online(&house, true).await, file_online(&house, true).await];
            let bad = file_online(&house, false).await;
            let page = house.get("/truc-tuyen", &cookie).await.text();
            assert!(page.contains("3 hồ sơ chờ tiếp nhận"), "{page}");
            let ticked = [
                ("case", good[0].as_str()),
                ("case", good[1].as_str()),
                ("case", bad.as_str()),
                ("do", "nhan"),
            ];
            let report = house.post("/truc-tuyen", &cookie, &ticked).await;
            let text = report.text();
            assert!(text.contains("Đã tiếp nhận 2 hồ sơ. 1 hồ sơ chưa tiếp nhận được"), "{text}");
            assert!(text.contains(bad.as_str()) && text.contains("Giấy chứng sinh"), "and why");

            let path = format!("/truc-tuyen/{bad}/tu-choi");
            let reason = [("ly-do", "incomplete"), ("loi", "Thiếu Giấy chứng sinh.")];
            let declined = house.post(&path, &cookie, &reason).await;
            assert_eq!(declined.status, StatusCode::SEE_OTHER, "{}", declined.text());
            let page = house.get("/truc-tuyen", &cookie).await.text();
            assert!(page.contains("Không có hồ sơ nào chờ tiếp nhận"), "{page}");
        });
    }
}
