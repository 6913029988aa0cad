//! What halves in a year.

/// ½^(m/12) for a month 0–11 of a year, in 1/10,000.
const HALF_LIFE: [u32; 12] =
    [10_000, 9_439, 8_909, 8_409, 7_937, 7_492, 7_071, 6_674, 6_300, 5_946, 5_612, 5_297];

/// ½^(months/12), in 1/10,000.
pub(super) fn half(months: u32) -> u32 {
    let years = months / 12;
    if years >= 14 { 0 } else { HALF_LIFE[(months % 12) as usize] >> years }
}

#[cfg(test)]
mod tests {
    use super::half;

    #[test]
    fn a_year_halves_and_fourteen_years_leave_nothing() {
        assert_eq!([0, 12, 24, 6, 167, 168].map(half), [10_000, 5_000, 2_500, 7_071, 0, 0]);
    }
}
