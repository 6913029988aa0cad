//! How many typing errors lie between two words.

/// Typing errors that are forgiven in a word of so many letters: 1 from 5 letters, 2 from 9.
pub fn errors_forgiven(letters: usize) -> usize {
    match letters {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    }
}

/// Counts typing errors; its rows are kept for the next word.
#[derive(Debug, Default)]
pub struct Distances {
    rows: [Vec<usize>; 3],
}

impl Distances {
    /// The errors (a letter too many, too few, another one, two neighbours swapped) between `typed` and the beginning of
    /// `word` that it is nearest to; `None` for more than `most`.
    pub fn beginning(&mut self, typed: &[char], word: &[char], most: usize) -> Option<usize> {
        // Longer beginnings than this are too far away already.
        let word = word.get(..typed.len() + most).unwrap_or(word);
        let band = self.last_row(typed, word, most)?.get(typed.len().saturating_sub(most)..)?;
        band.iter().copied().min().filter(|errors| *errors <= most)
    }

    /// The errors between two words; `None` for more than `most`.
    pub fn whole(&mut self, typed: &[char], word: &[char], most: usize) -> Option<usize> {
        if typed.len().abs_diff(word.len()) > most {
            return None;
        }
        self.last_row(typed, word, most)?.last().copied().filter(|errors| *errors <= most)
    }

    /// The last row of the table of distances, right where they are no more than `most`; `None` where none is.
    fn last_row(&mut self, typed: &[char], word: &[char], most: usize) -> Option<&[usize]> {
        let too_many = most + 1;
        let [before, last, now] = &mut self.rows;
        for row in [&mut *before, &mut *last, &mut *now] {
            row.clear();
            row.resize(word.len() + 1, too_many);
        }
        for (errors, cell) in last.iter_mut().enumerate().take(most + 1) {
            *cell = errors;
        }
        for (i, letter) in typed.iter().enumerate() {
            // Further from the diagonal than `most` there are more errors than that.
            let (first, end) = ((i + 1).saturating_sub(most), (i + 2 + most).min(word.len() + 1));
            now[first.saturating_sub(1)] = too_many;
            let mut least = too_many;
            for j in first..end {
                let mut distance = too_many.min(last[j] + 1);
                if j == 0 {
                    distance = distance.min(i + 1);
                } else {
                    let other = word[j - 1];
                    distance = distance.min(last[j - 1] + usize::from(*letter != other)).min(now[j - 1] + 1);
                    if i > 0 && j > 1 && *letter == word[j - 2] && typed[i - 1] == other {
                        distance = distance.min(before[j - 2] + 1);
                    }
                }
                least = least.min(distance);
                now[j] = distance;
            }
            if end <= word.len() {
                now[end] = too_many;
            }
            if least > most {
                return None;
            }
            std::mem::swap(before, last);
            std::mem::swap(last, now);
        }
        Some(last)
    }
}

/// Which letters a word has, one bit for each of 64 groups of letters.
pub(super) fn letters_of(word: impl Iterator<Item = char>) -> u64 {
    word.fold(0, |letters, letter| letters | 1 << (u32::from(letter) % 64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The last row, as the textbook has it.
    fn plain(typed: &[char], word: &[char]) -> Vec<usize> {
        let mut table = vec![vec![0; word.len() + 1]; typed.len() + 1];
        for i in 0..=typed.len() {
            for j in 0..=word.len() {
                table[i][j] = match (i, j) {
                    (0, j) => j,
                    (i, 0) => i,
                    _ => {
                        let same = usize::from(typed[i - 1] != word[j - 1]);
                        let mut least =
                            (table[i - 1][j] + 1).min(table[i][j - 1] + 1).min(table[i - 1][j - 1] + same);
                        if i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1] {
                            least = least.min(table[i - 2][j - 2] + 1);
                        }
                        least
                    }
                };
            }
        }
        table.pop().unwrap_or_default()
    }

    proptest! {
        #[test]
        fn the_narrow_table_says_what_the_whole_one_says(typed in "[abc]{0,9}", word in "[abc]{0,12}") {
            let [typed, word] = [&typed, &word].map(|text| text.chars().collect::<Vec<_>>());
            let mut distances = Distances::default();
            for most in 0..=2 {
                let expected = plain(&typed, &word).into_iter().min().filter(|errors| *errors <= most);
                prop_assert_eq!(distances.beginning(&typed, &word, most), expected);
                let expected = Some(plain(&typed, &word)[word.len()]).filter(|errors| *errors <= most);
                prop_assert_eq!(distances.whole(&typed, &word, most), expected);
            }
        }
    }

    fn distance(typed: &str, word: &str, most: usize) -> Option<usize> {
        let [typed, word] = [typed, word].map(|text| text.chars().collect::<Vec<_>>());
        Distances::default().beginning(&typed, &word, most)
    }

    #[test]
    fn errors_are_counted_against_the_nearest_beginning() {
        for (typed, word, expected) in [
            ("verzorg", "verzorgende", Some(0)),
            ("vezorg", "verzorgende", Some(1)),
            ("vrezorg", "verzorgende", Some(1)),
            ("verrzorg", "verzorgende", Some(1)),
            ("verzurg", "verzorgende", Some(1)),
            ("schaufeur", "chauffeur", Some(2)),
            ("lasser", "las", None),
            ("kok", "timmer", None),
            ("", "kok", Some(0)),
        ] {
            assert_eq!(distance(typed, word, 2), expected, "{typed} {word}");
        }
        assert_eq!(distance("schaufeur", "chauffeur", 1), None);
    }
}
