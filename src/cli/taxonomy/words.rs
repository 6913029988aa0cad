//! Words of the reports in both languages: Dutch at level B1, English second.

use super::super::settings::Language;
use crate::taxonomy::esco::{Content, EscoError, Problem, Severity};
use crate::taxonomy::{ConceptKind, LabelLanguage};

/// What whoever uses ESCO says.
pub(super) fn notice(language: Language) -> &'static str {
    language.pick(&[
        "Deze dienst gebruikt de ESCO-classificatie van de Europese Commissie.",
        "This service uses the ESCO classification of the European Commission.",
    ])
}

/// Concepts of a kind.
pub(super) fn kinds(kind: ConceptKind, language: Language) -> &'static str {
    language.pick(&match kind {
        ConceptKind::Occupation => ["beroepen", "occupations"],
        ConceptKind::Skill => ["vaardigheden", "skills"],
        ConceptKind::OccupationGroup => ["beroepsgroepen", "groups of occupations"],
        ConceptKind::SkillGroup => ["groepen vaardigheden", "groups of skills"],
    })
}

/// A language by its name, where it has one here; else by its two letters.
pub(super) fn language_name(of: LabelLanguage, language: Language) -> String {
    let code = of.to_string();
    let names = match code.as_str() {
        "nl" => ["Nederlands", "Dutch"],
        "en" => ["Engels", "English"],
        "de" => ["Duits", "German"],
        "fr" => ["Frans", "French"],
        "pl" => ["Pools", "Polish"],
        "ar" => ["Arabisch", "Arabic"],
        "uk" => ["Oekraïens", "Ukrainian"],
        "tr" => ["Turks", "Turkish"],
        "es" => ["Spaans", "Spanish"],
        "ro" => ["Roemeens", "Romanian"],
        "bg" => ["Bulgaars", "Bulgarian"],
        _ => return code,
    };
    language.pick(&names).to_owned()
}

/// What it means that a distribution has no such file.
pub(super) fn without(content: Content, language: Language) -> &'static str {
    language.pick(&match content {
        Content::Occupations => ["er zijn geen beroepen", "there are no occupations"],
        Content::Skills => ["er zijn geen vaardigheden", "there are no skills"],
        Content::IscoGroups => ["beroepen staan niet in groepen", "occupations stand in no groups"],
        Content::SkillGroups | Content::SkillsHierarchy => {
            ["vaardigheden staan niet in groepen", "skills stand in no groups"]
        }
        Content::OccupationSkills => {
            ["een beroep zegt niets over vaardigheden", "an occupation tells nothing about skills"]
        }
        Content::BroaderOccupations => [
            "welke beroepen op elkaar lijken, is alleen bekend uit hun code",
            "which occupations are alike is known from their codes only",
        ],
        Content::BroaderSkills => {
            ["welke vaardigheden op elkaar lijken, is niet bekend", "which skills are alike is not known"]
        }
        Content::SkillSkills => [
            "welke vaardigheid een andere nodig heeft, is niet bekend",
            "which skill needs another is not known",
        ],
        Content::Collection | Content::Codes => ["", ""],
    })
}

/// Why nothing was read of a folder, and what to do about it.
pub(super) fn folder(error: &EscoError, language: Language) -> String {
    let dutch = match error {
        EscoError::Unreadable { path, problem } => format!(
            "{}: dit kan niet worden gelezen ({problem}); geef de map met de CSV-bestanden van ESCO",
            path.display()
        ),
        EscoError::TooManyFiles { path, most } => format!(
            "{}: hier staan meer dan {most} bestanden; geef de map met alleen de CSV-bestanden van ESCO",
            path.display()
        ),
        EscoError::NoEsco { path, .. } => format!(
            "{}: dit is geen ESCO: er is geen beroep en geen vaardigheid gevonden; pak de CSV-bestanden van ESCO uit \
             (zoals occupations_nl.csv en skills_nl.csv) en geef die map",
            path.display()
        ),
        EscoError::Build(_) | EscoError::Embedded(_) => error.to_string(),
    };
    match language {
        Language::Dutch => dutch,
        Language::English => error.to_string(),
    }
}

/// How a kind of problems is headed.
pub(super) fn heading(severity: Severity, language: Language) -> &'static str {
    language.pick(&match severity {
        Severity::Damage => ["Beschadigde bestanden", "Damaged files"],
        Severity::Refused => ["Geweigerd (de rest is gelezen)", "Refused (the rest was read)"],
        Severity::Mended => ["Opmerkingen (niets verloren)", "Notes (nothing lost)"],
    })
}

/// What is wrong, and what to do about it.
pub(super) fn problem(problem: Problem, language: Language) -> &'static str {
    language.pick(&match problem {
        Problem::CutOff => [
            "het bestand houdt midden in een regel op; haal het opnieuw (is de laatste regel heel, zet er dan een \
             regeleinde achter)",
            "the file ends in the middle of a line; get it again (if the last line is whole, end it with a line break)",
        ],
        Problem::WrongEncoding => [
            "dit is geen UTF-8; haal het bestand opnieuw of bewaar het als UTF-8",
            "this is no UTF-8; get the file again or save it as UTF-8",
        ],
        Problem::Unreadable => ["het bestand kan niet worden gelezen", "the file cannot be read"],
        Problem::ColumnMissing => [
            "de eerste regel mist een kolom; gebruik de bestanden zoals ESCO ze geeft",
            "the first line lacks a column; use the files as ESCO gives them",
        ],
        Problem::FileTooLong => [
            "het bestand is groter dan 1 GiB; de rest is niet gelezen",
            "the file is larger than 1 GiB; the rest was not read",
        ],
        Problem::LanguageUnknown => [
            "de naam zegt niet welke taal het is; noem het bestand zoals occupations_nl.csv",
            "the name does not say the language; name the file as in occupations_nl.csv",
        ],
        Problem::RecordTooLong => [
            "de regel is langer dan 1 MiB of heeft meer dan 256 velden",
            "the record is longer than 1 MiB or has more than 256 fields",
        ],
        Problem::TooManyFields => [
            "de regel heeft meer velden dan de eerste regel van het bestand",
            "the record has more fields than the first line of the file",
        ],
        Problem::NoUri => ["hier hoort een webadres van ESCO (URI)", "a web address of ESCO (URI) belongs here"],
        Problem::TwoConcepts => [
            "één webadres (URI) staat bij twee begrippen; het eerste telt",
            "one URI stands with two concepts; the first counts",
        ],
        Problem::OtherKind => [
            "het webadres (URI) is elders een ander soort begrip; dat telt",
            "the URI is another kind of concept elsewhere; that one counts",
        ],
        Problem::EmptyLabel => ["de naam is leeg", "the label is empty"],
        Problem::LabelTooLong => ["de naam is langer dan 500 tekens", "the label is longer than 500 characters"],
        Problem::NoLabel => [
            "het begrip heeft in geen enkele taal een naam",
            "the concept has no label in any language",
        ],
        Problem::UnknownConcept => [
            "dit begrip staat in geen van de bestanden; haal de bestanden van één versie",
            "this concept is in none of the files; get the files of one version",
        ],
        Problem::WrongRelation => [
            "deze relatie bestaat niet tussen zulke begrippen, of de soort is onbekend",
            "there is no such relation between these concepts, or its type is unknown",
        ],
        Problem::Cycle => [
            "deze begrippen staan in een kring boven elkaar; de laatste stap is weggelaten",
            "these concepts stand above each other in a circle; the last step was left out",
        ],
        Problem::ControlCharacters => [
            "stuurtekens in een naam; er staat nu een spatie",
            "control characters in a label; each is a space now",
        ],
        Problem::InvisibleSigns => [
            "onzichtbare tekens in een naam (zoals schrijfrichting); ze zijn weggehaald",
            "invisible signs in a label (such as the writing direction); they were taken out",
        ],
        Problem::SkillAndGroup => [
            "een vaardigheid die elders een groep is; het is een vaardigheid",
            "a skill that is a group elsewhere; it is a skill",
        ],
        Problem::LabelsDiffer => [
            "twee bestanden geven een andere naam in dezelfde taal; de nieuwste wordt getoond, beide worden herkend",
            "two files give different labels in one language; the newest is shown, both are recognised",
        ],
        Problem::Repeated => ["de regel staat er twee keer", "the row stands there twice"],
        Problem::Withdrawn => ["ESCO heeft het begrip ingetrokken", "ESCO has withdrawn the concept"],
    })
}
