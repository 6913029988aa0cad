//! The order of a list: by score, and inside a tie by a keyed hash (R17).

use crate::domain::text::{CandidateId, VacancyId};

/// The secret of a store under which ties are ordered.
pub type TieSecret = [u8; 32];

/// A place in a list: what comes after it is the next page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The score of the last match shown, in hundredths.
    pub score: u16,
    /// Its tie hash.
    pub tie: u128,
    /// Its id.
    pub id: String,
}

/// The hash of a pair that orders it among equals, from low to high.
pub fn tie(secret: &TieSecret, vacancy: &VacancyId, candidate: &CandidateId) -> u128 {
    let (vacancy, candidate) = (vacancy.as_str().as_bytes(), candidate.as_str().as_bytes());
    let mut hasher = blake3::Hasher::new_keyed(secret);
    hasher.update(&(vacancy.len() as u64).to_le_bytes()).update(vacancy).update(candidate);
    hasher.finalize().as_bytes().iter().take(16).fold(0, |hash, byte| hash << 8 | u128::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r17_the_tie_differs_per_vacancy_and_secret_and_ids_never_run_together() {
        let tie = |secret: u8, vacancy: &str, candidate: &str| {
            tie(&[secret; 32], &VacancyId::new(vacancy).unwrap(), &CandidateId::new(candidate).unwrap())
        };
        assert_eq!(tie(1, "v", "k"), tie(1, "v", "k"));
        assert_ne!(tie(1, "v", "k"), tie(1, "w", "k"));
        assert_ne!(tie(1, "v", "k"), tie(2, "v", "k"));
        assert_ne!(tie(1, "ab", "c"), tie(1, "a", "bc"));
    }
}
