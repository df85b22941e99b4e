//! Values that are bound to `$1`, `$2`, … of a statement.

use std::{borrow::Cow, error::Error as StdError};

use kernel::{
    Actor, AgencyCode, CaseCode, CitizenId, Id, Instant, Kind, PhoneNumber, PlaceCode,
    ProcedureCode, TaxCode, Tenant,
};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use tokio_postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use uuid::Uuid;

/// A bound value: the whole vocabulary that the portable SQL needs. Made by [`crate::args!`].
#[derive(Debug, Clone)]
pub enum Arg<'a> {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number; instants are microseconds since 1970.
    Int(i64),
    /// A number with a fraction.
    Real(f64),
    /// Text, and JSON as text.
    Text(Cow<'a, str>),
    /// Bytes.
    Bytes(Cow<'a, [u8]>),
    /// An identifier.
    Uuid(Uuid),
}

/// Binds values in order: `tx.exec("… $1 … $2", args!(&tenant, id))`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { &[$($crate::Arg::from($value)),*] };
}

impl Arg<'_> {
    /// The same value, borrowing nothing.
    pub(crate) fn into_owned(self) -> Arg<'static> {
        match self {
            Arg::Null => Arg::Null,
            Arg::Bool(v) => Arg::Bool(v),
            Arg::Int(v) => Arg::Int(v),
            Arg::Real(v) => Arg::Real(v),
            Arg::Text(v) => Arg::Text(Cow::Owned(v.into_owned())),
            Arg::Bytes(v) => Arg::Bytes(Cow::Owned(v.into_owned())),
            Arg::Uuid(v) => Arg::Uuid(v),
        }
    }
}

impl rusqlite::ToSql for Arg<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Arg::Null => ToSqlOutput::Owned(Value::Null),
            Arg::Bool(v) => ToSqlOutput::Owned(Value::Integer(i64::from(*v))),
            Arg::Int(v) => ToSqlOutput::Owned(Value::Integer(*v)),
            Arg::Real(v) => ToSqlOutput::Owned(Value::Real(*v)),
            Arg::Text(v) => ToSqlOutput::Borrowed(ValueRef::Text(v.as_bytes())),
            Arg::Bytes(v) => ToSqlOutput::Borrowed(ValueRef::Blob(v)),
            Arg::Uuid(v) => ToSqlOutput::Owned(Value::Blob(v.as_bytes().to_vec())),
        })
    }
}

impl ToSql for Arg<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self {
            Arg::Null => Ok(IsNull::Yes),
            Arg::Bool(v) => v.to_sql(ty, out),
            Arg::Int(v) => match *ty {
                Type::INT2 => i16::try_from(*v)?.to_sql(ty, out),
                Type::INT4 => i32::try_from(*v)?.to_sql(ty, out),
                #[expect(clippy::cast_precision_loss, reason = "a count bound to a real column")]
                Type::FLOAT8 => (*v as f64).to_sql(ty, out),
                _ => v.to_sql(ty, out),
            },
            Arg::Real(v) => v.to_sql(ty, out),
            Arg::Text(v) => {
                // The binary form of `jsonb` is its version number and the text.
                if *ty == Type::JSONB {
                    out.extend_from_slice(&[1]);
                }
                out.extend_from_slice(v.as_bytes());
                Ok(IsNull::No)
            }
            Arg::Bytes(v) => v.as_ref().to_sql(ty, out),
            Arg::Uuid(v) => v.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl From<bool> for Arg<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}
impl From<f64> for Arg<'_> {
    fn from(value: f64) -> Self {
        Self::Real(value)
    }
}
impl<'a> From<&'a str> for Arg<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(Cow::Borrowed(value))
    }
}
impl<'a> From<&'a String> for Arg<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(Cow::Borrowed(value))
    }
}
impl From<String> for Arg<'_> {
    fn from(value: String) -> Self {
        Self::Text(Cow::Owned(value))
    }
}
impl<'a> From<&'a [u8]> for Arg<'a> {
    fn from(value: &'a [u8]) -> Self {
        Self::Bytes(Cow::Borrowed(value))
    }
}
impl<'a, const N: usize> From<&'a [u8; N]> for Arg<'a> {
    fn from(value: &'a [u8; N]) -> Self {
        Self::Bytes(Cow::Borrowed(value))
    }
}
impl<'a> From<&'a Vec<u8>> for Arg<'a> {
    fn from(value: &'a Vec<u8>) -> Self {
        Self::Bytes(Cow::Borrowed(value))
    }
}
impl From<Vec<u8>> for Arg<'_> {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(Cow::Owned(value))
    }
}
impl From<Uuid> for Arg<'_> {
    fn from(value: Uuid) -> Self {
        Self::Uuid(value)
    }
}
impl<K: Kind> From<Id<K>> for Arg<'_> {
    fn from(value: Id<K>) -> Self {
        Self::Uuid(value.uuid())
    }
}
impl From<Instant> for Arg<'_> {
    fn from(value: Instant) -> Self {
        Self::Int(kernel::micros(value))
    }
}
impl From<&Actor> for Arg<'_> {
    fn from(value: &Actor) -> Self {
        Self::Text(Cow::Owned(value.to_string()))
    }
}
impl<'a, T: Into<Arg<'a>>> From<Option<T>> for Arg<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

macro_rules! from_integers {
    ($($int:ty),*) => {$(
        impl From<$int> for Arg<'_> {
            fn from(value: $int) -> Self {
                Self::Int(i64::from(value))
            }
        }
    )*};
}
from_integers!(i64, i32, i16, u32, u16, u8);

macro_rules! from_codes {
    ($($code:ty),*) => {$(
        impl<'a> From<&'a $code> for Arg<'a> {
            fn from(value: &'a $code) -> Self {
                Self::Text(Cow::Borrowed(value.as_str()))
            }
        }
    )*};
}
from_codes!(
    Tenant,
    AgencyCode,
    CaseCode,
    CitizenId,
    PhoneNumber,
    PlaceCode,
    ProcedureCode,
    TaxCode
);
