//! How far two positions lie apart.

use crate::domain::place::Position;

/// Mean radius of the earth in metres (IUGG, R1).
const EARTH_RADIUS_METRES: f64 = 6_371_008.8;
/// Radians in one 1/100,000 degree.
const RADIANS_PER_E5: f64 = std::f64::consts::PI / 18_000_000.0;

/// The distance over the ground in whole metres, as the crow flies.
///
/// The equirectangular approximation: within the Netherlands it is less than 0.1 % (or one metre) off
/// the great circle; farther away it is a rough figure. It uses only `+ − × ÷` and the square root,
/// which IEEE 754 fixes to the last bit, so the same positions give the same metres on every machine;
/// the sine and cosine of the standard library may differ between platforms.
pub fn distance_metres(a: Position, b: Position) -> u32 {
    let north = f64::from(a.lat_e5) - f64::from(b.lat_e5);
    let east = f64::from(a.lon_e5) - f64::from(b.lon_e5);
    let middle = (f64::from(a.lat_e5) + f64::from(b.lat_e5)) / 2.0 * RADIANS_PER_E5;
    let shrunk = east * cosine(middle);
    let metres = (north * north + shrunk * shrunk).sqrt() * RADIANS_PER_E5 * EARTH_RADIUS_METRES;
    // Saturates where the positions are no positions on earth.
    (metres + 0.5) as u32
}

/// Cosine by its Taylor series up to the tenth power: 3·10⁻⁹ off at most between 0 and 55 degrees.
fn cosine(radians: f64) -> f64 {
    const COEFFICIENTS: [f64; 6] =
        [-1.0 / 3_628_800.0, 1.0 / 40_320.0, -1.0 / 720.0, 1.0 / 24.0, -1.0 / 2.0, 1.0];
    let square = radians * radians;
    COEFFICIENTS.into_iter().fold(0.0, |sum, coefficient| sum * square + coefficient)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn haversine_metres(a: Position, b: Position) -> f64 {
        let rad = |e5: i32| (f64::from(e5) / 1e5).to_radians();
        let (north, east) = (rad(a.lat_e5) - rad(b.lat_e5), rad(a.lon_e5) - rad(b.lon_e5));
        let h = (north / 2.0).sin().powi(2)
            + rad(a.lat_e5).cos() * rad(b.lat_e5).cos() * (east / 2.0).sin().powi(2);
        2.0 * EARTH_RADIUS_METRES * h.sqrt().asin()
    }

    fn in_the_netherlands() -> impl Strategy<Value = Position> {
        (5_070_000..5_360_000, 330_000..725_000).prop_map(|(lat_e5, lon_e5)| Position { lat_e5, lon_e5 })
    }

    proptest! {
        #[test]
        fn within_the_netherlands_it_is_the_great_circle_but_for_a_thousandth(
            a in in_the_netherlands(), b in in_the_netherlands(),
        ) {
            let (ours, true_one) = (f64::from(distance_metres(a, b)), haversine_metres(a, b));
            prop_assert!((ours - true_one).abs() <= (true_one / 1000.0).max(1.0), "{ours} {true_one}");
        }

        #[test]
        fn the_way_back_is_as_long_and_staying_is_no_way(
            a in in_the_netherlands(), b in in_the_netherlands(),
        ) {
            prop_assert_eq!(distance_metres(a, b), distance_metres(b, a));
            prop_assert_eq!(distance_metres(a, a), 0);
        }

        #[test]
        fn a_detour_is_never_shorter_but_for_the_approximation(
            a in in_the_netherlands(), b in in_the_netherlands(), c in in_the_netherlands(),
        ) {
            let detour = u64::from(distance_metres(a, b)) + u64::from(distance_metres(b, c));
            prop_assert!(u64::from(distance_metres(a, c)) <= detour + detour / 500 + 2);
        }

        #[test]
        fn positions_that_are_nowhere_do_not_panic(
            lat_e5 in any::<i32>(), lon_e5 in any::<i32>(), other in in_the_netherlands(),
        ) {
            let nowhere = Position { lat_e5, lon_e5 };
            prop_assert_eq!(distance_metres(nowhere, other), distance_metres(other, nowhere));
        }
    }
}
