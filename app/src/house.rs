//! Opening the house: data folder, store, keys, and the systems on top of them.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use anyhow::{Context, Result, bail};
use axum::Router;
use calendar::Holidays;
use desk::{Desk, Parts};
use directory::CurrentDirectory;
use files::Blobs;
use identity::{
    SessionLimits, Sessions,
    access::Access,
    seal::{Keyring, MasterKey},
};
use indicators::Definitions;
use journal::{LogKey, Origin, load_or_create_key};
use kernel::{Clock, Mint, SystemClock};
use paying::Cashier;
use store::{Migration, Store};
use telling::Teller;
use web::{
    Front, Texts,
    front::{
        eid::{self, Eid},
        passkey::{self, Passkeys},
    },
    http::Hall,
    page::PlaceName,
};

use crate::{
    config::Config,
    rooms::{self, ROOMS},
};

/// The tables of the house, ground floor first, each sequence in order.
fn migrations() -> Vec<&'static [Migration]> {
    let ground = [
        directory::MIGRATIONS,
        identity::MIGRATIONS,
        journal::MIGRATIONS,
        casework::MIGRATIONS,
        indicators::MIGRATIONS,
        desk::MIGRATIONS,
    ];
    ground.into_iter().chain(ROOMS.iter().map(|room| room.migrations)).collect()
}

/// The store and the keys: what every command needs.
pub(crate) struct Ground {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) mint: Arc<Mint>,
    pub(crate) journal_key: LogKey,
}

impl Ground {
    /// Opens the data folder, making it where it is missing, and brings the tables up to date.
    pub(crate) fn open(config: &Config) -> Result<Self> {
        Self::open_at(config, Arc::new(SystemClock))
    }

    /// As [`Ground::open`], with another clock.
    pub(crate) fn open_at(config: &Config, clock: Arc<dyn Clock>) -> Result<Self> {
        make_folder(&config.data)?;
        keys_have_their_store(config)?;
        let store = match &config.postgres {
            Some(server) => Store::postgres(server, config.postgres_threads)
                .context("PostgreSQL, as the configuration names it")?,
            None => Store::sqlite(&config.data.join("tinhso.db"))
                .with_context(|| format!("the store in {}", config.data.display()))?,
        };
        store.migrate(&migrations()).context("the tables of the store")?;
        let mint = Arc::new(Mint::system());
        let origin = Origin::of(&config.tenant);
        let journal_key = load_or_create_key(&config.data.join("journal.key"), &mint, &origin)
            .context("the key of the journal")?;
        Ok(Self { store, clock, mint, journal_key })
    }

    /// Opens a data folder that must be there already.
    pub(crate) fn existing(config: &Config) -> Result<Self> {
        keys_have_their_store(config)?;
        let there = config.postgres.is_some() || config.data.join("tinhso.db").exists();
        if !there {
            bail!("there is no store in {}; name its folder by --data", config.data.display());
        }
        Self::open(config)
    }
}

/// Keys without their store: the database was lost or moved away. To begin anew beside the old
/// keys would look like an empty house, and nobody would miss the dossiers.
fn keys_have_their_store(config: &Config) -> Result<()> {
    let (folder, store) = (&config.data, config.data.join("tinhso.db"));
    let keys = ["journal.key", "master.key"].into_iter().filter(|key| folder.join(key).exists());
    let keys: Vec<&str> = keys.collect();
    let found = match fs::metadata(&store) {
        Ok(found) if found.len() > 0 => return Ok(()),
        Ok(_) => "is empty",
        Err(_) => "is missing",
    };
    if config.postgres.is_some() || keys.is_empty() {
        return Ok(());
    }
    bail!(
        "{} holds the keys of a house ({}), but its database tinhso.db {found}: put the newest \
         backup of tinhso.db back into the folder and start again. Nothing was changed. (For a \
         new house choose another folder; never delete the keys, without them no backup can be \
         read.)",
        folder.display(),
        keys.join(", "),
    );
}

/// Only the account that runs the program may look into the folder: it holds keys.
fn make_folder(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let made = || -> std::io::Result<()> {
        fs::create_dir_all(folder)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
        }
        Ok(())
    };
    made().with_context(|| format!("cannot make the folder {}", folder.display()))
}

/// What is measured: what comes with the program, and what the province added in a folder.
pub(crate) fn definitions(folder: &Path) -> Result<Definitions> {
    let mut files = Definitions::shipped_files();
    if folder.is_dir() {
        files.extend(Definitions::files_in(folder).context("the folder of indicators")?);
    }
    Definitions::load(&files).map_err(|findings| {
        let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the definitions of indicators have faults:\n{}", lines.join("\n"))
    })
}

/// The house, open: its systems, and the pages in their hall.
pub(crate) struct House {
    pub(crate) ground: Ground,
    pub(crate) desk: Desk,
    pub(crate) cashier: Cashier,
    pub(crate) teller: Teller,
    pub(crate) router: Router,
}

impl House {
    /// Opens every system on the ground. The demonstration has accounts to try, and invented people
    /// in place of an identity provider.
    pub(crate) fn open(
        config: &Config,
        ground: Ground,
        try_accounts: BTreeMap<String, String>,
        invented: Option<eid::Invented>,
    ) -> Result<Self> {
        let master = MasterKey::load_or_create(&config.data.join("master.key"), &ground.mint)
            .context("the master key of personal data")?;
        let keyring = Keyring::new(&master);
        let tenant = config.tenant.clone();
        let attested = ground.store.write(move |tx| keyring.attest(tx, &tenant));
        attested.wait().context("the master key")?;
        let keyring = Keyring::new(&master);
        let texts = Arc::new(Texts::new(&rooms::texts()).context("the texts of the pages")?);
        let place =
            PlaceName { name: config.name.clone(), unit: String::new(), home: "/".to_owned() };
        let front = Arc::new(Front {
            directory: CurrentDirectory::open(ground.store.clone(), config.tenant.clone())?,
            tenant: config.tenant.clone(),
            store: ground.store.clone(),
            clock: ground.clock.clone(),
            mint: ground.mint.clone(),
            sessions: Sessions::new(SessionLimits::default()),
            access: Access::new().context("the policies")?,
            texts: texts.clone(),
            place: place.clone(),
            https: config.https,
            try_accounts,
        });
        let source = match (&config.eid, invented) {
            (_, Some(people)) => eid::Source::Demonstration(people),
            (Some(provider), None) => eid::Source::Provider(Box::new(provider.clone())),
            (None, None) => eid::Source::Nobody,
        };
        let door = Eid::new(front.clone(), keyring.clone(), source, &config.address)
            .context("the identity provider, as the configuration names it")?;
        let passkeys = Passkeys::new(front.clone(), keyring.clone(), &config.address)
            .context("the address of the house")?;
        let desk = Desk::open(Parts {
            front,
            keyring,
            blobs: Blobs::open(&config.data.join("blobs")).context("the folder of files")?,
            certificates: config.certificates(),
            holidays: Holidays::default(),
            definitions: definitions(&config.data.join("indicators"))?,
            thresholds: config.thresholds,
            address: config.address.clone(),
            rails: ROOMS.iter().filter_map(|room| room.rail).collect(),
        })?;
        desk.publish_journal_key(ground.journal_key.verifier());
        let mut hall = Hall::new(texts, place, ground.mint.clone(), ground.clock.clone());
        hall.https = config.https;
        let doors = eid::router(door).merge(passkey::router(passkeys));
        let operations = one_stop::operations(&desk, hall.metrics.clone());
        let rooms = ROOMS.iter().map(|room| (room.router)(desk.clone()));
        let rooms = rooms.fold(operations.merge(doors), Router::merge);
        let cashier = config.payments.open(desk.clone())?;
        let teller = config.notices.open(desk.clone(), &config.data)?;
        let rooms = rooms.merge(paying::router(cashier.clone()));
        let rooms = rooms.merge(telling::router(teller.clone()));
        let router = web::http::hall(rooms, hall);
        Ok(Self { ground, desk, cashier, teller, router })
    }
}
