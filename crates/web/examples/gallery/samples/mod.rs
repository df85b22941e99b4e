//! Sample pages made of the parts. All persons and dossiers are invented.

mod asked;
mod citizens;
mod counted;
mod drawn;
mod listed;
mod offered;
mod officers;
mod parts;
mod told;

use maud::{Markup, html};
use web::{
    Icon, PageContext,
    page::{Address, NavGroup, NavItem, OtherRole, PlaceName, UserBadge, desk},
};

pub(crate) use self::parts::parts;
use self::{
    citizens::{citizen_form, citizen_home, tracking},
    officers::{counter, dossier, head, my_work},
};

/// The pages there are.
pub(crate) const PAGES: [&str; 8] =
    ["counter", "my-work", "dossier", "head", "parts", "citizen-home", "tracking", "citizen-form"];

/// One of them.
pub(crate) fn page(ctx: PageContext, name: &str) -> Option<Markup> {
    Some(match name {
        "counter" => counter(&ctx),
        "my-work" => my_work(ctx),
        "dossier" => dossier(&ctx),
        "head" => head(&ctx),
        "parts" => {
            let parts = parts(&ctx);
            desk(
                &ctx,
                "Các phần",
                html! {
                    h1 { "Các phần" }
                    div.stack { @for (name, part) in parts { section.stack { h2 { (name) } (part) } } }
                },
            )
        }
        "citizen-home" => citizen_home(&ctx),
        "tracking" => tracking(&ctx),
        "citizen-form" => citizen_form(&ctx),
        _ => return None,
    })
}

/// Whose house this is.
pub(crate) fn place() -> PlaceName {
    PlaceName {
        name: "Tỉnh Thái Nguyên".into(),
        unit: "Một cửa phường Phan Đình Phùng".into(),
        home: "/".into(),
    }
}

/// A context with everything in it.
pub(crate) fn context(mut ctx: PageContext) -> PageContext {
    ctx.csrf = "7f3a09".into();
    ctx.place = place();
    ctx.search = Some("/search".into());
    ctx.help_line = Some("1022".into());
    ctx.user = Some(UserBadge {
        name: "Nông Thị Hiền".into(),
        initials: "NH".into(),
        post: "Công chức tiếp nhận, quầy 3".into(),
        agency: "phường Phan Đình Phùng".into(),
        address: Address::Ba,
        other_roles: vec![OtherRole {
            value: "d-17".into(),
            label: "Thay bà Trần Thu Hà, ủy quyền đến 27/11/2026".into(),
        }],
        session_path: "/session".into(),
    });
    ctx.nav = vec![
        NavGroup {
            title: None,
            items: vec![
                NavItem::new(Icon::Home, "Tổng quan", "/overview"),
                NavItem::new(Icon::Work, "Việc của tôi", "/my-work").count(38),
                NavItem::new(Icon::Desk, "Tiếp nhận tại quầy", "/counter"),
                NavItem::new(Icon::Inbox, "Hồ sơ trực tuyến", "/online").count(6),
                NavItem::new(Icon::Done, "Trả kết quả", "/results").count(11),
            ],
        },
        NavGroup {
            title: Some("Tra cứu".into()),
            items: vec![
                NavItem::new(Icon::Folder, "Sổ theo dõi hồ sơ", "/register"),
                NavItem::new(Icon::File, "Thủ tục, quy trình", "/procedures"),
                NavItem::new(Icon::Users, "Công dân, tổ chức", "/parties"),
            ],
        },
        NavGroup {
            title: Some("Kết quả".into()),
            items: vec![
                NavItem::new(Icon::Chart, "Số liệu đơn vị", "/figures"),
                NavItem::new(Icon::Talk, "Phản ánh", "/feedback").count(3),
            ],
        },
    ];
    ctx.tabs = vec![
        NavItem::new(Icon::Work, "Việc của tôi", "/my-work"),
        NavItem::new(Icon::Desk, "Tiếp nhận", "/counter"),
        NavItem::new(Icon::Folder, "Tra cứu", "/register"),
        NavItem::new(Icon::More, "Thêm", "/more"),
    ];
    ctx
}
