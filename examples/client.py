#!/usr/bin/env python3
"""A client that knows nothing but the server's reflection.

    pip install grpcio grpcio-reflection
    python examples/client.py [ADDRESS]        (default 127.0.0.1:50051)

It puts in a vacancy and a candidate, asks for the best candidates, and prints how the score of its candidate comes
about: the lines add up to the score exactly, in hundredths of a point. Asked from the candidate's side the pair has the
same fits. At the end it takes both records out again.
"""

import sys

import grpc
from google.protobuf import descriptor_pool, json_format, message_factory
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

VACANCY = {
    "id": "example-vacancy",
    "title": "Verzorgende IG",
    "occupation": {"text": "verzorgende ig"},
    "sbiCode": 8710,
    "place": {"postcode": "7511", "name": "Enschede"},
    "schedule": {"hours": {"minHoursPerWeek": 24, "maxHoursPerWeek": 32}},
    "requirements": {
        "skills": [
            {"skill": {"text": "persoonlijke verzorging"}, "importance": "IMPORTANCE_MUST"},
            {"skill": {"text": "medicijnen aanreiken"}},
        ],
        "competencies": [{"quality": {"competencyCode": 24104}}, {"quality": {"competencyCode": 24105}}],
        "languages": [{"languageCode": "nld", "atStart": {"speaking": "CEFR_LEVEL_B1"}}],
    },
}

CANDIDATE = {
    "id": "example-candidate",
    "wishes": {"occupations": [{"text": "verzorgende ig"}], "sbiCodes": [87]},
    "availability": {"hours": {"minHoursPerWeek": 24, "maxHoursPerWeek": 28}},
    "travel": {"postcode": "7521", "maxKm": 10, "means": ["MEANS_OF_TRANSPORT_BICYCLE"]},
    "skills": [{"text": "persoonlijke verzorging"}],
    "languages": [{"languageCode": "nld", "levels": {"speaking": "CEFR_LEVEL_B1"}}],
    "observations": [
        {
            "quality": {"competencyCode": 24104},
            "source": "OBSERVATION_SOURCE_COACH",
            "value": "OBSERVED_VALUE_STRONG",
        }
    ],
}


class Service:
    """A service as its server describes it: every method takes and gives plain dictionaries."""

    def __init__(self, channel, pool, name):
        self._channel = channel
        self._service = pool.FindServiceByName(name)

    def __getattr__(self, name):
        method = self._service.methods_by_name[name]
        request_class = message_factory.GetMessageClass(method.input_type)
        response_class = message_factory.GetMessageClass(method.output_type)
        call = self._channel.unary_unary(
            f"/{self._service.full_name}/{name}",
            request_serializer=request_class.SerializeToString,
            response_deserializer=response_class.FromString,
        )
        return lambda **fields: call(json_format.ParseDict(fields, request_class()), timeout=30)


def hundredths(points):
    return round(points * 100)


def find(call, mine, **request):
    """Goes through the pages of a ranking until the match that is looked for."""
    while True:
        response = call(pageSize=1000, **request)
        for match in response.matches:
            if mine(match):
                return response, match
        if not response.next_page_token:
            raise SystemExit("the pair is not in the list")
        request["pageToken"] = response.next_page_token


def show(match):
    """Prints the lines of a score and checks that they add up."""
    lines = []
    for line in match.criteria:
        name = line.DESCRIPTOR.fields_by_name["criterion"].enum_type.values_by_number[line.criterion].name
        lines.append((name.removeprefix("CRITERION_").lower(), line.contribution, [r.text for r in line.reasons]))
    lines.append(("balance", match.balance, []))
    lines += [("conflict", conflict.contribution, [conflict.text]) for conflict in match.conflicts]
    for name, points, reasons in lines:
        print(f"  {name:<14}{points:>8.2f}   {' '.join(reasons)}")
    total = sum(hundredths(points) for _, points, _ in lines)
    assert total == hundredths(match.score), f"{total} is not {match.score}"
    print(f"  {'score':<14}{match.score:>8.2f}   = the sum of the lines ({match.score_low:.2f} to {match.score_high:.2f})")


def main():
    address = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:50051"
    with grpc.insecure_channel(address) as channel:
        pool = descriptor_pool.DescriptorPool(ProtoReflectionDescriptorDatabase(channel))
        candidates = Service(channel, pool, "passend.v1.CandidateService")
        vacancies = Service(channel, pool, "passend.v1.VacancyService")
        matching = Service(channel, pool, "passend.v1.MatchingService")

        vacancies.UpsertVacancy(vacancy=VACANCY)
        candidates.UpsertCandidate(candidate=CANDIDATE)
        options = {"textLanguage": "en"}
        response, match = find(
            matching.MatchCandidates,
            lambda match: match.candidate == CANDIDATE["id"],
            vacancyId=VACANCY["id"],
            options=options,
        )
        print(f"{match.candidate} is number {match.rank} of {response.considered} for {match.vacancy}:")
        show(match)

        _, mirrored = find(
            matching.MatchVacancies,
            lambda match: match.vacancy == VACANCY["id"],
            candidateId=CANDIDATE["id"],
            options=options,
        )
        fits = [(line.criterion, line.fit) for line in match.criteria]
        assert fits == [(line.criterion, line.fit) for line in mirrored.criteria]
        assert hundredths(match.score) == hundredths(mirrored.score)
        print(f"From the candidate's side it is number {mirrored.rank}, with the same fits.")

        candidates.DeleteCandidate(id=CANDIDATE["id"])
        vacancies.DeleteVacancy(id=VACANCY["id"])


if __name__ == "__main__":
    main()
