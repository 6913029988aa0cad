//! Messages as bytes: fields are passed on as they stand, and only numbers that mean another place are read. What is written
//! here is what prost writes of the same message: fields in the order of their tags, nothing for a zero.

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

/// A field, and how it stands in its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field<'a> {
    pub(super) tag: u32,
    pub(super) content: Content<'a>,
    pub(super) whole: &'a [u8],
}

/// Takes the next field off a message; `None` where it is none of those that records have.
#[inline(always)]
pub(super) fn field<'a>(from: &mut &'a [u8]) -> Option<Field<'a>> {
    let start = *from;
    let key = varint(from)?;
    let content = match key & 7 {
        0 => Content::Number(varint(from)?),
        2 => {
            let length = usize::try_from(varint(from)?).ok()?;
            let (bytes, rest) = from.split_at_checked(length)?;
            *from = rest;
            Content::Bytes(bytes)
        }
        _ => return None,
    };
    let whole = &start[..start.len() - from.len()];
    Some(Field { tag: u32::try_from(key >> 3).ok()?, content, whole })
}

/// A message whose last field may be a number under this tag: what stands before it, and the number.
#[inline]
pub(super) fn up_to_number(message: &[u8], tag: u32) -> Option<(&[u8], Option<u32>)> {
    let mut from = message;
    while !from.is_empty() {
        let head = &message[..message.len() - from.len()];
        let field = field(&mut from)?;
        if let (true, Content::Number(number)) = (field.tag == tag, field.content) {
            return from.is_empty().then_some((head, Some(u32::try_from(number).ok()?)));
        }
    }
    Some((message, None))
}

/// A message whose last field may be bytes under this tag: what stands before it, and the bytes; none where it is not there.
#[inline]
pub(super) fn up_to_bytes(message: &[u8], tag: u32) -> Option<(&[u8], &[u8])> {
    let mut from = message;
    while !from.is_empty() {
        let head = &message[..message.len() - from.len()];
        let field = field(&mut from)?;
        if let (true, Content::Bytes(bytes)) = (field.tag == tag, field.content) {
            return from.is_empty().then_some((head, bytes));
        }
    }
    Some((message, &[]))
}

/// Takes a number off; nearly all of them take one byte or two.
#[inline]
pub(super) fn varint(from: &mut &[u8]) -> Option<u64> {
    let bytes = *from;
    match bytes {
        [one @ ..0x80, rest @ ..] => {
            *from = rest;
            Some((*one).into())
        }
        [low, high @ ..0x80, rest @ ..] => {
            *from = rest;
            Some(u64::from(low & 0x7f) | u64::from(*high) << 7)
        }
        _ => long_varint(from),
    }
}

fn long_varint(from: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for (at, byte) in from.iter().enumerate().take(10) {
        value |= u64::from(byte & 0x7f) << (7 * at);
        if *byte < 0x80 {
            *from = &from[at + 1..];
            return Some(value);
        }
    }
    None
}

/// Takes the place of something off.
#[inline]
pub(super) fn place(from: &mut &[u8]) -> Option<u32> {
    u32::try_from(varint(from)?).ok()
}

/// Writes a number; nearly all of them take one byte or two.
#[inline]
pub(super) fn put(out: &mut Vec<u8>, value: u32) {
    match value {
        0..0x80 => out.push(value as u8),
        0x80..0x4000 => out.extend_from_slice(&[value as u8 | 0x80, (value >> 7) as u8]),
        _ => {
            let mut value = value;
            while value >= 0x80 {
                out.push(value as u8 | 0x80);
                value >>= 7;
            }
            out.push(value as u8);
        }
    }
}

/// Writes a field of a number, but for a zero.
pub(super) fn put_number(out: &mut Vec<u8>, tag: u32, value: u32) {
    if value != 0 {
        put(out, tag << 3);
        put(out, value);
    }
}

/// Writes a field of bytes, whatever they are.
pub(super) fn put_bytes(out: &mut Vec<u8>, tag: u32, bytes: &[u8]) {
    put(out, tag << 3 | 2);
    put(out, u32::try_from(bytes.len()).unwrap_or(u32::MAX));
    out.extend_from_slice(bytes);
}

/// Writes a field of a message: its fields up to a last one, and that one.
pub(super) fn put_bytes_and_number(out: &mut Vec<u8>, tag: u32, head: &[u8], last: u32, value: u32) {
    let length = |mut number: u32| {
        let mut length = 1;
        while number >= 0x80 {
            (number, length) = (number >> 7, length + 1);
        }
        length
    };
    put(out, tag << 3 | 2);
    put(out, u32::try_from(head.len()).unwrap_or(u32::MAX).saturating_add(length(last << 3) + length(value)));
    out.extend_from_slice(head);
    put_number(out, last, value);
}

/// Writes a field of packed numbers, but for no number at all.
pub(super) fn put_packed(out: &mut Vec<u8>, tag: u32, packed: &[u8]) {
    if !packed.is_empty() {
        put_bytes(out, tag, packed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::storage as stored;
    use proptest::prelude::*;
    use prost::Message;

    proptest! {
        #[test]
        fn fields_are_those_that_were_encoded(numbers in prop::collection::vec(any::<u32>(), 0..6), fit in any::<u32>()) {
            let line = stored::NightLine { fit, reasons: numbers.clone(), ..Default::default() };
            let bytes = line.encode_to_vec();
            let mut again = Vec::new();
            put_number(&mut again, 1, fit);
            let mut packed = Vec::new();
            numbers.iter().for_each(|number| put(&mut packed, *number));
            put_packed(&mut again, 5, &packed);
            prop_assert_eq!(&again, &bytes);
            let (mut from, mut wholes) = (&bytes[..], Vec::new());
            while !from.is_empty() {
                let field = field(&mut from).unwrap();
                wholes.extend_from_slice(field.whole);
                match (field.tag, field.content) {
                    (1, Content::Number(number)) => prop_assert_eq!(number, u64::from(fit)),
                    (5, Content::Bytes(mut packed)) => {
                        let read: Vec<u32> = numbers.iter().map(|_| place(&mut packed).unwrap()).collect();
                        prop_assert!(packed.is_empty());
                        prop_assert_eq!(&read, &numbers);
                    }
                    other => prop_assert!(false, "{other:?}"),
                }
            }
            prop_assert_eq!(wholes, bytes);
        }

        #[test]
        fn a_number_is_read_back_whatever_its_length(number in any::<u64>(), shift in 0_u32..64) {
            let number = number >> shift;
            let bytes = stored::NightDatum { number, ..Default::default() }.encode_to_vec();
            let mut from = bytes.get(1..).unwrap_or(&[0]);
            prop_assert_eq!(varint(&mut from), Some(number));
            prop_assert!(from.is_empty());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let mut from = &bytes[..];
            while !from.is_empty() && field(&mut from).is_some() {}
        }
    }
}
