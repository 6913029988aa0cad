//! The folder of the demonstration: marked as such, and never one with other data.

use crate::cli::arguments::Demo;
use crate::cli::day;
use crate::demo::Settings as RegionSettings;
use anyhow::{Context, bail};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const MARKER: &str = "demo.json";

/// What stands in the marker.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
struct Marker {
    candidates: usize,
    vacancies: usize,
    seed: u64,
    as_of: String,
    /// Whether the region is there whole.
    filled: bool,
}

/// What was found in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Claimed {
    /// Nothing.
    New,
    /// A region that was not finished.
    HalfFilled,
    /// The whole region.
    Filled,
}

/// A folder that belongs to the demonstration.
#[derive(Debug)]
pub(super) struct DemoFolder {
    path: PathBuf,
    region: RegionSettings,
    claimed: Claimed,
}

impl DemoFolder {
    /// Marks an empty folder, or reads the marker of one that is the demonstration's.
    ///
    /// # Errors
    /// When the folder holds other data, or a region other than the one that is asked for.
    pub(super) fn claim(path: &Path, asked: &Demo, today: Date) -> anyhow::Result<Self> {
        let shown = path.display();
        fs::create_dir_all(path).with_context(|| format!("the folder {shown} cannot be made"))?;
        let marker_path = path.join(MARKER);
        let text = match fs::read_to_string(&marker_path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error).with_context(|| marker_path.display().to_string()),
        };
        if let Some(text) = text {
            let marker: Marker = serde_json::from_str(&text).with_context(|| {
                format!("{} is damaged; remove the folder to start anew", marker_path.display())
            })?;
            return Self::found(path, marker, asked);
        }
        if fs::read_dir(path).with_context(|| shown.to_string())?.next().is_some() {
            bail!("the folder {shown} holds other data; name an empty one with --data");
        }
        let default = RegionSettings::new(asked.as_of.unwrap_or(today));
        let region = RegionSettings {
            seed: asked.seed.unwrap_or(default.seed),
            candidates: asked.candidates.map_or(default.candidates, size),
            vacancies: asked.vacancies.map_or(default.vacancies, size),
            ..default
        };
        let folder = Self { path: path.to_owned(), region, claimed: Claimed::New };
        // Whoever comes first makes the marker: two that start at once do not mix two regions.
        let marker =
            File::create_new(&marker_path).and_then(|mut file| file.write_all(&folder.marker(false)?));
        marker.with_context(|| format!("{} cannot be written", marker_path.display()))?;
        Ok(folder)
    }

    fn found(path: &Path, marker: Marker, asked: &Demo) -> anyhow::Result<Self> {
        let as_of = day::parse(&marker.as_of)
            .map_err(|problem| anyhow::anyhow!("{}: {problem}", path.join(MARKER).display()))?;
        let Marker { candidates, vacancies, seed, filled, .. } = marker;
        let region = RegionSettings { seed, candidates, vacancies, as_of };
        let same = asked.candidates.is_none_or(|asked| size(asked) == candidates)
            && asked.vacancies.is_none_or(|asked| size(asked) == vacancies)
            && asked.seed.is_none_or(|asked| asked == seed)
            && asked.as_of.is_none_or(|asked| asked == as_of);
        if !same {
            bail!(
                "the folder {} holds another region ({candidates} candidates, {vacancies} vacancies, seed {seed}, as of \
                 {as_of}); leave the options out to use it, remove the folder, or name another one with --data",
                path.display()
            );
        }
        let claimed = if filled { Claimed::Filled } else { Claimed::HalfFilled };
        Ok(Self { path: path.to_owned(), region, claimed })
    }

    /// Notes that the region is there whole.
    pub(super) fn filled(&mut self) -> anyhow::Result<()> {
        let partial = self.path.join("demo.json.new");
        let written = fs::write(&partial, self.marker(true)?);
        written
            .and_then(|()| fs::rename(&partial, self.path.join(MARKER)))
            .with_context(|| format!("{} cannot be written", partial.display()))?;
        self.claimed = Claimed::Filled;
        Ok(())
    }

    /// Whether the region is there whole.
    pub(super) fn is_filled(&self) -> bool {
        self.claimed == Claimed::Filled
    }

    pub(super) fn claimed(&self) -> Claimed {
        self.claimed
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn region(&self) -> RegionSettings {
        self.region
    }

    fn marker(&self, filled: bool) -> io::Result<Vec<u8>> {
        let RegionSettings { seed, candidates, vacancies, as_of } = self.region;
        let marker = Marker { candidates, vacancies, seed, as_of: as_of.to_string(), filled };
        Ok(serde_json::to_vec_pretty(&marker)?)
    }
}

/// A number from the command line fits in the memory's own size on every machine that runs this.
fn size(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    const TODAY: Date = Date::constant(2026, 11, 22);

    fn claim(folder: &Path, asked: &Demo) -> Result<DemoFolder, String> {
        DemoFolder::claim(folder, asked, TODAY).map_err(|error| error.to_string())
    }

    #[test]
    fn a_region_is_taken_up_where_it_was_left() {
        let parent = TempDir::new().unwrap();
        let path = parent.path().join("demo");
        let asked = Demo { candidates: Some(20), ..Demo::default() };
        let first = claim(&path, &asked).unwrap();
        assert_eq!(first.claimed(), Claimed::New);
        assert_eq!(first.region(), RegionSettings { candidates: 20, ..RegionSettings::new(TODAY) });

        let tomorrow = TODAY.tomorrow().unwrap();
        let mut second = DemoFolder::claim(&path, &Demo::default(), tomorrow).unwrap();
        assert_eq!(
            (second.claimed(), second.region()),
            (Claimed::HalfFilled, first.region()),
            "of its own day"
        );
        second.filled().unwrap();
        assert!(claim(&path, &asked).unwrap().is_filled());
    }

    #[test]
    fn another_region_is_refused_instead_of_mixed_in() {
        let folder = TempDir::new().unwrap();
        claim(folder.path(), &Demo::default()).unwrap();
        for other in [
            Demo { candidates: Some(1), ..Demo::default() },
            Demo { vacancies: Some(1), ..Demo::default() },
            Demo { seed: Some(2), ..Demo::default() },
            Demo { as_of: Some(Date::constant(2020, 1, 1)), ..Demo::default() },
        ] {
            assert!(claim(folder.path(), &other).unwrap_err().contains("another region"));
        }
    }

    #[test]
    fn a_folder_with_other_data_is_left_alone() {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("store.redb"), "other data").unwrap();
        assert!(claim(folder.path(), &Demo::default()).unwrap_err().contains("holds other data"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);

        fs::write(folder.path().join(MARKER), "{").unwrap();
        assert!(claim(folder.path(), &Demo::default()).unwrap_err().contains("is damaged"));
    }
}
