//! The parts that requests have in common, read all at once: every violation is in one answer.

use super::{access_layer::Allowed, advice_answer, match_answer, status, today};
use crate::domain::{
    Candidate, Date, Vacancy,
    candidate::CandidateStatus,
    limits,
    provenance::{Ownership, Purpose},
    sector::SbiCode,
    text::OrganisationId,
    vacancy::VacancyStatus,
};
use crate::engine::{
    Upsert,
    import::ImportSettings,
    labels::Labels,
    matching::{RankingOptions, Subject},
    search::Search,
};
use crate::exchange::TextLanguage;
use crate::geo::LabourMarketRegion;
use crate::rank::{profile::WeightChange, top::Tracks};
use crate::wire::{Reader, Reading, read::common, v1};
use prost_types::FieldMask;
use tonic::Status;

/// Reads a request: `read` notes what is wrong, and everything that was noted is one answer.
pub(super) fn read<T>(read: impl FnOnce(&mut Reader) -> Option<T>) -> Result<T, Status> {
    let mut reader = Reader::new(Reading::Inline { today: today() });
    let value = read(&mut reader);
    reader.finish(value).map_err(status::from_violations)
}

/// A record to create or change; the record's own rules are held when it is merged with what is stored.
pub(super) fn upsert<P>(
    record: Option<P>,
    field: &'static str,
    mask: Option<FieldMask>,
    etag: String,
    request_id: &str,
    organisation: &str,
    allowed: &Allowed,
) -> Result<Upsert<P>, Status> {
    read(|r| {
        let organisation = delivering(r, organisation, allowed);
        let within = allowed.within.clone();
        let request_id = self::request_id(r, request_id);
        if record.is_none() {
            r.refuse(field, "the record is missing", "send the record with its id");
        }
        Some(Upsert {
            proto: record?,
            mask,
            etag,
            request_id: request_id?,
            organisation,
            within,
            today: today(),
        })
    })
}

/// The organisation that delivers: the caller's own, which a request may repeat and not contradict. Who calls for none in
/// particular names it in the request.
fn delivering(r: &mut Reader, named: &str, allowed: &Allowed) -> Option<OrganisationId> {
    let named = r.parsed("organisation", named, OrganisationId::new);
    let Some(own) = allowed.organisation() else { return named };
    if named.is_some_and(|named| named != *own) {
        allowed.names_another_organisation();
        r.refuse(
            "organisation",
            "that is not the organisation of the caller",
            "leave it out: it is taken from the token or the certificate",
        );
    }
    Some(own.clone())
}

/// A request id, which may be empty.
pub(super) fn request_id(r: &mut Reader, id: &str) -> Option<String> {
    let length = id.chars().count();
    if length > limits::ID_CHARACTERS || id.chars().any(char::is_control) {
        r.refuse(
            "request_id",
            "that is no request id",
            format!("use at most {} visible characters, or leave it out", limits::ID_CHARACTERS),
        );
        return None;
    }
    Some(id.to_owned())
}

/// How the records of an import stream are taken.
pub(super) fn import_settings(
    settings: &v1::ImportSettings,
    allowed: &Allowed,
) -> Result<ImportSettings, Status> {
    read(|r| {
        r.inside("settings", |r| {
            let organisation = delivering(r, &settings.organisation, allowed);
            let language = text_language(r, &settings.text_language);
            let delivered_on = match &settings.delivered_on {
                Some(date) => r.inside("delivered_on", |r| common::date(r, date)),
                None => Some(today()),
            };
            Some(ImportSettings {
                organisation,
                within: allowed.within.clone(),
                delivered_on: delivered_on?,
                today: today(),
                language: language?,
            })
        })
    })
}

/// The language of texts: Dutch unless English is asked.
pub(super) fn text_language(r: &mut Reader, asked: &str) -> Option<TextLanguage> {
    match asked {
        "" | "nl" => Some(TextLanguage::Dutch),
        "en" => Some(TextLanguage::English),
        _ => {
            r.refuse("text_language", "there are no texts in that language", "ask for nl or en");
            None
        }
    }
}

/// A date, or `default` where none is given.
pub(super) fn date_or(
    r: &mut Reader,
    field: &'static str,
    date: Option<&v1::Date>,
    default: Date,
) -> Option<Date> {
    match date {
        Some(date) => r.inside(field, |r| common::date(r, date)),
        None => Some(default),
    }
}

/// What a list may be narrowed down by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Narrowing {
    pub(super) region: Option<LabourMarketRegion>,
    /// First digits of an SBI code.
    pub(super) sector: Option<String>,
    pub(super) caseload: String,
    pub(super) organisation: String,
}

impl Narrowing {
    /// Reads the fields that every filter has.
    pub(super) fn read(
        r: &mut Reader,
        region: u32,
        sbi_code: u32,
        caseload: &str,
        organisation: &str,
    ) -> Option<Self> {
        let region = match region {
            0 => None,
            number => {
                let known = u8::try_from(number).ok().and_then(LabourMarketRegion::new);
                if known.is_none() {
                    r.refuse(
                        "labour_market_region",
                        format!("there is no labour market region {number}"),
                        "give 1 to 35, or 0 for all",
                    );
                }
                Some(known?)
            }
        };
        let sector = match sbi_code {
            0 => None,
            code => Some(r.valid("sbi_code", SbiCode::new(code))?.get().to_string()),
        };
        for (field, text) in [("caseload", caseload), ("organisation", organisation)] {
            if text.chars().count() > limits::ID_CHARACTERS {
                r.refuse(
                    field,
                    "the id is too long",
                    format!("use at most {} characters", limits::ID_CHARACTERS),
                );
            }
        }
        Some(Self { region, sector, caseload: caseload.to_owned(), organisation: organisation.to_owned() })
    }

    /// Whether a record passes.
    pub(super) fn passes(&self, labels: &Labels) -> bool {
        self.region.is_none_or(|region| labels.region == Some(region))
            && self.sector.as_ref().is_none_or(|digits| {
                labels.sectors.iter().any(|code| code.get().to_string().starts_with(digits.as_str()))
            })
            && self.owner_passes(&labels.ownership)
    }

    fn owner_passes(&self, owner: &Ownership) -> bool {
        let Ownership { organisation, advisor, team } = owner;
        let of_organisation = self.organisation.is_empty()
            || organisation.as_ref().is_some_and(|id| id.as_str() == self.organisation);
        let in_caseload =
            self.caseload.is_empty() || advisor.iter().chain(team).any(|id| id.as_str() == self.caseload);
        of_organisation && in_caseload
    }
}

/// Which candidates a list holds.
#[derive(Clone, Debug, Default)]
pub(super) struct CandidateChoice {
    pub(super) statuses: Vec<CandidateStatus>,
    pub(super) narrowing: Narrowing,
}

impl CandidateChoice {
    pub(super) fn read(r: &mut Reader, filter: Option<&v1::CandidateFilter>) -> Option<Self> {
        let Some(f) = filter else { return Some(Self::default()) };
        r.inside("filter", |r| {
            let statuses = r.choices("statuses", &f.statuses);
            let narrowing =
                Narrowing::read(r, f.labour_market_region, f.sbi_code, &f.caseload, &f.organisation)?;
            Some(Self { statuses, narrowing })
        })
    }

    pub(super) fn holds(&self, candidate: &Candidate, labels: &Labels) -> bool {
        (self.statuses.is_empty() || self.statuses.contains(&candidate.status))
            && self.narrowing.passes(labels)
    }
}

/// Which vacancies a list holds.
#[derive(Clone, Debug, Default)]
pub(super) struct VacancyChoice {
    pub(super) statuses: Vec<VacancyStatus>,
    pub(super) narrowing: Narrowing,
}

impl VacancyChoice {
    pub(super) fn read(r: &mut Reader, filter: Option<&v1::VacancyFilter>) -> Option<Self> {
        let Some(f) = filter else { return Some(Self::default()) };
        r.inside("filter", |r| {
            let statuses = r.choices("statuses", &f.statuses);
            let narrowing =
                Narrowing::read(r, f.labour_market_region, f.sbi_code, &f.caseload, &f.organisation)?;
            Some(Self { statuses, narrowing })
        })
    }

    pub(super) fn holds(&self, vacancy: &Vacancy, labels: &Labels) -> bool {
        (self.statuses.is_empty() || self.statuses.contains(&vacancy.status)) && self.narrowing.passes(labels)
    }
}

impl Narrowing {
    /// The same as a search.
    pub(super) fn search(&self, text: String) -> Search {
        let given = |text: &String| (!text.is_empty()).then(|| text.clone());
        Search {
            text,
            region: self.region.map(|region| region.number()),
            sector: self.sector.clone(),
            caseload: given(&self.caseload),
            organisation: given(&self.organisation),
            ..Search::default()
        }
    }
}

/// A text to search for.
pub(super) fn search_text(r: &mut Reader, text: &str) {
    if text.chars().count() > limits::SEARCH_CHARACTERS {
        r.refuse(
            "query",
            "the text is too long",
            format!("search for at most {} characters", limits::SEARCH_CHARACTERS),
        );
    }
}

/// How many fragments a hit has at most.
pub(super) fn fragment_limit(r: &mut Reader, asked: u32) -> Option<usize> {
    let limit: u32 = if asked == 0 { 3 } else { r.whole("fragment_limit", asked, 1..=10)? };
    Some(limit as usize)
}

/// How a ranking is made, and in which words it is told.
#[derive(Clone, Debug)]
pub(super) struct AskedRanking {
    pub(super) options: RankingOptions,
    pub(super) language: TextLanguage,
    /// Whether the request brings weights of its own.
    pub(super) own_weights: bool,
    /// Why it is asked; `None`: not said.
    pub(super) purpose: Option<Purpose>,
    /// Whether a list holds the data of its reasons.
    pub(super) reason_data: bool,
}

/// Whose ids the known travel times of a request name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OtherSide {
    Candidate,
    Vacancy,
}

/// Which tracks a list of vacancies holds.
pub(super) fn tracks(r: &mut Reader, sent: i32) -> Option<Tracks> {
    match v1::Track::try_from(sent) {
        Ok(track) => Some(advice_answer::track_of(track).map_or(Tracks::All, Tracks::Only)),
        Err(_) => {
            r.refuse("track", "there is no such track", "give NOW, STEP or DREAM, or leave it out for all");
            None
        }
    }
}

/// Reads the options of a ranking.
pub(super) fn ranking_options(
    r: &mut Reader,
    sent: Option<&v1::RankingOptions>,
    other_side: OtherSide,
) -> Option<AskedRanking> {
    let nothing = v1::RankingOptions::default();
    let sent = sent.unwrap_or(&nothing);
    r.inside("options", |r| {
        let as_of = date_or(r, "as_of", sent.as_of.as_ref(), today());
        let language = text_language(r, &sent.text_language);
        let purpose: Option<Purpose> = r.choice("purpose", sent.purpose);
        let weights = r.list("weights", &sent.weights, weight_change);
        let times = r.list_up_to(limits::TRAVEL_TIMES, "travel_times", &sent.travel_times, |r, time| {
            let minutes: Option<u32> = r.whole("minutes", time.minutes, 0..=u32::from(limits::REACH));
            let id = match other_side {
                OtherSide::Candidate => &time.candidate,
                OtherSide::Vacancy => &time.vacancy,
            };
            Some((id.clone(), minutes?))
        });
        let options = RankingOptions {
            as_of: as_of?,
            profile: (!sent.profile.is_empty()).then(|| sent.profile.clone()),
            weights,
            travel_minutes: times.into_iter().collect(),
            min_change: sent.min_change_number,
        };
        let own_weights = !sent.weights.is_empty();
        let reason_data = sent.reason_data;
        Some(AskedRanking { options, language: language?, own_weights, purpose, reason_data })
    })
}

fn weight_change(r: &mut Reader, sent: &v1::CriterionWeight) -> Option<WeightChange> {
    let criterion = match_answer::criterion_of(sent.criterion);
    if criterion.is_none() {
        r.refuse("criterion", "there is no such criterion", "name one of the criteria of this interface");
    }
    Some(WeightChange { criterion: criterion?, demand: sent.demand_weight, wish: sent.wish_weight })
}

/// A subject that is stored.
pub(super) fn stored<T>(r: &mut Reader, field: &'static str, id: &str) -> Option<Subject<T>> {
    if id.is_empty() {
        r.refuse(field, "the id is empty", "give the id of a stored record, or the record itself");
        return None;
    }
    Some(Subject::Stored(id.to_owned()))
}

/// Notes that neither an id nor a record was sent.
pub(super) fn missing_subject<T>(r: &mut Reader, field: &'static str, other: &str) -> Option<Subject<T>> {
    r.refuse(
        field,
        "nothing says what to match",
        format!("give {field}, or {other} for a record that is not stored"),
    );
    None
}
