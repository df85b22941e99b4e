use kernel::CaseId;
use payments::{
    Problem, StatementSettings,
    reconcile::{self, Run, Verdict},
    statement::{self, Columns, StatementFault},
};
use store::store_test;

use crate::authority::{Desk, at, paid};

fn settings() -> StatementSettings {
    StatementSettings {
        source: "cong".into(),
        title: "Sổ phụ".into(),
        columns: Columns {
            number: "Số GD".into(),
            paid_at: "Ngày giao dịch".into(),
            amount: "Ghi có".into(),
            words: "Diễn giải".into(),
        },
    }
}

/// A statement with its letterhead, money that went out, and a sum.
fn file(rows: &[(&str, &str, &str, &str)]) -> String {
    let mut text = "NGÂN HÀNG,,,,\nSao kê tài khoản,,,,\n\
                    Ngày giao dịch,Số GD,Ghi nợ,Ghi có,Diễn giải\n\
                    02/03/2026,OUT1,\"5,000\",,phi\n"
        .to_owned();
    for (day, number, amount, words) in rows {
        text += &format!("{day},{number},,\"{amount}\",{words}\n");
    }
    text + ",,,\"999,999\",Cộng\n"
}

fn reads(desk: &Desk, text: &str, now: &'static str) -> Run {
    let lines = statement::read(&settings(), text.as_bytes()).unwrap();
    let (bytes, count) = (text.as_bytes().to_vec(), lines.len());
    let run = desk.write(move |tx, commune| {
        let (office, by) = (commune.office(), commune.clerk());
        reconcile::begin(tx, office, &settings(), "saoke.csv", &bytes, count, &by, at(now))
    });
    let run = run.unwrap();
    for chunk in lines.chunks(reconcile::CHUNK) {
        let chunk = chunk.to_vec();
        desk.write(move |tx, commune| {
            reconcile::take(tx, commune.office(), run, "cong", &chunk, at(now))
        })
        .unwrap();
    }
    let done = desk.write(move |tx, commune| {
        reconcile::finish(tx, commune.office(), run, &commune.clerk(), at(now))
    });
    done.unwrap()
}

fn order(desk: &Desk, id: CaseId) -> String {
    desk.order(id, "2026-03-02T02:00:00Z").unwrap().reference
}

store_test!(
    fn a_day_is_held_against_its_statement(store: Store) {
        let desk = Desk::open(store);
        let cases: Vec<CaseId> = (0..6).map(|_| desk.owing(&[15_000])).collect();
        let orders: Vec<String> = cases.iter().map(|id| order(&desk, *id)).collect();
        // Four were told by the gateway; the fifth only stands on the statement.
        for (number, order) in ["G1", "G2", "G3", "G4"].iter().zip(&orders) {
            desk.comes(&paid(number, order, 15_000), "2026-03-02T03:00:00Z");
        }
        let text = file(&[
            ("02/03/2026 09:00:00", "G1", "15,000", &orders[0]),
            ("02/03/2026 09:00:00", "G2", "14,000", &orders[1]),
            ("02/03/2026 09:30:00", "B5", "15,000", &format!("IBFT {} NGUYEN THI HOA", orders[4])),
            ("02/03/2026 10:00:00", "B6", "15.000", &format!("{} lan 2", orders[0])),
            ("02/03/2026 11:00:00", "B7", "20,000.00", "chuyen tien"),
        ]);
        let run = reads(&desk, &text, "2026-03-03T01:00:00Z");
        let counts = Verdict::ALL.iter().map(|verdict| run.summary.of(*verdict).lines);
        assert_eq!(counts.collect::<Vec<_>>(), [1, 1, 1, 1, 1]);
        assert_eq!(run.summary.missing_at_bank.lines, 2, "G3 and G4");
        assert_eq!((desk.case(cases[4]).unpaid(), desk.case(cases[5]).unpaid()), (0, 15_000));
        let problems = |desk: &Desk| {
            let mut all: Vec<_> = desk
                .open_problems()
                .iter()
                .map(|k| (k.number.clone(), k.problem.unwrap()))
                .collect();
            all.sort();
            all
        };
        assert_eq!(
            problems(&desk),
            [
                ("B6".to_owned(), Problem::Excess),
                ("B7".to_owned(), Problem::Unknown),
                ("G2".to_owned(), Problem::StatedOtherwise),
                ("G3".to_owned(), Problem::MissingAtBank),
                ("G4".to_owned(), Problem::MissingAtBank),
            ]
        );

        // The same file again changes nothing; the next day shows what was missing.
        let paid_events = desk.events("paid");
        let again = reads(&desk, &text, "2026-03-03T02:00:00Z");
        assert_eq!(again.summary.matched.lines, 4);
        assert_eq!(desk.events("paid"), paid_events);
        let next = file(&[
            ("03/03/2026", "G3", "15,000", &orders[2]),
            ("03/03/2026", "G4", "15,000", &orders[3]),
        ]);
        let run = reads(&desk, &next, "2026-03-04T01:00:00Z");
        assert_eq!((run.summary.matched.lines, run.summary.missing_at_bank.lines), (2, 0));
        assert_eq!(problems(&desk).len(), 3);
        assert_eq!(desk.events("payment.reconciled"), 3);
    }
);

store_test!(
    fn the_words_of_payers_are_sealed(store: Store) {
        let desk = Desk::open(store);
        let text = file(&[("02/03/2026", "B1", "15,000", "NGUYEN THI HOA chuyen tien")]);
        let run = reads(&desk, &text, "2026-03-03T01:00:00Z").id;
        let (judged, sealed) = desk
            .write(move |tx, commune| {
                let judged = reconcile::lines(tx, commune.office(), run, None, 0, 10)?;
                let sealed: Vec<u8> = tx.one(
                    "select sealed from reconciliation_line where tenant = $1",
                    store::args!(&commune.tenant),
                    |row| row.get(0),
                )?;
                Ok((judged, sealed))
            })
            .unwrap();
        assert_eq!(judged[0].line.words, "NGUYEN THI HOA chuyen tien");
        assert!(!String::from_utf8_lossy(&sealed).contains("HOA"));
    }
);

#[test]
fn a_spreadsheet_is_read_as_its_csv() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in
        ["STT", "Ngày giao dịch", "Số GD", "Ghi có", "Diễn giải"].iter().enumerate()
    {
        sheet.write_string(2, u16::try_from(column).unwrap(), *heading).unwrap();
    }
    let format = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy hh:mm");
    let when = rust_xlsxwriter::ExcelDateTime::parse_from_str("2026-03-02T09:30:00").unwrap();
    sheet.write_number(3, 0, 1).unwrap();
    sheet.write_datetime_with_format(3, 1, &when, &format).unwrap();
    sheet.write_string(3, 2, "B1").unwrap();
    sheet.write_number(3, 3, 15_000).unwrap();
    sheet.write_string(3, 4, "H55622603020001X1").unwrap();
    let file = book.save_to_buffer().unwrap();
    let lines = statement::read(&settings(), &file).unwrap();
    assert_eq!(lines.len(), 1);
    assert_eq!((lines[0].row, lines[0].amount), (4, 15_000));
    assert_eq!(lines[0].paid_at, at("2026-03-02T02:30:00Z"));
}

#[test]
fn a_file_is_taken_whole_or_not_at_all() {
    let refused = |text: &str| statement::read(&settings(), text.as_bytes()).unwrap_err();
    assert!(matches!(refused("a,b,c\n1,2,3\n"), StatementFault::NoHeading(_)));
    assert_eq!(refused(&file(&[])), StatementFault::Empty);
    let bad = file(&[("02/03/2026", "B1", "15,000", "x"), ("hôm qua", "B2", "15,000", "x")]);
    assert!(matches!(refused(&bad), StatementFault::Cell { row: 6, what: "day", .. }));
    let twice = file(&[("02/03/2026", "B1", "15,000", "x"), ("02/03/2026", "B1", "16,000", "x")]);
    assert!(matches!(refused(&twice), StatementFault::Twice { .. }));
    assert!(matches!(statement::read(&settings(), b"PK\x03\x04"), Err(StatementFault::Format(_))));
    assert!(matches!(statement::read(&settings(), b"\xff\xfe"), Err(StatementFault::Format(_))));
}
