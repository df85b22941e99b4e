//! Assessments for the demonstration. **Every value is invented**, and its note says so; they go
//! the same way as real ones, by the same commands.

use casework::Stamp;
use desk::{Desk, Furnished};
use directory::Directory;
use kernel::{Actor, AgencyId, Instant, PostId};
use scorecards::Number;
use store::Tx;

use crate::{
    Error, Result, Scoring, commands,
    commands::{Judged, New},
    model::{ActionId, OwnAction},
    shared,
};

/// What is said of the inputs of `766` that the platform does not count, and whether a second
/// person accepted it.
const SAID_766: &[(&str, &str, bool, &str)] = &[
    ("published_on_time", "110", true, "Sổ theo dõi quyết định công bố, quý IV"),
    ("published", "121", true, "Sổ theo dõi quyết định công bố, quý IV"),
    ("updated_on_time", "116", true, "Nhật ký cập nhật Cơ sở dữ liệu thủ tục"),
    ("updated", "121", true, "Nhật ký cập nhật Cơ sở dữ liệu thủ tục"),
    ("content_full", "1945", false, "Rà soát của Văn phòng UBND tỉnh"),
    ("content_public", "2057", false, "Rà soát của Văn phòng UBND tỉnh"),
    ("synced", "274", true, "Đối chiếu với Cổng dịch vụ công quốc gia"),
    ("received_reported", "300", true, "Hệ thống thông tin báo cáo quốc gia"),
    ("received_portal", "288", true, "Cổng dịch vụ công quốc gia"),
    ("formalities_fee_dossier", "214", true, "Danh mục thủ tục có phí"),
    ("formalities_paid", "186", false, "Danh mục thủ tục có phí"),
    ("formalities_fee", "313", true, "Danh mục thủ tục có phí"),
    ("copies_electronic", "41", false, "Sổ chứng thực của các xã, phường"),
    ("copies_certified", "98", false, "Sổ chứng thực của các xã, phường"),
    ("storage_synced", "0", true, "Chưa kết nối kho dữ liệu cá nhân"),
    ("storage_dossiers", "240", true, "Hồ sơ có kết quả điện tử"),
    ("formalities_connected", "402", false, "Danh mục thủ tục đã kết nối"),
    ("formalities_to_connect", "480", false, "Danh mục thủ tục phải kết nối"),
    ("dossiers_connected", "199", false, "Nhật ký khai thác Cơ sở dữ liệu dân cư"),
    ("dossiers_to_connect", "262", false, "Nhật ký khai thác Cơ sở dữ liệu dân cư"),
    ("petitions_procedures", "61", true, "Phân loại của Trung tâm"),
    ("petitions_officers", "23", true, "Phân loại của Trung tâm"),
    ("petitions_classified", "84", true, "Phân loại của Trung tâm"),
    ("petitions_disliked", "3", true, "Phiếu đánh giá sau khi trả lời"),
    ("dossiers_complained", "4", true, "Sổ phản ánh về giải quyết thủ tục"),
];

/// The main indices of `dti-922`: value, worst, whether accepted.
const SAID_DTI: &[(&str, &str, Option<&str>, bool)] = &[
    ("nhan_thuc_so", "0.93", None, true),
    ("the_che_so", "0.9", None, true),
    ("ha_tang_so", "0.78", Some("0.74"), false),
    ("nhan_luc_so", "0.66", Some("0.6"), false),
    ("an_toan_thong_tin_mang", "0.71", None, true),
    ("do_thi_thong_minh", "0.5", None, false),
    ("hoat_dong_chinh_quyen_so", "0.83", None, true),
    ("hoat_dong_kinh_te_so", "0.58", Some("0.52"), false),
    ("hoat_dong_xa_hoi_so", "0.49", Some("0.45"), false),
];

/// What could be done for the DTI: name, input, by, worst, best, days of work, agency.
const ACTIONS_DTI: &[(&str, &str, [&str; 3], u32, &str)] = &[
    (
        "Tập huấn kỹ năng số cho 1.200 cán bộ xã",
        "nhan_luc_so",
        ["0.06", "0.04", "0.08"],
        90,
        "H55.02",
    ),
    (
        "Phê duyệt cấp độ an toàn cho 41 hệ thống",
        "an_toan_thong_tin_mang",
        ["0.09", "0.08", "0.1"],
        120,
        "H55.09",
    ),
    ("Phủ cáp quang 36 thôn còn trống", "ha_tang_so", ["0.05", "0.02", "0.06"], 200, "H55.09"),
    (
        "Đưa 180 sản phẩm OCOP lên sàn, có giao dịch",
        "hoat_dong_kinh_te_so",
        ["0.05", "0.02", "0.07"],
        75,
        "H55.07",
    ),
    (
        "Khám chữa bệnh từ xa ở 30 trạm y tế",
        "hoat_dong_xa_hoi_so",
        ["0.06", "0.03", "0.08"],
        110,
        "H55.12",
    ),
    (
        "Chữ ký số cá nhân cho 20.000 người dân",
        "hoat_dong_xa_hoi_so",
        ["0.08", "0.05", "0.1"],
        160,
        "H55.09",
    ),
    (
        "Thanh toán không tiền mặt ở 210 trường",
        "hoat_dong_kinh_te_so",
        ["0.04", "0.03", "0.05"],
        60,
        "H55.08",
    ),
    ("Ban hành danh mục dữ liệu mở của tỉnh", "the_che_so", ["0.05", "0.05", "0.05"], 30, "H55.09"),
];

/// Which agency answers for which part of `766`.
const OWNERS_766: &[(&str, &str)] = &[
    ("1.1", "H55.01"),
    ("1.2", "H55.01"),
    ("1.3", "H55.01"),
    ("1.4", "H55.16"),
    ("2.1", "H55.16"),
    ("3.x", "H55.09"),
    ("3.5", "H55.05"),
    ("3.5b", "H55.05"),
    ("3.6", "H55.05"),
    ("4.1", "H55.16"),
    ("4.2", "H55.16"),
    ("4.copy", "H55.04"),
    ("4.3", "H55.04"),
    ("4.4", "H55.09"),
    ("4.5a", "H55.19"),
    ("4.5b", "H55.19"),
    ("5.2", "H55.16"),
    ("5.3", "H55.16"),
    ("5.4", "H55.16"),
];

/// Agencies that the nine criteria were said of.
const AGENCIES_9: usize = 16;

/// Writes invented assessments of this period: `766` and `dti-922` of the province, the nine
/// criteria of some agencies, owners, and what could be done.
///
/// # Errors
/// Those of the store.
pub fn demo(desk: &Desk) -> Result<()> {
    let scoring = shared::open(desk.clone());
    let store = desk.front.store.clone();
    store.write(move |tx| write(tx, &scoring)).wait()
}

fn write(tx: &mut Tx<'_>, scoring: &Scoring) -> Result<()> {
    let (desk, now) = (scoring.desk(), scoring.desk().now());
    let directory = desk.front.directory.get();
    let province = directory.agencies().find(|one| one.parent.is_none()).ok_or(Error::NoSuch)?.id;
    let by = heads(&directory, province, now);
    let [first, second] = by.ok_or(Error::NoSuch)?;
    for (name, said) in [("766", said_766()), ("dti-922", said_dti())] {
        let period = scoring.mapping(name)?.usual_period(kernel::today(now));
        let card = scoring.card(name, period)?;
        let of = (province, period);
        for (new, accepted) in said {
            commands::say(tx, scoring, card, of, &new, &first)?;
            if accepted {
                let (note, reason) = (String::new(), String::new());
                let judged = Judged { input: new.input, accepted: true, note, reason };
                commands::judge(tx, scoring, card, of, &judged, &second)?;
            }
        }
    }
    let period = scoring.mapping("766")?.usual_period(kernel::today(now));
    let card = scoring.card("766", period)?;
    for (part, agency) in OWNERS_766 {
        let post = head(&directory, agency, now);
        commands::set_part(tx, scoring, card, part, (post, None), &first)?;
    }
    actions(tx, scoring, &directory, province, &first)?;
    nine(tx, scoring, &directory, now)
}

fn said_766() -> Vec<(New, bool)> {
    let new = |(input, value, accepted, note): &(&str, &str, bool, &str)| {
        Some((said(input, value.parse().ok()?, None, note), *accepted))
    };
    SAID_766.iter().filter_map(new).collect()
}

fn said_dti() -> Vec<(New, bool)> {
    let new = |(input, value, worst, accepted): &(&str, &str, Option<&str>, bool)| {
        let worst = worst.and_then(|worst| worst.parse().ok());
        Some((said(input, value.parse().ok()?, worst, "Bảng tự chấm của tỉnh"), *accepted))
    };
    SAID_DTI.iter().filter_map(new).collect()
}

fn said(input: &str, value: Number, worst: Option<Number>, note: &str) -> New {
    New {
        input: input.to_owned(),
        value,
        worst,
        best: None,
        note: format!("{note} (số liệu trình diễn, hư cấu)"),
        file: None,
        reason: String::new(),
    }
}

fn actions(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    directory: &Directory,
    province: AgencyId,
    stamp: &Stamp,
) -> Result<()> {
    let period = scoring.mapping("dti-922")?.usual_period(kernel::today(stamp.recorded_at));
    let card = scoring.card("dti-922", period)?;
    for (name, input, [by, worst, best], effort, agency) in ACTIONS_DTI {
        let (Ok(by), worst, best) = (by.parse(), worst.parse().ok(), best.parse().ok()) else {
            continue;
        };
        let action = OwnAction {
            id: ActionId::from_uuid(province.uuid()),
            name: format!("{name} (trình diễn)"),
            input: (*input).to_owned(),
            by,
            worst,
            best,
            effort: *effort,
            post: head(directory, agency, stamp.recorded_at),
        };
        commands::add_action(tx, scoring, card, province, &action, stamp)?;
    }
    Ok(())
}

/// The nine criteria of some agencies, each said by its head; about half were reviewed by a deputy.
fn nine(tx: &mut Tx<'_>, scoring: &Scoring, directory: &Directory, now: Instant) -> Result<()> {
    let period = scoring.mapping("agency-9")?.usual_period(kernel::today(now));
    let card = scoring.card("agency-9", period)?;
    let mut agencies: Vec<_> =
        directory.agencies().filter(|one| one.validity.covers(now)).collect();
    agencies.retain(|one| one.parent.is_some());
    agencies.sort_by(|one, two| one.code.cmp(&two.code));
    for (nth, agency) in agencies.into_iter().take(AGENCIES_9).enumerate() {
        let Some([first, second]) = heads(directory, agency.id, now) else { continue };
        for (place, input) in card.inputs().iter().enumerate() {
            // Twos mostly, now and then a one, seldom nought: by place alone, the same every time.
            let dice = (nth * 7 + place * 5 + nth * place) % 11;
            let points = if dice == 0 { 0 } else { 2 - u32::from(dice % 3 == 1) };
            let new = said(&input.name, Number::from(points), None, "Tự chấm của đơn vị");
            let of = (agency.id, period);
            commands::say(tx, scoring, card, of, &new, &first)?;
            if (nth + place) % 2 == 0 {
                let (note, reason) = (String::new(), String::new());
                let judged = Judged { input: new.input, accepted: true, note, reason };
                commands::judge(tx, scoring, card, of, &judged, &second)?;
            }
        }
    }
    Ok(())
}

/// Two leaders of an agency, each as whoever acts.
fn heads(directory: &Directory, agency: AgencyId, now: Instant) -> Option<[Stamp; 2]> {
    let leads = |post: &&directory::Post| post.head || post.role.as_str() == "deputy-head";
    let stamp = |post: &directory::Post| {
        let person = directory.holder(post.id, now)?.id;
        let actor = Actor::Officer { person, post: post.id, acting_for: None };
        Some(Stamp { actor, happened_at: now, recorded_at: now })
    };
    let mut stamps = directory.posts_in(agency, now).filter(leads).filter_map(stamp);
    let head = stamps.next()?;
    // The deputy assesses, the head reviews.
    Some([stamps.next()?, head])
}

/// The head of the agency of a code.
fn head(directory: &Directory, code: &str, now: Instant) -> Option<PostId> {
    let agency = directory.agency_by_code(&code.parse().ok()?)?;
    directory.head_of(agency.id, now)
}
