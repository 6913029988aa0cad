//! Asked languages.

use crate::domain::{
    language::{CefrLevel, LanguageCode, LanguageSkill, LevelPerSkill},
    requirement::{Importance, LanguageDemand, Requirement},
};

/// An asked language: the levels above A0 at the start, in the order of [`LanguageSkill::ALL`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::rank) struct AskedLanguage {
    pub(in crate::rank) language: LanguageCode,
    pub(in crate::rank) at_start: [Option<CefrLevel>; 4],
    pub(in crate::rank) importance: Importance,
}

/// `None` when no level above A0 is asked at the start.
pub(super) fn language(asked: &Requirement<LanguageDemand>) -> Option<AskedLanguage> {
    let levels: LevelPerSkill = asked.what.at_start();
    let at_start = LanguageSkill::ALL.map(|skill| levels.get(skill).filter(|level| *level > CefrLevel::A0));
    at_start.iter().any(Option::is_some).then(|| AskedLanguage {
        language: asked.what.language(),
        at_start,
        importance: asked.importance,
    })
}
