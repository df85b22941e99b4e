//! Work that waits for a connection, and the answer that its caller waits for.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll},
};

use tokio::sync::oneshot;

use crate::{Error, Result, Tx};

/// What became of one run of a closure.
pub(crate) enum Run {
    /// It wants its writes kept.
    Keep,
    /// It refused; its writes go.
    Drop,
    /// The engine asked to run it again.
    Again,
}

/// A closure with the channel to its caller.
pub(crate) trait Job: Send {
    /// Runs the closure in `tx`.
    fn run(&mut self, tx: &mut Tx<'_>) -> Run;
    /// Tells the caller, after the commit (or its failure).
    fn finish(self: Box<Self>, commit: Result<()>);
}

pub(crate) struct Work<F, T, E> {
    closure: F,
    out: Option<Result<T, E>>,
    answer: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Work<F, T, E> {
    pub(crate) fn new(closure: F) -> (Self, Pending<T, E>) {
        let (answer, pending) = oneshot::channel();
        (Self { closure, out: None, answer }, Pending(Ok(pending)))
    }
}

impl<F, T, E> Job for Work<F, T, E>
where
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<Error> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> Run {
        // The closure's captures may be left half changed by a panic; they are dropped after.
        let out = catch_unwind(AssertUnwindSafe(|| (self.closure)(tx)));
        let out = out.unwrap_or_else(|panic| Err(Error::Panicked(panic_text(&*panic)).into()));
        let run = match (&out, tx.retry) {
            (_, true) => Run::Again,
            (Ok(_), false) => Run::Keep,
            (Err(_), false) => Run::Drop,
        };
        self.out = Some(out);
        run
    }

    fn finish(self: Box<Self>, commit: Result<()>) {
        let out = match (commit, self.out) {
            // A refusal stands whatever became of the commit.
            (_, Some(Err(refusal))) => Err(refusal),
            (Ok(()), Some(Ok(value))) => Ok(value),
            (Ok(()), None) => Err(Error::Closed.into()),
            (Err(error), _) => Err(error.into()),
        };
        // The caller may have gone away; the work is done all the same.
        let _ = self.answer.send(out);
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".into())
}

/// An answer on its way: await it in async code, or [`Pending::wait`] for it elsewhere.
#[derive(Debug)]
#[must_use = "the transaction runs, but its outcome is in here"]
pub struct Pending<T, E>(Result<oneshot::Receiver<Result<T, E>>, Option<Error>>);

impl<T, E: From<Error>> Pending<T, E> {
    pub(crate) fn failed(error: Error) -> Self {
        Self(Err(Some(error)))
    }

    /// Waits for the answer; not to be called from async code.
    ///
    /// # Errors
    /// The refusal of the closure, or what befell the transaction.
    pub fn wait(self) -> Result<T, E> {
        match self.0 {
            Ok(pending) => pending.blocking_recv().unwrap_or_else(|_| Err(Error::Closed.into())),
            Err(error) => Err(error.unwrap_or(Error::Closed).into()),
        }
    }
}

impl<T, E: From<Error>> Future for Pending<T, E> {
    type Output = Result<T, E>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            Ok(pending) => Pin::new(pending)
                .poll(cx)
                .map(|out| out.unwrap_or_else(|_| Err(Error::Closed.into()))),
            Err(error) => Poll::Ready(Err(error.take().unwrap_or(Error::Closed).into())),
        }
    }
}
