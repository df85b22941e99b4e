use store::store_test;

use crate::common::*;

store_test!(
    fn whoever_holds_the_document_learns_that_it_is_real_and_no_more(store: Store) {
        let (house, case) = waiting(&store);
        run(async {
            let result = signed(&house, &case).await;
            let page = house.get(&link(&house, &case, &result), "").await;
            let text = page.text();
            assert_eq!(page.status, 200);
            for told in ["Văn bản thật", "Trích lục khai tử", "15/TLKT", "N. V. S.", &result.hash]
            {
                assert!(text.contains(told), "{told}: {text}");
            }
            for secret in ["Nông Văn Sơn", "Nông Văn Tài", "019085001234", "Tổ 4"] {
                assert!(!text.contains(secret), "{secret}");
            }
            // As it is read aloud, small and with a dash.
            let spoken = house.desk.check_code(case.id, 1).to_lowercase();
            let spoken = format!("{}-{}", &spoken[..4], &spoken[4..]);
            let asked = format!("/kiem-tra?ho-so={}&ma={spoken}", case.code);
            let asked = house.get(&asked, "").await;
            assert_eq!(house.get(asked.location(), "").await.status, 200);

            let receipt = link(&house, &case, &result).replace('?', "/bien-nhan?");
            let receipt = house.get(&receipt, "").await.text();
            assert!(receipt.contains("tinhso-receipt/1") && receipt.contains(&result.hash));
            assert!(!receipt.contains("Nông"), "the evidence names nobody");
        });
    }
);

store_test!(
    fn guessing_is_held_back(store: Store) {
        let (house, case) = waiting(&store);
        run(async {
            let result = signed(&house, &case).await;
            let wrong = format!("/kiem-tra/{}?ma=AAAAAAAA", case.code);
            for _ in 0..20 {
                let page = house.get(&wrong, "").await;
                assert_eq!(page.status, 422);
                assert!(!page.text().contains("Trích lục"));
            }
            assert_eq!(house.get(&wrong, "").await.status, 429);
            assert_eq!(house.get(&link(&house, &case, &result), "").await.status, 429);
            house.at("2026-11-23T02:26:00Z");
            assert_eq!(house.get(&link(&house, &case, &result), "").await.status, 200);
        });
    }
);

store_test!(
    fn the_file_itself_is_checked_to_the_byte(store: Store) {
        let (house, case) = waiting(&store);
        run(async {
            let result = signed(&house, &case).await;
            let file = content(&house, &result);
            let ask =
                async |file: Vec<u8>| send(&house, "/kiem-tra", "", &[], Some(&file)).await.text();

            let said = ask(file.clone()).await;
            assert!(said.contains("đúng từng chữ") && said.contains("N. V. S."), "{said}");

            // One byte of the first page.
            let mut forged = file.clone();
            let at = forged.windows(6).position(|six| six == b"stream").unwrap() + 40;
            forged[at] ^= 1;
            assert!(ask(forged).await.contains("đã bị sửa sau khi ký"));

            let mut added = file.clone();
            added.extend_from_slice(b"\n% a line more\n%%EOF\n");
            let said = ask(added).await;
            assert!(
                said.contains("thêm nội dung sau khi ký") && said.contains("15/TLKT"),
                "{said}"
            );

            let signer = house.sign_in(SIGNER);
            let path = format!("/ket-qua/{}/tep/1", case.code);
            let got = house.get(&path, &signer).await.bytes;
            assert_eq!(got, file);

            assert!(ask(b"words".to_vec()).await.contains("không phải tệp PDF"));
            let none = send(&house, "/kiem-tra", "", &[], None).await;
            assert!(none.status == 422 && none.text().contains("chưa chọn tệp"));
        });
    }
);
