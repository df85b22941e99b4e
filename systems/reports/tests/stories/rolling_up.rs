//! What everybody's reports come to.

use store::store_test;

use crate::office::{Office, PERIOD, REGIME, follows, page};

store_test!(
    fn the_province_adds_up_what_was_sent_and_sees_who_is_late(store: Store) {
        let office = Office::open(&store);
        office.sent("H55.02", "40");
        let province = office.report("H55");
        let shown = office.get(&page(&province), &office.holder(&province)).text();
        assert!(shown.contains(">40<"), "what one department said: {shown}");
        office.house.at("2026-11-18T02:00:00Z");
        let head = office.house.sign_in("ubnd-tinh/chu-tich");
        let path = format!("/bao-cao/tong-hop?che_do={REGIME}&ky={PERIOD}");
        let summary = office.get(&path, &head).text();
        assert!(summary.contains("1 trên 3 đơn vị"), "{summary}");
        assert!(summary.contains("chưa từng muộn (1 kỳ)"), "{summary}");
        assert!(summary.contains("muộn 1 trên 1 kỳ"), "{summary}");
        // Who is late, and who never was, each alone.
        let (punctual, late) = (page(&office.report("H55.02")), page(&office.report("H55.04")));
        for (which, there) in [("tre", [false, true]), ("chua-tre", [true, false])] {
            let some = office.get(&format!("{path}&xem={which}"), &head).text();
            let links = [&punctual, &late].map(|report| some.contains(&format!("\"{report}\"")));
            assert_eq!(links, there, "{which}: {some}");
        }
        let none = office.get(&format!("{path}&tu=50"), &head).text();
        assert!(none.contains("Không có đơn vị nào như vậy"), "{none}");
        office.sent("H55.04", "25");
        let shown = office.get(&page(&province), &office.holder(&province)).text();
        assert!(shown.contains(">65<"), "{shown}");

        // What adds up is not overtyped either.
        let writer = office.holder(&province);
        follows(&office.post(&page(&province), &writer, &[("c.to-chuc.ho-tro.so", "1")]));
        assert!(office.get(&page(&province), &writer).text().contains(">65<"));

        let csv = office.get(&path.replace("tong-hop?", "tong-hop.csv?"), &head).text();
        let line = "dataflow,H55:THU_T(1.0),R,M,H55.04,to-chuc.ho-tro.so,2026-11,25,NUMBER,A,typed,\
                    2026-10-15/2026-11-14";
        assert!(csv.contains(line), "{csv}");
        let missing =
            csv.lines().filter(|line| line.contains(",H55,to-chuc.ho-tro.so,")).collect::<Vec<_>>();
        assert!(missing[0].contains(",2026-11,,NUMBER,M,"), "{missing:?}");
        let xlsx = office.get(&path.replace("tong-hop?", "tong-hop.xlsx?"), &head);
        assert!(xlsx.bytes.starts_with(b"PK"));
    }
);
