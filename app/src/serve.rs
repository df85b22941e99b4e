//! Serving the house until it is told to stop.

use std::{collections::BTreeMap, fs, net::SocketAddr, process::ExitCode};

use anyhow::{Context, Result};
use tokio::{net::TcpListener, signal};

use crate::{
    cli::ServeOptions,
    config::Config,
    house::{Ground, House},
    jobs,
};

/// `tinhso serve`.
pub(crate) fn run(options: &ServeOptions) -> Result<ExitCode> {
    let config = Config::read(options.config.as_deref())?;
    let ground = Ground::open(&config)?;
    let house = House::open(&config, ground, BTreeMap::new(), None)?;
    println!("Tỉnh Số: http://{}", config.listen);
    serve(&config, house)?;
    Ok(ExitCode::SUCCESS)
}

/// Serves until the terminal or the system says stop; requests under way are answered first.
pub(crate) fn serve(config: &Config, house: House) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("the runtime")?;
    runtime.block_on(async {
        let listener = TcpListener::bind(config.listen)
            .await
            .with_context(|| format!("cannot listen on {}", config.listen))?;
        // Who starts the program with port 0 finds the real address here.
        let address = listener.local_addr()?;
        fs::write(config.data.join("address"), format!("http://{address}\n"))?;
        let jobs = jobs::start(config, &house);
        let service = house.router.into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service).with_graceful_shutdown(stop()).await?;
        for job in jobs {
            job.abort();
        }
        Ok(())
    })
}

async fn stop() {
    let terminal = async {
        // Without the signal there is nothing to wait for here.
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let system = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut told) => {
                told.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let system = std::future::pending::<()>();
    tokio::select! { () = terminal => {}, () = system => {} }
}
