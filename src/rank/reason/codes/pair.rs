//! Of a pair as a whole, whatever the criterion.

macro_rules! pair {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// Nobody asks this criterion.
            NotAsked = "NOT_ASKED",
                "Hier wordt niet naar gevraagd.",
                "This is not asked.";
            /// The distance between both sides.
            Balance = "BALANCE",
                "De vraag van de werkgever past voor {demand}, de wens van de persoon voor {wish}.",
                "What the employer asks fits for {demand}, what the person wants for {wish}.";
        }
    };
}
