//! R20: every line has its reasons, in words of both languages, and the words say nothing that is not in the data.

use super::{Pair, World, hold, pair};
use crate::rank::{
    TextLanguage,
    explain::Explanation,
    pool::PaperName,
    profile::Numbers,
    reason::{Reason, Value},
    wording,
};
use proptest::prelude::*;

#[test]
fn r20_every_line_has_a_reason_and_every_conflict_its_own() {
    let world = World::new();
    hold(400, (pair(), world.numbers()), |(pair, numbers): (Pair, Numbers)| {
        let explained = world.explained(&pair, &numbers);
        for (line, reasons) in explained.judgement.lines.iter().zip(&explained.reasons) {
            let is_asked = line.knowledge.is_some();
            prop_assert!(!is_asked || !reasons.is_empty(), "{:?} has no reason", line.criterion);
        }
        prop_assert_eq!(explained.reasons.len(), explained.judgement.lines.len());
        prop_assert_eq!(explained.conflicts.len(), explained.judgement.conflicts.len());
        Ok(())
    });
}

#[test]
fn r20_no_text_has_a_number_or_a_name_that_is_not_in_its_data() {
    let world = World::new();
    hold(400, (pair(), world.numbers()), |(pair, numbers): (Pair, Numbers)| {
        for reason in all_reasons(&world.explained(&pair, &numbers)) {
            let texts =
                [(TextLanguage::Dutch, reason.code.dutch()), (TextLanguage::English, reason.code.english())];
            for (language, template) in texts {
                let text = wording::text(&reason, language, &world.tables.competencies);
                let checked = says_only_its_data(&text, template, &reason);
                prop_assert!(checked.is_ok(), "{text:?} of {reason:?}: {checked:?}");
            }
        }
        Ok(())
    });
}

fn all_reasons(explained: &Explanation) -> Vec<Reason> {
    let mut all: Vec<Reason> = explained.reasons.iter().flatten().cloned().collect();
    all.push(explained.balance.clone());
    all.extend(explained.conflicts.iter().cloned());
    all.extend(explained.path.iter().cloned());
    all.extend(explained.gaps.iter().map(|gap| gap.reason.clone()));
    all.extend(explained.questions.iter().map(|question| question.reason.clone()));
    all.extend(explained.assumed.iter().cloned());
    all.extend(explained.exclusion.clone());
    all
}

/// Walks a text along its template: between the template's own words stand the values of the data, and nothing else.
fn says_only_its_data(text: &str, template: &str, reason: &Reason) -> Result<(), String> {
    let mut rest = text.to_lowercase();
    let mut template = template.to_lowercase();
    loop {
        let (literal, after) = match template.split_once('{') {
            Some((literal, after)) => (literal.to_owned(), after.to_owned()),
            None if rest == template => return Ok(()),
            None => return Err(format!("{rest:?} is left where {template:?} should be")),
        };
        if literal.contains(|c: char| c.is_ascii_digit()) {
            return Err("the template has a number of its own".to_owned());
        }
        rest = rest.strip_prefix(&literal).ok_or("a word of the template is missing")?.to_owned();
        let (name, after) = after.split_once('}').ok_or("an open brace")?;
        let value = reason.get(name).ok_or_else(|| format!("{name} is not in the data"))?;
        let next = after.split('{').next().unwrap_or_default();
        let spoken = match value {
            Value::Words(words) | Value::Paper(PaperName::Named(words)) => {
                let words = words.to_lowercase();
                // A word that the template ends with is not said twice.
                let said = format!("{} ", literal.trim_end().rsplit(' ').next().unwrap_or_default());
                words.strip_prefix(&said).map(str::to_owned).unwrap_or(words)
            }
            _ if next.is_empty() => rest.clone(),
            _ => rest.split(next).next().unwrap_or_default().to_owned(),
        };
        if spoken.trim().is_empty() {
            return Err(format!("{name} is not said"));
        }
        is_of_the_data(&spoken, value)?;
        rest = rest.strip_prefix(&spoken).ok_or_else(|| format!("{name} is not said as written"))?.to_owned();
        template = after.to_owned();
    }
}

/// Whether all numbers of what is said come from the value.
fn is_of_the_data(spoken: &str, value: &Value) -> Result<(), String> {
    let allowed: Vec<u64> = match value {
        Value::Words(_) | Value::Paper(PaperName::Named(_)) => return Ok(()),
        Value::Paper(PaperName::Licence(licence)) => {
            let is_licence = spoken.ends_with(&format!(" {}", licence.code().to_lowercase()));
            return if is_licence { Ok(()) } else { Err(format!("{spoken} is another licence")) };
        }
        Value::Cefr(level) => {
            let is_level = spoken == format!("{level:?}").to_lowercase();
            return if is_level { Ok(()) } else { Err(format!("{spoken} is another level")) };
        }
        Value::WorkMinutes(minutes) => vec![u64::from(minutes / 60), u64::from(minutes % 60)],
        Value::TravelMinutes(minutes) => vec![*minutes],
        Value::Metres(metres) => vec![(metres + 50) / 1_000, (metres + 50) / 100 % 10],
        Value::Months(months) => vec![u64::from(months / 12), u64::from(months % 12)],
        Value::Weeks(weeks) => vec![u64::from(*weeks)],
        Value::Day(day) => vec![u64::from(day.day().unsigned_abs()), u64::from(day.year().unsigned_abs())],
        Value::Division(number)
        | Value::OwnDivision(number)
        | Value::Count(number)
        | Value::DayMinutes(number) => vec![u64::from(*number)],
        Value::Fit(fit) => vec![(u64::from(*fit) + 50) / 100],
        Value::DaysAgo(Some(days)) => [1, 7, 30, 365].map(|unit| u64::from(days / unit)).to_vec(),
        _ => Vec::new(),
    };
    let numbers = spoken.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    for number in numbers {
        let known = number.parse().is_ok_and(|number: u64| allowed.contains(&number));
        if !known {
            return Err(format!("{number} is not in {value:?}"));
        }
    }
    Ok(())
}
