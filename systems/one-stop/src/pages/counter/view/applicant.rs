//! Section 2: who applies. What is known is shown with its source and not asked again. Nothing
//! of it is kept in a draft of the browser.

use identity::party::Known;
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        fields,
        fields::{Choice, Field},
        section::{Reached, numbered},
    },
    tr,
};

use super::Page;
use crate::pages::counter::{filing::RETURNS, known};

pub(super) fn applicant(page: &Page<'_>) -> Markup {
    let (me, typed, words) = (page.me, page.typed, &page.ctx.words);
    let label = tr!(me, "counter-number");
    let hint = tr!(me, "counter-number-hint");
    let number = Field::new("so", &label).hint(&hint).fault(page.faults.of("so")).nodraft();
    let none = tr!(me, "counter-number-none");
    let none = Field::new("khong-so", &none);
    let ways = returns(me);
    let way = match typed.text("nhan-ket-qua") {
        "" => RETURNS[0],
        way => way,
    };
    let number = number.keyboard("numeric").letters_max(20);
    let body = html! {
        input type="hidden" name=(known::LOOKED_UP) value=(typed.text(known::LOOKED_UP));
        div.grid.g3 {
            (fields::input(words, &number, "text", typed.text("so")))
            div.field {
                button.btn name="do" value="doi-chieu" formnovalidate { (tr!(me, "counter-look-up")) }
            }
            (fields::checkbox(&none, typed.ticked("khong-so")))
            @match page.known {
                Some(known) => (known_person(page, known)),
                None => (new_person(page)),
            }
            (fields::select(words, &Field::new("nhan-ket-qua", &tr!(me, "counter-return")), &ways, way))
        }
    };
    let reached = match page.known {
        Some(_) => Reached::Proven(tr!(me, "counter-known", at = words.time(me.now))),
        None => Reached::Open,
    };
    numbered(2, &tr!(me, "counter-applicant"), &reached, body)
}

fn returns(me: &SignedIn) -> Vec<Choice> {
    let choice = |way: &str| Choice::new(way, me.words.t(&format!("counter-return-{way}")));
    RETURNS.into_iter().map(choice).collect()
}

/// What is known is shown with its source, covered, and not asked again.
fn known_person(page: &Page<'_>, known: &Known) -> Markup {
    let (me, words) = (page.me, &page.ctx.words);
    let source = tr!(me, "counter-known-source");
    let party = &known.party;
    let shown = |name: &str, label: &str, value: &str| {
        fields::text(words, &Field::new(name, label).source(&source), value)
    };
    html! {
        (shown("da-biet-ten", &tr!(me, "counter-name"), &party.name))
        @match party.born {
            Some(born) => (shown("da-biet-sinh", &tr!(me, "counter-born"), &words.date(born))),
            None => (typed_date(page, "ngay-sinh-nguoi-nop", &tr!(me, "counter-born"))),
        }
        @match &party.phone {
            Some(phone) => (shown("da-biet-thoai", &tr!(me, "counter-phone"), &phone.masked())),
            None => (phone_field(page)),
        }
        @match &party.address {
            Some(address) => (shown("da-biet-noi-o", &tr!(me, "counter-address"), address)),
            None => (text_field(page, "dia-chi", &tr!(me, "counter-address"), false)),
        }
    }
}

fn new_person(page: &Page<'_>) -> Markup {
    let me = page.me;
    html! {
        (text_field(page, "ho-ten", &tr!(me, "counter-name"), false))
        (typed_date(page, "ngay-sinh-nguoi-nop", &tr!(me, "counter-born")))
        (phone_field(page))
        (text_field(page, "dia-chi", &tr!(me, "counter-address"), false))
    }
}

fn phone_field(page: &Page<'_>) -> Markup {
    let label = tr!(page.me, "counter-phone");
    let field = Field::new("dien-thoai", &label).fault(page.faults.of("dien-thoai")).optional();
    fields::input(&page.ctx.words, &field.letters_max(20), "tel", page.typed.text("dien-thoai"))
}

fn text_field(page: &Page<'_>, name: &str, label: &str, optional: bool) -> Markup {
    let field = Field { optional, ..Field::new(name, label) };
    let field = field.fault(page.faults.of(name)).letters_max(200).nodraft();
    fields::text(&page.ctx.words, &field, page.typed.text(name))
}

fn typed_date(page: &Page<'_>, name: &str, label: &str) -> Markup {
    let hint = tr!(page.me, "counter-date-hint");
    let field = Field::new(name, label).hint(&hint).fault(page.faults.of(name)).nodraft();
    fields::date(&page.ctx.words, &field, page.typed.text(name))
}
