//! Two processors, where there is enough to do for both.

/// Cells from which on another thread is worth its while.
const MUCH: usize = 50_000;

/// Does something with many pieces, which have so many cells in all; where these are many, with half
/// of the pieces on another thread meanwhile.
pub(super) fn on_two<T: Send>(mut pieces: Vec<T>, cells: usize, each: impl Fn(Vec<T>) + Sync) {
    let others = if cells >= MUCH { pieces.split_off(pieces.len() / 2) } else { Vec::new() };
    std::thread::scope(|scope| {
        if !others.is_empty() {
            scope.spawn(|| each(others));
        }
        each(pieces);
    });
}
