//! A headless Chromium, driven through chromedriver.

use std::{
    fs,
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use thirtyfour::{
    By, ChromiumLikeCapabilities, DesiredCapabilities, WebDriver, WebElement,
    error::WebDriverResult,
};

/// A browser window with its driver; both end when it is closed.
pub(crate) struct Browser {
    chromedriver: Child,
    pub(crate) window: WebDriver,
    home: String,
}

impl Browser {
    /// Opens a window of a size, in Vietnamese.
    pub(crate) async fn open(home: &str, width: u32, height: u32) -> Self {
        // The driver's client asks for it, as every client of the house does.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let chromedriver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed (cargo xtask test does that)");
        let mut wanted = DesiredCapabilities::chrome();
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--lang=vi",
            "--hide-scrollbars",
        ] {
            wanted.add_arg(argument).unwrap();
        }
        let server = format!("http://127.0.0.1:{port}");
        let window = connect(&server, wanted).await;
        window.set_window_rect(0, 0, width, height).await.unwrap();
        window.set_implicit_wait_timeout(Duration::from_secs(5)).await.unwrap();
        Self { chromedriver, window, home: home.to_owned() }
    }

    pub(crate) async fn close(mut self) {
        let _ = self.window.clone().quit().await;
        let _ = self.chromedriver.kill();
        let _ = self.chromedriver.wait();
    }

    /// Goes to a path of the house.
    pub(crate) async fn go(&self, path: &str) {
        self.window.goto(format!("{}{path}", self.home)).await.unwrap();
    }

    /// Signs out whoever is signed in, and signs this one in.
    pub(crate) async fn sign_in(&self, login: &str) {
        self.go("/dang-nhap").await;
        self.window.delete_all_cookies().await.unwrap();
        self.go("/dang-nhap").await;
        self.fill("login", login).await;
        self.fill("password", "trinh-dien-2026").await;
        self.press("Đăng nhập").await;
        for _ in 0..50 {
            if !self.here().await.contains("/dang-nhap") {
                return;
            }
            self.settle().await;
        }
        panic!("{login} was not let in:\n{}", self.text().await);
    }

    /// Signs in as the first of the invented citizens, at level 2.
    pub(crate) async fn sign_in_citizen(&self) {
        self.go("/vao/trinh-dien?tiep=/toi/du-lieu").await;
        self.one("button[name='nguoi']").await.click().await.unwrap();
        for _ in 0..50 {
            self.settle().await;
            // The page of the form names where it leads to at its own end.
            let here = self.here().await;
            if here.ends_with("/toi/du-lieu") && !here.contains("/vao/") {
                return;
            }
        }
        panic!("nobody was let in:\n{}", self.text().await);
    }

    /// Types into the field of that name, over what is there.
    pub(crate) async fn fill(&self, name: &str, text: &str) {
        let field = self.one(&format!("[name='{name}']")).await;
        let _ = field.clear().await;
        field.send_keys(text).await.unwrap();
    }

    /// Chooses a value in the list of that name.
    pub(crate) async fn choose(&self, name: &str, value: &str) {
        self.one(&format!("[name='{name}'] option[value='{value}']")).await.click().await.unwrap();
    }

    /// Chooses what bears these words in the list of that name.
    pub(crate) async fn choose_named(&self, name: &str, words: &str) {
        let path = format!("//select[@name='{name}']//option[contains(., '{words}')]");
        self.window.find(By::XPath(path)).await.unwrap().click().await.unwrap();
    }

    /// Ticks the box of that name. A part of the page may be drawn anew meanwhile, so once more.
    pub(crate) async fn tick(&self, name: &str) {
        for _ in 0..10 {
            let tick = self.one(&format!("[name='{name}']")).await;
            let scrolled = tick.scroll_into_view().await;
            let chosen = tick.is_selected().await;
            let ticked = match (scrolled, chosen) {
                (Ok(()), Ok(true)) => return,
                (Ok(()), Ok(false)) => tick.click().await.is_ok(),
                _ => false,
            };
            if !ticked {
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
        panic!("{name} could not be ticked");
    }

    /// Presses the first visible button or link that begins with these words.
    pub(crate) async fn press(&self, words: &str) {
        self.press_where(words, &format!("starts-with(normalize-space(.), \"{words}\")")).await;
    }

    /// Presses the first visible button that begins with these words, whatever links do.
    pub(crate) async fn press_button(&self, words: &str) {
        let begins = format!("self::button and starts-with(normalize-space(.), \"{words}\")");
        self.press_where(words, &begins).await;
    }

    async fn press_where(&self, words: &str, condition: &str) {
        let path = format!(
            "//main//*[self::button or self::a or self::summary][not(@tabindex='-1')][{condition}]"
        );
        let found = self.window.find_all(By::XPath(path)).await.unwrap();
        for element in found {
            if element.is_displayed().await.unwrap_or(false) {
                self.centre(&element).await;
                element.click().await.unwrap();
                self.settle().await;
                return;
            }
        }
        panic!("nothing says «{words}» on {}:\n{}", self.here().await, self.text().await);
    }

    /// Scrolls to the middle, where no bar of a phone covers it.
    async fn centre(&self, element: &WebElement) {
        let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.window.execute(script, vec![element.to_json().unwrap()]).await.unwrap();
    }

    /// Presses whatever of this kind bears these words somewhere in it, with its own mark or box.
    pub(crate) async fn press_label(&self, words: &str) {
        let path = format!("//main//label[contains(normalize-space(.), \"{words}\")]");
        match self.window.find(By::XPath(path)).await {
            Ok(label) => {
                self.centre(&label).await;
                label.click().await.unwrap();
            }
            Err(_) => panic!("no «{words}» on {}:\n{}", self.here().await, self.text().await),
        }
    }

    /// Waits until the page says it: something goes on meanwhile.
    pub(crate) async fn until(&self, words: &str) {
        for _ in 0..150 {
            if self.text().await.contains(words) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.says(words).await;
    }

    /// Takes the telephone's connection away, or gives it back at so many bytes a second upwards.
    pub(crate) async fn network(&self, upwards: Option<u32>) {
        let (device, none) = (self.window.cdp(), serde_json::json!({}));
        device.send_raw("Network.enable", none).await.unwrap();
        let conditions = serde_json::json!({
            "offline": upwards.is_none(), "latency": 20, "downloadThroughput": -1,
            "uploadThroughput": upwards.map_or(0, i64::from),
        });
        device.send_raw("Network.emulateNetworkConditions", conditions).await.unwrap();
    }

    /// Waits until the page that a press leads to stands whole.
    pub(crate) async fn settle(&self) {
        for _ in 0..100 {
            tokio::time::sleep(Duration::from_millis(150)).await;
            let ready = self.window.execute("return document.readyState", Vec::new()).await;
            let ready = ready.ok().and_then(|state| state.convert::<String>().ok());
            if ready.as_deref() == Some("complete") {
                return;
            }
        }
    }

    /// The first element that a CSS selector finds.
    pub(crate) async fn one(&self, selector: &str) -> WebElement {
        match self.window.find(By::Css(selector.to_owned())).await {
            Ok(element) => element,
            Err(_) => panic!("no {selector} on {}:\n{}", self.here().await, self.text().await),
        }
    }

    /// What a script of the page answers.
    pub(crate) async fn asks<T: serde::de::DeserializeOwned>(&self, script: &str) -> T {
        self.window.execute(script, Vec::new()).await.unwrap().convert().unwrap()
    }

    /// Where the browser is.
    pub(crate) async fn here(&self) -> String {
        self.window.current_url().await.map(|url| url.to_string()).unwrap_or_default()
    }

    /// The words of the page.
    pub(crate) async fn text(&self) -> String {
        match self.window.find(By::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Fails where the page does not say this.
    pub(crate) async fn says(&self, words: &str) {
        let text = self.text().await;
        assert!(text.contains(words), "«{words}» is not on {}:\n{text}", self.here().await);
    }

    /// Keeps a picture of the page under `target/pictures`.
    pub(crate) async fn picture(&self, name: &str) {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../pictures");
        fs::create_dir_all(&folder).unwrap();
        self.window.screenshot(&folder.join(format!("{name}.png"))).await.unwrap();
    }
}

/// The driver needs a moment to listen.
async fn connect(server: &str, wanted: thirtyfour::ChromeCapabilities) -> WebDriver {
    for _ in 0..100 {
        let window: WebDriverResult<WebDriver> = WebDriver::new(server, wanted.clone()).await;
        match window {
            Ok(window) => return window,
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
    panic!("chromedriver does not answer");
}
