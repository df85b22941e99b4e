//! Correcting what was frozen.

use axum::http::StatusCode;
use casework::Channel;
use indicators::{Revised, Scope};
use reports::model::State;
use store::store_test;

use crate::office::{Office, PERIOD, follows, page};

/// A figure of a department as it was published, and each correction.
fn published(office: &Office, name: &'static str) -> Vec<Revised> {
    let unit = office.report("H55.04").unit;
    office.write(move |tx, desk| {
        let period = PERIOD.parse().unwrap();
        Ok(desk.cube().published(tx, name, &Scope::agency(unit), period)?)
    })
}

store_test!(
    fn a_figure_of_a_part_is_published_as_the_whole_is_and_corrected_with_the_reason(store: Store) {
        const ONLINE: &str = "dossiers.received[channel = online]";
        let office = Office::open(&store);
        office.count();
        let first = office.sent("H55.04", "40");
        follows(&office.deed(&first, "nhan", &[]));
        let (whole, part) = (published(&office, "dossiers.received"), published(&office, ONLINE));
        assert_eq!((whole.len(), part.len()), (1, 1));
        assert_eq!((part[0].pos, part[0].value.unwrap().to_string()), (whole[0].pos, "0".into()));
        assert_eq!(part[0].parts, [("accepted[channel = online]".to_owned(), 0)]);
        assert!(part[0].reason.contains(first.code.as_str()), "{}", part[0].reason);

        // Two dossiers of the period are written down late, one of them came online.
        for channel in [Channel::Online, Channel::Counter] {
            office.received_late("H55.04", channel, "2026-11-10T02:00:00Z");
        }
        office.count();
        assert_eq!(published(&office, ONLINE), part, "what was published stays");
        let head = office.house.sign_in("so-tu-phap/thu-truong");
        let path = format!("{}/sua-doi", page(&first));
        follows(&office.post(&path, &head, &[("loi", "Hai hồ sơ ghi muộn")]));
        let second = office.report("H55.04");
        follows(&office.fill(&second, "40"));
        follows(&office.deed(&second, "gui", &[]));
        let corrected = published(&office, ONLINE);
        assert_eq!((corrected.len(), &corrected[0]), (2, &part[0]));
        assert_eq!(corrected[1].value.unwrap().to_string(), "1");
        assert_eq!(corrected[1].reason, "Hai hồ sơ ghi muộn");
        assert!(corrected[1].pos > part[0].pos);
        assert_eq!(published(&office, "dossiers.received")[1].value.unwrap().to_string(), "2");
    }
);

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
