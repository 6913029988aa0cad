//! Criterion *skills*.

macro_rules! skills {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// The person names an asked skill.
            SkillNamed = "SKILL_NAMED",
                "Gevraagd en genoemd: {skill}.",
                "Asked and named: {skill}.";
            /// The person names an asked skill in other words.
            SkillNamedAs = "SKILL_NAMED_AS",
                "Gevraagd is {skill}. De persoon noemt hetzelfde: {own}.",
                "Asked is {skill}. The person names the same: {own}.";
            /// The person names what is probably an asked skill.
            SkillProbablyNamed = "SKILL_PROBABLY_NAMED",
                "Gevraagd is {skill}. De persoon noemt {own}: waarschijnlijk hetzelfde.",
                "Asked is {skill}. The person names {own}: probably the same.";
            /// A course of the person teaches an asked skill.
            SkillLearned = "SKILL_LEARNED",
                "Gevraagd is {skill}. De persoon leerde dit in een cursus: {own}.",
                "Asked is {skill}. The person learned this in a course: {own}.";
            /// A text of the person tells of an asked skill.
            SkillTold = "SKILL_TOLD",
                "Gevraagd is {skill}. Het staat in een tekst van de persoon.",
                "Asked is {skill}. It stands in a text of the person.";
            /// An asked skill is not named, but a close one is.
            SkillNear = "SKILL_NEAR",
                "Niet genoemd: {skill}. Wel iets dat erbij hoort: {own}. Vraag ernaar.",
                "Not named: {skill}. But something that goes with it: {own}. Ask about it.";
            /// An asked skill is not named, but a text tells of a close one.
            SkillNearTold = "SKILL_NEAR_TOLD",
                "Niet genoemd: {skill}. In een tekst staat wel iets dat erbij hoort. Vraag ernaar.",
                "Not named: {skill}. But a text tells of something that goes with it. Ask about it.";
            /// An asked skill is not named, but often needed in work that the person did.
            SkillImplied = "SKILL_IMPLIED",
                "Niet genoemd: {skill}. Vaak nodig in het beroep {occupation}. Vraag ernaar.",
                "Not named: {skill}. Often needed in the occupation {occupation}. Ask about it.";
            /// An asked skill is not named, but the person did work like this work.
            SkillOfAlikeWork = "SKILL_OF_ALIKE_WORK",
                "Niet genoemd: {skill}. De persoon deed werk dat op dit werk lijkt: {occupation}. Vraag ernaar.",
                "Not named: {skill}. The person did work like this work: {occupation}. Ask about it.";
            /// An asked skill is not named, but some of its words are.
            SkillWords = "SKILL_WORDS",
                "Niet genoemd: {skill}. De persoon gebruikt wel woorden hieruit. Vraag ernaar.",
                "Not named: {skill}. The person does use words of it. Ask about it.";
            /// An asked skill is not named: unknown.
            SkillNotNamed = "SKILL_NOT_NAMED",
                "Niet bekend: {skill}. Vraag ernaar.",
                "Not known: {skill}. Ask about it.";
        }
    };
}
