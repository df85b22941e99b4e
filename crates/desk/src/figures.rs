//! The figures of the house: what is measured, the cube that counts it, who belonged to whom at
//! that time, and figures as people read them.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use indicators::{
    Cube, Day, Definitions, Figure, Grid, Indicator, Period, ProcedureNumber, Question, Revised,
    Scope, Slice, Tree, Unit, Value,
};
use journal::{Data, EventKind, Happened};
use kernel::{Actor, Instant};
use store::Tx;
use web::i18n::Words;

use crate::{Desk, Result};

/// Where every figure is explained and opened.
pub const FIGURES: &str = "/chi-tieu";

/// What is kept in memory of figures.
pub(crate) struct Known {
    pub(crate) definitions: Definitions,
    /// The tree with the version of the directory and the changes that it was made of.
    tree: ArcSwapOption<(i64, u64, Arc<Tree>)>,
}

impl Known {
    pub(crate) fn of(definitions: Definitions) -> Self {
        Self { definitions, tree: ArcSwapOption::empty() }
    }
}

impl Desk {
    /// What is measured.
    #[must_use]
    pub fn definitions(&self) -> &Definitions {
        &self.figures.definitions
    }

    /// The indicator of a code.
    ///
    /// # Errors
    /// [`indicators::Error::UnknownIndicator`].
    pub fn indicator(&self, code: &str) -> Result<&Indicator> {
        let unknown = || indicators::Error::UnknownIndicator(code.to_owned());
        Ok(self.definitions().get(code).ok_or_else(unknown)?)
    }

    /// The cube, as the book of procedures is now.
    #[must_use]
    pub fn cube(&self) -> Cube {
        Cube::new(self.front.tenant.clone(), self.book.shelf().catalogue().clone())
    }

    /// Who belonged to whom, when. It is made anew where the directory, or what the journal says of
    /// earlier days, has changed.
    ///
    /// # Errors
    /// Those of the store.
    pub fn tree(&self, tx: &mut Tx<'_>) -> Result<Arc<Tree>> {
        let (cube, directory) = (self.cube(), self.front.directory.get());
        let changes = cube.changes(tx)?;
        let known = self.figures.tree.load_full();
        if let Some(known) = known.filter(|k| k.0 == directory.version() && k.1 == changes) {
            return Ok(known.2.clone());
        }
        let tree = Arc::new(cube.tree(tx, &directory)?);
        self.figures.tree.store(Some(Arc::new((directory.version(), changes, tree.clone()))));
        Ok(tree)
    }

    /// One figure, with what it is made of.
    ///
    /// # Errors
    /// [`indicators::Error::UnknownIndicator`]; [`indicators::Error::Nothing`] where nothing was
    /// counted yet; those of the store.
    pub fn figure(
        &self,
        tx: &mut Tx<'_>,
        code: &str,
        (scope, period, slice): (&Scope, Period, &Slice),
    ) -> Result<Figure> {
        let (indicator, tree) = (self.indicator(code)?, self.tree(tx)?);
        Ok(self.cube().figure(tx, &tree, indicator, (scope, period, slice), self.now())?)
    }

    /// Many figures at once, in one read of the cube: a value for each scope, period and code, by
    /// their places.
    ///
    /// # Errors
    /// As [`Self::figure`].
    pub fn grid(
        &self,
        tx: &mut Tx<'_>,
        codes: &[&str],
        scopes: Vec<Scope>,
        periods: Vec<Period>,
    ) -> Result<Grid> {
        let indicators = codes.iter().map(|code| self.indicator(code)).collect::<Result<_>>()?;
        let (slice, now) = (Slice::default(), self.now());
        let question = Question { indicators, scopes, periods, slice, now };
        let tree = self.tree(tx)?;
        Ok(self.cube().read(tx, &tree, &question)?)
    }

    /// Publishes a figure as it stands, or corrects the published one, and tells the journal. Who
    /// may is for the caller to ask. Where nothing has changed since, nothing is written, and the
    /// published one is answered.
    ///
    /// # Errors
    /// [`indicators::Error::Frozen`] where a correction has no reason; as [`Self::figure`].
    pub fn publish(
        &self,
        tx: &mut Tx<'_>,
        (code, scope, period): (&str, &Scope, Period),
        reason: &str,
        by: (&Actor, Instant),
    ) -> Result<Revised> {
        self.publish_part(tx, code, (scope, period, &Slice::default()), reason, by)
    }

    /// As [`Self::publish`], of a part of what an indicator counts, under the name of that part
    /// ([`Slice::name_of`]).
    ///
    /// # Errors
    /// As [`Self::publish`].
    pub fn publish_part(
        &self,
        tx: &mut Tx<'_>,
        code: &str,
        (scope, period, slice): (&Scope, Period, &Slice),
        reason: &str,
        (actor, now): (&Actor, Instant),
    ) -> Result<Revised> {
        let (indicator, name) = (self.indicator(code)?, slice.name_of(code));
        let figure = self.figure(tx, code, (scope, period, slice))?;
        let figure = Figure { indicator: name.clone(), ..figure };
        let cube = self.cube();
        let before = cube.published(tx, &name, scope, period)?.len();
        let revised = cube.freeze(tx, indicator, &figure, reason, (actor, now))?;
        if revised.number as usize > before {
            let what = Happened {
                kind: EventKind::named("figure.published"),
                actor: actor.clone(),
                happened_at: now,
                recorded_at: now,
                data: Data::of(&serde_json::json!({
                    "indicator": name,
                    "of": scope.to_string(),
                    "period": period.to_string(),
                    "number": revised.number,
                    "value": revised.value.ok().map(|value| value.to_string()),
                    "pos": revised.pos,
                    "definition": revised.definition,
                }))?,
            };
            let subject = format!("figure {name} {scope} {period}");
            journal::record(tx, &self.front.tenant, &self.front.mint, &subject, what)?;
        }
        Ok(revised)
    }

    /// The month that runs now.
    #[must_use]
    pub fn this_month(&self) -> Period {
        Period::month(Day::of(self.now()).month())
    }
}

/// The page of a figure: what it means, how it came about, and the cases behind it.
#[must_use]
pub fn figure_page(code: &str, scope: &Scope, period: Period) -> String {
    format!("{FIGURES}/{code}?cua={scope}&ky={period}")
}

/// The page of a figure of a part of what an indicator counts.
#[must_use]
pub fn figure_page_of(code: &str, scope: &Scope, period: Period, slice: &Slice) -> String {
    format!("{}{}", figure_page(code, scope, period), part_query(slice))
}

/// The part that a figure is of, as the addresses of its pages have it behind all else.
#[must_use]
pub fn part_query(slice: &Slice) -> String {
    let Slice { channel, procedure, field } = slice;
    let mut query = String::new();
    if let Some(channel) = channel {
        query.push_str(&format!("&kenh={}", channel.word()));
    }
    if let Some(code) = procedure.and_then(ProcedureNumber::code) {
        query.push_str(&format!("&thu-tuc={code}"));
    }
    if let Some(field) = field {
        query.push_str(&format!("&linh-vuc={}", web::http::encoded(field)));
    }
    query
}

/// A figure as people read it: the number with its unit, or why there is none.
#[must_use]
pub fn figure_text(words: &Words, indicator: &Indicator, value: Value) -> String {
    let number = match value {
        Ok(number) => words.decimal(number.to_f64(), indicator.places as usize),
        Err(why) => return words.t(&format!("figure-none-{}", why.word().replace('_', "-"))),
    };
    match indicator.unit {
        Unit::Count(_) | Unit::Ratio => number,
        unit => words.t_with(&format!("figure-in-{}", unit.word()), &[("n", number.into())]),
    }
}

/// A period as people call it: "tháng 11/2026", "quý IV/2026".
#[must_use]
pub fn period_text(words: &Words, period: Period) -> String {
    let text = period.to_string();
    let (first, last) = (period.first().date(), period.last().date());
    let year = last.year().to_string();
    let quarter = ["I", "II", "III", "IV"].get(usize::from((last.month().unsigned_abs() - 1) / 3));
    let key = match text.as_bytes() {
        [_, _, _, _] => "figure-year",
        [_, _, _, _, b'-', b'q', _] => "figure-quarter",
        [_, _, _, _, b'-', _, _] => "figure-month",
        [_, _, _, _, b'-', _, _, b'-', b'r'] => "figure-reporting-month",
        _ => "figure-days",
    };
    let values = [
        ("year", year.into()),
        ("month", last.month().into()),
        ("quarter", quarter.copied().unwrap_or_default().into()),
        ("first", words.date_short(first).into()),
        ("last", words.date_short(last).into()),
    ];
    words.t_with(key, &values)
}
