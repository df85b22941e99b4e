//! The page to report, the page with what is perhaps the same, the map to tap on.

use maud::{Markup, html};
use web::{
    Icon, MaybeCitizen, PageContext, Words,
    components::{
        errors,
        fields::{self, Field},
    },
    form::Faults,
    icon,
    page::{self, csrf_field},
    tr,
};

use super::super::{PUBLIC, SCRIPT, map, parts, typed::Typed};
use crate::{Feedback, geo::Point, photo::COUNT_MAX, queries::Near, suggestion::Suggestion};

/// What the form carries from page to page without showing it.
const CARRIED: &[&str] = &[
    "noi_dung",
    "xa",
    "dia_chi",
    "linh_vuc",
    "ten",
    "dien_thoai",
    "an_ten",
    "khong_cong_khai",
    "vi_do",
    "kinh_do",
    "theo_anh",
    "luc",
    "muc",
    "khac",
    "trang_web",
];
const NEW: &str = "/phan-anh/moi";

fn context(me: &MaybeCitizen) -> PageContext {
    let mut ctx = me.page();
    ctx.place.unit = tr!(ctx, "feedback-title");
    NEW.clone_into(&mut ctx.path);
    ctx
}

pub(super) fn form(
    feedback: &Feedback,
    me: &MaybeCitizen,
    typed: &Typed,
    faults: &Faults,
) -> Markup {
    let ctx = context(me);
    let words = &ctx.words;
    let kept = feedback.form_age(typed.get("luc"), me.now).is_some_and(|age| age < 86_400);
    let stamp = if kept { typed.get("luc").to_owned() } else { feedback.form_stamp(me.now) };
    let main = html! {
        p { a.bk href=(PUBLIC) { (icon(Icon::Back)) (tr!(ctx, "feedback-title")) } }
        (errors::summary(words, faults))
        h1 { (tr!(ctx, "feedback-new")) }
        p.muted { (tr!(ctx, "feedback-new-lead")) }
        form.stack method="post" action=(NEW) enctype="multipart/form-data" {
            // What Enter in a line of text does.
            button.vh name="do" value="gui" tabindex="-1" aria-hidden="true" { (tr!(ctx, "feedback-send")) }
            (csrf_field(&ctx))
            input type="hidden" name="luc" value=(stamp);
            @if !typed.get("muc").is_empty() { input type="hidden" name="muc" value=(typed.get("muc")); }
            p.vh aria-hidden="true" {
                label { "Website" input type="text" name="trang_web" tabindex="-1" autocomplete="off"; }
            }
            @if !typed.get("muc").is_empty() { p.note { (tr!(ctx, "feedback-about-data-how")) } }
            (what(words, typed, faults))
            (photos(words, typed, faults))
            (place(feedback, words, typed, faults))
            (more(words, typed, faults))
            p.acts { button.btn.go name="do" value="gui" { (tr!(ctx, "feedback-send")) } }
            p.small.muted { (tr!(ctx, "feedback-not-for")) }
        }
        script type="module" src=(SCRIPT) {}
    };
    let title = errors::title(words, faults, &tr!(ctx, "feedback-new"));
    page::citizen(&ctx, &title, main)
}

fn what(words: &Words, typed: &Typed, faults: &Faults) -> Markup {
    let (label, hint) = (tr!(words, "feedback-what"), tr!(words, "feedback-what-hint"));
    let field = Field::new("noi_dung", &label).hint(&hint).letters_max(3000);
    fields::textarea(words, &field.fault(faults.of("noi_dung")), typed.get("noi_dung"))
}

fn photos(words: &Words, typed: &Typed, faults: &Faults) -> Markup {
    let sent = typed.all("da_co").count();
    html! {
        div.field {
            label for="f-anh" { (tr!(words, "feedback-photos")) " " small { (tr!(words, "feedback-optional")) } }
            p.hint { (tr!(words, "feedback-photos-hint", max = COUNT_MAX)) }
            @if let Some(fault) = faults.of("anh") { span.err { (icon(Icon::Late)) (fault) } }
            @if sent > 0 { p.ok2 { (icon(Icon::Done)) (tr!(words, "feedback-photos-kept", n = sent)) } }
            @for hash in typed.all("da_co") { input type="hidden" name="da_co" value=(hash); }
            @if sent < COUNT_MAX {
                input id="f-anh" type="file" name="anh" accept="image/jpeg,image/png,image/webp" multiple;
            }
        }
    }
}

fn place(feedback: &Feedback, words: &Words, typed: &Typed, faults: &Faults) -> Markup {
    let communes = parts::communes(feedback, tr!(words, "feedback-choose-place"));
    let (label, hint) = (tr!(words, "feedback-place"), tr!(words, "feedback-place-hint"));
    let commune = Field::new("xa", &label).hint(&hint).fault(faults.of("xa"));
    let (where_label, where_hint) =
        (tr!(words, "feedback-where"), tr!(words, "feedback-where-hint"));
    let address = Field::new("dia_chi", &where_label).hint(&where_hint).optional().letters_max(300);
    let known = !typed.get("vi_do").is_empty();
    let from_photo = typed.ticked("theo_anh");
    html! {
        (fields::select(words, &commune, &communes, typed.get("xa")))
        (fields::text(words, &address, typed.get("dia_chi")))
        input type="hidden" name="vi_do" value=(typed.get("vi_do"));
        input type="hidden" name="kinh_do" value=(typed.get("kinh_do"));
        @if known {
            p.ok2 { (icon(Icon::Map)) (tr!(words, if from_photo { "feedback-point-photo" } else { "feedback-point-known" })) }
        }
        div.row {
            span data-position hidden data-wait=(tr!(words, "feedback-position-wait"))
                data-done=(tr!(words, "feedback-point-known")) data-failed=(tr!(words, "feedback-position-failed")) {
                button.btn type="button" { (icon(Icon::Target)) (tr!(words, "feedback-position")) }
                " " span.muted role="status" {}
            }
            button.btn name="do" value="ban-do" formnovalidate { (icon(Icon::Map)) (tr!(words, "feedback-on-map")) }
        }
    }
}

/// What nobody has to say.
fn more(words: &Words, typed: &Typed, faults: &Faults) -> Markup {
    let categories = parts::categories(words, tr!(words, "feedback-category-auto"));
    let (label, hint) = (tr!(words, "feedback-category"), tr!(words, "feedback-category-hint"));
    let category = Field::new("linh_vuc", &label).hint(&hint).optional();
    let (name, phone) = (tr!(words, "feedback-name"), tr!(words, "feedback-phone"));
    let phone_hint = tr!(words, "feedback-phone-hint");
    let name = Field::new("ten", &name).optional().autocomplete("name").letters_max(100);
    let phone = Field::new("dien_thoai", &phone).hint(&phone_hint).optional();
    let phone = phone.autocomplete("tel").keyboard("tel").fault(faults.of("dien_thoai"));
    let (hide, keep) = (tr!(words, "feedback-hide-name"), tr!(words, "feedback-keep-private"));
    let hide_name = Field::new("an_ten", &hide);
    let keep_private = Field::new("khong_cong_khai", &keep);
    let open = faults.of("dien_thoai").is_some() || !typed.get("linh_vuc").is_empty();
    html! {
        details.card open[open] {
            summary { (tr!(words, "feedback-more")) (icon(Icon::Down)) }
            div.stack {
                (fields::select(words, &category, &categories, typed.get("linh_vuc")))
                (fields::text(words, &name, typed.get("ten")))
                (fields::checkbox(&hide_name, typed.ticked("an_ten")))
                (fields::input(words, &phone, "tel", typed.get("dien_thoai")))
                (fields::checkbox(&keep_private, typed.ticked("khong_cong_khai")))
            }
        }
    }
}

fn carried(typed: &Typed, except: &[&str]) -> Markup {
    html! {
        @for name in CARRIED.iter().filter(|name| !except.contains(name)) {
            input type="hidden" name=(name) value=(typed.get(name));
        }
        @for hash in typed.all("da_co") { input type="hidden" name="da_co" value=(hash); }
    }
}

/// What is perhaps the same, and what it is about: the last question before it is sent.
pub(super) fn review(
    feedback: &Feedback,
    me: &MaybeCitizen,
    typed: &Typed,
    near: &[Near],
    offered: &[Suggestion],
) -> Markup {
    let ctx = context(me);
    let words = &ctx.words;
    let title = if near.is_empty() { "feedback-ask-category" } else { "feedback-same" };
    let title = tr!(words, title);
    let main = html! {
        h1 { (title) }
        @if !near.is_empty() {
            p.muted { (tr!(ctx, "feedback-same-lead")) }
            @for one in near { (same(feedback, &ctx, one, me)) }
            h2 { (tr!(ctx, "feedback-other")) }
        }
        form.stack method="post" action=(NEW) {
            (csrf_field(&ctx))
            (carried(typed, &["khac", "linh_vuc"]))
            input type="hidden" name="khac" value="1";
            @if offered.is_empty() {
                input type="hidden" name="linh_vuc" value=(typed.get("linh_vuc"));
            } @else { (ask_category(words, offered)) }
            p.acts { button.btn.go { (tr!(ctx, "feedback-send-new")) } }
        }
    };
    page::citizen(&ctx, &title, main)
}

/// The likeliest categories, and "something else". Conduct says what it means to choose it.
fn ask_category(words: &Words, offered: &[Suggestion]) -> Markup {
    use crate::category::Category;
    let mut choices: Vec<fields::Choice> = offered
        .iter()
        .map(|one| {
            let mut choice =
                fields::Choice::new(one.category.word(), parts::category(words, one.category));
            if one.category.is_confidential() {
                choice.note = tr!(words, "feedback-conduct-note");
            }
            choice
        })
        .collect();
    let other = Category::Other;
    choices.push(fields::Choice::new(other.word(), parts::category(words, other)));
    let label = tr!(words, "feedback-ask-category-label");
    let chosen = offered.first().filter(|one| !one.category.is_confidential());
    let chosen = chosen.map_or("", |one| one.category.word());
    fields::radios(words, &Field::new("linh_vuc", &label), &choices, chosen)
}

fn same(feedback: &Feedback, ctx: &PageContext, near: &Near, me: &MaybeCitizen) -> Markup {
    let report = &near.report;
    let directory = feedback.front.directory.get();
    let text = report.public_text.as_deref().unwrap_or_default();
    let far = near.metres.map(|metres| {
        let rounded = ((metres / 10.0).round() * 10.0).max(10.0);
        tr!(ctx, "feedback-away", n = ctx.words.decimal(rounded, 0))
    });
    html! {
        section.card {
            p { b { (parts::beginning(text)) } }
            p.muted {
                (parts::category(&ctx.words, report.category)) ", "
                (parts::place(&directory, report.place.as_ref())) ", "
                (ctx.words.moment_near(report.submitted_at, me.now))
                @if let Some(far) = far { ", " (far) }
                ". " (parts::state(&ctx.words, report.state)) "."
            }
            form.row method="post" action={ (PUBLIC) "/" (report.code) "/cung" } {
                (csrf_field(ctx))
                button.btn.go { (icon(Icon::Users)) (tr!(ctx, "feedback-mine-too")) }
                a.btn href={ (PUBLIC) "/" (report.code) } target="_blank" rel="noopener" { (tr!(ctx, "feedback-look")) }
            }
        }
    }
}

/// A map to tap on. Its width is that of the picture, so that the point is the one tapped.
pub(super) fn tap(me: &MaybeCitizen, typed: &Typed, shown: map::View) -> Markup {
    let ctx = context(me);
    let near = shown.metres <= super::METRES_EXACT;
    let marked: Option<Point> = super::point_of(typed);
    let title = tr!(ctx, if near { "feedback-tap-near" } else { "feedback-tap" });
    let main = html! {
        h1 { (title) }
        p.muted { (tr!(ctx, "feedback-tap-lead")) }
        form method="post" action=(NEW) {
            (csrf_field(&ctx))
            (carried(typed, &[]))
            input type="hidden" name="ban_do_n" value=(shown.middle.north);
            input type="hidden" name="ban_do_e" value=(shown.middle.east);
            input type="hidden" name="ban_do_m" value=(shown.metres);
            input.tap type="image" name="diem" src=(map::picture_at(shown, marked)) alt=(title)
                width=(map::TAP) height=(map::TAP);
            p.acts { button.btn name="do" value="quay-lai" formnovalidate { (tr!(ctx, "feedback-without-map")) } }
        }
    };
    page::citizen(&ctx, &title, main)
}
