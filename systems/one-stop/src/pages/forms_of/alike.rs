//! What several forms say alike: the letterhead, the dossier, people in their posts.

use casework::Change;
use identity::party::{Party, PartyNumber};
use kernel::{Actor, AgencyId, Instant, PostId};
use procedure::ComponentKind;
use web::tr;

use super::Paper;
use crate::{
    forms::{
        Applicant, Component, ComponentForm, Contact, DocumentNumber, DossierFacts, Holder,
        Identity, Letterhead, Reason, Signature, SlipWords,
    },
    pages::counter,
};

impl Paper<'_> {
    pub(super) fn head(&self, agency: AgencyId, issued_at: Instant) -> Letterhead {
        let directory = &self.office.moment.directory;
        let agency = directory.agency(agency);
        let above = agency.and_then(|a| a.parent).and_then(|above| directory.agency(above));
        let places = directory.places();
        let place = agency.and_then(|agency| places.get(agency.place.as_ref()?));
        Letterhead {
            superior: above.map(|above| above.name_at(issued_at).to_owned()),
            agency: agency.map_or_else(String::new, |a| a.name_at(issued_at).to_owned()),
            number: self.number(agency.map_or("", |a| a.name_at(issued_at))),
            place: place.map_or_else(String::new, |place| place.bare_name().to_owned()),
            issued_at,
        }
    }

    /// The number that the form got with its event.
    fn number(&self, agency: &str) -> Option<DocumentNumber> {
        let kind = match self.told.change {
            Change::SupplementRequested { .. } => "PYC",
            Change::Declined { .. } => "PTC",
            Change::Extended { .. } => "PXL",
            Change::Discontinued { .. } => "TB",
            _ => return None,
        };
        let number = *self.dossier.numbers.get(&self.told.version)?;
        Some(DocumentNumber { number, notation: format!("{kind}-{}", letters_of(agency)) })
    }

    pub(super) fn facts(&self) -> DossierFacts {
        DossierFacts {
            code: self.dossier.case.code.clone(),
            procedure: self.procedure.name.clone(),
            procedure_code: self.procedure.code.clone(),
            request: self.procedure.name.clone(),
            applicant: self.applicant(),
        }
    }

    pub(super) fn applicant(&self) -> Applicant {
        let party = self.dossier.applicant.as_ref();
        let identity = party.and_then(|party| party.number.clone()).map(|number| match number {
            PartyNumber::Citizen(id) => Identity::Citizen(id),
            PartyNumber::Tax(code) => Identity::Organization(code),
        });
        Applicant {
            name: self.applicant_name(),
            identity,
            address: party.and_then(|party| party.address.clone()).unwrap_or_default(),
            phone: party.and_then(|party| party.phone.clone()),
            email: party.and_then(|party| party.email.clone()),
        }
    }

    /// The name, or what is said where the data was destroyed.
    pub(super) fn applicant_name(&self) -> String {
        let party: Option<&Party> = self.dossier.applicant.as_ref();
        let gone = || tr!(self.office.words(), "form-applicant-gone");
        party.map_or_else(gone, |party| party.name.clone())
    }

    pub(super) fn component(&self, given: &casework::Component) -> Component {
        let asked = given.id.as_deref();
        let asked = asked.and_then(|id| {
            self.procedure.components.iter().find(|component| component.id.as_str() == id)
        });
        let file = given.file.as_deref();
        let sent = file.and_then(|hash| self.dossier.files.iter().find(|f| f.hash == hash));
        let name = asked.map(|component| component.name.clone());
        let form = match (asked.map(|component| component.kind), file) {
            (Some(ComponentKind::Presented), _) => ComponentForm::Shown,
            (Some(ComponentKind::CertifiedCopy | ComponentKind::Copy), None) => ComponentForm::Copy,
            (_, Some(_)) => ComponentForm::Electronic,
            _ => ComponentForm::Original,
        };
        Component {
            name: name.or_else(|| sent.map(|sent| sent.name.clone())).unwrap_or_default(),
            form,
            copies: given.copies,
            hash: file.and_then(|hash| hash.parse().ok()),
        }
    }

    pub(super) fn desk_name(&self) -> String {
        tr!(self.office.words(), "form-desk", agency = self.agency(self.dossier.case.received_by))
    }

    pub(super) fn agency(&self, agency: AgencyId) -> String {
        let agency = self.office.moment.directory.agency(agency);
        agency.map_or_else(String::new, |agency| agency.name.clone())
    }

    pub(super) fn result_at(&self) -> String {
        let answer = self.dossier.answers.get(counter::RETURN_ANSWER);
        let way = answer.and_then(serde_json::Value::as_str);
        let way = way.filter(|way| counter::RETURNS.contains(way)).unwrap_or(counter::RETURNS[0]);
        self.office.words().t(&format!("counter-return-{way}"))
    }

    /// The reason of the list, and what was said of it line by line; the rule it stands on
    /// closes it.
    pub(super) fn reasons(&self, text: &str) -> Vec<Reason> {
        let said = self.said();
        let mut lines = said.items.iter().map(|line| line.trim_end_matches('.').to_owned());
        let first = lines.next().map_or(text.to_owned(), |line| format!("{text}: {line}"));
        let reason = |text| Reason { text, basis: None };
        let mut reasons: Vec<Reason> = std::iter::once(first).chain(lines).map(reason).collect();
        if let Some(last) = reasons.last_mut() {
            last.basis = said.basis;
        }
        reasons
    }

    /// What was written in words with the event.
    pub(super) fn said(&self) -> SlipWords {
        SlipWords::read(self.told.note.as_deref().unwrap_or_default())
    }

    pub(super) fn actor(&self) -> Holder {
        self.who(&self.told.actor)
    }

    pub(super) fn contact(&self) -> Contact {
        let Holder { name, post } = self.actor();
        Contact { name: format!("{name}, {post}"), phone: self.said().contact }
    }

    pub(super) fn recipients(&self) -> Vec<String> {
        let words = self.office.words();
        vec![tr!(words, "form-recipient"), self.desk_name(), tr!(words, "form-kept")]
    }

    /// The head of the agency that decides signs.
    pub(super) fn signature(&self) -> Signature {
        let directory = &self.office.moment.directory;
        let (agency, at) = (self.dossier.case.decided_by, self.told.happened_at);
        let head = directory.head_of(agency, at).map(|post| self.seat(post, at));
        let Holder { name, post } =
            head.unwrap_or_else(|| Holder { name: String::new(), post: String::new() });
        Signature { titles: vec![post.to_uppercase()], name }
    }

    pub(super) fn who(&self, actor: &Actor) -> Holder {
        let directory = &self.office.moment.directory;
        match actor {
            Actor::Officer { person, post, acting_for } => Holder {
                name: directory.person(*person).map_or_else(String::new, |p| p.name.clone()),
                post: self.title(acting_for.unwrap_or(*post)),
            },
            Actor::Party(_) => Holder { name: self.applicant_name(), post: String::new() },
            Actor::System(name) => Holder { name: name.clone(), post: String::new() },
        }
    }

    pub(super) fn seat(&self, post: PostId, at: Instant) -> Holder {
        let holder = self.office.moment.directory.holder(post, at);
        let name = holder.map_or_else(String::new, |person| person.name.clone());
        Holder { name, post: self.title(post) }
    }

    /// The post, with its agency where that is another one than the one that decides.
    pub(super) fn title(&self, post: PostId) -> String {
        let directory = &self.office.moment.directory;
        let Some(post) = directory.post(post) else { return String::new() };
        let elsewhere = directory.agency(post.agency);
        match elsewhere.filter(|agency| agency.id != self.dossier.case.decided_by) {
            Some(agency) => format!("{}, {}", post.title, agency.short_name),
            None => post.title.clone(),
        }
    }
}

/// The short form of an agency in a notation (Decree 30/2020/NĐ-CP, annex I): the first letters
/// of its words, without the place.
fn letters_of(agency: &str) -> String {
    let folded = kernel::fold(agency);
    let words: Vec<&str> = folded.split(' ').collect();
    let is_place = |at: usize| match (words[at], words.get(at + 1)) {
        ("tinh" | "phuong", _) => true,
        ("xa", next) => next != Some(&"hoi"),
        ("thanh", next) => next == Some(&"pho"),
        ("dac", next) => next == Some(&"khu"),
        _ => false,
    };
    let end = (1..words.len()).find(|at| is_place(*at)).unwrap_or(words.len());
    let words = words[..end].iter().filter(|word| **word != "va");
    words.filter_map(|word| word.chars().next()).map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::letters_of;

    #[test]
    fn the_notation_has_the_letters_of_the_agency() {
        for (agency, letters) in [
            ("Ủy ban nhân dân phường Phan Đình Phùng", "UBND"),
            ("Trung tâm Phục vụ hành chính công tỉnh Thái Nguyên", "TTPVHCC"),
            ("Thanh tra tỉnh Thái Nguyên", "TT"),
            ("Sở Nông nghiệp và Môi trường tỉnh Thái Nguyên", "SNNMT"),
        ] {
            assert_eq!(letters_of(agency), letters);
        }
    }
}
