//! My work: what my seat holds, by the time left; many dossiers at once where that is safe.

mod asked;
mod rows;

mod bulk;
mod slips;

use axum::{
    Router,
    extract::{Query, State},
    routing::{get, post},
};
use kernel::fold;
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        cases,
        empty::empty,
        fields::Choice,
        filter::{self, FilterBar, FilterSelect},
        keys::keys,
        pager::pager,
        seg::{self, Segment},
    },
    http::{Problem, density},
    page::PageContext,
    tr,
};

use self::asked::{Asked, PARTS, part_name};
use super::{WORK, context};
use crate::{
    Desk, Moment, pages,
    queries::work::{self, Bounds, Counts, Whose},
};

/// Lines on one page.
const PAGE_ROWS: u32 = 50;
/// Where ticked rows are sent.
const BULK: &str = "/viec/hang-loat";

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(WORK, get(list)).route(BULK, post(bulk::bulk))
}

async fn list(
    State(shared): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let ctx = context(&shared, &me).await?;
    let (narrow, after, seat) = (asked.narrow(), asked.after(), me.seat());
    let (bounds, inner) = (Bounds::at(me.now), shared.clone());
    let read = shared.front.store.read(move |tx| {
        let (whose, after) = (Whose::Seat(seat), after.as_ref());
        let held = work::waiting(tx, &inner, whose, &narrow, bounds, after, PAGE_ROWS)?;
        Ok::<_, crate::Error>((held, work::counts(tx, &inner, seat, bounds)?))
    });
    let ((rows, next), counts) = read.await?;
    let moment = shared.moment();
    let next = next.map(|next| asked.next(&next));
    let lead = html! { span.muted { (tr!(me, "work-order", n = counts.all)) } };
    let main = html! {
        (segments(&me, &asked, &counts))
        (filters(&ctx, &me, &moment, &asked))
        @if rows.is_empty() {
            (nothing(&me, &asked, &counts))
        } @else {
            (cases::list(&ctx, &rows::case_list(&me, &moment, bounds, &counts, &rows)))
            (pager(&me.words, None, next.as_deref()))
            (keys(&me.words))
        }
    };
    Ok(pages::page(&ctx, &tr!(me, "nav-work"), lead, main))
}

fn segments(me: &SignedIn, asked: &Asked, counts: &Counts) -> Markup {
    let shown = asked.part();
    let segments = PARTS.map(|(part, word, icon)| Segment {
        icon,
        label: part_name(me, part),
        count: Some(counts.of(part)),
        href: asked.at(word),
        current: part == shown,
    });
    seg::nav(&me.words, &tr!(me, "work-parts"), &segments)
}

fn filters(ctx: &PageContext, me: &SignedIn, moment: &Moment, asked: &Asked) -> Markup {
    let post = moment.directory.post(me.seat());
    let fields: Vec<String> =
        post.map(|post| post.fields.iter().map(|field| fold(field)).collect()).unwrap_or_default();
    let mine = moment
        .shelf
        .all()
        .filter(|procedure| fields.is_empty() || fields.contains(&fold(&procedure.sector)));
    let mut procedures = vec![Choice::new("", tr!(me, "work-any-procedure"))];
    procedures.extend(mine.map(|p| Choice::new(p.code.to_string(), p.name.clone())));
    let mut channels = vec![Choice::new("", tr!(me, "work-any-channel"))];
    channels.extend(casework::Channel::ALL.iter().map(|channel| {
        Choice::new(channel.word(), tr!(me, &format!("channel-{}", channel.word())))
    }));
    let select = |name: &str, label, choices, chosen: &str| FilterSelect {
        name: name.to_owned(),
        label,
        choices,
        chosen: chosen.to_owned(),
    };
    let bar = FilterBar {
        action: WORK.to_owned(),
        search: Some((tr!(me, "work-find"), tr!(me, "work-find-hint"), asked.q.clone())),
        selects: vec![
            select("thu_tuc", tr!(me, "work-procedure"), procedures, &asked.thu_tuc),
            select("kenh", tr!(me, "work-channel"), channels, &asked.kenh),
        ],
        kept: asked.kept(),
        density: Some(density::switch(ctx.compact, &ctx.path)),
        clear: asked.is_narrowed().then(|| WORK.to_owned()),
        ..FilterBar::default()
    };
    filter::bar(ctx, &bar)
}

fn nothing(me: &SignedIn, asked: &Asked, counts: &Counts) -> Markup {
    if counts.all == 0 {
        let (label, href) = (tr!(me, "nav-register"), super::REGISTER);
        return empty(&tr!(me, "work-none"), Some((&label, href)));
    }
    let sentence =
        if asked.is_narrowed() { tr!(me, "work-none-here") } else { tr!(me, "work-none") };
    empty(&sentence, Some((&tr!(me, "work-show-all"), WORK)))
}
