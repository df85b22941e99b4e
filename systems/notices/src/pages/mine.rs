//! How somebody is told: their addresses, their quiet hours, and what they were told lately.

use axum::{Router, extract::State, routing::get};
use identity::party;
use kernel::{PhoneNumber, Tenant};
use maud::{Markup, html};
use notices::{Address, Channel, Contact, ContactState, NoticeState, Quiet, Told, Wishes};
use web::{
    PageContext,
    components::{
        empty, errors,
        fields::{self, Choice, Field},
        note::{self, Tone},
    },
    form::Faults,
    http::Problem,
    page::csrf_field,
    tr,
};

use super::{push::SCRIPT_PATH, whose::Whose};
use crate::Teller;

/// What they were told, at most so much of it.
const TOLD_MAX: u32 = 10;

pub(super) fn routes<W: Whose>() -> Router<Teller> {
    Router::new().route(W::AT, get(show::<W>))
}

async fn show<W: Whose>(State(teller): State<Teller>, me: W) -> Result<Markup, Problem> {
    page(&teller, &me, "", &Faults::default()).await
}

struct Mine {
    contacts: Vec<Contact>,
    wishes: Wishes,
    told: Vec<Told>,
    /// The telephone number that their identity was proved with.
    phone: Option<PhoneNumber>,
}

pub(super) async fn phone<W: Whose>(teller: &Teller, me: &W) -> crate::Result<Option<PhoneNumber>> {
    if !W::PROVED_PHONE {
        return Ok(None);
    }
    let owner = me.party();
    let read = teller.read(move |tx, teller| {
        let (tenant, keyring): (&Tenant, _) = (&teller.desk.front.tenant, &teller.desk.keyring);
        Ok(party::load(tx, tenant, keyring, owner)?.and_then(|known| known.phone))
    });
    read.await
}

pub(super) async fn page<W: Whose>(
    teller: &Teller,
    me: &W,
    typed: &str,
    faults: &Faults,
) -> Result<Markup, Problem> {
    let owner = me.party();
    let phone = phone(teller, me).await?;
    let read = teller.read(move |tx, teller| {
        let (tenant, keyring) = (&teller.desk.front.tenant, &teller.desk.keyring);
        Ok((
            notices::contacts(tx, tenant, keyring, owner)?,
            notices::wishes(tx, tenant, owner)?,
            notices::told(tx, tenant, owner, TOLD_MAX)?,
        ))
    });
    let (contacts, wishes, told) = read.await?;
    let mine = Mine { contacts, wishes, told, phone };
    let ctx = me.frame(teller).await?;
    let title = tr!(me, "tell-title");
    let offered = teller.settings.channels();
    let main = html! {
        (errors::summary(me.words(), faults))
        p.muted { (me.words().t(W::LEAD)) }
        section.card aria-labelledby="dc" {
            h2 #dc { (tr!(me, "tell-addresses")) }
            @if mine.contacts.is_empty() { (empty::empty(&tr!(me, "tell-no-address"), None)) }
            @for contact in &mine.contacts { (one(me, &ctx, contact)) }
        }
        @if offered.contains(&Channel::Email) { (email(me, &ctx, typed, faults)) }
        @if offered.contains(&Channel::Push) {
            @if let Some(push) = &teller.settings.push { (browser(me, &ctx, &push.key.public())) }
        }
        @for channel in [Channel::Zalo, Channel::Sms] {
            @if W::PROVED_PHONE && offered.contains(&channel) {
                (telephone(me, &ctx, &mine, channel))
            }
        }
        (quiet(me, &ctx, &mine.wishes))
        (lately(me, &mine.told))
    };
    Ok(W::page(&ctx, &errors::title(me.words(), faults, &title), &title, main))
}

fn one<W: Whose>(me: &W, ctx: &PageContext, contact: &Contact) -> Markup {
    let words = me.words();
    let channel = words.t(&format!("tell-channel-{}", contact.channel.word()));
    let state = words.t(&format!("tell-state-{}", contact.state.word()));
    let address = contact.address.masked();
    let stop = tr!(me, "tell-remove-of", address = address.as_str());
    html! {
        div.given {
            div {
                p { (channel) ": " b { (address) } }
                p.muted { (state) }
                @if contact.state == ContactState::Unconfirmed {
                    p { (tr!(me, "tell-unconfirmed-how")) }
                }
            }
            form method="post" action={ (W::AT) "/bo" } {
                (csrf_field(ctx))
                input type="hidden" name="noi" value=(contact.id);
                button.btn aria-label=(stop) { (tr!(me, "tell-remove")) }
            }
        }
    }
}

fn email<W: Whose>(me: &W, ctx: &PageContext, typed: &str, faults: &Faults) -> Markup {
    let (label, hint) = (tr!(me, "tell-email"), tr!(me, "tell-email-hint"));
    let field = Field::new("thu", &label).hint(&hint).fault(faults.of("thu"));
    let field = field.autocomplete("email").keyboard("email").letters_max(254);
    html! {
        section.card aria-labelledby="em" {
            h2 #em { (tr!(me, "tell-by-email")) }
            form.stack method="post" action={ (W::AT) "/thu-dien-tu" } {
                (csrf_field(ctx))
                (fields::text(me.words(), &field, typed))
                p.acts { button.btn.go { (tr!(me, "tell-email-do")) } }
            }
        }
    }
}

/// Only the script can ask a browser; without it the section says so.
fn browser<W: Whose>(me: &W, ctx: &PageContext, key: &str) -> Markup {
    html! {
        section.card aria-labelledby="td" data-push=(key) data-csrf=(ctx.csrf)
            data-to={ (W::AT) "/trinh-duyet" } data-no=(tr!(me, "tell-push-denied"))
            data-bad=(tr!(me, "tell-push-failed")) {
            h2 #td { (tr!(me, "tell-by-push")) }
            p { (tr!(me, "tell-push-what")) }
            div hidden { p.acts { button.btn.go type="button" { (tr!(me, "tell-push-do")) } } }
            p.muted role="status" { (tr!(me, "tell-push-none")) }
            script type="module" src=(SCRIPT_PATH) {}
        }
    }
}

fn telephone<W: Whose>(me: &W, ctx: &PageContext, mine: &Mine, channel: Channel) -> Markup {
    let words = me.words();
    let there = mine.contacts.iter().any(|contact| {
        contact.state == ContactState::On
            && matches!(
                (&contact.address, channel),
                (Address::Sms(_), Channel::Sms) | (Address::Zalo(_), Channel::Zalo)
            )
    });
    let word = channel.word();
    html! {
        @if !there {
            section.card aria-labelledby=(word) {
                h2 id=(word) { (words.t(&format!("tell-by-{word}"))) }
                @match &mine.phone {
                    Some(phone) => form.stack method="post" action={ (W::AT) "/dien-thoai" } {
                        (csrf_field(ctx))
                        input type="hidden" name="kenh" value=(word);
                        p { (tr!(me, "tell-phone-which")) }
                        p.acts {
                            button.btn.go { (tr!(me, "tell-phone-do", phone = phone.masked())) }
                        }
                    },
                    None => { (note::note(Tone::Plain, html! { p { (tr!(me, "tell-phone-none")) } })) }
                }
            }
        }
    }
}

fn quiet<W: Whose>(me: &W, ctx: &PageContext, wishes: &Wishes) -> Markup {
    let hours: Vec<Choice> = (0..24)
        .map(|hour| format!("{hour:02}:00"))
        .map(|hour| Choice::new(hour.clone(), hour))
        .collect();
    let (from, to) = wishes.quiet.unwrap_or(Quiet::usual()).hours();
    let labels = [tr!(me, "tell-quiet-on"), tr!(me, "tell-quiet-from"), tr!(me, "tell-quiet-to")];
    html! {
        section.card aria-labelledby="gy" {
            h2 #gy { (tr!(me, "tell-quiet")) }
            form.stack method="post" action={ (W::AT) "/gio-yen" } {
                (csrf_field(ctx))
                (fields::checkbox(&Field::new("yen", &labels[0]), wishes.quiet.is_some()))
                (fields::select(me.words(), &Field::new("tu", &labels[1]), &hours, &from))
                (fields::select(me.words(), &Field::new("den", &labels[2]), &hours, &to))
                p.muted { (tr!(me, "tell-quiet-what")) }
                p.acts { button.btn { (tr!(me, "tell-quiet-do")) } }
            }
        }
    }
}

fn lately<W: Whose>(me: &W, told: &[Told]) -> Markup {
    let words = me.words();
    html! {
        section.card aria-labelledby="gd" {
            h2 #gd { (tr!(me, "tell-lately")) }
            @if told.is_empty() { p { (tr!(me, "tell-lately-none")) } }
            @else {
                ul.l {
                    @for one in told {
                        @let channel = words.t(&format!("tell-channel-{}", one.notice.channel.word()));
                        @let what = words.t(&format!("tell-what-{}", one.notice.occasion.word()));
                        li {
                            b { (what) }
                            @if let Some(code) = &one.code { " " span.num { (code.as_str()) } }
                            br;
                            span.muted {
                                (channel) ", " (words.moment_near(one.done_at.unwrap_or(one.notice.created_at), me.now()))
                                ", " (words.t(fate(one.state)))
                            }
                        }
                    }
                }
            }
        }
    }
}

const fn fate(state: NoticeState) -> &'static str {
    match state {
        NoticeState::Waiting => "tell-fate-waiting",
        NoticeState::Sent => "tell-fate-sent",
        NoticeState::Dead => "tell-fate-dead",
        NoticeState::Dropped => "tell-fate-dropped",
    }
}
