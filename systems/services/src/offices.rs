//! Which office receives a procedure online.

use desk::Moment;
use directory::{Agency, AgencyLevel, RoleCode};
use kernel::{AgencyId, Instant, fold};
use procedure::{Level, Procedure};

/// The agencies with a one-stop desk that receive a procedure, by name: those of the communes for
/// what communes decide, the province's own for the rest.
#[must_use]
pub fn offices<'m>(moment: &'m Moment, procedure: &Procedure, at: Instant) -> Vec<&'m Agency> {
    let directory = &moment.directory;
    let receives = |agency: &&Agency| {
        let desk = directory.posts_in(agency.id, at).any(|post| {
            post.role.as_str() == RoleCode::RECEIVER && directory.holder(post.id, at).is_some()
        });
        let commune = agency.level == AgencyLevel::Commune;
        let level = if commune { Level::Commune } else { Level::Province };
        agency.validity.covers(at) && procedure.levels.contains(&level) && desk
    };
    let mut found: Vec<&Agency> = directory.agencies().filter(receives).collect();
    found.sort_by_cached_key(|agency| (fold(&place_name(moment, agency)), agency.code.clone()));
    found
}

/// What people call an office: its commune, or its own name.
#[must_use]
pub fn place_name(moment: &Moment, agency: &Agency) -> String {
    let place = agency.place.as_ref().filter(|_| agency.level == AgencyLevel::Commune);
    let place = place.and_then(|code| moment.directory.places().get(code));
    place.map_or_else(|| agency.name.clone(), |place| place.name.to_string())
}

/// The office of the commune that an address names, if it names exactly one of them.
#[must_use]
pub fn of_address(moment: &Moment, offices: &[&Agency], address: &str) -> Option<AgencyId> {
    let address = format!(" {} ", fold(address));
    let named = |agency: &&&Agency| {
        let name = fold(&place_name(moment, agency));
        address.contains(&format!(" {name} "))
    };
    let mut found = offices.iter().filter(named);
    match (found.next(), found.next()) {
        (Some(one), None) => Some(one.id),
        _ => None,
    }
}
