use super::*;

const ALGEMEEN: &str = include_str!("../../../data/profiles/algemeen.toml");

fn refused(from: &str, to: &str) -> Vec<String> {
    assert!(ALGEMEEN.contains(from), "{from}");
    match RankingProfile::parse(&ALGEMEEN.replace(from, to)) {
        Err(ProfileError::Rules(violations)) => violations.into_iter().map(|v| v.field).collect(),
        other => panic!("{other:?}"),
    }
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
fn what_is_no_profile_is_refused_with_line_and_column() {
    let text = ALGEMEEN.replace("[formula]", "[formula]\ngamma = 1");
    let line = text.lines().position(|l| l == "gamma = 1").unwrap() + 1;
    match RankingProfile::parse(&text) {
        Err(ProfileError::Syntax { line: at, column: 1, message }) => {
            assert_eq!(at, line);
            assert!(message.contains("gamma"), "{message}");
        }
        other => panic!("{other:?}"),
    }
    let wrong_type = ALGEMEEN.replace("lambda = 0.6 ", "lambda = true");
    assert!(matches!(RankingProfile::parse(&wrong_type), Err(ProfileError::Syntax { column: 10, .. })));
    assert!(matches!(RankingProfile::parse(""), Err(ProfileError::Syntax { .. })));
}

#[test]
fn r3_the_checker_refuses_a_profile_in_which_paper_or_skills_outweigh_the_soft_criteria() {
    // 0.3 × 32 (competencies and motivation, the soft criteria of this release) = 9.6.
    assert!(
        refused("level        = { demand = 3 }", "level        = { demand = 6.6 }")
            .contains(&"weights".into())
    );
    assert!(
        RankingProfile::parse(
            &ALGEMEEN.replace("level        = { demand = 3 }", "level        = { demand = 6.5 }")
        )
        .is_ok()
    );
    assert_eq!(refused("skills       = { demand = 22 }", "skills       = { demand = 32 }"), ["weights"]);
    assert_eq!(refused("skills       = { demand = 22 }", "skills       = { demand = 6 }").len(), 2);
    assert_eq!(
        refused("culture      = { demand = 6, wish = 10 }", "culture      = { demand = 0, wish = 10 }"),
        ["weights.culture.demand"]
    );
    assert_eq!(
        refused("level        = { demand = 3 }", "level = { demand = 3, wish = 1 }"),
        ["weights.level.wish"]
    );
}

#[test]
fn r1_beta_stays_below_both_sides_and_shares_stay_in_their_ranges() {
    assert_eq!(refused("beta = 0.2", "beta = 0.4"), ["formula"]);
    assert_eq!(refused("neutral = 0.5 ", "neutral = 0.49"), ["unknown.neutral"]);
    assert_eq!(refused("unnamed = 0.15", "unnamed = 0.31"), ["unknown.unnamed"]);
    assert_eq!(refused("refusal = 0.6", "refusal = 0.91"), ["conflicts.refusal"]);
    assert_eq!(refused("unmet = 0.3", "unmet = nan"), ["conflicts.unmet"]);
    assert_eq!(
        refused("contract     = { demand = 3,", "contract     = { demand = 0.0001,"),
        ["weights.contract.demand"]
    );
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
    assert_eq!(fields, ["weights.hours.wish", "weights.skills.wish", "weights", "weights"]);
}
