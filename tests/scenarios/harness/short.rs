//! The short texts of the notation, one function a message.

use super::notation::Day;
use prost_reflect::EnumDescriptor;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The plain names of qualities, as the project's own data name them.
pub struct Names {
    qualities: BTreeMap<String, Value>,
}

impl Names {
    pub fn read() -> Result<Self, String> {
        let mut qualities = BTreeMap::new();
        let table = |text: &str| text.parse::<toml::Table>().map_err(|error| error.to_string());
        let competencies = table(include_str!("../../../data/competencies.toml"))?;
        let facets = table(include_str!("../../../data/facets.toml"))?;
        let rows = |file: &toml::Table, key: &str| file.get(key).and_then(toml::Value::as_array).cloned();
        for row in rows(&competencies, "competency").unwrap_or_default() {
            let code = row.get("code").and_then(toml::Value::as_integer).unwrap_or(0);
            let quality = json!({ "competency_code": code });
            qualities.insert(code.to_string(), quality.clone());
            if let Some(name) = row.get("nl").and_then(toml::Value::as_str) {
                qualities.insert(name.to_lowercase(), quality);
            }
        }
        for row in rows(&facets, "facet").unwrap_or_default() {
            let code = row.get("competency").and_then(toml::Value::as_integer).unwrap_or(0);
            let text = |key: &str| row.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
            let quality = json!({ "competency_code": code, "facet": text("key") });
            qualities.insert(text("key"), quality.clone());
            qualities.insert(text("nl").to_lowercase(), quality);
        }
        // What an advisor says for a facet in fewer words.
        for (word, key) in [("empathie", "empathy"), ("aanpakken", "gets_going"), ("leerbaar", "learns")] {
            if let Some(quality) = qualities.get(key).cloned() {
                qualities.insert(word.to_owned(), quality);
            }
        }
        Ok(Self { qualities })
    }

    fn quality(&self, written: &str) -> Result<Value, String> {
        let found = self.qualities.get(&written.trim().to_lowercase()).cloned();
        found
            .ok_or_else(|| format!("{written:?} is no quality of data/competencies.toml or data/facets.toml"))
    }
}

/// What a short text stands for.
pub fn read(message: &str, text: &str, today: Day, names: &Names) -> Result<Vec<Value>, String> {
    let one = match message {
        "Date" => date(text, today)?,
        "Skill" | "Occupation" => json!({ "text": text }),
        "Quality" => names.quality(text)?,
        "HoursRange" => hours(text)?,
        "HoursCap" => cap(text, today)?,
        "LevelPerSkill" => levels(text)?,
        "LanguageProficiency" => proficiency(text)?,
        "WeekSlot" => return slots(text),
        "LessonSlot" => return Ok(slots(text)?.into_iter().map(|slot| json!({ "slot": slot })).collect()),
        "Course" | "Registration" => paper(text, today)?,
        "Education" => education(text)?,
        "WorkExperience" => experience(text)?,
        "Observation" => observation(text, today, names)?,
        "SupportNeed" => support(text, "needed")?,
        "SupportOffer" => support(text, "offered")?,
        "Capacity" => capacity(text)?,
        "Carving" => json!({ "allowed": answer(text)? }),
        "Benefit" => json!({ "name": text }),
        _ => requirement(message, text, names)?,
    };
    Ok(vec![one])
}

/// A value of an enum: its own name, its name without the prefix, or a Dutch word.
pub fn enum_value(described: &EnumDescriptor, written: &str) -> Result<String, String> {
    let zero = described.default_value().name().to_owned();
    let prefix = zero.trim_end_matches("UNSPECIFIED");
    let word = match written.to_lowercase().as_str() {
        "ja" => "YES",
        "nee" => "NO",
        "dag" => "DAY",
        "avond" => "EVENING",
        "nacht" => "NIGHT",
        "onregelmatig" => "IRREGULAR",
        "auto" => "CAR",
        "bromfiets" => "MOPED",
        "fiets" => "BICYCLE",
        "motor" => "MOTORCYCLE",
        "ov" => "PUBLIC_TRANSPORT",
        "lopend" => "ON_FOOT",
        "uren" => "HOURS",
        "taken" => "TASKS",
        "tijdraam" => "TIME_FRAME",
        "blijft" => "KEEP",
        _ => written,
    };
    let candidates = [word.to_owned(), format!("{prefix}{}", word.to_uppercase())];
    let found = candidates.into_iter().find(|name| described.get_value_by_name(name).is_some());
    found.ok_or_else(|| format!("{written:?} is no {}", described.name()))
}

/// "2025-03-01", or from the as-of day: "+5 weken", "-4 maanden".
pub fn date(text: &str, today: Day) -> Result<Value, String> {
    let day = match text.strip_prefix(['+', '-']) {
        Some(rest) => {
            let span = span(rest)?;
            if text.starts_with('+') { today.checked_add(span) } else { today.checked_sub(span) }
        }
        None => text.parse::<Day>(),
    }
    .map_err(|error| format!("{text:?} is no day: {error}"))?;
    Ok(json!({ "year": day.year(), "month": day.month(), "day": day.day() }))
}

fn span(text: &str) -> Result<jiff::Span, String> {
    let (number, unit) =
        text.trim().split_once(' ').ok_or_else(|| format!("{text:?} is no length of time"))?;
    let number: i64 = number.parse().map_err(|_| format!("{number:?} is no number"))?;
    let span = jiff::Span::new();
    Ok(match unit.trim() {
        "dag" | "dagen" => span.days(number),
        "week" | "weken" => span.weeks(number),
        "maand" | "maanden" => span.months(number),
        "jaar" => span.years(number),
        other => return Err(format!("{other:?} is no unit of time")),
    })
}

/// "16-24", "20", "vanaf 16", "tot 24".
fn hours(text: &str) -> Result<Value, String> {
    let number = |part: &str| {
        part.trim().replace(',', ".").parse::<f64>().map_err(|_| format!("{text:?} are no hours"))
    };
    Ok(if let Some(most) = text.strip_prefix("tot ") {
        json!({ "max_hours_per_week": number(most)? })
    } else if let Some(fewest) = text.strip_prefix("vanaf ") {
        json!({ "min_hours_per_week": number(fewest)? })
    } else {
        let (fewest, most) = text.split_once('-').unwrap_or((text, text));
        json!({ "min_hours_per_week": number(fewest)?, "max_hours_per_week": number(most)? })
    })
}

/// "20", "20 tot 2025-09-01".
fn cap(text: &str, today: Day) -> Result<Value, String> {
    let (most, until) = text.split_once(" tot ").map_or((text, None), |(most, until)| (most, Some(until)));
    let most: f64 = most.trim().parse().map_err(|_| format!("{text:?} is no cap of hours"))?;
    let mut cap = json!({ "max_hours_per_week": most });
    if let Some(until) = until {
        cap["until"] = date(until.trim(), today)?;
    }
    Ok(cap)
}

const SKILLS: [(&str, &str); 4] =
    [("luisteren", "listening"), ("lezen", "reading"), ("spreken", "speaking"), ("schrijven", "writing")];

/// "A2" for all four skills, or "luisteren B2, spreken B1".
fn levels(text: &str) -> Result<Value, String> {
    let level = |written: &str| format!("CEFR_LEVEL_{}", written.trim());
    let mut all = json!({});
    if !text.contains(' ') {
        for (_, field) in SKILLS {
            all[field] = level(text).into();
        }
        return Ok(all);
    }
    for part in text.split(',') {
        let (word, written) = part.trim().split_once(' ').ok_or_else(|| format!("{part:?} is no level"))?;
        let field =
            SKILLS.iter().find(|(dutch, _)| *dutch == word).ok_or_else(|| format!("{word:?} is no skill"))?;
        all[field.1] = level(written).into();
    }
    Ok(all)
}

/// Dutch names of languages, in ISO 639-3.
pub fn language(name: &str) -> Result<&'static str, String> {
    Ok(match name {
        "Nederlands" => "nld",
        "Engels" => "eng",
        "Arabisch" => "ara",
        "Duits" => "deu",
        "Turks" => "tur",
        "Oekraïens" => "ukr",
        "Pools" => "pol",
        "Tigrinya" => "tir",
        other => return Err(format!("the notation does not know the language {other:?}")),
    })
}

/// "Nederlands A2", "Arabisch luisteren B2, spreken B1".
fn proficiency(text: &str) -> Result<Value, String> {
    let (name, rest) = text.split_once(' ').ok_or_else(|| format!("{text:?} names no level"))?;
    Ok(json!({ "language_code": language(name)?, "levels": levels(rest.trim())? }))
}

const DAYS: [(&str, &str); 7] = [
    ("ma", "MONDAY"),
    ("di", "TUESDAY"),
    ("wo", "WEDNESDAY"),
    ("do", "THURSDAY"),
    ("vr", "FRIDAY"),
    ("za", "SATURDAY"),
    ("zo", "SUNDAY"),
];

/// "ma-vr 8:45-14:45", "ma,wo 9:00-12:00".
fn slots(text: &str) -> Result<Vec<Value>, String> {
    let (days, times) = text.split_once(' ').ok_or_else(|| format!("{text:?} is no slot of the week"))?;
    let place = |day: &str| {
        let found = DAYS.iter().position(|(dutch, _)| *dutch == day);
        found.ok_or_else(|| format!("{day:?} is no day of the week"))
    };
    let mut chosen = Vec::new();
    for part in days.split(',') {
        match part.split_once('-') {
            Some((first, last)) => chosen.extend(place(first)?..=place(last)?),
            None => chosen.push(place(part)?),
        }
    }
    let (from, to) = times.trim().split_once('-').ok_or_else(|| format!("{times:?} are no times"))?;
    let (from, to) = (minute(from)?, minute(to)?);
    let slot = |day: usize| json!({ "day": format!("WEEKDAY_{}", DAYS[day].1), "from_minute": from, "to_minute": to });
    Ok(chosen.into_iter().map(slot).collect())
}

fn minute(text: &str) -> Result<u32, String> {
    let wrong = || format!("{text:?} is no time of the day");
    let (hours, minutes) = text.trim().split_once(':').ok_or_else(wrong)?;
    let (hours, minutes): (u32, u32) =
        (hours.parse().map_err(|_| wrong())?, minutes.parse().map_err(|_| wrong())?);
    Ok(hours * 60 + minutes)
}

/// "VCA-basis", "VCA-basis tot 2024-11-01": with the last day on which it is valid.
fn paper(text: &str, today: Day) -> Result<Value, String> {
    Ok(match text.split_once(" tot ") {
        Some((name, until)) => json!({ "name": name.trim(), "valid_until": date(until.trim(), today)? }),
        None => json!({ "name": text }),
    })
}

/// "MBO: helpende zorg en welzijn": completed, with a diploma.
fn education(text: &str) -> Result<Value, String> {
    let (level, name) = text.split_once(':').ok_or_else(|| format!("{text:?} names no level"))?;
    Ok(json!({
        "level": format!("EDUCATION_LEVEL_{}", level.trim()), "name": name.trim(),
        "status": "EDUCATION_STATUS_COMPLETED", "diploma": "ANSWER_YES",
    }))
}

/// "4 jaar verzorgende", "18 maanden kassamedewerker".
fn experience(text: &str) -> Result<Value, String> {
    let wrong = || format!("{text:?} is no experience: say \"4 jaar verzorgende\"");
    let (number, rest) = text.split_once(' ').ok_or_else(wrong)?;
    let (unit, occupation) = rest.split_once(' ').ok_or_else(wrong)?;
    let number: u32 = number.parse().map_err(|_| wrong())?;
    let months = match unit {
        "jaar" => number * 12,
        "maand" | "maanden" => number,
        _ => return Err(wrong()),
    };
    Ok(json!({ "months": months, "occupation": { "text": occupation } }))
}

/// "geduld: sterk, werkcoach, 3 weken"; "motivatie 87: …" for a sector, "motivatie voor lasser: …" for an occupation.
fn observation(text: &str, today: Day, names: &Names) -> Result<Value, String> {
    let (what, seen) = text.split_once(':').ok_or_else(|| format!("{text:?} is no observation"))?;
    let parts: Vec<&str> = seen.split(',').map(str::trim).collect();
    let [value, source, rest @ ..] = parts.as_slice() else {
        return Err(format!("{text:?}: say how strong, who saw it and how long ago"));
    };
    let value = match *value {
        "sterk" => "STRONG",
        "voldoende" => "SUFFICIENT",
        "gemiddeld" => "AVERAGE",
        "onvoldoende" => "INSUFFICIENT",
        "niet" => "ABSENT",
        other => return Err(format!("{other:?} is no value")),
    };
    let source = match *source {
        "zelf" => "SELF",
        "gesprek" => "CONVERSATION",
        "werkcoach" => "COACH",
        "praktijkproef" => "PRACTICAL_TEST",
        "stage" => "INTERNSHIP",
        "proefplaatsing" => "TRIAL_PLACEMENT",
        "werkgever" => "EMPLOYER",
        other => return Err(format!("{other:?} is no source")),
    };
    let mut made = json!({ "value": format!("OBSERVED_VALUE_{value}"), "source": format!("OBSERVATION_SOURCE_{source}") });
    let what = what.trim();
    if let Some(occupation) = what.strip_prefix("motivatie voor ") {
        made["motivation_for_occupation"] = json!({ "text": occupation });
    } else if let Some(sector) = what.strip_prefix("motivatie ") {
        made["motivation_for_sbi_code"] =
            sector.parse::<u32>().map_err(|_| format!("{sector:?} is no sector"))?.into();
    } else {
        made["quality"] = names.quality(what)?;
    }
    for part in rest {
        match *part {
            "betwist" => made["disputed"] = true.into(),
            "onbekend wanneer" => {}
            ago => made["observed_on"] = date(&format!("-{ago}"), today)?,
        }
    }
    Ok(made)
}

/// "buddy: ja".
fn support(text: &str, field: &str) -> Result<Value, String> {
    let (kind, said) = text.split_once(':').ok_or_else(|| format!("{text:?}: say ja or nee"))?;
    let kind = match kind.trim() {
        "buddy" => "BUDDY",
        "taalmaatje" => "LANGUAGE_BUDDY",
        "jobcoach" => "JOB_COACH",
        "werkbegeleider" => "WORK_SUPERVISOR",
        "aangepaste werkplek" => "ADAPTED_WORKPLACE",
        "taalles op het werk" => "LANGUAGE_LESSONS",
        "afwisseling" => "VARIED_WORK",
        "begeleiding" => "GUIDANCE",
        other => return Err(format!("{other:?} is no support")),
    };
    Ok(json!({ "kind": format!("SUPPORT_KIND_{kind}"), field: answer(said)? }))
}

fn answer(text: &str) -> Result<&'static str, String> {
    match text.trim() {
        "ja" => Ok("ANSWER_YES"),
        "nee" => Ok("ANSWER_NO"),
        other => Err(format!("{other:?} is neither ja nor nee")),
    }
}

/// "staan 60": the ability and the minutes a day; "tillen": no matter of time.
fn capacity(text: &str) -> Result<Value, String> {
    Ok(
        match text
            .rsplit_once(' ')
            .and_then(|(ability, minutes)| Some((ability, minutes.parse::<u32>().ok()?)))
        {
            Some((ability, minutes)) => json!({ "ability": ability, "minutes_per_day": minutes }),
            None => json!({ "ability": text }),
        },
    )
}

/// "VCA-basis (MUST, 6 weken)": what is asked, how much it matters, and the grace period after the start.
fn requirement(message: &str, text: &str, names: &Names) -> Result<Value, String> {
    let (what, rest) = match text.split_once('(') {
        Some((what, rest)) => (what.trim(), rest.trim_end().strip_suffix(')').ok_or("a bracket is open")?),
        None => (text, ""),
    };
    let mut made = match message {
        "SkillRequirement" => json!({ "skill": { "text": what } }),
        "CompetencyRequirement" => json!({ "quality": names.quality(what)? }),
        "LicenceRequirement" => json!({ "category": what }),
        "CertificateRequirement" | "RegistrationRequirement" => json!({ "name": what }),
        "LevelRequirement" => json!({ "level": format!("WORK_LEVEL_{what}") }),
        "LanguageRequirement" => {
            let asked = proficiency(what)?;
            json!({ "language_code": asked["language_code"], "at_start": asked["levels"] })
        }
        "EducationRequirement" => {
            let (level, name) = what.split_once(':').ok_or("an education is \"MBO: naam\"")?;
            json!({ "level": format!("EDUCATION_LEVEL_{}", level.trim()), "name": name.trim() })
        }
        "ExperienceRequirement" => {
            let years = what.strip_suffix(" jaar").and_then(|years| years.parse::<u32>().ok());
            json!({ "years": years.ok_or("experience is \"2 jaar\"")? })
        }
        other => return Err(format!("there is no short notation for {other}: {text:?}")),
    };
    for part in rest.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        match part.strip_suffix(" weken") {
            Some(weeks) => {
                made["grace_weeks"] =
                    weeks.parse::<u32>().map_err(|_| format!("{part:?} are no weeks"))?.into()
            }
            None => made["importance"] = format!("IMPORTANCE_{part}").into(),
        }
    }
    Ok(made)
}
