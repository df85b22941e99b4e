//! Changing the directory: each change is checked, written, and handed back as a fact.

mod amend;
mod places;

use kernel::{AgencyId, DelegationId, Instant, PersonId, PostId, Tenant};
use store::{Tx, args};

use crate::{
    Agency, Delegation, DirectoryChange, Error, Handle, Holding, Person, Post, Result, Validity,
};

/// Runs `work` on the directory of `tenant`; hands back its answer and what was changed, for
/// the journal. The version counts up once, so that snapshots are taken anew.
///
/// # Errors
/// What `work` refuses, and [`Error::Store`]; the transaction must then not be committed.
pub fn edit<T>(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    work: impl FnOnce(&mut Edit<'_, '_>) -> Result<T>,
) -> Result<(T, Vec<DirectoryChange>)> {
    let mut edit = Edit { tx, tenant, changes: Vec::new() };
    let answer = work(&mut edit)?;
    let Edit { tx, changes, .. } = edit;
    if !changes.is_empty() {
        tx.put(
            "insert into directory_version (tenant, version) values ($1, 1)
             on conflict (tenant) do update set version = directory_version.version + 1",
            args!(tenant),
        )?;
    }
    Ok((answer, changes))
}

/// The changes of one transaction; made by [`edit`].
#[derive(Debug)]
pub struct Edit<'e, 't> {
    tx: &'e mut Tx<'t>,
    tenant: &'e Tenant,
    changes: Vec<DirectoryChange>,
}

impl<'t> Edit<'_, 't> {
    /// The transaction, for what must happen together with the change.
    pub fn tx(&mut self) -> &mut Tx<'t> {
        self.tx
    }

    /// Whose directory this is.
    #[must_use]
    pub fn tenant(&self) -> &Tenant {
        self.tenant
    }

    pub(crate) fn note(&mut self, change: DirectoryChange) {
        self.changes.push(change);
    }

    /// Enters an agency; its former names are not written.
    ///
    /// # Errors
    /// [`Error::CodeTaken`] where an open agency has the code.
    pub fn add_agency(&mut self, agency: &Agency) -> Result<()> {
        let taken = self.tx.opt(
            "select id from agency where tenant = $1 and code = $2 and valid_to is null",
            args!(self.tenant, &agency.code),
            |row| row.get::<AgencyId>(0),
        )?;
        if taken.is_some() {
            return Err(Error::CodeTaken(agency.code.clone()));
        }
        self.tx.put(
            "insert into agency (tenant, id, code, name, short_name, level, parent, place,
                working_week, valid_from, valid_to, successor)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            args!(
                self.tenant,
                agency.id,
                &agency.code,
                &agency.name,
                &agency.short_name,
                agency.level.as_str(),
                agency.parent,
                agency.place.as_ref(),
                agency.working_week.as_ref(),
                agency.validity.from,
                agency.validity.to,
                agency.successor
            ),
        )?;
        self.note(DirectoryChange::AgencyOpened {
            agency: agency.id,
            code: agency.code.clone(),
            name: agency.name.clone(),
            parent: agency.parent,
        });
        Ok(())
    }

    /// Gives the agency another name from `at` on, and keeps the former one.
    ///
    /// # Errors
    /// [`store::Error::NotFound`] where no open agency has this identifier.
    pub fn rename_agency(
        &mut self,
        agency: AgencyId,
        name: &str,
        short_name: &str,
        at: Instant,
    ) -> Result<()> {
        let (former, former_short): (String, String) = self.tx.one(
            "select name, short_name from agency
             where tenant = $1 and id = $2 and valid_to is null",
            args!(self.tenant, agency),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        // Of two names that end at one instant the older one was in force before it.
        self.tx.exec(
            "insert into agency_former_name (tenant, agency, valid_to, name, short_name)
             values ($1, $2, $3, $4, $5) on conflict (tenant, agency, valid_to) do nothing",
            args!(self.tenant, agency, at, &former, &former_short),
        )?;
        self.tx.put(
            "update agency set name = $3, short_name = $4 where tenant = $1 and id = $2",
            args!(self.tenant, agency, name, short_name),
        )?;
        let to = name.to_owned();
        self.note(DirectoryChange::AgencyRenamed { agency, at, from: former, to });
        Ok(())
    }

    /// Puts the agency under another one.
    ///
    /// # Errors
    /// [`store::Error::NotFound`] where no agency has this identifier.
    pub fn move_agency(&mut self, agency: AgencyId, to: Option<AgencyId>) -> Result<()> {
        let from = self.tx.one(
            "select parent from agency where tenant = $1 and id = $2",
            args!(self.tenant, agency),
            |row| row.get(0),
        )?;
        self.tx.put(
            "update agency set parent = $3 where tenant = $1 and id = $2",
            args!(self.tenant, agency, to),
        )?;
        self.note(DirectoryChange::AgencyMoved { agency, from, to });
        Ok(())
    }

    /// Ends the agency; its row and its code stay. Its posts are ended one by one before.
    ///
    /// # Errors
    /// [`store::Error::NotFound`] where no open agency has this identifier.
    pub fn close_agency(
        &mut self,
        agency: AgencyId,
        at: Instant,
        successor: Option<AgencyId>,
    ) -> Result<()> {
        let code = self.tx.one(
            "update agency set valid_to = $3, successor = $4
             where tenant = $1 and id = $2 and valid_to is null returning code",
            args!(self.tenant, agency, at, successor),
            |row| row.get(0),
        )?;
        self.note(DirectoryChange::AgencyClosed { agency, code, at, successor });
        Ok(())
    }

    /// Makes a seat.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn add_post(&mut self, post: &Post) -> Result<()> {
        let fields = serde_json::Value::from(post.fields.clone()).to_string();
        self.tx.put(
            "insert into post (tenant, id, agency, title, role, fields, head, valid_from,
                valid_to, successor, code)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            args!(
                self.tenant,
                post.id,
                post.agency,
                &post.title,
                post.role.as_str(),
                fields,
                post.head,
                post.validity.from,
                post.validity.to,
                post.successor,
                post.code.as_ref().map(Handle::as_str)
            ),
        )?;
        self.note(DirectoryChange::PostOpened {
            post: post.id,
            agency: post.agency,
            title: post.title.clone(),
            role: post.role.to_string(),
        });
        Ok(())
    }

    /// Ends a seat, with its holding and the delegations from and to it.
    ///
    /// # Errors
    /// [`Error::NoPost`] where the post is not open.
    pub fn close_post(
        &mut self,
        post: PostId,
        at: Instant,
        successor: Option<PostId>,
    ) -> Result<()> {
        self.end_holding(post, at)?;
        let running = self.tx.all(
            "select id from delegation where tenant = $1 and (from_post = $2 or to_post = $2)
                and (valid_to is null or valid_to > $3)",
            args!(self.tenant, post, at),
            |row| row.get::<DelegationId>(0),
        )?;
        for delegation in running {
            self.end_delegation(delegation, at)?;
        }
        let closed = self.tx.exec(
            "update post set valid_to = $3, successor = $4
             where tenant = $1 and id = $2 and valid_to is null",
            args!(self.tenant, post, at, successor),
        )?;
        if closed == 0 {
            return Err(Error::NoPost(post));
        }
        self.note(DirectoryChange::PostClosed { post, at, successor });
        Ok(())
    }

    /// Enters a person.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn add_person(&mut self, person: &Person) -> Result<()> {
        self.tx.put(
            "insert into person (tenant, id, name, note, valid_from, valid_to, code)
             values ($1, $2, $3, $4, $5, $6, $7)",
            args!(
                self.tenant,
                person.id,
                &person.name,
                &person.note,
                person.validity.from,
                person.validity.to,
                person.code.as_ref().map(Handle::as_str)
            ),
        )?;
        self.note(DirectoryChange::PersonAdded { person: person.id });
        Ok(())
    }

    /// Seats a person in a post for a time.
    ///
    /// # Errors
    /// [`Error::PostHeld`] where somebody holds the post in that time.
    pub fn hold(&mut self, holding: &Holding) -> Result<()> {
        let held = self.tx.all(
            "select person, valid_from, valid_to from holding
             where tenant = $1 and post = $2 and (valid_to is null or valid_to > $3)",
            args!(self.tenant, holding.post, holding.validity.from),
            |row| {
                let validity = Validity { from: row.get(1)?, to: row.get(2)? };
                Ok((row.get::<PersonId>(0)?, validity))
            },
        )?;
        if let Some((holder, _)) = held.iter().find(|(_, v)| v.overlaps(&holding.validity)) {
            return Err(Error::PostHeld { post: holding.post, holder: *holder });
        }
        let Holding { post, person, validity } = *holding;
        self.tx.put(
            "insert into holding (tenant, post, person, valid_from, valid_to)
             values ($1, $2, $3, $4, $5)",
            args!(self.tenant, post, person, validity.from, validity.to),
        )?;
        self.note(DirectoryChange::HoldingBegan { post, person, at: validity.from });
        Ok(())
    }

    /// Ends the holding of a post at `at`; one that would begin later never begins. Answers who
    /// got up.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn end_holding(&mut self, post: PostId, at: Instant) -> Result<Option<PersonId>> {
        let ended = self.tx.all(
            "update holding set valid_to = case when valid_from > $3 then valid_from else $3 end
             where tenant = $1 and post = $2 and (valid_to is null or valid_to > $3)
             returning person",
            args!(self.tenant, post, at),
            |row| row.get::<PersonId>(0),
        )?;
        for person in &ended {
            self.note(DirectoryChange::HoldingEnded { post, person: *person, at });
        }
        Ok(ended.first().copied())
    }

    /// Whether somebody holds the post at `at` or is to hold it later.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn is_held(&mut self, post: PostId, at: Instant) -> Result<bool> {
        let holder = self.tx.opt(
            "select person from holding
             where tenant = $1 and post = $2 and (valid_to is null or valid_to > $3)",
            args!(self.tenant, post, at),
            |row| row.get::<PersonId>(0),
        )?;
        Ok(holder.is_some())
    }

    /// Lets the holder of one post act for another post.
    ///
    /// # Errors
    /// [`Error::Delegation`] where a post would act for itself, or hand on what was handed to
    /// it in that time.
    pub fn delegate(&mut self, delegation: &Delegation) -> Result<()> {
        let Delegation { id, from, to, scope, validity } = delegation;
        let chained = self.tx.all(
            "select valid_from, valid_to from delegation
             where tenant = $1 and (from_post = $2 or to_post = $3)
                and (valid_to is null or valid_to > $4)",
            args!(self.tenant, *to, *from, validity.from),
            |row| Ok(Validity { from: row.get(0)?, to: row.get(1)? }),
        )?;
        if from == to || chained.iter().any(|other| other.overlaps(validity)) {
            return Err(Error::Delegation(*to));
        }
        self.tx.put(
            "insert into delegation (tenant, id, from_post, to_post, scope, valid_from, valid_to)
             values ($1, $2, $3, $4, $5, $6, $7)",
            args!(self.tenant, *id, *from, *to, scope, validity.from, validity.to),
        )?;
        let (delegation, from, to, until) = (*id, *from, *to, validity.to);
        self.note(DirectoryChange::Delegated { delegation, from, to, until });
        Ok(())
    }

    /// Ends a delegation before its time; one that has not begun yet never begins.
    ///
    /// # Errors
    /// [`Error::NoDelegation`] where it is over, or there is none.
    pub fn end_delegation(&mut self, delegation: DelegationId, at: Instant) -> Result<()> {
        let ended = self.tx.exec(
            "update delegation set valid_to = case when valid_from > $3 then valid_from else $3 end
             where tenant = $1 and id = $2 and (valid_to is null or valid_to > $3)",
            args!(self.tenant, delegation, at),
        )?;
        if ended == 0 {
            return Err(Error::NoDelegation(delegation));
        }
        self.note(DirectoryChange::DelegationEnded { delegation, at });
        Ok(())
    }
}
