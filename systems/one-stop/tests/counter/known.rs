//! What is known is asked for once, and stays in no draft of the browser.

use crate::common::{
    MORNING, RECEIVER, birth, dossier, file, open_form, proof_of_birth, run, with,
};
use axum::http::StatusCode;
use identity::audit;
use one_stop::testing::House;
use store::store_test;

/// The counter of another commune.
const ELSEWHERE: &str = "xa-ba-be/tiep-nhan";

/// Benefits of two kinds, asked for by the same person.
const MONTHLY: &str = "1.001776";
const PENSION: &str = "1.014027";

type Form = Vec<(&'static str, String)>;

fn monthly(account: &str) -> Form {
    [
        ("thu-tuc", MONTHLY),
        ("so", "019 197 008 821"),
        ("ho-ten", "Hoàng Thị Mai Sương"),
        ("ngay-sinh-nguoi-nop", "03/08/1997"),
        ("dien-thoai", "0912 345 604"),
        ("dia-chi", "Tổ 12, phường Phan Đình Phùng"),
        ("t-viec", "huong"),
        ("t-ho_ten", "Lường Văn Đức"),
        ("t-so_dinh_danh", "019 060 001 234"),
        ("t-nhom", "cao_tuoi"),
        ("t-noi_o", "phuong phan dinh phung"),
        ("t-hoan_canh", "Sống một mình"),
        ("t-tai_khoan", account),
        ("tu-choi-ly-do", "incomplete"),
        ("tu-choi-loi", "Thiếu giấy tờ."),
        ("do", "tu-choi"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

fn look_up(procedure: &'static str, number: &str) -> Form {
    [("thu-tuc", procedure), ("so", number), ("do", "doi-chieu")]
        .map(|(name, value)| (name, value.to_owned()))
        .to_vec()
}

/// The tag of a control, from its name on.
fn control<'p>(page: &'p str, name: &str) -> &'p str {
    let named = page.split(&format!(" name=\"{name}\"")).nth(1).unwrap_or_default();
    named.split('>').next().unwrap()
}

store_test! {
    fn what_an_earlier_dossier_says_of_the_applicant_is_filled_in_with_its_source(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            let first = file(&house, &cookie, &monthly("111"), &[]).await;
            assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text());
            house.at("2026-11-25T02:14:00Z");
            let cookie = house.sign_in(RECEIVER);
            let second = file(&house, &cookie, &monthly("222"), &[]).await;
            let code = second.location().split('/').nth(2).unwrap().to_owned();

            let page = file(&house, &cookie, &look_up(PENSION, "019197008821"), &[]).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.text());
            let text = page.text();
            assert!(control(&text, "t-tai_khoan").contains("value=\"222\""), "the newest: {text}");
            let source = format!("Lấy từ hồ sơ {code} ngày 25/11/2026");
            assert!(text.contains(&source), "{text}");
            assert!(!control(&text, "t-tai_khoan").contains("readonly"), "and may be changed");
            assert!(control(&text, "t-ho_ten").contains("Hoàng Thị Mai Sương"), "{text}");
            assert!(control(&text, "t-ngay_sinh").contains("03/08/1997"), "{text}");
            assert!(control(&text, "t-so_dinh_danh").contains("019197008821"), "{text}");
            assert!(text.contains("0912 ••• 604"), "the telephone stays covered");
            assert!(!text.contains("0912345604"), "{text}");
            assert!(!text.contains("Lường Văn Đức"), "nobody else is filled in");

            // Who opened the earlier dossiers is in the access log.
            let opened = dossier(&house, second.location()).await.case;
            let (tenant, later) = (house.desk.front.tenant.clone(), house.desk.now());
            let later = later.checked_add(jiff::SignedDuration::from_secs(1)).unwrap();
            let looks = house.desk.front.store.read(move |tx| {
                audit::looks_at(tx, &tenant, opened.applicant, later, 20)
            });
            let looks = looks.await.map_err(|error: identity::Error| error).unwrap();
            let of = |look: &audit::Entry| look.case == Some(opened.id) && look.action == "open_identity";
            assert!(looks.iter().any(of), "{looks:?}");
        });
    }
}

store_test! {
    fn what_was_typed_is_not_overwritten_and_another_person_starts_empty(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            file(&house, &cookie, &monthly("111"), &[]).await;
            let mut form = look_up(PENSION, "019197008821");
            form.push(("t-tai_khoan", "999".to_owned()));
            let text = file(&house, &cookie, &form, &[]).await.text();
            assert!(control(&text, "t-tai_khoan").contains("value=\"999\""), "{text}");

            // Looked up, and then the number of somebody else.
            let text = file(&house, &cookie, &look_up(PENSION, "019197008821"), &[]).await.text();
            let hidden = |name: &str| {
                let tag = control(&text, name);
                tag.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
            };
            let mut other = look_up(PENSION, "019060001234");
            for name in ["doi-chieu-ai", "t-tai_khoan", "tu-tai_khoan"] {
                other.push((name, hidden(name)));
            }
            let page = file(&house, &cookie, &other, &[]).await.text();
            assert!(control(&page, "t-tai_khoan").contains("value=\"\""), "{page}");
            let unlooked = with(other, "do", "nhan");
            let refused = file(&house, &cookie, &unlooked, &[]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.text().contains("Số này khác số đã đối chiếu"), "{}", refused.text());
        });
    }
}

store_test! {
    fn the_covered_telephone_is_taken_where_no_other_is_typed(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            file(&house, &cookie, &birth(), &proof_of_birth()).await;
            let known = ["ho-ten", "ngay-sinh-nguoi-nop", "dien-thoai", "dia-chi"];
            let mut form = monthly("111");
            form.retain(|(name, _)| !known.contains(name));
            let filed = file(&house, &cookie, &form, &[]).await;
            let filed = dossier(&house, filed.location()).await;
            assert_eq!(filed.answers["dien_thoai"], "0912345604");
            form.push(("t-dien_thoai", "0208 385 5555".to_owned()));
            let filed = file(&house, &cookie, &form, &[]).await;
            let filed = dossier(&house, filed.location()).await;
            assert_eq!(filed.answers["dien_thoai"], "02083855555");
        });
    }
}

store_test! {
    fn nobody_fills_in_from_a_dossier_that_they_may_not_open(store: Store) {
        let house = House::open(&store, MORNING);
        let (here, elsewhere) = (house.sign_in(RECEIVER), house.sign_in(ELSEWHERE));
        run(async {
            file(&house, &here, &monthly("111"), &[]).await;
            let page = file(&house, &elsewhere, &look_up(PENSION, "019197008821"), &[]).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.text());
            let text = page.text();
            assert!(control(&text, "t-ho_ten").contains("Hoàng Thị Mai Sương"), "who it is, is known");
            assert!(control(&text, "t-tai_khoan").contains("value=\"\""), "{text}");
        });
    }
}

store_test! {
    fn what_is_personal_stays_in_no_draft_of_the_browser(store: Store) {
        let house = House::open(&store, MORNING);
        let cookie = house.sign_in(RECEIVER);
        run(async {
            let shelf = house.desk.book.shelf();
            let mut personal = 0;
            for code in ["1.001193", "1.001612", MONTHLY, PENSION, "2.000815"] {
                let page = open_form(&house, &cookie, code).await.text();
                for name in ["so", "ho-ten", "ngay-sinh-nguoi-nop", "dien-thoai", "dia-chi"] {
                    assert!(control(&page, name).contains("data-nodraft"), "{code}: {name}");
                }
                let procedure = shelf.newest(&code.parse().unwrap()).unwrap();
                for field in &procedure.fields {
                    let marked = control(&page, &format!("t-{}", field.id)).contains("data-nodraft");
                    assert!(marked || !field.personal, "{code}: {}", field.id);
                    personal += usize::from(field.personal);
                }
                assert!(!control(&page, "nhan-ket-qua").contains("data-nodraft"), "{code}");
            }
            assert!(personal > 20, "there were some: {personal}");
        });
    }
}
