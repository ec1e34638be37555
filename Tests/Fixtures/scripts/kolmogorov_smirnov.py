"""Writes ../statistics/kolmogorov-smirnov.json: SciPy's two-sample tests and the distribution beneath them.

Exact p-values of small samples are counted here too, in whole numbers, path by path. Where SciPy gives up on
the exact value, or has lost digits by subtraction, the count stands in the file.

Run: python kolmogorov_smirnov.py
"""

import json
import math
import pathlib
import sys
import warnings
from fractions import Fraction

# A file of this folder has the name of a standard module that NumPy imports.
sys.path = [entry for entry in sys.path if pathlib.Path(entry).resolve() != pathlib.Path(__file__).resolve().parent]

import numpy as np
from scipy import stats

random = np.random.RandomState(4)
SIDES = ["two-sided", "greater", "less"]


def counted(a, b):
    """The exact p-values by counting lattice paths in whole numbers."""
    a, b = np.sort(a), np.sort(b)
    n, m = len(a), len(b)
    pool = np.concatenate([a, b])
    gaps = np.searchsorted(a, pool, side="right") * m - np.searchsorted(b, pool, side="right") * n
    up, down = max(int(gaps.max()), 0), max(int(-gaps.min()), 0)
    total = math.comb(n + m, n)

    def share(inside):
        ways = [0] * (m + 1)
        for i in range(n + 1):
            for j in range(m + 1):
                below = ways[j] if i else 0
                left = ways[j - 1] if j else 0
                ways[j] = (1 if i == j == 0 else below + left) if inside(i * m - j * n) else 0
        return float(1 - Fraction(ways[m], total))

    both = max(up, down)
    return [share(lambda g: abs(g) < both), share(lambda g: g < up), share(lambda g: -g < down)]


def generated(n, multiplier, modulus, shift):
    return (np.arange(n) * multiplier % modulus) / modulus + shift


def sample(size, shift, digits):
    return np.round(random.normal(shift, 1, size), digits)


def test(a, b, count):
    exact_counts = counted(a, b) if count else [None] * 3
    rows = []
    for side, exact_count in zip(SIDES, exact_counts):
        row = {"alternative": side}
        for method in ["auto", "exact", "asymp"]:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                result = stats.ks_2samp(a, b, alternative=side, method=method)
            row["statistic"], row["location"] = float(result.statistic), float(result.statistic_location)
            p = float(result.pvalue)
            gave_up = any("Switching" in str(w.message) for w in caught)
            uses_exact = method == "exact" or (method == "auto" and max(len(a), len(b)) <= 10000)
            if uses_exact and exact_count is not None:
                if gave_up or abs(p - exact_count) > 1e-11 * exact_count:
                    print(len(a), len(b), side, "SciPy", p, "count", exact_count, "gave up" if gave_up else "")
                p = exact_count
            elif uses_exact and gave_up:
                p = math.nan
            row[method] = None if math.isnan(p) else p
        rows.append(row)
    return rows


def small():
    samples = [([1.0], [1.0]), ([1.0], [2.0]), ([2.0], [1.0]), ([3.0], [1.0, 2.0, 3.0, 4.0, 5.0]),
               ([9.0], [1.0, 2.0, 3.0, 4.0, 5.0]), ([1, 2], [1, 2, 3]), ([0, 0, 0], [0, 0, 1]), ([1, 2, 3], [4, 5, 6])]
    for n, m, shift, digits in [
        (5, 8, 1, 3), (10, 7, 0.3, 1), (12, 40, 0.2, 0), (30, 30, 0.5, 3), (30, 31, 4, 3), (60, 45, 3, 1),
        (64, 64, -1.0, 1), (100, 150, 0.1, 2), (150, 100, 0.6, 2), (140, 139, 6, 2), (90, 180, -0.4, 1),
    ]:
        samples.append((sample(n, 0, digits), sample(m, shift, digits)))
    return [
        {"a": [float(v) for v in a], "b": [float(v) for v in b], "tests": test(np.array(a, float), np.array(b, float), True)}
        for a, b in samples
    ]


def large():
    rows = []
    for n, m, shift, count in [
        (300, 280, 0.1, True), (400, 100, 0.3, True), (700, 699, 0.05, True), (5000, 2500, 0.02, False),
        (10000, 10000, 0.01, False), (10000, 9000, 0.05, False), (50000, 25000, 0.0, False), (50000, 25000, 0.005, False),
        (50000, 25000, 0.02, False), (50000, 25000, 0.13, False), (50000, 25000, 0.142, False),
        (50000, 50000, 0.0075, False), (20011, 20011, 0.18, False),
    ]:
        first, second = {"n": n, "multiplier": 48271, "modulus": 65537, "shift": 0.0}, {
            "n": m, "multiplier": 69621, "modulus": 131071, "shift": shift}
        a, b = generated(*first.values()), generated(*second.values())
        tests = test(a, b, count)
        if n > 10000:
            for row in tests:
                row["exact"] = None
        rows.append({"first": first, "second": second, "tests": tests})
    return rows


def distribution():
    rows = []
    for n in [1, 2, 3, 5, 10, 37, 100, 139, 140, 141, 200, 500, 1667, 16667, 99999, 100001, 1000000]:
        for z in [0.1, 0.2, 0.3, 0.42, 0.5, 0.6, 0.75, 0.868, 0.87, 1.0, 1.3, 1.48, 1.49, 1.7, 1.99, 2.01, 2.5, 4, 7, 12, 18.6]:
            d = z / math.sqrt(n)
            p = float(stats.kstwo.sf(d, n))
            if d < 1.1 and not 0 < p < 1e-300:
                one_sided = float(stats.ksone.sf(d, n)) if n <= 100000 else None
                rows.append({"n": n, "d": d, "p": p, "oneSided": one_sided})
    return rows


content = {"small": small(), "large": large(), "distribution": distribution()}
path = pathlib.Path(__file__).parent.parent / "statistics" / "kolmogorov-smirnov.json"
path.write_text(json.dumps(content, allow_nan=False) + "\n")
