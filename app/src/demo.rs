//! `tinhso demo`: a province to look around in.

use std::{collections::BTreeMap, fs, path::Path, process::ExitCode, sync::Arc};

use anyhow::{Context, Result, bail};
use desk::Book;
use directory::demo;
use identity::{
    Login, NewPassword, PasswordHash,
    account::{self, NewAccount},
};
use indicatif::{ProgressBar, ProgressStyle};
use journal::Sealer;
use kernel::{Instant, Mint, PersonId};
use one_stop::demo as history;
use web::front::eid;

mod citizens;

use crate::{
    certificates,
    cli::DemoOptions,
    config::Config,
    house::{Ground, House},
    money, rooms, serve,
    shifted::Shifted,
};

/// The password of every account of the demonstration. A house for real use has none such.
const PASSWORD: &str = "trinh-dien-2026";

/// Accounts to try: login, person, and what to do with it.
const ACCOUNTS: &[(&str, &str, &str)] = &[
    ("hien", "phuong-phan-dinh-phung/nong-thi-hien", "tiếp nhận tại quầy, phường Phan Đình Phùng"),
    ("khanh", "phuong-phan-dinh-phung/ma-van-khanh", "thẩm tra hộ tịch"),
    ("thuha", "phuong-phan-dinh-phung/tran-thu-ha", "phó chủ tịch, ký"),
    ("bao", "phuong-phan-dinh-phung/dang-quoc-bao", "xây dựng"),
    ("luumo", "phuong-phan-dinh-phung/tra-ket-qua", "trả kết quả"),
    ("xuan", "phuong-phan-dinh-phung/van-thu", "văn thư, đóng dấu số vào kết quả"),
    ("cuong", "phuong-phan-dinh-phung/chu-tich", "chủ tịch phường, trang người đứng đầu"),
    ("thinh", "ubnd-tinh/chu-tich", "chủ tịch tỉnh, chương trình và người đứng đầu"),
    ("tuyen", "ubnd-tinh/chuyen-vien", "chuyên viên tổng hợp của tỉnh, nhận và xử lý cảnh báo"),
    ("anh", "trung-tam/tiep-nhan-1", "tiếp nhận tại Trung tâm tỉnh"),
    ("huong", "trung-tam/giam-doc", "giám đốc Trung tâm tỉnh"),
    ("yen", "trung-tam/kiem-soat", "kiểm soát thủ tục hành chính"),
    ("vyductoan", "phuong-phan-dinh-phung/tong-hop", "trả lời phản ánh của người dân"),
    ("nhay", "trung-tam/tiep-nhan-3", "phân loại, chuyển phản ánh (1022)"),
    ("thuy", "trung-tam/ke-toan", "kế toán, đối soát thu phí"),
    ("tuan", "trung-tam/quan-tri", "quản trị hệ thống"),
];

/// Written when everything is in the store; without it a folder is half made.
const DONE: &str = "demonstration";
/// Events that are sealed in one transaction.
const SEALED_MAX: u32 = 4096;

pub(crate) fn run(options: DemoOptions) -> Result<ExitCode> {
    let config =
        Config::demonstration(options.data.clone(), options.listen, options.postgres.clone())?;
    let config = match &options.with {
        Some(file) => config.with(file)?,
        None => config,
    };
    let fresh = !config.data.join(DONE).exists();
    if fresh && config.data.join("tinhso.db").exists() {
        bail!(
            "{} holds a demonstration that was not finished; delete the folder and start again",
            config.data.display()
        );
    }
    let ground = match options.at {
        Some(at) => Ground::open_at(&config, Arc::new(Shifted::showing(kernel::from_local(at))))?,
        None => Ground::open(&config)?,
    };
    if fresh {
        furnish(&config, &ground, options.seed)?;
    }
    let tried = ACCOUNTS.iter().map(|(login, _, what)| ((*login).into(), (*what).into()));
    let invented = eid::Invented::default();
    // Who names an identity provider means to sign in there.
    let people = config.eid.is_none().then(|| invented.clone());
    let house = House::open(&config, ground, tried.collect(), people)?;
    if fresh {
        certificates::of_demonstration(&config, &house)?;
        write_history(&house, &options)?;
        let until = options.at.map_or_else(|| house.desk.now(), kernel::from_local);
        let reports = feedback::demo::generate(&house.desk, until, options.seed)?;
        println!("{reports} phản ánh của người dân");
        let orders = money::of_demonstration(&house)?;
        println!("{orders} lệnh thanh toán");
        count(&house)?;
        programme::demo(&house.desk)?;
        reports::demo(&house.desk)?;
        scoring::demo(&house.desk)?;
        operations::demo(&house.desk)?;
        outlook::demo(&house.desk)?;
        citizens::choose(&house, &config.data)?;
        fs::write(config.data.join(DONE), "dữ liệu trình diễn: người và hồ sơ đều là hư cấu\n")?;
    }
    invented.get_or_init(|| citizens::chosen(&config.data));
    greet(&config);
    if !options.no_serve {
        serve::serve(&config, house)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Agencies, people, procedures, accounts.
fn furnish(config: &Config, ground: &Ground, seed: u64) -> Result<()> {
    // The order of July 2025: communes after the mergers, two levels.
    let founded: Instant = "2025-06-30T17:00:00Z".parse().context("a fixed instant")?;
    let (mint, tenant, now) = (ground.mint.clone(), config.tenant.clone(), ground.clock.now());
    let hash = password(&ground.mint)?;
    let furnished = ground.store.write(move |tx| {
        // Seats by the seed too: who gets a dossier goes by them.
        let loaded = demo::load(tx, &Mint::seeded(seed), founded)?;
        for text in rooms::procedures() {
            Book::add(tx, &tenant, text, founded)?;
        }
        for (login, person) in accounts(&loaded.persons) {
            let password = hash.clone();
            let new = NewAccount { login, password, person: Some(person), must_change: false };
            account::create(tx, &tenant, &new, now, &mint)?;
        }
        Ok::<_, one_stop::Error>(())
    });
    furnished.wait().context("the demonstration's agencies and accounts")
}

/// Hashed once, since that is slow on purpose.
fn password(mint: &kernel::Mint) -> Result<PasswordHash> {
    let login: Login = "hien".parse().context("a fixed login")?;
    let password = NewPassword::parse(PASSWORD, &login).context("the fixed password")?;
    Ok(PasswordHash::of(&password, mint))
}

/// The logins, each with its person.
fn accounts<'a>(
    persons: impl IntoIterator<Item = (&'a String, &'a PersonId)>,
) -> Vec<(Login, PersonId)> {
    let persons: BTreeMap<&str, PersonId> =
        persons.into_iter().map(|(slug, id)| (slug.as_str(), *id)).collect();
    let account = |(login, slug, _): &(&str, &str, &str)| {
        let login = login.parse().expect("a login of the list is one");
        let person = persons.get(slug).expect("a person of the list is in the demonstration");
        (login, *person)
    };
    ACCOUNTS.iter().map(account).collect()
}

fn write_history(house: &House, options: &DemoOptions) -> Result<()> {
    let bar = ProgressBar::new(options.dossiers);
    if let Ok(style) = ProgressStyle::with_template("hồ sơ {bar:40} {pos} / {len}  {elapsed}") {
        bar.set_style(style);
    }
    let until = options.at.map_or_else(|| house.desk.now(), kernel::from_local);
    let usual = history::Plan::until(until);
    let plan = history::Plan { dossiers: options.dossiers, seed: options.seed, ..usual };
    let summary =
        history::generate(&house.desk, &house.ground.journal_key, &plan, &mut |done, _| {
            bar.set_position(done);
        });
    bar.finish_and_clear();
    let summary = summary.context("the history of the demonstration")?;
    println!("{} hồ sơ, {} sự kiện trong nhật ký", summary.dossiers, summary.events);
    Ok(())
}

/// Seals what the history left unsealed; only what is sealed is counted.
fn seal(house: &House) -> Result<()> {
    let (tenant, key) = (house.desk.front.tenant.clone(), house.ground.journal_key.clone());
    let sealer = Arc::new(Sealer::new(tenant, key, &std::process::id().to_string()));
    loop {
        let (shared, now) = (sealer.clone(), house.desk.now());
        let sealed = house.ground.store.write(move |tx| shared.seal(tx, now, SEALED_MAX)).wait();
        let sealed = sealed.context("the journal")?;
        if sealed.is_none_or(|sealed| sealed.to - sealed.from < SEALED_MAX.into()) {
            return Ok(());
        }
    }
}

/// Counts what happened, so that figures are there from the first page on.
fn count(house: &House) -> Result<()> {
    seal(house)?;
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("chỉ tiêu {bar:40} {pos} / {len}  {elapsed}")
    {
        bar.set_style(style);
    }
    let counted = house.desk.cube().rebuild(&house.desk.front.store, |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    println!("{} sự kiện đã đếm vào chỉ tiêu", counted.context("the figures")?.events);
    Ok(())
}

fn greet(config: &Config) {
    println!("\nTỉnh Số, dữ liệu trình diễn: http://{}", config.listen);
    println!("Mật khẩu mọi tài khoản: {PASSWORD}\n");
    for (login, _, what) in ACCOUNTS {
        println!("  {login:<8} {what}");
    }
    println!("\nVai người dân: http://{}/vao", config.listen);
    println!("Thử trước tiên: đăng nhập «hien», vào Tiếp nhận tại quầy, tìm «khai sinh».");
    println!("Kiểm tra nhật ký: tinhso journal verify --data {}\n", shown(&config.data));
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
