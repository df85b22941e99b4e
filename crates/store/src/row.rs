//! Reading the columns of a row into typed values.

use std::error::Error as StdError;

use kernel::{
    Actor, AgencyCode, CaseCode, CitizenId, Id, Instant, Kind, PhoneNumber, PlaceCode,
    ProcedureCode, TaxCode, Tenant,
};
use tokio_postgres::types::{FromSql, Type};
use uuid::Uuid;

use crate::{Error, Result};

/// One row of an answer, on either engine.
#[derive(Debug)]
pub struct Row<'r>(pub(crate) Inner<'r>);

#[derive(Debug)]
pub(crate) enum Inner<'r> {
    Lite(&'r rusqlite::Row<'r>),
    Pg(&'r tokio_postgres::Row),
}

impl Row<'_> {
    /// The value of the column at `index`, counted from 0.
    ///
    /// # Errors
    /// [`Error::Column`] where it is null (and `T` is no [`Option`]) or of another type.
    pub fn get<T: Column>(&self, index: usize) -> Result<T> {
        T::read(self, index)?.ok_or_else(|| fault(index, "is null"))
    }

    /// The bytes of the column at `index`, counted from 0, where they lie: for large ones that are
    /// only looked through.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub fn bytes(&self, index: usize) -> Result<&[u8]> {
        match self.0 {
            Inner::Lite(row) => {
                let value = row.get_ref(index).map_err(|e| fault(index, e))?;
                value.as_blob().map_err(|e| fault(index, e))
            }
            Inner::Pg(row) => row.try_get(index).map_err(|e| fault(index, e)),
        }
    }

    /// The text of the column at `index`, counted from 0, where it lies: for what is read on the
    /// spot.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub fn text(&self, index: usize) -> Result<&str> {
        match self.0 {
            Inner::Lite(row) => {
                let value = row.get_ref(index).map_err(|e| fault(index, e))?;
                value.as_str().map_err(|e| fault(index, e))
            }
            Inner::Pg(row) => {
                let text: Lying<'_> = row.try_get(index).map_err(|e| fault(index, e))?;
                Ok(text.0)
            }
        }
    }

    fn plain<T>(&self, index: usize) -> Result<Option<T>>
    where
        T: rusqlite::types::FromSql + for<'a> FromSql<'a>,
    {
        match self.0 {
            Inner::Lite(row) => row.get(index).map_err(|e| fault(index, e)),
            Inner::Pg(row) => row.try_get(index).map_err(|e| fault(index, e)),
        }
    }
}

fn fault(index: usize, reason: impl ToString) -> Error {
    Error::Column { index, reason: reason.to_string() }
}

/// A type that a column can be read into.
pub trait Column: Sized {
    /// The value, or `None` where the column is null.
    ///
    /// # Errors
    /// [`Error::Column`] where it is of another type.
    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>>;
}

impl<T: Column> Column for Option<T> {
    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>> {
        T::read(row, index).map(Some)
    }
}

/// PostgreSQL has integers of several widths, SQLite has one.
struct Int(i64);

impl<'a> FromSql<'a> for Int {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Self(match *ty {
            Type::INT2 => i16::from_sql(ty, raw)?.into(),
            Type::INT4 => i32::from_sql(ty, raw)?.into(),
            _ => i64::from_sql(ty, raw)?,
        }))
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT2 | Type::INT4 | Type::INT8)
    }
}
impl rusqlite::types::FromSql for Int {
    fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
        i64::column_result(value).map(Self)
    }
}

/// Text, and the exact text of `json`, where it lies.
struct Lying<'r>(&'r str);

impl<'a> FromSql<'a> for Lying<'a> {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Self(std::str::from_utf8(raw)?))
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::JSON)
    }
}

/// The same, taken along.
struct Text(String);

impl<'a> FromSql<'a> for Text {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        Lying::from_sql(ty, raw).map(|text| Self(text.0.to_owned()))
    }

    fn accepts(ty: &Type) -> bool {
        <Lying<'_> as FromSql<'_>>::accepts(ty)
    }
}
impl rusqlite::types::FromSql for Text {
    fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
        String::column_result(value).map(Self)
    }
}

impl Column for i64 {
    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>> {
        Ok(row.plain::<Option<Int>>(index)?.flatten().map(|int| int.0))
    }
}
impl Column for String {
    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>> {
        Ok(row.plain::<Option<Text>>(index)?.flatten().map(|text| text.0))
    }
}
impl Column for Instant {
    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>> {
        Ok(i64::read(row, index)?.map(kernel::from_micros))
    }
}
impl<K: Kind> Column for Id<K> {
    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>> {
        Ok(Uuid::read(row, index)?.map(Self::from_uuid))
    }
}

macro_rules! plain_columns {
    ($($ty:ty),*) => {$(
        impl Column for $ty {
            fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>> {
                Ok(row.plain::<Option<$ty>>(index)?.flatten())
            }
        }
    )*};
}
plain_columns!(bool, f64, Vec<u8>, Uuid);

macro_rules! narrow_integers {
    ($($int:ty),*) => {$(
        impl Column for $int {
            fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>> {
                let wide = i64::read(row, index)?;
                wide.map(Self::try_from).transpose().map_err(|e| fault(index, e))
            }
        }
    )*};
}
narrow_integers!(i32, i16, u64, u32, u16, u8, usize);

macro_rules! parsed_columns {
    ($($code:ty),*) => {$(
        impl Column for $code {
            fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>> {
                let text = String::read(row, index)?;
                text.map(|text| text.parse()).transpose().map_err(|e| fault(index, e))
            }
        }
    )*};
}
parsed_columns!(Tenant, AgencyCode, CaseCode, CitizenId, PhoneNumber, PlaceCode, ProcedureCode);
parsed_columns!(TaxCode, Actor);
