//! What nobody counts is said with a source, reviewed by a second person, closed, and revised with
//! a reason.

use store::store_test;

use crate::{CHAIR, DEPUTY, EXPERT, kinds, open, run, say};

const INPUT: &str = "/cham-diem/dti-922/so/nhan_thuc_so?cua=H55&ky=2026";
const JUDGE: &str = "/cham-diem/dti-922/so/nhan_thuc_so/tham-dinh?cua=H55&ky=2026";
const CARD: &str = "/cham-diem/dti-922?cua=H55&ky=2026";

store_test!(
    fn a_figure_is_said_by_one_and_accepted_by_another(store: Store) {
        let house = open(&store);
        run(async {
            let (deputy, chair) = (house.sign_in(DEPUTY), house.sign_in(CHAIR));
            let page = house.get(CARD, &deputy).await.text();
            assert!(page.contains("chưa có số nào để chấm"), "{page}");
            assert!(page.contains("hết hiệu lực"), "its decision held until 2025: {page}");

            let wrong =
                say(&house, INPUT, &deputy, &[("gia-tri", "1,4"), ("ghi-chu", "Báo cáo 12")]);
            let wrong = wrong.await;
            assert_eq!(wrong.status, 422, "a share is at most 1");
            assert!(wrong.text().contains("1,4"), "what was typed comes back");
            let nothing = say(&house, INPUT, &deputy, &[("gia-tri", "0,9"), ("ghi-chu", "")]).await;
            assert_eq!(nothing.status, 422, "a figure says where it comes from");

            let said = [("gia-tri", "0,9"), ("thap", "0,8"), ("ghi-chu", "Báo cáo 12/BC-UBND")];
            assert_eq!(say(&house, INPUT, &deputy, &said).await.status, 303);
            let page = house.get(CARD, &deputy).await.text();
            assert!(
                page.contains("0,0900 trên 1 điểm") && page.contains("Báo cáo 12/BC-UBND"),
                "{page}"
            );

            // Who said it does not review it.
            let own = house.post(JUDGE, &deputy, &[("ket-qua", "dat")]).await;
            assert_eq!(own.status, 409);
            let back = house.post(JUDGE, &chair, &[("ket-qua", "tra"), ("y-kien", "")]).await;
            assert_eq!(back.status, 422, "given back with a word on what is to be changed");
            assert_eq!(house.post(JUDGE, &chair, &[("ket-qua", "dat")]).await.status, 303);
            let page = house.get(INPUT, &deputy).await.text();
            assert!(page.contains("Người thẩm định"), "{page}");
            assert_eq!(kinds(&house, "score.").await, ["score.said", "score.reviewed"]);

            let clerk = house.sign_in(EXPERT);
            assert_eq!(house.get(CARD, &clerk).await.status, 403);
        });
    }
);

store_test!(
    fn a_closed_score_stays_and_is_revised_with_a_reason(store: Store) {
        let house = open(&store);
        run(async {
            let (deputy, chair) = (house.sign_in(DEPUTY), house.sign_in(CHAIR));
            let said = [("gia-tri", "0,9"), ("ghi-chu", "Báo cáo 12/BC-UBND")];
            say(&house, INPUT, &deputy, &said).await;
            let close = "/cham-diem/dti-922/chot?cua=H55&ky=2026";
            assert!(house.get(close, &chair).await.text().contains("Chốt bảng điểm"));
            assert_eq!(house.post(close, &chair, &[]).await.status, 303);
            assert_eq!(house.post(close, &chair, &[]).await.status, 409, "closed once");

            let later = [("gia-tri", "0,7"), ("ghi-chu", "Báo cáo 15/BC-UBND")];
            let silent = say(&house, INPUT, &deputy, &later).await;
            assert_eq!(silent.status, 422, "not without a reason");
            let page = house.get(CARD, &deputy).await.text();
            assert!(page.contains("0,0900 trên 1 điểm"), "it stays as it was: {page}");

            let reason = [&later[..], &[("ly-do", "Đếm nhầm hai huyện cũ")]].concat();
            assert_eq!(say(&house, INPUT, &deputy, &reason).await.status, 303);
            let page = house.get(CARD, &deputy).await.text();
            assert!(page.contains("0,0700 trên 1 điểm") && page.contains("Bản 2"), "{page}");
            assert!(page.contains("Đếm nhầm hai huyện cũ"));
            let kinds = kinds(&house, "score.").await;
            assert_eq!(kinds, ["score.said", "score.closed", "score.said", "score.revised"]);
        });
    }
);
