//! The register of dossiers: newest first, searched and filtered, walked without ever counting
//! it through.
//!
//! A list over many agencies and states is a merge of lanes. Each lane is one walk down one
//! index, so that the first page costs the same in the first month and after ten years.

use std::collections::VecDeque;

use casework::{Case, Channel, Status};
use identity::party::{self, PartyNumber};
use jiff::ToSpan;
use kernel::{
    AgencyCode, AgencyId, CaseCode, CaseId, Instant, PartyId, ProcedureCode, Tenant, today,
};
use store::{Arg, Row, Tx};

use super::Scope;
use crate::{Desk, Result};

/// Which agency of a dossier is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// The one that decides.
    #[default]
    Decides,
    /// The one where it was filed, and where the result is returned.
    Receives,
}

/// Against the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Late {
    /// In hand, past the promised instant.
    Now,
    /// In hand, and little time is left.
    Soon,
    /// In hand or done, past the promised instant.
    Ever,
}

/// What was typed into the search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought {
    /// A whole code.
    Code(CaseCode),
    /// A part of a code.
    Part(CodePart),
    /// An official number of the applicant.
    Number(PartyNumber),
    /// The beginning of a name.
    Name(String),
}

/// A part of a code that can be looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodePart {
    /// Day and serial number: `261117-0031`.
    DaySerial(String),
    /// A serial number, of the last days.
    Serial(String),
    /// Agency and at least year and month: `H55.62-2611`.
    Prefix(String),
}

/// At most so many codes are tried for a serial number alone.
const CODES_MAX: usize = 2000;
/// At most so many days back.
const DAYS_MAX: usize = 120;

/// Reads what was typed; none for nothing, and for what can be no search.
#[must_use]
pub fn sought(typed: &str) -> Option<Sought> {
    let text = kernel::nfc(typed);
    let upper = text.to_uppercase();
    if let Ok(code) = upper.parse::<CaseCode>() {
        return Some(Sought::Code(code));
    }
    if let Ok(number) = text.parse() {
        return Some(Sought::Number(PartyNumber::Citizen(number)));
    }
    if let Ok(number) = text.parse() {
        return Some(Sought::Number(PartyNumber::Tax(number)));
    }
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if digits(&text) && text.len() <= 8 {
        return Some(Sought::Part(CodePart::Serial(format!("{text:0>4}"))));
    }
    match upper.rsplit_once('-') {
        Some((day, serial)) if day.len() == 6 && digits(day) && digits(serial) => {
            let code = format!("{day}-{serial:0>4}");
            Some(Sought::Part(CodePart::DaySerial(code)))
        }
        Some((agency, day))
            if agency.parse::<AgencyCode>().is_ok() && digits(day) && day.len() >= 4 =>
        {
            Some(Sought::Part(CodePart::Prefix(upper)))
        }
        _ => {
            let name = kernel::fold(&text);
            (!name.is_empty()).then_some(Sought::Name(text))
        }
    }
}

/// What the list holds.
#[derive(Debug, Clone)]
pub struct Filter {
    /// Whose dossiers.
    pub scope: Scope,
    /// In which role.
    pub role: Role,
    /// In which states; all where empty.
    pub statuses: Vec<Status>,
    /// On which procedure.
    pub procedure: Option<ProcedureCode>,
    /// How they came.
    pub channel: Option<Channel>,
    /// Filed from here on.
    pub from: Option<Instant>,
    /// Filed before.
    pub until: Option<Instant>,
    /// Against the clock, as it is now.
    pub late: Option<Late>,
    /// When now is.
    pub now: Instant,
    /// What was typed into the search.
    pub sought: Option<Sought>,
    /// Whether the clocks are to be read.
    pub with_case: bool,
}

/// Place in the list: when the last one shown was filed, and which it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// When it was filed.
    pub at: Instant,
    /// Which.
    pub id: CaseId,
}

/// One line of the register.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Which dossier.
    pub id: CaseId,
    /// Its code.
    pub code: CaseCode,
    /// On which procedure.
    pub procedure: ProcedureCode,
    /// In which version of its text.
    pub procedure_version: u32,
    /// How it came.
    pub channel: Option<Channel>,
    /// Where it was filed.
    pub received_by: AgencyId,
    /// Who decides it.
    pub decided_by: AgencyId,
    /// Where it stands.
    pub status: Option<Status>,
    /// When it was filed.
    pub submitted_at: Instant,
    /// When it was taken on.
    pub accepted_at: Option<Instant>,
    /// When the result is promised.
    pub due_at: Option<Instant>,
    /// When the work ended.
    pub ended_at: Option<Instant>,
    /// When the applicant had the result.
    pub returned_at: Option<Instant>,
    /// Whose it is, by name.
    pub applicant: Option<String>,
    /// Its whole state, where the filter asks for it.
    pub case: Option<Box<Case>>,
}

impl Entry {
    /// Its place in the list.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor { at: self.submitted_at, id: self.id }
    }
}

/// A walk down the register, newest first.
#[derive(Debug, Clone)]
pub struct Walk {
    filter: Filter,
    lanes: Vec<Lane>,
    /// So many rows are read of a lane at once.
    chunk: u32,
}

#[derive(Debug, Clone)]
struct Lane {
    key: Key,
    status: Option<Status>,
    after: Option<Cursor>,
    rows: VecDeque<Entry>,
    done: bool,
}

#[derive(Debug, Clone)]
enum Key {
    Tenant,
    Agency(AgencyId),
    Party(PartyId),
    Codes(Vec<String>),
    Prefix(String),
}

impl Walk {
    /// A walk that begins after `after`, or with the newest.
    ///
    /// # Errors
    /// Those of the store.
    pub fn begin(
        tx: &mut Tx<'_>,
        desk: &Desk,
        filter: Filter,
        after: Option<Cursor>,
        chunk: u32,
    ) -> Result<Self> {
        let keys = keys(tx, desk, &filter)?;
        let statuses: Vec<Option<Status>> = match filter.statuses.as_slice() {
            [] => vec![None],
            some => some.iter().copied().map(Some).collect(),
        };
        let lane = |key: &Key, status| Lane {
            key: key.clone(),
            status,
            after,
            rows: VecDeque::new(),
            done: false,
        };
        let lanes = keys.iter().flat_map(|key| statuses.iter().map(|status| lane(key, *status)));
        let lanes = lanes.collect();
        Ok(Self { filter, lanes, chunk })
    }

    /// The next `count` lines, or those that there are.
    ///
    /// # Errors
    /// Those of the store.
    pub fn take(&mut self, tx: &mut Tx<'_>, desk: &Desk, count: usize) -> Result<Vec<Entry>> {
        let mut taken = Vec::with_capacity(count.min(1024));
        let moment = desk.moment();
        while taken.len() < count {
            for lane in self.lanes.iter_mut().filter(|l| l.rows.is_empty() && !l.done) {
                lane.fill(tx, &desk.front.tenant, &self.filter, self.chunk)?;
            }
            let first = |lane: &&mut Lane| lane.rows.front().map(|e| (e.submitted_at, e.id));
            let lane = self.lanes.iter_mut().filter(|l| !l.rows.is_empty()).max_by_key(first);
            let Some(entry) = lane.and_then(|lane| lane.rows.pop_front()) else { break };
            if self.filter.fits(desk, &moment, &entry) {
                taken.push(entry);
            }
        }
        Ok(taken)
    }
}

impl Filter {
    /// What no index answers: scope of a search, and clocks that run low.
    fn fits(&self, desk: &Desk, moment: &crate::Moment, entry: &Entry) -> bool {
        let agencies = &self.scope.agencies;
        let ours = agencies.contains(&entry.decided_by) || agencies.contains(&entry.received_by);
        let soon = || {
            let clock = entry.case.as_ref().and_then(|case| case.clock.as_ref());
            let calendar = moment.calendars.agency(entry.decided_by);
            clock.is_some_and(|clock| {
                let reading = clock.reading(self.now, calendar, &desk.thresholds);
                reading.state == calendar::State::Soon
            })
        };
        ours && (self.late != Some(Late::Soon) || soon())
    }

    fn reads_cases(&self) -> bool {
        self.with_case || self.late == Some(Late::Soon)
    }
}

fn keys(tx: &mut Tx<'_>, desk: &Desk, filter: &Filter) -> Result<Vec<Key>> {
    let tenant = &desk.front.tenant;
    Ok(match &filter.sought {
        None if filter.scope.whole && filter.statuses.is_empty() && filter.procedure.is_none() => {
            vec![Key::Tenant]
        }
        None => filter.scope.agencies.iter().map(|agency| Key::Agency(*agency)).collect(),
        Some(Sought::Code(code)) => vec![Key::Codes(vec![code.to_string()])],
        Some(Sought::Part(CodePart::Prefix(prefix))) => vec![Key::Prefix(prefix.clone())],
        Some(Sought::Part(CodePart::DaySerial(part))) => {
            vec![Key::Codes(agency_codes(desk, filter, part))]
        }
        Some(Sought::Part(CodePart::Serial(serial))) => {
            let days = (CODES_MAX / filter.scope.agencies.len().max(1)).clamp(1, DAYS_MAX);
            let codes = (0..days).flat_map(|back| {
                let back = i64::try_from(back).unwrap_or(0);
                let day = today(filter.now).saturating_sub(back.days());
                let (year, month, date) = (day.year().rem_euclid(100), day.month(), day.day());
                let part = format!("{year:02}{month:02}{date:02}-{serial}");
                agency_codes(desk, filter, &part)
            });
            vec![Key::Codes(codes.collect())]
        }
        Some(Sought::Number(number)) => {
            let found = match party::find(tx, tenant, &desk.keyring, number) {
                Err(identity::Error::KeyDestroyed { .. }) => None,
                other => other?,
            };
            found.map(|known| Key::Party(known.id)).into_iter().collect()
        }
        Some(Sought::Name(name)) => {
            let found = party::named(tx, tenant, name)?;
            found.into_iter().map(|(id, _)| Key::Party(id)).collect()
        }
    })
}

fn agency_codes(desk: &Desk, filter: &Filter, part: &str) -> Vec<String> {
    let directory = desk.front.directory.get();
    let agencies = filter.scope.agencies.iter().filter_map(|id| directory.agency(*id));
    agencies.map(|agency| format!("{}-{part}", agency.code)).collect()
}

impl Lane {
    fn fill(
        &mut self,
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        filter: &Filter,
        chunk: u32,
    ) -> Result<()> {
        let mut args: Vec<Arg<'_>> = vec![tenant.into()];
        let mut sql = select(filter.reads_cases());
        let mut and = |condition: &str, args: &mut Vec<Arg<'_>>, arg: Arg<'static>| {
            args.push(arg);
            let number = format!("${}", args.len());
            sql.push_str(" and ");
            sql.push_str(&condition.replace('?', &number));
        };
        match &self.key {
            Key::Tenant => {}
            Key::Agency(agency) => match filter.role {
                Role::Decides => and("c.decided_by = ?", &mut args, (*agency).into()),
                Role::Receives => and("c.received_by = ?", &mut args, (*agency).into()),
            },
            Key::Party(party) => and("c.applicant = ?", &mut args, (*party).into()),
            Key::Prefix(prefix) => {
                and("c.code >= ?", &mut args, prefix.clone().into());
                and("c.code < ?", &mut args, format!("{prefix}~").into());
            }
            Key::Codes(_) => {}
        }
        if let Some(status) = self.status {
            and("c.status = ?", &mut args, status.word().into());
        }
        if let Some(procedure) = &filter.procedure {
            and("c.procedure_code = ?", &mut args, procedure.to_string().into());
        }
        if let Some(channel) = filter.channel {
            and("c.channel = ?", &mut args, channel.word().into());
        }
        if let Some(from) = filter.from {
            and("c.submitted_at >= ?", &mut args, from.into());
        }
        if let Some(until) = filter.until {
            and("c.submitted_at < ?", &mut args, until.into());
        }
        match filter.late {
            None => {}
            Some(Late::Now) => and("c.due_at < ?", &mut args, filter.now.into()),
            Some(Late::Soon) => and("c.due_at >= ?", &mut args, filter.now.into()),
            Some(Late::Ever) => and(
                "(c.ended_at > c.due_at or (c.status = 'in_progress' and c.due_at < ?))",
                &mut args,
                filter.now.into(),
            ),
        }
        if let Key::Codes(codes) = &self.key {
            let first = args.len() + 1;
            args.extend(codes.iter().map(Arg::from));
            let places: Vec<String> = (first..=args.len()).map(|n| format!("${n}")).collect();
            sql.push_str(&format!(" and c.code in ({})", places.join(", ")));
        }
        if let Some(after) = self.after {
            args.extend([after.at.into(), after.id.into()]);
            let last = args.len();
            sql.push_str(&format!(" and (c.submitted_at, c.id) < (${}, ${last})", last - 1));
        }
        args.push(i64::from(chunk).into());
        sql.push_str(&format!(" order by c.submitted_at desc, c.id desc limit ${}", args.len()));
        let none_left = matches!(&self.key, Key::Codes(codes) if codes.is_empty());
        let read = if none_left { Vec::new() } else { tx.all(&sql, &args, entry)? };
        self.done = read.len() < chunk as usize;
        self.after = read.last().map(|(entry, _)| entry.cursor()).or(self.after);
        for (mut entry, state) in read {
            let case = state.map(|state| serde_json::from_str(&state)).transpose()?;
            entry.case = case.map(Box::new);
            self.rows.push_back(entry);
        }
        Ok(())
    }
}

fn select(with_case: bool) -> String {
    let state = if with_case { "c.state" } else { "case when 1 = 0 then c.state end" };
    format!(
        "select c.id, c.code, c.procedure_code, c.procedure_version, c.channel, c.received_by,
             c.decided_by, c.status, c.submitted_at, c.accepted_at, c.due_at, c.ended_at,
             c.returned_at, p.name, {state}
         from case_state c left join party p on p.tenant = c.tenant and p.id = c.applicant
         where c.tenant = $1"
    )
}

fn entry(row: &Row<'_>) -> store::Result<(Entry, Option<String>)> {
    let entry = Entry {
        id: row.get(0)?,
        code: row.get(1)?,
        procedure: row.get(2)?,
        procedure_version: row.get(3)?,
        channel: Channel::from_word(&row.get::<String>(4)?),
        received_by: row.get(5)?,
        decided_by: row.get(6)?,
        status: Status::from_word(&row.get::<String>(7)?),
        submitted_at: row.get(8)?,
        accepted_at: row.get(9)?,
        due_at: row.get(10)?,
        ended_at: row.get(11)?,
        returned_at: row.get(12)?,
        applicant: row.get(13)?,
        case: None,
    };
    Ok((entry, row.get(14)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_says_what_it_is() {
        let is = |typed: &str| sought(typed);
        let part = |part| Some(Sought::Part(part));
        assert_eq!(
            is("h55.62-261117-0031"),
            Some(Sought::Code("H55.62-261117-0031".parse().unwrap()))
        );
        assert_eq!(is("261117-31"), part(CodePart::DaySerial("261117-0031".into())));
        assert_eq!(is("31"), part(CodePart::Serial("0031".into())));
        assert_eq!(is("H55.62-2611"), part(CodePart::Prefix("H55.62-2611".into())));
        assert_eq!(is(" Nguyễn  Văn "), Some(Sought::Name("Nguyễn Văn".into())));
        assert!(matches!(is("019 197 000 821"), Some(Sought::Number(PartyNumber::Citizen(_)))));
        assert_eq!(is("  "), None);
        assert_eq!(is("-"), None);
    }
}
