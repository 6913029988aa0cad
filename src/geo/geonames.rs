//! GeoNames' table of Dutch postcodes, `NL.txt` (or `NL_full.txt`, with letters): twelve tab-separated
//! columns without a header.

use super::format::{Refusal, Row, read_name, read_pc4, read_position};

const COLUMNS: usize = 12;
/// GeoNames writes the names of some provinces in English.
const PROVINCES: [(&str, &str); 5] = [
    ("Guelders", "Gelderland"),
    ("North Brabant", "Noord-Brabant"),
    ("North Holland", "Noord-Holland"),
    ("South Holland", "Zuid-Holland"),
    ("Fryslân", "Friesland"),
];

/// Whether a line begins as every line of GeoNames does: two capitals, and twelve columns.
pub(super) fn looks_like(line: &str) -> bool {
    let country = line.split('\t').next().unwrap_or_default();
    line.split('\t').count() == COLUMNS
        && country.len() == 2
        && country.bytes().all(|b| b.is_ascii_uppercase())
}

/// What one line says; `None` when it is about another country.
pub(super) fn read(line: &str) -> Result<Option<Row>, Refusal> {
    let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
    let [country, postal_code, place, province, _, municipality, _, _, _, lat, lon, accuracy] = fields[..]
    else {
        return Err(Refusal("line", "it has not twelve columns", "give GeoNames' file as it was"));
    };
    if country != "NL" {
        return Ok(None);
    }
    let pc4 = read_pc4("postal code", postal_code)?;
    let places = read_name("place name", place)?.into_iter().collect();
    let province = read_name("admin name1", province)?.map(|name| {
        let dutch = PROVINCES.iter().find(|(other, _)| *other == name);
        dutch.map_or(name, |(_, dutch)| (*dutch).to_owned())
    });
    let municipality = read_name("admin name2", municipality)?
        .map(|name| name.strip_prefix("Gemeente ").unwrap_or(&name).to_owned());
    let position = read_position(("latitude", lat), ("longitude", lon))?;
    // From 1, estimated, to 6, the middle of the addresses; empty where unknown.
    let accuracy = if accuracy.is_empty() { Ok(0) } else { accuracy.parse() };
    let accuracy = accuracy
        .map_err(|_| Refusal("accuracy", "that is no whole number", "write 1 to 6, or leave it empty"))?;
    Ok(Some(Row { pc4, places, municipality, province, position, region: None, accuracy }))
}

#[cfg(test)]
mod tests {
    use super::super::{LabourMarketRegion, Places};
    use crate::domain::place::{Pc4, Position};

    #[test]
    fn the_most_accurate_lines_of_a_postcode_count_and_are_averaged() {
        let table = "BE\t9000\tGent\t\t\t\t\t\t\t51.05\t3.71\t6\n\
            NL\t7571\t2e Exloërmond\tDrenthe\t01\t\t\t\t\t52.8875\t6.9325\t\n\
            NL\t7571\tOldenzaal\tOverijssel\t15\tGemeente Oldenzaal\t0173\t\t\t52.3120\t6.9280\t6\n\
            NL\t7571AB\tOldenzaal\tOverijssel\t15\tGemeente Oldenzaal\t0173\t\t\t52.3130\t6.9290\t6\n\
            NL\t1012\tAmsterdam\tNorth Holland\t07\tAmsterdam\t0363\t\t\t52.3735\t4.8951\t6\n\
            NL\t1013\tAmsterdam\tNorth Holland\t07\tAmsterdam\t0363\t\t\t52.3735\t6\n\
            NL\t1014\tAmsterdam\tNorth Holland\t07\tAmsterdam\t0363\t\t\t52.3735\t4.8951\tgood\n";
        let (places, report) = Places::from_tsv(table.as_bytes()).unwrap();
        assert_eq!((report.taken, report.other_countries, report.refused), (4, 1, 2));
        assert_eq!((report.issues[0].line, report.issues[1].field), (6, "accuracy"));

        let oldenzaal = places.area(Pc4::new(7571).unwrap()).unwrap();
        assert_eq!(oldenzaal.places, ["Oldenzaal"]);
        assert_eq!(oldenzaal.position, Position { lat_e5: 5_231_250, lon_e5: 692_850 });
        assert_eq!(oldenzaal.municipality.as_deref(), Some("Oldenzaal"));
        assert_eq!(oldenzaal.region, Some(LabourMarketRegion::TWENTE));
        let amsterdam = places.area(Pc4::new(1012).unwrap()).unwrap();
        assert_eq!(amsterdam.province.as_deref(), Some("Noord-Holland"));
    }
}
