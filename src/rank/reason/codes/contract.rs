//! Criterion *contract*.

macro_rules! contract {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// An offered form of contract is accepted.
            ContractFits = "CONTRACT_FITS",
                "De vorm van het contract past.",
                "The form of contract fits.";
            /// Only the duration differs.
            ContractOtherDuration = "CONTRACT_OTHER_DURATION",
                "De duur van het contract is anders dan gewenst.",
                "The duration of the contract is not the wished one.";
            /// The kind of agreement differs.
            ContractOtherKind = "CONTRACT_OTHER_KIND",
                "Het soort contract is anders dan gewenst.",
                "The kind of contract is not the wished one.";
            /// The person names no form of contract.
            ContractOfPersonUnknown = "CONTRACT_OF_PERSON_UNKNOWN",
                "Niet bekend welk contract de persoon wil. Vraag ernaar.",
                "Not known which contract the person wants. Ask about it.";
            /// The vacancy names no form of contract.
            ContractOfVacancyUnknown = "CONTRACT_OF_VACANCY_UNKNOWN",
                "Niet bekend welk contract de werkgever biedt. Vraag het de werkgever.",
                "Not known which contract the employer offers. Ask the employer.";
        }
    };
}
