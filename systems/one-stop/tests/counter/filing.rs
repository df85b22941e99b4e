//! A dossier is filed at the counter.

use crate::common::{
    EXPERT, MORNING, RECEIVER, SECOND_RECEIVER, birth, dossier, file, open_form, pdf,
    proof_of_birth, run, with,
};
use axum::http::StatusCode;
use casework::Status;
use files::Sha256Hash;
use one_stop::testing::House;
use store::store_test;

store_test! {
    fn a_birth_registration_is_filed_and_the_receipt_says_when_the_result_is_due(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            let page = open_form(&house, &cookie, "1.001193").await;
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
    fn a_fee_falls_due_by_the_form_and_nobody_types_it(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            let in_time = file(&house, &cookie, &birth(), &proof_of_birth()).await;
            let in_time = dossier(&house, in_time.location()).await;
            assert!(in_time.case.obligations.is_empty(), "free of charge for sixty days");

            let late = with(birth(), "t-ngay_sinh", "14/09/2026");
            let owing = file(&house, &cookie, &late, &proof_of_birth()).await;
            let owing = dossier(&house, owing.location()).await;
            assert_eq!((owing.case.obligations[0].amount, owing.case.unpaid()), (8_000, 8_000));
            assert_eq!(owing.case.status, Status::InProgress, "the promise does not wait for it");

            let mut form = late.clone();
            form.push(("da-thu", "1".to_owned()));
            let unnumbered = file(&house, &cookie, &form, &proof_of_birth()).await;
            assert_eq!(unnumbered.status, StatusCode::UNPROCESSABLE_ENTITY);
            form.push(("bien-lai", "0001234".to_owned()));
            let paid = file(&house, &cookie, &form, &proof_of_birth()).await;
            let paid = dossier(&house, paid.location()).await;
            assert_eq!((paid.case.obligations[0].amount, paid.case.unpaid()), (8_000, 0));

            let mut form = late;
            form.push(("mien-0", "1".to_owned()));
            let freed = file(&house, &cookie, &form, &proof_of_birth()).await;
            let freed = dossier(&house, freed.location()).await;
            assert_eq!((freed.case.obligations[0].amount, freed.case.unpaid()), (0, 0));

            let declined = with(with(birth(), "t-ngay_sinh", "14/09/2026"), "do", "tu-choi");
            let mut declined = with(declined, "tu-choi-ly-do", "not_competent");
            declined.push(("tu-choi-loi", "Trẻ sinh ở tỉnh khác.".to_owned()));
            let declined = file(&house, &cookie, &declined, &[]).await;
            let declined = dossier(&house, declined.location()).await;
            assert!(declined.case.obligations.is_empty(), "who is sent away owes nothing");
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

store_test! {
    fn a_slip_says_line_by_line_what_is_missing_and_has_its_number(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            let mut form = with(birth(), "do", "bo-sung");
            for (name, text) in [
                ("bo-sung-ly-do", "missing_paper"),
                ("bo-sung-loi", "Giấy chứng sinh  bản chính\r\nẢnh 4x6: 02 ảnh"),
                ("bo-sung-can-cu", "Điều 16 Luật Hộ tịch"),
                ("bo-sung-truoc", "20/11/2026"),
                ("bo-sung-lien-he", "0208 385 5555"),
            ] {
                form.push((name, text.to_owned()));
            }
            let past = file(&house, &cookie, &form, &[]).await;
            assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(past.text().contains("Ngày này đã qua"), "{}", past.text());
            let form = with(form, "bo-sung-truoc", "07/12/2026");
            let asked = file(&house, &cookie, &form, &[]).await;
            let first = dossier(&house, asked.location()).await;
            let note = first.story.last().unwrap().note.clone().unwrap();
            assert_eq!(
                note,
                "Giấy chứng sinh bản chính\nẢnh 4x6: 02 ảnh\nCăn cứ: Điều 16 Luật Hộ tịch\n\
                 Nộp trước: 07/12/2026\nLiên hệ: 02083855555"
            );
            let said = one_stop::forms::SlipWords::read(&note);
            assert_eq!(said.items.len(), 2);
            let second = file(&house, &cookie, &form, &[]).await;
            let second = dossier(&house, second.location()).await;
            let numbers = [first, second].map(|dossier| dossier.numbers.into_values().next());
            assert_eq!(numbers, [Some(1), Some(2)], "one series for the agency");

            let mut form = with(birth(), "do", "tu-choi");
            form.push(("tu-choi-ly-do", "not_competent".to_owned()));
            form.push(("tu-choi-loi", "Trẻ sinh ở tỉnh khác.".to_owned()));
            let declined = file(&house, &cookie, &form, &[]).await;
            let declined = dossier(&house, declined.location()).await;
            let number = declined.numbers.into_values().next();
            assert_eq!(number, Some(1), "each form has a series of its own");
        });
    }
}
