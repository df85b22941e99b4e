//! Changing what stays: an agency, a seat, a person that somebody described anew. Each change has
//! its day, and says in the journal what was before.

use kernel::{AgencyId, Instant, PersonId, PlaceCode, PostId};
use store::args;

use super::Edit;
use crate::{AgencyFacts, AgencyLevel, DirectoryChange, Handle, PostFacts, Result, RoleCode};

impl Edit<'_, '_> {
    /// Gives the agency another level, place or working hours from `at` on.
    ///
    /// # Errors
    /// [`store::Error::NotFound`] where no open agency has this identifier.
    pub fn change_agency(&mut self, agency: AgencyId, to: AgencyFacts, at: Instant) -> Result<()> {
        let from = self.tx.one(
            "select level, place, working_week from agency
             where tenant = $1 and id = $2 and valid_to is null",
            args!(self.tenant, agency),
            |row| {
                let (level, place): (String, Option<PlaceCode>) = (row.get(0)?, row.get(1)?);
                Ok((level, place, row.get::<Option<String>>(2)?))
            },
        )?;
        let (level, place, working_week) = from;
        let from = AgencyFacts { level: level.parse::<AgencyLevel>()?, place, working_week };
        self.tx.put(
            "update agency set level = $3, place = $4, working_week = $5
             where tenant = $1 and id = $2",
            args!(
                self.tenant,
                agency,
                to.level.as_str(),
                to.place.as_ref(),
                to.working_week.as_ref()
            ),
        )?;
        self.note(DirectoryChange::AgencyChanged { agency, at, from, to });
        Ok(())
    }

    /// Gives the seat another title, role, fields or rank from `at` on. Its work stays in it.
    ///
    /// # Errors
    /// [`store::Error::NotFound`] where no open seat has this identifier.
    pub fn change_post(&mut self, post: PostId, to: PostFacts, at: Instant) -> Result<()> {
        let (title, role, fields, head) = self.tx.one(
            "select title, role, fields, head from post
             where tenant = $1 and id = $2 and valid_to is null",
            args!(self.tenant, post),
            |row| {
                let (title, role): (String, String) = (row.get(0)?, row.get(1)?);
                Ok((title, role, row.get::<String>(2)?, row.get(3)?))
            },
        )?;
        let fields = serde_json::from_str(&fields)
            .map_err(|error| crate::Error::Stored(format!("fields of a post: {error}")))?;
        let from = PostFacts { title, role: role.parse::<RoleCode>()?, fields, head };
        self.tx.put(
            "update post set title = $3, role = $4, fields = $5, head = $6
             where tenant = $1 and id = $2",
            args!(
                self.tenant,
                post,
                &to.title,
                to.role.as_str(),
                serde_json::Value::from(to.fields.clone()).to_string(),
                to.head
            ),
        )?;
        self.note(DirectoryChange::PostChanged { post, at, from, to });
        Ok(())
    }

    /// Gives a person another name from `at` on, and keeps the former one. The journal learns
    /// that it was so, and not the names.
    ///
    /// # Errors
    /// [`store::Error::NotFound`] where nobody has this identifier.
    pub fn rename_person(&mut self, person: PersonId, name: &str, at: Instant) -> Result<()> {
        let former: String = self.tx.one(
            "select name from person where tenant = $1 and id = $2",
            args!(self.tenant, person),
            |row| row.get(0),
        )?;
        self.tx.exec(
            "insert into person_former_name (tenant, person, valid_to, name)
             values ($1, $2, $3, $4) on conflict (tenant, person, valid_to) do nothing",
            args!(self.tenant, person, at, &former),
        )?;
        self.tx.put(
            "update person set name = $3 where tenant = $1 and id = $2",
            args!(self.tenant, person, name),
        )?;
        self.note(DirectoryChange::PersonRenamed { person, at });
        Ok(())
    }

    /// Writes another remark about a person.
    ///
    /// # Errors
    /// [`store::Error::Conflict`] where nobody has this identifier.
    pub fn annotate_person(&mut self, person: PersonId, note: &str) -> Result<()> {
        self.tx.put(
            "update person set note = $3 where tenant = $1 and id = $2",
            args!(self.tenant, person, note),
        )?;
        self.note(DirectoryChange::PersonAnnotated { person });
        Ok(())
    }

    /// Whether an open seat of the agency has this code.
    pub(crate) fn code_is_taken(&mut self, agency: AgencyId, code: &Handle) -> Result<bool> {
        let taken = self.tx.opt(
            "select id from post where tenant = $1 and agency = $2 and code = $3
                and valid_to is null",
            args!(self.tenant, agency, code.as_str()),
            |row| row.get::<PostId>(0),
        )?;
        Ok(taken.is_some())
    }
}
