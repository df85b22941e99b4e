//! From the text of a file to a scorecard, or every fault with its line.

use std::{collections::BTreeSet, ops::Range};

use jiff::civil::Date;
use toml::{Spanned, value::Datetime};

use crate::{
    Band, Expression, Fault, FaultKind, Index, Input, InputKind, Measure, Name, Number, Part, Rule,
    Scorecard, TOTAL,
    raw::{RawBand, RawIndex, RawInput, RawPart, RawRule, RawScorecard},
};

/// A file longer than this holds no scorecard.
pub const TEXT_BYTES_MAX: usize = 1 << 20;

/// Most decimals that a score is shown with.
const DECIMALS_MAX: u8 = 9;

/// Reads a scorecard; `file` is how faults name where they are.
///
/// # Errors
/// The first fault of the TOML, or every fault of its meaning, in the order of the lines.
pub fn load(file: &str, text: &str) -> Result<Scorecard, Vec<Fault>> {
    let mut check = Check { file, text, faults: Vec::new() };
    if text.len() > TEXT_BYTES_MAX {
        check.add(0..0, FaultKind::TooLong);
        return Err(check.faults);
    }
    let raw: RawScorecard = match toml::from_str(text) {
        Ok(raw) => raw,
        Err(error) => {
            check.add(error.span().unwrap_or(0..0), FaultKind::Shape(error.message().to_owned()));
            return Err(check.faults);
        }
    };
    let scorecard = check.scorecard(raw);
    check.faults.sort_by_key(|fault| fault.line);
    if check.faults.is_empty() { Ok(scorecard) } else { Err(check.faults) }
}

struct Check<'t> {
    file: &'t str,
    text: &'t str,
    faults: Vec<Fault>,
}

impl Check<'_> {
    fn add(&mut self, span: Range<usize>, kind: FaultKind) {
        let before = &self.text.as_bytes()[..span.start.min(self.text.len())];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        self.faults.push(Fault { file: self.file.to_owned(), line, kind });
    }

    fn scorecard(&mut self, raw: RawScorecard) -> Scorecard {
        self.name(&raw.id, &mut BTreeSet::new());
        let valid_from = self.day(&raw.valid_from).unwrap_or_default();
        let valid_to = raw.valid_to.as_ref().and_then(|day| self.day(day));
        if let (Some(last), Some(to)) = (valid_to, &raw.valid_to)
            && last < valid_from
        {
            self.add(to.span(), FaultKind::Reversed);
        }
        for decimals in [&raw.decimals, &raw.part_decimals] {
            if *decimals.get_ref() > DECIMALS_MAX {
                let bounds = "at most 9";
                self.add(decimals.span(), FaultKind::OutOfBounds { what: "decimals", bounds });
            }
        }
        let places: Vec<Range<usize>> = raw.input.iter().map(Spanned::span).collect();
        let inputs = self.inputs(raw.input);
        let parts = self.parts(raw.part, &inputs);
        let all = Index {
            id: TOTAL.to_owned(),
            name: Name { vi: raw.name.clone(), en: raw.name_en.clone() },
            parts: (0..parts.len()).collect(),
            divide_by: self.divisor(&raw.divide_by),
            maximum: Number::zero(),
            sums: self.sums(raw.rounded_sums, &parts),
        };
        let total = self.summed(all, &raw.maximum, &parts);
        let mut indices = vec![total];
        let mut ids = BTreeSet::from([TOTAL.to_owned()]);
        for index in raw.index {
            indices.push(self.index(index.into_inner(), &parts, &mut ids));
        }
        for (place, span) in places.into_iter().enumerate() {
            if !parts.iter().any(|part| part.measure.inputs().contains(&place)) {
                self.add(span, FaultKind::Unused(inputs[place].name.clone()));
            }
        }
        Scorecard {
            id: raw.id.into_inner(),
            version: raw.version,
            name: Name { vi: raw.name, en: raw.name_en },
            legal_basis: raw.legal_basis,
            valid_from,
            valid_to,
            decimals: raw.decimals.into_inner(),
            part_decimals: raw.part_decimals.into_inner(),
            tolerance: raw.tolerance.unwrap_or_default(),
            inputs,
            parts,
            indices,
            bands: self.bands(raw.band),
        }
    }

    fn name(&mut self, name: &Spanned<String>, seen: &mut BTreeSet<String>) {
        let text = name.get_ref();
        let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let fits = text.chars().all(|c| letter(c) || matches!(c, '.' | '-' | '_'))
            && text.starts_with(letter)
            && text.ends_with(letter)
            && text.len() <= 60;
        if !fits {
            self.add(name.span(), FaultKind::BadName(text.clone()));
        } else if text == TOTAL || text == "max" || text == "periods_in_year" {
            self.add(name.span(), FaultKind::Reserved(text.clone()));
        } else if !seen.insert(text.clone()) {
            self.add(name.span(), FaultKind::Duplicate(text.clone()));
        }
    }

    fn day(&mut self, day: &Spanned<Datetime>) -> Option<Date> {
        let date = day.get_ref().to_string().parse().ok();
        if date.is_none() {
            self.add(day.span(), FaultKind::NotADay);
        }
        date
    }

    fn divisor(&mut self, number: &Spanned<Number>) -> Number {
        if *number.get_ref() <= 0 {
            let bounds = "above 0";
            self.add(number.span(), FaultKind::OutOfBounds { what: "divide_by", bounds });
            return Number::one();
        }
        number.get_ref().clone()
    }

    fn inputs(&mut self, raw: Vec<Spanned<RawInput>>) -> Vec<Input> {
        let mut names = BTreeSet::new();
        let mut inputs = Vec::new();
        for input in raw {
            let span = input.span();
            let input = input.into_inner();
            self.name(&input.name, &mut names);
            for also in &input.also {
                if !names.insert(also.clone()) {
                    self.add(span.clone(), FaultKind::Duplicate(also.clone()));
                }
            }
            if (input.kind == InputKind::Grade) != input.most.is_some() {
                self.add(span, FaultKind::Most);
            }
            let share = (input.kind == InputKind::Share).then(Number::one);
            inputs.push(Input {
                name: input.name.into_inner(),
                also: input.also,
                kind: input.kind,
                most: input.most.map(Number::from).or(share),
                label: Name { vi: input.label, en: input.label_en },
            });
        }
        inputs
    }

    fn parts(&mut self, raw: Vec<Spanned<RawPart>>, inputs: &[Input]) -> Vec<Part> {
        let (mut ids, mut codes) = (BTreeSet::new(), BTreeSet::new());
        if raw.is_empty() {
            self.add(0..0, FaultKind::NoParts);
        }
        let mut parts = Vec::new();
        for part in raw {
            let span = part.span();
            let part = part.into_inner();
            self.name(&part.id, &mut ids);
            if let Some(code) = part.code.iter().find(|code| !codes.insert((*code).clone())) {
                self.add(span.clone(), FaultKind::Duplicate(code.clone()));
            }
            if part.maximum.get_ref().is_negative() {
                let bounds = "0 or more";
                self.add(part.maximum.span(), FaultKind::OutOfBounds { what: "maximum", bounds });
            }
            if let Some(part) = self.part(span, part, inputs) {
                parts.push(part);
            }
        }
        parts
    }

    fn part(&mut self, span: Range<usize>, raw: RawPart, inputs: &[Input]) -> Option<Part> {
        let maximum = raw.maximum.into_inner();
        let rule = match raw.rule {
            Some(rule) => self.rule(rule, &maximum),
            None => Rule::Linear,
        };
        let readings = raw.readings.into_iter().map(|rule| self.rule(rule, &maximum)).collect();
        let numerator = self.expression(&raw.numerator, inputs);
        let denominators: Option<Vec<Expression>> =
            raw.denominator.iter().map(|text| self.expression(text, inputs)).collect();
        let (numerator, denominators) = (numerator?, denominators?);
        let kind = numerator.kind();
        let other = denominators.iter().filter_map(Expression::kind).find(|one| Some(*one) != kind);
        if other.is_some() {
            self.add(raw.numerator.span(), FaultKind::DifferentKinds);
        }
        if denominators.is_empty() && kind != Some(InputKind::Share) {
            self.add(raw.numerator.span(), FaultKind::NotAShare);
        }
        let constants: Vec<_> = denominators.iter().map(Expression::constant).collect();
        if constants.iter().flatten().any(|number| number.is_zero()) {
            self.add(span.clone(), FaultKind::ZeroDenominator);
        }
        let may_be_zero = !constants.is_empty() && constants.iter().all(Option::is_none);
        match (&raw.at_zero, may_be_zero) {
            (None, true) => self.add(span, FaultKind::AtZeroMissing),
            (Some(at), false) => self.add(at.span(), FaultKind::AtZeroNeedless),
            _ => {}
        }
        let at_zero = raw.at_zero.map_or(crate::AtZero::None, Spanned::into_inner);
        Some(Part {
            id: raw.id.into_inner(),
            code: raw.code,
            name: Name { vi: raw.name, en: raw.name_en },
            maximum,
            measure: Measure { numerator, denominators, at_zero },
            rule,
            readings,
            confirmed: raw.confirmed,
            counting: raw.counting,
            components: raw.components,
        })
    }

    fn expression(&mut self, text: &Spanned<String>, inputs: &[Input]) -> Option<Expression> {
        let resolve = |name: &str| {
            let place = inputs.iter().position(|input| input.name == name)?;
            Some((place, inputs[place].kind))
        };
        match Expression::parse(text.get_ref(), &resolve) {
            Ok(expression) => Some(expression),
            Err(fault) => {
                let text_of = text.get_ref().clone();
                self.add(text.span(), FaultKind::Expression { text: text_of, fault });
                None
            }
        }
    }

    fn rule(&mut self, raw: Spanned<RawRule>, maximum: &Number) -> Rule {
        let span = raw.span();
        let RawRule { full_at, steps } = raw.into_inner();
        match (full_at, steps) {
            (Some(_), Some(_)) => {
                self.add(span, FaultKind::TwoRules);
                Rule::Linear
            }
            (Some(full), None) => {
                if full <= 0 || full > 1 {
                    let bounds = "above 0 and at most 1";
                    self.add(span, FaultKind::OutOfBounds { what: "full_at", bounds });
                }
                Rule::FullAt(full)
            }
            (None, Some(steps)) => {
                let rise = steps.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 <= two[1].1);
                let bounded = steps.iter().all(|(share, points)| {
                    *share >= 0 && *share <= 1 && *points >= 0 && points <= maximum
                });
                if steps.is_empty() || !rise || !bounded {
                    self.add(span, FaultKind::Steps);
                }
                Rule::Steps(steps)
            }
            (None, None) => Rule::Linear,
        }
    }

    fn index(&mut self, raw: RawIndex, parts: &[Part], ids: &mut BTreeSet<String>) -> Index {
        self.name(&raw.id, ids);
        let mut places = Vec::new();
        for id in &raw.parts {
            match parts.iter().position(|part| part.id == *id.get_ref()) {
                None => self.add(id.span(), FaultKind::UnknownPart(id.get_ref().clone())),
                Some(place) if places.contains(&place) => {
                    self.add(id.span(), FaultKind::Duplicate(id.get_ref().clone()));
                }
                Some(place) => places.push(place),
            }
        }
        let index = Index {
            id: raw.id.into_inner(),
            name: Name { vi: raw.name, en: raw.name_en },
            sums: vec![places.clone()],
            parts: places,
            divide_by: self.divisor(&raw.divide_by),
            maximum: Number::zero(),
        };
        self.summed(index, &raw.maximum, parts)
    }

    /// The sums of the total that are rounded, by places; one of all where the file names none.
    fn sums(&mut self, raw: Option<Spanned<Vec<Vec<String>>>>, parts: &[Part]) -> Vec<Vec<usize>> {
        let all: Vec<usize> = (0..parts.len()).collect();
        let Some(raw) = raw else { return vec![all] };
        let place = |id: &String| parts.iter().position(|part| part.id == *id);
        let read = |ids: &Vec<String>| ids.iter().map(place).collect::<Option<Vec<usize>>>();
        let sums: Option<Vec<Vec<usize>>> = raw.get_ref().iter().map(read).collect();
        let held = |sums: &Vec<Vec<usize>>| {
            let mut held: Vec<usize> = sums.iter().flatten().copied().collect();
            held.sort_unstable();
            held == all
        };
        sums.filter(held).unwrap_or_else(|| {
            self.add(raw.span(), FaultKind::Sums);
            Vec::new()
        })
    }

    /// The index with its maximum, which has to be what its parts make.
    fn summed(&mut self, index: Index, said: &Spanned<Number>, parts: &[Part]) -> Index {
        let sum: Number = index.parts.iter().map(|place| parts[*place].maximum.clone()).sum();
        if sum != *said.get_ref() {
            let kind = FaultKind::Maximum { said: said.get_ref().clone(), sum: sum.clone() };
            self.add(said.span(), kind);
        }
        let maximum = sum.over(&index.divide_by).unwrap_or_default();
        Index { maximum, ..index }
    }

    fn bands(&mut self, raw: Vec<Spanned<RawBand>>) -> Vec<Band> {
        let mut bands: Vec<Band> = Vec::new();
        for band in raw {
            let span = band.span();
            let band = band.into_inner();
            if bands.last().is_some_and(|above| above.from <= band.from) {
                self.add(span, FaultKind::Bands);
            }
            bands.push(Band { from: band.from, name: Name { vi: band.name, en: band.name_en } });
        }
        bands
    }
}
