//! The one-stop desks of the province, and who works at them.

use directory::{AgencyLevel, Directory, RoleCode};
use kernel::{Actor, AgencyCode, AgencyId, Instant, PlaceCode, PostId};
use procedure::Level;

use super::dice::Dice;

/// Commune of the busiest desk: phường Phan Đình Phùng.
const BUSIEST: &str = "05443";
/// Code of the province's one-stop centre.
const CENTRE: &str = "H55.16";
/// A commune of the province.
#[derive(Debug)]
pub(super) struct Commune {
    pub(super) code: PlaceCode,
    /// As it stands in an address: `phường Phan Đình Phùng`.
    pub(super) name: String,
}

/// A one-stop desk and who works at it.
#[derive(Debug)]
pub(super) struct Office {
    pub(super) agency: AgencyId,
    pub(super) code: AgencyCode,
    pub(super) level: Level,
    pub(super) commune: Option<String>,
    pub(super) busiest: bool,
    pub(super) receivers: Vec<Actor>,
    pub(super) returners: Vec<Actor>,
}

impl Office {
    /// The desk of an agency, if it has one.
    pub(super) fn of(
        directory: &Directory,
        agency: &directory::Agency,
        at: Instant,
    ) -> Option<Self> {
        let centre = agency.code.as_str() == CENTRE;
        if !centre && agency.level != AgencyLevel::Commune {
            return None;
        }
        let seats = |role: &str| -> Vec<Actor> {
            let posts = directory.posts_in(agency.id, at).filter(|p| p.role.as_str() == role);
            posts.filter_map(|post| officer(directory, post.id, at)).collect()
        };
        let receivers = seats(RoleCode::RECEIVER);
        let mut returners = seats(RoleCode::RETURNER);
        if receivers.is_empty() {
            return None;
        }
        if returners.is_empty() {
            returners.clone_from(&receivers);
        }
        let place = agency.place.as_ref();
        Some(Self {
            agency: agency.id,
            code: agency.code.clone(),
            level: if centre { Level::Province } else { Level::Commune },
            commune: place.filter(|_| !centre).and_then(|code| commune_name(directory, code)),
            busiest: place.is_some_and(|place| place.as_str() == BUSIEST),
            receivers,
            returners,
        })
    }

    /// Two desks have two thirds of the province's work; the others share the rest unevenly.
    pub(super) fn weight(&self, offices: usize, dice: &mut Dice) -> f64 {
        match self {
            Self { busiest: true, .. } => 42.0,
            Self { level: Level::Province, .. } => 23.0,
            _ => 35.0 / offices.max(1) as f64 * dice.between(0.3, 1.7),
        }
    }
}

/// The person in a seat, as the journal names them.
pub(super) fn officer(directory: &Directory, post: PostId, at: Instant) -> Option<Actor> {
    let person = directory.holder(post, at)?.id;
    Some(Actor::Officer { person, post, acting_for: None })
}

/// `phường Phan Đình Phùng`.
pub(super) fn commune_name(directory: &Directory, code: &PlaceCode) -> Option<String> {
    let place = directory.places().get(code)?;
    Some(format!("{} {}", place.kind.word().to_lowercase(), place.bare_name()))
}
