//! A word and the runs of characters it is built of.

/// Lengths of the runs of characters, counted with a mark before and one after the word.
const RUNS: std::ops::RangeInclusive<usize> = 3..=5;
/// Most characters of a word that count.
const MOST_CHARACTERS: usize = 40;

/// The hashes of a normalised word's pieces: the whole word first, then its runs of characters, shorter runs first.
pub(super) fn pieces_of(word: &str, out: &mut Vec<u64>) {
    out.clear();
    let mut marked = ['<'; MOST_CHARACTERS + 2];
    let mut length = 1;
    for (place, c) in marked[1..=MOST_CHARACTERS].iter_mut().zip(word.chars()) {
        *place = c;
        length += 1;
    }
    marked[length] = '>';
    let marked = &marked[..=length];
    out.push(hash(marked, WHOLE));
    for run in RUNS {
        // A run as long as the word itself tells nothing new.
        if run < marked.len() {
            out.extend(marked.windows(run).map(|characters| hash(characters, PART)));
        }
    }
}

/// Tells a whole word from a run that reads the same.
const WHOLE: u64 = 0xcbf2_9ce4_8422_2325;
const PART: u64 = 0x9e37_79b9_7f4a_7c15;

/// FNV-1a over the characters, mixed once more at the end so that short runs spread over all bits.
fn hash(characters: &[char], seed: u64) -> u64 {
    let hash =
        characters.iter().fold(seed, |hash, c| (hash ^ u64::from(*c)).wrapping_mul(0x0000_0100_0000_01b3));
    (hash ^ (hash >> 31)).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(word: &str) -> Vec<u64> {
        let mut out = Vec::new();
        pieces_of(word, &mut out);
        out
    }

    #[test]
    fn a_word_has_itself_and_its_runs_of_three_to_five() {
        // <zorg>: 4 runs of three, 3 of four, 2 of five.
        assert_eq!(pieces("zorg").len(), 1 + 4 + 3 + 2);
        // <c>: three characters with its marks, no shorter run.
        assert_eq!(pieces("c").len(), 1);
    }

    #[test]
    fn words_that_are_built_alike_share_pieces_and_a_whole_word_is_no_run() {
        let (one, other) = (pieces("verpleger"), pieces("verpleegster"));
        assert!(one.iter().filter(|piece| other.contains(piece)).count() >= 9);
        assert!(!pieces("kapper").contains(&pieces("kap")[0]));
    }

    #[test]
    fn a_word_without_end_is_cut() {
        assert_eq!(pieces(&"a".repeat(100_000)).len(), 1 + 40 + 39 + 38);
        assert_eq!(pieces(&"🦀".repeat(41)).len(), pieces(&"🦀".repeat(40)).len());
    }
}
