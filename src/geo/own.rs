//! Tables with a header line: this project's own layout, and others that name their columns alike.

use super::error::PlacesError;
use super::format::{Refusal, Row, read_name, read_pc4, read_position};
use super::region::LabourMarketRegion;
use super::table::PostcodeArea;
use crate::domain::place::Position;
use std::fmt::Write;

/// Stands between the names of the places of one postcode.
const BETWEEN_PLACES: char = '|';

/// In which column what stands.
pub(super) struct Header {
    pc4: usize,
    lat: usize,
    lon: usize,
    places: Option<usize>,
    municipality: Option<usize>,
    province: Option<usize>,
    region: Option<usize>,
}

impl Header {
    /// The header that `line` is, or `None` when it is no header: it does not name `pc4`.
    pub(super) fn parse(line: &str) -> Option<Result<Self, PlacesError>> {
        let names: Vec<String> = line.split('\t').map(|name| name.trim().to_ascii_lowercase()).collect();
        let find = |wanted: &[&str]| names.iter().position(|name| wanted.contains(&name.as_str()));
        let pc4 = find(&["pc4"])?;
        let (Some(lat), Some(lon)) = (find(&["lat"]), find(&["lon"])) else {
            return Some(Err(PlacesError::Unrecognised {
                problem: "its header has no column lat or no column lon",
                remedy: "name the columns with the degrees north and east lat and lon",
            }));
        };
        Some(Ok(Self {
            pc4,
            lat,
            lon,
            places: find(&["places", "place"]),
            municipality: find(&["municipality", "gemeente"]),
            province: find(&["province", "provincie"]),
            region: find(&["region", "amr"]),
        }))
    }

    /// What one line says.
    pub(super) fn read(&self, line: &str) -> Result<Row, Refusal> {
        let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
        let must = |field, at: usize| match fields.get(at) {
            Some(text) if !text.is_empty() => Ok(*text),
            _ => Err(Refusal(field, "it is missing", "fill the column or leave the line out")),
        };
        let may = |at: Option<usize>| at.and_then(|at| fields.get(at)).copied().unwrap_or_default();

        let pc4 = read_pc4("pc4", must("pc4", self.pc4)?)?;
        let position = read_position(("lat", must("lat", self.lat)?), ("lon", must("lon", self.lon)?))?;
        let mut places = Vec::new();
        for name in may(self.places).split(BETWEEN_PLACES) {
            places.extend(read_name("places", name)?);
        }
        // Some tables give a municipality by its code; that is no name to show.
        let municipality = read_name("municipality", may(self.municipality))?
            .filter(|name| !name.bytes().all(|b| b.is_ascii_digit()));
        let province = read_name("province", may(self.province))?;
        let region = read_region(may(self.region))?;
        Ok(Row { pc4, places, municipality, province, position, region, accuracy: 0 })
    }
}

fn read_region(text: &str) -> Result<Option<LabourMarketRegion>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    let region = text.parse().ok().and_then(LabourMarketRegion::new);
    region.map(Some).ok_or(Refusal(
        "region",
        "that is no labour market region",
        "write its number, 1 to 35, or leave it empty",
    ))
}

/// The table in this project's layout, the postcodes in the order given.
pub(super) fn write(areas: &[PostcodeArea]) -> String {
    let mut text = String::from("pc4\tplaces\tmunicipality\tprovince\tlat\tlon\tregion\n");
    for area in areas {
        let Position { lat_e5, lon_e5 } = area.position;
        let region = area.region.map(|region| region.number().to_string()).unwrap_or_default();
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{}\t{}\t{}\t{}\t{}.{:05}\t{}.{:05}\t{region}",
            area.pc4.digits(),
            area.places.join(" | "),
            area.municipality.as_deref().unwrap_or_default(),
            area.province.as_deref().unwrap_or_default(),
            lat_e5 / 100_000,
            lat_e5 % 100_000,
            lon_e5 / 100_000,
            lon_e5 % 100_000,
        );
    }
    text
}
