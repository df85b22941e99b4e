//! What the handlers of this system share: the desk, the rules, the model, and bounds on what
//! one sender may do.

use std::sync::Arc;

use arc_swap::{ArcSwap, ArcSwapOption};
use axum::extract::FromRef;
use desk::Desk;
use directory::AgencyLevel;
use identity::seal::Label;
use kernel::{CaseCode, Instant, PlaceCode, hex};
use store::Tx;
use web::Front;

use crate::{
    Result,
    bounds::Bounds,
    queries,
    rules::{self, Rules},
    suggestion::Model,
};

/// Feedback; cheap to clone.
#[derive(Clone)]
pub struct Feedback(Arc<Inner>);

/// The parts.
pub(crate) struct Inner {
    desk: Desk,
    /// The rules, with the version that they were read of; 0 for the shipped ones.
    rules: ArcSwap<(u32, Rules)>,
    model: ArcSwapOption<Model>,
    /// How much one sender sends.
    bounds: Bounds,
}

impl std::ops::Deref for Feedback {
    type Target = Desk;

    fn deref(&self) -> &Desk {
        &self.0.desk
    }
}

impl FromRef<Feedback> for Arc<Front> {
    fn from_ref(feedback: &Feedback) -> Self {
        feedback.front.clone()
    }
}

impl Feedback {
    /// Opens the system on a desk.
    ///
    /// # Panics
    /// Never: the shipped rules are held against their reader in the tests.
    #[must_use]
    pub fn open(desk: Desk) -> Self {
        let shipped = Rules::read(rules::SHIPPED).expect("the shipped rules are sound");
        Self(Arc::new(Inner {
            desk,
            rules: ArcSwap::from_pointee((0, shipped)),
            model: ArcSwapOption::empty(),
            bounds: Bounds::default(),
        }))
    }

    /// The desk that this stands on.
    #[must_use]
    pub fn desk(&self) -> &Desk {
        &self.0.desk
    }

    /// How much one sender sends.
    pub(crate) fn bounds(&self) -> &Bounds {
        &self.0.bounds
    }

    /// The rules in force.
    ///
    /// # Errors
    /// Those of the store.
    pub fn rules(&self, tx: &mut Tx<'_>) -> Result<Rules> {
        let known = self.0.rules.load_full();
        let Some((version, text)) = rules::stored(tx, &self.front.tenant)? else {
            return Ok(known.1.clone());
        };
        if version != known.0 {
            match Rules::read(&text) {
                Ok(rules) => self.0.rules.store(Arc::new((version, rules))),
                // It was checked before it was stored; what held goes on to hold.
                Err(error) => tracing::error!(%error, version, "the rules cannot be read"),
            }
        }
        Ok(self.0.rules.load().1.clone())
    }

    /// The model of categories, trained when it is first asked for.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn model(&self) -> Result<Arc<Model>> {
        if let Some(model) = self.0.model.load_full() {
            return Ok(model);
        }
        let shared = self.clone();
        let past = self.front.store.read(move |tx| queries::sorted_texts(tx, &shared)).await?;
        let trained = tokio::task::spawn_blocking(move || Model::of_past(&past)).await;
        let model = Arc::new(trained.unwrap_or_else(|_| Model::of_past(&[])));
        self.0.model.store(Some(model.clone()));
        Ok(model)
    }

    /// Forgets the model, so that it is trained anew of what officers decided since.
    pub fn forget_model(&self) {
        self.0.model.store(None);
    }

    /// The province whose reports these are.
    #[must_use]
    pub fn province(&self) -> Option<PlaceCode> {
        let directory = self.front.directory.get();
        let province = directory.agencies().find(|a| a.level == AgencyLevel::Province)?;
        province.place.clone()
    }

    /// A keyed hash of a text, for what must be recognised and not be read.
    #[must_use]
    pub(crate) fn blind(&self, label: &'static str, text: &str) -> [u8; 32] {
        self.keyring.blind(&self.front.tenant, Label(label), text)
    }

    /// A stamp of when a form was opened, which nobody else can make.
    #[must_use]
    pub(crate) fn form_stamp(&self, now: Instant) -> String {
        let second = now.as_second().to_string();
        let proof = hex(&self.blind("feedback-form", &second)[..8]);
        format!("{second}.{proof}")
    }

    /// How many seconds ago a form was opened; none where the stamp is not ours.
    #[must_use]
    pub(crate) fn form_age(&self, stamp: &str, now: Instant) -> Option<i64> {
        let (second, proof) = stamp.split_once('.')?;
        let fits = hex(&self.blind("feedback-form", second)[..8]) == proof;
        fits.then(|| second.parse::<i64>().ok())?.map(|second| now.as_second() - second)
    }

    /// The page of a report, for everybody.
    #[must_use]
    pub fn address_of(&self, code: &CaseCode) -> String {
        format!("{}/phan-anh/{code}", self.address.trim_end_matches('/'))
    }
}
