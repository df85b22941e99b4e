//! Forms: one document for the server and the browser, generated or written, and refused with
//! its line where it is broken.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod common;

use procedure::{Complaint, FaultKind, FieldKind, Language, Procedure, SchemaFault, Why, load};
use serde_json::{Map, Value, json};

/// The birth registration with its fields replaced by a document of their own.
fn with_document(document: &str) -> Result<Procedure, Vec<procedure::Fault>> {
    let (head, tail) = parts();
    load(&format!("{head}[form]\nschema = '''\n{document}'''\n\n{tail}"))
}

/// What stands before the fields in the birth registration, and after them.
fn parts() -> (String, String) {
    let text = common::examples().remove(0);
    let first = text.find("[[field]]").unwrap();
    let after = text.find("[[result]]").unwrap();
    // Its fee goes by a field that another form does not have.
    let head = text[..first].replace("after = { field = \"ngay_sinh\", days = 60 }\n", "");
    (head, text[after..].to_owned())
}

const WRITTEN: &str = r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "properties": {
    "ten_quan": {
      "title": "Tên quán",
      "x-question": "Quán tên là gì?",
      "type": "string",
      "minLength": 2,
      "maxLength": 60,
      "x-personal": false
    },
    "hinh_thuc": {
      "title": "Hình thức",
      "type": "string",
      "oneOf": [
        { "const": "tai_cho", "title": "Ăn tại chỗ" },
        { "const": "mang_di", "title": "Mang đi" }
      ]
    },
    "so_ban": { "title": "Số bàn", "type": "integer", "minimum": 1, "maximum": 99 },
    "chu_quan": { "title": "Chủ quán", "type": "string", "format": "citizen-id", "x-known": "number" }
  },
  "required": ["ten_quan", "hinh_thuc"],
  "additionalProperties": false,
  "if": { "properties": { "hinh_thuc": { "const": "tai_cho" } }, "required": ["hinh_thuc"] },
  "then": { "required": ["so_ban"] }
}
"#;

fn answers(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn complaint(field: &str, why: Why) -> Complaint {
    Complaint { field: Some(field.parse().unwrap()), why }
}

#[test]
fn a_form_is_made_of_the_fields_and_checks_answers_of_every_kind() {
    let form = common::birth().form;
    let schema = form.schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let good = answers(json!({
        "ho_ten_tre": "Lường Minh An", "ngay_sinh": "2026-11-14", "gioi_tinh": "nam",
        "noi_sinh": "05443", "so_dinh_danh_me": "019197008821",
    }));
    assert_eq!(form.check(&good), []);
    let bad = answers(json!({
        "ho_ten_tre": "", "ngay_sinh": "2026-11-31", "gioi_tinh": "khac",
        "noi_sinh": "19", "so_dinh_danh_me": "003197008821", "la": 1,
    }));
    let found = form.check(&bad);
    assert_eq!(
        found,
        [
            complaint("ho_ten_tre", Why::Missing),
            complaint("ngay_sinh", Why::Form),
            complaint("gioi_tinh", Why::NotChoice),
            complaint("noi_sinh", Why::Form),
            complaint("so_dinh_danh_me", Why::Form),
            complaint("la", Why::Unasked),
        ]
    );
    assert_eq!(form.check(&Map::new()).len(), 4, "what is required is missing");
}

#[test]
fn a_written_document_gives_the_fields_and_its_rules_between_them_hold() {
    let procedure = with_document(WRITTEN).unwrap();
    let fields: Vec<_> =
        procedure.fields.iter().map(|f| (f.id.as_str(), f.kind, f.required)).collect();
    assert_eq!(
        fields,
        [
            ("ten_quan", FieldKind::Text, true),
            ("hinh_thuc", FieldKind::Choice, true),
            ("so_ban", FieldKind::Integer, false),
            ("chu_quan", FieldKind::CitizenId, false),
        ]
    );
    assert_eq!(procedure.fields[0].question.as_deref(), Some("Quán tên là gì?"));
    assert!(!procedure.fields[0].personal && procedure.fields[1].personal);
    let form = &procedure.form;
    assert_eq!(form.limits(&procedure.fields[0].id).max_length, Some(60));
    let seated = answers(json!({ "ten_quan": "Phở Sương", "hinh_thuc": "tai_cho" }));
    assert_eq!(form.check(&seated), [complaint("so_ban", Why::Missing)]);
    let away = answers(json!({ "ten_quan": "P", "hinh_thuc": "mang_di", "so_ban": 100 }));
    assert_eq!(
        form.check(&away),
        [
            complaint("ten_quan", Why::TooShort { least: 2 }),
            complaint("so_ban", Why::TooGreat { most: 99 }),
        ]
    );
}

/// Where the first fault is told, counted from the line of the document's first brace.
fn fault(from: &str, to: &str) -> (usize, FaultKind) {
    let broken = WRITTEN.replacen(from, to, 1);
    assert_ne!(broken, WRITTEN);
    let first = parts().0.lines().count() + 3;
    let fault = with_document(&broken).unwrap_err().remove(0);
    assert!(!fault.message(Language::Vietnamese).is_empty());
    (fault.line + 1 - first, fault.kind)
}

#[test]
fn a_broken_document_is_refused_with_its_line() {
    let (line, kind) = fault("\"minLength\": 2,", "\"minLength\": -2,");
    assert!(matches!((line, kind), (9, FaultKind::Schema(SchemaFault::Keyword(_)))));
    let (line, kind) = fault("\"type\": \"object\",\n", "\"type\": \"object\"\n");
    assert!(matches!((line, kind), (4, FaultKind::Schema(SchemaFault::Syntax(_)))));
    let (line, kind) = fault("\"format\": \"citizen-id\"", "\"format\": \"passport\"");
    assert_eq!((line, kind), (22, FaultKind::Schema(SchemaFault::NoQuestion("chu_quan".into()))));
    let (line, kind) = fault("[\"ten_quan\", \"hinh_thuc\"]", "[\"ten_quan\",\n\"hinh\"]");
    assert_eq!((line, kind), (25, FaultKind::Schema(SchemaFault::RequiredUnknown("hinh".into()))));
    let (line, kind) = fault("\"so_ban\": { \"title\": \"Số bàn\",", "\"so_ban\": {");
    assert_eq!((line, kind), (21, FaultKind::Schema(SchemaFault::NoTitle("so_ban".into()))));
    let (line, kind) = fault("\"maxLength\": 60", "\"$ref\": \"https://example.org/x\"");
    assert!(matches!((line, kind), (10, FaultKind::Schema(SchemaFault::Outside(_)))));
    let (line, kind) = fault("2020-12/schema", "draft-07/schema");
    assert!(matches!((line, kind), (2, FaultKind::Schema(SchemaFault::Draft(_)))));
    let (line, kind) = fault("\"x-known\": \"number\"", "\"x-known\": \"born\"");
    assert!(matches!((line, kind), (22, FaultKind::Schema(SchemaFault::Known(_)))));
    let (line, kind) = fault("\"tai_cho\", \"title\"", "\"tại chỗ\", \"title\"");
    assert!(matches!((line, kind), (13, FaultKind::Schema(SchemaFault::Name { .. }))));
}

#[test]
fn a_form_is_written_in_one_way_only() {
    let (head, tail) = parts();
    let twice = format!(
        "{head}[form]\nschema = '''{WRITTEN}'''\n\n[[field]]\nid = \"a\"\nlabel = \"A\"\nkind = \"text\"\n\n{tail}"
    );
    let faults = load(&twice).unwrap_err();
    assert!(faults.iter().any(|fault| fault.kind == FaultKind::FormTwice), "{faults:?}");
}

#[test]
fn what_a_browser_gets_says_in_both_languages_what_it_asks() {
    let form = common::birth().form;
    insta::assert_snapshot!(serde_json::to_string_pretty(form.schema()).unwrap());
}

#[test]
fn the_form_of_every_example_asks_each_of_its_fields() {
    for procedure in [common::birth(), common::construction()] {
        let asked = procedure.form.schema()["properties"].as_object().unwrap().len();
        assert_eq!(asked, procedure.fields.len(), "{}", procedure.code);
    }
}
