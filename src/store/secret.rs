//! The store's secret, and what is derived from it.

use super::record::ContactKey;
use std::fmt;

/// 32 random bytes that are made with the store and never leave it. Each use has a key of its own.
#[derive(Clone, PartialEq, Eq)]
pub struct StoreSecret {
    tie_order: [u8; 32],
    contact_keys: [u8; 32],
    pseudonyms: [u8; 32],
    erasures: [u8; 32],
    decisions: [u8; 32],
}

impl StoreSecret {
    pub(super) fn new(secret: &[u8; 32]) -> Self {
        Self {
            tie_order: blake3::derive_key("passend 2026 order of ties", secret),
            contact_keys: blake3::derive_key("passend 2026 keys of contact data", secret),
            pseudonyms: blake3::derive_key("passend 2026 pseudonyms for employers", secret),
            erasures: blake3::derive_key("passend 2026 erased people", secret),
            decisions: blake3::derive_key("passend 2026 signing key of the record of decisions", secret),
        }
    }

    /// The key under which the order inside a tie is hashed (R17).
    pub fn tie_order(&self) -> &[u8; 32] {
        &self.tie_order
    }

    /// The seed of the key that signs the record of decisions.
    pub fn decision_key(&self) -> &[u8; 32] {
        &self.decisions
    }

    /// How an employer is told of a candidate for a vacancy: 16 hexadecimal digits in groups of four. The same person
    /// has another one for every vacancy, and nobody without the secret can tell whose it is.
    pub fn pseudonym(&self, vacancy: &str, candidate: &str) -> String {
        let mut hasher = blake3::Hasher::new_keyed(&self.pseudonyms);
        hasher.update(&(vacancy.len() as u64).to_le_bytes());
        hasher.update(vacancy.as_bytes());
        hasher.update(candidate.as_bytes());
        let hash = hasher.finalize();
        let groups: Vec<String> = hash
            .as_bytes()
            .chunks(2)
            .take(4)
            .map(|pair| pair.iter().map(|b| format!("{b:02x}")).collect())
            .collect();
        groups.join("-")
    }

    /// What is remembered of a person who was erased, so that no backup brings them back: of no use to who does not have
    /// the secret.
    pub fn erased(&self, candidate: &str) -> [u8; 32] {
        *blake3::keyed_hash(&self.erasures, candidate.as_bytes()).as_bytes()
    }

    /// The key of an e-mail address, however its letters are cased. `None` when there is nothing in it.
    pub fn email_key(&self, email: &str) -> Option<ContactKey> {
        let normal = email.trim().to_lowercase();
        if normal.is_empty() {
            return None;
        }
        Some(self.contact_key(b"e-mail", normal.as_bytes()))
    }

    /// The key of a telephone number, with or without the Dutch country code (+31, 0031), spaces and
    /// dashes. `None` when it has fewer than six digits, such as a short code that many people share.
    pub fn phone_key(&self, phone: &str) -> Option<ContactKey> {
        let digits: String = phone.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
        let international = phone.trim_start().starts_with('+');
        let national = match digits.strip_prefix("00").or_else(|| international.then_some(digits.as_str())) {
            Some(with_country) => match with_country.strip_prefix("31") {
                Some(dutch) => format!("0{dutch}"),
                None => format!("00{with_country}"),
            },
            None => digits.clone(),
        };
        if national.len() < 6 {
            return None;
        }
        Some(self.contact_key(b"phone", national.as_bytes()))
    }

    fn contact_key(&self, kind: &[u8], normal: &[u8]) -> ContactKey {
        let mut hasher = blake3::Hasher::new_keyed(&self.contact_keys);
        hasher.update(kind);
        hasher.update(&[0]);
        hasher.update(normal);
        let mut key = [0; 16];
        hasher.finalize_xof().fill(&mut key);
        ContactKey(key)
    }
}

/// A secret never reaches a log.
impl fmt::Debug for StoreSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoreSecret(not shown)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_written_in_six_ways_has_one_key() {
        let secret = StoreSecret::new(&[7; 32]);
        let key = secret.phone_key("06-12345678");
        assert!(key.is_some());
        for same in ["0612345678", "+31 6 1234 5678", "0031612345678", "+31(0)612345678", " +31 6 12345678"] {
            assert_eq!(secret.phone_key(same), key, "{same}");
        }
        for other in ["0612345679", "+49 6 12345678", "+32 612345678"] {
            assert_ne!(secret.phone_key(other), key, "{other}");
        }
        assert_eq!(secret.phone_key("112"), None);
        assert_eq!(secret.phone_key("geen"), None);
    }

    #[test]
    fn a_key_depends_on_the_address_and_on_the_secret() {
        let secret = StoreSecret::new(&[7; 32]);
        assert_eq!(secret.email_key(" A.Jansen@Voorbeeld.NL"), secret.email_key("a.jansen@voorbeeld.nl"));
        assert_ne!(secret.email_key("a@voorbeeld.nl"), secret.email_key("b@voorbeeld.nl"));
        assert_ne!(
            secret.email_key("a@voorbeeld.nl"),
            StoreSecret::new(&[8; 32]).email_key("a@voorbeeld.nl")
        );
        assert_eq!(secret.email_key("  "), None);
        assert_ne!(secret.tie_order(), &secret.contact_keys);
    }

    #[test]
    fn a_pseudonym_differs_per_vacancy_person_and_secret_and_is_not_the_order_of_ties() {
        let secret = StoreSecret::new(&[7; 32]);
        let one = secret.pseudonym("v", "k");
        assert_eq!(one, secret.pseudonym("v", "k"));
        assert_eq!((one.len(), one.matches('-').count()), (19, 3), "{one}");
        for other in [
            secret.pseudonym("w", "k"),
            secret.pseudonym("v", "l"),
            secret.pseudonym("", "vk"),
            secret.pseudonym("vk", ""),
            StoreSecret::new(&[8; 32]).pseudonym("v", "k"),
        ] {
            assert_ne!(one, other);
        }
        assert_ne!(secret.tie_order(), &secret.pseudonyms);
        assert_ne!(secret.contact_keys, secret.pseudonyms);
    }
}
