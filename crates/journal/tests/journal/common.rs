//! A small journal to tell stories with.

use journal::{
    Audit, Data, Error, Event, EventKind, LogKey, Origin, Sealed, Sealer, SignedCheckpoint,
    Verdict, append, verify,
};
use kernel::{Actor, CaseId, Instant, Mint, Tenant, from_micros, micros};
use store::{Arg, Store, Tx};

/// A journal of one tenant, with the clock standing at `now`.
pub(crate) struct Journal {
    pub(crate) store: Store,
    pub(crate) tenant: Tenant,
    pub(crate) key: LogKey,
    pub(crate) now: Instant,
    mint: Mint,
}

impl Journal {
    pub(crate) fn new(store: &Store, tenant: &str) -> Self {
        let (tenant, mint): (Tenant, _) = (tenant.parse().unwrap(), Mint::seeded(7));
        let key = LogKey::generate(&mint, Origin::of(&tenant));
        store.migrate(&[journal::MIGRATIONS]).unwrap();
        let now = "2026-11-23T01:30:00Z".parse().unwrap();
        Self { store: store.clone(), tenant, key, now, mint }
    }

    /// `cases` dossiers with three events each, a second apart.
    pub(crate) fn dossiers(&self, cases: usize) -> Vec<Event> {
        const STORY: [EventKind; 3] = [
            EventKind::named("dossier.submitted"),
            EventKind::named("dossier.accepted"),
            EventKind::named("dossier.finished"),
        ];
        let mut events = Vec::new();
        for index in 0..cases {
            let case: CaseId = self.mint.id(self.now);
            for (version, kind) in (1..).zip(&STORY) {
                let second = i64::try_from(index * 3).unwrap() + i64::from(version);
                let at = from_micros(micros(self.now) + second * 1_000_000);
                events.push(Event {
                    id: self.mint.id(at),
                    case,
                    version,
                    kind: kind.clone(),
                    actor: Actor::System("story".into()),
                    happened_at: at,
                    recorded_at: at,
                    data: Data::of(&serde_json::json!({ "dossier": index, "chữ": "Đặng" }))
                        .unwrap(),
                });
            }
        }
        events
    }

    pub(crate) fn append(&self, events: &[Event]) {
        let (tenant, events) = (self.tenant.clone(), events.to_vec());
        self.write(move |tx| events.iter().try_for_each(|event| append(tx, &tenant, event)))
            .unwrap();
    }

    pub(crate) fn sealer(&self, holder: &str) -> Sealer {
        Sealer::new(self.tenant.clone(), self.key.clone(), holder)
    }

    pub(crate) fn seal(&self, limit: u32) -> Result<Option<Sealed>, Error> {
        let (sealer, now) = (self.sealer("worker"), self.now);
        self.write(move |tx| sealer.seal(tx, now, limit))
    }

    pub(crate) fn audit(&self) -> Audit {
        let keys = vec![self.key.verifier().clone()];
        Audit { tenant: self.tenant.clone(), keys, witnesses: vec![], sealed_until: self.now }
    }

    pub(crate) fn verify(&self) -> Verdict {
        self.verify_with(self.audit()).unwrap()
    }

    pub(crate) fn verify_with(&self, audit: Audit) -> Result<Verdict, Error> {
        self.store.read(move |tx| verify(tx, &audit, |_, _| ())).wait()
    }

    pub(crate) fn newest_checkpoint(&self) -> SignedCheckpoint {
        let tenant = self.tenant.clone();
        let newest = self.store.read(move |tx| journal::newest_checkpoint(tx, &tenant)).wait();
        newest.unwrap().expect("a checkpoint")
    }

    /// What somebody with a database shell does; `$1` is the tenant.
    pub(crate) fn tamper(&self, sql: &'static str, args: Vec<Arg<'static>>) {
        let mut all = vec![Arg::from(self.tenant.as_str().to_owned())];
        all.extend(args);
        let touched = self.store.write(move |tx| tx.exec(sql, &all)).wait();
        let touched: Result<u64, store::Error> = touched;
        assert!(touched.unwrap() > 0, "nothing was tampered with: {sql}");
    }

    pub(crate) fn write<T: Send + 'static>(
        &self,
        closure: impl FnMut(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.store.write(closure).wait()
    }
}
