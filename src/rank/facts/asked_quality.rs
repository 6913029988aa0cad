//! Asked competencies and facets, or those that the sector assumes.

use crate::domain::{
    competency::{Competency, Facet},
    requirement::Importance,
    sector::Sector,
    vacancy::Vacancy,
};
use crate::rank::tables::Tables;
use serde::{Deserialize, Serialize};

/// An asked or assumed quality.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct AskedQuality {
    pub(in crate::rank) competency: Competency,
    pub(in crate::rank) facet: Option<Facet>,
    pub(in crate::rank) importance: Importance,
    /// Whether the grace period is long enough for it to grow at work (R8).
    pub(in crate::rank) may_grow: bool,
}

/// The qualities, and the sector whose default competencies are assumed where the vacancy names none.
pub(super) fn qualities(vacancy: &Vacancy, tables: &Tables) -> (Box<[AskedQuality]>, Option<Sector>) {
    let named = &vacancy.requirements.competencies;
    if named.is_empty() {
        let sector = vacancy.sector_of_work();
        let assumed = tables.competencies.default_set(sector).iter().map(|competency| AskedQuality {
            competency: *competency,
            facet: None,
            importance: Importance::Should,
            may_grow: false,
        });
        return (assumed.collect(), Some(sector));
    }
    let asked = named.iter().map(|asked| AskedQuality {
        competency: asked.what.competency,
        facet: asked.what.facet.clone(),
        importance: asked.importance,
        may_grow: asked.grace.get() >= tables.growth.competency.lead_weeks,
    });
    (asked.collect(), None)
}
