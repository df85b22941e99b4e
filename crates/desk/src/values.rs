//! The values of a statement whose conditions depend on what is asked.

use store::Arg;

/// Values that a list of places may have, so that few different statements are prepared.
const SIZES: [usize; 5] = [1, 8, 64, 512, LIST_MAX];
/// At most so many values stand in one list.
pub const LIST_MAX: usize = 2048;

/// Values, in the order of their places.
#[derive(Default)]
pub struct Values(pub Vec<Arg<'static>>);

impl Values {
    /// Adds a value; answers its place: `$3`.
    pub fn place(&mut self, value: impl Into<Arg<'static>>) -> String {
        self.0.push(value.into());
        format!("${}", self.0.len())
    }

    /// Adds a list of values; answers their places: `$3, $4, …`. The last one is repeated up to
    /// the next usual size. None for no values.
    pub fn places(
        &mut self,
        values: impl ExactSizeIterator<Item = Arg<'static>>,
    ) -> Option<String> {
        let (first, count) = (self.0.len() + 1, values.len());
        self.0.extend(values);
        let last = self.0.last().filter(|_| count > 0)?.clone();
        let size = SIZES.into_iter().find(|size| *size >= count).unwrap_or(count);
        self.0.extend(std::iter::repeat_n(last, size - count));
        let places: Vec<String> = (first..=self.0.len()).map(|n| format!("${n}")).collect();
        Some(places.join(", "))
    }
}
