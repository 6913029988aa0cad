//! `passend.v1.EmployerMatchingService`: what an employer may see, and nothing else.

use super::{
    access_layer::Allowed, bridge::Bridge, decision_log, match_answer, page, requests, status, today,
};
use crate::domain::Vacancy;
use crate::engine::decisions::{Decided, Decision};
use crate::engine::proposing::{Proposal, ProposalOptions, ProposedQuality};
use crate::rank::{
    TextLanguage,
    profile::Band,
    proposal::{self, Basis, HoursHere},
};
use crate::wire::v1;
use tonic::{Request, Response, Status};
use v1::employer_matching_service_server::EmployerMatchingService;

/// Most candidates on a page.
const MOST_CANDIDATES: u32 = 100;

/// The service.
#[derive(Clone, Debug)]
pub(super) struct Employers {
    bridge: Bridge,
}

impl Employers {
    pub(super) fn new(bridge: Bridge) -> Self {
        Self { bridge }
    }
}

#[tonic::async_trait]
impl EmployerMatchingService for Employers {
    async fn propose_candidates(
        &self,
        request: Request<v1::ProposeCandidatesRequest>,
    ) -> Result<Response<v1::ProposeCandidatesResponse>, Status> {
        let allowed = Allowed::of(&request)?;
        let caller = decision_log::caller(&request);
        let mut request = request.into_inner();
        let token = std::mem::take(&mut request.page_token);
        let asked_size = std::mem::take(&mut request.page_size);
        let fingerprint = page::fingerprint("ProposeCandidates", &request);
        let (as_of, size, language) = requests::read(|r| {
            if request.vacancy_id.is_empty() {
                r.refuse("vacancy_id", "the id is empty", "give the id of a stored vacancy");
            }
            let as_of = requests::date_or(r, "as_of", request.as_of.as_ref(), today());
            let size = match asked_size {
                0 => Some(page::MATCHES),
                size => r.whole("page_size", size, 1..=MOST_CANDIDATES),
            };
            let language = requests::text_language(r, &request.text_language);
            Some((as_of?, size?, language?))
        })?;
        let options = ProposalOptions {
            as_of,
            page_size: size as usize,
            after: page::band_place(fingerprint, &token)?,
            min_change: request.min_change_number,
            language: match_answer::spoken(language),
        };
        let answer = self.bridge.score(move |engine| {
            if allowed.within.is_some() {
                let own = engine.get_within::<Vacancy>(&request.vacancy_id, &allowed.within);
                own.map_err(status::from_engine)?;
            }
            let found =
                engine.propose_candidates(&request.vacancy_id, &options).map_err(status::from_engine)?;
            let people = found.people.iter().zip(&found.proposed).map(|(candidate, told)| {
                Decided::Proposed { candidate, pseudonym: &told.pseudonym, band: told.band.name() }
            });
            let decision = Decision {
                vacancy: &request.vacancy_id,
                as_of: Some(as_of),
                people: people.collect(),
                change: found.change,
                asked: vec![
                    ("profile", found.profile.0.clone()),
                    ("profile_version", found.profile.1.clone()),
                ],
                ..Decision::of(&caller, "ProposeCandidates")
            };
            decision_log::record(engine, &decision)?;
            let (profile_name, profile_version) = found.profile;
            Ok(v1::ProposeCandidatesResponse {
                candidates: found.proposed.into_iter().map(candidate).collect(),
                next_page_token: page::band_token(fingerprint, found.next),
                bands: band_counts(&found.bands, options.language),
                not_proposed: found.not_proposed as u64,
                not_proposed_text: proposal::not_proposed(found.not_proposed, options.language),
                assumed: found.assumed.into_iter().map(str::to_owned).collect(),
                as_of: Some(match_answer::date(as_of)),
                data_change_number: found.change,
                profile_name,
                profile_version,
            })
        });
        Ok(Response::new(answer.await?))
    }
}

fn candidate(told: Proposal) -> v1::ProposedCandidate {
    v1::ProposedCandidate {
        pseudonym: told.pseudonym,
        band: band(told.band).into(),
        skills: told.skills,
        hours: told.hours.map(hours),
        available_from: told.available_from.map(match_answer::date),
        observed_qualities: told.qualities.into_iter().map(quality).collect(),
        proposal_reasons: told
            .remarks
            .into_iter()
            .map(|(code, text)| v1::ProposalReason { code: code.to_owned(), text })
            .collect(),
    }
}

fn quality(told: ProposedQuality) -> v1::ProposedQuality {
    let basis = match told.basis {
        Basis::AtWork => v1::QualityBasis::SeenAtWork,
        Basis::InContact => v1::QualityBasis::SeenInContact,
        Basis::Said => v1::QualityBasis::SaidByPerson,
    };
    v1::ProposedQuality {
        quality: Some(v1::Quality {
            competency_code: told.competency.code(),
            facet: told.facet.map(|facet| facet.as_str().to_owned()).unwrap_or_default(),
        }),
        basis: basis.into(),
        text: told.text,
    }
}

fn band(band: Band) -> v1::FitBand {
    match band {
        Band::Strong => v1::FitBand::Strong,
        Band::Good => v1::FitBand::Good,
        Band::Partial => v1::FitBand::Partial,
    }
}

fn band_counts(counts: &[usize; Band::ALL.len()], language: TextLanguage) -> Vec<v1::BandCount> {
    let count = |(one, count): (Band, &usize)| v1::BandCount {
        band: band(one).into(),
        count: *count as u64,
        text: proposal::band(one, language).to_owned(),
    };
    Band::ALL.into_iter().zip(counts).map(count).collect()
}

fn hours(told: HoursHere) -> v1::HoursRange {
    let hours = |minutes: u32| f64::from(minutes) / 60.0;
    v1::HoursRange { min_hours_per_week: told.least.map(hours), max_hours_per_week: Some(hours(told.most)) }
}
