use casework::Status;
use files::sign::{Standing, seals};
use identity::Assurance;
use kernel::CaseCode;
use store::store_test;
use web::front::testing::citizen;

use crate::common::*;

store_test!(
    fn the_officer_who_ends_a_dossier_signs_its_result(store: Store) {
        let (house, case) = waiting(&store);
        run(async {
            let path = format!("/ket-qua/{}", case.code);

            // Not the expert, who does not hold it any more.
            let expert = house.sign_in(EXPERT);
            let page = house.get(&path, &expert).await.text();
            assert!(page.contains("chưa đến bước ký"), "{page}");
            let refused = send(&house, &path, &expert, TEMPLATE, None).await;
            assert_eq!(refused.status, 422);

            let signer = house.sign_in(SIGNER);
            let page = house.get(&path, &signer).await.text();
            assert!(page.contains("Trích lục khai tử") && page.contains("Ký số và kết thúc"));
            let shown = send(&house, &format!("{path}/xem-truoc"), &signer, TEMPLATE, None).await;
            assert!(shown.bytes.starts_with(b"%PDF"));
            assert!(seals(&shown.bytes).is_empty(), "a preview is not signed");

            let result = signed(&house, &case).await;
            assert_eq!((result.serial, result.name.as_str()), (1, "Trích lục khai tử"));
            let file = content(&house, &result);
            let seals = seals(&file);
            let Standing::Whole(by) = &seals[0].standing else { panic!("{seals:?}") };
            assert_eq!(by.fingerprint().to_string(), result.certificate);

            let code: CaseCode = case.code.clone();
            let desk = house.desk.clone();
            let read = house.desk.front.store.read(move |tx| desk::dossier(tx, &desk, &code));
            let dossier = read.await.unwrap().unwrap();
            assert_eq!(dossier.case.status, Status::Finished, "signing ended the dossier");
            assert_eq!(dossier.results, std::slice::from_ref(&result));

            let got = house.get(&format!("{path}/tep/1"), &signer).await;
            assert_eq!(got.bytes, file);
        });
    }
);

store_test!(
    fn a_document_of_another_program_keeps_its_bytes_and_a_bad_one_is_refused(store: Store) {
        let (house, case) = waiting(&store);
        run(async {
            let path = format!("/ket-qua/{}", case.code);
            let signer = house.sign_in(SIGNER);
            let fields = [("ten", "Trích lục khai tử"), ("cach", "tep")];
            let none = send(&house, &path, &signer, &fields, None).await;
            assert!(none.status == 422 && none.text().contains("Chưa chọn tệp PDF"));
            let bad = send(&house, &path, &signer, &fields, Some(b"%PDF-1.7 half")).await;
            assert!(bad.status == 422 && bad.text().contains("không đọc được"), "{}", bad.text());

            let preview = format!("{path}/xem-truoc");
            let own = send(&house, &preview, &signer, TEMPLATE, None).await.bytes;
            let done = send(&house, &path, &signer, &fields, Some(&own)).await;
            assert_eq!(done.status, 303, "{}", done.text());
            let result = newest(&house, &case).await;
            assert!(content(&house, &result).starts_with(&own));
        });
    }
);

store_test!(
    fn without_a_key_the_page_says_who_can_help(store: Store) {
        let (house, case) = waiting(&store);
        run(async {
            let directory = house.desk.front.directory.get();
            let agency = directory.agency(case.decided_by).unwrap().code.clone();
            assert!(house.desk.certificates.has(&agency));
            house.uncertify(case.decided_by);
            let signer = house.sign_in(SIGNER);
            let page = house.get(&format!("/ket-qua/{}", case.code), &signer).await.text();
            assert!(page.contains("tinhso certificate import"));
        });
    }
);

store_test!(
    fn the_head_replaces_a_result_and_takes_one_back_and_everybody_can_see_it(store: Store) {
        let (house, case) = waiting(&store);
        run(async {
            let first = signed(&house, &case).await;
            let path = format!("/ket-qua/{}", case.code);

            // The deputy must say why; an expert may not at all.
            let signer = house.sign_in(SIGNER);
            let unsaid = send(&house, &path, &signer, TEMPLATE, None).await;
            assert!(unsaid.status == 422 && unsaid.text().contains("Chưa chọn lý do"));
            let again = [TEMPLATE, &[("ly-do", "mistake")]].concat();
            let expert = house.sign_in(EXPERT);
            assert_eq!(send(&house, &path, &expert, &again, None).await.status, 422);
            house.at("2026-11-23T03:15:00Z");
            let (signer, expert) = (house.sign_in(SIGNER), house.sign_in(EXPERT));
            let done = send(&house, &path, &signer, &again, None).await;
            assert_eq!(done.location(), path, "{}", done.text());
            let second = newest(&house, &case).await;
            assert_eq!(second.serial, 2);

            let old = house.get(&link(&house, &case, &first), "").await.text();
            assert!(old.contains("đã được thay") && old.contains("nội dung có sai sót"), "{old}");
            let new = house.get(&link(&house, &case, &second), "").await.text();
            assert!(new.contains("đang có hiệu lực"));

            let head = house.sign_in(HEAD);
            let back = format!("{path}/thu-hoi");
            assert!(house.get(&back, &head).await.text().contains("Thu hồi Trích lục khai tử?"));
            let asked = house.post(&back, &head, &[("so", "2")]).await;
            assert_eq!(asked.status, 422);
            let fields = [("so", "2"), ("ly-do", "false_papers")];
            assert_eq!(house.post(&back, &expert, &fields).await.status, 403);
            assert_eq!(house.post(&back, &head, &fields).await.status, 303);
            let gone = house.get(&link(&house, &case, &second), "").await.text();
            assert!(gone.contains("đã bị thu hồi") && gone.contains("giấy tờ giả"), "{gone}");
            assert_eq!(house.post(&back, &head, &fields).await.status, 409, "only once");
        });
    }
);

store_test!(
    fn its_owner_fetches_it_and_nobody_else(store: Store) {
        let (house, case) = waiting(&store);
        run(async {
            let result = signed(&house, &case).await;
            let (front, keyring) = (&house.desk.front, &house.desk.keyring);
            let own = citizen(front, keyring, &son(), Assurance::Two);
            let list = house.get("/toi/ket-qua", &own.cookie).await.text();
            assert!(list.contains("Trích lục khai tử") && list.contains("còn hiệu lực"), "{list}");
            let file = format!("/toi/ket-qua/{}/1", case.code);
            assert_eq!(house.get(&file, &own.cookie).await.bytes, content(&house, &result));

            let mut stranger = son();
            stranger.name = "Lý Thị Khác".to_owned();
            stranger.number =
                Some(identity::party::PartyNumber::Citizen("019185001235".parse().unwrap()));
            let other = citizen(front, keyring, &stranger, Assurance::Two);
            assert_eq!(house.get(&file, &other.cookie).await.status, 404);
            assert!(!house.get("/toi/ket-qua", &other.cookie).await.text().contains("Trích lục"));
            assert_eq!(house.get(&file, "").await.status, 303, "to sign in");
        });
    }
);
