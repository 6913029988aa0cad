"""DuckDB. `bits`: skills as 64 columns of bits, one vectorised expression a vacancy. `postings`: a table of terms joined and grouped."""

import sys
import time

import duckdb

import core


class DuckDb(core.Engine):
    def __init__(self, folder, variant, threads=None):
        begin = time.perf_counter()
        self.name, self.version, self.variant = f"DuckDB ({variant})", duckdb.__version__, variant
        self.vacancies = core.read_vacancies(folder)
        columns, (starts, terms) = core.read_candidates(folder)
        self.folder, self.processes = folder, None
        self.db = duckdb.connect()
        if threads:
            self.db.execute(f"SET threads = {threads}")
        source = dict(columns)
        if variant == "bits":
            self.place, words = core.bit_words(starts, terms, 63)
            source |= {f"b{at}": word for at, word in enumerate(words)}
        types = ", ".join(
            f"CAST({name} AS {'BIGINT' if name.startswith('b') else 'INTEGER'}) AS {name}" for name in source
        )
        self.db.execute(f"CREATE TABLE candidate AS SELECT {types} FROM source")
        if variant == "postings":
            begins, rows = core.postings(starts, terms)
            pairs = {"term": core.np.repeat(core.np.arange(len(begins) - 1), core.np.diff(begins)), "candidate": rows}
            self.db.execute("CREATE TABLE has AS SELECT CAST(term AS SMALLINT) AS term, CAST(candidate AS INTEGER) AS id FROM pairs ORDER BY term, id")
        self.db.execute("ANALYZE")
        self.build_seconds = time.perf_counter() - begin

    def sql(self, v, k):
        rest = core.rest_sql(v)
        if self.variant == "bits":
            score = f"{rest} + {core.words_sql(v, self.place)}"
            return f"SELECT id, CAST({score} AS INTEGER) AS score FROM candidate ORDER BY score DESC, id LIMIT {k}"
        asked = ", ".join(f"({term}::SMALLINT, {points})" for term, points in v.terms) or "(-1::SMALLINT, 0)"
        return f"""WITH skills AS (SELECT has.id, sum(points) AS points FROM has JOIN (VALUES {asked}) asked(term, points) USING (term) GROUP BY has.id)
            SELECT id, CAST({rest} + coalesce(points, 0) AS INTEGER) AS score FROM candidate LEFT JOIN skills USING (id)
            ORDER BY score DESC, id LIMIT {k}"""

    def single(self, vacancy, k):
        return self.db.execute(self.sql(self.vacancies[vacancy], k)).fetchall()

    def prepare_night(self):
        """Connections of one process wait for each other here, and one statement for many vacancies takes twice as long."""
        self.processes = self.processes or core.Processes(DuckDb, self.folder, self.variant, 1)

    def night(self, first, count, k):
        return self.processes.lists(first, count, k)

    def plan(self):
        return self.db.execute("EXPLAIN ANALYZE " + self.sql(self.vacancies[0], 20)).fetchall()[0][1]


if __name__ == "__main__":
    core.serve(DuckDb(sys.argv[1], sys.argv[2]))
