//! The regimes and forms of a province: those that come with the program, and what it wrote itself.
//! A later version takes the place of an earlier one; what was begun under that keeps it.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use desk::Desk;
use jiff::civil::Date;
use kernel::{Instant, Tenant};
use store::{Tx, args};

use crate::{
    Error, Result,
    finding::Finding,
    form::{self, Form},
    regime::{self, Regime},
};

const SHIPPED_FORMS: &[&str] =
    &[include_str!("../forms/tthc-thang.toml"), include_str!("../forms/cds-quy.toml")];
const SHIPPED_REGIMES: &[&str] =
    &[include_str!("../regimes/tthc-thang.toml"), include_str!("../regimes/cds-quy.toml")];
/// More texts than a province keeps.
const TEXTS_MAX: u32 = 500;

kernel::words! {
    /// What a text is.
    TextKind {
        /// Of a form.
        Form = "form",
        /// Of a regime.
        Regime = "regime",
    }
}

/// All regimes and forms, by code, each with its versions, the newest last.
#[derive(Debug, Clone, Default)]
pub struct Library {
    forms: BTreeMap<String, Vec<Arc<Form>>>,
    regimes: BTreeMap<String, Vec<Arc<Regime>>>,
}

/// Those that come with the program. A test holds them against the indicators that do.
static SHIPPED: LazyLock<Library> = LazyLock::new(|| {
    let mut library = Library::default();
    for text in SHIPPED_FORMS {
        if let Err(findings) = library.add_form(text, |_| true) {
            tracing::error!(?findings, "a form that ships has faults");
        }
    }
    for text in SHIPPED_REGIMES {
        if let Err(findings) = library.add_regime(text) {
            tracing::error!(?findings, "a regime that ships has faults");
        }
    }
    library
});

impl Library {
    /// Reads what the province has.
    ///
    /// # Errors
    /// Those of the store, and where a stored text no longer loads.
    pub fn read(tx: &mut Tx<'_>, desk: &Desk) -> Result<Self> {
        let mut library = SHIPPED.clone();
        let texts: Vec<(String, String)> = tx.all(
            "select kind, text from report_text where tenant = $1
             order by kind, code, version limit $2",
            args!(&desk.front.tenant, TEXTS_MAX),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        // Forms come before regimes in the order of the alphabet, as regimes name forms.
        for (kind, text) in texts {
            let added = match TextKind::from_word(&kind) {
                Some(TextKind::Form) => {
                    library.add_form(&text, |code| desk.definitions().get(code).is_some())
                }
                _ => library.add_regime(&text),
            };
            added.map_err(Error::Findings)?;
        }
        Ok(library)
    }

    fn add_form(
        &mut self,
        text: &str,
        has_indicator: impl Fn(&str) -> bool,
    ) -> Result<(), Vec<Finding>> {
        let form = form::load(text, has_indicator)?;
        let versions = self.forms.entry(form.code.clone()).or_default();
        versions.retain(|known| known.version != form.version);
        versions.push(Arc::new(form));
        versions.sort_by_key(|known| known.version);
        Ok(())
    }

    fn add_regime(&mut self, text: &str) -> Result<(), Vec<Finding>> {
        let regime = regime::load(text, |code| self.forms.contains_key(code))?;
        let versions = self.regimes.entry(regime.code.clone()).or_default();
        versions.retain(|known| known.version != regime.version);
        versions.push(Arc::new(regime));
        versions.sort_by_key(|known| known.version);
        Ok(())
    }

    /// The newest version of every regime, by code.
    pub fn regimes(&self) -> impl Iterator<Item = &Arc<Regime>> {
        self.regimes.values().filter_map(|versions| versions.last())
    }

    /// The newest version of every form, by code.
    pub fn forms(&self) -> impl Iterator<Item = &Arc<Form>> {
        self.forms.values().filter_map(|versions| versions.last())
    }

    /// The newest version of a regime.
    ///
    /// # Errors
    /// [`Error::NoText`].
    pub fn regime(&self, code: &str) -> Result<&Arc<Regime>> {
        let found = self.regimes.get(code).and_then(|versions| versions.last());
        found.ok_or_else(|| Error::NoText(code.to_owned()))
    }

    /// A version of a regime.
    ///
    /// # Errors
    /// [`Error::NoText`].
    pub fn regime_version(&self, code: &str, version: u32) -> Result<&Arc<Regime>> {
        let versions = self.regimes.get(code).into_iter().flatten();
        let found = versions.into_iter().find(|known| known.version == version);
        found.ok_or_else(|| Error::NoText(code.to_owned()))
    }

    /// The version of a form that is in force on a day.
    ///
    /// # Errors
    /// [`Error::NoText`].
    pub fn form_on(&self, code: &str, day: Date) -> Result<&Arc<Form>> {
        let versions = self.forms.get(code).map_or(&[][..], Vec::as_slice);
        let found = versions.iter().rev().find(|known| known.valid_from <= day);
        found.or(versions.first()).ok_or_else(|| Error::NoText(code.to_owned()))
    }

    /// A version of a form.
    ///
    /// # Errors
    /// [`Error::NoText`].
    pub fn form_version(&self, code: &str, version: u32) -> Result<&Arc<Form>> {
        let versions = self.forms.get(code).into_iter().flatten();
        let found = versions.into_iter().find(|known| known.version == version);
        found.ok_or_else(|| Error::NoText(code.to_owned()))
    }
}

/// Checks the text of a regime or of a form and keeps it; the same version again is refused by the
/// store. Answers its code.
///
/// # Errors
/// [`Error::Findings`] with every finding and its line; those of the store.
pub fn keep(
    tx: &mut Tx<'_>,
    desk: &Desk,
    kind: TextKind,
    text: &str,
    now: Instant,
) -> Result<String> {
    let tenant: &Tenant = &desk.front.tenant;
    let library = Library::read(tx, desk)?;
    let (code, version) = match kind {
        TextKind::Form => {
            let has = |code: &str| desk.definitions().get(code).is_some();
            let form = form::load(text, has).map_err(Error::Findings)?;
            (form.code, form.version)
        }
        TextKind::Regime => {
            let has = |code: &str| library.forms.contains_key(code);
            let regime = regime::load(text, has).map_err(Error::Findings)?;
            (regime.code, regime.version)
        }
    };
    tx.put(
        "insert into report_text (tenant, kind, code, version, text, recorded_at)
         values ($1, $2, $3, $4, $5, $6)",
        args!(tenant, kind.word(), &code, version, text, now),
    )?;
    Ok(code)
}

/// The text of the newest version of a regime or a form, as it is written.
///
/// # Errors
/// [`Error::NoText`], and those of the store.
pub fn text_of(tx: &mut Tx<'_>, desk: &Desk, kind: TextKind, code: &str) -> Result<String> {
    let own: Option<String> = tx.opt(
        "select text from report_text where tenant = $1 and kind = $2 and code = $3
         order by version desc limit 1",
        args!(&desk.front.tenant, kind.word(), code),
        |row| row.get(0),
    )?;
    if let Some(own) = own {
        return Ok(own);
    }
    let shipped = match kind {
        TextKind::Form => SHIPPED_FORMS,
        TextKind::Regime => SHIPPED_REGIMES,
    };
    let line = format!("code = \"{code}\"");
    let found = shipped.iter().find(|text| text.lines().any(|one| one.trim() == line));
    found.map(|text| (*text).to_owned()).ok_or_else(|| Error::NoText(code.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_sound_and_every_indicator_is_there() {
        let definitions = indicators::Definitions::shipped().unwrap();
        let mut library = Library::default();
        for text in SHIPPED_FORMS {
            library.add_form(text, |code| definitions.get(code).is_some()).unwrap();
        }
        for text in SHIPPED_REGIMES {
            library.add_regime(text).unwrap();
        }
        assert_eq!((library.forms().count(), library.regimes().count()), (2, 2));
        let form = library.form_version("tthc-thang", 1).unwrap();
        assert_eq!(form.rules.len(), 3 + 4 + 4 + 3, "one for each row that a star stands for");
    }
}
