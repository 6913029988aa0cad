//! Places as CSV (RFC 4180): a line of names, then a line a place; UTF-8, points with two decimals.

use super::{Places, day_of};
use crate::wire::v1::ExportedPlace;
use std::io::Write;

const NAMES: &str = "night,vacancy,candidate,rank,own_rank,score,score_low,score_high\r\n";

/// A CSV file that is being written.
pub(super) struct Csv<W>(W);

impl<W: Write> Csv<W> {
    /// Begins with the names.
    pub(super) fn new(mut target: W) -> anyhow::Result<Self> {
        target.write_all(NAMES.as_bytes())?;
        Ok(Self(target))
    }
}

impl<W: Write> Places for Csv<W> {
    fn write(&mut self, places: &[ExportedPlace]) -> anyhow::Result<()> {
        for place in places {
            let (vacancy, candidate) = (quoted(&place.vacancy), quoted(&place.candidate));
            let ExportedPlace { rank, own_rank, score, score_low, score_high, .. } = place;
            let day = day_of(place);
            write!(
                self.0,
                "{day},{vacancy},{candidate},{rank},{own_rank},{score:.2},{score_low:.2},{score_high:.2}\r\n"
            )?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> anyhow::Result<()> {
        Ok(self.0.flush()?)
    }
}

/// A text as one field, whatever is in it.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::v1::Date;

    #[test]
    fn a_place_is_a_line_whatever_its_ids_hold() {
        let place = ExportedPlace {
            night: Some(Date { year: 2026, month: 11, day: 3 }),
            vacancy: "v,1".to_owned(),
            candidate: "k \"12\"".to_owned(),
            rank: 1,
            own_rank: 0,
            score: 71.3,
            score_low: 0.0,
            score_high: 100.0,
        };
        let mut written = Vec::new();
        let mut csv = Box::new(Csv::new(&mut written).unwrap());
        csv.write(&[place.clone(), place]).unwrap();
        csv.finish().unwrap();
        let line = "2026-11-03,\"v,1\",\"k \"\"12\"\"\",1,0,71.30,0.00,100.00\r\n";
        assert_eq!(String::from_utf8(written).unwrap(), format!("{NAMES}{line}{line}"));
    }
}
