//! The table in the data folder: put there by an import, used instead of the embedded one.

use super::error::{PlacesError, ReadReport};
use super::table::Places;
use crate::durable;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const FILE_NAME: &str = "places.tsv";
/// Begins the first line of the file; after it stands the hash of everything below that line.
const MARK: &str = "# passend places 1 ";

/// What an import of a table came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstallReport {
    /// What became of the lines of the file.
    pub read: ReadReport,
    /// Postcodes with a position in the table as it is used from now on.
    pub postcodes: usize,
    /// Of these, how many have a labour market region.
    pub with_region: usize,
    /// Postcodes that the embedded table knows and this one does not.
    pub missing: usize,
    /// Names the table ([`Places::version`]).
    pub version: String,
}

/// Reads `file` and keeps it in the data folder as the table to use; [`load`] gives it back.
///
/// The old table is replaced in one step: after a crash either the old or the new one stands there,
/// whole. Only one process at a time may do this for a folder.
///
/// # Errors
/// When the file cannot be read or has no line that can be taken (see [`Places::from_tsv`]), or when the
/// folder cannot be written; then the table in use stays.
pub fn install(data_dir: &Path, file: &Path) -> Result<InstallReport, PlacesError> {
    let source = File::open(file).map_err(|problem| at(file, problem))?;
    let (places, read) = Places::from_tsv(source).map_err(|error| match error {
        PlacesError::Read(problem) => at(file, problem),
        other => other,
    })?;
    let target = data_dir.join(FILE_NAME);
    durable::replace(&target, sealed(&places.to_tsv()).as_bytes()).map_err(|problem| at(&target, problem))?;

    let embedded = Places::embedded();
    Ok(InstallReport {
        read,
        postcodes: places.areas().len(),
        with_region: places.areas().iter().filter(|area| area.region.is_some()).count(),
        missing: embedded.areas().iter().filter(|area| places.area(area.pc4).is_none()).count(),
        version: places.version(),
    })
}

/// The table to use: the imported one of the data folder, else the embedded one.
///
/// # Errors
/// When an imported table is there and cannot be read, or is not as it was written. It is never
/// silently passed over: every distance would change.
pub fn load(data_dir: &Path) -> Result<Arc<Places>, PlacesError> {
    let path = data_dir.join(FILE_NAME);
    let text = match fs::read(&path) {
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Ok(Places::embedded()),
        other => other.map_err(|problem| at(&path, problem))?,
    };
    let damaged = || PlacesError::Damaged { path: path.clone() };
    let table = unsealed(&text).ok_or_else(damaged)?;
    let (places, report) = Places::from_tsv(table).map_err(|_| damaged())?;
    if report.refused > 0 { Err(damaged()) } else { Ok(Arc::new(places)) }
}

fn at(path: &Path, problem: io::Error) -> PlacesError {
    PlacesError::File { path: PathBuf::from(path), problem }
}

fn sealed(table: &str) -> String {
    format!("{MARK}{}\n{table}", blake3::hash(table.as_bytes()).to_hex())
}

/// What stands below the first line, if that line vouches for it.
fn unsealed(text: &[u8]) -> Option<&[u8]> {
    let end = text.iter().position(|byte| *byte == b'\n')?;
    let (first, table) = (text.get(..end)?, text.get(end + 1..)?);
    let hash = first.strip_prefix(MARK.as_bytes())?;
    (hash == blake3::hash(table).to_hex().as_bytes()).then_some(table)
}

#[cfg(test)]
mod tests {
    use super::super::table::Origin;
    use super::*;
    use crate::domain::place::Pc4;
    use tempfile::TempDir;

    const TABLE: &str = "pc4\tplaces\tlat\tlon\n7511\tEnschede\t52.2300\t6.9100\n";

    fn folder_with(table: &str) -> (TempDir, PathBuf) {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("table.txt");
        fs::write(&file, table).unwrap();
        (folder, file)
    }

    #[test]
    fn an_imported_table_takes_the_place_of_the_embedded_one() {
        let (folder, file) = folder_with(TABLE);
        let data = folder.path().join("data");
        assert_eq!(load(&data).unwrap().origin(), Origin::Embedded);

        let report = install(&data, &file).unwrap();
        assert_eq!((report.postcodes, report.with_region, report.missing), (1, 1, 4081));
        let places = load(&data).unwrap();
        assert_eq!((places.origin(), places.version()), (Origin::Imported, report.version));
        assert_eq!(places.position(Pc4::new(7511).unwrap()).unwrap().lat_e5, 5_223_000);
        assert_eq!(places.position(Pc4::new(7512).unwrap()), None, "unknown, not taken from elsewhere");
        assert_eq!(fs::read_dir(&data).unwrap().count(), 1, "nothing partial is left behind");
    }

    #[test]
    fn a_table_that_cannot_be_taken_leaves_the_one_in_use() {
        let (folder, file) = folder_with(TABLE);
        install(folder.path(), &file).unwrap();
        let in_use = load(folder.path()).unwrap();

        fs::write(&file, "pc4\tlat\tlon\nnothing\there\t\n").unwrap();
        assert!(matches!(install(folder.path(), &file), Err(PlacesError::Nothing { .. })));
        let absent = folder.path().join("absent.txt");
        assert!(install(folder.path(), &absent).unwrap_err().to_string().contains("absent.txt"));
        assert_eq!(load(folder.path()).unwrap(), in_use);
    }

    #[test]
    fn a_table_that_is_not_as_it_was_written_is_an_error_with_the_way_out() {
        let (folder, file) = folder_with(TABLE);
        install(folder.path(), &file).unwrap();
        let installed = folder.path().join(FILE_NAME);
        let whole = fs::read(&installed).unwrap();

        for damage in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[damage] ^= 1;
            fs::write(&installed, &flipped).unwrap();
            assert!(matches!(load(folder.path()), Err(PlacesError::Damaged { .. })), "byte {damage}");
            fs::write(&installed, &whole[..damage]).unwrap();
            let error = load(folder.path()).unwrap_err().to_string();
            assert!(error.contains("geo import FILE` again"), "cut at {damage}: {error}");
        }
        fs::write(&installed, &whole).unwrap();
        assert!(load(folder.path()).is_ok());
    }
}
