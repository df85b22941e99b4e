//! Events: what happened, in the form in which it is kept and hashed.

use std::{
    borrow::{Borrow, Cow},
    fmt,
    fmt::Write as _,
    str::FromStr,
    sync::LazyLock,
};

use kernel::{Actor, CaseId, EventId, Instant, Tenant, micros};
use serde::{Serialize, de::DeserializeOwned};
use store::{Arg, Row, Tx, args};
use uuid::Uuid;

use crate::{Error, TreeHash, bigint};

/// Something that happened to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Which event.
    pub id: EventId,
    /// To which case.
    pub case: CaseId,
    /// The how-manieth event of the case, from 1 without a gap: the optimistic lock.
    pub version: u32,
    /// What kind of thing happened.
    pub kind: EventKind,
    /// Who did it.
    pub actor: Actor,
    /// When it is said to have happened.
    pub happened_at: Instant,
    /// When the system learned it. It never goes back within a case.
    pub recorded_at: Instant,
    /// The rest; no personal data in clear.
    pub data: Data,
}

impl Event {
    /// The hash under which the event stands in the tree.
    #[must_use]
    pub fn leaf(&self, tenant: &Tenant) -> TreeHash {
        TreeHash::leaf(leaf_text(tenant, self).as_bytes())
    }
}

/// The kind of an event: words in small letters, parted by dots (`dossier.accepted`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventKind(Cow<'static, str>);

impl EventKind {
    /// A kind that is known when the program is built:
    /// `const ACCEPTED: EventKind = EventKind::named("dossier.accepted");`
    ///
    /// # Panics
    /// Where `name` is not the name of a kind; in a constant that is an error of the build.
    #[must_use]
    pub const fn named(name: &'static str) -> Self {
        assert!(is_kind(name), "a kind is words in small letters, parted by dots");
        Self(Cow::Borrowed(name))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
impl FromStr for EventKind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if is_kind(text) { Ok(Self(Cow::Owned(text.to_owned()))) } else { Err(Error::Kind) }
    }
}
impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

const fn is_kind(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut index, mut word) = (0, 0);
    while index < bytes.len() {
        match bytes[index] {
            b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' => word += 1,
            b'.' if word > 0 => word = 0,
            _ => return false,
        }
        index += 1;
    }
    word > 0 && bytes.len() <= 64
}

/// The data of an event: JSON without white space, kept to the byte, since its text is hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Data(String);

impl Data {
    /// Longest text, in bytes.
    pub const BYTES_MAX: usize = 48 * 1024;

    /// Writes `value` as JSON, its fields in the order of the type.
    ///
    /// # Errors
    /// [`Error::Json`] where it cannot be written so, [`Error::TooLong`] where it is too long.
    pub fn of(value: &impl Serialize) -> Result<Self, Error> {
        let mut text = serde_json::to_string(value)?;
        // Raw JSON inside the value may bring its own line breaks.
        if text.contains(['\n', '\r']) {
            text = serde_json::from_str::<serde_json::Value>(&text)?.to_string();
        }
        if text.len() > Self::BYTES_MAX { Err(Error::TooLong(text.len())) } else { Ok(Self(text)) }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, read into the type that the kind of the event has.
    ///
    /// # Errors
    /// [`Error::Json`] where it is not of that type.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, Error> {
        Ok(serde_json::from_str(&self.0)?)
    }
}

/// An event with its place in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Dense position, from 0.
    pub pos: u64,
    /// What stands there.
    pub event: Event,
}

/// The bytes of an event's leaf: ten lines, parted by single line breaks, none after the last.
/// The first says which form this is; the others are the columns of table `event` as they
/// stand, so that a stranger can compute them with nothing but SQL:
///
/// ```text
/// tinhso-event/1
/// H55                                    tenant
/// 0198f4c2-0000-7000-8000-000000000001   id, in small letters
/// 0198f4c2-0000-7000-8000-00000000000a   case_id
/// 3                                      version
/// dossier.accepted                       kind
/// system:import                          actor
/// 1795411800000000                       happened_at, microseconds since 1970
/// 1795411812000000                       recorded_at, likewise
/// {"channel":"counter"}                  data, to the byte
/// ```
///
/// No column may hold a line break, so two different rows never have the same bytes.
#[must_use]
pub fn leaf_text(tenant: &Tenant, event: &Event) -> String {
    let row = RawEvent {
        id: event.id.uuid(),
        case: event.case.uuid(),
        version: i64::from(event.version),
        kind: event.kind.as_str().into(),
        actor: event.actor.to_string().into(),
        happened_at: micros(event.happened_at),
        recorded_at: micros(event.recorded_at),
        data: event.data.as_str().into(),
    };
    row.leaf_text(tenant)
}

/// A row of table `event` as it stands there, believed in nothing.
#[derive(Debug, Clone)]
pub(crate) struct RawEvent<'e> {
    pub(crate) id: Uuid,
    pub(crate) case: Uuid,
    pub(crate) version: i64,
    pub(crate) kind: Cow<'e, str>,
    pub(crate) actor: Cow<'e, str>,
    pub(crate) happened_at: i64,
    pub(crate) recorded_at: i64,
    pub(crate) data: Cow<'e, str>,
}

impl RawEvent<'_> {
    /// Reads `id, case_id, version, kind, actor, happened_at, recorded_at, data`.
    pub(crate) fn read(row: &Row<'_>) -> store::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            case: row.get(1)?,
            version: row.get(2)?,
            kind: Cow::Owned(row.get(3)?),
            actor: Cow::Owned(row.get(4)?),
            happened_at: row.get(5)?,
            recorded_at: row.get(6)?,
            data: Cow::Owned(row.get(7)?),
        })
    }

    /// The hash of the row's leaf, or `None` where the row cannot be one that was appended.
    pub(crate) fn leaf(&self, tenant: &Tenant) -> Option<TreeHash> {
        let broken = [&self.kind, &self.actor, &self.data].iter().any(|text| text.contains('\n'));
        (!broken).then(|| TreeHash::leaf(self.leaf_text(tenant).as_bytes()))
    }

    pub(crate) fn leaf_text(&self, tenant: &Tenant) -> String {
        let Self { id, case, version, kind, actor, happened_at, recorded_at, data } = self;
        let mut text = String::with_capacity(320 + data.len());
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "tinhso-event/1\n{tenant}\n{id}\n{case}\n{version}\n{kind}\n{actor}\n\
             {happened_at}\n{recorded_at}\n{data}"
        );
        text
    }
}

/// Appends `event`, in the transaction of the change that it tells of.
///
/// # Errors
/// [`store::Error::Unique`] where the case has this version already: somebody was faster.
/// [`Error::Actor`] where the actor's name cannot stand on one line.
pub fn append(tx: &mut Tx<'_>, tenant: &Tenant, event: &Event) -> Result<(), Error> {
    insert(tx, tenant, &[(None, event)])
}

/// Writes rows, sealed or not, in one statement.
pub(crate) fn insert<E: Borrow<Event>>(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    rows: &[(Option<u64>, E)],
) -> Result<(), Error> {
    let mut args = Vec::with_capacity(1 + rows.len() * COLUMNS);
    args.push(Arg::from(tenant));
    for (pos, event) in rows {
        let event = event.borrow();
        let actor = event.actor.to_string();
        if actor.contains(char::is_control) {
            return Err(Error::Actor);
        }
        args.extend([
            event.id.into(),
            event.case.into(),
            event.version.into(),
            event.kind.as_str().into(),
            actor.into(),
            event.happened_at.into(),
            event.recorded_at.into(),
            event.data.as_str().into(),
            pos.map(bigint).into(),
        ]);
    }
    match rows.len() {
        // A single row is a write that needs no answer.
        1 => tx.put(&INSERT_ONE, &args)?,
        ROWS_MAX => drop(tx.exec(&INSERT_MANY, &args)?),
        rows => drop(tx.exec(&insert_text(rows), &args)?),
    }
    Ok(())
}

/// Rows that are written in one statement where many are.
pub(crate) const ROWS_MAX: usize = 64;

static INSERT_ONE: LazyLock<String> = LazyLock::new(|| insert_text(1));
static INSERT_MANY: LazyLock<String> = LazyLock::new(|| insert_text(ROWS_MAX));

/// Columns of table `event` beside the tenant.
const COLUMNS: usize = 9;

fn insert_text(rows: usize) -> String {
    let mut text = "insert into event (tenant, id, case_id, version, kind, actor, happened_at,
                                       recorded_at, data, pos) values "
        .to_owned();
    for row in 0..rows {
        text.push_str(if row == 0 { "($1" } else { ", ($1" });
        for column in 0..COLUMNS {
            // Writing to a string cannot fail.
            let _ = write!(text, ", ${}", 2 + row * COLUMNS + column);
        }
        text.push(')');
    }
    text
}

/// The events of a case, in order, sealed or not.
///
/// # Errors
/// Those of the store.
pub fn read_case(tx: &mut Tx<'_>, tenant: &Tenant, case: CaseId) -> Result<Vec<Event>, Error> {
    let events = tx.all(
        "select id, case_id, version, kind, actor, happened_at, recorded_at, data
         from event where tenant = $1 and case_id = $2 order by version",
        args!(tenant, case),
        read_event,
    )?;
    Ok(events)
}

/// At most `limit` sealed events from position `pos` on, in order: what a projector reads.
///
/// # Errors
/// Those of the store.
pub fn read_from(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    pos: u64,
    limit: u32,
) -> Result<Vec<Placed>, Error> {
    let events = tx.all(
        "select id, case_id, version, kind, actor, happened_at, recorded_at, data, pos
         from event where tenant = $1 and pos >= $2 order by pos limit $3",
        args!(tenant, bigint(pos), i64::from(limit)),
        |row| Ok(Placed { pos: row.get(8)?, event: read_event(row)? }),
    )?;
    Ok(events)
}

fn read_event(row: &Row<'_>) -> store::Result<Event> {
    Ok(Event {
        id: row.get(0)?,
        case: row.get(1)?,
        version: row.get(2)?,
        kind: EventKind(Cow::Owned(row.get(3)?)),
        actor: row.get(4)?,
        happened_at: row.get(5)?,
        recorded_at: row.get(6)?,
        data: Data(row.get(7)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_leaf_is_ten_lines_that_anyone_can_write() {
        let event = Event {
            id: "0198f4c2-0000-7000-8000-000000000001".parse().unwrap(),
            case: "0198f4c2-0000-7000-8000-00000000000a".parse().unwrap(),
            version: 3,
            kind: EventKind::named("dossier.accepted"),
            actor: Actor::System("import".into()),
            happened_at: "2026-11-23T01:30:00Z".parse().unwrap(),
            recorded_at: "2026-11-23T01:30:12Z".parse().unwrap(),
            data: Data::of(&serde_json::json!({ "channel": "counter" })).unwrap(),
        };
        let tenant = "H55".parse().unwrap();
        assert_eq!(
            leaf_text(&tenant, &event),
            "tinhso-event/1\nH55\n0198f4c2-0000-7000-8000-000000000001\n\
             0198f4c2-0000-7000-8000-00000000000a\n3\ndossier.accepted\nsystem:import\n\
             1795397400000000\n1795397412000000\n{\"channel\":\"counter\"}"
        );
        // printf '\0tinhso-event/1\n…' | sha256sum
        assert_eq!(event.leaf(&tenant), TreeHash::leaf(leaf_text(&tenant, &event).as_bytes()));
    }

    #[test]
    fn a_kind_is_a_name() {
        for good in ["dossier.accepted", "a", "step.sent-back_2"] {
            assert_eq!(good.parse::<EventKind>().unwrap().as_str(), good);
        }
        for bad in ["", ".", "a.", ".a", "a..b", "Dossier", "a b", "a\nb", &"a".repeat(65)] {
            assert!(matches!(bad.parse::<EventKind>(), Err(Error::Kind)), "{bad:?}");
        }
    }

    #[test]
    fn data_is_on_one_line_and_has_a_bound() {
        let raw = serde_json::value::RawValue::from_string("{\n  \"a\": 1\n}".into()).unwrap();
        assert_eq!(Data::of(&raw).unwrap().as_str(), r#"{"a":1}"#);
        assert_eq!(Data::of(&"đ\n").unwrap().as_str(), r#""đ\n""#);
        let long = "x".repeat(Data::BYTES_MAX);
        assert!(matches!(Data::of(&long), Err(Error::TooLong(_))));
    }
}
