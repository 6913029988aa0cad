//! The taxonomy in use, and putting another one in its place while the service goes on.

use super::{Engine, EngineError, loading, vocabulary::Vocabulary};
use crate::rank::sweep::Everybody;
use crate::rank::understanding::Understanding;
use crate::rank::vacancies::EveryVacancy;
use crate::taxonomy::{Loaded, recognize::Recognizer, suggest::Suggester};
use std::sync::{Arc, PoisonError};

/// How often a population that is made aside catches up with the writes that came meanwhile, before the last ones are
/// caught up with while everybody waits.
const ROUNDS: usize = 5;

impl Engine {
    /// The words of the taxonomy in use. Who keeps them keeps them as they are, also when another taxonomy comes.
    pub fn vocabulary(&self) -> Arc<Vocabulary> {
        Arc::clone(self.population().vocabulary())
    }

    /// Recognises the concepts of the taxonomy in use.
    pub fn recognizer(&self) -> Arc<Recognizer> {
        Arc::clone(self.vocabulary().recognizer())
    }

    /// Finds concepts of the taxonomy in use while somebody types.
    pub fn suggester(&self) -> Arc<Suggester> {
        Arc::clone(&self.vocabulary().loaded().suggester)
    }

    /// Loads the taxonomy that the data folder holds now, and puts it in the place of the one in use.
    ///
    /// Whether anything happened: nothing does when it is the one in use.
    ///
    /// # Errors
    /// When it cannot be loaded, or as [`replace_taxonomy`](Self::replace_taxonomy); the old one then stays in use.
    pub fn reload_taxonomy(&self) -> Result<bool, EngineError> {
        let loaded =
            crate::taxonomy::load(&self.folder).map_err(|error| EngineError::Fault(error.to_string()))?;
        self.replace_taxonomy(loaded)
    }

    /// Puts another taxonomy in the place of the one in use: recognises everybody's words anew, aside, and shows all of
    /// it at once. Matches go on with the old one until then.
    ///
    /// Whether anything happened: nothing does when it is the one in use.
    ///
    /// # Errors
    /// When the store cannot be read; the old taxonomy then stays in use.
    pub fn replace_taxonomy(&self, loaded: Loaded) -> Result<bool, EngineError> {
        let _one_at_a_time = self.replacing.lock().unwrap_or_else(PoisonError::into_inner);
        if self.vocabulary().loaded().identity == loaded.identity {
            return Ok(false);
        }
        let vocabulary = Arc::new(Vocabulary::open(loaded, &self.folder));
        self.background.install(|| {
            let mut aside = loading::load(self.store(), &self.lookups, &vocabulary)?;
            for _ in 0..ROUNDS {
                let before = aside.change();
                loading::catch_up(&*self.store().snapshot()?, &self.lookups, &mut aside)?;
                if aside.change() == before {
                    break;
                }
            }
            let columns = Arc::new(Everybody::new(aside.candidates.entries().to_vec()));
            let vacancy_columns = Arc::new(EveryVacancy::new(aside.vacancies.entries().to_vec()));
            let mut shown = self.population.write().unwrap_or_else(PoisonError::into_inner);
            loading::catch_up(&*self.store().snapshot()?, &self.lookups, &mut aside)?;
            aside.follows(&shown);
            aside.show_columns(columns);
            aside.show_vacancy_columns(vacancy_columns);
            *shown = aside;
            Ok::<_, EngineError>(())
        })?;
        self.preparer.all_changed();
        vocabulary.settle();
        self.indexer.speak(Arc::clone(&vocabulary));
        tracing::info!(taxonomy = vocabulary.taxonomy().name(), "another taxonomy is in use");
        Ok(true)
    }
}
