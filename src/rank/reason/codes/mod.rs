//! All codes of reasons with their texts: each text is made of words and of the reason's own data.
//!
//! Each module holds the codes of one group, as a macro that hands the codes of the groups before it and its own to the
//! next group; the last one makes the enum of them all.

#[macro_use]
mod changes;
#[macro_use]
mod conflicts;
#[macro_use]
mod contract;
#[macro_use]
mod culture;
#[macro_use]
mod experience;
#[macro_use]
mod gaps;
#[macro_use]
mod hours;
#[macro_use]
mod languages;
#[macro_use]
mod left_out;
#[macro_use]
mod nights;
#[macro_use]
mod pair;
#[macro_use]
mod papers;
#[macro_use]
mod paths;
#[macro_use]
mod potential;
#[macro_use]
mod qualities;
#[macro_use]
mod questions;
#[macro_use]
mod skills;
#[macro_use]
mod support;
#[macro_use]
mod times;
#[macro_use]
mod travel;
#[macro_use]
mod wishes;

macro_rules! reason_codes {
    (; $($(#[$doc:meta])* $variant:ident = $name:literal, $dutch:literal, $english:literal;)+) => {
        /// What a reason says. The name is stable; texts may be bettered.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ReasonCode { $($(#[$doc])* $variant),+ }

        impl ReasonCode {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The code of a stable name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }

            /// The Dutch text, with the names of data in braces.
            pub(in crate::rank) fn dutch(self) -> &'static str {
                match self { $(Self::$variant => $dutch),+ }
            }

            /// The English text, with the names of data in braces.
            pub(in crate::rank) fn english(self) -> &'static str {
                match self { $(Self::$variant => $english),+ }
            }
        }
    };
}

// The order of the groups is the order of the codes.
skills! {
    qualities wishes potential culture languages hours times travel support contract experience papers pair conflicts gaps
    paths questions changes left_out nights
    reason_codes;
}
