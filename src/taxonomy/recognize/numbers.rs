//! Flat lists of numbers that are stored as bytes: tens of megabytes load in milliseconds.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, marker::PhantomData, ops::Deref};

/// A number with a fixed width.
pub(in crate::taxonomy) trait Number: Copy + fmt::Debug {
    /// Its bytes.
    const WIDTH: usize;
    /// Appends it, the lowest byte first.
    fn write(self, out: &mut Vec<u8>);
    /// Reads it from `WIDTH` bytes.
    fn read(bytes: &[u8]) -> Self;
}

macro_rules! number {
    ($($type:ty),*) => {$(
        impl Number for $type {
            const WIDTH: usize = size_of::<$type>();
            fn write(self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }
            fn read(bytes: &[u8]) -> Self {
                bytes.try_into().map(Self::from_le_bytes).unwrap_or_default()
            }
        }
    )*};
}
number!(u8, u16, u32, u64, f32);

/// A list of numbers.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::taxonomy) struct Numbers<T>(Box<[T]>);

impl<T> Default for Numbers<T> {
    fn default() -> Self {
        Self(Box::default())
    }
}

impl<T> From<Vec<T>> for Numbers<T> {
    fn from(list: Vec<T>) -> Self {
        Self(list.into())
    }
}

impl<T> Deref for Numbers<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Number> Serialize for Numbers<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut bytes = Vec::with_capacity(self.0.len() * T::WIDTH);
        self.0.iter().for_each(|number| number.write(&mut bytes));
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de, T: Number> Deserialize<'de> for Numbers<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(BytesVisitor(PhantomData))
    }
}

struct BytesVisitor<T>(PhantomData<T>);

impl<T: Number> de::Visitor<'_> for BytesVisitor<T> {
    type Value = Numbers<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "numbers of {} bytes each", T::WIDTH)
    }

    fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        if !bytes.len().is_multiple_of(T::WIDTH) {
            return Err(E::invalid_length(bytes.len(), &self));
        }
        Ok(Numbers(bytes.chunks_exact(T::WIDTH).map(T::read).collect()))
    }
}

/// Lists of numbers behind each other, one for each row.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(serialize = "T: Number", deserialize = "T: Number"))]
pub(in crate::taxonomy) struct Lists<T> {
    starts: Numbers<u32>,
    values: Numbers<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { starts: Numbers::default(), values: Numbers::default() }
    }
}

impl<T: Number> Lists<T> {
    /// From the rows in their order.
    pub(in crate::taxonomy) fn new<R: AsRef<[T]>>(rows: impl IntoIterator<Item = R>) -> Self {
        let mut starts = vec![0_u32];
        let mut values = Vec::new();
        for row in rows {
            values.extend_from_slice(row.as_ref());
            starts.push(u32::try_from(values.len()).unwrap_or(u32::MAX));
        }
        Self { starts: starts.into(), values: values.into() }
    }

    /// One row; empty where there is none.
    pub(in crate::taxonomy) fn row(&self, row: usize) -> &[T] {
        match (self.starts.get(row), self.starts.get(row + 1)) {
            (Some(from), Some(to)) => self.values.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_as_they_were_written() {
        let numbers = Numbers::from(vec![0_u32, 7, u32::MAX]);
        let bytes = postcard::to_allocvec(&numbers).unwrap();
        assert_eq!(postcard::from_bytes::<Numbers<u32>>(&bytes).unwrap(), numbers);
        assert!(postcard::from_bytes::<Numbers<u64>>(&bytes).is_err(), "12 bytes are no whole number of 8");
    }

    #[test]
    fn a_row_of_lists_is_what_it_was_made_from() {
        let lists = Lists::new([vec![1_u8, 2], vec![], vec![3]]);
        assert_eq!(
            (lists.row(0), lists.row(1), lists.row(2), lists.row(9)),
            (&[1, 2][..], &[][..], &[3][..], &[][..])
        );
    }
}
