//! The seven forms, filled in as a busy desk fills them: set, complete, and readable.
//!
//! Reading a PDF back needs poppler (`pdftotext`); where it is missing, these tests say so and
//! check only that the forms can be set.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::PathBuf, process::Command};

use files::{Pdf, Sha256Hash};
use jiff::civil::date;
use kernel::Instant;
use one_stop::forms::{
    Apology, Applicant, BookEntry, Component, ComponentForm, Contact, ControlSlip, Discontinuation,
    DocumentNumber, DossierFacts, Fee, Form, Handover, Holder, Identity, Letterhead, Reason,
    Receipt, Refusal, Register, RegisterRow, Signature, SupplementItem, SupplementRequest,
    Timeliness, Tracking, render_form,
};

const LONG_NAME: &str = "Công ty Trách nhiệm hữu hạn Một thành viên Đầu tư Xây dựng, Thương mại và \
    Dịch vụ Tổng hợp Nguyễn Phước Hoàng Thiện Tôn Nữ Khuyến Ngưỡng Thái Nguyên";
const LONG_ADDRESS: &str = "Số nhà 1234/56/78, ngõ 901, đường Cách mạng Tháng Tám, tổ dân phố Phú Thượng \
    Nghĩa, phường Phan Đình Phùng, tỉnh Thái Nguyên";
const LONG_PROCEDURE: &str = "Cấp giấy phép xây dựng mới, giấy phép sửa chữa, cải tạo, giấy phép di dời công \
    trình đối với công trình cấp III, cấp IV (công trình không theo tuyến, theo tuyến trong đô thị, tín \
    ngưỡng, tôn giáo, tượng đài, tranh hoành tráng, theo giai đoạn cho công trình) và nhà ở riêng lẻ";

fn at(text: &str) -> Instant {
    format!("{text}:00+07:00").parse().unwrap()
}

fn head(notation: &str) -> Letterhead {
    Letterhead {
        superior: Some("UBND tỉnh Thái Nguyên".into()),
        agency: "Trung tâm Phục vụ hành chính công".into(),
        number: Some(DocumentNumber { number: 7, notation: notation.into() }),
        place: "Thái Nguyên".into(),
        issued_at: at("2026-11-23T09:15"),
    }
}

fn birth() -> DossierFacts {
    DossierFacts {
        code: "H55.19-261123-0042".parse().unwrap(),
        procedure: "Đăng ký khai sinh".into(),
        procedure_code: "1.001193".parse().unwrap(),
        request: "Đăng ký khai sinh cho con".into(),
        applicant: Applicant {
            name: "Nguyễn Thị Hoàng Ễ ậ ỗ ữ Đ".into(),
            identity: Some(Identity::Citizen("019190000821".parse().unwrap())),
            address: "Tổ 12, phường Phan Đình Phùng, tỉnh Thái Nguyên".into(),
            phone: Some("0912345678".parse().unwrap()),
            email: Some("hoang.nguyen@thu.example".into()),
        },
    }
}

/// Everything as long as it gets, and longer.
fn building_permit() -> DossierFacts {
    DossierFacts {
        code: "H55.19.07-261123-0043".parse().unwrap(),
        procedure: LONG_PROCEDURE.into(),
        procedure_code: "1.013225".parse().unwrap(),
        request: format!("Cấp phép cho công trình tại {LONG_ADDRESS}"),
        applicant: Applicant {
            name: LONG_NAME.into(),
            identity: None,
            address: LONG_ADDRESS.into(),
            phone: None,
            email: Some(format!("{}@thu.example", "phongkehoachtonghop".repeat(6))),
        },
    }
}

fn contact() -> Contact {
    Contact {
        name: "bà Dương Thị Tĩnh, quầy 4".into(),
        phone: Some("02083855555".parse().unwrap()),
    }
}

fn signature() -> Signature {
    Signature {
        titles: vec!["KT. Giám đốc".into(), "Phó Giám đốc".into()],
        name: "Ma Văn Khuyến".into(),
    }
}

fn recipients() -> Vec<String> {
    ["Như trên", "Phòng Tư pháp", "Lưu: VT, TNHS"].map(Into::into).into()
}

fn component(name: &str, form: ComponentForm, hash: Option<&str>) -> Component {
    Component {
        name: name.into(),
        form,
        copies: 1,
        hash: hash.map(|h| Sha256Hash::of(h.as_bytes())),
    }
}

fn receipt(dossier: DossierFacts, components: Vec<Component>, fee: Fee) -> Form {
    Form::Receipt(Box::new(Receipt {
        head: head("TNHS"),
        tracking: Tracking::new("https://tinhso.example/tra-cuu/H55.19-261123-0042", "K7QM")
            .unwrap(),
        desk: "Trung tâm Phục vụ hành chính công tỉnh Thái Nguyên, quầy 4".into(),
        components,
        sets: 1,
        received_at: at("2026-11-23T09:15"),
        time_limit: "trong ngày làm việc; nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo"
            .into(),
        due_at: at("2026-11-23T16:30"),
        fee,
        result_at: "Trung tâm Phục vụ hành chính công tỉnh Thái Nguyên".into(),
        book: Some(BookEntry { volume: "01/2026".into(), entry: 1042 }),
        submitted_by: dossier.applicant.name.clone(),
        received_by: "Dương Thị Tĩnh".into(),
        dossier,
    }))
}

fn birth_receipt() -> Form {
    let components = vec![
        component("Giấy chứng sinh", ComponentForm::Electronic, Some("chứng sinh")),
        component("Giấy chứng nhận kết hôn của cha, mẹ", ComponentForm::Copy, Some("kết hôn")),
        component("Tờ khai đăng ký khai sinh", ComponentForm::Original, Some("tờ khai")),
        component("Giấy tờ tùy thân của người nộp", ComponentForm::Shown, None),
    ];
    receipt(birth(), components, Fee::None)
}

fn building_receipt() -> Form {
    let components = (1..=30)
        .map(|n| {
            component(&format!("Thành phần {n}: {LONG_PROCEDURE}"), ComponentForm::Copy, Some("x"))
        })
        .collect();
    receipt(building_permit(), components, Fee::Paid(1_250_000))
}

fn supplement(dossier: DossierFacts, items: usize, second_approved_by: Option<&str>) -> Form {
    let item = SupplementItem {
        what: "Bản vẽ mặt bằng vị trí công trình trên lô đất, có đóng dấu của đơn vị thiết kế"
            .into(),
        why: "Bản đã nộp thiếu chữ ký của chủ trì thiết kế (khoản 2 Điều 95 Luật Xây dựng)".into(),
    };
    Form::SupplementRequest(Box::new(SupplementRequest {
        head: head("PYC-TTPVHCC"),
        items: vec![item; items],
        second_approved_by: second_approved_by.map(Into::into),
        respond_by: Some(date(2026, 12, 7)),
        contact: contact(),
        submitted_by: dossier.applicant.name.clone(),
        guided_by: "Dương Thị Tĩnh".into(),
        dossier,
    }))
}

fn reasons() -> Vec<Reason> {
    vec![
        Reason {
            text: "Nơi đăng ký không thuộc thẩm quyền của Trung tâm".into(),
            basis: Some("Điều 13 Luật Hộ tịch".into()),
        },
        Reason {
            text: "Hồ sơ không có Giấy chứng sinh hoặc văn bản thay thế".into(), basis: None
        },
    ]
}

fn refusal(dossier: DossierFacts) -> Form {
    Form::Refusal(Box::new(Refusal {
        head: head("PTC-TTPVHCC"),
        desk: "Trung tâm Phục vụ hành chính công tỉnh Thái Nguyên".into(),
        reasons: reasons(),
        guidance: Some("nộp hồ sơ tại Ủy ban nhân dân xã nơi cư trú của cha hoặc mẹ.".into()),
        contact: contact(),
        submitted_by: dossier.applicant.name.clone(),
        received_by: "Dương Thị Tĩnh".into(),
        dossier,
    }))
}

fn apology(dossier: DossierFacts, overdue: bool) -> Form {
    Form::Apology(Box::new(Apology {
        head: head("PXL-TTPVHCC"),
        dossier,
        received_at: at("2026-11-16T09:15"),
        due_at: at("2026-11-23T16:30"),
        overdue,
        reason:
            "Cơ sở dữ liệu hộ tịch điện tử ngừng phục vụ từ ngày 19/11/2026 đến ngày 22/11/2026."
                .into(),
        new_due_at: at("2026-11-26T11:00"),
        contact: contact(),
        signed: signature(),
        recipients: recipients(),
    }))
}

fn discontinuation(dossier: DossierFacts) -> Form {
    Form::Discontinuation(Box::new(Discontinuation {
        head: head("TB-TTPVHCC"),
        dossier,
        received_at: at("2026-11-02T14:05"),
        stopped_at: at("2026-11-23T09:00"),
        reasons: reasons(),
        returned: vec!["Giấy chứng sinh (bản chính)".into(), "Tờ khai đăng ký khai sinh".into()],
        fee: Some("được hoàn trả 50.000 đồng đã nộp".into()),
        contact: contact(),
        signed: signature(),
        recipients: recipients(),
    }))
}

fn control_slip(dossier: DossierFacts, handovers: usize) -> Form {
    let holder = |name: &str, post: &str| Holder { name: name.into(), post: post.into() };
    let timeliness = [Timeliness::Early, Timeliness::OnTime, Timeliness::Overdue];
    let handovers = (0..handovers).map(|n| Handover {
        from: holder("Dương Thị Tĩnh", "Chuyên viên tiếp nhận, quầy 4"),
        to: holder(
            "Hoàng Nguyễn Phương Quỳnh",
            "Công chức Tư pháp - Hộ tịch, phòng Văn hóa - Xã hội",
        ),
        at: at("2026-11-23T09:20"),
        timeliness: timeliness[n % 3],
        note: if n % 3 == 2 { "Mất kết nối liên thông".into() } else { String::new() },
    });
    Form::ControlSlip(Box::new(ControlSlip {
        head: head("PKS-TTPVHCC"),
        dossier,
        agency: "Ủy ban nhân dân phường Phan Đình Phùng".into(),
        partners: vec![
            "Công an phường Phan Đình Phùng".into(),
            "Bảo hiểm xã hội tỉnh Thái Nguyên".into(),
        ],
        received_at: at("2026-11-23T09:15"),
        due_at: at("2026-11-23T16:30"),
        handovers: handovers.collect(),
        late_reason: Some(
            "Mất kết nối với cơ sở dữ liệu quốc gia về dân cư từ 10:00 đến 15:20.".into(),
        ),
    }))
}

fn register(rows: usize) -> Form {
    let row = |n: usize| {
        let dossier = if n.is_multiple_of(9) { building_permit() } else { birth() };
        RegisterRow {
            code: format!("H55.19-261123-{n:04}").parse().unwrap(),
            procedure: dossier.procedure,
            sets: 1,
            applicant: dossier.applicant.name,
            reach: format!("{}; 0912 345 678", dossier.applicant.address),
            agency: "UBND phường Phan Đình Phùng".into(),
            received_at: Some(at("2026-11-23T09:15")),
            due_at: Some(at("2026-11-23T16:30")),
            returned_at: (!n.is_multiple_of(4)).then(|| at("2026-11-23T15:50")),
            returned_by: "Bưu chính công ích".into(),
            signed: "Đã ký số".into(),
            note: if n.is_multiple_of(5) { "Bổ sung 01 lần".into() } else { String::new() },
        }
    };
    Form::Register(Box::new(Register {
        head: Letterhead { number: None, ..head("") },
        period: (date(2026, 11, 1), date(2026, 11, 30)),
        rows: (1..=rows).map(row).collect(),
    }))
}

/// Sets a form and keeps the PDF in the build folder, for people to look at.
fn set(name: &str, form: &Form) -> (Pdf, PathBuf) {
    let pdf = render_form(form).unwrap();
    assert_eq!(pdf.warnings(), <[String; 0]>::default(), "{name}");
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pdf"));
    fs::write(&path, pdf.bytes()).unwrap();
    (pdf, path)
}

/// What poppler reads in the PDF; `None`, loudly, where it is not installed.
fn read_back(path: &PathBuf, option: &str) -> Option<String> {
    let Ok(read) = Command::new("pdftotext").arg(option).arg(path).arg("-").output() else {
        eprintln!("SKIPPED: pdftotext is not installed (Debian: poppler-utils); not read back");
        return None;
    };
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    Some(String::from_utf8(read.stdout).unwrap())
}

#[test]
fn each_form_says_what_it_has_to_say() {
    let forms = [
        ("01-receipt", birth_receipt()),
        ("02-supplement", supplement(birth(), 2, None)),
        ("03-refusal", refusal(birth())),
        ("04-apology", apology(birth(), false)),
        ("05-discontinuation", discontinuation(birth())),
        ("06-control-slip", control_slip(birth(), 3)),
        ("07-register", register(3)),
    ];
    for (name, form) in forms {
        let (pdf, path) = set(name, &form);
        assert_eq!(pdf.pages(), 1, "{name} of an ordinary dossier is one sheet");
        if let Some(text) = read_back(&path, "-raw") {
            insta::assert_snapshot!(name, text.replace('\u{a0}', " "));
        }
    }
}

#[test]
fn vietnamese_is_read_back_letter_by_letter() {
    let (_, path) = set("letters", &birth_receipt());
    if let Some(text) = read_back(&path, "-raw") {
        assert!(text.contains("Nguyễn Thị Hoàng Ễ ậ ỗ ữ Đ"), "{text}");
    }
}

#[test]
fn what_is_very_long_goes_on_the_next_page_and_nothing_is_clipped() {
    let forms = [
        ("01-long", building_receipt()),
        ("02-long", supplement(building_permit(), 25, Some("Giám đốc Trung tâm Ma Văn Khuyến"))),
        ("03-long", refusal(building_permit())),
        ("04-long", apology(building_permit(), true)),
        ("05-long", discontinuation(building_permit())),
        ("06-long", control_slip(building_permit(), 30)),
    ];
    for (name, form) in forms {
        let (_, path) = set(name, &form);
        if let Some(boxes) = read_back(&path, "-bbox") {
            nothing_is_clipped(name, &boxes);
        }
    }
}

#[test]
fn a_register_of_many_pages_has_its_head_on_each_and_every_row() {
    let (pdf, path) = set("07-long", &register(200));
    assert!(pdf.pages() > 5);
    if let Some(boxes) = read_back(&path, "-bbox") {
        nothing_is_clipped("07-long", &boxes);
    }
    if let Some(text) = read_back(&path, "-raw") {
        assert_eq!(text.matches("Mã hồ sơ").count(), pdf.pages());
        let missing = (1..=200).find(|n| !text.contains(&format!("H55.19-261123-{n:04}")));
        assert_eq!(missing, None, "every row is there, and its code in one piece");
    }
}

#[test]
fn an_empty_register_says_so() {
    let (pdf, path) = set("07-empty", &register(0));
    assert_eq!(pdf.pages(), 1);
    if let Some(text) = read_back(&path, "-raw") {
        assert!(text.contains("Trong kỳ không có hồ sơ nào"));
    }
}

/// One word on a page, in points from the upper left corner.
#[derive(Debug)]
struct Word {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

/// Every word stands between the margins (30 mm left, 15 mm right), and on no other word.
fn nothing_is_clipped(name: &str, boxes: &str) {
    const MM: f64 = 72.0 / 25.4;
    for (number, page) in boxes.split("<page ").skip(1).enumerate() {
        let width = attribute(page, "width");
        let words: Vec<Word> = page.split("<word ").skip(1).map(word).collect();
        assert!(!words.is_empty(), "{name}, page {}", number + 1);
        for (n, word) in words.iter().enumerate() {
            let between = word.left > 30.0 * MM - 1.0 && word.right < width - 15.0 * MM + 1.0;
            assert!(between, "{name}, page {}: {word:?} leaves the margins", number + 1);
            let on = words[n + 1..].iter().find(|other| overlap(word, other));
            assert!(on.is_none(), "{name}, page {}: {word:?} on {on:?}", number + 1);
        }
    }
}

fn overlap(a: &Word, b: &Word) -> bool {
    let across = a.right.min(b.right) - a.left.max(b.left);
    let down = a.bottom.min(b.bottom) - a.top.max(b.top);
    across > 1.0 && down > 0.4 * (a.bottom - a.top).min(b.bottom - b.top)
}

fn word(text: &str) -> Word {
    let [left, top, right, bottom] = ["xMin", "yMin", "xMax", "yMax"].map(|n| attribute(text, n));
    Word { left, top, right, bottom }
}

fn attribute(text: &str, name: &str) -> f64 {
    let (_, rest) = text.split_once(&format!("{name}=\"")).unwrap();
    rest.split('"').next().unwrap().parse().unwrap()
}
