"""Writes ../statistics/levene.json: SciPy's tests of equal variances, and permutation tests of other statistics than means.

Run: python levene.py
"""

import json
import pathlib
import sys

# A file of this folder has the name of a standard module that NumPy imports.
sys.path = [entry for entry in sys.path if pathlib.Path(entry).resolve() != pathlib.Path(__file__).resolve().parent]

import numpy as np
from scipy import stats

random = np.random.RandomState(5)


def generated(n, multiplier, modulus, scale):
    return (np.arange(n) * multiplier % modulus) / modulus * scale


def levene(groups):
    row = {}
    for centre in ["mean", "median", "trimmed"]:
        result = stats.levene(*groups, center=centre, proportiontocut=0.1)
        row[centre] = {"statistic": float(result.statistic), "p": float(result.pvalue)}
    return row


tests = []
for sizes, scales, digits in [
    ((2, 2), (1, 3), 3), ((5, 8), (1, 4), 3), ((20, 20, 20), (1, 1.2, 1), 3), ((30, 12, 7, 50), (1, 2, 3, 1), 1),
    ((80, 90), (1, 10), 3), ((40, 40), (1, 1), 3),
]:
    groups = [np.round(random.standard_t(3, n) * s, digits) for n, s in zip(sizes, scales)]
    tests.append({"groups": [[float(v) for v in g] for g in groups], **levene(groups)})

large = []
for scale in [1.0, 1.01, 1.1, 1.5]:
    first = {"n": 50000, "multiplier": 48271, "modulus": 65537, "scale": 1.0}
    second = {"n": 25000, "multiplier": 69621, "modulus": 131071, "scale": scale}
    large.append({"first": first, "second": second, **levene([generated(*first.values()), generated(*second.values())])})

f = [
    {"f": x, "numerator": a, "denominator": b, "p": float(stats.f.sf(x, a, b))}
    for a in [1, 2, 7, 40, 900] for b in [1, 3, 30, 600, 74998, 1e6] for x in [0.01, 0.5, 1.0, 1.2, 4.0, 30.0]
    if stats.f.sf(x, a, b) > 1e-290
]

statistics = {
    "medians": lambda a, b: float(np.median(a) - np.median(b)),
    "log variances": lambda a, b: float(np.log(np.var(a) / np.var(b))),
}
relabelling = []
for n, m in [(3, 4), (5, 6), (6, 6)]:
    a, b = np.round(random.normal(0, 1, n), 3), np.round(random.normal(0.7, 2, m), 3)
    for name, statistic in statistics.items():
        relabelling.append({
            "a": [float(v) for v in a], "b": [float(v) for v in b], "name": name, "statistic": statistic(a, b),
            "p": [float(stats.permutation_test((a, b), statistic, n_resamples=np.inf, alternative=s).pvalue)
                  for s in ["two-sided", "greater", "less"]],
        })

path = pathlib.Path(__file__).parent.parent / "statistics" / "levene.json"
path.write_text(json.dumps({"tests": tests, "large": large, "f": f, "relabelling": relabelling}, allow_nan=False) + "\n")
