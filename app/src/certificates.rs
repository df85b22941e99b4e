//! `tinhso certificate`: the keys that results are signed with. They stand beside the store, a
//! file for each agency, for the owner of the folder alone.

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::{Context, Result, bail};
use directory::Directory;
use files::sign::Signer;
use jiff::SignedDuration;
use kernel::AgencyCode;

use crate::{
    cli::CertificateCommand,
    config::Config,
    house::{Ground, House},
};

pub(crate) fn run(command: CertificateCommand) -> Result<ExitCode> {
    match command {
        CertificateCommand::Import { agency, files, password_file, place } => {
            import(&Config::of(&place)?, &agency, &files, password_file)?;
        }
        CertificateCommand::List { place } => list(&Config::of(&place)?)?,
        CertificateCommand::SelfSigned { agency, place } => {
            self_signed(&Config::of(&place)?, &agency)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Every agency of the demonstration gets a key that it issued to itself.
pub(crate) fn of_demonstration(config: &Config, house: &House) -> Result<()> {
    let (keys, ground) = (config.certificates(), &house.ground);
    let directory = house.desk.front.directory.get();
    // The history of the demonstration has papers that were signed in the months before.
    let since = ground.clock.now() - SignedDuration::from_hours(24 * 365);
    for agency in directory.agencies() {
        let name = format!("{} (trình diễn)", agency.name);
        let signer = Signer::self_signed(&name, &config.name, since, &ground.mint);
        let kept = signer.and_then(|signer| keys.keep(&agency.code, &signer));
        kept.with_context(|| format!("the key of {}", agency.code))?;
    }
    Ok(())
}

fn import(
    config: &Config,
    agency: &AgencyCode,
    files: &[PathBuf],
    password_file: Option<PathBuf>,
) -> Result<()> {
    let ground = Ground::existing(config)?;
    known(&ground, config, agency)?;
    let signer = match files {
        [file] if is_pkcs12(file) => {
            let content = fs::read(file).with_context(|| file.display().to_string())?;
            let password = password(password_file)?;
            Signer::from_pkcs12(&content, &password).with_context(|| file.display().to_string())?
        }
        files => {
            let mut text = String::new();
            for file in files {
                let part = fs::read_to_string(file);
                text.push_str(&part.with_context(|| file.display().to_string())?);
                text.push('\n');
            }
            Signer::from_pem(&text).context("the PEM files")?
        }
    };
    signer.in_force(ground.clock.now()).context("the certificate")?;
    config.certificates().keep(agency, &signer).context("the folder of keys")?;
    tell(agency, &signer);
    Ok(())
}

fn is_pkcs12(file: &std::path::Path) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ["p12", "pfx"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// The password of the file; never an argument, since others see those.
fn password(file: Option<PathBuf>) -> Result<String> {
    let text = match file {
        Some(file) => fs::read_to_string(&file).with_context(|| file.display().to_string())?,
        None => {
            eprintln!("Password of the PKCS#12 file:");
            let mut line = String::new();
            std::io::stdin().read_line(&mut line).context("the password")?;
            line
        }
    };
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

fn self_signed(config: &Config, agency: &AgencyCode) -> Result<()> {
    let ground = Ground::existing(config)?;
    let name = known(&ground, config, agency)?;
    let keys = config.certificates();
    if keys.has(agency) {
        bail!("{agency} has a key already; import another one to replace it");
    }
    let signer = Signer::self_signed(&name, &config.name, ground.clock.now(), &ground.mint)?;
    keys.keep(agency, &signer).context("the folder of keys")?;
    tell(agency, &signer);
    Ok(())
}

fn list(config: &Config) -> Result<()> {
    let ground = Ground::existing(config)?;
    let (tenant, keys) = (config.tenant.clone(), config.certificates());
    let directory = ground.store.read(move |tx| Directory::load(tx, &tenant)).wait()?;
    for agency in directory.agencies() {
        match keys.of(&agency.code) {
            Ok(Some(signer)) => tell(&agency.code, &signer),
            Ok(None) => {}
            Err(fault) => println!("{}\t{fault}", agency.code),
        }
    }
    Ok(())
}

/// The name of an agency of the directory.
fn known(ground: &Ground, config: &Config, agency: &AgencyCode) -> Result<String> {
    let tenant = config.tenant.clone();
    let directory = ground.store.read(move |tx| Directory::load(tx, &tenant)).wait()?;
    match directory.agency_by_code(agency) {
        Some(agency) => Ok(agency.name.clone()),
        None => bail!("no agency has the code {agency}"),
    }
}

fn tell(agency: &AgencyCode, signer: &Signer) {
    let certificate = signer.certificate();
    let (_, until) = certificate.validity();
    let (subject, issuer) = (certificate.subject(), certificate.issuer());
    let until = kernel::today(until);
    println!("{agency}\t{}\t{subject}\t{issuer}\tuntil {until}", signer.kind());
}
