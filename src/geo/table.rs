//! One table of postcodes, and what can be asked of it.

use super::error::{PlacesError, ReadReport};
use super::region::LabourMarketRegion;
use super::{format, own};
use crate::domain::place::{Pc4, Position};
use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;
use std::sync::{Arc, OnceLock};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

const EMBEDDED: &[u8] = include_bytes!("../../data/places/pc4.tsv");
/// Everyday names of places whose official name the table has.
const EVERYDAY_NAMES: [(&str, &str); 2] = [("den haag", "s gravenhage"), ("den bosch", "s hertogenbosch")];

/// What is known of one four-digit postcode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostcodeArea {
    /// The four digits.
    pub pc4: Pc4,
    /// The places it lies in, most often one; may be empty.
    pub places: Vec<String>,
    /// The municipality (*gemeente*). Shown, never scored; near a border it may be the neighbour.
    pub municipality: Option<String>,
    /// The province (*provincie*), by its Dutch name.
    pub province: Option<String>,
    /// The middle of its addresses, about 1 km precise.
    pub position: Position,
    /// The labour market region (*arbeidsmarktregio*).
    pub region: Option<LabourMarketRegion>,
}

/// Where a table comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Shipped with the program: `data/places/pc4.tsv`.
    Embedded,
    /// Brought by the user.
    Imported,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Embedded => "embedded",
            Self::Imported => "imported",
        })
    }
}

/// A table of Dutch postcodes with their positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// By postcode, rising; each postcode once.
    areas: Vec<PostcodeArea>,
    by_place: BTreeMap<String, Vec<Pc4>>,
    content_hash: String,
    origin: Origin,
}

impl Places {
    /// The table that is shipped with the program, read once.
    pub fn embedded() -> Arc<Self> {
        static TABLE: OnceLock<Arc<Places>> = OnceLock::new();
        let read = || {
            // A test holds that every line is taken; a line that were not would be unknown, not a crash.
            let areas = format::read(EMBEDDED).map(|(areas, _)| areas).unwrap_or_default();
            Arc::new(Self::new(areas, Origin::Embedded))
        };
        TABLE.get_or_init(read).clone()
    }

    /// Reads a table in one of three layouts, told apart by their shape: this project's own
    /// (`data/places/pc4.tsv`), any tab-separated table with a header that names `pc4`, `lat` and `lon`,
    /// and GeoNames' `NL.txt`.
    ///
    /// Where several lines speak of one postcode, the most accurate count, and their positions are
    /// averaged. Municipality, province and region that the table does not give are taken from the
    /// embedded table where that knows the same postcode. Lines that cannot be read are left out and
    /// reported.
    ///
    /// # Errors
    /// When reading breaks off, the table is too large or of another shape, or no line can be taken.
    pub fn from_tsv(reader: impl Read) -> Result<(Self, ReadReport), PlacesError> {
        let bytes = format::read_limited(reader)?;
        let (mut areas, report) = format::read(&bytes)?;
        if areas.is_empty() {
            return Err(PlacesError::Nothing { report });
        }
        let embedded = Self::embedded();
        for area in &mut areas {
            if let Some(known) = embedded.area(area.pc4) {
                complete(area, known);
            }
        }
        Ok((Self::new(areas, Origin::Imported), report))
    }

    fn new(areas: Vec<PostcodeArea>, origin: Origin) -> Self {
        let mut by_place: BTreeMap<String, Vec<Pc4>> = BTreeMap::new();
        for area in &areas {
            for place in &area.places {
                let postcodes = by_place.entry(place_key(place)).or_default();
                if postcodes.last() != Some(&area.pc4) {
                    postcodes.push(area.pc4);
                }
            }
        }
        let hash = blake3::hash(own::write(&areas).as_bytes());
        let content_hash = hash.to_hex().chars().take(16).collect();
        Self { areas, by_place, content_hash, origin }
    }

    /// What is known of a postcode; `None` when the table does not have it.
    pub fn area(&self, pc4: Pc4) -> Option<&PostcodeArea> {
        let at = self.areas.binary_search_by_key(&pc4, |area| area.pc4).ok()?;
        self.areas.get(at)
    }

    /// Where a postcode lies; `None` when that is unknown.
    pub fn position(&self, pc4: Pc4) -> Option<Position> {
        self.area(pc4).map(|area| area.position)
    }

    /// The labour market region of a postcode; `None` when that is unknown.
    pub fn labour_market_region(&self, pc4: Pc4) -> Option<LabourMarketRegion> {
        self.area(pc4)?.region
    }

    /// The postcodes of a place, rising, without regard to capitals and accents; empty when the place
    /// is unknown. A name that several places share gives the postcodes of all of them.
    pub fn by_place(&self, name: &str) -> &[Pc4] {
        let key = place_key(name);
        let everyday = EVERYDAY_NAMES.iter().find(|(everyday, _)| *everyday == key);
        let official = everyday.map_or(key.as_str(), |(_, official)| official);
        self.by_place.get(official).map_or(&[], Vec::as_slice)
    }

    /// All postcodes, rising.
    pub fn areas(&self) -> &[PostcodeArea] {
        &self.areas
    }

    /// The postcodes of one labour market region, rising.
    pub fn in_region(&self, region: LabourMarketRegion) -> impl Iterator<Item = &PostcodeArea> {
        self.areas.iter().filter(move |area| area.region == Some(region))
    }

    /// Where the table comes from.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// The first 16 hexadecimal digits of the BLAKE3 hash of what the table says: equal for equal
    /// contents, whatever the layout of the file they came in.
    pub fn content_hash(&self) -> &str {
        &self.content_hash
    }

    /// Names the table in answers and logs: its origin and the hash of its contents.
    pub fn version(&self) -> String {
        format!("{} {}", self.origin, self.content_hash)
    }

    /// The table in this project's own layout; [`Places::from_tsv`] reads it back unchanged.
    pub fn to_tsv(&self) -> String {
        own::write(&self.areas)
    }
}

/// Fills what `area` leaves open with what the embedded table knows of the same postcode.
fn complete(area: &mut PostcodeArea, known: &PostcodeArea) {
    if area.region.is_none() {
        area.region = known.region;
    }
    if area.municipality.is_none() {
        area.municipality.clone_from(&known.municipality);
    }
    if area.province.is_none() {
        area.province.clone_from(&known.province);
    }
}

/// A name as it is looked up: without accents, capitals and punctuation.
pub(super) fn place_key(name: &str) -> String {
    let plain: String = name
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::distance_metres;
    use super::*;
    use proptest::prelude::*;

    fn pc4(digits: u16) -> Pc4 {
        Pc4::new(digits).unwrap()
    }

    fn kilometres(from: u16, to: u16) -> u32 {
        let places = Places::embedded();
        distance_metres(places.position(pc4(from)).unwrap(), places.position(pc4(to)).unwrap()) / 1000
    }

    #[test]
    fn every_line_of_the_embedded_table_is_taken_and_has_a_region() {
        let (areas, report) = format::read(EMBEDDED).unwrap();
        assert_eq!((report.refused, areas.len()), (0, 4082), "{:?}", report.issues);
        assert!(areas.iter().all(|area| area.region.is_some() && !area.places.is_empty()));
        for area in &areas {
            let municipality = area.municipality.as_deref().unwrap();
            assert_eq!(LabourMarketRegion::of_municipality(municipality), area.region, "{:?}", area.pc4);
        }
        for region in LabourMarketRegion::all() {
            assert!(Places::embedded().in_region(region).count() >= 15, "{region}");
        }
    }

    #[test]
    fn known_distances_come_out() {
        // Enschede centre to Hengelo centre, Amsterdam centre, Maastricht centre.
        assert!((7..=9).contains(&kilometres(7511, 7551)));
        assert!((136..=144).contains(&kilometres(7511, 1012)));
        assert!((165..=180).contains(&kilometres(7511, 6211)));
    }

    #[test]
    fn a_postcode_that_is_not_in_the_table_stays_unknown() {
        let places = Places::embedded();
        assert_eq!(places.position(pc4(7510)), None);
        assert_eq!(places.labour_market_region(pc4(1000)), None);
        assert_eq!(places.labour_market_region(pc4(7511)), Some(LabourMarketRegion::TWENTE));
    }

    #[test]
    fn a_place_is_found_however_it_is_written() {
        let places = Places::embedded();
        assert!(places.by_place("ENSCHEDE").contains(&pc4(7511)));
        assert!(places.by_place("Den Haag").contains(&pc4(2511)));
        assert_eq!(places.by_place("den haag"), places.by_place("'s-Gravenhage"));
        assert!(places.by_place("Sudwest Nergens").is_empty());
        assert_eq!(place_key(" Súdwest-Fryslân "), "sudwest fryslan");
        assert!(!places.by_place("Hengelo").contains(&pc4(7255)), "Hengelo (Gld) is another place");
    }

    #[test]
    fn the_hash_tells_contents_not_layouts() {
        let places = Places::embedded();
        let (again, _) = Places::from_tsv(places.to_tsv().as_bytes()).unwrap();
        assert_eq!(again.content_hash(), places.content_hash());
        assert_eq!(again.areas(), places.areas());
        assert_eq!(again.version(), format!("imported {}", places.content_hash()));
        let moved = places.to_tsv().replacen("52.37100", "52.37101", 1);
        assert_ne!(Places::from_tsv(moved.as_bytes()).unwrap().0.content_hash(), places.content_hash());
    }

    fn any_area() -> impl Strategy<Value = PostcodeArea> {
        let name = "[A-Za-z'éâ-]{1,12}( \\([A-Z]{2}\\))?";
        let region = proptest::option::of((1_u8..=35).prop_map(|n| LabourMarketRegion::new(n).unwrap()));
        (
            1000_u16..=9999,
            proptest::collection::btree_set(name, 0..3),
            proptest::option::of(name),
            (5_060_000..5_370_000, 320_000..730_000),
            region,
        )
            .prop_map(|(digits, places, municipality, (lat_e5, lon_e5), region)| PostcodeArea {
                pc4: pc4(digits),
                places: places.into_iter().collect(),
                municipality,
                province: None,
                position: Position { lat_e5, lon_e5 },
                region,
            })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(mut areas in proptest::collection::vec(any_area(), 0..20)) {
            areas.sort_by_key(|area| area.pc4);
            areas.dedup_by_key(|area| area.pc4);
            let (read, report) = format::read(own::write(&areas).as_bytes()).unwrap();
            prop_assert_eq!(report.refused, 0);
            for (read, written) in read.iter().zip(&areas) {
                // A municipality that the law knows brings its region along.
                let mut expected = written.clone();
                let by_name = written.municipality.as_deref().and_then(LabourMarketRegion::of_municipality);
                expected.region = expected.region.or(by_name);
                prop_assert_eq!(read, &expected);
            }
            prop_assert_eq!(read.len(), areas.len());
        }
    }
}
