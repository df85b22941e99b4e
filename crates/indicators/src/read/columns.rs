//! Which cells the formulas of a question need.

use std::collections::BTreeMap;

use crate::{
    catalogue::{Catalogue, ProcedureNumber},
    count::Channels,
    cube::write::plane_number,
    definition::Indicator,
    expression::{Filter, Reference, When},
    fact::Kept,
    scope::Slice,
};

/// The facts of a question, each once.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) references: Vec<Reference>,
    /// For each indicator, where its references stand among these; none where the slice parts
    /// what is counted for the authority as a whole.
    pub(super) of_indicator: Vec<Option<Vec<usize>>>,
    /// For each plane, the columns that read it.
    pub(super) planes: BTreeMap<i64, Vec<usize>>,
    /// The columns that are taken over a period, at its begin and at its end.
    taken: [Vec<usize>; 3],
}

impl Columns {
    pub(super) fn of(indicators: &[&Indicator], slice: &Slice, catalogue: &Catalogue) -> Self {
        let mut columns = Self {
            references: Vec::new(),
            of_indicator: Vec::new(),
            planes: BTreeMap::new(),
            taken: [const { Vec::new() }; 3],
        };
        for indicator in indicators {
            let references = indicator.formula.references();
            let places: Option<Vec<usize>> =
                references.iter().map(|one| columns.place(one, slice)).collect();
            columns.of_indicator.push(places);
        }
        for (at, reference) in columns.references.iter().enumerate() {
            columns.taken[reference.when as usize].push(at);
            for plane in planes(&reference.filter, catalogue) {
                columns.planes.entry(plane).or_default().push(at);
            }
        }
        columns
    }

    fn place(&mut self, reference: &Reference, slice: &Slice) -> Option<usize> {
        let narrowed = narrowed(reference, slice)?;
        let known = self.references.iter().position(|one| *one == narrowed);
        Some(known.unwrap_or_else(|| {
            self.references.push(narrowed);
            self.references.len() - 1
        }))
    }

    /// The columns that are taken so.
    pub(super) fn taken(&self, when: When) -> &[usize] {
        &self.taken[when as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.references.len()
    }

    /// Whether any of the columns is a stock.
    pub(super) fn has_stock(&self) -> bool {
        self.references.iter().any(|one| one.when != When::Sum)
    }
}

/// A reference with the slice in its filter; none where it cannot be parted so.
pub(super) fn narrowed(reference: &Reference, slice: &Slice) -> Option<Reference> {
    if slice.is_all() {
        return Some(reference.clone());
    }
    if reference.fact.kept() != Kept::Agency {
        return None;
    }
    let mut narrowed = reference.clone();
    let Filter { channel, procedure, field, .. } = &mut narrowed.filter;
    *channel = channel.or(slice.channel);
    *procedure = procedure.or(slice.procedure);
    *field = field.clone().or_else(|| slice.field.clone());
    let fits = slice.channel.is_none_or(|one| *channel == Some(one))
        && slice.procedure.is_none_or(|one| *procedure == Some(one))
        && slice.field.as_ref().is_none_or(|one| field.as_ref() == Some(one));
    if !fits {
        // Nothing is both; a procedure that does not exist has no cells.
        *procedure = Some(ProcedureNumber::NONE);
    }
    Some(narrowed)
}

/// The planes that hold what a filter lets through.
fn planes(filter: &Filter, catalogue: &Catalogue) -> Vec<i64> {
    match (filter.procedure, &filter.field) {
        (None, None) => vec![plane_number(filter.plane)],
        (Some(ProcedureNumber::NONE), _) => Vec::new(),
        (Some(procedure), None) => vec![procedure.number().into()],
        (procedure, Some(field)) => catalogue
            .of_field(field)
            .iter()
            .filter(|one| procedure.is_none_or(|wanted| wanted == **one))
            .map(|one| one.number().into())
            .collect(),
    }
}

/// Whether what came through a channel belongs to a column.
pub(super) fn takes(reference: &Reference, channel: Channels) -> bool {
    reference.filter.channel.is_none_or(|wanted| Channels::from(wanted) == channel)
}

/// For each fact and channel, the columns of a plane that read it: where their numbers begin.
pub(super) struct ByFact(Vec<Option<[Vec<usize>; 4]>>);

impl ByFact {
    /// Of columns that have `length` numbers each, one behind the other.
    pub(super) fn of(columns: &Columns, plane: &[usize], length: usize) -> Self {
        let mut by_fact = vec![const { None }; 256];
        for at in plane {
            let reference = &columns.references[*at];
            let of_fact = &mut by_fact[usize::from(reference.fact.number())];
            let of_fact = of_fact.get_or_insert_with(|| [const { Vec::new() }; 4]);
            for (bits, of_channel) in (0..).zip(of_fact) {
                if takes(reference, Channels::from_bits(bits)) {
                    of_channel.push(*at * length);
                }
            }
        }
        Self(by_fact)
    }

    /// Whether any column reads a fact.
    pub(super) fn wants(&self, fact: u8) -> bool {
        self.0[usize::from(fact)].is_some()
    }

    /// Where the columns of a fact and channel begin; none where no column reads it.
    pub(super) fn columns(&self, fact: u8, channel: Channels) -> Option<&[usize]> {
        self.0[usize::from(fact)].as_ref().map(|of| of[channel as usize & 3].as_slice())
    }
}
