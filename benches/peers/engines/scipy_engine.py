"""SciPy and NumPy: skills as a sparse matrix by columns, the rest as whole-column expressions."""

import sys
import time

import numpy as np
import scipy
from scipy.sparse import csc_array

import core


class SciPy(core.Engine):
    def __init__(self, folder):
        begin = time.perf_counter()
        self.folder, self.processes = folder, None
        self.name, self.version = "SciPy", scipy.__version__
        self.vacancies = core.read_vacancies(folder)
        self.columns, (starts, terms) = core.read_candidates(folder)
        self.columns = {name: column.astype(np.int32) for name, column in self.columns.items()}
        begins, rows = core.postings(starts, terms)
        shape = (len(starts) - 1, len(begins) - 1)
        self.skills = csc_array((np.ones(len(rows), dtype=np.int32), rows, begins), shape=shape)
        self.build_seconds = time.perf_counter() - begin

    def scores(self, v):
        c = self.columns
        known = [(term, points) for term, points in v.terms if term < self.skills.shape[1]]
        if known:
            terms, points = zip(*known)
            score = self.skills[:, list(terms)] @ np.array(points, dtype=np.int32) + v.base
        else:
            score = np.full(self.skills.shape[0], v.base, dtype=np.int32)
        if v.dutch:
            missing = np.clip(v.dutch - c["dutch"], 0, 3)
            score += np.where(c["dutch"] == 0, 750, 1500 - 500 * missing)
        for n, weight in v.weights:
            score += weight * c[f"q{n}"]
        if v.hours_max:
            gap = np.maximum(np.maximum(v.hours_min - c["hours_max"], c["hours_min"] - v.hours_max), 0)
            score += np.where(c["hours_max"] == 0, 500, np.maximum(1000 - 100 * gap, 0))
        if (v.x, v.y) != (0, 0):
            east, north, reach = c["x"] - v.x, c["y"] - v.y, c["reach"]
            distance = np.sqrt((east * east + north * north).astype(np.float64)).astype(np.int32)
            near = 1500 * np.clip(2 * reach - distance, 0, reach) // reach
            score += np.where((c["x"] == 0) & (c["y"] == 0), 750, near)
        if v.sector:
            score += np.where(c["sectors"] == 0, 250, 500 * ((c["sectors"] >> (v.sector - 1)) & 1))
        if v.level:
            above = c["level"] - v.level
            known = np.where(above >= 0, 500 - 50 * above, np.maximum(500 + 250 * above, 0))
            score += np.where(c["level"] == 0, 250, known)
        return score

    def single(self, vacancy, k):
        score = self.scores(self.vacancies[vacancy])
        k = min(k, len(score))
        # Whoever ties with the last place belongs to the choice, so that the lowest numbers win.
        last = np.partition(score, len(score) - k)[len(score) - k]
        rows = np.flatnonzero(score >= last)
        rows = rows[np.lexsort((rows, -score[rows]))][:k]
        return zip(rows.tolist(), score[rows].tolist())

    def prepare_night(self):
        self.processes = self.processes or core.Processes(SciPy, self.folder)

    def night(self, first, count, k):
        return self.processes.lists(first, count, k)

    def plan(self):
        return "sparse matrix by columns times the points, then whole columns"


if __name__ == "__main__":
    core.serve(SciPy(sys.argv[1]))
