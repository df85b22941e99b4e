//! The register of dossiers: search, filters, pages, and the same as a file.

mod export;
mod row;

pub(super) use export::guarded;

use axum::{
    Router,
    extract::{Query, State},
    routing::get,
};
use casework::{Channel, Status};
use identity::access::Action;
use kernel::{Instant, from_micros, micros};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    SignedIn,
    components::{
        cases::{self, CaseGroup, CaseList},
        empty,
        fields::Choice,
        filter::{self, FilterBar, FilterSelect},
        note::{self, Tone},
        pager,
    },
    http::Problem,
    page, tr,
};

use super::{REGISTER, asked};
use crate::{
    Desk, Error, pages,
    queries::{CodePart, Cursor, Entry, Filter, Late, Role, Scope, Sought, Walk, sought},
};

/// Lines on one page.
const PAGE_ROWS: usize = 50;

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(REGISTER, get(show)).merge(export::routes())
}

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    don_vi: String,
    vai: String,
    thu_tuc: String,
    trang_thai: String,
    kenh: String,
    ky: String,
    tre: String,
    sau: String,
}

impl Asked {
    fn address(&self, path: &str, sau: &str) -> String {
        asked::address(
            path,
            &[
                ("q", &self.q),
                ("don_vi", &self.don_vi),
                ("vai", &self.vai),
                ("thu_tuc", &self.thu_tuc),
                ("trang_thai", &self.trang_thai),
                ("kenh", &self.kenh),
                ("ky", &self.ky),
                ("tre", &self.tre),
                ("sau", sau),
            ],
        )
    }

    fn is_filtered(&self) -> bool {
        let all = [&self.q, &self.vai, &self.thu_tuc, &self.trang_thai, &self.kenh, &self.ky];
        all.into_iter().chain([&self.tre, &self.don_vi]).any(|text| !text.is_empty())
    }

    fn cursor(&self) -> Option<Cursor> {
        let (at, id) = self.sau.split_once('_')?;
        Some(Cursor { at: from_micros(at.parse().ok()?), id: id.parse().ok()? })
    }

    fn statuses(&self) -> Vec<Status> {
        match self.trang_thai.as_str() {
            _ if matches!(self.tre.as_str(), "dang" | "sap") => vec![Status::InProgress],
            "dang" => Status::ALL.iter().copied().filter(|s| s.is_running()).collect(),
            "tam_dung" => Status::ALL.iter().copied().filter(|s| s.is_paused()).collect(),
            word => Status::from_word(word).into_iter().collect(),
        }
    }

    /// The filter, and whether it was bounded to a year because no index answers it.
    fn filter(&self, scope: Scope, now: Instant) -> (Filter, bool) {
        let period = asked::period(&self.ky);
        let late = match self.tre.as_str() {
            "dang" => Some(Late::Now),
            "sap" => Some(Late::Soon),
            "co" => Some(Late::Ever),
            _ => None,
        };
        let mut filter = Filter {
            scope,
            role: if self.vai == "nhan" { Role::Receives } else { Role::Decides },
            statuses: self.statuses(),
            procedure: self.thu_tuc.parse().ok(),
            channel: Channel::from_word(&self.kenh),
            from: period.map(|period| period.begin()),
            until: period.map(|period| period.end()),
            late,
            now,
            sought: sought(&self.q),
            with_case: false,
        };
        let searched = filter.sought.is_some() || filter.from.is_some();
        let narrow = !filter.statuses.is_empty() || filter.procedure.is_some();
        let unaided = filter.channel.is_some()
            || late == Some(Late::Ever)
            || (filter.role == Role::Receives && narrow)
            || (!filter.statuses.is_empty() && filter.procedure.is_some());
        let bounded = !searched && unaided && filter.late.is_none_or(|late| late == Late::Ever);
        if bounded {
            filter.from = Some(asked::a_year_before(now));
        }
        (filter, bounded)
    }
}

async fn show(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let scope = asked::scope(&desk, &me, Action::List, &asked.don_vi).await?;
    let (filter, bounded) = asked.filter(scope.clone(), me.now);
    let kind = filter.sought.clone();
    let (shared, after) = (desk.clone(), asked.cursor());
    let rows = desk
        .front
        .store
        .read(move |tx| {
            let filter = Filter { with_case: true, ..filter.clone() };
            let chunk = u32::try_from(PAGE_ROWS + 1).unwrap_or(u32::MAX);
            let mut walk = Walk::begin(tx, &shared, filter, after, chunk)?;
            walk.take(tx, &shared, PAGE_ROWS + 1)
        })
        .await
        .map_err(|error: Error| Problem::from(error))?;
    let ctx = pages::context(&desk, &me).await?;
    let title = tr!(me, "register-title");
    let main = html! {
        div.row { h1 { (title) } (exports(&me, &asked)) }
        (filter::bar(&ctx, &filter_bar(&desk, &me, &asked, &scope)))
        @if bounded { (note::note(Tone::Plain, html! { (tr!(me, "register-bounded")) })) }
        @if let Some(Sought::Part(CodePart::Serial(_))) = kind {
            (note::note(Tone::Plain, html! { (tr!(me, "register-serial")) }))
        }
        (list(&desk, &me, &asked, rows, &ctx))
    };
    Ok(page::desk(&ctx, &title, main))
}

fn list(
    desk: &Desk,
    me: &SignedIn,
    asked: &Asked,
    mut rows: Vec<Entry>,
    ctx: &web::PageContext,
) -> Markup {
    if rows.is_empty() {
        let all = tr!(me, "register-all");
        let way = asked.is_filtered().then_some((all.as_str(), REGISTER));
        return empty::empty(&tr!(me, "register-empty"), way);
    }
    let more = rows.len() > PAGE_ROWS;
    rows.truncate(PAGE_ROWS);
    let next = rows.last().filter(|_| more).map(|last| {
        let sau = format!("{}_{}", micros(last.submitted_at), last.id);
        asked.address(REGISTER, &sau)
    });
    let first = (!asked.sau.is_empty()).then(|| asked.address(REGISTER, ""));
    let moment = desk.moment();
    let rows = rows.iter().map(|entry| row::row(desk, me, &moment, entry)).collect();
    let groups = vec![CaseGroup { title: String::new(), note: String::new(), rows }];
    let view = CaseList { caption: tr!(me, "register-title"), groups, ..CaseList::default() };
    html! {
        (cases::list(ctx, &view))
        (pager::pager(&me.words, first.as_deref(), next.as_deref()))
    }
}

fn exports(me: &SignedIn, asked: &Asked) -> Markup {
    html! {
        span.row.push.noprint {
            @for (label, extension) in [("register-xlsx", "xlsx"), ("register-csv", "csv"), ("register-pdf", "pdf")] {
                a.btn.sm href=(asked.address(&format!("{REGISTER}.{extension}"), "")) download {
                    (me.words.t(label))
                }
            }
        }
    }
}

fn filter_bar(desk: &Desk, me: &SignedIn, asked: &Asked, scope: &Scope) -> FilterBar {
    let select = |name: &str, label: String, choices: Vec<(String, String)>, chosen: &str| {
        let choices = choices.into_iter().map(|(value, label)| Choice::new(value, label)).collect();
        FilterSelect { name: name.to_owned(), label, choices, chosen: chosen.to_owned() }
    };
    let every = |label: &str| (String::new(), me.words.t(label));
    let said = |value: &str, key: &str| (value.to_owned(), me.words.t(key));
    let shelf = desk.book.shelf();
    let mut procedures = vec![every("register-every-procedure")];
    procedures.extend(shelf.all().map(|p| (p.code.to_string(), p.name.clone())));
    let mut statuses = vec![every("register-every-status")];
    statuses.push(said("dang", "register-status-open"));
    statuses.push(said("tam_dung", "register-status-paused"));
    let words = Status::ALL.iter().map(|status| status.word());
    statuses.extend(words.map(|word| said(word, &format!("status-{word}"))));
    let mut channels = vec![every("register-every-channel")];
    let words = Channel::ALL.iter().map(|channel| channel.word());
    channels.extend(words.map(|word| said(word, &format!("channel-{word}"))));
    let late = vec![
        every("register-every-clock"),
        said("dang", "register-late-now"),
        said("sap", "register-late-soon"),
        said("co", "register-late-ever"),
    ];
    let roles = vec![every("register-role-decides"), said("nhan", "register-role-receives")];
    let mut selects: Vec<FilterSelect> = asked::agency_select(me, scope).into_iter().collect();
    selects.extend([
        select("vai", tr!(me, "register-role"), roles, &asked.vai),
        select("thu_tuc", tr!(me, "register-procedure"), procedures, &asked.thu_tuc),
        select("trang_thai", tr!(me, "register-status"), statuses, &asked.trang_thai),
        select("tre", tr!(me, "register-clock"), late, &asked.tre),
        select("kenh", tr!(me, "register-channel"), channels, &asked.kenh),
        asked::period_select(me, asked::period(&asked.ky), Some(tr!(me, "register-every-period"))),
    ]);
    let hint = tr!(me, "register-search-hint");
    FilterBar {
        action: REGISTER.to_owned(),
        search: Some((tr!(me, "register-search"), hint, asked.q.clone())),
        selects,
        clear: asked.is_filtered().then(|| REGISTER.to_owned()),
        ..FilterBar::default()
    }
}
