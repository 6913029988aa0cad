//! What is lost when a call is refused: the order in which an overloaded service refuses.

use super::super::status;
use std::time::Duration;

/// Least lost first: under overload the first classes are refused first, and the last one never.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Class {
    /// Figures and plans over everybody: they can be made an hour later.
    Survey,
    /// Lists, searches, words, statistics: whoever asks asks again, and knows it.
    Lookup,
    /// Rankings and single records: an advisor and a person sit in front of them.
    Ranking,
    /// What somebody delivered or decided: refused, the work may be lost.
    Write,
    /// What the law or the operator asks: exports, erasures, deletions, backups, stopping a run.
    Duty,
    /// Health: refused to nobody who may ask for it.
    Health,
}

impl Class {
    /// The name in figures.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Survey => "survey",
            Self::Lookup => "lookup",
            Self::Ranking => "ranking",
            Self::Write => "write",
            Self::Duty => "duty",
            Self::Health => "health",
        }
    }

    /// How long whoever is refused should wait: the less is lost, the longer.
    pub(super) fn retry_after(self) -> Duration {
        match self {
            Self::Survey => Duration::from_secs(5),
            Self::Lookup => Duration::from_secs(2),
            Self::Ranking => Duration::from_secs(1),
            Self::Write => Duration::from_millis(500),
            Self::Duty | Self::Health => status::SOON,
        }
    }
}

/// Whether a method is answered at once, or both sides go on for as long as they like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One question, one answer.
    Call,
    /// A stream: it counts among those that a caller holds open, and rights are looked at again while it lasts.
    Stream,
}

use Class::{Duty, Health, Lookup, Ranking, Survey, Write};
use Shape::{Call, Stream};

/// The class of a method, `package.Service/Method`. What is not in the table is refused by the table of access before.
pub(super) fn of(method: &str) -> (Class, Shape) {
    let found = CLASSES.iter().find(|(name, _, _)| *name == method);
    found.map_or((Lookup, Call), |(_, class, shape)| (*class, *shape))
}

/// The table. A test holds it against that of access.
#[rustfmt::skip]
const CLASSES: &[(&str, Class, Shape)] = &[
    ("passend.v1.CandidateService/UpsertCandidate",            Write,   Call),
    ("passend.v1.CandidateService/ImportCandidates",           Write,   Stream),
    ("passend.v1.CandidateService/GetCandidate",               Ranking, Call),
    ("passend.v1.CandidateService/ListCandidates",             Lookup,  Call),
    ("passend.v1.CandidateService/DeleteCandidate",            Duty,    Call),

    ("passend.v1.VacancyService/UpsertVacancy",                Write,   Call),
    ("passend.v1.VacancyService/ImportVacancies",              Write,   Stream),
    ("passend.v1.VacancyService/GetVacancy",                   Ranking, Call),
    ("passend.v1.VacancyService/ListVacancies",                Lookup,  Call),
    ("passend.v1.VacancyService/DeleteVacancy",                Write,   Call),

    ("passend.v1.EmployerMatchingService/ProposeCandidates",   Ranking, Call),

    ("passend.v1.MatchingService/MatchCandidates",             Ranking, Call),
    ("passend.v1.MatchingService/MatchVacancies",              Ranking, Call),
    ("passend.v1.MatchingService/ListProfileQuestions",        Survey,  Call),
    ("passend.v1.MatchingService/ExplainMatch",                Ranking, Call),
    ("passend.v1.MatchingService/SearchCandidates",            Lookup,  Call),
    ("passend.v1.MatchingService/SearchVacancies",             Lookup,  Call),

    ("passend.v1.RerankService/StartRerank",                   Write,   Call),
    ("passend.v1.RerankService/GetRerank",                     Lookup,  Call),
    ("passend.v1.RerankService/ListReranks",                   Lookup,  Call),
    ("passend.v1.RerankService/WatchRerank",                   Lookup,  Stream),
    ("passend.v1.RerankService/CancelRerank",                  Duty,    Call),
    ("passend.v1.RerankService/GetShortlist",                  Ranking, Call),
    ("passend.v1.RerankService/ListShortlistChanges",          Lookup,  Call),
    ("passend.v1.RerankService/GetNightReport",                Survey,  Call),
    ("passend.v1.RerankService/MakeSpreadPlan",                Survey,  Stream),
    ("passend.v1.RerankService/ExportNight",                   Survey,  Stream),

    ("passend.v1.TaxonomyService/SearchConcepts",              Lookup,  Call),
    ("passend.v1.TaxonomyService/RecognizeConcepts",           Lookup,  Call),
    ("passend.v1.TaxonomyService/GetConcept",                  Lookup,  Call),
    ("passend.v1.TaxonomyService/ReloadTaxonomy",              Duty,    Call),

    ("passend.v1.AccountabilityService/DescribeModel",         Lookup,  Call),
    ("passend.v1.AccountabilityService/GetDecision",           Ranking, Call),
    ("passend.v1.AccountabilityService/ListDecisions",         Lookup,  Call),
    ("passend.v1.AccountabilityService/GetDecisionLog",        Lookup,  Call),
    ("passend.v1.AccountabilityService/RecordOutcome",         Write,   Call),
    ("passend.v1.AccountabilityService/ListOutcomes",          Lookup,  Call),

    ("passend.v1.PrivacyService/ExportPerson",                 Duty,    Call),
    ("passend.v1.PrivacyService/ErasePerson",                  Duty,    Call),
    ("passend.v1.OperationService/BackUp",                     Duty,    Call),

    ("grpc.health.v1.Health/Check",                            Health,  Call),
    ("grpc.health.v1.Health/Watch",                            Health,  Stream),
    ("grpc.reflection.v1.ServerReflection/ServerReflectionInfo",      Lookup, Stream),
    ("grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", Lookup, Stream),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::TABLE;
    use crate::wire;
    use prost::Message;

    #[test]
    fn every_method_has_one_class_and_the_shape_that_its_description_says() {
        for row in TABLE {
            let found = CLASSES.iter().filter(|(name, _, _)| *name == row.method).count();
            assert_eq!(found, 1, "{} has {found} rows in the table of classes; give it one", row.method);
        }
        assert_eq!(CLASSES.len(), TABLE.len(), "the table of classes names a method that there is not");
        let set = prost_types::FileDescriptorSet::decode(wire::DESCRIPTORS).unwrap();
        for file in &set.file {
            for service in &file.service {
                for method in &service.method {
                    let path = format!("{}.{}/{}", file.package(), service.name(), method.name());
                    let streams = method.client_streaming() || method.server_streaming();
                    let (_, shape) = of(&path);
                    if TABLE.iter().any(|row| row.method == path) {
                        assert_eq!(shape == Stream, streams, "{path}");
                    }
                }
            }
        }
    }
}
