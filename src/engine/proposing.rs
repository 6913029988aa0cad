//! What an employer is told: people for a stored vacancy, under a pseudonym, in bands.

use super::{Engine, EngineError, population::Facts};
use crate::domain::{
    Date, Vacancy,
    competency::{Competency, Facet},
};
use crate::rank::{
    CandidateFacts, TextLanguage, VacancyFacts, pool,
    profile::{Band, RankingProfile},
    proposal::{self, BandPlace, Basis, EmployerView, HoursHere, Proposing},
};

/// How proposals are asked for.
#[derive(Clone, Copy, Debug)]
pub struct ProposalOptions {
    /// As of which day.
    pub as_of: Date,
    /// Most people on the page.
    pub page_size: usize,
    /// The last one of the page before.
    pub after: Option<BandPlace>,
    /// The answer must see at least this change.
    pub min_change: u64,
    /// The language of the texts.
    pub language: TextLanguage,
}

/// A page of proposals: words of the vacancy and of the service only.
#[derive(Clone, Debug)]
pub struct ProposalList {
    /// The people, the best band first.
    pub proposed: Vec<Proposal>,
    /// Their ids, in the same order: for the record of decisions, never for an answer.
    pub people: Vec<String>,
    /// How many each band has on all pages, in the order of [`Band::ALL`].
    pub bands: [usize; Band::ALL.len()],
    /// How many are not proposed, damaged records among them.
    pub not_proposed: usize,
    /// What was assumed about the vacancy.
    pub assumed: Option<&'static str>,
    /// Where the next page begins.
    pub next: Option<BandPlace>,
    /// Every change up to this one was seen.
    pub change: u64,
    /// Name and hash of the profile.
    pub profile: (String, String),
}

/// What an employer is told of one person.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// For this vacancy only.
    pub pseudonym: String,
    /// How well the person fits.
    pub band: Band,
    /// Asked skills that the person names, in the words of the vacancy.
    pub skills: Vec<String>,
    /// Qualities that are asked or assumed.
    pub qualities: Vec<ProposedQuality>,
    /// Hours a week here.
    pub hours: Option<HoursHere>,
    /// First possible day, where it lies after the day of the answer.
    pub available_from: Option<Date>,
    /// Code and text of what else is to be said.
    pub remarks: Vec<(&'static str, String)>,
}

/// A quality that a person has.
#[derive(Clone, Debug)]
pub struct ProposedQuality {
    /// The competency.
    pub competency: Competency,
    /// The side of it that is asked.
    pub facet: Option<Facet>,
    /// How it is known.
    pub basis: Basis,
    /// In words.
    pub text: String,
}

impl Engine {
    /// Who is proposed to the employer of a stored vacancy.
    ///
    /// # Errors
    /// An unknown id, a vacancy that is not open on the day, data that are not yet at an asked change.
    pub fn propose_candidates(
        &self,
        vacancy: &str,
        options: &ProposalOptions,
    ) -> Result<ProposalList, EngineError> {
        let population = self.population_at(options.min_change)?;
        let Some(entry) = population.members::<Vacancy>().get(vacancy) else {
            return Err(EngineError::NotFound { what: "vacancy", id: vacancy.to_owned() });
        };
        let facts = &entry.facts;
        if !pool::is_open(facts.pool(), options.as_of) {
            return Err(EngineError::VacancyNotOpen { id: vacancy.to_owned() });
        }
        let profile = self.profiles.for_sector(facts.sector());
        let asked = Proposing {
            profile,
            as_of: options.as_of,
            tie_secret: self.store().secret().tie_order(),
            page_size: options.page_size,
            after: options.after,
        };
        let entries = population.candidates.entries();
        let found = proposal::propose(facts, entries, &asked);
        let told = |one: &proposal::Proposed| {
            self.told(facts, &entries[one.index].facts, one.place.band, profile, options)
        };
        Ok(ProposalList {
            proposed: found.proposed.iter().map(told).collect(),
            people: found.proposed.iter().map(|one| entries[one.index].facts.id_text().to_owned()).collect(),
            bands: found.bands,
            not_proposed: found.not_proposed + population.candidates.damaged_count(),
            assumed: proposal::assumed(facts, options.language),
            next: found.next,
            change: population.change().0,
            profile: (profile.name().to_owned(), profile.hash().to_owned()),
        })
    }

    /// How an employer is told of a candidate for a vacancy.
    pub fn employer_pseudonym(&self, vacancy: &str, candidate: &str) -> String {
        self.store().secret().pseudonym(vacancy, candidate)
    }

    fn told(
        &self,
        vacancy: &VacancyFacts,
        candidate: &CandidateFacts,
        band: Band,
        profile: &RankingProfile,
        options: &ProposalOptions,
    ) -> Proposal {
        let view = EmployerView::of(vacancy, candidate, profile, options.as_of);
        let (language, names) = (options.language, self.competency_names());
        let quality = |(competency, facet, basis): (Competency, Option<&Facet>, Basis)| ProposedQuality {
            competency,
            facet: facet.cloned(),
            basis,
            text: proposal::quality(competency, facet.map(Facet::as_str), basis, language, names),
        };
        Proposal {
            pseudonym: self.employer_pseudonym(vacancy.id_text(), candidate.id_text()),
            band,
            skills: view.skills.iter().map(|skill| skill.as_str().to_owned()).collect(),
            qualities: view.qualities.into_iter().map(quality).collect(),
            hours: view.hours,
            available_from: view.available_from,
            remarks: view
                .remarks
                .iter()
                .map(|remark| (remark.code(), remark.text(language, names)))
                .collect(),
        }
    }
}
