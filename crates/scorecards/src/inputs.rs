//! The figures given to a scorecard, and how sure each is.

use serde::{Deserialize, Serialize};

use crate::{Error, Input, InputKind, Number, Period, Result, Scorecard};

/// How sure a figure, or what was computed from figures, is. The surer, the greater.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Sureness {
    /// It is not there.
    Missing,
    /// Said by whom it is about (tự chấm).
    #[default]
    SelfAssessed,
    /// Checked by somebody else, or computed from evidence (thẩm định).
    Verified,
}

impl Sureness {
    /// The word in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::SelfAssessed => "self-assessed",
            Self::Verified => "verified",
        }
    }
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// What is stated.
    pub value: Number,
    /// What it is if a review goes badly. Where nothing is said, a verified figure stays, and one
    /// that is self-assessed loses the points of every part that rests on it.
    pub worst: Option<Number>,
    /// What it is if a review goes well; where nothing is said, what is stated.
    pub best: Option<Number>,
    /// How sure it is.
    pub sure: Sureness,
}

impl Given {
    /// A figure that is verified.
    #[must_use]
    pub fn verified(value: impl Into<Number>) -> Self {
        Self { value: value.into(), worst: None, best: None, sure: Sureness::Verified }
    }

    /// A figure that is self-assessed.
    #[must_use]
    pub fn self_assessed(value: impl Into<Number>) -> Self {
        Self { sure: Sureness::SelfAssessed, ..Self::verified(value) }
    }

    /// Whether a review may strike what rests on it altogether.
    pub(crate) fn may_be_struck(&self) -> bool {
        self.sure == Sureness::SelfAssessed && self.worst.is_none()
    }
}

/// How a review of what is not sure may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scenario {
    /// Badly.
    Worst,
    /// As stated.
    Stated,
    /// Well.
    Best,
}

impl Scenario {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Worst, Self::Stated, Self::Best];
}

/// The figures for one scorecard; right by construction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inputs {
    given: Vec<Option<Given>>,
    pub(crate) period: Period,
    pub(crate) unused: Vec<String>,
}

impl Inputs {
    /// No figure at all.
    #[must_use]
    pub fn none(scorecard: &Scorecard) -> Self {
        let given = vec![None; scorecard.inputs().len()];
        Self { given, period: Period::default(), unused: Vec::new() }
    }

    /// With one more figure, or another in its place.
    ///
    /// # Errors
    /// [`Error::UnknownInput`], [`Error::OutOfBounds`], [`Error::Disordered`].
    pub fn with(mut self, scorecard: &Scorecard, name: &str, given: Given) -> Result<Self> {
        let place = scorecard.input_place(name);
        let place = place.ok_or_else(|| Error::UnknownInput(name.to_owned()))?;
        self.set(&scorecard.inputs()[place], place, given)?;
        Ok(self)
    }

    /// Of this period.
    #[must_use]
    pub fn of_period(self, period: Period) -> Self {
        Self { period, ..self }
    }

    /// The period that the counts belong to.
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }

    /// The figure of an input, by its place in [`Scorecard::inputs`]; none where it is missing.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&Given> {
        self.given.get(place).and_then(Option::as_ref)
    }

    /// What was given with the figures, and the scorecard does not know.
    #[must_use]
    pub fn unused(&self) -> &[String] {
        &self.unused
    }

    pub(crate) fn set(&mut self, input: &Input, place: usize, given: Given) -> Result<()> {
        for number in [Some(&given.value), given.worst.as_ref(), given.best.as_ref()] {
            check(input, number)?;
        }
        // Whether more is better differs from input to input, so only the order is held.
        let low = given.worst.as_ref().unwrap_or(&given.value);
        let high = given.best.as_ref().unwrap_or(&given.value);
        let between = |low: &Number, high: &Number| *low <= given.value && given.value <= *high;
        if !between(low, high) && !between(high, low) {
            return Err(Error::Disordered(input.name.clone()));
        }
        self.given[place] = Some(given);
        Ok(())
    }

    /// The numbers under a scenario.
    pub(crate) fn state(&self, scenario: Scenario) -> Vec<Option<Number>> {
        let number = |given: &Given| {
            let other = match scenario {
                Scenario::Worst => given.worst.as_ref(),
                Scenario::Stated => None,
                Scenario::Best => given.best.as_ref(),
            };
            other.unwrap_or(&given.value).clone()
        };
        self.given.iter().map(|given| given.as_ref().map(number)).collect()
    }
}

fn check(input: &Input, number: Option<&Number>) -> Result<()> {
    let Some(number) = number else { return Ok(()) };
    let whole = input.kind == InputKind::Share || number.is_whole();
    let fits =
        whole && !number.is_negative() && input.most.as_ref().is_none_or(|most| number <= most);
    let most = input.most.as_ref().and_then(Number::to_u32);
    let refused = || Error::OutOfBounds { name: input.name.clone(), kind: input.kind, most };
    if fits { Ok(()) } else { Err(refused()) }
}
