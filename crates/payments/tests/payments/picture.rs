//! The code as a telephone sees it: a picture, read by another program than the one that drew it.

use files::Qr;
use payments::vietqr::{self, BankAccount};

/// What a telephone reads in the drawing, each module as large as `scale` dots.
fn read(qr: &Qr, scale: usize) -> Vec<String> {
    let mut dark = vec![vec![false; qr.side()]; qr.side()];
    for bar in qr.path().split('M').skip(1) {
        let numbers: Vec<usize> =
            bar.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
        let [left, top, len, ..] = numbers[..] else { panic!("a bar is {bar}") };
        dark[top][left..left + len].fill(true);
    }
    let side = qr.side() * scale;
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| {
        if dark[y / scale][x / scale] { 20 } else { 235 }
    });
    picture.detect_grids().iter().map(|code| code.decode().unwrap().1).collect()
}

#[test]
fn a_telephone_reads_what_was_written() {
    let account = BankAccount::new(
        "Vietcombank".into(),
        "970436".into(),
        "0011001234567".into(),
        "KBNN THAI NGUYEN".into(),
    );
    let account = account.unwrap();
    for (amount, purpose) in [(15_000, "H55622611230008X1"), (499_999_999, "A")] {
        let text = vietqr::payload(&account, amount, &purpose.parse().unwrap()).unwrap();
        assert_eq!(read(&Qr::new(&text).unwrap(), 4), [text]);
    }
}
