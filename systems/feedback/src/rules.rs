//! The rules of a province: which procedure a report follows, which desk has it first, which
//! agency answers. A text file that a person without programming can change.

use std::collections::{BTreeMap, BTreeSet};

use directory::Directory;
use kernel::{AgencyCode, AgencyId, Instant, PlaceCode, ProcedureCode, Tenant};
use procedure::TimeLimit;
use serde::Deserialize;
use store::{Tx, args};
use thiserror::Error;

use crate::category::Category;

/// The rules of the demonstration province, to begin from.
pub const SHIPPED: &str = include_str!("../rules/routing.toml");
/// A longer text is no set of rules.
const BYTES_MAX: usize = 200_000;

/// Why a text is not a set of rules.
#[derive(Debug, Error)]
pub enum RulesError {
    /// It is not TOML, or has other keys.
    #[error("{0}")]
    Form(String),
    /// A category is missing, or stands twice.
    #[error("the category {0} must stand exactly once")]
    Category(&'static str),
    /// A profile is named that is not there.
    #[error("there is no profile {0}")]
    Profile(String),
    /// Longer than any set of rules.
    #[error("at most {BYTES_MAX} bytes")]
    TooLong,
}

/// The rules, checked.
#[derive(Debug, Clone)]
pub struct Rules {
    profiles: BTreeMap<String, Profile>,
    categories: BTreeMap<Category, CategoryRule>,
    places: Vec<PlaceRule>,
}

/// How reports of a kind go their way.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The procedure that their cases follow.
    pub procedure: ProcedureCode,
    /// Within what time the reporter is asked for more, from when it was taken on.
    pub ask_within: TimeLimit,
    /// Within what time the answer is published, from when it was approved.
    pub publish_within: TimeLimit,
}

/// What holds for one category.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryRule {
    id: Category,
    profile: String,
    hub: AgencyCode,
    to: String,
    /// The group that it is shown in.
    pub group: String,
    /// Words by which it is found.
    pub keywords: String,
    /// Further questions.
    #[serde(default)]
    pub attribute: Vec<Attribute>,
    #[serde(default)]
    except: Vec<Exception>,
}

/// A further question of a category.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// Its name.
    pub id: String,
    /// The question.
    pub label: String,
    /// Answers to choose from; free text where there are none.
    #[serde(default)]
    pub choices: Vec<(String, String)>,
    /// Whether a report without it is refused.
    #[serde(default)]
    pub required: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    places: BTreeSet<PlaceCode>,
    to: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceRule {
    places: BTreeSet<PlaceCode>,
    profile: String,
    #[serde(default)]
    categories: BTreeSet<Category>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    profile: BTreeMap<String, Profile>,
    category: Vec<CategoryRule>,
    #[serde(default)]
    place: Vec<PlaceRule>,
}

/// The way of one report.
#[derive(Debug, Clone)]
pub struct Route {
    /// Name of the profile.
    pub profile: String,
    /// The procedure.
    pub procedure: ProcedureCode,
    /// Who has it first; none where that agency does not exist here.
    pub hub: Option<AgencyId>,
    /// Who answers; the hub where the agency is not known.
    pub to: Option<AgencyId>,
}

impl Rules {
    /// Reads a text.
    ///
    /// # Errors
    /// [`RulesError`] says what is wrong, with the line where it has one.
    pub fn read(text: &str) -> Result<Self, RulesError> {
        if text.len() > BYTES_MAX {
            return Err(RulesError::TooLong);
        }
        let file: File = toml::from_str(text).map_err(|e| RulesError::Form(e.to_string()))?;
        let mut categories = BTreeMap::new();
        for rule in file.category {
            let id = rule.id;
            if categories.insert(id, rule).is_some() {
                return Err(RulesError::Category(id.word()));
            }
        }
        if let Some(missing) = Category::ALL.iter().find(|c| !categories.contains_key(c)) {
            return Err(RulesError::Category(missing.word()));
        }
        let named = categories.values().map(|rule| &rule.profile);
        let named = named.chain(file.place.iter().map(|rule| &rule.profile));
        let strange = named.into_iter().find(|name| !file.profile.contains_key(*name)).cloned();
        match strange {
            Some(name) => Err(RulesError::Profile(name)),
            None => Ok(Self { profiles: file.profile, categories, places: file.place }),
        }
    }

    /// What holds for a category.
    ///
    /// # Panics
    /// Never: every category is there since [`Rules::read`].
    #[must_use]
    pub fn category(&self, category: Category) -> &CategoryRule {
        self.categories.get(&category).expect("every category was found when the text was read")
    }

    /// A profile by its name.
    #[must_use]
    pub fn profile(&self, name: &str) -> Option<&Profile> {
        self.profiles.get(name)
    }

    /// The way of a report about something in a place.
    #[must_use]
    pub fn route(
        &self,
        category: Category,
        place: Option<&PlaceCode>,
        directory: &Directory,
        now: Instant,
    ) -> Route {
        let rule = self.category(category);
        let here = |places: &BTreeSet<PlaceCode>| place.is_some_and(|place| places.contains(place));
        let own = self.places.iter().find(|of| {
            let about = of.categories.is_empty() || of.categories.contains(&category);
            // Nothing of a place makes a confidential matter public.
            about && !category.is_confidential() && here(&of.places)
        });
        let name = own.map_or(&rule.profile, |own| &own.profile);
        let except = rule.except.iter().find(|except| here(&except.places));
        let agency = |code: &AgencyCode| {
            let agency = directory.agency_by_code(code)?;
            agency.validity.covers(now).then_some(agency.id)
        };
        let hub = agency(&rule.hub);
        let to = match except.map_or(rule.to.as_str(), |except| &except.to) {
            "commune" => place.and_then(|place| commune(directory, place, now)),
            code => code.parse().ok().as_ref().and_then(agency),
        };
        let procedure = self.profiles.get(name).map(|profile| profile.procedure.clone());
        Route {
            profile: name.clone(),
            procedure: procedure.expect("every profile was found when the text was read"),
            hub,
            to: to.or(hub),
        }
    }
}

/// The people's committee of a commune.
fn commune(directory: &Directory, place: &PlaceCode, now: Instant) -> Option<AgencyId> {
    let agencies = directory.agencies();
    let mut here = agencies.filter(|agency| {
        agency.level == directory::AgencyLevel::Commune
            && agency.place.as_ref() == Some(place)
            && agency.validity.covers(now)
    });
    here.next().map(|agency| agency.id)
}

/// The newest rules that were stored, with their version; none where the shipped ones hold.
///
/// # Errors
/// Those of the store.
pub fn stored(tx: &mut Tx<'_>, tenant: &Tenant) -> store::Result<Option<(u32, String)>> {
    tx.opt(
        "select version, text from feedback_rules where tenant = $1 order by version desc limit 1",
        args!(tenant),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Stores a new version of the rules; the older ones stay.
///
/// # Errors
/// Those of the store.
pub fn store(tx: &mut Tx<'_>, tenant: &Tenant, text: &str, now: Instant) -> store::Result<u32> {
    let version = stored(tx, tenant)?.map_or(1, |(version, _)| version + 1);
    tx.put(
        "insert into feedback_rules (tenant, version, text, recorded_at) values ($1, $2, $3, $4)",
        args!(tenant, version, text, now),
    )?;
    Ok(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_rules_are_sound_and_slips_are_named() {
        let rules = Rules::read(SHIPPED).unwrap();
        assert_eq!(rules.category(Category::Roads).attribute.len(), 1);
        let slip = SHIPPED.replacen("id = \"rac\"", "id = \"cay-xanh\"", 1);
        assert!(matches!(Rules::read(&slip), Err(RulesError::Category("cay-xanh"))));
        let slip = SHIPPED.replacen("profile = \"state\"", "profile = \"stat\"", 1);
        assert!(matches!(Rules::read(&slip), Err(RulesError::Profile(name)) if name == "stat"));
        assert!(matches!(Rules::read("x = 1"), Err(RulesError::Form(_))));
    }
}
