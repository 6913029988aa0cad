//! The core score as its README writes it, in float64, person by person: what every engine is checked against.

use crate::record::{Opening, Person};

/// The score from 0 to 10,000.
pub(crate) fn score(opening: &Opening, person: &Person) -> f64 {
    let asked = |number: u8| number != 0;
    let mut score = f64::from(opening.base);
    for (term, points) in &opening.terms {
        if person.terms.contains(term) {
            score += f64::from(*points);
        }
    }
    if asked(opening.dutch) {
        let missing = f64::from(opening.dutch) - f64::from(person.dutch);
        score += if person.dutch == 0 { 750.0 } else { 1_500.0 - 500.0 * missing.clamp(0.0, 3.0) };
    }
    for (weight, quality) in opening.weights.iter().zip(&person.qualities) {
        score += f64::from(*weight) * f64::from(*quality);
    }
    if asked(opening.hours[1]) {
        let [asked_min, asked_max] = opening.hours.map(f64::from);
        let [min, max] = person.hours.map(f64::from);
        let gap = (asked_min - max).max(min - asked_max).max(0.0);
        score += if max == 0.0 { 500.0 } else { (1_000.0 - 100.0 * gap).max(0.0) };
    }
    if opening.place != [0, 0] {
        let [x, y] = [0, 1].map(|at| f64::from(opening.place[at]) - f64::from(person.home[at]));
        let (distance, reach) = ((x * x + y * y).sqrt().floor(), f64::from(person.reach));
        let near = (2.0 * reach - distance).clamp(0.0, reach);
        score += if person.home == [0, 0] { 750.0 } else { (1_500.0 * near / reach).floor() };
    }
    if asked(opening.sector) {
        let wished = person.sectors >> (opening.sector - 1) & 1;
        score += if person.sectors == 0 { 250.0 } else { 500.0 * f64::from(wished) };
    }
    if asked(opening.level) {
        let above = f64::from(person.level) - f64::from(opening.level);
        let known = if above >= 0.0 { 500.0 - 50.0 * above } else { (500.0 + 250.0 * above).max(0.0) };
        score += if person.level == 0 { 250.0 } else { known };
    }
    score
}

/// The best `k`: score from high to low, of equals the lowest number first.
pub(crate) fn top(opening: &Opening, people: &[Person], k: usize) -> Vec<(u32, u16)> {
    let mut all: Vec<(f64, usize)> =
        people.iter().enumerate().map(|(at, person)| (score(opening, person), at)).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    all.truncate(k);
    all.into_iter().map(|(score, at)| (at as u32, score as u16)).collect()
}
