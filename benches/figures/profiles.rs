//! VUM profiles in words that people would use: labels of the loaded taxonomy, with the errors of typing.

use passend::taxonomy::{ConceptKind, Taxonomy};
use serde_json::json;

/// Profiles with about twelve wordings each; the same for the same taxonomy and number.
pub(super) struct Profiles {
    occupations: Vec<String>,
    skills: Vec<String>,
}

impl Profiles {
    /// Profiles in the words of a taxonomy.
    pub(super) fn new(taxonomy: &Taxonomy) -> Self {
        let labels = |kind| -> Vec<String> {
            let of = |number| taxonomy.labels(number).map(|label| label.text.to_owned()).collect::<Vec<_>>();
            taxonomy.of_kind(kind).flat_map(of).filter(|label| label.chars().count() <= 100).collect()
        };
        Self { occupations: labels(ConceptKind::Occupation), skills: labels(ConceptKind::Skill) }
    }

    /// A profile as VUM sends it.
    pub(super) fn job_seeker(&self, n: usize) -> Vec<u8> {
        let mut random = Random(n as u64 + 1);
        let skills: Vec<_> =
            (0..7).map(|_| json!({ "omschrijving": random.wording(&self.skills) })).collect();
        let occupation =
            |random: &mut Random| json!({ "naamBeroepOngecodeerd": random.wording(&self.occupations) });
        let told =
            format!("Ik werkte met {} en leerde {}.", random.one(&self.skills), random.one(&self.skills));
        let presented = format!(
            "Ik zoek werk in de buurt. Goed in {}, en {} doe ik graag. Ik ben {} geweest.",
            random.one(&self.skills),
            random.one(&self.skills),
            random.one(&self.occupations)
        );
        let profile = json!({
            "idWerkzoekende": format!("vum-{n}"),
            "persoonlijkePresentatie": presented,
            "mobiliteit": { "bemiddelingspostcode": format!("75{:02}AB", n % 90), "maximaleReisafstand": 10 + n % 40 },
            "werktijden": { "aantalWerkurenPerWeekMinimaal": 16, "aantalWerkurenPerWeekMaximaal": 20 + n % 20 },
            "arbeidsmarktkwalificatie": {
                "codeWerkEnDenkniveauWerkzoekende": 1 + n % 6,
                "vakvaardigheid": skills,
                "cursus": [{ "naamCursus": random.wording(&self.skills) }],
                "werkervaring": [{
                    "datumAanvangWerkzaamheden": "2015-03-01",
                    "datumEindeWerkzaamheden": "2019-06-30",
                    "beroep": occupation(&mut random),
                    "toelichtingWerkervaring": told,
                }],
            },
            "bemiddelingsberoep": [occupation(&mut random)],
            "sector": [{ "codeSbi": 8710 }],
        });
        profile.to_string().into_bytes()
    }
}

/// SplitMix64: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// One of the labels, some of them far more often than others, as people's words are.
    fn one<'a>(&mut self, labels: &'a [String]) -> &'a str {
        let place = self.below(1_000_000) as f64 / 1_000_000.0;
        &labels[((place * place * place) * labels.len() as f64) as usize]
    }

    /// A label as somebody types it: one in four with an error, in capitals or with a word too many.
    fn wording(&mut self, labels: &[String]) -> String {
        let label = self.one(labels);
        let mut letters: Vec<char> = label.chars().collect();
        let at = self.below(letters.len().saturating_sub(1));
        match self.below(20) {
            0 => _ = letters.remove(at),
            1 if letters.len() > 1 => letters.swap(at, at + 1),
            2 => letters.insert(at, letters[at]),
            3 => return label.to_uppercase(),
            4 => return format!("{label} (m/v)"),
            _ => {}
        }
        letters.into_iter().collect()
    }
}
