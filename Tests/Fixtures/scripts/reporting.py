"""Writes ../reporting/quantities.json: p-values of bounds on measured quantities by SciPy.

Run: python reporting.py
"""

import json
import pathlib

import numpy as np
from scipy import stats

random = np.random.RandomState(7)


def p(values, side, bound):
    return float(stats.ttest_1samp(values, bound, alternative=side).pvalue)


def cases():
    rows = []
    for n in [2, 3, 5, 10]:
        for centre, spread in [(0.62, 0.05), (-1.5, 0.4), (26000.0, 900.0)]:
            values = centre + spread * random.standard_normal(n)
            rival = values - 0.8 * spread + 0.5 * spread * random.standard_normal(n)
            low, high = centre - 1.5 * spread, centre + 1.5 * spread
            bound = centre - spread
            difference = values - rival
            by = 0.3 * spread
            rows.append({
                "values": values.tolist(), "rival": rival.tolist(), "bound": bound, "by": by,
                "lower": low, "upper": high,
                "above": p(values, "greater", bound), "not above": p(values, "less", bound),
                "below": p(values, "less", bound),
                "within": max(p(values, "greater", low), p(values, "less", high)),
                "not within": min(1.0, 2 * min(p(values, "less", low), p(values, "greater", high))),
                "exceeds": p(difference, "greater", by), "is below": p(difference, "less", -by),
                "reversed exceeds": p(difference, "less", 0.0),
            })
    return rows


path = pathlib.Path(__file__).resolve().parent.parent / "reporting" / "quantities.json"
path.write_text(json.dumps({"cases": cases()}, indent=1) + "\n")
