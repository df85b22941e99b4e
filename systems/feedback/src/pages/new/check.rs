//! From what was typed to a report, and what to say where it does not fit.

use kernel::{EventId, PlaceCode};
use serde_json::Map;
use web::{MaybeCitizen, form::Faults, tr};

use super::{Typed, point_of};
use crate::{Feedback, category::Category, commands::NewReport, photo::COUNT_MAX};

pub(super) const LETTERS_MIN: usize = 10;
pub(super) const LETTERS_MAX: usize = 3000;

/// What was typed, checked.
#[derive(Debug, Clone)]
pub(super) struct Checked {
    /// The report; its category is a guess until one is known.
    pub(super) new: NewReport,
    /// The category, where somebody chose one.
    pub(super) category: Option<Category>,
    /// The line of the log of looks at personal data that it is about.
    pub(super) looked_at: Option<EventId>,
}

pub(super) fn check(
    feedback: &Feedback,
    me: &MaybeCitizen,
    typed: &Typed,
    faults: &mut Faults,
) -> Option<Checked> {
    let text = typed.get("noi_dung");
    let letters = text.chars().count();
    if letters < LETTERS_MIN {
        faults.add("noi_dung", tr!(me, "feedback-text-short"));
    } else if letters > LETTERS_MAX {
        faults.add("noi_dung", tr!(me, "feedback-text-long", max = LETTERS_MAX));
    }
    let category = Category::from_word(typed.get("linh_vuc"));
    let place = place(feedback, me, typed, category, faults);
    let phone = typed.get("dien_thoai");
    let phone = match phone.is_empty() {
        true => None,
        false => faults.take("dien_thoai", phone.parse(), |_| tr!(me, "feedback-phone-wrong")),
    };
    let photos: Vec<String> = typed.all("da_co").take(COUNT_MAX).map(str::to_owned).collect();
    faults.is_empty().then(|| Checked {
        new: NewReport {
            text: text.to_owned(),
            category: category.unwrap_or(Category::Other),
            suggested: None,
            place,
            point: point_of(typed),
            address: typed.get("dia_chi").chars().take(300).collect(),
            name: typed.get("ten").chars().take(100).collect(),
            phone,
            email: None,
            anonymous: typed.ticked("an_ten"),
            wanted_shown: !typed.ticked("khong_cong_khai"),
            photos,
            attributes: Map::new(),
            source: "web".to_owned(),
            party: me.citizen.as_ref().map(|citizen| citizen.party),
            reopens: None,
            to: None,
        },
        category,
        looked_at: typed.get("muc").parse().ok(),
    })
}

/// The commune, which everything but a matter of offices needs.
fn place(
    feedback: &Feedback,
    me: &MaybeCitizen,
    typed: &Typed,
    category: Option<Category>,
    faults: &mut Faults,
) -> Option<PlaceCode> {
    let of_offices = matches!(category, Some(Category::Conduct | Category::Procedures));
    let chosen: Option<PlaceCode> = typed.get("xa").parse().ok();
    let directory = feedback.front.directory.get();
    let known = chosen.filter(|code| directory.places().get(code).is_some());
    if known.is_none() && !of_offices {
        faults.add("xa", tr!(me, "feedback-place-missing"));
    }
    known
}
