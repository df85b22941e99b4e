//! What a system keeps in memory while the program runs, since to read it anew is dear.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::shared::Inner;

/// One thing of each type.
#[derive(Default)]
pub(crate) struct Keeping(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Inner {
    /// The one `T` of this desk; made when it is first asked for. A type of a system's own cannot
    /// meet another system's.
    #[must_use]
    pub fn kept<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut kept = self.keeping.0.lock().unwrap_or_else(PoisonError::into_inner);
        let one = kept.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default())).clone();
        // It is under its own type, so that it is always one.
        one.downcast().unwrap_or_default()
    }
}
