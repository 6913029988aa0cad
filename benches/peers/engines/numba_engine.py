"""numba: postings added up into an accumulator, then the rest in one compiled loop. The night on every thread."""

import sys
import time

import numba
import numpy as np

import core

FLAT = ["dutch", "level", "hours_min", "hours_max", "x", "y", "reach", "sectors"]


@numba.njit(nogil=True, cache=False)
def scores(asked, weights, terms, points, begins, rows, table, qualities, out):
    base, dutch, level, hours_min, hours_max, x, y, sector = asked
    out[:] = base
    for at in range(len(terms)):
        term = terms[at]
        if term + 1 < len(begins):
            for place in range(begins[term], begins[term + 1]):
                out[rows[place]] += points[at]
    for n in range(len(out)):
        score = 0
        if dutch:
            score += 750 if table[0, n] == 0 else 1500 - 500 * min(3, max(0, dutch - table[0, n]))
        for at in range(weights.shape[0]):
            score += weights[at, 1] * qualities[weights[at, 0], n]
        if hours_max:
            gap = max(0, hours_min - table[3, n], table[2, n] - hours_max)
            score += 500 if table[3, n] == 0 else max(0, 1000 - 100 * gap)
        if x or y:
            east, north, reach = np.int64(x - table[4, n]), np.int64(y - table[5, n]), table[6, n]
            distance = np.int64(np.sqrt(np.float64(east * east + north * north)))
            near = 1500 * max(0, min(reach, 2 * reach - distance)) // reach
            score += 750 if table[4, n] == 0 and table[5, n] == 0 else near
        if sector:
            score += 250 if table[7, n] == 0 else 500 * ((table[7, n] >> (sector - 1)) & 1)
        if level:
            own = table[1, n]
            known = 500 - 50 * (own - level) if own >= level else max(0, 500 - 250 * (level - own))
            score += 250 if own == 0 else known
        out[n] += score


@numba.njit(nogil=True)
def best(out, k):
    """Insertion into a short list: rows come by number, so that an equal score stays behind."""
    k = min(k, len(out))
    top_scores, top_rows, filled = np.empty(k, np.int64), np.empty(k, np.int64), 0
    for row in range(len(out)):
        score = out[row]
        if filled == k and score <= top_scores[k - 1]:
            continue
        at = filled if filled < k else k - 1
        while at > 0 and top_scores[at - 1] < score:
            top_scores[at], top_rows[at] = top_scores[at - 1], top_rows[at - 1]
            at -= 1
        top_scores[at], top_rows[at] = score, row
        filled = min(k, filled + 1)
    return top_rows, top_scores


class Numba(core.Engine):
    def __init__(self, folder):
        begin = time.perf_counter()
        self.name, self.version = "numba", numba.__version__
        self.vacancies = core.read_vacancies(folder)
        columns, (starts, terms) = core.read_candidates(folder)
        self.begins, rows = core.postings(starts, terms)
        self.rows = rows.astype(np.int32)
        self.table = np.vstack([columns[name] for name in FLAT]).astype(np.int32)
        self.qualities = np.vstack([columns[f"q{n}"] for n in range(core.QUALITIES)]).astype(np.int32)
        self.count = len(starts) - 1
        self.asked = [
            (
                tuple(getattr(v, name) for name in ["base", "dutch", "level", "hours_min", "hours_max", "x", "y", "sector"]),
                np.array(v.weights, dtype=np.int64).reshape(-1, 2),
                np.array([t for t, _ in v.terms], dtype=np.int64),
                np.array([p for _, p in v.terms], dtype=np.int64),
            )
            for v in self.vacancies
        ]
        self.out = np.zeros(self.count, dtype=np.int32)
        self.single(0, 20)
        self.build_seconds = time.perf_counter() - begin

    def list(self, vacancy, k, out):
        asked, weights, terms, points = self.asked[vacancy]
        scores(asked, weights, terms, points, self.begins, self.rows, self.table, self.qualities, out)
        rows, found = best(out, k)
        return list(zip(rows.tolist(), found.tolist()))

    def single(self, vacancy, k):
        return self.list(vacancy, k, self.out)

    def night(self, first, count, k):
        from concurrent.futures import ThreadPoolExecutor
        from os import cpu_count
        from threading import local

        own = local()

        def one(vacancy):
            if not hasattr(own, "out"):
                own.out = np.zeros(self.count, dtype=np.int32)
            return self.list(vacancy, k, own.out)

        with ThreadPoolExecutor(cpu_count()) as pool:
            return list(pool.map(one, range(first, first + count), chunksize=16))

    def plan(self):
        return "postings, int32 accumulator, one compiled loop; the compiled loops release the interpreter"


if __name__ == "__main__":
    core.serve(Numba(sys.argv[1]))
