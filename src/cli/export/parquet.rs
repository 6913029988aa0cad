//! Places as Parquet: a day, ids as text, scores as decimals with two places; row groups of 100,000 places.

use super::Places;
use crate::wire::v1::ExportedPlace;
use anyhow::Context;
use jiff::civil::Date;
use parquet::{
    data_type::{ByteArray, ByteArrayType, DataType, Int32Type},
    file::{
        properties::WriterProperties,
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    schema::parser::parse_message_type,
};
use std::{io::Write, sync::Arc};

const SCHEMA: &str = "message places {
    required int32 night (DATE);
    required binary vacancy (STRING);
    required binary candidate (STRING);
    required int32 rank (INTEGER(32,true));
    required int32 own_rank (INTEGER(32,true));
    required int32 score (DECIMAL(5,2));
    required int32 score_low (DECIMAL(5,2));
    required int32 score_high (DECIMAL(5,2));
}";
const GROUP: usize = 100_000;
/// Parquet counts days from here.
const FIRST_DAY: Date = Date::constant(1970, 1, 1);

/// A Parquet file that is being written.
pub(super) struct Parquet<W: Write + Send> {
    file: SerializedFileWriter<W>,
    waiting: Vec<ExportedPlace>,
}

impl<W: Write + Send> Parquet<W> {
    /// Begins the file.
    pub(super) fn new(target: W) -> anyhow::Result<Self> {
        let schema = Arc::new(parse_message_type(SCHEMA)?);
        let file = SerializedFileWriter::new(target, schema, Arc::new(WriterProperties::builder().build()))?;
        Ok(Self { file, waiting: Vec::new() })
    }

    fn write_group(&mut self) -> anyhow::Result<()> {
        let places = std::mem::take(&mut self.waiting);
        if places.is_empty() {
            return Ok(());
        }
        let whole = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
        // The interface carries hundredths exactly.
        let hundredths = |points: f64| (points * 100.0).round() as i32;
        let text = |text: &str| ByteArray::from(text);
        let nights = places.iter().map(day).collect::<anyhow::Result<Vec<_>>>()?;
        let mut group = self.file.next_row_group()?;
        column::<Int32Type, _>(&mut group, &nights)?;
        column::<ByteArrayType, _>(&mut group, &all(&places, |place| text(&place.vacancy)))?;
        column::<ByteArrayType, _>(&mut group, &all(&places, |place| text(&place.candidate)))?;
        column::<Int32Type, _>(&mut group, &all(&places, |place| whole(place.rank)))?;
        column::<Int32Type, _>(&mut group, &all(&places, |place| whole(place.own_rank)))?;
        column::<Int32Type, _>(&mut group, &all(&places, |place| hundredths(place.score)))?;
        column::<Int32Type, _>(&mut group, &all(&places, |place| hundredths(place.score_low)))?;
        column::<Int32Type, _>(&mut group, &all(&places, |place| hundredths(place.score_high)))?;
        group.close()?;
        Ok(())
    }
}

impl<W: Write + Send> Places for Parquet<W> {
    fn write(&mut self, places: &[ExportedPlace]) -> anyhow::Result<()> {
        self.waiting.extend_from_slice(places);
        if self.waiting.len() >= GROUP { self.write_group() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> anyhow::Result<()> {
        self.write_group()?;
        self.file.finish()?;
        Ok(self.file.inner_mut().flush()?)
    }
}

fn all<T>(places: &[ExportedPlace], value: impl Fn(&ExportedPlace) -> T) -> Vec<T> {
    places.iter().map(value).collect()
}

fn column<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[T::T],
) -> anyhow::Result<()> {
    let mut column = group.next_column()?.context("the schema has fewer columns than are written")?;
    column.typed::<T>().write_batch(values, None, None)?;
    Ok(column.close()?)
}

/// The day of a place in days since 1970.
fn day(place: &ExportedPlace) -> anyhow::Result<i32> {
    let sent = place.night.context("a place without a night")?;
    let day = Date::new(i16::try_from(sent.year)?, i8::try_from(sent.month)?, i8::try_from(sent.day)?)?;
    Ok(FIRST_DAY.until(day)?.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::v1;
    use parquet::{
        file::reader::{FileReader, SerializedFileReader},
        record::{Row, RowAccessor},
    };

    #[test]
    fn what_is_written_is_read_back_over_the_border_of_a_group() {
        let place = |number: u32| ExportedPlace {
            night: Some(v1::Date { year: 2026, month: 11, day: 22 }),
            vacancy: format!("v{number}"),
            candidate: "kandidaat é".to_owned(),
            rank: 1,
            own_rank: number,
            score: 71.29,
            score_low: 0.0,
            score_high: 100.0,
        };
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut parquet = Box::new(Parquet::new(file.reopen().unwrap()).unwrap());
        let places: Vec<ExportedPlace> = (0..60_000).map(place).collect();
        parquet.write(&places).unwrap();
        parquet.write(&places).unwrap();
        parquet.write(&places[..1]).unwrap();
        parquet.finish().unwrap();
        let reader = SerializedFileReader::new(file.reopen().unwrap()).unwrap();
        assert_eq!(reader.num_row_groups(), 2);
        let rows: Vec<Row> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 120_001);
        let row = &rows[59_999];
        assert_eq!(row.get_string(1).unwrap(), "v59999");
        assert_eq!(row.get_string(2).unwrap(), "kandidaat é");
        assert_eq!(row.get_int(4).unwrap(), 59_999);
        let told = row.to_string();
        assert!(told.contains("night: 2026-11-22") && told.contains("score: 71.29"), "{told}");
    }
}
