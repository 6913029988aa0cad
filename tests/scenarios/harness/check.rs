//! Checks of a scenario against what a world answered.

use super::{
    document::Check,
    employer, look,
    order::{self, Relation},
    world::{List, World},
};
use serde_json::Value;
use std::collections::BTreeMap;

/// One expectation, and what was found.
pub struct Outcome {
    pub expected: String,
    pub got: String,
    pub holds: bool,
}

impl Outcome {
    pub fn new(expected: impl Into<String>, got: impl Into<String>, holds: bool) -> Self {
        Self { expected: expected.into(), got: got.into(), holds }
    }
}

/// What is compared: the list of `subject` before and after.
pub struct Seen<'a> {
    pub subject: &'a str,
    pub before: &'a World,
    pub after: &'a World,
}

/// Judges everything that one world, or two of them, can tell.
pub fn judge(check: &Check, seen: &Seen<'_>) -> Result<Vec<Outcome>, String> {
    let mut all = Vec::new();
    if !check.geweigerd.is_empty() {
        for wanted in &check.geweigerd {
            let named = seen.after.refused.iter().any(|refusal| contains_all(refusal, wanted));
            let got = if seen.after.refused.is_empty() {
                "aangenomen".to_owned()
            } else {
                seen.after.refused.join("; ")
            };
            all.push(Outcome::new(format!("geweigerd: {wanted}"), got, named));
        }
        return Ok(all);
    }
    if !seen.after.refused.is_empty() {
        return Err(format!("refused: {}", seen.after.refused.join("; ")));
    }
    let list = |world: &'_ World| -> Result<BTreeMap<String, Value>, String> {
        let found =
            world.lists.get(seen.subject).ok_or_else(|| format!("there is no list of {}", seen.subject))?;
        Ok(found.by_id.clone())
    };
    let (before, after) = (list(seen.before)?, list(seen.after)?);
    let whole = seen.after.lists.get(seen.subject).ok_or("there is no list")?;
    if let Some(wanted) = &check.volgorde {
        all.push(ordered(wanted, &after)?);
    }
    for ids in &check.even {
        all.push(even(ids, &after)?);
    }
    moves(check, &before, &after, &mut all)?;
    for (id, reason) in &check.afwezig {
        let counted = look::list(&whole.whole, "excluded")
            .iter()
            .any(|one| look::text(one, "reason") == reason.as_str());
        let got = if after.contains_key(id) { "staat in de lijst".to_owned() } else { excluded(whole) };
        all.push(Outcome::new(
            format!("{id} niet in de lijst: {reason}"),
            got,
            counted && !after.contains_key(id),
        ));
    }
    details(check, &after, &all_pairs(seen), &mut all)?;
    employers(check, seen, &mut all);
    Ok(all)
}

/// The explained pairs of the subject, by the other side: also those that the law leaves out of the list.
fn all_pairs(seen: &Seen<'_>) -> BTreeMap<String, Value> {
    let mut pairs = BTreeMap::new();
    for ((candidate, vacancy), explained) in &seen.after.pairs {
        let other = if vacancy == seen.subject {
            candidate
        } else if candidate == seen.subject {
            vacancy
        } else {
            continue;
        };
        pairs.insert(other.clone(), explained.clone());
    }
    pairs
}

fn score(list: &BTreeMap<String, Value>, id: &str) -> Result<i64, String> {
    let found = list.get(id).ok_or_else(|| format!("{id} staat niet in de lijst"))?;
    Ok(look::hundredths(found, "score"))
}

fn points(hundredths: i64) -> String {
    format!("{},{:02}", hundredths / 100, hundredths % 100)
}

fn standing(list: &BTreeMap<String, Value>) -> String {
    let mut all: Vec<(i64, &str)> =
        list.iter().map(|(id, one)| (look::hundredths(one, "score"), id.as_str())).collect();
    all.sort_by_key(|(score, id)| (-score, *id));
    all.iter().map(|(score, id)| format!("{id} {}", points(*score))).collect::<Vec<_>>().join(" · ")
}

fn excluded(list: &List) -> String {
    let all = look::list(&list.whole, "excluded").iter();
    all.map(|one| format!("{} {}", look::text(one, "reason"), look::text(one, "count")))
        .collect::<Vec<_>>()
        .join(", ")
}

fn ordered(wanted: &str, list: &BTreeMap<String, Value>) -> Result<Outcome, String> {
    let groups = order::parse(wanted)?;
    let mut holds = true;
    for group in &groups {
        let scores: Result<Vec<i64>, String> = group.ids.iter().map(|id| score(list, id)).collect();
        match scores {
            Ok(scores) => holds &= !group.are_equal || scores.windows(2).all(|pair| pair[0] == pair[1]),
            Err(missing) => return Ok(Outcome::new(wanted, missing, false)),
        }
    }
    for pair in groups.windows(2) {
        for (above, below) in pair[0].ids.iter().flat_map(|a| pair[1].ids.iter().map(move |b| (a, b))) {
            let (above, below) = (score(list, above)?, score(list, below)?);
            holds &= match pair[0].relation {
                Some(Relation::Above) => above > below,
                _ => above >= below,
            };
        }
    }
    Ok(Outcome::new(wanted, standing(list), holds))
}

/// Equal, and shown as equal.
fn even(ids: &[String], list: &BTreeMap<String, Value>) -> Result<Outcome, String> {
    let scores: Result<Vec<i64>, String> = ids.iter().map(|id| score(list, id)).collect();
    let scores = scores?;
    let are_tied =
        ids.iter().all(|id| list.get(id).is_some_and(|one| one.get("tied") == Some(&Value::Bool(true))));
    let are_equal = scores.windows(2).all(|pair| pair[0] == pair[1]);
    Ok(Outcome::new(
        format!("gelijk en als gelijk getoond: {}", ids.join(", ")),
        standing(list),
        are_equal && are_tied && ids.len() > 1,
    ))
}

fn moves(
    check: &Check,
    before: &BTreeMap<String, Value>,
    after: &BTreeMap<String, Value>,
    all: &mut Vec<Outcome>,
) -> Result<(), String> {
    type Test = fn(i64, i64) -> bool;
    let tests: [(&[String], &str, Test); 4] = [
        (&check.hoger, "hoger", |old, new| new > old),
        (&check.lager, "lager", |old, new| new < old),
        (&check.niet_hoger, "niet hoger", |old, new| new <= old),
        (&check.niet_lager, "niet lager", |old, new| new >= old),
    ];
    for (ids, word, holds) in tests {
        for id in ids {
            let (old, new) = (score(before, id)?, score(after, id)?);
            all.push(Outcome::new(
                format!("{id} {word}"),
                format!("{} → {}", points(old), points(new)),
                holds(old, new),
            ));
        }
    }
    let others = before.keys().filter(|id| check.anderen_gelijk && !check.verander.contains_key(*id));
    for id in check.gelijk.iter().chain(others) {
        let (old, new) = (before.get(id), after.get(id));
        let same = old.is_some() && old.map(look::bare) == new.map(look::bare);
        let shown = |found: Option<&Value>| {
            found.map_or("afwezig".to_owned(), |one| points(look::hundredths(one, "score")))
        };
        let got =
            format!("{} → {}{}", shown(old), shown(new), if same { "" } else { " (of andere redenen)" });
        all.push(Outcome::new(format!("{id}: zelfde score en redenen"), got, same));
    }
    Ok(())
}

fn details(
    check: &Check,
    list: &BTreeMap<String, Value>,
    pairs: &BTreeMap<String, Value>,
    all: &mut Vec<Outcome>,
) -> Result<(), String> {
    let found = |id: &str| {
        let listed = list.get(id).or_else(|| pairs.get(id).and_then(|pair| pair.get("match")));
        listed.ok_or_else(|| format!("{id} is nobody"))
    };
    for (id, codes) in &check.redenen {
        let have: Vec<&str> = look::reasons(found(id)?).iter().map(|one| look::text(one, "code")).collect();
        for code in codes {
            let (word, wanted) = code.strip_prefix('!').map_or((code.as_str(), true), |word| (word, false));
            let is_there = have.iter().any(|one| one.contains(word));
            let expected = format!("{id}: reden {}{word}", if wanted { "" } else { "niet " });
            all.push(Outcome::new(expected, near(&have, word), is_there == wanted));
        }
    }
    for (id, texts) in &check.teksten {
        let have: Vec<&str> = look::reasons(found(id)?).iter().map(|one| look::text(one, "text")).collect();
        for wanted in texts {
            let said = have.iter().find(|text| contains_all(text, wanted));
            all.push(Outcome::new(
                format!("{id}: tekst met {wanted}"),
                near_text(&have, wanted, said),
                said.is_some(),
            ));
        }
    }
    for (id, fields) in &check.vragen {
        let questions = look::list(found(id)?, "questions");
        for wanted in fields {
            let place = questions.iter().position(|one| look::text(one, "field").contains(wanted.as_str()));
            let got = match place {
                Some(at) => format!("vraag {}: {}", at + 1, look::text(&questions[at], "text")),
                None => questions.iter().map(|one| look::text(one, "field")).collect::<Vec<_>>().join(", "),
            };
            all.push(Outcome::new(format!("{id}: vraag over {wanted}"), got, place.is_some()));
        }
    }
    for (id, gaps) in &check.tekorten {
        for wanted in gaps {
            all.push(gap(id, found(id)?, wanted)?);
        }
    }
    for (id, words) in &check.instrumenten {
        let entries = look::list(found(id)?, "instruments");
        for word in words {
            let (word, wanted) = word.strip_prefix('!').map_or((word.as_str(), true), |word| (word, false));
            let is_there = entries.iter().any(|one| contains_all(&one.to_string(), word));
            let shown: Vec<&str> = entries.iter().map(|one| look::text(one, "text")).collect();
            let expected =
                format!("{id}: instrument {}{word}, bij de adviseur", if wanted { "" } else { "niet " });
            all.push(Outcome::new(expected, shown.join(" / "), is_there == wanted));
        }
    }
    for (id, track) in &check.sporen {
        let name = match track.as_str() {
            "nu" => "TRACK_NOW",
            "stap" => "TRACK_STEP",
            "droom" => "TRACK_DREAM",
            other => return Err(format!("{other:?} is no track")),
        };
        let got = look::text(found(id)?, "track");
        all.push(Outcome::new(format!("{id}: spoor {track}"), got, got == name));
    }
    for (id, fits) in &check.fit {
        for (criterion, wanted) in fits {
            let name = format!("CRITERION_{}", criterion.to_uppercase());
            let lines = look::list(found(id)?, "criteria");
            let line = lines.iter().find(|line| look::text(line, "criterion") == name);
            let fit = line.map(|line| look::number(line, "fit"));
            let holds = fit.is_some_and(|fit| (fit - wanted).abs() < 0.000_05);
            all.push(Outcome::new(format!("{id}: {criterion} {wanted}"), format!("{fit:?}"), holds));
        }
    }
    for code in &check.aangenomen {
        let said = list.values().all(|one| {
            look::list(one, "assumed").iter().any(|assumed| look::text(assumed, "code") == code.as_str())
        });
        all.push(Outcome::new(
            format!("aangenomen: {code}"),
            if said { "gezegd" } else { "niet gezegd" },
            said && !list.is_empty(),
        ));
    }
    Ok(())
}

/// "VCA: oplosbaar, op tijd, 2 weken, SMALL".
fn gap(id: &str, found: &Value, wanted: &str) -> Result<Outcome, String> {
    let (name, rest) = wanted.split_once(':').unwrap_or((wanted, ""));
    let gaps = look::list(found, "gaps");
    let is_there = |one: &&Value| contains_all(&one.to_string(), name);
    let mut holds = false;
    for one in gaps.iter().filter(is_there) {
        let mut fits = true;
        for part in rest.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            fits &= match part {
                "oplosbaar" => look::text(one, "kind") == "GAP_KIND_SOLVABLE",
                "te ontwikkelen" => look::text(one, "kind") == "GAP_KIND_DEVELOPABLE",
                "registratie" => look::text(one, "kind") == "GAP_KIND_REGISTRATION",
                "op tijd" => one.get("inTime") == Some(&Value::Bool(true)),
                "niet op tijd" => one.get("inTime") != Some(&Value::Bool(true)),
                "doorlooptijd" => look::number(one, "leadWeeks") > 0.0,
                "kosten" => !look::text(one, "costClass").is_empty(),
                other => return Err(format!("{other:?} says nothing of a gap")),
            };
        }
        holds |= fits;
    }
    let told = |one: &Value| {
        let in_time = if one.get("inTime") == Some(&Value::Bool(true)) { "op tijd" } else { "niet op tijd" };
        format!(
            "{} [{}, {in_time}]",
            look::text(one, "text"),
            look::text(one, "kind").trim_start_matches("GAP_KIND_")
        )
    };
    let got: Vec<String> = gaps.iter().map(told).collect();
    Ok(Outcome::new(format!("{id}: tekort {wanted}"), got.join(" / "), holds))
}

fn employers(check: &Check, seen: &Seen<'_>, all: &mut Vec<Outcome>) {
    if check.werkgever_zonder.is_empty() && !check.werkgever_gelijk {
        return;
    }
    let answers = [seen.before, seen.after].map(|world| match world.employer.get(seen.subject) {
        Some(Ok(answer)) => Ok(answer),
        Some(Err(problem)) => Err(problem.clone()),
        None => Err("geen werkgeversweergave".to_owned()),
    });
    let (before, after) = match answers {
        [Ok(before), Ok(after)] => (before, after),
        [Err(problem), _] | [_, Err(problem)] => {
            return all.push(Outcome::new("de werkgeversweergave", problem, false));
        }
    };
    let shown = look::list(after, "candidates").len();
    for word in &check.werkgever_zonder {
        let is_there = after.to_string().to_lowercase().contains(&word.to_lowercase());
        let got = format!("{shown} kandidaten, {}", if is_there { "genoemd" } else { "niet genoemd" });
        all.push(Outcome::new(format!("de werkgever ziet niet: {word}"), got, !is_there && shown > 0));
    }
    if check.werkgever_gelijk {
        let same = employer::without_pseudonyms(before) == employer::without_pseudonyms(after);
        let got = format!("{shown} kandidaten, {}", if same { "gelijk" } else { "anders" });
        all.push(Outcome::new("de werkgever ziet hetzelfde", got, same && shown > 0));
    }
}

/// Whether a text has all of the words, in any case.
pub fn contains_all(text: &str, words: &str) -> bool {
    let text = text.to_lowercase();
    words.to_lowercase().split('+').all(|word| text.contains(word.trim()))
}

/// The codes that look like what is sought, so that a reader sees what there is.
fn near(have: &[&str], word: &str) -> String {
    let stem = word.split('_').next().unwrap_or_default();
    let mut near: Vec<&str> = have.iter().copied().filter(|one| one.contains(stem)).collect();
    if near.is_empty() {
        near = have.to_vec();
    }
    near.dedup();
    near.join(" ")
}

fn near_text(have: &[&str], wanted: &str, said: Option<&&str>) -> String {
    let first = wanted.split('+').next().unwrap_or_default().trim();
    said.or_else(|| have.iter().find(|text| contains_all(text, first)))
        .map_or("geen zo'n tekst".to_owned(), |text| (*text).to_owned())
}
