//! What is put in: plain documents with text to search and exact terms to filter by.

/// Longest id and longest filter value, in bytes. tantivy drops longer terms without a word, so they are refused.
pub const MAX_TERM_BYTES: usize = 512;

/// The two kinds of record. Each has its own id space and its own text statistics: how rare a word is among
/// vacancies says nothing about candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A person looking for work (*werkzoekende*).
    Candidate,
    /// A job opening (*vacature*).
    Vacancy,
}

impl Kind {
    /// Both kinds, in the order of their keys.
    pub const ALL: [Kind; 2] = [Kind::Candidate, Kind::Vacancy];

    /// The stable name of the kind, as it stands in the index.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Candidate => "candidate",
            Kind::Vacancy => "vacancy",
        }
    }
}

/// The searchable parts of a document. A word in a title says more than one in a long text, so each part has a
/// weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TextField {
    /// The vacancy's title, or the occupations that a candidate wishes.
    Title,
    /// The vacancy's occupation, or the occupations that a candidate had.
    Occupation,
    /// Vocational skills (*vakvaardigheden*).
    Skill,
    /// Names of the concepts that were recognised in the record.
    Concept,
    /// Courses, certificates, licences and educations.
    Course,
    /// Names of languages.
    Language,
    /// Names of sectors: the employer's, or those a candidate wishes.
    Sector,
    /// The place of work.
    Place,
    /// Free text: the vacancy's description, or the candidate's own presentation.
    Description,
}

impl TextField {
    /// Every searchable part, heaviest kind of evidence first.
    pub const ALL: [TextField; 9] = [
        TextField::Title,
        TextField::Occupation,
        TextField::Skill,
        TextField::Concept,
        TextField::Course,
        TextField::Language,
        TextField::Sector,
        TextField::Place,
        TextField::Description,
    ];

    /// The stable name of the part, as it stands in the index.
    pub const fn name(self) -> &'static str {
        match self {
            TextField::Title => "title",
            TextField::Occupation => "occupation",
            TextField::Skill => "skill",
            TextField::Concept => "concept",
            TextField::Course => "course",
            TextField::Language => "language",
            TextField::Sector => "sector",
            TextField::Place => "place",
            TextField::Description => "description",
        }
    }

    /// How much a word found here counts, against 1 in free text.
    pub(crate) const fn weight(self) -> f32 {
        match self {
            TextField::Title => 3.0,
            TextField::Occupation => 2.0,
            TextField::Skill => 2.0,
            TextField::Concept => 1.5,
            TextField::Course => 1.5,
            TextField::Place => 1.5,
            TextField::Language => 1.0,
            TextField::Sector => 1.0,
            TextField::Description => 1.0,
        }
    }
}

/// What can be filtered by, as exact terms: no analysis, upper and lower case differ. A document may have several
/// values of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FilterField {
    /// State of the record, for example open or closed.
    Status,
    /// Code of a sector.
    Sector,
    /// The labour market region (*arbeidsmarktregio*).
    LabourMarketRegion,
    /// The organisation that owns the record.
    Organisation,
    /// The caseload that the record belongs to.
    Caseload,
}

impl FilterField {
    /// Everything that can be filtered by.
    pub const ALL: [FilterField; 5] = [
        FilterField::Status,
        FilterField::Sector,
        FilterField::LabourMarketRegion,
        FilterField::Organisation,
        FilterField::Caseload,
    ];

    /// The stable name of the filter, as it stands in the index.
    pub const fn name(self) -> &'static str {
        match self {
            FilterField::Status => "status",
            FilterField::Sector => "sector",
            FilterField::LabourMarketRegion => "labour_market_region",
            FilterField::Organisation => "organisation",
            FilterField::Caseload => "caseload",
        }
    }
}

/// One record as the index sees it. Its key is the kind and the id together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Candidate or vacancy.
    pub kind: Kind,
    /// The id of the record; at most [`MAX_TERM_BYTES`] long.
    pub id: String,
    /// Number of the store's change that gave the record this form.
    pub change: u64,
    /// Searchable text; a part may occur any number of times.
    pub texts: Vec<(TextField, String)>,
    /// Exact terms to filter by; each value at most [`MAX_TERM_BYTES`] long.
    pub filters: Vec<(FilterField, String)>,
}

impl Document {
    /// A document with nothing to search yet.
    pub fn new(kind: Kind, id: impl Into<String>, change: u64) -> Self {
        Self { kind, id: id.into(), change, texts: Vec::new(), filters: Vec::new() }
    }

    /// Adds searchable text to a part.
    #[must_use]
    pub fn with_text(mut self, field: TextField, text: impl Into<String>) -> Self {
        self.texts.push((field, text.into()));
        self
    }

    /// Adds each text of a list to a part.
    #[must_use]
    pub fn with_texts<T: Into<String>>(
        mut self,
        field: TextField,
        texts: impl IntoIterator<Item = T>,
    ) -> Self {
        self.texts.extend(texts.into_iter().map(|text| (field, text.into())));
        self
    }

    /// Adds an exact term to filter by.
    #[must_use]
    pub fn with_filter(mut self, field: FilterField, value: impl Into<String>) -> Self {
        self.filters.push((field, value.into()));
        self
    }
}

/// One numbered change of the store, as far as the index follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The record came or has a new form; [`Document::change`] is the number.
    Upsert(Document),
    /// The record is gone.
    Delete {
        /// Candidate or vacancy.
        kind: Kind,
        /// The id of the record.
        id: String,
        /// Number of the store's change that removed it.
        change: u64,
    },
}

impl Change {
    /// The number of the change in the store.
    pub fn number(&self) -> u64 {
        match self {
            Change::Upsert(document) => document.change,
            Change::Delete { change, .. } => *change,
        }
    }
}
