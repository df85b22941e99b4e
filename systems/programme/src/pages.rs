//! The pages. This file is the table of contents: every address, by who uses it.

mod common;
mod parts;
mod typed;

mod head;

mod list;
mod programme;
mod target;

mod edit;
mod import;

mod task;
mod tasks;

use axum::{
    Router,
    routing::{get, post},
};
use desk::{Desk, Rail};
use files::UPLOAD_BYTES_MAX;
use web::{
    Icon,
    http::uploads,
    page::{NavGroup, NavItem},
    tr,
};

/// The head's page.
pub const HEAD: &str = "/nguoi-dung-dau";
/// Programmes.
pub const PROGRAMMES: &str = "/chuong-trinh";
/// Tasks.
pub const TASKS: &str = "/nhiem-vu";
/// Bytes of a form with its papers.
const FORM_MAX: usize = UPLOAD_BYTES_MAX as usize + 200_000;

/// Its places in the navigation of officers.
pub const RAIL: Rail = Rail {
    groups: |_, _, me| {
        let items = vec![
            NavItem::new(Icon::Home, tr!(me, "programme-nav-head"), HEAD),
            NavItem::new(Icon::Folder, tr!(me, "programme-nav"), PROGRAMMES),
            NavItem::new(Icon::Target, tr!(me, "programme-nav-tasks"), TASKS),
        ];
        Ok(vec![NavGroup { title: Some(tr!(me, "nav-programme")), items }])
    },
    tabs: |_| Vec::new(),
    search: None,
};

/// Every address of this system, ready to be put into the hall.
pub fn router(desk: Desk) -> Router {
    // Forms that bring papers.
    let papers = Router::new()
        .route("/chuong-trinh/nhap", get(import::form).post(import::send))
        .route("/chuong-trinh/{code}/chi-tieu/{target}/so-lieu", post(target::declare))
        .route("/nhiem-vu/{code}/{deed}", post(task::act))
        .layer(uploads(FORM_MAX));
    Router::new()
        // The head.
        .route(HEAD, get(head::own))
        .route("/nguoi-dung-dau/{post}", get(head::page))
        .route("/nguoi-dung-dau/{post}/thu.pdf", get(head::letter))
        .route("/nguoi-dung-dau/{post}/viec", get(head::work))
        // Whoever works here.
        .route(PROGRAMMES, get(list::list))
        .route("/chuong-trinh/{code}", get(programme::page))
        .route("/chuong-trinh/{code}/tep.xlsx", get(programme::xlsx))
        .route("/chuong-trinh/{code}/tep.toml", get(programme::toml))
        .route("/chuong-trinh/{code}/chi-tieu/{target}", get(target::page))
        .route("/chuong-trinh/{code}/chi-tieu/{target}/minh-chung/{name}", get(target::evidence))
        .route(TASKS, get(tasks::list))
        .route("/nhiem-vu/{code}", get(task::page))
        .route("/nhiem-vu/{code}/minh-chung/{name}", get(task::evidence))
        // Whoever directs.
        .route("/chuong-trinh/moi", get(edit::new).post(edit::create))
        .route("/chuong-trinh/mau.toml", get(import::sample))
        .route("/chuong-trinh/{code}/sua", get(edit::form).post(edit::save))
        .route("/chuong-trinh/{code}/ban-hanh", get(edit::issue_form).post(edit::issue))
        .route("/chuong-trinh/{code}/them-chi-tieu", get(edit::new_target).post(edit::add_target))
        .route(
            "/chuong-trinh/{code}/chi-tieu/{target}/sua",
            get(edit::target_form).post(edit::save_target),
        )
        .route("/chuong-trinh/{code}/them-nhiem-vu", get(edit::new_task).post(edit::add_task))
        .route(
            "/chuong-trinh/{code}/nhiem-vu/{task}/sua",
            get(edit::task_form).post(edit::save_task),
        )
        .route("/chuong-trinh/{code}/ra-soat", post(programme::review))
        .route("/chuong-trinh/{code}/chi-tieu/{target}/kiem", post(target::check))
        .route("/chuong-trinh/{code}/chi-tieu/{target}/nhan-dinh", post(target::overrule))
        .merge(papers)
        .with_state(desk)
}
