use super::*;
use crate::domain::sector::Sector;

const ALGEMEEN: &str = include_str!("../../../data/profiles/algemeen.toml");

fn findings(text: &str) -> Vec<ProfileFinding> {
    match RankingProfile::parse(text) {
        Err(error) => error.findings().to_vec(),
        Ok(profile) => panic!("{profile:?}"),
    }
}

fn refused(from: &str, to: &str) -> Vec<String> {
    assert!(ALGEMEEN.contains(from), "{from}");
    findings(&ALGEMEEN.replace(from, to)).into_iter().map(|finding| finding.field).collect()
}

#[test]
fn the_embedded_profiles_keep_the_rules_and_have_names_of_their_own() {
    let profiles = Profiles::embedded().unwrap();
    assert_eq!(profiles.all().map(RankingProfile::name), ["algemeen", "zorg", "techniek"]);
    assert_eq!(profiles.for_sector(Sector::Care).name(), "zorg");
    assert_ne!(profiles.all()[0].hash(), profiles.all()[1].hash());
    assert_eq!(profiles.by_name("techniek"), Some(profiles.for_sector(Sector::Engineering)));
    assert_eq!(profiles.all()[0].weight(Criterion::Motivation), Weight { demand: 12_000, wish: 40_000 });
}

#[test]
fn the_embedded_profiles_tell_in_short_sentences_of_both_languages_why_they_are_as_they_are() {
    let profiles = Profiles::embedded().unwrap();
    let general = profiles.by_name("algemeen").unwrap();
    for profile in profiles.all() {
        for language in [TextLanguage::Dutch, TextLanguage::English] {
            let reasons = ProfilePart::all().map(|part| profile.reason(part, language));
            for text in reasons.chain([profile.description(language), profile.title(language)]) {
                assert!(!text.is_empty());
                for sentence in text.split_inclusive(['.', ':']) {
                    assert!(sentence.split_whitespace().count() <= 20, "{sentence}");
                }
            }
        }
        for criterion in Criterion::ALL {
            let part = ProfilePart::Weight(criterion);
            assert_ne!(
                profile.reason(part, TextLanguage::Dutch),
                profile.reason(part, TextLanguage::English)
            );
            if profile.weight(criterion) != general.weight(criterion) {
                let reason = |profile: &RankingProfile| profile.reason(part, TextLanguage::Dutch).to_owned();
                assert_ne!(
                    reason(profile),
                    reason(general),
                    "{criterion:?} differs without a reason of its own"
                );
            }
        }
    }
}

#[test]
fn everything_that_is_wrong_is_told_at_once_with_line_column_field_and_remedy() {
    let text = ALGEMEEN
        .replace("[formula]", "[formula]\ngamma = 1")
        .replace("beta = 0.2", "beta = 0.4")
        .replace("lambda = 0.6", "lambda = true")
        .replace("skills       = { demand = 22 }", "skills       = { demand = -22, whish = 1 }")
        .replace("level        = { demand = 3 }\n", "")
        .replace("hours        = { demand = 8, wish = 15 }", "hours        = { demand = nan, wish = inf }")
        .replace("strong = 70", "strong = 7000")
        .replace("motivation = \"Wie het werk graag wil", "motivatie = \"Wie het werk graag wil");
    let told: Vec<String> = findings(&text).iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn what_is_no_toml_is_refused_where_it_ceases_to_be() {
    let text = ALGEMEEN.replace("[unknown]", "[unknown");
    let line = text.lines().position(|line| line == "[unknown").unwrap() + 1;
    assert_eq!(findings(&text)[0].line, line);
    let twice = format!("name = \"zorg\"\n{ALGEMEEN}");
    assert!(findings(&twice).iter().any(|finding| finding.problem.contains("duplicate")));
    assert!(findings("").iter().any(|finding| finding.field == "weights"));
}

#[test]
fn r3_the_checker_refuses_a_profile_in_which_paper_or_skills_outweigh_the_soft_criteria() {
    let weights = refused("level        = { demand = 3 }", "level        = { demand = 100 }");
    assert!(weights.contains(&"weights".into()), "{weights:?}");
    // 0.3 × 42 (competencies, motivation and potential, the soft criteria that are always asked) = 12.6.
    let barely = refused("level        = { demand = 3 }", "level        = { demand = 9.6 }");
    assert!(barely.contains(&"weights".into()), "{barely:?}");
    let allowed = ALGEMEEN.replace("level        = { demand = 3 }", "level        = { demand = 9.5 }");
    assert!(RankingProfile::parse(&allowed).is_ok());
    let skills = refused("skills       = { demand = 22 }", "skills       = { demand = 50 }");
    assert!(skills.contains(&"weights".into()), "{skills:?}");
    let little = refused("skills       = { demand = 22 }", "skills       = { demand = 6 }");
    assert!(little.contains(&"weights".into()), "{little:?}");
    let culture =
        refused("culture      = { demand = 6, wish = 10 }", "culture      = { demand = 0, wish = 10 }");
    assert!(culture.contains(&"weights.culture.demand".into()), "{culture:?}");
    let level = refused("level        = { demand = 3 }", "level        = { demand = 3, wish = 1 }");
    assert_eq!(level, ["weights.level.wish"]);
}

#[test]
fn weights_that_are_all_zero_weigh_nothing_and_are_refused() {
    let mut text = String::new();
    for line in ALGEMEEN.lines() {
        match line.split_once(" = { demand") {
            Some((criterion, _)) => text.push_str(&format!("{criterion} = {{ demand = 0 }}\n")),
            None => text.push_str(&format!("{line}\n")),
        }
    }
    let problems: Vec<String> = findings(&text).into_iter().map(|finding| finding.problem).collect();
    assert!(problems.iter().any(|problem| problem.contains("all demand weights are 0")), "{problems:?}");
    assert!(problems.iter().any(|problem| problem.contains("all wish weights are 0")), "{problems:?}");
}

#[test]
fn r1_beta_stays_below_both_sides_and_shares_stay_in_their_ranges() {
    assert_eq!(refused("beta = 0.2", "beta = 0.4"), ["formula"]);
    assert_eq!(refused("lambda = 0.6", "lambda = 0.2"), ["formula"]);
    assert_eq!(refused("beta = 0.2", "beta = -0.1"), ["formula.beta"]);
    assert_eq!(refused("neutral = 0.5", "neutral = 0.49"), ["unknown.neutral"]);
    assert_eq!(refused("unnamed = 0.15", "unnamed = 0.31"), ["unknown.unnamed"]);
    assert_eq!(refused("refusal = 0.6", "refusal = 0.91"), ["conflicts.refusal"]);
    assert_eq!(refused("unmet = 0.3", "unmet = nan"), ["conflicts.unmet"]);
    let fine = refused("contract     = { demand = 3,", "contract     = { demand = 0.0001,");
    assert_eq!(fine, ["weights.contract.demand"]);
}

#[test]
fn bands_fall_from_strong_to_partial_and_stay_within_points() {
    for (from, to) in
        [("good = 60", "good = 70"), ("partial = 55", "partial = 60"), ("strong = 70", "strong = 60")]
    {
        assert_eq!(refused(from, to), ["bands"], "{to}");
    }
    for (from, to, field) in [
        ("partial = 55", "partial = 0", "bands.partial"),
        ("strong = 70", "strong = 100.01", "bands.strong"),
        ("good = 60", "good = 60.001", "bands.good"),
        ("good = 60", "good = \"60\"", "bands.good"),
    ] {
        assert_eq!(refused(from, to), [field], "{to}");
    }
    let bands = RankingProfile::parse(ALGEMEEN).unwrap().bands();
    assert_eq!(Band::ALL.map(|band| bands.from(band)), [7_000, 6_000, 5_500]);
}

#[test]
fn a_profile_of_ones_own_takes_the_place_of_its_name_or_stands_beside() {
    let mut profiles = Profiles::embedded().unwrap();
    let own = RankingProfile::parse(&ALGEMEEN.replace("beta = 0.2", "beta = 0.1")).unwrap();
    profiles.take_in(own.clone());
    assert_eq!(profiles.for_sector(Sector::General), &own);
    let horeca = ALGEMEEN.replace("name = \"algemeen\"", "name = \"horeca\"");
    profiles.take_in(RankingProfile::parse(&horeca).unwrap());
    assert_eq!(profiles.by_name("horeca").unwrap().title(TextLanguage::English), "General");
    assert_eq!(profiles.every().count(), 4);
    assert_eq!(refused("name = \"algemeen\"", "name = \"Horeca Oost\""), ["name"]);
}

#[test]
fn without_english_texts_of_its_own_a_profile_speaks_dutch() {
    let dutch = ALGEMEEN.split("[reasons.english]").next().unwrap();
    let profile = RankingProfile::parse(dutch).unwrap();
    let reason = |language| profile.reason(ProfilePart::Bands, language).to_owned();
    assert_eq!(reason(TextLanguage::English), reason(TextLanguage::Dutch));
}

#[test]
fn a_request_changes_weights_within_the_same_rules() {
    let profile = RankingProfile::parse(ALGEMEEN).unwrap();
    let set = |criterion, demand, wish| WeightChange { criterion, demand, wish };
    let changed = profile.with_weights(&[set(Criterion::Travel, Some(10.125), Some(0.0))]).unwrap();
    assert_eq!(changed.weight(Criterion::Travel), Weight { demand: 10_125, wish: 0 });
    assert_ne!(changed.hash(), profile.hash());
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.5, 1_000.5, 0.0005] {
        let violations = profile.with_weights(&[set(Criterion::Hours, Some(bad), None)]).unwrap_err();
        assert_eq!(violations[0].field, "weights.hours.demand", "{bad}");
    }
    let violations = profile
        .with_weights(&[
            set(Criterion::Skills, Some(500.0), Some(1.0)),
            set(Criterion::Hours, None, Some(-1.0)),
        ])
        .unwrap_err();
    let fields: Vec<_> = violations.iter().map(|v| v.field.as_str()).collect();
    assert!(fields.starts_with(&["weights.hours.wish", "weights.skills.wish", "weights"]), "{fields:?}");
}

#[test]
fn the_page_on_profiles_names_every_key_and_shows_a_profile_that_the_checker_takes() {
    let page = include_str!("../../../docs/profiles.md");
    for key in file::keys() {
        assert!(page.contains(&format!("`{key}`")), "docs/profiles.md does not tell of {key}");
    }
    let shown = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let profile = RankingProfile::parse(shown).map_err(|error| error.to_string());
    assert_eq!(profile.map(|profile| profile.name().to_owned()), Ok("voorbeeld".to_owned()));
}
