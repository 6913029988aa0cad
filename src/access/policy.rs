//! The one table of what may be called by whom. What has no row, nobody may call.
//!
//! `docs/access.md` shows it for people; a test holds the two equal, and another one that every method of every service
//! that is served has a row.

use crate::domain::Role;
use Reach::{All, No, Own};

/// Whose records a call may read and change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The call is refused.
    No,
    /// Records of the caller's own organisation; those of others are as if they did not exist. A caller without an
    /// organisation, where the role can do without one, works for all of them.
    Own,
    /// Records of every organisation.
    All,
}

impl Reach {
    /// The word in the documentation.
    pub fn name(self) -> &'static str {
        match self {
            No => "–",
            Own => "own",
            All => "all",
        }
    }
}

/// What each role may of one method.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The method as `package.Service/Method`.
    pub method: &'static str,
    reaches: [Reach; ROLES.len()],
}

/// The roles of the table's columns. The local command may everything that has a row.
pub const ROLES: [Role; 7] = [
    Role::EmployerTool,
    Role::Advisor,
    Role::Batch,
    Role::Importer,
    Role::PrivacyOfficer,
    Role::Auditor,
    Role::Operator,
];

impl Row {
    /// What a role may of the method.
    pub fn reach(&self, role: Role) -> Reach {
        match ROLES.iter().position(|column| *column == role) {
            Some(column) => self.reaches[column],
            None => All,
        }
    }
}

/// What a role may of a method, `package.Service/Method`; `None`: there is no row, so nobody may.
pub fn reach(method: &str, role: Role) -> Option<Reach> {
    TABLE.iter().find(|row| row.method == method).map(|row| row.reach(role))
}

const fn row(method: &'static str, reaches: [Reach; ROLES.len()]) -> Row {
    Row { method, reaches }
}

/// The table.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    //                                                             employer advisor batch importer privacy auditor operator
    row("passend.v1.CandidateService/UpsertCandidate",             [Own,    Own,    No,   Own,     No,     No,     No]),
    row("passend.v1.CandidateService/ImportCandidates",            [Own,    No,     No,   Own,     No,     No,     No]),
    row("passend.v1.CandidateService/GetCandidate",                [No,     All,    No,   No,      Own,    No,     No]),
    row("passend.v1.CandidateService/ListCandidates",              [No,     All,    No,   No,      No,     No,     No]),
    row("passend.v1.CandidateService/DeleteCandidate",             [No,     Own,    No,   No,      Own,    No,     No]),

    row("passend.v1.VacancyService/UpsertVacancy",                 [Own,    Own,    No,   Own,     No,     No,     No]),
    row("passend.v1.VacancyService/ImportVacancies",               [Own,    No,     No,   Own,     No,     No,     No]),
    row("passend.v1.VacancyService/GetVacancy",                    [Own,    All,    No,   No,      No,     No,     No]),
    row("passend.v1.VacancyService/ListVacancies",                 [Own,    All,    No,   No,      No,     No,     No]),
    row("passend.v1.VacancyService/DeleteVacancy",                 [Own,    Own,    No,   No,      No,     No,     No]),

    row("passend.v1.EmployerMatchingService/ProposeCandidates",    [Own,    All,    No,   No,      No,     No,     No]),

    row("passend.v1.MatchingService/MatchCandidates",              [No,     All,    No,   No,      No,     No,     No]),
    row("passend.v1.MatchingService/MatchVacancies",               [No,     All,    No,   No,      No,     No,     No]),
    row("passend.v1.MatchingService/ListProfileQuestions",         [No,     All,    No,   No,      No,     No,     No]),
    row("passend.v1.MatchingService/ExplainMatch",                 [No,     All,    No,   No,      No,     No,     No]),
    row("passend.v1.MatchingService/SearchCandidates",             [No,     All,    No,   No,      No,     No,     No]),
    row("passend.v1.MatchingService/SearchVacancies",              [No,     All,    No,   No,      No,     No,     No]),

    row("passend.v1.RerankService/StartRerank",                    [No,     No,     All,  No,      No,     No,     All]),
    row("passend.v1.RerankService/GetRerank",                      [No,     All,    All,  No,      No,     All,    All]),
    row("passend.v1.RerankService/ListReranks",                    [No,     All,    All,  No,      No,     All,    All]),
    row("passend.v1.RerankService/WatchRerank",                    [No,     All,    All,  No,      No,     No,     All]),
    row("passend.v1.RerankService/CancelRerank",                   [No,     No,     All,  No,      No,     No,     All]),
    row("passend.v1.RerankService/GetShortlist",                   [No,     All,    All,  No,      No,     No,     No]),
    row("passend.v1.RerankService/ListShortlistChanges",           [No,     All,    All,  No,      No,     No,     No]),
    row("passend.v1.RerankService/GetNightReport",                 [No,     All,    All,  No,      No,     No,     No]),
    row("passend.v1.RerankService/MakeSpreadPlan",                 [No,     No,     All,  No,      No,     No,     No]),
    row("passend.v1.RerankService/ExportNight",                    [No,     No,     All,  No,      No,     No,     No]),

    row("passend.v1.TaxonomyService/SearchConcepts",               [No,     All,    No,   No,      No,     No,     No]),
    row("passend.v1.TaxonomyService/RecognizeConcepts",            [No,     All,    No,   No,      No,     No,     No]),
    row("passend.v1.TaxonomyService/GetConcept",                   [No,     All,    No,   No,      No,     No,     No]),
    row("passend.v1.TaxonomyService/ReloadTaxonomy",               [No,     No,     No,   No,      No,     No,     No]),

    row("passend.v1.AccountabilityService/DescribeModel",          [No,     All,    No,   No,      No,     All,    No]),
    row("passend.v1.AccountabilityService/GetDecision",            [No,     No,     No,   No,      All,    All,    No]),
    row("passend.v1.AccountabilityService/ListDecisions",          [No,     No,     No,   No,      All,    All,    No]),
    row("passend.v1.AccountabilityService/GetDecisionLog",         [No,     No,     No,   No,      All,    All,    All]),
    row("passend.v1.AccountabilityService/RecordOutcome",          [No,     All,    No,   No,      No,     No,     No]),
    row("passend.v1.AccountabilityService/ListOutcomes",           [No,     All,    No,   No,      No,     No,     No]),

    row("passend.v1.PrivacyService/ExportPerson",                  [No,     No,     No,   No,      Own,    No,     No]),
    row("passend.v1.PrivacyService/ErasePerson",                   [No,     No,     No,   No,      Own,    No,     No]),
    row("passend.v1.OperationService/BackUp",                      [No,     No,     No,   No,      No,     No,     All]),

    row("grpc.health.v1.Health/Check",                             [No,     All,    No,   No,      No,     No,     All]),
    row("grpc.health.v1.Health/Watch",                             [No,     All,    No,   No,      No,     No,     All]),
    row("grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                                                                   [No,     All,    No,   No,      No,     No,     All]),
    row("grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                                                                   [No,     All,    No,   No,      No,     No,     All]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    #[test]
    fn what_has_no_row_nobody_may_and_what_has_one_the_local_command_may() {
        assert_eq!(reach("passend.v1.CandidateService/Nothing", Role::Local), None);
        for row in TABLE {
            assert_eq!(row.reach(Role::Local), All, "{}", row.method);
            assert_eq!(TABLE.iter().filter(|other| other.method == row.method).count(), 1, "{}", row.method);
        }
    }

    #[test]
    fn the_documentation_shows_the_table() {
        let mut table = String::from("| method |");
        for role in ROLES {
            let _ = write!(table, " `{role}` |");
        }
        table.push_str("\n| --- |");
        table.push_str(&" --- |".repeat(ROLES.len()));
        table.push('\n');
        for row in TABLE {
            let _ = write!(table, "| `{}` |", row.method.trim_start_matches("passend.v1."));
            for role in ROLES {
                let _ = write!(table, " {} |", row.reach(role).name());
            }
            table.push('\n');
        }
        let page = include_str!("../../docs/access.md");
        assert!(page.contains(&table), "docs/access.md is not the table; it should hold:\n{table}");
    }
}
