//! Profiles of a municipality's own: read from a folder over the embedded ones, checked before anything else starts.

use crate::rank::{
    RankingProfile,
    profile::{ProfileError, ProfileFinding, Profiles},
};
use std::{
    fmt,
    path::{Path, PathBuf},
};

/// The ending of a profile's file.
const ENDING: &str = "toml";

/// Why profiles cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProfilesError {
    /// A file or the folder cannot be read.
    #[error("{}: {error}; name a folder or file of profiles that can be read, or leave the setting out", path.display())]
    Unreadable {
        /// Which one.
        path: PathBuf,
        /// Why.
        #[source]
        error: std::io::Error,
    },
    /// Files are no profiles: everything that is wrong, in all files at once.
    #[error("{}", lines(.0))]
    Wrong(Vec<ProfileFileFinding>),
    /// An embedded profile is wrong, which a test rules out.
    #[error("an embedded profile is wrong: {0}")]
    Embedded(#[from] ProfileError),
}

/// Something that is wrong with the file of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileFileFinding {
    /// The file.
    pub path: PathBuf,
    /// What, where and what to do.
    pub finding: ProfileFinding,
}

impl fmt::Display for ProfileFileFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.finding)
    }
}

fn lines(findings: &[ProfileFileFinding]) -> String {
    findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The embedded profiles, with those of a folder over them.
pub(super) fn load(folder: Option<&Path>) -> Result<Profiles, ProfilesError> {
    let mut profiles = Profiles::embedded()?;
    let Some(folder) = folder else { return Ok(profiles) };
    let files = files_of(folder)?;
    for profile in read_profiles(&files)? {
        tracing::info!(
            profile = profile.name(),
            version = profile.version(),
            "a profile of your own is used"
        );
        profiles.take_in(profile);
    }
    Ok(profiles)
}

/// Checks files of profiles: how many there are, when all can be used together.
///
/// # Errors
/// Everything that is wrong, in all files at once.
pub fn check_profiles(files: &[PathBuf]) -> Result<usize, ProfilesError> {
    read_profiles(files).map(|profiles| profiles.len())
}

/// The files of a folder that end in `.toml`, by name: which of them comes first never depends on the disk.
fn files_of(folder: &Path) -> Result<Vec<PathBuf>, ProfilesError> {
    let unreadable = |error| ProfilesError::Unreadable { path: folder.to_owned(), error };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|ending| ending == ENDING) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read_profiles(files: &[PathBuf]) -> Result<Vec<RankingProfile>, ProfilesError> {
    let mut profiles: Vec<RankingProfile> = Vec::new();
    let mut wrong = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(path)
            .map_err(|error| ProfilesError::Unreadable { path: path.clone(), error })?;
        match RankingProfile::parse(&text) {
            Ok(profile) if profiles.iter().any(|other| other.name() == profile.name()) => {
                let name = profile.name();
                wrong.push(ProfileFileFinding {
                    path: path.clone(),
                    finding: ProfileFinding {
                        line: 1,
                        column: 1,
                        field: "name".to_owned(),
                        problem: format!("another file has the name {name} too"),
                        remedy: "give each profile a name of its own".to_owned(),
                    },
                });
            }
            Ok(profile) => profiles.push(profile),
            Err(error) => wrong.extend(
                error
                    .findings()
                    .iter()
                    .map(|finding| ProfileFileFinding { path: path.clone(), finding: finding.clone() }),
            ),
        }
    }
    if wrong.is_empty() { Ok(profiles) } else { Err(ProfilesError::Wrong(wrong)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARE: &str = include_str!("../../data/profiles/zorg.toml");

    #[test]
    fn files_of_a_folder_take_the_place_of_the_embedded_and_one_bad_file_stops_all() {
        let folder = tempfile::tempdir().unwrap();
        let own = CARE.replace("beta = 0.2", "beta = 0.15");
        std::fs::write(folder.path().join("own care.toml"), &own).unwrap();
        std::fs::write(folder.path().join("README.md"), "no profile").unwrap();
        let profiles = load(Some(folder.path())).unwrap();
        assert_eq!(profiles.by_name("zorg").unwrap().numbers().beta, 15);
        assert_eq!(load(None).unwrap().by_name("zorg").unwrap().numbers().beta, 20);
        let twice = folder.path().join("twice.toml");
        std::fs::write(&twice, &own).unwrap();
        let bad = folder.path().join("bad.toml");
        std::fs::write(&bad, own.replace("[unknown]", "[unknown]\nneutrall = 0.5")).unwrap();
        let error = load(Some(folder.path())).unwrap_err();
        let ProfilesError::Wrong(findings) = &error else { panic!("{error}") };
        assert_eq!(findings.len(), 2, "{error}");
        assert_eq!((&findings[0].path, findings[0].finding.field.as_str()), (&bad, "unknown.neutrall"));
        assert_eq!((&findings[1].path, findings[1].finding.field.as_str()), (&twice, "name"));
        assert!(matches!(load(Some(&folder.path().join("none"))), Err(ProfilesError::Unreadable { .. })));
        assert_eq!(check_profiles(&[twice]).unwrap(), 1);
    }
}
