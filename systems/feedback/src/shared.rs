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
    boundary::{self, Boundaries},
    bounds::Bounds,
    geo::{Point, commune_at},
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
    /// The model, with the version that was taken over; 0 for the shipped one.
    model: ArcSwapOption<(u32, Arc<Model>)>,
    /// Boundaries of communes, with their version; 0 and empty where there are none.
    boundaries: ArcSwap<(u32, Arc<Boundaries>)>,
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
            boundaries: ArcSwap::from_pointee((0, Arc::default())),
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

    /// The model: the newest that was taken over, else the shipped one, which is trained when it
    /// is first asked for.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn model(&self) -> Result<Arc<Model>> {
        let known = self.0.model.load_full();
        let (tenant, version) = (self.front.tenant.clone(), known.as_ref().map(|known| known.0));
        let read =
            self.front.store.read(move |tx| queries::newest_model(tx, &tenant, version)).await?;
        let (version, model) = read.unwrap_or((0, None));
        if let Some(known) = known.filter(|known| known.0 == version) {
            return Ok(known.1.clone());
        }
        if version > 0 && model.is_none() {
            tracing::error!(version, "the model cannot be read; the shipped one is used");
        }
        let model = match model {
            Some(model) => model,
            None => tokio::task::spawn_blocking(Model::shipped)
                .await
                .unwrap_or_else(|_| Model::shipped()),
        };
        let model = Arc::new(model);
        self.0.model.store(Some(Arc::new((version, model.clone()))));
        Ok(model)
    }

    /// The boundaries of communes that the province put in; empty where it has none.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn boundaries(&self) -> Result<Arc<Boundaries>> {
        let known = self.0.boundaries.load_full();
        let (tenant, version) = (self.front.tenant.clone(), known.0);
        let read = self.front.store.read(move |tx| boundary::stored(tx, &tenant, version));
        let Some((version, text)) = read.await? else { return Ok(known.1.clone()) };
        let read = tokio::task::spawn_blocking(move || Boundaries::read(&text)).await;
        match read {
            Ok(Ok(fresh)) => {
                let fresh = Arc::new(fresh);
                self.0.boundaries.store(Arc::new((version, fresh.clone())));
                return Ok(fresh);
            }
            // They were read before they were stored; what held goes on to hold.
            Ok(Err(error)) => tracing::error!(%error, version, "the boundaries cannot be read"),
            Err(error) => tracing::error!(%error, version, "the boundaries were not read"),
        }
        Ok(known.1.clone())
    }

    /// The province whose reports these are.
    #[must_use]
    pub fn province(&self) -> Option<PlaceCode> {
        let directory = self.front.directory.get();
        let province = directory.agencies().find(|a| a.level == AgencyLevel::Province)?;
        province.place.clone()
    }

    /// The commune of the province that a point lies in, or most likely does where there are no
    /// boundaries.
    #[must_use]
    pub(crate) fn commune_at(&self, boundaries: &Boundaries, point: Point) -> Option<PlaceCode> {
        let directory = self.front.directory.get();
        let inside = boundaries.commune_at(point).filter(|p| directory.places().get(p).is_some());
        match inside {
            Some(place) => Some(place.clone()),
            None => commune_at(&directory, &self.province()?, point),
        }
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
