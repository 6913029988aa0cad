//! One table of limits; the interface's reference manual (`proto/passend/v1`) states the same figures.

/// Longest identifier, in characters (VUM's limit for an id).
pub const ID_CHARACTERS: usize = 200;
/// Longest name of a skill, an occupation, a course, in characters (VUM: 120).
pub const LABEL_CHARACTERS: usize = 120;
/// Longest name of an organisation or a school, in characters (VUM: 500).
pub const NAME_CHARACTERS: usize = 500;
/// Longest free text, in characters (VUM: 2000).
pub const TEXT_CHARACTERS: usize = 2_000;
/// Longest URI of a concept, in characters.
pub const URI_CHARACTERS: usize = 300;
/// Most entries of one list of a record (skills, languages, courses …).
pub const LIST_ENTRIES: usize = 500;
/// Most observations of one candidate.
pub const OBSERVATIONS: usize = 1_000;
/// Most hours per week (VUM: 99).
pub const HOURS_PER_WEEK: f64 = 99.0;
/// Longest reach in kilometres or minutes (VUM: 999).
pub const REACH: u16 = 999;
/// Most years of experience that can be asked (VUM: 99).
pub const EXPERIENCE_YEARS: u8 = 99;
/// Longest grace period of a requirement, in weeks (two years).
pub const GRACE_WEEKS: u16 = 104;
/// Largest SBI code (five digits).
pub const SBI_CODE: u32 = 99_999;
/// Longest request to search in words, in characters.
pub const SEARCH_CHARACTERS: usize = 500;
/// Longest text that concepts are searched for by while it is typed, in characters.
pub const TYPED_CHARACTERS: usize = 200;
/// Most matches of one page.
pub const PAGE_SIZE: u32 = 1_000;
/// Largest message that the service takes, in bytes.
pub const MESSAGE_BYTES: usize = 4 * 1024 * 1024;
/// Most travel times that a request may bring.
pub const TRAVEL_TIMES: usize = 10_000;
/// Most changes of a pair that a request may bring.
pub const COUNTERFACTUALS: usize = 20;
/// Most changes of a pair that the service finds by itself.
pub const SUGGESTED_CHANGES: u32 = 10;
/// Most matches that are looked at for questions about profiles, and most questions about one candidate.
pub const QUESTION_MATCHES: u32 = 100;
