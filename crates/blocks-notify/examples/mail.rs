//! Tells of a run by mail: `tests/by-hand/exim` sends to a server of others by it.
//!
//! `mail FOLDER HOST PORT tls|starttls|none REPORT BRANCH RECIPIENT…`, with the login and the file of certificates in the
//! environment as by `cargo blocks notify`.

use std::env;
use std::error::Error;
use std::time::{SystemTime, UNIX_EPOCH};

use blocks_failures::Run;
use blocks_notify::{
    Couriers, Folder, Login, Recipients, Scene, Security, Sender, Smtp, SmtpSettings, Telling,
    Told, tell,
};

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = env::args().skip(1).collect();
    let [folder, host, port, security, report, branch, to @ ..] = &*words else {
        return Err("FOLDER HOST PORT SECURITY REPORT BRANCH RECIPIENT…".into());
    };
    let settings = SmtpSettings {
        host: host.clone(),
        port: Some(port.parse()?),
        security: match &**security {
            "tls" => Security::Tls,
            "starttls" => Security::StartTls,
            _ => Security::None,
        },
        login: Login::from_environment(|name| env::var(name).ok())?,
        certificates: env::var_os(SmtpSettings::CERTIFICATES).map(Into::into),
        timeout: SmtpSettings::TIMEOUT,
    };
    let run = Run::parse(&std::fs::read(report)?)?;
    let recipients = Recipients { always: to.to_vec(), ..Recipients::default() };
    let sender = Sender::parse("Checks <checks@example.org>")?;
    let telling = Telling {
        run: &run,
        scene: Scene {
            name: &run.name,
            repository: &run.name,
            branch,
            revision: run.revision.as_deref(),
            link: None,
        },
        told: Told { on_failure: true, on_success: false },
        mail: Some((&sender, &recipients)),
        webhook: None,
        now: SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs(),
    };
    let mut smtp = Smtp::new(settings)?;
    let mut couriers = Couriers { mail: Some(&mut smtp), webhook: None };
    let (plan, delivery) = tell(&Folder::open(folder)?, &telling, &mut couriers)?;
    println!("{}", plan.letter.map_or_else(|| "nothing new".to_owned(), |it| it.subject));
    println!("{delivery:?}");
    Ok(())
}
