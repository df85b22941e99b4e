//! The procedures of docs/procedure-format.md, so that what the page shows is what is tested.

use procedure::{Procedure, load};

/// The whole procedures that the page shows: birth registration, construction permit.
pub(crate) fn examples() -> Vec<String> {
    let page = include_str!("../../../../docs/procedure-format.md");
    let blocks = page.split("```toml\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    blocks.filter(|block| block.contains("[[step]]")).map(|block| format!("{block}\n")).collect()
}

pub(crate) fn loaded(text: &str) -> Procedure {
    load(text).unwrap_or_else(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"))
    })
}

pub(crate) fn birth() -> Procedure {
    loaded(&examples()[0])
}

pub(crate) fn construction() -> Procedure {
    loaded(&examples()[1])
}
