//! A second plan in words: what it comes to, and where it costs most.

use super::layout::{Align, Table, one_line, paragraph};
use super::number::{count, points};
use super::style;
use crate::cli::{day, settings::Language};
use crate::wire::v1::{SpreadList, SpreadPlan};

/// What a plan comes to, and the lists that lose most.
pub(in crate::cli) fn spread(plan: &SpreadPlan, costliest: &[SpreadList], language: Language) -> String {
    let night = plan.night.map(|night| day::words(&night, language)).unwrap_or_default();
    let head = match language {
        Language::Dutch => format!("Tweede plan bij de nacht van {night}"),
        Language::English => format!("Second plan beside the night of {night}"),
    };
    let mut text = format!("{}\n", style::strong(head));
    for sentence in sentences(plan, language) {
        text.push_str(&paragraph("  ", &sentence));
    }
    if costliest.is_empty() {
        return text;
    }
    let mut table = Table::new([
        (Align::Left, language.pick(&["vacature", "vacancy"])),
        (Align::Right, language.pick(&["gewone lijst", "plain list"])),
        (Align::Right, language.pick(&["dit plan", "this plan"])),
        (Align::Right, language.pick(&["verschil", "difference"])),
        (Align::Right, language.pick(&["leeg", "empty"])),
    ]);
    for list in costliest {
        table.row([
            one_line(&list.vacancy),
            points(list.plain_score, language),
            points(list.planned_score, language),
            points(list.planned_score - list.plain_score, language),
            list.left_empty.to_string(),
        ]);
    }
    text.push('\n');
    text.push_str(&table.render());
    text
}

fn sentences(plan: &SpreadPlan, language: Language) -> Vec<String> {
    let number = |value| count(value, language);
    // Whole points: no sum of scores is negative, and a plan never gains.
    let loss = count((plan.plain_score - plan.planned_score).round() as u64, language);
    let share =
        if plan.plain_score > 0.0 { (1.0 - plan.planned_score / plan.plain_score) * 100.0 } else { 0.0 };
    let share = points(share, language);
    let (people, before, after) = (number(plan.candidates), number(plan.below_before), number(plan.below));
    let (at_least, at_most, above) = (plan.at_least, plan.at_most, number(plan.above_before));
    let fits = points(plan.fits_from, language);
    let losing = number(plan.vacancies_that_lose);
    let mut told = match language {
        Language::Dutch => vec![
            "Dit zijn niet de gewone lijsten. Die noemen wie het best past.".to_owned(),
            format!("Een vacature past hier bij iemand vanaf {fits} punten. Zo zijn er {people} mensen."),
            format!(
                "Op minder dan {at_least} lijsten staan nu {before} van hen. In dit plan zijn het er {after}."
            ),
            format!("Op meer dan {at_most} lijsten staan nu {above} mensen. In dit plan is dat niemand."),
            format!("Dit plan kost {loss} punten van alle scores samen ({share}%)."),
            format!("Bij {losing} vacatures is de som van de scores lager."),
        ],
        Language::English => vec![
            "These are not the plain lists. Those name who fits best.".to_owned(),
            format!("A vacancy fits somebody here from {fits} points on. There are {people} such people."),
            format!("Of them, {before} are now on fewer than {at_least} lists. In this plan {after} are."),
            format!("Now {above} people are on more than {at_most} lists. In this plan nobody is."),
            format!("This plan costs {loss} points of all scores together ({share}%)."),
            format!("At {losing} vacancies the sum of the scores is lower."),
        ],
    };
    if plan.missing_places > 0 {
        let missing = number(plan.missing_places);
        told.push(match language {
            Language::Dutch => format!("Verder komt geen enkel plan: er missen nog {missing} plekken."),
            Language::English => format!("No plan comes further: {missing} places are still missing."),
        });
    }
    if plan.fewer_vacancies > 0 {
        let fewer = number(plan.fewer_vacancies);
        told.push(match language {
            Language::Dutch => format!("Bij {fewer} mensen passen minder vacatures dan {at_least}."),
            Language::English => format!("Fewer vacancies than {at_least} fit {fewer} people."),
        });
    }
    if plan.left_empty > 0 {
        let empty = number(plan.left_empty);
        told.push(match language {
            Language::Dutch => {
                format!("Er blijven {empty} plekken leeg die op de gewone lijsten bezet zijn.")
            }
            Language::English => format!("{empty} places stay empty that are taken on the plain lists."),
        });
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::render::samples;

    #[test]
    fn a_second_plan_says_that_it_is_one_what_it_costs_and_how_far_it_comes() {
        let plan = SpreadPlan {
            second_plan: true,
            night: Some(samples::day()),
            at_least: 2,
            at_most: 50,
            list_size: 10,
            fits_from: 35.0,
            candidates: 46_120,
            below_before: 31_004,
            below: 17,
            missing_places: 20,
            fewer_vacancies: 12,
            above_before: 950,
            plain_score: 10_929_956.72,
            planned_score: 10_078_406.94,
            left_empty: 3,
            vacancies_that_lose: 11_802,
        };
        let list = SpreadList {
            second_plan: true,
            vacancy: "v-12".to_owned(),
            plain_score: 812.5,
            planned_score: 640.25,
            left_empty: 1,
            places: Vec::new(),
        };
        let told = [Language::Dutch, Language::English].map(|language| {
            for sentence in sentences(&plan, language).iter().flat_map(|text| text.split_inclusive(". ")) {
                assert!(sentence.split_whitespace().count() <= 20, "{sentence}");
            }
            spread(&plan, std::slice::from_ref(&list), language)
        });
        insta::assert_snapshot!(anstream::adapter::strip_str(&told.concat()).to_string());
    }
}
