//! What can be asked: a figure with its way through time and its parts by agency, what was
//! published of it, and the cases behind it.

use std::collections::{HashMap, HashSet};

use casework::ProcedureRef;
use desk::{
    Desk, Line, line,
    values::{self, Values},
};
use indicators::{
    Behind, Figure, Indicator, LateMove, Opening, Page, Period, Place, ProcedureNumber, Revised,
    Scope, Slice, Value,
};
use kernel::{AgencyId, CaseId};
use store::Tx;

use crate::{Error, Result, asked::View};

/// So many agencies are shown below another one.
const CHILDREN_MAX: usize = 150;
/// Cases on one page.
pub(crate) const BEHIND: usize = 50;

/// A figure with what is shown around it.
pub(crate) struct Shown {
    pub(crate) figure: Figure,
    /// The same over the periods before, the oldest first.
    pub(crate) line: Vec<(Period, Value)>,
    /// The same of the agencies below.
    pub(crate) parts: Vec<(AgencyId, Value)>,
    /// As it was published, and corrected.
    pub(crate) published: Vec<Revised>,
    /// What has moved it since.
    pub(crate) moved: Vec<LateMove>,
}

/// Everything that the page of a figure says.
pub(crate) fn shown(tx: &mut Tx<'_>, desk: &Desk, code: &str, view: &View) -> Result<Shown> {
    let (cube, tree) = (desk.cube(), desk.tree(tx)?);
    let figure = desk.figure(tx, code, (&view.scope, view.period, &view.slice))?;
    let periods = view.line_of_periods();
    let line = sliced(tx, desk, code, view, (vec![view.scope.clone()], periods.clone()))?;
    let below = below(desk, view);
    let scopes: Vec<Scope> = below.iter().map(|agency| Scope::agency(*agency)).collect();
    let parts = match scopes.is_empty() {
        true => Vec::new(),
        false => sliced(tx, desk, code, view, (scopes, vec![view.period]))?,
    };
    let published = cube.published(tx, &view.slice.name_of(code), &view.scope, view.period)?;
    let moved = match published.last() {
        Some(last) => {
            let moved = cube.moved_since(tx, &tree, &figure, last.pos)?;
            of_part(tx, desk, moved, &view.slice)?
        }
        None => Vec::new(),
    };
    let line = periods.into_iter().zip(line).collect();
    Ok(Shown { figure, line, parts: below.into_iter().zip(parts).collect(), published, moved })
}

/// Of what moved a figure, what moved a part of it: by the cases that were moved.
fn of_part(
    tx: &mut Tx<'_>,
    desk: &Desk,
    moved: Vec<LateMove>,
    slice: &Slice,
) -> Result<Vec<LateMove>> {
    if slice.is_all() {
        return Ok(moved);
    }
    let moment = desk.moment();
    let mut inside = HashSet::new();
    for some in moved.chunks(values::LIST_MAX) {
        let mut given = Values::default();
        let tenant = given.place(desk.front.tenant.as_str().to_owned());
        let places = some.iter().map(|one| i64::try_from(one.pos).unwrap_or(i64::MAX).into());
        let Some(places) = given.places(places) else { continue };
        let sql = format!(
            "select e.pos, c.channel, c.procedure_code, c.procedure_version from event e
             join case_state c on c.tenant = e.tenant and c.id = e.case_id
             where e.tenant = {tenant} and e.pos in ({places})"
        );
        tx.each(&sql, &given.0, |row| {
            let (pos, channel): (u64, String) = (row.get(0)?, row.get(1)?);
            let of = ProcedureRef { code: row.get(2)?, version: row.get(3)? };
            let sector = moment.shelf.version(&of).map(|procedure| &procedure.sector);
            let fits = slice.channel.is_none_or(|one| one.word() == channel)
                && slice.procedure.is_none_or(|one| one == ProcedureNumber::of(&of.code))
                && slice.field.as_ref().is_none_or(|field| sector == Some(field));
            if fits {
                inside.insert(pos);
            }
            Ok(())
        })?;
    }
    Ok(moved.into_iter().filter(|one| inside.contains(&one.pos)).collect())
}

/// Values of one indicator, by scope and period, of the part that is looked at.
fn sliced(
    tx: &mut Tx<'_>,
    desk: &Desk,
    code: &str,
    view: &View,
    (scopes, periods): (Vec<Scope>, Vec<Period>),
) -> Result<Vec<Value>> {
    let (rows, columns) = (scopes.len(), periods.len());
    let indicators = vec![desk.indicator(code)?];
    let (slice, now) = (view.slice.clone(), desk.now());
    let question = indicators::Question { indicators, scopes, periods, slice, now };
    let tree = desk.tree(tx)?;
    let grid = desk.cube().read(tx, &tree, &question)?;
    let values = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    Ok(values.map(|(row, column)| grid.value(row, column, 0)).collect())
}

/// The agencies right below the one that a figure is of.
fn below(desk: &Desk, view: &View) -> Vec<AgencyId> {
    use indicators::Of;
    let directory = desk.front.directory.get();
    let parent = match &view.scope.of {
        Of::Agency(id) => Some(*id),
        Of::All => None,
        Of::Only(_) | Of::Place(_) => return Vec::new(),
    };
    let day = view.period.last().date();
    let there = |agency: &&directory::Agency| {
        agency.validity.from <= view.period.last().last_instant()
            && agency.validity.to.is_none_or(|end| {
                kernel::today(end) > day || kernel::today(end) > view.period.first().date()
            })
    };
    let children = directory.agencies().filter(there).filter(|agency| match parent {
        Some(parent) => agency.parent == Some(parent),
        None => agency
            .parent
            .is_some_and(|of| directory.agency(of).is_some_and(|above| above.parent.is_none())),
    });
    children.map(|agency| agency.id).take(CHILDREN_MAX).collect()
}

/// Each indicator with its value for one scope and period; none where nothing was counted yet.
pub(crate) fn all(
    tx: &mut Tx<'_>,
    desk: &Desk,
    indicators: &[&Indicator],
    view: &View,
) -> Result<Vec<Option<Value>>> {
    let codes: Vec<&str> = indicators.iter().map(|one| one.code.as_str()).collect();
    match desk.grid(tx, &codes, vec![view.scope.clone()], vec![view.period]) {
        Ok(grid) => Ok((0..codes.len()).map(|at| Some(grid.value(0, 0, at))).collect()),
        Err(desk::Error::Figures(indicators::Error::Nothing)) => Ok(vec![None; codes.len()]),
        Err(error) => Err(error.into()),
    }
}

/// A page of what is behind a part of a figure, with the cases as lists show them.
pub(crate) struct Opened {
    pub(crate) opening: Opening,
    pub(crate) n: i64,
    pub(crate) page: Page,
    pub(crate) lines: HashMap<CaseId, Line>,
}

impl Opened {
    /// The case of a line; none where what was counted is of no case.
    pub(crate) fn case(&self, behind: &Behind) -> Option<&Line> {
        self.lines.get(&behind.case)
    }
}

/// Opens a part of a figure, by its number in the formula; none where it has no such part.
pub(crate) fn opened(
    tx: &mut Tx<'_>,
    desk: &Desk,
    code: &str,
    view: &View,
    (part, from): (usize, Option<Place>),
) -> Result<Option<Opened>> {
    let figure = desk.figure(tx, code, (&view.scope, view.period, &view.slice))?;
    let Some((opening, n)) = figure.parts.into_iter().nth(part) else { return Ok(None) };
    let (cube, tree) = (desk.cube(), desk.tree(tx)?);
    let page = cube.open(tx, &tree, &opening, desk.now(), from, BEHIND)?;
    let mut ids: Vec<CaseId> = page.lines.iter().map(|line| line.case).collect();
    ids.sort_unstable();
    ids.dedup();
    let lines = line::lines(tx, &desk.front.tenant, &ids).map_err(Error::from)?;
    let lines = lines.into_iter().map(|line| (line.id, line)).collect();
    Ok(Some(Opened { opening, n, page, lines }))
}
