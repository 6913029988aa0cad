//! `passend privacy`: everything that is kept of a person, and taking it away for good.

use super::arguments::{PrivacyAction, PrivacyArguments};
use super::connection::{Connection, failed};
use super::settings::{Language, Settings};
use super::{Outcome, output, render};
use crate::wire::v1::{ErasePersonRequest, ErasePersonResponse, ExportPersonRequest};

/// Exports or erases.
pub(super) async fn run(arguments: PrivacyArguments, settings: &Settings) -> anyhow::Result<Outcome> {
    let language = settings.language();
    let PrivacyArguments { action } = arguments;
    Connection::with(settings, async |connection| match action {
        PrivacyAction::Export { id } => {
            let text_language = language.code().to_owned();
            let asked = ExportPersonRequest { id, text_language, ..Default::default() };
            let mut client = connection.privacy();
            let first = client.export_person(asked.clone()).await.map_err(|status| failed(&status))?;
            let mut all = first.into_inner();
            while !all.next_page_token.is_empty() {
                let page_token = std::mem::take(&mut all.next_page_token);
                let more = ExportPersonRequest { page_token, ..asked.clone() };
                let more = client.export_person(more).await.map_err(|status| failed(&status))?.into_inner();
                all.decisions.extend(more.decisions);
                all.next_page_token = more.next_page_token;
            }
            output::print_exactly(&output::json(&all)?)?;
            Ok(Outcome::Fine)
        }
        PrivacyAction::Erase { id, wait } => {
            let asked = ErasePersonRequest { id: id.clone(), wait };
            let answer = connection.privacy().erase_person(asked).await.map_err(|status| failed(&status))?;
            let answer = answer.into_inner();
            output::print(&text(&id, wait, &answer, language))?;
            Ok(if wait && !answer.purged { Outcome::Failed } else { Outcome::Fine })
        }
    })
    .await
}

fn text(id: &str, wait: bool, answer: &ErasePersonResponse, language: Language) -> String {
    let id = render::one_line(id);
    let number = |value| render::count(value, language);
    let minutes = answer.purge_within_minutes;
    let mut text = match language {
        Language::Dutch => format!("Kandidaat {id} is gewist en staat in geen antwoord meer.\n"),
        Language::English => format!("Candidate {id} is erased and stands in no answer any more.\n"),
    };
    if !answer.problem.is_empty() {
        text.push_str(&match language {
            Language::Dutch => format!(
                "De bestanden zijn nog niet opgeruimd: {}.\nDat gebeurt vanzelf, uiterlijk over {minutes} minuten.\n",
                answer.problem
            ),
            Language::English => format!(
                "The files are not cleaned up yet: {}.\nThat is done by itself, within {minutes} minutes.\n",
                answer.problem
            ),
        });
    } else if !wait {
        text.push_str(&match language {
            Language::Dutch => format!("De bestanden worden binnen {minutes} minuten opgeruimd.\n"),
            Language::English => format!("The files are cleaned up within {minutes} minutes.\n"),
        });
    }
    let Some(proof) = &answer.proof else { return text };
    let (files, bytes, sought) = (number(proof.files), number(proof.bytes), number(proof.sought));
    text.push_str(&match language {
        Language::Dutch => format!("Doorzocht: {files} bestanden, {bytes} bytes, op {sought} stukken.\n"),
        Language::English => format!("Looked through: {files} files, {bytes} bytes, for {sought} pieces.\n"),
    });
    if proof.passed_over > 0 {
        let passed_over = number(proof.passed_over);
        text.push_str(&match language {
            Language::Dutch => {
                format!("Niet gezocht: {passed_over} teksten die heel kort zijn of ook van anderen zijn.\n")
            }
            Language::English => {
                format!("Not looked for: {passed_over} texts that are very short or are others' too.\n")
            }
        });
    }
    if proof.left.is_empty() {
        text.push_str(language.pick(&["Er is niets meer van over.\n", "Nothing of it is left.\n"]));
    } else {
        text.push_str(language.pick(&["Dit is nog over:\n", "This is left:\n"]));
        for left in &proof.left {
            text.push_str(&format!(
                "  • {}, {} ({})\n",
                render::one_line(&left.file),
                number(left.offset),
                left.what
            ));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::v1::{ErasureProof, RemainingTrace};

    #[test]
    fn an_erasure_tells_what_was_done_and_what_is_left() {
        let answer = ErasePersonResponse { purge_within_minutes: 60, ..Default::default() };
        insta::assert_snapshot!(text("k1", false, &answer, Language::Dutch), @r"
        Kandidaat k1 is gewist en staat in geen antwoord meer.
        De bestanden worden binnen 60 minuten opgeruimd.
        ");
        let proof =
            ErasureProof { files: 12, bytes: 2_000_000, sought: 31, passed_over: 2, left: Vec::new() };
        let mut answer = ErasePersonResponse { purged: true, proof: Some(proof), ..Default::default() };
        insta::assert_snapshot!(text("k1", true, &answer, Language::English), @r"
        Candidate k1 is erased and stands in no answer any more.
        Looked through: 12 files, 2,000,000 bytes, for 31 pieces.
        Not looked for: 2 texts that are very short or are others' too.
        Nothing of it is left.
        ");
        let left = RemainingTrace { file: "notes.txt".to_owned(), what: "id".to_owned(), offset: 4_096 };
        answer.proof.as_mut().unwrap().left.push(left);
        assert!(
            text("k1", true, &answer, Language::Dutch)
                .ends_with("Dit is nog over:\n  • notes.txt, 4.096 (id)\n")
        );
    }
}
