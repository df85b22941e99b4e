//! A resolution for the demonstration: goals, targets on shipped indicators, tasks of which some
//! are done, some late, some wait. **It is invented**, and every page that shows it says so. It is
//! set and worked on by the same commands as a real one, in the months before the day of the
//! demonstration.

use casework::Stamp;
use desk::{Desk, Paper};
use directory::Directory;
use files::{Kind, Template, UPLOAD_BYTES_MAX};
use jiff::{SignedDuration, ToSpan, civil::Date};
use kernel::{Actor, AgencyId, Instant, PostId, from_local, today};
use scorecards::{Likelihood, Month};
use serde_json::json;

use crate::{
    Error, Result,
    commands::{self, Deed, NewFigure},
    exchange, measures,
    model::{Code, Measure, Target, Task},
    queries,
};

const TEXT: &str = include_str!("../forms/demo.toml");
/// The ward that the tour of the demonstration is about.
const WARD: &str = "Phường Phan Đình Phùng";
/// How long before the day of the demonstration the resolution was issued.
const ISSUED_DAYS: i64 = 320;

/// Tasks that were reported and taken, each so many days before its term.
const DONE: [(&str, i64); 7] = [
    ("NV-01", 12),
    ("NV-02", 3),
    ("NV-04", 5),
    ("NV-07", 9),
    ("NV-10", -14),
    ("NV-12", 2),
    ("NV-15", 1),
];
/// A task that was reported and came back.
const RETURNED: &str = "NV-13";
/// Tasks that were reported and wait to be taken.
const REPORTED: [&str; 2] = ["NV-05", "NV-14"];

/// Sets the resolution of the demonstration, once; where it stands already, nothing is done.
///
/// # Errors
/// Those of the store and of the files.
pub fn demo(desk: &Desk) -> Result<()> {
    let now = desk.now();
    let directory = desk.front.directory.get();
    let scene = Scene { desk, directory: &directory, now };
    let Some(ward) = scene.ward() else { return Ok(()) };
    let issued = now - SignedDuration::from_hours(24 * ISSUED_DAYS);
    let text = filled(TEXT, now, &ward);
    let raw = exchange::read_toml(&text).map_err(|_| Error::Damaged("demo.toml"))?;
    let draft = match exchange::check(desk, &raw, issued) {
        Ok(draft) => draft,
        Err(findings) => {
            tracing::error!(?findings, "the programme of the demonstration is not sound");
            return Err(Error::Damaged("demo.toml"));
        }
    };
    let code = draft.programme.code.clone();
    let chair = directory.head_of(draft.programme.agency, issued).ok_or(Error::Nothing)?;
    let paper = scene.paper()?;
    let stamp = scene.stamp(chair, issued)?;
    let (shared, of, by) = (desk.clone(), code.clone(), stamp);
    let written = desk.front.store.write(move |tx| {
        if queries::programme(tx, &shared.front.tenant, &of)?.is_some() {
            return Ok(false);
        }
        commands::draft(tx, &shared, &draft, &by)?;
        commands::issue(tx, &shared, &of, &by)?;
        Ok::<_, Error>(true)
    });
    if !written.wait()? {
        return Ok(());
    }
    scene.work(&code, &paper)?;
    scene.say(&code, chair, &paper)
}

/// The day, and who is there.
struct Scene<'a> {
    desk: &'a Desk,
    directory: &'a Directory,
    now: Instant,
}

type Kept = (files::Stored, String);

impl Scene<'_> {
    /// The code of the ward of the tour.
    fn ward(&self) -> Option<String> {
        let named = |name: &str| name.contains(WARD.trim_start_matches("Phường "));
        let communes = self.directory.agencies().filter(|agency| {
            agency.level == directory::AgencyLevel::Commune && named(&agency.name)
        });
        communes.map(|agency| agency.code.to_string()).min()
    }

    /// A seat's holder as an actor.
    fn stamp(&self, post: PostId, at: Instant) -> Result<Stamp> {
        let person = self.directory.holder(post, at).ok_or(Error::Nothing)?.id;
        let actor = Actor::Officer { person, post, acting_for: None };
        Ok(Stamp { actor, happened_at: at, recorded_at: at })
    }

    /// A paper that says that it is invented.
    fn paper(&self) -> Result<Kept> {
        let sheet = "#set page(paper: \"a5\")\n#set text(font: \"Tinos\", lang: \"vi\")\n#set document(title: \"Minh chứng\")\n#let data = json(\"/data.json\")\n#data.text";
        let text = "Minh chứng của dữ liệu trình diễn. Nội dung là hư cấu.";
        let pdf = Template::new("demo.typ", sheet).render(&json!({ "text": text }), self.now)?;
        let stored = self.desk.blobs.put(Kind::Pdf, pdf.bytes(), UPLOAD_BYTES_MAX)?;
        Ok((stored, "Báo cáo kết quả (hư cấu).pdf".to_owned()))
    }

    /// A day around now, in the morning of a working day.
    fn day(&self, at: Instant, hours: i64) -> Instant {
        (at + SignedDuration::from_hours(hours)).min(self.now)
    }

    /// Heads report, and whoever gave the task takes it or not.
    fn work(&self, code: &Code, paper: &Kept) -> Result<()> {
        for (task, before) in DONE {
            let task = self.task(code, task)?;
            let at = self.day(task.term, -24 * before - 3);
            self.report(&task, paper, at)?;
            let taken = self.day(at, 26);
            self.run(&task, task.assigner, Deed::Take("Đạt yêu cầu.".to_owned()), taken)?;
        }
        let task = self.task(code, RETURNED)?;
        let at = self.day(task.term, -30);
        self.report(&task, paper, at)?;
        let why = "Mới nối được 70 trên 92 xã, phường; làm tiếp cho đủ.";
        self.run(&task, task.assigner, Deed::More(why.to_owned()), self.day(at, 30))?;
        for (n, task) in (1..).zip(REPORTED) {
            let task = self.task(code, task)?;
            self.report(&task, paper, self.now - SignedDuration::from_hours(20 + 5 * n))?;
        }
        Ok(())
    }

    fn task(&self, programme: &Code, code: &str) -> Result<Task> {
        let (desk, programme) = (self.desk.clone(), programme.clone());
        let code: Code = code.parse().map_err(|_| Error::Damaged("demo.toml"))?;
        let store = &self.desk.front.store;
        let read =
            store.read(move |tx| queries::task_of_code(tx, &desk.front.tenant, &programme, &code));
        read.wait()
    }

    fn report(&self, task: &Task, paper: &Kept, at: Instant) -> Result<()> {
        let said = "Đã làm xong các việc được giao, kèm báo cáo và danh sách.";
        let stamp = self.stamp(task.head, at)?;
        let (desk, of, file) = (self.desk.clone(), task.clone(), paper.clone());
        let written = self.desk.front.store.write(move |tx| {
            let paper =
                Paper { component: None, copies: 1, source: "online", file: Some(file.clone()) };
            commands::add_evidence(tx, &desk, &of, &[paper], &stamp)
        });
        written.wait()?;
        self.run(task, task.head, Deed::Report(said.to_owned()), at)
    }

    fn run(&self, task: &Task, by: PostId, deed: Deed, at: Instant) -> Result<()> {
        let stamp = self.stamp(by, at)?;
        let case = task.case.as_ref().ok_or(Error::Nothing)?.id;
        let desk = self.desk.clone();
        let written = self
            .desk
            .front
            .store
            .write(move |tx| commands::run(tx, &desk, (case, None), &deed, &stamp).map(|_| ()));
        written.wait()
    }

    /// Declared figures, notes of the months, and one head who says otherwise.
    fn say(&self, code: &Code, chair: PostId, paper: &Kept) -> Result<()> {
        let (desk, programme) = (self.desk.clone(), code.clone());
        let store = &self.desk.front.store;
        let read = store.read(move |tx| {
            let tenant = &desk.front.tenant;
            let programme = queries::known(tx, tenant, &programme)?;
            Ok::<_, Error>((queries::targets_of(tx, tenant, &programme.code)?, programme))
        });
        let (targets, programme) = read.wait()?;
        let running = measures::running(self.now);
        for target in targets.iter().filter(|one| matches!(one.measure, Measure::Declared { .. })) {
            self.declare(target, running, paper)?;
        }
        let notes = [
            (
                2,
                "Giao ban: đất đai là nơi trễ nhiều nhất. Sở Nông nghiệp và Môi trường cam kết bố trí thêm hai tổ đo vẽ.",
            ),
            (
                1,
                "Nộp trực tuyến tăng chậm ở các xã vùng cao; cử tổ công nghệ số xuống tận xóm. Trung tâm tỉnh làm tiếp việc nối 1022.",
            ),
        ];
        for (back, words) in notes {
            let month = running.plus(-back);
            let at = self.morning(month.plus(1), 3);
            let (desk, programme, stamp) =
                (self.desk.clone(), programme.clone(), self.stamp(chair, at)?);
            let written = store
                .write(move |tx| commands::review(tx, &desk, &programme, month, words, &stamp));
            written.wait()?;
        }
        let disputed = targets.iter().find(|target| target.code.as_str() == "CT-09");
        if let Some(target) = disputed {
            self.overrule(target.clone())?;
        }
        Ok(())
    }

    /// The head of an office sees what no figure shows yet, and signs for it.
    fn overrule(&self, target: Target) -> Result<()> {
        let day = moved(today(self.now), -4);
        let at = from_local(day.to_datetime(jiff::civil::time(9, 40, 0, 0))).min(self.now);
        let (desk, stamp) = (self.desk.clone(), self.stamp(target.head, at)?);
        let reason = "Chứng thư số của 20 cơ quan mới về trong tuần này; từ tháng tới mọi kết quả \
                      đều ký số, nên số liệu ba tháng qua chưa nói lên khả năng đạt.";
        let written = self.desk.front.store.write(move |tx| {
            let standings = measures::standings(
                tx,
                &desk,
                vec![target.clone()],
                &[],
                measures::Window::Recent,
            )?;
            let computed = standings.first().and_then(|one| one.judged.as_ref());
            let computed = computed.map(|judged| judged.likelihood);
            commands::overrule(tx, &desk, &target, (Likelihood::Doubtful, computed), reason, &stamp)
        });
        written.wait()
    }

    /// Months of a declared target: a little behind the plan, the last one not checked yet.
    fn declare(&self, target: &Target, running: Month, paper: &Kept) -> Result<()> {
        let checker = self.checker(target);
        for back in (1..=4).rev() {
            let month = running.plus(-back);
            let plan = target.way.trajectory().expected(month);
            let value = scorecards::Number::from(95).over(&100.into()).unwrap_or_default();
            let value = (&plan * &value).rounded(0);
            let at = self.morning(month.plus(1), 2);
            let (desk, target, new) = (
                self.desk.clone(),
                target.clone(),
                NewFigure { month, value, evidence: paper.clone() },
            );
            let by = self.stamp(target.head, at)?;
            let second = match checker.filter(|_| back > 1) {
                Some(post) => Some(self.stamp(post, self.day(at, 28))?),
                None => None,
            };
            let written = self.desk.front.store.write(move |tx| {
                commands::declare(tx, &desk, &target, &new, &by)?;
                match &second {
                    Some(second) => commands::check(tx, &desk, &target, (month, 1), second),
                    None => Ok(()),
                }
            });
            written.wait()?;
        }
        Ok(())
    }

    /// A deputy of the head who declared.
    fn checker(&self, target: &Target) -> Option<PostId> {
        let agency: AgencyId = self.directory.post(target.head)?.agency;
        let deputies = self.directory.posts_in(agency, self.now);
        let deputy = |post: &&directory::Post| {
            post.role.as_str() == directory::RoleCode::DEPUTY_HEAD
                && self.directory.holder(post.id, self.now).is_some()
        };
        deputies.filter(deputy).map(|post| post.id).min()
    }

    /// The morning of a day of a month, and no later than now.
    fn morning(&self, month: Month, day: i64) -> Instant {
        let date = crate::model::date_of(month).saturating_add((day - 1).days());
        from_local(date.to_datetime(jiff::civil::time(9, 15, 0, 0))).min(self.now)
    }
}

/// The text with its days and months around now.
fn filled(text: &str, now: Instant, ward: &str) -> String {
    let (day, month) = (today(now), measures::running(now));
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (word, behind) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        let number = word.get(1..).and_then(|text| text.parse::<i32>().ok());
        match (word, number) {
            ("ward", _) => out.push_str(ward),
            (word, Some(n)) if word.starts_with('m') => out.push_str(&month.plus(n).to_string()),
            (_, Some(n)) => out.push_str(&moved(day, n).to_string()),
            (word, None) => out.push_str(word),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// The day so many days away; a weekend's becomes its Friday.
fn moved(day: Date, days: i32) -> Date {
    let at = day.saturating_add(i64::from(days).days());
    let over = at.weekday().to_monday_one_offset() - 5;
    at.saturating_sub(i64::from(over.max(0)).days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months_stand_around_now() {
        let now: Instant = "2026-12-01T02:00:00Z".parse().unwrap();
        assert_eq!(
            filled("a {m-10} {m+1} {d-3} {ward}.", now, "H55.62"),
            "a 2026-02 2027-01 2026-11-27 H55.62."
        );
    }
}
