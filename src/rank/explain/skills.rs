//! How each asked skill matches, and what speaks for one that is not named (R7).

use crate::rank::{
    criteria::skills::{Best, Evidence, Named},
    facts::{AskedSkill, OwnSkill, PastJob, Told},
    found::Found,
    reason::{Reason, ReasonCode, Value},
};

/// From this confidence on two wordings mean the same without a doubt worth telling.
const SURE: u16 = 8_000;

pub(super) fn of(found: &Found<'_>) -> Vec<Reason> {
    let asked = found.pair.vacancy.skills.iter().zip(found.evidence());
    asked.map(|(asked, evidence)| reason(asked, evidence)).collect()
}

fn reason(asked: &AskedSkill, found: &Evidence<'_>) -> Reason {
    let skill = ("skill", Value::Words(asked.text.as_str().to_owned()));
    if found.named.is_named() {
        return named(asked, found.named, skill);
    }
    let occupation = |job: &PastJob| ("occupation", Value::Words(job.text.as_str().to_owned()));
    // A name that is too unsure to count as one still says more than what is only near.
    if let Named { certainty, by: Some(own) } = found.named
        && found.other.is_none_or(|(_, other)| other <= certainty)
    {
        return near(own, skill);
    }
    match found.other {
        Some((Best::Near(own), _)) => near(own, skill),
        Some((Best::Implied(job), _)) => Reason::new(ReasonCode::SkillImplied, [skill, occupation(job)]),
        Some((Best::Alike(job), _)) => Reason::new(ReasonCode::SkillOfAlikeWork, [skill, occupation(job)]),
        Some((Best::Words, _)) => Reason::new(ReasonCode::SkillWords, [skill]),
        None => Reason::new(ReasonCode::SkillNotNamed, [skill]),
    }
}

fn named(asked: &AskedSkill, named: Named<'_>, skill: (&'static str, Value)) -> Reason {
    let own_words = |label: &crate::domain::text::Label| ("own", Value::Words(label.as_str().to_owned()));
    let Some(own) = named.by else {
        return Reason::new(ReasonCode::SkillNamed, [skill]);
    };
    match &own.told {
        Told::Skill(words) if own.confidence.min(asked.confidence) >= SURE => {
            Reason::new(ReasonCode::SkillNamedAs, [skill, own_words(words)])
        }
        Told::Skill(words) => Reason::new(ReasonCode::SkillProbablyNamed, [skill, own_words(words)]),
        Told::Course(words) => Reason::new(ReasonCode::SkillLearned, [skill, own_words(words)]),
        Told::Text => Reason::new(ReasonCode::SkillTold, [skill]),
    }
}

fn near(own: &OwnSkill, skill: (&'static str, Value)) -> Reason {
    match &own.told {
        Told::Skill(words) | Told::Course(words) => {
            let own = ("own", Value::Words(words.as_str().to_owned()));
            Reason::new(ReasonCode::SkillNear, [skill, own])
        }
        Told::Text => Reason::new(ReasonCode::SkillNearTold, [skill]),
    }
}
