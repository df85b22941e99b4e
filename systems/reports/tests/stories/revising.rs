//! Correcting what was frozen.

use axum::http::StatusCode;
use reports::model::State;
use store::store_test;

use crate::office::{Office, follows, page};

store_test!(
    fn a_correction_is_a_new_version_with_a_reason_and_holds_once_it_is_sent(store: Store) {
        let office = Office::open(&store);
        let first = office.sent("H55.04", "40");
        follows(&office.deed(&first, "nhan", &[]));
        let head = office.house.sign_in("so-tu-phap/thu-truong");
        let path = format!("{}/sua-doi", page(&first));
        let bare = office.post(&path, &head, &[("loi", "")]);
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        follows(&office.post(&path, &head, &[("loi", "Sót một buổi lưu động")]));
        let second = office.report("H55.04");
        assert_eq!((second.version, second.state), (2, State::Draft));
        // Until it is sent, what was sent stands.
        let standing = office.round().into_iter().find(|one| one.unit == first.unit).unwrap();
        assert_eq!(standing.version, 1);
        let shown = office.get(&page(&second), &office.holder(&second)).text();
        assert!(
            shown.contains("Sót một buổi lưu động") && shown.contains("value=\"40\""),
            "{shown}"
        );
        follows(&office.fill(&second, "61"));
        follows(&office.deed(&second, "gui", &[]));
        let standing = office.round().into_iter().find(|one| one.unit == first.unit).unwrap();
        assert_eq!((standing.version, standing.on_time), (2, Some(true)), "in time was in time");
        // The first one is as it was.
        let shown = office.get(&page(&first), &head).text();
        assert!(shown.contains("đang được sửa đổi") && shown.contains("40"), "{shown}");
        // Twice is once.
        follows(&office.post(&path, &head, &[("loi", "Lại nữa")]));
        assert_eq!(office.report("H55.04").version, 2);
    }
);
