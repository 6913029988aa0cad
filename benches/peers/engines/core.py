"""What every engine in Python has in common: the flat records, the line protocol, the sum over lists."""

import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import numpy as np

QUALITIES = 25
CANDIDATE_COLUMNS = ["id", "dutch", "level", "hours_min", "hours_max", "x", "y", "reach", "sectors"] + [
    f"q{n}" for n in range(QUALITIES)
]
VACANCY_COLUMNS = ["id", "base", "dutch", "level", "hours_min", "hours_max", "x", "y", "sector"] + [
    f"w{n}" for n in range(QUALITIES)
]


NOTHING = np.array([], dtype=np.int32)


def numbers(field):
    inner = field[1:-1]
    return [int(one) for one in inner.split(",")] if inner else []


class Vacancy:
    """One line of vacancies.tsv."""

    def __init__(self, line):
        fields = line.rstrip("\n").split("\t")
        for name, value in zip(VACANCY_COLUMNS, fields):
            setattr(self, name, int(value))
        terms, points = numbers(fields[-2]), numbers(fields[-1])
        self.terms = list(zip(terms, points))
        self.weights = [(n, w) for n in range(QUALITIES) if (w := getattr(self, f"w{n}"))]


def read_vacancies(folder):
    with open(f"{folder}/vacancies.tsv") as lines:
        return [Vacancy(line) for line in lines]


def read_candidates(folder):
    """The columns by name, and the terms of everybody as (starts, terms)."""
    rows, terms, starts = [], [], [0]
    with open(f"{folder}/candidates.tsv") as lines:
        for line in lines:
            head, _, tail = line.rstrip("\n").rpartition("\t")
            rows.append(np.fromstring(head, dtype=np.int32, sep="\t"))
            terms.append(np.fromstring(tail[1:-1], dtype=np.int32, sep=",") if tail != "{}" else NOTHING)
            starts.append(starts[-1] + len(terms[-1]))
    table = np.vstack(rows)
    columns = {name: table[:, at].astype(np.int64) for at, name in enumerate(CANDIDATE_COLUMNS)}
    return columns, (np.array(starts, dtype=np.int64), np.concatenate(terms).astype(np.int64))


def postings(starts, terms):
    """For each term the rows that have it: (starts, rows)."""
    people = np.repeat(np.arange(len(starts) - 1, dtype=np.int64), np.diff(starts))
    order = np.argsort(terms, kind="stable")
    count = int(terms.max()) + 2 if len(terms) else 1
    return np.searchsorted(terms[order], np.arange(count)), people[order]


def list_sum(vacancy, top):
    """One list's part of the sum over a night; `vacancy` counts from 0 within the night."""
    return sum((vacancy + 1) * (rank + 1) * (score * 1_000_003 + number) for rank, (number, score) in enumerate(top))


def rest_sql(v):
    """Everything but the skills, as SQL that DuckDB and PostgreSQL both read; `div` is whole division of what is not negative."""
    parts = [str(v.base)]
    if v.dutch:
        parts.append(f"CASE WHEN dutch = 0 THEN 750 ELSE 1500 - 500 * least(3, greatest(0, {v.dutch} - dutch)) END")
    parts += [f"{weight} * q{n}" for n, weight in v.weights]
    if v.hours_max:
        gap = f"greatest(0, {v.hours_min} - hours_max, hours_min - {v.hours_max})"
        parts.append(f"CASE WHEN hours_max = 0 THEN 500 ELSE greatest(0, 1000 - 100 * {gap}) END")
    if (v.x, v.y) != (0, 0):
        distance = f"floor(sqrt(CAST((x - {v.x}) * (x - {v.x}) + (y - {v.y}) * (y - {v.y}) AS double precision)))"
        near = f"floor(1500 * greatest(0, least(reach, 2 * reach - {distance})) / reach)"
        parts.append(f"CASE WHEN x = 0 AND y = 0 THEN 750 ELSE {near} END")
    if v.sector:
        wished = f"500 * ((sectors >> {v.sector - 1}) & 1)"
        parts.append(f"CASE WHEN sectors = 0 THEN 250 ELSE {wished} END")
    if v.level:
        below = f"greatest(0, 500 - 250 * ({v.level} - level))"
        above = f"500 - 50 * (level - {v.level})"
        known = f"CASE WHEN level >= {v.level} THEN {above} ELSE {below} END"
        parts.append(f"CASE WHEN level = 0 THEN 250 ELSE {known} END")
    return " + ".join(parts)


def words_sql(v, place):
    """The skills' points from bit columns: `place` gives (column, bit) of a term that somebody has."""
    parts = []
    for term, points in v.terms:
        if term in place:
            column, bit = place[term]
            parts.append(f"{points} * ((b{column} >> {bit}) & 1)")
    return " + ".join(parts) or "0"


def bit_words(starts, terms, bits):
    """Terms as columns of `bits` bits each: (place of a term, list of columns)."""
    known = np.unique(terms)
    place = {int(term): (at // bits, at % bits) for at, term in enumerate(known)}
    columns = [np.zeros(len(starts) - 1, dtype=np.int64) for _ in range(-(-len(known) // bits))]
    begin, rows = postings(starts, terms)
    for term, (column, bit) in place.items():
        columns[column][rows[begin[term] : begin[term + 1]]] |= np.int64(1) << np.int64(bit)
    return place, columns


def beside_each_other(count, connections, ask):
    """The answers to `ask(at, connection)` in order; each connection asks on a thread of its own."""
    lists, open_ones = [None] * count, iter(range(count))

    def work(connection):
        # One step of this iterator is one operation of the interpreter: no two threads get the same.
        for at in open_ones:
            lists[at] = ask(at, connection)

    with ThreadPoolExecutor(len(connections)) as pool:
        for done in [pool.submit(work, connection) for connection in connections]:
            done.result()
    return lists


class Engine:
    """What an engine need not have."""

    def prepare_night(self):
        """Before the clock of a night runs."""

    def close(self):
        """Leaves nothing behind."""


def _start(make, arguments):
    global _own
    _own = make(*arguments)


def _lists(vacancies, k):
    return [[(int(number), int(score)) for number, score in _own.single(vacancy, k)] for vacancy in vacancies]


class Processes:
    """The same engine in a process for each core, loaded and warm."""

    def __init__(self, make, *arguments):
        start = {"mp_context": get_context("spawn"), "initializer": _start, "initargs": (make, arguments)}
        self.pools = [ProcessPoolExecutor(1, **start) for _ in range(os.cpu_count())]
        for warm in [pool.submit(_lists, range(20), 50) for pool in self.pools]:
            warm.result()

    def lists(self, first, count, k):
        parts = len(self.pools)
        shares = [range(first + part, first + count, parts) for part in range(parts)]
        asked = [pool.submit(_lists, share, k) for pool, share in zip(self.pools, shares)]
        lists = [None] * count
        for part, answer in enumerate(asked):
            lists[part::parts] = answer.result()
        return lists


def serve(engine):
    """Answers `single VACANCY K`, `night FROM COUNT K` and `plan` until the input ends."""
    print(json.dumps({"ready": engine.name, "version": engine.version, "build_seconds": engine.build_seconds}), flush=True)
    for line in sys.stdin:
        command, *rest = line.split()
        if command == "single":
            vacancy, k = map(int, rest)
            begin = time.perf_counter()
            top = engine.single(vacancy, k)
            answer = {"seconds": time.perf_counter() - begin, "top": [[int(n), int(s)] for n, s in top]}
        elif command == "night":
            first, count, k = map(int, rest)
            engine.prepare_night()
            begin = time.perf_counter()
            lists = engine.night(first, count, k)
            seconds = time.perf_counter() - begin
            sums = sum(list_sum(at, [(int(n), int(s)) for n, s in top]) for at, top in enumerate(lists))
            answer = {"seconds": seconds, "sum": str(sums % 2**64)}
        elif command == "plan":
            answer = {"plan": engine.plan()}
        else:
            raise SystemExit(f"{line!r} is no command")
        print(json.dumps(answer), flush=True)
    engine.close()
