//! The snapshot that everybody asks: who sits where, and who may take this work.

use std::{collections::HashMap, sync::Arc};

use kernel::{AgencyCode, AgencyId, Instant, PersonId, PostId, Tenant, fold};

use crate::{Agency, Delegation, Gazetteer, Holding, Person, Place, Post, RoleCode};

/// What a snapshot is made of.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each field is the list of what its name says")]
pub struct Parts {
    pub places: Vec<Place>,
    pub agencies: Vec<Agency>,
    pub posts: Vec<Post>,
    pub persons: Vec<Person>,
    pub holdings: Vec<Holding>,
    pub delegations: Vec<Delegation>,
}

/// A seat that a person may act from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// The post that the person holds.
    pub post: PostId,
    /// The post that delegated to it, where the person acts for that one.
    pub acting_for: Option<PostId>,
}

/// All agencies, posts and persons of one authority at one version; never changes.
#[derive(Debug)]
pub struct Directory {
    tenant: Tenant,
    version: i64,
    places: Arc<Gazetteer>,
    agencies: HashMap<AgencyId, Agency>,
    /// The open agency with the code, or the one that ended last.
    codes: HashMap<AgencyCode, AgencyId>,
    children: HashMap<AgencyId, Vec<AgencyId>>,
    posts: HashMap<PostId, Post>,
    /// The fields of a post as they are compared.
    fields: HashMap<PostId, Vec<String>>,
    posts_of_agency: HashMap<AgencyId, Vec<PostId>>,
    persons: HashMap<PersonId, Person>,
    holdings_of_post: HashMap<PostId, Vec<Holding>>,
    holdings_of_person: HashMap<PersonId, Vec<Holding>>,
    delegations_to: HashMap<PostId, Vec<Delegation>>,
}

impl Directory {
    /// A snapshot of `parts`.
    #[must_use]
    pub fn new(tenant: Tenant, version: i64, mut parts: Parts) -> Self {
        let shipped = Gazetteer::shipped();
        let places = match parts.places.is_empty() {
            true => shipped,
            false => Arc::new(shipped.with(parts.places)),
        };
        parts
            .agencies
            .sort_by(|a, b| a.code.cmp(&b.code).then(a.validity.from.cmp(&b.validity.from)));
        parts.posts.sort_by(|a, b| {
            (!a.head, &a.role, &a.title, a.id).cmp(&(!b.head, &b.role, &b.title, b.id))
        });
        let open_children = parts.agencies.iter().filter(|a| a.validity.to.is_none());
        Self {
            tenant,
            version,
            places,
            // Sorted by age, so that of several agencies with a code the youngest stays.
            codes: parts.agencies.iter().map(|a| (a.code.clone(), a.id)).collect(),
            children: grouped(open_children.filter_map(|a| Some((a.parent?, a.id)))),
            fields: parts.posts.iter().map(|p| (p.id, folded(&p.fields))).collect(),
            posts_of_agency: grouped(parts.posts.iter().map(|p| (p.agency, p.id))),
            holdings_of_post: grouped(parts.holdings.iter().map(|h| (h.post, *h))),
            holdings_of_person: grouped(parts.holdings.iter().map(|h| (h.person, *h))),
            delegations_to: grouped(parts.delegations.iter().map(|d| (d.to, d.clone()))),
            agencies: parts.agencies.into_iter().map(|a| (a.id, a)).collect(),
            posts: parts.posts.into_iter().map(|p| (p.id, p)).collect(),
            persons: parts.persons.into_iter().map(|p| (p.id, p)).collect(),
        }
    }

    /// Whose directory this is.
    #[must_use]
    pub fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// Grows with every change of the directory.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.version
    }

    /// All places of the country as this authority knows them.
    #[must_use]
    pub fn places(&self) -> &Arc<Gazetteer> {
        &self.places
    }

    /// The agency, open or ended.
    #[must_use]
    pub fn agency(&self, id: AgencyId) -> Option<&Agency> {
        self.agencies.get(&id)
    }

    /// The open agency with this code, or else the one with it that ended last.
    #[must_use]
    pub fn agency_by_code(&self, code: &AgencyCode) -> Option<&Agency> {
        self.agency(*self.codes.get(code)?)
    }

    /// All agencies, open and ended, in no order.
    pub fn agencies(&self) -> impl Iterator<Item = &Agency> {
        self.agencies.values()
    }

    /// The open agencies right below, by code.
    #[must_use]
    pub fn children(&self, agency: AgencyId) -> &[AgencyId] {
        self.children.get(&agency).map_or(&[], Vec::as_slice)
    }

    /// The agencies above, the nearest first.
    #[must_use]
    pub fn ancestors(&self, agency: AgencyId) -> Vec<AgencyId> {
        let mut above = Vec::new();
        let mut next = self.agency(agency).and_then(|a| a.parent);
        // A circle can only come from a hand in the database; it ends here.
        while let Some(id) = next.filter(|id| !above.contains(id)) {
            above.push(id);
            next = self.agency(id).and_then(|a| a.parent);
        }
        above
    }

    /// The agency that answers today for what this one was: itself while it is open.
    #[must_use]
    pub fn successor(&self, agency: AgencyId) -> Option<&Agency> {
        let mut found = self.agency(agency)?;
        let mut seen = vec![agency];
        while let Some(next) = found.successor.filter(|id| !seen.contains(id)) {
            seen.push(next);
            found = self.agency(next)?;
        }
        Some(found)
    }

    /// The post, open or ended.
    #[must_use]
    pub fn post(&self, id: PostId) -> Option<&Post> {
        self.posts.get(&id)
    }

    /// All posts, open and ended, in no order.
    pub fn posts(&self) -> impl Iterator<Item = &Post> {
        self.posts.values()
    }

    /// The posts of an agency that are open at `at`: heads first, then by role and title.
    /// [`Instant::MAX`] asks for those that have no end.
    pub fn posts_in(&self, agency: AgencyId, at: Instant) -> impl Iterator<Item = &Post> {
        let ids = self.posts_of_agency.get(&agency).into_iter().flatten();
        ids.filter_map(|id| self.post(*id)).filter(move |post| post.validity.covers(at))
    }

    /// The person.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.persons.get(&id)
    }

    /// All persons, in no order.
    pub fn persons(&self) -> impl Iterator<Item = &Person> {
        self.persons.values()
    }

    /// Who held the post at `at`.
    #[must_use]
    pub fn holder(&self, post: PostId, at: Instant) -> Option<&Person> {
        self.person(self.holding(post, at)?.person)
    }

    /// Since when, and by whom, the post was held at `at`.
    #[must_use]
    pub fn holding(&self, post: PostId, at: Instant) -> Option<&Holding> {
        self.holdings_of_post.get(&post)?.iter().find(|h| h.validity.covers(at))
    }

    /// The seats that a person may act from at `at`: the posts held, and those that delegated
    /// to one of them. What was delegated is not delegated further.
    #[must_use]
    pub fn posts_of(&self, person: PersonId, at: Instant) -> Vec<Seat> {
        let holdings = self.holdings_of_person.get(&person).into_iter().flatten();
        let own = holdings.filter(|h| h.validity.covers(at)).map(|h| h.post);
        own.flat_map(|post| {
            let acting = self.delegations_to(post, at).map(move |d| Some(d.from));
            [None].into_iter().chain(acting).map(move |acting_for| Seat { post, acting_for })
        })
        .collect()
    }

    /// The delegations to this post that are in force at `at`.
    pub fn delegations_to(&self, post: PostId, at: Instant) -> impl Iterator<Item = &Delegation> {
        let delegations = self.delegations_to.get(&post).into_iter().flatten();
        delegations.filter(move |d| d.validity.covers(at))
    }

    /// The delegations from this post that are in force at `at`.
    pub fn delegations_from(&self, post: PostId, at: Instant) -> impl Iterator<Item = &Delegation> {
        let all = self.delegations_to.values().flatten();
        all.filter(move |d| d.from == post && d.validity.covers(at))
    }

    /// The open post whose holder answers for the agency.
    #[must_use]
    pub fn head_of(&self, agency: AgencyId, at: Instant) -> Option<PostId> {
        self.posts_in(agency, at).find(|post| post.head).map(|post| post.id)
    }

    /// The posts of the agency that may take a step for `role` in `field` at `at`, and are held
    /// by somebody. Posts that name the field come alone; only where there is none, those that
    /// handle all fields. A step for the head may be signed by a deputy in the deputy's fields
    /// (Decree 30/2020/NĐ-CP, article 13), so both are asked for it.
    #[must_use]
    pub fn candidates(
        &self,
        agency: AgencyId,
        role: &str,
        field: &str,
        at: Instant,
    ) -> Vec<PostId> {
        let field = fold(field);
        let mut naming = Vec::new();
        let mut general = Vec::new();
        for post in self.posts_in(agency, at).filter(|post| may_take(&post.role, role)) {
            let fields = self.fields.get(&post.id).map_or(&[][..], Vec::as_slice);
            if !fields.is_empty() && !fields.contains(&field) {
                continue;
            }
            if self.holder(post.id, at).is_none() {
                continue;
            }
            if fields.is_empty() { general.push(post.id) } else { naming.push(post.id) }
        }
        if naming.is_empty() { general } else { naming }
    }
}

/// Whether the post with role `of_post` may take a step for `wanted`.
fn may_take(of_post: &RoleCode, wanted: &str) -> bool {
    let same = of_post.as_str() == wanted;
    same || (wanted == RoleCode::HEAD && of_post.as_str() == RoleCode::DEPUTY_HEAD)
}

fn folded(fields: &[String]) -> Vec<String> {
    fields.iter().map(|field| fold(field)).collect()
}

fn grouped<K: Eq + std::hash::Hash, V>(pairs: impl Iterator<Item = (K, V)>) -> HashMap<K, Vec<V>> {
    let mut groups: HashMap<K, Vec<V>> = HashMap::new();
    for (key, value) in pairs {
        groups.entry(key).or_default().push(value);
    }
    groups
}
