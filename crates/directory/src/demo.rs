//! The demonstration province: real agencies, invented people.

use std::collections::BTreeMap;

use kernel::{AgencyCode, AgencyId, Instant, Mint, PersonId, PlaceCode, PostId, Tenant};
use serde::Deserialize;
use store::Tx;

use crate::{
    Agency, AgencyLevel, DirectoryChange, Edit, Error, Gazetteer, Holding, Person, Place, Post,
    Result, RoleCode, Validity, edit,
};

static TEXT: &str = include_str!("../data/thai-nguyen.toml");

/// What was entered, by readable keys. An agency has its slug (`so-xay-dung`, `trung-tam`), a
/// commune its folded full name (`phuong-phan-dinh-phung`), with its place code where an earlier one
/// has the same (`xa-van-lang-05665`); a post has the key of its agency and
/// its own (`phuong-phan-dinh-phung/nong-thi-hien`), and its holder the same one.
#[derive(Debug, Clone, Default)]
pub struct Demo {
    /// Agencies by slug.
    pub agencies: BTreeMap<String, AgencyId>,
    /// Posts by agency and slug.
    pub posts: BTreeMap<String, PostId>,
    /// Persons by the first post that they hold.
    pub persons: BTreeMap<String, PersonId>,
    /// What was entered, for the journal.
    pub changes: Vec<DirectoryChange>,
}

/// Whose directory the demonstration is: Thái Nguyên, `H55`.
///
/// # Errors
/// [`Error::Demo`] where the file that comes with the program is not sound.
pub fn tenant() -> Result<Tenant> {
    Ok(read()?.tenant)
}

/// Enters the demonstration province as of `at`.
///
/// # Errors
/// [`Error::CodeTaken`] where it is there already, and [`Error::Store`].
pub fn load(tx: &mut Tx<'_>, mint: &Mint, at: Instant) -> Result<Demo> {
    let file = read()?;
    let (demo, changes) = edit(tx, &file.tenant, |edit| {
        let mut loader = Loader { file: &file, mint, at, named: 0, demo: Demo::default() };
        loader.agencies(edit)?;
        loader.communes(edit)?;
        Ok(loader.demo)
    })?;
    Ok(Demo { changes, ..demo })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    tenant: Tenant,
    place: PlaceCode,
    note: String,
    agency: Vec<AgencyRow>,
    desk: Vec<Desk>,
    template: BTreeMap<String, Vec<Staff>>,
    communes: Communes,
    names: Names,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AgencyRow {
    slug: String,
    code: AgencyCode,
    name: String,
    short: String,
    level: AgencyLevel,
    parent: Option<String>,
    place: Option<PlaceCode>,
    template: Option<String>,
    #[serde(default)]
    staff: Vec<Staff>,
}

/// A commune whose staff is written out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Desk {
    place: PlaceCode,
    staff: Vec<Staff>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Staff {
    slug: String,
    role: RoleCode,
    title: String,
    name: Option<String>,
    #[serde(default)]
    fields: Vec<String>,
    #[serde(default)]
    fields_of: Vec<String>,
    #[serde(default)]
    head: bool,
    holder: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Communes {
    first_number: usize,
    parent: String,
    template: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    family: Vec<String>,
    given: Vec<String>,
}

fn read() -> Result<File> {
    toml::from_str(TEXT).map_err(|error| Error::Demo(error.to_string()))
}

struct Loader<'l> {
    file: &'l File,
    mint: &'l Mint,
    at: Instant,
    /// How many people were given a name from the lists.
    named: usize,
    demo: Demo,
}

impl<'l> Loader<'l> {
    fn agencies(&mut self, edit: &mut Edit<'_, '_>) -> Result<()> {
        for row in &self.file.agency {
            let agency = Agency {
                id: self.mint.id(self.at),
                code: row.code.clone(),
                name: row.name.clone(),
                short_name: row.short.clone(),
                level: row.level,
                parent: row.parent.as_ref().map(|slug| self.agency(slug)).transpose()?,
                place: row.place.clone(),
                working_week: None,
                validity: Validity::since(self.at),
                successor: None,
                former_names: Vec::new(),
            };
            let staff = match &row.template {
                Some(name) => self.template(name)?,
                None => &row.staff,
            };
            self.enter(edit, &row.slug, &agency, staff)?;
        }
        Ok(())
    }

    fn communes(&mut self, edit: &mut Edit<'_, '_>) -> Result<()> {
        let rule = &self.file.communes;
        let places = Gazetteer::shipped();
        for (place, number) in places.communes(&self.file.place).zip(rule.first_number..) {
            let agency = self.commune(place, number, self.agency(&rule.parent)?)?;
            let desk = self.file.desk.iter().find(|desk| desk.place == place.code);
            let staff = match desk {
                Some(desk) => &desk.staff,
                None => self.template(&rule.template)?,
            };
            let mut slug = kernel::fold(&place.name).replace(' ', "-");
            // Văn Lang and Văn Lăng fold to one.
            if self.demo.agencies.contains_key(&slug) {
                slug = format!("{slug}-{}", place.code);
            }
            self.enter(edit, &slug, &agency, staff)?;
        }
        Ok(())
    }

    fn commune(&self, place: &Place, number: usize, parent: AgencyId) -> Result<Agency> {
        let code = format!("{}.{number}", self.file.tenant);
        let name = format!("{} {}", place.kind.word().to_lowercase(), place.bare_name());
        Ok(Agency {
            id: self.mint.id(self.at),
            code: code.parse().map_err(|_| Error::Demo(code))?,
            name: format!("Ủy ban nhân dân {name}"),
            short_name: place.name.to_string(),
            level: AgencyLevel::Commune,
            parent: Some(parent),
            place: Some(place.code.clone()),
            working_week: None,
            validity: Validity::since(self.at),
            successor: None,
            former_names: Vec::new(),
        })
    }

    fn enter(
        &mut self,
        edit: &mut Edit<'_, '_>,
        slug: &str,
        agency: &Agency,
        staff: &[Staff],
    ) -> Result<()> {
        edit.add_agency(agency)?;
        self.demo.agencies.insert(slug.to_owned(), agency.id);
        for one in staff {
            let post = Post {
                id: self.mint.id(self.at),
                agency: agency.id,
                code: one.slug.parse().ok(),
                title: one.title.clone(),
                role: one.role.clone(),
                fields: fields(one, staff),
                head: one.head,
                validity: Validity::since(self.at),
                successor: None,
            };
            edit.add_post(&post)?;
            let key = format!("{slug}/{}", one.slug);
            let person = self.holder(edit, slug, one, &key)?;
            edit.hold(&Holding { post: post.id, person, validity: post.validity })?;
            self.demo.posts.insert(key, post.id);
        }
        Ok(())
    }

    /// The person of this seat: somebody new, or who holds another seat of the agency.
    fn holder(
        &mut self,
        edit: &mut Edit<'_, '_>,
        agency: &str,
        one: &Staff,
        key: &str,
    ) -> Result<PersonId> {
        if let Some(other) = &one.holder {
            let known = self.demo.persons.get(&format!("{agency}/{other}"));
            return known.copied().ok_or_else(|| Error::Demo(format!("holder of {key}")));
        }
        let person = Person {
            id: self.mint.id(self.at),
            code: key.parse().ok(),
            name: one.name.clone().unwrap_or_else(|| self.next_name()),
            note: self.file.note.clone(),
            validity: Validity::since(self.at),
        };
        edit.add_person(&person)?;
        self.demo.persons.insert(key.to_owned(), person.id);
        Ok(person.id)
    }

    /// Both lists turn at their own pace, so that no name comes twice before all did.
    fn next_name(&mut self) -> String {
        let Names { family, given } = &self.file.names;
        let at = self.named;
        self.named += 1;
        // Seven does not divide the number of given names, and parts neighbours in the list.
        format!("{} {}", family[at % family.len()], given[at * 7 % given.len()])
    }

    fn agency(&self, slug: &str) -> Result<AgencyId> {
        let known = self.demo.agencies.get(slug).copied();
        known.ok_or_else(|| Error::Demo(format!("agency {slug}")))
    }

    fn template(&self, name: &str) -> Result<&'l [Staff]> {
        let file: &'l File = self.file;
        let known = file.template.get(name).map(Vec::as_slice);
        known.ok_or_else(|| Error::Demo(format!("template {name}")))
    }
}

/// The fields that a seat names, and those of the seats that it names.
fn fields(one: &Staff, staff: &[Staff]) -> Vec<String> {
    let others = staff.iter().filter(|other| one.fields_of.contains(&other.slug));
    one.fields.iter().chain(others.flat_map(|other| &other.fields)).cloned().collect()
}
