#!/usr/bin/env python3
"""One durable upsert of the same record, ours and PostgreSQL's, in turns.

    benches/peers/setup.sh                      # once; prints the next line
    export PGHOST=… PGUSER=peers PGDATABASE=postgres
    benches/peers/upsert.py [--rounds 400] [--candidates 47000]

PostgreSQL: table (id text primary key, version bigint, record jsonb), filled with as many records; one prepared
`insert … on conflict do update` a turn over a Unix socket, committed with fsync and synchronous_commit on (both are
checked). Ours: the same record, in process and over gRPC on loopback, durable, and matchable when it returns. Both write to
disks of the temporary folder: set TMPDIR and PEERS_CLUSTER to the same disk.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import time

PYTHON = os.path.join(
    os.environ.get("PEERS_FOLDER", os.path.join(os.path.dirname(__file__), "../../target/peers")), "venv/bin/python"
)
if os.path.exists(PYTHON) and os.path.realpath(sys.prefix) != os.path.realpath(os.path.dirname(os.path.dirname(PYTHON))):
    os.execv(PYTHON, [PYTHON, *sys.argv])

import psycopg  # noqa: E402

PUT = """insert into people (id, version, record) values (%s, 1, %s)
on conflict (id) do update set version = people.version + 1, record = excluded.record"""


class Ours:
    def __init__(self, candidates):
        command = ["cargo", "bench", "--quiet", "--bench", "upsert", "--", str(candidates)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline().strip() == "ready"

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


class Postgres:
    def __init__(self, ours, candidates, people):
        self.db = psycopg.connect(autocommit=True, prepare_threshold=0)
        for setting in ["fsync", "synchronous_commit", "full_page_writes"]:
            assert self.db.execute(f"show {setting}").fetchone()[0] == "on", setting
        self.db.execute("drop table if exists people")
        self.db.execute("create table people (id text primary key, version bigint not null, record jsonb not null)")
        records = [ours.ask(f"record {person} 0") for person in range(people)]
        with self.db.cursor().copy("copy people from stdin") as copy:
            for number in range(candidates):
                copy.write_row((f"demo-k-{number + 1:06}", 1, records[number % people]))
        self.db.execute("checkpoint")

    def put(self, person, record):
        started = time.perf_counter()
        self.db.execute(PUT, (f"demo-k-{person + 1:06}", record))
        return (time.perf_counter() - started) * 1e6


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=400)
    options.add_argument("--candidates", type=int, default=47_000)
    options = options.parse_args()
    ours, people = Ours(options.candidates), min(1_000, options.candidates)
    postgres = Postgres(ours, options.candidates, people)
    chance, taken = random.Random(1), {"engine": [], "grpc": [], "postgres": []}
    for turn in range(1, options.rounds + 1):
        person = chance.randrange(people)
        order = list(taken)
        chance.shuffle(order)
        for who in order:
            # Each writes a text that is new to it.
            words = f"{person} {turn}-{who}"
            if who == "postgres":
                taken[who].append(postgres.put(person, ours.ask(f"record {words}")))
            else:
                taken[who].append(float(ours.ask(f"{who} {words}")))
    medians = {who: statistics.median(times) for who, times in taken.items()}
    print("| a durable upsert | median | p99 | to PostgreSQL |\n| --- | --- | --- | --- |")
    names = {"engine": "Passend, in process", "grpc": "Passend, gRPC", "postgres": "PostgreSQL, Unix socket"}
    for who, times in taken.items():
        p99 = statistics.quantiles(times, n=100)[98]
        print(f"| {names[who]} | {medians[who] / 1e3:.2f} ms | {p99 / 1e3:.2f} ms | {medians[who] / medians['postgres']:.2f}× |")


if __name__ == "__main__":
    main()
