"""Writes ../selection/selection.json: selections at target accuracies, and separations, by NumPy, SciPy and scikit-learn.

Run: python selection.py
"""

import json
import pathlib
import sys

# A file of this folder has the name of a standard module that NumPy imports.
sys.path = [entry for entry in sys.path if pathlib.Path(entry).resolve() != pathlib.Path(__file__).resolve().parent]

import numpy as np
from scipy import stats
from sklearn.metrics import precision_recall_curve, roc_auc_score

random = np.random.RandomState(11)


def largest(scores, right, target, least):
    """The most samples that any threshold keeps while at least `target` of them are right; 0 for none."""
    kept = [int((scores >= t).sum()) for t in np.unique(scores) if right[scores >= t].mean() >= target - 1e-12]
    return max([k for k in kept if k >= least], default=0)


selections = []
for n, digits in [(40, 1), (120, 2), (300, 3)]:
    right = random.rand(n) < 0.7
    scores = np.round(random.normal(np.where(right, 0.6, 0.2), 0.25), digits)
    precision, recall, thresholds = precision_recall_curve(right, scores)
    balance = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    selections.append({
        "scores": [float(s) for s in scores], "right": [bool(r) for r in right],
        "kept": [{"target": t, "kept": largest(scores, right, t, -(-n // 100))} for t in [0.5, 0.8, 0.9, 0.96, 0.99]],
        "thresholds": [float(t) for t in thresholds], "precision": [float(p) for p in precision[:-1]],
        "balance": [float(b) for b in balance[:-1]],
    })

separations = []
for n, m, shift, digits in [(5, 4, 0.5, 2), (60, 30, 0.3, 2), (400, 200, 0.4, 3)]:
    right = np.round(random.normal(0.3 + shift, 0.25, n), digits)
    wrong = np.round(random.normal(0.3, 0.25, m), digits)
    pooled = np.sqrt(((n - 1) * right.var(ddof=1) + (m - 1) * wrong.var(ddof=1)) / (n + m - 2))
    test = stats.ks_2samp(right, wrong, method="exact")
    separations.append({
        "right": [float(v) for v in right], "wrong": [float(v) for v in wrong], "distance": float(test.statistic),
        "location": float(test.statistic_location), "p": float(test.pvalue),
        "area": float(roc_auc_score(np.r_[np.ones(n), np.zeros(m)], np.r_[right, wrong])),
        "standardised": float((right.mean() - wrong.mean()) / pooled),
    })
target = pathlib.Path(__file__).parent.parent / "selection" / "selection.json"
target.parent.mkdir(exist_ok=True)
target.write_text(json.dumps({"selections": selections, "separations": separations}) + "\n")
