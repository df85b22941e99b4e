//! Every kind of page, on a phone and on a desk, in both languages, held against what a machine
//! can check of WCAG 2.2 AA; and none is wider than its screen.

use serde::Deserialize;

use crate::{
    driver::Browser,
    program::{Folder, Serving},
    story::{DESK, MORNING, PHONE, run},
};

const AXE: &str = include_str!("axe/axe.min.js");
/// As narrow as WCAG 1.4.10 asks.
const NARROW: u32 = 320;
const RULES: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";

/// Who looks at which pages; nobody is signed in first. `LIST » LINK » REST` is the page behind the
/// first link of the list that begins so, and what follows there; [`CITIZEN`] is somebody invented.
const PAGES: &[(&str, &[&str])] = &[
    (
        "",
        &[
            "/",
            "/dich-vu",
            "/dich-vu?q=khai+sinh",
            "/dich-vu?q=zzzz",
            "/dich-vu/1.001193",
            "/khong-mang",
            "/dang-nhap",
            "/tra-cuu",
            "/lay-so",
            "/no-such-page",
            "/vao",
            "/vao/trinh-dien",
            "/nop",
            "/kiem-tra",
            "/hai-long",
            "/phan-anh",
            "/phan-anh » /phan-anh/H55 » ",
            "/phan-anh/moi",
            "/phan-anh/cua-toi",
            "/phan-anh/ban-do",
            "/phan-anh/so-lieu",
        ],
    ),
    ("hien", &["/quay", "/quay?thu-tuc=1.001193", "/truc-tuyen", "/so-theo-doi", "/thu-tuc"]),
    ("luumo", &["/tra-ket-qua", "/viec", "/them", "/danh-gia-tai-quay"]),
    (
        "khanh",
        &[
            "/viec",
            "/viec » /ho-so/ » ",
            "/viec » /ho-so/ » /viec/request_supplement",
            "/viec » /ho-so/ » /viec/suspend",
            "/thu-tuc/1.001193",
        ],
    ),
    ("cuong", &["/don-vi", "/so-lieu", "/bat-thuong", "/tai-khoan/khoa", "/hai-long/y-kien"]),
    (
        "thinh",
        &[
            "/dieu-hanh",
            "/dieu-hanh?xem=xa",
            "/dieu-hanh?tuong=1",
            "/dieu-hanh/bo-tui",
            "/dieu-hanh/o",
            "/canh-bao",
            "/canh-bao/quy-tac",
            "/chi-tieu",
            "/chi-tieu/timeliness.on_time_766?cua=all",
            "/bao-cao",
            "/bao-cao/tong-hop",
            "/bao-cao/che-do",
            "/nguoi-dung-dau",
            "/chuong-trinh",
            "/chuong-trinh » /chuong-trinh/NQ » ",
            "/nhiem-vu",
            "/cham-diem",
            "/cham-diem/766",
            "/cham-diem/dti-922/dot-pha",
            "/du-bao",
            "/du-bao/thu",
            "/du-bao/kiem-chung",
        ],
    ),
    ("yen", &["/dinh-danh/dinh-chinh"]),
    ("huong", &["/doi-soat"]),
    ("nhay", &["/xu-ly-phan-anh"]),
    (
        "vyductoan",
        &[
            "/xu-ly-phan-anh",
            "/xu-ly-phan-anh » /xu-ly-phan-anh/H55 » ",
            "/bao-cao",
            "/bao-cao » /bao-cao/H55 » ",
        ],
    ),
    ("tuan", &["/thong-bao/khong-gui-duoc"]),
    (
        CITIZEN,
        &[
            "/toi",
            "/toi » /toi/ho-so/ » ",
            "/toi » /toi/ho-so/ » /bien-nhan",
            "/toi » /toi/ho-so/ » /rut",
            "/toi/giay-to",
            "/toi/ket-qua",
            "/toi/uy-quyen",
            "/toi/thong-bao",
            "/toi/du-lieu",
            "/toi/du-lieu/ai-xem",
            "/toi/du-lieu/dong-y",
            "/toi/du-lieu/tai-ve",
            "/toi/du-lieu/sua",
            "/toi/du-lieu/thiet-bi",
            "/toi/du-lieu/khoa",
            "/toi » /lam/ » /1",
            "/toi » /lam/ » /o-gioi_tinh",
            "/toi » /lam/ » /giay-giay-chung-sinh",
            "/toi » /lam/ » /kiem-tra",
            "/toi » /lam/ » /ca-don",
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
                    CITIZEN => {
                        browser.sign_in_citizen().await;
                        browser.go("/dich-vu/1.001193").await;
                        browser.press_button("Bắt đầu").await;
                    }
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

/// What is wrong with a page, in Vietnamese and in English; on a phone also at the 320 px that a
/// desk's screen has left at four times its size (WCAG 1.4.10).
async fn look(browser: &Browser, page: &str, width: u32) -> Vec<String> {
    let mut faults = Vec::new();
    let page = behind(browser, page).await;
    for lang in ["en", "vi"] {
        browser.go(&format!("/lang/{lang}?back={}", page.replace('&', "%26"))).await;
        // As tall as the page, so that the bar at the foot of a phone covers nothing.
        let tall: u32 = browser.asks("return document.documentElement.scrollHeight").await;
        let widths = if width == PHONE.0 { vec![NARROW, width] } else { vec![width] };
        for width in widths {
            browser.window.set_window_rect(0, 0, width, tall + 200).await.unwrap();
            let wide: u32 = browser.asks("return document.documentElement.scrollWidth").await;
            if wide > width {
                faults.push(format!("{page} ({lang}) is {wide} px wide on {width} px"));
            }
        }
        for found in audit(browser).await {
            let Violation { id, help, nodes } = found;
            let first = nodes.first().map(|node| node.html.as_str()).unwrap_or_default();
            faults.push(format!("{page} ({lang}, {width} px): {id}: {help}: {first}"));
        }
    }
    faults
}

/// Where `LIST » LINK » REST` leads.
async fn behind(browser: &Browser, page: &str) -> String {
    let mut parts = page.split(" » ");
    let (Some(list), Some(link)) = (parts.next(), parts.next()) else { return page.to_owned() };
    browser.go(list).await;
    let link = browser.one(&format!("main a[href^='{link}']")).await;
    let href = link.attr("href").await.unwrap().unwrap();
    let href = href.split(['?', '#']).next().unwrap_or_default();
    format!("{href}{}", parts.next().unwrap_or_default())
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
