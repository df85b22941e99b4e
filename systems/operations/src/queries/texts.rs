//! Tiles and rules: the newest text that was stored, else what shipped.

use desk::Desk;
use kernel::{Instant, Tenant};
use store::{Tx, args};

use crate::{
    Result,
    model::{Layout, Rules, SHIPPED_RULES, SHIPPED_TILES},
};

/// Which text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Rules of alerts.
    Rules,
    /// Tiles and charts.
    Tiles,
}

/// A text as it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its version; 0 for what shipped.
    pub version: u32,
    /// The text.
    pub text: String,
    /// Since when; none for what shipped.
    pub since: Option<Instant>,
}

impl Kind {
    /// Its word in rows and in the journal.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Tiles => "tiles",
        }
    }

    /// The text that ships.
    #[must_use]
    pub const fn shipped(self) -> &'static str {
        match self {
            Self::Rules => SHIPPED_RULES,
            Self::Tiles => SHIPPED_TILES,
        }
    }
}

/// The text that holds.
///
/// # Errors
/// Those of the store.
pub fn stored(tx: &mut Tx<'_>, tenant: &Tenant, kind: Kind) -> store::Result<Kept> {
    let newest = tx.opt(
        "select version, text, recorded_at from operations_text where tenant = $1 and kind = $2
         order by version desc limit 1",
        args!(tenant, kind.word()),
        |row| Ok(Kept { version: row.get(0)?, text: row.get(1)?, since: Some(row.get(2)?) }),
    )?;
    let shipped = || Kept { version: 0, text: kind.shipped().to_owned(), since: None };
    Ok(newest.unwrap_or_else(shipped))
}

/// The rules that hold. A text that can no longer be read, since an indicator was taken away say,
/// is logged, and what shipped holds.
///
/// # Errors
/// Those of the store; [`crate::Error::Text`] never in a program whose tests ran.
pub fn rules(tx: &mut Tx<'_>, desk: &Desk) -> Result<Rules> {
    let kept = stored(tx, &desk.front.tenant, Kind::Rules)?;
    match Rules::read(&kept.text, desk.definitions()) {
        Ok(rules) => Ok(rules),
        Err(error) => {
            tracing::error!(%error, kept.version, "the rules of alerts cannot be read");
            Ok(Rules::read(SHIPPED_RULES, desk.definitions())?)
        }
    }
}

/// The layout that holds; as [`rules`].
///
/// # Errors
/// As [`rules`].
pub fn layout(tx: &mut Tx<'_>, desk: &Desk) -> Result<Layout> {
    let kept = stored(tx, &desk.front.tenant, Kind::Tiles)?;
    match Layout::read(&kept.text, desk.definitions()) {
        Ok(layout) => Ok(layout),
        Err(error) => {
            tracing::error!(%error, kept.version, "the tiles cannot be read");
            Ok(Layout::read(SHIPPED_TILES, desk.definitions())?)
        }
    }
}
