//! What may be done to a dossier: one address for each command, so that each has a body of its
//! own, a name in logs and figures, and a line in the description.

use axum::{extract::State, response::Response};
use casework::{Command, Component, Note};
use desk::{Kept, files_of};
use kernel::Instant;
use utoipa_axum::{router::OpenApiRouter, routes};

mod body;

use body::*;

use super::{
    answer::{Fault, Refusals},
    take::{Body, Caller, Code, CommandHeaders, Conditions},
    view::Outcome,
};
use crate::{
    Desk, Error,
    commands::{Act, act_in},
};

/// One handler for each line: name in the address, and its body.
macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident at $path:literal takes $body:ident;)*) => {
        $(
            $(#[$doc])*
            #[utoipa::path(
                post,
                path = $path,
                tag = "commands",
                params(("code" = String, Path, description = "Code of the dossier"), CommandHeaders),
                request_body = $body,
                responses(
                    (status = 200, description = "Done", body = Outcome),
                    (status = 409, description = "Where the dossier stands, this is not done"),
                    (status = 412, description = "Somebody was faster; `version` is the new one"),
                    Refusals,
                ),
            )]
            async fn $name(
                State(desk): State<Desk>,
                me: Caller,
                code: Code,
                conditions: Conditions,
                body: Body<$body>,
            ) -> Result<Response, Fault> {
                let (happened_at, command) = body.value.into();
                run(&desk, &me, code, &conditions, body.request, happened_at, command).await
            }
        )*

        pub(super) fn routes() -> OpenApiRouter<Desk> {
            OpenApiRouter::new()$(.routes(routes!($name)))*
        }
    };
}

commands! {
    /// Take a dossier on: the clock starts, the first step opens
    accept at "/api/v1/dossiers/{code}/accept" takes Accept;
    /// Not take a dossier on (form 03)
    decline at "/api/v1/dossiers/{code}/decline" takes Decline;
    /// Give an open step to another seat
    assign at "/api/v1/dossiers/{code}/assign" takes Assign;
    /// Complete an open step
    complete at "/api/v1/dossiers/{code}/complete" takes Complete;
    /// Send a dossier back to an earlier step
    send_back at "/api/v1/dossiers/{code}/send_back" takes SendBack;
    /// Ask the applicant for papers (form 02); the clock stands
    request_supplement at "/api/v1/dossiers/{code}/request_supplement" takes RequestSupplement;
    /// Allow a second request for papers, as the head
    approve_second_supplement at "/api/v1/dossiers/{code}/approve_second_supplement"
        takes ApproveSecondSupplement;
    /// Take in the papers that were asked for; the clock goes on
    receive_supplement at "/api/v1/dossiers/{code}/receive_supplement" takes ReceiveSupplement;
    /// Say what the applicant has to pay
    set_obligation at "/api/v1/dossiers/{code}/set_obligation" takes SetObligation;
    /// Free the applicant of something that the law frees them of
    waive_obligation at "/api/v1/dossiers/{code}/waive_obligation" takes WaiveObligation;
    /// Record a payment
    record_payment at "/api/v1/dossiers/{code}/record_payment" takes RecordPayment;
    /// Stop the clock on a legal ground
    suspend at "/api/v1/dossiers/{code}/suspend" takes Suspend;
    /// Let the clock go on
    resume at "/api/v1/dossiers/{code}/resume" takes Resume;
    /// Apologise and promise a new date (form 04)
    extend at "/api/v1/dossiers/{code}/extend" takes Extend;
    /// Stop a dossier (form 05)
    discontinue at "/api/v1/dossiers/{code}/discontinue" takes Discontinue;
    /// Record that the applicant takes the dossier back
    withdraw at "/api/v1/dossiers/{code}/withdraw" takes Withdraw;
    /// Hand over the result
    return_result at "/api/v1/dossiers/{code}/return_result" takes ReturnResult;
}

async fn run(
    desk: &Desk,
    me: &Caller,
    Code(code): Code,
    conditions: &Conditions,
    request: [u8; 32],
    happened_at: Option<Instant>,
    command: Command,
) -> Result<Response, Fault> {
    let (desk_too, me_too, wanted) = (desk.clone(), me.clone(), code.clone());
    let expected = conditions.expected;
    let work = move |tx: &mut store::Tx<'_>| {
        let tenant = &desk_too.front.tenant;
        let case = desk::load_dossier(tx, tenant, &wanted)?;
        let case = case.ok_or(casework::Error::NoSuchCase)?;
        if let Command::ReceiveSupplement { components } = &command {
            came_with_it(tx, &desk_too, &case, components)?;
        }
        let act = Act { case: case.id, expected, happened_at, command: command.clone() };
        let done = act_in(tx, &desk_too, &me_too, case, &act)?;
        let body = serde_json::to_string(&Outcome::of(&desk_too, &done.case, &done.events))?;
        Ok(Kept { status: 200, version: Some(done.case.version), location: None, body })
    };
    me.write_once(desk, conditions, request, Some(&code), work).await
}

/// A paper may only name a file that is the dossier's own.
fn came_with_it(
    tx: &mut store::Tx<'_>,
    desk: &Desk,
    case: &casework::Case,
    components: &[Component],
) -> crate::Result<()> {
    if components.iter().all(|component| component.file.is_none()) {
        return Ok(());
    }
    let files = files_of(tx, desk, case.id)?;
    let known = |hash: &String| files.iter().any(|file| file.hash == *hash);
    match components.iter().filter_map(|component| component.file.as_ref()).find(|h| !known(h)) {
        None => Ok(()),
        Some(_) => Err(Error::File(files::Error::NotAHash)),
    }
}

fn note(words: Option<String>) -> Note {
    Note(words.unwrap_or_default())
}
