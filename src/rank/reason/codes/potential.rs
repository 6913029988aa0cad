//! Criterion *potential*: learning, near skills, growth.

macro_rules! potential {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// Every asked skill is named.
            SkillsAllNamed = "SKILLS_ALL_NAMED",
                "Alle gevraagde vaardigheden zijn genoemd.",
                "All asked skills are named.";
            /// Some asked skills that are not named are near to what the person knows.
            SkillsNear = "SKILLS_NEAR",
                "Niet genoemde vaardigheden: {unnamed}. Daarvan dicht bij wat de persoon kan: {near}.",
                "Skills not named: {unnamed}. Of these near to what the person can do: {near}.";
            /// No asked skill that is not named is near to what the person knows.
            SkillsNoneNear = "SKILLS_NONE_NEAR",
                "Niet bekend hoe snel de persoon leert wat nog niet is genoemd. Vraag ernaar.",
                "Not known how soon the person learns what is not named yet. Ask about it.";
            /// The work is the wished work.
            WorkIsWished = "WORK_IS_WISHED",
                "Dit is het werk waar de persoon naartoe wil: {occupation}.",
                "This is the work that the person wants to get to: {occupation}.";
            /// The work leads to the wished work.
            WorkLeadsThere = "WORK_LEADS_THERE",
                "Dit werk helpt op weg naar {occupation}.",
                "This work helps on the way to {occupation}.";
            /// Nothing shows that the work leads to the wished work.
            WorkLeadsElsewhere = "WORK_LEADS_ELSEWHERE",
                "Niet te zien of dit werk op weg helpt naar het gewenste werk.",
                "It does not show whether this work helps on the way to the wished work.";
        }
    };
}
