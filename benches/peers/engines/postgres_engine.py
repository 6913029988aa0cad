"""PostgreSQL. `bits`: skills as 64 columns of bits. `postings`: a table of terms with a covering index, joined and grouped.
`gin`: an array of terms with a GIN index that finds whoever has any asked term; the others get what they have without skills.
Set PGHOST, PGPORT, PGUSER and PGDATABASE (setup.sh makes a cluster of its own and prints them)."""

import os
import sys
import time

import psycopg

import core

SETTINGS = {
    # Documented for a machine where everything fits in memory.
    "work_mem": "256MB",
    "jit": "off",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "2",
    "min_parallel_table_scan_size": "1MB",
    "parallel_setup_cost": "100",
}


class Postgres(core.Engine):
    def __init__(self, folder, variant):
        begin = time.perf_counter()
        self.variant = variant
        self.vacancies = core.read_vacancies(folder)
        columns, (starts, terms) = core.read_candidates(folder)
        self.name, self.schema, self.nightly = f"PostgreSQL ({variant})", f"core_{variant}", []
        self.db = self.connect()
        self.version = self.db.execute("SHOW server_version").fetchone()[0].split()[0]
        self.db.execute(f"DROP SCHEMA IF EXISTS {self.schema} CASCADE")
        self.db.execute(f"CREATE SCHEMA {self.schema}")
        self.fill(columns, starts, terms)
        self.build_seconds = time.perf_counter() - begin

    def fill(self, columns, starts, terms):
        small = [f"{name} smallint" for name in core.CANDIDATE_COLUMNS if name not in ("id", "x", "y", "reach", "sectors")]
        fields = ["id integer", "x integer", "y integer", "reach integer", "sectors integer"] + small
        values = [columns[field.split()[0]] for field in fields]
        if self.variant == "bits":
            self.place, words = core.bit_words(starts, terms, 63)
            fields += [f"b{at} bigint" for at in range(len(words))]
            values += words
        if self.variant == "gin":
            fields.append("terms integer[]")
        self.db.execute(f"CREATE UNLOGGED TABLE candidate ({', '.join(fields)})")
        lists = [value.tolist() for value in values]
        with self.db.cursor().copy("COPY candidate FROM STDIN") as copy:
            for row, record in enumerate(zip(*lists)):
                if self.variant == "gin":
                    record += ("{" + ",".join(map(str, terms[starts[row] : starts[row + 1]])) + "}",)
                copy.write("\t".join(map(str, record)) + "\n")
        self.db.execute("ALTER TABLE candidate ADD PRIMARY KEY (id)")
        if self.variant == "gin":
            self.db.execute("CREATE INDEX ON candidate USING gin (terms)")
        if self.variant == "postings":
            self.db.execute("CREATE UNLOGGED TABLE has (term integer, id integer)")
            begins, rows = core.postings(starts, terms)
            with self.db.cursor().copy("COPY has FROM STDIN") as copy:
                for term in range(len(begins) - 1):
                    found = rows[begins[term] : begins[term + 1]].tolist()
                    copy.write("".join(f"{term}\t{row}\n" for row in found))
            self.db.execute("ALTER TABLE has ADD PRIMARY KEY (term, id)")
        self.db.execute("VACUUM (ANALYZE)")

    def sql(self, v, k):
        rest = core.rest_sql(v)
        asked = ", ".join(f"({term}, {points})" for term, points in v.terms) or "(-1, 0)"
        if self.variant == "bits":
            score = f"{rest} + {core.words_sql(v, self.place)}"
            return f"SELECT id, CAST({score} AS integer) AS score FROM candidate ORDER BY score DESC, id LIMIT {k}"
        if self.variant == "gin":
            array = "'{" + ",".join(str(term) for term, _ in v.terms) + "}'::integer[]"
            return f"""WITH found AS MATERIALIZED (SELECT id, terms FROM candidate WHERE terms && {array}),
                skills AS (SELECT found.id, sum(points) AS points FROM found, unnest(terms) AS term JOIN (VALUES {asked}) asked(term, points) USING (term) GROUP BY found.id)
                SELECT id, CAST({rest} + coalesce(points, 0) AS integer) AS score FROM candidate LEFT JOIN skills USING (id)
                ORDER BY score DESC, id LIMIT {k}"""
        return f"""WITH skills AS (SELECT has.id, sum(points) AS points FROM has JOIN (VALUES {asked}) asked(term, points) USING (term) GROUP BY has.id)
            SELECT id, CAST({rest} + coalesce(points, 0) AS integer) AS score FROM candidate LEFT JOIN skills USING (id)
            ORDER BY score DESC, id LIMIT {k}"""

    def single(self, vacancy, k):
        return self.db.execute(self.sql(self.vacancies[vacancy], k)).fetchall()

    def connect(self):
        connection = psycopg.connect(autocommit=True, prepare_threshold=None)
        for name, value in SETTINGS.items():
            connection.execute(f"SET {name} = '{value}'")
        connection.execute(f"SET search_path = {self.schema}")
        return connection

    def prepare_night(self):
        """A connection for each core and no parallel workers: nothing is divided and joined again."""
        if not self.nightly:
            self.nightly = [self.connect() for _ in range(os.cpu_count())]
            for connection in self.nightly:
                connection.execute("SET max_parallel_workers_per_gather = 0")

    def night(self, first, count, k):
        ask = lambda at, connection: connection.execute(self.sql(self.vacancies[first + at], k)).fetchall()
        return core.beside_each_other(count, self.nightly, ask)

    def close(self):
        self.db.execute(f"DROP SCHEMA {self.schema} CASCADE")

    def plan(self):
        rows = self.db.execute("EXPLAIN (ANALYZE, BUFFERS) " + self.sql(self.vacancies[0], 20)).fetchall()
        return "\n".join(row[0] for row in rows)


if __name__ == "__main__":
    core.serve(Postgres(sys.argv[1], sys.argv[2]))
