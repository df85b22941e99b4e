//! Reading the tables into a snapshot.

use std::{borrow::Cow, collections::HashMap, fmt::Display, str::FromStr};

use kernel::{AgencyId, PlaceCode, Tenant};
use store::{Column, Row, Tx, args};

use crate::{
    Agency, Delegation, Directory, FormerName, Handle, Holding, Parts, Person, Place, Post, Result,
    Validity,
};

impl Directory {
    /// The directory of `tenant` as this transaction sees it.
    ///
    /// # Errors
    /// [`Error::Store`], and [`Error::Stored`] for a row that cannot be read.
    pub fn load(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<Self> {
        let version = version(tx, tenant)?;
        let parts = Parts {
            places: places(tx, tenant)?,
            agencies: agencies(tx, tenant)?,
            posts: posts(tx, tenant)?,
            persons: persons(tx, tenant)?,
            holdings: holdings(tx, tenant)?,
            delegations: delegations(tx, tenant)?,
        };
        Ok(Self::new(tenant.clone(), version, parts))
    }
}

/// How often the directory was changed; 0 before the first time.
pub(crate) fn version(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<i64> {
    let sql = "select version from directory_version where tenant = $1";
    Ok(tx.opt(sql, args!(tenant), |row| row.get(0))?.unwrap_or(0))
}

fn places(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<Vec<Place>> {
    let sql = "select code, valid_from, valid_to, name, kind, parent, note, successors
        from place where tenant = $1 order by code, valid_from";
    let place = |row: &Row<'_>| {
        let successors: String = row.get(7)?;
        let to: Option<String> = row.get(2)?;
        Ok(Place {
            code: row.get(0)?,
            valid_from: word(row, 1)?,
            valid_to: to.map(|text| parsed(2, &text)).transpose()?,
            name: Cow::Owned(row.get(3)?),
            kind: word(row, 4)?,
            parent: row.get(5)?,
            note: Cow::Owned(row.get(6)?),
            successors: successors
                .split_whitespace()
                .map(|code| parsed::<PlaceCode>(7, code))
                .collect::<Result<_, _>>()?,
        })
    };
    Ok(tx.all(sql, args!(tenant), place)?)
}

fn agencies(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<Vec<Agency>> {
    let mut former: HashMap<AgencyId, Vec<FormerName>> = HashMap::new();
    let sql = "select agency, valid_to, name, short_name from agency_former_name
        where tenant = $1 order by agency, valid_to";
    tx.each(sql, args!(tenant), |row| {
        let name = FormerName { until: row.get(1)?, name: row.get(2)?, short_name: row.get(3)? };
        former.entry(row.get(0)?).or_default().push(name);
        Ok(())
    })?;
    let sql = "select id, code, name, short_name, level, parent, place, working_week,
        valid_from, valid_to, successor from agency where tenant = $1";
    let agency = |row: &Row<'_>| {
        let id = row.get(0)?;
        Ok(Agency {
            id,
            code: row.get(1)?,
            name: row.get(2)?,
            short_name: row.get(3)?,
            level: word(row, 4)?,
            parent: row.get(5)?,
            place: row.get(6)?,
            working_week: row.get(7)?,
            validity: validity(row, 8)?,
            successor: row.get(10)?,
            former_names: former.remove(&id).unwrap_or_default(),
        })
    };
    Ok(tx.all(sql, args!(tenant), agency)?)
}

fn posts(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<Vec<Post>> {
    let sql = "select id, agency, title, role, fields, head, valid_from, valid_to, successor, code
        from post where tenant = $1";
    let post = |row: &Row<'_>| {
        let fields: String = row.get(4)?;
        Ok(Post {
            id: row.get(0)?,
            agency: row.get(1)?,
            code: code(row, 9)?,
            title: row.get(2)?,
            role: word(row, 3)?,
            fields: serde_json::from_str(&fields).map_err(|e| unreadable(4, e))?,
            head: row.get(5)?,
            validity: validity(row, 6)?,
            successor: row.get(8)?,
        })
    };
    Ok(tx.all(sql, args!(tenant), post)?)
}

fn persons(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<Vec<Person>> {
    let sql = "select id, name, note, valid_from, valid_to, code from person where tenant = $1";
    let person = |row: &Row<'_>| {
        Ok(Person {
            id: row.get(0)?,
            code: code(row, 5)?,
            name: row.get(1)?,
            note: row.get(2)?,
            validity: validity(row, 3)?,
        })
    };
    Ok(tx.all(sql, args!(tenant), person)?)
}

fn holdings(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<Vec<Holding>> {
    let sql = "select post, person, valid_from, valid_to from holding where tenant = $1
        order by valid_from, post";
    let holding = |row: &Row<'_>| {
        Ok(Holding { post: row.get(0)?, person: row.get(1)?, validity: validity(row, 2)? })
    };
    Ok(tx.all(sql, args!(tenant), holding)?)
}

fn delegations(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<Vec<Delegation>> {
    let sql = "select id, from_post, to_post, scope, valid_from, valid_to from delegation
        where tenant = $1 order by valid_from, id";
    let delegation = |row: &Row<'_>| {
        Ok(Delegation {
            id: row.get(0)?,
            from: row.get(1)?,
            to: row.get(2)?,
            scope: row.get(3)?,
            validity: validity(row, 4)?,
        })
    };
    Ok(tx.all(sql, args!(tenant), delegation)?)
}

fn validity(row: &Row<'_>, first: usize) -> store::Result<Validity> {
    Ok(Validity { from: row.get(first)?, to: row.get(first + 1)? })
}

fn code(row: &Row<'_>, index: usize) -> store::Result<Option<Handle>> {
    row.get::<Option<String>>(index)?.map(|text| parsed(index, &text)).transpose()
}

fn word<T: FromStr<Err: Display>>(row: &Row<'_>, index: usize) -> store::Result<T> {
    parsed(index, &String::read(row, index)?.unwrap_or_default())
}

fn parsed<T: FromStr<Err: Display>>(index: usize, text: &str) -> store::Result<T> {
    text.parse().map_err(|error| unreadable(index, error))
}

fn unreadable(index: usize, reason: impl Display) -> store::Error {
    store::Error::Column { index, reason: reason.to_string() }
}
