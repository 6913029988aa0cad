//! The form in which everything stands in the database: format ‖ content ‖ checksum.
//!
//! The checksum is the first half of a BLAKE3 hash over table, key, format and content. It stands beside
//! redb's own checksums because those are verified when the file is opened, not at every read, and do
//! not notice one sound value in the place of another.

const FORMAT: u8 = 1;
const CHECKSUM_BYTES: usize = 16;

/// Puts content into its frame.
pub(super) fn seal(table: &str, key: &[u8], content: &[&[u8]]) -> Vec<u8> {
    let length = 1 + content.iter().map(|part| part.len()).sum::<usize>() + CHECKSUM_BYTES;
    let mut framed = Vec::with_capacity(length);
    framed.push(FORMAT);
    for part in content {
        framed.extend_from_slice(part);
    }
    let checksum = checksum(table, key, &framed);
    framed.extend_from_slice(&checksum);
    framed
}

/// Takes content out of its frame; `None` when it is not what was put in, under this key of this table.
pub(super) fn open<'a>(table: &str, key: &[u8], framed: &'a [u8]) -> Option<&'a [u8]> {
    let (sealed, sum) = framed.split_last_chunk::<CHECKSUM_BYTES>()?;
    if checksum(table, key, sealed) != *sum {
        return None;
    }
    let (format, content) = sealed.split_first()?;
    (*format == FORMAT).then_some(content)
}

fn checksum(table: &str, key: &[u8], sealed: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let mut hasher = blake3::Hasher::new();
    // Lengths keep table, key and content apart: no two different triples give the same input.
    for part in [table.as_bytes(), key] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.update(sealed);
    let mut sum = [0; CHECKSUM_BYTES];
    hasher.finalize_xof().fill(&mut sum);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_frame_opens_only_as_it_was_sealed(
            key in prop::collection::vec(any::<u8>(), 0..20),
            body in prop::collection::vec(any::<u8>(), 0..200),
            flip in any::<prop::sample::Index>(),
            bit in 0..8_u8,
        ) {
            let framed = seal("candidates", &key, &[&body[..body.len() / 2], &body[body.len() / 2..]]);
            prop_assert_eq!(open("candidates", &key, &framed), Some(&body[..]));
            prop_assert_eq!(open("vacancies", &key, &framed), None);
            let mut other_key = key.clone();
            other_key.push(0);
            prop_assert_eq!(open("candidates", &other_key, &framed), None);
            let mut flipped = framed.clone();
            flipped[flip.index(framed.len())] ^= 1 << bit;
            prop_assert_eq!(open("candidates", &key, &flipped), None);
            prop_assert_eq!(open("candidates", &key, &framed[..flip.index(framed.len())]), None);
        }
    }
}
