//! Every kind of page, on a phone and on a desk, in both languages, held against what a machine
//! can check of WCAG 2.2 AA; and none is wider than its screen.

use serde::Deserialize;

use crate::{
    driver::Browser,
    program::{Folder, Serving},
    story::{DESK, MORNING, PHONE, run},
};

const AXE: &str = include_str!("axe/axe.min.js");
const RULES: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";

/// Who looks at which pages; nobody is signed in first. `{first}` is the first dossier of the
/// officer's own work; [`CITIZEN`] is somebody invented.
const PAGES: &[(&str, &[&str])] = &[
    ("", &["/dang-nhap", "/tra-cuu", "/lay-so", "/no-such-page", "/vao", "/vao/trinh-dien"]),
    ("hien", &["/quay", "/quay?thu-tuc=1.001193", "/truc-tuyen", "/so-theo-doi", "/thu-tuc"]),
    ("luumo", &["/tra-ket-qua", "/viec", "/them"]),
    (
        "khanh",
        &[
            "/viec",
            "/ho-so/{first}",
            "/ho-so/{first}/viec/request_supplement",
            "/ho-so/{first}/viec/suspend",
            "/thu-tuc/1.001193",
        ],
    ),
    ("cuong", &["/don-vi", "/so-lieu", "/bat-thuong", "/tai-khoan/khoa"]),
    ("yen", &["/dinh-danh/dinh-chinh"]),
    (
        CITIZEN,
        &[
            "/toi/du-lieu",
            "/toi/du-lieu/ai-xem",
            "/toi/du-lieu/dong-y",
            "/toi/du-lieu/tai-ve",
            "/toi/du-lieu/sua",
            "/toi/du-lieu/thiet-bi",
            "/toi/du-lieu/khoa",
        ],
    ),
];

/// Who signs in as a citizen.
const CITIZEN: &str = "citizen";

#[test]
fn every_page_can_be_read_by_everybody() {
    let folder = Folder::new();
    run(async {
        let serving = Serving::start(&folder, MORNING);
        let mut faults = Vec::new();
        for (width, height) in [PHONE, DESK] {
            let browser = Browser::open(&serving.address, width, height).await;
            for (login, pages) in PAGES {
                match *login {
                    "" => {}
                    CITIZEN => browser.sign_in_citizen().await,
                    login => browser.sign_in(login).await,
                }
                for page in *pages {
                    faults.extend(look(&browser, page, width).await);
                }
            }
            browser.close().await;
        }
        assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    });
}

/// What is wrong with a page, in Vietnamese and in English.
async fn look(browser: &Browser, page: &str, width: u32) -> Vec<String> {
    let mut faults = Vec::new();
    let page = match page.contains("{first}") {
        true => page.replace("{first}", &first_of_my_work(browser).await),
        false => page.to_owned(),
    };
    for lang in ["en", "vi"] {
        browser.go(&format!("/lang/{lang}?back={page}")).await;
        // As tall as the page, so that the bar at the foot of a phone covers nothing.
        let tall: u32 = browser.asks("return document.documentElement.scrollHeight").await;
        browser.window.set_window_rect(0, 0, width, tall + 200).await.unwrap();
        let wide: u32 = browser.asks("return document.documentElement.scrollWidth").await;
        if wide > width {
            faults.push(format!("{page} ({lang}) is {wide} px wide on {width} px"));
        }
        for found in audit(browser).await {
            let Violation { id, help, nodes } = found;
            let first = nodes.first().map(|node| node.html.as_str()).unwrap_or_default();
            faults.push(format!("{page} ({lang}, {width} px): {id}: {help}: {first}"));
        }
    }
    faults
}

async fn first_of_my_work(browser: &Browser) -> String {
    browser.go("/viec").await;
    let link = browser.one("main a[href^='/ho-so/']").await;
    let href = link.attr("href").await.unwrap().unwrap();
    href.trim_start_matches("/ho-so/").to_owned()
}

#[derive(Deserialize)]
struct Violation {
    id: String,
    help: String,
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    html: String,
}

async fn audit(browser: &Browser) -> Vec<Violation> {
    browser.window.execute(AXE, Vec::new()).await.unwrap();
    let run = format!(
        "const done = arguments[0];
         axe.run({{ runOnly: {RULES} }}).then(found => done(found.violations));"
    );
    let found = browser.window.execute_async(run, Vec::new()).await.unwrap();
    found.convert().unwrap()
}
