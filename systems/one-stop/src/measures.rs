//! Numbers that are computed from evidence, and open down to the dossiers behind them.

mod irregular;

pub use irregular::IrregularityKind;
