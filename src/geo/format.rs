//! Reading a table of postcodes: which layout it is, and its lines one by one.

use super::error::{LineIssue, PlacesError, ReadReport};
use super::geonames;
use super::own::Header;
use super::region::LabourMarketRegion;
use super::table::PostcodeArea;
use crate::domain::place::{Pc4, Position};
use std::collections::BTreeMap;
use std::io::Read;

/// GeoNames' file with all letters of all Dutch postcodes has about 40 MiB.
const LIMIT_MEBIBYTES: u64 = 64;
/// Longer than any name of a Dutch place or municipality.
const NAME_CHARACTERS: usize = 100;
/// The European Netherlands with a margin, in 1/100,000 degree.
const LATITUDES_E5: std::ops::RangeInclusive<i32> = 5_050_000..=5_380_000;
const LONGITUDES_E5: std::ops::RangeInclusive<i32> = 310_000..=740_000;

/// What a line is refused for: the field, the problem, the remedy.
pub(super) struct Refusal(pub(super) &'static str, pub(super) &'static str, pub(super) &'static str);

/// What one line says.
pub(super) struct Row {
    pub(super) pc4: Pc4,
    pub(super) places: Vec<String>,
    pub(super) municipality: Option<String>,
    pub(super) province: Option<String>,
    pub(super) position: Position,
    pub(super) region: Option<LabourMarketRegion>,
    /// The higher, the nearer to the truth; lines of one postcode with less than the best do not count.
    pub(super) accuracy: u8,
}

enum Layout {
    WithHeader(Header),
    GeoNames,
}

/// All of `reader`, unless that is too much.
pub(super) fn read_limited(reader: impl Read) -> Result<Vec<u8>, PlacesError> {
    let limit = LIMIT_MEBIBYTES << 20;
    let mut bytes = Vec::new();
    reader.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(PlacesError::TooLarge { limit_mebibytes: LIMIT_MEBIBYTES });
    }
    Ok(bytes)
}

/// The postcodes of a table, rising, and what became of its lines.
pub(super) fn read(bytes: &[u8]) -> Result<(Vec<PostcodeArea>, ReadReport), PlacesError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut lines = bytes
        .split(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .zip(1..)
        .filter(|(line, _)| !line.is_empty() && !line.starts_with(b"#"))
        .peekable();
    let first = lines.peek().map_or(&[][..], |(line, _)| line);
    let layout = recognise(first)?;
    if matches!(layout, Layout::WithHeader(_)) {
        lines.next();
    }

    let mut report = ReadReport::default();
    let mut found = BTreeMap::new();
    for (line, number) in lines {
        match read_line(line, &layout) {
            Ok(Some(row)) => {
                report.taken += 1;
                found.entry(row.pc4).or_insert_with(Gathered::default).add(row);
            }
            Ok(None) => report.other_countries += 1,
            Err(Refusal(field, problem, remedy)) => {
                report.refuse(LineIssue { line: number, field, problem, remedy });
            }
        }
    }
    let areas = found.into_iter().map(|(pc4, gathered)| gathered.into_area(pc4)).collect();
    Ok((areas, report))
}

fn recognise(first: &[u8]) -> Result<Layout, PlacesError> {
    if first.starts_with(b"PK") || first.starts_with(&[0x1F, 0x8B]) {
        return Err(PlacesError::Unrecognised {
            problem: "it is a packed archive",
            remedy: "unpack it and give the text file inside (GeoNames: NL.txt)",
        });
    }
    let unrecognised = PlacesError::Unrecognised {
        problem: "its first line is neither a header nor a line of GeoNames",
        remedy: "give tab-separated text: GeoNames' NL.txt, \
                 or a table whose first line names the columns pc4, lat and lon",
    };
    let Ok(first) = std::str::from_utf8(first) else { return Err(unrecognised) };
    if let Some(header) = Header::parse(first) {
        return header.map(Layout::WithHeader);
    }
    if geonames::looks_like(first) { Ok(Layout::GeoNames) } else { Err(unrecognised) }
}

fn read_line(line: &[u8], layout: &Layout) -> Result<Option<Row>, Refusal> {
    let line = std::str::from_utf8(line)
        .map_err(|_| Refusal("line", "it is no UTF-8 text", "save the file as UTF-8"))?;
    match layout {
        Layout::WithHeader(header) => header.read(line).map(Some),
        Layout::GeoNames => geonames::read(line),
    }
}

/// The four digits of "7511", "7511 AB" or "7511AB".
pub(super) fn read_pc4(field: &'static str, text: &str) -> Result<Pc4, Refusal> {
    let refusal = || Refusal(field, "that is no Dutch postcode", "write four digits from 1000 to 9999");
    let (digits, letters) = text.split_at_checked(4).ok_or_else(refusal)?;
    let letters = letters.trim_start();
    let known_end =
        letters.is_empty() || letters.len() == 2 && letters.bytes().all(|b| b.is_ascii_alphabetic());
    if !known_end || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(refusal());
    }
    digits.parse().ok().and_then(|number| Pc4::new(number).ok()).ok_or_else(refusal)
}

/// A position from two decimal numbers in degrees.
pub(super) fn read_position(
    (lat_field, lat): (&'static str, &str),
    (lon_field, lon): (&'static str, &str),
) -> Result<Position, Refusal> {
    let read = |field, text: &str, within: std::ops::RangeInclusive<i32>, remedy| {
        let degrees: f64 = text.parse().map_err(|_| Refusal(field, "that is no decimal number", remedy))?;
        // NaN becomes 0 and too much the largest number; both lie outside.
        let e5 = (degrees * 100_000.0).round() as i32;
        if within.contains(&e5) {
            Ok(e5)
        } else {
            Err(Refusal(field, "that is outside the Netherlands", remedy))
        }
    };
    Ok(Position {
        lat_e5: read(lat_field, lat, LATITUDES_E5, "write degrees north with a point, such as 52.2200")?,
        lon_e5: read(lon_field, lon, LONGITUDES_E5, "write degrees east with a point, such as 6.9001")?,
    })
}

/// A name, or `None` when the field is empty.
pub(super) fn read_name(field: &'static str, text: &str) -> Result<Option<String>, Refusal> {
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return Err(Refusal(field, "it holds a control character", "write the name in visible characters"));
    }
    if text.chars().count() > NAME_CHARACTERS {
        return Err(Refusal(field, "the name is too long", "write at most 100 characters"));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// What the lines of one postcode say together.
#[derive(Default)]
struct Gathered {
    accuracy: u8,
    lines: i64,
    lat_e5: i64,
    lon_e5: i64,
    places: Vec<String>,
    municipality: Option<String>,
    province: Option<String>,
    region: Option<LabourMarketRegion>,
}

impl Gathered {
    fn add(&mut self, row: Row) {
        if self.lines > 0 && row.accuracy < self.accuracy {
            return;
        }
        if row.accuracy > self.accuracy {
            *self = Self { accuracy: row.accuracy, ..Self::default() };
        }
        self.lines += 1;
        self.lat_e5 += i64::from(row.position.lat_e5);
        self.lon_e5 += i64::from(row.position.lon_e5);
        for place in row.places {
            if !self.places.contains(&place) {
                self.places.push(place);
            }
        }
        self.municipality = self.municipality.take().or(row.municipality);
        self.province = self.province.take().or(row.province);
        self.region = self.region.or(row.region);
    }

    fn into_area(self, pc4: Pc4) -> PostcodeArea {
        // The mean of numbers in range is in range; a postcode without a line is never gathered.
        let mean = |sum: i64| i32::try_from(sum / self.lines.max(1)).unwrap_or_default();
        let position = Position { lat_e5: mean(self.lat_e5), lon_e5: mean(self.lon_e5) };
        let by_name = || self.municipality.as_deref().and_then(LabourMarketRegion::of_municipality);
        let region = self.region.or_else(by_name);
        PostcodeArea {
            pc4,
            places: self.places,
            municipality: self.municipality,
            province: self.province,
            position,
            region,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Places;
    use super::*;
    use proptest::prelude::*;
    use std::path::Path;

    fn refused(report: &ReadReport) -> Vec<String> {
        report.issues.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_bad_line_is_named_with_field_and_remedy_and_the_good_ones_are_taken() {
        let table = b"pc4\tplaces\tlat\tlon\tregion\n\
            7511\tEnschede\t52.2200\t6.9001\t9\n\
            0511\tEnschede\t52.2200\t6.9001\t9\n\
            75111\tEnschede\t52.2200\t6.9001\t9\n\
            7512\tEnschede\t52,2200\t6.9001\t9\n\
            7513\tEnschede\tNaN\t6.9001\t9\n\
            7514\tEnschede\t52.2200\t69.001\t9\n\
            7521\tEnschede\t52.2200\n\
            7522\tEnschede\t52.2200\t6.9001\t36\n\
            7523\tEn\x07schede\t52.2200\t6.9001\t9\n\
            7524\tEnschede\xFF\t52.2200\t6.9001\t9\n\
            7525 ab\tEnschede\t52.2200\t6.9001\t\r\n";
        let (places, report) = Places::from_tsv(&table[..]).unwrap();
        assert_eq!((report.taken, report.refused), (2, 9));
        assert_eq!(places.areas().len(), 2);
        insta::assert_snapshot!(refused(&report).join("\n"), @r"
        line 3, pc4: that is no Dutch postcode; write four digits from 1000 to 9999
        line 4, pc4: that is no Dutch postcode; write four digits from 1000 to 9999
        line 5, lat: that is no decimal number; write degrees north with a point, such as 52.2200
        line 6, lat: that is outside the Netherlands; write degrees north with a point, such as 52.2200
        line 7, lon: that is outside the Netherlands; write degrees east with a point, such as 6.9001
        line 8, lon: it is missing; fill the column or leave the line out
        line 9, region: that is no labour market region; write its number, 1 to 35, or leave it empty
        line 10, places: it holds a control character; write the name in visible characters
        line 11, line: it is no UTF-8 text; save the file as UTF-8
        ");
    }

    #[test]
    fn a_file_of_another_shape_is_refused_with_a_remedy() {
        let refusal = |bytes: &[u8]| Places::from_tsv(bytes).unwrap_err().to_string();
        assert!(refusal(b"").contains("first line"));
        assert!(refusal(b"PK\x03\x04rest").contains("unpack it"));
        assert!(refusal(b"{\"pc4\": 7511}").contains("tab-separated"));
        assert!(refusal(b"pc4\tplaces\tlat\n7511\tEnschede\t52.2\n").contains("lon"));
        assert!(refusal(b"pc4\tlat\tlon\n1\t2\t3\n").contains("line 2, pc4"));
    }

    #[test]
    fn more_issues_than_can_be_listed_are_counted() {
        let table = format!("pc4\tlat\tlon\n7511\t52.22\t6.9\n{}", "x\t1\t1\n".repeat(200));
        let (_, report) = Places::from_tsv(table.as_bytes()).unwrap();
        assert_eq!((report.refused, report.issues.len()), (200, 50));
    }

    #[test]
    fn a_table_with_other_names_for_the_columns_is_read_and_agrees_with_the_embedded_one() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/geo/pc4.tsv");
        let Ok(bytes) = std::fs::read(&file) else {
            println!("skipped: {} is not there", file.display());
            return;
        };
        let (places, report) = Places::from_tsv(&bytes[..]).unwrap();
        assert_eq!((report.refused, places.areas().len()), (0, 4086));
        let embedded = Places::embedded();
        let mut near = 0;
        let mut same_region = 0;
        for area in embedded.areas() {
            let other = places.area(area.pc4).unwrap();
            near += usize::from(super::super::distance_metres(area.position, other.position) < 2_000);
            same_region += usize::from(area.region == other.region);
        }
        assert!(near >= 4_035 && same_region >= 4_060, "{near} {same_region}");
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = Places::from_tsv(&bytes[..]);
            let _ = Places::from_tsv(&[&b"pc4\tlat\tlon\tplaces\n"[..], &bytes].concat()[..]);
        }

        #[test]
        fn no_text_in_a_line_makes_the_reader_panic(line in "[0-9 A-Z\t.éß|#-]{0,60}") {
            let _ = Places::from_tsv(format!("pc4\tlat\tlon\tplaces\tamr\n{line}\n").as_bytes());
            let geonames = "NL\t7511\tEnschede\tOverijssel\t15\tEnschede\t0153\t\t\t52.22\t6.9001\t6";
            let table = format!("{geonames}\n{line}\n");
            prop_assert!(Places::from_tsv(table.as_bytes()).is_ok());
        }
    }
}
