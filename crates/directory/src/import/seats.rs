//! Seats, and who sits in them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kernel::{AgencyCode, AgencyId, PostId, nfc};
use toml::Spanned;

use super::{
    FaultKind, Step,
    compare::Draft,
    file::PostRow,
    step::{SeatName, facts},
};
use crate::{Handle, Post, PostFacts, Validity};

impl Draft<'_> {
    pub(super) fn seats(&mut self) {
        let mut seen: BTreeMap<(AgencyId, &str), usize> = BTreeMap::new();
        let mut heads = self.heads();
        for row in &self.import.file.post {
            let agency = self.agency(&row.agency);
            let (Some(agency), Some(code)) = (agency, self.handle(&row.code)) else { continue };
            let text = row.code.get_ref();
            if let Some(line) = seen.insert((agency, text), self.import.line(&row.code)) {
                let again = format!("{} {text}", row.agency.get_ref());
                self.fault(&row.code, FaultKind::Again(again, line));
                continue;
            }
            let Some((id, head)) = self.seat(agency, code, row) else { continue };
            let there = heads.entry(agency).or_default();
            if head {
                there.insert(id)
            } else {
                there.remove(&id)
            };
            if head && there.len() > 1 {
                self.fault(&row.code, FaultKind::TwoHeads(row.agency.get_ref().clone()));
            }
        }
    }

    /// The seats whose holders answer for their agencies. Those that the file describes are
    /// taken up row by row, so that a head may move to another seat.
    fn heads(&self) -> HashMap<AgencyId, BTreeSet<PostId>> {
        let mut heads: HashMap<AgencyId, BTreeSet<PostId>> = HashMap::new();
        let open = self.directory.posts().filter(|post| post.validity.to.is_none());
        for post in open.filter(|post| post.head) {
            let told = self.import.file.post.iter().any(|row| {
                let agency = self.agencies.get(row.agency.get_ref());
                agency == Some(&post.agency) && is_named(post, row.code.get_ref())
            });
            if !told {
                heads.entry(post.agency).or_default().insert(post.id);
            }
        }
        heads
    }

    /// The seat as the row describes it, and whether its holder answers for the agency.
    fn seat(&mut self, agency: AgencyId, code: Handle, row: &PostRow) -> Option<(PostId, bool)> {
        let mut open = self.directory.posts_in(agency, kernel::Instant::MAX);
        let known = open.find(|post| is_named(post, code.as_str())).cloned();
        let name = SeatName { agency: row.agency.get_ref().parse().ok()?, code: code.clone() };
        let (id, head) = match known {
            Some(post) => self.change_seat(&post, &name, row)?,
            None => self.open_seat(agency, code, &name.agency, row)?,
        };
        if let Some(holder) = &row.holder {
            self.holder(id, &name, holder);
        }
        Some((id, head))
    }

    fn open_seat(
        &mut self,
        agency: AgencyId,
        code: Handle,
        of: &AgencyCode,
        row: &PostRow,
    ) -> Option<(PostId, bool)> {
        let (Some(title), Some(role)) = (&row.title, &row.role) else {
            let key = if row.title.is_none() { "title" } else { "role" };
            self.fault(&row.code, FaultKind::Missing(code.to_string(), key));
            return None;
        };
        let title = self.name(title, "title");
        let Ok(role) = role.get_ref().parse() else {
            self.fault(role, FaultKind::Role(role.get_ref().clone()));
            return None;
        };
        let (id, head) = (self.mint.id(self.at), row.head.unwrap_or_default());
        let post = Post {
            id,
            agency,
            code: Some(code),
            title,
            role,
            fields: row.fields.as_deref().map(spelt).unwrap_or_default(),
            head,
            validity: Validity::since(self.at),
            successor: None,
        };
        self.steps.push(Step::OpenPost { post, agency: of.clone() });
        Some((id, head))
    }

    fn change_seat(
        &mut self,
        post: &Post,
        seat: &SeatName,
        row: &PostRow,
    ) -> Option<(PostId, bool)> {
        let was = facts(post);
        let title = row.title.as_ref().map(|title| self.name(title, "title"));
        let role = match &row.role {
            None => was.role.clone(),
            Some(role) => match role.get_ref().parse() {
                Ok(role) => role,
                Err(_) => {
                    self.fault(role, FaultKind::Role(role.get_ref().clone()));
                    return None;
                }
            },
        };
        let to = PostFacts {
            title: title.unwrap_or_else(|| was.title.clone()),
            role,
            fields: row.fields.as_deref().map_or_else(|| was.fields.clone(), spelt),
            head: row.head.unwrap_or(was.head),
        };
        let head = to.head;
        if to != was {
            self.steps.push(Step::ChangePost { id: post.id, seat: seat.clone(), to });
        }
        Some((post.id, head))
    }

    /// Whoever sits there gets up where the row names somebody else.
    fn holder(&mut self, post: PostId, seat: &SeatName, holder: &Spanned<String>) {
        let there = self.directory.holding(post, self.now).copied();
        let wanted = match holder.get_ref().as_str() {
            "" => None,
            code => match self.people.get(code).cloned() {
                Some(person) => Some(person),
                None => return self.fault(holder, FaultKind::UnknownPerson(code.to_owned())),
            },
        };
        if there.map(|there| there.person) == wanted.as_ref().map(|(id, _)| *id) {
            return;
        }
        if let Some(there) = there {
            if there.validity.from > self.at {
                let (agency, seat) = (seat.agency.to_string(), seat.code.to_string());
                return self.fault(holder, FaultKind::Later { agency, seat });
            }
            let who = self.directory.person(there.person);
            let who = who.map(|person| person.name.clone()).unwrap_or_default();
            self.steps.push(Step::Vacate { post, seat: seat.clone(), who });
        }
        if let Some((person, who)) = wanted {
            self.steps.push(Step::Seat { post, seat: seat.clone(), person, who });
        }
    }
}

/// Whether a file means this seat by `code`: its code, or where it has none its identifier.
fn is_named(post: &Post, code: &str) -> bool {
    match &post.code {
        Some(own) => own.as_str() == code,
        None => post.id.to_string() == code,
    }
}

/// Fields in one spelling, each once.
fn spelt(fields: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for field in fields.iter().map(|field| nfc(field.trim())) {
        if !field.is_empty() && !out.contains(&field) {
            out.push(field);
        }
    }
    out
}
