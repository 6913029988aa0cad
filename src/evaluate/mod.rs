//! Measures quality on sets of questions with known answers: recognising titles and skills, and ranking.
//!
//! A folder holds sets, each in a folder of its own, told by its files:
//! - `queries.tsv` (id, text), `corpus.tsv` (id, label), `annotations.tsv` (query, 0, corpus id, 1): occupation titles;
//! - `queries.tsv` (id, text, `concept:grade …`), `corpus.tsv` (row, label, concept): skills;
//! - `candidates.jsonl`, `vacancies.jsonl`, `qrels_skill.tsv`, `qrels_isco.tsv`: rankings of people and vacancies.
//!
//! Nothing here scores a match: rankings come from the service, as a client gets them.

mod baselines;
mod figures;
mod matching;
mod metrics;
mod profiles;
mod report;
mod runs;
mod sets;
mod wordings;

pub use figures::{Figure, Metric};
pub use matching::{Direction, MatchingFigures, OTHER_LANGUAGES};
pub use metrics::Estimate;
pub use profiles::{stuffed_profiles, translated_profiles};
pub use report::{Evaluation, FormerRun};
pub use runs::{Ranked, Run};
pub use sets::{EvaluateError, MatchingSet, Sets, SkillSet, TitleSet};
pub use wordings::{skills, titles};
