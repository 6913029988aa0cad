//! A stored decision for people.

use super::super::settings::Language;
use crate::wire::v1;
use jiff::Timestamp;
use std::fmt::Write as _;

/// Who asked what and when, and who stood in the answer.
pub(in crate::cli) fn decision(decision: &v1::Decision, language: Language) -> String {
    let mut text = String::new();
    let mut line = |names: [&str; 2], value: &str| {
        if !value.is_empty() {
            // Writing into a string cannot fail.
            let _ = writeln!(text, "{:<14}{value}", language.pick(&names));
        }
    };
    let time = decision.time.as_ref().and_then(|time| Timestamp::new(time.seconds, time.nanos).ok());
    line(["besluit", "decision"], &decision.id);
    line(["wanneer", "when"], &time.map(|time| time.to_string()).unwrap_or_default());
    line(["wat", "what"], &decision.method);
    line(["wie", "who"], &format!("{} ({})", decision.caller, decision.role));
    line(["organisatie", "organisation"], &decision.organisation);
    line(["vacature", "vacancy"], &decision.vacancy);
    line(["geweigerd", "refused"], &decision.refused);
    for asked in &decision.asked {
        line([&asked.name, &asked.name], &asked.value);
    }
    line(["model", "model"], &decision.model_version);
    line(["wijziging", "change"], &decision.data_change_number.to_string());
    line(["bestand", "file"], &decision.file);
    let score = |person: &v1::DecidedPerson| {
        let is_own = |found: &&v1::Match| {
            found.candidate == person.candidate
                && found.vacancy == person.vacancy
                && u64::from(found.rank) == person.rank
        };
        let former = person.former.as_ref().map(|former| former.score);
        let score = decision.matches.iter().find(is_own).map(|found| found.score).or(former);
        score.map(|score| format!("{score:.2}"))
    };
    for person in decision.people.iter().filter(|person| !person.asked) {
        let who = if person.erased { &person.text } else { &person.candidate };
        let rank = if person.rank > 0 { person.rank.to_string() } else { String::new() };
        let rest = [
            person.vacancy.clone(),
            score(person).unwrap_or_default(),
            person.told.clone(),
            person.reason.clone(),
        ];
        let rest: Vec<String> = rest.into_iter().filter(|one| !one.is_empty()).collect();
        let _ = writeln!(text, "{rank:>6}  {who}  {}", rest.join("  "));
    }
    text
}
