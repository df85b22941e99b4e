//! Reports of some months for the demonstration: most in time, some late, one given back, one
//! corrected, those of this month in every state. **What people say in them is invented**; the
//! figures are those of the demonstration's own journal.

use casework::Stamp;
use desk::Desk;
use jiff::SignedDuration;
use kernel::{Actor, AgencyId, CaseCode, Instant, PostId};
use store::Tx;

use crate::{
    Result,
    commands::{self, Acting, Edit, Edits, Ready},
    form::{CellKind, Fill},
    library::Library,
    model::{self, Report},
    number::Number,
    obligations, queries,
};

/// Which regime the demonstration writes reports of.
const REGIME: &str = "TTHC-T";
/// Reports written in one transaction.
const BATCH: usize = 8;
/// Reports begun in one transaction.
const OPENED: usize = 40;
/// Of so many reports of a round the paper is set and signed: enough to look at.
const PAPERS: usize = 5;

const REVIEWS: [&str; 4] = [
    "Đơn vị tiếp nhận {dossiers.received} hồ sơ, cơ bản giải quyết đúng hạn. Hồ sơ quá hạn chủ yếu do chờ xác minh ở nơi khác; đã gửi thư xin lỗi và hẹn lại.",
    "Tỷ lệ nộp trực tuyến đạt {online.share}. Tổ công nghệ số cộng đồng đã hỗ trợ người cao tuổi nộp hồ sơ tại nhà văn hóa thôn.",
    "Số hồ sơ đất đai tăng sau khi sắp xếp đơn vị hành chính; đã điều thêm một công chức hỗ trợ vào thứ Hai và thứ Sáu.",
    "Không có hồ sơ tồn đọng kéo dài. Phản ánh, kiến nghị được trả lời đúng hạn {feedback.on_time}.",
];
const WISHES: [&str; 3] = [
    "Đề nghị Văn phòng UBND tỉnh tập huấn lại quy trình chứng thực bản sao điện tử.",
    "Đường truyền tại nhà văn hóa thôn chưa ổn định; đề nghị bố trí máy quét cho bộ phận một cửa.",
    "",
];

/// Writes the reports of the rounds before now.
///
/// # Errors
/// Those of the store.
pub fn demo(desk: &Desk) -> Result<()> {
    let now = desk.now();
    // Each round as if the house had been open on the morning after its period.
    let mut day = now - SignedDuration::from_hours(24 * 110);
    while day < now {
        while batch(desk, move |tx, desk| obligations::open(tx, desk, day, OPENED))? >= OPENED {}
        day += SignedDuration::from_hours(24);
    }
    let periods = batch(desk, |tx, desk| queries::known_periods(tx, desk, REGIME))?;
    for (age, period) in periods.iter().enumerate() {
        let period = *period;
        let mut reports = batch(desk, move |tx, desk| queries::round(tx, desk, REGIME, period))?;
        // The province last: it adds up what the others sent.
        reports.sort_by_key(|report| (report.level == "tinh", report.code.to_string()));
        for (n, some) in reports.chunks(BATCH).enumerate() {
            let some = some.to_vec();
            batch(desk, move |tx, desk| {
                for (at, report) in some.iter().enumerate() {
                    live(tx, desk, report, (age, n * BATCH + at))?;
                }
                Ok(())
            })?;
        }
    }
    Ok(())
}

fn batch<T: Send + 'static>(
    desk: &Desk,
    work: impl Fn(&mut Tx<'_>, &Desk) -> Result<T> + Send + 'static,
) -> Result<T> {
    let shared = desk.clone();
    desk.front.store.write(move |tx| work(tx, &shared)).wait()
}

/// How far a report came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Far {
    Nowhere,
    Written,
    Approving,
    GivenBack,
    Sent,
    Received,
}

/// Of earlier rounds almost all were taken on; of the newest, one in six is somewhere on its way.
fn far(age: usize, n: usize) -> Far {
    match (age, n % 24) {
        (0, 3) => Far::Nowhere,
        (0, 7) => Far::Written,
        (0, 10) => Far::Approving,
        (0, 14) => Far::GivenBack,
        (0, 1 | 4 | 9 | 16 | 20) => Far::Sent,
        (1.., 23) if n.is_multiple_of(2 + age) => Far::Nowhere,
        _ => Far::Received,
    }
}

/// The life of a report, by its round and its number.
fn live(tx: &mut Tx<'_>, desk: &Desk, report: &Report, (age, n): (usize, usize)) -> Result<()> {
    let hours = |h: i64| SignedDuration::from_hours(h);
    // One report of this month is filled but for its prose, for whoever tries it.
    let tried = age == 0 && left_open(desk) == Some(report.unit);
    let far = match (tried, report.level == "tinh" && age == 0) {
        (true, _) => Far::Written,
        (_, true) => Far::Nowhere,
        _ => far(age, n),
    };
    let late = (n + 4 * age) % 17 == 5;
    let begun = report.opened_at + hours(8 + i64::try_from(n % 20).unwrap_or(0));
    let signed = if late { report.due_at + hours(19) } else { begun + hours(5) };
    if far == Far::Nowhere || signed >= desk.now() {
        return Ok(());
    }
    let Some(writer) = holder(tx, desk, report, begun)? else { return Ok(()) };
    write(tx, &writer, report, (n, !tried))?;
    if far == Far::Written {
        return Ok(());
    }
    let code = &report.code;
    if commands::submit(tx, &writer, code).is_err() {
        return Ok(());
    }
    if far == Far::Approving {
        return Ok(());
    }
    let Some(head) = holder(tx, desk, report, signed)? else { return Ok(()) };
    if far == Far::GivenBack {
        let words = "Nêu rõ nguyên nhân hồ sơ quá hạn và biện pháp khắc phục.";
        return commands::give_back(tx, &head, code, ("tong-hop.xong-qua-han.so", words));
    }
    let whole = queries::whole(tx, desk, code)?;
    let ready = if n < PAPERS {
        commands::prepare(&head, &whole)?
    } else {
        Ready { document: None, signed_by: None, digest: commands::digest(&whole)? }
    };
    commands::send(tx, &head, code, &ready)?;
    let taken = signed + hours(20);
    if taken >= desk.now() || far == Far::Sent {
        return Ok(());
    }
    let Some(clerk) = holder(tx, desk, report, taken)? else { return Ok(()) };
    commands::receive(tx, &clerk, code)?;
    if age == 1 && n == 0 {
        revise(tx, desk, report, taken + hours(30))?;
    }
    Ok(())
}

/// The ward at which the demonstration is tried.
fn left_open(desk: &Desk) -> Option<AgencyId> {
    let directory = desk.front.directory.get();
    let place: kernel::PlaceCode = "05443".parse().ok()?;
    let ward = |agency: &&directory::Agency| {
        agency.level == directory::AgencyLevel::Commune && agency.place.as_ref() == Some(&place)
    };
    directory.agencies().find(ward).map(|agency| agency.id)
}

/// One report is corrected.
fn revise(tx: &mut Tx<'_>, desk: &Desk, report: &Report, at: Instant) -> Result<()> {
    let directory = desk.front.directory.get();
    let Some(head) = directory.head_of(report.owner, at) else { return Ok(()) };
    let Some(acting) = acting(desk, head, at) else { return Ok(()) };
    let why = "Bổ sung số lượt người dân được hỗ trợ nộp trực tuyến tại hai thôn gửi muộn.";
    let code: CaseCode = commands::revise(tx, &acting, &report.code, why)?;
    let new = model::by_code(tx, &desk.front.tenant, &code)?;
    let Some(writer) = holder(tx, desk, &new, at)? else { return Ok(()) };
    let cells = vec![("to-chuc.ho-tro.so".to_owned(), Edit::Number(Number::whole(96)))];
    commands::save(tx, &writer, &code, &Edits { cells, ..Edits::default() })?;
    Ok(())
}

/// Whoever holds the report now, at an instant.
fn holder<'a>(
    tx: &mut Tx<'_>,
    desk: &'a Desk,
    report: &Report,
    at: Instant,
) -> Result<Option<Acting<'a>>> {
    let case = casework::load(tx, &desk.front.tenant, report.case)?;
    let Some(case) = case else { return Ok(None) };
    let post = case.holdings.values().next().map(|holding| holding.post);
    // Nothing may have happened before what happened last.
    let at = at.max(case.last_happened_at);
    Ok(post.and_then(|post| acting(desk, post, at)))
}

fn acting(desk: &Desk, post: PostId, at: Instant) -> Option<Acting<'_>> {
    let person = desk.front.directory.get().holder(post, at)?.id;
    let actor = Actor::Officer { person, post, acting_for: None };
    Some(Acting { desk, me: None, stamp: Stamp { actor, happened_at: at, recorded_at: at } })
}

/// Fills in what nobody computes.
fn write(
    tx: &mut Tx<'_>,
    acting: &Acting<'_>,
    report: &Report,
    (n, with_prose): (usize, bool),
) -> Result<()> {
    let library = Library::read(tx, acting.desk)?;
    let form = library.form_version(&report.form, report.form_version)?;
    let mut dice = Dice::of(report.unit);
    let mut edits = Edits::default();
    for cell in form.cells.iter().filter(|cell| cell.fill == Fill::Typed) {
        let value = match cell.kind {
            CellKind::Text => continue,
            // One unit counts households instead of people, as happens.
            _ if cell.id == "to-chuc.ho-tro.so" && n == 13 => 2_480,
            _ if cell.id == "to-chuc.ho-tro.so" => 20 + dice.below(60),
            _ => 1 + dice.below(9),
        };
        edits.cells.push((cell.id.clone(), Edit::Number(Number::whole(value))));
    }
    if !with_prose {
        return commands::save(tx, acting, &report.code, &edits).map(|_| ());
    }
    let review = REVIEWS[n % REVIEWS.len()].to_owned();
    edits.parts.push(("nhan-xet".to_owned(), review));
    edits.parts.push(("kien-nghi".to_owned(), WISHES[n % WISHES.len()].to_owned()));
    if n % 6 == 1 {
        let words = |text: &str| Edit::Words(text.to_owned());
        let row = |column: &str| format!("vuong-mac.1.{column}");
        edits.cells.push((row("thu-tuc"), words("Đăng ký biến động đất đai")));
        edits.cells.push((row("noi-dung"), words("Thiếu dữ liệu địa chính số của xã cũ")));
        edits.cells.push((row("so"), Edit::Number(Number::whole(1 + dice.below(5)))));
    }
    if n % 12 == 7 {
        let why = "Ba hồ sơ ghi nhầm kênh nộp, đã có biên bản đối chiếu với bộ phận một cửa";
        let contest = Edit::Contest(Number::whole(dice.below(4)), why.to_owned());
        edits.cells.push(("tong-hop.truc-tuyen.so".to_owned(), contest));
    }
    commands::save(tx, acting, &report.code, &edits)?;
    Ok(())
}

/// Numbers that are the same each time.
struct Dice(u64);

impl Dice {
    fn of(unit: AgencyId) -> Self {
        let (high, low) = unit.uuid().as_u64_pair();
        Self((high ^ low) | 1)
    }

    fn below(&mut self, most: u64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        i64::try_from(self.0 % most).unwrap_or(0)
    }
}
