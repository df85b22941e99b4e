//! From files to indicators: each read, then all checked together.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use procedure::Matter;
use toml::{Spanned, value::Datetime};

use super::{
    Dimension, Direction, FaultKind, Finding, Grade, Indicator, SourceFile,
    file::{Entry, File, line_at},
};
use crate::{
    count::Plane,
    expression::{Body, Formula, Known, Node, Reference, check, parse},
    fact::Kept,
    unit::Unit,
};

/// An entry with the formula that was read of it.
struct Draft<'f> {
    source: &'f SourceFile,
    entry: Entry,
    node: Option<Node>,
}

/// Every indicator of the files, by code.
pub(super) fn load(files: &[SourceFile]) -> Result<BTreeMap<String, Indicator>, Vec<Finding>> {
    let mut findings = Vec::new();
    let drafts = read(files, &mut findings);
    let nodes: BTreeMap<String, Node> = drafts
        .iter()
        .filter_map(|draft| Some((draft.entry.code.get_ref().clone(), draft.node.clone()?)))
        .collect();
    let order = in_order(&drafts, &nodes, &mut findings);
    let mut units = Known::new();
    // What cannot be read is told once, and not again by whoever refers to it.
    let broken: BTreeSet<&str> = drafts
        .iter()
        .filter(|draft| draft.node.is_none())
        .map(|draft| draft.entry.code.get_ref().as_str())
        .collect();
    let mut indicators = BTreeMap::new();
    for at in order {
        let draft = &drafts[at];
        let unit = draft.unit(&units, &broken, &mut findings);
        units.extend(unit.map(|unit| (draft.entry.code.get_ref().clone(), unit)));
        if let Some(indicator) = draft.indicator(unit, &nodes, &mut findings) {
            indicators.insert(indicator.code.clone(), indicator);
        }
    }
    if findings.is_empty() {
        return Ok(indicators);
    }
    findings.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    findings.dedup();
    Err(findings)
}

fn read<'f>(files: &'f [SourceFile], findings: &mut Vec<Finding>) -> Vec<Draft<'f>> {
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    let mut codes = BTreeSet::new();
    for source in files {
        let entries = match toml::from_str::<File>(&source.text) {
            Ok(file) => file.indicator,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                let kind = FaultKind::Syntax(error.message().to_owned());
                findings.push(Finding {
                    file: source.name.clone(),
                    line: line_at(&source.text, at),
                    kind,
                });
                continue;
            }
        };
        for entry in entries {
            let mut draft = Draft { source, entry, node: None };
            let code = draft.entry.code.get_ref();
            if !is_code(code) {
                draft.find(&draft.entry.code, FaultKind::Code(code.clone()), findings);
            } else if !codes.insert(code.clone()) {
                draft.find(&draft.entry.code, FaultKind::Duplicate(code.clone()), findings);
            }
            match parse(draft.entry.formula.get_ref(), draft.plane(findings)) {
                Ok(node) => draft.node = Some(node),
                Err((at, kind)) => draft.find_in_formula(at, kind, findings),
            }
            drafts.push(draft);
        }
    }
    drafts
}

fn is_code(text: &str) -> bool {
    let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-';
    let group = |group: &str| !group.is_empty() && group.bytes().all(letter);
    text.len() <= 80 && text.split('.').all(group)
}

/// The drafts in an order in which each comes after those that it is made of; circles are told,
/// and left out.
fn in_order(
    drafts: &[Draft<'_>],
    nodes: &BTreeMap<String, Node>,
    findings: &mut Vec<Finding>,
) -> Vec<usize> {
    let mut order = Vec::new();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut left: Vec<usize> = (0..drafts.len()).collect();
    loop {
        let ready = |draft: &Draft<'_>| {
            made_of(draft).iter().all(|code| done.contains(code) || !nodes.contains_key(*code))
        };
        let (next, rest): (Vec<usize>, Vec<usize>) =
            left.iter().partition(|at| ready(&drafts[**at]));
        if next.is_empty() {
            break;
        }
        done.extend(next.iter().map(|at| drafts[*at].entry.code.get_ref().as_str()));
        order.extend(next);
        left = rest;
    }
    for at in left {
        let draft = &drafts[at];
        if let Some(circle) = circle(draft.entry.code.get_ref(), nodes) {
            draft.find(&draft.entry.formula, FaultKind::Cycle(circle), findings);
        }
    }
    order
}

fn made_of<'d>(draft: &'d Draft<'_>) -> Vec<&'d str> {
    let mut codes = Vec::new();
    if let Some(node) = &draft.node {
        others(node, &mut codes);
    }
    codes
}

fn others<'n>(node: &'n Node, codes: &mut Vec<&'n str>) {
    match &node.body {
        Body::Indicator(code) => codes.push(code),
        Body::Number(_) | Body::Fact(_) => {}
        Body::Plus(a, b) | Body::Minus(a, b) | Body::Times(a, b) => {
            others(a, codes);
            others(b, codes);
        }
        Body::Over { num, den, .. } => {
            others(num, codes);
            others(den, codes);
        }
        Body::Call(_, arguments) => arguments.iter().for_each(|one| others(one, codes)),
    }
}

/// The way from an indicator back to itself, if there is one.
fn circle(start: &str, nodes: &BTreeMap<String, Node>) -> Option<Vec<String>> {
    let mut ways = vec![vec![start.to_owned()]];
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop() {
        let mut next = Vec::new();
        others(nodes.get(way.last()?)?, &mut next);
        for code in next {
            let mut longer = way.clone();
            longer.push(code.to_owned());
            if code == start {
                return Some(longer);
            }
            if nodes.contains_key(code) && seen.insert(code.to_owned()) {
                ways.push(longer);
            }
        }
    }
    None
}

impl Draft<'_> {
    fn find<T>(&self, at: &Spanned<T>, kind: FaultKind, findings: &mut Vec<Finding>) {
        self.find_at(line_at(&self.source.text, at.span().start), kind, findings);
    }

    fn find_at(&self, line: usize, kind: FaultKind, findings: &mut Vec<Finding>) {
        findings.push(Finding { file: self.source.name.clone(), line, kind });
    }

    /// A formula over several lines begins on the line after its three quotes.
    fn find_in_formula(&self, at: usize, kind: FaultKind, findings: &mut Vec<Finding>) {
        let formula = &self.entry.formula;
        let raw = &self.source.text[formula.span()];
        let opens = usize::from(raw.starts_with("\"\"\"\n") || raw.starts_with("'''\n"));
        let first = line_at(&self.source.text, formula.span().start);
        let within = line_at(formula.get_ref(), at) - 1;
        self.find_at(first + opens + within, kind, findings);
    }

    fn plane(&self, findings: &mut Vec<Finding>) -> Plane {
        let Some(word) = &self.entry.matter else { return Plane::Dossier };
        match Matter::from_word(word.get_ref()) {
            Some(matter) => matter.into(),
            None => {
                let kind = wrong("matter", word, Matter::WORDS);
                self.find(word, kind, findings);
                Plane::Dossier
            }
        }
    }

    /// The unit of the formula, where it is sound and the one that the definition says.
    fn unit(
        &self,
        known: &Known,
        broken: &BTreeSet<&str>,
        findings: &mut Vec<Finding>,
    ) -> Option<Unit> {
        let mut faults = Vec::new();
        let unit = check(self.node.as_ref()?, known, &mut faults);
        for (at, kind) in faults {
            let told =
                matches!(&kind, FaultKind::UnknownIndicator(code) if broken.contains(&**code));
            if !told {
                self.find_in_formula(at, kind, findings);
            }
        }
        let (found, said) = (unit?, &self.entry.unit);
        if !Unit::WORDS.contains(&said.get_ref().as_str()) {
            self.find(said, wrong("unit", said, Unit::WORDS), findings);
            return None;
        }
        if found.word() != said.get_ref() {
            let kind = FaultKind::WrongUnit { said: said.get_ref().clone(), found };
            self.find(said, kind, findings);
        }
        Some(found)
    }

    fn indicator(
        &self,
        unit: Option<Unit>,
        nodes: &BTreeMap<String, Node>,
        findings: &mut Vec<Finding>,
    ) -> Option<Indicator> {
        let entry = &self.entry;
        let texts = [
            ("name", &entry.name),
            ("name_en", &entry.name_en),
            ("concept", &entry.concept),
            ("concept_en", &entry.concept_en),
            ("source", &entry.source),
        ];
        for (key, text) in texts {
            if text.get_ref().trim().is_empty() {
                self.find(text, FaultKind::Empty(key), findings);
            }
        }
        if entry.legal_basis.get_ref().is_empty() {
            self.find(&entry.legal_basis, FaultKind::Empty("legal_basis"), findings);
        }
        if let Some(said) = entry.places.as_ref().filter(|said| *said.get_ref() > 6) {
            self.find(said, FaultKind::Places, findings);
        }
        let direction = Direction::from_word(entry.direction.get_ref());
        if direction.is_none() {
            let kind = wrong("direction", &entry.direction, Direction::WORDS);
            self.find(&entry.direction, kind, findings);
        }
        let (valid_from, valid_to) = self.validity(findings)?;
        // A formula that is not sound was told of already.
        let unit = unit?;
        let formula = Formula::of(self.node.as_ref()?, nodes);
        if formula.is_none() {
            self.find(&entry.formula, FaultKind::FormulaTooLong, findings);
        }
        let formula = formula?;
        let dimensions = self.dimensions(&formula, findings);
        let text = |text: &Spanned<String>| kernel::nfc(text.get_ref().trim());
        Some(Indicator {
            code: entry.code.get_ref().clone(),
            name: text(&entry.name),
            name_en: text(&entry.name_en),
            unit,
            places: entry.places.as_ref().map_or(default_places(unit), |said| *said.get_ref()),
            concept: text(&entry.concept),
            concept_en: text(&entry.concept_en),
            formula_text: entry.formula.get_ref().trim().to_owned(),
            formula,
            dimensions,
            direction: direction?,
            source: text(&entry.source),
            legal_basis: entry.legal_basis.get_ref().iter().map(|text| kernel::nfc(text)).collect(),
            // Every fact of the closed list is counted from the journal.
            grade: Grade::A,
            valid_from,
            valid_to,
        })
    }

    fn validity(&self, findings: &mut Vec<Finding>) -> Option<(Date, Option<Date>)> {
        let mut day = |at: &Spanned<Datetime>| {
            let found = date(at.get_ref());
            if found.is_none() {
                let kind = FaultKind::Syntax("a day is written as 2026-01-01".to_owned());
                self.find(at, kind, findings);
            }
            found
        };
        let from = day(&self.entry.valid_from);
        let to = self.entry.valid_to.as_ref().map(|to| (to, day(to)));
        if let (Some(from), Some((at, Some(to)))) = (from, to)
            && to < from
        {
            self.find(at, FaultKind::Reversed, findings);
        }
        Some((from?, to.and_then(|(_, to)| to)))
    }

    fn dimensions(&self, formula: &Formula, findings: &mut Vec<Finding>) -> Vec<Dimension> {
        let mut dimensions = Vec::new();
        for said in &self.entry.dimensions {
            let Some(by) = Dimension::from_word(said.get_ref()) else {
                self.find(said, wrong("dimensions", said, Dimension::WORDS), findings);
                continue;
            };
            let unparted = formula.references().iter().find(|of| !parts(of.fact.kept(), by));
            if let Some(Reference { fact, .. }) = unparted {
                self.find(said, FaultKind::Dimension { fact: *fact, by }, findings);
            }
            dimensions.push(by);
        }
        dimensions
    }
}

/// Whether what is kept so can be parted by a dimension.
const fn parts(kept: Kept, by: Dimension) -> bool {
    match kept {
        Kept::Agency => true,
        Kept::Unit => matches!(by, Dimension::Place | Dimension::Agency | Dimension::Period),
        Kept::Whole => matches!(by, Dimension::Period),
    }
}

/// Counts are whole; what is divided is published with two places.
const fn default_places(unit: Unit) -> u32 {
    match unit {
        Unit::Count(_) | Unit::Dong | Unit::Seconds => 0,
        Unit::Hours | Unit::Days => 1,
        Unit::Ratio => 4,
        Unit::Percent | Unit::Points => 2,
    }
}

fn wrong(key: &'static str, word: &Spanned<String>, known: &'static [&'static str]) -> FaultKind {
    FaultKind::Word { key, word: word.get_ref().clone(), known }
}

fn date(at: &Datetime) -> Option<Date> {
    let date = at.date.filter(|_| at.time.is_none() && at.offset.is_none())?;
    let part = |number: u8| i8::try_from(number).ok();
    Date::new(i16::try_from(date.year).ok()?, part(date.month)?, part(date.day)?).ok()
}
