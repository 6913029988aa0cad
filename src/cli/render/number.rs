//! Numbers as people of the language write them: 81,25 and 12.600 in Dutch, 81.25 and 12,600 in English.

use crate::cli::settings::Language;

/// Hundredths of a point of a score or a line; exact, because the interface carries hundredths.
pub(super) fn hundredths(points: f64) -> i64 {
    // A float becomes the nearest whole number; what no score can be (NaN, infinities) ends at the bounds.
    (points * 100.0).round() as i64
}

/// Points with two decimals: "81,25".
pub(super) fn points(points: f64, language: Language) -> String {
    let all = hundredths(points);
    let sign = if all < 0 { "−" } else { "" };
    let (whole, rest) = (all.unsigned_abs() / 100, all.unsigned_abs() % 100);
    format!("{sign}{whole}{}{rest:02}", language.pick(&[",", "."]))
}

/// Points with a sign: "+12,40", "−1,20".
pub(super) fn signed_points(value: f64, language: Language) -> String {
    let plus = if hundredths(value) < 0 { "" } else { "+" };
    format!("{plus}{}", points(value, language))
}

/// A fit or share of 0 to 1 as a percentage: "62%".
pub(super) fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// A count with groups of three digits.
pub(in crate::cli) fn count(count: u64, language: Language) -> String {
    let digits = count.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push_str(language.pick(&[".", ","]));
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_written_as_people_of_the_language_write_them() {
        assert_eq!(points(81.25, Language::Dutch), "81,25");
        assert_eq!(points(-0.07, Language::English), "−0.07");
        assert_eq!(signed_points(-0.001, Language::Dutch), "+0,00", "nothing is neither more nor less");
        assert_eq!(count(592_000_000, Language::Dutch), "592.000.000");
        assert_eq!(count(999, Language::English), "999");
        assert_eq!(percent(0.625), "62%");
    }

    proptest! {
        #[test]
        fn hundredths_survive_the_way_through_a_float(all in -1_000_000i64..1_000_000) {
            prop_assert_eq!(hundredths(all as f64 / 100.0), all);
        }
    }
}
