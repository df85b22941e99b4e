//! The rules of a form: comparisons such as `a.*.x + 2 * a.*.y <= a.*.z`, once for each row that a
//! `*` stands for.

use toml::Spanned;

use super::RuleFile;
use crate::{
    finding::{FaultKind, Findings, is_id},
    form::{Form, Of, Ordering, Rule, Severity, Sum, Term, Test},
    number::Number,
    regime,
};

/// How far a value may move, or lie from those of others, where the rule does not say.
const PERCENT: f64 = 50.0;
const Z: f64 = 3.5;

/// Adds a rule to the form.
pub(super) fn add(findings: &mut Findings<'_>, form: &mut Form, file: &RuleFile) {
    let (at, id) = (file.id.span().start, file.id.get_ref());
    if !is_id(id) {
        findings.add(at, FaultKind::Id, id);
    }
    let severity = file.severity.as_ref();
    let severity = severity.and_then(|word| regime::word(findings, word, Severity::from_word));
    let kinds =
        [file.check.is_some(), file.pair.is_some(), file.change.is_some(), file.outlier.is_some()];
    if kinds.into_iter().filter(|is| *is).count() != 1 || file.explain.trim().is_empty() {
        findings.add(at, FaultKind::Rule, id);
        return;
    }
    let usual = if file.check.is_some() || file.pair.is_some() {
        Severity::Error
    } else {
        Severity::Warning
    };
    let texts: Vec<&str> = match (&file.check, &file.pair, &file.change, &file.outlier) {
        (Some(text), ..) | (_, _, Some(text), _) | (.., Some(text)) => vec![text.get_ref()],
        (_, Some(pair), ..) => pair.get_ref().iter().map(String::as_str).collect(),
        _ => return,
    };
    for row in rows(form, &texts) {
        match test(form, file, row.as_deref()) {
            Ok(test) => form.rules.push(Rule {
                id: id.clone(),
                severity: severity.unwrap_or(usual),
                explain: file.explain.clone(),
                test,
            }),
            Err((kind, about)) => {
                findings.add(span(file), kind, about);
                return;
            }
        }
    }
}

fn span(file: &RuleFile) -> usize {
    let texts = [&file.check, &file.change, &file.outlier];
    let text = texts.into_iter().flatten().next().map(|text: &Spanned<String>| text.span().start);
    text.or_else(|| file.pair.as_ref().map(|pair| pair.span().start)).unwrap_or(0)
}

/// The rows that a `*` stands for; once nothing where there is none.
fn rows(form: &Form, texts: &[&str]) -> Vec<Option<String>> {
    let table = texts.iter().find_map(|text| {
        let (before, _) = text.split_once(".*.")?;
        before.rsplit(|c: char| !is_name(c)).next()
    });
    let table = table.and_then(|id| form.tables.iter().find(|table| table.id == id));
    match table {
        Some(table) => table.rows.iter().map(|(id, _)| Some(id.clone())).collect(),
        None => vec![None],
    }
}

type Fault = (FaultKind, String);

fn test(form: &Form, file: &RuleFile, row: Option<&str>) -> Result<Test, Fault> {
    let cell = |name: &str| cell(form, name, row);
    let percent = |n: f64| Number::plain(&format!("{n:.4}")).unwrap_or_default();
    if let Some(text) = &file.check {
        return compare(text.get_ref(), &cell);
    }
    if let Some(pair) = &file.pair {
        let [a, b] = pair.get_ref();
        return Ok(Test::Pair { a: cell(a)?, b: cell(b)? });
    }
    if let Some(text) = &file.change {
        let percent = percent(file.percent.unwrap_or(PERCENT));
        return Ok(Test::Change { cell: cell(text.get_ref())?, percent });
    }
    let name = file.outlier.as_ref().map_or("", |text| text.get_ref());
    Ok(Test::Outlier { cell: cell(name)?, z: file.z.unwrap_or(Z) })
}

fn cell(form: &Form, name: &str, row: Option<&str>) -> Result<usize, Fault> {
    let name = row.map_or_else(
        || name.trim().to_owned(),
        |row| name.trim().replace(".*.", &format!(".{row}.")),
    );
    let place = form.place(&name).filter(|at| form.cells[*at].kind.is_number());
    place.ok_or((FaultKind::Cell, name))
}

fn compare(text: &str, cell: &impl Fn(&str) -> Result<usize, Fault>) -> Result<Test, Fault> {
    let fault = || (FaultKind::Rule, text.to_owned());
    // The longer signs first: `<` begins `<=`.
    let signs = ["<=", ">=", "!=", "<", ">", "="];
    let sign = signs.into_iter().find(|sign| text.contains(sign)).ok_or_else(fault)?;
    let (left, right) = text.split_once(sign).ok_or_else(fault)?;
    let order = Ordering::from_word(sign).ok_or_else(fault)?;
    Ok(Test::Compare { left: sum(left, cell)?, order, right: sum(right, cell)? })
}

/// `a.b.c + 2 * d.e.f - 3`; a minus of a name has no spaces around it, one between terms has.
pub(super) fn sum(text: &str, cell: &impl Fn(&str) -> Result<usize, Fault>) -> Result<Sum, Fault> {
    let fault = || (FaultKind::Rule, text.trim().to_owned());
    let mut terms = Vec::new();
    let mut sign = 1;
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let number = Number::plain(word);
        let factor = Number::whole(sign);
        if words.peek() == Some(&"*") {
            words.next();
            let (number, name) = (number.ok_or_else(fault)?, words.next().ok_or_else(fault)?);
            terms.push(Term { factor: factor.times(number), of: Of::Cell(cell(name)?) });
        } else if let Some(number) = number {
            terms.push(Term { factor: factor.times(number), of: Of::One });
        } else {
            terms.push(Term { factor, of: Of::Cell(cell(word)?) });
        }
        sign = match words.next() {
            Some("+") => 1,
            Some("-") => -1,
            None => break,
            Some(_) => return Err(fault()),
        };
        if words.peek().is_none() {
            return Err(fault());
        }
    }
    if terms.is_empty() { Err(fault()) } else { Ok(Sum(terms)) }
}

fn is_name(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.')
}
