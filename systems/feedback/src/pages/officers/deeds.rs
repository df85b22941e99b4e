//! What can be done with a report now, each a form of its own.

use casework::Status;
use identity::access::{Action, Target};
use kernel::AgencyId;
use maud::{Markup, html};
use web::{
    Icon, PageContext, SignedIn,
    components::{
        fields::{self, Choice, Field},
        section::card,
    },
    form::Faults,
    icon,
    page::csrf_field,
    tr,
};

use super::{Open, first_category, suggestions};
use crate::{
    Feedback,
    model::Refusal,
    pages::{OFFICE, parts, typed::Typed},
    queries::Near,
};

/// What the page needs while it writes the forms.
struct Forms<'a> {
    feedback: &'a Feedback,
    me: &'a SignedIn,
    ctx: &'a PageContext,
    open: &'a Open,
    typed: &'a Typed,
    faults: &'a Faults,
}

/// The forms that this officer may send now.
pub(super) fn deeds(
    feedback: &Feedback,
    me: &SignedIn,
    ctx: &PageContext,
    open: &Open,
    typed: &Typed,
    faults: &Faults,
) -> Markup {
    let forms = Forms { feedback, me, ctx, open, typed, faults };
    let case = &open.whole.case;
    let step = case.holdings.keys().next().map(|step| step.as_str());
    html! {
        @match case.status {
            Status::Submitted if forms.may(Action::Accept) => {
                (forms.sort()) (forms.same()) (forms.ask()) (forms.refuse())
            }
            Status::InProgress if step == Some("xu-ly") && forms.may(Action::CompleteStep) => {
                (forms.answer()) (forms.same_in_hand()) (forms.ask()) (forms.reroute())
            }
            Status::InProgress if step == Some("duyet") && forms.may(Action::CompleteStep) => {
                (forms.approve()) (forms.same_in_hand()) (forms.reroute())
            }
            Status::InProgress if forms.may(Action::Forward) => {
                (forms.same_in_hand()) (forms.reroute())
            }
            Status::InProgress if !open.near.is_empty() && forms.may(Action::Discontinue) => {
                (forms.same())
            }
            Status::Finished if forms.may(Action::ReturnResult) => { (forms.publish()) }
            _ => { p.note { (tr!(me, "feedback-nothing-to-do")) } }
        }
    }
}

impl Forms<'_> {
    fn may(&self, action: Action) -> bool {
        let facts = self.feedback.facts(&self.open.whole.case, &self.feedback.moment());
        self.me.may(&self.feedback.front, action, Target::Case(&facts)).is_allowed()
    }

    fn t(&self, key: &str) -> String {
        self.me.words.t(key)
    }

    /// A form that sends a deed.
    fn form(&self, deed: &str, fields: Markup, button: &str, main: bool) -> Markup {
        let code = &self.open.whole.report.code;
        html! {
            form.stack method="post" action={ (OFFICE) "/" (code) "/" (deed) }
                enctype="multipart/form-data" data-main[main] {
                (csrf_field(self.ctx))
                input type="hidden" name="version" value=(self.open.whole.case.version);
                (fields)
                p.acts { button.btn.go[main] { (self.t(button)) } }
            }
        }
    }

    /// What was typed, or what is known.
    fn value<'v>(&'v self, name: &str, known: &'v str) -> &'v str {
        let typed = self.typed.get(name);
        if typed.is_empty() { known } else { typed }
    }

    fn words(&self, name: &str, label: &str, hint: &str, known: &str) -> Markup {
        let (label, hint) = (self.t(label), self.t(hint));
        let field = Field::new(name, &label).hint(&hint).letters_max(4000);
        fields::textarea(
            &self.me.words,
            &field.fault(self.faults.of(name)),
            self.value(name, known),
        )
    }

    /// Takes it on: category, place, who answers, what the public reads.
    fn sort(&self) -> Markup {
        let (open, words) = (self.open, &self.me.words);
        let report = &open.whole.report;
        let category = first_category(open);
        let chosen = self.value("linh_vuc", category.word());
        let categories: Vec<Choice> =
            parts::categories(words, String::new()).into_iter().skip(1).collect();
        let communes = parts::communes(self.feedback, self.t("feedback-choose-place"));
        let place = report.place.as_ref().map_or("", |place| place.as_str());
        let directory = self.feedback.front.directory.get();
        let route = open.rules.route(category, report.place.as_ref(), &directory, self.me.now);
        let to = route.to.map(|to| parts::agency(&directory, to)).unwrap_or_default();
        let (category_label, place_label) = (self.t("feedback-category"), self.t("feedback-place"));
        let fields = html! {
            (suggestions(self.me, open))
            (fields::select(words, &Field::new("linh_vuc", &category_label), &categories, chosen))
            (fields::select(words, &Field::new("xa", &place_label), &communes, self.value("xa", place)))
            (self.agencies("feedback-to-hint", &tr!(self.me, "feedback-by-rules", agency = to)))
            @if report.wanted_shown {
                (self.words("cong_khai_noi_dung", "feedback-public-text", "feedback-public-text-hint",
                    &crate::redact::masked(open.whole.said("noi_dung"))))
                @let label = self.t("feedback-public-place");
                (fields::text(words, &Field::new("cong_khai_noi", &label).optional().letters_max(200),
                    self.value("cong_khai_noi", open.whole.said("dia_chi"))))
                @let show = self.t("feedback-show");
                (fields::checkbox(&Field::new("cong_khai", &show), true))
            } @else { p.row.muted { (icon(Icon::Lock)) (self.t("feedback-is-private")) } }
        };
        card(
            "d-sort",
            &self.t("feedback-deed-sort"),
            self.form("chuyen", fields, "feedback-do-sort", true),
        )
    }

    /// The agencies that may answer; `first` stands for none of them.
    fn agencies(&self, hint: &str, first: &str) -> Markup {
        let directory = self.feedback.front.directory.get();
        let now = self.me.now;
        let there = directory.agencies().filter(|agency| agency.validity.covers(now));
        let mut choices: Vec<Choice> =
            there.map(|agency| Choice::new(agency.id.to_string(), agency.name.clone())).collect();
        choices.sort_by_cached_key(|choice| kernel::fold(&choice.label));
        choices.insert(0, Choice::new("", first));
        let (label, hint) = (self.t("feedback-to"), self.t(hint));
        let field = Field::new("co_quan", &label).hint(&hint).fault(self.faults.of("co_quan"));
        fields::select(&self.me.words, &field, &choices, self.typed.get("co_quan"))
    }

    /// What is perhaps the same, with how sure that is.
    fn same(&self) -> Markup {
        let near = &self.open.near;
        let one = |near: &Near| {
            let report = &near.report;
            let text = report.public_text.as_deref().map(parts::beginning);
            let far = near.metres.map(|metres| self.me.words.decimal(metres, 0));
            html! {
                li {
                    a href={ (OFFICE) "/" (report.code) } { (report.code) }
                    " " (parts::category(&self.me.words, report.category))
                    @if let Some(far) = far { ", " (tr!(self.me, "feedback-away", n = far)) }
                    ", " b { (self.me.words.share(f64::from(near.sure))) }
                    @if let Some(text) = text { p.small.muted { (text) } }
                    (self.form("gop", html! {
                        input type="hidden" name="vao" value=(report.code);
                    }, "feedback-do-merge", false))
                }
            }
        };
        html! {
            @if !near.is_empty() {
                (card("d-same", &self.t("feedback-deed-same"), html! {
                    p.muted { (self.t("feedback-deed-same-lead")) }
                    ul.stack.l { @for near in near { (one(near)) } }
                }))
            }
        }
    }

    /// The same once it was taken on: to stop one of the two is for the head.
    fn same_in_hand(&self) -> Markup {
        html! { @if self.may(Action::Discontinue) { (self.same()) } }
    }

    fn ask(&self) -> Markup {
        let fields = self.words("hoi", "feedback-question", "feedback-question-hint", "");
        let form = self.form("hoi", fields, "feedback-do-ask", false);
        folded(&self.t("feedback-deed-ask"), self.faults.of("hoi").is_some(), form)
    }

    fn refuse(&self) -> Markup {
        let choices: Vec<Choice> = Refusal::ALL
            .iter()
            .map(|why| Choice::new(why.word(), self.t(&format!("feedback-refusal-{}", why.word()))))
            .collect();
        let label = self.t("feedback-refuse-why");
        let why = Field::new("vi_sao", &label).fault(self.faults.of("vi_sao"));
        let fields = html! {
            (fields::radios(&self.me.words, &why, &choices, self.typed.get("vi_sao")))
            (self.words("loi", "feedback-refuse-words", "feedback-refuse-hint", ""))
        };
        let form = self.form("tu-choi", fields, "feedback-do-refuse", false);
        let open = self.faults.of("vi_sao").or(self.faults.of("loi")).is_some();
        folded(&self.t("feedback-deed-refuse"), open, form)
    }

    fn answer(&self) -> Markup {
        let label = self.t("feedback-photos");
        let fields = html! {
            (self.words("tra_loi", "feedback-answer", "feedback-answer-hint",
                self.open.whole.answer().unwrap_or_default()))
            div.field {
                label for="f-anh" { (label) " " small { (self.t("feedback-optional")) } }
                @if let Some(fault) = self.faults.of("anh") { span.err { (icon(Icon::Late)) (fault) } }
                input id="f-anh" type="file" name="anh" accept="image/jpeg,image/png,image/webp" multiple;
            }
        };
        let form = self.form("tra-loi", fields, "feedback-do-answer", true);
        card("d-answer", &self.t("feedback-deed-answer"), form)
    }

    fn reroute(&self) -> Markup {
        let fields = html! {
            (self.agencies("feedback-reroute-hint", &self.t("feedback-choose-an-agency")))
            (self.words("ly_do", "feedback-reroute-why", "feedback-reroute-why-hint", ""))
        };
        let form = self.form("chuyen-lai", fields, "feedback-do-reroute", false);
        let open = self.faults.of("co_quan").or(self.faults.of("ly_do")).is_some();
        folded(&self.t("feedback-deed-reroute"), open, form)
    }

    fn approve(&self) -> Markup {
        let approve = self.form("duyet", html! {}, "feedback-do-approve", true);
        let why = self.words("ly_do", "feedback-back-why", "feedback-back-hint", "");
        let back = self.form("tra-lai", why, "feedback-do-back", false);
        html! {
            (card("d-approve", &self.t("feedback-deed-approve"), html! {
                p.muted { (self.t("feedback-approve-lead")) } (approve)
            }))
            (folded(&self.t("feedback-deed-back"), self.faults.of("ly_do").is_some(), back))
        }
    }

    /// What the public reads of the answer, and which photos.
    fn publish(&self) -> Markup {
        let answer = crate::redact::masked(self.open.whole.answer().unwrap_or_default());
        let photos: Vec<_> =
            self.open.whole.photos.iter().filter(|photo| photo.kind == "answer").collect();
        let base = format!("{OFFICE}/{}/anh/", self.open.whole.report.code);
        let fields = html! {
            (self.words("tra_loi", "feedback-public-answer", "feedback-public-answer-hint", &answer))
            @for photo in &photos {
                label.row {
                    input type="checkbox" name="anh_cong_khai" value=(photo.hash) checked;
                    img src={ (base) (photo.small) ".jpg" } width="120" height="90" alt=(self.t("feedback-show-photo"));
                    " " (self.t("feedback-show-photo"))
                }
            }
        };
        let form = self.form("cong-khai", fields, "feedback-do-publish", true);
        card("d-publish", &self.t("feedback-deed-publish"), form)
    }
}

fn folded(title: &str, open: bool, body: Markup) -> Markup {
    html! {
        details.card open[open] { summary { (title) (icon(Icon::Down)) } (body) }
    }
}

/// An agency as a form sends it.
pub(in crate::pages) fn agency_of(typed: &Typed) -> Option<AgencyId> {
    typed.get("co_quan").parse().ok()
}
