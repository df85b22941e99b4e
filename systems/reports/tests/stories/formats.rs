//! What leaves the house is as it was: a report as PDF and as a spreadsheet, a round as SDMX-CSV and
//! as a spreadsheet, values and analytics as DHIS2 has them. Whoever changes one of these changes
//! what others read, and sees it here.

use std::{io::Cursor, process::Command};

use calamine::{Reader, Xlsx, open_workbook_from_rs};
use serde_json::Value;
use store::{Store, store_test};

use crate::{
    dhis2::{CELL, Program, element, key},
    office::{Office, PERIOD, REGIME, follows, page},
};

/// An office in which one department has sent its report.
fn sent(store: &Store) -> Office {
    let office = Office::open(store);
    office.count();
    let report = office.report("H55.04");
    let contest =
        [("x.tong-hop.tiep-nhan.so", "7"), ("r.tong-hop.tiep-nhan.so", "Bảy hồ sơ giấy chưa nhập")];
    follows(&office.post(&page(&report), &office.holder(&report), &contest));
    office.sent("H55.04", "40");
    office
}

/// The worksheets of a spreadsheet, cell by cell.
fn cells(bytes: &[u8]) -> String {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let mut out = String::new();
    for name in book.sheet_names() {
        out.push_str(&format!("== {name}\n"));
        for row in book.worksheet_range(&name).unwrap().rows() {
            let line: Vec<String> = row.iter().map(|cell| format!("{cell:?}")).collect();
            out.push_str(&format!("{}\n", line.join(" | ")));
        }
    }
    out
}

/// The words of a PDF as they lie on its pages; none where nothing here can read them.
fn words(bytes: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.pdf");
    std::fs::write(&path, bytes).unwrap();
    let Ok(read) = Command::new("pdftotext").args(["-layout"]).arg(&path).arg("-").output() else {
        let said = "pdftotext is not installed (Debian: poppler-utils); not read back";
        assert!(std::env::var_os("TINHSO_TEST_REQUIRED").is_none(), "{said}");
        eprintln!("SKIPPED: {said}");
        return None;
    };
    assert!(read.status.success());
    let text = String::from_utf8(read.stdout).unwrap();
    let lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty());
    Some(lines.collect::<Vec<_>>().join("\n"))
}

store_test!(
    fn a_report_as_a_file(store: Store) {
        let office = sent(&store);
        let report = office.report("H55.04");
        let file = |name: &str| {
            office.get(&format!("{}/tep/{name}", page(&report)), &office.holder(&report))
        };
        insta::assert_snapshot!("one_xlsx", cells(&file("bao-cao.xlsx").bytes));
        insta::assert_snapshot!("one_sdmx", file("bao-cao.csv").text());
        if let Some(words) = words(&file("bao-cao.pdf").bytes) {
            insta::assert_snapshot!("one_pdf", words);
        }
    }
);

store_test!(
    fn a_round_as_a_file(store: Store) {
        let office = sent(&store);
        let head = office.house.sign_in("ubnd-tinh/chu-tich");
        let file = |ending: &str| {
            let path = format!("/bao-cao/tong-hop.{ending}?che_do={REGIME}&ky={PERIOD}");
            office.get(&path, &head)
        };
        insta::assert_snapshot!("round_xlsx", cells(&file("xlsx").bytes));
        insta::assert_snapshot!("round_sdmx", file("csv").text());
    }
);

store_test!(
    fn what_programs_read(store: Store) {
        let office = sent(&store);
        let program = Program { office: &office, key: key(&office, "so-tu-phap/thu-truong") };
        let pretty = |answer: &Value| serde_json::to_string_pretty(answer).unwrap();
        let asked = "/dataValueSets?dataSet=THU-T&period=202611&orgUnit=H55.04";
        insta::assert_snapshot!("data_value_sets", pretty(&program.ask("GET", asked, None).1));
        let asked = format!(
            "/analytics?dimension=dx:{};{}&dimension=pe:THIS_MONTH&dimension=ou:H55.04&dimension=co",
            element(CELL),
            element("tong-hop.tiep-nhan.so"),
        );
        insta::assert_snapshot!("analytics", pretty(&program.ask("GET", &asked, None).1));
    }
);
