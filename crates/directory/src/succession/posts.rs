//! Which seat of an agency that ends is succeeded by which.

use kernel::{AgencyId, Instant, fold};

use super::{
    FaultKind, PostMove,
    draft::{Draft, Ending},
    file::{File, PostRule, Posts},
};
use crate::{Agency, Post, Validity};

/// The successor of every open seat of `agency`; what has none is a fault on the line of the
/// merger.
pub(super) fn moves(
    draft: &mut Draft<'_>,
    file: &File,
    end: &Ending<'_>,
    agency: &Agency,
    into: &[AgencyId],
) -> Vec<PostMove> {
    let rules: Vec<&PostRule> =
        file.post.iter().filter(|rule| rule.agency.get_ref() == end.code()).collect();
    let posts: Vec<Post> = open_posts(draft, agency.id);
    for rule in &rules {
        if !posts.iter().any(|post| names(rule, post)) {
            let (agency, role) = (end.code().to_owned(), rule.role.get_ref().clone());
            draft.fault(&rule.role, FaultKind::UnknownPost { agency, role });
        }
    }
    let mut moves = Vec::new();
    for post in &posts {
        let rule = rules.iter().copied().find(|rule| names(rule, post));
        moves.extend(successor(draft, end, post, rule, into));
    }
    moves
}

fn successor(
    draft: &mut Draft<'_>,
    end: &Ending<'_>,
    post: &Post,
    rule: Option<&PostRule>,
    into: &[AgencyId],
) -> Option<PostMove> {
    let to_agency = match rule.and_then(|rule| rule.to.as_ref()) {
        None => *into.first()?,
        Some(code) => {
            let to = draft.agency(code)?;
            if !into.contains(&to) {
                let (agency, to) = (end.code().to_owned(), code.get_ref().clone());
                draft.fault(code, FaultKind::NotATarget { agency, to });
                return None;
            }
            to
        }
    };
    let there = open_posts(draft, to_agency);
    let is_new = draft.directory.agency(to_agency).is_none();
    let carry = match rule {
        Some(rule) => rule.carry,
        None => end.posts.unwrap_or(if is_new { Posts::Carry } else { Posts::Map }) == Posts::Carry,
    };
    // Nobody carries a chair to where one stands already.
    let head_there = post.head && there.iter().any(|other| other.head);
    if carry && !head_there {
        return carried(draft, end, post, to_agency);
    }
    match mapped(post, rule, &there) {
        Some(to) => Some(PostMove { from: post.id, to: to.id, to_agency, opens: None }),
        None => {
            let target = rule.and_then(|rule| rule.to.as_ref()).or(end.into.first());
            let kind = FaultKind::NoSuccessor {
                agency: end.code().to_owned(),
                title: post.title.clone(),
                role: post.role.to_string(),
                into: target.map(|code| code.get_ref().clone()).unwrap_or_default(),
            };
            draft.fault(end.from, kind);
            None
        }
    }
}

/// The seat made anew in the agency that takes over.
fn carried(
    draft: &mut Draft<'_>,
    end: &Ending<'_>,
    post: &Post,
    to_agency: AgencyId,
) -> Option<PostMove> {
    if post.head && !draft.carried_heads.insert(to_agency) {
        let agency = end.into.first().map(|code| code.get_ref().clone()).unwrap_or_default();
        draft.fault(end.from, FaultKind::TwoHeads { agency });
        return None;
    }
    let opens = Post {
        id: draft.mint.id(draft.effective),
        agency: to_agency,
        validity: Validity::since(draft.effective),
        successor: None,
        ..post.clone()
    };
    Some(PostMove { from: post.id, to: opens.id, to_agency, opens: Some(opens) })
}

/// The seat there that succeeds: the one that the rule names, or one with the same role, rather
/// one that handles a common field, then one for all fields, then the first.
fn mapped<'p>(post: &Post, rule: Option<&PostRule>, there: &'p [Post]) -> Option<&'p Post> {
    let role = rule.and_then(|rule| rule.to_role.as_deref()).unwrap_or(post.role.as_str());
    let role = role.replace('_', "-");
    let title = rule.and_then(|rule| rule.to_title.as_deref());
    let fitting = there.iter().filter(|other| {
        other.role.as_str() == role && title.is_none_or(|title| fold(title) == fold(&other.title))
    });
    fitting.min_by_key(|other| match () {
        () if shares_field(post, other) => 0,
        () if other.fields.is_empty() => 1,
        () => 2,
    })
}

fn shares_field(a: &Post, b: &Post) -> bool {
    a.fields.iter().any(|field| b.fields.iter().any(|other| fold(field) == fold(other)))
}

fn names(rule: &PostRule, post: &Post) -> bool {
    let title = rule.title.as_deref();
    rule.role.get_ref().replace('_', "-") == post.role.as_str()
        && title.is_none_or(|title| fold(title) == fold(&post.title))
}

/// The seats of an agency that have no end.
fn open_posts(draft: &Draft<'_>, agency: AgencyId) -> Vec<Post> {
    draft.directory.posts_in(agency, Instant::MAX).cloned().collect()
}
