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
use kernel::Instant;
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    PageContext, SignedIn,
    components::{
        cases::{self, CaseGroup, CaseList},
        empty,
        fields::Choice,
        filter::{self, FilterBar, FilterSelect},
        note::{self, Tone},
        pager,
    },
    http::{Problem, density},
    tr,
};

use super::{REGISTER, asked};
use crate::{
    Desk, Error, pages,
    queries::{
        CodePart, Scope, Sought,
        register::{self, Cursor, Filter, Late, Page, Role},
        sought,
    },
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
        self.sau.parse().ok()
    }

    fn statuses(&self) -> Vec<Status> {
        match self.trang_thai.as_str() {
            _ if matches!(self.tre.as_str(), "dang" | "sap") => vec![Status::InProgress],
            "dang" => Status::ALL.iter().copied().filter(|s| s.is_running()).collect(),
            "tam_dung" => Status::ALL.iter().copied().filter(|s| s.is_paused()).collect(),
            word => Status::from_word(word).into_iter().collect(),
        }
    }

    fn filter(&self, scope: Scope, now: Instant) -> Filter {
        let period = asked::period(&self.ky);
        let late = match self.tre.as_str() {
            "dang" => Some(Late::Now),
            "sap" => Some(Late::Soon),
            "co" => Some(Late::Ever),
            _ => None,
        };
        Filter {
            role: if self.vai == "nhan" { Role::Receives } else { Role::Decides },
            statuses: self.statuses(),
            procedure: self.thu_tuc.parse().ok(),
            channel: Channel::from_word(&self.kenh),
            from: period.map(|period| period.begin()),
            until: period.map(|period| period.end()),
            late,
            sought: sought(&self.q),
            ..Filter::of(scope, now)
        }
    }
}

async fn show(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let scope = asked::scope(&desk, &me, Action::List, &asked.don_vi).await?;
    let filter = asked.filter(scope.clone(), me.now);
    let kind = filter.sought.clone();
    let (shared, after) = (desk.clone(), asked.cursor());
    let read = desk
        .front
        .store
        .read(move |tx| register::page(tx, &shared, &filter, after, PAGE_ROWS))
        .await;
    let found = read.map_err(|error: Error| Problem::from(error))?;
    let ctx = pages::context(&desk, &me).await?;
    let main = html! {
        (filter::bar(&ctx, &filter_bar(&desk, &me, &ctx, &asked, &scope)))
        @if let Some(Sought::Part(CodePart::Serial(_))) = kind {
            (note::note(Tone::Plain, html! { (tr!(me, "register-serial")) }))
        }
        (list(&desk, &me, &asked, &found, &ctx))
    };
    Ok(pages::page(&ctx, &tr!(me, "register-title"), exports(&me, &asked), main))
}

fn list(desk: &Desk, me: &SignedIn, asked: &Asked, found: &Page, ctx: &PageContext) -> Markup {
    let next = found.next.map(|next| asked.address(REGISTER, &next.to_string()));
    let first = (!asked.sau.is_empty()).then(|| asked.address(REGISTER, ""));
    if found.lines.is_empty() && next.is_none() {
        let all = tr!(me, "register-all");
        let way = asked.is_filtered().then_some((all.as_str(), REGISTER));
        return empty::empty(&tr!(me, "register-empty"), way);
    }
    let moment = desk.moment();
    let rows = found.lines.iter().map(|line| row::row(me, &moment, line)).collect();
    let groups = vec![CaseGroup { title: String::new(), note: String::new(), rows }];
    let caption = tr!(me, "register-title");
    let view = CaseList { caption, groups, newest_first: true, ..CaseList::default() };
    html! {
        @if !found.lines.is_empty() { (cases::list(ctx, &view)) }
        @if let Some(place) = found.next.filter(|_| found.cut) {
            (note::note(Tone::Plain, html! {
                (tr!(me, "register-cut", day = me.words.date(kernel::today(place.at))))
            }))
        }
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

fn filter_bar(
    desk: &Desk,
    me: &SignedIn,
    ctx: &PageContext,
    asked: &Asked,
    scope: &Scope,
) -> FilterBar {
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
        density: Some(density::switch(ctx.compact, &ctx.path)),
        clear: asked.is_filtered().then(|| REGISTER.to_owned()),
        ..FilterBar::default()
    }
}
