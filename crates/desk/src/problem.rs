//! An error of the desk as an answer: a page for people, problem details for programs. What a
//! page can say better itself it says before it comes to this.

use web::http::Problem;

use crate::Error;

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match &error {
            Error::Denied(_) => Self::forbidden(),
            Error::Case(casework::Error::NoSuchCase) | Error::NoProcedure(_) => Self::not_found(),
            Error::Case(casework::Error::Stale { .. } | casework::Error::Refused(_)) => {
                Self::conflict()
            }
            Error::Store(store)
            | Error::Case(casework::Error::Store(store))
            | Error::Directory(directory::Error::Store(store))
            | Error::Journal(journal::Error::Store(store))
            | Error::Identity(identity::Error::Store(store)) => Self::of_store(store),
            _ => Self::internal(&error),
        }
    }
}
