use payments::{
    Gateway, GatewaySettings,
    gateway::{Disbelief, Said},
    signature::{self, Fields, SigningKey},
};
use store::store_test;

use crate::authority::{Desk, at};

fn key(id: &str, secret: &str, until: Option<&str>) -> SigningKey {
    let secret = kernel::Secret::new(secret.as_bytes().to_vec());
    SigningKey { id: id.into(), secret, from: None, until: until.map(at) }
}

fn gateway() -> Gateway {
    let fields = [("amount", "vnp_Amount"), ("order", "vnp_TxnRef"), ("signature", "hash")];
    let settings = GatewaySettings {
        name: "cong".into(),
        title: "Cổng thử".into(),
        merchant: "TN01".into(),
        create_url: "https://gateway.example/create".into(),
        query_url: "https://gateway.example/query".into(),
        fields: fields.map(|(ours, theirs)| (ours.into(), theirs.into())).into(),
        success: "00".into(),
        unit: 100,
    };
    let keys = vec![
        key("old", "0123456789abcdef-old", Some("2026-03-03T00:00:00Z")),
        key("new", "0123456789abcdef-new", None),
    ];
    Gateway::new(settings, keys).unwrap()
}

/// A message of the gateway, signed as it does.
fn call(key: &SigningKey, change: impl FnOnce(&mut Fields)) -> Fields {
    let mut fields: Fields = [
        ("merchant", "TN01"),
        ("vnp_TxnRef", "H55622603020001X1"),
        ("vnp_Amount", "1500000"),
        ("status", "00"),
        ("transaction", "G-1"),
        ("paid_at", "1772416800"),
        ("sent_at", "1772416830"),
        ("key", &key.id),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    change(&mut fields);
    let signature = signature::sign(key, &fields, "hash");
    fields.insert("hash".into(), signature);
    fields
}

#[test]
fn a_call_is_believed_only_signed_and_fresh() {
    let (gateway, now) = (gateway(), at("2026-03-02T02:01:00Z"));
    let old = key("old", "0123456789abcdef-old", None);
    let Ok(Said::Paid(arrival)) = gateway.said(&call(&old, |_| ()), now) else { panic!("paid") };
    assert_eq!((arrival.amount, arrival.words.as_str()), (15_000, "H55622603020001X1"));
    assert_eq!(arrival.paid_at, at("2026-03-02T02:00:00Z"));

    let unbelieved = |fields: &Fields, now| gateway.said(fields, now).unwrap_err();
    let forger = key("old", "somebody else's key", None);
    assert_eq!(unbelieved(&call(&forger, |_| ()), now), Disbelief::Signature);
    let mut altered = call(&old, |_| ());
    altered.insert("vnp_Amount".into(), "100".into());
    assert_eq!(unbelieved(&altered, now), Disbelief::Signature);
    let recorded = call(&old, |_| ());
    assert_eq!(unbelieved(&recorded, at("2026-03-02T02:20:00Z")), Disbelief::Stale);
    assert_eq!(unbelieved(&recorded, at("2026-03-03T00:00:00Z")), Disbelief::Signature, "old key");
    let other = call(&old, |fields| drop(fields.insert("merchant".into(), "TN02".into())));
    assert_eq!(unbelieved(&other, now), Disbelief::Merchant);
    let part = call(&old, |fields| drop(fields.insert("vnp_Amount".into(), "1500050".into())));
    assert_eq!(unbelieved(&part, now), Disbelief::Field("amount"));
    let failed = call(&old, |fields| drop(fields.insert("status".into(), "24".into())));
    assert!(matches!(gateway.said(&failed, now), Ok(Said::Failed { .. })));
}

store_test!(
    fn an_order_is_handed_over_under_the_newest_key(store: Store) {
        let desk = Desk::open(store);
        let id = desk.owing(&[15_000]);
        let order = desk.order(id, "2026-03-02T02:00:00Z").unwrap();
        let (gateway, now) = (gateway(), at("2026-03-02T02:01:00Z"));
        let out = gateway.create(&order, "https://t.example/ve", "https://t.example/bao", now);
        let out = out.unwrap();
        assert_eq!(out.url, "https://gateway.example/create");
        assert_eq!(
            (out.fields["vnp_Amount"].as_str(), out.fields["key"].as_str()),
            ("1500000", "new")
        );
        let keys = [key("new", "0123456789abcdef-new", None)];
        assert!(signature::is_signed(&keys, &out.fields, "hash", Some("new"), now));

        let answer =
            |url: &str| call(&keys[0], |fields| drop(fields.insert("pay_url".into(), url.into())));
        let url = "https://gateway.example/pay/1";
        assert_eq!(gateway.created(&answer(url), &order, now).unwrap(), url);
        let script = gateway.created(&answer("javascript:alert(1)"), &order, now);
        assert_eq!(script, Err(Disbelief::Field("pay_url")));
    }
);
