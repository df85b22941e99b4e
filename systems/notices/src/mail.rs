//! E-mail: plain text, so that every reader shows it and nothing in it can act.

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Tls as Line, TlsParameters},
    },
};
use notices::{Claimed, MailSettings, Outcome, Tls, out::Saying};

use crate::{Teller, error::OpenFault, words};

/// How long the server is waited for, each time that it is spoken to.
const WAIT: Duration = Duration::from_secs(10);

/// The way to the mail server.
pub(crate) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    pub(crate) fn new(settings: &MailSettings, name: &str) -> Result<Self, OpenFault> {
        let fault = |error: &dyn std::error::Error| OpenFault::Mail(error.to_string());
        let tls = || TlsParameters::new(settings.host.clone()).map_err(|error| fault(&error));
        let line = match settings.tls {
            Tls::Implicit => Line::Wrapper(tls()?),
            Tls::Starttls => Line::Required(tls()?),
            Tls::None => Line::None,
        };
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .port(settings.port)
            .tls(line)
            .timeout(Some(WAIT));
        if let Some((login, password)) = &settings.login {
            let password = password.expose_text();
            let password = password.ok_or_else(|| OpenFault::Mail("the password".to_owned()))?;
            let credentials = Credentials::new(login.clone(), password.trim_end().to_owned());
            transport = transport.credentials(credentials);
        }
        let from =
            settings.from.parse().map_err(|error: lettre::address::AddressError| fault(&error))?;
        let from = Mailbox::new(Some(name.to_owned()), from);
        Ok(Self { transport: transport.build(), from })
    }

    /// Hands a message to the server.
    pub(crate) async fn send(
        &self,
        teller: &Teller,
        claimed: &Claimed,
        to: &str,
        saying: &Saying,
    ) -> Outcome {
        let Some(message) = self.message(teller, claimed, to, saying) else {
            return Outcome::Refused("mail_address");
        };
        let sent = tokio::time::timeout(WAIT * 2, self.transport.send(message)).await;
        match sent {
            Err(_) => Outcome::Later("mail_silent"),
            Ok(Ok(_)) => Outcome::Sent,
            Ok(Err(error)) => judged(&error),
        }
    }

    fn message(
        &self,
        teller: &Teller,
        claimed: &Claimed,
        to: &str,
        saying: &Saying,
    ) -> Option<Message> {
        let (subject, foot) = words::around(teller, claimed);
        let stop = words::stop_link(teller, claimed);
        // The same notice has the same number, however often it is sent.
        let id = format!("<{}@{}>", claimed.notice.id.uuid().simple(), self.from.email.domain());
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.parse().ok()?))
            .subject(subject)
            .message_id(Some(id))
            .header(ContentType::TEXT_PLAIN)
            .raw_header(raw("Auto-Submitted", "auto-generated")?)
            .raw_header(raw("List-Unsubscribe", &format!("<{stop}>"))?)
            .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?)
            .body(format!("{}\n\n{}\n\n-- \n{foot}\n", saying.text, saying.link))
            .ok()
    }
}

fn raw(name: &'static str, value: &str) -> Option<header::HeaderValue> {
    let name = header::HeaderName::new_from_ascii(name.to_owned()).ok()?;
    Some(header::HeaderValue::new(name, value.to_owned()))
}

fn judged(error: &lettre::transport::smtp::Error) -> Outcome {
    let Some(code) = error.status().filter(|_| error.is_permanent()) else {
        return Outcome::Later("mail_away");
    };
    match u16::from(code) {
        // Nobody has that address.
        550 | 551 | 553 => Outcome::Gone,
        // It does not let us in: a fault of ours, to be mended.
        530..=539 => Outcome::Later("mail_login"),
        _ => Outcome::Refused("mail_refused"),
    }
}
