//! Criterion *travel*.

macro_rules! travel {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// The distance is within the person's reach.
            DistanceWithin = "DISTANCE_WITHIN",
                "De afstand is {distance}. De grens van de persoon is {limit}.",
                "The distance is {distance}. The person's limit is {limit}.";
            /// The distance is beyond the person's reach.
            DistanceBeyond = "DISTANCE_BEYOND",
                "De afstand is {distance}. Dat is meer dan de grens van {limit}.",
                "The distance is {distance}. That is more than the limit of {limit}.";
            /// The estimated time is within the person's reach.
            TimeWithin = "TIME_WITHIN",
                "De reistijd {means} is {time}. De grens van de persoon is {limit}.",
                "The travel time {means} is {time}. The person's limit is {limit}.";
            /// The estimated time is beyond the person's reach.
            TimeBeyond = "TIME_BEYOND",
                "De reistijd {means} is {time}. Dat is meer dan de grens van {limit}.",
                "The travel time {means} is {time}. That is more than the limit of {limit}.";
            /// A time that was given is within the person's reach.
            GivenTimeWithin = "GIVEN_TIME_WITHIN",
                "De reistijd is {time}. De grens van de persoon is {limit}.",
                "The travel time is {time}. The person's limit is {limit}.";
            /// A time that was given is beyond the person's reach.
            GivenTimeBeyond = "GIVEN_TIME_BEYOND",
                "De reistijd is {time}. Dat is meer dan de grens van {limit}.",
                "The travel time is {time}. That is more than the limit of {limit}.";
            /// The person names no limit.
            ReachUnknown = "REACH_UNKNOWN",
                "Niet bekend hoe ver de persoon wil reizen. Vraag ernaar.",
                "Not known how far the person wants to travel. Ask about it.";
            /// The position of the person's postcode is not known.
            HomeUnknown = "HOME_UNKNOWN",
                "Niet bekend vanwaar de persoon reist. Vraag ernaar.",
                "Not known from where the person travels. Ask about it.";
            /// The position of the work place is not known.
            WorkplaceUnknown = "WORKPLACE_UNKNOWN",
                "Niet bekend waar het werk is. Vraag het de werkgever.",
                "Not known where the work is. Ask the employer.";
            /// The person names no means of transport.
            MeansUnknown = "MEANS_UNKNOWN",
                "Niet bekend waarmee de persoon reist. Vraag ernaar.",
                "Not known how the person travels. Ask about it.";
            /// The work is at the own employer.
            TravelOwnEmployer = "TRAVEL_OWN_EMPLOYER",
                "De persoon werkt al bij deze werkgever. De reis is bekend.",
                "The person already works for this employer. The way is known.";
            /// Bus and train only, at times when there are few.
            WayBackUnknown = "WAY_BACK_UNKNOWN",
                "Niet bekend hoe de persoon vroeg of laat reist. Er rijdt dan weinig. Vraag ernaar.",
                "Not known how the person travels early or late. Few buses and trains run then. Ask about it.";
        }
    };
}
