//! `passend.v1.TaxonomyService`.

use super::{bridge::Bridge, concept_answer, page, requests, status};
use crate::domain::limits;
use crate::taxonomy::{
    ConceptKind, LabelLanguage,
    recognize::{CERTAIN, Recognizer, Sense, Wording, WordingKind},
    suggest::{MOST_WORDS, Typed},
};
use crate::wire::{Reader, v1};
use std::ops::Range;
use tonic::{Request, Response, Status};
use v1::taxonomy_service_server::TaxonomyService;

/// Entries on a page of a search when none are asked for.
const CONCEPTS: u32 = 10;
/// Most entries on a page of a search.
const MOST_CONCEPTS: u32 = 100;
/// Concepts in a list of relations when no number is asked for.
const RELATIONS: u32 = 100;
/// Most concepts in a list of relations: more than any concept of ESCO has.
const MOST_RELATIONS: u32 = 5_000;
/// Most concepts that one wording may mean.
const MOST_ALTERNATIVES: u32 = 3;

/// The service.
#[derive(Clone, Debug)]
pub(super) struct Concepts {
    bridge: Bridge,
}

impl Concepts {
    pub(super) fn new(bridge: Bridge) -> Self {
        Self { bridge }
    }
}

#[tonic::async_trait]
impl TaxonomyService for Concepts {
    async fn search_concepts(
        &self,
        request: Request<v1::SearchConceptsRequest>,
    ) -> Result<Response<v1::SearchConceptsResponse>, Status> {
        let mut request = request.into_inner();
        let token = std::mem::take(&mut request.page_token);
        let asked_size = std::mem::take(&mut request.page_size);
        let (kinds, language, size) = requests::read(|r| {
            typed_text(r, &request.query);
            let kinds = concept_kinds(r, request.kind);
            let language = label_language(r, "text_language", &request.text_language);
            let size = size(r, "page_size", asked_size, CONCEPTS, MOST_CONCEPTS);
            Some((kinds?, language?, size?))
        })?;
        let answer = self.bridge.score(move |engine| {
            let suggester = engine.suggester();
            // The places of another taxonomy are no places of this one.
            let taxonomy = concept_answer::version(suggester.taxonomy());
            let method = format!("SearchConcepts {}", taxonomy.fingerprint);
            let fingerprint = page::fingerprint(&method, &request);
            let offset = page::offset(fingerprint, &token)?;
            let typed = Typed { text: &request.query, kinds: &kinds, language, offset, limit: size };
            let found = suggester.suggest(typed);
            let concept = |number| concept_answer::concept(suggester.taxonomy(), number, language);
            let reached = offset + found.page.len();
            let is_last = found.page.is_empty() || reached >= found.total;
            Ok(v1::SearchConceptsResponse {
                concepts: found.page.iter().map(|one| concept(one.concept)).collect(),
                matches: found.page.iter().map(concept_answer::found).collect(),
                next_page_token: if is_last {
                    String::new()
                } else {
                    page::offset_token(fingerprint, reached)
                },
                total: concept_answer::count(found.total),
                taxonomy: Some(taxonomy),
            })
        });
        Ok(Response::new(answer.await?))
    }

    async fn recognize_concepts(
        &self,
        request: Request<v1::RecognizeConceptsRequest>,
    ) -> Result<Response<v1::RecognizeConceptsResponse>, Status> {
        let request = request.into_inner();
        let asked = requests::read(|r| Asked::read(r, request))?;
        let answer = self.bridge.score(move |engine| {
            let recognizer = engine.recognizer();
            Ok(v1::RecognizeConceptsResponse {
                concepts: asked.recognized(&recognizer),
                taxonomy: Some(concept_answer::version(recognizer.taxonomy())),
            })
        });
        Ok(Response::new(answer.await?))
    }

    async fn get_concept(
        &self,
        request: Request<v1::GetConceptRequest>,
    ) -> Result<Response<v1::GetConceptResponse>, Status> {
        let request = request.into_inner();
        let (uri, language, languages, most) = requests::read(|r| {
            let uri = r.needed_text::<{ limits::URI_CHARACTERS }>("uri", &request.uri);
            let language = label_language(r, "text_language", &request.text_language);
            let languages =
                r.list("label_languages", &request.label_languages, |r, code| parse_language(r, "", code));
            let most = size(r, "relation_limit", request.relation_limit, RELATIONS, MOST_RELATIONS);
            Some((uri?, language?, languages, most?))
        })?;
        let answer = self.bridge.score(move |engine| {
            let recognizer = engine.recognizer();
            let taxonomy = recognizer.taxonomy();
            let number =
                taxonomy.find(uri.as_str()).ok_or_else(|| status::not_found("concept", uri.as_str()))?;
            Ok(concept_answer::whole(taxonomy, number, language, &languages, most))
        });
        Ok(Response::new(answer.await?))
    }

    async fn reload_taxonomy(
        &self,
        _: Request<v1::ReloadTaxonomyRequest>,
    ) -> Result<Response<v1::ReloadTaxonomyResponse>, Status> {
        let answer = self
            .bridge
            .store(|engine| {
                let changed = engine.reload_taxonomy().map_err(status::from_engine)?;
                let taxonomy = concept_answer::version(engine.recognizer().taxonomy());
                Ok(v1::ReloadTaxonomyResponse { taxonomy: Some(taxonomy), changed })
            })
            .await?;
        Ok(Response::new(answer))
    }
}

/// What is to be recognised.
struct Asked {
    text: String,
    kinds: Vec<WordingKind>,
    language: LabelLanguage,
    way: Way,
}

/// How a text is read.
enum Way {
    FreeText,
    Wording { alternatives: usize },
}

impl Asked {
    fn read(r: &mut Reader, request: v1::RecognizeConceptsRequest) -> Option<Self> {
        let most = match request.mode() {
            v1::RecognitionMode::Wording => limits::NAME_CHARACTERS,
            v1::RecognitionMode::Unspecified | v1::RecognitionMode::FreeText => limits::TEXT_CHARACTERS,
        };
        if request.text.trim().is_empty() {
            r.refuse("text", "the text is empty", "send the words to recognise");
        } else if request.text.chars().nth(most).is_some() {
            r.refuse("text", "the text is too long", format!("send at most {most} characters"));
        }
        let kinds = match v1::ConceptKind::try_from(request.kind) {
            Ok(v1::ConceptKind::Unspecified) => vec![WordingKind::Occupation, WordingKind::Skill],
            Ok(v1::ConceptKind::Occupation) => vec![WordingKind::Occupation],
            Ok(v1::ConceptKind::Skill) => vec![WordingKind::Skill],
            _ => {
                r.refuse("kind", "concepts of that kind are not recognised", "ask for skills or occupations");
                Vec::new()
            }
        };
        let language = label_language(r, "text_language", &request.text_language);
        let way = match v1::RecognitionMode::try_from(request.mode) {
            Ok(v1::RecognitionMode::Wording) => {
                let alternatives =
                    size(r, "alternatives", request.alternatives, MOST_ALTERNATIVES, MOST_ALTERNATIVES);
                Way::Wording { alternatives: alternatives? }
            }
            Ok(_) if request.alternatives > 0 => {
                let remedy = "leave it out, or read the text as one WORDING";
                r.refuse("alternatives", "a free text has no alternatives", remedy);
                Way::FreeText
            }
            Ok(_) => Way::FreeText,
            Err(_) => {
                r.refuse("mode", "a text cannot be read in that way", "give FREE_TEXT or WORDING");
                Way::FreeText
            }
        };
        Some(Self { text: request.text, kinds, language: language?, way })
    }

    fn recognized(&self, recognizer: &Recognizer) -> Vec<v1::RecognizedConcept> {
        match self.way {
            Way::FreeText => self.of_text(recognizer),
            Way::Wording { alternatives } => self.of_wording(recognizer, alternatives),
        }
    }

    fn of_text(&self, recognizer: &Recognizer) -> Vec<v1::RecognizedConcept> {
        let mut spans: Vec<_> =
            self.kinds.iter().flat_map(|kind| recognizer.spans(&self.text, *kind)).collect();
        // In the order of the text; of two kinds at one place the longer piece first, then occupations.
        spans.sort_by_key(|span| (span.characters.start, usize::MAX - span.characters.end));
        let concept =
            |sense, characters, language| self.concept(recognizer, sense, characters, Some(language));
        spans.into_iter().map(|span| concept(span.sense, span.characters, span.language)).collect()
    }

    fn of_wording(&self, recognizer: &Recognizer, alternatives: usize) -> Vec<v1::RecognizedConcept> {
        let whole = 0..self.text.chars().count();
        let mut senses = Vec::new();
        for kind in &self.kinds {
            let meaning = recognizer.recognize(Wording { text: &self.text, kind: *kind });
            senses.extend(meaning.senses.iter().take(alternatives).map(|sense| (*sense, meaning.language)));
        }
        senses.sort_by_key(|(sense, _)| std::cmp::Reverse(sense.confidence));
        let concept = |(sense, language)| self.concept(recognizer, sense, whole.clone(), language);
        senses.into_iter().map(concept).collect()
    }

    fn concept(
        &self,
        recognizer: &Recognizer,
        sense: Sense,
        characters: Range<usize>,
        language: Option<LabelLanguage>,
    ) -> v1::RecognizedConcept {
        let v1::TextRange { start, end } = concept_answer::range(&characters);
        let code = language.and_then(LabelLanguage::three_letters).unwrap_or_default();
        v1::RecognizedConcept {
            concept: Some(concept_answer::concept(recognizer.taxonomy(), sense.concept, self.language)),
            confidence: f64::from(sense.confidence) / f64::from(CERTAIN),
            start,
            end,
            language_code: code.to_owned(),
        }
    }
}

fn typed_text(r: &mut Reader, text: &str) {
    if text.chars().nth(limits::TYPED_CHARACTERS).is_some() {
        let remedy = format!("search for at most {} characters", limits::TYPED_CHARACTERS);
        r.refuse("query", "the text is too long", remedy);
    } else if crate::taxonomy::normalise(text).split(' ').count() > MOST_WORDS {
        r.refuse("query", "the text has too many words", format!("search for at most {MOST_WORDS} words"));
    }
}

fn concept_kinds(r: &mut Reader, code: i32) -> Option<Vec<ConceptKind>> {
    match v1::ConceptKind::try_from(code) {
        Ok(v1::ConceptKind::Unspecified) => Some(Vec::new()),
        Ok(v1::ConceptKind::Skill) => Some(vec![ConceptKind::Skill]),
        Ok(v1::ConceptKind::Occupation) => Some(vec![ConceptKind::Occupation]),
        Ok(v1::ConceptKind::OccupationGroup) => Some(vec![ConceptKind::OccupationGroup]),
        Ok(v1::ConceptKind::SkillGroup) => Some(vec![ConceptKind::SkillGroup]),
        Err(_) => {
            let remedy = "give SKILL, OCCUPATION, OCCUPATION_GROUP or SKILL_GROUP, or leave it out";
            r.refuse("kind", "there is no such kind of concept", remedy);
            None
        }
    }
}

/// The language of labels: Dutch unless another one is asked.
fn label_language(r: &mut Reader, field: &'static str, asked: &str) -> Option<LabelLanguage> {
    if asked.is_empty() { Some(LabelLanguage::DUTCH) } else { parse_language(r, field, asked) }
}

fn parse_language(r: &mut Reader, field: &'static str, asked: &str) -> Option<LabelLanguage> {
    let language = LabelLanguage::parse(asked);
    if language.is_none() {
        let (problem, remedy) = ("that is no language", "give two small letters of ISO 639-1, such as nl");
        if field.is_empty() { r.refuse_here(problem, remedy) } else { r.refuse(field, problem, remedy) }
    }
    language
}

/// A number of entries: `default` when the request says 0.
fn size(r: &mut Reader, field: &'static str, asked: u32, default: u32, most: u32) -> Option<usize> {
    let size: u32 = if asked == 0 { default } else { r.whole(field, asked, 1..=most)? };
    Some(size as usize)
}
