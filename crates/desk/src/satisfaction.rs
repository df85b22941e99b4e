//! How satisfied people are: one answer for each case, counted by agency, never by whom.

use std::collections::BTreeMap;

use casework::Case;
use identity::seal::Label;
use journal::Happened;
use kernel::{Actor, AgencyId, CaseId, Instant, PartyId, words};
use procedure::Matter;
use serde::Serialize;
use store::{Tx, args};
use subtle::ConstantTimeEq as _;

use crate::{Desk, Result};

words! {
    /// What an answer may be about (Decree 118/2025/NĐ-CP, assessment of the one-stop shop).
    Part {
        /// How people were treated.
        Manner = "manner",
        /// How long it took.
        Time = "time",
        /// How well it was explained.
        Guidance = "guidance",
        /// What it cost, and whether more was asked than is owed.
        Cost = "cost",
    }
}

/// An answer to the one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Score {
    /// Không hài lòng.
    Dissatisfied = 1,
    /// Hài lòng.
    Satisfied = 2,
    /// Rất hài lòng.
    VerySatisfied = 3,
}

impl Score {
    /// Every answer, the best first.
    pub const ALL: [Self; 3] = [Self::VerySatisfied, Self::Satisfied, Self::Dissatisfied];

    /// The number that is kept.
    #[must_use]
    pub const fn number(self) -> i64 {
        self as i64
    }

    /// The answer of a number.
    #[must_use]
    pub fn of(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|score| score.number() == number)
    }
}

/// Fewer answers than this are told without a percentage: one answer is no opinion of a place,
/// and says too much of whoever gave it.
pub const ANSWERS_MIN: u64 = 5;

/// How people answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// By answer: dissatisfied, satisfied, very satisfied.
    pub by_score: [u64; 3],
}

impl Tally {
    /// How many answered.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.by_score.iter().sum()
    }

    /// How many were satisfied or more.
    #[must_use]
    pub fn satisfied(&self) -> u64 {
        self.by_score[1] + self.by_score[2]
    }
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rated {
    /// It counts.
    Counted,
    /// An earlier one counts already.
    Already,
    /// The case is not over yet.
    TooEarly,
}

/// What the journal keeps: about which agency and what kind of case, and nothing about who or
/// which case.
#[derive(Serialize)]
struct Answered {
    score: i64,
    agency: AgencyId,
    matter: Matter,
}

impl Desk {
    /// The key in a link to the question of a case (`/danh-gia/CODE?ma=KEY`), computed from the
    /// master key. It opens nothing else.
    #[must_use]
    pub fn rating_key(&self, case: CaseId) -> String {
        self.letters(Label("rating"), &case.to_string())
    }

    /// The address of the question of a case.
    #[must_use]
    pub fn rating_path(&self, case: &Case) -> String {
        format!("/danh-gia/{}?ma={}", case.code, self.rating_key(case.id))
    }

    /// Whether this is the key of the case.
    #[must_use]
    pub fn rating_key_fits(&self, case: CaseId, key: &str) -> bool {
        let typed: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
        let typed = typed.to_uppercase();
        self.rating_key(case).as_bytes().ct_eq(typed.as_bytes()).into()
    }
}

/// Whether a case is over as far as whoever brought it is concerned, so that they can judge.
#[must_use]
pub fn may_be_rated(case: &Case) -> bool {
    case.ended_at.is_some() || case.returned_at.is_some()
}

/// Keeps an answer; the first one of a case counts, and none is changed.
///
/// # Errors
/// Those of the store, and of the journal.
pub fn rate(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: &Case,
    matter: Matter,
    score: Score,
    now: Instant,
) -> Result<Rated> {
    if !may_be_rated(case) {
        return Ok(Rated::TooEarly);
    }
    let tenant = &desk.front.tenant;
    let kept = tx.exec(
        "insert into satisfaction (tenant, case_id, score, answered_at, agency_id, procedure_code,
             matter)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (tenant, case_id) do nothing",
        args!(
            tenant,
            case.id,
            score.number(),
            now,
            case.decided_by,
            &case.procedure.code,
            matter.word()
        ),
    )?;
    if kept == 0 {
        return Ok(Rated::Already);
    }
    let (subject, happened) = answered(desk, case, matter, score, now)?;
    journal::record(tx, tenant, &desk.front.mint, &subject, happened)?;
    Ok(Rated::Counted)
}

/// What the journal is told of an answer, and under which subject: a name that leads back to no
/// case without the master key.
///
/// # Errors
/// Those of the journal.
pub fn answered(
    desk: &Desk,
    case: &Case,
    matter: Matter,
    score: Score,
    now: Instant,
) -> Result<(String, Happened)> {
    let told = Answered { score: score.number(), agency: case.decided_by, matter };
    let happened = Happened {
        kind: "satisfaction.answered".parse()?,
        actor: Actor::System("satisfaction".to_owned()),
        happened_at: now,
        recorded_at: now,
        data: journal::Data::of(&told)?,
    };
    let blind = desk.keyring.blind(&desk.front.tenant, Label("rated"), &case.id.to_string());
    Ok((format!("satisfaction {}", kernel::hex(&blind[..16])), happened))
}

/// Adds to an answer that was given: which parts it is about, and words. Once as well.
///
/// # Errors
/// Those of the store; where the key of the person was destroyed, the words are not kept.
pub fn add_to_rating(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: &Case,
    parts: &[Part],
    words: &str,
) -> Result<bool> {
    let front = &desk.front;
    if rating_of(tx, desk, case.id)?.is_none() {
        return Ok(false);
    }
    let sealed = match words.trim() {
        "" => None,
        words => match desk.keyring.key(tx, &front.tenant, case.applicant, &front.mint) {
            Ok(key) => Some(key.seal(WORDS, words.as_bytes(), &front.mint)),
            Err(identity::Error::KeyDestroyed { .. }) => None,
            Err(error) => return Err(error.into()),
        },
    };
    let parts: Vec<&str> = parts.iter().map(|part| part.word()).collect();
    let kept = tx.exec(
        "insert into satisfaction_more (tenant, case_id, parts, sealed) values ($1, $2, $3, $4)
         on conflict (tenant, case_id) do nothing",
        args!(&front.tenant, case.id, parts.join(","), sealed),
    )?;
    Ok(kept == 1)
}

/// Words that were added to an answer; none where the key of the person was destroyed. That it
/// is logged is for the caller.
///
/// # Errors
/// Those of the store, and where what is kept cannot be opened.
pub fn rating_words(
    tx: &mut Tx<'_>,
    desk: &Desk,
    party: PartyId,
    sealed: &[u8],
) -> Result<Option<String>> {
    match desk.keyring.load(tx, &desk.front.tenant, party) {
        Ok(key) => {
            let plain = key.open(WORDS, sealed)?;
            Ok(Some(String::from_utf8_lossy(&plain).into_owned()))
        }
        Err(identity::Error::KeyDestroyed { .. } | identity::Error::NoKey) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Under which label the words are sealed.
const WORDS: Label = Label("satisfaction");

/// The answer of a case, where there is one.
///
/// # Errors
/// Those of the store.
pub fn rating_of(tx: &mut Tx<'_>, desk: &Desk, case: CaseId) -> Result<Option<Score>> {
    let score: Option<i64> = tx.opt(
        "select score from satisfaction where tenant = $1 and case_id = $2",
        args!(&desk.front.tenant, case),
        |row| row.get(0),
    )?;
    Ok(score.and_then(Score::of))
}

/// Answers of a time by agency, and of all; what nobody answered is not in it.
///
/// # Errors
/// Those of the store.
pub fn tallies(
    tx: &mut Tx<'_>,
    desk: &Desk,
    matter: Matter,
    from: Instant,
    until: Instant,
) -> Result<BTreeMap<AgencyId, Tally>> {
    let mut tallies: BTreeMap<AgencyId, Tally> = BTreeMap::new();
    let tenant = &desk.front.tenant;
    let agencies: Vec<AgencyId> =
        desk.front.directory.get().agencies().map(|agency| agency.id).collect();
    // One short walk down the index for each agency, however long the history.
    for agency in agencies {
        tx.each(
            "select score, count(*) from satisfaction
             where tenant = $1 and agency_id = $2 and answered_at >= $3 and answered_at < $4
                 and matter = $5
             group by score",
            args!(tenant, agency, from, until, matter.word()),
            |row| {
                let (score, count): (i64, u64) = (row.get(0)?, row.get(1)?);
                let slot = usize::try_from(score - 1).ok();
                let tally = tallies.entry(agency).or_default();
                if let Some(slot) = slot.and_then(|slot| tally.by_score.get_mut(slot)) {
                    *slot += count;
                }
                Ok(())
            },
        )?;
    }
    Ok(tallies)
}
