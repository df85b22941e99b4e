//! A round as SDMX-CSV 2.0 (SDMX 3.0): one line for each observation. What nobody said is missing,
//! and not zero.

use csv::Writer;
use directory::Directory;
use kernel::Tenant;

use super::{Round, agency_code};
use crate::{Error, Result, form::CellKind, sheet::From};

const HEAD: [&str; 12] = [
    "STRUCTURE",
    "STRUCTURE_ID",
    "ACTION",
    "FREQ",
    "REPORTING_UNIT",
    "CELL",
    "TIME_PERIOD",
    "OBS_VALUE",
    "UNIT_MEASURE",
    "OBS_STATUS",
    "SOURCE",
    "COVERAGE",
];

/// The lines.
///
/// # Errors
/// [`Error::Sheet`] where they cannot be written.
pub fn sdmx(tenant: &Tenant, directory: &Directory, round: &Round) -> Result<Vec<u8>> {
    let Round { regime, form, period, reports } = round;
    let structure =
        format!("{}:{}({}.0)", tenant.as_str(), regime.code.replace('-', "_"), form.version);
    let time = regime
        .frequency
        .map_or_else(|| format!("{}/{}", period.first(), period.last()), |f| f.sdmx(*period));
    let freq = regime.frequency.map_or("_U", |frequency| match frequency {
        crate::cut_off::Frequency::Month => "M",
        crate::cut_off::Frequency::Quarter => "Q",
        crate::cut_off::Frequency::Half => "S",
        crate::cut_off::Frequency::NineMonths => "_O",
        crate::cut_off::Frequency::Year => "A",
    });
    let coverage = format!("{}/{}", period.first(), period.last());
    let mut writer = Writer::from_writer(Vec::new());
    let fault = |error: csv::Error| Error::Sheet(error.to_string());
    writer.write_record(HEAD).map_err(fault)?;
    for (report, sheet) in reports {
        let unit = agency_code(directory, report.unit);
        for (at, cell) in form.cells.iter().enumerate().filter(|(_, c)| c.kind.is_number()) {
            let value = sheet.value(form, at);
            let source = match (&cell.fill, sheet.cells.get(&cell.id).map(|entry| entry.from)) {
                (fill, _) if fill.follows() => "computed",
                (_, Some(from)) => from.word(),
                (_, None) => "",
            };
            let status = match (value, source) {
                (None, _) => "M",
                (Some(_), source) if source == From::Contested.word() => "D",
                _ => "A",
            };
            let value = value.map(|value| value.to_plain()).unwrap_or_default();
            let measure = match cell.kind {
                CellKind::Percent => "PC",
                CellKind::Dong => "VND",
                _ => "NUMBER",
            };
            let line = [
                "dataflow", &structure, "R", freq, &unit, &cell.id, &time, &value, measure, status,
                source, &coverage,
            ];
            writer.write_record(line).map_err(fault)?;
        }
    }
    writer.into_inner().map_err(|error| Error::Sheet(error.to_string()))
}
