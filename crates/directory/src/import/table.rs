//! A table as offices keep it: a heading, and a row for each seat with its agency and who sits
//! there. An empty cell says nothing; where the code of the agency is empty the one above holds,
//! as in merged cells.

use std::collections::BTreeMap;

use kernel::fold;
use toml::Spanned;

use super::{
    Fault, FaultKind,
    file::{AgencyRow, File, PersonRow, PostRow, line_at},
};

/// What a column holds, and its headings as they fold.
const COLUMNS: &[(&str, &[&str])] = &[
    ("agency", &["ma co quan", "ma dinh danh", "agency"]),
    ("name", &["ten co quan", "co quan", "agency name"]),
    ("short_name", &["ten ngan", "ten viet tat", "short name"]),
    ("level", &["cap", "level"]),
    ("parent", &["ma co quan cap tren", "cap tren", "parent"]),
    ("place", &["ma dia ban", "dia ban", "place"]),
    ("hours", &["gio lam viec", "hours"]),
    ("post", &["ma vi tri", "ma ghe", "seat", "post"]),
    ("title", &["chuc danh", "chuc vu", "vi tri viec lam", "title"]),
    ("role", &["vai tro", "role"]),
    ("fields", &["linh vuc", "fields"]),
    ("head", &["dung dau", "nguoi dung dau", "head"]),
    ("person", &["ma can bo", "ma cong chuc", "person"]),
    ("person_name", &["ho va ten", "ho ten", "person name"]),
    ("note", &["ghi chu", "note"]),
];

/// Words of levels and roles as they fold, in Vietnamese.
const WORDS: &[(&str, &str)] = &[
    ("tinh", "province"),
    ("so", "department"),
    ("so nganh", "department"),
    ("xa", "commune"),
    ("don vi", "unit"),
    ("tiep nhan", "receiver"),
    ("tra ket qua", "returner"),
    ("chuyen vien", "expert"),
    ("thu ly", "expert"),
    ("van thu", "clerk"),
    ("cap pho", "deputy-head"),
    ("dung dau", "head"),
    ("lanh dao", "head"),
    ("kiem soat", "controller"),
    ("quan tri", "admin"),
    ("ke toan", "accountant"),
];

type Cell = Spanned<String>;

/// Reads a table.
pub(super) fn read(text: &str) -> Result<File, Vec<Fault>> {
    let rows = rows(text).map_err(|fault| vec![fault])?;
    let mut faults = Vec::new();
    let mut rows = rows.into_iter();
    let columns = match rows.next() {
        Some(heading) => columns(text, &heading, &mut faults),
        None => Vec::new(),
    };
    if !columns.contains(&Some("agency")) {
        faults.push(Fault { line: 1, kind: FaultKind::NoColumn("Mã cơ quan") });
    }
    let mut table = Table { text, faults, ..Table::default() };
    if table.faults.is_empty() {
        for row in rows {
            let cells = columns.iter().zip(row).filter_map(|(column, cell)| {
                Some(((*column)?, cell)).filter(|(_, cell)| !cell.get_ref().is_empty())
            });
            table.row(cells.collect());
        }
    }
    if table.faults.is_empty() { Ok(table.file) } else { Err(table.faults) }
}

fn columns(text: &str, heading: &[Cell], faults: &mut Vec<Fault>) -> Vec<Option<&'static str>> {
    let mut known: Vec<Option<&'static str>> = Vec::new();
    for cell in heading {
        let said = fold(cell.get_ref());
        let found = COLUMNS.iter().find(|(_, names)| names.contains(&said.as_str()));
        let column = found.map(|(column, _)| *column).filter(|c| !known.contains(&Some(*c)));
        if column.is_none() && !said.is_empty() {
            let kind = FaultKind::StrangeColumn(cell.get_ref().clone());
            faults.push(Fault { line: line_at(text, cell.span().start), kind });
        }
        known.push(column);
    }
    known
}

/// The file as far as it was read.
#[derive(Default)]
struct Table<'t> {
    text: &'t str,
    file: File,
    faults: Vec<Fault>,
    /// Where agencies and people stand in the file.
    agencies: BTreeMap<String, usize>,
    people: BTreeMap<String, usize>,
    /// The agency of the row above.
    above: Option<Cell>,
}

impl Table<'_> {
    fn row(&mut self, mut cells: BTreeMap<&'static str, Cell>) {
        if cells.is_empty() {
            return;
        }
        if let Some(code) = cells.remove("agency") {
            self.above = Some(code);
        }
        let Some(agency) = self.above.clone() else {
            let line = cells.values().next().map_or(1, |cell| self.line(cell));
            self.faults.push(Fault { line, kind: FaultKind::AgencyCode(String::new()) });
            return;
        };
        let mut take = |column: &str| cells.remove(column);
        let said = AgencyRow {
            code: agency.clone(),
            name: take("name"),
            short_name: take("short_name"),
            level: take("level").map(word),
            parent: take("parent"),
            place: take("place"),
            hours: take("hours"),
        };
        let (person, person_name, note) = (take("person"), take("person_name"), take("note"));
        if let Some(code) = take("post") {
            let fields = take("fields").map(|cell| {
                let fields = cell.get_ref().split([';', '|']);
                fields.map(|field| field.trim().to_owned()).collect()
            });
            let head = take("head").map(|cell| is_yes(cell.get_ref()));
            let (title, role) = (take("title"), take("role").map(word));
            let holder = person.clone();
            self.file.post.push(PostRow { agency, code, title, role, fields, head, holder });
        }
        self.agency(said);
        if let Some(code) = person {
            self.person(PersonRow { code, name: person_name, note });
        }
    }

    fn agency(&mut self, said: AgencyRow) {
        let at = match self.agencies.get(said.code.get_ref()) {
            Some(at) => *at,
            None => {
                self.agencies.insert(said.code.get_ref().clone(), self.file.agency.len());
                return self.file.agency.push(said);
            }
        };
        let row = &mut self.file.agency[at];
        let pairs = [
            (&mut row.name, said.name),
            (&mut row.short_name, said.short_name),
            (&mut row.level, said.level),
            (&mut row.parent, said.parent),
            (&mut row.place, said.place),
            (&mut row.hours, said.hours),
        ];
        for (kept, said) in pairs {
            agree(self.text, &mut self.faults, kept, said);
        }
    }

    fn person(&mut self, said: PersonRow) {
        let at = match self.people.get(said.code.get_ref()) {
            Some(at) => *at,
            None => {
                self.people.insert(said.code.get_ref().clone(), self.file.person.len());
                return self.file.person.push(said);
            }
        };
        let row = &mut self.file.person[at];
        for (kept, said) in [(&mut row.name, said.name), (&mut row.note, said.note)] {
            agree(self.text, &mut self.faults, kept, said);
        }
    }

    fn line(&self, cell: &Cell) -> usize {
        line_at(self.text, cell.span().start)
    }
}

/// Two rows about one thing say the same, or one of them says nothing.
fn agree(text: &str, faults: &mut Vec<Fault>, kept: &mut Option<Cell>, said: Option<Cell>) {
    match (kept, said) {
        (Some(kept), Some(said)) if kept.get_ref() != said.get_ref() => {
            let line = line_at(text, kept.span().start);
            let kind = FaultKind::Differs(said.get_ref().clone(), line);
            faults.push(Fault { line: line_at(text, said.span().start), kind });
        }
        (kept @ None, said) => *kept = said,
        _ => {}
    }
}

fn word(cell: Cell) -> Cell {
    let said = fold(cell.get_ref());
    let known = WORDS.iter().find(|(vietnamese, _)| *vietnamese == said);
    match known {
        Some((_, english)) => Spanned::new(cell.span(), (*english).to_owned()),
        None => cell,
    }
}

fn is_yes(text: &str) -> bool {
    matches!(fold(text).as_str(), "x" | "co" | "1" | "yes" | "true")
}

/// The cells, each with where it begins; quotation marks as spreadsheets write them (RFC 4180).
fn rows(text: &str) -> Result<Vec<Vec<Cell>>, Fault> {
    let heading = text.lines().next().unwrap_or_default();
    let count = |mark: char| heading.chars().filter(|c| *c == mark).count();
    let parting = [',', ';', '\t'].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(',');
    let (mut rows, mut row) = (Vec::new(), Vec::new());
    let (mut cell, mut from, mut quote) = (String::new(), 0, None);
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' if quote.is_some() && letters.peek().is_some_and(|(_, next)| *next == '"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quote.is_some() => quote = None,
            '"' if cell.trim().is_empty() => quote = Some(at),
            _ if quote.is_some() => cell.push(letter),
            '\r' => {}
            '\n' => {
                row.push(finished(&mut cell, from..at));
                rows.push(std::mem::take(&mut row));
                from = at + 1;
            }
            _ if letter == parting => {
                row.push(finished(&mut cell, from..at));
                from = at + letter.len_utf8();
            }
            _ => cell.push(letter),
        }
    }
    if let Some(at) = quote {
        return Err(Fault { line: line_at(text, at), kind: FaultKind::OpenQuote });
    }
    row.push(finished(&mut cell, from..text.len()));
    rows.push(row);
    Ok(rows)
}

fn finished(cell: &mut String, span: std::ops::Range<usize>) -> Cell {
    Spanned::new(span, std::mem::take(cell).trim().to_owned())
}
