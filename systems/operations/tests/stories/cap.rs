//! Alerts leave as CAP 1.2: what is sent is held against the rules of its schema.

use roxmltree::{Document, Node};
use store::store_test;

use super::office::{CHAIR, EXPERT, RULES, Town, run};

const NS: &str = "urn:oasis:names:tc:emergency:cap:1.2";

/// The elements of the schema in their order, with how often they may stand: `1` once, `?` at most
/// once, `+` at least once, `*` any number.
const ALERT: &[(&str, char)] = &[
    ("identifier", '1'),
    ("sender", '1'),
    ("sent", '1'),
    ("status", '1'),
    ("msgType", '1'),
    ("source", '?'),
    ("scope", '1'),
    ("restriction", '?'),
    ("addresses", '?'),
    ("code", '*'),
    ("note", '?'),
    ("references", '?'),
    ("incidents", '?'),
    ("info", '*'),
];
const INFO: &[(&str, char)] = &[
    ("language", '?'),
    ("category", '+'),
    ("event", '1'),
    ("responseType", '*'),
    ("urgency", '1'),
    ("severity", '1'),
    ("certainty", '1'),
    ("audience", '?'),
    ("eventCode", '*'),
    ("effective", '?'),
    ("onset", '?'),
    ("expires", '?'),
    ("senderName", '?'),
    ("headline", '?'),
    ("description", '?'),
    ("instruction", '?'),
    ("web", '?'),
    ("contact", '?'),
    ("parameter", '*'),
    ("resource", '*'),
    ("area", '*'),
];
const AREA: &[(&str, char)] = &[
    ("areaDesc", '1'),
    ("polygon", '*'),
    ("circle", '*'),
    ("geocode", '*'),
    ("altitude", '?'),
    ("ceiling", '?'),
];
const PAIR: &[(&str, char)] = &[("valueName", '1'), ("value", '1')];

/// The words that the schema lets.
const WORDS: &[(&str, &[&str])] = &[
    ("status", &["Actual", "Exercise", "System", "Test", "Draft"]),
    ("msgType", &["Alert", "Update", "Cancel", "Ack", "Error"]),
    ("scope", &["Public", "Restricted", "Private"]),
    (
        "category",
        &[
            "Geo",
            "Met",
            "Safety",
            "Security",
            "Rescue",
            "Fire",
            "Health",
            "Env",
            "Transport",
            "Infra",
            "CBRNE",
            "Other",
        ],
    ),
    (
        "responseType",
        &[
            "Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear",
            "None",
        ],
    ),
    ("urgency", &["Immediate", "Expected", "Future", "Past", "Unknown"]),
    ("severity", &["Extreme", "Severe", "Moderate", "Minor", "Unknown"]),
    ("certainty", &["Observed", "Likely", "Possible", "Unlikely", "Unknown"]),
];

fn check(xml: &str) {
    let document = Document::parse(xml).unwrap();
    let alert = document.root_element();
    assert!(alert.has_tag_name((NS, "alert")));
    order(alert, ALERT);
    let text = |name: &str| child(alert, name).map_or("", |node| node.text().unwrap_or_default());
    for name in ["identifier", "sender"] {
        let value = text(name);
        assert!(!value.is_empty() && !value.contains([' ', ',', '<', '&']), "{name}: {value}");
    }
    assert_eq!(text("scope") == "Restricted", !text("restriction").is_empty());
    if ["Update", "Cancel"].contains(&text("msgType")) {
        for one in text("references").split(' ') {
            let parts: Vec<&str> = one.split(',').collect();
            assert_eq!(parts.len(), 3, "{one}");
            instant(parts[2]);
        }
        assert!(!text("references").is_empty());
    }
    for node in document.descendants().filter(Node::is_element) {
        let (name, value) = (node.tag_name().name(), node.text().unwrap_or_default());
        assert_eq!(node.tag_name().namespace(), Some(NS), "{name}");
        if let Some((_, words)) = WORDS.iter().find(|(of, _)| *of == name) {
            assert!(words.contains(&value), "{name}: {value}");
        }
        match name {
            "info" => order(node, INFO),
            "area" => order(node, AREA),
            "parameter" | "geocode" | "eventCode" => order(node, PAIR),
            "sent" | "effective" | "onset" | "expires" => instant(value),
            "circle" => {
                let (point, km) = value.split_once(' ').unwrap();
                let (north, east) = point.split_once(',').unwrap();
                assert!((-90.0..=90.0).contains(&north.parse::<f64>().unwrap()));
                assert!((-180.0..=180.0).contains(&east.parse::<f64>().unwrap()));
                assert!(km.parse::<f64>().unwrap() >= 0.0);
            }
            "headline" => assert!(value.chars().count() <= 160),
            "web" => assert!(value.starts_with("https://"), "{value}"),
            _ => {}
        }
    }
}

fn child<'a, 'd>(of: Node<'a, 'd>, name: &str) -> Option<Node<'a, 'd>> {
    of.children().find(|node| node.has_tag_name((NS, name)))
}

fn order(of: Node<'_, '_>, schema: &[(&str, char)]) {
    let names: Vec<&str> =
        of.children().filter(Node::is_element).map(|node| node.tag_name().name()).collect();
    let place = |name: &str| schema.iter().position(|(of, _)| *of == name);
    let places: Vec<usize> =
        names.iter().map(|name| place(name).unwrap_or_else(|| panic!("{name}"))).collect();
    assert!(places.is_sorted(), "{names:?}");
    for (name, times) in schema {
        let count = names.iter().filter(|of| *of == name).count();
        let fits = match times {
            '1' => count == 1,
            '?' => count <= 1,
            '+' => count >= 1,
            _ => true,
        };
        assert!(fits, "{name} stands {count} times");
    }
}

/// `2026-12-03T09:01:00+07:00`: with an offset, which is never `Z`, and without fractions.
fn instant(text: &str) {
    assert_eq!(text.len(), 25, "{text}");
    assert!(text.ends_with("+07:00") && !text.contains('.'), "{text}");
    text.parse::<kernel::Instant>().unwrap();
}

store_test!(
    fn an_alert_leaves_as_a_message_and_ends_as_one(store: Store) {
        let town = Town::open(&store);
        town.rules(RULES);
        town.late(2);
        town.evaluate();
        town.house.at("2026-12-03T02:01:00Z");
        town.evaluate();
        let house = &town.house;
        run(async {
            let head = house.sign_in(CHAIR);
            let page = house.get("/canh-bao", &head).await.text();
            let from = page.find("/canh-bao/tin.atom?").unwrap();
            let feed = page[from..].split('"').next().unwrap().replace("&amp;", "&");
            // A program has no session: the key in the address is enough, and any other is not.
            let answer = house.get(&feed, "").await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            let wrong = house.get("/canh-bao/tin.atom?cua=all&khoa=00", "").await;
            assert_eq!(wrong.status, 403);
            let text = answer.text();
            let atom = Document::parse(&text).unwrap();
            let links: Vec<String> = atom
                .descendants()
                .filter(|node| node.attribute("type") == Some("application/cap+xml"))
                .filter_map(|node| node.attribute("href").map(str::to_owned))
                .collect();
            let [link] = &links[..] else { panic!("{text}") };
            let path = link.strip_prefix("https://tinhso.example").unwrap();
            let message = house.get(path, "").await;
            assert!(
                message.headers["content-type"]
                    .to_str()
                    .unwrap()
                    .starts_with("application/cap+xml")
            );
            let xml = message.text();
            check(&xml);
            assert!(
                xml.contains("<msgType>Alert</msgType>")
                    && xml.contains("<severity>Severe</severity>")
                    // Sixteen working hours from Thursday morning: Monday morning.
                    && xml.contains("<expires>2026-12-07T09:01:00+07:00</expires>"),
                "{xml}"
            );

            let code = path.split('/').nth(2).unwrap().split(".cap").next().unwrap();
            let expert = house.sign_in(EXPERT);
            house.at("2026-12-03T02:10:00Z");
            house.post(&format!("/su-co/{code}/nhan"), &expert, &[]).await;
            let xml = house.get(path, "").await.text();
            check(&xml);
            assert!(xml.contains("<msgType>Update</msgType>"), "{xml}");
            let fields = [("nguyen-nhan", "load"), ("ket-qua", "Đã xong")];
            house.post(&format!("/su-co/{code}/xong"), &expert, &fields).await;
            house.post(&format!("/su-co/{code}/dong"), &head, &[]).await;
            let xml = house.get(path, "").await.text();
            check(&xml);
            assert!(xml.contains("<msgType>Cancel</msgType>") && xml.contains("AllClear"), "{xml}");
        });
    }
);

#[test]
fn a_message_is_written_as_recorded() {
    use operations::cap::{Area, Info, Message, MessageKind};
    let at = "2026-12-03T02:01:00.5Z".parse().unwrap();
    let message = Message {
        identifier: "H55-261203-0001.1".into(),
        sender: "H55@tinhso.example".into(),
        sent: at,
        exercise: true,
        kind: MessageKind::Update,
        restriction: "Chỉ dùng trong cơ quan <nhà nước> & liên quan".into(),
        references: vec![("H55-261203-0001.0".into(), at)],
        incident: "H55-261203-0001".into(),
        infos: vec![Info {
            language: "vi-VN",
            category: "Other",
            event: "Hồ sơ quá hạn".into(),
            response: "Execute",
            urgency: "Immediate",
            severity: "Severe",
            certainty: "Observed",
            effective: at,
            expires: Some("2026-12-05T02:01:00Z".parse().unwrap()),
            sender_name: "Tỉnh Thái Nguyên".into(),
            headline: "Ậ".repeat(200),
            description: "Số hồ sơ đang quá hạn: 3".into(),
            instruction: String::new(),
            web: "https://tinhso.example/su-co/1".into(),
            parameters: vec![("reading", "3".into())],
            area: Area {
                description: "Phường Phan Đình Phùng".into(),
                circle: Some((21.5942, 105.848, 2.5)),
                place: Some("05443".into()),
            },
        }],
    };
    let xml = message.to_xml();
    check(&xml);
    insta::assert_snapshot!(xml);
}
