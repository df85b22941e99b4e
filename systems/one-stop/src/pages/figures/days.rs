//! Two days, typed: a period that is none of the usual ones.

use maud::{Markup, html};
use web::{
    SignedIn,
    components::fields::{self, Field},
    form::{self, Faults},
    tr,
};

use crate::{measures::Period, pages::FIGURES};

/// What was typed, and what it says.
#[derive(Debug, Clone, Default)]
pub(super) struct Days {
    from: String,
    to: String,
    /// The period from the one day to the other.
    pub(super) period: Option<Period>,
    /// What is wrong with what was typed.
    pub(super) faults: Faults,
}

impl Days {
    /// Reads both days; where neither was typed, shows those of `offered` if it is no usual one.
    pub(super) fn of(me: &SignedIn, from: &str, to: &str, offered: Option<Period>) -> Self {
        if from.trim().is_empty() && to.trim().is_empty() {
            return offered
                .filter(|period| !period.is_usual())
                .map(Self::typed)
                .unwrap_or_default();
        }
        let mut days = Self { from: from.to_owned(), to: to.to_owned(), ..Self::default() };
        let read = |text: &str| form::date(text).map_err(|fault| fault.say(&me.words));
        match (read(from), read(to)) {
            (Ok(first), Ok(last)) if last < first => {
                days.faults.add("den", tr!(me, "figures-days-order"));
            }
            (Ok(first), Ok(last)) => match Period::days(first, last) {
                Ok(period) => days.period = Some(period),
                Err(_) => days.faults.add("den", tr!(me, "figures-days-long")),
            },
            (first, last) => {
                for (name, read) in [("tu", first), ("den", last)] {
                    if let Err(fault) = read {
                        days.faults.add(name, fault);
                    }
                }
            }
        }
        days
    }

    fn typed(period: Period) -> Self {
        let (from, to) = (kernel::vn_date(period.first()), kernel::vn_date(period.last()));
        Self { from, to, period: Some(period), ..Self::default() }
    }

    /// The two boxes, folded away while another period is shown.
    pub(super) fn form(&self, me: &SignedIn, kept: &[(&str, &str)]) -> Markup {
        let open = self.period.is_some() || !self.faults.is_empty();
        let (first, last) = (tr!(me, "figures-days-from"), tr!(me, "figures-days-to"));
        let field = |field| Field::width(field, 4).keyboard("numeric").letters_max(10);
        let first = field(Field::new("tu", &first).fault(self.faults.of("tu")));
        let last = field(Field::new("den", &last).fault(self.faults.of("den")));
        html! {
            details.noprint open[open] {
                summary { (tr!(me, "figures-days")) }
                form.grid.g4 method="get" action=(FIGURES) {
                    @for (name, value) in kept.iter().filter(|(_, value)| !value.is_empty()) {
                        input type="hidden" name=(name) value=(value);
                    }
                    (fields::input(&me.words, &first, "text", &self.from))
                    (fields::input(&me.words, &last, "text", &self.to))
                    div.w3 { button.btn { (tr!(me, "figures-days-go")) } }
                }
            }
        }
    }
}
