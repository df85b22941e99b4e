//! The board of a hall: which number is called to which counter, read from ten metres.

use maud::{Markup, html};

/// A number that is called.
#[derive(Debug, Clone, Default)]
pub struct BoardCall {
    /// "A047".
    pub number: String,
    /// "Quầy 1".
    pub to: String,
}

/// What stands on the board; words are the page's.
#[derive(Debug, Clone, Default)]
pub struct Board {
    /// Over the numbers.
    pub number: String,
    /// Over the counters.
    pub to: String,
    /// Who is called where, the latest call first; it stands out.
    pub called: Vec<BoardCall>,
    /// Said large where nobody is called, and the line below it.
    pub empty: (String, String),
    /// Before the numbers that come next.
    pub next_label: String,
    /// The numbers that come next.
    pub next: Vec<String>,
    /// How many wait, in words.
    pub waiting: String,
}

/// The board.
#[must_use]
pub fn board(board: &Board) -> Markup {
    html! {
        @if board.called.is_empty() {
            div.board-empty { p.big { (board.empty.0) } p { (board.empty.1) } }
        } @else {
            table.board {
                thead { tr { th scope="col" { (board.number) } th scope="col" { (board.to) } } }
                tbody { @for call in &board.called {
                    tr { td.num { (call.number) } td { (call.to) } }
                } }
            }
        }
        div.board-next {
            @if !board.next.is_empty() {
                span { (board.next_label) }
                @for number in &board.next { b.num { (number) } }
            }
            span.push { (board.waiting) }
        }
    }
}
