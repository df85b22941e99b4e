//! Reports as files that other programs read.

mod sdmx;
mod xlsx;

pub use sdmx::sdmx;
pub use xlsx::{one_xlsx, round_xlsx};

use std::sync::Arc;

use desk::Desk;
use indicators::Period;
use kernel::AgencyId;
use store::Tx;

use crate::{
    Result,
    form::Form,
    library::Library,
    model::{self, Report},
    queries,
    regime::Regime,
    sheet::Sheet,
};

/// The reports of a round with what stands in them.
#[derive(Debug, Clone)]
pub struct Round {
    /// The regime.
    pub regime: Arc<Regime>,
    /// The form.
    pub form: Arc<Form>,
    /// The period.
    pub period: Period,
    /// Every report, by code of agency; of one that was not sent the sheet is empty.
    pub reports: Vec<(Report, Sheet)>,
}

/// Reads a round; `shown` says whose reports.
///
/// # Errors
/// Those of the store.
pub fn read_round(
    tx: &mut Tx<'_>,
    desk: &Desk,
    (regime, period): (&str, Period),
    shown: impl Fn(&Report) -> bool,
) -> Result<Round> {
    let library = Library::read(tx, desk)?;
    let regime = library.regime(regime)?.clone();
    let form = library.form_on(&regime.form, period.last().date())?.clone();
    let mut reports = Vec::new();
    for report in queries::round(tx, desk, &regime.code, period)? {
        if !shown(&report) {
            continue;
        }
        let sheet = match report.sent_at {
            Some(_) => model::sheet(tx, &desk.front.tenant, report.case)?.0,
            None => Sheet::default(),
        };
        reports.push((report, sheet));
    }
    let directory = desk.front.directory.get();
    reports.sort_by_cached_key(|(report, _)| agency_code(&directory, report.unit));
    Ok(Round { regime, form, period, reports })
}

/// The official code of an agency.
#[must_use]
pub fn agency_code(directory: &directory::Directory, agency: AgencyId) -> String {
    directory.agency(agency).map_or_else(String::new, |agency| agency.code.to_string())
}
