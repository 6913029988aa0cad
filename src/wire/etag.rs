//! The etag of a record.

/// A text that differs for every version of a record. It is a hash, so that nobody reads a meaning into it
/// or counts on the next one.
pub fn etag(version: u64) -> String {
    let hash = blake3::derive_key("passend 2026-11 etag of a record's version", &version.to_be_bytes());
    hash[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_etag_is_the_same_for_the_same_version_only() {
        assert_eq!(etag(7), etag(7));
        assert_eq!(etag(7).len(), 16);
        let different: std::collections::HashSet<_> = (0..10_000).map(etag).collect();
        assert_eq!(different.len(), 10_000);
    }
}
