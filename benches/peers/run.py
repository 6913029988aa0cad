#!/usr/bin/env python3
"""Runs every engine on the same data in interleaved rounds, checks each list, and prints the tables.

    run.py                         47,000 x 12,600: single questions and the night
    run.py --grow                  single questions over 1k, 10k, 47k, 250k and 1M candidates
    run.py --engines passend,duckdb-bits --rounds 3 --candidates 10000

Needs `setup.sh` first. See README.md.
"""

import argparse
import functools
import json
import os
import platform
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = Path(os.environ.get("PEERS_FOLDER", ROOT / "target" / "peers"))
PYTHON = WORK / "venv" / "bin" / "python"


@functools.cache
def core():
    """The bench, built once; PEERS_CORE names one that has been built before."""
    if "PEERS_CORE" in os.environ:
        return os.environ["PEERS_CORE"]
    build = ["cargo", "bench", "--bench", "core", "--no-run", "--message-format", "json-render-diagnostics"]
    told = subprocess.run(build, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout
    built = [json.loads(line) for line in told.splitlines() if '"executable":"' in line]
    return next(one["executable"] for one in built if one["target"]["name"] == "core")


def python(script, *variant):
    return lambda data: [str(PYTHON), str(HERE / "engines" / script), str(data), *variant]


def lucene(variant):
    classes = f"{WORK / 'lucene'}{os.pathsep}{WORK / 'lucene' / 'lucene.jar'}"
    return lambda data: ["java", "-cp", classes, "CoreScore", str(data), variant]


# Name: command, and so many vacancies of the night by which its time is estimated (None: all).
ENGINES = {
    "passend": (lambda data: [core(), "serve", str(data)], None),
    "numba": (python("numba_engine.py"), 2_000),
    "scipy": (python("scipy_engine.py"), 400),
    "lucene-collector": (lucene("collector"), 1_000),
    "lucene-function": (lucene("function"), 400),
    "duckdb-bits": (python("duckdb_engine.py", "bits"), 400),
    "duckdb-postings": (python("duckdb_engine.py", "postings"), 200),
    "postgres-bits": (python("postgres_engine.py", "bits"), 100),
    "postgres-postings": (python("postgres_engine.py", "postings"), 100),
    "postgres-gin": (python("postgres_engine.py", "gin"), 60),
}
# Finds people by skills alone: no scores, so no list to compare, and no night.
RETRIEVAL = "tantivy-retrieval"
ENGINES[RETRIEVAL] = (lambda data: [str(WORK / "tantivy" / "release" / "tantivy-retrieval"), str(data)], 0)
WARM_SECONDS, WARM_QUESTIONS = 3, 400
FAMILIES = ["numba", "scipy", "lucene", "duckdb", "postgres"]


class Engine:
    """A process that answers one command a line."""

    def __init__(self, key, data):
        self.key = key
        command, self.sample = ENGINES[key]
        self.process = subprocess.Popen(command(data), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        told = self.answer()
        self.name, self.version, self.build = told["ready"], told["version"], told["build_seconds"]
        self.times, self.nights, self.recall = [], [], []

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.key} ended; its message stands above")
        return json.loads(line)

    def ask(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return self.answer()

    def warm(self, vacancies):
        """A few seconds of questions, so that caches are filled and what is compiled while it runs has been compiled."""
        spent = 0
        for asked in range(WARM_QUESTIONS):
            if asked >= 3 and spent > WARM_SECONDS:
                break
            spent += self.ask(f"single {vacancies[asked % len(vacancies)]} 20")["seconds"]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def data(candidates, vacancies, seed):
    folder = WORK / f"data-{candidates}-{vacancies}-{seed}"
    if not (folder / "done").exists():
        subprocess.run([core(), "export", str(folder), str(candidates), str(vacancies), str(seed)], check=True, cwd=ROOT)
        (folder / "done").touch()
    return folder


def singles(engines, vacancies, rounds):
    """Every engine answers the same question before the next question is asked; the order turns with each."""
    for engine in engines:
        engine.warm(vacancies)
    for turn in range(rounds):
        for at, vacancy in enumerate(vacancies):
            order = engines[(turn + at) % len(engines) :] + engines[: (turn + at) % len(engines)]
            lists = {}
            for engine in order:
                told = engine.ask(f"single {vacancy} 20")
                engine.times.append(told["seconds"])
                lists[engine.key] = told.get("top")
                if engine.key == RETRIEVAL:
                    found = set(told["found"])
            first = lists[engines[0].key]
            for engine in engines:
                if engine.key == RETRIEVAL:
                    del lists[RETRIEVAL]
                    engine.recall.append(sum(number in found for number, _ in first) / max(1, len(first)))
            for key, top in lists.items():
                if top != first:
                    raise SystemExit(f"vacancy {vacancy}: {key} gives another list than {engines[0].key}\n{top}\n{first}")


def nights(engines, total, rounds):
    """The night as a whole or by a sample of its first vacancies; equal samples must have equal sums."""
    engines = [one for one in engines if one.key != RETRIEVAL]
    for _ in range(rounds):
        for engine in engines:
            count = min(engine.sample or total, total)
            told = engine.ask(f"night 0 {count} 50")
            engine.nights.append(told["seconds"] * total / count)
            if engine is not engines[0]:
                expected = engines[0].ask(f"night 0 {count} 50")["sum"]
                if told["sum"] != expected:
                    raise SystemExit(f"{engine.key}: the lists of its night are not those of {engines[0].key}")


def duration(seconds):
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1e3:.3g} ms"


def table(heading, engines, values, note=lambda engine: ""):
    own = values[engines[0].key]
    print(f"\n{heading}\n\n| engine | median | ratio | |\n| --- | --- | --- | --- |")
    for engine in sorted(engines, key=lambda one: values[one.key]):
        value = values[engine.key]
        print(f"| {engine.name} {engine.version} | {duration(value)} | {value / own:.1f} | {note(engine)} |")
    for family in FAMILIES:
        best = [values[one.key] for one in engines if one.key.startswith(family)]
        if best:
            print(f"best {family}: {min(best) / own:.1f}", end="; ")
    print()


def start(keys, folder):
    return [Engine(key, folder) for key in keys]


def whole(arguments, keys):
    folder = data(arguments.candidates, arguments.vacancies, arguments.seed)
    check = [core(), "check", str(folder), "50"]
    subprocess.run(check, check=True, cwd=ROOT)
    engines = start(keys, folder)
    asked = list(range(0, arguments.vacancies, max(1, arguments.vacancies // arguments.questions)))[: arguments.questions]
    singles(engines, asked, arguments.rounds)
    values = {one.key: statistics.median(one.times) for one in engines}
    p99 = {one.key: sorted(one.times)[len(one.times) * 99 // 100] for one in engines}
    heading = f"Top 20 of {arguments.candidates:,}: {len(asked)} vacancies, {arguments.rounds} rounds"
    found = lambda one: f"; has {100 * statistics.mean(one.recall):.0f} % of the exact list" if one.recall else ""
    table(heading, engines, values, lambda one: f"p99 {duration(p99[one.key])}; loaded in {duration(one.build)}{found(one)}")
    if not arguments.no_night:
        nights(engines, arguments.vacancies, arguments.nights)
        scored = [one for one in engines if one.nights]
        values = {one.key: statistics.median(one.nights) for one in scored}
        by = lambda one: "whole" if one.sample is None else f"from a sample of {min(one.sample, arguments.vacancies)} vacancies"
        heading = f"Night: top 50 for {arguments.vacancies:,} vacancies of {arguments.candidates:,} candidates, {arguments.nights} rounds"
        table(heading, scored, values, by)
    if arguments.plans:
        for engine in engines:
            print(f"\n{engine.name}\n{engine.ask('plan')['plan']}")
    for engine in engines:
        engine.close()


def grow(arguments, keys):
    sizes = [int(size) for size in arguments.sizes.split(",")]
    rows = {}
    for size in sizes:
        engines = start(keys, data(size, arguments.questions, arguments.seed))
        singles(engines, range(arguments.questions), arguments.rounds)
        for engine in engines:
            rows.setdefault(engine.name, []).append(duration(statistics.median(engine.times)))
            engine.close()
    print(f"\nTop 20 of more and more candidates: {arguments.questions} vacancies, {arguments.rounds} rounds, medians\n")
    print("| engine | " + " | ".join(f"{size:,}" for size in sizes) + " |\n| --- |" + " --- |" * len(sizes))
    for name, times in rows.items():
        print(f"| {name} | " + " | ".join(times) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engines", default=",".join(ENGINES), help="which, with passend first")
    parser.add_argument("--candidates", type=int, default=47_000)
    parser.add_argument("--vacancies", type=int, default=12_600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--questions", type=int, default=60, help="vacancies asked one at a time")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--nights", type=int, default=3, help="rounds of the night")
    parser.add_argument("--no-night", action="store_true")
    parser.add_argument("--grow", action="store_true", help="only the table over the number of candidates")
    parser.add_argument("--sizes", default="1000,10000,47000,250000,1000000", help="with --grow")
    parser.add_argument("--plans", action="store_true", help="each engine's plan for the first vacancy")
    arguments = parser.parse_args()
    keys = arguments.engines.split(",")
    unknown = [key for key in keys if key not in ENGINES]
    if unknown or keys[0] != "passend":
        parser.error(f"--engines: passend first, then any of {', '.join(ENGINES)}")
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}", file=sys.stdout)
    (grow if arguments.grow else whole)(arguments, keys)


if __name__ == "__main__":
    main()
